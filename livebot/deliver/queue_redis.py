"""The issue queue in Redis or Valkey (6.2 or later): a stream announces, one hash per issue holds its state (docs/queue.md)."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from hashlib import sha1
from pathlib import Path
from typing import Any

import msgspec
from redis.exceptions import AuthenticationError, NoScriptError, RedisError, ResponseError

from livebot.decide.issue_states import ISSUE_STATES
from livebot.deliver import queue
from livebot.deliver.queue import Claim, Delivery, Filter, Health, QueuedIssue, Step, Update
from livebot.deliver.redis_client import Client, close, connect, redacted
from livebot.errors import ConfigError, Problem, Unavailable
from livebot.keep import clock

PAGE = 500
OWN = ("state", "updated_at", "entry", "holder", "lease_until", "token", "duplicate_of")  # of a hash; all else was announced


class Script:
    """A file of livebot/deliver/lua, sent whole only when the server does not know it yet."""

    def __init__(self, name: str) -> None:
        self.text = (Path(__file__).parent / "lua" / f"{name}.lua").read_text("utf-8")
        self.sha = sha1(self.text.encode(), usedforsecurity=False).hexdigest()

    async def __call__(self, client: Client, keys: Sequence[str], *args: str | bytes | int) -> Any:
        try:
            return await client.evalsha(self.sha, len(keys), *keys, *args)
        except NoScriptError:
            return await client.eval(self.text, len(keys), *keys, *args)


PUBLISH, UPDATE, CLAIM, RELEASE, STATE, RECLAIM, REMIND = map(
    Script, ("publish", "update", "claim", "release", "state", "reclaim", "remind")
)


class Keys:
    """The names in Redis. All share the hash slot of the stream, so that scripts work in a Cluster."""

    def __init__(self, stream: str) -> None:
        tag = stream.partition("{")[2].partition("}")
        if not stream or (("{" in stream or "}" in stream) and not (tag[0] and tag[1])):
            raise ConfigError(
                [
                    Problem(
                        file="config.toml",
                        table="redis",
                        field="stream",
                        zh=f"队列名 {stream!r} 不能用：不能为空，花括号只能成对地用作 hash tag，例如 livebot:issues",
                        en=f"the stream cannot be called {stream!r}: braces may only be a hash tag. For example livebot:issues",
                    )
                ]
            )
        self.prefix = stream if tag[0] else f"{{{stream}}}"
        self.stream = stream
        self.producers, self.all, self.open = (f"{self.prefix}:{name}" for name in ("producers", "all", "open"))
        self.dead, self.reminders, self.updates = (f"{self.prefix}:{name}" for name in ("dead", "reminders", "updates"))

    def issue(self, issue_id: str) -> str:
        return f"{self.prefix}:issue:{issue_id}"

    def history(self, issue_id: str) -> str:
        return f"{self.prefix}:history:{issue_id}"

    def reminded(self, issue_id: str) -> str:
        return f"{self.prefix}:reminded:{issue_id}"


class RedisQueue:
    """IssueQueue over a Redis URL. Connects when first used; safe to make while the server is still away."""

    def __init__(self, url: str, stream: str = "livebot:issues", group: str = "after-sales") -> None:
        self.url, self.group, self.keys = url, group, Keys(stream)
        self._client = connect(url)
        self._reader = connect(url, blocking=True)

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

    async def update(self, producer: str, known: int, upto: int, batch: Sequence[Update]) -> int:
        items = [
            (one.id, str(one.at), "1" if one.reopens else "", one.how, [p for pair in one.fields.items() for p in pair]) for one in batch
        ]
        keys = [self.keys.updates, self.keys.producers, self.keys.open, *(key for one in batch for key in self._of(one.id))]
        async with self._asking():
            mark, _ = await UPDATE(self._client, keys, producer, known, upto, msgspec.json.encode(items))
            return int(mark)

    async def remind(self, issue_id: str, key: str, text: str) -> bool:
        async with self._asking():
            keys = [self.keys.reminders, self.keys.reminded(issue_id)]
            return bool(await REMIND(self._client, keys, issue_id, key, text, clock.now_ms()))

    # ── staff ──────────────────────────────────────────────────────────────────

    async def find(self, wanted: Filter) -> list[QueuedIssue]:
        index = self.keys.open if wanted.open_only and not wanted.states else self.keys.all
        found: list[QueuedIssue] = []
        async with self._asking():
            start = 0
            while len(found) < wanted.limit:
                ids = await self._client.zrevrange(index, start, start + PAGE - 1)
                if not ids:
                    break
                start += PAGE
                hashes = await self._hashes(ids)
                found += [issue for hash_ in hashes if hash_ and wanted.matches(issue := _issue(hash_))]
        return found[: wanted.limit][::-1]

    async def _hashes(self, ids: Iterable[str]) -> list[dict[str, str]]:
        pipe = self._client.pipeline(transaction=False)
        for issue_id in ids:
            pipe.hgetall(self.keys.issue(issue_id))
        hashes: list[dict[str, str]] = await pipe.execute()
        return hashes

    async def show(self, issue_id: str) -> QueuedIssue:
        async with self._asking():
            fields = await self._client.hgetall(self.keys.issue(issue_id))
            if not fields:
                raise queue.missing(issue_id)
            lines = await self._client.lrange(self.keys.history(issue_id), 0, -1)
        return _issue(fields, tuple(map(_step, lines)))

    async def claim(self, issue_id: str, actor: str, lease: float = queue.LEASE_S) -> Claim:
        async with self._asking():
            answer, *rest = await CLAIM(self._client, self._of(issue_id), actor, int(lease * 1000))
        match answer:
            case "claimed":
                return Claim(won=True, holder=actor, token=rest[0], lease_until=int(rest[1]))
            case "held":
                return Claim(won=False, holder=rest[0], lease_until=int(rest[1]))
            case "done":
                raise queue.done(rest[0])
            case _:
                raise queue.missing(issue_id)

    async def release(self, issue_id: str, actor: str, token: str) -> None:
        async with self._asking():
            answer, *rest = await RELEASE(self._client, self._of(issue_id), actor, token)
        if answer != "ok":
            raise queue.stale(rest[0]) if answer == "stale" else queue.missing(issue_id)

    async def set_state(self, issue_id: str, actor: str, state: str, note: str = "", token: str = "", duplicate_of: str = "") -> str:
        if state not in ISSUE_STATES:
            raise queue.illegal("", state)
        async with self._asking():
            keys = [*self._of(issue_id), self.keys.open, self.keys.stream]
            answer, *rest = await STATE(self._client, keys, actor, state, note, token, duplicate_of)
        match answer:
            case "ok":
                return str(rest[0])
            case "illegal":
                raise queue.illegal(rest[0], state)
            case "held":
                raise queue.held(rest[0])
            case "stale":
                raise queue.stale(rest[0])
            case _:
                raise queue.missing(issue_id)

    def _of(self, issue_id: str) -> list[str]:
        return [self.keys.issue(issue_id), self.keys.history(issue_id)]

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
        """Turns whatever a client can raise into Unavailable, in the user's words and without the password."""
        try:
            yield
        except AuthenticationError:
            where = redacted(self.url)
            raise Unavailable(
                f"Redis 不接受密码：{where}，请检查 [redis] url", f"Redis refuses the password: {where}, see [redis] url"
            ) from None
        except (RedisError, OSError, TimeoutError) as error:
            why = str(error).replace(self.url, "…") or type(error).__name__
            raise Unavailable(f"Redis 不可用（{redacted(self.url)}）：{why}", f"Redis is away ({redacted(self.url)}): {why}") from error


def _issue(fields: Mapping[str, str], history: tuple[Step, ...] = ()) -> QueuedIssue:
    lease, until = fields.get("holder", ""), int(fields.get("lease_until") or 0)
    live = bool(lease) and until > clock.now_ms()
    return QueuedIssue(
        id=fields.get("id", ""),
        fields={name: value for name, value in fields.items() if name not in OWN},
        state=fields.get("state", ""),
        created_at=int(fields.get("created_at") or 0),
        updated_at=int(fields.get("updated_at") or 0),
        holder=lease if live else "",
        lease_until=until if live else 0,
        duplicate_of=fields.get("duplicate_of", ""),
        history=history,
    )


def _step(line: str) -> Step:
    found = json.loads(line)
    return Step(
        at=int(found["at"]), actor=found["actor"], act=found["act"], before=found["from"], after=found["to"], note=found.get("note", "")
    )


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
