"""A WebSocket server that plays a recording and misbehaves as told; what goes over the wire the platform's own class says."""

import asyncio
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, ClassVar, Self

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from livebot.simulate.faults import NONE, Faults
from livebot.simulate.places import place, port_of
from livebot.simulate.play import Client, Message, Play, Say, news_of
from livebot.simulate.recording import Line


class FeedServer(ABC):
    """`async with` serves. speed: 1.0 is as recorded, None as fast as clients take it. ends: whether the end of the recording ends the
    stream. log: called with each Say. says, sent and ended are for who watches.
    """

    connection: ClassVar[type[ServerConnection]] = ServerConnection
    cut: ClassVar[bytes] = b'\x81\x7e\x01\x00{"half": "a frame'  # of 256 bytes, of which no more come

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
    ) -> None:
        self.lines, self.speed, self.faults, self.ends = lines, speed, faults, ends
        self.ended = asyncio.Event()
        self._host, self._port, self._log = host, port, log
        self._plays: dict[str, Play] = {}
        self.accepted = 0
        self._server: Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await serve(
            self._serve,
            self._host,
            self._port,
            process_request=self.check,
            create_connection=self.connection,
            compression=None,
            close_timeout=1,
            ping_interval=None,
        )
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.close()

    async def close(self, code: int = 1001) -> None:
        """Closes all connections with this code and stops listening."""
        if self._server:
            self._server.close(code=code)
            await self._server.wait_closed()

    @property
    def address(self) -> str:
        assert self._server is not None
        return f"ws://{place(self._host, port_of(self._server))}"

    def play(self, room: str = "room") -> Play:
        """The room's play; it starts with the first client."""
        if room not in self._plays:
            self._plays[room] = Play(room, self.lines, self.speed, self.faults.skew)
        return self._plays[room]

    @property
    def says(self) -> list[Say]:
        """All that was said in all rooms, oldest first within a room; the same key twice is two of them."""
        return [say for play in self._plays.values() for say in play.says]

    @property
    def sent(self) -> int:
        """Different recorded comments that went out, over all rooms."""
        return sum(play.position for play in self._plays.values())

    @property
    def connected(self) -> int:
        """Clients that entered a room and are still there, over all rooms."""
        return sum(play.audience for play in self._plays.values())

    # what a platform says of itself

    @abstractmethod
    async def enter(self, socket: ServerConnection) -> tuple[Play, Client, Sequence[bytes]]:
        """Hears what a client says first, and gives it its place in a room's play and the frames that greet it."""

    @abstractmethod
    def frames(self, message: Message, client: Client) -> list[bytes]:
        """The frames that bring one recorded comment, in order, with all that the faults do to it."""

    def frame(self, message: Message) -> bytes | None:
        """The frame of an echo, or of what else was put before the next comment; None where nothing can be said that would be shown."""
        return None

    def past(self, message: Message) -> bytes | None:
        """The frame of an old comment that is sent again; None where the platform never does that."""
        return None

    def farewell(self) -> bytes | None:
        """The frame that tells the end of the stream; None where the platform tells none."""
        return None

    def check(self, socket: ServerConnection, request: Request) -> Response | None:
        """Refuses a client at the door."""
        return None

    async def hear(self, socket: ServerConnection, play: Play, client: Client, frame: str | bytes) -> None:
        """What becomes of a frame that a client sends; most tools do not listen."""
        return

    def beside(self, socket: ServerConnection, play: Play, client: Client) -> list[Coroutine[Any, Any, None]]:
        """What else goes on while a client is there."""
        return []

    # one connection

    async def _serve(self, socket: ServerConnection) -> None:
        self.accepted += 1
        if self.accepted <= self.faults.accept_close:
            return
        with suppress(ConnectionClosed):
            play, client, greeting = await self.enter(socket)
            try:
                for frame in greeting:
                    await socket.send(frame, text=True)
                await self._talk(socket, play, client)
            finally:
                play.leave(client)

    async def _talk(self, socket: ServerConnection, play: Play, client: Client) -> None:
        """Until the client goes or a fault cuts it off."""
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(one) for one in (self._perform(socket, play, client), *self.beside(socket, play, client))]
                async for frame in socket:
                    await self.hear(socket, play, client, frame)
                for task in tasks:
                    task.cancel()
        except* ConnectionClosed:
            pass

    async def _perform(self, socket: ServerConnection, play: Play, client: Client) -> None:
        if self.faults.history:
            for message in play.past(client, int(self.faults.history)):
                await _tell(socket, self.past(message))
        ended = False
        while True:
            extra = _popped(client.urgent) or play.next_echo(client)
            if extra is not None:
                await _tell(socket, self.frame(extra))
            elif not play.over(client):
                await self._next_comment(socket, play, client)
            elif self.ends and not ended:
                ended = True
                await _tell(socket, self.farewell())
                self.ended.set()
            else:
                await news_of(client.news, None)
            if client.sent and await self._cut_off(socket, client):
                return

    async def _next_comment(self, socket: ServerConnection, play: Play, client: Client) -> None:
        if (wait := play.wait_s(client)) > 0:
            await news_of(client.news, wait)
            return
        for frame in self.frames(play.next_line(client), client):
            await socket.send(frame, text=True)
        if client.sent % 64 == 0:  # a fast reader never makes send() wait, and would keep us from hearing
            await asyncio.sleep(0)

    async def _cut_off(self, socket: ServerConnection, client: Client) -> bool:
        """True once this connection has had the comments after which a fault ends it."""
        faults = self.faults
        if faults.stall and client.sent >= faults.stall:
            client.stalled = True
            await socket.wait_closed()
            return True
        if faults.midframe and client.sent >= faults.midframe:
            socket.transport.write(self.cut)
            socket.transport.close()
            return True
        if faults.drop and client.sent >= faults.drop:
            await socket.close(1012, "restart")
            return True
        return False


async def _tell(socket: ServerConnection, frame: bytes | None) -> None:
    if frame:
        await socket.send(frame, text=True)


def _popped(messages: deque[Message]) -> Message | None:
    return messages.popleft() if messages else None


def enters_late(play: Play) -> Client:
    """A client of a tool that keeps nothing for those who were away: it hears what falls due from now on."""
    client = play.enter(None)
    while not play.over(client) and play.speed is not None and play.wait_s(client) <= 0 and client.line:
        client.line += 1
    return client
