"""One contract for every adapter: order, errors, faults, cancellation, resuming, and never a word where it must not speak."""

import asyncio
import json
from contextlib import suppress

import pytest
from adapter_rooms import ADAPTERS, comments, connect, read_all, recorded, wait_until
from pydantic import BaseModel

from livebot.arrive.adapter import Room
from livebot.decide.events import Broken, Comment, Heartbeat, StreamEnded, StreamStarted, Viewer
from livebot.errors import Rejected
from livebot.simulate.bridge import BridgeServer
from livebot.simulate.faults import parse_faults

each = pytest.mark.parametrize("kind", sorted(ADAPTERS))


@each
def test_an_adapter_says_what_it_is(kind: str) -> None:
    adapter = ADAPTERS[kind]
    assert adapter.name == kind
    assert issubclass(adapter.Config, BaseModel)
    assert adapter.capabilities.can_send or adapter.capabilities.follow_up == "none"


@each
async def test_typed_events_in_order(kind: str) -> None:
    async with BridgeServer(recorded(500), speed=None) as server:
        events = [event for event in await read_all(kind, server.url()) if not isinstance(event, Heartbeat)]
    assert isinstance(events[0], StreamStarted)
    assert isinstance(events[-1], StreamEnded)
    assert [comment.text for comment in comments(events)] == [f"第{i}条" for i in range(500)]
    first = comments(events)[0]
    assert (first.id, first.author) == ("m0", Viewer(id="u0", name="名字0"))
    assert first.sent_at is not None


@each
async def test_cancelled_it_leaves_no_task_and_no_socket(kind: str) -> None:
    async with BridgeServer(recorded(3), ends=False) as server:
        before = asyncio.all_tasks()
        seen: list[object] = []

        async def read() -> None:
            async with connect(kind, server.url()) as room:
                async for event in room.events():
                    seen.append(event)

        async with asyncio.TaskGroup() as tasks:
            reader = tasks.create_task(read())
            await wait_until(lambda: len([event for event in seen if isinstance(event, Comment)]) == 3)
            assert server.connected == 1
            reader.cancel()
        await wait_until(lambda: server.connected == 0)
        await wait_until(lambda: asyncio.all_tasks() <= before)


@each
async def test_a_reader_that_stops_in_the_middle_of_a_flood_closes_soon(kind: str) -> None:
    async with BridgeServer(recorded(100_000), speed=None) as server, asyncio.timeout(10):
        async with connect(kind, server.url()) as room:
            async for event in room.events():
                if isinstance(event, Comment):
                    break
        await wait_until(lambda: server.connected == 0)
        assert server.sent < 100_000, "back-pressure holds the server, not a growing queue"


ALL_AT_ONCE = "duplicate,broken,unknown,missing=0.2,drop=17,accept_close=2,history=3"
MISDEEDS = [
    "duplicate=0.3",
    "history=5",
    "broken=0.3",
    "unknown=0.5",
    "missing=0.5",
    "stall=20",
    "midframe=20",
    "drop=20",
    "accept_close",
    "skew",
]


@each
@pytest.mark.parametrize("fault", MISDEEDS)
async def test_no_fault_loses_a_comment_or_raises_anything_unsorted(kind: str, fault: str) -> None:
    faults = parse_faults([fault], seed=7)
    async with BridgeServer(recorded(50), speed=None, faults=faults) as server:
        events = await read_all(kind, server.url(), patience=0.3)
    texts = [comment.text for comment in comments(events) if not comment.id.startswith("old-")]
    assert list(dict.fromkeys(texts)) == [f"第{i}条" for i in range(50)]
    ids = {comment.id for comment in comments(events) if not comment.id.startswith("old-")}
    assert len(ids) == 50, "a comment that comes twice has one id"
    assert any(isinstance(event, Broken) for event in events) == (faults.broken > 0)


@each
@pytest.mark.parametrize("text", ["a" * 1_000_000, "\x00", "\ud800半", "‮⁦右​左"], ids=lambda text: ascii(text[:6]))
async def test_odd_comments_survive_the_wire(kind: str, text: str) -> None:
    lines = recorded(2)
    async with BridgeServer([lines[0], type(lines[0])(id="odd", t_ms=0, text=text), lines[1]], speed=None) as server:
        events = await read_all(kind, server.url())
    assert [comment.text for comment in comments(events)] == ["第0条", text, "第1条"]


@each
async def test_it_resumes_behind_what_was_journalled_where_it_claims_to(kind: str) -> None:
    async with BridgeServer(recorded(10), speed=None) as server:
        await read_all(kind, server.url())
        async with connect(kind, server.url(), after="m6") as room:
            seen = []
            async for event in room.events():
                seen.append(event)
                if isinstance(event, StreamEnded):
                    break
    assert [comment.id for comment in comments(seen)] == (["m7", "m8", "m9"] if ADAPTERS[kind].capabilities.resumes else [])


@each
async def test_it_ends_quietly_when_the_server_closes_for_good(kind: str) -> None:
    async with BridgeServer(recorded(1), speed=None, ends=False) as server, connect(kind, server.url()) as room:
        seen = []
        async for event in room.events():
            seen.append(event)
            if isinstance(event, Comment):
                await server.close(1000)
    assert [comment.id for comment in comments(seen)] == ["m0"]


@each
async def test_only_those_that_can_send_speak(kind: str) -> None:
    async with BridgeServer([], ends=False) as server, connect(kind, server.url()) as room, asyncio.TaskGroup() as tasks:
        reader = tasks.create_task(_drain(room))
        target = Comment(id="m1", author=Viewer(), text="在吗")
        if ADAPTERS[kind].capabilities.can_send:
            receipt = await room.send("在的", to=target, key="k1")
            assert (receipt.state, receipt.native_id) == ("sent", "bot-1")
            (said,) = server.says
            assert (said.key, said.text, said.to) == ("k1", "在的", "m1")
        else:
            with pytest.raises(Rejected):
                await room.send("在的", to=target, key="k1")
            assert server.says == []
        reader.cancel()


async def _drain(room: Room) -> None:
    with suppress(asyncio.CancelledError):
        async for _ in room.events():
            pass


def test_the_mapping_is_plain_json() -> None:
    """What a streamer writes in TOML is what these tests use."""
    from adapter_rooms import MAPPING

    assert json.loads(json.dumps(MAPPING)) == MAPPING
