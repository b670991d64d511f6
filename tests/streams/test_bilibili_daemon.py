"""The daemon beside a Bilibili that misbehaves: everything adds up, gaps are told to the second, stalls are seen and quiet is no stall."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from bilibili_platform import Platform, all_is_decided, everything_adds_up, lines, woken
from daemons import Daemon, until
from hearing import listening, told_to_the_second

from livebot.keep.server_binary import available
from livebot.simulate.faults import Faults

pytestmark = [pytest.mark.slow, pytest.mark.skipif(available() is not None, reason="no embedded server here")]
FAULTY = Faults(duplicate=0.1, broken=0.05, unknown=0.1, missing=0.2, split=0.2, accept_close=1, auth=1, drop=140, seed=7)
BEAT_S = 2.0
WATCHDOG_S = 2.5 * BEAT_S + 1.0  # as the daemon reckons it from the heartbeat that the adapter promises


@asynccontextmanager
async def beside(folder: Path, platforms: dict[str, Platform]) -> AsyncIterator[Daemon]:
    """A daemon that is awake and hears these."""
    async with AsyncExitStack() as stack:
        for platform in platforms.values():
            await stack.enter_async_context(platform)
        daemon = Daemon(folder, *(platform.section(name) for name, platform in platforms.items()))
        stack.push_async_callback(daemon.close)
        await stack.enter_async_context(listening([platform.ear for platform in platforms.values()]))
        daemon.start()
        await woken(daemon, platforms)
        yield daemon


async def test_everything_adds_up_and_every_game_is_ended(tmp_path: Path) -> None:
    platforms = {
        "faulty": Platform(lines(300, 30), faults=FAULTY),
        "ended": Platform(lines(200, 30), faults=Faults(game_end=140)),
    }
    async with beside(tmp_path, platforms) as daemon:
        await until(lambda: daemon.count("streams WHERE ended_at IS NOT NULL") == 2, 60)
        await all_is_decided(daemon, platforms)
        gaps = {name: await everything_adds_up(daemon, name, platform) for name, platform in platforms.items()}
        assert {name for name, platform in platforms.items() if not told_to_the_second(gaps[name], platform.ear.deaf)} == set()
        assert all(gaps.values())
        assert [call for call, _ in platforms["ended"].games.calls].count("end") == 0, "what the platform ended itself"
        assert await daemon.stop() == 0
        assert not any(platform.games.open for platform in platforms.values()), "whoever leaves ends its game"
        assert "Traceback" not in daemon.log


async def test_a_stall_is_noticed_in_time_and_quiet_is_no_stall(tmp_path: Path) -> None:
    platforms = {
        "stalled": Platform(lines(300, 50), faults=Faults(stall=120), ends=False, socket_lives=2 * BEAT_S),
        "quiet": Platform(lines(20, 20, quiet_ms=int(WATCHDOG_S * 2500)), socket_lives=2 * BEAT_S),
    }
    stalled, quiet = platforms.values()
    async with beside(tmp_path, platforms) as daemon:
        await until(lambda: daemon.count("streams WHERE ended_at IS NOT NULL") == 1, 60)
        await until(lambda: stalled.sent + len(stalled.missed) == 300 and len(stalled.ear.deaf) == 1, 60)
        await all_is_decided(daemon, platforms)
        (gap,) = gaps = await everything_adds_up(daemon, "stalled", stalled)
        assert told_to_the_second(gaps, stalled.ear.deaf)
        assert WATCHDOG_S - BEAT_S <= (gap["until"] - gap["since"]) / 1000 <= WATCHDOG_S + 2, "noticed in time, and dialled again at once"
        assert stalled.missed, "what came meanwhile is lost: the platform repeats nothing"
        assert await everything_adds_up(daemon, "quiet", quiet) == []
        assert (quiet.sent, quiet.connections) == (20, 1)
        assert await daemon.stop() == 0
