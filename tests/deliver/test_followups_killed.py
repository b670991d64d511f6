"""A process that does follow-ups is killed with kill -9 at every seam, again and again: each goes out at most once, each doubt is told."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import forking
import pytest
from aiohttp import web
from followups_worker import RECAP, REMIND
from livestream import Stream, rulebook

from livebot.deliver.issues import IssuePublisher
from livebot.deliver.queue_journal import SCHEMA, JournalQueue
from livebot.keep.journal import Journal

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 on this system")


@asynccontextmanager
async def webhook(got: list[str]) -> AsyncIterator[str]:
    async def handle(request: web.Request) -> web.Response:
        got.append(request.headers["Idempotency-Key"])
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


async def a_stream_with_an_issue(folder: Path) -> None:
    journal = await Journal.open(folder / "journal.db", schema=SCHEMA)
    stream = Stream(journal, book=rulebook(RECAP, REMIND))
    await stream.comment("包邮吗")
    await stream.comment("我要退款")
    await stream.deliver()
    publisher = IssuePublisher(journal, JournalQueue(journal), {"r": "test"})
    task = asyncio.create_task(publisher.run(journal.bell.listen()))
    while not journal.value("SELECT count(*) FROM queue_issues"):
        await asyncio.sleep(0.005)
    task.cancel()
    await asyncio.wait([task])
    await stream.ends()
    await journal.close()


async def work(folder: Path, url: str, crash_at: str) -> int:
    environment = {**os.environ, "LIVEBOT_CRASH_AT": crash_at}
    process = forking.start("followups_worker:main", str(folder), url, env=environment)
    return await process.ended()


# Each list is a history of deaths; the last process is left alone.
# Where the hand-over was being posted when its process died, it is in doubt.
@pytest.mark.parametrize(
    ("deaths", "handover"),
    [
        (["followup.doing:1"], "failed"),
        (["followup.posted:1"], "failed"),
        (["followup.done:1"], "done"),
        (["journal.before_commit:1", "journal.after_commit:1", "journal.before_commit:2"], "any"),
        (["followup.done:1", "followup.doing:1", "followup.done:1", "followup.doing:1", "followup.done:1"], "done"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else value,
)
async def test_nothing_goes_out_twice_however_often_it_dies(tmp_path: Path, deaths: list[str], handover: str) -> None:
    await a_stream_with_an_issue(tmp_path)
    got: list[str] = []
    async with webhook(got) as url:
        codes = [await work(tmp_path, url, death) for death in deaths]
        assert await work(tmp_path, url, "") == 0
    assert codes[0] == -signal.SIGKILL
    assert len(got) == len(set(got)) <= 1
    journal = await Journal.open(tmp_path / "journal.db", schema=SCHEMA)
    rows = {rule: (state, reason) for rule, state, reason in journal.read("SELECT rule, state, reason FROM followups")}
    said = journal.read("SELECT text FROM replies WHERE kind = 'follow_up'")
    reminders = journal.read("SELECT text FROM queue_reminders")
    await journal.close()
    assert said == [("今天问得最多的：运费看下单页",)]
    assert reminders == [("还没处理",)]
    assert rows["recap"] == ("done", "said")
    assert rows["remind"] == ("done", None)
    assert (tmp_path / "followups" / "r-1-handover.md").exists()
    state, reason = rows["livebot.handover"]
    assert handover in {state, "any"}
    assert len(got) == 1 or (state, reason) == ("failed", "in_doubt")
