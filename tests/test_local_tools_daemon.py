"""The daemon beside the simulators of the programs on the streamer's computer, all three at once: the books balance whatever goes wrong."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from daemons import Daemon, until
from hearing import Ear, listening, told_to_the_second

from livebot.simulate.douyin_grab import DouyinGrabSimulator
from livebot.simulate.faults import Faults, parse_faults
from livebot.simulate.oba import ObaSimulator
from livebot.simulate.platforms import room_section
from livebot.simulate.recording import Line
from livebot.simulate.social_stream import SocialStreamSimulator

KINDS: dict[str, Any] = {"oba": ObaSimulator, "douyin_grab": DouyinGrabSimulator, "social_stream": SocialStreamSimulator}
RULES = """
["freight"]
when = ["包邮"]
say = "运费看下单页"
cooldown = 0
["refund"]
category = "post.refund"
when = ["退款"]
ack = "{viewer} 已登记，请看店铺客服消息"
"""
TALK = ("来啦", "包邮吗", "我的退款呢", "好看")
TABLES = '[redis]\nurl = "journal:"\n[replies]\nbudget_per_minute = 10000\n'


def recorded(count: int, every_ms: int) -> list[Line]:
    return [
        Line(id=f"c{i}", t_ms=i * every_ms, text=f"{TALK[i % len(TALK)]}{i}", user=f"u{i % 7}", name=f"名字{i % 7}") for i in range(count)
    ]


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


async def beside(
    stack: AsyncExitStack, folder: Path, lines: list[Line], faults: str, kinds: tuple[str, ...] = tuple(KINDS), **settings: Any
) -> tuple[Daemon, dict[str, Any]]:
    """A daemon with a room on a simulator of each kind."""
    wrong = parse_faults([faults], seed=7)
    servers = {kind: await stack.enter_async_context(KINDS[kind](lines, faults=wrong)) for kind in kinds}
    swift = {"social_stream": {"sends_count": 10_000, "sends_seconds": 1}}
    rooms = [room_section(kind, server.settings | settings | swift.get(kind, {})) for kind, server in servers.items()]
    named = [section.replace('"practice"', f'"{kind}"\nmode = "auto"', 1) for kind, section in zip(servers, rooms, strict=True)]
    daemon = Daemon(folder, *named, tables=TABLES, rules=RULES)
    stack.push_async_callback(daemon.close)
    daemon.start()
    return daemon, servers


async def told(daemon: Daemon, kind: str, server: Any, more: int = 0) -> dict[str, Any]:
    """The room's report once all that went out has come to its end: the recording's comments, the echoes of what was said, and `more`."""

    def wanted() -> int:
        return server.sent + getattr(server, "echoed", 0) + more

    await until(lambda: not daemon.count("replies WHERE room = ? AND state IN ('queued', 'sending')", kind))
    with suppress(TimeoutError):  # told below, with the figures
        await until(lambda: daemon.count("events WHERE kind = 'comment' AND room = ?", kind) >= wanted())
    await until(lambda: not daemon.count("events WHERE seq > (SELECT coalesce(max(seq), 0) FROM decisions)"))
    await until(lambda: not daemon.count("replies WHERE room = ? AND state IN ('queued', 'sending')", kind))
    report: dict[str, Any] = await daemon.told("report", "--room", kind, "--format", "json")
    assert report["comments"] == wanted(), kind
    assert sum(report["states"].values()) == report["comments"], kind
    assert report["states"].get("pending", 0) == 0, kind
    return report


def struck(faults: Faults, name: str, server: Any) -> int:
    """How many of the comments that went out this fault struck."""
    return sum(faults.strikes(name, getattr(faults, name), id_) for id_ in server.delivered)


async def test_duplicates_rubbish_and_strangers_are_counted_to_the_last_one(stack: AsyncExitStack, tmp_path: Path) -> None:
    faults = "duplicate=.1,broken=.1,unknown=.1,missing=.2,masked=.2,own=.1,foreign=.1"
    daemon, servers = await beside(stack, tmp_path, recorded(120, 10), faults)
    await until(lambda: all(server.ended.is_set() for server in servers.values()))
    for kind, server in servers.items():
        assert server.sent == 120
        report = await told(daemon, kind, server, struck(server.faults, "own", server))
        assert report["duplicates"] == struck(server.faults, "duplicate", server), kind
        assert report["broken"] == struck(server.faults, "broken", server) + struck(server.faults, "unknown", server), kind
        own = daemon.count("decisions d JOIN events e USING (seq) WHERE e.room = ? AND d.reason = 'own'", kind)
        assert own == struck(server.faults, "own", server) > 0, "the host is not answered"
        assert report["issues"] > 0
    assert (servers["oba"].heard, servers["douyin_grab"].intruder) == ([], None), "where nothing may be said nothing is"
    assert daemon.count("events WHERE kind = 'order'") == 12, "each of six orders was placed and paid"


async def test_a_gap_is_told_to_the_second_and_what_fell_into_it_is_not_made_up(stack: AsyncExitStack, tmp_path: Path) -> None:
    slowly = [replace(line, t_ms=800 + number * 100) for number, line in enumerate(recorded(140, 0)[80:])]
    daemon, servers = await beside(stack, tmp_path, [*recorded(80, 10), *slowly], "drop=80")
    ears = {kind: Ear(lambda server=server: server.connected) for kind, server in servers.items()}  # type: ignore[misc]
    async with listening(ears.values()):
        await until(lambda: all(server.ended.is_set() for server in servers.values()))
    for kind, server in servers.items():
        report = await told(daemon, kind, server)
        assert 80 < server.sent < 140, kind
        assert len(report["gaps"]) == 1, kind
        assert told_to_the_second(report["gaps"], ears[kind].deaf), kind


async def test_a_stall_is_noticed_in_the_time_that_the_streamer_sets_and_a_quiet_chat_left_alone(
    stack: AsyncExitStack, tmp_path: Path
) -> None:
    lines = [*recorded(20, 10), Line(id="late", t_ms=4_000, text="还在吗", user="u", name="小鱼")]
    (tmp_path / "stalls").mkdir()
    (tmp_path / "quiet").mkdir()
    daemon, stalled = await beside(stack, tmp_path / "stalls", lines, "stall=20", silence=1.5)
    _, quiet = await beside(stack, tmp_path / "quiet", lines, "")
    await until(lambda: all(server.ended.is_set() for server in (*stalled.values(), *quiet.values())))
    assert [server.accepted for server in quiet.values()] == [1, 1, 1], "nobody can tell a quiet chat from a dead line: it is not cut"
    for kind, server in stalled.items():
        assert server.accepted >= 2
        (gap, *_) = (await told(daemon, kind, server))["gaps"]
        assert 1400 <= gap["until"] - gap["since"] <= 10_000, kind


async def test_what_is_said_is_sent_once_the_chat_shows_it_and_doubtful_else(stack: AsyncExitStack, tmp_path: Path) -> None:
    for fault, state in (("", "sent"), ("silent", "in_doubt")):
        (tmp_path / state).mkdir()
        daemon, servers = await beside(stack, tmp_path / state, recorded(12, 10), fault, ("social_stream",), confirm=1.0)
        (server,) = servers.values()
        await until(server.ended.is_set)
        await told(daemon, "social_stream", server)
        assert {found for (found,) in daemon.ask("SELECT state FROM replies")} == {state}
        assert len(server.says) == daemon.count("replies") > 3, "each was said once, and none is missing"
        assert not [line for line in daemon.log.splitlines() if "practice" in line], "the session id is a secret"
        assert await daemon.stop() == 0
