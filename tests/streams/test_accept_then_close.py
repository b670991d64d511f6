"""A minute of servers that accept and close, on every platform that livebot dials, in one daemon: nobody is hammered."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from daemons import Daemon

from livebot.keep.clock import monotonic
from livebot.simulate.faults import parse_faults
from livebot.simulate.platforms import room_section, simulator
from livebot.simulate.recording import Line

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

DIALLED = ("bilibili", "bridge", "douyin_grab", "oba", "social_stream", "twitch", "youtube")
MOST = 10
LINES = [Line(id=f"m{n}", t_ms=n, text=f"在吗{n}", user=f"u{n}", name=f"名字{n}") for n in range(500)]


class Shut:
    """`async with Shut() as server:` accepts every connection and closes it at once, whatever it was meant for."""

    def __init__(self) -> None:
        self.accepted = 0

    async def __aenter__(self) -> "Shut":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.accepted += 1
        writer.close()

    def instead_of(self, address: str) -> str:
        scheme, _, rest = address.partition("://")
        path = rest.partition("/")[2]
        return f"{scheme}://127.0.0.1:{self._server.sockets[0].getsockname()[1]}" + (f"/{path}" if path else "")


Count = Callable[[], int]


def tries(platform: str, server: Any) -> int:
    """Connections as the server counted them; YouTube, which is asked again and again, is asked for the broadcast once in each."""
    match platform:
        case "bilibili":
            return int(server.connections)
        case "youtube":
            return int(server.calls.count(("GET", "videos")) or server._accepted)
        case _:
            return int(server.accepted)


@asynccontextmanager
async def everywhere() -> AsyncIterator[tuple[list[str], dict[str, Count]]]:
    """The sections of rooms beside servers that hang up at once, at the comment socket alone, and after one new comment each."""
    sections, counts = list[str](), dict[str, Count]()
    async with AsyncExitStack() as stack:
        for platform in (*DIALLED, "douyin_push"):
            shut, whole = await stack.enter_async_context(Shut()), await stack.enter_async_context(simulator(platform)(LINES))
            settings = {name: shut.instead_of(one) if "url" in name else one for name, one in whole.settings.items()}
            sections.append(room_section(platform, settings, f"{platform}, all shut"))
            counts[f"{platform}, all shut"] = lambda shut=shut: shut.accepted  # type: ignore[misc]
        for fault, what in (("accept_close=1000000", "accepts and closes"), ("drop=1", "says a word and closes")):
            for platform in DIALLED:
                own = {"polling": 0.1} if platform == "youtube" else {}
                made = simulator(platform)(LINES, speed=None, faults=parse_faults([fault]), **own)
                server = await stack.enter_async_context(made)
                sections.append(room_section(platform, server.settings, f"{platform}, {what}"))
                counts[f"{platform}, {what}"] = lambda platform=platform, server=server: tries(platform, server)  # type: ignore[misc]
        yield sections, counts


async def within_a_minute(counts: dict[str, Count]) -> dict[str, int]:
    """How often each was dialled in the minute after it was for the first time."""
    first: dict[str, float] = {}
    found: dict[str, int] = {}
    async with asyncio.timeout(150):
        while len(found) < len(counts):
            now = monotonic()
            for name, count in counts.items():
                if count():
                    first.setdefault(name, now)
                if name in first and name not in found and now - first[name] >= 60:
                    found[name] = count()
            await asyncio.sleep(0.02)
    return found


async def test_nobody_is_dialled_more_than_ten_times_in_the_first_minute(tmp_path: Path) -> None:
    async with everywhere() as (sections, counts):
        daemon = Daemon(tmp_path, *sections, tables='[redis]\nurl = "journal:"')
        daemon.start()
        try:
            found = await within_a_minute(counts)
            heard = daemon.count("events WHERE kind = 'comment' AND room LIKE '%word%'")
            assert await daemon.stop() == 0
        finally:
            await daemon.close()
    print("\n" + "\n".join(f"{name}: {n} connections in the first minute" for name, n in found.items()))
    assert {name: n for name, n in found.items() if n > MOST} == {}
    assert {name: n for name, n in found.items() if n < MOST // 2} == {}, "nor given up"
    assert heard >= 5 * len(DIALLED), "a comment each time"
    assert "Traceback" not in daemon.log
