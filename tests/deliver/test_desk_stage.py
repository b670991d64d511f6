"""What the streamer is shown: questions counted by people, warnings with their reason, and "I said it" that credits whoever asked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from desks import Served, serving
from livestream import Stream

from livebot.decide.events import CommentDeleted, Gap, OnAir
from livebot.decide.shop.facts import Facts, Product
from livebot.deliver.desk.alerts import alerts
from livebot.deliver.desk.asking import Asking, amounts
from livebot.keep import clock
from livebot.keep.figures import figures

FACTS = Facts(products=(Product(link=3, name="碎花裙", price="79 元"),))
UP = {"rooms": {"r": {"state": "up"}}, "parked": {}, "queue": "up", "frozen": False}


@asynccontextmanager
async def on_air(folder: Path, **over: Any) -> AsyncIterator[tuple[Served, Stream]]:
    async with serving(folder, **{"rooms": ("r",), "facts": lambda: FACTS, "ready": lambda: {**UP, "ready": True}} | over) as desk:
        stream = Stream(desk.desk.journal)
        await stream.starts()
        yield desk, stream


async def asked(stream: Stream, text: str, *users: str) -> None:
    for user in users:
        await stream.comment(text, user=user)


def found(stream: Stream) -> dict[str, int]:
    asking, now = Asking(stream.journal, "r"), clock.now_ms()
    asking.look(now)
    return {one.text: one.viewers for one in asking.questions(now)}


async def test_questions_are_counted_by_people(tmp_path: Path) -> None:
    async with on_air(tmp_path) as (_, stream):
        await asked(stream, "这个会起球吗", "a", "b", "b")
        await asked(stream, "这个会起球吗？？", "c")
        await asked(stream, "尺码", "d", "e")  # a moderator has a draft of it
        await asked(stream, "包邮吗", "f")  # answered by itself
        await asked(stream, "主播好漂亮", "g", "h", "i")
        assert found(stream) == {"这个会起球吗": 3, "尺码": 2}


async def test_what_was_deleted_from_the_room_is_not_shown_any_more(tmp_path: Path) -> None:
    async with on_air(tmp_path) as (_, stream):
        asking = Asking(stream.journal, "r")
        await stream.comment("能机洗吗", user="a", id_="c1")
        await stream.comment("能机洗吗", user="b", id_="c2")
        await stream.comment("尺码", user="d", id_="c3")
        asking.look(clock.now_ms())
        await stream.happens(CommentDeleted(id="c1"), CommentDeleted(id="c3"), CommentDeleted(id="never heard of"))
        asking.look(clock.now_ms())
        assert {one.text: one.viewers for one in asking.questions(clock.now_ms())} == found(stream) == {"能机洗吗": 1}
        await stream.happens(CommentDeleted(id="c2"))
        asking.look(clock.now_ms())
        assert asking.questions(clock.now_ms()) == []


async def test_a_new_stream_begins_anew(tmp_path: Path) -> None:
    async with on_air(tmp_path) as (_, stream):
        asking = Asking(stream.journal, "r")
        await asked(stream, "能机洗吗", "a")
        asking.look(clock.now_ms())
        await stream.ends()
        await stream.starts()
        await asked(stream, "有黑色吗", "b")
        asking.look(clock.now_ms())
        assert [one.text for one in asking.questions(clock.now_ms())] == ["有黑色吗"]


async def test_said_credits_whoever_asked_and_can_be_taken_back(tmp_path: Path) -> None:
    async with on_air(tmp_path) as (desk, stream):
        await asked(stream, "尺码", "d", "e")
        shown = (await desk.browse("streamer", "GET", "/api/v1/stage?room=r")).json["question"]
        assert (shown["text"], shown["viewers"]) == ("尺码", 2)
        done = (await desk.browse("streamer", "POST", "/api/v1/stage/said", json={"room": "r", "id": shown["id"]})).json
        assert done["viewers"] == 2
        assert figures(stream.journal, stream.id).states["credited"] == 1
        assert figures(stream.journal, stream.id).states["answered"] == 1
        again = await desk.browse("streamer", "POST", "/api/v1/stage/said", json={"room": "r", "id": shown["id"]})
        assert again.status == 409
        assert (await desk.browse("streamer", "POST", "/api/v1/stage/undo", json={"batch": done["batch"]})).status == 204
        assert found(stream) == {"尺码": 2}


async def test_said_holds_for_a_question_that_livebot_had_no_answer_to(tmp_path: Path) -> None:
    """Whoever asked it is credited, and uncredited when it is taken back; whoever asks later, asks anew."""
    async with on_air(tmp_path) as (desk, stream):

        async def say() -> str:
            shown = (await desk.browse("streamer", "GET", "/api/v1/stage")).json["question"]
            return str((await desk.browse("streamer", "POST", "/api/v1/stage/said", json={"id": shown["id"]})).json["batch"])

        def states() -> dict[str, int]:
            return {name: n for name, n in figures(stream.journal, stream.id).states.items() if n}

        await asked(stream, "主播好漂亮", "c")
        await asked(stream, "这个会起球吗", "a", "b", "b")
        batch = await say()
        assert found(stream) == {}
        assert figures(stream.journal, stream.id).unanswered == ()
        assert states() == {"answered": 1, "credited": 2, "passed": 1}
        assert sum(figures(stream.journal, stream.id).passed.values()) == 1
        assert (await desk.browse("streamer", "POST", "/api/v1/stage/undo", json={"batch": batch})).status == 204
        assert found(stream) == {"这个会起球吗": 2}
        assert states() == {"passed": 4}
        assert [one.viewers for one in figures(stream.journal, stream.id).unanswered] == [2]
        assert (await desk.browse("streamer", "POST", "/api/v1/stage/undo", json={"batch": batch})).status == 409
        await say()
        await asked(stream, "这个会起球吗", "a")
        assert states() == {"answered": 1, "credited": 2, "passed": 2}
        assert found(stream) == {"这个会起球吗": 1}


PRICES = [
    ("不是59块吗", ["59"]), ("59.9元能拍吗", ["59.9"]), ("便宜5块行吗", []), ("满200元减20元", []), ("159 元", ["159"]),
    ("59", []), ("运费10块？", []), ("５９块", ["59"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), PRICES)
def test_which_amounts_are_prices(text: str, wanted: list[str]) -> None:
    assert amounts(text) == wanted


def told(stream: Stream, **status: Any) -> list[str]:
    asking, now = Asking(stream.journal, "r"), clock.now_ms()
    asking.look(now)
    found = alerts({**UP, **status}, asking, FACTS, now)
    return [one.code for one in sorted(found, key=lambda one: -one.urgency)]


async def test_a_price_that_is_none_of_the_product_s(tmp_path: Path) -> None:
    async with on_air(tmp_path) as (_, stream):
        await stream.happens(OnAir(product="3"))
        await asked(stream, "不是59块吗", "a")
        await asked(stream, "79元对吧", "b", "c", "d")
        assert told(stream) == []
        await asked(stream, "我记得59元啊", "e")
        assert told(stream) == ["price"]
        await stream.happens(OnAir(product=""))
        assert told(stream) == []


async def test_what_else_is_a_warning(tmp_path: Path) -> None:
    async with on_air(tmp_path) as (_, stream):
        assert told(stream) == []
        assert told(stream, queue="down") == ["queue"]
        assert told(stream, frozen=True, rooms={"r": {"state": "down"}}) == ["room", "frozen"]
        assert told(stream, parked={"r": {"state": "parked"}}, rooms={}) == ["room"]
        now = clock.now_ms()
        await stream.happens(Gap(since=now - 12_000, until=now, reason="x"))
        assert told(stream) == ["gap"]


async def test_a_picture_shows_only_what_may_be_public(tmp_path: Path) -> None:
    async with on_air(tmp_path) as (desk, stream):
        token = desk.desk.sessions.make_token("obs", "overlay", "test")

        async def overlay(show: str) -> Any:
            return (await desk.ask("GET", f"/api/v1/overlay?token={token}&show={show}")).json

        await asked(stream, "加我微信abc123问吗", "a", "b")
        assert await overlay("question") == {"lines": [], "viewers": 0}
        await asked(stream, "包邮吗", "f")
        await stream.deliver()
        assert await overlay("answers") == {"lines": ["运费看下单页。"], "viewers": 0}
        for bad in ("", "?token=x"):
            assert (await desk.ask("GET", "/api/v1/overlay" + bad)).status == 401
        assert (await desk.ask("GET", f"/api/v1/stage?token={token}")).status == 403


async def test_a_public_question_on_the_picture(tmp_path: Path) -> None:
    async with on_air(tmp_path) as (desk, stream):
        token = desk.desk.sessions.make_token("obs", "overlay", "test")
        await asked(stream, "这个会起球吗", "a", "b")
        got = (await desk.ask("GET", f"/api/v1/overlay?token={token}&show=question")).json
        assert got == {"lines": ["这个会起球吗"], "viewers": 2}


async def test_rooms_that_are_not_there(tmp_path: Path) -> None:
    async with on_air(tmp_path) as (desk, _):
        assert (await desk.browse("streamer", "GET", "/api/v1/stage?room=x")).status == 404
    async with on_air(tmp_path, rooms=()) as (desk, _):
        assert (await desk.browse("admin", "GET", "/api/v1/stage")).status == 404


async def test_rules_are_shown_with_what_became_of_their_words(tmp_path: Path) -> None:
    async with on_air(tmp_path) as (desk, stream):
        await asked(stream, "包邮吗", "a", "b")
        await asked(stream, "尺码", "c")
        await asked(stream, "我要退款", "d")
        await stream.deliver()
        rules = {one["rule"]: one for one in (await desk.browse("supervisor", "GET", "/api/v1/rules")).json["rules"]}
        assert {name: (one["answers"], one["said"], one["held"]) for name, one in rules.items() if name != "refund"} == {
            "freight": (1, 1, 0), "size": (1, 0, 1),
        }  # fmt: skip
        assert rules["freight"]["credited"] == 1
        assert rules["refund"]["flagged"] == 1


async def test_the_system_and_the_reports(tmp_path: Path) -> None:
    async with on_air(tmp_path) as (desk, stream):
        await asked(stream, "尺码", "c")
        system = (await desk.browse("admin", "GET", "/api/v1/system")).json
        assert system["rooms"] == [{"name": "r", "adapter": "", "state": "up", "detail": "", "mode": "", "live": True}]
        assert system["journal"]["held"] == 1
        assert system["queue"]["reachable"]
        listed = (await desk.browse("viewer", "GET", "/api/v1/streams")).json
        assert listed["latest"] == stream.id
        told = (await desk.browse("viewer", "GET", f"/api/v1/streams/{stream.id}/report")).json
        assert told["figures"]["comments"] == 1
        assert {"minutes", "kept", "states"} <= {one["name"] for one in told["sections"]}
        for nothing in ("99", "x", "9" * 30, "-1"):
            assert (await desk.browse("viewer", "GET", f"/api/v1/streams/{nothing}/report")).status == 404
