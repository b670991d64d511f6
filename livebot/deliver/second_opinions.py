"""Asks a larger model about the answers that wait for its opinion, off the loop and within its time, and journals what it says."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from loguru import logger

from livebot.decide.events import Comment, SecondOpinion
from livebot.decide.matching import AUTO, Matcher
from livebot.decide.meaning.second import Opinion
from livebot.keep import clock
from livebot.keep.bell import Ear
from livebot.keep.journal import Journal
from livebot.keep.outbox import OutboxRow, rows
from livebot.keep.second_model import NAME, SecondModel
from livebot.keep.spread import Spread
from livebot.language import say

WAITING: Final = "state = 'held' AND why = 'asking' AND expires_at > ? ORDER BY created_at DESC, seq DESC LIMIT 20"


@dataclass(slots=True)
class SecondOpinions:
    """`box`: seconds from the comment to the opinion at most; what takes longer is decided by our own confidence alone."""

    journal: Journal
    matcher: Callable[[], Matcher]
    box: float
    took: Spread = field(default_factory=Spread)
    _model: SecondModel | None = None
    _learned: str = ""

    async def run(self, ear: Ear) -> None:
        """Until cancelled. A model that cannot be loaded is said once; then everything is decided without it."""
        try:
            self._model = await asyncio.to_thread(SecondModel)
        except (ImportError, OSError, RuntimeError) as error:
            logger.error(say("第二个模型装载失败，不用它了：{}", "the second model cannot be loaded and is left out: {}"), error)
        asked: dict[str, None] = {}
        async with asyncio.TaskGroup() as group:
            learning: asyncio.Task[None] | None = None
            while True:
                if self._learned != self.matcher().rulebook.hash and (learning is None or learning.done()):
                    learning = group.create_task(self._learn(self.matcher()))
                new = [row for row in rows(self.journal, WAITING, (clock.now_ms(),)) if row.id not in asked]
                if not new:
                    await ear.wait(1.0)
                    continue
                asked[new[0].id] = None  # the newest first: it has the most time left
                await self._ask(new[0])
                while len(asked) > 1000:
                    del asked[next(iter(asked))]

    @property
    def ready(self) -> bool:
        """Whether the model knows the rules in force."""
        return self._model is not None and self._learned == self.matcher().rulebook.hash

    async def _learn(self, matcher: Matcher) -> None:
        if self._model is not None:
            await asyncio.to_thread(self._model.learn, matcher.rulebook)
        self._learned = matcher.rulebook.hash

    async def _ask(self, row: OutboxRow) -> None:
        matcher, began = self.matcher(), clock.now_ms()
        found = self.journal.events("WHERE seq = ?", (row.seq,))
        text = found[0].event.text if found and isinstance(found[0].event, Comment) else ""
        match = matcher.match(text)
        own = next((hit.confidence for hit in match.answers if hit.rule.id == row.rule), 0.0)
        opinion: Opinion | None = None
        left = self.box - (began - row.created_at) / 1000
        if self._model is not None and self.ready and left > 0:
            try:
                async with asyncio.timeout(left):
                    opinion = await asyncio.to_thread(self._model.opinion, match, matcher.rulebook)
            except TimeoutError:
                pass
        if opinion is None:
            event = SecondOpinion(key=row.id, rule=row.rule, confidence=round(own, 4))
        else:
            sure = opinion.confidence if opinion.rule == row.rule else min(1 - opinion.confidence, AUTO - 0.01)
            event = SecondOpinion(key=row.id, rule=opinion.rule, confidence=round(sure, 4), model=NAME)
            self.took.add_ms([clock.now_ms() - began])
        await asyncio.shield(self.journal.append(row.room, event))
