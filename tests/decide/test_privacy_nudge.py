"""Who writes personal data in public is asked not to: once in a stream, once for everybody within a minute, and without repeating it."""

import pytest
from shipped import shipped_matcher

from livebot.decide.actions import Decision, Flag, Join, Pass, Send
from livebot.decide.events import Comment, Recorded, StreamStarted, Viewer
from livebot.decide.policy import decide
from livebot.decide.privacy import find
from livebot.decide.session import RoomPolicy, Session

MATCHER = shipped_matcher()
MINUTE = 60_001


class Room:
    def __init__(self) -> None:
        self.session, self.seq, self.stream = Session(room="r", policy=RoomPolicy()), 0, 1

    def hears(self, text: str, who: str, at: int) -> tuple[Decision, ...]:
        self.seq += 1
        event = Comment(id=f"c{self.seq}", author=Viewer(id=who, name=f"名字{who}"), text=text)
        recorded = Recorded(seq=self.seq, room="r", stream=self.stream, received_at=at, event=event)
        self.session, decisions = decide(self.session, recorded, MATCHER)
        return decisions

    def starts_again(self, at: int) -> None:
        self.seq, self.stream = self.seq + 1, self.stream + 1
        event = StreamStarted(planned_end=None)
        self.session, _ = decide(self.session, Recorded(seq=self.seq, room="r", stream=self.stream, received_at=at, event=event), MATCHER)


def said(decisions: tuple[Decision, ...]) -> list[str]:
    return [one.reply.text for one in decisions if isinstance(one, Send)]


def flagged(decisions: tuple[Decision, ...]) -> list[tuple[str, str]]:
    """The issues that a comment is, or joins."""
    joined = [(one.category, one.priority) for one in decisions if isinstance(one, Join)]
    return [(one.issue.category, one.issue.priority) for one in decisions if isinstance(one, Flag)] + joined


@pytest.mark.parametrize(
    "text", ["我的号码13812345678", "发票发zs@qq.com", "12345678@qq.com", "一三八一二三四五六七八", "zs(at)qq.com", "SF1234567890123"]
)
def test_it_is_an_issue_and_the_nudge_repeats_nothing(text: str) -> None:
    decisions = Room().hears(text, "1", 0)
    assert ("any.privacy", "P1") in flagged(decisions)
    [nudge] = said(decisions)
    assert find(nudge) == ()
    assert text not in nudge
    assert "名字" not in nudge


def test_one_viewer_is_asked_once_in_a_stream() -> None:
    room = Room()
    assert len(said(room.hears("我的号码13812345678", "1", 0))) == 1
    for n in range(1, 5):
        again = room.hears("我的号码13812345678", "1", n * MINUTE)
        assert said(again) == []
        assert ("any.privacy", "P1") in flagged(again)  # it is masked and an issue all the same
    room.starts_again(6 * MINUTE)
    assert len(said(room.hears("我的号码13812345678", "1", 7 * MINUTE))) == 1


def test_everybody_is_asked_once_in_a_minute() -> None:
    room = Room()
    assert [len(said(room.hears("我的号码13812345678", str(n), n))) for n in range(5)] == [1, 0, 0, 0, 0]
    assert len(said(room.hears("我的号码13812345678", "9", MINUTE))) == 1


def test_who_was_only_silent_because_of_another_is_asked_later() -> None:
    room = Room()
    room.hears("我的号码13812345678", "1", 0)
    waited = room.hears("我的号码13912345678", "2", 1)
    assert said(waited) == []
    assert not any(isinstance(one, Pass) for one in waited)
    assert len(said(room.hears("我的号码13912345678", "2", MINUTE))) == 1
