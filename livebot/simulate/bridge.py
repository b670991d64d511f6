"""A bridge server to practise on: plays a recording over a real WebSocket, hears what is said, and misbehaves as told."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote, unquote

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from livebot.keep.clock import now_ms
from livebot.simulate.faults import NONE, Faults
from livebot.simulate.frames import dressed, read_object, read_say, robbed, written
from livebot.simulate.play import Client, Message, Play, Say
from livebot.simulate.recording import Line


class BridgeServer:
    """`async with BridgeServer(lines) as server:` serves ws://host:port/<room>; each path is a room with a play of its own.

    speed: 1.0 is as recorded, None as fast as clients take it. echo: what is said shows as a comment of user id "bot".
    heartbeat: seconds, None for none. token: what clients must bring as Bearer. ends: whether the end of the recording ends the stream.
    log: called with each Say. says, hellos [(room, after)] and ended are for who watches.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        *,
        speed: float | None = 1.0,
        faults: Faults = NONE,
        host: str = "127.0.0.1",
        port: int = 0,
        echo: bool = True,
        heartbeat: float | None = 10.0,
        token: str = "",
        ends: bool = True,
        log: Callable[[Say], None] | None = None,
    ) -> None:
        self.lines, self.speed, self.faults, self.echo, self.heartbeat, self.ends = lines, speed, faults, echo, heartbeat, ends
        self.hellos: list[tuple[str, str | None]] = []
        self.ended = asyncio.Event()
        self._host, self._port, self._token, self._log = host, port, token, log
        self._plays: dict[str, Play] = {}
        self._accepted = 0
        self._server: Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await serve(
            self._serve, self._host, self._port, process_request=self._check, compression=None, close_timeout=1, ping_interval=None
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
    def port(self) -> int:
        """The port that it listens on, also where 0 was asked for."""
        assert self._server is not None
        return int(next(iter(self._server.sockets)).getsockname()[1])

    def url(self, room: str = "room") -> str:
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"ws://{host}:{self.port}/{quote(room)}"

    def play(self, room: str = "room") -> Play:
        """The room's play; it starts with the first hello."""
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
        """Clients that said hello and are still there, over all rooms."""
        return sum(play.audience for play in self._plays.values())

    # one connection

    def _check(self, socket: ServerConnection, request: Request) -> Response | None:
        if self._token and request.headers.get("Authorization") != f"Bearer {self._token}":
            return socket.respond(401, "bring a token\n")
        return None

    async def _serve(self, socket: ServerConnection) -> None:
        self._accepted += 1
        if self._accepted <= self.faults.accept_close:
            return
        room = unquote(socket.request.path.partition("?")[0].strip("/")) if socket.request else ""
        with suppress(ConnectionClosed):
            after = await _hello(socket)
            self.hellos.append((room, after))
            play = self.play(room)
            first = play.position == 0 and after is None
            client = play.enter(after)
            try:
                await self._talk(socket, play, client, first)
            finally:
                play.leave(client)

    async def _talk(self, socket: ServerConnection, play: Play, client: Client, first: bool) -> None:
        """Until the client goes or a fault cuts it off."""
        await socket.send(written({"type": "welcome", "heartbeat_s": self.heartbeat} if self.heartbeat else {"type": "welcome"}), text=True)
        if first:
            await socket.send(written({"type": "stream_started"}), text=True)
        try:
            async with asyncio.TaskGroup() as tasks:
                player = tasks.create_task(self._perform(socket, play, client))
                pinger = tasks.create_task(self._ping(socket, client))
                await self._listen(socket, play, client)
                player.cancel()
                pinger.cancel()
        except* ConnectionClosed:
            pass

    async def _ping(self, socket: ServerConnection, client: Client) -> None:
        while self.heartbeat:
            await asyncio.sleep(self.heartbeat)
            if not client.stalled:
                await socket.send(written({"type": "ping"}), text=True)

    async def _perform(self, socket: ServerConnection, play: Play, client: Client) -> None:
        if self.faults.history:
            for message in play.past(client, int(self.faults.history)):
                await socket.send(written(robbed(message, self.faults)), text=True)
        ended = False
        while True:
            extra = _popped(client.urgent) or play.next_echo(client)
            if extra is not None:
                await socket.send(written(extra), text=True)
            elif not play.over(client):
                await self._next_comment(socket, play, client)
            elif self.ends and not ended:
                ended = True
                await socket.send(written({"type": "stream_ended"}), text=True)
                self.ended.set()
            else:
                await _news(client, None)
            if client.sent and await self._cut_off(socket, client):
                return

    async def _next_comment(self, socket: ServerConnection, play: Play, client: Client) -> None:
        if (wait := play.wait_s(client)) > 0:
            await _news(client, wait)
            return
        message = play.next_line(client)
        for frame in dressed(message, self.faults) if self.faults is not NONE else (written(message),):
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
            socket.transport.write(b'\x81\x7e\x01\x00{"type":"comment","id":"cut')
            socket.transport.close()
            return True
        if faults.drop and client.sent >= faults.drop:
            await socket.close(1012, "restart")
            return True
        return False

    async def _listen(self, socket: ServerConnection, play: Play, client: Client) -> None:
        async for frame in socket:
            if (said := read_say(frame)) is not None:
                receipt = self._heard(play, client, *said)
                if receipt is None:
                    continue
                if self.faults.late:
                    asyncio.get_running_loop().call_later(self.faults.late, play.post, receipt)
                else:
                    await socket.send(written(receipt), text=True)

    def _heard(self, play: Play, client: Client, key: str, text: str, to: str | None) -> Message | None:
        """Keeps what was said, shows it in the room, and gives the receipt: None where the client gets none."""
        faults, nth = self.faults, f"{key}/{len(play.says)}"
        fates = (("refuse", faults.refuse, "refused"), ("shadow", faults.shadow, "shadow"), ("silent", faults.silent, "silent"))
        outcome = next((name for fault, share, name in fates if faults.strikes(fault, share, nth)), "said")
        outcome = "silent" if client.stalled else outcome
        say = Say(room=play.room, key=key, text=text, to=to, at_ms=now_ms(), outcome=outcome)
        native_id = play.heard(say, echo=self.echo and outcome in ("said", "silent"))
        if self._log:
            self._log(say)
        if outcome == "silent":
            return None
        return (
            {"type": "refused", "key": key, "reason": "simulated"}
            if outcome == "refused"
            else {"type": "said", "key": key, "id": native_id}
        )


async def _hello(socket: ServerConnection) -> str | None:
    """The id that the client wants to resume behind; frames before its hello are ignored."""
    while True:
        message = read_object(await socket.recv())
        if message.get("type") == "hello":
            after = message.get("after")
            return after if isinstance(after, str) and after else None


def _popped(messages: deque[Message]) -> Message | None:
    return messages.popleft() if messages else None


async def _news(client: Client, wait: float | None) -> None:
    """Waits until something is to be sent before the next comment, at most so many seconds."""
    with suppress(TimeoutError):
        async with asyncio.timeout(wait):
            await client.news.wait()
    client.news.clear()


def say_log(path: Path) -> Callable[[Say], None]:
    """Appends each Say to a file, one JSON object a line, whole lines only."""

    def append(say: Say) -> None:
        line = {"room": say.room, "key": say.key, "text": say.text, "to": say.to, "at_ms": say.at_ms, "outcome": say.outcome}
        with path.open("ab") as file:
            file.write(written(line) + b"\n")

    return append
