"""Which issues changed, as the Redis streams of the queue tell it: announcements of new ones, and updates of those that are known."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from redis.exceptions import RedisError

from livebot.deliver.queue_redis import RedisQueue
from livebot.deliver.redis_client import close, connect

KEPT: Final = 9_000  # of the updates at least so many are there, where some were trimmed
MOST: Final = 2_000
BLOCK_S: Final = 2.0
ANSWER_S: Final = 2.0
Position = tuple[str, str]  # the last ids seen: of the announcements, of the updates
START: Final[Position] = ("0-0", "0-0")


class IssueFeed:
    """Over the server of a RedisQueue, by a connection of its own. Every call may raise RedisError, OSError or TimeoutError."""

    def __init__(self, queue: RedisQueue) -> None:
        self._streams = (queue.keys.stream, queue.keys.updates)
        self._client = connect(queue.url, blocking=True)

    async def close(self) -> None:
        await close(self._client)

    async def newest(self) -> Position:
        """Where the streams end now."""
        async with asyncio.timeout(ANSWER_S):
            found = [await self._client.xrevrange(stream, "+", "-", count=1) for stream in self._streams]
        first, second = (entries[0][0] if entries else "0-0" for entries in found)
        return first, second

    async def follow(self, after: Position) -> tuple[Position, list[str]]:
        """The issues that changed after a position, once there are any or a moment has passed; with the new position."""
        async with asyncio.timeout(BLOCK_S + 5.0):
            asked = dict(zip(self._streams, after, strict=True))
            answer = await self._client.xread(asked, count=500, block=int(BLOCK_S * 1000))
        return self._taken(after, answer or [])

    async def since(self, after: Position) -> list[str] | None:
        """The issues that changed after a position that somebody had earlier; None where that is too long ago to tell."""
        async with asyncio.timeout(ANSWER_S):
            first = await self._client.xrange(self._streams[1], "-", "+", count=1)
            trimmed = first and _number(first[0][0]) > _number(after[1]) and await self._client.xlen(self._streams[1]) >= KEPT
            latest = await self.newest()
            lost = any(_number(old) > _number(new) for old, new in zip(after, latest, strict=True) if new != "0-0")
            if trimmed or lost:
                return None
            asked = dict(zip(self._streams, after, strict=True))
            answer = await self._client.xread(asked, count=MOST)
        ids = self._taken(after, answer or [])[1]
        return ids if len(ids) < MOST else None

    def _taken(self, after: Position, answer: Any) -> tuple[Position, list[str]]:
        at: dict[str, str] = dict(zip(self._streams, after, strict=True))
        ids: dict[str, None] = {}
        for stream, entries in answer:
            for entry, fields in entries:
                at[stream] = entry
                ids |= dict.fromkeys([str(_of(fields))])
        return (at[self._streams[0]], at[self._streams[1]]), [id_ for id_ in ids if id_]


def _of(fields: Mapping[str, str] | None) -> str:
    return fields.get("id", "") if fields else ""


def _number(entry: str) -> tuple[int, int]:
    ms, _, n = entry.partition("-")
    return int(ms), int(n or 0)


AWAY: Final = (RedisError, OSError, TimeoutError)
