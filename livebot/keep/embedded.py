"""The queue's own server: a Valkey process that lives exactly as long as livebot and loses nothing when either is killed."""

import asyncio
import contextlib
import os
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
from hashlib import blake2b
from pathlib import Path

from loguru import logger

from livebot.errors import Unavailable
from livebot.keep import clock
from livebot.keep.lock import FolderLock
from livebot.keep.server_binary import available, find_server
from livebot.language import say

SOCKET_LIMIT = 100  # bytes; sun_path holds 104 on macOS, 108 on Linux
PATIENCE = 10.0  # seconds for the server to answer after its start, or to end after SIGTERM
BACKOFF = (0.05, 5.0)

# Runs in the child before it becomes the server: end with the daemon (Linux), even with a killed one.
_LAUNCH = """
import ctypes, os, sys
ctypes.CDLL(None).prctl(1, 15)
if os.getppid() == int(sys.argv[1]):
    os.execv(sys.argv[2], sys.argv[2:])
"""

_SETTINGS = """\
dir .
bind 127.0.0.1
protected-mode yes
unixsocketperm 700
databases 1
maxclients 1000
appendonly yes
appendfsync everysec
aof-load-truncated yes
auto-aof-rewrite-percentage 100
auto-aof-rewrite-min-size 64mb
save ""
stop-writes-on-bgsave-error no
maxmemory 0
maxmemory-policy noeviction
activerehashing no
hash-max-ziplist-value 4096
loglevel notice
logfile ../valkey.log
pidfile ../valkey.pid
"""
_DAMAGED = ("Bad file format", "Short read", "reading the append only", "appending manifest", "Corrupt", "corrupt", "AOF", "RDB")


class EmbeddedValkey:
    """One server over `folder`/valkey. `url` (unix socket) is for this process, `folder`/redis.url (0600, TCP) for all others.

    The URLs are fixed from the start, so clients may be made before `run` has brought the server up.
    """

    def __init__(self, folder: Path) -> None:
        self.home = (folder / "valkey").absolute()
        self.url_file = self.home.parent / "redis.url"
        self.ready = asyncio.Event()
        self.pid: int | None = None
        self.restarts = 0
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.home.chmod(0o700)
        self._owner = FolderLock(self.home, "owner.lock")
        self._lock: int | None = None
        self._socket = _short_socket(self.home)
        self._port, self._password = _remembered(self.url_file)

    @property
    def url(self) -> str:
        return f"unix://{self._socket}?db=0&password={self._password}"

    @property
    def tcp_url(self) -> str:
        return f"redis://:{self._password}@127.0.0.1:{self._port}/0"

    async def run(self) -> None:
        """Keeps the server alive until cancelled, then ends it properly. Raises Unavailable if none can run here at all."""
        server = find_server()
        if server is None or sys.platform == "win32":
            raise Unavailable(available() or "", available() or "")
        self._owner.acquire()
        try:
            await self._take_data()
            await self._keep_alive(server)
        finally:
            self.ready.clear()
            if self._lock is not None:
                os.close(self._lock)
                self._lock = None
            self._owner.release()
            if self._socket.parent != self.home:
                shutil.rmtree(self._socket.parent, ignore_errors=True)

    async def _keep_alive(self, server: Path) -> None:
        pause, first = BACKOFF[0], True
        while True:
            process = await self._start(server)
            try:
                if await self._answers(process):
                    self.pid, pause, first = process.pid, BACKOFF[0], self._announce(first)
                    self.ready.set()
                code = await process.wait()
            finally:
                self.ready.clear()
                self.pid = None
                await _end(process)
            self._mourn(code, quiet=pause > BACKOFF[0])
            self.restarts += 1
            await asyncio.sleep(pause)
            pause = min(pause * 2, BACKOFF[1])

    def _announce(self, first: bool) -> bool:
        if not first:
            logger.info(say("内置 Valkey 已恢复。", "The embedded Valkey is back."))
        return False

    async def _start(self, server: Path) -> asyncio.subprocess.Process:
        (self.home / "data").mkdir(exist_ok=True, mode=0o700)
        self._port = _free_port(self._port)
        _write_private(self.home / "valkey.conf", self._config())
        _write_private(self.url_file, self.tcp_url + "\n")
        (self.home / "valkey.log").write_text("")
        self._socket.parent.mkdir(exist_ok=True, mode=0o700)
        self._socket.unlink(missing_ok=True)
        command = [str(server), "../valkey.conf"]
        if sys.platform == "linux":
            command = [sys.executable, "-I", "-S", "-c", _LAUNCH, str(os.getpid()), *command]
        return await asyncio.create_subprocess_exec(
            *command,
            cwd=self.home / "data",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=() if self._lock is None else (self._lock,),
            start_new_session=True,  # Ctrl-C is for livebot, which ends the server last
        )

    def _config(self) -> str:
        return f"{_SETTINGS}port {self._port}\nunixsocket {_quoted(self._socket)}\nrequirepass {self._password}\n"

    async def _answers(self, process: asyncio.subprocess.Process) -> bool:
        """Waits until the server has loaded its data; False if it ended instead."""
        while process.returncode is None:
            if await _ask(self._socket, self._password, "PING") == "+PONG":
                return True
            await asyncio.sleep(0.01)
        return False

    def _mourn(self, code: int, *, quiet: bool) -> None:
        """Says why the server ended; data that it refuses to load is moved aside, for the journal to be published again."""
        said = _tail(self.home / "valkey.log")
        if code == 1 and "Ready to accept" not in said and any(word in said for word in _DAMAGED) and "No space" not in said:
            aside = self.home / f"quarantine-{clock.now_ms()}"
            (self.home / "data").rename(aside)
            logger.error(
                say(
                    f"队列的数据文件已损坏，Valkey 无法启动。已移到 {aside}，重新开始；日志里的问题会全部重新进入队列，认领记录除外。",
                    f"The queue's data file is damaged and Valkey cannot start. It was moved to {aside}; "
                    "every issue in the journal will be published again, claims are lost.",
                )
            )
        elif not quiet:
            reason = said.strip().splitlines()[-1] if said.strip() and code == 1 else f"code {code}"
            logger.warning(say(f"内置 Valkey 停了（{reason}），正在重启。", f"The embedded Valkey ended ({reason}); restarting."))

    async def _take_data(self) -> None:
        """Takes the data folder's lock. The server inherits it, so a server that outlived its livebot still holds it: end that one."""
        import fcntl

        file = os.open(self.home / "data.lock", os.O_RDWR | os.O_CREAT, 0o600)
        deadline = clock.monotonic() + 2 * PATIENCE
        try:
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except OSError:
                    await self._end_orphan(kill=clock.monotonic() > deadline - PATIENCE)
                if clock.monotonic() > deadline:
                    raise Unavailable(
                        f"上次的 Valkey 还占用着 {self.home}，也结束不了。请手动结束它。",
                        f"a Valkey from before still holds {self.home} and cannot be ended. Please end it by hand.",
                    )
                await asyncio.sleep(0.05)
        except BaseException:
            os.close(file)
            raise
        self._lock = file

    async def _end_orphan(self, *, kill: bool) -> None:
        await _ask(self._socket, self._password, "SHUTDOWN")
        if kill:  # it does not listen: whoever holds the lock wrote its id into this file
            with contextlib.suppress(OSError, ValueError):
                os.kill(int((self.home / "valkey.pid").read_text()), signal.SIGKILL)


def _short_socket(home: Path) -> Path:
    path = home / "valkey.sock"
    if len(os.fsencode(path)) <= SOCKET_LIMIT:
        return path
    short = Path(tempfile.gettempdir()) / f"livebot-{blake2b(os.fsencode(home), digest_size=6).hexdigest()}"
    with contextlib.suppress(FileExistsError):
        short.mkdir(mode=0o700)
    found = short.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:  # somebody else's
        short = Path(tempfile.mkdtemp(prefix="livebot-"))
    return short / "valkey.sock"


def _remembered(url_file: Path) -> tuple[int, str]:
    """Port and password of the last time, so that consumers' URLs survive a restart."""
    with contextlib.suppress(OSError, ValueError):
        password, _, place = url_file.read_text().strip().removeprefix("redis://:").partition("@127.0.0.1:")
        if len(password) >= 32 and password.isalnum():
            return int(place.removesuffix("/0")), password
    return 0, secrets.token_hex(24)


def _free_port(wanted: int) -> int:
    for port in (wanted, 0):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return int(probe.getsockname()[1])
    raise Unavailable("本机没有空闲的端口", "no free port on this machine")


def _write_private(path: Path, text: str) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:  # noqa: PTH123
        file.write(text)
    path.chmod(0o600)


def _quoted(path: Path) -> str:
    return '"' + "".join(f"\\x{byte:02x}" for byte in os.fsencode(path)) + '"'


def _tail(path: Path) -> str:
    with contextlib.suppress(OSError):
        return path.read_text(errors="replace")[-4000:]
    return ""


async def _ask(path: Path, password: str, command: str) -> str:
    """The server's answer to one command, "" where nobody answers; "-LOADING …" while it still reads its data."""
    try:
        async with asyncio.timeout(PATIENCE / 5):
            reader, writer = await asyncio.open_unix_connection(path)
            try:
                writer.write(f"AUTH {password}\r\n{command}\r\n".encode())
                await reader.readline()
                return (await reader.readline()).decode(errors="replace").strip()
            finally:
                writer.close()
    except OSError:
        return ""


async def _end(process: asyncio.subprocess.Process) -> None:
    """SIGTERM (the server saves and leaves), wait, and SIGKILL only if it does not go."""
    with contextlib.suppress(ProcessLookupError):
        if process.returncode is None:
            process.terminate()
            try:
                async with asyncio.timeout(PATIENCE):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()
