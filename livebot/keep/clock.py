"""The only place that reads time."""

import time


def now_ms() -> int:
    """Unix milliseconds."""
    return time.time_ns() // 1_000_000


def monotonic() -> float:
    """Seconds that never jump; for durations."""
    return time.monotonic()


def local_offset(at: int) -> int:
    """This computer's local time minus UTC, seconds, at an instant (Unix ms)."""
    return time.localtime(at / 1000).tm_gmtoff
