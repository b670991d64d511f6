"""One reader per room: room.events() → journal. It decides nothing and forgets nothing."""

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from loguru import logger
from pydantic import BaseModel

from livebot.arrive.adapter import Acknowledging, Adapter, Capabilities, Room
from livebot.decide.events import Broken, Comment, Gap, Heartbeat, Recordable, StreamEnded, StreamStarted, Viewer
from livebot.errors import Unavailable
from livebot.keep import clock
from livebot.keep.journal import Journal, count
from livebot.keep.supervisor import Status
from livebot.language import say

QUIET_S = 330.0  # without a promised heartbeat, silence means nothing for this long
SKEW_MS = 5_000  # a comment this much older than the connection may still be live: clocks differ
ALIVE_S = 0.5


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
    _after_end: bool = False
    _limit: float = field(default=QUIET_S)

    async def attempt(self) -> None:
        """One connection, from dialling to its end. Raises what the supervisor sorts."""
        after = self.journal.last_comment(self.name)
        self._limit = QUIET_S
        try:
            async with self.adapter.connect(self.config, after=after) as room:
                self.room = room
                resumed = self.capabilities.resumes and after is not None
                await self._connected()
                await self._read(room, clock.now_ms() - (int(self.catch_up * 1000) if resumed else SKEW_MS))
        finally:
            if self.room is not None:
                self.room = None
                if self._deaf_since is None:
                    self._deaf_since = clock.now_ms()
        if not self._after_end:
            raise Unavailable("直播间的连接被对方关闭了，但直播没有结束", "the room closed the connection, but the stream has not ended")

    async def _connected(self) -> None:
        self.connections += 1
        self.journal.reconnected(self.name)
        now = clock.now_ms()
        since = self._deaf_since or self.journal.value("SELECT alive_at FROM rooms WHERE name = ?", (self.name,))
        if since and self.journal.is_live(self.name):
            await self.journal.append(self.name, Gap(since=since, until=now, reason=self.status.detail or "restart"))
        self._deaf_since = None
        self.journal.bell.ring()  # somebody may have a reply that waits for the connection

    async def _read(self, room: Room, live_since: int) -> None:
        loop = asyncio.get_running_loop()
        acknowledge = room.journalled if isinstance(room, Acknowledging) else None
        heard_at = marked = loop.time()
        try:
            async with asyncio.timeout(self._limit) as watchdog, asyncio.TaskGroup() as group:
                alive = group.create_task(self._stay_alive())
                async for event in room.events():
                    heard_at = loop.time()
                    if heard_at - marked > 0.2 or isinstance(event, Heartbeat):
                        marked = heard_at
                        self._set_limit(event)
                        watchdog.reschedule(heard_at + self._limit)
                    saved = self._record(event, live_since)
                    if saved is not None and (self.journal.full or acknowledge):
                        await saved
                        if acknowledge and isinstance(event, Comment):
                            await acknowledge(event.id)
                alive.cancel()
        except TimeoutError:
            self._deaf_since = clock.now_ms() - int((loop.time() - heard_at) * 1000)
            raise Unavailable(
                f"{self._limit:.0f} 秒没有任何数据，连接可能已经死了，重新连接",
                f"no data for {self._limit:.0f} s: the socket may be dead, reconnecting",
            ) from None
        except BaseExceptionGroup as several:
            raise several.exceptions[0] from None

    def _handled(self, saved: "asyncio.Future[int]") -> None:
        if not saved.cancelled() and saved.exception() is None and saved.result():  # a replayed duplicate is no sign of health
            self.status.handled()

    def _set_limit(self, event: object) -> None:
        if isinstance(event, Heartbeat) and event.every:
            self._limit = 2.5 * event.every + 1.0

    def _record(self, event: object, live_since: int) -> "asyncio.Future[int] | None":
        if isinstance(event, Heartbeat):
            return None
        if isinstance(event, Broken):
            self._count_broken(event)
            return None
        if isinstance(event, Comment):
            event = clean(event)
            old = event.sent_at is not None and event.sent_at < live_since
            saved = self.journal.append(self.name, event, history=old and self.capabilities.replays_history)
            if self.status.failures or self.status.state != "up":
                saved.add_done_callback(self._handled)
            if self.heard:
                self.heard(event)
            return saved
        if isinstance(event, StreamStarted | StreamEnded):
            self._after_end = isinstance(event, StreamEnded)
        recordable: Recordable = event  # type: ignore[assignment]
        return self.journal.append(self.name, recordable)

    def _count_broken(self, event: Broken) -> None:
        self.broken += 1
        if self.broken & (self.broken - 1) == 0:  # at 1, 2, 4, 8 …: shown, without flooding the log
            text = say(
                f"{self.name}：收到看不懂的数据（累计 {self.broken} 条）：{event.reason}",
                f"{self.name}: {self.broken} broken frames so far: {event.reason}",
            )
            logger.warning("{} {!r}", text, event.sample[:80])
        stream = self.journal.stream_of(self.name)
        _ = self.journal.submit(lambda conn: count(conn, stream, "broken"))

    async def _stay_alive(self) -> None:
        """Keeps the journal's idea of how long we could hear fresh, so that after a crash the gap is known to a second."""
        while True:
            row = (clock.now_ms(), self.name)
            await self.journal.write(partial(_alive, row=row))
            await asyncio.sleep(ALIVE_S)


def _alive(conn: sqlite3.Connection, row: tuple[int, str]) -> None:
    conn.execute("UPDATE rooms SET alive_at = ? WHERE name = ?", row)


def clean(comment: Comment) -> Comment:
    """The comment without what no database or wire can carry: lone surrogates and NULs become U+FFFD."""
    author = comment.author
    fields = (comment.id, comment.text, author.id, author.name, comment.reply_to or "", comment.product or "", *author.roles)
    if all(map(_is_clean, fields)):
        return comment
    return replace(
        comment,
        id=_cleaned(comment.id),
        text=_cleaned(comment.text),
        author=Viewer(id=_cleaned(author.id), name=_cleaned(author.name), roles=tuple(map(_cleaned, author.roles))),
        reply_to=comment.reply_to and _cleaned(comment.reply_to),
        product=comment.product and _cleaned(comment.product),
    )


def _is_clean(text: str) -> bool:
    if text.isascii():
        return "\0" not in text
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _cleaned(text: str) -> str:
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").replace("\0", "\ufffd")
