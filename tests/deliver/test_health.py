"""Who watches over livebot, and who must not: over real sockets."""

import asyncio
import json
import socket
from typing import Any

import aiohttp
import pytest

from livebot.deliver import health
from livebot.errors import ConfigError, Unavailable


def serving(listen: str = "127.0.0.1:0", ready: dict[str, Any] | None = None, metrics: bytes = b"livebot_up 1\n") -> Any:
    return health.serve(listen, lambda: ready or {"ready": True}, lambda: metrics)


async def raw(port: int, request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        return await asyncio.wait_for(reader.read(), 10)
    finally:
        writer.close()


async def test_healthz_readyz_and_metrics() -> None:
    state: dict[str, Any] = {"ready": True, "rooms": {"直播间": {"state": "up"}}}
    async with health.serve("127.0.0.1:0", lambda: state, lambda: b"livebot_up 1\n") as port, aiohttp.ClientSession() as client:
        async with client.get(f"http://127.0.0.1:{port}/healthz") as got:
            assert (got.status, await got.text()) == (200, "ok\n")
        async with client.get(f"http://localhost:{port}/readyz") as got:
            assert (got.status, await got.json()) == (200, state)
        state["ready"] = False
        async with client.get(f"http://127.0.0.1:{port}/readyz") as got:
            assert got.status == 503
            assert json.loads(await got.text())["rooms"]["直播间"]["state"] == "up"
        async with client.get(f"http://127.0.0.1:{port}/metrics") as got:
            assert got.headers["Content-Type"].startswith("text/plain; version=0.0.4")
            assert await got.read() == b"livebot_up 1\n"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/nothing/here", "/../etc/passwd"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
async def test_every_answer_has_the_security_headers(method: str, path: str) -> None:
    async with serving() as port, aiohttp.ClientSession() as client, client.request(method, f"http://127.0.0.1:{port}{path}") as got:
        assert {name: got.headers[name] for name in health.SECURITY} == dict(health.SECURITY)
        known = path in {"/healthz", "/readyz", "/metrics"}
        assert got.status == (404 if not known else 405 if method == "POST" else 200)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "evil.example:{port}", "localhost.evil.example:{port}", ""])
async def test_a_foreign_host_is_refused_before_anything_else(host: str) -> None:
    async with serving() as port:
        answer = await raw(port, f"GET /metrics HTTP/1.1\r\nHost: {host.format(port=port)}\r\nConnection: close\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 421 ")
    assert b"livebot_up" not in answer
    assert b"Content-Security-Policy" in answer


async def test_garbage_does_no_harm_and_fills_no_log(caplog: pytest.LogCaptureFixture) -> None:
    async with serving() as port:
        for request in (
            b"\x16\x03\x01\x00\xff",
            b"GET " + b"/" * 70_000 + b" HTTP/1.1\r\n\r\n",
            b"GET / HTTP/9.9\r\n\r\n",
            b"\r\n\r\n\r\n",
        ):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request)
            writer.write_eof()
            await asyncio.wait_for(reader.read(), 10)
            writer.close()
        ok = await raw(port, f"GET /healthz HTTP/1.1\r\nHost: LOCALHOST:{port}\r\nConnection: close\r\n\r\n".encode())
        assert ok.startswith(b"HTTP/1.1 200 ")
    assert caplog.records == []


async def test_a_bug_behind_a_page_is_logged_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> dict[str, Any]:
        raise KeyError("inner thoughts")

    async with health.serve("127.0.0.1:0", broken, lambda: b"") as port:
        answer = await raw(port, f"GET /readyz HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 500 ")
    assert b"inner thoughts" not in answer
    assert b"Content-Security-Policy" in answer
    assert "inner thoughts" in caplog.text


async def test_the_loop_turns_while_metrics_are_counted() -> None:
    """/metrics may take its time: it is made in a thread."""
    asked, answer = asyncio.Event(), []
    loop = asyncio.get_running_loop()

    def slow() -> bytes:
        loop.call_soon_threadsafe(asked.set)
        answer.append(asyncio.run_coroutine_threadsafe(asyncio.sleep(0, b"done\n"), loop).result(10))  # needs the loop to turn
        return answer[0]

    async with health.serve("127.0.0.1:0", lambda: {"ready": True}, slow) as port, aiohttp.ClientSession() as client:
        async with client.get(f"http://127.0.0.1:{port}/metrics") as got:
            assert await got.read() == b"done\n"
        assert asked.is_set()


async def test_a_taken_port_is_said_in_words_and_is_no_bug() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Unavailable) as told:
            async with serving(f"127.0.0.1:{port}"):
                pass
    assert f"127.0.0.1:{port}" in told.value.zh
    assert "[desk] listen" in told.value.en


async def test_the_port_is_free_again_afterwards() -> None:
    async with serving() as port:
        pass
    async with serving(f"127.0.0.1:{port}") as again:
        assert again == port


@pytest.mark.parametrize(
    "listen", ["0.0.0.0:8787", "[::]:8787", "192.168.1.5:8787", "example.com:80", "127.0.0.1.example.com:1", "10.0.0.1:0", "[fe80::1]:1"]
)
async def test_only_this_computer(listen: str) -> None:
    with pytest.raises(ConfigError) as told:
        async with serving(listen):
            pass
    assert "127.0.0.1" in str(told.value)
    assert told.value.problems[0].field == "listen"


@pytest.mark.parametrize(
    "listen", ["", "8787", "127.0.0.1", "127.0.0.1:", ":8787", "127.0.0.1:99999", "http://127.0.0.1:1", "127.0.0.1:8787/x", "a b:1"]
)
def test_what_is_no_address(listen: str) -> None:
    with pytest.raises(ConfigError):
        health.address(listen)


def test_addresses() -> None:
    assert health.address("127.0.0.1:8787") == ("127.0.0.1", 8787)
    assert health.address("localhost:0") == ("localhost", 0)
    assert health.address("[::1]:80") == ("::1", 80)
    assert "127.0.0.1" in health._names(80)
    assert "127.0.0.1" not in health._names(8787)
