"""The table of contents: runs the rooms of the house in order, and shuts them in reverse."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

from loguru import logger

from livebot.arrive.intake import Intake
from livebot.decide.matching import Matcher
from livebot.deliver.desk.clocks import Clocks
from livebot.deliver.desk.parts import Desk
from livebot.deliver.followups import FollowUps
from livebot.deliver.issues import IssuePublisher
from livebot.deliver.metrics import Metrics
from livebot.deliver.promising import Promising
from livebot.deliver.queue import IssueQueue
from livebot.deliver.replies import Replies
from livebot.deliver.second_opinions import SecondOpinions
from livebot.engine import Engine
from livebot.errors import ConfigError
from livebot.keep import notify
from livebot.keep.embedded import EmbeddedValkey
from livebot.keep.journal import Journal
from livebot.keep.rulefiles import RuleWatch
from livebot.keep.supervisor import Status, keep_going
from livebot.language import say

DRAIN_S = 10.0
DAY_S = 86_400.0
LOOK_S = 0.2  # how often the daemon looks whether another process changed the journal or the rules


@dataclass(slots=True)
class App:
    """A livebot with everything open (see opening.py). `run` works until `stop` is set, and then drains."""

    journal: Journal
    engine: Engine
    replies: Replies
    publisher: IssuePublisher
    queue: IssueQueue
    followups: FollowUps
    clocks: Clocks
    promising: Promising
    rules: RuleWatch
    embedded: EmbeddedValkey | None
    intakes: dict[str, Intake]
    desk: Desk | None = None
    statuses: dict[str, Status] = field(default_factory=dict)
    retention: Callable[[], int] = lambda: 0  # makes unreadable what is too old; runs in a thread
    second: SecondOpinions | None = None
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    port: int | None = None

    async def run(self) -> None:
        """Until `stop`; raises an ExceptionGroup where a service gave up for good."""
        ear = self.journal.bell.listen
        async with asyncio.TaskGroup() as group:

            def service(name: str, attempt: Callable[[], Any]) -> asyncio.Task[None]:
                status = self.statuses.setdefault(name, Status(name))
                return group.create_task(keep_going(status, attempt, ends=True), name=name)

            await self.replies.start(self.intakes)
            base = [service("valkey", self.embedded.run)] if self.embedded else []
            engine = service("engine", partial(self.engine.run, ear()))
            publisher = service("issues", partial(self.publisher.run, ear()))
            senders = [service(f"replies {n}", partial(self.replies.run, intake, ear())) for n, intake in self.intakes.items()]
            helpers = [
                service("followups", partial(self.followups.run, ear())),
                service("clocks", self.clocks.run),
                service("promises", partial(self.promising.run, ear())),
                service("expiry", self.replies.sweep),
                service("watch", self._watch),
                service("retention", self._retain),
                service("desk", self._serve),
                *([service("second", partial(self.second.run, ear()))] if self.second else []),
            ]
            readers = [
                group.create_task(keep_going(intake.status, intake.attempt, alone=True), name=name) for name, intake in self.intakes.items()
            ]
            notify.ready()
            await self.stop.wait()
            notify.stopping()
            logger.info(say("正在收尾（最多 10 秒）：排队的会留到下次。", "stopping (at most 10 s): what is queued stays queued."))
            await self._drain(readers, senders)
            for task in (*helpers, *senders, engine, publisher):
                task.cancel()
            await asyncio.wait([*helpers, *senders, engine, publisher])
            for task in base:
                task.cancel()

    async def _drain(self, readers: list[asyncio.Task[None]], senders: list[asyncio.Task[None]]) -> None:
        """What was heard is decided, what is in flight gets its receipt, what can be published is; then the rooms are left."""
        try:
            async with asyncio.timeout(DRAIN_S):
                self.replies.stop()
                await asyncio.wait(senders) if senders else None
                for task in readers:
                    task.cancel()
                await asyncio.wait(readers) if readers else None
                ear = self.journal.bell.listen()
                while self.journal.undecided(1) or (self.publisher.backlog and self.publisher.down_since is None):
                    await ear.wait(0.1)
        except TimeoutError:
            pass
        for task in readers:
            task.cancel()

    async def _watch(self) -> None:
        seen = self.journal.changed_elsewhere()
        for turn in count():
            await asyncio.sleep(LOOK_S)
            if (now := self.journal.changed_elsewhere()) != seen:
                seen = now
                self.journal.bell.ring()
            if turn % 5 == 0 and await asyncio.to_thread(self.rules.changed):
                await self._reload()
            notify.watchdog()

    async def _retain(self) -> None:
        while True:
            if done := await asyncio.to_thread(self.retention):
                logger.info(say("{} 条评论到期，已无法读取。", "{} comments were too old and cannot be read any more."), done)
            await asyncio.sleep(DAY_S)

    async def _reload(self) -> None:
        rulebook = await asyncio.to_thread(self.rules.reload)
        if isinstance(rulebook, ConfigError):
            logger.error(
                say("规则文件有错，继续用原来的规则：\n{}", "the rule files have errors; the old rules stay in force:\n{}"), rulebook
            )
            return
        self.engine.matcher = await asyncio.to_thread(Matcher, rulebook)
        logger.info(say("规则已更新：{} 条。", "rules reloaded: {} rules."), len(rulebook.faqs) + len(rulebook.flags))

    async def _serve(self) -> None:
        if self.desk is None:
            await asyncio.Event().wait()
            return
        from livebot.deliver.desk.server import serve  # a third of a second: the rooms come first

        self.desk.ready, self.desk.metrics = self.readiness, Metrics(self).render
        async with serve(self.desk) as self.port:
            await asyncio.Event().wait()

    def readiness(self) -> dict[str, object]:
        """What /readyz says: `ready` is false while a room or a service is not up."""
        rooms = {name: {"state": i.status.state, "detail": i.status.detail} for name, i in self.intakes.items()}
        parked = {name: {"state": s.state, "detail": s.detail} for name, s in self.statuses.items() if s.state == "parked"}
        modes = {room: self.engine.mode(room) for room in self.intakes}
        queue_up = self.publisher.down_since is None
        ready = queue_up and not parked and all(room["state"] in {"up", "starting"} for room in rooms.values())
        queue, frozen = "up" if queue_up else "down", self.replies.frozen()
        return {"ready": ready, "rooms": rooms, "parked": parked, "queue": queue, "frozen": frozen, "modes": modes}
