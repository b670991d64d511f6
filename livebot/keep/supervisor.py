"""One for one: each service is started again by itself, slower each time it fails, and gives up out loud."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

from loguru import logger

from livebot.errors import ConfigError, LivebotError, LoginRequired, Unavailable
from livebot.keep import clock
from livebot.language import say

FIRST_S, LAST_S = 0.5, 30.0
LONGEST_S = 3600.0  # nobody is waited for longer before another try, whatever they ask for
BUGS, BUGS_WITHIN_S = 10, 600.0


class TooManyBugs(Exception):
    """The same service keeps failing for no known reason: the process ends, loudly; the journal makes a restart safe."""


@dataclass(slots=True)
class Status:
    """How a service is: for logs, /readyz, the report and the doctor. `detail` is the last complaint, in the user's words."""

    name: str
    state: Literal["starting", "up", "down", "parked", "ended"] = "starting"
    detail: str = ""
    failures: int = 0
    changed: Callable[["Status"], None] = field(default=lambda status: None, repr=False)

    def handled(self) -> None:
        """Something real was handled, by what has stood for a while: only this resets the back-off, and it is up again."""
        if self.failures or self.state != "up":
            if self.state == "down":
                logger.info(say(f"{self.name}：恢复了。", f"{self.name}: back again."))
            self.failures = 0
            self._become("up", "")

    def steady(self) -> None:
        """It stands, though not for long or with nothing handled yet: that is up, but the back-off stays as it is."""
        if self.state != "up":
            failures = self.failures
            self.handled()
            self.failures = failures

    def failed(self, error: LivebotError) -> None:
        self.failures += 1
        detail = str(error)
        if self.state != "down":
            logger.warning(f"{self.name}: {detail}")
        self._become("down", detail)

    def park(self, error: LivebotError) -> None:
        logger.error(say(f"{self.name} 停下了，要人来处理：{error}", f"{self.name} is parked until somebody mends it: {error}"))
        self._become("parked", str(error))

    def _become(self, state: Literal["starting", "up", "down", "parked", "ended"], detail: str) -> None:
        self.state, self.detail = state, detail
        self.changed(self)


def delay(failures: int, retry_after: float | None = None) -> float:
    """Seconds until the next try after so many failures in a row: 0.5, 1, 2 … 30, with a little jitter, or what was asked for."""
    steady = min(LAST_S, FIRST_S * 2.0 ** min(failures - 1, 10))
    return max(steady * random.uniform(0.9, 1.2), min(retry_after or 0.0, LONGEST_S))


async def keep_going(status: Status, attempt: Callable[[], Awaitable[None]], *, ends: bool = False, alone: bool = False) -> None:
    """Runs `attempt` again and again, until it is cancelled, parked (LoginRequired, ConfigError) or raises TooManyBugs.

    ends: for a service, whose orderly end is the end. alone: for a room, whose bugs are tried again ever slower, as they are nobody else's.
    After a minute's work the back-off starts afresh.
    """
    bugs: list[float] = []
    while True:
        retry_after, started = None, clock.monotonic()
        try:
            await attempt()
            if ends:
                return
            status.failures += 1  # an orderly end: try again, but a server that only accepts and closes is not hammered
        except (LoginRequired, ConfigError) as error:
            status.park(error)
            return
        except Unavailable as error:
            status.failed(error)
            retry_after = error.retry_after
        except Exception as error:
            logger.opt(exception=error).error(f"{status.name}: bug")
            status.failed(Unavailable(f"程序错误：{error!r}", f"a bug: {error!r}"))
            now = clock.monotonic()
            bugs = [*(at for at in bugs if now - at < BUGS_WITHIN_S), now]
            if len(bugs) >= BUGS and not alone:
                raise TooManyBugs(status.name) from error
        if clock.monotonic() - started > 2 * LAST_S:
            status.failures = min(status.failures, 1)
        await asyncio.sleep(delay(status.failures, retry_after))
