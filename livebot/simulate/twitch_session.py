"""One socket of the practice Twitch's EventSub: its welcome, its signs of life, and why a client is shown out."""

import asyncio
from collections import deque
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from livebot.keep.clock import monotonic, now_ms
from livebot.simulate.frames import written
from livebot.simulate.play import Client, Message
from livebot.simulate.twitch_frames import message, session_of

PING_S = 5.0
Close = tuple[int, bytes]
FAILED, SPOKE, NO_PONG, UNUSED, TOO_LATE, BAD_MOVE = (
    (4000, b"internal server error"),
    (4001, b"sent inbound traffic"),
    (4002, b"failed ping pong"),
    (4003, b"connection unused"),
    (4004, b"client reconnect grace time expired"),
    (4007, b"invalid reconnect attempt"),
)


@dataclass(slots=True, kw_only=True)
class Session:
    """One socket. owner: the account that subscribed it. sent: comments on this socket. spoke_at: when anything was last sent.

    move_by: until when, once it is told to go on over another socket. left: it is gone, or another has taken over. pongs: still owed.
    turn: held while something is said to its end. closes: the codes with which clients were shown out. skew_ms: of the platform's clock.
    """

    id: str
    socket: web.WebSocketResponse
    transport: asyncio.Transport
    keepalive: float
    closes: list[int]
    skew_ms: int = 0
    connected_ms: int = field(default_factory=now_ms)
    owner: str = ""
    subscriptions: dict[str, Message] = field(default_factory=dict)
    client: Client | None = None
    urgent: deque[Message] = field(default_factory=deque)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    sent: int = 0
    spoke_at: float = 0.0
    move_by: float | None = None
    pongs: int = 0
    stalled: bool = False
    left: bool = False
    gone_ms: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _numbers: int = 0

    async def welcome(self) -> None:
        await self.tell("session_welcome", session_of(self.id, "connected", self.connected_ms, self.keepalive, None))

    async def move(self, url: str, grace: float) -> None:
        """Tells the client to go on over another socket, within so many seconds."""
        self.move_by = monotonic() + grace
        await self.tell("session_reconnect", session_of(self.id, "reconnecting", self.connected_ms, None, f"{url}?reconnect_id={self.id}"))

    async def tell(self, kind: str, payload: Message, **about: str) -> None:
        self._numbers += 1
        await self.send(written(message(kind, f"{self.id}-{self._numbers}", now_ms() + self.skew_ms, payload, **about)))

    async def send(self, frame: bytes, *, split: bool = False) -> None:
        self.spoke_at = monotonic()
        if split:
            self._send_in_fragments(frame)
        else:
            await self.socket.send_frame(frame, WSMsgType.TEXT)

    def _send_in_fragments(self, frame: bytes) -> None:
        """Two WebSocket frames, cut in the middle, be it of a character."""
        middle = len(frame) // 2
        for first, piece in ((0x01, frame[:middle]), (0x80, frame[middle:])):
            size = len(piece)
            length = (
                bytes([size]) if size < 126 else b"\x7e" + size.to_bytes(2, "big") if size < 1 << 16 else b"\x7f" + size.to_bytes(8, "big")
            )
            self.transport.write(bytes([first]) + length + piece)

    def cut(self) -> None:
        """The connection ends in the middle of a frame."""
        self.transport.write(b'\x81\x7e\x01\x00{"metadata":{"message_id":"cut')
        self.transport.close()

    async def close(self, why: Close) -> None:
        self.closes.append(why[0])
        self.gone_ms = now_ms()  # the client may take its time
        await self.socket.close(code=why[0], message=why[1])

    async def listen(self) -> None:
        """Until the client goes; one that sends anything but pongs is shown out."""
        while True:
            got = await self.socket.receive()
            if got.type is WSMsgType.PONG:
                self.pongs = 0
            elif got.type in (WSMsgType.TEXT, WSMsgType.BINARY, WSMsgType.PING):
                return await self.close(SPOKE)
            else:
                return None

    async def stay_alive(self) -> None:
        while True:
            await asyncio.sleep(max(self.spoke_at + self.keepalive - monotonic(), 0.01))
            if monotonic() - self.spoke_at >= self.keepalive and not self.stalled and not self.left:
                await self.tell("session_keepalive", {})

    async def watch(self, subscribe_within: float) -> None:
        """Who does not subscribe, does not move or does not answer pings in time is shown out."""
        began = pinged = monotonic()
        while True:
            await asyncio.sleep(min(subscribe_within, PING_S, 0.5) / 5)
            now = monotonic()
            if not self.subscriptions and now > began + subscribe_within:
                return await self.close(UNUSED)
            if self.move_by and now > self.move_by:
                return await self.close(TOO_LATE)
            if now > pinged + PING_S and not self.stalled:
                if self.pongs:
                    return await self.close(NO_PONG)
                self.pongs, pinged = 1, now
                await self.socket.ping()
