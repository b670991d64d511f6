"""A livebot in a process of its own, as a user starts it, for tests that stop it, kill it and question it afterwards."""

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import forking
from redis.asyncio import Redis

LIVEBOT = (sys.executable, "-m", "livebot")
ENGLISH = os.environ | {"LIVEBOT_LANG": "en"}
STREAM = "livebot:issues"


def room(name: str, url: str, mode: str = "auto", **settings: object) -> str:
    """One [[rooms]] of a bridge whose platform takes as much as livebot can say."""
    settings = {"url": url, "sends_count": 10_000, "sends_seconds": 1, **settings}
    lines = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in settings.items())
    return f'[[rooms]]\nname = "{name}"\nadapter = "bridge"\nmode = "{mode}"\n[rooms.settings]\n{lines}'


class Daemon:
    """`livebot run` over `folder`/config.toml, with its state in `folder`/state. What it logs is appended to `folder`/log.

    Start it as often as you like; `close` ends it however it is. tables: more of the configuration, in TOML. fresh: from a Python that has
    not imported anything yet, as a user's shell does it.
    """

    def __init__(self, folder: Path, *rooms: str, tables: str = "", rules: str = "", listen: str = "", fresh: bool = False) -> None:
        self.folder, self.config, self.state, self.fresh = folder, folder / "config.toml", folder / "state", fresh
        self.process: subprocess.Popen[bytes] | forking.Process | None = None
        head = f'[state]\ndir = "state"\n[desk]\nlisten = "{listen}"\n'
        if rules:
            (folder / "rules").mkdir()
            self.rules = folder / "rules" / "rules.toml"
            self.rules.write_text(rules, "utf-8")
            head += '[rules]\npacks = ["./rules"]\n'
        self.config.write_text("\n".join([head, tables, *rooms]), "utf-8")

    def start(self, **environment: str) -> None:
        words, env = ("run", "--config", str(self.config)), ENGLISH | environment
        with (self.folder / "log").open("ab") as log:
            if self.fresh:
                self.process = subprocess.Popen([*LIVEBOT, *words], stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=env)
            else:
                self.process = forking.start(forking.LIVEBOT, *words, stdout=log, stderr=log, env=env)

    @property
    def code(self) -> int | None:
        """How the process ended: its exit code, or minus the signal; None while it runs."""
        return self.process.poll() if self.process else 0

    @property
    def log(self) -> str:
        with suppress(OSError):
            return (self.folder / "log").read_text("utf-8", "replace")
        return ""

    def send(self, sign: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(sign)

    async def ended(self, seconds: float = 20.0) -> int:
        await until(lambda: self.code is not None, seconds)
        return self.code or 0

    async def stop(self, seconds: float = 20.0) -> int:
        """SIGTERM, and the exit code."""
        self.send(signal.SIGTERM)
        return await self.ended(seconds)

    async def kill(self) -> None:
        """kill -9; returns once the process is gone."""
        if self.code is None:
            self.send(signal.SIGKILL)
            await self.ended()

    async def close(self) -> None:
        await self.kill()
        await until(lambda: self.server_pid() is None)

    # ── what it left behind ────────────────────────────────────────────────────

    def ask(self, sql: str, *params: object) -> list[tuple[Any, ...]]:
        """A query on the journal, from outside; nothing where there is no journal yet."""
        try:
            with closing(sqlite3.connect(f"file:{self.state / 'journal.db'}?mode=ro", uri=True)) as conn:
                return conn.execute(sql, params).fetchall()
        except sqlite3.OperationalError as error:
            if "unable to open" in str(error) or "no such table" in str(error) or "locked" in str(error):
                return []
            raise

    def count(self, what: str, *params: object) -> int:
        """`count("events WHERE kind = ?", "gap")`"""
        rows = self.ask(f"SELECT count(*) FROM {what}", *params)
        return int(rows[0][0]) if rows else 0

    def server_pid(self) -> int | None:
        """The embedded server's process, if it runs."""
        with suppress(OSError, ValueError):
            pid = int((self.state / "valkey" / "valkey.pid").read_text())
            os.kill(pid, 0)
            return None if is_zombie(pid) else pid
        return None

    def redis(self) -> "Redis":
        """A client of the embedded server, by the URL that other programs use."""
        return Redis.from_url((self.state / "redis.url").read_text().strip(), decode_responses=True)

    async def cli(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Another livebot command over the same configuration."""
        return await asyncio.to_thread(forking.run, *words, "--config", str(self.config), env=ENGLISH)

    async def told(self, *words: str) -> Any:
        """What a command prints as JSON."""
        done = await self.cli(*words)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


async def announced(redis: Any) -> dict[str, int]:
    """How often each issue stands in the stream."""
    found: dict[str, int] = {}
    start = "-"
    while entries := await redis.xrange(STREAM, start, "+", count=1000):
        for _, fields in entries:
            found[fields["id"]] = found.get(fields["id"], 0) + 1
        start = f"({entries[-1][0]}"
    return found


async def hashes(redis: Any) -> set[str]:
    """The issues that have a state."""
    prefix = f"{{{STREAM}}}:issue:"
    return {key.removeprefix(prefix) async for key in redis.scan_iter(prefix + "*", count=1000)}


def out_of_order(rows: Iterable[tuple[str, Any]]) -> int:
    """Of (viewer, position sent) in the order of arrival: how many came after a later one of the same viewer."""
    last: dict[str, Any] = {}
    wrong = 0
    for viewer, position in rows:
        wrong += viewer in last and position < last[viewer]
        last[viewer] = max(position, last.get(viewer, position))
    return wrong


def is_zombie(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    return False


async def until(true: Callable[[], object], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.01)
