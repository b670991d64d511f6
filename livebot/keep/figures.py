"""The figures of a stream, every one of them computed from the journal: one consistent look, a few passes, any number of comments."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import msgspec

from livebot.decide.figures import Answer, Deaf, Draft, Figures, Latency, Question, Raided, deaf_seconds
from livebot.decide.privacy import mask_name
from livebot.decide.recap import looks_like_question, question_key, shown
from livebot.decide.stage import question_id
from livebot.decide.states import COMMENT_STATES, comment_state
from livebot.keep import clock, ledger
from livebot.keep.journal import Journal
from livebot.keep.said import said_aloud, served
from livebot.keep.seal import ERASED

LISTED = 200
TOP = 20
DISTINCT = 20_000  # different questions remembered at once; when there are more, the rarer half is forgotten
WRITINGS = 50  # of one question that are told apart
MINUTES = 7 * 24 * 60  # of the plot; a stream that nobody ended may run for ever

# One line for each way in which a comment was decided and its reply ended: 1,000,000 comments make some dozens of lines.
_SHAPED = """
  SELECT e.seq, group_concat(d.kind || char(31) || coalesce(a.state, r.state, '') || char(31) || coalesce(d.reason, ''), char(30)) AS shape,
         max(d.rulebook) AS rulebook
  FROM events e LEFT JOIN decisions d ON d.seq = e.seq
                LEFT JOIN replies r ON r.id = d.ref AND d.kind IN ('send', 'hold', 'credit')
                LEFT JOIN replies a ON a.again = r.id AND a.state != 'refused'
  WHERE e.stream = ? AND e.kind = 'comment' {} GROUP BY e.seq
"""
_SHAPES = f"SELECT shape, rulebook, count(*) FROM ({_SHAPED.format('')}) GROUP BY shape, rulebook"
_SHAPE_OF = _SHAPED.format("AND e.seq IN (SELECT value FROM json_each(?))")
_ASKED = """
SELECT d.rule, count(*), count(DISTINCT coalesce(nullif(e.viewer, ''), -e.seq))
FROM replies r JOIN decisions d ON d.ref = r.id AND d.kind IN ('send', 'hold', 'credit') JOIN events e ON e.seq = d.seq
WHERE r.stream = ? AND r.state = 'sent' AND r.kind = 'answer' GROUP BY d.rule ORDER BY 2 DESC, 1 LIMIT ?
"""
_MISSED = """
FROM events e JOIN decisions d ON d.seq = e.seq
  LEFT JOIN replies r ON r.id = d.ref AND d.kind IN ('send', 'hold', 'credit') AND r.kind = 'answer'
WHERE e.stream = ? AND e.kind = 'comment'
  AND ((d.kind = 'pass' AND d.reason IN ('no_match', 'unsure', 'listen')) OR (r.state IN ('expired', 'refused', 'denied')
    AND coalesce(r.why, '') != 'deleted'
    AND NOT EXISTS (SELECT 1 FROM replies a WHERE a.again = r.id AND a.state = 'sent')))
"""
_SAME = """
FROM decisions d JOIN events a ON a.seq = d.seq JOIN events e ON e.room = a.room AND e.native_id = d.ref
WHERE a.stream = ? AND d.kind = 'pass' AND d.reason = 'same_question'
"""
_RAIDS = """
SELECT min(d.seq), count(*), count(DISTINCT coalesce(nullif(e.viewer, ''), -e.seq)), min(e.received_at)
FROM decisions d JOIN events e USING (seq) WHERE e.stream = ? AND d.reason = 'raid' AND d.kind = 'pass' GROUP BY d.ref
ORDER BY 3 DESC LIMIT ?
"""
_JOINED = (
    "SELECT d.reason, count(*) FROM decisions d JOIN events e USING (seq) WHERE e.stream = ? AND d.kind = 'join' GROUP BY 1 ORDER BY 1"
)
_ORDERS = "SELECT json_extract(extra, '$[0]'), count(*) FROM events WHERE stream = ? AND kind = 'order' GROUP BY 1 ORDER BY 1"
_DRAFTS = """
SELECT r.id, r.kind, r.rule, r.text, coalesce(r.why, ''), e.viewer, e.author, e.text, r.expires_at
FROM replies r LEFT JOIN events e ON e.seq = r.seq AND e.kind = 'comment'
WHERE r.stream = ? AND r.state = ? ORDER BY r.created_at DESC LIMIT ?
"""
_MINUTE = "SELECT max(0, min(?3, (at - ?2) / 60000)), count(*) FROM ({}) GROUP BY 1"
_HEARD = "SELECT received_at AS at FROM events WHERE stream = ?1 AND kind = 'comment' AND history = 0"
_SAID = "SELECT sent_at AS at FROM replies WHERE stream = ?1 AND state = 'sent' AND sent_at IS NOT NULL"
_HELD = (
    "SELECT e.received_at AS at FROM events e JOIN decisions d USING (seq)"
    " WHERE e.stream = ?1 AND e.kind = 'comment' AND e.history = 0 AND d.kind = 'hold'"
)
_TIMES = """
SELECT r.id, r.created_at, CASE WHEN r.state = 'sent' AND coalesce(r.why, '') != 'echo' THEN r.sent_at END FROM replies r
WHERE r.stream = ? AND r.kind IN ('answer', 'ack') AND r.actor IS NULL
  AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.ref = r.id AND d.kind = 'hold')
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamRow:
    """One broadcast of one room; `ended_at` is None while it goes on."""

    id: int
    room: str
    started_at: int
    ended_at: int | None
    comments: int


def streams(journal: Journal, room: str | None = None) -> list[StreamRow]:
    """All streams (of a room), the latest first."""
    where, params = ("WHERE s.room = ?", (room,)) if room is not None else ("", ())
    sql = (
        "SELECT s.id, s.room, s.started_at, s.ended_at, coalesce(c.n, 0) FROM streams s"
        " LEFT JOIN (SELECT stream, count(*) AS n FROM events WHERE kind = 'comment' GROUP BY stream) c ON c.stream = s.id"
        f" {where} ORDER BY s.id DESC"
    )
    with snapshot(journal) as conn:
        rows = conn.execute(sql, params).fetchall()
    return [StreamRow(id=id_, room=name, started_at=start, ended_at=end, comments=n) for id_, name, start, end, n in rows]


def latest(journal: Journal, room: str | None = None) -> int | None:
    """The latest stream (of a room) that has a comment; without any, the latest one; None where there was no stream."""
    rows = [id_ for id_, name in journal.read("SELECT id, room FROM streams ORDER BY id DESC") if room in {None, name}]
    lively = (id_ for id_ in rows if journal.value("SELECT 1 FROM events WHERE stream = ? AND kind = 'comment' LIMIT 1", (id_,)))
    return next(lively, rows[0] if rows else None)


def figures(journal: Journal, stream: int, *, questions: bool = True) -> Figures:
    """The figures of a stream at this instant, from one snapshot of the journal; safe in any thread. Raises KeyError: no such stream.

    A million comments take about ten seconds (mostly inside SQLite, without the GIL), two thirds of it for the unanswered `questions`.
    """
    with snapshot(journal) as conn:
        return _Reading(journal=journal, conn=conn, stream=stream).figures(questions)


def as_data(known: Figures) -> dict[str, Any]:
    """The figures as JSON-able data, under their own names; times are Unix ms."""
    data: dict[str, Any] = msgspec.to_builtins(known)
    return {**data, "live": known.ended_at is None, "minutes": known.minutes, "served": known.served}


@contextmanager
def snapshot(journal: Journal) -> Iterator[sqlite3.Connection]:
    """A connection of our own, so that no other reader waits, in one transaction, so that all figures speak of the same instant."""
    with closing(sqlite3.connect(journal.path, isolation_level=None, check_same_thread=False)) as conn:
        conn.execute("PRAGMA busy_timeout = 10000")
        conn.execute("PRAGMA query_only = 1")
        conn.execute("BEGIN")
        yield conn
        conn.execute("ROLLBACK")


@dataclass(slots=True, kw_only=True)
class _Reading:
    journal: Journal
    conn: sqlite3.Connection
    stream: int
    states: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)
    rulebooks: Counter[str] = field(default_factory=Counter)

    def figures(self, questions: bool) -> Figures:
        row = self.conn.execute(
            "SELECT s.room, coalesce(r.platform, ''), s.started_at, s.ended_at FROM streams s LEFT JOIN rooms r ON r.name = s.room"
            " WHERE s.id = ?",
            (self.stream,),
        ).fetchone()
        if row is None:
            raise KeyError(self.stream)
        room, platform, started_at, ended_at = row
        self._count_states()
        gaps, handed_over = self._marks()
        latency, leaving = self._latencies(handed_over)
        counters = dict(self._rows("SELECT name, n FROM counters WHERE stream = ?"))
        replies = self._grouped("replies", "state")
        return Figures(
            stream=self.stream,
            room=room,
            at=clock.now_ms(),
            platform=platform,
            started_at=started_at,
            ended_at=ended_at,
            comments=sum(self.states.values()),
            states={name: self.states[name] for name in (*COMMENT_STATES, "pending") if name in COMMENT_STATES or self.states[name]},
            passed=dict(self.passed.most_common()),
            issues=sum(n for (n,) in self._rows("SELECT count(*) FROM issues WHERE stream = ?")),
            issues_by_category=self._grouped("issues", "category"),
            issues_by_priority=self._grouped("issues", "priority"),
            replies=replies.get("sent", 0),
            replies_by_state=replies,
            follow_ups=self._grouped("followups", "state"),
            duplicates=counters.get("duplicates", 0),
            deleted=sum(n for (n,) in self._rows("SELECT count(*) FROM events WHERE stream = ? AND kind = 'comment_deleted'")),
            orders=dict(self._rows(_ORDERS)),
            broken=counters.get("broken", 0),
            gaps=gaps,
            deaf_s=deaf_seconds(gaps),
            latency=latency,
            leaving=leaving,
            per_minute=self._per_minute(started_at, _HEARD),
            said_per_minute=self._per_minute(started_at, _SAID),
            held_per_minute=self._per_minute(started_at, _HELD),
            joined=dict(self._rows(_JOINED)),
            raids=self._raids(),
            answers=self._answers(),
            unanswered=self._questions() if questions else (),
            held=self._drafts("held"),
            in_doubt=self._drafts("in_doubt"),
            expired=self._drafts("expired"),
            promises=ledger.made(self.journal, self.conn, self.stream, LISTED),
            rulebooks=dict(self.rulebooks.most_common()),
        )

    def _rows(self, sql: str, *more: Any) -> sqlite3.Cursor:
        return self.conn.execute(sql, (self.stream, *more))

    def _grouped(self, table: str, column: str) -> dict[str, int]:
        return dict(self._rows(f"SELECT {column}, count(*) FROM {table} WHERE stream = ? GROUP BY 1 ORDER BY 1"))

    def _count_states(self) -> None:
        hashes = dict(self.conn.execute("SELECT id, hash FROM rulebooks"))
        for shape, rulebook, n in self._rows(_SHAPES):
            state, why = _state_of(shape)
            self.states[state] += n
            if state == "passed":
                self.passed[why] += n
            if rulebook in hashes:
                self.rulebooks[hashes[rulebook]] += n
        self._credit_said_aloud()

    def _credit_said_aloud(self) -> None:
        """What livebot had no answer to and the streamer answered: the first who asked it is answered, the others are credited."""
        done = set[int]()
        for asked in served(self.conn.execute, self.stream):
            found = sorted((seq, *_state_of(shape)) for seq, shape, _ in self._rows(_SHAPE_OF, json.dumps(asked)))
            state = "answered"
            for seq, was, why in found:
                if was == "passed" and seq not in done:
                    done.add(seq)
                    self.states -= Counter((was,))
                    self.passed -= Counter((why,))
                    self.states[state] += 1
                    state = "credited"

    def _marks(self) -> tuple[tuple[Deaf, ...], dict[str, int]]:
        """The gaps, and when each reply was handed to the platform."""
        gaps: list[Deaf] = []
        handed_over: dict[str, int] = {}
        for kind, at, extra in self._rows("SELECT kind, received_at, extra FROM events WHERE stream = ? AND kind IN ('gap', 'outgoing')"):
            if kind == "outgoing":
                handed_over.setdefault(msgspec.json.decode(extra), at)
            else:
                since, until, reason = msgspec.json.decode(extra)
                gaps.append(Deaf(since=since, until=until, reason=reason))
        return tuple(gaps), handed_over

    def _latencies(self, handed_over: dict[str, int]) -> tuple[Latency, Latency]:
        said, left = [], []
        for id_, created_at, sent_at in self._rows(_TIMES):
            if sent_at is not None:
                said.append(max(0, sent_at - created_at))
            if id_ in handed_over:
                left.append(max(0, handed_over[id_] - created_at))
        return Latency.of(said), Latency.of(left)

    def _per_minute(self, started_at: int, sql: str) -> tuple[int, ...]:
        counts = dict(self._rows(_MINUTE.format(sql), started_at, MINUTES - 1))
        return tuple(counts.get(minute, 0) for minute in range(max(counts) + 1)) if counts else ()

    def _answers(self) -> tuple[Answer, ...]:
        said = dict(self._rows("SELECT rule, text FROM replies WHERE stream = ? AND state = 'sent' AND kind = 'answer' ORDER BY sent_at"))
        asked = self._rows(_ASKED, TOP)
        return tuple(Answer(rule=rule, asked=times, text=said.get(rule, ""), viewers=viewers) for rule, times, viewers in asked)

    def _raids(self) -> tuple[Raided, ...]:
        raids = []
        for seq, comments, viewers, at in self._rows(_RAIDS, TOP).fetchall():
            [(sealed, viewer)] = self.conn.execute("SELECT text, viewer FROM events WHERE seq = ?", (seq,))
            raids.append(Raided(text=shown(self.journal.unseal(sealed, viewer), 80), viewers=viewers, comments=comments, at=at))
        return tuple(raids)

    def _questions(self) -> tuple[Question, ...]:
        """What was asked most often, by how many people: one pass, since sealed texts tell nothing to SQLite."""
        asked: dict[str, _Asked] = {}
        said = said_aloud(self.conn.execute, self.stream)
        keys: dict[str, str] = {}  # of texts seen lately: most of a busy room's are written many times
        missed = (
            f"SELECT e.text, e.viewer, e.viewer, e.seq, e.received_at {_MISSED}",
            f"SELECT e.text, e.viewer, a.viewer, a.seq, a.received_at {_SAME}",
        )
        for sealed, author, viewer, seq, at in chain.from_iterable(map(self._rows, missed)):
            text = self.journal.unseal(sealed, author)
            key = keys.get(text)
            if key is None:
                key = keys[text] = question_key(text) if text != ERASED and looks_like_question(text[:200]) else ""
                if len(keys) > DISTINCT:
                    keys.clear()
            if key and at > said.get(question_id(key), -1):
                if key not in asked and len(asked) >= DISTINCT:
                    asked = dict(sorted(asked.items(), key=lambda item: -item[1].times)[: DISTINCT // 2])
                asked.setdefault(key, _Asked()).add(text, int(viewer, 16) if viewer else -seq)
        top = sorted(asked.values(), key=lambda one: (-len(one.viewers), -one.times, one.text))[:TOP]
        return tuple(Question(text=shown(one.text, 80), viewers=len(one.viewers), times=one.times) for one in top)

    def _drafts(self, state: str) -> tuple[Draft, ...]:
        return tuple(
            Draft(
                id=id_,
                kind=kind,
                rule=rule,
                text=text,
                why=why,
                comment=shown(self.journal.unseal(sealed, viewer)) if sealed is not None else "",
                viewer=mask_name(self.journal.author(author, viewer).name) if author is not None else "",
                expires_at=expires_at,
            )
            for id_, kind, rule, text, why, viewer, author, sealed, expires_at in self._rows(_DRAFTS, state, LISTED)
        )


def _state_of(shape: str | None) -> tuple[str, str]:
    """A comment's state, and why it was passed over."""
    decisions = [tuple(part.split("\x1f")) for part in shape.split("\x1e")] if shape else []
    state = comment_state((kind, state or None, reason) for kind, state, reason in decisions) if decisions else "pending"
    return state, next((reason for kind, _, reason in decisions if kind == "pass"), "")


class _Asked:
    """A question in all its writings; `text` is the one used most, as far as is remembered."""

    __slots__ = ("times", "viewers", "writings")

    def __init__(self) -> None:
        self.times = 0
        self.writings: Counter[str] = Counter()
        self.viewers: set[int] = set()

    @property
    def text(self) -> str:
        most = max(self.writings.values())
        return min(text for text, times in self.writings.items() if times == most)

    def add(self, text: str, viewer: int) -> None:
        self.times += 1
        self.viewers.add(viewer)
        if text in self.writings or len(self.writings) < WRITINGS:
            self.writings[text] += 1
