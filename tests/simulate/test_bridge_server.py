"""The practice server seen by a bare WebSocket client: the clock, resuming, echoes, receipts and what it keeps."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from livebot.keep.clock import now_ms
from livebot.simulate.bridge import BridgeServer
from livebot.simulate.faults import parse_faults
from livebot.simulate.play import say_log
from livebot.simulate.recording import Line


def recorded(count: int, every_ms: int = 1) -> list[Line]:
    return [Line(id=f"m{i}", t_ms=i * every_ms, text=f"第{i}条", user=f"u{i % 7}", name=f"名字{i % 7}") for i in range(count)]


async def enter(socket: ClientConnection, after: str | None = None) -> None:
    await socket.send(json.dumps({"type": "hello"} | ({"after": after} if after else {})))


async def read_until(socket: ClientConnection, last: Callable[[dict[str, Any]], bool]) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = []
    async with asyncio.timeout(10):
        while not messages or not last(messages[-1]):
            messages.append(json.loads(await socket.recv()))
    return messages


def of(kind: str) -> Callable[[dict[str, Any]], bool]:
    return lambda message: message["type"] == kind


def ids(messages: list[dict[str, Any]]) -> list[str]:
    return [message["id"] for message in messages if message["type"] == "comment"]


async def test_the_play_in_order_from_welcome_to_the_end() -> None:
    async with BridgeServer(recorded(3), speed=None, heartbeat=7) as server, connect(server.url()) as socket:
        await enter(socket)
        messages = await read_until(socket, of("stream_ended"))
    assert [message["type"] for message in messages] == ["welcome", "stream_started", "comment", "comment", "comment", "stream_ended"]
    assert messages[0]["heartbeat_s"] == 7
    assert messages[2]["user"] == {"id": "u0", "name": "名字0"}
    assert server.hellos == [("room", None)]
    assert server.ended.is_set()


async def test_time_runs_as_recorded_times_the_speed_and_the_stamps_are_true() -> None:
    async with BridgeServer(recorded(5, every_ms=2000), speed=20) as server, connect(server.url()) as socket:
        start = now_ms()
        await enter(socket)
        comments = [message for message in await read_until(socket, of("stream_ended")) if message["type"] == "comment"]
        took = now_ms() - start
    assert 400 <= took < 2000
    stamps = [comment["t_ms"] for comment in comments]
    assert [stamp - stamps[0] for stamp in stamps] == [0, 100, 200, 300, 400]
    assert start <= stamps[0] <= start + 1000


async def test_nothing_is_played_before_the_first_hello() -> None:
    async with BridgeServer(recorded(3), speed=None) as server, connect(server.url()) as socket:
        await socket.send("no json")
        await socket.send(json.dumps({"type": "say", "key": "k", "text": "x"}))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await socket.recv()
        assert (server.sent, server.hellos, server.says) == (0, [], [])


async def test_who_comes_back_goes_on_behind_what_it_has() -> None:
    async with BridgeServer(recorded(100), speed=None) as server:
        async with connect(server.url()) as socket:
            await enter(socket)
            await read_until(socket, of("stream_ended"))
        async with connect(server.url()) as socket:
            await enter(socket, "m96")
            assert ids(await read_until(socket, of("stream_ended"))) == ["m97", "m98", "m99"]
        async with connect(server.url()) as socket:
            await enter(socket, "unknown here")
            assert ids(await read_until(socket, of("stream_ended"))) == []


async def test_the_play_goes_on_while_nobody_listens() -> None:
    async with BridgeServer(recorded(3, every_ms=100)) as server:
        async with connect(server.url()) as socket:
            await enter(socket)
            first = await read_until(socket, of("comment"))
        await asyncio.sleep(0.25)  # the recording's own time passes
        async with connect(server.url()) as socket, asyncio.timeout(0.2):
            await enter(socket, "m0")
            rest = await read_until(socket, of("stream_ended"))
    assert ids(first) + ids(rest) == ["m0", "m1", "m2"]


async def test_an_echo_is_a_comment_in_its_place_also_for_who_comes_back() -> None:
    async with BridgeServer(recorded(2), speed=None, ends=False) as server:
        async with connect(server.url()) as socket:
            await enter(socket)
            await read_until(socket, lambda message: message.get("id") == "m1")
            await socket.send(json.dumps({"type": "say", "key": "k1", "text": "在的", "to": "m0"}))
            said = await read_until(socket, lambda message: message.get("id") == "bot-1" and message["type"] == "comment")
        server.play().push(Line(id="m2", t_ms=0, text="后来"))
        for after, expected in {"m1": ["bot-1", "m2"], "bot-1": ["m2"], "m0": ["m1", "bot-1", "m2"]}.items():
            async with connect(server.url()) as socket:
                await enter(socket, after)
                assert ids(await read_until(socket, lambda message: message.get("id") == "m2")) == expected
    (receipt,) = [message for message in said if message["type"] == "said"]
    assert (receipt["key"], receipt["id"]) == ("k1", "bot-1")
    assert said[-1]["reply_to"] == "m0"
    assert said[-1]["user"]["id"] == "bot"


async def test_rooms_play_apart() -> None:
    async with BridgeServer(recorded(2), speed=None) as server:
        for room in ("一号", "b"):
            async with connect(server.url(room)) as socket:
                await enter(socket)
                assert ids(await read_until(socket, of("stream_ended"))) == ["m0", "m1"]
                await socket.send(json.dumps({"type": "say", "key": "same", "text": room}))
                await read_until(socket, of("said"))
    assert [(say.room, say.text) for say in server.says] == [("一号", "一号"), ("b", "b")]
    assert server.play("一号").says == server.says[:1]
    assert server.sent == 4


async def test_two_clients_of_one_room_hear_the_same() -> None:
    async with BridgeServer(recorded(2), speed=None, ends=False) as server, connect(server.url()) as one, connect(server.url()) as two:
        await enter(one)
        await read_until(one, lambda message: message.get("id") == "m1")
        await enter(two)
        await read_until(two, of("welcome"))
        await one.send(json.dumps({"type": "say", "key": "k1", "text": "在的"}))
        assert ids(await read_until(two, of("comment"))) == ["bot-1"]
        assert ids(await read_until(one, of("comment"))) == ["bot-1"]


async def test_the_same_key_twice_is_seen_twice(tmp_path: Path) -> None:
    file = tmp_path / "says.jsonl"
    async with BridgeServer([], ends=False, log=say_log(file)) as server, connect(server.url()) as socket:
        await enter(socket)
        for text in ("在的", "在的", "\ud800"):
            await socket.send(json.dumps({"type": "say", "key": "k1", "text": text}))
            await read_until(socket, of("said"))
    assert [say.key for say in server.says] == ["k1", "k1", "k1"]
    logged = [json.loads(line) for line in file.read_bytes().splitlines()]
    assert [(line["key"], line["text"], line["outcome"]) for line in logged] == [
        ("k1", "在的", "said"),
        ("k1", "在的", "said"),
        ("k1", "\ud800", "said"),
    ]


@pytest.mark.parametrize("frame", ["{", "[]", '{"type":"say"}', '{"type":"say","key":1,"text":"x"}', '{"type":"other"}', b"\xff"])
async def test_a_frame_that_is_no_say_is_ignored(frame: str | bytes) -> None:
    async with BridgeServer([], ends=False) as server, connect(server.url()) as socket:
        await enter(socket)
        await socket.send(frame)
        await socket.send(json.dumps({"type": "say", "key": "k1", "text": "在的"}))
        await read_until(socket, of("said"))
        assert [say.key for say in server.says] == ["k1"]


async def test_pings_come_while_the_room_is_quiet_and_stop_in_a_stall() -> None:
    async with BridgeServer(recorded(1), speed=None, ends=False, heartbeat=0.02) as server, connect(server.url()) as socket:
        await enter(socket)
        assert of("ping")((await read_until(socket, of("ping")))[-1])
    stall = parse_faults(["stall=1"])
    async with BridgeServer(recorded(2), speed=None, heartbeat=0.02, faults=stall) as server, connect(server.url()) as socket:
        await enter(socket)
        await read_until(socket, of("comment"))
        await socket.send(json.dumps({"type": "say", "key": "k1", "text": "在吗"}))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await socket.recv()
        assert [say.outcome for say in server.says] == ["silent"], "it heard, and nobody was told"


async def test_history_and_skew() -> None:
    async with BridgeServer(recorded(30), speed=None, faults=parse_faults(["history=5", "skew=300"])) as server:
        async with connect(server.url()) as socket:
            await enter(socket)
            first = [message for message in await read_until(socket, of("stream_ended")) if message["type"] == "comment"]
        async with connect(server.url()) as socket:
            await enter(socket, "m29")
            again = await read_until(socket, of("stream_ended"))
    assert ids(first)[:5] == [f"old-m{i}" for i in range(5)]
    assert first[0]["t_ms"] < now_ms() - 3_000_000
    assert first[-1]["t_ms"] > now_ms() + 200_000
    assert ids(again) == [f"m{i}" for i in range(25, 30)]


async def test_without_the_token_nobody_enters() -> None:
    async with BridgeServer([], token="geheim") as server:
        with pytest.raises(InvalidStatus):
            await connect(server.url())
        async with connect(server.url(), additional_headers={"Authorization": "Bearer geheim"}) as socket:
            await enter(socket)
            await read_until(socket, of("welcome"))
