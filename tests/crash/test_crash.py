"""kill -9, over and over, under load: afterwards nothing is lost, nothing is said twice, and every doubt is on the table.

CRASHES=200 kills by default; CRASH_SHORT=1 makes it 25 and the outage of Redis 10 s instead of 60. CRASH_SEED repeats a run.
"""

import asyncio
import os
import random
import signal
import socket
import subprocess
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from books import Books, reckon, repeats, settled
from crowd import RULES, Crowd
from daemons import Daemon, announced, room, until
from killing import Killer, plan, seams
from redis.asyncio import Redis
from redis.exceptions import RedisError

from livebot.keep.clock import monotonic
from livebot.keep.server_binary import available, find_server
from livebot.simulate.bridge import BridgeServer
from livebot.simulate.faults import Faults

SHORT = bool(os.environ.get("CRASH_SHORT"))
KILLS = int(os.environ.get("CRASHES") or (25 if SHORT else 200))
AWAY_S = 10.0 if SHORT else 60.0
SEED = int(os.environ.get("CRASH_SEED") or random.randrange(10**6))
DRAIN_S = 120.0
ROOMS = ("loud", "quiet")
TABLES = """
[replies]
expiry = 10
budget_per_minute = 1000000
[merging]
raid_viewers = 0
[followups]
quiet_hours = ""
webhook = "{webhook}"
[rules.variables]
shop = "小店"
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(3600),
    pytest.mark.skipif(available() is not None or not hasattr(signal, "SIGKILL"), reason="needs kill -9 and a Valkey"),
]


@asynccontextmanager
async def webhook(posts: Counter[str]) -> AsyncIterator[str]:
    """A shop's webhook: counts what arrives by its key."""

    async def post(request: web.Request) -> web.Response:
        posts[request.headers["Idempotency-Key"]] += 1
        return web.Response()

    app = web.Application()
    app.router.add_post("/", post)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def scene(folder: Path, redis: str) -> AsyncIterator[tuple[Daemon, BridgeServer, Crowd, Killer, Counter[str]]]:
    """A platform with two rooms, a crowd in them, a webhook, and a daemon that is not started yet."""
    posts: Counter[str] = Counter()
    dice = random.Random(SEED)
    faults = Faults(silent=0.03, refuse=0.02, seed=SEED)
    async with webhook(posts) as hook, BridgeServer([], speed=None, ends=False, heartbeat=1.0, faults=faults) as server:
        crowd = Crowd(server, ROOMS, dice)
        modes = {"loud": "auto", "quiet": "listen"}
        rooms = [room(name, server.url(name), mode, receipt_timeout=1) for name, mode in modes.items()]
        daemon = Daemon(folder, *rooms, tables=f'[redis]\nurl = "{redis}"\n' + TABLES.format(webhook=hook), rules=RULES, fresh=True)
        killer = Killer(daemon, server, crowd, dice)
        server._log = killer.heard
        writing = asyncio.create_task(crowd.run())
        try:
            yield daemon, server, crowd, killer, posts
        finally:
            writing.cancel()
            await asyncio.wait([writing])
            await daemon.close()


async def first_life(daemon: Daemon, server: BridgeServer, crowd: Crowd) -> None:
    """Until every room has a journalled comment, behind which its platform resumes; then kill -9."""
    daemon.start()
    await until(
        lambda: (
            server.connected == len(ROOMS) and {r for (r,) in daemon.ask("SELECT room FROM events WHERE kind = 'comment'")} == set(ROOMS)
        )
    )
    await daemon.kill()


async def drained(daemon: Daemon, server: BridgeServer, crowd: Crowd, redis: Any) -> float:
    """Seconds until everything came to its end, at most DRAIN_S."""
    began = monotonic()
    with suppress(TimeoutError):
        await until(lambda: settled(daemon, crowd, server), DRAIN_S)
        expected, joined = daemon.count("issues"), daemon.count("decisions WHERE kind = 'join'")
        while monotonic() < began + DRAIN_S:
            found = await announced(redis)
            if len(found) >= expected and await repeats(redis, set(found)) >= joined:
                break
            await asyncio.sleep(0.1)
    return monotonic() - began


async def test_kill_9_at_every_seam_at_random_and_of_the_server(tmp_path: Path) -> None:
    books = Books(f"{KILLS} × kill -9 under load, the embedded server killed and cut (CRASH_SEED={SEED})")
    async with scene(tmp_path, "") as (daemon, server, crowd, killer, posts):
        await first_life(daemon, server, crowd)
        began = monotonic()
        for name in plan(KILLS, killer.random):
            await killer.strike(name)
        took = monotonic() - began
        crowd.resting = True
        daemon.start()
        await until(lambda: server.connected == len(ROOMS))
        crowd.turn()
        async with daemon.redis() as redis:
            waited = await drained(daemon, server, crowd, redis)
            _tell(books, killer, took, waited)
            await reckon(books, daemon, redis, crowd, server, posts)
        books.check("exit code after SIGTERM", await daemon.stop())
        books.check("tracebacks in the log", daemon.log.count("Traceback"))
    print(books)
    assert books.wrong() == []


def _tell(books: Books, killer: Killer, took: float, waited: float) -> None:
    done = killer.done
    books.check("kill -9 of the daemon", done["kill"], KILLS)
    books.note("  at named seams, on the n-th passage", sum(killer.passed[name] for name in seams()))
    books.note("  when the platform had heard a text and not answered", killer.passed["heard"])
    books.note("  at random instants", done["kill"] - sum(killer.passed.values()))
    for name in seams():
        books.note(f"    {name}", killer.passed[name])
    if KILLS >= 200:
        books.check("  seams that never killed", sum(not killer.passed[name] for name in seams()))
    books.note("kill -9 of the server beside a living daemon", done["kill of the server"])
    books.note("the server's file cut while it was down (times, bytes)", f"{done['cut']}, {killer.cut_bytes:,}")
    books.note("the daemon found the queue short and published again", killer.daemon.log.count("The queue lost data"))
    books.note("seconds for all of it, and to come to rest afterwards", f"{took:.0f}, {waited:.1f}")


@asynccontextmanager
async def own_server(folder: Path) -> AsyncIterator["Server"]:
    server = Server(folder)
    server.start()
    try:
        yield server
    finally:
        server.kill()


class Server:
    """A Valkey of the shop's own, which livebot neither starts nor mends."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder, self.process = folder, None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        options = {"bind": "127.0.0.1", "port": str(self.port), "dir": str(self.folder), "appendonly": "yes", "appendfsync": "everysec"}
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        command = [str(find_server()), *words, "--save", "", "--logfile", "valkey.log"]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def send(self, sign: signal.Signals) -> None:
        self.process.send_signal(sign)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def cut(self, lost: int) -> None:
        file = max((self.folder / "appendonlydir").glob("*.incr.aof"))
        os.truncate(file, file.stat().st_size - min(lost, file.stat().st_size // 4))


async def test_redis_gone_and_frozen_while_the_daemon_is_killed(tmp_path: Path) -> None:
    books = Books(f"Redis gone for {AWAY_S:.0f} s, its file cut, then frozen for 7 s, under load (CRASH_SEED={SEED})")
    async with own_server(tmp_path / "redis") as redis_server, scene(tmp_path, redis_server.url) as (daemon, server, crowd, killer, posts):
        await first_life(daemon, server, crowd)
        daemon.start()
        async with Redis.from_url(redis_server.url, decode_responses=True) as redis:
            while len(await announced(redis)) < 20:
                await asyncio.sleep(0.05)
        redis_server.kill()
        redis_server.cut(2_000)
        said, began = len(server.says), monotonic()
        kills = ["random"] * (3 if SHORT else 10)
        for name in kills:
            await asyncio.sleep(max(0.0, (AWAY_S - 8) / len(kills) - 1.5))
            await daemon.kill()
            await killer.strike(name)
            daemon.start()
        await asyncio.sleep(max(0.0, began + AWAY_S - monotonic()))
        books.note("seconds without Redis", round(monotonic() - began))
        books.note("kill -9 of the daemon meanwhile", 2 * len(kills))
        books.check("replies went on meanwhile", len(server.says) > said + 20, True)
        waiting = daemon.count("issues")
        redis_server.start()
        async with Redis.from_url(redis_server.url, decode_responses=True) as redis:
            await _caught_up(redis, waiting)
            redis_server.send(signal.SIGSTOP)
            await asyncio.sleep(7.0)  # longer than the client waits for an answer: nobody knows whether the last batch arrived
            redis_server.send(signal.SIGCONT)
            crowd.resting = True
            crowd.turn()
            books.note("seconds to come to rest afterwards", f"{await drained(daemon, server, crowd, redis):.1f}")
            await reckon(books, daemon, redis, crowd, server, posts)
        lives = daemon.log.split("livebot is up")
        books.check("times a life of the daemon warned more than once a loss", sum(life.count("queue is away:") > 1 for life in lives[:-1]))
        books.check("warnings of the last life: gone, frozen", 1 <= lives[-1].count("queue is away:") <= 2, True)
        books.check("exit code after SIGTERM", await daemon.stop())
        books.check("tracebacks in the log", daemon.log.count("Traceback"))
    print(books)
    assert books.wrong() == []


async def _caught_up(redis: Any, issues: int) -> None:
    deadline = monotonic() + 30
    while monotonic() < deadline:
        with suppress(RedisError):
            if len(await announced(redis)) >= issues:
                return
        await asyncio.sleep(0.1)
