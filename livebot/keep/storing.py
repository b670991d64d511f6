"""Events and counters into their tables, and what follows from them: work for a transaction of the journal."""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec

from livebot.keep.seams import seam
from livebot.keep.writer import insert_many

Row = tuple[Any, ...]

EVENTS = "INSERT OR IGNORE INTO events (room,stream,kind,native_id,received_at,sent_at,history,viewer,author,text,extra) VALUES"
TOLD = frozenset({"on_air", "gap", "mode", "quiet"})  # kinds of events that pages hear of, by room (keep/changes.py)

_from_json = msgspec.json.Decoder().decode


def save_events(conn: sqlite3.Connection, rows: list[Row]) -> int:
    """Inserts event rows with what follows from them: their streams, and the count of duplicates. Returns how many were new."""
    streams = {row[1]: (row[1], row[0], row[4]) for row in reversed(rows) if row[1]}
    insert_many(conn, "INSERT OR IGNORE INTO streams (id, room, started_at) VALUES", 3, list(streams.values()))
    new = insert_many(conn, EVENTS, 11, rows)
    seam("journal.events_inserted")
    if new < len(rows):
        (last,) = conn.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()
        for stream, given in Counter(row[1] for row in rows).items():
            (kept,) = conn.execute("SELECT count(*) FROM events WHERE stream = ? AND seq > ?", (stream, last - new)).fetchone()
            if kept < given:
                count(conn, stream, "duplicates", given - kept)
    for row in rows:
        if row[2] == "stream_ended":
            conn.execute("UPDATE streams SET ended_at = coalesce(ended_at, ?) WHERE id = ?", (row[4], row[1]))
        elif row[2] == "stream_started":
            conn.execute("UPDATE streams SET planned_end = coalesce(?, planned_end) WHERE id = ?", (_from_json(row[10]), row[1]))
        elif row[2] in TOLD:  # by hand: a trigger would cost every comment as much again as its insert
            conn.execute("INSERT INTO changes (kind, id, room) VALUES (?,?,?)", (row[2], row[0], row[0]))
    return new


def count(conn: sqlite3.Connection, stream: int, name: str, n: int = 1) -> None:
    """Adds to a counter of what is no event (duplicates, broken frames): shown in the report, never hidden."""
    conn.execute("INSERT INTO counters VALUES (?,?,?) ON CONFLICT (stream, name) DO UPDATE SET n = n + excluded.n", (stream, name, n))


def count_all(conn: sqlite3.Connection, counts: Mapping[tuple[int, str], int]) -> None:
    """`count` of each (stream, name)."""
    for (stream, name), n in counts.items():
        count(conn, stream, name, n)
