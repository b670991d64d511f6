"""Eight rooms on eight platforms beside one daemon: how soon each comment is decided, also while one platform fails hard.

`python -m bench.rooms RATE SECONDS POLLED [FAILING]` is the load, a process of its own with all the simulators: prints the rooms' sections
of the configuration, and once every play is over how many comments each platform sent. POLLED: of the comments a second so many are
YouTube's, which is asked once a second and tells them all at once; the others share the rest. FAILING breaks every frame and drops each 20
comments. The platforms of a real room are other people's machines: here they share the daemon's cores, at a lower priority.
"""

import asyncio
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import psutil

from bench import material
from bench.daemon import LIVEBOT
from livebot.simulate.faults import NONE, Faults
from livebot.simulate.platforms import room_section, simulator
from livebot.simulate.recording import Line

PLATFORMS = ("bilibili", "bridge", "douyin_grab", "douyin_push", "oba", "social_stream", "twitch", "youtube")
QUIET_MS = 1_500  # without a decision: the plays are over
FAILS = Faults(broken=1, drop=20)
POLLED = "youtube"
OWN: dict[str, dict[str, Any]] = {"youtube": {"polling": 1.0, "quota": 1_000_000}}
RULES = 500
LOOK_S = 0.002
NICE = 5
WARM_MS = 4_000  # after the last room came in: nothing is measured before
AROUND_S = 8.0  # how much longer the recordings are than what is measured
CONFIG = """
[desk]
listen = ""
[rules]
packs = ["./bench.toml"]
second_opinion = 0
[merging]
raid_viewers = 0
[redis]
url = "journal:"
[log]
level = "ERROR"
"""


def recording(name: str, rate: float, seconds: float) -> list[Line]:
    """Comments at an even pace, no two with one id."""
    texts = material.comments(material.rules(RULES), int(rate * seconds), seed=len(name))
    return [
        Line(id=f"{name}-{n}", t_ms=int(n * 1000 / rate), text=text, user=f"u{n % 500}", name=f"观众{n % 500}")
        for n, (text, _) in enumerate(texts)
    ]


async def load(rate: float, seconds: float, polled: float, failing: str) -> None:
    async with AsyncExitStack() as stack:
        servers = {}
        for name in PLATFORMS:
            own = polled if name == POLLED else (rate - polled) / (len(PLATFORMS) - 1)
            lines, faults = recording(name, own, seconds + AROUND_S), FAILS if name == failing else NONE
            servers[name] = await stack.enter_async_context(simulator(name)(lines, faults=faults, **OWN.get(name, {})))
        print(json.dumps([room_section(name, one.settings, name) for name, one in servers.items()]), flush=True)
        for name, one in servers.items():
            if name != failing:
                await one.ended.wait()
        print(json.dumps({name: one.sent for name, one in servers.items()}), flush=True)
        await asyncio.to_thread(sys.stdin.read)


def measured(rate: float, seconds: float, polled: float, failing: str = "") -> dict[str, Any]:
    """Milliseconds from a comment's arrival until a reader of the journal sees its decision, by room and over all that do not fail."""
    folder = Path(tempfile.mkdtemp(prefix="livebot-bench-"))
    command = [sys.executable, "-m", "bench.rooms", str(rate), str(seconds), str(polled), failing]
    source = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, source.pid, NICE)
    try:
        assert source.stdout
        sections: list[str] = json.loads(source.stdout.readline())
        material.write_pack(folder, material.rules(RULES))
        (folder / "config.toml").write_text("\n".join((CONFIG, *sections)), "utf-8")
        with (folder / "log").open("wb") as log:
            run = [*LIVEBOT, "run", "--config", str(folder / "config.toml")]
            daemon = subprocess.Popen(run, env=os.environ | {"PYTHONUTF8": "1"}, stderr=log)
        try:
            return _watched(folder / "state" / "journal.db", source, daemon.pid, seconds, failing)
        finally:
            daemon.send_signal(signal.SIGTERM)
            daemon.wait(30)
    finally:
        source.kill()
        source.communicate()
        shutil.rmtree(folder)


def _watched(journal: Path, source: "subprocess.Popen[str]", daemon: int, seconds: float, failing: str) -> dict[str, Any]:
    seen, used = _decisions(journal, (daemon, source.pid), time.monotonic() + seconds + 60)
    assert source.stdout
    sent: dict[str, int] = json.loads(source.stdout.readline())
    with sqlite3.connect(f"{journal.as_uri()}?mode=ro", uri=True) as conn:
        rows = conn.execute("SELECT seq, room, received_at FROM events WHERE kind = 'comment' ORDER BY seq").fetchall()
    missing = {name: sent[name] - sum(room == name for _, room, _ in rows) for name in PLATFORMS if name != failing}
    if any(lost > 0 for lost in missing.values()):
        raise RuntimeError(f"comments that were sent and never heard: {missing}")
    begin = max(next(at for _, room, at in rows if room == name) for name in PLATFORMS) + WARM_MS
    end = min(max(at for _, room, at in rows if room == name) for name in PLATFORMS if name != failing)
    rooms: dict[str, list[float]] = {name: [] for name in PLATFORMS}
    position = 0
    for seq, room, at in rows:
        while seen[position][0] < seq:
            position += 1
        if begin <= at <= end:
            rooms[room].append(seen[position][1] - at)
    everybody = sorted(age for name, ages in rooms.items() if name != failing for age in ages)
    return {
        "p50": _quantile(everybody, 0.5),
        "p99": _quantile(everybody, 0.99),
        "per_s": (heard := sum(map(len, rooms.values()))) / (end - begin) * 1000,
        "daemon_us": _spent(used, 1, begin, end) / heard * 1e6,
        "load_us": _spent(used, 2, begin, end) / heard * 1e6,
        **{f"p99_{name}": _quantile(sorted(ages), 0.99) for name, ages in rooms.items()},
    }


def _decisions(journal: Path, pids: tuple[int, int], until: float) -> tuple[list[tuple[int, float]], list[tuple[float, float, float]]]:
    """(the last event that is decided, when that was seen in Unix ms), each time, until the plays are over and all is decided; and twice a
    second (Unix ms, seconds of processor time that the two processes have used by then)."""
    seen, used = [(0, 0.0)], list[tuple[float, float, float]]()
    conn: sqlite3.Connection | None = None
    looked = 0.0
    while time.monotonic() < until:
        time.sleep(LOOK_S)
        try:
            conn = conn or sqlite3.connect(f"{journal.as_uri()}?mode=ro", uri=True, isolation_level=None)
            (last,) = conn.execute("SELECT coalesce(max(seq), 0) FROM decisions").fetchone()
        except sqlite3.OperationalError:  # it is being made
            continue
        if last > seen[-1][0]:
            seen.append((last, time.time() * 1000))
        if time.monotonic() - looked > 0.5:
            looked = time.monotonic()
            used.append((time.time() * 1000, _cpu_s(pids[0]), _cpu_s(pids[1])))
            streams, events = conn.execute("SELECT count(DISTINCT room), (SELECT max(seq) FROM events) FROM streams").fetchone()
            if streams == len(PLATFORMS) and events == last and time.time() * 1000 - seen[-1][1] > QUIET_MS:
                conn.close()
                return seen, used
    raise TimeoutError(f"not over in time: {seen[-1]}")


def _spent(used: list[tuple[float, float, float]], which: int, begin: float, end: float) -> float:
    """Seconds of processor time between two instants, as far as they were looked at."""
    inside = [one for one in used if begin <= one[0] <= end]
    return (inside[-1][which] - inside[0][which]) / (inside[-1][0] - inside[0][0]) * (end - begin)


def _cpu_s(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def _quantile(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


if __name__ == "__main__":
    asyncio.run(load(*map(float, sys.argv[1:4]), sys.argv[4]))
