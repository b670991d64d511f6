"""HTTP requests of adapters, against real sockets: what counts as an answer, and what does not."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from adapters.asking import Answer, Unanswered, asked, asking, checked_http_url
from livebot.errors import Unavailable


@asynccontextmanager
async def answering(answer: bytes) -> AsyncIterator[str]:
    """A server that answers whatever it hears with these bytes, then hangs up."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(handle, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api?token=geheim"


async def ask(url: str, patience: float = 5.0) -> Answer:
    async with asking(url) as session:
        return await asked(session, "POST", url, body=b"{}", patience=patience)


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_whoever_hangs_up_is_asked_once(method: str) -> None:
    asked_for = list[bytes]()

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked_for.append(await reader.readuntil(b"\r\n\r\n"))
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with asking(url) as session:
            with pytest.raises(Unanswered):
                await asked(session, method, url)
    assert len(asked_for) == 1


async def test_every_status_is_an_answer() -> None:
    async with answering(b"HTTP/1.1 429 Slow\r\nRetry-After: 17\r\nContent-Length: 2\r\n\r\nno") as url:
        answer = await ask(url)
    assert (answer.status, answer.body, answer.retry_after) == (429, b"no", 17.0)
    async with answering(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n") as url:
        assert (await ask(url)).status == 302


@pytest.mark.parametrize(
    "answer",
    [b"", b"SSH-2.0\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ncut", b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * (4 * 1024 * 1024 + 1)],
    ids=["nothing", "no http", "cut", "endless"],
)
async def test_without_a_whole_answer_nobody_knows_whether_it_was_heeded(answer: bytes) -> None:
    async with answering(answer) as url:
        with pytest.raises(Unanswered) as caught:
            await ask(url)
    assert "geheim" not in str(caught.value) + caught.value.en


async def test_nobody_there_and_nobody_who_speaks() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        with pytest.raises(Unavailable) as caught:
            await ask(f"http://127.0.0.1:{reserved.getsockname()[1]}/")
    assert type(caught.value) is Unavailable, "it certainly was not heard"
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(Unanswered):
        await ask(f"http://127.0.0.1:{silent.getsockname()[1]}/", patience=0.1)


async def test_what_is_being_said_is_answered_before_the_session_closes() -> None:
    heard, answer = asyncio.Event(), asyncio.Event()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        heard.set()
        await answer.wait()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nsaid")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(handle, "127.0.0.1", 0) as server, asyncio.TaskGroup() as tasks:
        async with asking(url := f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/") as session:
            said = tasks.create_task(asked(session, "POST", url, body=b"{}"))
            await heard.wait()
            asyncio.get_running_loop().call_later(0.05, answer.set)
        assert session.closed
        assert (await said).body == b"said"
        with pytest.raises(Unavailable) as caught:
            await asked(session, "POST", url, body=b"{}")
    assert type(caught.value) is Unavailable, "it certainly was not heard"


async def test_the_environments_proxy_is_not_asked_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    async with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") as url:
        assert (await ask(url)).status == 200


def test_addresses() -> None:
    assert checked_http_url("https://live-open.biliapi.com/") == "https://live-open.biliapi.com"
    for wrong in ("", "ws://h", "https://", "https://h/?a=b", "https://h/#f", "https://h :1", "https://h:99999999", "http://[::1"):
        with pytest.raises(ValueError, match="网址"):
            checked_http_url(wrong)
