"""Both homes of the queue, real ones: a Valkey process and a journal file."""

import asyncio
import atexit
import contextlib
import tempfile
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis

from livebot.deliver.queue import IssueQueue
from livebot.deliver.queue_journal import SCHEMA, JournalQueue
from livebot.deliver.queue_redis import RedisQueue
from livebot.keep import server_binary
from livebot.keep.embedded import EmbeddedValkey
from livebot.keep.journal import Journal

NO_SERVER = server_binary.available()
needs_server = pytest.mark.skipif(NO_SERVER is not None, reason=f"no embedded server here: {NO_SERVER}")
on_both = pytest.mark.parametrize("kind", [pytest.param("redis", marks=needs_server), "journal"])


@contextlib.asynccontextmanager
async def valkey(folder: Path) -> AsyncIterator[EmbeddedValkey]:
    server = EmbeddedValkey(folder)
    task = asyncio.create_task(server.run())
    try:
        await asyncio.wait_for(server.ready.wait(), 20)
        yield server
    finally:
        task.cancel()
        await asyncio.wait({task})


@cache
def common_valkey() -> EmbeddedValkey:
    """A server for as long as the tests run, in a thread of its own: for those that only care for what is in it."""
    loop, folder, end = asyncio.new_event_loop(), tempfile.TemporaryDirectory(), asyncio.Event()
    up: Future[EmbeddedValkey] = Future()

    async def live() -> None:
        async with valkey(Path(folder.name)) as server:
            up.set_result(server)
            await end.wait()

    def stop() -> None:
        loop.call_soon_threadsafe(end.set)
        thread.join()
        loop.close()
        folder.cleanup()

    thread = threading.Thread(target=loop.run_until_complete, args=(live(),), daemon=True)
    thread.start()
    atexit.register(stop)
    return up.result(20)


async def emptied_valkey() -> str:
    """The URL of the common server, with nothing in it."""
    url = common_valkey().tcp_url
    async with Redis.from_url(url) as client:
        await client.flushall()
        await client.function_flush()
        await client.script_flush()
    return url


@contextlib.asynccontextmanager
async def journal_at(folder: Path, name: str = "journal.db") -> AsyncIterator[Journal]:
    journal = await Journal.open(folder / name, schema=SCHEMA)
    try:
        yield journal
    finally:
        await journal.close()


@contextlib.asynccontextmanager
async def backend(kind: str, folder: Path) -> AsyncIterator[Callable[[], IssueQueue]]:
    """A maker of queues that all work on the same issues."""
    async with contextlib.AsyncExitStack() as stack:
        queues: list[IssueQueue] = []
        if kind == "redis":
            url = await emptied_valkey()
            make: Callable[[], IssueQueue] = lambda: RedisQueue(url)  # noqa: E731
        else:
            journal = await stack.enter_async_context(journal_at(folder))
            make = lambda: JournalQueue(journal)  # noqa: E731

        def kept() -> IssueQueue:
            queues.append(make())
            return queues[-1]

        try:
            yield kept
        finally:
            for queue in queues:
                await queue.close()


def issue(n: int, **over: str) -> tuple[int, dict[str, str]]:
    fields = {
        "id": f"id-{n}", "room": "r1", "platform": "bridge", "comment_id": f"c{n}", "category": "post.refund", "priority": "P2",
        "text": f"退款 {n}", "author": "张*", "created_at": str(1_700_000_000_000 + n), "context": "[]", "rules": '["a"]',
        "viewer": "ab" * 8, "stream": "1", "seq": str(n),
    }  # fmt: skip
    return n, fields | over


async def until(true: Callable[[], Any], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while True:
            found = true()
            if await found if asyncio.iscoroutine(found) else found:
                return
            await asyncio.sleep(0.01)
