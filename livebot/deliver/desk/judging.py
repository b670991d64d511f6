"""A text before a moderator lets it pass: whether the platform takes it, what the guard says, and which promise stands otherwise."""

from dataclasses import dataclass, replace
from typing import Literal

from livebot.decide.guard import OK, Verdict
from livebot.decide.promises import NOTHING_PROMISED
from livebot.decide.recap import shown
from livebot.decide.session import RoomPolicy
from livebot.decide.speech.clearance import clear
from livebot.decide.speech.contradiction import first_of
from livebot.decide.splitting import PARTS, in_full
from livebot.deliver.desk.moderation import Moderation
from livebot.keep import clock, ledger
from livebot.keep.outbox import OutboxRow

LEVELS = ("ok", "needs_evidence", "block")
READ_ONLY = RoomPolicy(can_send=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """parts: the messages that would leave, () where it cannot be said. why: (zh, en) why not, or why somebody must vouch; None: it may.

    length and limit are counted in `unit`; limit 0: the room cannot be spoken in. contradicts: the promise that stands otherwise, or "".
    """

    text: str
    parts: tuple[str, ...]
    length: int
    limit: int
    unit: Literal["chars", "bytes"]
    verdict: Verdict = OK
    why: tuple[str, str] | None = None
    contradicts: str = ""


def size(text: str, unit: str) -> int:
    return len(text.encode("utf-8", "replace")) if unit == "bytes" else len(text)


def judge(desk: Moderation, row: OutboxRow, text: str) -> Judged:
    """The text in place of the reply's draft, by the policy's own checks; nothing is changed."""
    policy = desk.policies.get(row.room, READ_ONLY)
    limit = policy.max_chars if policy.can_send else 0
    found = Judged(text=text, parts=(), length=size(text, policy.unit), limit=limit, unit=policy.unit)
    if not text.strip() or "\n" in text or "\r" in text:
        return replace(found, why=("要说的话不能为空，也不能换行", "what is said must not be empty and must be one line"))
    if not limit:
        room = shown(row.room)
        why = f"{room} 现在不能发言（只读，或不在配置里）", f"nothing can be said in {room}: read-only, or not configured"
        return replace(found, why=why)
    parts = tuple(in_full(text, limit, policy.unit))
    if not parts:
        return replace(found, why=_too_long(found))
    origin = row.origin if text == row.text else "moderator"
    said = (clear(one, policy.promises, desk.facts(), clock.now_ms(), origin=origin) for one in dict.fromkeys((text, *parts)))
    verdict = max(said, key=lambda one: LEVELS.index(one.verdict))
    found = replace(found, verdict=verdict, contradicts=_contradicts(desk, row, text))
    if verdict.verdict == "block":
        return replace(found, why=_blocked(text, verdict))
    return replace(found, parts=parts, why=_vouch(text, verdict) if verdict.verdict == "needs_evidence" else None)


def _too_long(found: Judged) -> tuple[str, str]:
    unit_zh, unit_en = ("字节", "bytes") if found.unit == "bytes" else ("字", "characters")
    return (
        f"太长了：平台一条最多 {found.limit} {unit_zh}，{PARTS} 条也说不完，请改短",
        f"too long: the platform takes {found.limit} {unit_en}, and {PARTS} messages do not hold it; shorten it",
    )


def _blocked(text: str, verdict: Verdict) -> tuple[str, str]:
    words = text[slice(*verdict.span)]
    return (
        f"不能这样说：“{words}”，{verdict.zh}（{verdict.article}），请改一下",
        f'this must not be said: "{words}": {verdict.en} ({verdict.article}); change it',
    )


def _vouch(text: str, verdict: Verdict) -> tuple[str, str]:
    words = text[slice(*verdict.span)]
    return (
        f"“{words}” 要有依据才能说：{verdict.zh}（{verdict.article}）。有依据，就再确认一次",
        f'"{words}" needs evidence: {verdict.en} ({verdict.article}). If there is some, confirm it',
    )


def _contradicts(desk: Moderation, row: OutboxRow, text: str) -> str:
    """A moderator may contradict what was promised; they shall know, and staff will."""
    now = clock.now_ms()
    edited = replace(row, text=text, origin="moderator" if text != row.text else row.origin)
    said = ledger.promises_of(desk.journal, edited, NOTHING_PROMISED, desk.facts(), now)
    found = first_of(said, ledger.standing(desk.journal, row.room), now) if said else None
    return found[1].text if found else ""
