"""Quiet hours as arithmetic: when a reminder may ring, in the shop's local time."""

import re
from dataclasses import dataclass
from typing import Final

DAY_S: Final = 86_400
_HOURS: Final = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From `start` until `end`, seconds since local midnight; across midnight where end is smaller. Equal ones mean no quiet at all."""

    start: int
    end: int

    def over_at(self, now: int, offset_s: int) -> int | None:
        """When (Unix ms) the quiet hours around `now` are over; None outside them. offset_s: local time minus UTC, seconds."""
        local = (now // 1000 + offset_s) % DAY_S
        if (local - self.start) % DAY_S >= (self.end - self.start) % DAY_S:
            return None
        return (now // 1000 + (self.end - local) % DAY_S) * 1000


def quiet_hours(text: str) -> QuietHours | None:
    """ "22:30-08:00" as QuietHours; None for "". Raises ValueError for anything else."""
    if not text:
        return None
    parts = _HOURS.fullmatch(text.strip())
    if parts is None:
        raise ValueError(text)
    start, end = _seconds(parts[1], parts[2]), _seconds(parts[3], parts[4])
    return QuietHours(start=start, end=end) if start != end else None


def _seconds(hours: str, minutes: str) -> int:
    if int(hours) > 24 or int(minutes) > 59 or (int(hours) == 24 and int(minutes)):
        raise ValueError(f"{hours}:{minutes}")
    return (int(hours) * 3600 + int(minutes) * 60) % DAY_S
