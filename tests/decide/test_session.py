"""A room's memory: a pure fold, bounded, that knows its own words from a viewer's."""

from collections.abc import Sequence
from dataclasses import fields

import pytest
from msgspec.structs import replace

from livebot.decide import session as session_module
from livebot.decide.actions import Credit, Decision, Flag, Hold, Issue, Pass, Reply, Send
from livebot.decide.events import (
    Comment,
    CommentDeleted,
    Gap,
    ModeSet,
    OrderUpdate,
    Outgoing,
    Quiet,
    Recordable,
    Recorded,
    Settled,
    StreamEnded,
    StreamStarted,
    Viewer,
)
from livebot.decide.session import ECHO_MS, Session, absorb, topic_of


def at(ms: int, event: Recordable, stream: int = 1) -> Recorded:
    return Recorded(seq=ms, room="r", stream=stream, received_at=ms, event=event)


def take(session: Session, ms: int, event: Recordable, *decisions: Decision, stream: int = 1) -> Session:
    return absorb(session, at(ms, event, stream), decisions, {"fast": 1.0})


def comment(text: str = "在吗", id_: str = "c", who: str = "u1") -> Comment:
    return Comment(id=id_, author=Viewer(id=who), text=text)


def reply(id_: str = "r1", text: str = "包邮", rule: str = "faq", kind: str = "answer") -> Reply:
    return Reply(id=id_, text=text, rule=rule, expires_at=10**9, kind=kind)


NOTED = Pass(reason="noted")


def test_a_stream_goes_on_until_its_end_and_the_next_number_is_the_next_stream() -> None:
    session = Session(room="r")
    steps: Sequence[tuple[Recordable, int, bool]] = [
        (Settled(key="k", state="sent"), 0, False),
        (Gap(since=0, until=1, reason=""), 0, False),
        (comment(), 1, True),
        (StreamStarted(), 1, True),
        (StreamEnded(), 1, False),
        (comment(), 1, False),
        (Gap(since=0, until=1, reason=""), 1, False),
        (Outgoing(key="k", text="x"), 1, False),
        (StreamStarted(), 2, True),
        (StreamEnded(), 2, False),
        (comment(), 3, True),
        (Settled(key="k", state="sent"), 2, True),
    ]
    for n, (event, stream, live) in enumerate(steps):
        take(session, n, event, NOTED, stream=stream)
        assert session.live == live, (n, event)
    assert session.stream == 3


def test_one_answer_serves_its_topic_for_its_cooldown() -> None:
    session = Session(room="r")
    take(session, 1000, comment(), Send(reply(rule="fast")))
    take(session, 1000, comment(), Hold(reply=reply("r2", rule="slow"), why="suggest"))
    assert session.serving("fast", 1999)
    assert not session.serving("fast", 2000)
    assert session.serving("slow", 60_999)
    assert not session.serving("slow", 61_000)
    assert not session.serving("other", 1000)
    assert session.uses == {"fast": 1, "slow": 1}


@pytest.mark.parametrize(
    ("state", "serves"), [("sent", True), ("in_doubt", True), ("refused", False), ("expired", False), ("denied", False)]
)
def test_an_answer_that_never_came_serves_nobody(state: str, serves: bool) -> None:
    session = Session(room="r")
    take(session, 1, comment(), Send(reply("r1")))
    take(session, 1, comment(), Send(reply("r2", rule="other")))
    take(session, 2, Outgoing(key="r1", text="包邮"), NOTED)
    take(session, 3, Settled(key="r1", state=state), NOTED)
    assert bool(session.serving("faq", 4)) == serves
    assert bool(session.echo_of(comment("包邮"), 4)) == serves
    assert session.serving("other", 4)


def test_receipt_lines_are_about_their_own_words() -> None:
    assert topic_of(reply(text="@张* 已登记", kind="ack")) == "@张* 已登记"
    assert topic_of(reply(rule="faq")) == "faq"


def test_only_what_left_can_come_back() -> None:
    session = Session(room="r")
    take(session, 1, comment(), Send(reply(text="运费看下单页")))
    take(session, 1, comment(), Hold(reply=reply("r2", text="可以退"), why="suggest"))
    assert session.echo_of(comment("可以退"), 2) is None
    assert session.echo_of(comment("运费看下单页"), 2) is None
    take(session, 3, Outgoing(key="r1", text="运费看下单页 OK"), NOTED)
    assert session.echo_of(comment("运费看下单页  ｏｋ"), 4) == "r1", "platforms change spaces and widths"
    assert session.echo_of(comment("运费看下单页 OK"), 3 + ECHO_MS) is None


def test_what_is_refused_hides_no_echo_of_the_same_words() -> None:
    session = Session(room="r")
    for at, key in enumerate(("r1", "r2"), 1):
        take(session, at, Outgoing(key=key, text="包邮"), NOTED)
    take(session, 3, Settled(key="r2", state="refused"), NOTED)
    assert session.echo_of(comment("包邮"), 4) == "r1"
    take(session, 5, Settled(key="r1", state="refused"), NOTED)
    assert session.echo_of(comment("包邮"), 6) is None


def test_once_we_know_who_we_are_nobody_else_speaks_our_words() -> None:
    session = Session(room="r")
    take(session, 1, Outgoing(key="r1", text="包邮"), NOTED)
    assert session.echo_of(comment("包邮", who="stranger"), 2) == "r1", "it might be us"
    take(session, 2, comment("包邮", "m1", who="bot"), Pass(reason="echo", about="r1"))
    assert session.echo_of(comment("包邮", who="stranger"), 2) == "", "it still might, but r1 has been seen"
    take(session, 3, Settled(key="r1", state="sent", native_id="m1"), NOTED)
    assert session.echo_of(comment("包邮", who="stranger"), 4) is None
    assert session.echo_of(comment("包邮", who="bot"), 4) == ""


def test_the_echo_of_one_reply_settles_no_doubt_about_another_with_the_same_words() -> None:
    session = Session(room="r")
    for key, asked in (("r1", "c1"), ("r2", "c2")):
        answer = Reply(id=key, text="运费看下单页", rule="freight", expires_at=60_000, to=asked)
        take(session, 1, comment("包邮吗", asked), Send(answer))
        take(session, 2, Outgoing(key=key, text="运费看下单页"), NOTED)
    echo = comment("运费看下单页", "m9")
    assert session.echo_of(echo, 3) == "", "either of them"
    assert session.echo_of(replace(echo, reply_to="c1"), 3) == "r1"
    assert session.echo_of(replace(echo, reply_to="c3"), 3) == "", "neither"
    take(session, 4, Settled(key="r2", state="sent", native_id="m8"), NOTED)
    assert session.echo_of(echo, 5) == "r1", "the other will be known by its id"
    take(session, 6, echo, Pass(reason="echo", about="r1"))
    assert session.echo_of(echo, 7) == ""


def test_who_we_are_is_learnt_from_a_native_id_too_and_never_from_an_anonymous_one() -> None:
    session = Session(room="r")
    take(session, 1, Settled(key="r1", state="sent", native_id="m1"), NOTED)
    take(session, 2, comment("包邮", "m1", who=""), Pass(reason="echo"))
    assert session.own_ids == {}
    take(session, 3, comment("包邮", "m1", who="bot"), Pass(reason="echo"))
    assert set(session.own_ids) == {"bot"}


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_module, "KEPT", 10)
    session = Session(room="r")
    for n in range(2_000):
        key = f"r{n}"
        take(session, n, comment(f"t{n}", f"c{n}"), Send(reply(key, f"@{n} 已登记", "ack", "ack")))
        take(session, n, comment(f"p{n}", f"p{n}", f"v{n}"), Send(reply(f"n{n}", "私信", "privacy", "nudge")))
        take(session, n, Settled(key=f"n{n}", state="aloud"), NOTED)
        take(session, n, comment(f"q{n}", f"q{n}"), Credit(reply_id=key, rule="ack"))
        take(session, n, CommentDeleted(id=f"old{n}"), NOTED)
        issue = Issue(id=f"i{n}", category="mid.cancel", priority="P1", rules=("livebot.order",))
        take(session, n, OrderUpdate(id=f"o{n}", order=f"o{n}", state="cancelled"), Flag(issue))
        take(session, n, ModeSet(mode="listen", rule=f"rule{n}"), NOTED)
        take(session, n, Quiet(viewer=f"{n}", until=n + 9), NOTED)
        take(session, n, Outgoing(key=key, text=f"text {n}"), NOTED)
        take(session, n, comment(f"text {n}", f"e{n}", f"bot{n}"), Pass(reason="echo", about=key))
        take(session, n, Settled(key=key, state="sent", native_id=f"e{n}"), NOTED)
    sizes = {field.name: len(value) for field in fields(session) if isinstance(value := getattr(session, field.name), dict)}
    told = {"answers", "uses", "outgoing", "own_messages", "own_ids", "echoes", "unseen", "addressed", "nudged"}
    assert set(sizes) == {*told, "settled", "modes", "quiet", "credited", "deleted", "orders"}
    assert max(sizes.values()) <= 10
    assert session.echo_of(comment("text 1999", who="bot1999"), 2_000) is not None, "the latest are kept"
