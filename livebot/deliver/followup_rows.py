"""The rows of follow-ups: waiting → doing → done | suppressed | failed, always by compare-and-set."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from livebot.keep import clock
from livebot.keep.journal import Journal
from livebot.keep.seams import seam

#: state → the states it may become. Back to "waiting" only where it is certain that nothing left.
STATES = {"waiting": {"doing", "done", "suppressed", "failed"}, "doing": {"waiting", "done", "failed"}}
OPEN = "state IN ('waiting', 'doing')"  # the index's own words, so that it is used
LIMIT = 200
_COLUMNS = "id, seq, room, stream, rule, about, due_at, state"


@dataclass(slots=True)
class Row:
    """`about` is an issue's id, or "" for the stream; `seq` the event that caused it; due_at in Unix ms."""

    id: str
    seq: int
    room: str
    stream: int
    rule: str
    about: str
    due_at: int
    state: str


def _rows(journal: Journal, where: str, params: Sequence[object] = ()) -> list[Row]:
    return [Row(*row) for row in journal.read(f"SELECT {_COLUMNS} FROM followups WHERE {where}", params)]


def due(journal: Journal, now: int, *, reminders: bool, limit: int = LIMIT) -> list[Row]:
    """What waits and is due, the earliest first."""
    where = f"{OPEN} AND state = 'waiting' AND due_at <= ? AND about {'!=' if reminders else '='} '' ORDER BY due_at, id LIMIT ?"
    return _rows(journal, where, (now, limit))


def doing(journal: Journal) -> list[Row]:
    return _rows(journal, f"{OPEN} AND state = 'doing'")


def next_due(journal: Journal, after: int, *, reminders: bool) -> int | None:
    sql = f"SELECT min(due_at) FROM followups WHERE {OPEN} AND state = 'waiting' AND due_at > ? AND about {'!=' if reminders else '='} ''"
    found: int | None = journal.value(sql, (after,))
    return found


def ended(journal: Journal, stream: int) -> bool:
    return bool(journal.value("SELECT ended_at IS NOT NULL FROM streams WHERE id = ?", (stream,)))


def answering(journal: Journal, stream: int) -> bool:
    """Whether answers of the stream are on their way into the room right now."""
    sql = (
        "SELECT 1 FROM replies WHERE state IN ('held', 'queued', 'sending', 'in_doubt') AND state IN ('queued', 'sending')"
        " AND stream = ? AND kind != 'follow_up' LIMIT 1"
    )
    return bool(journal.value(sql, (stream,)))


def repeated(journal: Journal, row: Row) -> bool:
    """Whether the same was said or handed over for this stream before: a platform may announce its stream twice."""
    sql = (
        "SELECT 1 FROM followups WHERE stream = ? AND rule = ? AND about = '' AND id != ? AND state IN ('doing', 'done', 'failed') LIMIT 1"
    )
    return bool(journal.value(sql, (row.stream, row.rule, row.id)))


def superseded(journal: Journal, row: Row) -> bool:
    """Whether a later announcement set another time for the same."""
    sql = "SELECT 1 FROM followups WHERE stream = ? AND rule = ? AND about = '' AND seq > ? AND state = 'waiting' LIMIT 1"
    return bool(journal.value(sql, (row.stream, row.rule, row.seq)))


async def finish(journal: Journal, row: Row, state: str, reason: str) -> bool:
    """Moves the row on, with the reason; False where somebody was first. `row.state` follows."""
    at = clock.now_ms()

    def work(conn: sqlite3.Connection) -> bool:
        return _move(conn, row, state, reason, at)

    moved = await journal.write(work)
    if moved:
        row.state = state
    return moved


async def speak(journal: Journal, row: Row, parts: Sequence[str], why: str, expires_at: int) -> bool:
    """Puts the texts into the outbox (held, where there is a `why`) in the same transaction that ends the row: at most once."""
    at = clock.now_ms()
    state = "held" if why else "queued"
    reply = "INSERT OR IGNORE INTO replies (id,seq,room,stream,kind,rule,text,state,why,created_at,expires_at,changed_at) VALUES"

    def work(conn: sqlite3.Connection) -> bool:
        if not _move(conn, row, "done", "said" if state == "queued" else "held", at):
            return False
        for n, text in enumerate(parts):
            id_ = row.id if n == 0 else f"{row.id}-{n + 1}"
            values = (id_, row.seq, row.room, row.stream, "follow_up", row.rule, text, state, why or None, at + n, expires_at, at)
            conn.execute(f"{reply} (?,?,?,?,?,?,?,?,?,?,?,?)", values)
        return True

    seam("followup.doing")
    moved = await journal.write(work)
    seam("followup.done")
    if moved:
        row.state = "done"
    return moved


def _move(conn: sqlite3.Connection, row: Row, state: str, reason: str, at: int) -> bool:
    if state not in STATES.get(row.state, ()):
        raise ValueError(f"a follow-up cannot go from {row.state} to {state}")
    sql = "UPDATE followups SET state = ?, reason = ?, changed_at = ? WHERE id = ? AND state = ?"
    return conn.execute(sql, (state, reason or None, at, row.id, row.state)).rowcount == 1
