"""The one file of facts: every event, every decision, and the outboxes, in SQLite."""

import asyncio
import sqlite3
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from loguru import logger

from livebot.decide.events import (
    Comment,
    CommentDeleted,
    Gap,
    ModeSet,
    OnAir,
    OrderUpdate,
    Outgoing,
    Quiet,
    Recordable,
    Recorded,
    SecondOpinion,
    Settled,
    StreamEnded,
    StreamStarted,
    Viewer,
    viewer_key,
)
from livebot.decide.session import ECHO_MS
from livebot.errors import ConfigError, Problem, Unavailable
from livebot.keep import clock
from livebot.keep.bell import Bell
from livebot.keep.schema import prepare
from livebot.keep.seal import ERASED, PlainSealer, Sealed, Sealer
from livebot.keep.spread import Spread
from livebot.keep.storing import Row, count_all, save_events
from livebot.keep.writer import Writer
from livebot.language import say

T = TypeVar("T")
_New = tuple[str, int, Recordable, int, bool]  # room, stream, event, received at, history

READ = "SELECT seq,room,stream,kind,native_id,received_at,sent_at,history,viewer,author,text,extra FROM events"
DELETED, ORDER = "deleted\x1f", "order\x1f"  # before the native ids of what is no comment, for those share one index
FULL = 500  # events that may wait for their commit before a reader must wait …
HEAVY = 16_000_000  # … and code points
FRESH = 1_500  # comments that are remembered as they were written

_to_json = msgspec.json.Encoder().encode
_from_json = msgspec.json.Decoder().decode
_author_from = msgspec.json.Decoder(tuple[str, str, tuple[str, ...]]).decode


class Journal:
    """Open it with `Journal.open`. Reads are direct; all writes go through the one writer and are durable once awaited."""

    def __init__(self, path: Path, sealer: Sealer, schema: tuple[str, ...]) -> None:
        self.path = path
        self.bell = Bell()
        self._sealer = sealer
        self._writer = Writer(lambda: _writer(path, schema), self.bell.ring, self._seal_batch, sealer.persist)
        self._reader = _reader(path)
        self._news: list[_New] = []  # the batch that append() is filling …
        self._weight = 0  # … its code points …
        self._saved: asyncio.Future[int] | None = None  # … and its commit
        self._counts: Counter[tuple[int, str]] = Counter()  # the same of count(): stream and name
        self._counted: asyncio.Future[None] | None = None
        self._fresh: dict[bytes, Comment] = {}  # by their sealed text: what was just written is read at once, and not unsealed for it
        self._streams: dict[str, _Live] = {}
        self._next_stream = 1 + (self.value("SELECT max(id) FROM streams") or 0)
        for room, stream, ended in self.read("SELECT room, max(id), ended_at FROM streams GROUP BY room"):
            self._streams[room] = _Live(stream, ended is not None)

    @classmethod
    async def open(cls, path: Path, *, sealer: Sealer | None = None, schema: tuple[str, ...] = ()) -> "Journal":
        """Opens or makes the file; raises ConfigError where a newer livebot wrote it, or where it cannot be one."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return cls(path, sealer or PlainSealer(), schema)
        except (OSError, sqlite3.DatabaseError) as error:
            zh = f"日志打不开（{error}）。请检查磁盘空间和权限，或在 [state] dir 里换一个文件夹。"
            en = f"the journal cannot be opened ({error}). Check space and permissions, or set another [state] dir."
            raise ConfigError([Problem(file=str(path), zh=zh, en=en)]) from error

    async def close(self) -> None:
        await self._writer.close()
        self._reader.close()

    # ── writing ────────────────────────────────────────────────────────────────

    async def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Runs `work` inside the next commit, mostly in the loop, so it must be short; returns its result once that is durable."""
        return await self._writer.submit(work)

    def submit(self, work: Callable[[sqlite3.Connection], T]) -> "asyncio.Future[T]":
        """Like `write`, for callers that need not wait."""
        return self._writer.submit(work)

    def append(self, room: str, event: Recordable, *, received_at: int | None = None, history: bool = False) -> "asyncio.Future[int]":
        """Puts one event into the next commit. The future tells that it is durable (how many of its batch were no duplicates).

        A whole batch shares the future: await it through asyncio.shield, so that one waiter's end is not everybody's.
        """
        at = clock.now_ms() if received_at is None else received_at
        if self._saved is None or self._saved.done():
            self._news, self._weight = [], 0
            self._saved = self._save(self._news)
        self._news.append((room, self._stream_of(room, event), event, at, history))
        self._weight += len(event.text) if isinstance(event, Comment | Outgoing) else 0
        return self._saved

    def _save(self, news: list["_New"]) -> "asyncio.Future[int]":
        saved = self._writer.submit(lambda conn: save_events(conn, self._rows(news)))
        saved.add_done_callback(lambda done: self._mend(news, done))
        return saved

    def count(self, room: str, name: str) -> "asyncio.Future[None]":
        """Adds one to a counter of the room's stream, in the next commit; the future is shared like that of `append`."""
        if self._counted is None or self._counted.done():
            counts = self._counts = Counter()
            self._counted = self._writer.submit(lambda conn: count_all(conn, counts))
        self._counts[self.stream_of(room), name] += 1
        return self._counted

    def _seal_batch(self) -> None:
        """The batch is being written: nothing may join it."""
        self._news, self._weight, self._saved = [], 0, None
        self._counted = None

    def _mend(self, news: list["_New"], saved: "asyncio.Future[int]") -> None:
        """One row that SQLite refuses must not take its neighbours along: each is tried alone."""
        error = None if saved.cancelled() else saved.exception()
        if error is None or isinstance(error, Unavailable):
            return
        if len(news) > 1:
            for one in news:
                _ = self._save([one])
        else:
            logger.error(say("{}：一条事件存不进日志，丢失了：{!r}", "{}: an event cannot be stored and is lost: {!r}"), news[0][0], error)

    async def flush(self) -> None:
        """Returns once all that was handed over before is durable."""
        await self.write(lambda conn: None)

    @property
    def sealer(self) -> Sealer:
        return self._sealer

    @property
    def commits(self) -> Spread:
        """How long commits took."""
        return self._writer.commits

    @property
    def full(self) -> bool:
        """Whether a reader should await its last append before it reads on."""
        return len(self._news) >= FULL or self._weight >= HEAVY or self._writer.backlog >= FULL

    def reconnected(self, room: str) -> None:
        """A new connection, after a flush(): a comment that comes after the end of a stream now opens the next one."""
        if live := self._streams.get(room):
            live.fresh = True

    def is_live(self, room: str) -> bool:
        return room in self._streams and not self._streams[room].ended

    def stream_of(self, room: str) -> int:
        """The number of the room's latest stream, 0 before its first."""
        live = self._streams.get(room)
        return live.id if live else 0

    def row(self, room: str, event: Recordable, at: int, history: bool = False) -> Row:
        """An event as `save_events` stores it, sealed; for work that must commit an event together with something else."""
        return self._rows([(room, self._stream_of(room, event), event, at, history)])[0]

    def _rows(self, news: Sequence[_New]) -> list[Row]:
        viewers = [viewer_key(room, event.author) if isinstance(event, Comment) else "" for room, _, event, _, _ in news]
        self._sealer.expect({viewer for viewer in viewers if viewer})
        return [self._row(*one, viewer) for one, viewer in zip(news, viewers, strict=True)]

    def _row(self, room: str, stream: int, event: Recordable, at: int, history: bool, who: str) -> Row:
        match event:
            case Comment(id=native, author=author, text=text, sent_at=sent_at):
                sealed_author = self._sealer.seal_name(_to_json((author.id, author.name, author.roles)).decode(), who)
                extra = _to_json((event.reply_to, event.product)).decode() if event.reply_to or event.product else None
                sealed = self._sealer.seal(text, who)
                if isinstance(sealed, bytes):
                    self._remember(sealed, event)
                return room, stream, "comment", native, at, sent_at, history, who, sealed_author, sealed, extra
            case StreamStarted(planned_end=planned):
                return room, stream, "stream_started", None, at, None, False, None, None, None, _to_json(planned).decode()
            case StreamEnded():
                return room, stream, "stream_ended", None, at, None, False, None, None, None, None
            case Gap(since=since, until=until, reason=reason):
                return room, stream, "gap", None, at, None, False, None, None, None, _to_json((since, until, reason)).decode()
            case Settled(key=key, state=state, native_id=native, reason=reason):
                extra = _to_json((key, state, native, reason)).decode()
                return room, stream, "settled", None, at, None, False, None, None, None, extra
            case OnAir(product=product):
                return room, stream, "on_air", None, at, None, False, None, None, None, _to_json(product).decode()
            case ModeSet(mode=mode, rule=rule, over=over, by=by):
                extra = _to_json((mode, rule, over, by)).decode()
                return room, stream, "mode", None, at, None, False, None, None, None, extra
            case Quiet(viewer=viewer, topic=topic, until=until, by=by):
                extra = _to_json((viewer, topic, until, by)).decode()
                return room, stream, "quiet", None, at, None, False, None, None, None, extra
            case SecondOpinion(key=key, rule=rule, confidence=confidence, model=model):
                extra = _to_json((key, rule, confidence, model)).decode()
                return room, stream, "second_opinion", None, at, None, False, None, None, None, extra
            case CommentDeleted(id=native):
                return room, stream, "comment_deleted", f"{DELETED}{native}", at, None, False, None, None, None, None
            case OrderUpdate(id=native, order=order, state=state, buyer=buyer, product=product, at=sent_at):
                who = viewer_key(room, buyer) or viewer_key(room, Viewer(id=f"{ORDER}{order}" if order else ""))
                sealed_buyer = self._sealer.seal_name(_to_json((buyer.id, buyer.name, buyer.roles)).decode(), who)
                sealed_order, extra = self._sealer.seal(order, who), _to_json((state, product)).decode()
                return room, stream, "order", f"{ORDER}{native}", at, sent_at, False, who, sealed_buyer, sealed_order, extra
            case Outgoing(key=key, text=text):
                return room, stream, "outgoing", None, at, None, False, "", None, text, _to_json(key).decode()

    def _remember(self, sealed: bytes, comment: Comment) -> None:
        if len(self._fresh) >= FRESH:
            for old in list(self._fresh)[: FRESH // 2]:
                del self._fresh[old]
        self._fresh[sealed] = comment

    def _stream_of(self, room: str, event: Recordable) -> int:
        live = self._streams.get(room)
        if live is None or live.ended:
            comes_back = isinstance(event, Comment) and (live is None or (live.fresh and self._is_news(room, event)))
            if comes_back or isinstance(event, StreamStarted):
                live = self._streams[room] = _Live(self._next_stream, False)
                self._next_stream += 1
        if live is None:
            return 0
        if isinstance(event, StreamEnded):
            live.ended, live.fresh = True, False
        return live.id

    def _is_news(self, room: str, comment: Comment) -> bool:
        """Neither a duplicate nor our own words that come back: those open no stream."""
        if self.value("SELECT 1 FROM events WHERE room = ? AND native_id = ?", (room, comment.id)):
            return False
        ours = "room = ? AND (native_id = ? OR text = ?) AND state IN ('sending', 'sent', 'in_doubt') AND changed_at > ?"
        since = clock.now_ms() - ECHO_MS
        return not self.value(f"SELECT 1 FROM replies WHERE {ours} LIMIT 1", (room, comment.id, comment.text, since))

    # ── reading ────────────────────────────────────────────────────────────────

    def read(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        """A query on the loop's own read connection: keep it short."""
        return self._reader.execute(sql, params).fetchall()

    def value(self, sql: str, params: Sequence[Any] = ()) -> Any:
        """The first column of the first row, or None."""
        row = self._reader.execute(sql, params).fetchone()
        return row[0] if row else None

    def events(self, where: str, params: Sequence[Any] = ()) -> list[Recorded]:
        """Events in the order of `where` (an SQL tail such as "WHERE seq > ? ORDER BY seq LIMIT 10")."""
        return [self._recorded(row) for row in self._reader.execute(f"{READ} {where}", params)]

    def undecided(self, limit: int, after: int | None = None) -> list[Recorded]:
        """The next events that have no decision yet (or that come behind `after`), in order. One engine decides them in this order."""
        after = self.value("SELECT max(seq) FROM decisions") or 0 if after is None else after
        return self.events("WHERE seq > ? ORDER BY seq LIMIT ?", (after, limit))

    def last_comment(self, room: str) -> str | None:
        """The platform's id of the last journalled comment: where a platform that resumes should go on."""
        found: str | None = self.value(
            "SELECT e.native_id FROM streams s JOIN events e ON e.stream = s.id"
            " WHERE s.room = ? AND e.kind = 'comment' ORDER BY s.id DESC, e.seq DESC LIMIT 1",
            (room,),
        )
        return found

    def meta(self, key: str) -> str | None:
        found: str | None = self.value("SELECT value FROM meta WHERE key = ?", (key,))
        return found

    def changed_elsewhere(self) -> int:
        """A number that changes whenever anybody commits, other processes included."""
        if self._sealer.refresh():
            self._fresh.clear()
        version: int = self.value("PRAGMA data_version")
        return version

    def unseal(self, sealed: Sealed, viewer: str | None) -> str:
        if isinstance(sealed, bytes) and (fresh := self._fresh.get(sealed)):
            return fresh.text
        return self._sealer.unseal(sealed, viewer or "")

    def author(self, sealed: Sealed, viewer: str | None) -> Viewer:
        text = self._sealer.unseal(sealed, viewer or "")
        if text == ERASED:
            return Viewer()
        who, name, roles = _author_from(text)
        return Viewer(id=who, name=name, roles=roles)

    def _recorded(self, row: Row) -> Recorded:
        seq, room, stream, kind, native, received_at, sent_at, history, viewer, author, text, extra = row
        event: Recordable
        if kind == "comment" and isinstance(text, bytes) and (fresh := self._fresh.get(text)):
            event = fresh
        elif kind == "comment":
            reply_to, product = _from_json(extra) if extra else (None, None)
            who = self.author(author, viewer)
            event = Comment(id=native, author=who, text=self.unseal(text, viewer), sent_at=sent_at, reply_to=reply_to, product=product)
        elif kind == "outgoing":
            event = Outgoing(key=_from_json(extra), text=self.unseal(text, viewer))
        elif kind == "settled":
            key, state, native, reason = _from_json(extra)
            event = Settled(key=key, state=state, native_id=native, reason=reason)
        elif kind == "gap":
            since, until, reason = _from_json(extra)
            event = Gap(since=since, until=until, reason=reason)
        elif kind == "on_air":
            event = OnAir(product=_from_json(extra))
        elif kind == "mode":
            mode, rule, over, by = _from_json(extra)
            event = ModeSet(mode=mode, rule=rule, over=over, by=by)
        elif kind == "quiet":
            who, topic, until, by = _from_json(extra)
            event = Quiet(viewer=who, topic=topic, until=until, by=by)
        elif kind == "second_opinion":
            key, rule, confidence, model = _from_json(extra)
            event = SecondOpinion(key=key, rule=rule, confidence=confidence, model=model)
        elif kind == "comment_deleted":
            event = CommentDeleted(id=native.removeprefix(DELETED))
        elif kind == "order":
            state, product = _from_json(extra)
            who, order = self.author(author, viewer), self.unseal(text, viewer)
            event = OrderUpdate(id=native.removeprefix(ORDER), order=order, state=state, buyer=who, product=product, at=sent_at)
        elif kind == "stream_started":
            event = StreamStarted(planned_end=_from_json(extra))
        else:
            event = StreamEnded()
        return Recorded(seq=seq, room=room, stream=stream, received_at=received_at, event=event, history=bool(history))

    # ── the producer of the issue queue ────────────────────────────────────────

    @property
    def producer(self) -> str:
        """Born with the journal: names this producer to the queue's high-water mark."""
        return self.meta("producer") or ""

    async def renew_producer(self) -> str:
        """A new name, for when the queue's mark lies ahead of this journal (a restored backup): so that nothing is skipped."""
        name = uuid.uuid4().hex
        await self.write(lambda conn: conn.execute("UPDATE meta SET value = ? WHERE key = 'producer'", (name,)))
        return name


class _Live:
    """The stream a room is in. `fresh`: a new connection since it ended."""

    __slots__ = ("ended", "fresh", "id")

    def __init__(self, number: int, ended: bool) -> None:
        self.id, self.ended, self.fresh = number, ended, ended


def _writer(path: Path, schema: tuple[str, ...]) -> sqlite3.Connection:
    path.touch(mode=0o600)  # what viewers wrote is nobody else's business
    conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)
    conn.execute("PRAGMA secure_delete = ON")  # for what erasure overwrites
    prepare(conn, str(path), schema)
    return conn


def _reader(path: Path) -> sqlite3.Connection:
    conn = sqlite3.connect(path, isolation_level=None, cached_statements=256)
    conn.execute("PRAGMA query_only = 1")
    return conn
