"""One daemon beside the simulators of all platforms at once, on real recordings, with everything going wrong: the books balance."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from daemons import Daemon, until
from hearing import listening, off_by
from real_rooms import BEAT_S, WATCHDOG_S, Played, playing
from recordings import NEEDED
from room_books import Arrived, arrived, in_redis, issues_of, issues_stand

from livebot.decide.matching import Matcher
from livebot.keep.clock import monotonic
from livebot.keep.rulefiles import load_rules

pytestmark = [*NEEDED, pytest.mark.timeout(400)]

TABLES = """
[replies]
budget_per_minute = 1000000
[rules]
packs = ["base", "./rules"]
variables = { shop = "Shop" }
"""
RULES = """
["question"]
when = ["吗", "什么", "怎么", "是", "what", "how", "you", "is"]
say = "{viewer} 看页面 · see the page"
cooldown = 0
"""
DEAF = ("drop", "midframe", "stall", "game_end", "game_lost")
SHOWN = {"twitch": {"said", "silent"}, "youtube": {"said", "silent", "shadow"}, "bridge": {"said", "silent", "shadow"}}


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


async def test_everything_goes_wrong_on_every_platform_and_the_books_balance(stack: AsyncExitStack, tmp_path: Path) -> None:
    rooms = await playing(stack)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "rules.toml").write_text(RULES, "utf-8")
    daemon = Daemon(tmp_path, *(room.section for room in rooms), tables=TABLES, fresh=True)
    stack.push_async_callback(daemon.close)
    await stack.enter_async_context(listening([room.ear for room in rooms]))
    daemon.start()
    began = monotonic()
    await over(daemon, rooms)
    print(f"\n{sum(len(room.lines) for room in rooms):,} comments in {len(rooms)} rooms, {monotonic() - began:.0f} s")
    matcher = Matcher(load_rules(["base"], {"shop": "Shop"}, Path()))
    stream, states = await in_redis(daemon, daemon.count("issues"))
    for room in rooms:
        report = await daemon.told("report", "--room", room.name, "--format", "json")
        came = arrived(daemon, room.name)
        theirs = [one for one in came if not (one.ours or one.history)]
        print(told(room, report, came))
        everything_arrived(room, report, came, theirs)
        expected = issues_of(matcher, room.name, [(one.id, one.text) for one in theirs])
        issues_stand(daemon, room.name, report, expected, stream, states)
        deafness_is_told(room, report)
        nothing_is_said_twice(daemon, room, report)
    assert set(stream) == states == {issue for (issue,) in daemon.ask("SELECT id FROM issues")}
    logins_and_limits_were_kept(rooms)
    assert await daemon.stop() == 0
    assert "Traceback" not in daemon.log
    nothing_is_left_open(rooms)


async def over(daemon: Daemon, rooms: list[Played]) -> None:
    """Everything was played, every comment was decided, and everything that was to be said came to its end."""
    await until(lambda: all(room.finished for room in rooms), 180)
    ending = sum(room.tells_its_end for room in rooms)
    await until(lambda: daemon.count("streams WHERE ended_at IS NOT NULL") == ending)
    for room in rooms:
        await until(partial(_all_is_here, daemon, room))
    await until(lambda: not daemon.count("events WHERE seq > (SELECT max(seq) FROM decisions)"))
    await until(lambda: not daemon.count("replies WHERE state IN ('queued', 'sending')"), 90)


def _all_is_here(daemon: Daemon, room: Played) -> bool:
    return daemon.count("events WHERE room = ? AND kind = 'comment'", room.name) >= len(room.out) + room.history


def told(room: Played, report: dict[str, Any], came: list[Arrived]) -> str:
    states = " + ".join(f"{n} {state}" for state, n in report["states"].items() if n)
    own = sum(one.ours for one in came)
    wrong = f"{report['duplicates']} duplicates, {report['broken']} broken, {len(room.lost)} lost in {len(gaps_of(room, report))} gaps"
    said = f"{len(room.server.says)} said" + (f" ({report['replies_by_state']})" if room.server.says else "")
    return (
        f"{room.name}: {report['comments']} ({own} our own) = {states}; {wrong} ({off_by(gaps_of(room, report), room.deaf)} ms off); {said}"
    )


def everything_arrived(room: Played, report: dict[str, Any], came: list[Arrived], theirs: list[Arrived]) -> None:
    """What went out is in the journal, once, in order and word for word; the states add up to it."""
    assert [one.text for one in theirs] == [line.text for line in room.out], room.name
    assert sum(one.history for one in came) == report["states"].get("history", 0) == room.history, room.name
    assert report["comments"] == len(came) == sum(report["states"].values()), room.name
    assert report["states"].get("pending", 0) == 0
    counted = (report["duplicates"], report["broken"])
    assert counted == (room.duplicates, room.broken) or (room.pushed_again and counted >= (room.duplicates, room.broken)), room.name
    echoes = sum(one.ours for one in came) - room.struck("own")
    assert 0 <= echoes <= len(room.server.says), room.name


def gaps_of(room: Played, report: dict[str, Any]) -> list[dict[str, int]]:
    """Those of the play: where nothing tells the end, the silence after it counts as one."""
    return [gap for gap in report["gaps"] if gap["since"] < room.played_until]


def deafness_is_told(room: Played, report: dict[str, Any]) -> None:
    """Each time that nobody could hear is told to the second, nothing else is, and whatever was lost was lost then."""
    deaf = any(getattr(room.faults, fault) for fault in DEAF)
    gaps = gaps_of(room, report)
    assert bool(gaps) == deaf, room.name
    assert off_by(gaps, room.deaf) <= 1000, room.name
    for at in room.lost:
        assert any(gap["since"] - 1000 <= at <= gap["until"] + 1000 for gap in report["gaps"]), room.name
    for gap in gaps if room.faults.stall else ():
        watchdog = room.plan.settings.get("timeout", WATCHDOG_S)
        assert watchdog - BEAT_S - 0.5 <= (gap["until"] - gap["since"]) / 1000 <= watchdog + 8, room.name


def nothing_is_said_twice(daemon: Daemon, room: Played, report: dict[str, Any]) -> None:
    """No reply is handed over twice, whatever became of it, and each that is doubtful or refused is told."""
    handed = daemon.ask("SELECT text, state FROM replies WHERE room = ? AND state IN ('sent', 'refused', 'in_doubt')", room.name)
    says = room.server.says
    if room.plan.platform in ("bilibili", "oba", "douyin_grab", "douyin_push"):
        assert not handed, room.name
        assert not says, room.name
        return
    assert says, room.name
    assert not Counter(say.text.strip() for say in says) - Counter(text.strip() for text, _ in handed), room.name
    states = Counter(state for _, state in handed)
    assert len(report["in_doubt"]) == states["in_doubt"] == report["replies_by_state"].get("in_doubt", 0), room.name
    if not any(getattr(room.faults, fault) for fault in (*DEAF, "failing")):
        shown = sum(say.outcome in SHOWN.get(room.plan.platform, {"said"}) for say in says)
        unanswered = sum(say.outcome == "silent" for say in says)  # whose echo may be the echo of the same words in answer to another
        assert shown - unanswered <= states["sent"] <= shown, room.name
        assert states.total() >= len(says), room.name


def logins_and_limits_were_kept(rooms: list[Played]) -> None:
    server = {room.name: room.server for room in rooms}
    assert server["twitch"].logins.renewed >= 3
    assert (server["twitch"].accepted, server["twitch"].subscribing) == (4, 4), "moved three times, and subscribed once to each kind"
    limited = {room.name: room.patience for room in rooms if room.faults.limit}
    assert {name: one.impatient for name, one in limited.items()} == dict.fromkeys(limited, 0), "whoever was told to wait did"
    assert all(one.limited for one in limited.values())
    assert server["youtube"].logins >= 3
    assert server["youtube"].units <= server["youtube"].quota


def nothing_is_left_open(rooms: list[Played]) -> None:
    for room in rooms:
        match room.plan.platform:
            case "bilibili":
                in_vain = sum(call == "end" and code in (429, 503) for call, code in room.server.games.calls)
                assert len(room.server.games.open) <= in_vain, "whoever leaves ends its game"
            case "oba":
                assert room.server.heard == []
            case "douyin_grab":
                assert room.server.intruder is None
            case "douyin_push":
                assert room.server.calls[:2] == [("token", 0), ("start", 0)]
                assert room.server.calls[-3:] == [("stop", 40022), ("token", 0), ("stop", 0)], "the token was renewed"
                assert (room.server.taken, room.server.lost) == (0, [])
