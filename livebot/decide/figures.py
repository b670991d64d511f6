"""What is known about one stream, as data: the report, the recap and the hand-over are all made from this."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that nobody answered, as it was first written (masked). `viewers` counts distinct people, `times` comments."""

    text: str
    viewers: int
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A rule that answered, the number of comments (and of distinct viewers) it served, credited ones included, and its words as they were
    said last."""

    rule: str
    asked: int
    text: str
    viewers: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Raided:
    """One text from many new accounts (masked). viewers and comments: at least so many, those before it was named left out."""

    text: str
    viewers: int
    comments: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deaf:
    """Nothing could be heard from `since` until `until` (Unix ms)."""

    since: int
    until: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A reply that needs somebody's eye. `comment` and `viewer` are masked; `expires_at` is Unix ms."""

    id: str
    kind: str
    rule: str
    text: str
    why: str
    comment: str
    viewer: str
    expires_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A promise made in the room (see ledger.Promise): what, how often, due when (Unix ms, None for no time), and what became of it."""

    id: str
    text: str
    to: str
    times: int
    made_at: int
    due_at: int | None
    source: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """Milliseconds over `count` replies; None where there was none."""

    count: int = 0
    p50: int | None = None
    p95: int | None = None
    p99: int | None = None

    @classmethod
    def of(cls, values: Sequence[int]) -> "Latency":
        if not values:
            return cls()
        ordered = sorted(values)
        at = [ordered[min(len(ordered) - 1, -(-len(ordered) * percent // 100) - 1)] for percent in (50, 95, 99)]
        return cls(count=len(ordered), p50=at[0], p95=at[1], p99=at[2])


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One stream at the instant `at` (Unix ms). Every number comes from the journal.

    states: terminal state of a comment → count; they add up to `comments` ("pending" only while answers are on their way).
    passed: why livebot kept silent → count. replies: how many were said; replies_by_state counts all. latency: comment received → said,
    leaving: comment received → handed to the platform (decision and waiting in the outbox), both without what a person had to approve.
    joined: how comments joined an issue that was there already (as in actions.Join) → count. deleted: comments that the platform took
    back; orders: state → updates of orders.
    per_minute: comments in each minute since the start, history left out; said_per_minute and held_per_minute: texts that were said, and
    drafts that had to wait for somebody. duplicates and broken frames are no comments.
    rulebooks: hash → comments decided by it. lists of drafts hold the latest 200 of each.
    promises: the first 200 that were made, open ones first, prices left out.
    """

    stream: int
    room: str
    at: int
    platform: str = ""
    started_at: int = 0
    ended_at: int | None = None
    comments: int = 0
    states: Mapping[str, int] = field(default_factory=dict)
    passed: Mapping[str, int] = field(default_factory=dict)
    issues: int = 0
    issues_by_category: Mapping[str, int] = field(default_factory=dict)
    issues_by_priority: Mapping[str, int] = field(default_factory=dict)
    replies: int = 0
    replies_by_state: Mapping[str, int] = field(default_factory=dict)
    follow_ups: Mapping[str, int] = field(default_factory=dict)
    duplicates: int = 0
    deleted: int = 0
    orders: Mapping[str, int] = field(default_factory=dict)
    broken: int = 0
    gaps: tuple[Deaf, ...] = ()
    deaf_s: float = 0.0
    latency: Latency = Latency()
    leaving: Latency = Latency()
    per_minute: tuple[int, ...] = ()
    said_per_minute: tuple[int, ...] = ()
    held_per_minute: tuple[int, ...] = ()
    joined: Mapping[str, int] = field(default_factory=dict)
    raids: tuple[Raided, ...] = ()
    answers: tuple[Answer, ...] = ()
    unanswered: tuple[Question, ...] = ()
    held: tuple[Draft, ...] = ()
    in_doubt: tuple[Draft, ...] = ()
    expired: tuple[Draft, ...] = ()
    promises: tuple[Made, ...] = ()
    rulebooks: Mapping[str, int] = field(default_factory=dict)

    @property
    def minutes(self) -> int:
        """Whole minutes on air so far, at least one."""
        return max(1, ((self.ended_at or self.at) - self.started_at) // 60_000) if self.started_at else 0

    @property
    def deaf_minutes(self) -> int:
        """Deaf minutes, rounded up: a minute that was half heard was not heard."""
        return -(-int(self.deaf_s * 1000) // 60_000)

    @property
    def served(self) -> int:
        """Comments that got their answer, directly or along with another's."""
        return self.states.get("answered", 0) + self.states.get("credited", 0)


def deaf_seconds(gaps: Sequence[Deaf]) -> float:
    """The length of all gaps together; where they overlap it counts once."""
    total, heard_until = 0, 0
    for gap in sorted(gaps, key=lambda one: one.since):
        start = max(gap.since, heard_until)
        if gap.until > start:
            total += gap.until - start
            heard_until = gap.until
    return total / 1000
