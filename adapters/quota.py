"""A day's quota of units, spent evenly over the planned length of a stream, with a reserve for what we say."""

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from loguru import logger
from pydantic import BaseModel, Field

from adapters.fields import DAY_MS, object_of, text_of, whole_of
from livebot.errors import Unavailable
from livebot.language import say

HOUR_MS = 3_600_000
TAIL = 0.2  # of the planned length: so much longer a stream is always taken to last, for many run over
_KEPT = ("day", "read", "said", "ends_at")
NEARLY = 0.1  # so little left is worth a warning


class QuotaSettings(BaseModel):
    """units_per_day: the quota; hours: how long the stream is planned; reserve: units kept for what we say; quota_file: remembers what was
    spent."""

    units_per_day: Annotated[int, Field(ge=100, le=1_000_000_000)] = 10_000
    hours: Annotated[float, Field(gt=0, le=24)] = 4.0
    reserve: Annotated[int, Field(ge=0)] = 2_000
    quota_file: Path | None = None

    def quota(self, name: str, turns_at: int) -> "Quota":
        file = self.quota_file.expanduser() if self.quota_file else None
        return Quota(name, self.units_per_day, self.reserve, int(self.hours * HOUR_MS), turns_at, file)


@dataclass(slots=True)
class Quota:
    """units a day, of which reserve are kept for what we say; length: planned milliseconds. turns_at: when the day begins anew, ms after
    midnight UTC. file: keeps what was spent, so that a restart knows, and rooms that share it share the quota. All instants in Unix ms."""

    name: str
    units: int
    reserve: int
    length: int
    turns_at: int = 0
    file: Path | None = None
    day: int = -1
    read: int = 0
    said: int = 0
    stream: str = ""
    ends_at: int = 0
    _warned: int = -1

    def begin(self, stream: str, now: int, planned_end: int | None = None) -> None:
        """This stream (by its id) is read from now on; one that goes on keeps its plan. planned_end: where the platform knows it."""
        self._turn(now)
        if planned_end is not None or stream != self.stream:
            self.stream, self.ends_at = stream, planned_end or now + self.length
        self._save()

    def spend(self, units: int, now: int, *, saying: bool = False) -> None:
        self._turn(now)
        self.read += 0 if saying else units
        self.said += units if saying else 0
        self._save()

    def exhaust(self, now: int) -> None:
        """The platform says that nothing is left."""
        self.spend(max(self.left(now), 0), now)

    def warn(self, cost: int, now: int) -> None:
        """Says once a day, in the log, that little is left, and what that means for reads of that cost."""
        if self.left(now) < NEARLY * self.units and self._warned != self.day:
            self._warned = self.day
            left, reading = self.left(now), self.left(now, reading=True) >= cost
            zh = f"大约每 {self.pace(cost, now):.0f} 秒读一次弹幕" if reading else "今天不再读弹幕"
            en = f"the chat is read about every {self.pace(cost, now):.0f} s" if reading else "the chat is not read any more today"
            logger.warning(
                say(f"{self.name} 今天的配额快用完了：还剩 {left}，{zh}", f"{self.name}: today's quota is nearly spent, {left} left: {en}")
            )

    def left(self, now: int, *, reading: bool = False) -> int:
        """Units that may still be spent today; reading: without what is kept for speaking."""
        self._turn(now)
        return self.units - self.read - self.said - (max(self.reserve - self.said, 0) if reading else 0)

    def pace(self, cost: int, now: int) -> float:
        """Seconds from one read of that cost to the next, so that they last to the planned end. Raises Unavailable where none is left."""
        left, renewed = self.left(now, reading=True), (self._day(now) + 1) * DAY_MS + self.turns_at
        if left < cost:
            zh, en = f"{self.name} 今天的配额用完了，明天再读", f"{self.name}: today's quota is spent, reading goes on tomorrow"
            raise Unavailable(zh, en, retry_after=(renewed - now) / 1000)
        return (min(max(self.ends_at, now + self._tail), renewed) - now) / 1000 * cost / left

    @property
    def _tail(self) -> int:
        return int(TAIL * self.length)

    def _day(self, now: int) -> int:
        return (now - self.turns_at) // DAY_MS

    def _turn(self, now: int) -> None:
        self._load()
        if self.day != self._day(now):
            self.day, self.read, self.said = self._day(now), 0, 0

    def _load(self) -> None:
        if self.file:
            with suppress(OSError):
                kept = object_of(self.file.read_bytes())
                self.stream = text_of(kept.get("stream"))
                for name in _KEPT:
                    setattr(self, name, whole_of(kept.get(name)) or 0)

    def _save(self) -> None:
        if self.file:
            draft = self.file.with_name(f".{self.file.name}.part")
            with suppress(OSError):  # a quota that cannot be kept is counted all the same
                draft.write_text(json.dumps({name: getattr(self, name) for name in ("stream", *_KEPT)}), "utf-8")
                draft.replace(self.file)
