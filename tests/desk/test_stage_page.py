"""The streamer's page, the overlay, the report and the settings in a real browser."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from accessible import in_every_way
from desks import PASSWORD, Served, serving
from livestream import Stream, ago

from livebot.decide.events import Gap
from livebot.keep.figures import figures

if TYPE_CHECKING:
    from playwright.async_api import Page

Opener = Callable[..., Awaitable["Page"]]
UP: dict[str, Any] = {"ready": True, "rooms": {"r": {"state": "up"}}, "parked": {}, "queue": "up"}


@asynccontextmanager
async def on_air(folder: Path, **over: Any) -> AsyncIterator[tuple[Served, Stream]]:
    async with serving(folder, **{"rooms": ("r",), "ready": lambda: UP} | over) as desk:
        yield desk, Stream(desk.desk.journal)


async def enter(page: "Page", desk: Served, role: str, place: str) -> None:
    await desk.cookie(role)  # makes the account
    await page.goto(f"{desk.base}/login?next={place}")
    await page.locator("input[name=name]").fill(role)
    await page.locator("input[name=password]").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**" + place)
    await page.wait_for_selector("header .red")


async def asked(stream: Stream, text: str, count: int, who: str = "u") -> None:
    for n in range(count):
        await stream.comment(text, user=f"{who}{n}")


async def test_the_streamer_says_it_with_one_key(tmp_path: Path, open_page: Opener) -> None:
    async with on_air(tmp_path) as (desk, stream):
        await stream.starts()
        await asked(stream, "尺码", 3)
        page = await open_page(desk.base + "/login")
        await enter(page, desk, "streamer", "/stage")
        await page.get_by_text("3人问").wait_for()
        assert await page.locator(".lines > *").count() == 3
        size = await page.locator(".asked .text").evaluate("found => parseFloat(getComputedStyle(found).fontSize)")
        assert size >= 60  # 16 mm on a 24-inch screen: 1/120 of two metres
        await page.keyboard.press(" ")
        await page.get_by_role("button", name="撤回（3 人）").wait_for()
        assert figures(stream.journal, stream.id).states["answered"] == 1
        assert figures(stream.journal, stream.id).states["credited"] == 2
        await page.keyboard.press("u")
        await page.get_by_role("button", name="说过了").wait_for()
        assert figures(stream.journal, stream.id).states["held"] == 3


_WATCH = """() => {
    const sides = (one) => ["x", "y", "width", "height"].map((side) => Math.round(one.getBoundingClientRect()[side]));
    const look = () => JSON.stringify([...document.querySelectorAll(".line")].map((one) => [one.textContent, ...sides(one)]));
    window.seen = [[performance.now(), look()]];
    new MutationObserver(() => {
        const now = look();
        if (now !== window.seen.at(-1)[1]) window.seen.push([performance.now(), now]);
    }).observe(document.querySelector(".lines"), { subtree: true, childList: true, characterData: true, attributes: true });
}"""


async def test_nothing_moves_and_one_change_in_five_seconds(tmp_path: Path, open_page: Opener) -> None:
    state = dict(UP)
    async with on_air(tmp_path, ready=lambda: state) as (desk, stream):
        await stream.starts()
        await asked(stream, "尺码", 2)
        page = await open_page(desk.base + "/login", viewport={"width": 1280, "height": 800})
        await enter(page, desk, "streamer", "/stage")
        await page.get_by_text("2人问").wait_for()
        await page.evaluate(_WATCH)
        state["queue"] = "down"
        n = 0
        while await page.evaluate("window.seen.length") < 3:  # something new twice a second
            n += 1
            await asked(stream, "这个会起球吗，洗几次会不会变形", 2, who=f"a{n}-")
            state["queue"] = "down" if n % 2 else "up"
            await asyncio.sleep(0.5)
        seen = await page.evaluate("window.seen")
        times = [at for at, _ in seen[1:]]
        assert all(later - earlier >= 4_990 for earlier, later in pairwise(times))
        places = {re.sub(r'"(?:[^"\\]|\\.)*"', "", text) for _, text in seen}
        assert len(places) == 1  # every line where it was, as large as it was


async def test_the_overlay_is_text_on_nothing(tmp_path: Path, open_page: Opener) -> None:
    async with on_air(tmp_path) as (desk, stream):
        await stream.starts()
        await asked(stream, "包邮吗", 1)
        await stream.deliver()
        token = desk.desk.sessions.make_token("obs", "overlay", "test")
        page = await open_page(f"{desk.base}/overlay?token={token}&size=40")
        await page.get_by_text("运费看下单页。").wait_for()
        ground = "(one) => getComputedStyle(one).backgroundColor"
        assert [await page.locator(one).evaluate(ground) for one in ("html", "body", "main")] == ["rgba(0, 0, 0, 0)"] * 3
        assert await page.locator("button, a, input, nav, header").count() == 0
        assert await page.locator("main p").evaluate("one => getComputedStyle(one).fontSize") == "40px"
        assert (await desk.ask("GET", "/overlay")).status == 401
        assert (await desk.ask("GET", "/overlay?token=wrong")).status == 401


@pytest.mark.parametrize("show", ["answers", "question"])
async def test_nobody_is_kept_out_of_the_picture(tmp_path: Path, open_page: Opener, show: str) -> None:
    async with on_air(tmp_path) as (desk, stream):
        await stream.starts()
        await asked(stream, "包邮吗" if show == "answers" else "尺码", 2)
        await stream.deliver()
        token = desk.desk.sessions.make_token("obs", "overlay", "test")
        page = await open_page(f"{desk.base}/overlay?token={token}&show={show}", bypass_csp=True)
        assert await in_every_way(page, "main p") == []


async def recorded(stream: Stream) -> None:
    """Six minutes, of which nothing was heard for two."""
    for minute in (6, 5, 2, 1):
        for n in range(3):
            await stream.comment(f"包邮吗{n}", user=f"{minute}-{n}", at=ago(minute))
    await stream.happens(Gap(since=ago(4), until=ago(2.1), reason="断线"))
    await stream.comment("我要退款", user="z")
    await stream.comment("尺码", user="z")
    await stream.comment("这个会起球吗", user="y")
    await stream.deliver()


async def test_the_report_shows_a_gap_as_a_gap(tmp_path: Path, open_page: Opener) -> None:
    async with on_air(tmp_path) as (desk, stream):
        await recorded(stream)
        page = await open_page(desk.base + "/login")
        await enter(page, desk, "supervisor", "/report")
        plot = page.locator("section", has=page.get_by_role("heading", name="每分钟弹幕")).locator("svg")
        await plot.wait_for()
        band = await plot.locator(".gap").bounding_box()
        bars = [await bar.bounding_box() for bar in await plot.locator(".bar").all()]
        assert band is not None
        assert len(bars) == 5
        inside = [bar for bar in bars if bar and band["x"] < bar["x"] + bar["width"] / 2 < band["x"] + band["width"]]
        assert inside == []
        assert await plot.get_attribute("role") == "img"
        assert "没听到 1 段" in (await plot.locator("desc").text_content() or "")
        assert await page.locator("svg").count() >= 4
        fill = "one => getComputedStyle(one).fill"
        light = await plot.locator(".bar").first.evaluate(fill)
        await page.emulate_media(color_scheme="dark")
        assert await plot.locator(".bar").first.evaluate(fill) != light


async def test_settings_offer_what_the_role_may(tmp_path: Path, open_page: Opener) -> None:
    async with on_air(tmp_path) as (desk, stream):
        await recorded(stream)
        page = await open_page(desk.base + "/login")
        await enter(page, desk, "viewer", "/settings")
        await page.get_by_role("heading", name="我的账号").wait_for()
        assert await page.locator("section").count() == 1
        other = await open_page(desk.base + "/login")
        await enter(other, desk, "admin", "/settings")
        await other.get_by_role("heading", name="账号和角色").wait_for()
        await other.get_by_role("row", name="freight").wait_for()
        form = other.locator("form", has=other.get_by_role("button", name="生成地址"))
        await form.get_by_label("名字").fill("OBS")
        await form.get_by_role("button", name="生成地址").click()
        address = await other.locator(".secret").input_value()
        overlay = await open_page(address)
        await overlay.get_by_text("运费看下单页。").first.wait_for()
        await other.get_by_role("button", name="收回 OBS").click()
        await other.get_by_role("button", name="确定收回").click()
        await other.get_by_text("还没有口令").wait_for()
        assert (await desk.ask("GET", address.removeprefix(desk.base))).status == 401


async def test_nobody_is_kept_out(tmp_path: Path, open_page: Opener) -> None:
    async with on_air(tmp_path) as (desk, stream):
        await recorded(stream)
        page = await open_page(desk.base + "/login", bypass_csp=True)
        await enter(page, desk, "admin", "/stage")
        wrong = []
        for path, ready in (("/stage", ".asked .count"), ("/report", "svg.plot"), ("/settings", ".settings-part table")):
            await page.goto(desk.base + path)
            wrong += [f"{path} {one}" for one in await in_every_way(page, ready)]
        assert wrong == []
