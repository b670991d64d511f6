"""The outbox of replies: the only place that changes a reply's state, always by compare-and-set, so nothing is said twice."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from livebot.decide.events import Outgoing, Settled
from livebot.decide.states import may_become
from livebot.keep import clock
from livebot.keep.journal import Journal, save_events
from livebot.keep.seams import seam

COLUMNS = "id, seq, room, stream, kind, rule, text, reply_to, state, why, created_at, expires_at, version"


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A reply as the outbox holds it. `reply_to` is the native id of the comment it answers; `seq` is that comment's event."""

    id: str
    seq: int
    room: str
    stream: int
    kind: str
    rule: str
    text: str
    reply_to: str | None
    state: str
    why: str | None
    created_at: int
    expires_at: int
    version: int


def rows(journal: Journal, where: str, params: Sequence[Any] = ()) -> list[OutboxRow]:
    return [OutboxRow(*row) for row in journal.read(f"SELECT {COLUMNS} FROM replies WHERE {where}", params)]


def move(conn: sqlite3.Connection, row: OutboxRow, target: str, at: int, **fields: Any) -> bool:
    """Compare-and-set inside a transaction: False where somebody was first. Raises ValueError for a jump the table does not know."""
    if not may_become(row.state, target):
        raise ValueError(f"a reply cannot go from {row.state} to {target}")
    names = ", ".join(f"{name} = ?" for name in fields)
    return (
        conn.execute(
            f"UPDATE replies SET state = ?, changed_at = ?, version = version + 1{', ' + names if names else ''}"
            " WHERE id = ? AND state = ? AND version = ?",
            (target, at, *fields.values(), row.id, row.state, row.version),
        ).rowcount
        == 1
    )


async def take(journal: Journal, row: OutboxRow) -> bool:
    """queued → sending, together with the text that is about to leave; from here on a crash means doubt, never a second send."""
    at = clock.now_ms()
    event = journal.row(row.room, Outgoing(key=row.id, text=row.text), at)

    def work(conn: sqlite3.Connection) -> bool:
        if not move(conn, row, "sending", at):
            return False
        save_events(conn, [event])
        return True

    taken = await journal.write(work)
    seam("reply.taken")
    return taken


async def settle(
    journal: Journal,
    row: OutboxRow,
    target: str,
    *,
    reason: str = "",
    native_id: str | None = None,
    actor: str = "",
    text: str | None = None,
) -> bool:
    """Moves a reply on and journals what became of it; False where somebody was first. `text` replaces it (a moderator's edit)."""
    at = clock.now_ms()
    event = journal.row(row.room, Settled(key=row.id, state=target, native_id=native_id, reason=reason), at)
    fields: dict[str, Any] = {"why": reason or row.why, "native_id": native_id} | ({"actor": actor} if actor else {})
    if target == "sent":
        fields["sent_at"] = at
    if text is not None:
        fields["text"] = text

    def work(conn: sqlite3.Connection) -> bool:
        if not move(conn, row, target, at, **fields):
            return False
        if target != "queued":
            save_events(conn, [event])
        return True

    return await journal.write(work)


async def doubt(journal: Journal, row: OutboxRow, reason: str) -> str:
    """sending → in_doubt, or → sent where the room already showed it; returns which."""
    at = clock.now_ms()
    reasons = {"sent": "echo", "in_doubt": reason}
    events = {state: journal.row(row.room, Settled(key=row.id, state=state, reason=why), at) for state, why in reasons.items()}

    def work(conn: sqlite3.Connection) -> str:
        shown = conn.execute("SELECT 1 FROM decisions WHERE ref = ? AND kind = 'pass' AND reason = 'echo'", (row.id,)).fetchone()
        state = "sent" if shown else "in_doubt"
        if move(conn, row, state, at, why=reasons[state], sent_at=at if shown else None):
            save_events(conn, [events[state]])
        return state

    return await journal.write(work)


async def doubt_unfinished(journal: Journal, safe_rooms: frozenset[str], room: str | None = None) -> list[OutboxRow]:
    """Whatever was being sent when a process (or a room's sender) ended is in doubt, except where the platform resends safely."""
    unfinished = rows(journal, "state = 'sending' AND coalesce(?1, room) = room ORDER BY created_at, seq", (room,))
    doubtful = []
    for row in unfinished:
        if row.room in safe_rooms and row.expires_at > clock.now_ms():
            await settle(journal, row, "queued")
        elif await doubt(journal, row, "crash") == "in_doubt":
            doubtful.append(row)
    return doubtful


async def expire(journal: Journal) -> int:
    """Ends what waited too long; returns how many."""
    at = clock.now_ms()
    late = rows(journal, "state IN ('held', 'queued') AND expires_at <= ? LIMIT 1000", (at,))
    if not late:
        return 0
    events = [journal.row(row.room, Settled(key=row.id, state="expired"), at) for row in late]

    def work(conn: sqlite3.Connection) -> int:
        ended = [event for row, event in zip(late, events, strict=True) if move(conn, row, "expired", at)]
        save_events(conn, ended)
        return len(ended)

    return await journal.write(work)
