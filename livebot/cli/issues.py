"""`livebot issues`: what after-sales staff do with the queue from a terminal, beside a running daemon."""

import getpass
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Literal, TextIO

from livebot.cli.frame import journal_of
from livebot.config import Config
from livebot.decide.issue_states import DONE, UNSTARTED, name
from livebot.decide.teams import TEAMS, field_name
from livebot.deliver.desk.export import as_dict, export
from livebot.deliver.desk.export import items as json_list
from livebot.deliver.desk.inbox import MOST, Inbox, Item, Wanted
from livebot.deliver.desk.issue_acts import IssueActs
from livebot.deliver.desk.moderation import Moderation
from livebot.deliver.open_queue import join_queue
from livebot.deliver.queue import LEASE_S, IssueQueue
from livebot.deliver.queue_redis import RedisQueue
from livebot.deliver.refusals import held, stale
from livebot.errors import Rejected, Unavailable
from livebot.keep.log import scrub
from livebot.language import say

SHORT = 8  # characters of an id that are shown


@asynccontextmanager
async def staff_queue(config: Config) -> AsyncIterator[IssueQueue]:
    """The daemon's queue, seen from another process; with a server's URL it needs no state folder. Unavailable says what to do."""
    url, stream, group = config.redis.url, config.redis.stream, config.redis.group
    if url and url != "journal:":
        queue: IssueQueue = RedisQueue(url, stream, group)
        try:
            yield queue
        finally:
            await queue.close()
        return
    async with journal_of(config) as journal:
        queue = join_queue(url, stream, group, config.state.dir, journal)
        try:
            yield queue
        except Unavailable as error:
            if isinstance(queue, RedisQueue):
                raise Unavailable(
                    "问题队列在内置的 Valkey 里，它随 livebot 一起运行，现在没有在运行。先启动 livebot run，再试一次。",
                    "the issue queue is in the embedded Valkey, which runs with livebot and is not running. Start `livebot run` first.",
                ) from error
            raise
        finally:
            await queue.close()


@asynccontextmanager
async def staff_inbox(config: Config) -> AsyncIterator[Inbox]:
    """The inbox over staff_queue, with the clocks of the configuration."""
    async with staff_queue(config) as queue:
        yield Inbox(queue, config.sla.of_shop())


def actor_name(given: str | None) -> str:
    """--as NAME, or the user of the operating system."""
    if given and given.strip():
        return given.strip()[:80]
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise Rejected("请用 --as 写上你的名字", "say who you are with --as NAME") from None


async def list_issues(inbox: Inbox, wanted: Wanted, format: str, out: TextIO, limit: int | None = None) -> int:
    """A table on a terminal, tab-separated lines elsewhere, or "json" or "csv"; the most urgent first. Returns the exit code."""
    if format in ("json", "csv"):
        return await export_issues(inbox, wanted, format, out, limit=limit, histories=False)
    items: list[Item] = []
    after = ""
    while limit is None or len(items) < limit:
        page = await inbox.list(wanted, after=after, limit=MOST if limit is None else min(limit - len(items), MOST))
        items += page.items
        if not (after := page.cursor):
            break
    (_write_table if out.isatty() else _write_lines)(items, out)
    return 0


async def export_issues(
    inbox: Inbox,
    wanted: Wanted,
    format: str,
    out: TextIO,
    *,
    limit: int | None = None,
    histories: bool = True,
    for_excel: bool = False,
) -> int:
    """All issues as "csv" or "json" (with their history). `for_excel` writes the mark by which Excel knows UTF-8."""
    kind: Literal["csv", "json"] = "json" if format == "json" else "csv"
    async for piece in export(inbox, wanted, kind, limit=limit, histories=histories, for_excel=for_excel):
        out.write(piece)
    return 0


async def show_issue(inbox: Inbox, issue_id: str, format: str, out: TextIO) -> int:
    """One issue with its context and history; `issue_id` may be the beginning of an id, or a receipt code."""
    item = await inbox.show(await inbox.whole_id(issue_id))
    issue = item.issue
    if format == "json":
        out.write(json.dumps(as_dict(item), ensure_ascii=False, indent=2) + "\n")
        return 0
    fields = issue.fields
    gone = say("（弹幕已被删除）", " (deleted from the room)") if fields.get("deleted") else ""
    rows = [
        (say("编号", "id"), issue.id),
        (say("状态", "state"), name(issue.state) + (f" → {issue.duplicate_of}" if issue.duplicate_of else "")),
        (say("处理人", "holder"), f"{issue.holder}（{_time(issue.lease_until)}）" if issue.holder else say("无", "nobody")),
        (say("类别", "category"), f"{fields.get('category', '')} {fields.get('priority', '')}"),
        (say("直播间", "room"), f"{fields.get('room', '')} ({fields.get('platform', '')})"),
        (say("时间", "time"), _time(issue.created_at)),
        (say("观众", "viewer"), fields.get("author", "")),
        (say("内容", "text"), fields.get("text", "") + gone),
    ]
    rows += _more(item)
    rows += [
        (_how(str(line.get("how", ""))), f"{line.get('author', '')}: {line.get('text', '')} {line.get('comment_id', '')}")
        for line in json_list(fields.get("also", ""))
        if isinstance(line, dict)
    ]
    rows += [
        (say("之前", "before"), f"{line.get('author', '')}: {line.get('text', '')}")
        for line in json_list(fields.get("context", ""))
        if isinstance(line, dict)
    ]
    rows += [
        (say("经过", "history"), f"{_time(step.at)} {step.actor} {_act(step.act)} {name(step.after)} {step.note}") for step in issue.history
    ]
    for label, value in rows:
        out.write(f"{label}\t{_shown(value)}\n")
    return 0


async def claim_issue(inbox: Inbox, issue_id: str, actor: str, out: TextIO, lease: float = LEASE_S, *, take_over: bool = False) -> int:
    """Exit code 1 if another has it, naming them."""
    full = await inbox.whole_id(issue_id)
    claim = await IssueActs(inbox.queue, actor).claim(full, lease=lease, take_over=take_over)
    if claim.won:
        until = _time(claim.lease_until)
        out.write(say(f"已认领 {full}，{until} 前归你处理。", f"{full} is yours until {until}.") + "\n")
        return 0
    out.write(_shown(say(f"{claim.holder} 正在处理 {full}。", f"{claim.holder} is working on {full}.")) + "\n")
    return 1


async def resolve_issue(inbox: Inbox, issue_id: str, actor: str, note: str, out: TextIO) -> int:
    """Marks as solved; claims it first if nobody has. Rejected, naming them, if another has it."""
    full = await inbox.whole_id(issue_id)
    acts = IssueActs(inbox.queue, actor)
    issue = await inbox.queue.show(full)
    token = ""
    if issue.state in UNSTARTED or (issue.state not in DONE and issue.holder == actor):
        claim = await acts.claim(full)
        if not claim.won:
            raise held(claim.holder)
        token = claim.token
    await acts.move(full, "resolved", note=note, token=token)
    out.write(say(f"{full} 已解决。", f"{full} is resolved.") + "\n")
    return 0


async def release_issue(inbox: Inbox, issue_id: str, actor: str, out: TextIO) -> int:
    """Gives back what the actor holds; Rejected, naming who does, otherwise."""
    full = await inbox.whole_id(issue_id)
    issue = await inbox.queue.show(full)
    if issue.holder != actor:
        raise stale(issue.holder)
    acts = IssueActs(inbox.queue, actor)
    await acts.release(full, (await acts.claim(full)).token)
    return _done(full, out)


async def move_issue(inbox: Inbox, issue_id: str, state: str, actor: str, note: str, out: TextIO) -> int:
    full = await inbox.whole_id(issue_id)
    await IssueActs(inbox.queue, actor).move(full, state, note=note)
    return _done(full, out)


async def note_issue(inbox: Inbox, issue_id: str, text: str, actor: str, out: TextIO) -> int:
    full = await inbox.whole_id(issue_id)
    await IssueActs(inbox.queue, actor).note(full, text)
    return _done(full, out)


async def hand_over_issue(inbox: Inbox, issue_id: str, team: str, told: Sequence[str], actor: str, out: TextIO) -> int:
    """told: "field=text" each."""
    pairs = [one.partition("=") for one in told]
    full = await inbox.whole_id(issue_id)
    await IssueActs(inbox.queue, actor).hand_over(full, team, {name.strip(): text for name, _, text in pairs})
    return _done(full, out)


async def merge_issues(inbox: Inbox, stays: str, others: Sequence[str], actor: str, note: str, out: TextIO) -> int:
    """Exit code 1 if any of them was refused; says which, and why."""
    kept = await inbox.whole_id(stays)
    results = await IssueActs(inbox.queue, actor).merge(kept, [await inbox.whole_id(one) for one in others], note=note)
    for one in results:
        told = say(f"已并到 {kept}", f"merged into {kept}") if one.done else say(*(one.why or ("", "")))
        out.write(f"{one.id}\t{_shown(told)}\n")
    return 0 if all(one.done for one in results) else 1


async def unmerge_issue(inbox: Inbox, issue_id: str, actor: str, out: TextIO) -> int:
    full = await inbox.whole_id(issue_id)
    await IssueActs(inbox.queue, actor).unmerge(full)
    return _done(full, out)


async def reply_issue(inbox: Inbox, desk: Moderation, issue_id: str, text: str, actor: str, out: TextIO, *, confirmed: bool = False) -> int:
    """In the room, by the guard and the limits of every text; without a text, that it was noted, with the receipt code."""
    from livebot.deliver.desk.room_reply import acknowledgement, reply

    issue = await inbox.queue.show(await inbox.whole_id(issue_id))
    said = await reply(inbox.queue, desk, issue, text or acknowledgement(issue), actor=actor, confirmed=confirmed)
    out.write(_shown(say(f"马上发出：{said.text}（凭证码 {said.code}）", f"on its way: {said.text} (receipt code {said.code})")) + "\n")
    return 0


def _done(issue_id: str, out: TextIO) -> int:
    out.write(say(f"{issue_id} 好了。", f"{issue_id}: done.") + "\n")
    return 0


def _more(item: Item) -> list[tuple[str, str]]:
    """What not every issue has."""
    issue, rows = item.issue, list[tuple[str, str]]()
    if told := _crowd(item):
        rows.append((say("人数", "viewers"), told))
    if issue.merged:
        rows.append((say("并入的", "duplicates"), " ".join(issue.merged)))
    if issue.receipt:
        rows.append((say("凭证码", "receipt code"), issue.receipt))
    if issue.team:
        rows.append((say("交给", "team"), TEAMS[issue.team].name if issue.team in TEAMS else issue.team))
        rows += [(field_name(code), text) for code, text in issue.handover.items()]
    if item.due_at:
        rows.append((say("时限", "due"), _time(item.due_at)))
    late = {"respond": say("接得晚了", "taken up late"), "resolve": say("没按时解决", "not solved in time")}
    if issue.breached:
        rows.append((say("超时", "too late"), say("，", ", ").join(late.get(one, one) for one in issue.breached)))
    return rows


def _row(item: Item) -> tuple[str, ...]:
    issue, fields = item.issue, item.issue.fields
    priority, category, room = (fields.get(key, "") for key in ("priority", "category", "room"))
    if issue.breached:
        priority += "!"
    crowd = _crowd(item)
    text = fields.get("text", "") + (say(f"（{crowd}）", f" ({crowd})") if crowd else "")
    told = (priority, category, name(issue.state), issue.holder, room, fields.get("author", ""), text)
    return (issue.id, _time(issue.created_at), *map(_shown, told))


def _write_lines(issues: Sequence[Item], out: TextIO) -> None:
    for issue in issues:
        out.write("\t".join(_row(issue)) + "\n")


def _write_table(issues: Sequence[Item], out: TextIO) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in (say("编号", "id"), say("时间", "time"), "P", say("类别", "category"), say("状态", "state"), say("处理人", "holder")):
        table.add_column(title, no_wrap=True)
    for title in (say("直播间", "room"), say("观众", "viewer"), say("内容", "text")):
        table.add_column(title, overflow="fold")
    for issue in issues:
        short, *rest = _row(issue)
        table.add_row(*(Text(cell) for cell in (short[:SHORT], *rest)))
    console = Console(file=out)
    console.print(table)
    console.print(say(f"共 {len(issues)} 条", f"{len(issues)} in all"))


def _crowd(item: Item) -> str:
    """Who else has it, with its duplicates: "等 12 人，又说了 3 次"; "" where it is one viewer who said it once."""
    viewers, repeats, raid = str(item.viewers), str(item.repeats), item.issue.fields.get("raid", "")
    told = (
        say(f"等 {viewers} 人", f"{viewers} viewers") if viewers not in ("", "1") else "",
        say(f"又说了 {repeats} 次", f"said again {repeats}×") if repeats not in ("", "0") else "",
        say(f"疑似刷屏 {raid} 人", f"{raid} of a raid") if raid not in ("", "0") else "",
    )
    return say("，", ", ").join(filter(None, told))


def _how(how: str) -> str:
    words = {"also": ("也是", "also"), "repeat": ("又说", "again"), "attention": ("催", "urges"), "raid": ("刷屏", "raid")}
    words |= {"update": ("有进展", "goes on"), "order": ("又有变化", "changed")}
    return say(*words.get(how, (how, how)))


def _act(act: str) -> str:
    words = {
        "claim": ("认领", "claimed"),
        "takeover": ("接手", "took over"),
        "release": ("退回", "released"),
        "state": ("改为", "set"),
        "note": ("备注", "note"),
        "reply": ("在直播间说", "said in the room"),
        "handover": ("交给部门", "handed over"),
        "merge": ("并入", "merged"),
        "unmerge": ("分开", "unmerged"),
    }
    return say(*words.get(act, (act, act)))


def _time(at: int) -> str:
    try:
        return datetime.fromtimestamp(at / 1000, UTC).astimezone().strftime("%m-%d %H:%M:%S")
    except (ValueError, OverflowError, OSError):
        return str(at)


def _shown(text: str) -> str:
    """One line that can do a terminal no harm."""
    return scrub(text).replace("\n", "⏎").replace("\t", " ")
