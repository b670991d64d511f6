"""The HTTP server: /healthz, /readyz and /metrics for whoever watches over livebot, and what else it is given; this computer only."""

import asyncio
import ipaddress
import json
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

from livebot.errors import ConfigError, Problem, Unavailable

if TYPE_CHECKING:
    from aiohttp import web

METRICS_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
SECURITY: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Server": "livebot",
}
_LISTEN: Final = re.compile(r"(\[[0-9A-Fa-f:.%]+\]|[^\[\]:/\s]+):(\d{1,5})")


@asynccontextmanager
async def serve(
    listen: str, ready: Callable[[], Mapping[str, Any]], metrics: Callable[[], bytes], routes: "Sequence[web.RouteDef]" = ()
) -> AsyncIterator[int]:
    """Serves while the context is open; yields the port, which the system chooses where `listen` says 0.

    listen: "127.0.0.1:8787". ready: what /readyz tells, with a bool "ready". metrics: the text of /metrics, made in a thread.
    routes: what is served beside them, each with its own defence against strangers; Host is checked here, and security headers are added.
    Raises ConfigError for an address that is none or not this computer's own, Unavailable where the port is taken.
    """
    from aiohttp import web

    host, port = address(listen)
    bound = 0
    app = _pages(ready, metrics, lambda: _names(bound), routes)
    runner = web.AppRunner(app, access_log=None, logger=_quiet_logger(), handle_signals=False, shutdown_timeout=1.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise _taken(listen, error) from None
        bound = int(runner.addresses[0][1])
        yield bound
    finally:
        await runner.cleanup()


def address(listen: str) -> tuple[str, int]:
    """ "[::1]:8787" → ("::1", 8787); raises ConfigError for what is no address, or one that others could reach."""
    parts = _LISTEN.fullmatch(listen)
    if parts is None or int(parts[2]) > 65535:
        raise _wrong(f"看不懂 {listen!r}，应写成 127.0.0.1:8787", f"cannot read {listen!r}; write 127.0.0.1:8787")
    host = parts[1].strip("[]")
    if not _is_loopback(host):
        raise _wrong(
            f"{listen!r} 会让别的电脑也能打开。现在还没有账号和密码，只能写 127.0.0.1 或 localhost。",
            f"{listen!r} would be open to other computers. There are no accounts yet, so only 127.0.0.1 or localhost will do.",
        )
    return host, int(parts[2])


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _wrong(zh: str, en: str) -> ConfigError:
    return ConfigError([Problem(file="config.toml", table="desk", field="listen", zh=zh, en=en)])


def _taken(listen: str, error: OSError) -> Unavailable:
    reason = error.strerror or str(error)
    return Unavailable(
        f'{listen} 打不开（{reason}）：可能有别的程序在用。在配置里换一个 [desk] listen，或写 "" 关掉；其他功能不受影响。',
        f'cannot listen on {listen} ({reason}); another program may use it. Set another [desk] listen, or "" for none. All else goes on.',
    )


def _names(port: int) -> frozenset[str]:
    """What a browser or a program on this computer calls us; any other Host is a page elsewhere that tries to reach in."""
    hosts = ("127.0.0.1", "localhost", "[::1]")
    return frozenset((*(f"{host}:{port}" for host in hosts), *(hosts if port == 80 else ())))


def _pages(
    ready: Callable[[], Mapping[str, Any]],
    metrics: Callable[[], bytes],
    names: Callable[[], frozenset[str]],
    routes: "Sequence[web.RouteDef]",
) -> "web.Application":
    from aiohttp import web

    @web.middleware
    async def only_here(request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> web.StreamResponse:
        if request.headers.get("Host", "").lower() not in names():
            return web.Response(status=421, text="421: wrong Host\n")
        return await handler(request)

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(_: web.Request) -> web.Response:
        state = dict(ready())
        return web.json_response(state, status=200 if state.get("ready") else 503, dumps=_dumps)

    async def measured(_: web.Request) -> web.Response:
        return web.Response(body=await asyncio.to_thread(metrics), headers={"Content-Type": METRICS_TYPE})

    async def secure(_: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(SECURITY)

    app = web.Application(middlewares=[only_here], client_max_size=64 * 1024)
    app.on_response_prepare.append(secure)
    app.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", measured), *routes])
    return app


def _quiet_logger() -> logging.Logger:
    """aiohttp logs a traceback for every request that is no HTTP: port scanners would fill the log. Bugs are still told."""
    from aiohttp.http_exceptions import HttpProcessingError

    def is_ours(record: logging.LogRecord) -> bool:
        return not (record.exc_info and isinstance(record.exc_info[1], HttpProcessingError))

    logger = logging.getLogger("livebot.health")
    logger.filters = [is_ours]
    return logger


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
