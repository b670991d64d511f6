"""The only place that reads time."""

import datetime
import time
import zoneinfo
from collections.abc import Callable


def now_ms() -> int:
    """Unix milliseconds."""
    return time.time_ns() // 1_000_000


def monotonic() -> float:
    """Seconds that never jump; for durations."""
    return time.monotonic()


def local_offset(at: int) -> int:
    """This computer's local time minus UTC, seconds, at an instant (Unix ms)."""
    return time.localtime(at / 1000).tm_gmtoff


def offset_of(zone: str) -> Callable[[int], int]:
    """The same for a zone such as "Asia/Shanghai", "" being this computer's. Raises ValueError where it is not known here."""
    if not zone:
        return local_offset
    try:
        known = zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(zone) from error

    def offset(at: int) -> int:
        away = datetime.datetime.fromtimestamp(at / 1000, known).utcoffset()
        return int(away.total_seconds()) if away is not None else 0

    return offset
