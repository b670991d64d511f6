"""The journal as the queue: several processes work on one file, and a full or locked one is said in words."""

import asyncio
import json
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from queue_backends import issue, journal_at

from livebot.deliver.queue import Filter
from livebot.deliver.queue_journal import JournalQueue
from livebot.errors import Unavailable

WORKER = textwrap.dedent("""
    import asyncio, json, sys
    from pathlib import Path
    from livebot.deliver.queue_journal import SCHEMA, JournalQueue
    from livebot.keep.journal import Journal

    async def main(path, me):
        journal = await Journal.open(Path(path), schema=SCHEMA)
        queue = JournalQueue(journal)
        read, won = [], []
        print("ready", flush=True)
        sys.stdin.readline()
        while batch := await queue.read(me, 5, block=0.3):
            read += [delivery.id for delivery in batch]
            await queue.ack(*(delivery.entry for delivery in batch))
        for n in range(1, 41):
            if (await queue.claim(f"id-{n}", me)).won:
                won.append(f"id-{n}")
        print(json.dumps([read, won]))
        await journal.close()

    asyncio.run(main(*sys.argv[1:]))
""")


async def test_two_processes_share_the_work_while_the_daemon_publishes(tmp_path: Path) -> None:
    wanted = [f"id-{n}" for n in range(1, 201)]
    async with journal_at(tmp_path) as journal:
        queue = JournalQueue(journal)
        await queue.start()
        await queue.publish("p", 0, [issue(n) for n in range(1, 41)])
        command = [sys.executable, "-c", WORKER, str(tmp_path / "journal.db")]
        workers = [
            await asyncio.create_subprocess_exec(*command, name, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for name in ("小王", "小李")
        ]
        for worker in workers:
            assert await worker.stdout.readline() == b"ready\n"  # type: ignore[union-attr]
        for worker in workers:
            worker.stdin.write(b"\n")  # type: ignore[union-attr]
        for n in range(41, 201, 8):
            await queue.publish("p", n - 1, [issue(k) for k in range(n, n + 8)])
        answers = [json.loads((await asyncio.wait_for(worker.communicate(), 60))[0]) for worker in workers]
        assert sorted(answers[0][0] + answers[1][0]) == sorted(wanted)
        assert sorted(answers[0][1] + answers[1][1]) == sorted(wanted[:40])
        assert all(found.holder for found in await queue.find(Filter()) if found.id in wanted[:40])
        assert (await queue.health()).pending == 0


async def test_a_journal_that_cannot_be_read_is_said_in_words(tmp_path: Path) -> None:
    async with journal_at(tmp_path) as journal:
        queue = JournalQueue(journal)
        with sqlite3.connect(tmp_path / "journal.db") as other:
            other.execute("DROP TABLE queue_issues")
        other.close()
        with pytest.raises(Unavailable, match="queue_issues"):
            await queue.find(Filter())
        assert not (await queue.health()).reachable
