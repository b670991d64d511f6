"""make screenshots: livebot with the bundled room, and a picture of every page in docs/pictures: light, dark and on a phone.

The room's ninety seconds are stretched to forty minutes once they are over, so that the report has something to plot.
"""

import asyncio
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import AsyncExitStack
from itertools import pairwise
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, Page, async_playwright

from livebot.app import App
from livebot.config import Config, Desk, Log, Replies, RoomConfig, Rules, State
from livebot.decide.events import Gap, OnAir
from livebot.keep import clock, log
from livebot.keep.packs import SHIPPED
from livebot.opening import open_app
from livebot.simulate.bridge import BridgeServer
from livebot.simulate.recording import DEMO, read_recording

CHROMIUM: Final = shutil.which("chromium") or shutil.which("chromium-browser") or ""
ROOM: Final = "演示直播间"
PASSWORD: Final = "pictures of a demo"  # noqa: S105
PICTURES: Final = Path(__file__).parent.parent / "docs" / "pictures"
MINUTES: Final = 40
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}

#: page, by whom (nobody: ""), what it shows once it is filled, how: light | dark | phone
SHOTS: Final = (
    ("login", "", "form input", "light"),
    ("login", "", "form input", "dark"),
    ("login", "", "form input", "phone"),
    ("setup", "", "form input", "light"),
    ("setup", "", "form input", "dark"),
    ("setup", "", "form input", "phone"),
    ("desk", "moderator", ".queue li", "light"),
    ("desk", "moderator", ".queue li", "dark"),
    ("desk", "moderator", ".queue li", "phone"),
    ("issues", "after-sales", ".inbox li", "light"),
    ("issues", "after-sales", ".inbox li", "dark"),
    ("issues", "after-sales", ".inbox li", "phone"),
    ("stage", "streamer", ".asked .count", "light"),
    ("stage", "streamer", ".asked .count", "dark"),
    ("stage", "streamer", ".asked .count", "phone"),
    ("report", "supervisor", "svg.plot", "light"),
    ("report", "supervisor", "svg.plot", "phone"),
    ("report", "supervisor", "svg.plot", "dark"),
    ("settings", "admin", ".settings-part table", "light"),
    ("settings", "admin", ".settings-part table", "dark"),
    ("settings", "admin", ".settings-part table", "phone"),
)


async def main(wanted: frozenset[str]) -> None:
    """wanted: the pages, all of them where it is empty."""
    if not CHROMIUM:
        sys.exit("没有 chromium / no chromium here: apt-get install chromium")
    log.set_up(level="ERROR")
    lines = list(read_recording(DEMO))
    with tempfile.TemporaryDirectory(prefix="livebot-pictures-") as folder:
        async with AsyncExitStack() as stack:
            server = await stack.enter_async_context(BridgeServer(lines, speed=4.0, ends=False))
            app = await open_app(stack, _config(Path(folder), server.url(ROOM)), Path(folder) / "config.toml")
            async with asyncio.TaskGroup() as group:
                group.create_task(app.run())
                heard = "SELECT count(*) FROM events WHERE kind = 'comment'"
                await _until(lambda: app.port is not None and bool(app.journal.value(heard) >= len(lines)))
                await _until(lambda: not app.journal.undecided(1))
                await _fill(app)
                await _take(app, wanted)
                app.stop.set()


def _config(folder: Path, url: str) -> Config:
    packs = [*map(str, sorted((SHIPPED / "base").glob("*.toml"))), "demo"]
    return Config(
        state=State(dir=folder / "state"),
        desk=Desk(listen="127.0.0.1:0"),
        rules=Rules(packs=tuple(pack for pack in packs if not pack.endswith("followups.toml")), variables={"shop": "演示小店"}),
        replies=Replies(expiry=900),
        log=Log(level="ERROR"),
        rooms=(RoomConfig(name=ROOM, adapter="bridge", mode="auto", settings={"url": url, "sends_count": 40}),),
    )


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(120):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.1)


async def _fill(app: App) -> None:
    """Forty minutes out of ninety seconds, with the longest silence as a gap."""
    journal, now = app.journal, clock.now_ms()
    stream, start = journal.read("SELECT id, started_at FROM streams WHERE room = ? ORDER BY id DESC LIMIT 1", (ROOM,))[0]
    await journal.write(lambda conn: _stretch(conn, stream, start, now))
    heard = [at for (at,) in journal.read("SELECT received_at FROM events WHERE stream = ? AND kind = 'comment' ORDER BY 1", (stream,))]
    quietest = max(pairwise(heard), key=lambda pair: pair[1] - pair[0])
    for since, until in (quietest, (now - 12_000, now)):
        await asyncio.shield(journal.append(ROOM, Gap(since=since, until=until, reason="网络断了"), received_at=until))
    await asyncio.shield(journal.append(ROOM, OnAir(product="3")))


def _stretch(conn: sqlite3.Connection, stream: int, start: int, now: int) -> None:
    """What began at `start` began MINUTES ago, and everything since then in proportion; answers took as long as they did."""
    first = now - MINUTES * 60_000
    times = (now - first) // max(1, now - start)
    place = f"{first} + ({{}} - {start}) * {times}"
    received, created = place.format("received_at"), place.format("created_at")
    conn.execute(f"UPDATE events SET received_at = {received} WHERE stream = ?", (stream,))
    conn.execute(f"UPDATE replies SET sent_at = {created} + sent_at - created_at, created_at = {created} WHERE stream = ?", (stream,))
    conn.execute("UPDATE streams SET started_at = ? WHERE id = ?", (first, stream))


async def _take(app: App, wanted: frozenset[str]) -> None:
    assert app.desk
    for role in {role for _, role, _, _ in SHOTS if role}:
        await asyncio.to_thread(app.desk.accounts.add, role, PASSWORD, role)
    token = app.desk.sessions.make_token("OBS", "overlay", "admin")
    base = f"http://127.0.0.1:{app.port}"
    PICTURES.mkdir(exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--disable-gpu"], chromium_sandbox=os.geteuid() != 0)
        for page, role, ready, how in SHOTS:
            if not wanted or page in wanted:
                await _shot(browser, base, page, role, ready, how)
        if not wanted or "overlay" in wanted:
            made = await browser.new_page(viewport={"width": 900, "height": 160}, locale="zh-CN")
            await made.goto(f"{base}/overlay?token={token}&size=36")
            await made.wait_for_selector("main p")
            await made.screenshot(path=PICTURES / "overlay.png", omit_background=True)
        await browser.close()


async def _shot(browser: Browser, base: str, name: str, role: str, ready: str, how: str) -> None:
    context = await browser.new_context(
        viewport=PHONE if how == "phone" else DESK,  # type: ignore[arg-type]
        color_scheme="dark" if how == "dark" else "light",
        has_touch=how == "phone",
        locale="zh-CN",
    )
    page: Page = await context.new_page()
    await page.goto(f"{base}/login?next=/{name}" if role else f"{base}/{name}")
    if role:
        await page.locator("input[name=name]").fill(role)
        await page.locator("input[name=password]").fill(PASSWORD)
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"**/{name}")
    await page.wait_for_selector(ready)
    if name == "issues" and how != "phone":  # there it would cover the list
        await page.keyboard.press("j")
        await page.wait_for_selector(".detail blockquote")
    await page.wait_for_timeout(6_500 if name == "stage" else 1_000)
    file = PICTURES / f"{name}-{how}.png"
    await page.screenshot(path=file)
    await context.close()
    sys.stdout.write(f"{file.name} {file.stat().st_size // 1024} KB\n")


if __name__ == "__main__":
    asyncio.run(main(frozenset(sys.argv[1:])))
