"""What is done to the daemon and its server: kill -9 at every named seam, at the platform's ear and at random, and a queue cut short."""

import asyncio
import os
import random
import re
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from crowd import Crowd
from daemons import Daemon, until

import livebot
from livebot.keep.clock import monotonic
from livebot.simulate.bridge import BridgeServer
from livebot.simulate.play import Say

# how often a seam is passed, as the range from which the passage is drawn at which it kills
PASSAGES = {"journal": 60, "engine": 30, "reply": 25, "issues": 10, "followup": 5, "heard": 12}
PATIENCE_S = 6.0  # a seam that was not passed by then becomes a kill at random
CUT = 0.25  # at most this share of the file


def seams() -> list[str]:
    """Every seam that the source names and that a life of seconds comes by: the clocks of staff run for minutes, and are killed in
    tests/deliver/test_clocks.py."""
    source = Path(livebot.__file__).parent.rglob("*.py")
    named = {name for path in source for name in re.findall(r'\bseam\("([\w.]+)"\)', path.read_text("utf-8"))}
    return sorted(name for name in named if not name.startswith("sla."))


def plan(kills: int, dice: random.Random) -> Iterator[str]:
    """`kills` names: seams in turn, and among them the ear, random instants, and the server's deaths."""
    names = seams()
    others = ["random", "heard", "random", "server", "random", "cut alive", "heard", "cut dead"]
    dice.shuffle(names)
    for i in range(kills):
        turn, odd = divmod(i, 5)
        yield others[(2 * turn + odd - 3) % len(others)] if odd >= 3 else names[(3 * turn + odd) % len(names)]


@dataclass
class Killer:
    """Starts the daemon again after each death. done counts what was done, passed the seams that did kill."""

    daemon: Daemon
    server: BridgeServer
    crowd: Crowd
    random: random.Random
    done: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)
    cut_bytes: int = 0
    _ear: int = 0

    def heard(self, say: Say) -> None:
        """The platform has the text and has not answered yet: the moment when only a doubt is honest."""
        self._ear -= 1
        if self._ear == 0 and self.daemon.code is None:
            self.daemon.send(signal.SIGKILL)
            self.passed["heard"] += 1

    async def strike(self, name: str) -> None:
        """One life of the daemon, and its death by kill -9."""
        connections = len(self.server.hellos)
        passage = self.random.randint(1, PASSAGES.get(name.partition(".")[0], 1))
        if name in seams():
            self.daemon.start(LIVEBOT_CRASH_AT=f"{name}:{passage}")
            await self._await_death(name)
        elif name == "heard":
            self.daemon.start()
            self._ear = passage
            await self._await_death(name)
        elif name == "random":
            self.daemon.start()
            await asyncio.sleep(self.random.uniform(0.1, 2.2))
        else:
            self.daemon.start()
            await self._connected(connections)
            await asyncio.sleep(self.random.uniform(0.0, 0.6))
            await (self._server_dies() if name == "server" else self._cut_alive() if name == "cut alive" else asyncio.sleep(0))
            await asyncio.sleep(self.random.uniform(0.0, 1.2))
        self._ear = 0
        await self.daemon.kill()
        assert self.daemon.code == -signal.SIGKILL, self.daemon.log[-2000:]
        self.done["kill"] += 1
        self.done[name] += 1
        if name == "cut dead":
            await until(lambda: self.daemon.server_pid() is None)
            self._cut()

    async def _await_death(self, name: str) -> None:
        turned = not name.startswith("followup")
        deadline = monotonic() + PATIENCE_S
        while self.daemon.code is None and monotonic() < deadline:
            if not turned and self.server.connected == len(self.crowd.rooms):
                turned = True
                self.crowd.turn()  # an end has follow-ups
            await asyncio.sleep(0.005)
        if self.daemon.code is not None and name != "heard":
            self.passed[name] += 1

    async def _connected(self, before: int) -> None:
        deadline = monotonic() + PATIENCE_S
        while len(self.server.hellos) < before + len(self.crowd.rooms) and monotonic() < deadline:
            await asyncio.sleep(0.005)

    async def _server_dies(self) -> None:
        if pid := self.daemon.server_pid():
            os.kill(pid, signal.SIGKILL)
            self.done["kill of the server"] += 1

    async def _cut_alive(self) -> None:
        """The daemon sees the server come back without what it had acknowledged."""
        if pid := self.daemon.server_pid():
            self.daemon.send(signal.SIGSTOP)
            try:
                os.kill(pid, signal.SIGKILL)
                await until(lambda: self.daemon.server_pid() is None)
                self._cut()
            finally:
                self.daemon.send(signal.SIGCONT)
            self.done["kill of the server"] += 1

    def _cut(self) -> None:
        files = sorted((self.daemon.state / "valkey" / "data" / "appendonlydir").glob("*.incr.aof"))
        if files and (size := files[-1].stat().st_size):
            lost = min(int(size * CUT), self.random.choice((7, 60, 400, 3_000, 20_000)))
            os.truncate(files[-1], size - lost)
            self.cut_bytes += lost
            self.done["cut"] += 1
