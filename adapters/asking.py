"""HTTP requests of adapters: asked once, within a time and a size; whoever asks judges the status."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout, ConnectionTimeoutError, DummyCookieJar

from adapters.dialling import is_loopback, retry_after_s, shown
from livebot.errors import Unavailable
from livebot.language import say

LONGEST_ANSWER = 4 * 1024 * 1024
PATIENCE_S = 10.0
LAST_S = 2.0  # so long a session that is closed waits for what was asked: half a request is a doubt
_under_way: WeakKeyDictionary[ClientSession, set[asyncio.Future[None]]] = WeakKeyDictionary()


class Unanswered(Unavailable):
    """The request was handed over and no whole answer came: what it asks for may have been done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back, whatever its status. retry_after: seconds, where the other side said when to come back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def retry_after(self) -> float | None:
        return retry_after_s(self.headers.get("Retry-After", ""))


def checked_http_url(url: str) -> str:
    """The URL of an HTTP API, without a slash at its end; raises ValueError in the user's language, for pydantic."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.query or parts.fragment)
        good = good and (parts.port is None or parts.port > 0) and not any(ch.isspace() or ord(ch) < 32 for ch in url)
    except ValueError:
        good = False
    if not good:
        raise ValueError(say("这里要写网址，例如 https://example.com", "this must be an address such as https://example.com"))
    return url.rstrip("/")


@asynccontextmanager
async def asking(url: str) -> AsyncIterator[ClientSession]:
    """A session for requests to the host of this URL: no cookies, and the environment's proxy only for hosts that are not this machine. On
    the way out, what was asked by then (a text that is being said while the reader gives up) gets two seconds to be answered."""
    async with ClientSession(cookie_jar=DummyCookieJar(), trust_env=not is_loopback(url)) as session:
        session._retry_connection = False  # it would dial again at once where a GET was cut off, and has no option against that
        try:
            yield session
        finally:
            if pending := _under_way.get(session):
                await asyncio.wait(pending, timeout=LAST_S)


async def asked(
    session: ClientSession,
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    params: Mapping[str, str] | None = None,
    body: bytes | None = None,
    patience: float = PATIENCE_S,
) -> Answer:
    """Asks once, following no redirect; every status is an answer. Raises Unanswered where no whole answer of at most 4 MiB came in time,
    plain Unavailable where the request certainly did not leave."""
    where = shown(url)
    if session.closed:
        raise Unavailable(f"与 {where} 的连接已断", f"the connection to {where} is closed")
    timeout = ClientTimeout(total=patience, connect=0.6 * patience)
    answered: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    pending = _under_way.setdefault(session, set())
    pending.add(answered)
    try:
        async with session.request(
            method, url, headers=headers, params=params, data=body, timeout=timeout, allow_redirects=False
        ) as response:
            content = bytearray()
            async for chunk in response.content.iter_any():
                content += chunk
                if len(content) > LONGEST_ANSWER:
                    raise Unanswered(f"{where} 的回答太长了", f"the answer of {where} is too long")
            return Answer(status=response.status, headers=response.headers, body=bytes(content))
    except (ClientConnectorError, ConnectionTimeoutError, ValueError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise Unavailable(f"连不上 {where}：{why}", f"cannot reach {where}: {why}") from error
    except TimeoutError as error:
        raise Unanswered(f"{where} 没有应答（超时）", f"{where} did not answer in time") from error
    except (ClientError, OSError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise Unanswered(f"{where} 没有答完：{why}", f"{where} did not finish its answer: {why}") from error
    finally:
        pending.discard(answered)
        answered.cancel()
