"""What a room's past means for its next decision: a fold over events and decisions, so a restart rebuilds it from the journal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal, TypeVar

from livebot.decide.actions import Credit, Decision, Flag, Hold, Issue, Pass, Reply, Revise, Send, Withdraw
from livebot.decide.events import Comment, CommentDeleted, ModeSet, OnAir, OrderUpdate, Outgoing, Quiet, Recorded, Settled, StreamEnded
from livebot.decide.memory import MERGING, Memory, MergeLimits
from livebot.decide.promises import NOTHING_PROMISED, Promises
from livebot.decide.shop.facts import is_bundle
from livebot.decide.text import fold

ECHO_MS = 600_000  # how long a comment that repeats our words is taken for their echo
T = TypeVar("T")
KEPT = 2_000  # entries kept of each kind; older ones are dropped first
KEPT_SHORT = 49  # of what comes seldom
SERVED = 20  # comments of which it is known that a reply serves them too

Mode = Literal["listen", "suggest", "auto"]
MODES: Final[tuple[Mode, ...]] = ("listen", "suggest", "auto")  # from the most careful to the boldest


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomPolicy:
    """How livebot may behave in one room.

    expiry: seconds until an answer is too late. delay: seconds from what is said on air to when viewers see it. max_chars counts code
    points or UTF-8 bytes. promises: what the shop has promised everybody, and so may be said. second: a larger model is asked where we
    are unsure (meaning.second).
    """

    mode: Mode = "auto"
    expiry: float = 60.0
    delay: float = 0.0
    max_chars: int = 200
    unit: Literal["chars", "bytes"] = "chars"
    can_send: bool = True
    follow_ups: bool = True
    promises: Promises = NOTHING_PROMISED
    second: bool = False
    merging: MergeLimits = MERGING


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A reply that serves everybody who asks the same until `until`."""

    reply_id: str
    until: int
    rule: str = ""


@dataclass(slots=True, kw_only=True)
class Session:
    """One room's memory. decide() reads it, absorb() is the only thing that changes it. `stream` is the latest one; `live`: it goes on."""

    room: str
    policy: RoomPolicy = RoomPolicy()
    stream: int = 0
    live: bool = False
    answers: dict[str, Answered] = field(default_factory=dict)  # topic → the reply that serves it
    settled: dict[str, dict[str, Answered]] = field(default_factory=dict)  # replies that moderators ended → what they served, for an undo
    uses: dict[str, int] = field(default_factory=dict)  # rule → how often it spoke, to vary its wording in turn
    outgoing: dict[str, tuple[str, int]] = field(default_factory=dict)  # folded text that left → (reply id, when)
    own_messages: dict[str, int] = field(default_factory=dict)  # native ids of what we said
    own_ids: dict[str, int] = field(default_factory=dict)  # who we are to the platform, once it is known
    echoes: dict[str, str] = field(default_factory=dict)  # comments taken for ours by their words → their author's id
    unseen: dict[str, str] = field(default_factory=dict)  # replies that left, but were not seen in the room yet → folded text
    addressed: dict[str, str] = field(default_factory=dict)  # reply → the comment that it answers
    credited: dict[str, tuple[str, ...]] = field(default_factory=dict)  # reply → other comments that it serves
    deleted: dict[str, int] = field(default_factory=dict)  # comments that the platform took back → when
    orders: dict[str, Issue] = field(default_factory=dict)  # issues that orders raised
    on_air: tuple[tuple[int, str], ...] = ()  # when which product came on air, as it was named
    bundles: tuple[int, ...] = ()  # when bundles were suggested
    memory: Memory = field(default_factory=Memory)  # who said what of late; memory.remember() keeps it
    modes: dict[str, ModeSet] = field(default_factory=dict)  # rule, "" for the room → what a person set it to
    quiet: dict[str, int] = field(default_factory=dict)  # viewer or topic that a person is answering → until when
    nudged: dict[str, int] = field(default_factory=dict)  # who was asked in this stream to keep their data to themselves → when

    def shown(self, comment: Comment, now: int) -> str:
        """The product that the viewer saw when they wrote: on air one stream delay before; "" where nobody knows."""
        written = min(comment.sent_at or now, now)
        known = (*self.on_air, (written, comment.product)) if comment.product else self.on_air
        earlier = [product for at, product in known if at <= written - int(self.policy.delay * 1000)]
        return earlier[-1] if earlier else (comment.product or "") if not self.on_air else ""

    def was_nudged(self, comment: Comment) -> bool:
        return _who(comment) in self.nudged

    def mode(self, rule: str, configured: Mode) -> Mode:
        """The mode of a rule (of the room: ""): what a person set it to, as long as the configuration says what it said then."""
        found = self.modes.get(rule)
        return next((mode for mode in MODES if found and found.over == configured and mode == found.mode), configured)

    def is_quiet(self, viewer: str, topics: Iterable[str | None], now: int) -> bool:
        """Whether a person is answering that viewer (pseudonym), or one of those topics."""
        if not self.quiet:
            return False
        keys = (f"viewer {viewer}" if viewer else "", *(f"topic {topic}" for topic in topics if topic))
        return any(self.quiet.get(key, 0) > now for key in keys)

    def serving(self, topic: str, now: int) -> Answered | None:
        found = self.answers.get(topic)
        return found if found and found.until > now else None

    def echo_of(self, comment: Comment, now: int) -> str | None:
        """None where these are not our own words come back; else the id of the reply that they are, "" where it may be one of several.

        They are ours if they left within the last minutes and it may be us who said them. The same words leave in answer to many: a
        doubt must not be settled by the echo of another reply.
        """
        if not self.outgoing or (self.own_ids and comment.author.id not in self.own_ids):
            return None
        words = fold(comment.text)
        found = self.outgoing.get(words)
        if not found or now - found[1] >= ECHO_MS:
            return None
        unseen = [reply_id for reply_id, text in self.unseen.items() if text == words]
        if comment.reply_to:
            named = [reply_id for reply_id in unseen if self.addressed.get(reply_id) == comment.reply_to]
            unseen = named or [reply_id for reply_id in unseen if reply_id not in self.addressed]
        return unseen[0] if len(unseen) == 1 else ""


def wording_of(reply: Reply) -> str:
    """The same answer by another rule is the same answer."""
    return f"={fold(reply.text)}"


def _who(comment: Comment) -> str:
    return comment.author.id or comment.author.name


def topic_of(reply: Reply) -> str:
    """What a reply is about: its rule and the facts in it; a receipt line is about its own words, which name the viewer."""
    return reply.text if reply.kind == "ack" else f"{reply.rule}|{reply.facts}" if reply.facts else reply.rule


def absorb(session: Session, recorded: Recorded, decisions: Sequence[Decision], cooldowns: Mapping[str, float]) -> Session:
    """The session after an event and what was decided about it. cooldowns: rule id → seconds, where it is not the default of 60."""
    now = recorded.received_at
    if recorded.stream > session.stream:
        session.stream, session.live = recorded.stream, True
        session.nudged.clear()
    match recorded.event:
        case StreamEnded():
            session.live, session.on_air = False, ()
        case OnAir(product=product):
            _comes_on_air(session, product, now)
        case ModeSet(rule=rule) as event:
            _remember(session.modes, rule, event)
        case Quiet(viewer=viewer, topic=topic, until=until):
            _remember(session.quiet, f"viewer {viewer}" if viewer else f"topic {topic}", until)
        case Outgoing(key=key, text=text):
            _remember(session.outgoing, fold(text), (key, now))
            _remember(session.unseen, key, fold(text))
        case Settled(key=key, state=state, native_id=native):
            if native:
                _remember(session.own_messages, native, now)
                _is_us(session, session.echoes.get(native), now)
                session.unseen.pop(key, None)  # its echo will be known by its id
            if state in {"denied", "aloud", "held", "queued"}:
                _moderated(session, key, state, now, cooldowns)
            if state in {"refused", "expired", "denied"}:
                session.answers = {topic: a for topic, a in session.answers.items() if a.reply_id != key}
                session.unseen.pop(key, None)
                others = {text: other for other, text in session.unseen.items()}  # the same words, in answer to somebody else
                session.outgoing = {
                    text: left if left[0] != key else (others[text], left[1])
                    for text, left in session.outgoing.items()
                    if left[0] != key or text in others
                }
        case Comment(id=id_, author=author) if id_ in session.own_messages:
            _is_us(session, author.id, now)
        case Comment(id=id_, author=author) if decisions and isinstance(decisions[0], Pass) and decisions[0].reason == "echo":
            _remember(session.echoes, id_, author.id)
        case CommentDeleted(id=id_):
            _remember(session.deleted, id_, now)
            session.credited = {reply: tuple(one for one in served if one != id_) for reply, served in session.credited.items()}
        case _:
            pass
    if isinstance(recorded.event, Comment) and recorded.event.product and not recorded.history:
        _comes_on_air(session, recorded.event.product, min(recorded.event.sent_at or now, now))
    for decision in decisions:
        if isinstance(decision, Send | Hold):
            reply = decision.reply
            until = now + int(cooldowns.get(reply.rule, 60.0) * 1000)
            for topic in (topic_of(reply), *((wording_of(reply),) if reply.kind == "answer" else ())):
                _remember(session.answers, topic, Answered(reply_id=reply.id, until=until, rule=reply.rule))
            if is_bundle(reply.facts) and not reply.part:
                session.bundles = (*session.bundles[-KEPT_SHORT:], now)
            session.uses[reply.rule] = session.uses.get(reply.rule, 0) + (reply.part == 0)
            if reply.to:
                _remember(session.addressed, reply.id, reply.to)
            if reply.kind == "nudge" and isinstance(recorded.event, Comment) and (who := _who(recorded.event)):
                _remember(session.nudged, who, now)
        elif isinstance(decision, Credit) and isinstance(recorded.event, Comment):
            served_too(session, decision.reply_id, recorded.event.id)
        elif isinstance(decision, Withdraw) and decision.others:
            session.addressed.pop(decision.reply_id, None)
        elif isinstance(decision, Withdraw) or (isinstance(decision, Revise) and decision.state == "denied"):
            session.answers = {topic: a for topic, a in session.answers.items() if a.reply_id != decision.reply_id}
        elif isinstance(decision, Flag) and isinstance(recorded.event, OrderUpdate):
            _remember(session.orders, decision.issue.id, decision.issue)
        elif isinstance(decision, Pass) and decision.reason == "echo":
            session.unseen.pop(decision.about, None)
    return session


def served_too(session: Session, reply_id: str, comment_id: str) -> None:
    """The reply serves that comment, which it does not address."""
    _remember(session.credited, reply_id, (*session.credited.get(reply_id, ())[-SERVED + 1 :], comment_id))


def _moderated(session: Session, key: str, state: str, now: int, cooldowns: Mapping[str, float]) -> None:
    """What was said aloud serves whoever asks from now on as if livebot had said it; an undo makes all of it as it was."""
    if state in {"held", "queued"}:
        for topic, answer in session.settled.pop(key, {}).items():
            if session.answers.get(topic, answer).reply_id == key:  # nobody else has answered it meanwhile
                session.answers[topic] = answer
        return
    served = {topic: answer for topic, answer in session.answers.items() if answer.reply_id == key}
    _remember(session.settled, key, served)
    if state == "aloud":
        session.answers |= {t: replace(a, until=now + int(cooldowns.get(a.rule, 60.0) * 1000)) for t, a in served.items()}


def _comes_on_air(session: Session, product: str, now: int) -> None:
    if not session.on_air or session.on_air[-1][1] != product:
        session.on_air = (*session.on_air[-KEPT_SHORT:], (now, product))


def _is_us(session: Session, author_id: str | None, now: int) -> None:
    if author_id:
        _remember(session.own_ids, author_id, now)


def _remember(kept: dict[str, T], key: str, value: T) -> None:
    kept.pop(key, None)
    kept[key] = value
    if len(kept) > KEPT:
        del kept[next(iter(kept))]
