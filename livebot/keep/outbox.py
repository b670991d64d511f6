"""The outbox of replies: the only place that changes a reply's state, always by compare-and-set, so nothing is said twice."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from livebot.decide.events import Outgoing, Settled
from livebot.decide.guard import Origin
from livebot.decide.speech.ledger import Promise
from livebot.decide.states import may_become
from livebot.keep import clock, ledger
from livebot.keep.journal import Journal
from livebot.keep.seams import seam
from livebot.keep.storing import save_events

COLUMNS = (
    "id, seq, room, stream, kind, rule, text, reply_to, state, why, created_at, expires_at, version, facts, coalesce(actor, ''), origin,"
    " not_before, again, changed_at"
)
NEVER_SAID = "('refused', 'expired', 'denied', 'aloud')"  # by livebot


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A reply as the outbox holds it. `reply_to` is the native id of the comment it answers; `seq` is that comment's event.

    actor: who let it pass, or settled it; origin: who or what wrote the words. not_before: until then (Unix ms) a queued text does not
    leave, and a draft is put off. again: the doubtful reply that it says again.
    """

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
    facts: str = ""
    actor: str = ""
    origin: Origin = "rule"
    not_before: int = 0
    again: str | None = None
    changed_at: int = 0


def rows(journal: Journal, where: str, params: Sequence[Any] = ()) -> list[OutboxRow]:
    return [OutboxRow(*row) for row in journal.read(f"SELECT {COLUMNS} FROM replies AS r WHERE {where}", params)]


def rows_in(conn: sqlite3.Connection, where: str, params: Sequence[Any] = ()) -> list[OutboxRow]:
    """The same inside a transaction."""
    return [OutboxRow(*row) for row in conn.execute(f"SELECT {COLUMNS} FROM replies AS r WHERE {where}", params)]


def askers(journal: Journal, reply_id: str) -> tuple[int, int]:
    """How many distinct viewers a reply serves, and how often one of them asked to be noticed. Whoever is anonymous counts each time."""
    [(viewers, urged)] = journal.read(
        "SELECT count(DISTINCT coalesce(nullif(e.viewer, ''), -e.seq)), coalesce(sum(d.reason IN ('attention', 'asked_again')), 0)"
        " FROM decisions d JOIN events e USING (seq) WHERE d.ref = ? AND d.kind IN ('send', 'hold', 'credit') AND e.kind = 'comment'",
        (reply_id,),
    )
    return viewers, urged


def move(conn: sqlite3.Connection, row: OutboxRow, target: str, at: int, **fields: Any) -> bool:
    """Compare-and-set inside a transaction: False where somebody was first. Raises ValueError for a jump the table does not know."""
    if not may_become(row.state, target):
        raise ValueError(f"a reply cannot go from {row.state} to {target}")
    return put(conn, row, target, at, **fields)


def put(conn: sqlite3.Connection, row: OutboxRow, target: str, at: int, **fields: Any) -> bool:
    """Compare-and-set, whatever the table of states says: for `move`, and for putting off and undoing (keep/acts.py)."""
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
    origin: Origin = "moderator",
    more: Sequence[str] = (),
    promised: Sequence[Promise] = (),
) -> bool:
    """Moves a reply on and journals what became of it; False where somebody was first.

    text: replaces it; origin: who or what wrote that. more: the messages that follow it, where it takes several. promised: what it
    promises, for the ledger, where it was said.
    """
    made = settling(
        journal, row, target, reason=reason, native_id=native_id, actor=actor, text=text, origin=origin, more=more, promised=promised
    )
    return await journal.write(made)


def settling(
    journal: Journal,
    row: OutboxRow,
    target: str,
    *,
    reason: str = "",
    native_id: str | None = None,
    actor: str = "",
    text: str | None = None,
    origin: Origin = "moderator",
    more: Sequence[str] = (),
    promised: Sequence[Promise] = (),
    not_before: int = 0,
) -> Callable[[sqlite3.Connection], bool]:
    """What `settle` does, as work for a transaction that does more. not_before: until then (Unix ms) it does not leave."""
    at = clock.now_ms()
    event = journal.row(row.room, Settled(key=row.id, state=target, native_id=native_id, reason=reason), at)
    fields: dict[str, Any] = {"why": reason or row.why, "native_id": native_id, "not_before": not_before}
    fields |= {"actor": actor} if actor else {}
    if target == "sent":
        fields["sent_at"] = at
    if text is not None:
        fields |= {"text": text, "origin": origin}

    def work(conn: sqlite3.Connection) -> bool:
        if not move(conn, row, target, at, **fields):
            return False
        for part, one in enumerate(more, 1):
            _follow(conn, row, part, one, at)
        if target not in {"queued", "held"}:
            save_events(conn, [event])
        if row.state == "in_doubt":
            ledger.settle_doubt(conn, row.id, said=target == "sent", at=at)
        elif target == "sent":
            ledger.enter(conn, promised, at)
        return True

    return work


def _follow(conn: sqlite3.Connection, row: OutboxRow, part: int, text: str, at: int) -> None:
    """Another message of the same answer, queued behind it."""
    names = "room, stream, kind, rule, reply_to, state, why, expires_at, facts, actor, origin, not_before"
    conn.execute(
        f"INSERT INTO replies (id, seq, text, created_at, changed_at, {names})"
        f" SELECT ?, seq, ?, created_at + ?, ?, {names} FROM replies WHERE id = ?",
        (part_id(row.id, part), text, part, at, row.id),
    )


def part_id(reply_id: str, part: int) -> str:
    """The id of a further message (1, 2 …) of a reply that a moderator let pass as several; follow-ups name theirs otherwise."""
    return f"{reply_id}-{part + 1:02}"


async def doubt(journal: Journal, row: OutboxRow, reason: str, promised: Sequence[Promise] = ()) -> str:
    """sending → in_doubt, or → sent where the room already showed it; returns which. promised: what it then may have promised."""
    at = clock.now_ms()
    reasons = {"sent": "echo", "in_doubt": reason}
    events = {state: journal.row(row.room, Settled(key=row.id, state=state, reason=why), at) for state, why in reasons.items()}

    def work(conn: sqlite3.Connection) -> str:
        shown = conn.execute("SELECT 1 FROM decisions WHERE ref = ? AND kind = 'pass' AND reason = 'echo'", (row.id,)).fetchone()
        state = "sent" if shown else "in_doubt"
        if move(conn, row, state, at, why=reasons[state], sent_at=at if shown else None):
            save_events(conn, [events[state]])
            ledger.enter(conn, promised, at, doubtful=not shown)
        return state

    return await journal.write(work)


async def doubt_unfinished(
    journal: Journal,
    safe_rooms: frozenset[str],
    room: str | None = None,
    promised: Callable[[OutboxRow], Sequence[Promise]] = lambda row: (),
) -> list[OutboxRow]:
    """Whatever was being sent when a process (or a room's sender) ended is in doubt, except where the platform resends safely."""
    unfinished = rows(journal, "state = 'sending' AND coalesce(?1, room) = room ORDER BY created_at, seq", (room,))
    doubtful = []
    for row in unfinished:
        if row.room in safe_rooms and row.expires_at > clock.now_ms():
            await settle(journal, row, "queued")
        elif await doubt(journal, row, "crash", promised(row)) == "in_doubt":
            doubtful.append(row)
    return doubtful


async def expire(journal: Journal) -> int:
    """Ends what waited too long, and the messages that go on with one that was never said; returns how many."""
    at = clock.now_ms()
    before = "p.room = r.room AND p.seq = r.seq AND p.rule = r.rule AND p.created_at < r.created_at"
    unsaid = f"SELECT 1 FROM replies AS p WHERE {before} AND +p.state IN {NEVER_SAID}"  # + : by seq, for there are many of each state
    alone = f"state = 'queued' AND again IS NULL AND EXISTS ({unsaid})"
    late = rows(journal, f"state IN ('held', 'queued') AND expires_at <= ? OR {alone} LIMIT 1000", (at,))
    if not late:
        return 0
    whys = ["" if row.expires_at <= at else "unfinished" for row in late]
    events = [journal.row(row.room, Settled(key=row.id, state="expired", reason=why), at) for row, why in zip(late, whys, strict=True)]

    def work(conn: sqlite3.Connection) -> int:
        moved = [move(conn, row, "expired", at, **({"why": why} if why else {})) for row, why in zip(late, whys, strict=True)]
        ended = [event for event, done in zip(events, moved, strict=True) if done]
        save_events(conn, ended)
        return len(ended)

    return await journal.write(work)
