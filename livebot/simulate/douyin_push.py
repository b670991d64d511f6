"""A Douyin that pushes: its token and task API, and a recording POSTed to the room's own port with the published signature."""

import asyncio
import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from livebot.keep.clock import monotonic, now_ms
from livebot.simulate.faults import NONE, Faults
from livebot.simulate.patience import Patience
from livebot.simulate.places import Site, free_port, place
from livebot.simulate.play import Client, Message, Play, Say
from livebot.simulate.pushing import Pusher
from livebot.simulate.recording import Line

TYPES = frozenset({"live_comment", "live_gift", "live_like", "live_fansclub"})
TOKEN_S = 7200.0
IN_ONE = 20  # comments in one push at most
PATIENCE_S = 2.0
BREAKER = 10
OLD_MS = 3_600_000
_GARBAGE: tuple[Any, ...] = (7, None, "words", [], {}, {"content": ""}, {"content": {"text": "有货吗"}, "msg_id": 5})


class DouyinPushSimulator:
    """`async with DouyinPushSimulator(lines) as platform:` serves the API at `address` and pushes to `push_url` while a task runs.

    ended: the last comment is on its way; finished: and was answered, or given up.
    push_port: where livebot listens, 0 takes a free one. rest: seconds for which the breaker stays open after ten failures in a row.
    delivered: ids that were answered 2xx; lost: ids that the breaker gave up; calls: (path, err_no); patience: of those who call.
    duplicates, broken, unknown, replayed and forged count what was done wrong on purpose, taken: how often a replay or a forgery was
    answered 2xx.
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
        push_port: int = 0,
        push_path: str = "/douyin",
        app_id: str = "tt0123456789abcdef",
        app_secret: str = "practice-app",  # noqa: S107 - of a practice platform
        push_secret: str = "practice-push",  # noqa: S107
        room_id: str = "7311111111111111111",
        rest: float = 5.0,
    ) -> None:
        self.faults, self.ended, self.finished = faults, asyncio.Event(), asyncio.Event()
        self.app_id, self.app_secret, self.push_secret, self.room_id = app_id, app_secret, push_secret, room_id
        self.says: list[Say] = []  # there is no way to say anything
        self.delivered: list[str] = []
        self.lost: list[str] = []
        self.calls: list[tuple[str, int]] = []
        self.duplicates = self.broken = self.unknown = self.replayed = self.forged = self.taken = 0
        self._site, self._push_path = Site(host, port), push_path
        self._push_place = place(host, push_port or free_port(host))
        self._play = Play(room_id, lines, speed, faults.skew)
        self._tokens: dict[str, float] = {}  # → until when
        self._running: set[str] = set()
        self._asked, self.patience = 0, Patience()
        self._wake = asyncio.Event()
        self.pusher = Pusher(self.push_url, self._signed, patience=PATIENCE_S, pauses=(0.05, 0.1, 0.2), breaker=BREAKER, rest=rest)

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/api/apps/v2/token", self._token)
        app.router.add_post("/api/live_data/task/{name}", self._task)
        await self._site.open(app)
        await self.pusher.__aenter__()
        self.pusher.begin(self._perform())
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.pusher.__aexit__()
        await self._site.close()

    @property
    def address(self) -> str:
        return f"http://{self._site.place}"

    @property
    def push_url(self) -> str:
        return f"http://{self._push_place}{self._push_path}"

    @property
    def settings(self) -> dict[str, Any]:
        """[rooms.settings] of a room that listens here."""
        return {
            "app_id": self.app_id,
            "app_secret": self.app_secret,
            "push_secret": self.push_secret,
            "room_id": self.room_id,
            "listen": self._push_place,
            "path": self._push_path,
            "api_url": self.address,
            "token_url": f"{self.address}/api/apps/v2/token",
        }

    @property
    def sent(self) -> int:
        """Different recorded comments that went out."""
        return self._play.position

    @property
    def running(self) -> bool:
        """Whether a task for comments runs."""
        return "live_comment" in self._running

    # ── the API ────────────────────────────────────────────────────────────────

    async def _token(self, request: web.Request) -> web.Response:
        given = await _object(request)
        right = {"appid": self.app_id, "secret": self.app_secret, "grant_type": "client_credential"}
        if (trouble := await self._troubled()) is not None:
            return trouble
        if given != right:
            self.calls.append(("token", 40017))
            return web.json_response({"err_no": 40017, "err_tips": "bad secret", "data": {}})
        token = secrets.token_hex(16)
        self._tokens[token] = monotonic() + (self.faults.expire or TOKEN_S)
        self.calls.append(("token", 0))
        return web.json_response({"err_no": 0, "err_tips": "success", "data": {"access_token": token, "expires_in": int(TOKEN_S)}})

    async def _task(self, request: web.Request) -> web.Response:
        name, given = request.match_info["name"], await _object(request)
        if (trouble := await self._troubled()) is not None:
            return trouble
        code = self._judged(name, request.headers, given)
        self.calls.append((name, code))
        if code == 0:
            (self._running.add if name == "start" else self._running.discard)(given["msg_type"])
            self._wake.set()
        data = {"task_id": f"task-{given['msg_type']}"} if code == 0 else {}
        return web.json_response({"err_no": code, "err_msg": "" if code == 0 else "refused", "logid": secrets.token_hex(8), "data": data})

    def _judged(self, name: str, headers: Mapping[str, str], given: Mapping[str, Any]) -> int:
        if name not in ("start", "stop"):
            return 40023
        if self._tokens.get(headers.get("access-token", ""), 0.0) < monotonic():
            return 40022
        texts = all(isinstance(given.get(field), str) for field in ("roomid", "appid", "msg_type"))
        if not texts or given["appid"] != self.app_id or given["msg_type"] not in TYPES or "json" not in headers.get("content-type", ""):
            return 40023
        return 0 if given["roomid"] == self.room_id else 5003019

    async def _troubled(self) -> web.Response | None:
        self._asked += 1
        self.patience.tried()
        await asyncio.sleep(self.faults.slow)
        if self.faults.strikes("limit", self.faults.limit, self._asked):
            self.patience.told(1)
            return web.Response(status=429, headers={"Retry-After": "1"})
        return web.Response(status=503) if self.faults.strikes("failing", self.faults.failing, self._asked) else None

    # ── the push ───────────────────────────────────────────────────────────────

    def _signed(self, body: bytes, off_ms: int) -> dict[str, str]:
        return self._signed_as("live_comment", self.push_secret, body, off_ms)

    def _signed_as(self, msg_type: str, secret: str, body: bytes, off_ms: int = 0) -> dict[str, str]:
        at = now_ms() + int(self.faults.skew * 1000) + off_ms
        told = {"x-nonce-str": secrets.token_hex(8), "x-timestamp": str(at), "x-roomid": self.room_id, "x-msg-type": msg_type}
        line = "&".join(f"{name}={told[name]}" for name in sorted(told))
        digest = hashlib.md5(line.encode() + body + secret.encode(), usedforsecurity=False).digest()
        return told | {"x-signature": base64.b64encode(digest).decode()}

    async def _perform(self) -> None:
        """Begins with the first task; without one nothing is pushed, and what falls due meanwhile waits."""
        await self._may_push()
        client = self._play.enter(None)
        while not self._play.over(client):
            await self._may_push()
            if (wait := self._play.wait_s(client)) > 0:
                await asyncio.sleep(min(wait, 0.5))
                continue
            messages = [self._play.next_line(client) for _ in range(self._due(client))]
            if self._play.over(client):
                self.ended.set()
            await self._push_some(messages)
        self.ended.set()
        self.finished.set()

    async def _may_push(self) -> None:
        while not self.running:
            self._wake.clear()
            await self._wake.wait()

    def _due(self, client: Client) -> int:
        ahead = [Client(line=client.line + n, echo=0) for n in range(min(IN_ONE, len(self._play.lines) - client.line))]
        return max(1, sum(self._play.wait_s(one) <= 0 for one in ahead))

    async def _push_some(self, messages: Sequence[Message]) -> None:
        first, ids, strikes = messages[0]["id"], [message["id"] for message in messages], self.faults.strikes
        if any(strikes("unknown", self.faults.unknown, which) for which in ids):
            self.unknown += 1
            body = _written([{"msg_id": f"gift-{first}"}])
            await self.pusher.push(body, more=self._signed_as("live_mystery", self.push_secret, body))
        if strikes("forge", self.faults.forge, first):
            await self._wrong(_written([_item(messages[0] | {"id": f"forged-{first}"}, self.faults)]), "somebody else", 0)
        body = _written([item for message in messages for item in self._dressed(message)])
        (self.delivered if await self.pusher.deliver(body) else self.lost).extend(ids)
        if twice := [message for message in messages if strikes("duplicate", self.faults.duplicate, message["id"])]:
            self.duplicates += len(twice)
            await self.pusher.deliver(_written([_item(message, self.faults) for message in twice]))
        if strikes("replay", self.faults.replay, first):
            await self._wrong(body, self.push_secret, -OLD_MS)

    async def _wrong(self, body: bytes, secret: str, off_ms: int) -> None:
        """A replay or a forgery: not the platform's, so its refusal is no failure of a push."""
        self.replayed, self.forged = self.replayed + bool(off_ms), self.forged + (not off_ms)
        status = await self.pusher.push(body, more=self._signed_as("live_comment", secret, body, off_ms))
        self.taken += 200 <= status < 300

    def _dressed(self, message: Message) -> list[Any]:
        item, which = _item(message, self.faults), message["id"]
        if self.faults.strikes("unknown", self.faults.unknown, which):
            item |= {"level": 7, "badge": {"deep": [[1, None]]}, "audit": None}
        if not self.faults.strikes("broken", self.faults.broken, which):
            return [item]
        self.broken += 1
        return [_GARBAGE[sum(map(ord, which)) % len(_GARBAGE)], item]


def _item(message: Message, faults: Faults) -> dict[str, Any]:
    user = message["user"]
    item = {
        "msg_id": message["id"],
        "sec_openid": user["id"],
        "content": message["text"],
        "avatar_url": "https://example.com/a.png",
        "nickname": user["name"],
        "timestamp": message["t_ms"],
    }
    if not faults.strikes("missing", faults.missing, message["id"]):
        return item
    variants: tuple[dict[str, Any], ...] = (
        {"avatar_url": None},
        {"nickname": 7},
        {"sec_openid": None, "nickname": None},
        {"timestamp": "soon"},
    )
    robbed = item | variants[sum(map(ord, message["id"])) % len(variants)]
    return {name: value for name, value in robbed.items() if value is not None}


def _written(items: Sequence[Any]) -> bytes:
    return json.dumps(items, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


async def _object(request: web.Request) -> dict[str, Any]:
    try:
        given = json.loads(await request.read())
    except (ValueError, RecursionError):
        return {}
    return given if isinstance(given, dict) else {}
