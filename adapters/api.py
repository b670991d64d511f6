"""A JSON interface behind a login: asked at the pace that it allows."""

import json
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from aiohttp import ClientSession

from adapters.asking import PATIENCE_S
from adapters.fields import number_of, object_of
from adapters.tokens import Tokens
from livebot.errors import Unavailable
from livebot.keep.clock import monotonic, now_ms

LONGEST_WAIT_S = 3600.0


class Api:
    """One connection's way to it. url: what every path is put behind; headers: what every request brings besides the login."""

    def __init__(self, session: ClientSession, tokens: Tokens, url: str, headers: Mapping[str, str]) -> None:
        self._session, self._tokens, self._url = session, tokens, url
        self._headers = {"Content-Type": "application/json", **headers}

    async def ask(
        self, method: str, path: str, *, params: Mapping[str, str] | None = None, body: object = None, patience: float = PATIENCE_S
    ) -> tuple[int, dict[str, Any]]:
        """The status and the JSON object of the answer, an empty one where it is none.

        Raises what Tokens.asked does; plain Unavailable, which means that it was not heeded, also for 429 and as long as the other side
        wants us to wait.
        """
        self._hold(self._tokens.not_before - monotonic())
        raw = json.dumps(body).encode() if body is not None else None
        url = self._url + path
        answer = await self._tokens.asked(self._session, method, url, headers=self._headers, params=params, body=raw, patience=patience)
        wait = wait_s(answer.status, answer.headers, answer.retry_after, now_ms())
        self._tokens.not_before = max(self._tokens.not_before, monotonic() + wait)
        if answer.status == 429:
            self._hold(max(wait, 0.001))
        return answer.status, object_of(answer.body)

    def _hold(self, seconds: float) -> None:
        if seconds > 0:
            zh, en = f"对方要求等 {seconds:.1f} 秒再发请求", f"the other side wants no request for {seconds:.1f} s"
            raise Unavailable(zh, en, retry_after=seconds)


def wait_s(status: int, headers: Mapping[str, str], retry_after: float | None, now: int) -> float:
    """Seconds until the next request is allowed, 0 for at once; by the other side's clock, where its answer tells the time.

    headers: Ratelimit-Remaining, Ratelimit-Reset (Unix seconds) and Date, found whatever their case. now: Unix ms.
    """
    if status != 429 and number_of(headers.get("Ratelimit-Remaining")) != 0:
        return 0.0
    if retry_after is None:
        reset = number_of(headers.get("Ratelimit-Reset"))
        retry_after = 1.0 if reset is None else reset - _seconds(headers.get("Date", ""), now)
    return min(max(retry_after, 0.0), LONGEST_WAIT_S)


def _seconds(date: str, now: int) -> float:
    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, OverflowError):
        return now / 1000
