"""What if: a recorded room against today's rules, on virtual time; nothing is sent, and the same input gives the same output."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any

from livebot.arrive.clean import clean
from livebot.decide.actions import Credit, Decision, Flag, Hold, Join, Pass, Reply, Revise, Schedule, Send, Withdraw
from livebot.decide.events import Comment, Outgoing, Recordable, Recorded, Settled, StreamEnded, StreamStarted, Viewer
from livebot.decide.limits import Window
from livebot.decide.matching import Matcher
from livebot.decide.policy import decide
from livebot.decide.session import RoomPolicy, Session
from livebot.decide.states import comment_state
from livebot.simulate.recording import Line

Event = dict[str, Any]
ROOM = "replay"


def replay(
    recording: Iterable[Line],
    matcher: Matcher,
    policy: RoomPolicy,
    *,
    room: str = ROOM,
    sends: tuple[int, float] = (5, 5.0),
    budget_per_minute: int = 60,
) -> Iterator[Event]:
    """One dict for each event, in order: {"t_ms", "comment_id", "kind", "decisions", "state"}; state is None for what is no comment.

    Time is the recording's. A reply leaves when the limits allow (`sends` = (count, seconds), and the budget) and is then taken as said;
    one that cannot leave before its expiry is expired. Nobody looks at what is held: it stays "held" and lapses for whoever asks next.
    An id seen before is a line of kind "duplicate", no comment. An event is yielded once its state is known.
    """
    return _Replay(
        matcher=matcher, session=Session(room=room, policy=policy), windows=(Window(*sends), Window(budget_per_minute, 60.0))
    ).run(recording)


@dataclass(slots=True, kw_only=True)
class _Waiting:
    event: Event
    decisions: tuple[Decision, ...]


@dataclass(slots=True, kw_only=True)
class _Replay:
    matcher: Matcher
    session: Session
    windows: tuple[Window, Window]
    now: int = 0
    seq: int = 0
    queued: deque[Reply] = field(default_factory=deque)
    held: list[tuple[int, int, Reply]] = field(default_factory=list)  # a heap: what lapses first
    fates: dict[str, str] = field(default_factory=dict)  # reply id → its state
    seen: set[str] = field(default_factory=set)
    waiting: deque[_Waiting] = field(default_factory=deque)

    def run(self, recording: Iterable[Line]) -> Iterator[Event]:
        self._happens(StreamStarted(), "stream_started")
        for line in recording:
            self._advance(max(self.now, line.t_ms))
            self._comment(line)
            yield from self._known()
        self._happens(StreamEnded(), "stream_ended")
        self._advance(None)
        yield from self._known()

    def _comment(self, line: Line) -> None:
        who = Viewer(id=line.user, name=line.name)
        comment = clean(Comment(id=line.id, author=who, text=line.text, sent_at=self.now, reply_to=line.reply_to, product=line.product))
        if comment.id in self.seen:
            event = {"t_ms": self.now, "comment_id": comment.id, "kind": "duplicate", "decisions": [], "state": None}
            self.waiting.append(_Waiting(event=event, decisions=()))
        else:
            self.seen.add(comment.id)
            self._happens(comment, "comment")

    def _happens(self, event: Recordable, kind: str) -> None:
        decisions = self._decide(event)
        comment_id = event.id if isinstance(event, Comment) else None
        shown = [_shown(decision) for decision in decisions]
        line = {"t_ms": self.now, "comment_id": comment_id, "kind": kind, "decisions": shown, "state": None}
        self.waiting.append(_Waiting(event=line, decisions=decisions))

    def _decide(self, event: Recordable) -> tuple[Decision, ...]:
        self.seq += 1
        recorded = Recorded(seq=self.seq, room=self.session.room, stream=1, received_at=self.now, event=event)
        self.session, decisions = decide(self.session, recorded, self.matcher)
        for decision in decisions:
            if isinstance(decision, Send):
                self.queued.append(decision.reply)
                self.fates[decision.reply.id] = "queued"
            elif isinstance(decision, Hold):
                heappush(self.held, (decision.reply.expires_at, self.seq, decision.reply))
                self.fates[decision.reply.id] = "held"
        return decisions

    def _advance(self, until: int | None) -> None:
        """What becomes of the outbox up to that instant (None: to the end), in the order in which it becomes it."""
        while due := min(filter(None, (self._next_sent(), self._next_lapse())), key=lambda one: one[0], default=None):
            at, reply, state = due
            if until is not None and at > until:
                break
            self.now = max(self.now, at) if until is not None else self.now
            self._settle(reply, state, at)
        if until is not None:
            self.now = until

    def _next_sent(self) -> tuple[int, Reply, str] | None:
        if not self.queued:
            return None
        reply = self.queued[0]
        at = max(window.ready_at(self.now) for window in self.windows)
        allowed = at < reply.expires_at and all(window.count > 0 for window in self.windows)
        return (at, reply, "sent") if allowed else (max(self.now, reply.expires_at), reply, "expired")

    def _next_lapse(self) -> tuple[int, Reply, str] | None:
        return (self.held[0][0], self.held[0][2], "lapsed") if self.held else None

    def _settle(self, reply: Reply, state: str, at: int) -> None:
        if state == "lapsed":
            heappop(self.held)
        else:
            self.queued.popleft()
            self.fates[reply.id] = state
        if state == "sent":
            for window in self.windows:
                window.spend(at)
            self._decide(Outgoing(key=reply.id, text=reply.text))
        self._decide(Settled(key=reply.id, state="sent" if state == "sent" else "expired"))

    def _known(self) -> Iterator[Event]:
        """The events at the front whose state will not change any more."""
        while self.waiting:
            first = self.waiting[0]
            if first.event["kind"] == "comment":
                state = comment_state((_kind(one), self.fates.get(_about(one)), _reason(one)) for one in first.decisions)
                if state == "pending":
                    return
                first.event["state"] = state
            self.waiting.popleft()
            yield first.event


def _kind(decision: Decision) -> str:
    return type(decision).__name__.lower()


def _about(decision: Decision) -> str:
    match decision:
        case Send(reply=reply) | Hold(reply=reply):
            return reply.id
        case Credit(reply_id=reply_id) | Revise(reply_id=reply_id) | Withdraw(reply_id=reply_id):
            return reply_id
        case Flag() | Join() | Schedule() | Pass():
            return ""


def _reason(decision: Decision) -> str | None:
    return decision.reason if isinstance(decision, Pass) else None


def _shown(decision: Decision) -> Event:
    match decision:
        case Send(reply=reply):
            return {"kind": "send", "rule": reply.rule, "text": reply.text, "reply_id": reply.id, "reply_kind": reply.kind}
        case Hold(reply=reply, why=why):
            return {"kind": "hold", "rule": reply.rule, "text": reply.text, "reply_id": reply.id, "reply_kind": reply.kind, "reason": why}
        case Credit(reply_id=reply_id, rule=rule):
            return {"kind": "credit", "rule": rule, "reply_id": reply_id} | ({"how": decision.how} if decision.how else {})
        case Join(issue_id=issue_id, rule=rule, category=category, how=how, priority=priority):
            what = {"category": category, "priority": priority, "issue_id": issue_id}
            return {"kind": "join", "rule": rule, "how": how, **what}
        case Flag(issue=issue):
            what = {"category": issue.category, "priority": issue.priority, "issue_id": issue.id}
            return {"kind": "flag", "rule": issue.rules[0], "rules": list(issue.rules), **what}
        case Schedule(follow_up=later):
            return {"kind": "schedule", "rule": later.rule, "due_t_ms": later.due_at, "issue_id": later.about or None}
        case Revise(reply_id=reply_id, rule=rule, state=state):
            return {"kind": "revise", "rule": rule, "reply_id": reply_id, "state": state}
        case Withdraw(reply_id=reply_id, others=others):
            return {"kind": "withdraw", "reply_id": reply_id, "others": others}
        case Pass(reason=reason, rule=rule):
            return {"kind": "pass", "reason": reason} | ({"rule": rule} if rule else {})
