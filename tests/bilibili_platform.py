"""A practice Bilibili that knows when nobody could hear it, for tests of the daemon beside it, and what must be true afterwards."""

from dataclasses import replace
from typing import Any

from daemons import Daemon, until
from hearing import Ear

from livebot.keep.clock import now_ms
from livebot.simulate.bilibili import BilibiliSimulator
from livebot.simulate.platforms import room_section
from livebot.simulate.recording import Line

WORDS = ("在吗", "什么时候发货", "收到瓶子碎了", "哈哈哈哈")


def lines(count: int, every_ms: int, *, quiet_ms: int = 0) -> list[Line]:
    """Comments of which no two say the same, with a long silence before the last."""
    times = [i * every_ms + (quiet_ms if i == count - 1 else 0) for i in range(count)]
    return [Line(id=f"m{i}", t_ms=at, text=f"{WORDS[i % 4]} {i}", user=f"u{i % 40}", name=f"观众{i % 40}") for i, at in enumerate(times)]


class Platform(BilibiliSimulator):
    """Plays the first comment, and the rest once the daemon is awake. ear: knows when nobody heard it."""

    def __init__(self, recorded: list[Line], *, ends: bool = True, **own: Any) -> None:
        super().__init__(recorded[:1], ends=False, **own)
        self.recorded, self._ends = recorded, ends
        self.ear = Ear(lambda: any(not client.stalled for game in self.games.open for client in game.clients))

    def go_on(self) -> None:
        shift = now_ms() - self._play._started_ms
        for line in self.recorded[1:]:
            self._play.push(replace(line, t_ms=line.t_ms + shift))
        self.ends = self._ends

    def section(self, name: str) -> str:
        return room_section("bilibili", self.settings).replace('"practice"', f'"{name}"')


async def woken(daemon: Daemon, platforms: dict[str, Platform]) -> None:
    """The daemon has decided one comment of each platform, and hears the rest from now on."""
    await until(lambda: daemon.count("decisions JOIN events USING (seq) WHERE events.kind = 'comment'") >= len(platforms), 60)
    for platform in platforms.values():
        platform.go_on()


async def all_is_decided(daemon: Daemon, platforms: dict[str, Platform]) -> None:
    total = sum(platform.sent for platform in platforms.values())
    await until(lambda: daemon.count("events WHERE kind = 'comment'") >= total)
    await until(lambda: not daemon.count("events WHERE seq > (SELECT max(seq) FROM decisions)"))


async def everything_adds_up(daemon: Daemon, name: str, platform: Platform) -> list[dict[str, int]]:
    """The gaps that the report tells, as many as there were; the states add up to what was sent."""
    report = await daemon.told("report", "--room", name, "--format", "json")
    sent, faults = [line for line in platform.recorded if line.id not in platform.missed], platform.faults
    assert report["comments"] == sum(report["states"].values()) == len(sent) == platform.sent
    assert report["states"].get("pending", 0) == 0
    assert report["duplicates"] == sum(faults.strikes("duplicate", faults.duplicate, line.id) for line in sent)
    not_understood = [faults.strikes(fault, getattr(faults, fault), line.id) for line in sent for fault in ("broken", "unknown")]
    assert report["broken"] == sum(not_understood)
    gaps: list[dict[str, int]] = report["gaps"]
    assert len(gaps) == len(platform.ear.deaf)
    return gaps
