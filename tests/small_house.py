"""A small daemon for tests: intake, engine and sender over one journal; `alone` runs it by itself, with JOURNAL and URL as its words."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from adapters.bridge import BridgeAdapter
from livebot.arrive import registry
from livebot.arrive.intake import Intake
from livebot.decide.limits import Window
from livebot.decide.matching import Matcher
from livebot.decide.rulebook import FaqRule, FlagRule, Rulebook
from livebot.decide.session import RoomPolicy
from livebot.deliver.replies import Replies
from livebot.engine import Engine
from livebot.keep.journal import Journal
from livebot.keep.supervisor import Status, keep_going

BOOK = Rulebook(
    faqs=(
        FaqRule(id="ship", when=(("发货",),), say=("发货看商品页", "发货看订单页")),
        FaqRule(id="auth", when=(("正品",),), say=("都是正品",), mode="suggest"),
        FaqRule(id="slow", when=(("质保",),), say=("质保看商品页",), cooldown=7200.0),
    ),
    flags=(FlagRule(id="return", category="post.return", when=(("退货",),), ack=("@{viewer} 已登记",)),),
)
MATCHER = Matcher(BOOK)


def engine_of(journal: Journal, matcher: Matcher = MATCHER, policy: RoomPolicy = RoomPolicy()) -> Engine:
    return Engine(journal=journal, matcher=matcher, policies={"r": policy})


class House:
    """Intake, engine and sender over one journal and one real bridge server."""

    def __init__(self, journal: Journal, url: str) -> None:
        adapter = BridgeAdapter()
        config = registry.settings(adapter, {"url": url, "sends_count": 100, "receipt_timeout": 0.4}, file="f", room="r")
        limits = registry.limits(adapter, config)
        self.intake = Intake(name="r", adapter=adapter, config=config, capabilities=limits, journal=journal, status=Status("r"))
        self.engine = engine_of(journal)
        self.replies = Replies(journal=journal, budget=Window(1000, 60.0), frozen=lambda: False)
        self.journal = journal

    async def run(self) -> None:
        await self.replies.start({"r": self.intake})
        bell = self.journal.bell
        async with asyncio.TaskGroup() as group:
            group.create_task(keep_going(self.intake.status, self.intake.attempt))
            group.create_task(keep_going(Status("engine"), lambda: self.engine.run(ear_of_engine)))
            group.create_task(keep_going(Status("replies"), lambda: self.replies.run(self.intake, ear_of_replies)))
            ear_of_engine, ear_of_replies = bell.listen(), bell.listen()


@contextlib.asynccontextmanager
async def running(journal: Journal, url: str) -> AsyncIterator[House]:
    house = House(journal, url)
    task = asyncio.create_task(house.run())
    try:
        yield house
    finally:
        task.cancel()
        await asyncio.wait({task})


async def main(path: Path, url: str) -> None:
    await House(await Journal.open(path), url).run()


def alone() -> None:
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
