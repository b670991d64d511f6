"""What axe-core finds on the moderators' page and at the door: nothing serious, in both languages, wide and narrow, dark and light."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from accessible import violations
from floors import ROOM, Floor, Opener, running

if TYPE_CHECKING:
    from playwright.async_api import Page

LOOKS = (("zh", 360, "light"), ("zh", 1440, "dark"), ("en", 360, "dark"), ("en", 1440, "light"))  # each two of them together
BOTH = (LOOKS[0], LOOKS[3])  # looks in which all that opens is opened


async def look(page: "Page", lang: str, width: int, scheme: Any) -> None:
    await page.set_viewport_size({"width": width, "height": 800})
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await page.evaluate("lang => localStorage.setItem('livebot.language', lang)", lang)
    await page.reload()


@pytest.mark.timeout(240)
async def test_nothing_serious(tmp_path: Path, open_page: Opener, add_reply: Callable[..., Awaitable[Any]]) -> None:
    async with running(tmp_path, undo=30.0) as floor:
        page = await open_page(floor.base + "/login", bypass_csp=True)  # axe styles what it looks at
        await page.evaluate("document.body.append(document.createElement('button'))")
        assert await violations(page), "axe sees a button without a name"
        found = []
        for lang, width, scheme in LOOKS:
            await look(page, lang, width, scheme)
            await page.wait_for_selector("main h1")
            found += [(lang, width, scheme, one) for one in await violations(page)]
        await floor.enter(page)
        await page.wait_for_selector(".empty")
        found += [("empty", one) for one in await violations(page)]
        await fill(floor, page, add_reply)
        for lang, width, scheme in LOOKS:
            await look(page, lang, width, scheme)
            await page.wait_for_selector(".queue li")
            found += [(lang, width, scheme, one) for one in await violations(page)]
            for key, opened in {"e": ".editor", "b": ".bulk", "m": ".modes[open]"}.items() if (lang, width, scheme) in BOTH else ():
                await page.keyboard.press(key)
                await page.wait_for_selector(opened)
                found += [(lang, width, scheme, opened, one) for one in await violations(page)]
                await page.keyboard.press("Escape")
                await page.wait_for_selector(opened, state="hidden")
        assert found == []


async def fill(floor: Floor, page: "Page", add_reply: Callable[..., Awaitable[Any]]) -> None:
    """Something of everything: held, with others who ask; in doubt; about to leave."""
    await floor.hold(1, 2, 3)
    for _ in range(3):
        floor.ask("问题1号")
    await add_reply(floor.app.journal, "d1", "in_doubt", room=ROOM)
    await page.wait_for_selector(".queue li:nth-child(3)")
    await page.keyboard.press("a")
    await page.wait_for_selector(".leaving li")
