"""Where a practice platform stands: an address, a port that is free, and a web site that is opened and closed."""

import socket

from aiohttp import web
from websockets.asyncio.server import Server


def place(host: str, port: int) -> str:
    """host:port as it stands in an address."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def free_port(host: str = "127.0.0.1") -> int:
    """A port that nobody listens on just now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def port_of(server: Server) -> int:
    """Where a WebSocket server listens, also where 0 was asked for."""
    return int(next(iter(server.sockets)).getsockname()[1])


class Site:
    """An HTTP server on a port, 0 takes a free one; it is there from `open` to `close`, and `place` names it from then on.

    stops: what answers a request stops once the client has gone.
    """

    def __init__(self, host: str, port: int, *, stops: bool = False) -> None:
        self._host, self._port, self._stops = host, port, stops
        self._runner: web.AppRunner | None = None

    async def open(self, app: web.Application) -> None:
        """Raises OSError where it cannot listen."""
        self._runner = web.AppRunner(app, handler_cancellation=self._stops, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()

    async def close(self) -> None:
        """Cuts off whoever is still being answered half a second later."""
        if self._runner:
            await self._runner.cleanup()

    @property
    def place(self) -> str:
        assert self._runner is not None
        return place(self._host, self._runner.addresses[0][1])
