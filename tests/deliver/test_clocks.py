"""Clocks that run out: shown in the inbox, and told once, by however many daemons, and whichever of them is killed."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import forking
import pytest
from aiohttp import web
from queue_backends import backend, issue, on_both, until

from livebot.decide.hours import always
from livebot.decide.sla import Sla, Target
from livebot.deliver.desk import clocks
from livebot.deliver.desk.clocks import Clocks
from livebot.deliver.desk.inbox import Inbox, Wanted
from livebot.deliver.queue import IssueQueue
from livebot.deliver.queue_journal import SCHEMA, JournalQueue
from livebot.deliver.queue_redis import RedisQueue
from livebot.keep import clock
from livebot.keep.journal import Journal

pytestmark = on_both
SLA = Sla(targets={"P1": Target(respond=0.3, resolve=3600)}, hours=always())


@pytest.fixture
async def make(kind: str, tmp_path: Path) -> AsyncIterator[Callable[[], IssueQueue]]:
    async with backend(kind, tmp_path) as maker:
        yield maker


@asynccontextmanager
async def webhook(got: list[dict[str, Any]]) -> AsyncIterator[str]:
    async def handle(request: web.Request) -> web.Response:
        got.append({"key": request.headers["Idempotency-Key"], **await request.json()})
        return web.Response()

    app = web.Application()
    app.router.add_post("/", handle)
    runner = web.AppRunner(app, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


def fresh(n: int, **over: str) -> tuple[int, dict[str, str]]:
    return issue(n, **({"priority": "P1", "created_at": str(clock.now_ms())} | over))


async def reminders(queue: IssueQueue) -> int:
    if hasattr(queue, "_client"):
        return int(await queue._client.xlen(queue.keys.reminders))  # type: ignore[attr-defined]
    return len(queue._read("SELECT 1 FROM queue_reminders"))  # type: ignore[attr-defined]


async def test_the_inbox_shows_what_is_due_and_what_is_late(make: Callable[[], IssueQueue]) -> None:
    inbox = Inbox(make(), SLA)
    await inbox.queue.publish("p", 0, [fresh(1), fresh(2, priority="P2"), issue(3, priority="P1")])
    listed = (await inbox.list(Wanted())).items
    assert [item.issue.id for item in listed] == ["id-3", "id-1", "id-2"]
    assert listed[1].due_at == listed[1].issue.respond_due > listed[1].issue.created_at
    assert (listed[0].issue.breached, listed[2].due_at) == (("respond", "resolve"), 0)

    async def late() -> bool:
        return await inbox.count(Wanted(overdue=True)) == 2

    await until(late)
    assert (await inbox.counts()).overdue == 2
    claim = await inbox.queue.claim("id-1", "小王")
    assert [item.issue.id for item in (await inbox.list(Wanted(overdue=True))).items] == ["id-3"]
    shown = (await inbox.show("id-1")).issue
    assert (shown.breached, shown.respond_due, shown.resolve_due > clock.now_ms()) == (("respond",), 0, True)
    await inbox.queue.set_state("id-1", "小王", "waiting_viewer", token=claim.token)
    assert (await inbox.show("id-1")).due_at == 0


async def test_two_daemons_tell_each_breach_once(make: Callable[[], IssueQueue]) -> None:
    got: list[dict[str, Any]] = []
    async with webhook(got) as url:
        daemons = [Clocks(Inbox(make(), SLA), name, "s", url) for name in ("a", "b")]
        queue, queue_index = daemons[0].inbox.queue, daemons[0].inbox.index
        await queue.publish("p", 0, [*(fresh(n) for n in range(1, 11)), issue(11, priority="P1")])
        running = [asyncio.create_task(one.run()) for one in daemons]
        await until(lambda: len(got) == 10)
        for one in daemons:
            while await one.step():
                pass
        await queue.set_state("id-1", "小王", "rejected")
        await queue.set_state("id-1", "小王", "reopened")
        await until(lambda: len(got) == 11)  # the clock began anew

        async def settled() -> bool:
            return await queue_index.run_out(100) == []

        await until(settled)
        for task in running:
            task.cancel()
        await asyncio.wait(running)
        for one in daemons:
            assert await one.step() == 0
            assert await one.inbox.index.run_out(100) == []
    assert len({one["key"] for one in got}) == len(got) == await reminders(queue) == 11
    assert {one["issue"] for one in got} == {f"id-{n}" for n in range(1, 11)}
    assert {(one["kind"], one["clock"], one["priority"], one["room"]) for one in got} == {("sla", "respond", "P1", "r1")}


async def test_what_was_taken_up_in_time_is_not_told(make: Callable[[], IssueQueue]) -> None:
    slow = Sla(targets={"P1": Target(respond=3600)}, hours=always())
    daemon = Clocks(Inbox(make(), slow), "a", "s")
    await daemon.inbox.queue.publish("p", 0, [fresh(1), fresh(2)])
    await daemon.inbox.queue.claim("id-1", "小王")
    ahead = Clocks(Inbox(daemon.inbox.queue, Sla(targets={"P1": Target(respond=0.001)}, hours=always())), "a", "t")
    await daemon.step()
    assert await daemon.inbox.index.run_out(100) == []
    await ahead.inbox.index.prepare("other targets")

    async def told() -> bool:
        return bool(await ahead.step())

    await until(told)
    assert await ahead.step() == 0
    assert await reminders(daemon.inbox.queue) == 1


async def test_a_webhook_that_is_away_is_tried_again_by_whoever_has_it(make: Callable[[], IssueQueue]) -> None:
    daemon = Clocks(Inbox(make(), SLA), "a", "s", "http://127.0.0.1:9/")
    await daemon.inbox.queue.publish("p", 0, [fresh(1)])

    async def told() -> bool:
        return bool(await daemon.step())

    await until(told)
    got: list[dict[str, Any]] = []
    async with webhook(got) as url:
        daemon.webhook = url
        daemon._later.clear()
        assert await daemon.step() == 0
        assert len(got) == await reminders(daemon.inbox.queue) == 1
        assert await daemon.inbox.index.run_out(100) == []


def work() -> None:
    """What a process of its own does; its words are the kind of queue, where it is, the webhook and its name."""
    asyncio.run(_work(*sys.argv[1:]))


async def _work(kind: str, where: str, url: str, name: str) -> None:
    clocks.LEASE_S = 0.3
    queue = RedisQueue(where) if kind == "redis" else JournalQueue(await Journal.open(Path(where), schema=SCHEMA))
    await Clocks(Inbox(queue, SLA), name, "s", url).run()


@pytest.mark.parametrize(("seam", "pages"), [("sla.reminded", 1), ("sla.doing", 0)])
async def test_a_daemon_that_is_killed_leaves_one_page_or_a_doubt(
    kind: str, make: Callable[[], IssueQueue], tmp_path: Path, seam: str, pages: int
) -> None:
    """Killed before the page left, another one sends it; killed while it may have left, nobody repeats it."""
    got: list[dict[str, Any]] = []
    queue = make()
    async with webhook(got) as url:
        await queue.publish("p", 0, [fresh(1)])
        where = queue.url if kind == "redis" else str(tmp_path / "journal.db")  # type: ignore[attr-defined]
        first = forking.start("test_clocks:work", kind, where, url, "a", env=os.environ | {"LIVEBOT_CRASH_AT": seam})
        assert await first.ended() == -signal.SIGKILL
        heir = Clocks(Inbox(queue, SLA), "b", "s", url)

        async def settled() -> bool:
            heir._later.clear()
            await heir.step()
            return not await heir.inbox.index.run_out(10)

        await until(settled)
    assert len(got) == pages
    assert await reminders(queue) == 1
