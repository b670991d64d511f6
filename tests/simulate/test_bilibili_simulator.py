"""The practice Bilibili seen by a bare client: what it checks of a request, who is let in, and how it ends what is not kept alive."""

import asyncio
import hashlib
import hmac
import json
import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession
from fixture_types import Waiter
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from livebot.keep.clock import now_ms
from livebot.simulate.bilibili import BilibiliSimulator
from livebot.simulate.faults import parse_faults
from livebot.simulate.recording import Line

NAMES = ("accesskeyid", "content-md5", "signature-method", "signature-nonce", "signature-version", "timestamp")


def recorded(count: int, every_ms: int = 1) -> list[Line]:
    return [Line(id=f"m{i}", t_ms=i * every_ms, text=f"第{i}条", user=f"u{i}", name=f"名字{i}") for i in range(count)]


class Asker:
    """Signs as the documentation says; `changed` headers are changed before signing, `forged` ones after it."""

    def __init__(self, session: ClientSession, platform: BilibiliSimulator) -> None:
        self.session, self.platform, self.nonce = session, platform, 0

    async def ask(self, path: str, body: Any, changed: dict[str, str] | None = None, forged: dict[str, str] | None = None) -> Any:
        text, settings = body if isinstance(body, bytes) else json.dumps(body).encode(), self.platform.settings
        self.nonce += 1
        values = (settings["access_key_id"], hashlib.md5(text).hexdigest(), "HMAC-SHA256", f"n{self.nonce}", "1.0", str(now_ms() // 1000))
        headers = {f"x-bili-{name}": value for name, value in zip(NAMES, values, strict=True)} | (changed or {})
        joined = "\n".join(f"{name}:{headers[name]}" for name in sorted(headers))
        signature = hmac.new(settings["access_key_secret"].encode(), joined.encode(), hashlib.sha256).hexdigest()
        more = {"Authorization": signature, "Content-Type": "application/json", "Accept": "application/json"} | (forged or {})
        async with self.session.post(f"{self.platform.address}/v2/app/{path}", data=text, headers=headers | more) as answer:
            return await answer.json()

    async def start(self) -> Any:
        settings = self.platform.settings
        answer = await self.ask("start", {"code": settings["code"], "app_id": settings["app_id"]})
        assert answer["code"] == 0
        return answer["data"]


@asynccontextmanager
async def asking(platform: BilibiliSimulator) -> AsyncIterator[Asker]:
    async with ClientSession() as session:
        yield Asker(session, platform)


def packed(operation: int, body: bytes = b"", version: int = 1) -> bytes:
    return struct.pack(">I2H2I", 16 + len(body), 16, version, operation, 1) + body


@asynccontextmanager
async def listening(data: Any) -> AsyncIterator[ClientConnection]:
    async with connect(data["websocket_info"]["wss_link"][0]) as socket:
        await socket.send(packed(7, data["websocket_info"]["auth_body"].encode()))
        yield socket


def opened(frame: str | bytes) -> list[tuple[int, bytes]]:
    """(operation, body) of the packets in a frame, compressed ones opened."""
    assert isinstance(frame, bytes)
    found = []
    while frame:
        total, _, version, operation, _ = struct.unpack(">I2H2I", frame[:16])
        body, frame = frame[16:total], frame[total:]
        found += opened(zlib.decompress(body)) if version == 2 else [(operation, body)]
    return found


async def told_until(socket: ClientConnection, last: str) -> list[Any]:
    """The messages up to the first of that kind."""
    messages: list[Any] = []
    async with asyncio.timeout(5):
        while not messages or messages[-1]["cmd"] != f"LIVE_OPEN_PLATFORM_{last}":
            messages += [json.loads(body) for operation, body in opened(await socket.recv()) if operation == 5]
    return messages


SECRETS = [
    ({"x-bili-accesskeyid": "stranger"}, {}, 4001),
    ({}, {"Authorization": "0" * 64}, 4002),
    ({"x-bili-timestamp": str(now_ms() // 1000 - 3600)}, {}, 4003),
    ({"x-bili-timestamp": "now"}, {}, 4003),
    ({"x-bili-signature-nonce": ""}, {}, 4004),
    ({"x-bili-signature-method": "HMAC-MD5"}, {}, 4005),
    ({"x-bili-signature-version": "2.0"}, {}, 4006),
    ({}, {"Content-Type": "text/plain"}, 4011),
    ({"x-bili-content-md5": "0" * 32}, {}, 4012),
    ({}, {"Accept": "*/*"}, 4013),
]


@pytest.mark.parametrize(("changed", "forged", "code"), SECRETS)
async def test_a_request_that_is_not_as_documented_is_refused_with_its_code(changed: Any, forged: Any, code: int) -> None:
    async with BilibiliSimulator([]) as platform, asking(platform) as asker:
        answer = await asker.ask("start", {"code": platform.settings["code"], "app_id": platform.settings["app_id"]}, changed, forged)
    assert (answer["code"], answer["data"]) == (code, None)
    assert platform.games.open == []


async def test_what_is_asked_is_checked_too() -> None:
    async with BilibiliSimulator([]) as platform, asking(platform) as asker:
        code, app_id = platform.settings["code"], platform.settings["app_id"]
        wrong = [
            ("start", {"code": "OTHER", "app_id": app_id}, 7007),
            ("start", {"code": code, "app_id": 7}, 8002),
            ("start", {"code": code, "app_id": str(app_id)}, 4000),
            ("start", b"{", 4000),
            ("heartbeat", {"game_id": "none"}, 7003),
            ("heartbeat", {"game_id": ""}, 4000),
            ("end", {"app_id": app_id, "game_id": "none"}, 7000),
            ("end", {"app_id": 7, "game_id": "none"}, 8002),
            ("batchHeartbeat", {"game_ids": ["a", "a"]}, 7005),
            ("batchHeartbeat", {"game_ids": [str(i) for i in range(201)]}, 7004),
            ("batchHeartbeat", {"game_ids": "a"}, 4000),
            ("sendDanmu", {"msg": "hi"}, 4010),
        ]
        assert [(await asker.ask(path, body))["code"] for path, body, _ in wrong] == [expected for _, _, expected in wrong]


async def test_a_nonce_is_good_once() -> None:
    async with BilibiliSimulator([]) as platform, asking(platform) as asker:
        await asker.start()
        asker.nonce -= 1
        answer = await asker.ask("start", {"code": platform.settings["code"], "app_id": platform.settings["app_id"]})
    assert answer["code"] == 4004


@pytest.mark.parametrize(("games", "code"), [(1, 7002), (2, 7010)])
async def test_a_room_takes_so_many_games_until_one_is_ended_or_forgotten(games: int, code: int, wait_until: Waiter) -> None:
    async with BilibiliSimulator([], games=games, game_lives=0.5) as platform, asking(platform) as asker:
        body = {"code": platform.settings["code"], "app_id": platform.settings["app_id"]}
        started = [await asker.start() for _ in range(games)]
        assert (await asker.ask("start", body))["code"] == code
        assert (await asker.ask("end", {"app_id": body["app_id"], "game_id": started[0]["game_info"]["game_id"]}))["code"] == 0
        await asker.start()
        assert (await asker.ask("start", body))["code"] == code
        await wait_until(lambda: not platform.games.open)
        await asker.start()


async def test_the_play_on_the_wire_from_the_pass_to_the_end() -> None:
    async with BilibiliSimulator(recorded(45), speed=None) as platform, asking(platform) as asker:
        async with listening(await asker.start()) as socket:
            assert opened(await socket.recv()) == [(8, b'{"code":0}')]
            messages = await told_until(socket, "LIVE_END")
            await socket.send(packed(2, b"[object Object]"))
            reply = await socket.recv()
        assert platform.ended.is_set()
    assert messages[0]["cmd"] == "LIVE_OPEN_PLATFORM_LIVE_START"
    assert [message["data"]["msg_id"] for message in messages[1:-1]] == [f"m{i}" for i in range(45)]
    assert set(messages[1]["data"]) == {
        "uname", "open_id", "union_id", "uface", "timestamp", "room_id", "msg", "msg_id", "guard_level", "fans_medal_wearing_status",
        "fans_medal_name", "fans_medal_level", "emoji_img_url", "dm_type", "glory_level", "reply_open_id", "reply_uname", "is_admin",
    }  # fmt: skip
    assert reply == struct.pack(">I2H3I", 20, 16, 1, 3, 0, 1) + b"[object Object]", "the echo that no length counts"


@pytest.mark.parametrize("greeting", [b"", b"no packet", packed(2), packed(7, b"{}"), packed(7, b"no json"), packed(5, b"{}"), "text"])
async def test_without_the_pass_nobody_enters(greeting: bytes | str) -> None:
    async with BilibiliSimulator(recorded(3), speed=None) as platform, asking(platform) as asker:
        await asker.start()
        async with connect(platform.socket_url) as socket:
            await socket.send(greeting)
            assert opened(await socket.recv()) == [(8, b'{"code":-101}')]
            with pytest.raises(ConnectionClosed):
                await socket.recv()
        assert (platform.connected, platform.sent) == (0, 0)


async def test_a_socket_without_heartbeats_is_closed() -> None:
    platform = BilibiliSimulator(recorded(1), speed=None, ends=False, socket_lives=0.15)
    async with platform, asking(platform) as asker, listening(await asker.start()) as socket:
        await told_until(socket, "DM")
        with pytest.raises(ConnectionClosed):
            await socket.recv()


async def test_a_game_without_heartbeats_pushes_no_more_and_says_so() -> None:
    async with BilibiliSimulator(recorded(1), speed=None, ends=False, game_lives=0.15) as platform, asking(platform) as asker:
        data = await asker.start()
        async with listening(data) as socket:
            end = (await told_until(socket, "INTERACTION_END"))[-1]
        assert end["data"]["game_id"] == data["game_info"]["game_id"]
        assert (await asker.ask("heartbeat", {"game_id": end["data"]["game_id"]}))["code"] == 7003


async def test_what_falls_due_while_nobody_listens_is_gone() -> None:
    async with BilibiliSimulator(recorded(6, every_ms=100)) as platform, asking(platform) as asker:
        data = await asker.start()
        async with listening(data) as socket:
            await told_until(socket, "DM")
        await asyncio.sleep(0.25)  # the recording's own time passes
        async with listening(data) as socket:
            rest = await told_until(socket, "LIVE_END")
    heard = [message["data"]["msg_id"] for message in rest if message["cmd"].endswith("_DM")]
    assert platform.missed[:2] == ["m1", "m2"]
    assert ["m0", *platform.missed, *heard] == [f"m{i}" for i in range(6)]
    assert platform.sent == 6 - len(platform.missed)


async def test_two_who_listen_hear_the_same() -> None:
    lines = [Line(id="m0", t_ms=400, text="都听到了吗"), Line(id="m1", t_ms=450, text="听到了")]
    async with BilibiliSimulator(lines) as platform, asking(platform) as asker:
        async with listening(await asker.start()) as one, listening(await asker.start()) as two, asyncio.TaskGroup() as tasks:
            told = [tasks.create_task(told_until(socket, "DM")) for socket in (one, two)]
        assert [task.result()[-1]["data"]["msg"] for task in told] == ["都听到了吗"] * 2
    assert platform.connections == 2


async def test_fragments_and_skew() -> None:
    platform = BilibiliSimulator(recorded(40), speed=None, faults=parse_faults(["split=1", "skew=300"]))
    async with platform, asking(platform) as asker, listening(await asker.start()) as socket:
        await socket.recv()
        fragments = [fragment async for fragment in socket.recv_streaming()]
        messages = await told_until(socket, "LIVE_END")
    assert len([fragment for fragment in fragments if fragment]) == 3
    assert messages[0]["data"]["timestamp"] * 1000 > now_ms() + 200_000
