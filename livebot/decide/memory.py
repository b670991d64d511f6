"""Who in a room said what of late: the bounded memory from which comments that belong together are known."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeVar

from livebot.decide.actions import Credit, Decision, Flag, Hold, Issue, Join, Pass, Reply, Send, Withdraw
from livebot.decide.categories import PERSONAL, PRIORITIES
from livebot.decide.echoes import form, raid_key, words_of
from livebot.decide.events import Comment, Recorded, Settled, viewer_key
from livebot.decide.text import fold

KEPT: Final = 2_000  # entries of each kind; older ones are dropped first
KNOWN: Final = 20_000  # viewers who are not new any more
CROWDS: Final = 500  # texts whose writers are remembered …
CROWD: Final = 64  # … and so many of them
NEAR: Final = 20  # comments to which "me too" may be said
SHARE: Final = 100  # comments from which the usual share of newcomers is known
HORIZON: Final = 5_000  # comments: nothing here, but what was reported, looks further back, so that a restart can fold them again
WEIGHT: Final = {"repeat": 1, "attention": 2}

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeLimits:
    """Seconds in which a viewer's second report is the first one's repeat, and "me too" joins another's; and from how many viewers within
    raid_seconds one text is a raid (0: never)."""

    repeat: float = 600.0
    also: float = 60.0
    raid_viewers: int = 8
    raid_seconds: float = 30.0


MERGING: Final = MergeLimits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a viewer reported. base: the issue's first priority. insistence: how often they came back to it (WEIGHT)."""

    issue: str
    who: str
    rule: str
    category: str
    base: str
    at: int
    words: str
    insistence: int = 0

    def priority(self, more: int = 0) -> str:
        return raised(self.base, self.category, self.insistence + more)


class Asked(NamedTuple):
    """The reply that serves a viewer's last question, when they asked, and as which comment of the stream."""

    reply: str
    rule: str
    at: int
    n: int


class Near(NamedTuple):
    """A comment of just now. kind: "issue", "question", "echo" (itself a "me too"), "own" (staff), "" (anything else).

    about: the key of what was told, or the reply that serves the question.
    """

    who: str
    at: int
    id: str
    text: str
    kind: str
    about: str = ""
    rule: str = ""


class Writer(NamedTuple):
    who: str
    at: int
    new: bool


class Raid(NamedTuple):
    id: str
    at: int


@dataclass(slots=True)
class Memory:
    """One stream of one room. `remember` is the only thing that changes it."""

    stream: int = 0
    n: int = 0
    told: dict[str, Told] = field(default_factory=dict)  # viewer and category → their report, the latest last
    flagged: dict[str, tuple[Issue, ...]] = field(default_factory=dict)  # comment → the issues that it raised
    joined: dict[str, int] = field(default_factory=dict)  # issue → how many other viewers joined it
    asked: dict[str, Asked] = field(default_factory=dict)
    drafts: dict[str, Reply] = field(default_factory=dict)
    fates: dict[str, str] = field(default_factory=dict)  # reply → what became of it
    near: deque[Near] = field(default_factory=lambda: deque(maxlen=NEAR))
    crowds: dict[str, dict[str, Writer]] = field(default_factory=dict)  # raid key → who wrote it lately, the last one last
    raids: dict[str, Raid] = field(default_factory=dict)
    fresh: deque[tuple[str, bool]] = field(default_factory=lambda: deque(maxlen=SHARE))  # raid key, written by a newcomer
    known: dict[str, None] = field(default_factory=dict)

    def clear(self) -> None:
        self.n = 0
        for one in (
            self.told,
            self.flagged,
            self.joined,
            self.asked,
            self.drafts,
            self.fates,
            self.near,
            self.crowds,
            self.raids,
            self.fresh,
            self.known,
        ):
            one.clear()


def raised(base: str, category: str, insistence: int) -> str:
    """The priority of an issue whose viewer came back: one step up from the second repeat on, another from the fourth; P0 is for
    complaints alone, and for what began there."""
    top = 0 if category == "any.complaint" else 1
    level = PRIORITIES.index(base)
    return PRIORITIES[min(level, max(top, level - (insistence >= 2) - (insistence >= 4)))]


def told_key(who: str, comment_id: str, category: str) -> str:
    return f"{who or comment_id}\x1f{category}"


def remember(memory: Memory, recorded: Recorded, decisions: Sequence[Decision], limits: MergeLimits) -> None:
    """Folds an event and what was decided about it into the memory; a new stream begins with an empty one."""
    if recorded.stream > memory.stream:
        memory.clear()
        memory.stream = recorded.stream
    event = recorded.event
    if isinstance(event, Settled) and event.key:
        if event.state in {"held", "queued"}:  # a moderator took it back
            memory.fates.pop(event.key, None)
        else:
            put(memory.fates, event.key, event.state, KEPT)
    if not isinstance(event, Comment):
        for decision in decisions:
            if isinstance(decision, Withdraw) and not decision.others:
                put(memory.fates, decision.reply_id, "expired", KEPT)
        return
    first = decisions[0] if decisions else None
    if isinstance(first, Pass) and first.reason in ("echo", "own"):
        if first.reason == "own":
            memory.near.append(Near("", recorded.received_at, event.id, "", "own"))
        elif first.about:
            put(memory.fates, first.about, "sent", KEPT)
        return
    who, folded = viewer_key(recorded.room, event.author), fold(event.text[:200])
    memory.n += 1
    _remember_decisions(memory, recorded, event, who, folded, decisions)
    _remember_writer(memory, recorded.received_at, who, raid_key(folded), limits)


def _remember_decisions(memory: Memory, recorded: Recorded, comment: Comment, who: str, folded: str, decisions: Sequence[Decision]) -> None:
    now = recorded.received_at
    kind, about, rule = "echo" if form(folded) else "", "", ""
    for decision in decisions:
        match decision:
            case Flag(issue=issue):
                key, category = told_key(who, comment.id, issue.category), issue.category
                told = Told(
                    issue=issue.id, who=who, rule=issue.rules[0], category=category, base=issue.priority, at=now, words=words_of(folded)
                )
                put(memory.told, key, told, KEPT)
                put(memory.flagged, comment.id, (*memory.flagged.get(comment.id, ()), issue), KEPT)
                if category != PERSONAL:
                    kind, about, rule = "issue", key, issue.rules[0]
            case Join():
                key = told_key(who, comment.id, decision.category)
                _remember_join(memory, key, who, now, folded, decision)
                if decision.category != PERSONAL:
                    kind, about, rule = "issue", key, decision.rule
            case Send(reply=reply) | Hold(reply=reply) if reply.kind == "answer":
                kind, about, rule = "question", reply.id, reply.rule
                if len(decisions) == 1:  # not one of several messages
                    put(memory.drafts, reply.id, reply, KEPT)
            case Credit(reply_id=reply_id):
                kind, about, rule = "question", reply_id, decision.rule
            case Pass(reason="raid", about=raid):
                put(memory.raids, raid_key(folded), Raid(raid, now), KEPT)
            case _:
                pass
    if kind == "question" and who:
        put(memory.asked, who, Asked(about, rule, now, memory.n), KEPT)
    memory.near.append(Near(who, now, comment.id, folded, kind, about, rule))


def _remember_join(memory: Memory, key: str, who: str, now: int, folded: str, join: Join) -> None:
    before = memory.told.get(key)
    known = before is not None and before.issue == join.issue_id
    insistence = (before.insistence if before and known else 0) + WEIGHT.get(join.how, 0)
    words = before.words if before and known and join.how == "attention" else words_of(folded)
    told = Told(
        issue=join.issue_id, who=who, rule=join.rule, category=join.category, base=join.base, at=now, words=words, insistence=insistence
    )
    put(memory.told, key, told, KEPT)
    if not known and join.how != "repeat":
        put(memory.joined, join.issue_id, memory.joined.get(join.issue_id, 0) + 1, KEPT)


def _remember_writer(memory: Memory, now: int, who: str, key: str, limits: MergeLimits) -> None:
    if not who:
        return
    new = who not in memory.known
    memory.fresh.append((key, new))
    if key:
        since = now - limits.raid_seconds * 1000
        crowd = memory.crowds.get(key, {})
        was = before.new if (before := crowd.pop(who, None)) else new
        crowd[who] = Writer(who, now, was)
        while len(crowd) > CROWD or next(iter(crowd.values())).at < since:
            del crowd[next(iter(crowd))]
        put(memory.crowds, key, crowd, CROWDS)
    if new:
        memory.known[who] = None
        if len(memory.known) > KNOWN:
            del memory.known[next(iter(memory.known))]


def put(kept: dict[str, T], key: str, value: T, most: int) -> None:
    """The latest comes last, and drives out the first where there are too many."""
    kept.pop(key, None)
    kept[key] = value
    if len(kept) > most:
        del kept[next(iter(kept))]
