"""How long something takes, as a histogram of plain ints: cheap enough for the path of every comment."""

from bisect import bisect_left
from collections.abc import Iterable
from typing import Final

BOUNDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Spread:
    """Counts durations (seconds) by BOUNDS; the last count is of all that were longer."""

    __slots__ = ("counts", "total")

    def __init__(self) -> None:
        self.counts = [0] * (len(BOUNDS) + 1)
        self.total = 0.0

    def add(self, seconds: float) -> None:
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.total += seconds

    def add_ms(self, durations: Iterable[int]) -> None:
        for ms in durations:
            self.add(ms / 1000 if ms > 0 else 0.0)  # a clock that was set back makes no negative durations

    def cumulative(self) -> list[tuple[float, int]]:
        """(bound in seconds, how many took at most that long); the last bound is infinity."""
        sums, so_far = [], 0
        for bound, n in zip((*BOUNDS, float("inf")), self.counts, strict=True):
            so_far += n
            sums.append((bound, so_far))
        return sums
