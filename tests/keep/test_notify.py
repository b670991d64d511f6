"""systemd hears what it asked for, over a real socket."""

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from livebot.keep import notify

pytestmark = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no unix sockets here")


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        path = tmp_path / "n"
        sock.bind(str(path))
        sock.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", str(path))
        yield sock


def test_ready_and_stopping_arrive(manager: socket.socket) -> None:
    assert notify.ready()
    assert manager.recv(100) == b"READY=1"
    assert notify.stopping()
    assert manager.recv(100) == b"STOPPING=1"


@pytest.mark.parametrize(("pid", "told"), [("", True), ("ours", True), ("1", False)])
def test_the_watchdog_is_fed_where_it_was_asked_for(manager: socket.socket, monkeypatch: pytest.MonkeyPatch, pid: str, told: bool) -> None:
    monkeypatch.delenv("WATCHDOG_USEC", raising=False)
    assert not notify.watchdog()
    monkeypatch.setenv("WATCHDOG_USEC", "30000000")
    if pid:
        monkeypatch.setenv("WATCHDOG_PID", str(os.getpid()) if pid == "ours" else pid)
    else:
        monkeypatch.delenv("WATCHDOG_PID", raising=False)
    assert notify.watchdog() is told
    if told:
        assert manager.recv(100) == b"WATCHDOG=1"


@pytest.mark.skipif(sys.platform != "linux", reason="abstract sockets are Linux's")
def test_an_abstract_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        sock.bind(f"\0livebot-test-{os.getpid()}")
        sock.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", f"@livebot-test-{os.getpid()}")
        assert notify.ready()
        assert sock.recv(100) == b"READY=1"


@pytest.mark.parametrize("address", ["", "relative", "/nowhere/at/all", "vsock:1"])
def test_nobody_listens(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    assert not notify.ready()
