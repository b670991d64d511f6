"""A second opinion: who is asked, what it is worth, and what becomes of the answer that waits for it."""

import pytest
from msgspec.structs import replace

from livebot.decide.actions import Hold, Revise, Send
from livebot.decide.events import Comment, Recorded, SecondOpinion, Viewer
from livebot.decide.matching import AUTO, BY_WORDS, HOLD, Hit, Match, Matcher
from livebot.decide.meaning.second import LOW, Opinion, described, is_latin, revised, weigh, worth_asking
from livebot.decide.policy import decide
from livebot.decide.rulebook import FaqRule, FlagRule, Rulebook
from livebot.decide.session import RoomPolicy, Session

SHIP = FaqRule(id="ship", ask=("什么时候发货",), say=("看商品页",))
SIZE = FaqRule(id="size", ask=("穿什么码",), say=("看尺码表",))
RETURN = FlagRule(id="return", category="post.return", when=(("退货",),))
ABUSE = FlagRule(id="abuse", category="any.abuse", when=(("骂人",),))


def found(text: str, *answers: tuple[FaqRule, float], flags: tuple[FlagRule, ...] = (), words: tuple[str, ...] = ()) -> Match:
    hits = tuple(Hit(rule=rule, confidence=p, words=words) for rule, p in answers)
    return Match(folded=text, answers=hits, flags=tuple(Hit(rule=flag, confidence=BY_WORDS) for flag in flags))


@pytest.mark.parametrize(
    ("match", "asked"),
    [
        (found("啥时候给发", (SHIP, (HOLD + AUTO) / 2)), True),
        (found("啥时候给发", (SHIP, AUTO)), False),  # sure enough
        (found("啥时候给发", (SHIP, HOLD - 0.01)), False),  # in Chinese our own probability is good enough to say no
        (found("when will it go out", (SHIP, LOW)), True),
        (found("when will it go out", (SHIP, 0.9)), True),  # in English it is not good enough to say yes either
        (found("when will it go out", (SHIP, LOW - 0.01)), False),
        (found("什么时候发货", (SHIP, 1.0)), False),  # the very phrasing
        (found("when", (SHIP, BY_WORDS), words=("when",)), False),  # the rule's own words
        (found("我要退货啥时候发", (SHIP, 0.5), flags=(RETURN,)), False),  # an issue comes first
        (found("骂人啥时候发", (SHIP, 0.5), flags=(ABUSE,)), False),
        (found("哈哈"), False),
    ],
)
def test_who_is_asked(match: Match, asked: bool) -> None:
    assert worth_asking(match) is asked


@pytest.mark.parametrize(
    ("text", "latin"), [("how much", True), ("多少钱", False), ("xl 有吗", False), ("12 3 ?!", False), ("", False), ("ü?", True)]
)
def test_what_is_written_with_an_alphabet(text: str, latin: bool) -> None:
    assert is_latin(text) is latin


def test_what_is_nearer_than_the_next_is_worth_more_and_rules_of_one_question_are_no_rivals() -> None:
    answers = [("ship", 0.5), ("size", 0.2)]
    near = {"ship": 0.93, "ship.en": 0.92, "size": 0.85, "other": 0.8}
    alone = described(answers, near, {})
    together = described(answers, near, {"ship": "pre.ship_when", "ship.en": "pre.ship_when"})
    assert alone["ship"][2] == pytest.approx(0.01)
    assert together["ship"][2] == pytest.approx(0.08)
    assert together["size"][2] == pytest.approx(-0.08)
    weights = [-20.0, 0.4, 20.0, 20.0, 0.1]
    hits = [Hit(rule=SHIP, confidence=0.5), Hit(rule=SIZE, confidence=0.2)]
    near_it, far = weigh(hits, near, {}, weights), weigh(hits, {**near, "size": 0.99}, {}, weights)
    assert near_it.rule == "ship"
    assert far.rule == "size"
    assert 0 < near_it.confidence < 1


def test_an_opinion_takes_the_place_of_our_own_probability() -> None:
    after = revised(found("x", (SHIP, 0.5), (SIZE, 0.4)), Opinion("size", 0.8))
    assert [(hit.rule.id, hit.confidence) for hit in after.answers] == [("size", 0.8), ("ship", HOLD)]
    unsure = revised(found("x", (SHIP, 0.5), (SIZE, 0.4)), Opinion("ship", 0.1))
    assert all(hit.confidence <= 0.1 for hit in unsure.answers)


class Unsure(Matcher):
    """Finds the first rule with a probability of its own choosing."""

    def __init__(self, confidence: float) -> None:
        super().__init__(Rulebook(faqs=(SHIP,), flags=(RETURN,)))
        self.confidence = confidence

    def match(self, text: str) -> Match:
        return replace(super().match(text), answers=(Hit(rule=SHIP, confidence=self.confidence),))


def at(seq: int, event: Comment | SecondOpinion) -> Recorded:
    return Recorded(seq=seq, room="r", stream=1, received_at=1_000 * seq, event=event)


def asking(text: str, confidence: float, policy: RoomPolicy) -> tuple[Session, Hold | Send | object]:
    session, (decision, *_) = decide(
        Session(room="r", policy=policy, stream=1, live=True), at(1, Comment(id="c", author=Viewer(), text=text)), Unsure(confidence)
    )
    return session, decision


@pytest.mark.parametrize(
    ("text", "own", "policy", "outcome"),
    [
        ("啥时候给发", 0.5, RoomPolicy(second=True), "asking"),
        ("啥时候给发", 0.5, RoomPolicy(), "unsure"),
        ("啥时候给发", 0.7, RoomPolicy(second=True), "sent"),
        ("when do you send", 0.7, RoomPolicy(second=True), "asking"),
        ("when do you send", 0.7, RoomPolicy(), "sent"),
        ("when do you send", 0.1, RoomPolicy(second=True), "asking"),
        ("when do you send", 0.1, RoomPolicy(), "nothing"),
        ("啥时候给发", 0.5, RoomPolicy(second=True, mode="suggest"), "unsure"),  # a person looks anyway
        ("啥时候给发", 0.5, RoomPolicy(second=True, can_send=False), "unsure"),
        ("啥时候给发", 0.5, RoomPolicy(second=True, mode="listen"), "nothing"),
    ],
)
def test_what_is_unsure_waits_for_it(text: str, own: float, policy: RoomPolicy, outcome: str) -> None:
    _, decision = asking(text, own, policy)
    happened = decision.why if isinstance(decision, Hold) else "sent" if isinstance(decision, Send) else "nothing"
    assert happened == outcome


@pytest.mark.parametrize(("confidence", "state"), [(AUTO, "queued"), (AUTO - 0.01, "held"), (HOLD, "held"), (HOLD - 0.01, "denied")])
def test_what_becomes_of_the_answer(confidence: float, state: str) -> None:
    session, hold = asking("啥时候给发", 0.5, RoomPolicy(second=True))
    assert isinstance(hold, Hold)
    opinion = SecondOpinion(key=hold.reply.id, rule="ship", confidence=confidence, model="e5")
    session, decisions = decide(session, at(2, opinion), Unsure(0.5))
    assert decisions == (Revise(reply_id=hold.reply.id, rule="ship", state=state),)
    assert bool(session.serving("ship", 2_000)) is (state != "denied")  # whoever asks next is not credited with an answer that never comes
