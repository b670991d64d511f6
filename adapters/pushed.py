"""A room of a platform that pushes: requests become events, and each is answered once all of its events are durable."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from livebot.arrive.adapter import Receipt
from livebot.decide.events import Comment, Heartbeat, StreamEvent
from livebot.errors import Rejected

QUEUED = 5_000  # events of one room that wait to be read
PULSE_S = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """One request. headers: by their names in lower case; body: as it came."""

    headers: Mapping[str, str]
    body: bytes


class Refused(Exception):
    """This request is not the platform's, or not now: the status that it is answered with, and why, for the log."""

    def __init__(self, status: int, zh: str, en: str) -> None:
        super().__init__(status, zh, en)
        self.status, self.zh, self.en = status, zh, en


Judge = Callable[[Push, int], Sequence[StreamEvent] | None]
"""(push, Unix ms) → its events; None where the push is for another room; raises Refused for one that is not to be believed."""


@dataclass(slots=True, eq=False)
class _Asked:
    """A request whose events are on their way into the journal."""

    left: int
    done: "asyncio.Future[bool]"


@dataclass(slots=True, eq=False)
class PushedRoom:
    """A room that hears what is pushed to one path of an ear. It never sends. thanks: the body of a 200."""

    judge: Judge
    thanks: bytes = b""
    _heard: "asyncio.Queue[tuple[StreamEvent, _Asked]]" = field(default_factory=lambda: asyncio.Queue(QUEUED))
    _read: deque[tuple[StreamEvent, _Asked]] = field(default_factory=deque)  # … and not yet durable

    async def events(self) -> AsyncIterator[StreamEvent]:
        """Never ends by itself: such a platform has no connection that could be lost."""
        yield Heartbeat(every=PULSE_S)
        while True:
            try:
                async with asyncio.timeout(PULSE_S):
                    one = await self._heard.get()
            except TimeoutError:
                yield Heartbeat(every=PULSE_S)
                continue
            self._read.append(one)
            yield one[0]

    async def send(self, text: str, *, to: Comment | None, key: str) -> Receipt:
        """Always raises Rejected: the platform takes no texts."""
        raise Rejected("这个平台只推送，不能发言", "this platform only pushes: nothing can be said there")

    async def journalled(self, event: StreamEvent) -> None:
        while self._read:
            told, asked = self._read.popleft()
            asked.left -= 1
            if asked.left == 0 and not asked.done.done():
                asked.done.set_result(True)
            if told is event:
                return

    async def keep(self, events: Sequence[StreamEvent], until: float) -> bool:
        """Whether all of them are durable by then (loop time); what came too late is kept all the same, and comes again as a duplicate."""
        if not events:
            return True
        if self._heard.qsize() + len(events) > QUEUED:
            return False
        asked = _Asked(len(events), asyncio.get_running_loop().create_future())
        for event in events:
            self._heard.put_nowait((event, asked))
        try:
            async with asyncio.timeout_at(until):
                return await asked.done
        except TimeoutError:
            return False

    def close(self) -> None:
        """Nobody reads any more: whoever waits is told to come again."""
        waiting = list(self._read)
        while not self._heard.empty():
            waiting.append(self._heard.get_nowait())
        for _, asked in waiting:
            if not asked.done.done():
                asked.done.set_result(False)
