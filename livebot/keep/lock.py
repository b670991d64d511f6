"""An operating system's lock on a folder: it goes when the process goes, however it went."""

import os
from pathlib import Path

from livebot.errors import ConfigError, Problem, Unavailable

try:
    import fcntl
except ImportError:  # Windows
    import msvcrt


class FolderLock:
    """Held from `acquire` until `release` or the end of the process. The file names its holder, for the message only."""

    def __init__(self, folder: Path, name: str = "livebot.lock") -> None:
        self.path = folder / name
        self._file: int | None = None

    def acquire(self) -> None:
        """Takes the lock or raises Unavailable, naming who has it; ConfigError where the folder is of no use."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            zh = f"这个文件夹用不了（{error.strerror}）。请检查权限，或在 [state] dir 里换一个。"
            en = f"this folder cannot be used ({error.strerror}). Check its permissions, or set another [state] dir."
            raise ConfigError([Problem(file=str(self.path.parent), zh=zh, en=en)]) from error
        try:
            _lock(file)
        except OSError:
            holder = os.read(file, 32).decode(errors="replace").strip() or "?"
            os.close(file)
            raise Unavailable(
                f"文件夹 {self.path.parent} 正被另一个 livebot 使用（进程 {holder}）。先关掉它，或在配置里换一个 [state] dir。",
                f"another livebot (process {holder}) is using {self.path.parent}. Stop it, or set another [state] dir.",
            ) from None
        os.ftruncate(file, 0)
        os.write(file, str(os.getpid()).encode())
        self._file = file

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __enter__(self) -> "FolderLock":
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def _lock(file: int) -> None:
    if os.name == "nt":
        os.lseek(file, 1_000_000, os.SEEK_SET)  # beyond the text, so that others can still read who holds it
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        os.lseek(file, 0, os.SEEK_SET)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
