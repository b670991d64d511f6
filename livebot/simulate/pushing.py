"""How a platform pushes over HTTP: one request at a time, again until it is taken, and what became of each is counted."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar

from livebot.keep.clock import monotonic

Signed = Callable[[bytes, int], Mapping[str, str]]
"""(body, how many ms the request's own time is off) → the headers, signature included."""


class Pusher:
    """`async with Pusher(url, signed) as pusher:`

    patience: seconds for an answer. pauses: seconds between two tries, the last one for all further tries. breaker: after so many failures
    in a row nothing is pushed for `rest` seconds and what was being pushed is given up; None: it is tried for ever.
    statuses: how often which answer came, 0 for none. breaks and given_up are for who watches.
    """

    def __init__(
        self,
        url: str,
        signed: Signed,
        *,
        patience: float,
        pauses: tuple[float, ...],
        breaker: int | None = None,
        rest: float = 5.0,
    ) -> None:
        self.url, self._signed, self._patience, self._pauses = url, signed, patience, pauses
        self._breaker, self._rest = breaker, rest
        self.statuses: dict[int, int] = {}
        self.slowest = 0.0
        self.failures = 0  # in a row
        self.breaks = self.given_up = 0
        self._session: ClientSession | None = None
        self._pushing: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "Pusher":
        self._session = ClientSession(cookie_jar=DummyCookieJar(), trust_env=False)
        self._group = asyncio.TaskGroup()
        await self._group.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Ends what it was told to push, too."""
        if self._pushing:
            self._pushing.cancel()
        await self._group.__aexit__(None, None, None)
        if self._session:
            await self._session.close()

    def begin(self, play: Coroutine[None, None, None]) -> None:
        """Runs what pushes one thing after the other, until it is over or the pusher is closed."""
        self._pushing = self._group.create_task(play)

    async def push(self, body: bytes, *, more: Mapping[str, str] | None = None, off_ms: int = 0) -> int:
        """One request; its status, 0 where none came in time. more: headers in place of the signed ones."""
        assert self._session is not None
        headers = {**self._signed(body, off_ms), **(more or {}), "content-type": "application/json"}
        began, status = monotonic(), 0
        try:
            async with self._session.post(self.url, data=body, headers=headers, timeout=ClientTimeout(total=self._patience)) as answer:
                await answer.read()
                status = answer.status
                self.slowest = max(self.slowest, monotonic() - began)
        except (ClientError, OSError, TimeoutError):
            pass
        self.statuses[status] = self.statuses.get(status, 0) + 1
        return status

    async def deliver(self, body: bytes) -> bool:
        """Until it was answered 2xx; False where the breaker gave it up."""
        tries = 0
        while not 200 <= await self.push(body) < 300:
            self.failures += 1
            if self._breaker and self.failures >= self._breaker:
                self.breaks, self.given_up, self.failures = self.breaks + 1, self.given_up + 1, 0
                await asyncio.sleep(self._rest)
                return False
            await asyncio.sleep(self._pauses[min(tries, len(self._pauses) - 1)])
            tries += 1
        self.failures = 0
        return True
