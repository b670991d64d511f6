"""The issue queue in the journal itself, where no Redis server can run: several processes may work on it at once."""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import msgspec

from livebot.decide.issue_states import DONE, FINAL, UNSTARTED, refusal
from livebot.deliver import queue
from livebot.deliver.queue import Claim, Delivery, Filter, Health, QueuedIssue, Step, Update
from livebot.errors import Unavailable
from livebot.keep import clock

T = TypeVar("T")
POLL_S = 0.05  # other processes ring no bell here

#: For Journal.open(…, schema=SCHEMA).
SCHEMA: tuple[str, ...] = (
    "CREATE TABLE IF NOT EXISTS queue_producers (producer TEXT PRIMARY KEY, mark INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS queue_issues ("
    " entry INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, fields TEXT NOT NULL, state TEXT NOT NULL,"
    " created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, announced INTEGER NOT NULL DEFAULT 1,"
    " holder TEXT NOT NULL DEFAULT '', token INTEGER NOT NULL DEFAULT 0, lease_until INTEGER NOT NULL DEFAULT 0, duplicate_of TEXT)",
    "CREATE INDEX IF NOT EXISTS queue_open ON queue_issues (created_at)"
    " WHERE state NOT IN ('resolved', 'closed', 'duplicate_of', 'rejected')",
    "CREATE TABLE IF NOT EXISTS queue_history ("
    " n INTEGER PRIMARY KEY, id TEXT NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL, act TEXT NOT NULL,"
    " before TEXT NOT NULL, after TEXT NOT NULL, note TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS queue_history_id ON queue_history (id)",
    "CREATE TABLE IF NOT EXISTS queue_groups (name TEXT PRIMARY KEY, last_entry INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS queue_pending ("
    " name TEXT NOT NULL, entry INTEGER NOT NULL, consumer TEXT NOT NULL, delivered_at INTEGER NOT NULL, deliveries INTEGER NOT NULL,"
    " PRIMARY KEY (name, entry)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS queue_dead (name TEXT, entry INTEGER, consumer TEXT, deliveries INTEGER, at INTEGER)",
    "CREATE TABLE IF NOT EXISTS queue_reminders ("
    " n INTEGER PRIMARY KEY, id TEXT NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL, UNIQUE (id, key))",
    "CREATE TABLE IF NOT EXISTS queue_updates ("
    " n INTEGER PRIMARY KEY, id TEXT NOT NULL, how TEXT NOT NULL, state TEXT NOT NULL, at INTEGER NOT NULL, fields TEXT NOT NULL)",
)
ISSUE = "SELECT id, fields, state, created_at, updated_at, holder, lease_until, duplicate_of FROM queue_issues"

_to_json = msgspec.json.Encoder().encode
_from_json = msgspec.json.Decoder(dict[str, str]).decode


class Journal(Protocol):
    """What is needed of keep.journal.Journal; `work` runs in a transaction that excludes all other writers."""

    async def write(self, work: Callable[[sqlite3.Connection], T]) -> T: ...
    def read(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]: ...


class JournalQueue:
    """IssueQueue over a journal opened with SCHEMA; the caller opens and closes the journal."""

    def __init__(self, journal: Journal, group: str = "after-sales") -> None:
        self._journal, self.group = journal, group

    async def start(self) -> None:
        if not self._read("SELECT 1 FROM queue_groups WHERE name = ?", self.group):
            await self._write(lambda conn: conn.execute("INSERT OR IGNORE INTO queue_groups VALUES (?, 0)", (self.group,)))

    async def close(self) -> None:
        """Nothing: the journal is its opener's."""

    async def _write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return await self._journal.write(work)
        except sqlite3.Error as error:
            raise _away(error) from error

    def _read(self, sql: str, *params: Any) -> list[tuple[Any, ...]]:
        try:
            return self._journal.read(sql, params)
        except sqlite3.Error as error:
            raise _away(error) from error

    # ── the producer's side ────────────────────────────────────────────────────

    async def mark(self, producer: str) -> int:
        return sum(mark for (mark,) in self._read("SELECT mark FROM queue_producers WHERE producer = ?", producer))

    async def publish(self, producer: str, after: int, batch: Sequence[tuple[int, Mapping[str, str]]]) -> int:
        def work(conn: sqlite3.Connection) -> int:
            row = conn.execute("SELECT mark FROM queue_producers WHERE producer = ?", (producer,)).fetchone()
            mark = int(row[0]) if row else 0
            if mark < after:
                return mark
            for seq, fields in batch:
                if seq > mark:
                    at, mark = int(fields["created_at"]), seq
                    conn.execute(
                        "INSERT OR IGNORE INTO queue_issues (id, fields, state, created_at, updated_at) VALUES (?,?,'received',?,?)",
                        (fields["id"], _to_json(fields).decode(), at, at),
                    )
            conn.execute("INSERT OR REPLACE INTO queue_producers VALUES (?,?)", (producer, mark))
            return mark

        return await self._write(work)

    async def update(self, producer: str, known: int, upto: int, batch: Sequence[Update]) -> int:
        def work(conn: sqlite3.Connection) -> int:
            row = conn.execute("SELECT mark FROM queue_producers WHERE producer = ?", (producer,)).fetchone()
            mark = int(row[0]) if row else 0
            if mark >= known:
                for one in batch:
                    _update(conn, one)
                conn.execute("INSERT OR REPLACE INTO queue_producers VALUES (?,?)", (queue.joins_of(producer), upto))
            return mark

        return await self._write(work)

    async def remind(self, issue_id: str, key: str, text: str) -> bool:
        row = (issue_id, key, text, clock.now_ms())
        insert = "INSERT OR IGNORE INTO queue_reminders (id, key, text, at) VALUES (?,?,?,?)"
        return await self._write(lambda conn: conn.execute(insert, row).rowcount == 1)

    # ── staff ──────────────────────────────────────────────────────────────────

    async def find(self, wanted: Filter) -> list[QueuedIssue]:
        done = ", ".join(f"'{state}'" for state in sorted(DONE))
        where = f"WHERE state NOT IN ({done})" if wanted.open_only and not wanted.states else ""
        found: list[QueuedIssue] = []
        for row in self._read(f"{ISSUE} {where} ORDER BY created_at DESC, entry DESC"):
            if len(found) < wanted.limit and wanted.matches(issue := _issue(row)):
                found.append(issue)
        return found[::-1]

    async def show(self, issue_id: str) -> QueuedIssue:
        rows = self._read(f"{ISSUE} WHERE id = ?", issue_id)
        if not rows:
            raise queue.missing(issue_id)
        steps = self._read("SELECT at, actor, act, before, after, note FROM queue_history WHERE id = ? ORDER BY n", issue_id)
        return _issue(
            rows[0], tuple(Step(at=at, actor=who, act=act, before=old, after=new, note=note) for at, who, act, old, new, note in steps)
        )

    async def claim(self, issue_id: str, actor: str, lease: float = queue.LEASE_S) -> Claim:
        def work(conn: sqlite3.Connection) -> Claim:
            state, holder, until, token = _held(conn, issue_id)
            now = clock.now_ms()
            if state in DONE:
                raise queue.done(state)
            if holder and until > now and holder != actor:
                return Claim(won=False, holder=holder, lease_until=until)
            new_until = now + int(lease * 1000)
            if holder == actor and until > now:
                conn.execute("UPDATE queue_issues SET lease_until = ? WHERE id = ?", (new_until, issue_id))
                return Claim(won=True, holder=actor, lease_until=new_until, token=str(token))
            after = "verifying" if state in UNSTARTED else state
            conn.execute(
                "UPDATE queue_issues SET holder = ?, lease_until = ?, token = ?, state = ?, updated_at = ? WHERE id = ?",
                (actor, new_until, token + 1, after, now, issue_id),
            )
            _note(conn, issue_id, now, actor, "claim", state, after)
            return Claim(won=True, holder=actor, lease_until=new_until, token=str(token + 1))

        return await self._write(work)

    async def release(self, issue_id: str, actor: str, token: str) -> None:
        def work(conn: sqlite3.Connection) -> None:
            state, holder, _, current = _held(conn, issue_id)
            if holder != actor or str(current) != token:
                raise queue.stale(holder)
            now = clock.now_ms()
            conn.execute("UPDATE queue_issues SET holder = '', lease_until = 0, updated_at = ? WHERE id = ?", (now, issue_id))
            _note(conn, issue_id, now, actor, "release", state, state)

        await self._write(work)

    async def set_state(self, issue_id: str, actor: str, state: str, note: str = "", token: str = "", duplicate_of: str = "") -> str:
        def work(conn: sqlite3.Connection) -> str:
            before, holder, until, current = _held(conn, issue_id)
            now = clock.now_ms()
            if holder and holder != actor and until > now:
                raise queue.held(holder)
            if token and (holder != actor or token != str(current)):
                raise queue.stale(holder)
            if refusal(before, state):
                raise queue.illegal(before, state)
            conn.execute("UPDATE queue_issues SET state = ?, updated_at = ? WHERE id = ?", (state, now, issue_id))
            if state == "duplicate_of":
                conn.execute("UPDATE queue_issues SET duplicate_of = ? WHERE id = ?", (duplicate_of, issue_id))
            if state in DONE:
                conn.execute("UPDATE queue_issues SET holder = '', lease_until = 0 WHERE id = ?", (issue_id,))
            if state in FINAL:
                conn.execute("UPDATE queue_issues SET announced = 0 WHERE id = ?", (issue_id,))
            _note(conn, issue_id, now, actor, "state", before, state, note)
            return before

        return await self._write(work)

    # ── consumers ──────────────────────────────────────────────────────────────

    async def read(self, consumer: str, count: int = 10, block: float = 0.0) -> list[Delivery]:
        deadline = clock.monotonic() + block
        while True:
            waiting = self._read(
                "SELECT 1 FROM queue_issues WHERE announced AND entry >"
                " coalesce((SELECT last_entry FROM queue_groups WHERE name = ?), 0) LIMIT 1",
                self.group,
            )
            if waiting and (taken := await self._write(lambda conn: self._take(conn, consumer, count))):
                return taken
            if clock.monotonic() >= deadline:
                return []
            await asyncio.sleep(POLL_S)

    def _take(self, conn: sqlite3.Connection, consumer: str, count: int) -> list[Delivery]:
        conn.execute("INSERT OR IGNORE INTO queue_groups VALUES (?, 0)", (self.group,))
        rows = conn.execute(
            "SELECT entry, fields FROM queue_issues WHERE announced AND entry > (SELECT last_entry FROM queue_groups WHERE name = ?)"
            " ORDER BY entry LIMIT ?",
            (self.group, count),
        ).fetchall()
        now = clock.now_ms()
        for entry, _ in rows:
            conn.execute("INSERT OR REPLACE INTO queue_pending VALUES (?,?,?,?,1)", (self.group, entry, consumer, now))
        if rows:
            conn.execute("UPDATE queue_groups SET last_entry = ? WHERE name = ?", (rows[-1][0], self.group))
        return [Delivery(entry=str(entry), fields=_from_json(fields)) for entry, fields in rows]

    async def unfinished(self, consumer: str, count: int = 100) -> list[Delivery]:
        rows = self._read(
            "SELECT entry, fields, deliveries FROM queue_pending JOIN queue_issues USING (entry)"
            " WHERE name = ? AND consumer = ? AND announced ORDER BY entry LIMIT ?",
            *(self.group, consumer, count),
        )
        return [Delivery(entry=str(entry), fields=_from_json(fields), deliveries=times) for entry, fields, times in rows]

    async def ack(self, *entries: str) -> int:
        numbers = [int(entry) for entry in entries if entry.isdecimal()]
        delete = f"DELETE FROM queue_pending WHERE name = ? AND entry IN ({','.join('?' * len(numbers))})"
        return await self._write(lambda conn: conn.execute(delete, (self.group, *numbers)).rowcount) if numbers else 0

    async def reclaim(
        self, consumer: str, idle: float = 60.0, count: int = 100, max_deliveries: int = queue.MAX_DELIVERIES
    ) -> list[Delivery]:
        def work(conn: sqlite3.Connection) -> list[Delivery]:
            now = clock.now_ms()
            rows = conn.execute(
                "SELECT entry, fields, consumer, deliveries, announced FROM queue_pending JOIN queue_issues USING (entry)"
                " WHERE name = ? AND delivered_at <= ? ORDER BY entry LIMIT ?",
                (self.group, now - int(idle * 1000), count),
            ).fetchall()
            taken = []
            for entry, fields, owner, times, announced in rows:
                if not announced or times >= max_deliveries:
                    conn.execute("DELETE FROM queue_pending WHERE name = ? AND entry = ?", (self.group, entry))
                    if announced:
                        conn.execute("INSERT INTO queue_dead VALUES (?,?,?,?,?)", (self.group, entry, owner, times, now))
                else:
                    conn.execute("INSERT OR REPLACE INTO queue_pending VALUES (?,?,?,?,?)", (self.group, entry, consumer, now, times + 1))
                    taken.append(Delivery(entry=str(entry), fields=_from_json(fields), deliveries=times + 1))
            return taken

        return await self._write(work)

    async def health(self) -> Health:
        try:
            ((depth,),) = self._read("SELECT count(*) FROM queue_issues WHERE announced")
            ((pending,),) = self._read("SELECT count(*) FROM queue_pending WHERE name = ?", self.group)
            ((dead,),) = self._read("SELECT count(*) FROM queue_dead WHERE name = ?", self.group)
            done = ", ".join(f"'{state}'" for state in sorted(DONE))
            ((opened, oldest),) = self._read(f"SELECT count(*), min(created_at) FROM queue_issues WHERE state NOT IN ({done})")
        except Unavailable as error:
            return Health(kind="journal", reachable=False, problems=((error.zh, error.en),))
        version = sqlite3.sqlite_version
        return Health(kind="journal", reachable=True, version=version, depth=depth, open=opened, pending=pending, dead=dead, oldest=oldest)


def _update(conn: sqlite3.Connection, one: Update) -> None:
    """The same as update.lua."""
    row = conn.execute("SELECT fields, state FROM queue_issues WHERE id = ?", (one.id,)).fetchone()
    if row is None:
        return
    fields, state = _from_json(row[0]), row[1]
    if fields == (new := {**fields, **one.fields}):
        return
    after = "reopened" if one.reopens and state in DONE else state
    conn.execute(
        "UPDATE queue_issues SET fields = ?, state = ?, updated_at = max(updated_at, ?) WHERE id = ?",
        (_to_json(new).decode(), after, one.at, one.id),
    )
    if after != state:
        _note(conn, one.id, one.at, "livebot", "state", state, after, one.how)
    told = _to_json({name: value for name, value in one.fields.items() if name != "also"}).decode()
    conn.execute("INSERT INTO queue_updates (id, how, state, at, fields) VALUES (?,?,?,?,?)", (one.id, one.how, after, one.at, told))


def _held(conn: sqlite3.Connection, issue_id: str) -> tuple[str, str, int, int]:
    """State, holder, end of the lease, fencing token."""
    row = conn.execute("SELECT state, holder, lease_until, token FROM queue_issues WHERE id = ?", (issue_id,)).fetchone()
    if row is None:
        raise queue.missing(issue_id)
    state, holder, until, token = row
    return state, holder, until, token


def _note(conn: sqlite3.Connection, issue_id: str, at: int, actor: str, act: str, before: str, after: str, note: str = "") -> None:
    conn.execute(
        "INSERT INTO queue_history (id, at, actor, act, before, after, note) VALUES (?,?,?,?,?,?,?)",
        (issue_id, at, actor, act, before, after, note),
    )


def _issue(row: Sequence[Any], history: tuple[Step, ...] = ()) -> QueuedIssue:
    issue_id, fields, state, created_at, updated_at, holder, until, duplicate_of = row
    live = bool(holder) and until > clock.now_ms()
    return QueuedIssue(
        id=issue_id,
        fields=_from_json(fields),
        state=state,
        created_at=created_at,
        updated_at=updated_at,
        holder=holder if live else "",
        lease_until=until if live else 0,
        duplicate_of=duplicate_of or "",
        history=history,
    )


def _away(error: sqlite3.Error) -> Unavailable:
    return Unavailable(f"日志读写失败：{error}", f"the journal cannot be read or written: {error}")
