"""What /metrics tells, put together when somebody asks: plain ints of the services and a few counts in the journal, by its own connection.

Counters begin at zero with the process, as Prometheus expects; what must be exact over restarts is in `livebot report`.
"""

import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final, Protocol

import msgspec

from livebot.arrive.intake import Intake
from livebot.deliver.issues import IssuePublisher
from livebot.keep import clock, ledger
from livebot.keep.journal import Journal
from livebot.keep.spread import Spread

if TYPE_CHECKING:
    from prometheus_client import Metric

Labels = tuple[str, ...]

_EVENTS: Final = (
    "SELECT room, CASE WHEN history THEN 'history' ELSE kind END, count(*), max(received_at), max(seq)"
    " FROM events WHERE seq > ? GROUP BY 1, 2"
)
_DECISIONS: Final = "SELECT kind, coalesce(reason, ''), count(*), max(seq) FROM decisions WHERE seq > ? GROUP BY 1, 2"
_ISSUES: Final = "SELECT category, priority, count(*), max(n) FROM issues WHERE n > ? GROUP BY 1, 2"
_SETTLED: Final = "SELECT extra, received_at FROM events WHERE seq > ? AND kind = 'settled'"
_OPEN: Final = "SELECT state, count(*) FROM replies WHERE state IN ('held', 'queued', 'sending', 'in_doubt') GROUP BY 1"
_from_json = msgspec.json.Decoder(tuple[str, str, str | None, str]).decode


class Lagging(Protocol):
    """What is needed of the engine."""

    @property
    def lag(self) -> Spread: ...


class Sources(Protocol):
    """What is needed of the app."""

    @property
    def journal(self) -> Journal: ...
    @property
    def engine(self) -> Lagging: ...
    @property
    def publisher(self) -> IssuePublisher: ...
    @property
    def intakes(self) -> Mapping[str, Intake]: ...


class Metrics:
    """Made in the loop; `render` may run in any thread, one at a time."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._turn = threading.Lock()
        self._seen = {table: self._newest(f"SELECT max({key}) FROM {table}") for table, key in _KEYS.items()}
        self._events: Counter[Labels] = Counter()
        self._decisions: Counter[Labels] = Counter()
        self._issues: Counter[Labels] = Counter()
        self._settled: Counter[Labels] = Counter()
        self._heard: dict[str, int] = {}
        self._said = Spread()

    def _newest(self, sql: str) -> int:
        return self._sources.journal.value(sql) or 0

    def render(self) -> bytes:
        """The text format of Prometheus."""
        from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest

        with self._turn, closing(_reader(self._sources.journal)) as conn:
            self._count(conn)
            registry = CollectorRegistry()
            registry.register(_Found([*self._of_services(), *self._of_journal(conn)]))
            ProcessCollector(registry=registry)
            return generate_latest(registry)

    def _count(self, conn: sqlite3.Connection) -> None:
        """Adds what came since the last time; the journal is read from where that time ended."""
        since = self._seen["events"]
        settled = conn.execute(_SETTLED, (since,)).fetchall()
        for room, kind, n, at, seq in conn.execute(_EVENTS, (since,)).fetchall():
            self._events[room, kind] += n
            self._heard[room] = max(at, self._heard.get(room, 0))
            self._seen["events"] = max(seq, self._seen["events"])
        for kind, reason, n, seq in conn.execute(_DECISIONS, (self._seen["decisions"],)).fetchall():
            self._decisions[kind, reason] += n
            self._seen["decisions"] = max(seq, self._seen["decisions"])
        for category, priority, n, last in conn.execute(_ISSUES, (self._seen["issues"],)).fetchall():
            self._issues[category, priority] += n
            self._seen["issues"] = max(last, self._seen["issues"])
        for extra, at in settled:
            key, state, _, _ = _from_json(extra)
            self._settled[(state,)] += 1
            if state == "sent":
                row = conn.execute("SELECT created_at FROM replies WHERE id = ? AND kind NOT IN ('follow_up', 'staff')", (key,)).fetchone()
                self._said.add_ms([at - row[0]] if row else [])

    def _of_services(self) -> "Iterator[Metric]":
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        intakes, publisher = dict(self._sources.intakes), self._sources.publisher
        up = GaugeMetricFamily("livebot_room_up", "1 while the room's connection works", labels=["room"])
        dialled = CounterMetricFamily("livebot_room_connections", "connections made; each after the first is a reconnect", labels=["room"])
        broken = CounterMetricFamily("livebot_broken_frames", "frames that could not be understood", labels=["room"])
        for name, intake in intakes.items():
            up.add_metric([name], intake.status.state == "up")
            dialled.add_metric([name], intake.connections)
            broken.add_metric([name], intake.broken)
        works = publisher.mark is not None and publisher.down_since is None
        yield from (up, dialled, broken)
        yield GaugeMetricFamily("livebot_queue_up", "1 while the issue queue takes what it is given", value=works)
        yield _histogram("livebot_decision_seconds", "from a comment's arrival to its durable decision", self._sources.engine.lag)
        yield _histogram("livebot_commit_seconds", "one commit of the journal", self._sources.journal.commits)

    def _of_journal(self, conn: sqlite3.Connection) -> "Iterator[Metric]":
        from prometheus_client.core import GaugeMetricFamily

        yield _counter("livebot_events", "journalled events (comment, history, gap, stream_started, …)", ["room", "kind"], self._events)
        yield _counter("livebot_decisions", "decisions by kind, with the reason or category", ["kind", "reason"], self._decisions)
        yield _counter("livebot_issues", "issues found", ["category", "priority"], self._issues)
        yield _counter("livebot_replies_settled", "replies that reached a final state or doubt", ["state"], self._settled)
        yield _histogram("livebot_said_seconds", "from a comment's arrival to its answer in the room", self._said)
        age = GaugeMetricFamily("livebot_last_event_age_seconds", "since the room's last event of this process", labels=["room"])
        for room, at in self._heard.items():
            age.add_metric([room], max(0.0, (clock.now_ms() - at) / 1000))
        yield age
        waiting = dict.fromkeys(("held", "queued", "sending", "in_doubt"), 0) | dict(conn.execute(_OPEN).fetchall())
        outbox = GaugeMetricFamily("livebot_replies_open", "replies in the outbox now", labels=["state"])
        for state, n in waiting.items():
            outbox.add_metric([state], n)
        yield outbox
        (backlog,) = conn.execute("SELECT count(*) FROM issues WHERE n > ?", (self._sources.publisher.mark or 0,)).fetchone()
        yield GaugeMetricFamily("livebot_issues_unpublished", "issues that the queue has not got yet", value=backlog)
        now = clock.now_ms()
        (standing,) = conn.execute(f"SELECT count(*) FROM promises p WHERE {ledger.OPEN}").fetchone()
        (late,) = conn.execute(f"SELECT count(*) FROM promises p WHERE {ledger.OVERDUE}", (now,)).fetchone()
        yield GaugeMetricFamily("livebot_promises_open", "promises made in the rooms that still bind", value=standing)
        yield GaugeMetricFamily("livebot_promises_overdue", "open promises that are past their time", value=late)
        (doubles,) = conn.execute("SELECT coalesce(sum(n), 0) FROM counters WHERE name = 'duplicates'").fetchone()
        yield _counter("livebot_duplicates", "comments that came again and were dropped, since the journal began", [], {(): doubles})


_KEYS: Final = {"events": "seq", "decisions": "seq", "issues": "n"}


class _Found:
    """A collector of what was found just now."""

    def __init__(self, metrics: "list[Metric]") -> None:
        self._metrics = metrics

    def collect(self) -> "list[Metric]":
        return self._metrics


def _reader(journal: Journal) -> sqlite3.Connection:
    conn = sqlite3.connect(f"{journal.path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    conn.execute("BEGIN")  # all counts are of one moment
    return conn


def _counter(name: str, text: str, labels: list[str], counts: Mapping[Labels, int]) -> "Metric":
    from prometheus_client.core import CounterMetricFamily

    family = CounterMetricFamily(name, text, labels=labels)
    for values, n in sorted(counts.items()):
        family.add_metric(list(values), n)
    return family


def _histogram(name: str, text: str, spread: Spread) -> "Metric":
    from prometheus_client.core import HistogramMetricFamily

    buckets: list[Any] = [("+Inf" if bound == float("inf") else str(bound), n) for bound, n in spread.cumulative()]
    return HistogramMetricFamily(name, text, buckets=buckets, sum_value=spread.total)
