"""The inbox in the journal: a row for each issue, brought up to date from what the tables' triggers say has changed."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from livebot.deliver.acts_journal import ISSUE, STEPS, away, issue_of, step_of
from livebot.deliver.desk.cards import DIMENSIONS, Card
from livebot.deliver.desk.index import VERSION, Found, Query, Want
from livebot.deliver.queue import QueuedIssue
from livebot.deliver.queue_journal import JournalQueue
from livebot.keep import clock
from livebot.keep.figures import snapshot
from livebot.keep.journal import Journal

BATCH: Final = 500
COUNTED: Final = ("state", "priority", "category", "room", "holder", "team", "late")  # as in the index over them
_COLUMNS: Final = ("id", "family", "score", *DIMENSIONS, "alarm", "respond_due", "resolve_due", "breached", "words")


class JournalIndex:
    """Index over a JournalQueue, in its journal."""

    def __init__(self, queue: JournalQueue) -> None:
        self._queue = queue

    async def prepare(self, stamp: str) -> None:
        known = [row[0] for row in self._queue._read("SELECT stamp FROM queue_indexed")]
        if known and stamp in ("", *known):
            return

        def work(conn: sqlite3.Connection) -> None:
            conn.execute("INSERT OR IGNORE INTO queue_changed SELECT id FROM queue_issues")
            conn.execute("DELETE FROM queue_indexed")
            conn.execute("INSERT INTO queue_indexed VALUES (?)", (stamp or VERSION,))

        await self._queue._write(work)

    async def settle(self, make: Callable[[QueuedIssue, int], Card], limit: int) -> int:
        seen = 0
        changed = "SELECT id FROM queue_changed UNION SELECT id FROM queue_cards WHERE alarm > 0 AND alarm <= ? LIMIT ?"
        while seen < limit and self._queue._read(changed, clock.now_ms(), 1):

            def work(conn: sqlite3.Connection) -> int:
                now = clock.now_ms()
                ids = [row[0] for row in conn.execute(changed, (now, min(BATCH, limit))).fetchall()]
                for id_ in ids:
                    _place(conn, id_, make, now)
                return len(ids)

            placed = await self._queue._write(work)
            seen += placed
            if not placed:
                break
        return seen

    async def page(self, query: Query, after: tuple[str, str], limit: int) -> Found:
        where, params = _where(query)
        if not limit:
            ((count,),) = await self._aside(f"SELECT count(*) FROM queue_cards WHERE {where}", *params)
            return Found(ids=(), count=count, after=after, more=False)
        if after[0]:
            where, params = f"{where} AND (score, id) > (?, ?)", [*params, int(after[0]), after[1]]
        sql = f"SELECT id, score FROM queue_cards WHERE {where} ORDER BY score, id LIMIT ?"
        rows = await self._aside(sql, *params, limit + 1) if query.word else self._queue._read(sql, *params, limit + 1)
        found = rows[:limit]
        last = (str(found[-1][1]), found[-1][0]) if found else after
        return Found(ids=tuple(row[0] for row in found), count=len(found), after=last, more=len(rows) > limit)

    async def counts(self) -> Mapping[tuple[str, str, str], int]:
        found: Counter[tuple[str, str, str]] = Counter()
        columns = ", ".join(("family", *COUNTED))
        for family, *values, n in await self._aside(f"SELECT {columns}, count(*) FROM queue_cards GROUP BY {columns}"):
            found[family, "", ""] += n
            for name, value in zip(COUNTED, values, strict=True):
                if value or (name == "holder" and family == "open"):
                    found[family, name, str(value)] += n
        return found

    async def _aside(self, sql: str, *params: Any) -> list[tuple[Any, ...]]:
        """What goes through everything, in a thread and by a connection of its own: the rooms do not wait for it."""
        journal = self._queue._journal
        assert isinstance(journal, Journal)

        def work() -> list[tuple[Any, ...]]:
            with snapshot(journal) as conn:
                return conn.execute(sql, params).fetchall()

        try:
            return await asyncio.to_thread(work)
        except sqlite3.Error as error:
            raise away(error) from error

    async def issues(self, ids: Sequence[str], *, histories: bool = False) -> list[QueuedIssue]:
        rows = self._queue._read(f"{ISSUE} WHERE i.id IN ({','.join('?' * len(ids))})", *ids)
        steps = {id_: tuple(map(step_of, self._queue._read(STEPS, id_))) for id_ in (ids if histories else ())}
        found = {row[0]: issue_of(row, steps.get(row[0], ())) for row in rows}
        return [found[id_] for id_ in ids if id_ in found]

    async def run_out(self, limit: int) -> list[tuple[str, str]]:
        sql = "SELECT kind, id FROM queue_clocks WHERE due <= ? ORDER BY due LIMIT ?"
        return [(kind, id_) for kind, id_ in self._queue._read(sql, clock.now_ms(), limit)]

    async def breach(self, issue_id: str, key: str, text: str, kind: str, owner: str, want: Want, lease: float) -> str:
        return await self._queue._write(lambda conn: _breach(conn, issue_id, key, text, kind, owner, want, lease))


def _place(conn: sqlite3.Connection, issue_id: str, make: Callable[[QueuedIssue, int], Card], now: int) -> None:
    conn.execute("DELETE FROM queue_changed WHERE id = ?", (issue_id,))
    conn.execute("DELETE FROM queue_clocks WHERE id = ?", (issue_id,))
    row = conn.execute(f"{ISSUE} WHERE i.id = ?", (issue_id,)).fetchone()
    if row is None:
        conn.execute("DELETE FROM queue_cards WHERE id = ?", (issue_id,))
        return
    card = make(issue_of(row, tuple(map(step_of, conn.execute(STEPS, (issue_id,))))), now)
    values = [card.values[name] if name != "late" else int(card.values[name] or 0) for name in DIMENSIONS]
    due = (card.due.get("respond", 0), card.due.get("resolve", 0), " ".join(card.breached))
    conn.execute(
        f"INSERT OR REPLACE INTO queue_cards ({', '.join(_COLUMNS)}) VALUES ({','.join('?' * len(_COLUMNS))})",
        (card.id, card.family, card.score, *values, card.alarm, *due, card.words),
    )
    conn.executemany("INSERT INTO queue_clocks VALUES (?,?,?)", [(issue_id, kind, due) for kind, due in card.clocks])


def _where(query: Query) -> tuple[str, list[Any]]:
    parts, params = ["family = ?"], list[Any]([query.family])
    for name, values in query.values.items():
        parts.append(f"{name} IN ({','.join('?' * len(values))})")
        params += _typed(name, values)
    if query.word:
        parts.append("instr(words, ?) > 0")
        params.append(query.word)
    return " AND ".join(parts), params


def _typed(name: str, values: Iterable[str]) -> list[Any]:
    return [int(value or 0) if name == "late" else value for value in values]


def _breach(conn: sqlite3.Connection, issue_id: str, key: str, text: str, kind: str, owner: str, want: Want, lease: float) -> str:
    """The same as breach.lua."""
    now = clock.now_ms()

    def own(state: str) -> None:
        conn.execute("INSERT OR REPLACE INTO queue_pages VALUES (?,?,?,?,?)", (issue_id, key, state, owner, now + int(lease * 1000)))

    def finish(said: str) -> str:
        conn.execute("DELETE FROM queue_pages WHERE id = ? AND key = ?", (issue_id, key))
        conn.execute("DELETE FROM queue_clocks WHERE id = ? AND kind = ?", (issue_id, kind))
        return said

    if want == "drop":
        return finish("ok")
    row = conn.execute("SELECT state, owner, until FROM queue_pages WHERE id = ? AND key = ?", (issue_id, key)).fetchone()
    state, whose, until = row or ("", "", 0)
    if want != "take":
        if whose != owner:
            return "lost"
        if want == "done":
            return finish("ok")
        own("doing" if want == "doing" else "waiting")
        return "ok"
    insert = "INSERT OR IGNORE INTO queue_reminders (id, key, text, at) VALUES (?,?,?,?)"
    if conn.execute(insert, (issue_id, key, text, now)).rowcount:
        own("waiting")
        return "new"
    if not state:
        return finish("known")
    if whose != owner and until > now:
        return "busy"
    if state == "doing":
        return finish("doubt")
    own("waiting")
    return "again"
