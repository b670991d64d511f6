"""An inbox as a working day fills it, with its pages: real comments in a real journal, and issues of other computers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desks import PASSWORD, Served, serving
from livestream import Stream, ago

from livebot.decide.events import OnAir
from livebot.decide.hours import always
from livebot.decide.session import RoomPolicy
from livebot.decide.sla import Sla, Target
from livebot.deliver.desk.cards import card
from livebot.deliver.desk.moderation import Moderation
from livebot.deliver.issues import IssuePublisher
from livebot.keep import clock

if TYPE_CHECKING:
    from playwright.async_api import Page

ROOM = "我的直播间"
UP: dict[str, Any] = {"ready": True, "rooms": {ROOM: {"state": "up"}}, "parked": {}, "queue": "up"}
_TARGETS = {"P0": Target(respond=600, resolve=3600), "P1": Target(respond=900, resolve=14400), "P2": Target(respond=3600, resolve=86400)}
SLA = Sla(targets=_TARGETS, hours=always())
ELSEWHERE = [
    ("post.quality", "P1", "收到的杯子一倒热水就漏"), ("post.missing", "P1", "买二送一，赠品没在箱子里"),
    ("post.return", "P2", "大一码，想换成退货"),
    ("mid.urge_ship", "P2", "付款五天了还没动静"), ("any.invoice", "P3", "公司抬头的发票在哪开"),
]  # fmt: skip


async def raise_issues(desk: Served, *lines: tuple[str, str]) -> None:
    """(viewer, comment), in our own room."""
    stream = Stream(desk.desk.journal, room=ROOM)
    await stream.starts(at=ago(9))
    await stream.happens(OnAir(product="碎花裙"), at=ago(8))
    for n, (who, text) in enumerate(lines):
        await stream.comment(text, user=who, at=ago(6) + n * 7_000)
    await IssuePublisher(stream.journal, desk.desk.queue, {ROOM: "bridge"}).catch_up()


async def announce(desk: Served, *numbers: int, **over: str) -> None:
    """Issues that another computer raised."""
    batch = []
    for n in numbers:
        category, priority, text = ELSEWHERE[n % len(ELSEWHERE)]
        fields = {
            "id": f"id-{n}", "room": "二号店", "platform": "bridge", "comment_id": f"c{n}", "category": category, "priority": priority,
            "text": text, "author": f"顾*{n}", "viewer": f"{n:016x}", "created_at": str(clock.now_ms() - n * 240_000), "context": "[]",
            "rules": '["r"]', "stream": "1", "seq": str(n),
        }  # fmt: skip
        batch.append((n, fields | over))
    await desk.desk.queue.publish(f"other{min(numbers)}", 0, batch)


@asynccontextmanager
async def working(folder: Path, **over: Any) -> AsyncIterator[Served]:
    """A desk whose room can be spoken in."""
    async with serving(folder, **{"ready": lambda: UP, "rooms": (ROOM,)} | over) as desk:
        desk.desk.moderation = Moderation(journal=desk.desk.journal, policies={ROOM: RoomPolicy(max_chars=50)})
        assert desk.desk.inbox
        desk.desk.inbox.card = lambda one, now: card(one, SLA, now)
        yield desk


async def enter(page: "Page", desk: Served, role: str = "after-sales") -> None:
    await desk.cookie(role)  # makes the account
    await page.goto(f"{desk.base}/login?next=/issues")
    await page.locator("input[name=name]").fill(role)
    await page.locator("input[name=password]").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/issues")
    await page.wait_for_selector(".inbox, .empty")
