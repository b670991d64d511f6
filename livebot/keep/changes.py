"""What pages must hear of, numbered in the order of commits: replies, streams and issues by triggers, some events, the rest by `note`."""

import sqlite3
from dataclasses import dataclass
from typing import Final

from livebot.keep.journal import Journal

MOST: Final = 2_000  # things that changed since somebody looked: more are looked up anew


@dataclass(frozen=True, slots=True)
class Change:
    """Something is not as it was. kind: "reply", "stream" (by id), "issue" (where the journal is the queue), "on_air", "gap", "mode" or
    "quiet" (id is the room), or what `note` was given."""

    kind: str
    id: str
    room: str


def note(conn: sqlite3.Connection, kind: str, id: str, room: str = "") -> None:
    """For work that changes something else than replies, streams and issues, inside its own transaction."""
    conn.execute("INSERT INTO changes (kind, id, room) VALUES (?,?,?)", (kind, id, room))


def newest(journal: Journal) -> int:
    """The number of the latest change, 0 before the first."""
    return journal.value("SELECT max(seq) FROM changes") or 0


def since(journal: Journal, seq: int, upto: int) -> list[Change] | None:
    """What changed after `seq`, each thing once, in order; None where that is too long ago, or more than anybody would go through."""
    oldest = journal.value("SELECT min(seq) FROM changes")
    if seq > upto or (oldest is not None and seq < oldest - 1):
        return None
    sql = "SELECT kind, id, room FROM changes WHERE seq > ? AND seq <= ? GROUP BY kind, id ORDER BY max(seq) LIMIT ?"
    rows = journal.read(sql, (seq, upto, MOST + 1))
    return [Change(kind, id_, room) for kind, id_, room in rows] if len(rows) <= MOST else None
