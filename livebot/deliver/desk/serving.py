"""The HTTP server of the desk: one application whose every answer, aiohttp's own included, has the security headers."""

import logging
from collections.abc import Sequence

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from livebot.deliver.desk import access
from livebot.deliver.desk.guarding import SECURITY, Guard, add_headers
from livebot.deliver.desk.listening import taken
from livebot.deliver.desk.problems import problem
from livebot.deliver.desk.routing import Route, bound, language_of
from livebot.errors import Unavailable

BODY_MOST = 64 * 1024


class Listener:
    """The server, as a context; `port` is the one that the system chose where 0 was given."""

    def __init__(self, host: str, port: int, guard: Guard, routes: Sequence[Route]) -> None:
        """Raises RuntimeError where the routes are not those of access.TABLE."""
        self._host, self.port, self._guard = host, port, guard
        app = application(guard, routes)
        self._runner = _Runner(app, access_log=None, logger=_quiet_logger(), handle_signals=False, shutdown_timeout=1.0)
        self._site: web.TCPSite | None = None

    async def __aenter__(self) -> "Listener":
        """Raises Unavailable where the port is taken."""
        await self._runner.setup()
        try:
            await self._open()
        except BaseException:
            await self._runner.cleanup()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def move(self, host: str) -> None:
        """Listens at another address with the same port; connections stay. Raises Unavailable, and then listens where it did."""
        before, self._host = self._host, host
        if self._site:
            await self._site.stop()
        try:
            await self._open()
        except Unavailable:
            self._host = before
            await self._open()
            raise

    async def _open(self) -> None:
        self._site = web.TCPSite(self._runner, self._host, self.port)
        try:
            await self._site.start()
        except OSError as error:
            raise taken(f"{self._host}:{self.port}", error) from None
        self.port = self._guard.port = int(self._runner.addresses[0][1])


def application(guard: Guard, routes: Sequence[Route]) -> web.Application:
    """Raises RuntimeError where a route is not in the table of roles, or the table names one that is not there."""
    if wrong := access.differences([route.key for route in routes]):
        raise RuntimeError("; ".join(wrong))
    app = web.Application(middlewares=[guard.admit], client_max_size=BODY_MOST)
    app.on_response_prepare.append(add_headers)
    for route in routes:
        if route.method == "GET":
            app.router.add_get(route.path, bound(route))
        else:
            app.router.add_route(route.method, route.path, bound(route))
    return app


class _Protocol(web.RequestHandler):
    """Answers what is no HTTP, or too much of it, as everything else is answered."""

    __slots__ = ()

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        super().handle_error(request, status, exc, message)
        answer = problem(status, language_of(request))
        answer.headers.update(SECURITY)
        answer.force_close()
        return answer


class _Server(web.Server):
    def __call__(self) -> web.RequestHandler:
        return _Protocol(self, loop=self._loop, **self._kwargs)


class _Runner(web.AppRunner):
    async def _make_server(self) -> web.Server:
        server = await super()._make_server()
        server.__class__ = _Server
        return server


def _quiet_logger() -> logging.Logger:
    """aiohttp logs a traceback for every request that is no HTTP: port scanners would fill the log. Bugs are still told."""

    def is_ours(record: logging.LogRecord) -> bool:
        return not (record.exc_info and isinstance(record.exc_info[1], HttpProcessingError))

    logger = logging.getLogger("livebot.desk")
    logger.filters = [is_ours]
    return logger
