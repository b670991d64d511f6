"""When a channel is on air, told once: from what a platform pushes, and from its list, which may be late."""

from collections.abc import Sequence

from livebot.decide.events import StreamEnded, StreamStarted

Told = Sequence[StreamStarted | StreamEnded]


class Airtime:
    """It outlives connections. A broadcast is known by the platform's id, "" is off air. patience: seconds for which the list must say that
    nothing is on air, before that is believed of a broadcast that was. Instants are monotonic seconds.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._now, self._over, self._ended_by = "", "", ""
        self._doubt_at: float | None = None

    def began(self, broadcast: str) -> Told:
        before, self._now, self._doubt_at = self._now, broadcast, None
        if before == broadcast:
            return ()
        return (StreamEnded(), StreamStarted()) if before else (StreamStarted(),)

    def ended(self, delivery: str = "") -> Told:
        """delivery: an id that is the same when the same end is told again."""
        if delivery and delivery == self._ended_by:
            return ()
        self._over, self._now, self._ended_by, self._doubt_at = self._now, "", delivery, None
        return (StreamEnded(),)

    def listed(self, broadcast: str | None, now: float) -> Told:
        """What the platform's list says, None: nothing. It is not believed where it still has what ended, or has not yet what began."""
        if broadcast and broadcast != self._over:
            return self.began(broadcast)
        if self._now and broadcast is not None and self.doubtful(now):
            return self.ended()
        if self._now:
            self._doubt_at = now + self._patience
        return ()

    def doubtful(self, now: float) -> bool:
        """Whether it is time to look at the list again."""
        return self._doubt_at is not None and now >= self._doubt_at
