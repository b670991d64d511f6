"""Forgetting: a person who asks for it, and everybody once their retention is over. Evidence stays as masked text that names nobody."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Final

from livebot.decide.events import Viewer, viewer_key
from livebot.decide.privacy import mask, mask_name
from livebot.decide.speech.ledger import EVERYBODY, SOMEBODY
from livebot.keep.journal import ORDER, Journal
from livebot.keep.keys import COMMENTS, ISSUES
from livebot.keep.seal import DAY_MS, ERASED, KeyedSealer

NOBODY: Final = '["","",[]]'  # an author, as the journal keeps one
_DERIVED: Final = "derived:"
_WRITTEN: Final = "kind IN ('comment', 'order')"  # events that tell of a person
_BATCH: Final = 2_000
_IS_ISSUE: Final = (
    "(EXISTS (SELECT 1 FROM issues i WHERE i.seq = events.seq)"
    " OR EXISTS (SELECT 1 FROM decisions d WHERE d.seq = events.seq AND d.kind = 'join'))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody as the journal knows them. lines: (received_at, masked name) of their comments, by which copies elsewhere are found."""

    viewer: str
    comments: int
    lines: frozenset[tuple[int, str]] = frozenset()


def people(journal: Journal, room: str, who: str) -> list[Person]:
    """Whom an id, a nickname or a viewer key means in a room: nobody, one, or several of the same nickname."""
    keys = {viewer_key(room, Viewer(id=who)), who}
    found: set[str] = set()
    named: set[str] = set()
    with _connection(journal) as conn:
        rows = conn.execute(f"SELECT viewer, author FROM events WHERE room = ? AND {_WRITTEN} AND viewer != ''", (room,))
        for viewer, author in rows:
            if viewer in keys:
                found.add(viewer)
            elif viewer not in named and journal.author(author, viewer).name == who:
                named.add(viewer)
        return [_person(conn, journal, room, viewer) for viewer in sorted(found or named)]


def _person(conn: sqlite3.Connection, journal: Journal, room: str, viewer: str) -> Person:
    rows = conn.execute(f"SELECT received_at, author FROM events WHERE room = ? AND viewer = ? AND {_WRITTEN}", (room, viewer)).fetchall()
    lines = frozenset((at, mask_name(journal.author(author, viewer).name)) for at, author in rows)
    return Person(viewer=viewer, comments=len(rows), lines=lines)


def erase(journal: Journal, sealer: KeyedSealer, viewer: str) -> int:
    """Forgets one viewer: the words, the name, the pseudonym and the key. Returns how many comments were theirs.

    Of a comment that became an issue the masked text stays, as evidence that no longer names anybody.
    """
    stranger = secrets.token_hex(8)
    with _connection(journal) as conn:
        count = _overwrite(conn, journal, "viewer = ?", (viewer,), stranger=stranger, evidence=True)
        conn.execute("UPDATE promises SET viewer = ? WHERE viewer = ?", (stranger, viewer))
        conn.execute("UPDATE events SET extra = replace(extra, ?, ?) WHERE kind IN ('mode', 'quiet')", (viewer, stranger))
    sealer.keys.erase([viewer])
    sealer.forget()
    return count


def sweep(journal: Journal, sealer: KeyedSealer, now: int, comments_days: int, issues_days: int) -> int:
    """Makes unreadable what is older than its retention; returns how many comments that were. `now` in Unix ms.

    A comment that became an issue is kept for `issues_days`, every other one for `comments_days`.
    """
    limits = {COMMENTS: now // DAY_MS - comments_days, ISSUES: now // DAY_MS - issues_days}
    old = f"{_WRITTEN} AND received_at < ? AND author IS NOT NULL AND author != ?"
    with _connection(journal) as conn:
        done = _overwrite(conn, journal, f"{old} AND NOT {_IS_ISSUE}", (limits[COMMENTS] * DAY_MS, NOBODY))
        done += _overwrite(conn, journal, f"{old} AND {_IS_ISSUE}", (limits[ISSUES] * DAY_MS, NOBODY))
        _keep_issues(conn, journal, sealer, limits[COMMENTS])
        nobody = "UPDATE promises SET viewer = ? WHERE last_at < ? AND viewer NOT IN (?, ?)"
        conn.execute(nobody, (SOMEBODY, limits[ISSUES] * DAY_MS, EVERYBODY, SOMEBODY))
        named = "SELECT DISTINCT viewer FROM events WHERE author IS NOT NULL AND author != ?"
        left = {viewer for (viewer,) in conn.execute(named, (NOBODY,))} if done else set()
    days = [(day, kind) for day, kind in sealer.keys.all_days() if day < limits[kind]]
    viewers = [viewer for viewer in sealer.keys.all_viewers() if viewer not in left] if done else []
    if days or viewers:
        sealer.keys.erase(viewers, days)
        sealer.forget()
    return done


def _keep_issues(conn: sqlite3.Connection, journal: Journal, sealer: KeyedSealer, day: int) -> None:
    """Comments that became issues outlive the secret of their day: they are sealed again with one of their own kind."""
    rows = conn.execute(
        f"SELECT seq, received_at, viewer, text, author FROM events WHERE {_WRITTEN} AND received_at < ? AND author != ?"
        f" AND typeof(text) = 'blob' AND substr(text, 2, 1) = x'00' AND {_IS_ISSUE}",
        (day * DAY_MS, NOBODY),
    ).fetchall()
    again = [
        (*(sealer.seal_as(journal.unseal(one, viewer), viewer, at // DAY_MS, ISSUES) for one in (text, author)), seq)
        for seq, at, viewer, text, author in rows
    ]
    sealer.persist()
    with _transaction(conn):
        conn.executemany("UPDATE events SET text = ?, author = ? WHERE seq = ?", again)


def _overwrite(
    conn: sqlite3.Connection, journal: Journal, where: str, values: tuple[object, ...], *, stranger: str = "", evidence: bool = False
) -> int:
    """Puts nobody's words in place of the rows' own, some at a time so that the daemon can write in between."""
    rows = conn.execute(
        f"SELECT seq, room, native_id, viewer, author, text, {_IS_ISSUE} FROM events WHERE {where} AND {_WRITTEN} ORDER BY seq",
        values,
    ).fetchall()
    for start in range(0, len(rows), _BATCH):
        with _transaction(conn):
            for seq, room, native, viewer, author, text, is_issue in rows[start : start + _BATCH]:
                left = _evidence(journal.unseal(text, viewer), journal.author(author, viewer).name) if evidence and is_issue else ERASED
                id_ = f"erased:{secrets.token_hex(16)}" if (native or "").removeprefix(ORDER).startswith(_DERIVED) else native
                conn.execute(
                    "UPDATE events SET text = ?, author = ?, viewer = ?, native_id = ? WHERE seq = ?",
                    (left, NOBODY, stranger or viewer, id_, seq),
                )
                if id_ != native:  # it was made of the words
                    conn.execute("UPDATE replies SET reply_to = ? WHERE room = ? AND reply_to = ?", (id_, room, native))
    return len(rows)


def _evidence(text: str, name: str) -> str:
    """The masked text, without the nickname should its bearer have written it."""
    return mask(text.replace(name, mask_name(name)) if len(name) > 1 else text)


@contextmanager
def _connection(journal: Journal) -> Iterator[sqlite3.Connection]:
    """A connection of our own; what was overwritten through it is gone from the file and from the write-ahead log."""
    with closing(sqlite3.connect(journal.path, isolation_level=None)) as conn:
        conn.execute("PRAGMA busy_timeout = 10000")
        conn.execute("PRAGMA secure_delete = ON")
        yield conn
        if conn.total_changes:
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _transaction(conn: sqlite3.Connection) -> Iterator[None]:
    conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise
