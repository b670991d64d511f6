"""The practice YouTube is as strict as the documents: who may ask what, how often, in which form, and what it costs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession

from livebot.simulate.faults import parse_faults
from livebot.simulate.recording import Line
from livebot.simulate.youtube import CHANNEL, LOGIN, YouTubeSimulator

PAGE = {"liveChatId": "chat-of-livebotdemo", "part": "id,snippet,authorDetails"}
TEXT = {"liveChatId": "chat-of-livebotdemo", "type": "textMessageEvent", "textMessageDetails": {"messageText": "在的"}}
TOP = {"channelId": CHANNEL, "videoId": "livebotdemo", "topLevelComment": {"snippet": {"textOriginal": "谢谢"}}}


def recorded(count: int) -> list[Line]:
    return [Line(id=f"m{i}", t_ms=i, text=f"第{i}条", user=f"u{i}", name=f"名字{i}") for i in range(count)]


class Caller:
    """Somebody with the right key or login, unless told otherwise."""

    def __init__(self, youtube: YouTubeSimulator, session: ClientSession) -> None:
        self.youtube, self.session, self.token = youtube, session, ""

    async def login(self, **wrong: str) -> tuple[int, dict[str, Any]]:
        form = {"grant_type": "refresh_token", **LOGIN, **wrong}
        async with self.session.post(f"{self.youtube.address}/token", data=form) as answer:
            body: dict[str, Any] = await answer.json()
            self.token = body.get("access_token", "")
            return answer.status, body

    async def get(self, path: str, **query: str) -> tuple[int, str, dict[str, Any]]:
        url = f"{self.youtube.address}/youtube/v3/{path}"
        async with self.session.get(url, params={"key": self.youtube.key, **query}) as answer:
            return answer.status, *told(await answer.json())

    async def page(self, **query: str) -> tuple[int, str, dict[str, Any]]:
        return await self.get("liveChat/messages", **(PAGE | query))

    async def post(self, path: str, snippet: object, part: str = "snippet") -> tuple[int, str, dict[str, Any]]:
        url, proof = f"{self.youtube.address}/youtube/v3/{path}", {"Authorization": f"Bearer {self.token}"}
        async with self.session.post(url, params={"part": part}, json={"snippet": snippet}, headers=proof) as answer:
            return answer.status, *told(await answer.json())


def told(body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """(the reason of a refusal, the body)"""
    return (body["error"]["errors"][0]["reason"] if "error" in body else "", body)


@asynccontextmanager
async def practice(count: int = 0, *faults: str, **options: Any) -> AsyncIterator[Caller]:
    given = {"speed": None, "polling": 0.0, "faults": parse_faults(faults, seed=7)} | options
    async with YouTubeSimulator(recorded(count), **given) as youtube, ClientSession() as session:
        yield Caller(youtube, session)


async def test_nothing_plays_before_somebody_with_the_right_key_asks() -> None:
    async with practice(3) as caller:
        assert (await caller.page(key="wrong"))[:2] == (400, "badRequest")
        assert (await caller.get("videos", part="id", key=""))[0] == 400
        assert caller.youtube.sent == 0
        _, _, video = await caller.get("videos", part="snippet,liveStreamingDetails", id="livebotdemo")
        assert video["items"][0]["liveStreamingDetails"]["activeLiveChatId"] == PAGE["liveChatId"]
        assert (await caller.get("videos", part="snippet", id="another"))[2]["items"] == []
        assert len((await caller.page())[2]["items"]) == 4, "three and the end"


async def test_pages_follow_their_tokens_and_the_past_is_told_again_without_one() -> None:
    async with practice(700, ends=False) as caller:
        _, _, first = await caller.page(maxResults="200")
        _, _, second = await caller.page(maxResults="200", pageToken=first["nextPageToken"])
        _, _, again = await caller.page(maxResults="300")
        assert [item["id"] for item in first["items"] + second["items"]] == [f"m{i}" for i in range(400)]
        assert [item["id"] for item in again["items"]] == [f"m{i}" for i in range(200, 500)]
        for token in ("x", "bm9uc2Vuc2U6Nw==", ""):
            assert (await caller.page(pageToken=token))[:2] == (400, "invalidPageToken")
        assert (await caller.page(maxResults="5"))[:2] == (400, "invalidParameter")


async def test_only_the_parts_that_are_asked_for() -> None:
    async with practice(1, ends=False) as caller:
        (item,) = (await caller.page(part="snippet"))[2]["items"]
        assert {"id", "authorDetails"} & set(item) == set()
        assert (await caller.page(part="snippet,statistics"))[:2] == (400, "unexpectedPart")
        async with caller.session.get(f"{caller.youtube.address}/youtube/v3/videos?key={caller.youtube.key}&id=x") as answer:
            assert (answer.status, told(await answer.json())[0]) == (400, "missingRequiredParameter")


async def test_who_polls_too_soon_is_told_so() -> None:
    async with practice(1, ends=False, polling=30.0) as caller:
        assert (await caller.page())[2]["pollingIntervalMillis"] == 30_000
        assert (await caller.page())[:2] == (403, "rateLimitExceeded")


async def test_logins() -> None:
    async with practice(ends=False) as caller:
        for wrong, status, why in (
            ({"refresh_token": "1//other"}, 400, "invalid_grant"),
            ({"client_secret": "other"}, 401, "invalid_client"),
            ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ):
            told_status, body = await caller.login(**wrong)
            assert (told_status, body["error"]) == (status, why)
        assert (await caller.post("liveChat/messages", TEXT))[:2] == (401, "authError")
        status, body = await caller.login()
        assert (status, body["token_type"]) == (200, "Bearer")
        assert (await caller.post("liveChat/messages", TEXT))[0] == 200
    async with practice(0, "expire=0.05", ends=False) as caller:
        await caller.login()
        await asyncio.sleep(0.06)  # the token's own time
        assert (await caller.post("liveChat/messages", TEXT))[:2] == (401, "authError")


WRONG: list[tuple[dict[str, Any], int, str]] = [
    ({"liveChatId": "other"}, 404, "liveChatNotFound"),
    ({"liveChatId": None}, 400, "liveChatIdRequired"),
    ({"type": "superChatEvent"}, 400, "typeRequired"),
    ({"textMessageDetails": {}}, 400, "messageTextRequired"),
    ({"textMessageDetails": {"messageText": "长" * 201}}, 400, "messageTextInvalid"),
]


@pytest.mark.parametrize(("change", "status", "reason"), WRONG, ids=lambda value: value if isinstance(value, str) else None)
async def test_a_text_that_is_not_in_form_is_refused(change: dict[str, Any], status: int, reason: str) -> None:
    async with practice(ends=False) as caller:
        await caller.login()
        assert (await caller.post("liveChat/messages", TEXT | change))[:2] == (status, reason)
        assert (await caller.post("liveChat/messages", TEXT, part="id"))[:2] == (400, "unexpectedPart")
        assert caller.youtube.says == []


async def test_after_the_end_nothing_is_said_in_the_chat_but_under_the_video() -> None:
    async with practice(1) as caller:
        await caller.login()
        _, _, page = await caller.page()
        assert page["items"][-1]["snippet"]["type"] == "chatEndedEvent"
        assert "offlineAt" in page
        assert caller.youtube.ended.is_set()
        assert (await caller.page(pageToken=page["nextPageToken"]))[:2] == (403, "liveChatEnded")
        assert (await caller.post("liveChat/messages", TEXT))[:2] == (403, "liveChatEnded")
        video = (await caller.get("videos", part="liveStreamingDetails", id="livebotdemo"))[2]["items"][0]["liveStreamingDetails"]
        assert "activeLiveChatId" not in video
        assert "actualEndTime" in video
        assert (await caller.post("commentThreads", TOP))[0] == 200
        assert (await caller.post("commentThreads", TOP | {"videoId": "other"}))[:2] == (404, "videoNotFound")
        assert [(say.room, say.text) for say in caller.youtube.says] == [("video:livebotdemo", "谢谢")]


async def test_what_calls_cost_and_what_happens_when_nothing_is_left() -> None:
    async with practice(ends=False, quota=100) as caller:
        await caller.login()
        await caller.get("videos", part="id", id="livebotdemo")
        await caller.page()
        await caller.post("liveChat/messages", TEXT)
        await caller.post("commentThreads", TOP)
        assert caller.youtube.units == 76
        assert (await caller.post("commentThreads", TOP))[:2] == (403, "quotaExceeded")
        assert (await caller.post("liveChat/messages", TEXT))[0] == 200


async def test_the_chat_ends_early_when_told_to() -> None:
    async with practice(50, "chat_end=10") as caller:
        _, _, page = await caller.page()
    assert [item["snippet"]["type"] for item in page["items"]] == ["textMessageEvent"] * 10 + ["chatEndedEvent"]


async def test_answers_that_tell_when_to_come_back() -> None:
    async with practice(1, "limit=1") as caller, caller.session.get(f"{caller.youtube.address}/youtube/v3/videos") as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (429, "1")
