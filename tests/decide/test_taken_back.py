"""A deleted comment takes along what waits to be said about it; an order's update becomes an issue, and never a word in the room."""

from collections.abc import Sequence

import pytest

from livebot.decide.actions import Decision, Flag, Hold, Join, Pass, Send, Withdraw
from livebot.decide.events import Comment, CommentDeleted, OrderUpdate, Outgoing, Recordable, Recorded, Settled, StreamEnded, Viewer
from livebot.decide.matching import Matcher
from livebot.decide.policy import decide
from livebot.decide.rulebook import FaqRule, FlagRule, FollowUpRule, Rulebook
from livebot.decide.session import Session

BOOK = Rulebook(
    faqs=(
        FaqRule(id="ship", when=(("发货",),), say=("看商品页",)),
        FaqRule(id="auth", when=(("正品",),), say=("都是正品",), mode="suggest"),
    ),
    flags=(FlagRule(id="return", category="post.return", when=(("退货",),), ack=("已登记",)),),
    follow_ups=(FollowUpRule(id="later", anchor="issue", offset=60.0, say=("还在处理",)),),
)


class Room:
    def __init__(self) -> None:
        self.session, self.seq, self.matcher = Session(room="r"), 0, Matcher(BOOK)

    def happens(self, event: Recordable, stream: int = 1) -> Sequence[Decision]:
        self.seq += 1
        recorded = Recorded(seq=self.seq, room="r", stream=stream, received_at=self.seq * 1000, event=event)
        self.session, decisions = decide(self.session, recorded, self.matcher)
        return decisions

    def says(self, text: str, id_: str, who: str = "甲") -> Sequence[Decision]:
        return self.happens(Comment(id=id_, author=Viewer(id=who, name=who), text=text))


def replies(decisions: Sequence[Decision]) -> list[str]:
    return [one.reply.id for one in decisions if isinstance(one, Send | Hold)]


@pytest.mark.parametrize("text", ["什么时候发货", "是正品吗"])
def test_what_waits_is_withdrawn_and_serves_nobody_any_more(text: str) -> None:
    room = Room()
    [reply] = replies(room.says(text, "c1"))
    assert room.happens(CommentDeleted(id="c1")) == (Withdraw(reply_id=reply),)
    [again] = replies(room.says(text, "c2", "乙"))
    assert again != reply


def test_what_others_asked_too_is_said_to_them_until_the_last_one_is_gone() -> None:
    room = Room()
    [reply] = replies(room.says("什么时候发货", "c1"))
    room.says("几号发货呀", "c2", "乙")
    assert room.happens(CommentDeleted(id="c1")) == (Withdraw(reply_id=reply, others=True),)
    assert room.happens(CommentDeleted(id="c2")) == (Withdraw(reply_id=reply),)


@pytest.mark.parametrize(
    "after", [[Outgoing(key="?", text="看商品页")], [Settled(key="?", state="sent")], [Settled(key="?", state="denied")]]
)
def test_what_left_or_ended_stays(after: list[Outgoing | Settled]) -> None:
    room = Room()
    [reply] = replies(room.says("什么时候发货", "c1"))
    for event in after:
        room.happens(Outgoing(key=reply, text=event.text) if isinstance(event, Outgoing) else Settled(key=reply, state=event.state))
    assert room.happens(CommentDeleted(id="c1")) == (Pass(reason="noted"),)


def test_its_issue_stays_and_is_marked() -> None:
    room = Room()
    decisions = room.says("我要退货", "c1")
    [issue] = [one.issue for one in decisions if isinstance(one, Flag)]
    [receipt] = replies(decisions)
    withdrawn, marked = room.happens(CommentDeleted(id="c1"))
    assert withdrawn == Withdraw(reply_id=receipt)
    assert isinstance(marked, Join)
    assert (marked.issue_id, marked.how, marked.priority) == (issue.id, "deleted", issue.priority)


def test_a_comment_that_was_deleted_before_it_came_is_flagged_and_not_answered() -> None:
    room = Room()
    room.happens(CommentDeleted(id="c1"))
    room.happens(CommentDeleted(id="c2"))
    assert room.says("什么时候发货", "c1") == (Pass(reason="deleted", rule="ship"),)
    assert [type(one).__name__ for one in room.says("我要退货", "c2")] == ["Flag", "Schedule"]


def test_a_comment_nobody_knows_is_noted() -> None:
    assert Room().happens(CommentDeleted(id="?")) == (Pass(reason="noted"),)


def order(id_: str, state: str, number: str = "57690001") -> OrderUpdate:
    return OrderUpdate(id=id_, order=number, state=state, buyer=Viewer(id="b", name="买家"))


@pytest.mark.parametrize(
    ("state", "category"), [("cancelled", "mid.cancel"), ("return", "post.return"), ("refund", "post.refund"), ("Refund", "post.refund")]
)
def test_what_asks_for_work_is_an_issue_and_nothing_is_said(state: str, category: str) -> None:
    [flag] = Room().happens(order("n1", state))
    assert isinstance(flag, Flag)
    assert flag.issue.category == category


@pytest.mark.parametrize("state", ["created", "paid", "shipped", "delivered", "AWAITING_COLLECTION", ""])
def test_other_states_are_only_noted(state: str) -> None:
    assert Room().happens(order("n1", state)) == (Pass(reason="noted"),)


def test_updates_of_one_order_are_one_issue_also_over_streams() -> None:
    room = Room()
    [first] = room.happens(order("n1", "cancelled"))
    room.happens(StreamEnded())
    [same] = room.happens(order("n2", "cancelled"), stream=2)
    [more] = room.happens(order("n3", "refund"), stream=2)
    [other] = room.happens(order("n4", "refund", "57690002"), stream=2)
    assert isinstance(first, Flag)
    assert isinstance(same, Join)
    assert isinstance(more, Join)
    assert isinstance(other, Flag)
    assert {same.issue_id, more.issue_id} == {first.issue.id} != {other.issue.id}
    assert (same.how, more.how) == ("update", "order")


def test_without_an_order_each_update_stands_for_itself() -> None:
    room = Room()
    first, second = room.happens(order("n1", "return", ""))[0], room.happens(order("n2", "return", ""))[0]
    assert isinstance(first, Flag)
    assert isinstance(second, Flag)
    assert first.issue.id != second.issue.id
