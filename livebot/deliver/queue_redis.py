"""The issue queue in Redis or Valkey (6.2 or later): a stream announces, one hash per issue holds its state (docs/queue.md)."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

import msgspec
from redis.exceptions import AuthenticationError, RedisError, ResponseError

from livebot.deliver import queue
from livebot.deliver.acts_redis import RedisActs
from livebot.deliver.queue import Delivery, Health, Update
from livebot.deliver.redis_client import close, connect, redacted
from livebot.deliver.redis_names import Keys, Script
from livebot.errors import Unavailable
from livebot.keep import clock

AT_ONCE: Final = 64  # calls that are under way: each has a connection of its own, and the client raises where it has no more
TURN_S: Final = 10.0  # that a call waits for its turn

PUBLISH, UPDATE, RECLAIM, REMIND = map(Script, ("publish", "update", "reclaim", "remind"))


class RedisQueue(RedisActs):
    """IssueQueue over a Redis URL. Connects when first used; safe to make while the server is still away."""

    def __init__(self, url: str, stream: str = "livebot:issues", group: str = "after-sales") -> None:
        self.url, self.group, self.keys = url, group, Keys(stream)
        self._client = connect(url)
        self._reader = connect(url, blocking=True)
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def start(self) -> None:
        async with self._asking():
            await self._make_group()

    async def close(self) -> None:
        for client in (self._client, self._reader):
            await close(client)

    async def _make_group(self) -> None:
        try:
            await self._client.xgroup_create(self.keys.stream, self.group, id="0", mkstream=True)
        except ResponseError as error:
            if "BUSYGROUP" not in str(error):
                raise

    # ── the producer's side ────────────────────────────────────────────────────

    async def mark(self, producer: str) -> int:
        async with self._asking():
            return int(await self._client.hget(self.keys.producers, producer) or 0)

    async def publish(self, producer: str, after: int, batch: Sequence[tuple[int, Mapping[str, str]]]) -> int:
        items = [(str(seq), f["id"], f["created_at"], [part for pair in f.items() for part in pair]) for seq, f in batch]
        keys = [self.keys.stream, self.keys.producers, self.keys.all, self.keys.open, *(self.keys.issue(item[1]) for item in items)]
        async with self._asking():
            mark, _ = await PUBLISH(self._client, keys, self.group, producer, after, msgspec.json.encode(items))
            return int(mark)

    async def update(self, producer: str, known: int, told: int, upto: int, batch: Sequence[Update]) -> int:
        items = [
            (one.id, str(one.at), "1" if one.reopens else "", one.how, [p for pair in one.fields.items() for p in pair]) for one in batch
        ]
        keys = [self.keys.updates, self.keys.producers, self.keys.open, *(key for one in batch for key in self._of(one.id))]
        async with self._asking():
            mark, _ = await UPDATE(self._client, keys, producer, known, upto, told, msgspec.json.encode(items))
            return int(mark)

    async def remind(self, issue_id: str, key: str, text: str) -> bool:
        async with self._asking():
            keys = [self.keys.reminders, self.keys.reminded(issue_id)]
            return bool(await REMIND(self._client, keys, issue_id, key, text, clock.now_ms()))

    # ── consumers ──────────────────────────────────────────────────────────────

    async def read(self, consumer: str, count: int = 10, block: float = 0.0) -> list[Delivery]:
        return await self._read(consumer, ">", count, block)

    async def unfinished(self, consumer: str, count: int = 100) -> list[Delivery]:
        return await self._read(consumer, "0", count, 0.0)

    async def _read(self, consumer: str, start: str, count: int, block: float) -> list[Delivery]:
        wait = max(int(block * 1000), 1) if block > 0 else None
        async with self._asking(), asyncio.timeout(block + 5.0):
            for _ in range(2):
                try:
                    answer = await self._reader.xreadgroup(self.group, consumer, {self.keys.stream: start}, count=count, block=wait)
                    entries = answer[0][1] if answer else []
                    return [Delivery(entry=entry, fields=fields) for entry, fields in entries if fields]
                except ResponseError as error:
                    if "NOGROUP" not in str(error):
                        raise
                    await self._make_group()  # the server lost its data
        return []

    async def ack(self, *entries: str) -> int:
        async with self._asking():
            return int(await self._client.xack(self.keys.stream, self.group, *entries)) if entries else 0

    async def reclaim(
        self, consumer: str, idle: float = 60.0, count: int = 100, max_deliveries: int = queue.MAX_DELIVERIES
    ) -> list[Delivery]:
        keys = [self.keys.stream, self.keys.dead]
        async with self._asking():
            taken, _ = await RECLAIM(self._client, keys, self.group, consumer, int(idle * 1000), count, max_deliveries)
        return [
            Delivery(entry=entry, fields=dict(zip(parts[::2], parts[1::2], strict=True)), deliveries=int(deliveries))
            for entry, parts, deliveries in taken
        ]

    # ── how it is ──────────────────────────────────────────────────────────────

    async def health(self) -> Health:
        try:
            async with self._asking():
                info = _one_node(await self._client.info())
                depth = await self._client.xlen(self.keys.stream)
                opened = await self._client.zcard(self.keys.open)
                oldest = await self._client.zrange(self.keys.open, 0, 0, withscores=True)
                dead = await self._client.xlen(self.keys.dead)
                groups = await self._client.xinfo_groups(self.keys.stream) if depth else []
        except Unavailable as error:
            return Health(kind="redis", reachable=False, aof=False, problems=((error.zh, error.en),))
        policy, aof = str(info.get("maxmemory_policy", "")), bool(int(info.get("aof_enabled", 0)))
        return Health(
            kind="redis",
            reachable=True,
            version=str(info.get("valkey_version") or info.get("redis_version", "")),
            policy=policy,
            aof=aof,
            depth=int(depth),
            open=int(opened),
            pending=sum(int(group["pending"]) for group in groups if group["name"] == self.group),
            dead=int(dead),
            oldest=int(oldest[0][1]) if oldest else None,
            problems=tuple(_problems(policy, aof)),
        )

    @asynccontextmanager
    async def _asking(self) -> AsyncIterator[None]:
        """Turns whatever a client can raise into Unavailable, in the user's words and without the password. It must not be nested.

        A cancelled task ends here, too: redis-py sends with wait_for, and that of Python 3.11 forgets a cancellation
        which comes just as it ends, so that livebot would never have stopped.
        """
        try:
            try:
                async with asyncio.timeout(TURN_S):
                    await self._turns.acquire()
                try:
                    yield
                finally:
                    self._turns.release()
            finally:
                if (task := asyncio.current_task()) and task.cancelling():
                    raise asyncio.CancelledError
        except AuthenticationError:
            where = redacted(self.url)
            raise Unavailable(
                f"Redis 不接受密码：{where}，请检查 [redis] url", f"Redis refuses the password: {where}, see [redis] url"
            ) from None
        except (RedisError, OSError, TimeoutError) as error:
            why = str(error).replace(self.url, "…") or type(error).__name__
            raise Unavailable(f"Redis 不可用（{redacted(self.url)}）：{why}", f"Redis is away ({redacted(self.url)}): {why}") from error


def _one_node(info: Mapping[str, Any]) -> Mapping[str, Any]:
    """INFO of one server; a Cluster answers with one per node."""
    return (
        next(iter(info.values())) if info and all(isinstance(value, dict) and "redis_version" in value for value in info.values()) else info
    )


def _problems(policy: str, aof: bool) -> Iterable[tuple[str, str]]:
    if policy and policy != "noeviction":
        yield (
            f"Redis 的 maxmemory-policy 是 {policy}：内存不够时会悄悄丢掉问题。请设为 noeviction",
            f"Redis has maxmemory-policy {policy}: short of memory it silently drops issues. Set it to noeviction",
        )
    if not aof:
        yield (
            "Redis 没有打开 AOF：重启后队列会空，livebot 会从日志重新发布，但认领和处理记录会丢。请设 appendonly yes",
            "Redis has no AOF: after a restart the queue is empty; livebot publishes it again, but claims and states are lost. "
            "Set appendonly yes",
        )
