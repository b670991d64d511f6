"""How fast livebot may talk: at most `count` texts in any `seconds`, as arithmetic over the times of past sends."""

from collections import deque
from dataclasses import dataclass, field


@dataclass(slots=True)
class Window:
    """A sliding window. Times are Unix milliseconds; nothing here reads a clock."""

    count: int
    seconds: float
    times: deque[int] = field(default_factory=deque)

    def ready_at(self, now: int) -> int:
        """The earliest instant at which one more send is within the limit."""
        if self.count <= 0:
            return now + int(self.seconds * 1000) if self.seconds else now
        if len(self.times) < self.count:
            return now
        return max(now, self.times[-self.count] + int(self.seconds * 1000))

    def spend(self, now: int) -> None:
        self.times.append(now)
        while len(self.times) > max(self.count, 1):
            self.times.popleft()

    def refund(self, at: int) -> None:
        """Takes back one send of that instant that did not happen after all."""
        if at in self.times:
            self.times.remove(at)
