"""One connection to a bridge server: frames become events, texts become `say` frames with their receipts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Literal

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, ConnectionClosedOK
from websockets.protocol import State

from adapters.bridge import wire
from adapters.dialling import dialled, lost, shown
from livebot.arrive.adapter import Receipt
from livebot.decide.events import Comment, Settled, StreamEvent
from livebot.errors import Rejected, Unavailable
from livebot.keep.clock import now_ms

_NO_ANSWER = Receipt(state="unknown", reason="no receipt in time")
_CUT_OFF = Receipt(state="unknown", reason="connection lost before the receipt")


class BridgeRoom:
    """Receipts arrive among the events, so send() is answered only while somebody iterates events()."""

    def __init__(self, socket: ClientConnection, url: str, receipt_timeout: float) -> None:
        self._socket, self._url, self._receipt_timeout = socket, url, receipt_timeout
        self._pending: dict[str, asyncio.Future[Receipt]] = {}

    async def events(self) -> AsyncIterator[StreamEvent]:
        """Ends when the server closes normally (1000, 1001); raises Unavailable or LoginRequired when it is lost otherwise."""
        receive, read = self._socket.recv, wire.read
        try:
            while True:
                for event in read(await receive(decode=False), now_ms()):
                    if type(event) is not Settled or not self._answers(event):
                        yield event
        except ConnectionClosed as closed:
            self.give_up()
            if not isinstance(closed, ConnectionClosedOK):
                raise lost(self._url, closed) from closed

    async def send(self, text: str, *, to: Comment | None, key: str) -> Receipt:
        """Says one text, once: "unknown" once the frame was handed over and no receipt came; Unavailable only before that."""
        if key in self._pending:
            raise Rejected("这条回复正在发送", "this reply is already being sent")
        frame = wire.words(text, key=key, to=to.id if to else None)
        if self._socket.state is not State.OPEN:
            raise Unavailable(f"与 {shown(self._url)} 的连接已断", f"the connection to {shown(self._url)} is closed")
        receipt: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        self._pending[key] = receipt
        try:
            async with asyncio.timeout(self._receipt_timeout):
                await self._socket.send(frame)
                return await receipt
        except TimeoutError:
            return _NO_ANSWER if receipt.cancelled() or not receipt.done() else receipt.result()
        except ConnectionClosed:
            return _CUT_OFF
        finally:
            self._pending.pop(key, None)

    def give_up(self) -> None:
        """Nobody listens for receipts any more: who waits for one will not hear."""
        for receipt in self._pending.values():
            if not receipt.done():
                receipt.set_result(_CUT_OFF)

    def _answers(self, event: Settled) -> bool:
        """True where somebody waits for this receipt; a late one goes on as an event, so that it can mend a doubt."""
        receipt = self._pending.get(event.key)
        if receipt is None or receipt.done():
            return False
        state: Literal["sent", "refused"] = "sent" if event.state == "sent" else "refused"
        receipt.set_result(Receipt(state=state, native_id=event.native_id, reason=event.reason))
        return True


@asynccontextmanager
async def open_room(url: str, *, token: str | None, receipt_timeout: float, after: str | None) -> AsyncIterator[BridgeRoom]:
    headers = {"Authorization": f"Bearer {token}"} if token else None
    async with dialled(url, headers=headers) as socket:
        room = BridgeRoom(socket, url, receipt_timeout)
        with suppress(ConnectionClosed):  # events() tells why
            await socket.send(wire.hello(after))
        try:
            yield room
        finally:
            room.give_up()
