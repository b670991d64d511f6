"""What moderators did to replies: written in the commit that does it, so that an act can be undone and whoever came second is told."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from livebot.decide.events import Settled
from livebot.decide.states import UNDONE
from livebot.keep import clock, outbox
from livebot.keep.changes import note
from livebot.keep.journal import Journal
from livebot.keep.outbox import OutboxRow
from livebot.keep.storing import save_events

Work = Callable[[sqlite3.Connection], bool]
UNDOABLE = frozenset({"approve", "edit", "reject", "aloud", "snooze", "again"})
_COLUMNS = "id, batch, at, actor, act, reply, version, was, undone"
_KEPT = ("state", "why", "text", "origin", "actor", "not_before")

_to_json = msgspec.json.Encoder().encode
_from_json = msgspec.json.Decoder(dict[str, Any]).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act on one reply. act: approve | edit | reject | aloud | snooze | again | appeared | lost | undo. batch: all that one act did.

    version: the reply's version after it. was: what the reply was before.
    """

    id: int
    batch: str
    at: int
    actor: str
    act: str
    reply: str
    version: int
    was: dict[str, Any]
    undone: bool


def acts(journal: Journal, where: str, params: tuple[Any, ...] = ()) -> list[Act]:
    """where: an SQL condition, with its order."""
    return [_act(row) for row in journal.read(f"SELECT {_COLUMNS} FROM acts WHERE {where}", params)]


def last(journal: Journal, reply: str) -> Act | None:
    """What was done to a reply last."""
    return next(iter(acts(journal, "reply = ? ORDER BY id DESC LIMIT 1", (reply,))), None)


def _act(row: tuple[Any, ...]) -> Act:
    id_, batch, at, actor, act, reply, version, was, undone = row
    return Act(
        id=id_, batch=batch, at=at, actor=actor, act=act, reply=reply, version=version, was=_from_json(was), undone=bool(undone)
    )  # fmt: skip


# ── inside a transaction ───────────────────────────────────────────────────────


def record(conn: sqlite3.Connection, batch: str, actor: str, act: str, row: OutboxRow, at: int) -> None:
    """Beside the change of `row` that bumped its version by one."""
    was = _to_json({name: getattr(row, name) for name in _KEPT}).decode()
    sql = "INSERT INTO acts (batch, at, actor, act, reply, version, was) VALUES (?,?,?,?,?,?,?)"
    conn.execute(sql, (batch, at, actor, act, row.id, row.version + 1, was))


def acting(move: Work, batch: str, actor: str, act: str, row: OutboxRow) -> Work:
    """A move of outbox.settling that is written down as somebody's act."""
    at = clock.now_ms()

    def work(conn: sqlite3.Connection) -> bool:
        if not move(conn):
            return False
        record(conn, batch, actor, act, row, at)
        return True

    return work


def putting_off(row: OutboxRow, until: int, batch: str, actor: str) -> Work:
    """A held draft comes back at that instant (Unix ms)."""
    at = clock.now_ms()
    return acting(lambda conn: outbox.put(conn, row, "held", at, not_before=until), batch, actor, "snooze", row)


def saying_aloud(journal: Journal, row: OutboxRow, batch: str, actor: str) -> Work:
    """The streamer said it: this reply, and what else waits in the room with the same answer, is done with. False: `row` was not ours."""
    same = (
        "room = ? AND id != ? AND state IN ('held', 'queued') AND expires_at > ?"
        " AND ((rule = ? AND facts = ? AND kind = 'answer') OR text = ?)"
    )

    def work(conn: sqlite3.Connection) -> bool:
        if not _aloud(journal, row, batch, actor)(conn):
            return False
        for other in outbox.rows_in(conn, same, (row.room, row.id, clock.now_ms(), row.rule, row.facts, row.text)):
            _aloud(journal, other, batch, actor)(conn)
        return True

    return work


def _aloud(journal: Journal, row: OutboxRow, batch: str, actor: str) -> Work:
    return acting(outbox.settling(journal, row, "aloud", reason="aloud", actor=actor), batch, actor, "aloud", row)


def saying_again(row: OutboxRow, id_: str, expires_at: int, not_before: int, batch: str, actor: str) -> Work:
    """A doubtful reply that did not appear is said as a new one, which a human answers for. False where that was done already."""
    at = clock.now_ms()

    def work(conn: sqlite3.Connection) -> bool:
        made = conn.execute(
            "INSERT OR IGNORE INTO replies (id, seq, room, stream, kind, rule, text, reply_to, state, why, created_at, expires_at,"
            " changed_at, facts, actor, origin, not_before, again)"
            " SELECT ?, seq, room, stream, kind, rule, text, reply_to, 'queued', 'again', ?, ?, ?, facts, ?, origin, ?, coalesce(again, id)"
            " FROM replies WHERE id = ? AND state = 'refused'",
            (id_, at, expires_at, at, actor, not_before, row.id),
        )
        if made.rowcount:
            [fresh] = outbox.rows_in(conn, "id = ?", (id_,))
            record(conn, batch, actor, "again", replace(fresh, version=fresh.version - 1), at)
        return bool(made.rowcount)

    return work


def undoing(journal: Journal, act: Act, room: str, batch: str, actor: str) -> Work:
    """Puts back what the reply was, unless anything happened to it since, or it is too late for it."""
    at = clock.now_ms()

    def work(conn: sqlite3.Connection) -> bool:
        found = outbox.rows_in(conn, "id = ? AND version = ? AND expires_at > ?", (act.reply, act.version, at))
        target = "held" if act.act == "again" else act.was["state"]
        if not found or act.undone or target not in UNDONE.get(found[0].state, ()):
            return False
        row, was = found[0], {**act.was, "actor": act.was["actor"] or None}
        if act.act == "again":  # a person may still let it leave
            was |= {"not_before": 0}
        parts = outbox.part_id(row.id, 1), outbox.part_id(row.id, 2)
        for (part,) in conn.execute("DELETE FROM replies WHERE id IN (?, ?) RETURNING id", parts).fetchall():
            note(conn, "reply", part, room)
        outbox.put(conn, row, target, at, **{name: was[name] for name in _KEPT if name != "state"})
        record(conn, batch, actor, "undo", row, at)
        conn.execute("UPDATE acts SET undone = 1 WHERE id = ?", (act.id,))
        if row.state in {"denied", "aloud"}:
            save_events(conn, [journal.row(room, Settled(key=row.id, state=target), at)])
        return True

    return work
