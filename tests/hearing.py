"""When a platform could not be heard, by the platform's own clock, to be held against the gaps that livebot tells."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager

from daemons import until

from livebot.keep.clock import now_ms

Gap = tuple[int, int]


class Ear:
    """`heard` tells whether anybody hears the platform just now. deaf: [(since, until)] in Unix ms, once somebody ever did."""

    def __init__(self, heard: Callable[[], object]) -> None:
        self._heard = heard
        self.deaf: list[Gap] = []

    async def listen(self) -> None:
        """Until it is cancelled."""
        since = 0
        await until(self._heard, 60)
        while True:
            heard = self._heard()
            if not heard and not since:
                since = now_ms()
            elif heard and since:
                self.deaf.append((since, now_ms()))
                since = 0
            await asyncio.sleep(0.005)


@asynccontextmanager
async def listening(ears: Iterable[Ear]) -> AsyncIterator[None]:
    """They listen while the body runs."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(ear.listen()) for ear in ears]
        yield
        for task in tasks:
            task.cancel()


def told_to_the_second(gaps: Iterable[dict[str, int]], deaf: Iterable[Gap]) -> bool:
    """Whether the report's gaps are those of the platform, in number and in time."""
    return off_by(gaps, deaf) <= 1000


def off_by(gaps: Iterable[dict[str, int]], deaf: Iterable[Gap]) -> int:
    """The most ms by which a gap's beginning or end is wrong. Raises ValueError where there are more of the one than of the other."""
    ends = [(gap["since"], gap["until"]) for gap in gaps]
    return max((abs(a - b) for told, true in zip(ends, deaf, strict=True) for a, b in zip(told, true, strict=True)), default=0)
