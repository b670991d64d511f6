"""From the journal's issue outbox into the queue: in order, each once, however often either side dies."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import msgspec
from loguru import logger

from livebot.decide.privacy import mask_name
from livebot.deliver.masking import masked, whole
from livebot.deliver.merged import merged
from livebot.deliver.order_words import order_words
from livebot.deliver.queue import IssueQueue, Update, joins_of
from livebot.errors import LivebotError, Unavailable
from livebot.keep import clock
from livebot.keep.seams import seam
from livebot.language import say

BATCH = 200
BREATH = 20  # issues to prepare in one go
PAUSE_S = 0.02  # a busy room rings hundreds of times a second
LOOK_S = 5.0  # how often a queue that has all is asked whether it still has
RETRY_S = (0.1, 2.0)
PATIENCE_S = 1.0  # a server that is back sooner is not worth a warning
CONTEXT = 5  # comments before the flagged one
QUIET = frozenset({"raid", "deleted", "update"})  # ways to join that make no work of what is done
CONTEXT_REACH = 500  # events of all rooms to look for them in

ISSUES = (
    "SELECT i.n, i.id, i.seq, i.room, i.stream, i.category, i.priority, i.rules, i.created_at, e.native_id, e.viewer, e.author, e.text,"
    " i.text, e.kind, e.extra FROM issues i LEFT JOIN events e ON e.seq = i.seq WHERE i.n > ? ORDER BY i.n LIMIT ?"
)
BEFORE = (
    "SELECT seq, received_at, viewer, author, text FROM events"
    " WHERE seq >= ? AND seq < ? AND room = ? AND stream = ? AND kind = 'comment' ORDER BY seq DESC LIMIT ?"
)

JOINS = (
    "SELECT d.seq, d.ref, d.reason, i.priority, o.viewer, e.received_at FROM decisions d JOIN events e ON e.seq = d.seq"
    " JOIN issues i ON i.id = d.ref LEFT JOIN events o ON o.seq = i.seq WHERE d.kind = 'join'"
    " AND d.seq IN (SELECT DISTINCT seq FROM decisions WHERE kind = 'join' AND seq > ? ORDER BY seq LIMIT ?) ORDER BY d.seq"
)

_to_json = msgspec.json.Encoder().encode


class Journal(Protocol):
    """What is needed of keep.journal.Journal."""

    @property
    def producer(self) -> str: ...
    def read(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]: ...
    def value(self, sql: str, params: Sequence[Any] = ()) -> Any: ...
    def unseal(self, sealed: Any, viewer: str | None) -> str: ...
    def author(self, sealed: Any, viewer: str | None) -> Any: ...
    async def renew_producer(self) -> str: ...


class Ear(Protocol):
    async def wait(self, timeout: float | None = None) -> None: ...


class IssuePublisher:
    """Publishes what the queue's own mark says is missing. `platforms` maps a room to its adapter's name.

    `mark` is the outbox row that has arrived (None before the first contact), `joined` the event up to which it is known who joined an
    issue, `down_since` (monotonic seconds) is None while all is well.
    """

    def __init__(
        self, journal: Journal, queue: IssueQueue, platforms: Mapping[str, str] | Callable[[str], str], *, batch: int = BATCH
    ) -> None:
        self._journal, self._queue, self._batch = journal, queue, batch
        self._platform = platforms if callable(platforms) else lambda room: platforms.get(room, "")
        self.mark: int | None = None
        self.joined = 0
        self.down_since: float | None = None
        self._warned = False
        self._looked = 0.0
        self._lines: dict[int, str] = {}

    @property
    def backlog(self) -> int:
        """Issues, and comments that joined one, that the journal has and the queue, as far as is known, has not."""
        waiting: int = self._journal.value("SELECT count(*) FROM issues WHERE n > ?", (self.mark or 0,))
        joining: int = self._journal.value("SELECT count(*) FROM decisions WHERE kind = 'join' AND seq > ?", (self.joined,))
        return waiting + joining

    async def run(self, bell: Ear) -> None:
        """Until cancelled: after each ring, and now and then, brings the queue up to date. The queue's outages hold up nobody else."""
        pause = RETRY_S[0]
        while True:
            try:
                await self.catch_up()
            except LivebotError as error:
                self._failed(error)
                await asyncio.sleep(pause)
                pause = min(pause * 2, RETRY_S[1])
            else:
                self._works()
                pause = RETRY_S[0]
                await asyncio.sleep(PAUSE_S)
                await bell.wait(LOOK_S)

    async def catch_up(self) -> int:
        """Publishes until nothing is left; returns how many rows went out. Raises Unavailable where the queue is away."""
        sent = 0
        if self.mark is None:
            await self._queue.start()
            await self._meet()
        while True:
            rows = self._journal.read(ISSUES, (self.mark, self._batch))
            if not rows:
                if await self._tell_joins():
                    continue
                if clock.monotonic() - self._looked < LOOK_S or not await self._fell_back():
                    return sent
                continue
            before = self.mark or 0
            batch = []
            for row in rows:
                batch.append((row[0], self.fields(row)))
                if len(batch) % BREATH == 0:
                    await asyncio.sleep(0)  # the rooms go first
            seam("issues.before_publish")
            mark = await self._queue.publish(self._journal.producer, before, batch)
            seam("issues.after_publish")
            if mark < before:
                self._tell_loss(mark)
                self.joined = 0
            elif mark > self._last():
                await self._meet()
                continue
            else:
                sent += len(rows)
            self.mark = mark

    async def _tell_joins(self) -> bool:
        """Tells the queue who joined the issues that it has: the next ones; whether there were any. Many for one issue are one update."""
        joins = self._journal.read(JOINS, (self.joined, self._batch))
        if not joins:
            return False
        found: dict[str, list[Sequence[Any]]] = {}
        for row in joins:
            found.setdefault(row[1], []).append(row)
        batch = []
        for n, (issue_id, rows) in enumerate(found.items()):
            hows = list(dict.fromkeys(row[2] for row in rows))
            fields = {"priority": rows[-1][3], **merged(self._journal, issue_id, rows[-1][4])}
            batch.append(Update(id=issue_id, fields=fields, how=" ".join(hows), at=rows[-1][5], reopens=not QUIET.issuperset(hows)))
            if n % BREATH == 0:
                await asyncio.sleep(0)
        seam("issues.before_update")
        mark = await self._queue.update(self._journal.producer, self.mark or 0, self.joined, joins[-1][0], batch)
        seam("issues.after_update")
        if mark < (self.mark or 0):
            await self._meet()
            self._tell_loss(self.mark or 0)
        else:
            self.joined = joins[-1][0]
        return True

    async def _learn(self) -> int:
        """What has arrived of this journal's issues; and, by the way, of who joined them."""
        producer = self._journal.producer
        self.joined = await self._queue.mark(joins_of(producer))
        return await self._queue.mark(producer)

    async def _meet(self) -> None:
        """Learns what has arrived. A mark beyond this journal belongs to another history (a restored backup): begin under a new name."""
        self.mark, self._looked = await self._learn(), clock.monotonic()
        if self.mark > self._last():
            await self._journal.renew_producer()
            self.mark = await self._learn()
            logger.warning(
                say(
                    "队列里的进度比日志还新（日志可能是恢复的备份）：全部问题重新核对一遍，已有的不会重复。",
                    "The queue has got further than the journal (a restored backup?): all issues are gone through again, none is doubled.",
                )
            )

    async def _fell_back(self) -> bool:
        """Whether the queue has lost what it had acknowledged."""
        known, self.mark = self.mark or 0, await self._learn()
        self._looked = clock.monotonic()
        if self.mark > self._last():
            await self._meet()
        elif self.mark < known:
            self._tell_loss(self.mark)
        return self.mark < known

    def _last(self) -> int:
        last: int | None = self._journal.value("SELECT max(n) FROM issues")
        return last or 0

    def fields(self, row: Sequence[Any]) -> dict[str, str]:
        """The announcement of one row of ISSUES: strings only, personal data masked."""
        n, issue_id, seq, room, stream, category, priority, rules, created_at, native_id, viewer, author, text, own, kind, extra = row
        told = own if own is not None else self._open(text, viewer)
        fields = {
            "id": issue_id,
            "room": room,
            "platform": self._platform(room),
            "comment_id": native_id or "" if kind == "comment" else "",
            "category": category,
            "priority": priority,
            "text": masked(order_words(told, extra) if kind == "order" else told),
            "author": mask_name(self._name(author, viewer)),
            "created_at": str(created_at),
            "context": self._context(seq, room, stream),
            "rules": rules,
            "viewer": viewer or "",
            "stream": str(stream),
            "seq": str(n),
            **merged(self._journal, issue_id, viewer),
        }
        return {name: whole(value) for name, value in fields.items()}

    def _context(self, seq: int, room: str, stream: int) -> str:
        rows = self._journal.read(BEFORE, (seq - CONTEXT_REACH, seq, room, stream, CONTEXT))
        return f"[{','.join([self._lines.get(row[0]) or self._line(*row) for row in reversed(rows)])}]"

    def _line(self, seq: int, at: int, viewer: str | None, author: Any, text: Any) -> str:
        """A comment of the context as JSON; neighbouring issues share most of theirs."""
        if len(self._lines) > CONTEXT_REACH:
            self._lines.clear()
        shown = {"at": at, "author": whole(mask_name(self._name(author, viewer))), "text": whole(masked(self._open(text, viewer)))}
        line = self._lines[seq] = _to_json(shown).decode()
        return line

    def _open(self, sealed: Any, viewer: str | None) -> str:
        return "" if sealed is None else self._journal.unseal(sealed, viewer)

    def _name(self, sealed: Any, viewer: str | None) -> str:
        return "" if sealed is None else str(self._journal.author(sealed, viewer).name)

    # ── what the user hears: once down, once up ────────────────────────────────

    def _failed(self, error: LivebotError) -> None:
        now = clock.monotonic()
        if self.down_since is None:
            self.down_since = now
        if not self._warned and (now - self.down_since >= PATIENCE_S or not isinstance(error, Unavailable)):
            self._warned = True
            logger.warning(
                say(
                    f"问题队列连不上，问题先存在日志里，连上后自动补发；回复不受影响。{error.zh}",
                    f"The issue queue is away: issues wait in the journal and follow by themselves; replies go on. {error.en}",
                )
            )

    def _works(self) -> None:
        if self._warned:
            logger.info(say("问题队列已恢复，积压的问题已全部补发。", "The issue queue is back; every issue that waited has been sent."))
        self.down_since, self._warned = None, False

    def _tell_loss(self, mark: int) -> None:
        logger.warning(
            say(
                f"队列丢了数据（只到第 {mark} 条），正在从日志补发。",
                f"The queue lost data (it has {mark} issues of this journal); sending the rest again.",
            )
        )
