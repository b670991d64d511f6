"""A practice YouTube: the Data API's videos, live chat and comments over HTTP, as strict as the documents say, misbehaving as told."""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable, Sequence
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from livebot.keep.clock import monotonic, now_ms
from livebot.simulate.faults import NONE, Faults
from livebot.simulate.patience import Patience
from livebot.simulate.places import Site
from livebot.simulate.play import Say
from livebot.simulate.recording import Line
from livebot.simulate.youtube_chat import Chat
from livebot.simulate.youtube_items import error, rfc3339

COSTS = {("GET", "videos"): 1, ("GET", "messages"): 5, ("POST", "messages"): 20, ("POST", "commentThreads"): 50}
PARTS = {"videos": {"id", "snippet", "liveStreamingDetails"}, "messages": {"id", "snippet", "authorDetails"}, "commentThreads": {"snippet"}}
CHANNEL = "UC-the-shop"
LONGEST_TEXT, LONGEST_COMMENT = 200, 10_000
LOGIN = {"client_id": "livebot.apps.example", "client_secret": "GOCSPX-practice", "refresh_token": "1//practice"}
SCOPE = "https://www.googleapis.com/auth/youtube.force-ssl"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class YouTubeSimulator:
    """`async with YouTubeSimulator(lines) as youtube:` serves http://host:port/youtube/v3/… and /token.

    speed: 1.0 is as recorded, None as fast as it is polled. polling: seconds that a client must wait between two polls. quota: units, after
    which nothing is answered any more. echo: what is said shows in the chat. ends: whether the end of the recording ends the chat.
    log: called with each Say; one under the video has the room "video:…". units, calls [(method, path)], logins, deaf [(since, until)] in
    Unix ms, patience and ended are for who watches.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        *,
        speed: float | None = 1.0,
        faults: Faults = NONE,
        host: str = "127.0.0.1",
        port: int = 0,
        log: Callable[[Say], None] | None = None,
        ends: bool = True,
        echo: bool = True,
        polling: float = 2.0,
        quota: int = 10_000,
        key: str = "practice-key",
        video: str = "livebotdemo",
        starts_in: float = 0.0,
    ) -> None:
        self.faults, self.echo, self.polling, self.quota, self.video = faults, echo, polling, quota, video
        self.chat, self.key, self.lines, self.speed = Chat(f"chat-of-{video}", lines, speed, faults, ends), key, lines, speed
        self.calls: list[tuple[str, str]] = []
        self.starts_in, self.comments = starts_in, list[Say]()
        self.deaf: list[tuple[int, int]] = []
        self.units, self.logins, self.ended = 0, 0, asyncio.Event()
        self._site, self._log = Site(host, port, stops=True), log
        self._tokens: dict[str, float] = {}
        self._not_before: dict[str, float] = {}
        self._listed, self._deaf_since, self._accepted = 0, 0, 0
        self._heard_once, self.patience = False, Patience()

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=1 << 16)
        api = "/youtube/v3"
        app.add_routes([
            web.get(f"{api}/videos", self._guarded("videos", self._videos)),
            web.get(f"{api}/liveChat/messages", self._guarded("messages", self._list)),
            web.post(f"{api}/liveChat/messages", self._guarded("messages", self._insert)),
            web.post(f"{api}/commentThreads", self._guarded("commentThreads", self._comment)),
            web.post("/token", self._token),
        ])  # fmt: skip
        await self._site.open(app)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._site.close()

    @property
    def address(self) -> str:
        return f"http://{self._site.place}"

    @property
    def settings(self) -> dict[str, Any]:
        """[rooms.settings] of a room that may read and write here, with the recording's own length as the plan."""
        span = self.lines[-1].t_ms / 3_600_000 / self.speed if self.lines and self.speed else 0.0
        urls = {"api_url": self.address, "token_url": f"{self.address}/token"}
        plan = {"units_per_day": self.quota, "hours": min(max(round(span, 3), 0.01), 24.0), "reserve": self.quota // 5}
        return {"video_id": self.video, **LOGIN, **urls, **plan}

    @property
    def says(self) -> list[Say]:
        """All that was said in the chat, and then under the video."""
        return self.chat.play.says + self.comments

    @property
    def sent(self) -> int:
        """Different recorded comments that went out."""
        return self.chat.play.position

    # who may ask

    def _guarded(self, name: str, answer: Handler) -> Handler:
        """The handler behind everything that all calls have in common: faults of the line, credentials, quota and parts."""

        async def handle(request: web.Request) -> web.StreamResponse:
            self._accepted += 1
            if self._accepted <= self.faults.accept_close:
                return self._cut(request)
            self.calls.append((request.method, name))
            self.patience.tried()
            number = len(self.calls)
            await asyncio.sleep(self.faults.slow)
            for fault, share, status in (("failing", self.faults.failing, 503), ("limit", self.faults.limit, 429)):
                if self.faults.strikes(fault, share, number):
                    if request.method == "GET":
                        self._goes_deaf()
                    self.patience.told(1)
                    return self._refuse(status, "backendError" if status == 503 else "rateLimitExceeded", "global", retry_after=1)
            if refused := self._unauthorised(request, name):
                return refused
            self.chat.begin()
            self.units += (cost := COSTS[request.method, name])
            if self.units > self.quota:
                self.units -= cost
                return self._refuse(403, "quotaExceeded", "youtube.quota")
            parts = parts_of(request)
            if not parts or not parts <= PARTS[name] or (request.method == "POST" and "snippet" not in parts):
                return self._refuse(400, "unexpectedPart" if parts else "missingRequiredParameter", "youtube.part")
            return await answer(request)

        return handle

    def _unauthorised(self, request: web.Request, name: str) -> web.Response | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme == "Bearer":
            alive = self._tokens.get(token, 0.0) > monotonic()
            return None if alive else self._refuse(401, "authError", "global")
        if request.method == "POST":
            return self._refuse(401, "required", "global")
        if request.query.get("key") != self.key:
            reason = "badRequest" if "key" in request.query else "forbidden"
            return self._refuse(400 if "key" in request.query else 403, reason, "global", "API key not valid. Please pass a valid API key.")
        return None

    async def _token(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        if form.get("grant_type") != "refresh_token":
            return web.json_response({"error": "unsupported_grant_type"}, status=400)
        if (form.get("client_id"), form.get("client_secret")) != (LOGIN["client_id"], LOGIN["client_secret"]):
            return web.json_response({"error": "invalid_client", "error_description": "Unauthorized"}, status=401)
        if form.get("refresh_token") != LOGIN["refresh_token"]:
            return web.json_response({"error": "invalid_grant", "error_description": "Token has been expired or revoked."}, status=400)
        self.logins += 1
        token = f"ya29.{secrets.token_hex(8)}"
        self._tokens[token] = monotonic() + (self.faults.expire or 3599.0)
        return web.json_response({"access_token": token, "expires_in": 3599, "token_type": "Bearer", "scope": SCOPE})

    # reading

    async def _videos(self, request: web.Request) -> web.StreamResponse:
        starts = self.chat.began_ms + int(self.starts_in * 1000)
        live = {"scheduledStartTime": rfc3339(starts)} | ({"actualStartTime": rfc3339(starts)} if now_ms() >= starts else {})
        live |= {"actualEndTime": rfc3339(now_ms())} if self.chat.over else {"activeLiveChatId": self.chat.id}
        item = {"kind": "youtube#video", "id": self.video, "snippet": {"channelId": CHANNEL}, "liveStreamingDetails": live}
        self._hears()
        return web.json_response({"kind": "youtube#videoListResponse", "items": [item] if request.query.get("id") == self.video else []})

    async def _list(self, request: web.Request) -> web.StreamResponse:
        query, size = request.query, whole(request.query.get("maxResults", "500"))
        who = "login" if "Authorization" in request.headers else "key"
        if query.get("liveChatId") != self.chat.id:
            return self._refuse(404, "liveChatNotFound")
        if monotonic() < self._not_before.get(who, 0.0):
            return self._refuse(403, "rateLimitExceeded")
        if not 200 <= size <= 2000 or (place := self.chat.place(query.get("pageToken"))) is None:
            return self._refuse(400, "invalidParameter" if not 200 <= size <= 2000 else "invalidPageToken", "global")
        if self.chat.is_read(place):
            return self._refuse(403, "liveChatEnded")
        if (cut := await self._misbehaved(request)) is not None:
            return cut
        items = self._up_to_the_next_fault(self.chat.items(place, size))
        page = self.chat.page(items, place + len(items), parts_of(request), self.polling)
        self._hears()
        self._not_before[who] = monotonic() + 0.95 * self.polling
        if self.chat.over:
            self.ended.set()
        return web.json_response(page)

    # misbehaving

    def _up_to_the_next_fault(self, items: list[Any]) -> list[Any]:
        strengths = (self.faults.stall, self.faults.drop, self.faults.midframe)
        room = int(min((fault - self._listed for fault in strengths if fault), default=len(items)))
        self._listed += len(items[:room])
        return items[:room]

    async def _misbehaved(self, request: web.Request) -> web.StreamResponse | None:
        """What a poll gets once so many items were listed: nothing at all, a cut line, or half an answer; None else."""
        faults, listed = self.faults, self._listed
        if faults.drop and listed >= faults.drop:
            self._listed = 0
            return self._cut(request)
        if faults.midframe and listed >= faults.midframe:
            self._listed = 0
            response = web.StreamResponse(headers={"Content-Length": "4096", "Content-Type": "application/json"})
            await response.prepare(request)
            await response.write(b'{"kind":"youtube#liveChatMessageListResponse","items":[{"id":"cut')
            return self._cut(request, response)
        if faults.stall and listed >= faults.stall:
            self._listed = 0
            self._goes_deaf()
            await asyncio.Event().wait()
        return None

    def _cut(self, request: web.Request, response: web.StreamResponse | None = None) -> web.StreamResponse:
        self._goes_deaf()
        if request.transport:
            request.transport.abort()
        return response or web.Response()

    def _goes_deaf(self) -> None:
        self._deaf_since = self._deaf_since or (now_ms() if self._heard_once else 0)

    def _hears(self) -> None:
        self._heard_once = True
        if self._deaf_since:
            self.deaf.append((self._deaf_since, now_ms()))
            self._deaf_since = 0

    def _refuse(self, status: int, reason: str, domain: str = "youtube.liveChat", text: str = "", retry_after: int = 0) -> web.Response:
        headers = {"Retry-After": str(retry_after)} if retry_after else None
        return web.json_response(error(status, reason, domain, text), status=status, headers=headers)

    # saying

    async def _insert(self, request: web.Request) -> web.StreamResponse:
        snippet = at(await body_of(request), "snippet")
        text = at(snippet, "textMessageDetails").get("messageText")
        if snippet.get("liveChatId") != self.chat.id:
            return self._refuse(404, "liveChatNotFound") if snippet.get("liveChatId") else self._refuse(400, "liveChatIdRequired")
        if snippet.get("type") != "textMessageEvent":
            return self._refuse(400, "typeRequired")
        if not isinstance(text, str) or not text.strip():
            return self._refuse(400, "messageTextRequired")
        if len(text) > LONGEST_TEXT:
            return self._refuse(400, "messageTextInvalid")
        if self.chat.over:
            return self._refuse(403, "liveChatEnded")
        say = self._heard(text, self.chat.id)
        return await self._receipt(say, self.chat.said(say, shown=self.echo and say.outcome in ("said", "silent")))

    async def _comment(self, request: web.Request) -> web.StreamResponse:
        snippet = at(await body_of(request), "snippet")
        text = at(at(snippet, "topLevelComment"), "snippet").get("textOriginal")
        if (snippet.get("channelId"), snippet.get("videoId")) != (CHANNEL, self.video):
            return self._refuse(404, "videoNotFound", "youtube.commentThread")
        if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_COMMENT:
            return self._refuse(400, "commentTextTooLong" if text else "commentTextRequired", "youtube.commentThread")
        say = self._heard(text, f"video:{self.video}")
        self.comments.append(say)
        top = {"kind": "youtube#comment", "id": say.key, "snippet": {"textOriginal": text, "videoId": self.video}}
        thread = {"kind": "youtube#commentThread", "id": say.key, "snippet": {"videoId": self.video, "topLevelComment": top}}
        return await self._receipt(say, thread)

    def _heard(self, text: str, room: str) -> Say:
        faults, nth = self.faults, len(self.says) + 1
        fates = (("refuse", faults.refuse, "refused"), ("shadow", faults.shadow, "shadow"), ("silent", faults.silent, "silent"))
        outcome = next((name for fault, share, name in fates if faults.strikes(fault, share, nth)), "said")
        say = Say(room=room, key=f"said-{nth}", text=text, to=None, at_ms=now_ms(), outcome=outcome)
        if self._log:
            self._log(say)
        return say

    async def _receipt(self, say: Say, resource: dict[str, Any]) -> web.StreamResponse:
        await asyncio.sleep(self.faults.late)
        if say.outcome == "silent":
            await asyncio.Event().wait()
        return self._refuse(403, "forbidden") if say.outcome == "refused" else web.json_response(resource)


def parts_of(request: web.Request) -> set[str]:
    return {part for word in request.query.getall("part", []) for part in word.split(",")}


def whole(word: str) -> int:
    return int(word) if word.isdecimal() and len(word) < 9 else 0


async def body_of(request: web.Request) -> dict[str, Any]:
    try:
        value = json.loads(await request.read())
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def at(value: dict[str, Any], key: str) -> dict[str, Any]:
    found = value.get(key)
    return found if isinstance(found, dict) else {}
