"""Real recorded rooms over a real socket into the real daemon with its own Valkey: everything adds up, in real proportions."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from daemons import Daemon, out_of_order, room, until
from hearing import Ear, listening, off_by
from recordings import DATA, MIXED, NEEDED, TWITCH
from room_books import arrived, in_redis, issues_of, issues_stand

from livebot.decide.matching import Matcher
from livebot.keep.clock import monotonic
from livebot.keep.rulefiles import load_rules
from livebot.simulate.bridge import BridgeServer
from livebot.simulate.faults import Faults
from livebot.simulate.recording import Line, read_recording

TABLES = '[replies]\nbudget_per_minute = 1000000\n[rules]\nvariables = { shop = "Shop" }\n'
MINUTE = 60_000
ISSUES = {"order_issue", "after_sales"}  # labels of comments that belong into the queue

pytestmark = [*NEEDED, pytest.mark.timeout(600)]


def recorded(name: str, since: int = 0, until: int | None = None) -> list[Line]:
    """The recording's comments from one minute to another, as a recording of its own."""
    end = 1 << 60 if until is None else until * MINUTE
    lines = [line for line in read_recording(DATA / name) if since * MINUTE <= line.t_ms < end]
    return [replace(line, t_ms=line.t_ms - since * MINUTE) for line in lines]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(load_rules(["base"], {"shop": "Shop"}, Path()))


@pytest.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


async def played(
    stack: AsyncExitStack, folder: Path, speed: float | None, rooms: dict[str, list[Line]], faults: Faults = Faults()
) -> tuple[Daemon, dict[str, BridgeServer], float]:
    """The daemon after every comment of every room has come to its end, and how many seconds that took."""
    servers = {
        name: await stack.enter_async_context(BridgeServer(lines, speed=speed, faults=faults, echo=False)) for name, lines in rooms.items()
    }
    daemon = Daemon(folder, *(room(name, server.url(name)) for name, server in servers.items()), tables=TABLES, fresh=True)
    stack.push_async_callback(daemon.close)
    daemon.start()
    await until(lambda: all(server.connected for server in servers.values()))
    began = monotonic()
    total = sum(map(len, rooms.values()))
    longest = max(lines[-1].t_ms for lines in rooms.values()) / 1000 / speed if speed else 0
    await until(lambda: daemon.count("events WHERE kind = 'comment'") >= total, longest + 60)
    await until(lambda: daemon.count("streams WHERE ended_at IS NOT NULL") == len(rooms), 30)
    await until(lambda: not daemon.count("events WHERE seq > (SELECT max(seq) FROM decisions)"), 30)
    took = monotonic() - began
    await until(lambda: not daemon.count("replies WHERE state IN ('queued', 'sending')"), 90)
    return daemon, servers, took


async def reckon(
    daemon: Daemon, name: str, lines: list[Line], expected: set[str], stream: dict[str, int], states: set[str]
) -> dict[str, Any]:
    """The room's report, after everything in it was held against what was sent and what stands in Redis."""
    report: dict[str, Any] = await daemon.told("report", "--room", name, "--format", "json")
    assert report["comments"] == len(lines)
    assert sum(report["states"].values()) == len(lines)
    assert report["states"].get("pending", 0) == 0
    came = arrived(daemon, name)
    assert {one.id: one.text for one in came} == {line.id: line.text for line in lines}
    position = {line.id: (line.user, number) for number, line in enumerate(lines)}
    assert out_of_order(position[one.id] for one in came) == 0
    issues_stand(daemon, name, report, expected, stream, states)
    return report


def figures(what: str, report: dict[str, Any], took: float) -> str:
    states = " + ".join(f"{name} {n:,}" for name, n in report["states"].items() if n)
    return (
        f"{what}: {report['comments']:,} comments in {took:.1f} s = {states}; {report['issues']:,} issues in Redis, each once; "
        f"{report['replies']:,} said; {report['duplicates']:,} duplicates and {report['broken']:,} broken frames; order per viewer kept"
    )


@pytest.mark.parametrize(("speed", "until_minute"), [(20.0, 45), (None, None)], ids=["20x", "max"])
async def test_both_rooms_at_once(
    stack: AsyncExitStack, tmp_path: Path, matcher: Matcher, speed: float | None, until_minute: int | None
) -> None:
    """45 minutes of both rooms at 20×, and the whole of both as fast as the daemon takes them."""
    since = 180 if until_minute else 0  # the busiest part of the long one
    rooms = {"twitch": recorded(TWITCH, since, since + until_minute if until_minute else None), "mixed": recorded(MIXED, 0, until_minute)}
    daemon, servers, took = await played(stack, tmp_path, speed, rooms)
    expected = {name: issues_of(matcher, name, texts(lines)) for name, lines in rooms.items()}
    stream, states = await in_redis(daemon, daemon.count("issues"))
    assert set(stream) == states == {issue for (issue,) in daemon.ask("SELECT id FROM issues")}
    for name, lines in rooms.items():
        report = await reckon(daemon, name, lines, expected[name], stream, states)
        assert report["duplicates"] == report["broken"] == report["deaf_s"] == 0
        assert report["replies"] == len({say.key for say in servers[name].says}) == len(servers[name].says)
        print(figures(f"\n{name} at {f'{speed:.0f}×' if speed else 'full speed'}", report, took))
    assert await daemon.stop() == 0
    assert "Traceback" not in daemon.log


async def test_duplicates_and_broken_frames_are_counted_and_change_nothing(stack: AsyncExitStack, tmp_path: Path, matcher: Matcher) -> None:
    lines = recorded(MIXED)
    faults = Faults(duplicate=0.1, broken=0.05, unknown=0.05, drop=800, seed=7)
    daemon, servers, took = await played(stack, tmp_path, None, {"mixed": lines}, faults)
    expected = issues_of(matcher, "mixed", texts(lines))
    stream, states = await in_redis(daemon, daemon.count("issues"))
    report = await reckon(daemon, "mixed", lines, expected, stream, states)
    struck = {
        name: sum(faults.strikes(name, getattr(faults, name), line.id) for line in lines) for name in ("duplicate", "broken", "unknown")
    }
    assert (report["duplicates"], report["broken"]) == (struck["duplicate"], struck["broken"] + struck["unknown"])
    assert len(report["gaps"]) == len(servers["mixed"].hellos) - 1 == (len(lines) - 1) // 800
    print(figures("\nmixed with faults at full speed", report, took), f"; {len(report['gaps'])} connections lost", sep="")
    assert await daemon.stop() == 0


def texts(lines: list[Line]) -> list[tuple[str, str]]:
    return [(line.id, line.text) for line in lines]


async def raised(daemon: Daemon, name: str) -> set[str]:
    """The comments of which there is an issue in Redis: their own, or one that they joined."""
    _, states = await in_redis(daemon, daemon.count("issues"))
    own = "SELECT e.native_id, i.id FROM issues i JOIN events e ON e.seq = i.seq WHERE i.room = ?"
    joined = "SELECT e.native_id, d.ref FROM decisions d JOIN events e USING (seq) WHERE d.kind = 'join' AND e.room = ?"
    return {comment for query in (own, joined) for comment, issue in daemon.ask(query, name) if issue in states}


async def test_the_issues_among_a_rooms_chatter_are_in_redis(stack: AsyncExitStack, tmp_path: Path) -> None:
    """300 labelled lines in a busy room: those that are issues are found, and little else."""
    truth = [json.loads(line) for line in (DATA / MIXED.replace(".jsonl", ".truth.jsonl")).read_text("utf-8").splitlines()]
    daemon, _, _ = await played(stack, tmp_path, None, {"mixed": recorded(MIXED)})
    flagged = await raised(daemon, "mixed")
    issues = [line for line in truth if line["label"] in ISSUES and set(line.get("alt", ())) <= ISSUES]
    idle = [line for line in truth if line["origin"].startswith("stream") and line["label"] == "chatter"]
    others = [line for line in truth if line["origin"].startswith("injected") and not {line["label"], *line.get("alt", ())} & ISSUES]
    found, false, wrong = (sum(line["id"] in flagged for line in lines) for lines in (issues, idle, others))
    recall, nuisance = found / len(issues), 1000 * false / len(idle)
    print(
        f"\nmixed: {found} of {len(issues)} issues in Redis ({recall:.3f}); of {len(idle)} comments of the room {false} "
        f"({nuisance:.2f} in 1,000), of {len(others)} other injected lines {wrong}"
    )
    assert recall >= 0.85
    assert nuisance <= 3
    assert await daemon.stop() == 0


# ── gaps ───────────────────────────────────────────────────────────────────────


async def test_gaps_are_reported_to_the_second(stack: AsyncExitStack, tmp_path: Path) -> None:
    """Connections that are closed, that fall silent, and a daemon that is killed: when livebot was deaf is known within a second."""
    lines = [replace(line, t_ms=i * 10) for i, line in enumerate(recorded(MIXED)[:900])]
    faults = {"dropped": Faults(drop=300), "stalled": Faults(stall=300)}
    servers = {
        name: await stack.enter_async_context(BridgeServer(lines, faults=fault, heartbeat=0.5, echo=False, ends=False))
        for name, fault in faults.items()
    }
    ears = {name: Ear(partial(_heard, server, name)) for name, server in servers.items()}
    await stack.enter_async_context(listening(ears.values()))
    daemon = Daemon(tmp_path, *(room(name, server.url(name)) for name, server in servers.items()), tables=TABLES, fresh=True)
    stack.push_async_callback(daemon.close)
    daemon.start()
    await until(lambda: daemon.count("events WHERE kind = 'comment'") == 2 * len(lines), 60)
    await until(lambda: len(ears["stalled"].deaf) == len(ears["dropped"].deaf) == 3)
    await asyncio.sleep(1.5)  # it hears only heartbeats, and that is no gap
    await daemon.kill()
    await asyncio.sleep(2.0)
    daemon.start()
    await until(lambda: len(ears["stalled"].deaf) == len(ears["dropped"].deaf) == 4)
    for name, ear in ears.items():
        await until(lambda name=name: daemon.count("events WHERE room = ? AND kind = 'gap'", name) == 4)  # type: ignore[misc]
        report = await daemon.told("report", "--room", name, "--format", "json")
        off = off_by(report["gaps"], ear.deaf)
        lost = ", ".join(f"{(until_ - since) / 1000:.2f} s" for since, until_ in ear.deaf)
        print(f"\n{name}: deaf for {lost}; reported to within {off} ms")
        assert off <= 1000
        assert report["comments"] == len(lines)
    assert await daemon.stop() == 0


def _heard(server: BridgeServer, room: str) -> bool:
    return any(not client.stalled for client in server.play(room)._clients)
