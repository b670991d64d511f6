"""One read-only connection to any server that sends JSON over WebSocket."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, ConnectionClosedOK

from adapters.dialling import dialled, lost
from adapters.ws_json import wire
from livebot.arrive.adapter import Receipt
from livebot.decide.events import Comment, StreamEvent
from livebot.errors import Rejected
from livebot.keep.clock import now_ms


class WsJsonRoom:
    def __init__(self, socket: ClientConnection, url: str, mapped: wire.Mapped) -> None:
        self._socket, self._url, self._mapped = socket, url, mapped

    async def events(self) -> AsyncIterator[StreamEvent]:
        """Ends when the server closes normally (1000, 1001); raises Unavailable or LoginRequired when it is lost otherwise."""
        receive, read, mapped = self._socket.recv, wire.read, self._mapped
        try:
            while True:
                for event in read(await receive(decode=False), now_ms(), mapped):
                    yield event
        except ConnectionClosed as closed:
            if not isinstance(closed, ConnectionClosedOK):
                raise lost(self._url, closed) from closed

    async def send(self, text: str, *, to: Comment | None, key: str) -> Receipt:
        """Always raises Rejected: such a connection only reads."""
        raise Rejected("这个房间只读：ws-json 不能发言", "this room is read-only: ws-json cannot speak")


@asynccontextmanager
async def open_room(url: str, *, headers: Mapping[str, str], subscribe: Sequence[str], mapped: wire.Mapped) -> AsyncIterator[WsJsonRoom]:
    async with dialled(url, headers=headers) as socket:
        with suppress(ConnectionClosed):  # events() tells why
            for frame in subscribe:
                await socket.send(frame)
        yield WsJsonRoom(socket, url, mapped)
