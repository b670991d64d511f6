"""Processes that need not import livebot again: a server that has imported all of it forks one for each call.

What is started so is a process like any other: with its own memory, output and exit code, to be stopped or killed. Only the second that
Python needs to import livebot is spared. How livebot itself starts is for tests that use subprocess.
"""

import asyncio
import atexit
import gc
import importlib
import json
import os
import pkgutil
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, Any

HEADER = 4  # bytes that tell how long the request is
LIVEBOT = "livebot.cli:main"


class Process:
    """What `start` returns: as much of subprocess.Popen as tests need."""

    def __init__(self, said: int) -> None:
        self._said = os.fdopen(said, "rb", buffering=0)
        self.returncode: int | None = None
        self.pid = int(self._said.readline())

    def poll(self) -> int | None:
        if self.returncode is None and select.select([self._said], [], [], 0)[0]:
            self.wait()
        return self.returncode

    def wait(self, seconds: float | None = None) -> int:
        if self.returncode is None:
            if not select.select([self._said], [], [], seconds)[0]:
                raise TimeoutError
            self.returncode = int(self._said.readline())
            self._said.close()
        return self.returncode

    async def ended(self, seconds: float = 60.0) -> int:
        """The exit code, without a thread that would wait for ever."""
        async with asyncio.timeout(seconds):
            while (code := self.poll()) is None:
                await asyncio.sleep(0.005)
        return code

    def send_signal(self, sign: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, sign)


def start(
    target: str,
    *words: str,
    env: Mapping[str, str] = os.environ,
    stdin: IO[Any] | None = None,
    stdout: IO[Any] | None = None,
    stderr: IO[Any] | None = None,
    cwd: Path | None = None,
) -> Process:
    """Calls the function `target` ("module:function") in a process of its own, with `words` as its command line.

    It reads and writes nothing where no file is given.
    """
    server = _server()
    where = str(cwd or Path.cwd())
    request = json.dumps({"target": target, "words": words, "env": dict(env), "cwd": where, "path": sys.path}).encode()
    hear, say = os.pipe()
    with Path(os.devnull).open("r+b") as nothing:
        fds = [(one or nothing).fileno() for one in (stdin, stdout, stderr)]
        with server.lock:
            socket.send_fds(server.control, [len(request).to_bytes(HEADER, "big")], [*fds, say])
            server.control.sendall(request)
    os.close(say)
    return Process(hear)


def run(
    *words: str, env: Mapping[str, str] = os.environ, input: bytes = b"", cwd: Path | None = None, timeout: float = 60.0
) -> subprocess.CompletedProcess[str]:
    """A livebot command from its first word on to its end."""
    with tempfile.TemporaryFile() as fed, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        fed.write(input)
        fed.seek(0)
        process = start(LIVEBOT, *words, env=env, stdin=fed, stdout=out, stderr=err, cwd=cwd)
        try:
            code = process.wait(timeout)
        finally:
            process.send_signal(signal.SIGKILL)
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(words, code, out.read().decode("utf-8"), err.read().decode("utf-8"))


class _Server:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.control, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, __file__, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        atexit.register(self.close)

    def close(self) -> None:
        self.control.close()
        self.process.wait()


@cache
def _server() -> _Server:
    return _Server()


# ── the server ─────────────────────────────────────────────────────────────────


def serve(control: socket.socket) -> dict[str, Any]:
    """Returns, with what is asked for, in every process that it forks; ends this one when nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who wait
    while True:
        header, fds, _, _ = socket.recv_fds(control, HEADER, 4)
        if not header:
            sys.exit()
        size = int.from_bytes(header, "big")
        request = b""
        while len(request) < size:
            request += control.recv(size - len(request))
        if os.fork() == 0:
            control.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            if (pid := os.fork()) == 0:
                for number, fd in enumerate(fds[:3]):
                    os.dup2(fd, number)
                for fd in fds:
                    os.close(fd)
                signal.signal(signal.SIGINT, signal.default_int_handler)
                asked: dict[str, Any] = json.loads(request)
                return asked
            os.write(fds[3], f"{pid}\n".encode())
            _, status = os.waitpid(pid, 0)
            os.write(fds[3], f"{os.waitstatus_to_exitcode(status)}\n".encode())
            os._exit(0)
        for fd in fds:
            os.close(fd)


def become(request: dict[str, Any]) -> None:
    os.environ.clear()
    os.environ.update(request["env"])
    os.chdir(request["cwd"])
    sys.path[:] = request["path"]
    for name in ("livebot.language", "livebot.keep.seams"):  # they look at the environment once
        importlib.reload(sys.modules[name])
    module, _, function = request["target"].partition(":")
    sys.argv = [module, *request["words"]]
    getattr(importlib.import_module(module), function)()


def main() -> None:
    for package in ("livebot", "adapters"):
        for found in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            if not found.name.endswith("__main__"):
                importlib.import_module(found.name)
    gc.collect()
    gc.freeze()
    become(serve(socket.socket(fileno=int(sys.argv[1]))))


if __name__ == "__main__":
    main()
