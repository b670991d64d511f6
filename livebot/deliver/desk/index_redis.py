"""The inbox in Redis: sorted sets in the queue's own slot, brought up to date from what the scripts say has changed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec

from livebot.deliver.acts_redis import PAGE, issue_of, steps_of
from livebot.deliver.desk.cards import Card
from livebot.deliver.desk.index import VERSION, Found, Query, Want
from livebot.deliver.queue import QueuedIssue
from livebot.deliver.queue_redis import RedisQueue
from livebot.deliver.redis_names import Script
from livebot.keep import clock

LOOK: Final = 5000  # issues that one script call looks at
BATCH: Final = 200

CHANGES, PLACE, PAGE_OF, BREACH = map(Script, ("changes", "place", "page", "breach"))

_to_json = msgspec.json.Encoder().encode


class RedisIndex:
    """Index over a RedisQueue, with its connection."""

    def __init__(self, queue: RedisQueue) -> None:
        self._queue, self._keys, self._client = queue, queue.keys, queue._client

    async def prepare(self, stamp: str) -> None:
        keys = self._keys
        async with self._queue._asking():
            known = await self._client.get(keys.indexed)
            if known is not None and stamp in ("", known):
                return
            start = 0
            while ids := await self._client.zrange(keys.all, start, start + PAGE - 1):
                turn = int(await self._client.incrby(keys.turn, len(ids)))
                await self._client.hset(keys.changed, mapping={id_: turn - n for n, id_ in enumerate(ids)})
                start += PAGE
            await self._client.set(keys.indexed, stamp or VERSION)

    async def settle(self, make: Callable[[QueuedIssue, int], Card], limit: int) -> int:
        keys, seen, more = self._keys, 0, True
        while more and seen < limit:
            async with self._queue._asking():
                wanted = min(BATCH, limit - seen)
                now, flat = await CHANGES(self._client, [keys.changed, keys.turn, keys.alarms], wanted)
                if not flat:
                    break
                stamps = dict(zip(flat[::2], flat[1::2], strict=True))
                pipe = self._client.pipeline(transaction=False)
                for id_ in stamps:
                    pipe.hgetall(keys.issue(id_))
                    pipe.lrange(keys.history(id_), 0, -1)
                told = await pipe.execute()
                found = [(id_, told[2 * n], told[2 * n + 1]) for n, id_ in enumerate(stamps)]
                items = [_item(make(issue_of(hash_, steps_of(lines)), int(now)), id_, stamps[id_]) for id_, hash_, lines in found if hash_]
                if gone := [id_ for id_, hash_, _ in found if not hash_]:
                    await self._client.hdel(keys.changed, *gone)
                names = [keys.changed, keys.places, keys.alarms, keys.clocks, keys.words, keys.facets]
                await PLACE(self._client, names, keys.prefix, _to_json(items))
            seen, more = seen + len(stamps), len(stamps) == wanted
        return seen

    async def page(self, query: Query, after: tuple[str, str], limit: int) -> Found:
        names, groups = [query.family], []
        for dimension, values in query.values.items():
            groups.append([len(names) + n for n in range(len(values))])
            names += [f"{query.family}:{dimension}:{value}" for value in values]
        keys = [self._keys.words, *map(self._keys.inbox, names)]
        async with self._queue._asking():
            answer = await PAGE_OF(self._client, keys, _to_json(groups), *after, limit, LOOK, query.word)
        flat, count, more, *last = answer
        return Found(ids=tuple(flat[::2]), count=int(count), after=(last[0], last[1]), more=more == "1")

    async def counts(self) -> Mapping[tuple[str, str, str], int]:
        async with self._queue._asking():
            names = sorted(await self._client.smembers(self._keys.facets))
            pipe = self._client.pipeline(transaction=False)
            for name in names:
                pipe.zcard(self._keys.inbox(name))
            sizes = await pipe.execute() if names else []
        return {_facet(name): int(size) for name, size in zip(names, sizes, strict=True) if size}

    async def issues(self, ids: Sequence[str], *, histories: bool = False) -> list[QueuedIssue]:
        if not ids:
            return []
        async with self._queue._asking():
            hashes = await self._queue._hashes(ids)
            pipe = self._client.pipeline(transaction=False)
            for id_ in ids if histories else ():
                pipe.lrange(self._keys.history(id_), 0, -1)
            lines = await pipe.execute() if histories else [()] * len(ids)
        return [issue_of(hash_, steps_of(told)) for hash_, told in zip(hashes, lines, strict=True) if hash_]

    async def run_out(self, limit: int) -> list[tuple[str, str]]:
        async with self._queue._asking():
            found = await self._client.zrangebyscore(self._keys.clocks, "-inf", clock.now_ms(), start=0, num=limit)
        return [(kind, id_) for kind, _, id_ in (member.partition("|") for member in found)]

    async def breach(self, issue_id: str, key: str, text: str, kind: str, owner: str, want: Want, lease: float) -> str:
        keys = [self._keys.reminders, self._keys.reminded(issue_id), self._keys.pages, self._keys.clocks]
        async with self._queue._asking():
            return str(await BREACH(self._client, keys, issue_id, key, text, kind, owner, int(lease * 1000), want))


def _item(card: Card, issue_id: str, stamp: str) -> dict[str, Any]:
    """What place.lua takes."""
    named = {name: value for name, value in card.values.items() if value or (name == "holder" and card.family == "open")}
    facets = [f"{card.family}:{name}:{value}" for name, value in named.items()]
    told = {"respond_due": card.due.get("respond", 0), "resolve_due": card.due.get("resolve", 0), "breached": " ".join(card.breached)}
    return {
        "id": issue_id,
        "stamp": stamp,
        "score": str(card.score),
        "alarm": str(card.alarm),
        "words": card.words,
        "told": [str(part) for pair in told.items() for part in pair],
        "sets": [card.family, *facets],
        "clocks": [[kind, str(due)] for kind, due in card.clocks],
    }


def _facet(name: str) -> tuple[str, str, str]:
    family, _, rest = name.partition(":")
    dimension, _, value = rest.partition(":")
    return family, dimension, value
