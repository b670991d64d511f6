"""The folder's lock: one livebot at a time, and gone with its holder, however that ended."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from livebot.errors import ConfigError, Unavailable
from livebot.keep.lock import FolderLock

HOLDER = """
import sys, time
from pathlib import Path
from livebot.keep.lock import FolderLock
FolderLock(Path(sys.argv[1])).acquire()
print("held", flush=True)
sys.stdin.readline()
"""


def test_a_second_one_is_told_who_has_the_folder(tmp_path: Path) -> None:
    with FolderLock(tmp_path / "state"):
        with pytest.raises(Unavailable) as caught:
            FolderLock(tmp_path / "state").acquire()
        assert str(os.getpid()) in str(caught.value)
        assert str(tmp_path / "state") in str(caught.value)
    with FolderLock(tmp_path / "state"):
        assert (tmp_path / "state" / "livebot.lock").read_text() == str(os.getpid())


def test_other_folders_and_other_names_are_free(tmp_path: Path) -> None:
    with FolderLock(tmp_path), FolderLock(tmp_path, "other.lock"), FolderLock(tmp_path / "b"):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 here")
def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdin=pipe, stdout=pipe, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Unavailable) as caught:
            FolderLock(tmp_path).acquire()
        assert str(holder.pid) in str(caught.value)
        os.kill(holder.pid, signal.SIGKILL)
    with FolderLock(tmp_path):
        pass


def test_a_child_process_does_not_keep_the_lock(tmp_path: Path) -> None:
    with FolderLock(tmp_path):
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with child, FolderLock(tmp_path):
        child.terminate()


def test_releasing_twice_is_harmless(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path)
    lock.acquire()
    lock.release()
    lock.release()


def test_a_folder_of_no_use_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError) as caught:
        FolderLock(tmp_path / "file").acquire()
    assert str(tmp_path / "file") in str(caught.value)
