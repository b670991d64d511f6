"""python -m bench.inbox [ISSUES]: how long one page of the after-sales inbox takes, over an embedded server and over the journal."""

import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

from livebot.config import Service
from livebot.decide.categories import CATEGORIES
from livebot.deliver.desk.inbox import Inbox, Wanted
from livebot.deliver.queue import IssueQueue
from livebot.deliver.queue_journal import SCHEMA, JournalQueue
from livebot.deliver.queue_redis import RedisQueue
from livebot.keep.embedded import EmbeddedValkey
from livebot.keep.journal import Journal

WORDS = ("退货", "少发了一件", "杯子碎了", "一直没发货", "尺码不对想换", "退款还没到", "颜色发错", "要开发票")
KINDS = tuple(code for code, one in CATEGORIES.items() if one.raises_issue)
ROUNDS = 200


def announced(n: int, dice: random.Random, now: int) -> dict[str, str]:
    kind = dice.choice(KINDS)
    return {
        "id": f"{n:024x}", "room": f"直播间{dice.randrange(12)}", "platform": "bridge", "comment_id": f"c{n}", "category": kind,
        "priority": CATEGORIES[kind].priority, "text": f"{dice.choice(WORDS)} {n}", "author": f"{dice.choice('张李王赵钱孙')}*",
        "created_at": str(now - dice.randrange(5 * 86_400_000)), "context": "[]", "rules": "[]", "viewer": f"{dice.randrange(40_000):016x}",
        "stream": "1", "seq": str(n), "viewers": "1", "repeats": "0", "raid": "0", "also": "[]",
    }  # fmt: skip


async def filled(queue: IssueQueue, issues: int) -> Inbox:
    dice, now = random.Random(1), time.time_ns() // 1_000_000
    inbox = Inbox(queue, Service(timezone="").of_shop())
    for start in range(0, issues, 1000):
        batch = [(n, announced(n, dice, now)) for n in range(start + 1, min(start + 1000, issues) + 1)]
        await queue.publish("bench", start, batch)
    for n in range(1, issues, 7):
        await queue.claim(f"{n:024x}", f"客服{n % 20}", lease=3600)
    for n in (n for n in range(3, issues, 11) if n % 7 != 1):
        await queue.set_state(f"{n:024x}", "主管", "rejected")
    await inbox.index.prepare("")
    began = time.perf_counter()
    while await inbox.index.settle(inbox.card, 10_000):
        pass
    print(f"  index made anew: {(time.perf_counter() - began) / issues * 1e6:.0f} µs an issue")
    return inbox


async def timed(what: str, ask: Callable[[], Awaitable[object]], rounds: int = ROUNDS) -> None:
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        await ask()
        took.append((time.perf_counter() - began) * 1000)
    print(f"  {what:<44} p50 {statistics.median(took):7.1f} ms   p95 {statistics.quantiles(took, n=20)[-1]:7.1f} ms", flush=True)


async def measure(inbox: Inbox, issues: int) -> None:
    dice = random.Random(2)
    depths = [""]
    for _ in range(10):
        depths.append((await inbox.list(Wanted(), after=depths[-1], limit=500)).cursor)
    mixed = (
        Wanted(), Wanted(room="直播间3"), Wanted(category="post.return"), Wanted(states=("verifying",)), Wanted(holder="客服7"),
        Wanted(unclaimed=True), Wanted(overdue=True), Wanted(room="直播间3", category="post.damaged", unclaimed=True),
        Wanted(states=("rejected",)), Wanted(priority="P1", overdue=True),
    )  # fmt: skip
    await timed("a page of 50, first", lambda: inbox.list(Wanted()))
    await timed("a page of 50, anywhere", lambda: inbox.list(Wanted(), after=dice.choice(depths)))
    await timed("a page of 50, ten filters in turn", lambda: inbox.list(dice.choice(mixed)))

    async def act_and_look() -> None:
        await inbox.queue.claim(f"{dice.randrange(issues) + 1:024x}", "客服1", take_over=True)
        await inbox.list(Wanted(holder="客服1"))

    async def quietly() -> None:
        try:
            await act_and_look()
        except Exception as error:  # a rejected one cannot be claimed
            if "rejected" not in str(error) and "不受理" not in str(error):
                raise

    await timed("a claim, then the list of one's own", quietly)
    await timed("all counts", inbox.counts)
    await timed("search, a common word", lambda: inbox.list(Wanted(search="碎了")))
    await timed("search, one issue of all", lambda: inbox.list(Wanted(search=f"发票 {dice.randrange(issues)}")), 40)


async def main(issues: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with AsyncExitStack() as stack:
            server = EmbeddedValkey(Path(folder))
            running = asyncio.ensure_future(server.run())
            await server.ready.wait()
            queue = RedisQueue(server.url)
            stack.push_async_callback(queue.close)
            print(f"{issues:,} issues, embedded Valkey")
            inbox = await filled(queue, issues)
            await measure(inbox, issues)
            memory = (await queue._client.info("memory"))["used_memory"]
            print(f"  memory of the server: {memory / issues:,.0f} bytes an issue")
            running.cancel()
        journal = await Journal.open(Path(folder) / "journal.db", schema=SCHEMA)
        print(f"{issues:,} issues, journal")
        inbox = await filled(JournalQueue(journal), issues)
        await measure(inbox, issues)
        await journal.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000))
