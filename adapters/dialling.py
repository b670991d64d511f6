"""One WebSocket, dialled once, with every failure sorted by who can mend it; shared by the adapters that speak WebSocket."""

import ipaddress
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidProxy, InvalidStatus, InvalidURI, WebSocketException

from livebot.errors import ConfigError, LivebotError, LoginRequired, Problem, Unavailable
from livebot.keep.clock import now_ms
from livebot.language import say

FRAME_LIMIT = 4 * 1024 * 1024
CLOSED_FOR_LOGIN = frozenset({1008, 3000, 3003})


def shown(url: str) -> str:
    """The URL as a log may show it: user, password and every query value replaced by ***."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "***"
    host = parts.netloc.rpartition("@")
    netloc = f"***@{host[2]}" if host[1] else parts.netloc
    query = "&".join(f"{name}=***" if value else "***" for name, value in parse_qsl(parts.query, keep_blank_values=True))
    return urlunsplit((parts.scheme, netloc, parts.path, query or ("***" if parts.query else ""), ""))


def checked_url(url: str) -> str:
    """The URL of a WebSocket; raises ValueError in the user's language, for pydantic."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("ws", "wss") and bool(parts.hostname) and not parts.fragment and (parts.port is None or parts.port > 0)
        good = good and not any(ch.isspace() or ord(ch) < 32 for ch in url)
    except ValueError:
        good = False
    if not good:
        raise ValueError(
            say(
                "这里要写 WebSocket 地址，例如 ws://127.0.0.1:8765/room 或 wss://example.com/live",
                "this must be a WebSocket address such as ws://127.0.0.1:8765/room or wss://example.com/live",
            )
        )
    return url


def wrong_setting(field: str, zh: str, en: str) -> ConfigError:
    """What only the platform can tell of a setting: the streamer must mend it."""
    return ConfigError([Problem(file="config.toml", table="rooms.settings", field=field, zh=zh, en=en)])


@asynccontextmanager
async def dialled(
    url: str, *, headers: Mapping[str, str] | None = None, open_timeout: float = 10.0, close_timeout: float = 1.0, pings: bool = True
) -> AsyncIterator[ClientConnection]:
    """Connects once and closes at the end, however it ends. pings: False where the platform forbids clients to send any, or answers none.

    Raises ConfigError for a bad address, LoginRequired for 401 and 403, Unavailable for all that time may mend.
    """
    try:
        socket = await connect(
            url,
            additional_headers=headers,
            compression=None,
            max_size=FRAME_LIMIT,
            max_queue=16,
            ping_interval=20 if pings else None,
            ping_timeout=20,
            open_timeout=open_timeout,
            close_timeout=close_timeout,
            proxy=None if is_loopback(url) else True,
        )
    except (OSError, WebSocketException, ValueError, ImportError) as error:
        raise _not_opened(url, error) from error
    try:
        yield socket
    finally:
        try:
            await socket.close()
        except BaseException:
            socket.transport.abort()
            raise


@asynccontextmanager
async def dialled_any(urls: Sequence[str]) -> AsyncIterator[tuple[str, ClientConnection]]:
    """A connection to the first of several servers that opens, and its URL; raises why the last one did not.

    The addresses are the platform's, so a bad one is Unavailable.
    """
    failure: LivebotError = Unavailable("平台没有给出地址", "the platform named no address")
    async with AsyncExitStack() as stack:
        for url in urls:
            try:
                socket = await stack.enter_async_context(dialled(url, open_timeout=5.0))
            except ConfigError as error:
                failure = Unavailable(f"平台给的地址连不上：{error}", f"the platform named an address that cannot be dialled: {error}")
            except LivebotError as error:
                failure = error
            else:
                yield url, socket
                return
    raise failure


def lost(url: str, closed: ConnectionClosed) -> LivebotError:
    """Why an open connection was closed, as the error that says who can mend it."""
    where, code = shown(url), closed.rcvd.code if closed.rcvd else None
    reason = closed.rcvd.reason if closed.rcvd else ""
    if code in CLOSED_FOR_LOGIN:
        return LoginRequired(
            f"{where} 拒绝了连接（{code} {reason}）：请检查登录或 token",
            f"{where} turned us away ({code} {reason}): check the login or token",
        )
    if closed.sent and closed.sent.code == 1009:
        return Unavailable(f"{where} 发来一帧超过 4 MiB，连接已断开", f"{where} sent a frame of more than 4 MiB; the connection was closed")
    detail = f"{code} {reason}".strip() if code else str(closed.__cause__ or "no close frame")
    return Unavailable(f"与 {where} 的连接断了（{detail}）", f"the connection to {where} was lost ({detail})")


def is_loopback(url: str) -> bool:
    """Whether the URL names this machine: no proxy of the environment is asked for that."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _not_opened(url: str, error: Exception) -> LivebotError:
    where = shown(url)
    match error:
        case InvalidStatus():
            return turned_away(where, error.response.status_code, error.response.headers)
        case InvalidURI() | ValueError():
            zh, en = f"连不上这个地址：{where}", f"this address cannot be dialled: {where}"
            return wrong_setting("url", zh, en)
        case InvalidProxy() | ImportError():
            zh, en = f"环境变量里的代理用不了：{error}", f"the proxy in the environment is of no use: {error}"
            return wrong_setting("url", zh, en)
        case TimeoutError():
            return Unavailable(f"{where} 没有应答（超时）", f"{where} did not answer in time")
        case OSError():
            why = error.strerror or str(error) or type(error).__name__
            return Unavailable(f"连不上 {where}：{why}", f"cannot reach {where}: {why}")
        case _:
            return Unavailable(f"{where} 应答的不是 WebSocket", f"{where} does not answer as a WebSocket ({type(error).__name__})")


def turned_away(where: str, status: int, headers: Mapping[str, str]) -> LivebotError:
    """What an HTTP status means that is not the one hoped for."""
    if status in (401, 403):
        return LoginRequired(
            f"{where} 不让进（HTTP {status}）：请检查 token 或重新登录",
            f"{where} refuses us (HTTP {status}): check the token or sign in again",
        )
    retry_after = retry_after_s(headers.get("Retry-After", "")) if status in (429, 503) else None
    return Unavailable(f"{where} 暂时不可用（HTTP {status}）", f"{where} is not available (HTTP {status})", retry_after=retry_after)


def retry_after_s(retry_after: str) -> float | None:
    """The header Retry-After (a number or an HTTP date) as seconds from now, a day at most; None where it says nothing."""
    if retry_after.strip().isascii() and retry_after.strip().isdigit():
        return min(float(retry_after.strip()), 86_400.0)
    try:
        then = parsedate_to_datetime(retry_after).timestamp()
    except (ValueError, OverflowError):
        return None
    return min(max(then - now_ms() / 1000, 0.0), 86_400.0)
