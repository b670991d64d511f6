"""Fifty browsers (ten where no CI is) claim twenty issues of a whole livebot: each has one winner, and every loser is told who."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from desks import CHEAP, PASSWORD
from floors import running

from livebot.deliver.desk.inbox import Wanted
from livebot.keep import server_binary
from livebot.keep.accounts import NAME, Accounts
from livebot.keep.embedded import EmbeddedValkey

if TYPE_CHECKING:
    from playwright.async_api import Browser

BROWSERS = int(os.environ.get("LIVEBOT_BROWSERS", "50" if os.environ.get("CI") else "10"))  # fifty take a minute or two of a small computer
ISSUES = 20
WHOLE = int(os.environ.get("LIVEBOT_WHOLE_PAGES", "4"))  # of the fifty browsers so many show the page; the others only do what it does
ROOMS_RULES = '["refund"]\nwhen = ["退款"]\ncategory = "post.refund"\npriority = "P2"\n'
_CLAIM = """async (ids) => {
    const { act } = await import("/static/issues-store.js");
    const told = {};
    for (const id of ids) {
        await act(`${id}/claim`).then(() => { told[id] = "won"; }, (error) => { told[id] = error.body.holder || error.message; });
    }
    return told;
}"""


@pytest.mark.timeout(300)
@pytest.mark.skipif(server_binary.available() is not None, reason="no embedded server here")
async def test_fifty_browsers_claim_twenty_issues(tmp_path: Path, browser: "Browser", wait_until: Callable[..., Awaitable[None]]) -> None:
    (tmp_path / "state").mkdir()
    accounts = Accounts(tmp_path / "state" / NAME, CHEAP)
    staff = [accounts.add(f"客服{n}", PASSWORD, "after-sales") for n in range(BROWSERS)]
    accounts.close()
    valkey = EmbeddedValkey(tmp_path)
    serving = asyncio.create_task(valkey.run())
    await asyncio.wait_for(valkey.ready.wait(), 20)
    try:
        async with running(tmp_path, rules=ROOMS_RULES, redis=valkey.tcp_url) as floor:
            for n in range(ISSUES):
                floor.ask(f"第{n}单我要退款", user=f"买家{n}")
            await wait_until(lambda: floor.count("issues") == ISSUES)
            desk = floor.app.desk
            assert desk
            assert desk.inbox
            async with asyncio.timeout(20):
                while (await desk.inbox.counts()).open < ISSUES:
                    await asyncio.sleep(0.05)
            pages = []
            for account in staff:
                secret = desk.sessions.begin(account)
                context = await browser.new_context(locale="zh-CN")
                await context.add_cookies([{"name": f"livebot-{floor.app.port}", "value": secret, "url": floor.base}])
                page = await context.new_page()
                await page.goto(floor.base + ("/issues" if len(pages) < WHOLE else "/healthz"))
                pages.append(page)
            await asyncio.gather(*(page.wait_for_selector(f".inbox li:nth-child({ISSUES})") for page in pages[:WHOLE]))
            ids = [row.issue.id for row in (await desk.inbox.list(Wanted())).items]
            turns = [ids[n % ISSUES :] + ids[: n % ISSUES] for n in range(BROWSERS)]  # each begins elsewhere
            told: list[dict[str, Any]] = await asyncio.gather(
                *(page.evaluate(_CLAIM, turn) for page, turn in zip(pages, turns, strict=True))
            )
            for id_ in ids:
                winners = [one.name for one, answers in zip(staff, told, strict=True) if answers[id_] == "won"]
                assert len(winners) == 1
                assert {answers[id_] for answers in told} == {"won", winners[0]}
                issue = await desk.queue.show(id_)
                assert (issue.holder, [step.act for step in issue.history]) == (winners[0], ["claim"])
            for page in pages[:WHOLE]:  # and sees it without asking
                await page.locator(".filters [role=group] button", has_text="没人认领 0").wait_for()
    finally:
        serving.cancel()
        await asyncio.wait({serving})
