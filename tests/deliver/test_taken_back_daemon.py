"""Deleted comments and orders on their way through a real journal, engine, sender and queue, and over a bridge."""

import io
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from queue_backends import backend, journal_at, on_both
from small_house import MATCHER, engine_of, running

from livebot.cli.issues import show_issue
from livebot.decide.events import Comment, CommentDeleted, OrderUpdate, Recordable, SecondOpinion, Viewer, viewer_key
from livebot.deliver.desk.evidence import GONE, evidence
from livebot.deliver.desk.inbox import Inbox, Wanted
from livebot.deliver.issues import IssuePublisher
from livebot.engine import Engine
from livebot.keep import clock
from livebot.keep.erasure import erase, people
from livebot.keep.figures import figures
from livebot.keep.journal import Journal
from livebot.keep.seal import ERASED, KeyedSealer
from livebot.keep.unmask import unmask
from livebot.simulate.bridge import BridgeServer

ORDER = "57690001234567"


@pytest.fixture
async def inbox(kind: str, tmp_path: Path) -> AsyncIterator[Inbox]:
    async with backend(kind, tmp_path / "queue") as make:
        yield Inbox(make())


@pytest.fixture
async def journal(tmp_path: Path) -> AsyncIterator[Journal]:
    async with journal_at(tmp_path) as opened:
        yield opened


def comment(id_: str, text: str, who: str = "甲") -> Comment:
    return Comment(id=id_, author=Viewer(id=who, name=f"{who}小姐"), text=text)


def update(id_: str, state: str, who: str = "甲") -> OrderUpdate:
    return OrderUpdate(id=id_, order=ORDER, state=state, buyer=Viewer(id=who, name=f"{who}小姐" if who else ""), product="连衣裙")


async def happens(journal: Journal, *events: Recordable, engine: Engine | None = None) -> None:
    for event in events:
        saved = journal.append("r", event)
    await saved
    if engine is None:
        engine = engine_of(journal, MATCHER)
        engine.restore()
    while await engine.step():
        pass


def states(journal: Journal) -> list[tuple[str, ...]]:
    return [tuple(row) for row in journal.read("SELECT rule, state, coalesce(why, ''), coalesce(reply_to, '') FROM replies ORDER BY rowid")]


@pytest.mark.parametrize("restarted", [False, True])
async def test_what_waits_about_a_deleted_comment_is_not_said(journal: Journal, restarted: bool) -> None:
    engine = engine_of(journal, MATCHER)
    engine.restore()
    same = None if restarted else engine
    await happens(journal, comment("c1", "什么时候发货"), comment("c2", "是正品吗"), comment("c3", "质保多久", "乙"), engine=engine)
    await journal.write(lambda conn: conn.execute("UPDATE replies SET state = 'held', why = 'asking' WHERE rule = 'slow'"))
    asking = journal.value("SELECT id FROM replies WHERE rule = 'slow'")
    await happens(journal, CommentDeleted(id="c1"), CommentDeleted(id="c2"), CommentDeleted(id="c3"), CommentDeleted(id="c1"), engine=same)
    await happens(journal, SecondOpinion(key=asking, rule="slow", confidence=0.99, model="m"), engine=same)
    told = [id_ for (id_,) in journal.read("SELECT id FROM changes WHERE kind = 'reply' ORDER BY seq")]
    assert {told.count(id_) >= 2 for id_ in told} == {True}, "pages hear of it: the cards go away"
    gone = [("ship", "expired", "deleted", "c1"), ("auth", "expired", "deleted", "c2"), ("slow", "expired", "deleted", "c3")]
    assert states(journal) == gone
    await happens(journal, comment("c4", "什么时候发货", "丙"), engine=same)
    assert states(journal)[3:] == [("ship", "queued", "", "c4")]
    told = figures(journal, 1)
    assert (told.deleted, told.duplicates, told.states["expired"], sum(told.states.values())) == (3, 1, 3, 4)


@pytest.mark.parametrize("restarted", [False, True])
async def test_in_one_batch_and_with_somebody_else_who_asked(journal: Journal, restarted: bool) -> None:
    engine = engine_of(journal, MATCHER)
    engine.restore()
    same = None if restarted else engine
    await happens(journal, comment("c1", "什么时候发货"), comment("c2", "几号发货", "乙"), CommentDeleted(id="c1"), engine=engine)
    assert states(journal) == [("ship", "queued", "", "")]
    await happens(journal, CommentDeleted(id="c2"), engine=same)
    assert states(journal) == [("ship", "expired", "deleted", "")]


@on_both
async def test_its_issue_stays_and_says_so(inbox: Inbox, journal: Journal) -> None:
    publisher = IssuePublisher(journal, inbox.queue, {"r": "bridge"})
    await happens(journal, comment("c1", "我要退货"))
    await publisher.catch_up()
    await happens(journal, CommentDeleted(id="c1"))
    await publisher.catch_up()
    [item] = (await inbox.list(Wanted())).items
    fields = item.issue.fields
    assert (fields["text"], fields["viewers"], fields["also"], item.issue.state) == ("我要退货", "1", "[]", "received")
    assert (await evidence(journal, inbox, item.issue)).why == GONE
    out = io.StringIO()
    await show_issue(inbox, item.issue.id, "text", out)
    assert "我要退货（弹幕已被删除）" in out.getvalue()
    assert abs(int(fields["deleted"]) - clock.now_ms()) < 60_000


@on_both
async def test_an_order_is_one_issue_with_masked_text_and_evidence(inbox: Inbox, journal: Journal) -> None:
    publisher = IssuePublisher(journal, inbox.queue, {"r": "bridge"})
    await happens(journal, comment("c1", "哈哈"), update("n1", "paid"), update("n2", "cancelled"), update("n2", "cancelled"))
    await happens(journal, update("n3", "refund"))
    await publisher.catch_up()
    [item] = (await inbox.list(Wanted())).items
    fields = item.issue.fields
    assert (fields["category"], fields["comment_id"], fields["author"], fields["viewers"]) == ("mid.cancel", "", "甲*", "1")
    assert ORDER not in json.dumps(dict(fields), ensure_ascii=False)
    assert [line["how"] for line in json.loads(fields["also"])] == ["order"]
    found = await evidence(journal, inbox, item.issue)
    assert found.comment is not None
    assert [said.text for said in found.comments] == ["哈哈"]
    assert len(found.orders) == 3
    assert journal.value("SELECT count(*) FROM replies") == 0
    assert figures(journal, 1).orders == {"cancelled": 1, "paid": 1, "refund": 1}
    original = await unmask(journal, item.issue.id, actor="小王", role="after-sales", reason="核对")
    assert original.text == ORDER


async def test_an_erased_buyer_is_gone_from_the_orders(tmp_path: Path) -> None:
    sealer = KeyedSealer(tmp_path / "keys.db")
    journal = await Journal.open(tmp_path / "j.db", sealer=sealer)
    await happens(journal, update("n1", "paid"), update("n2", "cancelled"), update("n3", "paid", who=""))
    [person] = people(journal, "r", "甲小姐")
    assert person.viewer == viewer_key("r", Viewer(id="甲"))
    assert erase(journal, sealer, person.viewer) == 2
    events = [one.event for one in journal.events("ORDER BY seq")]
    assert all(isinstance(one, OrderUpdate) for one in events)
    assert [(one.order == ORDER, one.buyer) for one in events if isinstance(one, OrderUpdate)] == [
        (False, Viewer()),
        (False, Viewer()),
        (True, Viewer()),
    ]
    assert ERASED in {one.order for one in events if isinstance(one, OrderUpdate)}
    await journal.close()
    sealer.close()


async def test_over_a_bridge_a_draft_goes_and_an_order_says_nothing(journal: Journal, wait_until) -> None:  # type: ignore[no-untyped-def]
    async with BridgeServer([], ends=False) as server:
        play = server.play("room")
        async with running(journal, server.url()):
            await wait_until(lambda: server.connected == 1)
            play.post({"type": "comment", "id": "c1", "text": "是正品吗", "user": {"id": "u1", "name": "小鱼"}})
            await wait_until(lambda: journal.value("SELECT count(*) FROM replies WHERE state = 'held'") == 1)
            play.post({"type": "comment_deleted", "id": "c1"})
            play.post({"type": "order", "id": "n1", "order": ORDER, "state": "cancelled", "user": "小鱼", "product": 3})
            play.post({"type": "order", "id": "n1", "order": ORDER, "state": "cancelled"})
            play.post({"type": "order"})
            play.post({"type": "comment_deleted"})
            await wait_until(lambda: journal.value("SELECT count(*) FROM issues") == 1)
            await wait_until(lambda: journal.value("SELECT sum(n) FROM counters WHERE name = 'broken'") == 2)
    assert states(journal) == [("auth", "expired", "deleted", "c1")]
    assert server.says == []
    [order] = [one.event for one in journal.events("WHERE kind = 'order'")]
    assert order == OrderUpdate(id="n1", order=ORDER, state="cancelled", buyer=Viewer(id="小鱼", name="小鱼"), product="3")
