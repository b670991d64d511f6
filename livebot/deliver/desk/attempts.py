"""How often something may fail: a count of the last failures per name, of a bounded number of names."""

from collections import OrderedDict, deque
from typing import Final

from livebot.keep import clock

NAMES: Final = 10_000


class Attempts:
    """`most` failures in `seconds`, per key."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most, self._seconds = most, seconds
        self._failed: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, key: str) -> float:
        """Seconds until the key may try again; 0 where it may now."""
        times, now = self._failed.get(key, ()), clock.monotonic()
        recent = [at for at in times if now - at < self._seconds]
        return recent[-self._most] + self._seconds - now if len(recent) >= self._most else 0.0

    def failed(self, key: str) -> None:
        self._failed.setdefault(key, deque(maxlen=self._most)).append(clock.monotonic())
        self._failed.move_to_end(key)
        while len(self._failed) > NAMES:
            self._failed.popitem(last=False)

    def forgive(self, key: str) -> None:
        """Takes back the last failure."""
        if times := self._failed.get(key):
            times.pop()
