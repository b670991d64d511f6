"""The moderators' page over a room that can only be listened to: what would be said is read out or copied, and never sent."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from accessible import NARROW, in_every_way
from floors import Floor, Opener, running
from loud_adapter import SPOKEN

from livebot.keep.figures import figures

if TYPE_CHECKING:
    from playwright.async_api import Page, Route

LOUD = "loud_adapter:LoudAdapter"
LAN = "livebot.lan"  # not the browser's own machine: over plain http it keeps the clipboard from a page
RULES = "".join(f'["{word}"]\nwhen = ["{word}"]\nsay = "{word}看详情页"\nexpiry = 600\n' for word in ("颜色", "尺码", "面料"))


async def at_work(floor: Floor, page: "Page", base: str = "") -> None:
    for text in ("什么颜色", "什么颜色", "尺码多大", "尺码多大", "什么面料"):
        floor.ask(text)
    await floor.until("replies WHERE state = 'held'", 3)
    await floor.until("decisions WHERE kind = 'credit'", 2)
    await floor.enter(page, base=base)
    await waiting(page, 3)


async def waiting(page: "Page", count: int) -> None:
    await page.locator(".count", has_text=f"等审核 {count} 条").wait_for()


async def pasted(page: "Page") -> str:
    """What the clipboard holds: pasted into the filter, where it may hide the card."""
    await page.get_by_role("button", name="已复制").wait_for()
    await page.keyboard.press("/")
    await page.keyboard.press("Control+V")
    box = page.get_by_label("回复里有")
    text = await box.input_value()
    await box.fill("")
    await page.keyboard.press("Escape")
    return text


def credited(floor: Floor) -> dict[str, int]:
    """How many comments are answered, and served along."""
    states = figures(floor.app.journal, int(floor.app.journal.value("SELECT max(id) FROM streams"))).states
    return {name: states[name] for name in ("answered", "credited")}


async def test_it_is_read_out_or_copied_and_nothing_is_sent(tmp_path: Path, open_page: Opener) -> None:
    SPOKEN.clear()
    async with running(tmp_path, rules=RULES, adapter=LOUD) as floor:
        page = await open_page(floor.base + "/login", has_touch=True, viewport=NARROW, bypass_csp=True)
        await at_work(floor, page)
        card = page.locator(".now")
        await card.get_by_text("这个平台不能发，请主播口头说").wait_for()
        assert await card.locator(".acts button").all_inner_texts() == ["口头说过了", "复制", "不用说", "推后 30 秒", "下一条"]
        for button in await page.locator("main button:visible, main summary:visible, header button:visible").all():
            box = await button.bounding_box()
            assert box is not None
            assert min(box["height"], box["width"]) >= 48, await button.inner_text()
        for key in "aet":
            await page.keyboard.press(key)
        await page.locator(".notice", has_text="这里不能发言").wait_for()
        assert await page.locator(".editor, dialog[open]").count() == 0
        assert floor.count("acts") == 0
        await card.get_by_role("button", name="复制").tap()
        assert await pasted(page) == "颜色看详情页"

        await waiting(page, 3)
        await page.keyboard.press("s")
        await waiting(page, 2)
        assert credited(floor) == {"answered": 1, "credited": 1}
        await card.get_by_role("button", name="口头说过了").tap()
        await waiting(page, 1)
        assert credited(floor) == {"answered": 2, "credited": 2}

        assert floor.app.desk
        token = floor.app.desk.sessions.make_token("obs", "overlay", "test")
        overlay = await open_page(f"{floor.base}/overlay?token={token}&lines=3")
        for word in ("颜色", "尺码", "面料"):
            await overlay.get_by_text(f"{word}看详情页").wait_for()
        assert await in_every_way(page, ".now .acts") == []
        assert floor.count("replies WHERE state NOT IN ('held', 'aloud')") == 0
        assert (SPOKEN, floor.says) == ([], [])


async def test_an_answer_that_was_asked_for_before_brings_nothing_back(tmp_path: Path, open_page: Opener) -> None:
    """The list that was on its way when a card was dealt with holds it still."""
    async with running(tmp_path, rules=RULES, adapter=LOUD) as floor:
        page = await open_page(floor.base + "/login")
        await at_work(floor, page)
        await page.locator(".now blockquote", has_text="什么颜色").wait_for()
        await page.keyboard.press("/")
        await page.keyboard.type("颜色看")
        await waiting(page, 1)
        asked, done = asyncio.Event(), asyncio.Event()

        async def late(route: "Route") -> None:
            answer = await route.fetch()
            asked.set()
            await done.wait()
            await route.fulfill(response=answer)

        await page.route("**/api/v1/held?*", late)
        await page.get_by_label("回复里有").fill("")
        await page.keyboard.press("Escape")
        await asked.wait()
        async with page.expect_response("**/aloud"):
            await page.keyboard.press("s")
        done.set()
        await page.locator(".now blockquote", has_text="尺码多大").wait_for()
        await waiting(page, 2)
        await page.get_by_role("button", name="口头说过了").click()
        await waiting(page, 1)


async def test_it_is_copied_where_the_browser_keeps_the_clipboard(tmp_path: Path, open_page: Opener) -> None:
    async with running(tmp_path, rules=RULES, adapter=LOUD, names=(LAN,)) as floor:
        base = floor.base.replace("127.0.0.1", LAN)
        page = await open_page(base + "/login")
        await at_work(floor, page, base)
        assert await page.evaluate("navigator.clipboard") is None
        await page.keyboard.press("j")
        await page.locator(".now blockquote", has_text="尺码多大").wait_for()
        await page.get_by_role("button", name="复制").click()
        assert await pasted(page) == "尺码看详情页"
        await page.keyboard.press("j")
        await page.evaluate("document.execCommand = () => false")
        await page.get_by_role("button", name="复制").click()
        await page.locator(".notice", has_text="Ctrl+C").wait_for()
        assert await page.evaluate("String(getSelection())") == await page.inner_text(".draft .said")
