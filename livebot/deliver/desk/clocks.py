"""Clocks that ran out → staff are told, once, however many daemons look; and the inbox is kept up to date meanwhile."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from loguru import logger

from livebot.decide.categories import known
from livebot.decide.sla import Sla, clock_of
from livebot.deliver import webhook
from livebot.deliver.desk.inbox import Inbox
from livebot.deliver.desk.index import VERSION
from livebot.deliver.queue import QueuedIssue
from livebot.errors import Rejected, Unavailable
from livebot.keep import clock
from livebot.keep.seams import seam
from livebot.language import say

LOOK_S: Final = 1.0
AWAY_S: Final = 5.0
LIMIT: Final = 100
LEASE_S: Final = 60.0  # a page that another daemon began is its own for so long
OLD_MS: Final = 24 * 3_600_000
AGAIN_S: Final = 30.0
SETTLED: Final = 2_000  # changes between two looks at the clocks


@dataclass(slots=True)
class Clocks:
    """webhook: gets each breach as JSON, "" for none. daemon: names this one to the others. stamp: of the configuration."""

    inbox: Inbox
    daemon: str
    stamp: str
    webhook: str = ""
    now: Callable[[], int] = clock.now_ms
    _later: dict[tuple[str, str], float] = field(default_factory=dict)  # clock, issue → when (monotonic) to try again

    async def run(self) -> None:
        """Until cancelled."""
        prepared = False
        while True:
            pause = LOOK_S
            try:
                if not prepared:
                    await self.inbox.index.prepare(f"{VERSION}:{self.stamp}")
                    prepared = True
                await self.step()
            except Unavailable:  # the publisher says so already
                pause = AWAY_S
            await asyncio.sleep(pause)

    async def step(self) -> int:
        """Brings the inbox up to date and tells what ran out; returns how many staff were told of now."""
        await self.inbox.index.settle(self.inbox.card, SETTLED)
        told = 0
        for kind, issue_id in await self.inbox.index.run_out(LIMIT + len(self._later)):
            if self._later.get((kind, issue_id), 0.0) <= clock.monotonic():
                told += await self._tell(kind, issue_id)
        return told

    async def _tell(self, kind: str, issue_id: str) -> bool:
        try:
            issue = await self.inbox.queue.show(issue_id)
        except Rejected:
            await self._breach(issue_id, "", "", kind, "drop", 0.0)
            return False
        now = self.now()
        ran = clock_of(self.inbox.sla, issue.fields.get("priority", ""), issue.created_at, issue.state, issue.history)
        due = dict(ran.running).get(kind, 0)
        if not 0 < due <= now:
            return False  # done meanwhile; its card follows
        if due < now - OLD_MS:  # as for all that an older livebot left: it is shown, and too late to page
            await self._breach(issue_id, "", "", kind, "drop", 0.0)
            return False
        key, text = f"sla:{kind}:{ran.started_at}", _text(kind, issue)
        answer = await self._breach(issue_id, key, text, kind, "take", LEASE_S)
        seam("sla.reminded")
        if answer == "doubt":
            logger.warning(
                say("不确定超时通知有没有送到，不会重发：{}", "nobody knows whether this page arrived; it is not repeated: {}"), text
            )
        if answer == "new":
            logger.warning("{}: {} [{}]", issue.fields.get("room", ""), text, issue_id[:8])
        if answer in ("new", "again"):
            await self._page(kind, issue, key, text, due)
        if answer == "busy":
            self._later[kind, issue_id] = clock.monotonic() + LEASE_S / 2
        return answer == "new"

    async def _page(self, kind: str, issue: QueuedIssue, key: str, text: str, due: int) -> None:
        """At most once: that it is being done is told first, so after a crash it is in doubt and not repeated."""
        if self.webhook:
            if await self._breach(issue.id, key, text, kind, "doing", LEASE_S) != "ok":
                return
            seam("sla.doing")
            outcome, why = await webhook.post(self.webhook, _data(kind, issue, text, due), f"{issue.id}:{key}")
            if outcome == "not_sent":
                logger.warning(say("webhook 连不上，稍后再试：{}", "the webhook is away, trying again later: {}"), why)
                await self._breach(issue.id, key, text, kind, "later", AGAIN_S)
                self._later[kind, issue.id] = clock.monotonic() + AGAIN_S
                return
            if outcome != "sent":
                logger.error(say("超时通知没有送成（{}）：{}", "this page failed ({}): {}"), why, text)
        self._later.pop((kind, issue.id), None)
        await self._breach(issue.id, key, text, kind, "done", 0.0)

    async def _breach(self, issue_id: str, key: str, text: str, kind: str, want: Any, lease: float) -> str:
        return await self.inbox.index.breach(issue_id, key, text, kind, self.daemon, want, lease)


def _text(kind: str, issue: QueuedIssue) -> str:
    category = known(issue.fields.get("category", ""))
    what = say(category.zh, category.en) if category else issue.fields.get("category", "")
    priority = issue.fields.get("priority", "")
    if kind == "respond":
        return say(f"{priority} {what}：超过时限还没有人接", f"{priority} {what}: nobody has taken it up in time")
    return say(f"{priority} {what}：超过时限还没有解决", f"{priority} {what}: not solved in time")


def _data(kind: str, issue: QueuedIssue, text: str, due: int) -> dict[str, Any]:
    told = {name: issue.fields.get(name, "") for name in ("room", "category", "priority")} | {"state": issue.state, "holder": issue.holder}
    return {"kind": "sla", "clock": kind, "issue": issue.id, "due_at": due, "text": text, **told}


def stamp_of(sla: Sla) -> str:
    """Differs where a configuration gives other due times."""
    targets = sorted((name, one.respond, one.resolve) for name, one in sla.targets.items())
    return repr((targets, sla.hours.week, sorted(sla.hours.days.items()), sorted(sla.day_and_night)))
