"""What belongs to an issue, answers in the room, and files of it all, with a real journal, sender and platform."""

import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from queue_backends import backend, issue, journal_at, on_both, until
from small_house import MATCHER, engine_of, running

from livebot.decide.events import Comment, OnAir, Outgoing, Viewer
from livebot.decide.guard import judge
from livebot.decide.session import RoomPolicy
from livebot.deliver.desk.evidence import evidence
from livebot.deliver.desk.export import BOM, COLUMNS, export
from livebot.deliver.desk.inbox import Inbox, Wanted
from livebot.deliver.desk.issue_acts import IssueActs
from livebot.deliver.desk.moderation import Moderation, Unfit
from livebot.deliver.desk.room_reply import acknowledgement, new_code, receipt_code, reply
from livebot.deliver.issues import IssuePublisher
from livebot.deliver.queue import IssueQueue
from livebot.keep.journal import Journal
from livebot.keep.unmask import unmask, unmaskings
from livebot.simulate.bridge import BridgeServer
from livebot.simulate.recording import Line

AT = 1_700_000_000_000


@pytest.fixture
async def inbox(kind: str, tmp_path: Path) -> AsyncIterator[Inbox]:
    async with backend(kind, tmp_path / "queue") as make:
        yield Inbox(make())


@pytest.fixture
async def journal(tmp_path: Path) -> AsyncIterator[Journal]:
    async with journal_at(tmp_path) as opened:
        yield opened


async def says(journal: Journal, *lines: tuple[int, str, str]) -> None:
    """(seconds, who, what); "product" puts something on air, "livebot" is what we said."""
    for second, who, text in lines:
        event = (
            OnAir(product=text)
            if who == "product"
            else Outgoing(key=f"o{second}", text=text)
            if who == "livebot"
            else Comment(id=f"c{second}-{who}", author=Viewer(id=who, name=f"{who}小姐"), text=text)
        )
        await journal.append("r", event, received_at=AT + second * 1000)


async def decided(journal: Journal, queue: IssueQueue) -> None:
    engine = engine_of(journal, MATCHER)
    engine.restore()
    while await engine.step():
        pass
    await IssuePublisher(journal, queue, {"r": "bridge"}).catch_up()


@on_both
async def test_an_issue_carries_its_evidence(inbox: Inbox, journal: Journal) -> None:
    await says(
        journal,
        (0, "product", "杯子"),
        (1, "张", "什么时候发货"),
        (2, "李", "太早了"),
        (400, "product", "围巾 13800138000"),
        (410, "王", "刚好不算"),
        (450, "赵", "主播好"),
        (480, "张", "我要退货，电话 13900139000"),
        (500, "livebot", "大家稍等"),
        (539, "钱", "还在一分钟里"),
        (541, "孙", "已经太晚了"),
        (1200, "张", "我要退货，另一件"),
    )
    await decided(journal, inbox.queue)
    issues = (await inbox.list(Wanted())).items
    first, second = sorted((item.issue for item in issues), key=lambda one: one.created_at)
    found = await evidence(journal, inbox, first)
    assert found.why is None
    assert found.comment is not None
    assert (found.comment.who, found.comment.text) == ("张*", "我要退货，电话 139****9000")
    assert [said.text for said in found.around] == ["主播好", "我要退货，电话 139****9000", "大家稍等", "还在一分钟里"]
    assert [said.own for said in found.around] == [False, False, True, False]
    assert found.on_air == "围巾 138****8000"
    assert [said.text for said in found.comments] == ["什么时候发货"]
    assert {told.text for told in found.replies} >= {"发货看商品页"}
    assert [item.issue.id for item in found.issues] == [second.id]
    later = await evidence(journal, inbox, second)
    assert [said.text for said in later.comments] == ["我要退货，电话 139****9000", "什么时候发货"]
    assert (await unmask(journal, first.id, actor="小王", role="after-sales", reason="回电")).text == "我要退货，电话 13900139000"
    assert [one.actor for one in unmaskings(journal)] == ["小王"]


@on_both
async def test_an_issue_of_another_computer_says_so_and_shows_what_came_along(inbox: Inbox, journal: Journal) -> None:
    context = '[{"at": 5, "author": "李*", "text": "我也没收到"}, 7]'
    await inbox.queue.publish(
        "p", 0, [issue(1, room="别处", context='[{"at": 5, "author": "李*", "text": "我也没收到"}]'), issue(2, context=context)]
    )
    found = await evidence(journal, inbox, (await inbox.show("id-1")).issue)
    assert "别处" in (found.why or ("",))[0]
    assert [(said.who, said.text) for said in found.around] == [("李*", "我也没收到")]
    assert [item.issue.id for item in found.issues] == ["id-2"]
    assert (await evidence(journal, inbox, (await inbox.show("id-2")).issue)).around == ()


# ── answers in the room ───────────────────────────────────────────────────────


def test_codes_read_as_codes_and_pass_the_guard() -> None:
    codes = {new_code() for _ in range(300)}
    assert len(codes) == 300
    for code in codes:
        text = acknowledgement_of("张*").replace("{code}", code)
        assert judge(text).verdict == "ok", text


def acknowledgement_of(author: str) -> str:
    from livebot.deliver.queue import QueuedIssue

    return acknowledgement(QueuedIssue(id="x", fields={"author": author}, state="received", created_at=0, updated_at=0))


@on_both
async def test_an_answer_leaves_once_with_its_code_and_stands_in_the_history(inbox: Inbox, journal: Journal) -> None:
    told = [Line(id="c1", t_ms=0, text="我要退货", user="u1", name="张三")]
    async with BridgeServer(told, speed=None, ends=False) as platform, running(journal, platform.url("r")):
        await until(lambda: journal.value("SELECT count(*) FROM issues"))
        await IssuePublisher(journal, inbox.queue, {"r": "bridge"}).catch_up()
        [item] = (await inbox.list(Wanted())).items
        desk = Moderation(journal=journal, policies={"r": RoomPolicy(max_chars=50)})
        said = [await reply(inbox.queue, desk, item.issue, acknowledgement(item.issue), actor="小王", key="k1") for _ in range(3)]
        assert len({one.id for one in said}) == len({one.text for one in said}) == 1
        await until(lambda: any(said[0].text == one.text for one in platform.says))
        await reply(inbox.queue, desk, item.issue, "请稍等，马上看", actor="小王", key="k2")
        await until(lambda: any(one.text == "请稍等，马上看" for one in platform.says))
        assert [one.text for one in platform.says].count(said[0].text) == 1
        for wrong in ("", "全网最低价", "加我微信 abc123", "电话 13800138000", "很长" * 200):
            with pytest.raises(Unfit):
                await reply(inbox.queue, desk, item.issue, wrong, actor="小王")
        with pytest.raises(Unfit, match=r"发言|said"):
            await reply(inbox.queue, Moderation(journal=journal, policies={}), item.issue, "好的", actor="小王")
        shown = await inbox.show(item.issue.id)
        assert shown.issue.receipt == said[0].code == await receipt_code(inbox.queue, item.issue.id)
        assert await inbox.whole_id(said[0].code.lower()) == item.issue.id
        assert [(one.act, one.actor, one.note) for one in shown.issue.history] == [
            ("reply", "小王", said[0].text),
            ("reply", "小王", "请稍等，马上看"),
        ]


# ── files ─────────────────────────────────────────────────────────────────────


async def whole(pieces: AsyncIterator[str]) -> str:
    return "".join([piece async for piece in pieces])


@on_both
async def test_what_is_exported_can_be_read_back_and_runs_nowhere(inbox: Inbox) -> None:
    texts = ('=cmd|"/c calc"!A1', "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1", 'a,"b"\nc', "普通")
    await inbox.queue.publish("p", 0, [issue(n, text=text, room="r1" if n % 2 else "r2") for n, text in enumerate(texts, 1)])
    acts = IssueActs(inbox.queue, "=小王")
    await acts.claim("id-1")
    told = {"problem": "少一件", "wanted": "补发", "order": "4200012345678901", "product": "3 号"}
    await acts.hand_over("id-2", "warehouse", told)
    await acts.merge("id-3", ["id-5"])
    text = await whole(export(inbox, Wanted(done=True), "csv", for_excel=True))
    assert text.startswith(BOM)
    rows = list(csv.DictReader(io.StringIO(text[1:], newline="")))
    assert list(rows[0]) == list(COLUMNS)
    assert len(rows) == len(texts)
    assert not [cell for row in rows for cell in row.values() if cell.lstrip()[:1] in tuple("=+-@＝")]
    known = {row["id"]: row for row in rows}
    assert (known["id-8"]["text"], known["id-2"]["team"], known["id-5"]["duplicate_of"]) == ('a,"b"\nc', "warehouse", "id-3")
    data = {one["id"]: one for one in json.loads(await whole(export(inbox, Wanted(done=True), "json")))}
    assert len(data) == len(texts)
    assert [step["act"] for step in data["id-1"]["history"]] == ["claim"]
    assert (data["id-3"]["merged"], data["id-3"]["viewers"]) == (["id-5"], "1")
    assert data["id-2"]["handover"]["order"] != told["order"]
    assert json.loads(await whole(export(inbox, Wanted(room="nowhere"), "json"))) == []
    assert len(json.loads(await whole(export(inbox, Wanted(room="r1"), "json", histories=False)))) == 4


@on_both
async def test_a_long_export_is_written_in_pieces(inbox: Inbox) -> None:
    await inbox.queue.publish("p", 0, [issue(n) for n in range(1, 1203)])
    for format in ("csv", "json"):
        pieces = [piece async for piece in export(inbox, Wanted(), format)]  # type: ignore[arg-type]
        assert len(pieces) > 3
        assert "".join(pieces).count("id-1202") == 1
    assert len(json.loads(await whole(export(inbox, Wanted(), "json", limit=7)))) == 7
    await asyncio.sleep(0)
