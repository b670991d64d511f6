"""The whole livebot beside a practice platform, with its pages: what moderators' browsers work at in tests."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desks import CHEAP, PASSWORD

from livebot.app import App
from livebot.config import Config, Desk, Redis, Replies, RoomConfig, Rules, State
from livebot.keep.accounts import NAME, Accounts
from livebot.opening import open_app
from livebot.simulate.bridge import BridgeServer
from livebot.simulate.recording import Line

if TYPE_CHECKING:
    from playwright.async_api import Page

ROOM = "一号店"
Opener = Callable[..., Awaitable["Page"]]


def topic(n: int) -> str:
    """A rule whose answers a moderator must approve."""
    return f'["topic.{n}"]\nwhen = ["问题{n}号"]\nsay = "编号{n}的详情页里有"\nmode = "suggest"\nexpiry = 900\n'


RULES = "\n".join(topic(n) for n in range(1, 31))


@dataclass
class Floor:
    """livebot at work: app, its address, and the platform."""

    app: App
    server: BridgeServer
    said: int = 0

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.app.port}"

    @property
    def says(self) -> list[str]:
        """What the platform heard."""
        return [one.text for one in self.server.says]

    def ask(self, text: str, *, user: str = "", name: str = "") -> None:
        """A viewer says something."""
        self.said += 1
        line = Line(id=f"c{self.said}", t_ms=self.said, text=text, user=user or f"u{self.said}", name=name or f"观众{self.said}")
        self.server.play(ROOM).push(line)

    def count(self, what: str) -> int:
        return int(self.app.journal.value(f"SELECT count(*) FROM {what}"))

    async def until(self, what: str, count: int, seconds: float = 60.0) -> None:
        async with asyncio.timeout(seconds):
            while self.count(what) != count:
                await asyncio.sleep(0.01)

    async def hold(self, *numbers: int) -> None:
        """Viewers ask these questions; their answers wait."""
        waiting = self.count("replies WHERE state = 'held'")
        for n in numbers:
            self.ask(f"问题{n}号")
        await self.until("replies WHERE state = 'held'", waiting + len(numbers))

    async def enter(self, page: "Page", name: str = "小王", role: str = "moderator", place: str = "/desk", base: str = "") -> None:
        """Logs somebody in by the page, making the account first."""
        assert self.app.desk
        if name not in {one.name for one in self.app.desk.accounts.all()}:
            with closing(Accounts(self.app.desk.folder / NAME, CHEAP)) as accounts:
                accounts.add(name, PASSWORD, role)
        await page.goto(f"{base or self.base}/login?next={place}")
        await page.locator("input[name=name]").fill(name)
        await page.locator("input[name=password]").fill(PASSWORD)
        await page.keyboard.press("Enter")
        await page.wait_for_url("**" + place)
        await page.wait_for_selector("header .red")


@asynccontextmanager
async def running(
    folder: Path,
    *,
    rules: str = RULES,
    mode: Any = "auto",
    undo: float = 0.3,
    redis: str = "journal:",
    names: tuple[str, ...] = (),
    adapter: str = "bridge",
) -> AsyncIterator[Floor]:
    """livebot over a platform that takes as much as it can say, until the context closes. adapter: one that speaks the bridge's wire."""
    (folder / "rules").mkdir(exist_ok=True)
    (folder / "rules" / "rules.toml").write_text(rules, "utf-8")
    async with AsyncExitStack() as stack, BridgeServer([], speed=None, echo=False, ends=False) as server:
        settings = {"url": server.url(ROOM), "sends_count": 10_000, "sends_seconds": 1}
        config = Config(
            state=State(dir=folder / "state"),
            desk=Desk(listen="127.0.0.1:0", undo=undo, names=names),
            rules=Rules(packs=("./rules",)),
            redis=Redis(url=redis),
            replies=Replies(budget_per_minute=10_000, expiry=900),
            rooms=(RoomConfig(name=ROOM, adapter=adapter, mode=mode, settings=settings),),
        )
        app = await open_app(stack, config, folder / "config.toml")
        async with asyncio.TaskGroup() as group:
            running = group.create_task(app.run())
            try:
                async with asyncio.timeout(20):
                    while not (app.port and server.connected):
                        await asyncio.sleep(0.01)
                yield Floor(app, server)
            finally:
                app.stop.set()
                await running
