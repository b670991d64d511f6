"""A bridge server to practise on: plays a recording over a real WebSocket, hears what is said, and misbehaves as told."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any
from urllib.parse import quote, unquote

from websockets.asyncio.server import ServerConnection
from websockets.http11 import Request, Response

from livebot.keep.clock import now_ms
from livebot.simulate.faults import NONE
from livebot.simulate.feed import FeedServer
from livebot.simulate.frames import dressed, read_object, read_say, robbed, written
from livebot.simulate.play import Client, Message, Play, Say
from livebot.simulate.recording import Line


class BridgeServer(FeedServer):
    """`async with BridgeServer(lines) as server:` serves ws://host:port/<room>; each path is a room with a play of its own.

    echo: what is said shows as a comment of user id "bot". heartbeat: seconds, 0 or None for none. token: what clients must bring as
    Bearer. room: the path that `address` names. hellos [(room, after)] is for who watches.
    """

    cut = b'\x81\x7e\x01\x00{"type":"comment","id":"cut'

    def __init__(
        self,
        lines: Sequence[Line],
        *,
        echo: bool = True,
        heartbeat: float | None = 10.0,
        token: str = "",
        room: str = "room",
        **common: Any,
    ) -> None:
        super().__init__(lines, **common)
        self.echo, self.heartbeat, self._token, self._room = echo, heartbeat, token, room
        self.hellos: list[tuple[str, str | None]] = []

    def url(self, room: str = "room") -> str:
        return f"{super().address}/{quote(room)}"

    @property
    def address(self) -> str:
        return self.url(self._room)

    @property
    def settings(self) -> dict[str, str]:
        """[rooms.settings] of a room that talks to this server."""
        return {"url": self.address} | ({"token": self._token} if self._token else {})

    def check(self, socket: ServerConnection, request: Request) -> Response | None:
        if self._token and request.headers.get("Authorization") != f"Bearer {self._token}":
            return socket.respond(401, "bring a token\n")
        return None

    async def enter(self, socket: ServerConnection) -> tuple[Play, Client, Sequence[bytes]]:
        room = unquote(socket.request.path.partition("?")[0].strip("/")) if socket.request else ""
        after = await _hello(socket)
        self.hellos.append((room, after))
        play = self.play(room)
        first = play.position == 0 and after is None
        welcome: Message = {"type": "welcome", "heartbeat_s": self.heartbeat} if self.heartbeat else {"type": "welcome"}
        return play, play.enter(after), [written(welcome), *([written({"type": "stream_started"})] if first else ())]

    def frames(self, message: Message, client: Client) -> list[bytes]:
        return dressed(message, self.faults) if self.faults is not NONE else [written(message)]

    def frame(self, message: Message) -> bytes:
        return written(message)

    def past(self, message: Message) -> bytes | None:
        return written(robbed(message, self.faults))

    def farewell(self) -> bytes | None:
        return written({"type": "stream_ended"})

    def beside(self, socket: ServerConnection, play: Play, client: Client) -> list[Coroutine[Any, Any, None]]:
        return [self._ping(socket, client)]

    async def _ping(self, socket: ServerConnection, client: Client) -> None:
        while self.heartbeat:
            await asyncio.sleep(self.heartbeat)
            if not client.stalled:
                await socket.send(written({"type": "ping"}), text=True)

    async def hear(self, socket: ServerConnection, play: Play, client: Client, frame: str | bytes) -> None:
        if (said := read_say(frame)) is None or (receipt := self._heard(play, client, *said)) is None:
            return
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
