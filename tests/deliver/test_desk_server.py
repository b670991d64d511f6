"""The server of the desk: who watches over livebot, which Host it answers to, and the headers that no answer lacks."""

import asyncio
import socket
from pathlib import Path
from typing import Any

import pytest
from desks import raw, serving

from livebot.deliver.desk import listening
from livebot.deliver.desk.guarding import SECURITY
from livebot.errors import ConfigError, Unavailable
from livebot.keep.accounts import Accounts


async def test_healthz_readyz_and_metrics(tmp_path: Path) -> None:
    state: dict[str, Any] = {"ready": True, "rooms": {"直播间": {"state": "up"}}}
    async with serving(tmp_path, ready=lambda: state) as desk:
        assert (await desk.ask("GET", "/healthz")).body == b"ok\n"
        assert (await desk.ask("GET", "/readyz")).json == state
        state["ready"] = False
        told = await desk.ask("GET", "/readyz")
        assert (told.status, told.json["rooms"]["直播间"]["state"]) == (503, "up")
        told = await desk.ask("GET", "/metrics")
        assert (told.body, told.headers["Content-Type"][:26]) == (b"up 1\n", "text/plain; version=0.0.4;")


@pytest.mark.parametrize("path", ["/readyz", "/metrics"])
@pytest.mark.parametrize("proxy", ["X-Forwarded-For", "Forwarded", "Via"])
async def test_whoever_comes_through_a_proxy_is_not_here(tmp_path: Path, path: str, proxy: str) -> None:
    async with serving(tmp_path) as desk:
        assert (await desk.ask("GET", path, headers={proxy: "203.0.113.9"})).status == 401


# ── headers ────────────────────────────────────────────────────────────────────

ANSWERS = [
    ("GET", "/healthz", 200), ("HEAD", "/healthz", 200), ("GET", "/", 303), ("GET", "/desk", 303), ("GET", "/login", 200),
    ("GET", "/static/style.css", 200), ("GET", "/static/nothing", 404), ("GET", "/nothing", 404), ("POST", "/healthz", 405),
    ("OPTIONS", "/api/v1/login", 405), ("GET", "/../etc/passwd", 404), ("GET", "/api/v1/me", 401), ("POST", "/api/v1/login", 403),
    ("GET", "/api/v1/openapi.json", 401), ("DELETE", "/api/v1/freeze", 401), ("GET", "/api/v1/events", 401), ("BREW", "/desk", 400),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
async def test_every_answer_has_the_headers(tmp_path: Path, method: str, path: str, status: int) -> None:
    async with serving(tmp_path) as desk:
        told = await desk.ask(method, path)
        assert told.status == status
        if status >= 400 and method != "HEAD":
            assert told.headers["Content-Type"].startswith("application/problem+json")
            assert told.json["status"] == status


GARBAGE = [
    b"\x16\x03\x01\x00\xff", b"GET " + b"/" * 70_000 + b" HTTP/1.1\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\r\n\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
    b"POST /api/v1/login HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
]  # fmt: skip


async def test_garbage_does_no_harm_and_fills_no_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """aiohttp's own answers have the headers too."""
    async with serving(tmp_path) as desk:
        for request in GARBAGE:
            answer = await raw(desk.port, request, ends=True)
            if answer:
                head = answer.partition(b"\r\n\r\n")[0]
                assert head.startswith((b"HTTP/1.1 400", b"HTTP/1.1 421", b"HTTP/1.0 400")), request[:40]
                assert all(f"{name}: {value}".encode() in head for name, value in SECURITY.items()), request[:40]
        ok = await raw(desk.port, f"GET /healthz HTTP/1.1\r\nHost: LOCALHOST:{desk.port}\r\nConnection: close\r\n\r\n".encode())
        assert ok.startswith(b"HTTP/1.1 200 ")
    assert caplog.records == []


async def test_a_bug_behind_a_page_is_logged_and_not_shown(tmp_path: Path, log: list[str]) -> None:
    def broken() -> dict[str, Any]:
        raise KeyError("inner thoughts")

    async with serving(tmp_path, ready=broken) as desk:
        told = await desk.ask("GET", "/readyz", headers={"Accept-Language": "en"})
        assert (told.status, told.json["title"]) == (500, "a bug in livebot")
        assert b"inner thoughts" not in told.body
    assert [line for line in log if line.startswith("ERROR") and "GET" in line]


async def test_a_body_that_is_too_long_is_refused(tmp_path: Path) -> None:
    async with serving(tmp_path) as desk:
        told = await desk.ask("POST", "/api/v1/login", headers={"Origin": desk.base}, json={"name": "x" * 70_000, "password": ""})
        assert (told.status, told.json["status"]) == (413, 413)


@pytest.mark.parametrize(
    ("accepts", "word"),
    [("", "没有"), ("en", "no such"), ("en-GB,en;q=0.9", "no such"), ("zh-CN,zh;q=0.9,en;q=0.8", "没有"), ("en;q=0.2, zh;q=0.3", "没有"),
     ("de, en;q=0.5", "no such"), ("de", "没有"), ("en;q=x", "没有"), (",;q=,;;" * 100, "没有")],
)  # fmt: skip
async def test_errors_speak_the_reader_s_language(tmp_path: Path, accepts: str, word: str) -> None:
    async with serving(tmp_path) as desk:
        assert word in (await desk.ask("GET", "/nothing", headers={"Accept-Language": accepts})).json["title"]


# ── Host ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "evil.example:{port}", "localhost.evil.example:{port}", ""])
@pytest.mark.parametrize("path", ["/metrics", "/nothing", "/static/style.css", "/api/v1/me"])
async def test_a_foreign_host_is_refused_before_anything_else(tmp_path: Path, host: str, path: str) -> None:
    async with serving(tmp_path) as desk:
        answer = await raw(desk.port, f"GET {path} HTTP/1.1\r\nHost: {host.format(port=desk.port)}\r\nConnection: close\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 421 ")
    assert b"up 1" not in answer
    assert b"Content-Security-Policy" in answer


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost:{port}", 200), ("[::1]:{port}", 200), ("desk.lan:{port}", 200), ("DESK.lan:{port}", 200), ("shop.example:443", 200),
     ("desk.lan", 421), ("shop.example", 421), ("shop.example:{port}", 421), ("other.lan:{port}", 421)],
)  # fmt: skip
async def test_names_of_the_configuration_are_ours(tmp_path: Path, host: str, status: int) -> None:
    async with serving(tmp_path, names=("desk.lan", "shop.example:443")) as desk:
        assert (await desk.ask("GET", "/healthz", headers={"Host": host.format(port=desk.port)})).status == status


def test_addresses() -> None:
    assert listening.address("127.0.0.1:8787") == ("127.0.0.1", 8787)
    assert listening.address("[::1]:80") == ("::1", 80)
    assert listening.address("0.0.0.0:8787") == ("0.0.0.0", 8787)
    assert "127.0.0.1" in listening.hosts((), "127.0.0.1", 80)
    assert "127.0.0.1" not in listening.hosts((), "127.0.0.1", 8787)
    assert "192.168.1.5:8787" in listening.hosts((), "192.168.1.5", 8787)
    assert "[fe80::1]:8787" in listening.hosts((), "fe80::1", 8787)


@pytest.mark.parametrize(
    "listen", ["", "8787", "127.0.0.1", "127.0.0.1:", ":8787", "127.0.0.1:99999", "http://127.0.0.1:1", "127.0.0.1:8787/x", "a b:1"]
)
def test_what_is_no_address(listen: str) -> None:
    with pytest.raises(ConfigError):
        listening.address(listen)


@pytest.mark.parametrize(
    ("host", "here"),
    [("127.0.0.1", True), ("127.3.2.1", True), ("::1", True), ("::ffff:127.0.0.1", True), ("localhost", True), ("0.0.0.0", False),
     ("::", False), ("192.168.1.5", False), ("127.0.0.1.example.com", False), ("fe80::1%eth0", False)],
)  # fmt: skip
def test_loopback(host: str, here: bool) -> None:
    assert listening.is_loopback(host) is here


# ── where it listens ───────────────────────────────────────────────────────────


def listens(port: int, host: str) -> bool:
    """Whether something takes connections at this address of this computer."""
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0


async def test_others_may_come_in_only_once_there_is_an_account(tmp_path: Path) -> None:
    """127.0.0.2 stands for another address of this computer: it is reached where all addresses are listened at."""
    async with serving(tmp_path, listen="0.0.0.0:0") as desk:
        assert listens(desk.port, "127.0.0.1")
        assert not listens(desk.port, "127.0.0.2")
        link = desk.links[0].partition("#")[2]
        body = {"link": link, "name": "小王", "password": "correct horse"}
        assert (await desk.ask("POST", "/api/v1/setup", headers={"Origin": desk.base}, json=body)).status == 200
        assert listens(desk.port, "127.0.0.1")
        assert listens(desk.port, "127.0.0.2")
        assert (await desk.ask("GET", "/healthz")).status == 200


async def test_with_an_account_it_listens_everywhere_at_once(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "accounts.db")
    accounts.add("小王", "correct horse", "admin")
    accounts.close()
    async with serving(tmp_path, listen="0.0.0.0:0") as desk:
        assert listens(desk.port, "127.0.0.2")
        assert desk.links == []


async def test_a_taken_port_is_said_in_words_and_is_no_bug(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Unavailable) as told:
            async with serving(tmp_path, listen=f"127.0.0.1:{port}"):
                pass
    assert f"127.0.0.1:{port}" in told.value.zh
    assert "[desk] listen" in told.value.en


async def test_the_port_is_free_again_afterwards(tmp_path: Path) -> None:
    async with serving(tmp_path) as desk:
        pass
    async with serving(tmp_path, listen=f"127.0.0.1:{desk.port}") as again:
        assert again.port == desk.port


async def test_the_loop_turns_while_metrics_are_counted(tmp_path: Path) -> None:
    """/metrics may take its time: it is made in a thread."""
    loop = asyncio.get_running_loop()

    def slow() -> bytes:
        return asyncio.run_coroutine_threadsafe(asyncio.sleep(0, b"done\n"), loop).result(10)  # needs the loop to turn

    async with serving(tmp_path, metrics=slow) as desk:
        assert (await desk.ask("GET", "/metrics")).body == b"done\n"
