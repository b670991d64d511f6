"""The programs on the streamer's own computer, each beside its simulator: nothing is lost, nothing is said where nothing may be."""

import asyncio
import re
import textwrap
import tomllib
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
from adapter_rooms import comments, recorded, wait_until
from websockets.asyncio.client import connect as dial
from websockets.exceptions import ConnectionClosed

from adapters.douyin_grab import DouyinGrabAdapter
from adapters.oba import ObaAdapter
from adapters.social_stream import SocialStreamAdapter
from livebot.arrive.adapter import Adapter, Receipt, Room
from livebot.decide.events import Comment, CommentDeleted, Heartbeat, OrderUpdate, StreamEnded, StreamEvent, StreamStarted
from livebot.errors import Rejected, Unavailable
from livebot.simulate.douyin_grab import OTHERS_ROOM, DouyinGrabSimulator
from livebot.simulate.faults import parse_faults
from livebot.simulate.oba import COMMENT, ObaSimulator
from livebot.simulate.recording import Line
from livebot.simulate.social_stream import SocialStreamSimulator

Simulator = ObaSimulator | DouyinGrabSimulator | SocialStreamSimulator
TOOLS: dict[str, tuple[Adapter, Callable[..., Any]]] = {
    "oba": (ObaAdapter(), ObaSimulator),
    "douyin_grab": (DouyinGrabAdapter(), DouyinGrabSimulator),
    "social_stream": (SocialStreamAdapter(), SocialStreamSimulator),
}
DOCS = Path(__file__).parents[2] / "docs" / "platforms"
each = pytest.mark.parametrize("kind", TOOLS)


def serving(kind: str, lines: list[Line] | None = None, faults: str = "", **own: Any) -> Any:
    return TOOLS[kind][1](recorded(60) if lines is None else lines, **{"speed": None, "faults": parse_faults([faults], seed=7), **own})


def connect(kind: str, server: Simulator, **settings: Any) -> AbstractAsyncContextManager[Room]:
    adapter = TOOLS[kind][0]
    return adapter.connect(adapter.Config.model_validate({**server.settings, **settings}), after=None)


async def read_all(kind: str, server: Simulator, patience: float = 0.25, **settings: Any) -> list[StreamEvent]:
    """Every event until all of the recording went out and it is quiet, over as many connections as it takes."""
    events: list[StreamEvent] = []
    while not (server.ended.is_set() and events):
        try:
            async with connect(kind, server, **settings) as room:
                stream = room.events()
                while not (events and isinstance(events[-1], StreamEnded)):
                    async with asyncio.timeout(patience):
                        events.append(await anext(stream))
        except (Unavailable, TimeoutError, StopAsyncIteration):
            continue
    return events


def viewers(events: list[StreamEvent]) -> list[Comment]:
    return [comment for comment in comments(events) if "host" not in comment.author.roles]


@each
async def test_the_recording_in_order_and_all_else_is_no_comment(kind: str) -> None:
    async with serving(kind) as server:
        events = await read_all(kind, server)
    assert [comment.text for comment in comments(events)] == [f"第{i}条" for i in range(60)]
    assert [comment.author.name for comment in comments(events)] == [f"名字{i % 7}" for i in range(60)]
    assert len({comment.id for comment in comments(events)}) == 60
    assert {type(event) for event in events} <= {Comment, Heartbeat, OrderUpdate, StreamStarted, StreamEnded}
    assert any(isinstance(event, StreamEnded) for event in events) == (kind != "oba")


@each
@pytest.mark.parametrize(
    "fault",
    [
        "duplicate=.5",
        "broken=.3",
        "unknown=.5",
        "missing=1",
        "masked=1",
        "own=.5",
        "foreign=.5",
        "stall=20",
        "midframe=20",
        "drop=20",
        "accept_close",
        "skew",
        "history",
    ],
)
async def test_these_faults_lose_no_comment_and_tell_no_two_for_one(kind: str, fault: str) -> None:
    async with serving(kind, faults=fault) as server:
        events = await read_all(kind, server)
    found = viewers(events)
    assert list(dict.fromkeys(comment.text for comment in found)) == [f"第{i}条" for i in range(60)]
    assert len({comment.id for comment in found}) == 60, "a comment that comes twice has one id, and no two share one"
    assert len(found) == 60 + sum(server.faults.strikes("duplicate", server.faults.duplicate, f"m{i}") for i in range(60))
    assert (len(comments(events)) > len(found)) == (server.faults.own > 0), "the host's own lines are known for what they are"


@each
@pytest.mark.parametrize("text", ["a & b <3", "<b>粗</b>&amp;"])
async def test_what_looks_like_html_survives_the_wire(kind: str, text: str) -> None:
    lines = [*recorded(1), Line(id="odd", t_ms=0, text=text, user="u", name="<b>小&鱼</b>")]
    async with serving(kind, lines) as server:
        events = await read_all(kind, server)
    assert [(comment.text, comment.author.name) for comment in comments(events)] == [("第0条", "名字0"), (text, "<b>小&鱼</b>")]


@pytest.mark.parametrize("kind", ["oba", "douyin_grab"])
async def test_what_only_reads_says_not_one_word(kind: str) -> None:
    async with serving(kind, ends=False) as server, connect(kind, server) as room:
        with pytest.raises(Rejected):
            await room.send("在的", to=None, key="k1")
        async for event in room.events():
            if isinstance(event, Comment) and event.text == "第59条":
                break
        assert (getattr(server, "heard", None) or getattr(server, "intruder", None)) is None or server.heard == []


@each
async def test_a_silence_that_the_streamer_sets_is_told_to_the_watchdog(kind: str) -> None:
    async with serving(kind, [], ends=False) as server, connect(kind, server, silence=16) as room:
        async for event in room.events():
            assert event == Heartbeat(every=6.0)
            break


@each
def test_its_page_loads_and_names_every_setting(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSN_SESSION", "s3")
    page, adapter = (DOCS / f"{kind}.md").read_text("utf-8"), TOOLS[kind][0]
    (block,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    (room,) = tomllib.loads(textwrap.dedent(block))["rooms"]
    assert room["adapter"] == adapter.name == kind
    adapter.Config.model_validate(room["settings"])
    assert [name for name in adapter.Config.model_fields if f"`{name}`" not in page] == []


# ── oba-live-tool ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("platform", COMMENT)
async def test_oba_on_each_platform_with_orders(platform: str) -> None:
    async with serving("oba", platform=platform) as server:
        events = await read_all("oba", server)
    assert len(comments(events)) == 60
    assert bool(comments(events)[0].author.id) == (platform not in ("douyin", "kuaishou"))
    orders = [event for event in events if isinstance(event, OrderUpdate)]
    assert [order.state for order in orders] == ["created", "paid"] * 3
    assert len({order.order for order in orders}) == 3
    assert all(order.at and order.product for order in orders)


async def test_what_oba_says_while_nobody_listens_is_lost_as_with_the_tool() -> None:
    lines = [Line(id=f"m{i}", t_ms=i * 40, text=f"第{i}条") for i in range(20)]
    async with serving("oba", lines, speed=1.0) as server:
        async with connect("oba", server) as room:
            async for event in room.events():
                if isinstance(event, Comment):
                    break
        await asyncio.sleep(0.2)
        events = await read_all("oba", server)
    assert len(comments(events)) + 1 == server.sent < 20
    assert comments(events)[-1].text == "第19条"


# ── DouyinBarrageGrab ──────────────────────────────────────────────────────────


async def test_one_word_to_douyin_grab_ends_it_and_fails_loudly() -> None:
    server = serving("douyin_grab", [], ends=False)
    await server.__aenter__()
    async with dial(server.address) as socket, asyncio.timeout(5):
        await socket.send('{"Cmd":1,"Data":true}')
        with pytest.raises(ConnectionClosed):
            await socket.recv()
    with pytest.raises(RuntimeError, match="Cmd"):
        await server.__aexit__(None, None, None)


async def test_no_client_may_believe_in_the_pongs_of_douyin_grab() -> None:
    """Why the adapter pings it not: one that does takes a program that lives for dead."""
    async with serving("douyin_grab", [], ends=False) as server, dial(server.address, ping_interval=0.05, ping_timeout=0.2) as socket:
        with pytest.raises(ConnectionClosed, match="keepalive ping timeout"):
            await socket.recv()


async def test_ids_come_through_exactly_and_another_room_not_at_all() -> None:
    async with serving("douyin_grab", faults="foreign=1") as server:
        events = await read_all("douyin_grab", server)
        assert [comment.id for comment in comments(events)] == [str(native) for native in server.delivered.values()]
        assert all(int(comment.id) != int(float(comment.id)) or int(comment.id) % 1024 == 0 for comment in comments(events))
    async with serving("douyin_grab", faults="foreign=1") as server:
        first = [event for event in await read_all("douyin_grab", server, rooms=[OTHERS_ROOM]) if not isinstance(event, Heartbeat)]
    assert [type(event) for event in first] == [Comment, StreamEnded], "who names the other room hears that one, and its end"


# ── Social Stream Ninja ────────────────────────────────────────────────────────


async def said(room: Room, text: str, server: Simulator) -> tuple[Receipt, list[StreamEvent]]:
    """The receipt of one text, and what was heard until then and until its echo."""
    seen: list[StreamEvent] = []

    async def read() -> None:
        async for event in room.events():
            seen.append(event)

    async with asyncio.TaskGroup() as tasks:
        reader = tasks.create_task(read())
        receipt = await room.send(text, to=None, key="k1")
        reader.cancel()
    return receipt, seen


async def test_what_the_chat_shows_was_said() -> None:
    async with serving("social_stream", [], ends=False) as server, connect("social_stream", server) as room:
        receipt, seen = await said(room, "In stock:\n size <M> & L", server)
    (echo,) = comments(seen)
    assert [(say.text, say.outcome) for say in server.says] == [("In stock: size <M> & L", "said")]
    assert (receipt.state, receipt.native_id) == ("sent", echo.id)
    assert (echo.text, echo.author.roles) == ("In stock: size <M> & L", ("host",))


@pytest.mark.parametrize("fault", ["refuse", "silent", "shadow", "late=0.5"])
async def test_what_the_chat_does_not_show_in_time_is_unknown(fault: str) -> None:
    async with serving("social_stream", [], fault, ends=False) as server, connect("social_stream", server, confirm=0.2) as room:
        receipt, seen = await said(room, "in stock", server)
    assert (receipt.state, comments(seen)) == ("unknown", [])
    assert len(server.says) == 1, "and it was said once"


async def test_a_viewer_who_says_the_same_confirms_nothing() -> None:
    lines = [Line(id="m0", t_ms=100, text="in stock", user="u1", name="viewer")]
    simulator = serving("social_stream", lines, "silent", ends=False, speed=1.0)
    async with simulator as server, connect("social_stream", server, confirm=0.6) as room:
        receipt, seen = await said(room, "in stock", server)
    assert (receipt.state, len(comments(seen))) == ("unknown", 1)


@pytest.mark.parametrize("platform", ["amazon", "ebay", "whatnot"])
async def test_where_nothing_can_be_said_nothing_is_handed_over(platform: str) -> None:
    async with serving("social_stream", ends=False, platform=platform) as server, connect("social_stream", server) as room:
        with pytest.raises(Rejected):
            await room.send("in stock", to=None, key="k1")
        seen: list[StreamEvent] = []
        async for event in room.events():
            seen.append(event)
            if len(comments(seen)) == 60:
                break
    assert server.says == []


async def test_on_a_closed_connection_it_certainly_was_not_said() -> None:
    async with serving("social_stream", [], ends=False) as server, connect("social_stream", server) as room:
        await wait_until(lambda: server.connected == 1)
        await server.close(1012)
        with pytest.raises(Unavailable):
            async for _ in room.events():
                pass
        with pytest.raises(Unavailable) as caught:
            await room.send("in stock", to=None, key="k1")
    assert "practice" not in str(caught.value)


async def test_a_deleted_comment_is_one_that_was_heard() -> None:
    async with serving("social_stream", platform="twitch", deletes=20) as server:
        events = await read_all("social_stream", server)
    deleted = [event.id for event in events if isinstance(event, CommentDeleted)]
    assert len(deleted) == 3
    assert set(deleted) <= {comment.id for comment in comments(events)}


async def test_another_session_hears_nothing() -> None:
    async with serving("social_stream", ends=False) as server, connect("social_stream", server, session="wrong") as room:
        stream = room.events()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(stream), 0.3)
        assert (server.strangers, server.sent) == (1, 0)


@pytest.mark.parametrize(("channels", "spoken"), [("4", 1), ("4/1", 1), ("4/2", 0)])
async def test_a_client_may_join_by_the_address_too(channels: str, spoken: int) -> None:
    async with serving("social_stream", [], ends=False) as server, dial(f"{server.address}/join/practice/{channels}") as socket:
        assert "stream_online" in str(await socket.recv())
        await socket.send('{"action":"sendChat","value":"hi"}')
        await socket.send('{"action":"clearAll"}')
    await wait_until(lambda: server.connected == 0)
    assert len(server.says) == spoken, "whoever names no channel to speak on speaks on 1, where the extension listens"
