"""Promises that fall due, or that the shop's own facts contradict meanwhile → issues, each once. The alarm clock only rings."""

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from loguru import logger

from livebot.decide.actions import action_id
from livebot.decide.promises import NOTHING_PROMISED, Promises
from livebot.decide.shop.facts import NO_FACTS, Facts
from livebot.decide.speech.contradiction import contradicts, lapsed
from livebot.decide.speech.ledger import Promise, of_facts
from livebot.deliver.alarm import Alarm
from livebot.keep import clock, ledger
from livebot.keep.bell import Ear
from livebot.keep.journal import Journal
from livebot.keep.seams import seam
from livebot.language import say

LOOK_S: Final = 30.0  # the rows are looked at so often even if nobody rings
PAUSE_S: Final = 0.2
LIMIT: Final = 200


@dataclass(slots=True)
class Promising:
    """facts, promises: what the shop's tables and its configuration promise now."""

    journal: Journal
    facts: Callable[[], Facts] = lambda: NO_FACTS
    promises: Promises = NOTHING_PROMISED
    _seen: Facts | None = None

    async def run(self, ear: Ear) -> None:
        """Until cancelled."""
        alarm = Alarm(ear)
        try:
            while True:
                while await self.step():
                    pass
                alarm.set(ledger.next_due(self.journal, clock.now_ms()))
                await asyncio.sleep(PAUSE_S)
                await ear.wait(LOOK_S)
        finally:
            alarm.stop()

    async def step(self) -> int:
        """Raises the issues of this moment; returns how many."""
        now = clock.now_ms()
        raised = 0
        if ledger.is_late(self.journal, now):
            raised = await self.journal.write(lambda conn: ledger.raise_overdue(conn, now, LIMIT))
            logger.warning(
                say("{} 个承诺到期还没标记兑现（livebot promises --overdue）", "{} promises are overdue (livebot promises --overdue)"),
                raised,
            )
        facts = self.facts()
        if facts is not self._seen:
            raised += await self._compare(facts, now)
            self._seen = facts
        seam("promises.raised")
        return raised

    async def _compare(self, facts: Facts, now: int) -> int:
        """What the facts say otherwise than what was promised and still stands."""
        told = [one for product in facts.products if product.fresh(now) for one in of_facts(product, now, clock.local_offset(now))]
        found = [(old, by) for old in ledger.binding(self.journal) if (by := self._changed(old, told, now))]

        def work(conn: sqlite3.Connection) -> None:
            for old, by in found:
                ledger.contradict(conn, old, by, action_id("promise", "changed", old.id, by), now)

        if found:
            await self.journal.write(work)
            text = say("{} 个承诺和现在的商品表或店铺承诺不一致", "{} promises differ from today's facts")
            logger.warning(text, len(found))
        return len(found)

    def _changed(self, old: Promise, told: list[Promise], now: int) -> str:
        """The words of the facts that contradict a promise; "" where none do."""
        for one in told:
            if contradicts(replace(one, room=old.room, stream=old.stream), old, now):
                return one.text
        return say("店铺承诺里已经没有这一条", "the shop's promises no longer cover it") if lapsed(old, self.promises, now) else ""
