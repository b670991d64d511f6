"""Follow-ups that are due → outbox, file, webhook or queue: each at most once. The rows are the truth, APScheduler only rings."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal, Protocol

from loguru import logger

from livebot.decide.figures import Figures
from livebot.decide.policy import HANDOVER
from livebot.decide.promises import NOTHING_PROMISED, Promises
from livebot.decide.quiet import QuietHours, quiet_hours
from livebot.decide.recap import unmet, variables, wording
from livebot.decide.rulebook import FollowUpRule, Rulebook
from livebot.decide.session import Mode
from livebot.decide.speech.clearance import clear
from livebot.decide.splitting import split
from livebot.deliver import followup_rows, staff, webhook
from livebot.deliver.alarm import Alarm
from livebot.deliver.followup_rows import Row, finish
from livebot.deliver.queue import Filter, QueuedIssue
from livebot.errors import LivebotError, Unavailable
from livebot.keep import clock
from livebot.keep.bell import Ear
from livebot.keep.figures import figures
from livebot.keep.files import safe_name, write_whole
from livebot.keep.journal import Journal
from livebot.keep.seams import seam
from livebot.language import say

LOOK_S: Final = 30.0  # the rows are looked at so often even if nobody rings
PAUSE_S: Final = 0.2  # a busy room rings many times a second
SETTLE_MS: Final = 15_000  # how long a recap waits for answers that are still on their way
LATE_MS: Final = 30 * 60_000  # a text for the room is worth nothing after this
EXPIRY_MS: Final = 10 * 60_000  # how long it may wait in the outbox
GIVE_UP_MS: Final = 24 * 3_600_000  # a webhook or an issue that cannot be found for so long will not be found
AGAIN_S: Final = 1.0  # a queue that is away for the first time may only be starting
BUGS: Final = 5


class Queue(Protocol):
    """What is needed of deliver.queue.IssueQueue. All raise Unavailable while the queue is away, Rejected for what it does not know."""

    async def show(self, issue_id: str) -> QueuedIssue: ...
    async def find(self, wanted: Filter) -> list[QueuedIssue]: ...
    async def mark(self, producer: str) -> int: ...
    async def remind(self, issue_id: str, key: str, text: str) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """What may be said in one room: its mode, and what its platform can do (see Capabilities)."""

    mode: Literal["listen", "suggest", "auto"] = "auto"
    can_send: bool = True
    max_chars: int = 200
    unit: Literal["chars", "bytes"] = "chars"
    follow_up: Literal["none", "while_live", "after_live"] = "none"

    def open(self, live: bool) -> bool:
        """Whether follow-ups may be said in the room, while the stream is on or after it."""
        return self.can_send and self.mode != "listen" and (self.follow_up == "after_live" or (live and self.follow_up == "while_live"))


SHUT: Final = Chat(can_send=False)


@dataclass(slots=True)
class FollowUps:
    """chats: by room; a room that is not among them gets files. folder: for hand-overs and for texts that no chat takes.

    quiet_hours: "22:30-08:00" or "", in which reminders wait; offset: local time minus UTC, seconds, at an instant. mode: of a room, where
    a person may have set another than its Chat has.
    """

    journal: Journal
    rulebook: Callable[[], Rulebook]
    queue: Queue
    chats: Mapping[str, Chat]
    folder: Path
    webhook: str = ""
    quiet_hours: str = ""
    shop: str = ""
    promises: Promises = NOTHING_PROMISED
    offset: Callable[[int], int] = clock.local_offset
    mode: Callable[[str], Mode | None] = lambda room: None
    _quiet: QuietHours | None = None
    _later: dict[str, int] = field(default_factory=dict)  # rows to leave alone until then
    _bugs: dict[str, int] = field(default_factory=dict)
    _queue_at: int = 0  # the queue was away: not asked again before this
    _away: int = 0  # how often in a row it was away when asked

    def __post_init__(self) -> None:
        self._quiet = quiet_hours(self.quiet_hours)

    async def run(self, ear: Ear) -> None:
        """Until cancelled."""
        await self.recover()
        alarm = Alarm(ear)
        try:
            while True:
                while await self.step():
                    pass
                alarm.set(self.next_due())
                await asyncio.sleep(PAUSE_S)
                await ear.wait(LOOK_S)
        finally:
            alarm.stop()

    async def recover(self) -> None:
        """What the last process was doing when it ended may have been done: said so, and not repeated."""
        for row in followup_rows.doing(self.journal):
            await finish(self.journal, row, "failed", "in_doubt")
            text = say("不确定有没有送到，不会重发", "nobody knows whether it arrived; it is not repeated")
            logger.warning("{} {}: {} [{}]", row.room, row.rule, text, row.id[:8])

    async def step(self) -> int:
        """Does what is due now; returns how many rows it settled."""
        settled = 0
        now = clock.now_ms()
        limit = followup_rows.LIMIT + len(self._later)
        rows = followup_rows.due(self.journal, now, reminders=False, limit=limit)
        if now >= self._queue_at and not self._quiet_until(now):
            rows += followup_rows.due(self.journal, now, reminders=True, limit=limit)
        for row in rows:
            if self._later.get(row.id, 0) <= now and (not row.about or now >= self._queue_at):
                settled += await self._attempt(row)
        return settled

    def next_due(self) -> int | None:
        """When (Unix ms) to look again; None where nothing waits. A reminder that may not ring then is found to wait once more."""
        now = clock.now_ms()
        known = [followup_rows.next_due(self.journal, now, reminders=kind) for kind in (False, True)]
        gate = max(self._queue_at, self._quiet_until(now) or 0)
        if gate > now and followup_rows.due(self.journal, now, reminders=True, limit=1):
            known.append(gate)
        known += [at for at in self._later.values() if at > now]
        return min((at for at in known if at is not None), default=None)

    def _quiet_until(self, now: int) -> int | None:
        return self._quiet.over_at(now, self.offset(now)) if self._quiet else None

    async def _attempt(self, row: Row) -> bool:
        """Whether the row is settled. A bug in one row stops no other one."""
        try:
            done = await (self._remind(row) if row.about else self._stream_row(row))
        except Unavailable as error:
            self._away += 1
            self._queue_at = clock.now_ms() + int((LOOK_S if self._away > 1 else AGAIN_S) * 1000)
            if self._away == 2:
                logger.warning(say("问题队列连不上，提醒会晚一点发：{}", "the issue queue is away, reminders will come later: {}"), error)
            return self._wait(row, AGAIN_S)
        except OSError as error:
            logger.error(say("跟进文件写不进去：{}", "a follow-up's file cannot be written: {}"), error)
            return self._wait(row, LOOK_S)
        except LivebotError as error:
            return await finish(self.journal, row, "failed", str(error))
        except Exception as error:
            logger.opt(exception=error).error("{} {}: bug", row.room, row.rule)
            self._bugs[row.id] = self._bugs.get(row.id, 0) + 1
            if self._bugs[row.id] >= BUGS:
                return await finish(self.journal, row, "failed", f"bug: {error!r}")
            return self._wait(row, LOOK_S)
        if done:
            self._later.pop(row.id, None)
        return done

    def _wait(self, row: Row, seconds: float) -> bool:
        self._later[row.id] = clock.now_ms() + int(seconds * 1000)
        return False

    def _rule(self, row: Row) -> FollowUpRule | None:
        return next((rule for rule in self.rulebook().follow_ups if rule.id == row.rule), None)

    # ── the stream as a whole ──────────────────────────────────────────────────

    async def _stream_row(self, row: Row) -> bool:
        rule = self._rule(row)
        now = clock.now_ms()
        if reason := self._obsolete(row, rule, now):
            return await finish(self.journal, row, "suppressed", reason)
        sums_up = rule is None or rule.anchor != "stream_started"
        over = followup_rows.ended(self.journal, row.stream)
        if sums_up and over and now < row.due_at + SETTLE_MS and followup_rows.answering(self.journal, row.stream):
            return self._wait(row, 1.0)
        known = await asyncio.to_thread(figures, self.journal, row.stream)
        if sums_up and not known.comments:
            return await finish(self.journal, row, "suppressed", "empty")
        if rule is None:
            return await self._hand_over(row, known)
        return await self._say(row, rule, known)

    def _obsolete(self, row: Row, rule: FollowUpRule | None, now: int) -> str:
        """Why there is nothing to do any more; "" where there is."""
        if row.rule == HANDOVER:
            return "already" if followup_rows.repeated(self.journal, row) else ""
        if rule is None:
            return "no_rule"
        if now > row.due_at + LATE_MS:
            return "too_late"
        if followup_rows.repeated(self.journal, row):
            return "already"
        if followup_rows.superseded(self.journal, row):
            return "superseded"
        over = rule.anchor != "stream_ended" and followup_rows.ended(self.journal, row.stream)
        return "stream_over" if over and (rule.anchor == "stream_started" or rule.offset < 0) else ""

    async def _say(self, row: Row, rule: FollowUpRule, known: Figures) -> bool:
        """Into the room's chat where it is open for this, else into a file and to the webhook."""
        chat = self._chat(row.room)
        is_open = chat.open(live=known.ended_at is None)
        if missing := unmet(rule.only_if, await self._facts(rule, known, is_open)):
            return await finish(self.journal, row, "suppressed", f"only_if: {missing}")
        text = wording(rule.say, {**self.rulebook().variables, **variables(known, self.shop)})
        if text is None:
            return await finish(self.journal, row, "suppressed", "nothing_to_say")
        parts = split(text, chat.max_chars, chat.unit) if is_open else []
        if parts:
            now = clock.now_ms()
            facts = self.rulebook().facts
            why = next((bad for one in (text, *parts) if (bad := clear(one, self.promises, facts, now).why)), "")
            why = why or ("" if chat.mode == "auto" else "suggest")
            return await followup_rows.speak(self.journal, row, parts, why, now + EXPIRY_MS)
        path = self._file(row, row.rule, "txt")
        await asyncio.to_thread(write_whole, path, text + "\n")
        data = {"kind": "follow_up", "room": row.room, "stream": row.stream, "rule": row.rule, "text": text, "due_at": row.due_at}
        return await self._post(row, data, f"file: {path.name}")

    def _chat(self, room: str) -> Chat:
        chat, mode = self.chats.get(room, SHUT), self.mode(room)
        return replace(chat, mode=mode) if mode else chat

    async def _facts(self, rule: FollowUpRule, known: Figures, is_open: bool) -> dict[str, bool]:
        return {
            "answers": bool(known.answers),
            "unanswered": bool(known.unanswered),
            "gaps": bool(known.gaps),
            "issues": known.issues > 0,
            "chat_open": is_open,
            "issue_open": "issue_open" in rule.only_if
            and known.issues > 0
            and bool(await staff.open_issues(self.journal, self.queue, known.room, known.stream)),
        }

    async def _hand_over(self, row: Row, known: Figures) -> bool:
        """The summary for staff, for people and for programs; a queue that is away makes the states unknown, not the hand-over late."""
        data, text = await staff.summary(self.journal, self.queue, known, self.offset(known.ended_at or known.at))
        path = self._file(row, "handover", "md")
        await asyncio.to_thread(write_whole, path.with_suffix(".json"), staff.as_json(data))
        await asyncio.to_thread(write_whole, path, text)
        logger.info(say("交接单写好了：{}", "the hand-over is written: {}"), path)
        return await self._post(row, data, f"file: {path.name}")

    def _file(self, row: Row, what: str, suffix: str) -> Path:
        return self.folder / f"{safe_name(row.room)}-{row.stream}-{safe_name(what)}.{suffix}"

    async def _post(self, row: Row, data: dict[str, object], reason: str) -> bool:
        """At most once: that it is being done is committed first, so after a crash it is in doubt and not repeated."""
        if not self.webhook:
            return await finish(self.journal, row, "done", reason)
        if not await finish(self.journal, row, "doing", reason):
            return True
        seam("followup.doing")
        outcome, why = await webhook.post(self.webhook, data, row.id)
        seam("followup.posted")
        if outcome == "not_sent" and clock.now_ms() < row.due_at + GIVE_UP_MS:
            logger.warning(say("webhook 连不上，稍后再试：{}", "the webhook is away, trying again later: {}"), why)
            await finish(self.journal, row, "waiting", f"webhook: {why}")
            return self._wait(row, LOOK_S)
        if outcome != "sent":
            logger.error(say("webhook 没有送成（{}），文件还在：{}", "the webhook failed ({}), the file is there: {}"), why, reason)
            return await finish(self.journal, row, "failed", f"webhook: {'in_doubt, ' if outcome == 'unknown' else ''}{why}")
        await finish(self.journal, row, "done", f"{reason}, webhook")
        seam("followup.done")
        return True

    # ── one issue ──────────────────────────────────────────────────────────────

    async def _remind(self, row: Row) -> bool:
        """The queue says it once per key, so a crash between there and here repeats nothing."""
        rule = self._rule(row)
        if rule is None:
            return await finish(self.journal, row, "suppressed", "no_rule")
        state = await staff.state_of(self.queue, row.about)
        self._queue_answers()
        if state is None:
            return await self._missing(row)
        if staff.is_done(state):
            return await finish(self.journal, row, "suppressed", "resolved")
        known = None
        if staff.needs_figures(rule):
            known = await asyncio.to_thread(figures, self.journal, row.stream)
            facts = {**await self._facts(rule, known, self._chat(row.room).open(known.ended_at is None)), "issue_open": True}
            if missing := unmet(rule.only_if, facts):
                return await finish(self.journal, row, "suppressed", f"only_if: {missing}")
        values = variables(known, self.shop) if known else {"shop": self.shop}
        text = wording(rule.say, {**self.rulebook().variables, **values, "viewer": staff.viewer_of(self.journal, row.seq)})
        if text is None:
            return await finish(self.journal, row, "suppressed", "nothing_to_say")
        await self.queue.remind(row.about, row.id, text)
        seam("followup.doing")
        await finish(self.journal, row, "done", "")
        seam("followup.done")
        return True

    def _queue_answers(self) -> None:
        if self._away > 1:
            logger.info(say("问题队列恢复了。", "the issue queue is back."))
        self._away = 0

    async def _missing(self, row: Row) -> bool:
        """The issue is not in the queue: still on its way there, or taken out by hand."""
        if clock.now_ms() > row.due_at + GIVE_UP_MS:
            return await finish(self.journal, row, "suppressed", "not_in_queue")
        return self._wait(row, LOOK_S)
