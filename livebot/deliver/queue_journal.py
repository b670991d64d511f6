"""The issue queue in the journal itself, where no Redis server can run: several processes may work on it at once."""

import asyncio
import sqlite3
from collections.abc import Mapping, Sequence

import msgspec

from livebot.decide.issue_states import DONE
from livebot.deliver import queue
from livebot.deliver.acts_journal import Journal, JournalActs, line
from livebot.deliver.queue import Delivery, Health, Update
from livebot.deliver.queue_schema import SCHEMA as SCHEMA
from livebot.errors import Unavailable
from livebot.keep import clock

POLL_S = 0.05  # other processes ring no bell here

_to_json = msgspec.json.Encoder().encode
_from_json = msgspec.json.Decoder(dict[str, str]).decode


class JournalQueue(JournalActs):
    """IssueQueue over a journal opened with SCHEMA; the caller opens and closes the journal."""

    def __init__(self, journal: Journal, group: str = "after-sales") -> None:
        super().__init__(journal)
        self.group = group

    async def start(self) -> None:
        if not self._read("SELECT 1 FROM queue_groups WHERE name = ?", self.group):
            await self._write(lambda conn: conn.execute("INSERT OR IGNORE INTO queue_groups VALUES (?, 0)", (self.group,)))

    async def close(self) -> None:
        """Nothing: the journal is its opener's."""

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

    async def update(self, producer: str, known: int, told: int, upto: int, batch: Sequence[Update]) -> int:
        def work(conn: sqlite3.Connection) -> int:
            marks = dict(conn.execute("SELECT producer, mark FROM queue_producers WHERE producer IN (?,?)", (producer, joins)))
            mark = int(marks.get(producer, 0))
            if mark < known:
                return mark
            if marks.get(joins, 0) < told:
                return -1
            for one in batch:
                _update(conn, one)
            conn.execute("INSERT OR REPLACE INTO queue_producers VALUES (?,?)", (joins, upto))
            return mark

        joins = queue.joins_of(producer)

        return await self._write(work)

    async def remind(self, issue_id: str, key: str, text: str) -> bool:
        row = (issue_id, key, text, clock.now_ms())
        insert = "INSERT OR IGNORE INTO queue_reminders (id, key, text, at) VALUES (?,?,?,?)"
        return await self._write(lambda conn: conn.execute(insert, row).rowcount == 1)

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
    conn.execute(
        "UPDATE queue_issues SET fields = ?, updated_at = max(updated_at, ?) WHERE id = ?", (_to_json(new).decode(), one.at, one.id)
    )
    if one.reopens:
        stays = _kept(conn, one.id)
        after = _reopen(conn, stays, one)
        state = after if stays == one.id else state
    told = _to_json({name: value for name, value in one.fields.items() if name != "also"}).decode()
    conn.execute("INSERT INTO queue_updates (id, how, state, at, fields) VALUES (?,?,?,?,?)", (one.id, one.how, state, one.at, told))


def _kept(conn: sqlite3.Connection, issue_id: str) -> str:
    """The issue that an issue was merged into, itself where it was not."""
    for _ in range(20):
        row = conn.execute(
            "SELECT b.id FROM queue_issues a JOIN queue_issues b ON b.id = a.duplicate_of WHERE a.id = ? AND a.state = 'duplicate_of'",
            (issue_id,),
        ).fetchone()
        if row is None:
            break
        issue_id = row[0]
    return issue_id


def _reopen(conn: sqlite3.Connection, issue_id: str, one: Update) -> str:
    """The state of the issue afterwards."""
    (state,) = conn.execute("SELECT state FROM queue_issues WHERE id = ?", (issue_id,)).fetchone()
    if state not in DONE:
        return str(state)
    conn.execute("UPDATE queue_issues SET state = 'reopened', updated_at = max(updated_at, ?) WHERE id = ?", (one.at, issue_id))
    line(conn, issue_id, one.at, "livebot", "state", state, "reopened", one.how)
    return "reopened"
