"""One reader per room: room.events() → journal. It decides nothing and forgets nothing."""

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from loguru import logger
from pydantic import BaseModel

from livebot.arrive.adapter import Acknowledging, Adapter, Capabilities, Room
from livebot.arrive.clean import clean_event
from livebot.decide.events import Broken, Comment, Gap, Heartbeat, StreamEvent
from livebot.errors import Unavailable
from livebot.keep import clock
from livebot.keep.journal import Journal
from livebot.keep.supervisor import Status
from livebot.language import say

QUIET_S = 330.0  # without a promised heartbeat, silence means nothing for this long
SKEW_MS = 5_000  # a comment this much older than the connection may still be live: clocks differ
ALIVE_S = 0.5
UNACKNOWLEDGED = 2_000  # events of one room that may wait to be acknowledged
STEADY_S = 10.0  # a connection that stands for so long is up, however quiet the room; one that also brought a comment is trusted again


_Saving = tuple["asyncio.Future[int] | asyncio.Future[None]", StreamEvent] | None  # None: nothing more comes


@dataclass(slots=True)
class Intake:
    """A room's reader. `room` is the live connection, for those who send, and None while there is none. catch_up: seconds for which
    a comment that was missed and resumed may still be answered."""

    name: str
    adapter: Adapter
    config: BaseModel
    capabilities: Capabilities
    journal: Journal
    status: Status
    catch_up: float = 60.0
    heard: Callable[[Comment], None] | None = None
    room: Room | None = None
    broken: int = 0
    connections: int = 0
    _deaf_since: int | None = None
    _before: int = 0  # the last event of the journal before this connection
    _old: bool = False  # whether the last comment was from before we listened
    _fresh: bool = False  # whether this connection brought a comment that is no duplicate
    _limit: float = field(default=QUIET_S)

    async def attempt(self) -> None:
        """One connection, from dialling to its end. Raises what the supervisor sorts."""
        await self.journal.flush()
        after = self.journal.last_comment(self.name)
        self._before = self.journal.value("SELECT max(seq) FROM events") or 0
        self._limit, self._old, self._fresh = QUIET_S, False, False
        try:
            async with self.adapter.connect(self.config, after=after) as self.room:
                try:
                    resumed = self.capabilities.resumes and after is not None
                    await self._connected()
                    await self._read(self.room, clock.now_ms() - (int(self.catch_up * 1000) if resumed else SKEW_MS))
                finally:  # before the socket is closed, which may take a while
                    self.room = None
                    self._deaf_since = self._deaf_since or clock.now_ms()
        except Unavailable as error:
            if self._deaf_since and error.since:
                self._deaf_since = min(self._deaf_since, error.since)
            raise
        if self.journal.is_live(self.name) or not self.journal.stream_of(self.name):
            raise Unavailable("直播间的连接被对方关闭了，但直播没有结束", "the room closed the connection, but the stream has not ended")

    async def _connected(self) -> None:
        self.connections += 1
        self.journal.reconnected(self.name)
        now = clock.now_ms()
        since = self._deaf_since or self.journal.value("SELECT alive_at FROM rooms WHERE name = ?", (self.name,))
        if since and self.journal.is_live(self.name):
            gap = Gap(since=min(since, now), until=now, reason=self.status.detail or "restart")
            await asyncio.shield(self.journal.append(self.name, gap))
        self._deaf_since = None
        self.journal.bell.ring()  # somebody may have a reply that waits for the connection

    async def _read(self, room: Room, live_since: int) -> None:
        loop = asyncio.get_running_loop()
        untold: asyncio.Queue[_Saving] | None = asyncio.Queue(UNACKNOWLEDGED) if isinstance(room, Acknowledging) else None
        heard_at = marked = loop.time()
        try:
            async with asyncio.timeout(self._limit) as watchdog, asyncio.TaskGroup() as group:
                alive = group.create_task(self._stay_alive())
                if isinstance(room, Acknowledging) and untold:
                    group.create_task(self._acknowledge(room, untold))
                async for raw in room.events():
                    event = clean_event(raw)
                    heard_at = loop.time()
                    if heard_at - marked > 0.2 or isinstance(event, Heartbeat):
                        marked = heard_at
                        self._set_limit(event)
                        watchdog.reschedule(heard_at + self._limit)
                    saved = self._record(event, live_since)
                    if saved is not None and self.journal.full:
                        watchdog.reschedule(None)  # while we do not listen, silence means nothing
                        await asyncio.shield(saved)
                        heard_at = marked = loop.time()
                        watchdog.reschedule(heard_at + self._limit)
                    if saved is not None and untold:
                        await untold.put((saved, raw))
                alive.cancel()
                if untold:
                    await untold.put(None)
        except TimeoutError:
            self._deaf_since = clock.now_ms() - int((loop.time() - heard_at) * 1000)
            raise Unavailable(
                f"{self._limit:.0f} 秒没有任何数据，连接可能已经死了，重新连接",
                f"no data for {self._limit:.0f} s: the socket may be dead, reconnecting",
            ) from None
        except BaseExceptionGroup as several:
            raise several.exceptions[0] from None

    async def _acknowledge(self, room: Acknowledging, waiting: "asyncio.Queue[_Saving]") -> None:
        """Tells the room of each event, in order, once it is durable: many wait for the same commit. An event that cannot be stored at all
        is told too, or it would come again for ever."""
        while (one := await waiting.get()) is not None:
            saved, event = one
            try:
                await asyncio.shield(saved)
            except Unavailable:
                raise  # the journal was closed: the platform keeps what it has
            except Exception:
                await self.journal.flush()  # its neighbours are saved one by one
            await room.journalled(event)

    def _handled(self, saved: "asyncio.Future[int]") -> None:
        """A comment that this connection brought and that is no duplicate is a sign of health; nothing else is."""
        if saved.cancelled() or saved.exception() is not None or not self._troubled:
            return
        if self.journal.value("SELECT 1 FROM events WHERE seq > ? AND room = ? AND kind = 'comment'", (self._before, self.name)):
            self._fresh = True
            self.status.steady()

    @property
    def _troubled(self) -> bool:
        return not self._fresh and (self.status.failures > 0 or self.status.state != "up")

    def _set_limit(self, event: StreamEvent) -> None:
        if isinstance(event, Heartbeat) and event.every:
            self._limit = 2.5 * event.every + 1.0

    def _record(self, event: StreamEvent, live_since: int) -> "asyncio.Future[int] | asyncio.Future[None] | None":
        if isinstance(event, Heartbeat):
            return None
        if isinstance(event, Broken):
            return self._count_broken(event)
        if not isinstance(event, Comment):
            return self.journal.append(self.name, event)
        if event.sent_at is not None:  # one without a time is as old as the one before it
            self._old = event.sent_at < live_since
        saved = self.journal.append(self.name, event, history=self._old and self.capabilities.replays_history)
        if self._troubled:
            saved.add_done_callback(self._handled)
        if self.heard:
            self.heard(event)
        return saved

    def _count_broken(self, event: Broken) -> "asyncio.Future[None]":
        self.broken += 1
        if self.broken & (self.broken - 1) == 0:  # at 1, 2, 4, 8 …: shown, without flooding the log
            text = say(
                f"{self.name}：收到看不懂的数据（累计 {self.broken} 条）：{event.reason}",
                f"{self.name}: {self.broken} broken frames so far: {event.reason}",
            )
            logger.warning("{} {!r}", text, event.sample[:80])
        return self.journal.count(self.name, "broken")

    async def _stay_alive(self) -> None:
        """Keeps the journal's idea of how long we could hear fresh, so that after a crash the gap is known to a second."""
        began = clock.monotonic()
        while True:
            await self.journal.write(partial(_alive, row=(clock.now_ms(), self.name)))
            if clock.monotonic() - began > STEADY_S:
                (self.status.handled if self._fresh else self.status.steady)()
            await asyncio.sleep(ALIVE_S)


def _alive(conn: sqlite3.Connection, row: tuple[int, str]) -> None:
    conn.execute("UPDATE rooms SET alive_at = ? WHERE name = ?", row)
