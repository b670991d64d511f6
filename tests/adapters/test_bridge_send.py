"""What the bridge's send() says happened: sent, refused, unknown, or certainly not said."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from adapter_rooms import connect, wait_until
from pydantic import ValidationError
from websockets.asyncio.server import ServerConnection, serve

from adapters.bridge import BridgeAdapter, BridgeSettings
from livebot.arrive.adapter import Room
from livebot.decide.events import Comment, Settled, StreamEvent
from livebot.errors import Rejected, Unavailable
from livebot.simulate.bridge import BridgeServer
from livebot.simulate.faults import parse_faults


@asynccontextmanager
async def listened(url: str, seen: list[StreamEvent], **settings: object) -> AsyncIterator[Room]:
    """A room whose events are read beside; what ends the reading is not the matter here."""

    async def read(room: Room) -> None:
        try:
            async for event in room.events():
                seen.append(event)
        except Unavailable:
            pass

    async with connect("bridge", url, **settings) as room, asyncio.TaskGroup() as tasks:
        reader = tasks.create_task(read(room))
        try:
            yield room
        finally:
            reader.cancel()


async def test_refused_comes_with_the_reason() -> None:
    async with BridgeServer([], ends=False, faults=parse_faults(["refuse"])) as server, listened(server.url(), []) as room:
        receipt = await room.send("在的", to=None, key="k1")
    assert (receipt.state, receipt.reason) == ("refused", "simulated")
    assert [say.outcome for say in server.says] == ["refused"]


async def test_said_is_followed_by_the_rooms_echo() -> None:
    seen: list[StreamEvent] = []
    async with BridgeServer([], ends=False) as server, listened(server.url(), seen) as room:
        receipt = await room.send("在的", to=None, key="k1")
        await wait_until(lambda: any(isinstance(event, Comment) for event in seen))
    (echo,) = [event for event in seen if isinstance(event, Comment)]
    assert (echo.id, echo.text, echo.author.id) == (receipt.native_id, "在的", "bot")


async def test_shadow_is_called_sent_and_never_shown() -> None:
    seen: list[StreamEvent] = []
    async with BridgeServer([], ends=False, faults=parse_faults(["shadow"])) as server, listened(server.url(), seen) as room:
        assert (await room.send("在的", to=None, key="k1")).state == "sent"
        assert (await room.send("在吗", to=None, key="k2")).state == "sent"
    assert [say.outcome for say in server.says] == ["shadow", "shadow"]
    assert not any(isinstance(event, Comment) for event in seen)


async def test_without_a_receipt_it_is_unknown_and_was_said_once() -> None:
    seen: list[StreamEvent] = []
    async with BridgeServer([], ends=False, faults=parse_faults(["silent"])) as server:
        async with listened(server.url(), seen, receipt_timeout=0.1) as room:
            assert (await room.send("在的", to=None, key="k1")).state == "unknown"
        assert [say.key for say in server.says] == ["k1"]


async def test_a_late_receipt_comes_as_an_event() -> None:
    seen: list[StreamEvent] = []
    late = parse_faults(["late=0.3"])
    async with BridgeServer([], ends=False, faults=late) as server, listened(server.url(), seen, receipt_timeout=0.05) as room:
        assert (await room.send("在的", to=None, key="k1")).state == "unknown"
        await wait_until(lambda: Settled(key="k1", state="sent", native_id="bot-1") in seen)


async def test_a_receipt_for_the_last_connection_comes_on_the_next() -> None:
    seen: list[StreamEvent] = []
    async with BridgeServer([], ends=False, faults=parse_faults(["late=0.2"])) as server:
        async with listened(server.url(), seen, receipt_timeout=0.01) as room:
            await room.send("在的", to=None, key="k1")
        await wait_until(lambda: server.connected == 0)
        async with listened(server.url(), seen):
            await wait_until(lambda: Settled(key="k1", state="sent", native_id="bot-1") in seen)


async def test_said_at_the_same_time_each_gets_its_own_receipt() -> None:
    async with BridgeServer([], ends=False) as server, listened(server.url(), []) as room:
        async with asyncio.TaskGroup() as tasks:
            sends = [tasks.create_task(room.send(f"第{i}句", to=None, key=f"k{i}")) for i in range(20)]
        assert {send.result().state for send in sends} == {"sent"}
        said = {say.key: f"bot-{i}" for i, say in enumerate(server.says, 1)}
        assert {f"k{i}": send.result().native_id for i, send in enumerate(sends)} == said


async def test_one_key_is_not_sent_twice_at_once() -> None:
    silent = parse_faults(["silent"])
    async with BridgeServer([], ends=False, faults=silent) as server, listened(server.url(), [], receipt_timeout=0.3) as room:
        async with asyncio.TaskGroup() as tasks:
            first = tasks.create_task(room.send("在的", to=None, key="k1"))
            await wait_until(lambda: len(server.says) == 1)
            with pytest.raises(Rejected):
                await room.send("在的", to=None, key="k1")
        assert first.result().state == "unknown"
        assert len(server.says) == 1


async def test_on_a_closed_connection_it_certainly_was_not_said() -> None:
    seen: list[StreamEvent] = []
    async with BridgeServer([], ends=False) as server, listened(server.url(), seen) as room:
        await wait_until(lambda: server.connected == 1)
        await server.close(1012)
        with pytest.raises(Unavailable):
            await room.send("在的", to=None, key="k1")
        assert server.says == []


async def test_a_connection_lost_before_the_receipt_leaves_it_unknown() -> None:
    heard: list[str | bytes] = []

    async def cut_after_the_say(socket: ServerConnection) -> None:
        async for frame in socket:
            heard.append(frame)
            if len(heard) == 2:
                socket.transport.abort()

    async with serve(cut_after_the_say, "127.0.0.1", 0, compression=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        async with listened(f"ws://127.0.0.1:{port}/", []) as room:
            receipt = await room.send("在的", to=None, key="k1")
    assert receipt.state == "unknown"
    assert len(heard) == 2


def test_the_settings_override_the_limits() -> None:
    adapter = BridgeAdapter()
    bare = BridgeSettings(url="ws://127.0.0.1:1/")
    assert adapter.limits(bare) == adapter.capabilities
    told = adapter.limits(bare.model_copy(update={"max_chars": 40, "sends_count": 1, "sends_seconds": 2.5}))
    assert (told.max_chars, told.sends, told.can_send) == (40, (1, 2.5), True)
    mute = adapter.limits(bare.model_copy(update={"can_send": False}))
    assert (mute.can_send, mute.follow_up) == (False, "none")


@pytest.mark.parametrize("wrong", [{"url": "http://x"}, {"token": "一二三"}, {"token": "a\nb"}, {"receipt_timeout": 0}, {"max_chars": 0}])
def test_bad_settings_are_refused_by_name(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as caught:
        BridgeSettings.model_validate({"url": "ws://127.0.0.1:1/"} | wrong)
    assert {str(error["loc"][0]) for error in caught.value.errors()} == set(wrong)
