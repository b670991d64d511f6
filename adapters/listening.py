"""One HTTP ear for platforms that push: a request is answered 2xx once the journal has committed all its events, else it comes again."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiohttp import web
from loguru import logger

from adapters.pushed import Push, PushedRoom, Refused
from livebot.decide.events import StreamEvent
from livebot.decide.limits import Window
from livebot.errors import Unavailable
from livebot.keep.clock import now_ms
from livebot.language import say

BODY_MOST = 1024 * 1024
ANSWER_S = 1.5  # from the request's head to its answer; platforms give up after two
HEADER_S = 5.0  # until the first request of a connection must have its head
IDLE_S = 30.0  # between two requests of one connection, and for the head of the later ones
REQUESTS = (300, 1.0)  # at most so many of one address in so many seconds
ADDRESSES = 1_000  # whose pace is remembered
CONNECTIONS = 200
_LISTEN = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\[\]:/\s]+):(\d{1,5})")


def listen_address(listen: str) -> tuple[str, int]:
    """ "127.0.0.1:8790" → ("127.0.0.1", 8790); raises ValueError in the user's language, for pydantic."""
    parts = _LISTEN.fullmatch(listen)
    if parts is None or not 0 < int(parts[2]) < 65536:
        raise ValueError(say("应写成 127.0.0.1:8790", "write it as 127.0.0.1:8790"))
    return parts[1].strip("[]"), int(parts[2])


def checked_listen(listen: str) -> str:
    listen_address(listen)
    return listen


def checked_path(path: str) -> str:
    if not re.fullmatch(r"/[A-Za-z0-9._~/-]*", path):
        raise ValueError(
            say("路径要以 / 开头，只用英文字母、数字和 - _ . ~ /", "a path begins with / and holds letters, digits and - _ . ~ /")
        )
    return path


class _Connection(web.RequestHandler):
    """Ends a connection that asks for nothing, and one too many."""

    __slots__ = ("_patience",)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        assert isinstance(transport, asyncio.Transport)
        self._patience = asyncio.get_running_loop().call_later(HEADER_S, transport.abort)
        if self._manager is not None and len(self._manager.connections) > CONNECTIONS:
            transport.abort()

    def connection_lost(self, exc: BaseException | None) -> None:
        self.heard()
        super().connection_lost(exc)

    def heard(self) -> None:
        self._patience.cancel()


class _Server(web.Server):
    def __call__(self) -> web.RequestHandler:
        return _Connection(self, loop=self._loop, **self._kwargs)


class _Ear:
    """One port. Rooms come and go; whoever calls a path that no room has hears 404."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port, self.users = host, port, 0
        self.rooms: dict[str, list[PushedRoom]] = {}
        self.opening = asyncio.Lock()
        self._paces: dict[str, Window] = {}
        self._refused = 0
        self._server: asyncio.Server | None = None
        silent = logging.Logger("ear", logging.CRITICAL + 1)  # whoever sends no HTTP shall not fill the log
        self._http = _Server(
            self._answered, access_log=None, logger=silent, keepalive_timeout=IDLE_S, lingering_time=0.0, auto_decompress=False
        )

    async def open(self) -> None:
        if self._server is not None:
            return
        try:
            self._server = await asyncio.get_running_loop().create_server(self._http, self.host, self.port)
        except OSError as error:
            why = error.strerror or str(error)
            raise Unavailable(
                f"{self.host}:{self.port} 打不开（{why}），可能有别的程序在用：在这个直播间的 listen 里换一个",
                f"cannot listen on {self.host}:{self.port} ({why}), another program may use it: set another `listen` for this room",
            ) from error

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._http.pre_shutdown()
            await self._http.shutdown(0.2)
            self._server = None

    async def _answered(self, request: web.BaseRequest) -> web.StreamResponse:
        until = asyncio.get_running_loop().time() + ANSWER_S
        if isinstance(request.protocol, _Connection):
            request.protocol.heard()
        try:
            return await self._answer(request, until)
        except Refused as refused:
            self._tell(request, refused)
            return _closing(refused.status)
        except web.HTTPException:
            raise
        except Exception as error:  # a bug: the platform keeps what it has
            logger.opt(exception=error).error(say("处理平台推送时程序出错", "a bug while hearing a push"))
            return _closing(503)

    async def _answer(self, request: web.BaseRequest, until: float) -> web.StreamResponse:
        rooms = self.rooms.get(request.path)
        if not rooms:
            return web.Response(status=404)
        if request.method != "POST":
            return web.Response(status=405, headers={"Allow": "POST"})
        if not self._in_time(request.remote or ""):
            return web.Response(status=429, headers={"Retry-After": "1"})
        try:
            async with asyncio.timeout_at(until):
                body = await _body(request)
        except TimeoutError:
            return _closing(408)
        push = Push(headers={name.lower(): value for name, value in request.headers.items()}, body=body)
        room, events = _judged(list(rooms), push)
        kept = await room.keep(events, until)
        return web.Response(body=room.thanks) if kept else web.Response(status=503, headers={"Retry-After": "1"})

    def _in_time(self, address: str) -> bool:
        pace, now = self._paces.setdefault(address, Window(*REQUESTS)), now_ms()
        if len(self._paces) > ADDRESSES:
            del self._paces[next(iter(self._paces))]
        if pace.ready_at(now) > now:
            return False
        pace.spend(now)
        return True

    def _tell(self, request: web.BaseRequest, refused: Refused) -> None:
        """At 1, 2, 4, 8 …: shown, without flooding the log."""
        self._refused += 1
        if self._refused & (self._refused - 1) == 0:
            text = say(f"拒绝了一次推送（累计 {self._refused} 次）：{refused.zh}", f"refused a push ({self._refused} so far): {refused.en}")
            logger.warning("{} ({})", text, request.path)


_EARS: dict[tuple[asyncio.AbstractEventLoop, str, int], _Ear] = {}


@asynccontextmanager
async def listening(listen: str, path: str, room: PushedRoom) -> AsyncIterator[None]:
    """The room hears what is pushed to that path; the port is open while any room listens at it. Raises Unavailable where it is taken."""
    host, port = listen_address(listen)
    key = (asyncio.get_running_loop(), host, port)
    ear = _EARS.setdefault(key, _Ear(host, port))
    ear.users += 1
    try:
        async with ear.opening:
            await ear.open()
        rooms = ear.rooms.setdefault(path, [])
        rooms.append(room)
        try:
            yield
        finally:
            rooms.remove(room)
            room.close()
    finally:
        ear.users -= 1
        if not ear.users:
            del _EARS[key]
            await ear.close()


def _judged(rooms: Sequence[PushedRoom], push: Push) -> tuple[PushedRoom, Sequence[StreamEvent]]:
    refused = Refused(404, "推给了一个这里没有的直播间或店铺", "it is for a room or a shop that is not here")
    for room in rooms:
        try:
            events = room.judge(push, now_ms())
        except Refused as error:
            refused = error
        else:
            if events is not None:
                return room, events
    raise refused


async def _body(request: web.BaseRequest) -> bytes:
    """Raises Refused for more than BODY_MOST."""
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > BODY_MOST:
            raise Refused(413, "推送的内容太长", "its body is too long")
    return bytes(body)


def _closing(status: int) -> web.Response:
    answer = web.Response(status=status)
    answer.force_close()
    return answer
