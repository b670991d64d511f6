"""A forgotten person in the queue: the issues stay as masked text and its hash, the person does not."""

import json
from collections.abc import Mapping, Set
from contextlib import suppress
from hashlib import sha256
from typing import Any, Final

from redis.exceptions import RedisClusterException, RedisError

from livebot.deliver.acts_redis import PAGE
from livebot.deliver.queue import IssueQueue
from livebot.deliver.queue_journal import JournalQueue
from livebot.deliver.queue_redis import RedisQueue
from livebot.deliver.redis_client import Client
from livebot.deliver.redis_names import Script
from livebot.errors import Unavailable
from livebot.keep.seal import ERASED

REWRITE: Final = Script("rewrite")

_DERIVED: Final = "derived:"
Lines = Set[tuple[int, str]]


async def forget(queue: IssueQueue, viewer: str, lines: Lines) -> int:
    """Takes a viewer out of all issues, also where their comments stand beside another's issue; returns how many issues changed.

    lines: (Unix ms, masked name) of their comments. Raises Unavailable while the queue is away.
    """
    if isinstance(queue, RedisQueue):
        return await _in_redis(queue, viewer, lines)
    assert isinstance(queue, JournalQueue)
    return await _in_journal(queue, viewer, lines)


def without(fields: Mapping[str, str], viewer: str, lines: Lines) -> dict[str, str]:
    """What of an announcement changes: nothing where the viewer is not in it."""
    changed: dict[str, str] = {}
    if viewer and fields.get("viewer") == viewer:
        changed = {"author": ERASED, "viewer": "", "text_sha256": sha256(fields.get("text", "").encode()).hexdigest()}
        if fields.get("comment_id", "").startswith(_DERIVED):
            changed["comment_id"] = ""
    with suppress(ValueError, TypeError, KeyError, AttributeError):
        also = json.loads(fields.get("also") or "[]")
        joined = [line for line in also if viewer and line["viewer"] == viewer]
        for line in joined:
            line |= {"author": ERASED, "viewer": ""} | ({"comment_id": ""} if line["comment_id"].startswith(_DERIVED) else {})
        if joined:
            changed["also"] = json.dumps(also, ensure_ascii=False, separators=(",", ":"))
    with suppress(ValueError, TypeError, KeyError, AttributeError):
        context = json.loads(fields.get("context") or "[]")
        theirs = [line for line in context if (line["at"], line["author"]) in lines]
        for line in theirs:
            line["author"] = ERASED
        if theirs:
            changed["context"] = json.dumps(context, ensure_ascii=False, separators=(",", ":"))
    return changed


async def _in_journal(queue: JournalQueue, viewer: str, lines: Lines) -> int:
    def work(conn: Any) -> int:
        done = 0
        for entry, id_, text in conn.execute("SELECT entry, id, fields FROM queue_issues").fetchall():
            fields = json.loads(text)
            if viewer and fields.get("viewer") == viewer:
                conn.execute("UPDATE queue_desk SET handover = '{}' WHERE id = ?", (id_,))
                conn.execute("UPDATE queue_history SET note = ? WHERE id = ? AND act IN ('note', 'reply') AND note != ''", (ERASED, id_))
            if changed := without(fields, viewer, lines):
                new = json.dumps({**fields, **changed}, ensure_ascii=False, separators=(",", ":"))
                conn.execute("UPDATE queue_issues SET fields = ? WHERE entry = ?", (new, entry))
                done += 1
        return done

    return await queue._write(work)


async def _in_redis(queue: RedisQueue, viewer: str, lines: Lines) -> int:
    client, keys = queue._client, queue.keys
    done = 0
    async with queue._asking():
        ids = await client.zrange(keys.all, 0, -1)
        for start in range(0, len(ids), PAGE):
            part = ids[start : start + PAGE]
            for id_, fields in zip(part, await queue._hashes(part), strict=True):
                if changed := without(fields, viewer, lines):
                    if viewer and fields.get("viewer") == viewer:
                        changed |= {"handover": "{}"} if "handover" in fields else {}
                        await _lines(client, keys.history(id_))
                    await client.hset(keys.issue(id_), mapping=changed)
                    await client.hset(keys.changed, id_, await client.incr(keys.turn))
                    done += 1
        await _announcements(queue, keys.stream, viewer, lines)
        await _announcements(queue, keys.dead, viewer, lines)
    return done


async def forget_writes(queue: IssueQueue) -> None:
    """The server's log of writes forgets as well, where we may ask for it: the last step, once nothing else names the viewer."""
    if isinstance(queue, RedisQueue):
        with suppress(Unavailable, RedisError, RedisClusterException):
            async with queue._asking():
                await queue._client.bgrewriteaof()


async def _lines(client: Client, history: str) -> None:
    """What staff wrote and said about the person."""
    for n, line in enumerate(await client.lrange(history, 0, -1)):
        with suppress(ValueError, TypeError, AttributeError):
            step = json.loads(line)
            if step.get("act") in ("note", "reply") and step.get("note"):
                await client.lset(history, n, json.dumps(step | {"note": ERASED}, ensure_ascii=False))


async def _announcements(queue: RedisQueue, stream: str, viewer: str, lines: Lines) -> None:
    start = "-"
    changes: dict[str, dict[str, str]] = {}
    while entries := await queue._client.xrange(stream, start, "+", count=PAGE):
        start = f"({entries[-1][0]}"
        changes |= {entry: changed for entry, fields in entries if (changed := without(fields, viewer, lines))}
    if changes:
        await REWRITE(queue._client, [stream], json.dumps(changes))
