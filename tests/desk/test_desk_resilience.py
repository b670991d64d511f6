"""The moderators' page when things break: a cut connection, Redis stopped, and the red button that must work all the same."""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from floors import RULES, Opener, running

from livebot.keep import server_binary

CUT_S = float(os.environ.get("LIVEBOT_CUT_S", "30"))
CHATTER = '["freight"]\nwhen = ["包邮"]\nsay = "运费看下单页"\ncooldown = 0\nexpiry = 900\n'


class Wire:
    """A network between the browser and livebot that can be cut."""

    def __init__(self) -> None:
        self.port, self.target, self.whole = 0, 0, True
        self._writers: set[asyncio.StreamWriter] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self.whole:
            writer.close()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self.target)
        self._writers |= {writer, back}
        await asyncio.wait({asyncio.create_task(self._copy(reader, back)), asyncio.create_task(self._copy(there, writer))})

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass
        writer.close()
        self._writers.discard(writer)

    def cut(self) -> None:
        self.whole = False
        for writer in self._writers:
            writer.transport.abort()


@asynccontextmanager
async def wired() -> AsyncIterator[Wire]:
    wire = Wire()
    server = await asyncio.start_server(wire.serve, "127.0.0.1", 0)
    wire.port = server.sockets[0].getsockname()[1]
    try:
        yield wire
    finally:
        wire.cut()
        server.close()
        await server.wait_closed()


async def test_a_page_that_was_cut_off_misses_nothing(tmp_path: Path, open_page: Opener) -> None:
    async with wired() as wire, running(tmp_path, names=(f"127.0.0.1:{wire.port}",)) as floor:
        wire.target = floor.app.port or 0
        base = f"http://127.0.0.1:{wire.port}"
        await floor.hold(1, 2, 3)
        cut_off, other = await open_page(base + "/login"), await open_page(floor.base + "/login")
        await floor.enter(cut_off, "小王", base=base)
        await floor.enter(other, "小李")
        await cut_off.wait_for_selector(".queue li:nth-child(3)")
        wire.cut()
        await cut_off.get_by_text(re.compile("连接断了，从 .* 起")).wait_for()
        await other.keyboard.press("a")
        await floor.until("replies WHERE state = 'sent'", 1)
        await floor.hold(4, 5, 6, 7)
        await asyncio.sleep(CUT_S)
        wire.whole = True
        await cut_off.get_by_text("连接断了").wait_for(state="detached")
        await cut_off.wait_for_function("document.querySelectorAll('.queue li').length === 6")
        await cut_off.locator(".now [role=alert]", has_text="小李 通过了").wait_for()
        asked = ".queue .asked"
        assert await cut_off.locator(asked).all_inner_texts() == await other.locator(asked).all_inner_texts()


@pytest.mark.skipif(server_binary.available() is not None, reason="no embedded server here")
async def test_the_red_button_stops_all_within_a_second_without_redis(
    tmp_path: Path, open_page: Opener, wait_until: Callable[..., Awaitable[None]]
) -> None:
    from livebot.keep.embedded import EmbeddedValkey

    valkey = EmbeddedValkey(tmp_path)
    serving = asyncio.create_task(valkey.run())
    await asyncio.wait_for(valkey.ready.wait(), 20)
    async with running(tmp_path, rules=RULES + CHATTER, redis=valkey.tcp_url, undo=0.0) as floor:
        await floor.hold(*range(1, 4))
        page = await open_page(floor.base + "/login")
        await floor.enter(page)
        await page.wait_for_selector(".now")
        serving.cancel()
        await asyncio.wait({serving})

        async def talking() -> None:
            while True:
                floor.ask("包邮吗")
                await asyncio.sleep(0.05)

        chatter = asyncio.create_task(talking())
        try:
            await wait_until(lambda: len(floor.says) >= 5)
            await page.get_by_role("button", name="停止发送").click()
            await page.get_by_text("什么都不会发出去").wait_for()
            await asyncio.sleep(1.0)
            stopped, asked = len(floor.says), floor.said
            await page.keyboard.press("a")
            await floor.until("replies WHERE state = 'held'", 2)
            await wait_until(lambda: floor.said >= asked + 20)
            assert len(floor.says) == stopped, "it went on after a second"
            await page.get_by_role("button", name="解除").click()
            await page.get_by_role("button", name="确定").click()
            await wait_until(lambda: len(floor.says) > stopped)
        finally:
            chatter.cancel()
            await asyncio.wait({chatter})
