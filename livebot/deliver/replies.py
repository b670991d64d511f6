"""Outbox → room.send: once, in time, at the platform's pace, and not at all while the red button is pressed."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from loguru import logger

from livebot.arrive.adapter import Capabilities, FollowingUp, Receipt, Room
from livebot.arrive.clean import DERIVED, clean_id, text_of
from livebot.decide.events import Comment, Viewer
from livebot.decide.limits import Window
from livebot.decide.promises import NOTHING_PROMISED, Promises
from livebot.decide.shop.facts import NO_FACTS, Facts
from livebot.decide.shop.filling import holds
from livebot.decide.speech.clearance import clear
from livebot.decide.speech.contradiction import first_of, verdict
from livebot.decide.speech.ledger import Promise
from livebot.errors import LivebotError, Unavailable
from livebot.keep import clock, ledger, outbox
from livebot.keep.bell import Ear
from livebot.keep.journal import Journal
from livebot.keep.outbox import OutboxRow
from livebot.keep.seams import seam
from livebot.language import say

IN_FLIGHT = 16  # sends that may wait for their receipt at once, per room
STEP_S = 0.2  # how often a waiting sender looks at the red button and the clock
RECEIPT_S = 20.0
AWAY_S = 1.0  # how long a room is left alone that could not take a text
STATES: Final = {"sent": "sent", "refused": "refused", "shadow": "refused"}  # anything else is a doubt


class Line(Protocol):
    """Where a room's live connection is found; `room` is None while there is none."""

    name: str
    capabilities: Capabilities
    room: Room | None


@dataclass(slots=True)
class Replies:
    """One sender per room over one outbox. `budget` holds over all rooms.

    `frozen` and `facts` are asked before every single send: an answer whose facts have changed or gone stale is refused ("stale_fact"),
    and what must not be said ("guard:…"), whoever wrote it, or contradicts a promise that stands goes back to the desk; what needs evidence
    or contradicts is said once a moderator let it pass. promises: what the shop has promised. withheld: why a text must wait for a person
    after all, "" where it need not.
    """

    journal: Journal
    budget: Window
    frozen: Callable[[], bool]
    facts: Callable[[], Facts] = lambda: NO_FACTS
    promises: Promises = NOTHING_PROMISED
    withheld: Callable[[OutboxRow], str] = lambda row: ""
    windows: dict[str, Window] = field(default_factory=dict)
    sent: Callable[[OutboxRow, str, int], None] | None = None
    _not_before: dict[str, int] = field(default_factory=dict)
    _taking: set[str] = field(default_factory=set)  # rows that are being taken: queued still, but spoken for
    _flying: dict[str, tuple[Promise, ...]] = field(default_factory=dict)  # what the texts promise that are on their way
    _stopping: bool = False

    async def start(self, lines: Mapping[str, Line]) -> None:
        """What the last process left half done is in doubt; what it sent lately counts against the limits."""
        await self._doubt(frozenset(name for name, line in lines.items() if line.capabilities.resends_safely))
        self.windows = {name: Window(*line.capabilities.sends) for name, line in lines.items()}
        longest = max([self.budget.seconds, *(window.seconds for window in self.windows.values())])
        recent = (
            "SELECT room, coalesce(sent_at, changed_at) AS at FROM replies"
            " WHERE state IN ('sent', 'refused', 'in_doubt') AND changed_at > ? ORDER BY at"
        )
        for room, at in self.journal.read(recent, (clock.now_ms() - int(longest * 1000),)):
            self._spend(room, at)

    async def run(self, line: Line, ear: Ear) -> None:
        """Sends what is queued for one room until `stop`; returns once what is in flight has its receipt. Cancelled, it leaves doubts.

        Returns at once for a room that cannot be spoken in: whatever is queued there expires.
        """
        if not line.capabilities.can_send:
            return
        await self._doubt(frozenset({line.name} if line.capabilities.resends_safely else ()), line.name)
        flying: set[asyncio.Task[None]] = set()

        def landed(task: asyncio.Task[None]) -> None:
            flying.discard(task)
            ear.ring()

        async with asyncio.TaskGroup() as group:
            while not self._stopping:
                row = self._next(line)
                if row is None:
                    await ear.wait(1.0)
                elif line.room is None or len(flying) >= IN_FLIGHT or self.frozen():
                    await ear.wait(STEP_S)
                elif (pause := self._pause(line.name)) > 0:
                    await asyncio.sleep(min(pause, STEP_S))
                else:  # several rows are taken by one commit
                    self._taking.add(row.id)
                    self._spend(line.name, at := clock.now_ms())
                    task = group.create_task(self._deliver(line, row, at))
                    flying.add(task)
                    task.add_done_callback(landed)

    def stop(self) -> None:
        """What is queued stays queued."""
        self._stopping = True
        self.journal.bell.ring()

    async def sweep(self) -> None:
        """Ends late replies, for ever."""
        while True:
            await outbox.expire(self.journal)
            await asyncio.sleep(0.5)

    async def _doubt(self, safe: frozenset[str], room: str | None = None) -> None:
        for row in await outbox.doubt_unfinished(self.journal, safe, room, self._promised):
            text = say("不确定有没有发出去，请看直播间后确认", "nobody knows whether it was said; look at the room and settle it")
            logger.warning("{}: {} [{}] {!r}", row.room, text, row.id[:8], row.text)

    def _next(self, line: Line) -> OutboxRow | None:
        earlier = "p.room = r.room AND p.seq = r.seq AND p.rule = r.rule AND p.created_at < r.created_at"
        unsaid = f"SELECT 1 FROM replies AS p WHERE {earlier} AND p.state NOT IN ('sent', 'in_doubt')"
        ready = "state = 'queued' AND room = ?1 AND expires_at > ?2 AND not_before <= ?2"
        where = f"{ready} AND (again IS NOT NULL OR NOT EXISTS ({unsaid})) ORDER BY created_at, seq LIMIT ?3"
        found = outbox.rows(self.journal, where, (line.name, clock.now_ms(), len(self._taking) + 1))
        return next((row for row in found if row.id not in self._taking), None)

    def _pause(self, room: str) -> float:
        now = clock.now_ms()
        ready = max(self.windows[room].ready_at(now), self.budget.ready_at(now), self._not_before.get(room, 0))
        return (ready - now) / 1000

    def _spend(self, room: str, at: int) -> None:
        self.budget.spend(at)
        if room in self.windows:
            self.windows[room].spend(at)

    def _refund(self, room: str, at: int) -> None:
        self.budget.refund(at)
        self.windows[room].refund(at)

    async def _deliver(self, line: Line, row: OutboxRow, at: int) -> None:
        """Takes the row and says it, unless somebody else has it, it must not leave, or the room was lost or the button pressed."""
        try:
            taken = await self._take(row)
            self._taking.discard(row.id)
            self._refund(line.name, at)
            if not taken:
                return
            sending = replace(row, state="sending", version=row.version + 1)
            if (room := line.room) is None or self.frozen():
                await outbox.settle(self.journal, sending, "queued")
                return
            self._spend(line.name, at := clock.now_ms())  # the platform counts from when it hears us, not from before our commit
            await self._send(line, room, sending, at)
        finally:
            self._taking.discard(row.id)
            self._flying.pop(row.id, None)

    async def _take(self, row: OutboxRow) -> bool:
        """Whether the row is ours to send now; what must not be said goes back to the moderators, what is untrue by now is refused."""
        at = clock.now_ms()
        state, reason = self._objection(row, at)
        if not state and (reason := self.withheld(row) or self._contradiction(row, at)):
            state = "held"
        if not state:
            return await outbox.take(self.journal, row)
        logger.warning("{}: {} [{}] {!r}", row.room, say("没有发出", "not said"), reason, row.text)
        if await outbox.settle(self.journal, row, state, reason=reason) and self.sent and state == "refused":
            self.sent(row, state, at)
        return False

    def _objection(self, row: OutboxRow, now: int) -> tuple[str, str]:
        """The state and the reason of a text that must not leave after all; "" twice where it may. Who approved it vouches for it."""
        facts = self.facts()
        if not holds(row.facts, facts, now):
            return "refused", "stale_fact"
        verdict = clear(row.text, self.promises, facts, now, origin=row.origin)
        objects = verdict.verdict == "block" or (verdict.verdict == "needs_evidence" and not row.actor)
        return ("held", verdict.why) if objects else ("", "")

    def _promised(self, row: OutboxRow) -> tuple[Promise, ...]:
        return ledger.promises_of(self.journal, row, self.promises, self.facts(), clock.now_ms())

    def _contradiction(self, row: OutboxRow, now: int) -> str:
        """Why a moderator must look first; "" where nothing that stands, or is on its way, was promised otherwise."""
        said = self._promised(row)
        if said and not row.actor:
            flying = (one for promises in self._flying.values() for one in promises if one.room == row.room and not one.denied)
            if found := first_of(said, (*ledger.standing(self.journal, row.room), *flying), now):
                return verdict(found).why
        self._flying[row.id] = said
        return ""

    async def _send(self, line: Line, room: Room, row: OutboxRow, at: int) -> None:
        try:
            receipt = await self._say(line, room, row)
        except Unavailable as error:  # it certainly was not said
            self._refund(line.name, at)
            self._not_before[line.name] = clock.now_ms() + int(max(error.retry_after or 0.0, AWAY_S) * 1000)
            await outbox.settle(self.journal, row, "queued")
            return
        seam("reply.said")
        reason = "shadow" if receipt.state == "shadow" else text_of(receipt.reason)
        promised = self._flying.get(row.id, ())
        if state := STATES.get(receipt.state):
            native_id = clean_id(receipt.native_id) or None
            await outbox.settle(self.journal, row, state, reason=reason, native_id=native_id, promised=promised)
        else:
            state = await outbox.doubt(self.journal, row, reason, promised)
        seam("reply.settled")
        if self.sent:
            self.sent(row, state, clock.now_ms())

    async def _say(self, line: Line, room: Room, row: OutboxRow) -> Receipt:
        """The receipt; raises Unavailable where it certainly was not said."""
        known = line.capabilities.can_reply_to and row.reply_to and not row.reply_to.startswith(DERIVED)
        to = Comment(id=row.reply_to, author=Viewer(), text="") if known and row.reply_to else None
        try:
            async with asyncio.timeout(RECEIPT_S):
                if row.kind == "follow_up" and isinstance(room, FollowingUp):
                    return await room.follow_up(row.text, key=row.id)
                return await room.send(row.text, to=to, key=row.id)
        except Unavailable:
            raise
        except TimeoutError:
            return Receipt(state="unknown", reason="timeout")
        except LivebotError as error:
            return Receipt(state="refused", reason=str(error))
        except Exception as error:
            logger.opt(exception=error).error("{}: send", row.room)
            return Receipt(state="unknown", reason=repr(error))
