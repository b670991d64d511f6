"""Every way a connection fails, against real sockets, sorted by who can mend it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from adapter_rooms import connect
from websockets.asyncio.server import ServerConnection, serve

from adapters.dialling import checked_url, dialled, shown
from livebot.errors import ConfigError, LivebotError, LoginRequired, Unavailable
from livebot.simulate.bridge import BridgeServer

each = pytest.mark.parametrize("kind", ["bridge", "ws-json"])  # who say hello to the socket that their settings name


@asynccontextmanager
async def answering(answer: bytes) -> AsyncIterator[str]:
    """A TCP server that answers whatever it hears with these bytes, then hangs up."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(answer)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(handle, "127.0.0.1", 0) as server:
        yield f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/room?token=geheim"


async def read_to_the_end(kind: str, url: str) -> None:
    async with connect(kind, url) as room:
        async for _ in room.events():
            pass


async def failure(kind: str, url: str) -> LivebotError:
    with pytest.raises(LivebotError) as caught:
        await read_to_the_end(kind, url)
    assert "geheim" not in caught.value.zh + caught.value.en + str(caught.value), "secrets in the address stay out of the message"
    return caught.value


def http(status: str, *headers: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "Content-Length: 0", "", ""]).encode()


SORTED = [
    (http("401 Unauthorized"), LoginRequired, None),
    (http("403 Forbidden"), LoginRequired, None),
    (http("429 Too Many Requests", "Retry-After: 17"), Unavailable, 17.0),
    (http("503 Service Unavailable", "Retry-After: 99999999"), Unavailable, 86_400.0),
    (http("503 Service Unavailable", "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT"), Unavailable, 0.0),
    (http("503 Service Unavailable", "Retry-After: soon"), Unavailable, None),
    (http("404 Not Found", "Retry-After: 17"), Unavailable, None),
    (http("200 OK"), Unavailable, None),
    (b"SSH-2.0-OpenSSH_9.2\r\n", Unavailable, None),
    (b"", Unavailable, None),
    (b"\x00\xff" * 5000, Unavailable, None),
]


@each
@pytest.mark.parametrize(("answer", "error", "retry_after"), SORTED, ids=lambda value: repr(value)[:40])
async def test_a_server_that_does_not_let_us_in(kind: str, answer: bytes, error: type[LivebotError], retry_after: float | None) -> None:
    async with answering(answer) as url:
        found = await failure(kind, url)
    assert type(found) is error
    if isinstance(found, Unavailable):
        assert found.retry_after == retry_after


@each
async def test_nobody_listens_there(kind: str) -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        found = await failure(kind, f"ws://127.0.0.1:{reserved.getsockname()[1]}/room?token=geheim")
    assert isinstance(found, Unavailable)
    assert "?token=***" in found.zh


async def test_who_accepts_and_says_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(Unavailable):
        async with dialled(f"ws://127.0.0.1:{silent.getsockname()[1]}/", open_timeout=0.1):
            pass


CLOSES = [(1008, LoginRequired), (3000, LoginRequired), (1011, Unavailable), (1012, Unavailable), (4999, Unavailable)]


@each
@pytest.mark.parametrize(("code", "error"), CLOSES)
async def test_a_server_that_closes_abnormally(kind: str, code: int, error: type[LivebotError]) -> None:
    async def close(connection: ServerConnection) -> None:
        await connection.recv()
        await connection.close(code, "genug")

    async with serve(close, "127.0.0.1", 0) as server:
        found = await failure(kind, f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}/")
    assert type(found) is error
    assert str(code) in found.en


@each
async def test_a_frame_beyond_the_limit_is_named(kind: str) -> None:
    async def flood(connection: ServerConnection) -> None:
        await connection.recv()
        await connection.send("x" * (4 * 1024 * 1024 + 1))
        await connection.wait_closed()

    async with serve(flood, "127.0.0.1", 0, compression=None) as server:
        found = await failure(kind, f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}/")
    assert isinstance(found, Unavailable)
    assert "4 MiB" in found.en


async def test_a_token_opens_the_door_and_its_lack_needs_a_person() -> None:
    async with BridgeServer([], token="geheim") as server:
        assert isinstance(await failure("bridge", server.url()), LoginRequired)
        async with connect("bridge", server.url(), token="geheim") as room:
            assert await anext(room.events())
        async with connect("ws-json", server.url(), headers={"Authorization": "Bearer geheim"}) as room:
            assert await anext(room.events())


async def test_a_cancelled_dial_leaves_nothing_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        before = asyncio.all_tasks()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1), connect("bridge", f"ws://127.0.0.1:{silent.getsockname()[1]}/"):
                pass
        assert asyncio.all_tasks() == before
        accepted, _ = silent.accept()
        accepted.setblocking(False)
        with accepted, suppress(ConnectionResetError):
            async with asyncio.timeout(5):
                while await asyncio.get_running_loop().sock_recv(accepted, 4096):
                    pass


@pytest.mark.parametrize("url", ["ws://x" + "y" * 300 + "/", "ws://a..b/", "ws://[1::2::3]/"])
async def test_an_address_that_cannot_be_dialled(url: str) -> None:
    with pytest.raises((ConfigError, Unavailable)):
        async with dialled(url, open_timeout=1):
            pass


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("ws://127.0.0.1:8765/room", "ws://127.0.0.1:8765/room"),
        ("wss://me:geheim@h/r?token=geheim&x=&y=geheim#geheim", "wss://***@h/r?token=***&***&y=***"),
        ("ws://h/r?geheim", "ws://h/r?***"),
        ("ws://[::1", "***"),
    ],
)
def test_an_address_is_shown_without_its_secrets(url: str, public: str) -> None:
    assert shown(url) == public


@pytest.mark.parametrize("url", ["ws://127.0.0.1:8765/room", "wss://例子.中国/直播", "ws://[::1]:1/", "wss://u:p@h/?a=b"])
def test_good_addresses_are_kept_as_they_are(url: str) -> None:
    assert checked_url(url) == url
