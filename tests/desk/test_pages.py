"""The pages in a real browser: from the set-up link to every page, and what they say when livebot goes away."""

import re
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accessible import in_every_way
from desks import PASSWORD, Served, serving
from waiting import becomes

from livebot.keep import outbox
from livebot.keep.journal import Journal

if TYPE_CHECKING:
    from playwright.async_api import Page

Opener = Callable[..., Awaitable["Page"]]
STATUS = {"ready": True, "rooms": {"我的直播间": {"state": "up", "detail": ""}}, "parked": {}, "queue": "up"}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}


def here(folder: Path, **over: Any) -> Any:
    return serving(folder, **{"ready": lambda: STATUS, "moderated": True} | over)


async def log_in(page: "Page", name: str, desk: Served) -> None:
    await desk.cookie(name)  # the account
    await page.goto(desk.base + "/login")
    await page.get_by_label("名字").fill(name)
    await page.get_by_label("密码").fill(PASSWORD)
    await page.get_by_role("button", name="登录").click()
    await page.wait_for_selector("h1:not(:has-text('登录'))")


async def test_from_the_set_up_link_to_every_page(tmp_path: Path, open_page: Opener) -> None:
    async with here(tmp_path) as desk:
        page = await open_page(desk.links[0])
        await page.get_by_label("名字").fill("小王")
        await page.get_by_label("密码", exact=True).fill(PASSWORD)
        await page.get_by_label("密码再写一遍").fill(PASSWORD)
        await page.get_by_role("button", name="建账号并进入").click()
        await page.wait_for_url("**/desk")
        assert "#" not in page.url
        for path, name in {"/issues": "售后", "/stage": "主播", "/report": "报告", "/settings": "设置", "/desk": "场控"}.items():
            await page.get_by_role("link", name=name).click()
            await page.wait_for_url("**" + path)
            await page.get_by_role("heading", name=name).wait_for()
            assert "小王" in await page.inner_text("header")
        leave = page.get_by_role("button", name="退出")
        await page.get_by_text("小王 · 管理员").click()
        await leave.wait_for()
        await page.keyboard.press("Escape")
        await leave.wait_for(state="hidden")
        assert await page.evaluate("document.activeElement.tagName") == "SUMMARY"
        await page.keyboard.press("Enter")
        await leave.click()
        await page.wait_for_url("**/login")
        await page.goto(desk.base + "/desk")
        await page.wait_for_url("**/login?next=/desk")


async def test_nobody_is_kept_out_at_the_first_door(tmp_path: Path, open_page: Opener) -> None:
    async with here(tmp_path) as desk:
        page = await open_page(desk.links[0], bypass_csp=True)
        assert await in_every_way(page, "input[name=again]") == []


async def test_the_red_button_is_in_sight_and_works(tmp_path: Path, open_page: Opener, wait_until: Callable[..., Awaitable[None]]) -> None:
    async with here(tmp_path) as desk:
        page = await open_page(desk.base + "/login", **PHONE)
        await log_in(page, "moderator", desk)
        button = page.get_by_role("button", name="停止发送")
        box = await button.bounding_box()
        assert box is not None
        assert box["height"] >= 48
        assert box["y"] < 740
        await button.click()
        await page.get_by_text("什么都不会发出去").wait_for()
        assert (tmp_path / "FROZEN").exists()
        await page.get_by_role("button", name="解除").click()
        await page.get_by_role("button", name="确定").click()
        await button.wait_for()
        assert not (tmp_path / "FROZEN").exists()
        await page.keyboard.press("!")
        await wait_until(lambda: (tmp_path / "FROZEN").exists())


async def test_both_languages(tmp_path: Path, open_page: Opener) -> None:
    async with here(tmp_path) as desk:
        page = await open_page(desk.base + "/login")
        await page.get_by_role("button", name="English").click()
        await page.get_by_label("Name").fill("nobody")
        await page.get_by_label("Password").fill("wrong password")
        await page.get_by_role("button", name="Log in").click()
        assert "wrong" in await page.get_by_role("alert").inner_text()
        assert await page.get_attribute("html", "lang") == "en"


async def test_a_cut_is_shown_and_ends(tmp_path: Path, open_page: Opener) -> None:
    async with here(tmp_path) as desk:
        page = await open_page(desk.base + "/login")
        await log_in(page, "moderator", desk)
        await page.locator("header .red").wait_for()
    await page.get_by_text(re.compile("连接断了，从 .* 起")).wait_for()
    async with here(tmp_path, listen=f"127.0.0.1:{desk.port}"):
        await page.get_by_text("连接断了").wait_for(state="detached")


LISTEN = """async () => {
    const { listen } = await import("/static/live.js");
    window.heard = { resets: 0, states: {} };
    listen(["reply"], {
        reset: async () => { window.heard.resets += 1; },
        reply: (list) => list.forEach(({ id, state }) => { window.heard.states[id] = state; }),
    });
}"""

MISSED = "window.heard.states.before === 'denied' && window.heard.states.meanwhile === 'held'"


async def test_two_tabs_hear_what_was_missed_while_livebot_was_away(
    tmp_path: Path, open_page: Opener, add_reply: Callable[..., Awaitable[outbox.OutboxRow]]
) -> None:
    """Both by the one stream of their browser, and without fetching anything anew."""
    async with here(tmp_path) as desk:
        first = await open_page(desk.base + "/login")
        await log_in(first, "moderator", desk)
        second = await first.context.new_page()
        await second.goto(desk.base + "/desk")
        for page in (first, second):
            await page.evaluate(LISTEN)
        row = await add_reply(desk.desk.journal, "before", "held")
        for page in (first, second):
            await becomes(partial(page.evaluate, "window.heard.states.before === 'held'"))
    journal = await Journal.open(tmp_path / "journal.db")
    await outbox.settle(journal, row, "denied")
    await add_reply(journal, "meanwhile", "held")
    await journal.close()
    async with here(tmp_path, listen=f"127.0.0.1:{desk.port}"):
        for page in (first, second):
            await becomes(partial(page.evaluate, MISSED))
            assert await page.evaluate("window.heard.resets") == 1


ODD = [
    ("\u202egnp.exe", "202Egnp.exe"), ("a\u200bb", "a200Bb"), ("\u2066x\u2069", "2066x2069"), ("plain 文字", "plain 文字"),
    ("👨\u200d👩", "👨\u200d👩"), ("👍🏽", "👍🏽"), ("é" + "\u0301" * 40, "é\u0301\u0301\u0301…"), ("<img src=x onerror=alert(1)>", None),
]  # fmt: skip


async def test_what_others_wrote_is_text(tmp_path: Path, open_page: Opener) -> None:
    async with here(tmp_path) as desk:
        page = await open_page(desk.base + "/login")
        told = await page.evaluate(
            """async (texts) => {
                const { mount, html, shown } = await import("/static/shell.js");
                mount(html`<div>${texts.map((text) => html`<p class="probe">${shown(text)}</p>`)}</div>`);
                return [...document.querySelectorAll(".probe")].map((found) => found.textContent);
            }""",
            [text for text, _ in ODD],
        )
        assert told == [text if seen is None else seen for text, seen in ODD]
        assert await page.locator(".probe img").count() == 0
