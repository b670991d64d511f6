"""Whether those whom a practice platform told to wait did wait."""

from livebot.keep.clock import monotonic

UNDER_WAY_S = 0.1  # a request that was sent before it was told to wait is no impatience


class Patience:
    """limited: how often somebody was told to wait; impatient: requests that came before that time was over."""

    def __init__(self) -> None:
        self.limited = self.impatient = 0
        self._told_at = self._until = 0.0

    @property
    def left(self) -> float:
        """Seconds that are still to be waited."""
        return max(self._until - monotonic(), 0.0)

    def told(self, seconds: float) -> None:
        self.limited += 1
        self._told_at = monotonic()
        self._until = self._told_at + seconds

    def tried(self) -> bool:
        """Somebody asks; True if it is too early."""
        early = self.left > 0
        self.impatient += early and monotonic() > self._told_at + UNDER_WAY_S
        return early
