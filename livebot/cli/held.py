"""`livebot held`: the moderator's desk in a terminal: what waits for approval, and what nobody knows the end of."""

import getpass
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from livebot.cli.words import clock_time, duration, reason_name
from livebot.config import Config
from livebot.decide.guard import Origin
from livebot.decide.privacy import mask_name
from livebot.decide.promises import NOTHING_PROMISED
from livebot.decide.recap import shown
from livebot.decide.session import RoomPolicy
from livebot.decide.shop.facts import NO_FACTS, Facts
from livebot.decide.speech.clearance import clear
from livebot.decide.speech.contradiction import first_of
from livebot.decide.splitting import PARTS, in_full
from livebot.errors import ConfigError, Rejected
from livebot.keep import clock, ledger, outbox
from livebot.keep.journal import Journal
from livebot.keep.outbox import OutboxRow
from livebot.keep.rulefiles import load_rules
from livebot.language import say


def list_held(journal: Journal, room: str | None = None, sink: TextIO | None = None, *, as_json: bool = False) -> int:
    """Writes the drafts that wait (the most urgent first), then the replies in doubt."""
    sink = sink or sys.stdout
    now = clock.now_ms()
    waiting = outbox.rows(journal, "state = 'held' AND expires_at > ? ORDER BY expires_at, id", (now,))
    doubtful = outbox.rows(journal, "state = 'in_doubt' ORDER BY created_at, id")
    waiting.sort(key=lambda row: not outbox.askers(journal, row.id)[1])  # who asked to be noticed comes first
    rows = [row for row in (*waiting, *doubtful) if room in {None, row.room}]
    if as_json:
        sink.write(msgspec.json.format(msgspec.json.encode([_data(journal, row, now) for row in rows]), indent=2).decode() + "\n")
        return 0
    if not rows:
        sink.write(say("没有等审核的回复。\n", "Nothing waits for approval.\n"))
        return 0
    console = Console(file=sink, highlight=False, width=None if sink.isatty() else 120)
    size = _prefix(rows)
    _print(console, journal, [row for row in rows if row.state == "held"], now, size)
    _print(console, journal, [row for row in rows if row.state == "in_doubt"], now, size)
    return 0


async def approve(
    journal: Journal,
    prefix: str,
    *,
    text: str | None = None,
    actor: str = "",
    policies: Mapping[str, RoomPolicy] | None = None,
    facts: Facts = NO_FACTS,
) -> int:
    """held → queued, with `text` in place of the draft if given.

    Raises Rejected where it is too late, too long, must not be said, or somebody was first. For what needs evidence, approving vouches.
    """
    row = await _find(journal, prefix, "held")
    said = row.text if text is None else text.strip()
    parts = _check(row, said, policies, facts)
    _warn(journal, row, said, facts)
    return await _settle(
        journal,
        row,
        "queued",
        actor,
        text=parts[0] if parts[0] != row.text else None,
        origin=row.origin if text is None else "moderator",
        more=parts[1:],
    )


async def reject(journal: Journal, prefix: str, *, reason: str = "", actor: str = "") -> int:
    """held → denied."""
    return await _settle(journal, await _find(journal, prefix, "held"), "denied", actor, reason=reason)


async def settle_doubt(journal: Journal, prefix: str, *, sent: bool, actor: str = "") -> int:
    """in_doubt → sent or refused, by somebody who looked at the room."""
    return await _settle(journal, await _find(journal, prefix, "in_doubt"), "sent" if sent else "refused", actor, reason="by_hand")


def facts_of(config: Config, file: Path) -> Facts:
    """The shop's facts; none while its rule files have mistakes, for the sender will look again."""
    try:
        return load_rules(config.rules.packs, config.rules.variables, file.parent).facts
    except ConfigError:
        return NO_FACTS


# ── what is asked before ───────────────────────────────────────────────────────


async def _find(journal: Journal, prefix: str, state: str) -> OutboxRow:
    """The one reply whose id begins so and which is in that state. Raises Rejected, saying why there is none."""
    wanted = prefix.strip().lower()
    if not wanted or not all(char in "0123456789abcdef-" for char in wanted):
        raise Rejected(
            f"编号不对：{shown(prefix, 40)}。编号见 livebot held list", f"that is no id: {shown(prefix, 40)}. See livebot held list"
        )
    found = outbox.rows(journal, "id >= ? AND id < ? ORDER BY id", (wanted, wanted + "g"))
    fitting = [row for row in found if row.state == state]
    exact = [row for row in found if row.id == wanted]
    if len(fitting) > 1 and not exact:
        ids = "、".join(row.id for row in fitting[:5])
        raise Rejected(
            f"{wanted} 开头的有 {len(fitting)} 条，请多写几位：{ids}", f"{len(fitting)} ids begin with {wanted}, write more: {ids}"
        )
    row = next(iter(exact or fitting or found), None)
    if row is None:
        raise Rejected(f"没有编号为 {wanted} 的回复", f"there is no reply {wanted}")
    if row.state == "held" and state == "held" and row.expires_at <= clock.now_ms():
        await outbox.settle(journal, row, "expired")
        row = outbox.rows(journal, "id = ?", (row.id,))[0]
    if row.state != state:
        raise _too_late(journal, row)
    return row


def _check(row: OutboxRow, text: str, policies: Mapping[str, RoomPolicy] | None, facts: Facts) -> list[str]:
    """The messages that say it, after the policy's own checks."""
    if not text or "\n" in text or "\r" in text:
        raise Rejected("要说的话不能为空，也不能换行", "what is said must not be empty and must be one line")
    if policies is None:
        return [text]
    policy = policies.get(row.room)
    if policy is None or not policy.can_send:
        raise Rejected(
            f"{shown(row.room)} 现在不能发言（只读，或不在配置里）",
            f"nothing can be said in {shown(row.room)}: read-only, or not configured",
        )
    parts = in_full(text, policy.max_chars, policy.unit)
    if not parts:
        unit = say("字节", "bytes") if policy.unit == "bytes" else say("字", "characters")
        zh = f"太长了：平台一条最多 {policy.max_chars} {unit}，{PARTS} 条也说不完。用 --text 改短"
        raise Rejected(
            zh, f"too long: the platform takes {policy.max_chars} {unit}, and {PARTS} messages do not hold it. Shorten it with --text"
        )
    for part in dict.fromkeys((text, *parts)):
        verdict = clear(part, policy.promises, facts, clock.now_ms(), origin="moderator")
        if verdict.verdict == "block":
            words = part[slice(*verdict.span)]
            zh = f"不能这样说：“{words}”，{verdict.zh}（{verdict.article}）。用 --text 改一下"
            raise Rejected(zh, f'this must not be said: "{words}": {verdict.en} ({verdict.article}). Change it with --text')
    return parts


def _warn(journal: Journal, row: OutboxRow, text: str, facts: Facts) -> None:
    """A moderator may contradict what was promised; they shall know, and staff will."""
    now = clock.now_ms()
    edited = replace(row, text=text, origin="moderator" if text != row.text else row.origin)
    said = ledger.promises_of(journal, edited, NOTHING_PROMISED, facts, now)
    if found := first_of(said, ledger.standing(journal, row.room), now):
        old = found[1].text
        note = say(
            f"注意：和说过的承诺不一致（{old}）。发出后会登记一个问题。", f"note: another promise stands ({old}); this becomes an issue."
        )
        print(note, file=sys.stderr)


async def _settle(
    journal: Journal,
    row: OutboxRow,
    target: str,
    actor: str,
    *,
    reason: str = "",
    text: str | None = None,
    origin: Origin = "moderator",
    more: Sequence[str] = (),
) -> int:
    if not await outbox.settle(journal, row, target, reason=reason, actor=actor or _whoami(), text=text, origin=origin, more=more):
        raise _too_late(journal, outbox.rows(journal, "id = ?", (row.id,))[0])
    done = {"queued": ("已批准，马上发出", "approved, on its way"), "denied": ("已拒绝", "rejected")}
    print(say(*done.get(target, ("已确认", "settled"))), row.id[:8], file=sys.stderr)
    return 0


def _too_late(journal: Journal, row: OutboxRow) -> Rejected:
    """Who was first, and what they did."""
    [(actor, at)] = journal.read("SELECT coalesce(actor, ''), changed_at FROM replies WHERE id = ?", (row.id,))
    when = clock_time(at)
    if row.state == "expired":
        return Rejected(f"这条已经过期了（{when}），没有发出", f"this one expired at {when} and was not said")
    if row.state == "in_doubt":
        return Rejected("这条不确定有没有发出去：请用 livebot held settle", "this one is in doubt: use livebot held settle")
    if row.state == "held":
        return Rejected(
            "这条还在等审核：请用 livebot held approve 或 reject", "this one waits for approval: use livebot held approve or reject"
        )
    who_zh, who_en = (
        (f"{shown(actor, 40)} 抢先了一步", f"{shown(actor, 40)} was first") if actor else ("已经处理过了", "it was dealt with already")
    )
    return Rejected(f"{who_zh}：{when} 变成 {row.state}", f"{who_en}: {row.state} since {when}")


def _whoami() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a system without user names
        return "cli"


# ── what is shown ──────────────────────────────────────────────────────────────


def _print(console: Console, journal: Journal, rows: list[OutboxRow], now: int, size: int) -> None:
    if not rows:
        return
    doubt = rows[0].state == "in_doubt"
    table = Table(title=say("不确定有没有发出去", "in doubt") if doubt else say("等审核", "waiting for approval"), title_justify="left")
    third = say("时间", "since") if doubt else say("还剩", "left")
    for name in ("id", say("直播间", "room"), third, say("原因", "why"), say("弹幕", "comment"), say("回复", "reply")):
        table.add_column(name)
    for row in rows:
        when = clock_time(row.created_at) if doubt else duration((row.expires_at - now) / 1000)
        table.add_row(
            row.id[:size], Text(shown(row.room)), when, Text(reason_name(row.why or "")), Text(_comment(journal, row)), Text(row.text)
        )
    console.print(table)


def _prefix(rows: list[OutboxRow]) -> int:
    """How many digits tell all of them apart: eight, or as many as it takes."""
    size = 8
    while size < 40 and len({row.id[:size] for row in rows}) < len(rows):
        size += 4
    return size


def _comment(journal: Journal, row: OutboxRow) -> str:
    events = journal.read("SELECT author, text, viewer FROM events WHERE seq = ? AND kind = 'comment'", (row.seq,))
    if not events:
        return "—"
    author, text, viewer = events[0]
    return f"{mask_name(journal.author(author, viewer).name)}: {shown(journal.unseal(text, viewer), 80)}{_others(journal, row)}"


def _others(journal: Journal, row: OutboxRow) -> str:
    """Who else waits for this reply: "（等 12 人，催了 2 次）"."""
    viewers, urged = outbox.askers(journal, row.id)
    many = say(f"等 {viewers} 人", f"{viewers} viewers") if viewers > 1 else ""
    again = say(f"催了 {urged} 次", f"urged {urged}×") if urged else ""
    told = say("，", ", ").join(filter(None, (many, again)))
    return say(f"（{told}）", f" ({told})") if told else ""


def _data(journal: Journal, row: OutboxRow, now: int) -> dict[str, object]:
    viewers, urged = outbox.askers(journal, row.id)
    return {
        "id": row.id,
        "state": row.state,
        "room": row.room,
        "rule": row.rule,
        "why": row.why or "",
        "seconds_left": max(0, row.expires_at - now) / 1000 if row.state == "held" else None,
        "comment": _comment(journal, row),
        "viewers": viewers,
        "urged": urged,
        "text": row.text,
    }
