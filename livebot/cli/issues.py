"""`livebot issues`: what after-sales staff do with the queue from a terminal, beside a running daemon."""

import csv
import getpass
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any, TextIO

from livebot.cli.frame import journal_of
from livebot.config import Config
from livebot.decide.issue_states import DONE, UNSTARTED, name
from livebot.deliver.open_queue import join_queue
from livebot.deliver.queue import LEASE_S, Filter, IssueQueue, QueuedIssue, held, missing
from livebot.deliver.queue_redis import RedisQueue
from livebot.errors import Rejected, Unavailable
from livebot.keep.log import scrub
from livebot.language import say

COLUMNS = (
    "id", "state", "priority", "category", "room", "platform", "author", "text", "holder", "created_at", "updated_at",
    "comment_id", "viewer", "rules", "duplicate_of", "viewers", "repeats",
)  # fmt: skip
SHORT = 8  # characters of an id that are shown, and that are enough to name it
SHORTEST = 4


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


def actor_name(given: str | None) -> str:
    """--as NAME, or the user of the operating system."""
    if given and given.strip():
        return given.strip()[:80]
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise Rejected("请用 --as 写上你的名字", "say who you are with --as NAME") from None


async def list_issues(queue: IssueQueue, wanted: Filter, format: str, out: TextIO) -> int:
    """A table on a terminal, tab-separated lines elsewhere, or "json". Returns the exit code."""
    found = await queue.find(wanted)
    if format == "json":
        _write_json([as_dict(issue) for issue in found], out)
    elif format == "csv":
        _write_csv(found, out)
    elif out.isatty():
        _write_table(found, out)
    else:
        _write_lines(found, out)
    return 0


async def export_issues(queue: IssueQueue, wanted: Filter, format: str, out: TextIO, *, for_excel: bool = False) -> int:
    """All issues as "csv" or "json" (with their history). `for_excel` writes the mark by which Excel knows UTF-8."""
    found = await queue.find(wanted)
    if format == "json":
        _write_json([as_dict(await queue.show(issue.id)) for issue in found], out)
    else:
        out.write("\ufeff" if for_excel else "")
        _write_csv(found, out)
    return 0


async def show_issue(queue: IssueQueue, issue_id: str, format: str, out: TextIO) -> int:
    """One issue with its context and history; `issue_id` may be the beginning of an id."""
    issue = await queue.show(await whole_id(queue, issue_id))
    if format == "json":
        _write_json(as_dict(issue), out)
        return 0
    fields = issue.fields
    rows = [
        (say("编号", "id"), issue.id),
        (say("状态", "state"), name(issue.state) + (f" → {issue.duplicate_of}" if issue.duplicate_of else "")),
        (say("处理人", "holder"), f"{issue.holder}（{_time(issue.lease_until)}）" if issue.holder else say("无", "nobody")),
        (say("类别", "category"), f"{fields.get('category', '')} {fields.get('priority', '')}"),
        (say("直播间", "room"), f"{fields.get('room', '')} ({fields.get('platform', '')})"),
        (say("时间", "time"), _time(issue.created_at)),
        (say("观众", "viewer"), fields.get("author", "")),
        (say("内容", "text"), fields.get("text", "")),
    ]
    if told := _crowd(fields):
        rows.append((say("人数", "viewers"), told))
    rows += [
        (_how(str(line.get("how", ""))), f"{line.get('author', '')}: {line.get('text', '')} {line.get('comment_id', '')}")
        for line in _list(fields.get("also", ""))
        if isinstance(line, dict)
    ]
    rows += [
        (say("之前", "before"), f"{line.get('author', '')}: {line.get('text', '')}")
        for line in _list(fields.get("context", ""))
        if isinstance(line, dict)
    ]
    rows += [
        (say("经过", "history"), f"{_time(step.at)} {step.actor} {_act(step.act)} {name(step.after)} {step.note}") for step in issue.history
    ]
    for label, value in rows:
        out.write(f"{label}\t{_shown(value)}\n")
    return 0


async def claim_issue(queue: IssueQueue, issue_id: str, actor: str, out: TextIO, lease: float = LEASE_S) -> int:
    """Exit code 1 if another has it, naming them."""
    full = await whole_id(queue, issue_id)
    claim = await queue.claim(full, actor, lease)
    if claim.won:
        until = _time(claim.lease_until)
        out.write(say(f"已认领 {full}，{until} 前归你处理。", f"{full} is yours until {until}.") + "\n")
        return 0
    out.write(_shown(say(f"{claim.holder} 正在处理 {full}。", f"{claim.holder} is working on {full}.")) + "\n")
    return 1


async def resolve_issue(queue: IssueQueue, issue_id: str, actor: str, note: str, out: TextIO) -> int:
    """Marks as solved; claims it first if nobody has. Rejected, naming them, if another has it."""
    full = await whole_id(queue, issue_id)
    issue = await queue.show(full)
    token = ""
    if issue.state in UNSTARTED or (issue.state not in DONE and issue.holder == actor):
        claim = await queue.claim(full, actor)
        if not claim.won:
            raise held(claim.holder)
        token = claim.token
    await queue.set_state(full, actor, "resolved", note, token)
    out.write(say(f"{full} 已解决。", f"{full} is resolved.") + "\n")
    return 0


async def whole_id(queue: IssueQueue, given: str) -> str:
    """The id that begins with `given`; Rejected where none or several do."""
    with suppress(Rejected):
        return (await queue.show(given)).id or given
    everything = await queue.find(Filter(open_only=False, limit=1_000_000)) if len(given) >= SHORTEST else []
    found = [issue.id for issue in everything if issue.id.startswith(given)]
    if not found:
        raise missing(scrub(given))
    if len(found) > 1:
        shown = " ".join(found[:5])
        raise Rejected(f"有 {len(found)} 个问题以 {given} 开头：{shown}", f"{len(found)} issues begin with {given}: {shown}")
    return found[0]


def as_dict(issue: QueuedIssue) -> dict[str, Any]:
    """For JSON: what was announced, with its state; `context` and `rules` as lists."""
    told = {name: value for name, value in issue.fields.items() if name not in ("created_at", "context", "rules", "also")}
    own = {"state": issue.state, "holder": issue.holder, "lease_until": issue.lease_until, "duplicate_of": issue.duplicate_of}
    own |= {"created_at": issue.created_at, "updated_at": issue.updated_at}
    lists = {key: _list(issue.fields.get(key, "")) for key in ("rules", "context", "also")}
    steps = [
        {"at": step.at, "actor": step.actor, "act": step.act, "from": step.before, "to": step.after, "note": step.note}
        for step in issue.history
    ]
    return told | own | lists | ({"history": steps} if steps else {})


def _list(text: str) -> list[Any]:
    """A field that should hold a JSON list; other programs may write anything."""
    try:
        found = json.loads(text)
    except ValueError:
        return []
    return [item for item in found if isinstance(item, dict | str)] if isinstance(found, list) else []


def _write_json(value: Any, out: TextIO) -> None:
    out.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _write_csv(issues: Sequence[QueuedIssue], out: TextIO) -> None:
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for issue in issues:
        row = as_dict(issue) | {"rules": " ".join(map(str, _list(issue.fields.get("rules", ""))))}
        writer.writerow([_cell(str(row.get(column, ""))) for column in COLUMNS])


def _cell(value: str) -> str:
    """Text that a spreadsheet would run as a formula is made to stay text."""
    return f"'{value}" if value.lstrip()[:1] in tuple("=+-@＝＋－＠") or value[:1] in ("\t", "\r") else value


def _row(issue: QueuedIssue) -> tuple[str, ...]:
    fields = issue.fields
    priority, category, room = (fields.get(key, "") for key in ("priority", "category", "room"))
    crowd = _crowd(fields)
    text = fields.get("text", "") + (say(f"（{crowd}）", f" ({crowd})") if crowd else "")
    told = (priority, category, name(issue.state), issue.holder, room, fields.get("author", ""), text)
    return (issue.id, _time(issue.created_at), *map(_shown, told))


def _write_lines(issues: Sequence[QueuedIssue], out: TextIO) -> None:
    for issue in issues:
        out.write("\t".join(_row(issue)) + "\n")


def _write_table(issues: Sequence[QueuedIssue], out: TextIO) -> None:
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


def _crowd(fields: Mapping[str, str]) -> str:
    """Who else has it: "等 12 人，又说了 3 次"; "" where it is one viewer who said it once."""
    viewers, repeats, raid = (fields.get(key, "") for key in ("viewers", "repeats", "raid"))
    told = (
        say(f"等 {viewers} 人", f"{viewers} viewers") if viewers not in ("", "1") else "",
        say(f"又说了 {repeats} 次", f"said again {repeats}×") if repeats not in ("", "0") else "",
        say(f"疑似刷屏 {raid} 人", f"{raid} of a raid") if raid not in ("", "0") else "",
    )
    return say("，", ", ").join(filter(None, told))


def _how(how: str) -> str:
    words = {"also": ("也是", "also"), "repeat": ("又说", "again"), "attention": ("催", "urges"), "raid": ("刷屏", "raid")}
    return say(*words.get(how, (how, how)))


def _act(act: str) -> str:
    words = {"claim": ("认领", "claimed"), "release": ("退回", "released"), "state": ("改为", "set")}
    return say(*words.get(act, (act, act)))


def _time(at: int) -> str:
    try:
        return datetime.fromtimestamp(at / 1000, UTC).astimezone().strftime("%m-%d %H:%M:%S")
    except (ValueError, OverflowError, OSError):
        return str(at)


def _shown(text: str) -> str:
    """One line that can do a terminal no harm."""
    return scrub(text).replace("\n", "⏎").replace("\t", " ")
