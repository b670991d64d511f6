"""The daemon beside a Twitch that misbehaves: every comment has its end, nothing is said twice, and nobody is hurried."""

import json
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from daemons import Daemon, until
from hearing import told_to_the_second

from livebot.keep.clock import monotonic
from livebot.simulate.faults import parse_faults
from livebot.simulate.platforms import room_section
from livebot.simulate.recording import Line
from livebot.simulate.twitch import TwitchSimulator

RULES = """
["freight"]
when = ["包邮"]
say = "{viewer} 运费看下单页"
cooldown = 0
["refund"]
category = "post.refund"
when = ["退款"]
"""
TABLES = '[redis]\nurl = "journal:"\n[replies]\nbudget_per_minute = 10000\n'


def lines(count: int, every_ms: int = 20) -> list[Line]:
    talk = {3: "包邮吗", 7: "我的退款呢"}
    return [Line(id=f"m{i}", t_ms=i * every_ms, text=f"{talk.get(i % 10, '来啦')}{i}", user=f"u{i}", name=f"名字{i}") for i in range(count)]


@pytest.fixture
async def daemons() -> AsyncIterator[list[Daemon]]:
    """Put every daemon into it: it is ended at the end."""
    started: list[Daemon] = []
    yield started
    for daemon in started:
        await daemon.close()


def beside(daemons: list[Daemon], folder: Path, twitch: TwitchSimulator, **settings: Any) -> Daemon:
    section = room_section("twitch", twitch.settings | settings)
    daemons.append(Daemon(folder, section, tables=TABLES, rules=RULES))
    daemons[-1].start()
    return daemons[-1]


async def over(daemon: Daemon) -> dict[str, Any]:
    """The report, once the stream has ended and all that was to be said has come to its end."""
    await until(lambda: daemon.count("streams WHERE ended_at IS NOT NULL") == 1)
    await until(lambda: not daemon.count("events WHERE seq > (SELECT max(seq) FROM decisions)"))
    await until(lambda: not daemon.count("replies WHERE state IN ('queued', 'sending')"), 30)
    report: dict[str, Any] = await daemon.told("report", "--room", "practice", "--format", "json")
    assert report["comments"] == sum(report["states"].values())
    assert "Traceback" not in daemon.log
    return report


def heard(daemon: Daemon) -> list[str]:
    return [native for (native,) in daemon.ask("SELECT native_id FROM events WHERE kind = 'comment' ORDER BY seq")]


async def test_moves_duplicates_broken_frames_and_an_expiring_token_change_nothing(tmp_path: Path, daemons: list[Daemon]) -> None:
    everything = lines(190, every_ms=10)
    faults = parse_faults(["duplicate=0.1", "broken=0.05", "unknown=0.1", "reconnect=60", "expire=1"], seed=7)
    async with TwitchSimulator(everything, faults=faults, moderator=True) as twitch:
        daemon = beside(daemons, tmp_path, twitch)
        report = await over(daemon)
        assert await daemon.stop() == 0
    assert [id_ for id_ in heard(daemon) if not id_.startswith("bot-")] == [line.id for line in everything], "in order, none lost"
    struck = {
        name: sum(faults.strikes(name, getattr(faults, name), line.id) for line in everything)
        for name in ("duplicate", "broken", "unknown")
    }
    assert (report["duplicates"], report["broken"]) == (struck["duplicate"], struck["broken"] + struck["unknown"])
    assert report["gaps"] == []
    assert report["states"]["answered"] == report["states"]["flagged"] == 19
    assert sorted(str(say.to) for say in twitch.says) == sorted(line.id for line in everything if "包邮" in line.text), "each once"
    assert twitch.accepted >= 2, "moved at least once"
    assert twitch.subscribing == 4, "and one session for all of it"
    assert twitch.logins.renewed >= 1


async def test_drops_and_429_are_obeyed_and_what_was_missed_is_told(tmp_path: Path, daemons: list[Daemon]) -> None:
    all_at_once = lines(240, every_ms=10)
    everything = all_at_once[:10] + [replace(line, t_ms=3000 + line.t_ms) for line in all_at_once[10:]]  # its first reply takes a while
    faults = parse_faults(["drop=100", "limit=0.15", "failing=0.02"], seed=3)
    async with TwitchSimulator(everything, faults=faults, moderator=True) as twitch:
        daemon = beside(daemons, tmp_path, twitch, offline_after=1)  # the end may fall into a gap
        report = await over(daemon)
        assert await daemon.stop() == 0
    mine = [id_ for id_ in heard(daemon) if not id_.startswith("bot-")]
    assert twitch.missed
    assert mine == [line.id for line in everything if line.id not in twitch.missed]
    assert len(report["gaps"]) == len(twitch.closes) == len(twitch.deaf) >= 1
    assert told_to_the_second(report["gaps"], twitch.deaf), (report["gaps"], twitch.deaf)
    assert twitch.helix.patience.limited >= 1
    assert twitch.helix.patience.impatient == 0, "nobody asked again before the time that Twitch had told"
    assert len({say.to for say in twitch.says}) == len(twitch.says) > 0, "nothing twice"


async def test_a_stall_is_noticed_and_a_quiet_chat_is_left_alone(tmp_path: Path, daemons: list[Daemon]) -> None:
    quiet = [*lines(5), *(Line(id=f"late{i}", t_ms=3200 + i * 20, text=f"来啦{i}", user=f"v{i}") for i in range(10))]
    async with TwitchSimulator(quiet, faults=parse_faults(["stall=10"]), keepalive=0.6) as twitch:
        daemon = beside(daemons, tmp_path, twitch)
        await until(lambda: any(session.stalled for session in twitch.sessions.values()))
        assert twitch.accepted == 1, "three quiet seconds, with signs of life"
        began = monotonic()
        await until(lambda: twitch.accepted == 2)
        assert monotonic() - began < 2.5 * 0.6 + 1.0 + 3.0, "the watchdog, and the pause before the next try"
        report = await over(daemon)
        assert await daemon.stop() == 0
    (gap,) = report["gaps"]
    assert "no data for" in json.dumps(gap)


async def test_what_nobody_sees_and_what_nobody_knows_is_shown_and_never_said_again(tmp_path: Path, daemons: list[Daemon]) -> None:
    faults = parse_faults(["shadow=0.4", "silent=0.4"], seed=5)
    idle = [Line(id=f"i{i}", t_ms=2000 + i * 50, text="来啦", user=f"v{i}") for i in range(60)]  # the chat goes on
    async with TwitchSimulator([*lines(100, every_ms=20), *idle], faults=faults, moderator=True) as twitch:
        daemon = beside(daemons, tmp_path, twitch, confirm=1, receipt_timeout=1)
        report = await over(daemon)
        outcomes = Counter(say.outcome for say in twitch.says)
        assert await daemon.stop() == 0
    assert outcomes.keys() == {"said", "shadow", "silent"}
    assert len({say.to for say in twitch.says}) == len(twitch.says) == 10
    told = dict(daemon.ask("SELECT state, count(*) FROM replies WHERE why IN ('shadow', 'not shown in the chat') GROUP BY state"))
    assert sum(told.values()) == outcomes["shadow"], "refused, or in doubt as long as no text of ours was seen"
    assert report["states"]["answered"] == outcomes["said"] + outcomes["silent"], "its echo tells that it was said after all"
    assert report["states"]["refused"] + report["states"]["in_doubt"] == outcomes["shadow"]
