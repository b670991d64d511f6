"""One YouTube broadcast: its chat is read at the pace that platform and quota allow; texts go into it, afterwards under the video."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from math import inf

from aiohttp import ClientSession

from adapters.asking import Unanswered, asking
from adapters.dialling import wrong_setting
from adapters.fields import object_of, text_of
from adapters.oauth import Key
from adapters.quota import Quota
from adapters.tokens import Tokens
from adapters.youtube import wire
from livebot.arrive.adapter import Receipt
from livebot.decide.events import Comment, CommentDeleted, Heartbeat, StreamEnded, StreamEvent, StreamStarted
from livebot.errors import Rejected, Unavailable
from livebot.keep.clock import monotonic, now_ms

VIDEO, LIST, INSERT, COMMENT = 1, 5, 20, 50  # units of quota
AFTER_S, WAITING_ROOM_S = 60.0, 900.0  # between heartbeats after the broadcast; before its beginning the chat is worth reading so long


@dataclass(slots=True)
class Memory:
    """What one room knows across its connections. polled_at, not_before: monotonic. page: of what is behind read_to = (chat, comment)."""

    quota: Quota
    access: Tokens | Key
    polled_at: float = -inf
    pause: float = 0.0
    not_before: float = 0.0
    page: str = ""
    read_to: tuple[str, str] | None = None


class YouTubeRoom:
    """Stays open when the broadcast is over, so that follow-ups can still be said."""

    def __init__(self, session: ClientSession, memory: Memory, api: str, video_id: str, chat: str, timeout: float, last: str) -> None:
        self._session, self._memory, self._url, self._timeout = session, memory, api, timeout
        self._video_id, self._chat, self._last = video_id, chat, last
        self._video, self._over = wire.Video(chat=chat), False
        self._recent: deque[tuple[str, str]] = deque(maxlen=500)  # (author, comment): who may yet be banned

    async def events(self) -> AsyncIterator[StreamEvent]:
        """Does not end by itself. Raises Unavailable, LoginRequired or ConfigError."""
        memory = self._memory
        resumed = self._last != "" and memory.read_to == (self._chat, self._last)
        token, known = (memory.page, "") if resumed else ("", self._last)
        memory.quota.begin(self._chat, now_ms(), self._video.ends)
        if self._video.started and not self._over:
            yield StreamStarted(planned_end=self._video.ends)
        while not self._over:
            pace = max(memory.pause, memory.quota.pace(LIST, now_ms()))
            while (wait := max(memory.polled_at + pace, memory.not_before) - monotonic()) > 0:
                yield Heartbeat(every=min(max(wait, 1.0), 3600.0))
                await asyncio.sleep(wait)
            yield Heartbeat(every=(self._timeout - 1.0) / 2.5)  # the watchdog waits 2.5 times this and a second
            page = await self._poll(token)
            for event in self._news(page, known):
                yield event
            token, known = page.token or token, ""
            memory.page, memory.read_to = token, (self._chat, self._last)
            if await self._has_begun(page):
                yield StreamStarted(planned_end=self._video.ends)
        yield StreamEnded()
        while True:
            yield Heartbeat(every=AFTER_S)
            await asyncio.sleep(AFTER_S)

    async def _has_begun(self, page: wire.Page) -> bool:
        """Looks at the broadcast where something may have changed."""
        before = self._video.started
        if self._video_id and not self._over and (page.offline or not before):
            await self.look()
        return self._video.started and not before

    async def look(self) -> None:
        """How the broadcast is. Raises ConfigError where it is none, Unavailable where it is too early."""
        try:
            self._memory.quota.pace(VIDEO, now_ms())
            body = await self._call("GET", "videos", VIDEO, {"part": "snippet,liveStreamingDetails", "id": self._video_id})
        except wire.Refused as refused:
            raise wire.sorted_error(refused) from refused
        video = wire.read_video(body, now := now_ms())
        if video is None:
            raise wrong_setting(
                "video_id", "找不到这场直播：编号不对、不公开，或不是直播", "no such broadcast: wrong, private, or not live"
            )
        early = 0.0 if video.started or video.starts is None else (video.starts - now) / 1000 - WAITING_ROOM_S
        if not video.over and (early > 0 or not (video.chat or self._chat)):
            raise Unavailable("直播还没开始，或没有开放聊天", "not begun, or no open chat", retry_after=min(max(early, 60.0), 600.0))
        self._video, self._over, self._chat = video, video.over, self._chat or video.chat

    async def send(self, text: str, *, to: Comment | None, key: str) -> Receipt:
        """Into the chat. "unknown" once the text was handed over and nobody said what became of it."""
        if self._over:
            raise Rejected("直播结束了，聊天已经关闭", "the broadcast is over, its chat is closed")
        return await self._say("liveChat/messages", INSERT, wire.message(self._chat, text), kept=COMMENT if self._video_id else 0)

    async def follow_up(self, text: str, *, key: str) -> Receipt:
        """Into the chat while it is open, afterwards as a comment under the video."""
        if not self._over or not self._video_id:
            return await self.send(text, to=None, key=key)
        return await self._say("commentThreads", COMMENT, wire.comment(self._video.channel, self._video_id, text))

    async def _say(self, path: str, cost: int, body: bytes, kept: int = 0) -> Receipt:
        if isinstance(self._memory.access, Key):
            raise Rejected("只有 api_key，只能读不能发", "with an api_key alone nothing can be said")
        if self._memory.quota.left(now_ms()) < cost + kept:
            raise Rejected("YouTube 今天的配额不够再说一句了", "what is left of today's YouTube quota does not suffice for another text")
        try:
            said = await self._call("POST", path, cost, {"part": "snippet"}, body)
            return Receipt(state="sent", native_id=text_of(object_of(said).get("id")) or None)
        except Unanswered as error:
            return Receipt(state="unknown", reason=str(error))
        except wire.Refused as refused:
            if refused.status >= 500:
                return Receipt(state="unknown", reason=refused.words)
            raise wire.sorted_error(refused, sending=True) from refused

    async def _poll(self, token: str) -> wire.Page:
        memory, place = self._memory, {"pageToken": token} if token else {}
        params = {"liveChatId": self._chat, "part": "id,snippet,authorDetails", **place}
        try:
            page = wire.read_page(await self._call("GET", "liveChat/messages", LIST, params), now_ms())
        except wire.Refused as refused:
            if refused.reason == "liveChatEnded":
                return wire.Page(events=(StreamEnded(),))
            memory.read_to = memory.read_to if refused.status != 400 else None  # a page token that is refused is not shown again
            if refused.reason == "liveChatNotFound" and not self._video_id:
                raise wrong_setting("live_chat_id", "没有这个聊天", "there is no such chat") from refused
            raise wire.sorted_error(refused) from refused
        finally:
            memory.polled_at = monotonic()
        memory.pause = page.pause
        return page

    def _news(self, page: wire.Page, known: str) -> Iterator[StreamEvent]:
        """The page's events behind the comment `known`, where it is among them."""
        places = [n for n, event in enumerate(page.events, 1) if known and isinstance(event, Comment) and event.id == known]
        for event in page.events[places[-1] if places else 0 :]:
            if isinstance(event, Comment):
                self._last = event.id
                self._recent.append((event.author.id, event.id))
            if isinstance(event, StreamEnded):
                self._over = True
            else:
                yield event
        yield from [CommentDeleted(id=comment) for author, comment in self._recent if author in page.banned]

    async def _call(self, method: str, path: str, cost: int, params: Mapping[str, str], body: bytes | None = None) -> bytes:
        """One call, counted; what it answers where it succeeds. Raises Refused, Unavailable (Unanswered) or LoginRequired."""
        memory, url, headers = self._memory, f"{self._url}/{path}", {"Content-Type": "application/json"} if body else {}
        if (wait := memory.not_before - monotonic()) > 0:
            raise Unavailable(f"YouTube 要求再等 {wait:.1f} 秒", f"YouTube wants no call for {wait:.1f} s", retry_after=wait)
        memory.quota.spend(cost, now_ms(), saying=body is not None)
        memory.quota.warn(LIST, now_ms())
        patience = self._timeout + (0.0 if body else 5.0)  # a poll that hangs is left to the watchdog, which knows since when
        answer = await memory.access.asked(self._session, method, url, headers=headers, params=params, body=body, patience=patience)
        if answer.status == 200:
            return answer.body
        refused = wire.Refused(answer.status, answer.body, answer.retry_after)
        memory.not_before = monotonic() + (answer.retry_after or 0.0)
        if refused.reason in wire.SPENT:
            memory.quota.exhaust(now_ms())
        raise refused


@asynccontextmanager
async def open_room(memory: Memory, api: str, video_id: str, chat: str, timeout: float, last: str) -> AsyncIterator[YouTubeRoom]:
    async with asking(api) as session:
        room = YouTubeRoom(session, memory, api, video_id, chat, timeout, last)
        if video_id:
            await room.look()
        yield room
