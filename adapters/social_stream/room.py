"""One connection to Social Stream Ninja: chat lines become comments, and a text counts as said once the chat shows it."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager, suppress

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed
from websockets.protocol import State

from adapters.dialling import dialled, shown
from adapters.reading import ReadingRoom
from adapters.social_stream import wire
from livebot.arrive.adapter import Receipt
from livebot.decide.events import Comment, StreamEvent
from livebot.errors import Rejected, Unavailable

_UNSEEN = Receipt(state="unknown", reason="handed over; the chat did not show it in time")


class SocialStreamRoom(ReadingRoom):
    """send() is answered by what events() reads. window: seconds in which the chat must show what was said; None where nothing may be."""

    def __init__(
        self, socket: ClientConnection, url: str, *, platform: str, own: Collection[str], window: float | None, silence: float | None
    ) -> None:
        super().__init__(socket, url, lambda frame, now: list(self._heard(frame)), silence)
        self._platform, self._own, self._window = platform, own, window
        self._waiting: list[tuple[str, asyncio.Future[Receipt]]] = []

    async def send(self, text: str, *, to: Comment | None, key: str) -> Receipt:
        """Hands one text over, once. "sent" where the chat shows it within the window, else "unknown": nobody can say more."""
        if self._window is None:
            return await super().send(text, to=to, key=key)
        line = " ".join(text.split())
        if not line:
            raise Rejected("不能发空的内容", "an empty text cannot be said")
        if self._socket.state is not State.OPEN:
            raise Unavailable(f"与 {shown(self._url)} 的连接已断", f"the connection to {shown(self._url)} is closed")
        echo: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting := (wire.same(line), echo))
        try:
            async with asyncio.timeout(self._window):
                await self._socket.send(wire.words(line, self._platform))
                return await echo
        except (TimeoutError, ConnectionClosed):
            return _UNSEEN
        finally:
            self._waiting.remove(waiting)

    def _heard(self, frame: bytes) -> Iterator[StreamEvent]:
        for one in wire.read(frame, self._platform, self._own):
            if not isinstance(one, wire.Line):
                yield one
                continue
            self._confirm(one.comment)
            yield wire.ALIVE if one.silent else one.comment

    def _confirm(self, comment: Comment) -> None:
        """Settles the eldest send that waits for these words, if they can be ours."""
        if self._waiting and (not self._own or "host" in comment.author.roles):
            words = wire.same(comment.text)
            for text, receipt in self._waiting:
                if text == words and not receipt.done():
                    receipt.set_result(Receipt(state="sent", native_id=comment.id))
                    return


@asynccontextmanager
async def open_room(
    url: str, session: str, *, platform: str, own: Collection[str], window: float | None, silence: float | None
) -> AsyncIterator[SocialStreamRoom]:
    async with dialled(url) as socket:
        with suppress(ConnectionClosed):  # events() tells why
            await socket.send(wire.join(session))
        yield SocialStreamRoom(socket, url, platform=platform, own=own, window=window, silence=silence)
