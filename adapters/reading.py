"""One connection that is only listened to, frame by frame: shared by the adapters of programs that send JSON and take no orders."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, field_validator
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, ConnectionClosedOK

from adapters.dialling import checked_url, dialled, lost
from livebot.arrive.adapter import Receipt
from livebot.decide.events import Comment, Heartbeat, StreamEvent
from livebot.errors import Rejected
from livebot.keep.clock import now_ms

Read = Callable[[bytes, int], Sequence[StreamEvent]]
"""The events in one frame; the second argument is now, in Unix ms."""

Name = Annotated[str, Field(min_length=1, max_length=200)]


class ReadingSettings(BaseModel):
    """What the programs on the streamer's own computer have in common.

    url: ws:// or wss://. own: names or ids of the host, the shop and the helpers, whose lines are never answered. silence: seconds
    without any frame after which the connection counts as dead; None: the usual five and a half minutes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    own: tuple[Name, ...] = ()
    silence: Annotated[float, Field(ge=1.5, le=3600)] | None = None

    _url = field_validator("url")(checked_url)


Settings = TypeVar("Settings", bound=BaseModel)


def taken(kind: type[Settings], config: BaseModel) -> Settings:
    """The settings as what they are, also where another model holds them."""
    return config if isinstance(config, kind) else kind.model_validate(config.model_dump())


class ReadingRoom:
    """A room of which `read` makes events. Receiving in itself tells that the other side lives."""

    def __init__(self, socket: ClientConnection, url: str, read: Read, silence: float | None = None) -> None:
        self._socket, self._url, self._read, self._silence = socket, url, read, silence

    async def events(self) -> AsyncIterator[StreamEvent]:
        """Ends when the server closes normally (1000, 1001); raises Unavailable or LoginRequired when it is lost otherwise."""
        receive, read = self._socket.recv, self._read
        if self._silence:
            yield Heartbeat(every=(self._silence - 1.0) / 2.5)  # what the watchdog makes of it is `silence` again
        try:
            while True:
                for event in read(await receive(decode=False), now_ms()):
                    yield event
        except ConnectionClosed as closed:
            if not isinstance(closed, ConnectionClosedOK):
                raise lost(self._url, closed) from closed

    async def send(self, text: str, *, to: Comment | None, key: str) -> Receipt:
        """Always raises Rejected: such a connection only reads."""
        raise Rejected("这个房间只读，不能发言", "this room is read-only: nothing can be said in it")


@asynccontextmanager
async def reading(
    url: str,
    read: Read,
    *,
    headers: Mapping[str, str] | None = None,
    subscribe: Sequence[str] = (),
    silence: float | None = None,
    pings: bool = True,
) -> AsyncIterator[ReadingRoom]:
    """Connects, sends the frames of `subscribe` and nothing else ever after."""
    async with dialled(url, headers=headers, pings=pings) as socket:
        with suppress(ConnectionClosed):  # events() tells why
            for frame in subscribe:
                await socket.send(frame)
        yield ReadingRoom(socket, url, read, silence)
