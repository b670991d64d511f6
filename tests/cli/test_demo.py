"""The demo as somebody at a terminal sees it: the link first, the books balanced, and a room that goes on for the pages until Ctrl-C."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from livebot.keep import server_binary

ENGLISH = os.environ | {"LIVEBOT_LANG": "en", "PYTHONUTF8": "1"}


@asynccontextmanager
async def demo(*options: str) -> AsyncIterator[asyncio.subprocess.Process]:
    command = (sys.executable, "-m", "livebot", "demo", "--speed", "60", *options)
    process = await asyncio.create_subprocess_exec(*command, env=ENGLISH, stdout=asyncio.subprocess.PIPE, stdin=asyncio.subprocess.DEVNULL)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def told(process: asyncio.subprocess.Process, until: str) -> str:
    """All that it prints up to a line with these words."""
    assert process.stdout
    text = ""
    while until not in text:
        line = (await process.stdout.readline()).decode()
        assert line, f"it ended: {text}"
        text += line
    return text


@pytest.mark.skipif(os.name != "posix", reason="no SIGINT for one process alone")
@pytest.mark.skipif(server_binary.available() is not None, reason="no embedded server here")
async def test_it_opens_with_the_link_and_goes_on_for_the_pages_until_it_is_ended() -> None:
    async with demo("--stay") as process:
        text = await told(process, "Ctrl-C")
        link = re.search(r"(http://127\.0\.0\.1:\d+)/setup#(\S+)", text)
        assert link
        assert [f"{link[1]}{path}" in text for path in ("/desk", "/issues", "/stage")] == [True] * 3
        assert text.index("/setup#") < text.index("every comment has a state")
        assert "✗" not in text
        async with aiohttp.ClientSession(
            base_url=link[1], headers={"Origin": link[1]}, cookie_jar=aiohttp.CookieJar(unsafe=True)
        ) as client:
            given = {"link": link[2], "name": "Ann", "password": "correct horse"}
            async with client.post("/api/v1/setup", json=given) as got:
                assert got.status == 200

            async def seen(path: str) -> dict[str, object]:
                async with client.get(path) as got:
                    assert got.status == 200
                    return await got.json()  # type: ignore[no-any-return]

            async with asyncio.timeout(60):
                while not ((await seen("/api/v1/held"))["total"] and (await seen("/api/v1/stage"))["question"]):
                    await asyncio.sleep(0.1)
            assert (await seen("/api/v1/issues"))["items"]
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(60):
            assert await process.wait() == 0
