"""Moderators at /desk in real browsers, over the whole livebot and a practice platform that hears what is said."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from floors import ROOM, RULES, Floor, Opener, running

from livebot.keep import outbox

if TYPE_CHECKING:
    from playwright.async_api import Page

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
HURRY = RULES + '["hurry"]\nwhen = ["急事"]\nsay = "马上看"\nmode = "suggest"\nexpiry = 30\n'
HOURS = '["hours"]\nask = ["你们几点开播", "每天什么时候直播"]\nsay = "每晚八点"\nmode = "suggest"\n'
NOW = ".now"


async def at_work(floor: Floor, open_page: Opener, name: str = "小王", **context: Any) -> "Page":
    page = await open_page(floor.base + "/login", **context)
    await floor.enter(page, name)
    await page.wait_for_selector(".now, .empty")
    return page


async def counted(page: "Page", count: int) -> None:
    """The page says that so many wait."""
    await page.wait_for_function("n => document.querySelector('.count').textContent.includes(` ${n} `)", arg=count)


async def at_hand(page: "Page") -> str:
    return await page.inner_text(".now blockquote")


def states(floor: Floor) -> dict[str, int]:
    return dict(floor.app.journal.read("SELECT state, count(*) FROM replies GROUP BY state"))


async def test_a_moderator_with_no_mouse_clears_twenty(tmp_path: Path, open_page: Opener) -> None:
    async with running(tmp_path) as floor:
        await floor.hold(*range(1, 21))
        page = await at_work(floor, open_page)
        await counted(page, 20)
        assert await page.title() == "(20) 场控 · livebot"
        keys = ["a"] * 13 + ["r", "r", "s", "s", "a", "a"]
        for left, key in zip(range(19, 0, -1), keys, strict=True):
            await page.keyboard.press(key)
            await counted(page, left)
            assert await page.evaluate("document.activeElement.closest('.now') !== null"), "focus is lost"
        await page.keyboard.press("e")
        await page.wait_for_selector(".editor textarea:focus")
        await page.keyboard.type("改成这样回答")
        await page.keyboard.press("Enter")
        await page.get_by_text("现在没有要审核的").wait_for()
        await floor.until("replies WHERE state = 'sent'", 16)
        assert states(floor) == {"sent": 16, "denied": 2, "aloud": 2}
        assert len(floor.says) == len(set(floor.says)) == 16
        assert "改成这样回答" in floor.says
        await page.wait_for_function("document.title === '场控 · livebot'")


async def test_two_approve_the_same_and_the_platform_hears_one(tmp_path: Path, open_page: Opener) -> None:
    async with running(tmp_path) as floor:
        await floor.hold(1)
        pages = [await at_work(floor, open_page, name) for name in ("小王", "小李")]
        for page in pages:
            await page.wait_for_selector(NOW)
        await asyncio.gather(*(page.keyboard.press("a") for page in pages))
        await floor.until("replies WHERE state = 'sent'", 1)
        [row] = outbox.rows(floor.app.journal, "state = 'sent'")
        loser = pages[row.actor == "小王"]
        await loser.get_by_text(re.compile(f"{row.actor}.*通过了")).first.wait_for()
        assert len(floor.says) == 1
        assert floor.count("acts") == 1


async def test_nothing_moves_under_the_hand(tmp_path: Path, open_page: Opener) -> None:
    async with running(tmp_path, rules=HURRY) as floor:
        await floor.hold(1, 2)
        page, other = await at_work(floor, open_page), await at_work(floor, open_page, "小李")
        await counted(page, 2)
        hand = await at_hand(page)
        before = await page.locator(".now .acts").bounding_box()
        floor.ask("急事")
        await counted(page, 3)
        assert "急事" in await page.locator(".queue li").first.inner_text(), "the most perishable is first"
        assert await at_hand(page) == hand
        assert await page.locator(".now .acts").bounding_box() == before
        await other.locator(".queue button", has_text=hand.split("\n")[0]).click()
        await other.keyboard.press("r")
        await page.locator(".now [role=alert]", has_text="小李 决定不发").wait_for()
        await page.keyboard.press("a")
        assert floor.count("acts") == 1, "a key for a reply that is gone does nothing to the next"
        await page.keyboard.press("j")
        await page.locator(".now .acts button", has_text="通过").first.wait_for()
        assert await at_hand(page) != hand


async def test_what_was_done_is_taken_back_with_one_key(tmp_path: Path, open_page: Opener) -> None:
    async with running(tmp_path, undo=20.0) as floor:
        await floor.hold(1, 2)
        page = await at_work(floor, open_page)
        await counted(page, 2)
        hand = await at_hand(page)
        await page.keyboard.press("a")
        await counted(page, 1)
        await page.locator(".undo", has_text="你通过了").get_by_role("button", name="撤回").wait_for()
        await page.keyboard.press("u")
        await counted(page, 2)
        await page.wait_for_function("hand => document.querySelector('.now blockquote').innerText === hand", arg=hand)
        assert floor.says == []
        assert states(floor) == {"held": 2}


async def test_all_that_match_at_once_and_back(tmp_path: Path, open_page: Opener) -> None:
    async with running(tmp_path) as floor:
        await floor.hold(*range(1, 6), 11)
        page = await at_work(floor, open_page)
        await counted(page, 6)
        await page.keyboard.press("/")
        await page.keyboard.type("编号1")
        await counted(page, 2)
        await page.keyboard.press("Escape")
        await page.keyboard.press("b")
        await page.get_by_text("符合筛选的 2 条").wait_for()
        await page.wait_for_selector(".bulk button:focus")  # it takes the focus once it is drawn
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await page.locator(".undo", has_text="2 条不发").wait_for()
        assert states(floor) == {"held": 4, "denied": 2}
        await page.keyboard.press("u")
        await counted(page, 2)
        assert states(floor) == {"held": 6}


async def test_livebot_is_quiet_while_somebody_edits(tmp_path: Path, open_page: Opener, wait_until: Callable[..., Awaitable[None]]) -> None:
    async with running(tmp_path) as floor:
        await floor.hold(1)
        page, other = await at_work(floor, open_page), await at_work(floor, open_page, "小李")
        await page.wait_for_selector(NOW)
        await page.keyboard.press("e")
        await other.get_by_text("小王 正在回答这位观众").wait_for()
        await page.keyboard.type("全网最低价，假一赔十")
        await page.locator(".editor .error, .editor .warn").wait_for()
        await page.keyboard.press("Escape")
        await other.get_by_text("小王 正在回答这位观众").wait_for(state="detached")
        assert await page.evaluate("document.activeElement.classList.contains('now')")
        assert states(floor) == {"held": 1}


async def test_modes_are_switched_live(tmp_path: Path, open_page: Opener) -> None:
    async with running(tmp_path, rules='["hello"]\nwhen = ["包邮"]\nsay = "运费看下单页"\ncooldown = 0\n') as floor:
        page = await at_work(floor, open_page)
        await page.get_by_text("现在没有要审核的").wait_for()
        await page.keyboard.press("m")
        await page.get_by_role("button", name="拟稿等人").click()
        await page.get_by_role("button", name="照配置").wait_for()
        await page.keyboard.press("Escape")
        floor.ask("包邮吗")
        await counted(page, 1)
        assert floor.says == []


async def test_hostile_words_are_words(tmp_path: Path, open_page: Opener) -> None:
    """`open_page` fails the test where a page complains of anything: an error, a refused load, a CSP violation."""
    async with running(tmp_path) as floor:
        floor.ask("<img src=x onerror=alert(1)> 问题1号 \u202egpj\u2066 \u200b\u200d", name="名" * 10_000)
        floor.ask("</script><svg onload=alert(2)>问题2号", name="\u202e<b>小\u0301\u0301\u0301\u0301\u0301\u0301</b>\x00")
        floor.ask("javascript:alert(3) 问题3号" + "啊" * 3_000, name="")
        await floor.until("replies WHERE state = 'held'", 3)
        for context in ({}, PHONE):
            page = await at_work(floor, open_page, **context)
            await counted(page, 3)
            for _ in range(3):
                await page.locator(".around").first.wait_for()
                assert await page.locator("main img, main svg, main script, main b b").count() == 0
                assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page grew wider"
                await page.keyboard.press("j")
            assert "<img src=x onerror=alert(1)>" in await page.inner_text(".queue")


async def test_one_hand_on_a_phone(tmp_path: Path, open_page: Opener) -> None:
    async with running(tmp_path) as floor:
        await floor.hold(*range(1, 6))
        page = await at_work(floor, open_page, **PHONE)
        await counted(page, 5)
        for button in await page.locator("main button:visible, main summary:visible, header button:visible").all():
            box = await button.bounding_box()
            assert box is not None
            assert min(box["height"], box["width"]) >= 48, await button.inner_text()
        box = await page.locator(".now .acts").bounding_box()
        assert box is not None
        assert box["y"] > 370, "in reach of the thumb"
        assert box["y"] + box["height"] <= 740 - 48
        await page.get_by_role("button", name="通过", exact=True).tap()
        await counted(page, 4)


async def test_a_doubt_is_settled_by_who_looked(tmp_path: Path, open_page: Opener, add_reply: Callable[..., Awaitable[Any]]) -> None:
    async with running(tmp_path) as floor:
        page = await at_work(floor, open_page)
        await add_reply(floor.app.journal, "d1", "in_doubt", room=ROOM, text="说了没有")
        await page.get_by_role("heading", name="不确定发没发出去 · 1").wait_for()
        await page.keyboard.press("y")
        await page.locator(".doubts").wait_for(state="detached")
        assert [row.state for row in outbox.rows(floor.app.journal, "id = 'd1'")] == ["sent"]


@pytest.mark.parametrize("role", ["viewer", "streamer"])
async def test_who_may_only_look_gets_no_buttons(tmp_path: Path, open_page: Opener, role: str) -> None:
    async with running(tmp_path) as floor:
        await floor.hold(1)
        page = await open_page(floor.base + "/login")
        await floor.enter(page, role, role)
        await page.wait_for_selector(NOW)
        assert await page.get_by_role("button", name="通过").count() == 0
        await page.keyboard.press("a")
        assert states(floor) == {"held": 1}


async def test_a_phrasing_is_taught_with_the_reply(tmp_path: Path, open_page: Opener) -> None:
    async with running(tmp_path, rules=HOURS) as floor:
        floor.ask("你们几点开播")
        page = await at_work(floor, open_page)
        await counted(page, 1)
        await page.keyboard.press("t")
        await page.get_by_label("观众这样问").fill("咱啥点儿开唠")
        await page.keyboard.press("Enter")
        await page.locator(".diff", has_text="咱啥点儿开唠").wait_for()
        await page.keyboard.press("Enter")
        await floor.until("replies WHERE state = 'sent'", 1)
        assert "咱啥点儿开唠" in (tmp_path / "rules.learned.toml").read_text("utf-8")
