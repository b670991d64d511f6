"""A real `livebot run` with its embedded server and a pump that feeds it; everything about it is read from outside."""

import json
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psutil
import redis

from bench import material
from livebot.keep.accounts import NAME as accounts_file
from livebot.keep.accounts import Accounts
from livebot.keep.passwords import Cost
from livebot.keep.sessions import Sessions

LIVEBOT = [sys.executable, "-m", "livebot"]
CONFIG = """
language = "en"
[desk]
listen = "{listen}"
[rules]
packs = {packs}
second_opinion = 0
variables = {{ shop = "小店" }}
[merging]
raid_viewers = 0

[replies]
budget_per_minute = {budget}
[log]
level = "WARNING"
[[rooms]]
name = "room"
adapter = "bridge"
mode = "{mode}"
[rooms.settings]
url = "ws://127.0.0.1:{port}/room"
{sends}
"""


class Pump:
    """The pump process; see bench/pump.py."""

    def __init__(self, rules: int, greet: bool) -> None:
        command = [sys.executable, "-m", "bench.pump", str(rules), *(["greet"] if greet else [])]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.port: int = self.answer()["port"]

    def answer(self, patience: float = 120.0) -> dict[str, Any]:
        """Its next line; {} where none comes in time."""
        assert self._process.stdout
        impatience = threading.Timer(patience, self._process.kill)
        impatience.start()
        try:
            found: dict[str, Any] = json.loads(self._process.stdout.readline() or "{}")
        finally:
            impatience.cancel()
        return found

    def order(self, **order: Any) -> dict[str, Any]:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(order) + "\n")
        return self.answer()

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.terminate()
        self._process.wait(10)


class Daemon:
    """`with Daemon(rules=500) as daemon:` runs one in a folder of its own, connected to a pump that waits for orders.

    rules: how many made-up rules; 0 means full understanding: the packs `base` and `starter` and a table of products.
    brisk: speaks at any pace, so that no answer waits for its turn.
    greet: the pump sends a question as soon as somebody is there. desk: serves its pages, for `Watchers` and `Page`, and holds every
    answer for a moderator.
    """

    def __init__(self, *, rules: int = 500, brisk: bool = False, greet: bool = False, desk: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="livebot-bench-"))
        self.pump = Pump(rules, greet)
        if rules:
            material.write_pack(self.folder, material.rules(rules))
        else:
            material.write_shop(self.folder)
        self.desk = _free_port() if desk else 0
        self.password = secrets.token_hex(16)
        self.token = _token(self.folder / "state", self.password) if desk else ""
        config = CONFIG.format(
            listen=f"127.0.0.1:{self.desk}" if desk else "",
            packs='["./bench.toml"]' if rules else '["base", "starter", "./shop"]',
            budget=1_000_000 if brisk else 60,
            mode="suggest" if desk else "auto",
            port=self.pump.port,
            sends="sends_count = 10000\nsends_seconds = 1.0" if brisk else "",
        )
        (self.folder / "config.toml").write_text(config)
        self.journal = self.folder / "state" / "journal.db"

    def __enter__(self) -> Self:
        environment = os.environ | {"PYTHONUTF8": "1"}
        self.started = time.monotonic()
        command = [*LIVEBOT, "run", "--config", str(self.folder / "config.toml")]
        self.process = subprocess.Popen(command, env=environment, stderr=(self.folder / "log").open("wb"))
        self.connected: float = self.pump.answer(patience=20.0).get("connected", 0.0)
        if not self.connected:
            self.process.kill()
            self.process.wait()
            self.pump.close()
            raise RuntimeError("livebot did not connect: " + (self.folder / "log").read_text())
        self._conn = sqlite3.connect(f"{self.journal.as_uri()}?mode=ro", uri=True, isolation_level=None)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._conn.close()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(30)
        self.pump.close()
        said = (self.folder / "log").read_text()
        shutil.rmtree(self.folder)
        if error is None and (code or said):
            raise RuntimeError(f"livebot ended with {code} and said: {said}")

    # ── what it has done ───────────────────────────────────────────────────────

    def value(self, sql: str) -> int:
        (found,) = self._conn.execute(sql).fetchone()
        return found or 0

    def server(self) -> "redis.Redis":
        return redis.Redis.from_url((self.folder / "state" / "redis.url").read_text().strip(), decode_responses=True)

    def first_answer(self) -> dict[str, float]:
        """Seconds from exec until the first comment is decided, as its answer comes back, and until the pump was dialled."""
        seen = self.pump.answer()
        return {"connected": self.connected - self.started, "answered": min(seen["said"].values()) - self.started}

    def await_server(self) -> None:
        """Until the embedded server answers."""
        url = self.folder / "state" / "redis.url"

        def answers() -> bool:
            try:
                with self.server() as server:
                    return bool(server.ping())
            except (OSError, redis.RedisError):
                return False

        self._await(lambda: url.exists() and answers(), 20.0)

    def await_decisions(self, total: int, patience: float = 120.0) -> float:
        """When it was seen that the first `total` comments are decided."""
        last = f"SELECT seq FROM events WHERE room = 'room' AND native_id = 'c{total - 1}'"
        return self._await(
            lambda: 0 < self.value(f"SELECT coalesce(({last}), 0)") <= self.value("SELECT max(seq) FROM decisions"), patience
        )

    def await_issues(self, patience: float = 120.0) -> float:
        """When it was seen that every issue of the journal is in the queue."""
        with self.server() as server:
            wanted = self.value("SELECT count(*) FROM issues")
            return self._await(lambda: server.xlen("livebot:issues") == wanted, patience)

    def _await(self, true: Any, patience: float) -> float:
        end = time.monotonic() + patience
        while not true():
            if time.monotonic() > end:
                raise TimeoutError(f"not within {patience} s")
            time.sleep(0.01)
        return time.monotonic()

    def account(self) -> dict[str, int]:
        """Comments that were journalled, those without a decision, issues in the journal and in Redis."""
        with self.server() as server:
            return {
                "comments": self.value("SELECT count(*) FROM events WHERE kind = 'comment'"),
                "undecided": self.value("SELECT count(*) FROM events e WHERE NOT EXISTS (SELECT 1 FROM decisions d WHERE d.seq = e.seq)"),
                "issues": self.value("SELECT count(*) FROM issues"),
                "in_redis": int(server.xlen("livebot:issues")),
            }

    # ── what it costs ──────────────────────────────────────────────────────────

    def memory(self) -> dict[str, float]:
        """Resident MB of the daemon and of its server, and both as a fair share of what they share with others (PSS, Linux only)."""
        daemon = psutil.Process(self.process.pid)
        children = daemon.children(recursive=True)
        found = {"daemon": _rss(daemon), "server": sum(map(_rss, children))}
        return found | {"sum": found["daemon"] + found["server"], "pss": sum(map(_pss, (daemon, *children)))}

    def cpu(self) -> float:
        """Seconds of processor time the daemon has used."""
        times = psutil.Process(self.process.pid).cpu_times()
        return float(times.user + times.system)


class Watchers:
    """`with Watchers(daemon, 100) as many:` that many browsers hear all that changes; see bench/watchers.py."""

    def __init__(self, daemon: Daemon, count: int) -> None:
        self._daemon, self._count = daemon, count

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "bench.watchers", str(self._daemon.desk), self._daemon.token, str(self._count)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        assert self._process.stdout
        if not self._process.stdout.readline():
            raise RuntimeError("nobody could watch")
        return self

    def heard(self) -> dict[str, float]:
        """What they heard, and how old it was; they leave then."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("\n")
        found: dict[str, float] = json.loads(self._process.stdout.readline())
        return found

    def __exit__(self, *_: object) -> None:
        for end in (self._process.stdin, self._process.stdout):
            if end:
                end.close()
        self._process.terminate()
        self._process.wait(10)


def _token(state: Path, password: str) -> str:
    """For a program that may hear everything, beside an account named bench, so that no set-up link is printed."""
    state.mkdir()
    accounts = Accounts(state / accounts_file, Cost(2**4, 8, 1))
    accounts.add("bench", password, "admin")
    secret = Sessions(accounts).make_token("bench", "admin", "bench")
    accounts.close()
    return secret


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _rss(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / 2**20


def _pss(process: psutil.Process) -> float:
    return float(getattr(process.memory_full_info(), "pss", 0)) / 2**20
