"""The promise ledger in the journal: written in the commit in which a text is said, with the issues of what it contradicts."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import msgspec

from livebot.decide import categories
from livebot.decide.actions import action_id
from livebot.decide.figures import Made
from livebot.decide.privacy import mask_name
from livebot.decide.promises import Promises
from livebot.decide.shop.facts import Facts
from livebot.decide.speech.contradiction import contradicts
from livebot.decide.speech.ledger import EVERYBODY, MAY_BECOME, PRICE, SOMEBODY, Promise, Said, promised
from livebot.errors import Rejected
from livebot.keep import clock
from livebot.keep.journal import Journal
from livebot.language import say

if TYPE_CHECKING:
    from livebot.keep.outbox import OutboxRow

_OWN: Final = (
    "id", "kind", "text", "reply", "seq", "room", "stream", "product", "about", "size", "viewer", "source", "backed_by", "made_at",
    "due_at", "by_day",
)  # fmt: skip
_SELECT: Final = (
    f"SELECT {', '.join('p.' + name for name in _OWN)}, p.last_at, p.times, p.state, p.overdue, p.note, p.actor, p.changed_at,"
    " (SELECT count(*) FROM promise_doubts d WHERE d.promise = p.id) FROM promises p"
)
#: What still binds: a price does so while its stream goes on.
OPEN: Final = f"p.state = 'open' AND (p.kind != '{PRICE}' OR EXISTS (SELECT 1 FROM streams s WHERE s.id = p.stream AND s.ended_at IS NULL))"
OVERDUE: Final = "p.state = 'open' AND p.due_at <= ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A promise with what became of it. times: how often it was said, of which `unsure` are in doubt. overdue: the issue was raised."""

    promise: Promise
    last_at: int
    times: int
    state: str
    overdue: bool
    note: str
    actor: str
    changed_at: int
    unsure: int

    def late(self, now: int) -> bool:
        return self.state == "open" and self.promise.due_at is not None and self.promise.due_at <= now


def _entry(row: Sequence[Any]) -> Entry:
    own, rest = row[: len(_OWN)], row[len(_OWN) :]
    values = dict(zip(_OWN, own, strict=True))
    promise = Promise(**{**values, "by_day": bool(values["by_day"])})
    last_at, times, state, overdue, note, actor, changed_at, unsure = rest
    return Entry(
        promise=promise, last_at=last_at, times=times, state=state, overdue=bool(overdue), note=note, actor=actor, changed_at=changed_at,
        unsure=unsure,
    )  # fmt: skip


def entries(conn: sqlite3.Connection, where: str, params: Sequence[Any] = ()) -> list[Entry]:
    """where: an SQL condition on `p`, with its order."""
    return [_entry(row) for row in conn.execute(f"{_SELECT} WHERE {where}", params)]


def found(journal: Journal, where: str, params: Sequence[Any] = ()) -> list[Entry]:
    return [_entry(row) for row in journal.read(f"{_SELECT} WHERE {where}", params)]


def promises_of(journal: Journal, row: "OutboxRow", shop: Promises, facts: Facts, at: int) -> tuple[Promise, ...]:
    """What a reply of the outbox promises if it is said at that instant (Unix ms)."""
    viewer = name = ""
    for key, author in journal.read("SELECT viewer, author FROM events WHERE seq = ? AND kind = 'comment'", (row.seq,)):
        viewer, name = key or "", journal.author(author, key).name
    text = row.text.replace(name, mask_name(name)) if len(name) > 1 else row.text
    said = Said(
        reply=row.id, seq=row.seq, room=row.room, stream=row.stream, rule=row.rule, kind=row.kind, text=text, at=at, viewer=viewer,
        by=row.actor, edited=row.origin == "moderator", facts=row.facts,
    )  # fmt: skip
    return promised(said, shop, facts, clock.local_offset(at))


def standing(journal: Journal, room: str) -> list[Promise]:
    """What still binds in a room."""
    return [one.promise for one in found(journal, f"{OPEN} AND p.room = ?", (room,))]


def made(journal: Journal, conn: sqlite3.Connection, stream: int, limit: int) -> tuple[Made, ...]:
    """The promises of a stream for its report: open ones first, by when they are due; prices left out."""
    where = f"p.stream = ? AND p.kind != '{PRICE}' ORDER BY p.state != 'open', p.due_at IS NULL, p.due_at, p.made_at, p.id LIMIT ?"
    return tuple(
        Made(
            id=one.promise.id,
            text=one.promise.text,
            to=addressee(journal, conn, one.promise),
            times=one.times,
            made_at=one.promise.made_at,
            due_at=one.promise.due_at,
            source=one.promise.source,
            state=one.state,
        )
        for one in entries(conn, where, (stream, limit))
    )


def addressee(journal: Journal, conn: sqlite3.Connection, promise: Promise) -> str:
    """The masked name of the one viewer, "" for everybody. Safe in any thread with a connection of its own."""
    if promise.viewer == EVERYBODY:
        return ""
    sql = "SELECT author, viewer FROM events WHERE seq = ? AND viewer = ? AND author IS NOT NULL AND kind = 'comment'"
    rows = conn.execute(sql, (promise.seq, promise.viewer)).fetchall()
    return (mask_name(journal.author(*rows[0]).name) if rows else "") or SOMEBODY


def binding(journal: Journal) -> list[Promise]:
    """What still binds in any room."""
    return [one.promise for one in found(journal, f"{OPEN} ORDER BY p.made_at, p.id")]


def is_late(journal: Journal, now: int) -> bool:
    """Whether an issue has to be raised."""
    return bool(journal.value(f"SELECT 1 FROM promises p WHERE {OVERDUE} AND p.overdue = 0 LIMIT 1", (now,)))


def next_due(journal: Journal, after: int) -> int | None:
    """When (Unix ms) the next promise falls due; None where none will."""
    at: int | None = journal.value("SELECT min(due_at) FROM promises WHERE state = 'open' AND overdue = 0 AND due_at > ?", (after,))
    return at


# ── inside a transaction ───────────────────────────────────────────────────────


def enter(conn: sqlite3.Connection, said: Iterable[Promise], at: int, *, doubtful: bool = False) -> None:
    """Writes what was just said, in the transaction that says so. What it contradicts becomes an issue."""
    for new in said:
        id_ = "" if new.denied else _write(conn, new, at)
        if id_ and doubtful:
            conn.execute("INSERT OR IGNORE INTO promise_doubts VALUES (?,?)", (new.reply, id_))
        for old in entries(conn, f"{OPEN} AND p.room = ? AND p.kind = ? AND p.id != ?", (new.room, new.kind, id_)):
            if contradicts(new, old.promise, at):
                contradict(conn, old.promise, new.text, action_id("promise", "contradicted", old.promise.id, new.id), at)


def _write(conn: sqlite3.Connection, new: Promise, at: int) -> str:
    """A row of its own, or one more time of what the same rule promised everybody in this stream; returns the row's id."""
    if new.viewer == EVERYBODY:
        thing = (new.room, new.kind, new.stream, new.product, new.about, new.source, new.size, EVERYBODY, new.by_day, new.due_at)
        same = conn.execute(
            "SELECT id FROM promises WHERE room = ? AND kind = ? AND state = 'open' AND stream = ? AND product = ? AND about = ?"
            " AND source = ? AND size IS ? AND viewer = ? AND by_day = ? AND (by_day = 0 OR due_at IS ?) ORDER BY made_at LIMIT 1",
            thing,
        ).fetchone()
        if same is not None:
            conn.execute("UPDATE promises SET times = times + 1, last_at = ?, changed_at = ? WHERE id = ?", (at, at, same[0]))
            return str(same[0])
    values = [asdict(new)[name] for name in _OWN]
    marks = ",".join("?" * (len(_OWN) + 2))
    conn.execute(f"INSERT OR IGNORE INTO promises ({','.join(_OWN)},last_at,changed_at) VALUES ({marks})", (*values, at, at))
    return new.id


def settle_doubt(conn: sqlite3.Connection, reply: str, *, said: bool, at: int) -> None:
    """A doubtful reply was said after all, or was not: then nothing was promised by it."""
    ids = [id_ for (id_,) in conn.execute("DELETE FROM promise_doubts WHERE reply = ? RETURNING promise", (reply,)).fetchall()]
    for id_ in () if said else ids:
        conn.execute(
            "UPDATE promises SET times = times - 1, changed_at = ?, state = CASE WHEN times = 1 AND state = 'open' THEN 'withdrawn'"
            " ELSE state END, note = CASE WHEN times = 1 THEN 'not_said' ELSE note END WHERE id = ?",
            (at, id_),
        )


def contradict(conn: sqlite3.Connection, old: Promise, by: str, issue: str, at: int) -> None:
    """open → contradicted, with its issue."""
    note = by[:200]
    changed = conn.execute(
        "UPDATE promises SET state = 'contradicted', note = ?, changed_at = ? WHERE id = ? AND state = 'open'", (note, at, old.id)
    )
    if changed.rowcount:
        text = say(f"承诺前后不一致。先说：{old.text}；现在：{by}", f"Two promises that differ. First: {old.text}; now: {by}")
        raise_issue(conn, old, issue, "promise.contradicted", text, at)


def raise_issue(conn: sqlite3.Connection, about: Promise, issue: str, why: str, text: str, at: int) -> None:
    """Into the outbox of issues, once for each id. Only what was promised to one viewer names their comment."""
    seq = 0 if about.viewer == EVERYBODY else about.seq
    rules = msgspec.json.encode([why]).decode()
    conn.execute(
        "INSERT OR IGNORE INTO issues (id,seq,room,stream,category,priority,rules,created_at,text) VALUES (?,?,?,?,?,?,?,?,?)",
        (issue, seq, about.room, about.stream, categories.PROMISE.code, categories.PROMISE.priority, rules, at, text),
    )


def raise_overdue(conn: sqlite3.Connection, now: int, limit: int) -> int:
    """An issue for each promise that is past its time, once; returns how many."""
    late = entries(conn, f"{OVERDUE} AND p.overdue = 0 ORDER BY p.due_at, p.id LIMIT ?", (now, limit))
    for one in late:
        conn.execute("UPDATE promises SET overdue = 1, changed_at = ? WHERE id = ?", (now, one.promise.id))
        text = say(f"承诺到期还没标记兑现：{one.promise.text}", f"A promise is overdue and not marked as kept: {one.promise.text}")
        raise_issue(conn, one.promise, action_id("promise", "overdue", one.promise.id), "promise.overdue", text, now)
    return len(late)


# ── staff ──────────────────────────────────────────────────────────────────────


async def settle(journal: Journal, prefix: str, state: str, *, actor: str, note: str = "") -> Entry:
    """Marks a promise as kept, broken or withdrawn. Raises Rejected where the id names none or several, or it is settled already."""
    one = named(journal, prefix)
    if state not in MAY_BECOME.get(one.state, ()):
        raise Rejected(f"这个承诺已经是 {one.state} 了", f"this promise is {one.state} already")
    at, id_ = clock.now_ms(), one.promise.id

    def work(conn: sqlite3.Connection) -> bool:
        sql = "UPDATE promises SET state = ?, note = ?, actor = ?, changed_at = ? WHERE id = ? AND state = ?"
        return conn.execute(sql, (state, note or one.note, actor, at, id_, one.state)).rowcount == 1

    if not await journal.write(work):
        raise Rejected("有人抢先了一步，请再看一次", "somebody was first: look again")
    return named(journal, id_)


def named(journal: Journal, prefix: str) -> Entry:
    """The one promise whose id begins so; raises Rejected."""
    wanted = prefix.strip().lower()
    some = found(journal, "p.id >= ? AND p.id < ? ORDER BY p.id LIMIT 5", (wanted, wanted + "g")) if wanted.isalnum() else []
    if len(some) == 1:
        return some[0]
    if some:
        ids = "、".join(one.promise.id for one in some)
        raise Rejected(f"有好几个承诺以 {wanted} 开头，请多写几位：{ids}", f"several promises begin with {wanted}, write more: {ids}")
    raise Rejected("没有这个编号的承诺。编号见 livebot promises", "there is no such promise; see livebot promises for the ids")
