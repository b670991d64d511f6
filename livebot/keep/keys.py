"""The file of keys: one per viewer, one per day, and what is deleted from it is gone from the disk's file too."""

import os
import sqlite3
import threading
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec
from loguru import logger

from livebot.keep.writer import insert_many
from livebot.language import say

COMMENTS: Final = 0  # kinds of days: each kind has its own retention
ISSUES: Final = 1

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS viewers (viewer TEXT PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS days (day INTEGER NOT NULL, kind INTEGER NOT NULL, secret BLOB NOT NULL, PRIMARY KEY (day, kind)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS erasures (one INTEGER PRIMARY KEY, n INTEGER NOT NULL);
INSERT OR IGNORE INTO erasures VALUES (1, 0);
"""
_SIZE: Final = 32  # bytes of a key
_REMEMBERED: Final = 20_000
_to_json = msgspec.json.Encoder().encode
_from_json = msgspec.json.Decoder(dict[str, str]).decode


class Keys:
    """New keys live in memory until `persist`, which the journal calls before it commits what was sealed with them."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        self.path = path
        self._conn = _connect(path)
        self._lock = threading.RLock()
        self._viewers: dict[str, bytes] = {}
        self._days: dict[tuple[int, int], bytes] = {}
        self._new_viewers: dict[str, bytes] = {}
        self._new_days: dict[tuple[int, int], bytes] = {}
        self._erasures = self._erased()

    def viewer(self, viewer: str, *, create: bool) -> bytes | None:
        """The viewer's key; where there is none a new one, or None."""
        if (key := self._viewers.get(viewer)) is not None:
            return key
        with self._lock:
            key = self._new_viewers.get(viewer)
            if key is None:
                row = self._conn.execute("SELECT key FROM viewers WHERE viewer = ?", (viewer,)).fetchone()
                if row is None and not create:
                    return None
                key = row[0] if row else os.urandom(_SIZE)
                if row is None:
                    self._new_viewers[viewer] = key
            self._make_room(1)
            self._viewers[viewer] = key
            return key

    def expect(self, viewers: Iterable[str]) -> None:
        """Has the keys of all of these ready, new ones where there are none: one look into the file, not one for each (each lets go of the
        interpreter, and a busy loop gives it back only after milliseconds)."""
        with self._lock:
            missing = [one for one in viewers if one not in self._viewers and one not in self._new_viewers]
            if not missing:
                return
            query = "SELECT json_group_object(viewer, hex(key)) FROM viewers WHERE viewer IN (SELECT value FROM json_each(?))"
            (found,) = self._conn.execute(query, (_to_json(missing),)).fetchone()
            known = {viewer: bytes.fromhex(key) for viewer, key in _from_json(found).items()}
            keys = os.urandom(_SIZE * len(missing))
            for n, viewer in enumerate(missing):
                if viewer not in known:
                    known[viewer] = self._new_viewers[viewer] = keys[n * _SIZE : (n + 1) * _SIZE]
            self._make_room(len(known))
            self._viewers.update(known)

    def _make_room(self, wanted: int) -> None:
        """Those that were first asked for go first; whoever is still there is looked up again."""
        if len(self._viewers) + wanted > _REMEMBERED:
            self._viewers = dict(islice(self._viewers.items(), _REMEMBERED // 2, None))

    def secret(self, day: int, kind: int, *, create: bool) -> bytes | None:
        """The day's secret; where there is none a new one, or None."""
        name = (day, kind)
        if (found := self._days.get(name)) is not None:
            return found
        with self._lock:
            found = self._new_days.get(name)
            if found is None:
                row = self._conn.execute("SELECT secret FROM days WHERE day = ? AND kind = ?", name).fetchone()
                if row is None and not create:
                    return None
                found = row[0] if row else os.urandom(_SIZE)
                if row is None:
                    self._new_days[name] = found
            self._days[name] = found
            return found

    def persist(self) -> None:
        """Durable when it returns. Raises sqlite3.Error, and then keeps what is new for the next time."""
        if not self._new_viewers and not self._new_days:
            return
        with self._lock:
            self._conn.execute("BEGIN IMMEDIATE")
            try:
                insert_many(self._conn, "INSERT OR IGNORE INTO viewers (viewer, key) VALUES", 2, list(self._new_viewers.items()))
                new_days = [(*name, new) for name, new in self._new_days.items()]
                insert_many(self._conn, "INSERT OR IGNORE INTO days (day, kind, secret) VALUES", 3, new_days)
                self._conn.execute("COMMIT")
            except BaseException:
                if self._conn.in_transaction:
                    self._conn.execute("ROLLBACK")
                raise
            self._new_viewers.clear()
            self._new_days.clear()

    def erase(self, viewers: Iterable[str] = (), days: Iterable[tuple[int, int]] = ()) -> None:
        """Deletes keys and rewrites the file, so that no byte of them stays in it."""
        conn = _connect(self.path)
        try:
            conn.execute("BEGIN IMMEDIATE")
            conn.executemany("DELETE FROM viewers WHERE viewer = ?", [(viewer,) for viewer in viewers])
            conn.executemany("DELETE FROM days WHERE day = ? AND kind = ?", list(days))
            conn.execute("UPDATE erasures SET n = n + 1")
            conn.execute("COMMIT")
            conn.execute("VACUUM")
            (busy, *_) = conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:
                logger.warning(
                    say(
                        "密钥文件还有人在读，残留会在下次清理时抹掉。",
                        "the file of keys is being read; what is left goes at the next sweep.",
                    )
                )
        finally:
            conn.close()
        self.forget()

    def all_days(self) -> list[tuple[int, int]]:
        """(day, kind) of every secret."""
        with self._lock:
            return [(int(day), int(kind)) for day, kind in self._conn.execute("SELECT day, kind FROM days ORDER BY day, kind")]

    def all_viewers(self) -> list[str]:
        with self._lock:
            return [viewer for (viewer,) in self._conn.execute("SELECT viewer FROM viewers")]

    def erased_elsewhere(self) -> bool:
        """Whether keys were erased since the last call, by another process perhaps; if so, nothing remembered is trusted any more."""
        with self._lock:
            now = self._erased()
            if now == self._erasures:
                return False
            self._erasures = now
            self.forget()
            return True

    def forget(self) -> None:
        """What was remembered is read again; what is new and not yet durable stays."""
        with self._lock:
            self._viewers.clear()
            self._days.clear()

    def close(self) -> None:
        with self._lock:
            self._conn.close()

    def _erased(self) -> int:
        n: int = self._conn.execute("SELECT n FROM erasures").fetchone()[0]
        return n


def _connect(path: Path) -> sqlite3.Connection:
    conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    conn.execute("PRAGMA busy_timeout = 10000")
    conn.execute("PRAGMA journal_mode = WAL")
    conn.execute("PRAGMA synchronous = FULL")
    conn.execute("PRAGMA secure_delete = ON")
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            conn.execute(statement)
    return conn
