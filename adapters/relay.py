"""A WebSocket whose server may tell us to go on over another one: the old is read to its last frame before the first of the new."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, ConnectionClosedOK

from adapters.dialling import dialled, lost, shown
from livebot.errors import LivebotError, Unavailable

FIRST_FRAME_S, DRAIN_S = 10.0, 10.0


class Relay:
    """For one reader, with `run` beside it. The server speaks first on every socket, welcome: whether that is what it should say; no pings
    are sent. The stack, which is the caller's, closes the sockets.
    """

    def __init__(self, stack: AsyncExitStack, url: str, welcome: Callable[[bytes], bool]) -> None:
        self._stack, self._url, self._welcome = stack, url, welcome
        self._socket: ClientConnection | None = None
        self._next: tuple[ClientConnection, bytes] | None = None
        self._failure: LivebotError | None = None
        self._to = ""
        self._told, self._moved = asyncio.Event(), asyncio.Event()

    async def open(self) -> bytes:
        """The welcome. Raises what `dialled` does, and Unavailable where nobody welcomes us in time."""
        self._socket, first = await self._opened(self._url)
        return first

    async def recv(self) -> bytes | None:
        """The next frame, None after a normal end (1000, 1001); raises Unavailable or LoginRequired where the connection was lost."""
        assert self._socket is not None
        try:
            return await self._socket.recv(decode=False)
        except ConnectionClosed as closed:
            if self._to:
                await self._moved.wait()
            if self._failure:
                raise self._failure from closed
            if self._next:
                (self._socket, first), self._next, self._to = self._next, None, ""
                return first
            if isinstance(closed, ConnectionClosedOK):
                return None
            raise lost(self._url, closed) from closed

    def move(self, url: str) -> None:
        """Goes on over another socket as soon as that stands and welcomes us; what is still in the old one comes first."""
        if not self._to:
            self._to = url
            self._moved.clear()
            self._told.set()

    async def fail(self, error: LivebotError) -> None:
        """Ends the connection; recv raises this error."""
        self._failure = self._failure or error
        if self._socket:
            await self._socket.close()

    async def run(self) -> None:
        """Moves whenever we are told to, for ever."""
        while await self._told.wait():
            self._told.clear()
            old = self._socket
            try:
                self._next = await self._opened(self._to)
            except LivebotError as error:
                self._failure = Unavailable(f"对方要求换连接，没换成：{error}", f"we were told to move, and that failed: {error}")
            self._moved.set()
            if old:
                old.close_timeout = DRAIN_S
                await old.close()

    async def _opened(self, url: str) -> tuple[ClientConnection, bytes]:
        socket = await self._stack.enter_async_context(dialled(url, pings=False))
        try:
            async with asyncio.timeout(FIRST_FRAME_S):
                first = await socket.recv(decode=False)
        except TimeoutError:
            first = b""
        except ConnectionClosed as closed:
            raise lost(url, closed) from closed
        if not self._welcome(first):
            raise Unavailable(f"{shown(url)} 没有应有的第一句话", f"{shown(url)} does not begin as it should")
        return socket, first
