"""The practice Twitch seen by bare clients: it is as strict as the real one, and says so in the real one's words."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
import pytest
from websockets.asyncio.client import ClientConnection, connect

from livebot.simulate.faults import parse_faults
from livebot.simulate.recording import Line
from livebot.simulate.twitch import TwitchSimulator

LINES = [Line(id=f"m{i}", t_ms=i, text=f"第{i}条", user=f"u{i}", name=f"名字{i}") for i in range(5)]
CHAT = {"type": "channel.chat.message", "version": "1", "condition": {"broadcaster_user_id": "1001", "user_id": "2002"}}


class Caller:
    """Asks Helix as the account that may."""

    def __init__(self, http: aiohttp.ClientSession, twitch: TwitchSimulator) -> None:
        self.http, self.settings = http, twitch.settings
        self.headers = {"Authorization": f"Bearer {self.settings['access_token']}", "Client-Id": self.settings["client_id"]}

    async def ask(self, method: str, path: str, body: object = None, **params: str) -> tuple[int, dict[str, Any]]:
        url = self.settings["api_url"] + path
        async with self.http.request(method, url, json=body, params=params, headers=self.headers) as answer:
            return answer.status, await answer.json()

    async def subscribe(self, session: str, **fields: Any) -> tuple[int, dict[str, Any]]:
        return await self.ask(
            "POST", "/eventsub/subscriptions", CHAT | {"transport": {"method": "websocket", "session_id": session}} | fields
        )

    async def say(self, text: str = "在的", **fields: Any) -> tuple[int, dict[str, Any]]:
        body = {"broadcaster_id": "1001", "sender_id": "2002", "message": text}
        return await self.ask("POST", "/chat/messages", body | fields)


@asynccontextmanager
async def calling(twitch: TwitchSimulator) -> AsyncIterator[Caller]:
    async with aiohttp.ClientSession() as http:
        yield Caller(http, twitch)


async def told(socket: ClientConnection, kind: str = "") -> dict[str, Any]:
    """The next message, of this type if one is named."""
    async with asyncio.timeout(5):
        while True:
            message: dict[str, Any] = json.loads(await socket.recv())
            if not kind or message["metadata"]["message_type"] == kind:
                return message


async def session_of(socket: ClientConnection) -> str:
    return str((await told(socket, "session_welcome"))["payload"]["session"]["id"])


async def closed(socket: ClientConnection) -> int:
    async with asyncio.timeout(5):
        await socket.wait_closed()
    assert socket.close_code
    return socket.close_code


async def test_nothing_is_played_before_somebody_who_may_has_subscribed() -> None:
    async with (
        TwitchSimulator(LINES, speed=None) as twitch,
        calling(twitch) as caller,
        connect(twitch.address, ping_interval=None) as socket,
    ):
        session = await session_of(socket)
        caller.headers["Authorization"] = "Bearer somebody"
        assert (await caller.subscribe(session))[0] == 401
        assert (twitch.sent, twitch.broadcast) == (0, "")
        caller.headers["Authorization"] = f"Bearer {twitch.settings['access_token']}"
        assert (await caller.subscribe(session))[0] == 202
        messages = [await told(socket, "notification") for _ in LINES]
        assert [one["payload"]["event"]["message"]["text"] for one in messages] == [line.text for line in LINES]
        assert {one["metadata"]["subscription_type"] for one in messages} == {"channel.chat.message"}


@pytest.mark.parametrize("frame", ["hello", b"hello", None], ids=["text", "bytes", "ping"])
async def test_a_client_that_speaks_is_shown_out(frame: str | bytes | None) -> None:
    async with TwitchSimulator([]) as twitch, connect(twitch.address, ping_interval=None) as socket:
        await session_of(socket)
        _ = await (socket.ping() if frame is None else socket.send(frame))
        assert await closed(socket) == 4001


async def test_who_does_not_subscribe_in_time_is_shown_out() -> None:
    async with TwitchSimulator([], subscribe_within=0.2) as twitch:
        async with connect(twitch.address, ping_interval=None) as socket:
            assert await closed(socket) == 4003
        async with calling(twitch) as caller, connect(twitch.address, ping_interval=None) as socket:
            assert (await caller.subscribe(await session_of(socket)))[0] == 202
            await asyncio.sleep(0.4)
            assert twitch.connected == 1


async def test_who_is_told_to_move_and_stays_is_shown_out_and_who_comes_from_nowhere_too() -> None:
    async with TwitchSimulator(LINES, speed=None, faults=parse_faults(["reconnect=2"]), grace=0.3) as twitch:
        async with calling(twitch) as caller, connect(twitch.address, ping_interval=None) as socket:
            session = await session_of(socket)
            await caller.subscribe(session)
            move = (await told(socket, "session_reconnect"))["payload"]["session"]
            assert (move["id"], move["status"]) == (session, "reconnecting")
            assert await closed(socket) == 4004
        for url in (move["reconnect_url"], f"{twitch.address}?reconnect_id=nobody"):
            async with connect(url, ping_interval=None) as socket:
                assert await closed(socket) == 4007


async def test_after_a_move_the_new_socket_has_the_rest_and_the_old_one_nothing_more() -> None:
    lines = [Line(id=f"m{i}", t_ms=i * 100, text=f"第{i}条") for i in range(5)]
    async with TwitchSimulator(lines, faults=parse_faults(["reconnect=1"]), ends=False) as twitch, calling(twitch) as caller:
        async with connect(twitch.address, ping_interval=None) as old:
            await caller.subscribe(await session_of(old))
            heard = [(await told(old, "notification"))["payload"]["event"]["message_id"]]
            url = (await told(old, "session_reconnect"))["payload"]["session"]["reconnect_url"]
            async with connect(url, ping_interval=None) as new:
                await session_of(new)
                while heard[-1] != "m4":
                    heard.append((await told(new, "notification"))["payload"]["event"]["message_id"])
                await old.close()
                heard += [json.loads(frame)["payload"]["event"]["message_id"] async for frame in old]
        assert sorted(heard) == [line.id for line in LINES], "each once"


REFUSED: list[tuple[dict[str, Any], int]] = [
    ({"type": "channel.fireworks"}, 400),
    ({"version": "9"}, 400),
    ({"condition": {"broadcaster_user_id": "1001"}}, 400),
    ({"condition": {"broadcaster_user_id": "77", "user_id": "2002"}}, 400),
    ({"condition": {"broadcaster_user_id": "1001", "user_id": "1001"}}, 403),
    ({"transport": {"method": "webhook", "session_id": "session-1"}}, 400),
    ({"transport": {"method": "websocket", "session_id": "nowhere"}}, 400),
    ({}, 202),
]


async def test_subscriptions_are_checked_as_they_are_at_twitch() -> None:
    async with TwitchSimulator([]) as twitch, calling(twitch) as caller, connect(twitch.address, ping_interval=None) as socket:
        session = await session_of(socket)
        for fields, status in REFUSED:
            assert (fields, (await caller.subscribe(session, **fields))[0]) == (fields, status)
        assert (await caller.subscribe(session))[0] == 409
        twitch.grant.scopes = ()
        deleted = {"type": "channel.chat.message_delete"}
        assert await caller.subscribe(session, **deleted) == (
            403,
            {"error": "Forbidden", "status": 403, "message": "subscription missing proper authorization"},
        )


async def test_a_fourth_connection_of_one_account_is_too_many() -> None:
    async with (
        TwitchSimulator([]) as twitch,
        calling(twitch) as caller,
        connect(twitch.address) as one,
        connect(twitch.address) as two,
        connect(twitch.address) as three,
        connect(twitch.address) as four,
    ):
        statuses = [(await caller.subscribe(await session_of(socket)))[0] for socket in (one, two, three, four)]
    assert statuses == [202, 202, 202, 429]


async def test_texts_are_checked_as_they_are_at_twitch() -> None:
    async with TwitchSimulator([]) as twitch, calling(twitch) as caller:
        assert (await caller.say(sender_id="1001"))[0] == 401
        assert (await caller.say(broadcaster_id="77"))[0] == 400
        assert (await caller.say("  "))[0] == 400
        assert (await caller.say("长" * 501))[0] == 422
        assert (await caller.say(reply_parent_message_id="nothing"))[0] == 400
        assert twitch.says == []
        sent = [(await caller.say(f"第{number}句"))[1]["data"][0] for number in range(21)]
        assert [one["is_sent"] for one in sent] == [True] * 20 + [False]
        assert sent[-1]["drop_reason"]["code"] == "msg_ratelimit"
        twitch.grant.scopes = ("user:read:chat",)
        assert await caller.say("还有") == (401, {"error": "Unauthorized", "status": 401, "message": "Missing scope: user:write:chat"})


async def test_a_429_tells_when_by_the_platform_s_own_clock_and_who_does_not_wait_is_counted() -> None:
    faults = parse_faults(["limit=1", "skew=3600"])
    async with TwitchSimulator([], faults=faults, limited_for=30) as twitch, calling(twitch) as caller:
        url = twitch.settings["api_url"] + "/users"
        async with caller.http.get(url, headers=caller.headers) as answer:
            assert answer.status == 429
            there = int(answer.headers["Ratelimit-Reset"])
            date = answer.headers["Date"]
        assert (await caller.ask("GET", "/users"))[0] == 429
        await asyncio.sleep(0.15)
        assert (await caller.ask("GET", "/users"))[0] == 429
        assert twitch.helix.patience.impatient == 1, "the first may have been under way"
    assert 29 <= there - parsedate_to_datetime(date).timestamp() <= 32


async def test_a_refresh_token_is_good_for_once() -> None:
    async with TwitchSimulator([]) as twitch, calling(twitch) as caller:
        form = {"grant_type": "refresh_token", "refresh_token": twitch.settings["refresh_token"]}
        form |= {name: twitch.settings[name] for name in ("client_id", "client_secret")}
        url = twitch.settings["auth_url"]
        statuses = []
        for data in (form | {"client_secret": "x"}, form, form):
            async with caller.http.post(f"{url}/token", data=data) as answer:
                statuses.append(answer.status)
        assert statuses == [403, 200, 400]
        async with caller.http.get(f"{url}/validate", headers={"Authorization": f"OAuth {twitch.grant.access}"}) as answer:
            assert (answer.status, (await answer.json())["user_id"]) == (200, "2002")
        async with caller.http.get(f"{url}/validate", headers={"Authorization": caller.headers["Authorization"]}) as answer:
            assert answer.status == 401


async def test_what_falls_due_while_nobody_listens_is_lost_as_on_twitch() -> None:
    lines = [Line(id=f"m{i}", t_ms=i * 100, text=f"第{i}条") for i in range(6)]
    heard = []
    async with TwitchSimulator(lines, ends=False) as twitch, calling(twitch) as caller:
        async with connect(twitch.address, ping_interval=None) as socket:
            await caller.subscribe(await session_of(socket))
            heard.append((await told(socket, "notification"))["payload"]["event"]["message_id"])
        await asyncio.sleep(0.25)  # the recording's own time passes
        async with connect(twitch.address, ping_interval=None) as socket:
            await caller.subscribe(await session_of(socket))
            while heard[-1] != "m5":
                heard.append((await told(socket, "notification"))["payload"]["event"]["message_id"])
        assert len(heard) + len(twitch.missed) == 6
        assert twitch.missed
