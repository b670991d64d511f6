"""What staff do to issues, in the journal: the same acts as the scripts of livebot/deliver/lua, each in one transaction."""

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol, TypeVar

import msgspec

from livebot.decide.issue_states import DONE, FINAL, ISSUE_STATES, UNSTARTED, refusal
from livebot.decide.teams import objection
from livebot.deliver import queue, refusals
from livebot.deliver.queue import Claim, Filter, QueuedIssue, Step
from livebot.errors import Unavailable
from livebot.keep import clock

T = TypeVar("T")
KEPT_MS: Final = 7 * 86_400_000  # how long a repeated request hears the first answer
ISSUE: Final = (
    "SELECT i.id, i.fields, i.state, i.created_at, i.updated_at, i.holder, i.lease_until, i.duplicate_of, d.team, d.handover, d.receipt,"
    " c.respond_due, c.resolve_due, c.breached, (SELECT json_group_array(m.id) FROM queue_issues m WHERE m.duplicate_of = i.id"
    " AND m.state = 'duplicate_of')"
    " FROM queue_issues i LEFT JOIN queue_desk d USING (id) LEFT JOIN queue_cards c USING (id)"
)
STEPS: Final = "SELECT at, actor, act, before, after, note FROM queue_history WHERE id = ? ORDER BY n"

_to_json = msgspec.json.Encoder().encode
_from_json = msgspec.json.Decoder(dict[str, str]).decode


class Journal(Protocol):
    """What is needed of keep.journal.Journal; `work` runs in a transaction that excludes all other writers."""

    async def write(self, work: Callable[[sqlite3.Connection], T]) -> T: ...
    def read(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]: ...


class JournalActs:
    """The staff's half of JournalQueue."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def _write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return await self._journal.write(work)
        except sqlite3.Error as error:
            raise away(error) from error

    def _read(self, sql: str, *params: Any) -> list[tuple[Any, ...]]:
        try:
            return self._journal.read(sql, params)
        except sqlite3.Error as error:
            raise away(error) from error

    async def _once(self, issue_id: str, act: str, key: str, work: Callable[[sqlite3.Connection], T], kind: type[T]) -> T:
        """Does it, or, where it was done with that key, gives the first answer."""

        def whole(conn: sqlite3.Connection) -> T:
            name, now = f"{act}:{key}", clock.now_ms()
            known = "SELECT answer FROM queue_acts WHERE id = ? AND key = ? AND at > ?"
            if key and (row := conn.execute(known, (issue_id, name, now - KEPT_MS)).fetchone()):
                return msgspec.json.decode(row[0], type=kind)
            answer = work(conn)
            if key and (act != "claim" or answer.won):  # type: ignore[attr-defined]
                conn.execute("INSERT OR REPLACE INTO queue_acts VALUES (?,?,?,?)", (issue_id, name, _to_json(answer).decode(), now))
            return answer

        return await self._write(whole)

    async def find(self, wanted: Filter) -> list[QueuedIssue]:
        done = ", ".join(f"'{state}'" for state in sorted(DONE))
        where = f"WHERE i.state NOT IN ({done})" if wanted.open_only and not wanted.states else ""
        found: list[QueuedIssue] = []
        for row in self._read(f"{ISSUE} {where} ORDER BY i.created_at DESC, i.entry DESC"):
            if len(found) < wanted.limit and wanted.matches(one := issue_of(row)):
                found.append(one)
        return found[::-1]

    async def show(self, issue_id: str) -> QueuedIssue:
        rows = self._read(f"{ISSUE} WHERE i.id = ?", issue_id)
        if not rows:
            raise refusals.missing(issue_id)
        return issue_of(rows[0], tuple(map(step_of, self._read(STEPS, issue_id))))

    async def claim(self, issue_id: str, actor: str, lease: float = queue.LEASE_S, *, take_over: bool = False, key: str = "") -> Claim:
        def work(conn: sqlite3.Connection) -> Claim:
            state, holder, until, token = _held(conn, issue_id)
            now = clock.now_ms()
            if state in DONE:
                raise refusals.done(state)
            taken = bool(holder) and until > now
            if taken and holder != actor and not take_over:
                return Claim(won=False, holder=holder, lease_until=until)
            new_until = now + int(lease * 1000)
            if taken and holder == actor:
                conn.execute("UPDATE queue_issues SET lease_until = ? WHERE id = ?", (new_until, issue_id))
                return Claim(won=True, holder=actor, lease_until=new_until, token=str(token))
            after = "verifying" if state in UNSTARTED else state
            conn.execute(
                "UPDATE queue_issues SET holder = ?, lease_until = ?, token = ?, state = ?, updated_at = ? WHERE id = ?",
                (actor, new_until, token + 1, after, now, issue_id),
            )
            _told(conn, issue_id, now, actor, "takeover" if taken else "claim", state, after, holder if taken else "")
            return Claim(won=True, holder=actor, lease_until=new_until, token=str(token + 1))

        return await self._once(issue_id, "claim", key, work, Claim)

    async def release(self, issue_id: str, actor: str, token: str, *, key: str = "") -> None:
        def work(conn: sqlite3.Connection) -> str:
            state, holder, _, current = _held(conn, issue_id)
            if holder != actor or str(current) != token:
                raise refusals.stale(holder)
            now = clock.now_ms()
            conn.execute("UPDATE queue_issues SET holder = '', lease_until = 0, updated_at = ? WHERE id = ?", (now, issue_id))
            _told(conn, issue_id, now, actor, "release", state, state)
            return ""

        await self._once(issue_id, "release", key, work, str)

    async def set_state(
        self, issue_id: str, actor: str, state: str, note: str = "", token: str = "", duplicate_of: str = "", *, key: str = ""
    ) -> str:
        if state not in ISSUE_STATES:
            raise refusals.illegal("", state)

        def work(conn: sqlite3.Connection) -> str:
            before, now = _mine(conn, issue_id, actor, token), clock.now_ms()
            if refusal(before, state):
                raise refusals.illegal(before, state)
            if state == "duplicate_of":
                _merge(conn, issue_id, duplicate_of, actor, now)
            elif before == "duplicate_of":
                _unmerge(conn, issue_id, actor, now)
            conn.execute("UPDATE queue_issues SET state = ?, updated_at = ? WHERE id = ?", (state, now, issue_id))
            if state in DONE:
                conn.execute("UPDATE queue_issues SET holder = '', lease_until = 0 WHERE id = ?", (issue_id,))
            if state in FINAL:
                conn.execute("UPDATE queue_issues SET announced = 0 WHERE id = ?", (issue_id,))
            _told(conn, issue_id, now, actor, "state", before, state, note)
            return before

        return await self._once(issue_id, f"state:{state}", key, work, str)

    async def note(self, issue_id: str, actor: str, text: str, *, act: str = "note", key: str = "") -> None:
        def work(conn: sqlite3.Connection) -> str:
            state, now = _held(conn, issue_id)[0], clock.now_ms()
            conn.execute("UPDATE queue_issues SET updated_at = ? WHERE id = ?", (now, issue_id))
            _told(conn, issue_id, now, actor, act, state, state, text)
            return ""

        await self._once(issue_id, act, key, work, str)

    async def hand_over(self, issue_id: str, actor: str, team: str, told: Mapping[str, str], token: str = "", *, key: str = "") -> str:
        def work(conn: sqlite3.Connection) -> str:
            state, now = _held(conn, issue_id)[0], clock.now_ms()
            if state in DONE:
                raise refusals.done(state)
            _mine(conn, issue_id, actor, token)
            if objection(team, told):
                raise refusals.unfit(team, dict(told))
            conn.execute("INSERT OR IGNORE INTO queue_desk (id) VALUES (?)", (issue_id,))
            (before,) = conn.execute("SELECT team FROM queue_desk WHERE id = ?", (issue_id,)).fetchone()
            conn.execute("UPDATE queue_desk SET team = ?, handover = ? WHERE id = ?", (team, _to_json(told).decode(), issue_id))
            conn.execute("UPDATE queue_issues SET holder = '', lease_until = 0, updated_at = ? WHERE id = ?", (now, issue_id))
            _told(conn, issue_id, now, actor, "handover", state, state, team)
            return str(before)

        return await self._once(issue_id, "handover", key, work, str)

    async def receipt(self, issue_id: str, code: str) -> str:
        def work(conn: sqlite3.Connection) -> str:
            _held(conn, issue_id)
            conn.execute("INSERT OR IGNORE INTO queue_desk (id) VALUES (?)", (issue_id,))
            (known,) = conn.execute("SELECT receipt FROM queue_desk WHERE id = ?", (issue_id,)).fetchone()
            if known:
                return str(known)
            given = conn.execute("UPDATE OR IGNORE queue_desk SET receipt = ? WHERE id = ?", (code, issue_id)).rowcount
            conn.execute("INSERT OR IGNORE INTO queue_changed VALUES (?)", (issue_id,))
            return code if given else ""

        return await self._write(work)

    async def by_receipt(self, code: str) -> str:
        for (issue_id,) in self._read("SELECT id FROM queue_desk WHERE receipt = ?", code):
            return str(issue_id)
        raise refusals.missing(code)


def _merge(conn: sqlite3.Connection, issue_id: str, other: str, actor: str, now: int) -> None:
    row = conn.execute("SELECT state FROM queue_issues WHERE id = ?", (other,)).fetchone()
    if other == issue_id or row is None or row[0] == "duplicate_of":
        raise refusals.nowhere(other)
    conn.execute("UPDATE queue_issues SET duplicate_of = ? WHERE id = ?", (other, issue_id))
    conn.execute("UPDATE queue_issues SET updated_at = ? WHERE id = ?", (now, other))
    _told(conn, other, now, actor, "merge", row[0], row[0], issue_id)


def _unmerge(conn: sqlite3.Connection, issue_id: str, actor: str, now: int) -> None:
    (other,) = conn.execute("SELECT duplicate_of FROM queue_issues WHERE id = ?", (issue_id,)).fetchone()
    conn.execute("UPDATE queue_issues SET duplicate_of = NULL WHERE id = ?", (issue_id,))
    if row := conn.execute("SELECT state FROM queue_issues WHERE id = ?", (other,)).fetchone():
        conn.execute("UPDATE queue_issues SET updated_at = ? WHERE id = ?", (now, other))
        _told(conn, other, now, actor, "unmerge", row[0], row[0], issue_id)


def _held(conn: sqlite3.Connection, issue_id: str) -> tuple[str, str, int, int]:
    """State, holder, end of the lease, fencing token."""
    row = conn.execute("SELECT state, holder, lease_until, token FROM queue_issues WHERE id = ?", (issue_id,)).fetchone()
    if row is None:
        raise refusals.missing(issue_id)
    state, holder, until, token = row
    return state, holder, until, token


def _mine(conn: sqlite3.Connection, issue_id: str, actor: str, token: str) -> str:
    """The state; raises Rejected where another holds the issue, or the claim that the token stands for has lapsed."""
    state, holder, until, current = _held(conn, issue_id)
    if holder and holder != actor and until > clock.now_ms():
        raise refusals.held(holder)
    if token and (holder != actor or token != str(current)):
        raise refusals.stale(holder)
    return state


def _told(conn: sqlite3.Connection, issue_id: str, at: int, actor: str, act: str, before: str, after: str, note: str = "") -> None:
    """Into the history, and to the desks."""
    line(conn, issue_id, at, actor, act, before, after, note)
    told = _to_json({"actor": actor}).decode()
    conn.execute("INSERT INTO queue_updates (id, how, state, at, fields) VALUES (?,?,?,?,?)", (issue_id, act, after, at, told))


def line(conn: sqlite3.Connection, issue_id: str, at: int, actor: str, act: str, before: str, after: str, note: str = "") -> None:
    """A line of an issue's history."""
    conn.execute(
        "INSERT INTO queue_history (id, at, actor, act, before, after, note) VALUES (?,?,?,?,?,?,?)",
        (issue_id, at, actor, act, before, after, note),
    )


def issue_of(row: Sequence[Any], history: tuple[Step, ...] = ()) -> QueuedIssue:
    """An issue from a row of ISSUE."""
    issue_id, fields, state, created_at, updated_at, holder, until, other, team, handover, receipt, respond, resolve, breached, merged = row
    live = bool(holder) and until > clock.now_ms()
    return QueuedIssue(
        id=issue_id,
        fields=_from_json(fields),
        state=state,
        created_at=created_at,
        updated_at=updated_at,
        holder=holder if live else "",
        lease_until=until if live else 0,
        duplicate_of=other or "",
        team=team or "",
        handover=_from_json(handover) if handover else {},
        merged=tuple(json.loads(merged)),
        receipt=receipt or "",
        respond_due=respond or 0,
        resolve_due=resolve or 0,
        breached=tuple((breached or "").split()),
        history=history,
    )


def step_of(row: Sequence[Any]) -> Step:
    """A line of a history from a row of STEPS."""
    at, actor, act, before, after, note = row
    return Step(at=at, actor=actor, act=act, before=before, after=after, note=note)


def away(error: sqlite3.Error) -> Unavailable:
    return Unavailable(f"日志读写失败：{error}", f"the journal cannot be read or written: {error}")
