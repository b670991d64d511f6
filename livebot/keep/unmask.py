"""Reading what a viewer really wrote: by those who may, for a reason that is written down before anything is shown."""

from dataclasses import dataclass
from typing import Final

from livebot.decide.events import Viewer
from livebot.decide.privacy import mask
from livebot.errors import Rejected
from livebot.keep import clock
from livebot.keep.erasure import NOBODY
from livebot.keep.journal import Journal
from livebot.keep.seal import ERASED
from livebot.keep.storing import Row

ROLES: Final = frozenset({"after-sales", "supervisor", "admin"})  # who may; a moderator or a streamer works with the masked text
LONGEST: Final = 500  # characters of a reason
_HEX: Final = frozenset("0123456789abcdef-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A comment as it was written. received_at: Unix ms."""

    room: str
    received_at: int
    author: Viewer
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmasking:
    """Who read which comment, when (Unix ms) and why. comment: the platform's id of it."""

    at: int
    actor: str
    role: str
    reason: str
    room: str
    comment: str


async def unmask(journal: Journal, comment: str, *, actor: str, role: str, reason: str, room: str | None = None) -> Original:
    """What stands behind a masked comment; who asked, and why, is durable in the journal when it returns.

    `comment` is the platform's id of a comment, or an issue's id or its beginning. Raises Rejected for a role that may not, without a
    reason, where the comment is unknown or not clear, or erased.
    """
    reason = _reason(actor, role, reason)
    seq, where, at, viewer, author, text = _named(journal, comment, room)
    original = Original(room=where, received_at=at, author=journal.author(author, viewer), text=journal.unseal(text, viewer))
    if original.text == ERASED or author == NOBODY:
        raise Rejected("原文已经删除，或过了保存期", "the original was erased, or its retention is over")
    await _record(journal, actor, role, reason, where, seq)
    return original


async def record(journal: Journal, *, actor: str, role: str, reason: str, room: str, seq: int | None) -> None:
    """The same for what stands elsewhere, such as in a hand-over: durable when it returns. seq: of the comment that it belongs to, None
    where that is in another journal. Raises Rejected for a role that may not, or without a reason."""
    await _record(journal, actor, role, _reason(actor, role, reason), room, seq or 0)


def _reason(actor: str, role: str, reason: str) -> str:
    reason = " ".join(reason.split())[:LONGEST]
    if role not in ROLES:
        may = ", ".join(sorted(ROLES))
        raise Rejected(f"“{role}”不能看原文，可以的是：{may}", f"a {role} may not unmask; these may: {may}")
    if not reason or not actor.strip():
        raise Rejected("看原文要写明是谁、为什么", "say who reads the original, and why")
    return reason


async def _record(journal: Journal, actor: str, role: str, reason: str, room: str, seq: int) -> None:
    row = (clock.now_ms(), actor.strip()[:80], role, mask(reason), room, seq)
    await journal.write(lambda conn: conn.execute("INSERT INTO unmaskings (at, actor, role, reason, room, seq) VALUES (?,?,?,?,?,?)", row))


def unmaskings(journal: Journal, limit: int = 1000) -> list[Unmasking]:
    """The latest first."""
    sql = "SELECT at, actor, role, reason, u.room, e.native_id FROM unmaskings u LEFT JOIN events e USING (seq) ORDER BY u.id DESC LIMIT ?"
    rows = journal.read(sql, (limit,))
    return [Unmasking(at=at, actor=actor, role=role, reason=why, room=room, comment=id_ or "") for at, actor, role, why, room, id_ in rows]


def _named(journal: Journal, name: str, room: str | None) -> Row:
    columns = "SELECT e.seq, e.room, e.received_at, e.viewer, e.author, e.text FROM events e"
    ours = "e.kind IN ('comment', 'order') AND (? IS NULL OR e.room = ?)"
    rows = journal.read(f"{columns} WHERE e.native_id = ? AND {ours}", (name, room, room))
    if not rows and len(name) >= 4 and set(name) <= _HEX:
        of_issue = f"{columns} WHERE {ours} AND e.seq IN (SELECT seq FROM issues WHERE id >= ? AND id < ?)"
        rows = journal.read(of_issue, (room, room, name, name + "g"))
    if not rows:
        raise Rejected("没有这条评论", "there is no such comment")
    if len(rows) > 1:
        raise Rejected("不止一条：请写完整的编号，或用 --room 说明直播间", "there are several: write the whole id, or name the room")
    return rows[0]
