"""The after-sales page in a real browser: keyboard alone, live, hostile words, a cut connection, leases, sounds."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accessible import NARROW, WIDE, violations
from desks import Served
from inboxes import announce, enter, raise_issues, working
from waiting import becomes

from livebot.decide.issue_states import ISSUE_STATES, names
from livebot.deliver.queue_journal import SCHEMA, JournalQueue
from livebot.keep.journal import Journal

if TYPE_CHECKING:
    from playwright.async_api import Page

Opener = Callable[..., Awaitable["Page"]]


async def showing(desk: Served, open_page: Opener, role: str = "after-sales", **context: Any) -> "Page":
    page = await open_page(desk.base + "/login", **context)
    await enter(page, desk, role)
    return page


def row(page: "Page", text: str) -> Any:
    return page.locator(".inbox li", has_text=text)


async def test_a_day_by_keyboard_alone(tmp_path: Path, open_page: Opener) -> None:
    async with working(tmp_path) as desk:
        await raise_issues(desk, ("莉莉", "主播晚上好"), ("阿花", "穿了过敏，电话 13812345678"), ("小周", "我要退款"))
        page = await showing(desk, open_page)
        keys = page.keyboard
        await keys.press("j")
        await page.locator(".detail blockquote", has_text="过敏，电话 138****5678").wait_for()
        assert await page.locator(".detail .it").count() == 1
        assert "3 碎花裙" in await page.inner_text(".detail")
        await keys.press("c")
        await page.locator(".detail .meta", has_text="我在处理").wait_for()
        await keys.press("n")
        await page.wait_for_selector(".form :focus")
        await keys.type("约了 13800138000 晚上回电")
        await keys.press("Control+Enter")
        await page.locator(".detail .lines", has_text="约了 138****8000 晚上回电").wait_for()
        await keys.press("r")
        await page.locator("form [role=status] q", has_text="已登记").wait_for()
        await keys.press("Control+Enter")
        await page.locator(".detail .lines", has_text="在直播间说").wait_for()
        assert await page.locator(".detail .lines li", has_text="等着发").count() == 1
        await keys.press("v")
        await page.wait_for_selector(".form :focus")
        await keys.press("Tab")
        await keys.type("回电")
        await keys.press("Enter")
        await page.get_by_text("13812345678").wait_for()
        await keys.press("Escape")
        await keys.press("2")  # verifying → in_progress
        await page.locator(".detail .meta .state", has_text="处理中").wait_for()
        await keys.press("h")
        await page.locator(".form select").select_option("logistics")
        await keys.press("Control+Enter")
        assert await page.locator("form input:invalid").count() == 4  # what the team needs is asked for
        for n, name in enumerate(("problem", "wanted", "order", "tracking")):
            await page.locator(f"form input[name={name}]").fill(f"说明 {n}")
        await keys.press("Control+Enter")
        await page.locator(".detail .meta", has_text="在物流").wait_for()
        assert "没人认领" in await page.inner_text(".detail .meta")
        await keys.press("Escape")
        await page.locator(".detail").wait_for(state="detached")
        [issue] = (await desk.browse("admin", "GET", "/api/v1/issues?team=logistics")).json["items"]
        history = (await desk.browse("admin", "GET", f"/api/v1/issues/{issue['id']}")).json["history"]
        assert [step["act"] for step in history] == ["claim", "note", "reply", "state", "handover"]


async def test_only_what_may_follow_is_offered_and_a_jump_is_refused_in_words(tmp_path: Path, open_page: Opener) -> None:
    async with working(tmp_path) as desk:
        await announce(desk, 1)
        page = await showing(desk, open_page)
        await page.keyboard.press("j")
        await page.keyboard.press("c")
        await page.locator(".detail .meta", has_text="我在处理").wait_for()
        offered = [text.split()[0] for text in await page.locator(".states button").all_inner_texts()]
        assert offered == [names(state)[0] for state in ISSUE_STATES["verifying"] if state != "duplicate_of"]
        await page.evaluate(
            """async () => {
                const { attempt } = await import("/static/shell.js");
                const { act } = await import("/static/issues-store.js");
                await attempt(() => act("id-1/state", { state: "closed", token: "1" }));
            }"""
        )
        await page.locator(".notice.bad", has_text="不能从“核实中”直接跳到“已关闭”").wait_for()
        assert (await desk.browse("admin", "GET", "/api/v1/issues/id-1")).json["item"]["state"] == "verifying"


_LOSE = """async () => {
    const { act } = await import("/static/issues-store.js");
    return act("id-1/claim").catch(({ status, body }) => [status, body.holder]);
}"""


async def test_two_people_see_each_other(tmp_path: Path, open_page: Opener) -> None:
    """Who comes second is told who has it; a supervisor takes over; the page of the first says so and lets go."""
    async with working(tmp_path) as desk:
        await announce(desk, 1)
        staff, boss = await showing(desk, open_page), await showing(desk, open_page, "supervisor")
        for page in (staff, boss):
            await page.keyboard.press("j")
            await page.wait_for_selector(".detail .acts")
        await staff.keyboard.press("c")
        await boss.locator(".detail .meta", has_text="after-sales 在处理").wait_for()
        assert await boss.locator(".states button").count() == 0
        assert await boss.evaluate(_LOSE) == [409, "after-sales"]
        await boss.keyboard.press("c")
        await boss.locator(".detail .meta", has_text="我在处理").wait_for()
        await staff.locator(".detail .meta", has_text="supervisor 在处理").wait_for()
        assert await staff.locator(".states button").count() == 0


async def test_filters_search_and_many_at_once(tmp_path: Path, open_page: Opener) -> None:
    async with working(tmp_path) as desk:
        await announce(desk, *range(1, 71))
        page = await showing(desk, open_page)
        assert await page.locator(".inbox li").count() == 50
        await page.get_by_label("所有类别").select_option("post.return")
        await page.get_by_role("button", name="批量").click()
        await page.get_by_role("button", name="全选符合筛选的 14 条").click()
        await page.get_by_role("button", name="对 14 条认领").click()
        await page.locator(".notice.good", has_text="14 条做好了").wait_for()
        await page.get_by_role("button", name="我的 14").click()
        await page.get_by_role("button", name="清除筛选").click()
        await page.keyboard.press("/")
        await page.keyboard.type("顾*33")
        await page.wait_for_selector(".inbox li:only-child")
        assert "顾*33" in await page.inner_text(".inbox")
        async with page.expect_download() as got:
            await page.get_by_role("link", name="导出 CSV").click()
        text = Path(await (await got.value).path()).read_text("utf-8-sig")
        assert text.count("\n") == 2


async def test_merging_and_undoing_it(tmp_path: Path, open_page: Opener) -> None:
    async with working(tmp_path) as desk:
        await announce(desk, 1, 6)
        page = await showing(desk, open_page)
        await row(page, "顾*6").get_by_role("checkbox").check()
        await row(page, "顾*1：").locator("button").click()
        await page.wait_for_selector(".detail .acts")
        await page.keyboard.press("m")
        await page.get_by_role("button", name="并入 1 条").click()
        await page.locator(".detail", has_text="等 2 人").wait_for()
        await page.locator(".detail .plain", has_text="顾*6").click()
        await page.locator(".detail .meta .state", has_text="重复问题").wait_for()
        await page.keyboard.press("Escape")
        assert await page.locator(".detail").count() == 0
        assert (await desk.browse("admin", "POST", "/api/v1/issues/id-6/unmerge", json={})).json["state"] == "reopened"
        await row(page, "顾*6").wait_for()


ODD = {
    "text": "<img src=x onerror=\"document.title='hacked'\"><script>document.title='hacked'</script>\u202egnp.exe\u200b" + "\u0301" * 9,
    "author": "名" * 10_000, "room": "<b>房</b>" + "\u2066" * 30, "category": "<svg onload=alert(1)>", "priority": "javascript:alert(1)",
    "context": '[{"at": "x", "author": {}, "text": []}]', "also": '[{"at": "9999999999999999", "author": "<i>", "text": 5}, 7]',
    "rules": '["<u>"]', "comment_id": "'; DROP TABLE issues; --",
}  # fmt: skip


async def test_hostile_words_do_no_harm(tmp_path: Path, open_page: Opener) -> None:
    async with working(tmp_path) as desk:
        await announce(desk, 1, **ODD)
        await announce(desk, 2)
        page = await showing(desk, open_page, viewport=NARROW, has_touch=True)
        dialogs: list[str] = []
        page.on("dialog", lambda one: dialogs.append(one.message))
        wide = "document.documentElement.scrollWidth > innerWidth"
        assert not await page.evaluate(wide)
        await page.locator(".inbox button", has_text="202Egnp.exe").click()
        await page.locator(".detail blockquote .odd", has_text="202E").wait_for()
        assert not await page.evaluate(wide)
        assert await page.locator("main img, main script, main svg, main i, main u, main b b").count() == 0
        assert "hacked" not in await page.title()
        assert dialogs == []
        box = await page.locator(".detail blockquote").bounding_box()
        assert box is not None
        assert box["height"] < 300
        await page.get_by_role("button", name="← 列表").click()
        await row(page, "顾*2").locator("button").tap()
        await page.get_by_role("button", name="认领").tap()
        await page.locator(".detail .meta", has_text="我在处理").wait_for()


async def test_a_page_that_was_cut_off_misses_nothing(tmp_path: Path, open_page: Opener) -> None:
    async with working(tmp_path) as desk:
        await announce(desk, 1, 2, 3)
        page = await showing(desk, open_page)
        await row(page, "顾*1：").locator("button").click()
        await page.wait_for_selector(".detail .acts")
    await page.get_by_text(re.compile("连接断了，从 .* 起")).wait_for()
    journal = await Journal.open(tmp_path / "journal.db", schema=SCHEMA)
    queue = JournalQueue(journal)
    await queue.claim("id-1", "小李", 3600)
    claim = await queue.claim("id-2", "小李", 3600)
    await queue.set_state("id-2", "小李", "resolved", token=claim.token)
    await queue.note("id-1", "小李", "断线时写的")
    await journal.close()
    async with working(tmp_path, listen=f"127.0.0.1:{desk.port}") as again:
        await announce(again, 4)
        await page.get_by_text("连接断了").wait_for(state="detached")
        await row(page, "顾*4").wait_for()
        await row(page, "小李 在处理").wait_for()
        await row(page, "顾*2").wait_for(state="detached")
        await page.locator(".detail .lines", has_text="断线时写的").wait_for()


async def leased_longer(desk: Served, than: int) -> bool:
    return (await desk.desk.queue.show("id-1")).lease_until > than


async def test_a_claim_holds_while_the_page_is_open(tmp_path: Path, open_page: Opener) -> None:
    async with working(tmp_path) as desk:
        await announce(desk, 1)
        page = await open_page(desk.base + "/login")
        await page.clock.install()
        await enter(page, desk)
        await page.keyboard.press("j")
        await page.keyboard.press("c")
        await page.locator(".detail .meta", has_text="我在处理").wait_for()
        first = (await desk.desk.queue.show("id-1")).lease_until

        await page.clock.fast_forward(61_000)
        await becomes(lambda: leased_longer(desk, first))
        assert [step.act for step in (await desk.desk.queue.show("id-1")).history] == ["claim"]


_COUNT = "window.played = 0; HTMLMediaElement.prototype.play = async () => { window.played += 1; };"


async def test_one_sound_for_each_new_urgent_issue(tmp_path: Path, open_page: Opener) -> None:
    async with working(tmp_path) as desk:
        await announce(desk, 2)  # P2
        page = await open_page(desk.base + "/login")
        await page.add_init_script(_COUNT)
        await enter(page, desk)
        assert (await page.title()).startswith("(1) ")
        await announce(desk, 3, 4)  # P2, P3
        await row(page, "顾*4").wait_for()
        assert await page.evaluate("played") == 0
        await announce(desk, 5)  # P1
        await row(page, "顾*5").wait_for()

        await becomes(lambda: page.evaluate("played === 1"))
        await desk.desk.queue.note("id-5", "小李", "x")
        await announce(desk, 7)  # P2
        await row(page, "顾*7").wait_for()
        assert await page.evaluate("played") == 1
        assert (await page.title()).startswith("(5) ")


FORMS = {"n": "备注", "r": "在直播间回复", "h": "交给部门", "m": "把别的并到这条", "v": "看没打码的"}


async def _opened(page: "Page", key: str) -> bool:
    """A key that came before the issue had loaded is pressed again."""
    if there := await page.locator(".form").count() > 0:
        return there
    await page.keyboard.press(key)
    return False


async def test_nobody_is_kept_out(tmp_path: Path, open_page: Opener) -> None:
    """Nothing serious for axe in the list, the issue and its forms; on a phone nothing to touch is smaller than 48 px."""
    async with working(tmp_path) as desk:
        await announce(desk, *range(1, 6))
        await raise_issues(desk, ("莉莉", "主播晚上好"), ("阿花", "过敏了"))
        page = await showing(desk, open_page, bypass_csp=True)
        wrong: list[Any] = []
        for language, size, scheme in (("zh", NARROW, "light"), ("zh", WIDE, "dark"), ("en", NARROW, "dark"), ("en", WIDE, "light")):
            await page.evaluate("language => localStorage.setItem('livebot.language', language)", language)
            await page.set_viewport_size(size)  # type: ignore[arg-type]
            await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            await page.reload()
            await page.wait_for_selector(".inbox li")
            where = (language, size["width"], scheme)
            wrong += [(*where, "list", one) for one in await violations(page)]
            wrong += [(*where, one) for one in await page.evaluate(_SMALL)] if size is NARROW else []
            await page.keyboard.press("j")
            await page.wait_for_selector(".detail .acts")
            wrong += [(*where, one) for one in await page.evaluate(_SMALL)] if size is NARROW else []
            for key in FORMS:
                await becomes(lambda key=key: _opened(page, key))  # type: ignore[misc]
                wrong += [(*where, key, one) for one in await violations(page)]
                await page.keyboard.press("Escape")
                await page.wait_for_selector(".form", state="detached")
        assert wrong == []


_SMALL = """() => [...document.querySelectorAll("main button, main input, main select, main a, main summary")].map((one) => {
    const box = (one.closest("label.tick") || one).getBoundingClientRect();
    return [one.textContent.slice(0, 20), Math.round(box.width), Math.round(box.height)];
}).filter(([, width, height]) => width && (width < 48 || height < 48))"""
