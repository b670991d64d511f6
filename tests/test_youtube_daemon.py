"""The daemon beside the practice YouTube with its faults: every comment in one state, nothing said twice, the gaps and the quota kept."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from daemons import Daemon, until
from hearing import told_to_the_second

from livebot.simulate.faults import Faults
from livebot.simulate.platforms import room_section
from livebot.simulate.recording import Line
from livebot.simulate.youtube import YouTubeSimulator

TABLES = '[redis]\nurl = "journal:"\n[replies]\nbudget_per_minute = 10000\n'
RULES = """
["freight"]
when = ["包邮"]
say = ["运费看下单页", "下单页有运费", "包不包邮看下单页"]
cooldown = 0
["refund"]
category = "post.refund"
when = ["退款"]
["bye"]
after = "stream_ended + 0s"
say = "谢谢大家，明天见"
"""
TALK = ("来啦", "包邮吗", "我的退款呢", "好看", "哈哈")


def lines(count: int, every_ms: int) -> list[Line]:
    return [
        Line(id=f"c{i}", t_ms=i * every_ms, text=f"{TALK[i % len(TALK)]}{i}", user=f"u{i % 9}", name=f"名字{i % 9}") for i in range(count)
    ]


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


async def practice(stack: AsyncExitStack, given: list[Line], *faults: Faults, **options: Any) -> list[YouTubeSimulator]:
    """One simulator for each of the faults."""
    return [await stack.enter_async_context(YouTubeSimulator(given, polling=0.1, faults=fault, **options)) for fault in faults]


async def beside(stack: AsyncExitStack, folder: Path, *rooms: YouTubeSimulator, **settings: Any) -> Daemon:
    """A daemon with a room for each simulator, named "0", "1" …"""
    more = {"hours": 0.01, "sends_count": 100, "sends_seconds": 1, **settings}
    sections = [room_section("youtube", {**youtube.settings, **more}).replace('"practice"', f'"{n}"') for n, youtube in enumerate(rooms)]
    daemon = Daemon(folder, *sections, tables=TABLES, rules=RULES)
    stack.push_async_callback(daemon.close)
    daemon.start()
    return daemon


async def ended(daemon: Daemon, rooms: int = 1) -> None:
    """The streams are over, everything in them was decided, and what follows them was done."""
    await until(lambda: daemon.count("streams WHERE ended_at IS NOT NULL") == rooms, 60)
    await until(lambda: daemon.count("followups WHERE state = 'done'") == 2 * rooms, 30)  # the good-bye and the hand-over
    await until(lambda: not daemon.count("replies WHERE state IN ('queued', 'sending')"), 30)


async def test_a_stream_with_faults_adds_up(stack: AsyncExitStack, tmp_path: Path) -> None:
    faults = Faults(duplicate=0.1, broken=0.1, unknown=0.1, missing=0.2, drop=45, expire=0.4, limit=0.05, failing=0.02, history=7, seed=3)
    given = lines(100, 15)
    (youtube,) = await practice(stack, given, faults, quota=5_000)
    daemon = await beside(stack, tmp_path, youtube)
    await ended(daemon)
    report = await daemon.told("report", "--format", "json")
    struck = {
        name: sum(faults.strikes(name, getattr(faults, name), line.id) for line in given) for name in ("duplicate", "broken", "unknown")
    }
    in_chat = [say for say in youtube.says if say.room == youtube.chat.id]
    assert report["comments"] == len(given) + int(faults.history) + len(in_chat), "what we said comes back through the chat"
    assert sum(report["states"].values()) == report["comments"]
    assert report["states"].get("pending", 0) == 0
    assert report["states"]["history"] == faults.history
    assert (report["duplicates"], report["broken"]) == (struck["duplicate"], struck["broken"] + struck["unknown"])
    assert len(in_chat) == daemon.count("replies WHERE kind = 'answer' AND state = 'sent'") > 0
    failed = [call for number, call in enumerate(youtube.calls, 1) if faults.strikes("failing", faults.failing, number)]
    under_video, lost = failed.count(("POST", "commentThreads")), failed.count(("POST", "messages"))
    assert daemon.count("replies WHERE state = 'in_doubt'") == lost + under_video, "an error of theirs leaves it open whether it was said"
    texts = [(say.room, say.text) for say in youtube.comments]
    assert texts == [(f"video:{youtube.video}", "谢谢大家，明天见")] * (1 - under_video), "once at most, under the video"
    assert report["issues"] == 9, "one for each viewer who wants their money back, however often they ask"
    assert youtube.logins >= 3, "the token expired again and again, and no connection was lost over it"
    assert youtube.units <= youtube.quota
    assert await daemon.stop() == 0
    assert "Traceback" not in daemon.log


async def test_unknown_and_shadow_sends_are_shown_and_never_repeated(stack: AsyncExitStack, tmp_path: Path) -> None:
    rooms = await practice(stack, lines(2, 1), Faults(silent=1), Faults(shadow=1), Faults(refuse=1), ends=False)
    daemon = await beside(stack, tmp_path, *rooms, timeout=0.5)
    await until(lambda: daemon.count("replies WHERE state IN ('sent', 'refused')") == 3)
    assert dict(daemon.ask("SELECT room, state || ' ' || coalesce(why, '') FROM replies")) == {
        "0": "sent echo",  # nobody answered, but the chat showed it
        "1": "sent ",
        "2": "refused YouTube does not accept this text (403 forbidden forbidden)",
    }
    assert await daemon.stop() == 0
    assert [len(youtube.says) for youtube in rooms] == [1, 1, 1]


async def test_gaps_are_reported_to_the_second_and_nothing_is_missed(stack: AsyncExitStack, tmp_path: Path) -> None:
    """Lines that are cut, and one that falls silent: noticed when its time is up, and told from when it was."""
    given = lines(100, 20)
    rooms = await practice(stack, given, Faults(drop=45), Faults(stall=45))
    (quiet,) = await practice(stack, lines(2, 1), Faults(), ends=False)
    daemon = await beside(stack, tmp_path, *rooms, quiet, timeout=1.5)
    await ended(daemon, rooms=2)
    assert daemon.count("events WHERE kind = 'gap' AND room = '2'") == 0, "a quiet chat is not deaf"
    for name, youtube in enumerate(rooms):
        report = await daemon.told("report", "--room", str(name), "--format", "json")
        assert len(youtube.deaf) == 2
        assert told_to_the_second(report["gaps"], youtube.deaf)
        assert daemon.count("events WHERE kind = 'comment' AND room = ? AND native_id GLOB 'c*'", str(name)) == len(given)
    assert await daemon.stop() == 0


async def test_a_daemon_that_is_killed_reads_on_says_nothing_twice_and_knows_what_it_spent(stack: AsyncExitStack, tmp_path: Path) -> None:
    given = lines(80, 30)
    (youtube,) = await practice(stack, given, Faults(), ends=False)
    daemon = await beside(stack, tmp_path, youtube, quota_file=str(tmp_path / "quota.json"))
    await until(lambda: len(youtube.says) >= 5)
    await daemon.kill()
    daemon.start()
    await until(lambda: daemon.count("events WHERE kind = 'comment' AND native_id GLOB 'c*'") == len(given))
    youtube.chat.publish("chatEndedEvent")
    await ended(daemon)
    assert len([say for say in youtube.says if say.room == youtube.chat.id]) <= daemon.count("replies WHERE kind = 'answer'")
    assert [say.text for say in youtube.comments] == ["谢谢大家，明天见"]
    kept = json.loads((tmp_path / "quota.json").read_text())
    assert kept["read"] + kept["said"] >= youtube.units
    assert await daemon.stop() == 0
