"""Outbox → room.send: once, in time, at the platform's pace, and not at all while the red button is pressed."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from loguru import logger

from livebot.arrive.adapter import Capabilities, Receipt, Room
from livebot.decide.events import Comment, Viewer
from livebot.decide.limits import Window
from livebot.errors import LivebotError, Rejected, Unavailable
from livebot.keep import clock, outbox
from livebot.keep.bell import Ear
from livebot.keep.journal import Journal
from livebot.keep.outbox import OutboxRow
from livebot.keep.seams import seam
from livebot.language import say

IN_FLIGHT = 16  # sends that may wait for their receipt at once, per room
STEP_S = 0.2  # how often a waiting sender looks at the red button and the clock
RECEIPT_S = 20.0


class Line(Protocol):
    """Where a room's live connection is found; `room` is None while there is none."""

    name: str
    capabilities: Capabilities
    room: Room | None


@dataclass(slots=True)
class Replies:
    """One sender per room over one outbox. `frozen` is asked before every single send. `budget` holds over all rooms."""

    journal: Journal
    budget: Window
    frozen: Callable[[], bool]
    windows: dict[str, Window] = field(default_factory=dict)
    sent: Callable[[OutboxRow, str, int], None] | None = None
    _stopping: bool = False

    async def start(self, lines: Mapping[str, Line]) -> None:
        """What the last process left half done is in doubt; what it sent lately counts against the limits."""
        safe = frozenset(name for name, line in lines.items() if line.capabilities.resends_safely)
        for row in await outbox.doubt_unfinished(self.journal, safe):
            text = say("不确定有没有发出去，请看直播间后确认", "nobody knows whether it was said; look at the room and settle it")
            logger.warning("{}: {} [{}] {!r}", row.room, text, row.id[:8], row.text)
        for name, line in lines.items():
            count, seconds = line.capabilities.sends
            window = self.windows[name] = Window(count, seconds)
            since = clock.now_ms() - int(max(seconds, self.budget.seconds) * 1000)
            recent = (
                "SELECT changed_at FROM replies WHERE room = ? AND state IN ('sent', 'in_doubt') AND changed_at > ? ORDER BY changed_at"
            )
            for (at,) in self.journal.read(recent, (name, since)):
                window.spend(at)
                self.budget.spend(at)

    async def run(self, line: Line, ear: Ear) -> None:
        """Sends what is queued for one room until `stop`; returns once what is in flight has its receipt. Cancelled, it leaves doubts."""
        slots = asyncio.Semaphore(IN_FLIGHT)
        async with asyncio.TaskGroup() as group:
            while not self._stopping:
                row = self._next(line)
                if row is None:
                    await ear.wait(1.0)
                elif line.room is None or self.frozen():
                    await ear.wait(STEP_S)
                elif (pause := self._pause(line.name)) > 0:
                    await asyncio.sleep(min(pause, STEP_S))
                else:
                    await slots.acquire()
                    if not await self._begin(group, line, row, slots):
                        slots.release()

    def stop(self) -> None:
        """What is queued stays queued."""
        self._stopping = True
        self.journal.bell.ring()

    async def sweep(self) -> None:
        """Ends late replies, for ever."""
        while True:
            await outbox.expire(self.journal)
            await asyncio.sleep(0.5)

    def _next(self, line: Line) -> OutboxRow | None:
        found = outbox.rows(
            self.journal, "state = 'queued' AND room = ? AND expires_at > ? ORDER BY created_at, id LIMIT 1", (line.name, clock.now_ms())
        )
        return found[0] if found else None

    def _pause(self, room: str) -> float:
        now = clock.now_ms()
        return (max(self.windows[room].ready_at(now), self.budget.ready_at(now)) - now) / 1000

    async def _begin(self, group: asyncio.TaskGroup, line: Line, row: OutboxRow, slots: asyncio.Semaphore) -> bool:
        now = clock.now_ms()
        self.windows[line.name].spend(now)
        self.budget.spend(now)
        if not await outbox.take(self.journal, row):
            return False
        room = line.room
        taken = outbox.rows(self.journal, "id = ?", (row.id,))[0]
        if room is None or self.frozen():  # it was lost, or the button was pressed, while the row was taken
            await outbox.settle(self.journal, taken, "queued")
            return False
        group.create_task(self._send(room, taken, slots))
        return True

    async def _send(self, room: Room, row: OutboxRow, slots: asyncio.Semaphore) -> None:
        try:
            receipt = await self._say(room, row)
        finally:
            slots.release()
        seam("reply.said")
        if receipt is None:
            await outbox.settle(self.journal, row, "queued")
            return
        state = {"sent": "sent", "refused": "refused", "shadow": "refused", "unknown": "in_doubt"}[receipt.state]
        reason = "shadow" if receipt.state == "shadow" else receipt.reason
        await outbox.settle(self.journal, row, state, reason=reason, native_id=receipt.native_id)
        seam("reply.settled")
        if self.sent:
            self.sent(row, state, clock.now_ms())

    async def _say(self, room: Room, row: OutboxRow) -> Receipt | None:
        """The receipt, or None where it certainly was not said."""
        to = Comment(id=row.reply_to, author=Viewer(), text="") if row.reply_to else None
        try:
            async with asyncio.timeout(RECEIPT_S):
                return await room.send(row.text, to=to, key=row.id)
        except Rejected as error:
            return Receipt(state="refused", reason=str(error))
        except Unavailable:
            return None
        except TimeoutError:
            return Receipt(state="unknown", reason="timeout")
        except LivebotError as error:
            return Receipt(state="refused", reason=str(error))
        except Exception as error:
            logger.opt(exception=error).error("{}: send", row.room)
            return Receipt(state="unknown", reason=repr(error))
