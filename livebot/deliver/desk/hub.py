"""What changes, to everybody who looks: a frame at most every 150 ms, made once, however many browsers there are."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from loguru import logger

from livebot.deliver.desk import views
from livebot.deliver.desk.frames import EVERYBODY, Frame, Kinds, to_json
from livebot.deliver.desk.issue_feed import AWAY, START, IssueFeed
from livebot.deliver.desk.parts import View
from livebot.deliver.desk.position import Position
from livebot.keep import changes, clock
from livebot.keep.bell import Ear
from livebot.keep.journal import Journal
from livebot.language import say

FRAME_S: Final = 0.15
BEAT_S: Final = 10.0  # a browser that hears nothing for much longer knows that it is cut off
LOOK_S: Final = 0.5  # what rings no bell, such as a room that went down, is seen so late
VIEW_S: Final = 5.0
AWAY_S: Final = 1.0
RING: Final = 150  # frames that a slow browser may be behind; then it is cut off, and resumes
AT_ONCE: Final = 10  # frames that are handed over together


class TooSlow(Exception):
    """A browser is further behind than the frames that are kept."""


class Hub:
    """One for all browsers; `run` makes the frames while somebody looks, `follow` is one browser's part of them."""

    def __init__(
        self, journal: Journal, feed: IssueFeed | None, own: Mapping[str, View], standing: Mapping[str, Callable[[], Any]]
    ) -> None:
        """standing: what is told whenever it is not what was told last, by kind."""
        self._journal, self._feed, self._standing = journal, feed, standing
        self._views: dict[str, View] = {**views.standard(journal), **own}
        self._ring: deque[Frame] = deque(maxlen=RING)
        self._made = 0  # frames so far
        self._at = Position(0, START)
        self._comments = 0  # the last event whose comment was told
        self._issues: list[Any] = []  # that changed in Redis since the last frame, as they are told
        self._reset: set[str] = set()  # kinds of which something may have been missed
        self._told: dict[str, bytes] = {}  # what was told last of what stands
        self._looking: dict[object, Kinds] = {}
        self._somebody, self._ready, self._tick = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._over = False

    # ── making frames ──────────────────────────────────────────────────────────

    async def run(self, ear: Ear) -> None:
        """For ever; costs nothing while nobody looks. Ends every `follow` when it ends."""
        try:
            while True:
                await self._somebody.wait()
                await self._begin()
                async with asyncio.TaskGroup() as group:
                    reading = group.create_task(self._read_issues(self._feed, ear)) if self._feed else None
                    await self._make(ear)
                    if reading:
                        reading.cancel()
        finally:
            self._over = True
            self._ready.set()
            self._tick.set()

    async def _begin(self) -> None:
        issues = START
        if self._feed:
            try:
                issues = await self._feed.newest()
            except AWAY:
                self._reset.add("issue")
        self._at = Position(changes.newest(self._journal), issues)
        self._comments = self._journal.value("SELECT max(seq) FROM events") or 0
        self._told = {}
        self._ready.set()

    async def _make(self, ear: Ear) -> None:
        beaten = clock.monotonic()
        while self._looking:
            now = clock.monotonic()
            frame = await self._frame(beat=now - beaten >= BEAT_S)
            beaten = now if frame.beat else beaten
            if frame.parts or frame.reset or frame.beat:
                self._ring.append(frame)
                self._made += 1
                self._tick.set()
                self._tick.clear()
            await asyncio.sleep(FRAME_S)
            await ear.wait(LOOK_S)
        self._somebody.clear()
        self._ready.clear()

    async def _frame(self, *, beat: bool) -> Frame:
        """What changed since the last one. The position is taken together with what it covers, before anything is awaited."""
        wanted = self._wanted()
        upto = changes.newest(self._journal)
        changed = changes.since(self._journal, self._at.journal, upto)
        issues, self._issues, reset, self._reset = self._issues, [], self._reset, set()
        self._at = at = Position(upto, self._at.issues)
        if changed is None:
            reset |= self._views.keys()
        parts, unseen = await self._viewed(_by_kind(changed or (), ()), wanted - reset)
        if issues and "issue" in wanted - reset:
            parts["issue"] = to_json(issues)
        if "comment" in wanted:
            parts |= self._comment_part()
        for kind, data in self._stand(wanted).items():
            if data != self._told.get(kind):
                parts[kind] = self._told[kind] = data
        return Frame(str(at), parts, frozenset(reset | unseen), beat)

    async def _viewed(self, found: Mapping[str, Sequence[str]], wanted: Kinds) -> tuple[dict[str, bytes], set[str]]:
        """Each kind as its view tells it, and the kinds whose view cannot for now: those must be fetched anew."""
        parts, unseen = {}, set()
        for kind, ids in found.items():
            if kind in wanted and kind in self._views:
                try:
                    async with asyncio.timeout(VIEW_S):
                        parts[kind] = to_json(await self._views[kind](ids))
                except Exception as error:
                    _complain(kind, error)
                    unseen.add(kind)
        return parts, unseen

    def _stand(self, wanted: Kinds) -> dict[str, bytes]:
        found = {}
        for kind, look in self._standing.items():
            if kind in wanted | EVERYBODY:
                try:
                    found[kind] = to_json(look())
                except Exception as error:
                    _complain(kind, error)
        return found

    def _comment_part(self) -> dict[str, bytes]:
        latest = self._journal.value("SELECT max(seq) FROM events") or 0
        if latest == self._comments:
            return {}
        told, skipped = views.comments(self._journal, self._comments, latest)
        self._comments = latest
        return {"comment": to_json({"comments": told, "skipped": skipped})} if told else {}

    async def _read_issues(self, feed: IssueFeed, ear: Ear) -> None:
        """What changed in Redis, looked up beside the frames: they do not wait for it, and have it when it is there."""
        while True:
            try:
                after, ids = await feed.follow(self._at.issues)
            except AWAY:
                self._reset.add("issue")  # the server may have lost what it had told
                await asyncio.sleep(AWAY_S)
                continue
            if ids and "issue" in self._wanted():
                try:
                    async with asyncio.timeout(VIEW_S):
                        self._issues += await self._views["issue"](ids)
                except Exception as error:
                    _complain("issue", error)
                    self._reset.add("issue")
            self._at = Position(self._at.journal, after)
            if ids:
                ear.ring()
                await asyncio.sleep(FRAME_S)

    def _wanted(self) -> Kinds:
        return frozenset[str]().union(*self._looking.values())

    # ── one browser ────────────────────────────────────────────────────────────

    async def follow(self, kinds: Kinds, after: str) -> AsyncGenerator[bytes, None]:
        """What changed after a position (all is to be fetched where that is unknown), and then each frame. Raises TooSlow."""
        me = object()
        self._looking[me] = kinds
        self._somebody.set()
        try:
            await self._ready.wait()
            n = self._made
            yield (await self._first(kinds, Position.read(after))).of(kinds)
            while not self._over:
                behind = self._made - n
                if behind > len(self._ring):
                    raise TooSlow
                some = list(islice(self._ring, len(self._ring) - behind, len(self._ring) - behind + AT_ONCE))
                n += len(some)
                if data := b"".join(frame.of(kinds) for frame in some):
                    yield data
                elif not some:
                    await self._tick.wait()
        finally:
            del self._looking[me]

    async def _first(self, kinds: Kinds, after: Position | None) -> Frame:
        """Where the browser stands now, and what it missed. What happens meanwhile is in the frames that follow."""
        at, parts = str(self._at), self._stand(kinds)
        if after is None:
            return Frame(at, parts, kinds, beat=True)
        changed = changes.since(self._journal, after.journal, changes.newest(self._journal))
        issues = await self._missed(after) if "issue" in kinds else []
        reset = ({"issue"} if issues is None else set()) | (self._views.keys() if changed is None else set())
        told, unseen = await self._viewed(_by_kind(changed or (), issues or ()), kinds - reset)
        return Frame(at, parts | told, frozenset(reset | unseen), beat=True)

    async def _missed(self, after: Position) -> list[str] | None:
        try:
            return await self._feed.since(after.issues) if self._feed else []
        except AWAY:
            return None


def _complain(kind: str, error: Exception) -> None:
    logger.warning("{} {}: {!r}", say("网页暂时看不到变化", "pages cannot see changes for now"), kind, error)


def _by_kind(changed: Sequence[changes.Change], issues: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"issue": list(issues)} if issues else {}
    for one in changed:
        found.setdefault(one.kind, []).append(one.id)
    if "reply" in found:
        found["card"] = found["reply"]  # the same, as moderators see it
    return found
