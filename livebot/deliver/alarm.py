"""The alarm clock over rows: APScheduler rings an ear at one instant, and nothing else."""

import datetime

from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from livebot.keep.bell import Ear


class Alarm:
    """Rings an ear at one instant. It knows no rows and keeps nothing: what it misses, the next look finds."""

    def __init__(self, ear: Ear) -> None:
        self._ear, self._at = ear, 0
        defaults = {"misfire_grace_time": None, "coalesce": True}
        self._scheduler = AsyncIOScheduler(jobstores={"default": MemoryJobStore()}, job_defaults=defaults, timezone=datetime.UTC)
        self._scheduler.start()

    def set(self, at: int | None) -> None:
        """The next ring (Unix ms), in place of the one before; None for none."""
        if at is None or at == self._at:
            return
        self._at = at
        when = datetime.datetime.fromtimestamp(at / 1000, datetime.UTC)
        self._scheduler.add_job(self._ring, "date", run_date=when, id="next", replace_existing=True)

    async def _ring(self) -> None:
        self._at = 0
        self._ear.ring()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)
