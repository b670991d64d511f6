"""`livebot held`: the moderator's desk in a terminal: what waits for approval, and what nobody knows the end of."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from livebot.cli.frame import whoami
from livebot.config import Config
from livebot.decide.recap import shown
from livebot.decide.shop.facts import NO_FACTS, Facts
from livebot.deliver.desk import acts, held, undo
from livebot.deliver.desk.acts import Done
from livebot.deliver.desk.held import Card, Filter
from livebot.deliver.desk.moderation import Moderation
from livebot.errors import ConfigError, Rejected
from livebot.keep import clock, outbox
from livebot.keep.journal import Journal
from livebot.keep.outbox import OutboxRow
from livebot.keep.rulefiles import load_rules
from livebot.keep.words import clock_time, duration, reason_name
from livebot.language import say
from livebot.opening import room_policies

MOST = 1_000  # drafts that one look shows


def moderation(journal: Journal, config: Config, file: Path) -> Moderation:
    """The desk of a configuration, beside a running daemon or alone."""
    return Moderation(journal=journal, policies=room_policies(config, file), facts=lambda: _facts(config, file), undo=config.desk.undo)


def _facts(config: Config, file: Path) -> Facts:
    """The shop's facts; none while its rule files have mistakes, for the sender will look again."""
    try:
        return load_rules(config.rules.packs, config.rules.variables, file.parent).facts
    except ConfigError:
        return NO_FACTS


# ── what is done ───────────────────────────────────────────────────────────────


async def approve(desk: Moderation, prefix: str, *, text: str | None = None, actor: str = "") -> int:
    """held → queued, with `text` in place of the draft if given. In a terminal approving is vouching. Raises Rejected."""
    done = await acts.approve(desk, find(desk.journal, prefix, "held").id, text=text, actor=actor or whoami(), confirmed=True)
    if done.judged and done.judged.contradicts:
        old = done.judged.contradicts
        _tell(f"注意：和说过的承诺不一致（{old}）。发出后会登记一个问题。", f"note: another promise stands ({old}); this becomes an issue.")
    if done.judged and done.judged.why:
        _tell(f"注意：{done.judged.why[0]}", f"note: {done.judged.why[1]}")
    wait = round((done.at - clock.now_ms()) / 1000)
    later = say(f"，{wait} 秒后发出（反悔：livebot held undo）", f", leaves in {wait} s (to take it back: livebot held undo)")
    return _done(done, "已批准", "approved", later if wait > 0 else "")


async def reject(desk: Moderation, prefix: str, *, reason: str = "", actor: str = "") -> int:
    """held → denied."""
    done = await acts.reject(desk, find(desk.journal, prefix, "held").id, reason=reason, actor=actor or whoami())
    return _done(done, "已拒绝", "rejected")


async def aloud(desk: Moderation, prefix: str, *, actor: str = "") -> int:
    """held → aloud: the streamer said it."""
    done = await acts.aloud(desk, find(desk.journal, prefix, "held").id, actor=actor or whoami())
    return _done(done, "记下了，主播口头回答过", "noted as answered aloud")


async def snooze(desk: Moderation, prefix: str, seconds: float, *, actor: str = "") -> int:
    """Puts a draft off."""
    done = await acts.snooze(desk, find(desk.journal, prefix, "held").id, seconds, actor=actor or whoami())
    return _done(done, "推后到", "put off until", f" {clock_time(done.at)}")


async def take_back(desk: Moderation, prefix: str, *, actor: str = "") -> int:
    """What was last done to a reply, or all of one act over many (its number begins with "batch:")."""
    batch = prefix.removeprefix("batch:") if prefix.startswith("batch:") else ""
    reply = "" if batch else find(desk.journal, prefix).id
    undone = await undo.undo(desk, batch=batch, reply_id=reply, actor=actor or whoami())
    for _, zh, en in undone.late:
        _tell(zh, en)
    _tell(f"已撤回：{len(undone.ids)} 条", f"taken back: {len(undone.ids)}")
    return 1 if undone.late else 0


async def settle_doubt(desk: Moderation, prefix: str, *, sent: bool, again: bool = False, actor: str = "") -> int:
    """in_doubt → sent or refused, by somebody who looked at the room; again: what did not appear is said anew."""
    if again and sent:
        raise Rejected("--again 只能和 --not-sent 一起用", "--again goes with --not-sent only")
    row, who = find(desk.journal, prefix, "in_doubt"), actor or whoami()
    code = _done(await acts.settle_doubt(desk, row.id, appeared=sent, actor=who), "已确认", "settled")
    if again:
        code = _done(await acts.say_again(desk, row.id, actor=who), "再发一次", "said again")
    return code


def find(journal: Journal, prefix: str, state: str = "") -> OutboxRow:
    """The one reply whose id begins so, one in that state first. Raises Rejected, saying why there is none."""
    wanted = prefix.strip().lower()
    if not wanted or not all(char in "0123456789abcdef-" for char in wanted):
        raise Rejected(
            f"编号不对：{shown(prefix, 40)}。编号见 livebot held list", f"that is no id: {shown(prefix, 40)}. See livebot held list"
        )
    found = outbox.rows(journal, "id >= ? AND id < ? ORDER BY id", (wanted, wanted + "g"))
    fitting = [row for row in found if state in {"", row.state}]
    exact = [row for row in found if row.id == wanted]
    if len(fitting) > 1 and not exact:
        ids = "、".join(row.id for row in fitting[:5])
        raise Rejected(
            f"{wanted} 开头的有 {len(fitting)} 条，请多写几位：{ids}", f"{len(fitting)} ids begin with {wanted}, write more: {ids}"
        )
    row = next(iter(exact or fitting or found), None)
    if row is None:
        raise Rejected(f"没有编号为 {wanted} 的回复", f"there is no reply {wanted}")
    if row.state != state and row.state in {"held", "in_doubt"} and state:
        command = "approve / reject" if row.state == "held" else "settle"
        raise Rejected(f"这条请用 livebot held {command}", f"for this one use livebot held {command}")
    return row


def _done(done: Done, zh: str, en: str, more: str = "") -> int:
    many = say(f"，一共 {len(done.ids)} 条", f", {len(done.ids)} in all") if len(done.ids) > 1 else ""
    _tell(f"{zh}{more}{many} {done.ids[0][:8]}", f"{en}{more}{many} {done.ids[0][:8]}")
    return 0


def _tell(zh: str, en: str) -> None:
    print(say(zh, en), file=sys.stderr)


# ── what is shown ──────────────────────────────────────────────────────────────


def list_held(desk: Moderation, wanted: Filter = Filter(), sink: TextIO | None = None, *, as_json: bool = False) -> int:
    """Writes the drafts that wait (the most urgent first), then the replies in doubt."""
    sink = sink or sys.stdout
    page, doubts = held.held(desk, wanted, limit=MOST), held.doubts(desk, wanted.room)
    if as_json:
        data = [_data(card) for card in (*page.cards, *doubts)]
        sink.write(msgspec.json.format(msgspec.json.encode(data), indent=2).decode() + "\n")
        return 0
    if not (page.cards or doubts):
        sink.write(say("没有等审核的回复。\n", "Nothing waits for approval.\n"))
    console = Console(file=sink, highlight=False, width=None if sink.isatty() else 120)
    size = _prefix((*page.cards, *doubts))
    _print(console, page.cards, size)
    _print(console, doubts, size)
    if page.put_off and not wanted.put_off:
        sink.write(say(f"另有 {page.put_off} 条推后了（--put-off）。\n", f"{page.put_off} more are put off (--put-off).\n"))
    return 0


def _print(console: Console, cards: tuple[Card, ...], size: int) -> None:
    if not cards:
        return
    doubt = cards[0].state == "in_doubt"
    table = Table(title=say("不确定有没有发出去", "in doubt") if doubt else say("等审核", "waiting for approval"), title_justify="left")
    third = say("时间", "since") if doubt else say("还剩", "left")
    for name in ("id", say("直播间", "room"), third, say("原因", "why"), say("弹幕", "comment"), say("回复", "reply")):
        table.add_column(name)
    for card in cards:
        when = clock_time(card.created_at) if doubt else duration(card.seconds_left)
        cells = (shown(card.room), reason_name(card.why), _comment(card), card.text)
        room, why, comment, text = map(Text, cells)
        table.add_row(card.id[:size], room, when, why, comment, text)
    console.print(table)


def _prefix(cards: tuple[Card, ...]) -> int:
    """How many digits tell all of them apart: eight, or as many as it takes."""
    size = 8
    while size < 40 and len({card.id[:size] for card in cards}) < len(cards):
        size += 4
    return size


def _comment(card: Card) -> str:
    return f"{card.comment.who}: {card.comment.text[:80]}{_others(card)}" if card.comment else "—"


def _others(card: Card) -> str:
    """Who else waits for this reply: "（等 12 人，催了 2 次）"."""
    many = say(f"等 {card.viewers} 人", f"{card.viewers} viewers") if card.viewers > 1 else ""
    again = say(f"催了 {card.urged} 次", f"urged {card.urged}×") if card.urged else ""
    told = say("，", ", ").join(filter(None, (many, again)))
    return say(f"（{told}）", f" ({told})") if told else ""


def _data(card: Card) -> dict[str, object]:
    return {
        "id": card.id,
        "state": card.state,
        "room": card.room,
        "rule": card.rule,
        "why": card.why,
        "seconds_left": card.seconds_left if card.state == "held" else None,
        "comment": _comment(card),
        "viewers": card.viewers,
        "urged": card.urged,
        "text": card.text,
        "length": card.length,
        "limit": card.limit,
        "unit": card.unit,
        "verdict": {name: value for name, value in asdict(card.verdict).items() if name != "span"},
    }
