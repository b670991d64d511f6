"""Every platform in one daemon at once; one that fails hard is nobody's trouble but its own room's; none is hammered."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from fixture_types import Waiter

from livebot.app import App
from livebot.config import Config, Desk, Redis, Replies, RoomConfig, Rules, State
from livebot.opening import open_app
from livebot.simulate.faults import Faults
from livebot.simulate.platforms import PLATFORMS, Simulator, simulator
from livebot.simulate.recording import Line

RULES = '["freight"]\nwhen = ["包邮"]\nsay = "运费看下单页"\nexpiry = 600\n'
QUICK: dict[str, dict[str, Any]] = {"youtube": {"polling": 0.1}}
ORDERS = {"tiktok_shop"}  # platforms that tell of orders, not of comments
COUNT = 40


def talk(name: str) -> list[Line]:
    """A question, and chatter at fifty comments a second; no two are alike."""
    texts = (f"{name}包邮吗" if n == 20 else f"{name}今天第{n}次来" for n in range(COUNT))
    return [Line(id=f"{name}-{n}", t_ms=n * 20, text=text, user=f"u{n}", name=f"小周{n}") for n, text in enumerate(texts)]


def room(name: str, adapter: str, settings: Any) -> RoomConfig:
    return RoomConfig(name=name, adapter=adapter, mode="auto", settings=dict(settings))


@asynccontextmanager
async def running(folder: Path, *rooms: RoomConfig) -> AsyncIterator[App]:
    (folder / "rules").mkdir()
    (folder / "rules" / "rules.toml").write_text(RULES, "utf-8")
    config = Config(
        state=State(dir=folder / "state"),
        desk=Desk(listen=""),
        rules=Rules(packs=("./rules",)),
        redis=Redis(url="journal:"),
        replies=Replies(budget_per_minute=10_000, expiry=600),
        rooms=rooms,
    )
    async with AsyncExitStack() as stack:
        app = await open_app(stack, config, folder / "config.toml")
        async with asyncio.TaskGroup() as group:
            task = group.create_task(app.run())
            try:
                yield app
                assert not task.done()
            finally:
                app.stop.set()
                await task


def counts(app: App, room: str) -> Callable[[str], int]:
    return lambda what: int(app.journal.value(f"SELECT count(*) FROM {what}".replace("ROOM", "room = ?"), (room,)))


async def test_every_platform_at_once(tmp_path: Path, wait_until: Waiter) -> None:
    async with AsyncExitStack() as stack:
        servers: dict[str, Simulator] = {
            name: await stack.enter_async_context(simulator(name)(talk(name), ends=False, **QUICK.get(name, {}))) for name in PLATFORMS
        }
        app = await stack.enter_async_context(running(tmp_path, *(room(name, name, one.settings) for name, one in servers.items())))
        for name, server in servers.items():
            count, kind = counts(app, name), "order" if name in ORDERS else "comment"
            await wait_until(lambda server=server: server.sent == COUNT, 20.0)  # first: what livebot says shows as a comment as well
            await wait_until(lambda count=count, kind=kind: count(f"events WHERE ROOM AND kind = '{kind}'") >= COUNT)
            if name in ORDERS:
                continue
            await wait_until(lambda count=count: count("replies WHERE ROOM AND state IN ('sent', 'held', 'in_doubt')") == 1)
            speaks = app.intakes[name].capabilities.can_send
            assert [say.text for say in server.says] == (["运费看下单页"] if speaks else [])
            assert count("replies WHERE ROOM AND state = 'held' AND why = 'read_only'") == (not speaks)
        await wait_until(lambda: not app.journal.undecided(1))
        undecided = "SELECT count(*) FROM events e WHERE NOT EXISTS (SELECT 1 FROM decisions d WHERE d.seq = e.seq)"
        assert app.journal.value(undecided) == 0
        assert {name: intake.connections for name, intake in app.intakes.items()} == dict.fromkeys(servers, 1)
        assert {intake.status.state for name, intake in app.intakes.items() if name not in ORDERS} == {"up"}


async def test_rooms_that_fail_hard_disturb_nobody(tmp_path: Path, wait_until: Waiter, log: list[str]) -> None:
    async with AsyncExitStack() as stack:
        good = await stack.enter_async_context(simulator("bridge")(talk("bridge"), ends=False))
        shut = await stack.enter_async_context(simulator("twitch")(talk("twitch"), faults=Faults(accept_close=1_000)))
        noise = await stack.enter_async_context(simulator("oba")(talk("oba"), faults=Faults(broken=1, unknown=1, seed=1)))
        failing = [room(how, "failing_adapters:FailingAdapter", {"how": how}) for how in ("bug", "crash", "hang", "lie", "login", "away")]
        failing += [room("nowhere", "bridge", {"url": "ws://127.0.0.1:1/r"}), room("wrong", "bridge", {}), room("none", "no_such", {})]
        rooms = [room("good", "bridge", good.settings), room("shut", "twitch", shut.settings), room("noise", "oba", noise.settings)]
        app = await stack.enter_async_context(running(tmp_path, *failing, *rooms))
        for name in ("good", "noise"):
            count = counts(app, name)
            await wait_until(lambda count=count: count("events WHERE ROOM AND kind = 'comment'") >= COUNT)
        await wait_until(lambda: [say.text for say in good.says] == ["运费看下单页"])
        states = {name: status["state"] for name, status in {**app.readiness()["rooms"], **app.readiness()["parked"]}.items()}  # type: ignore[dict-item]
    assert states["good"] == states["noise"] == "up"
    assert {name for name, state in states.items() if state == "parked"} == {"login", "wrong", "none"}
    assert {name for name, state in states.items() if state == "down"} >= {"bug", "crash", "away", "nowhere", "shut"}
    assert any("ZeroDivisionError" in line for line in log), "and each is told"


@pytest.mark.parametrize("platform", sorted({"bilibili", "bridge", "social_stream", "twitch"} & set(PLATFORMS)))
async def test_a_server_that_accepts_and_closes_is_not_hammered(platform: str, tmp_path: Path, wait_until: Waiter) -> None:
    """The whole minute is computed from the supervisor's own pauses (test_supervisor.py); this is how it begins."""
    loop = asyncio.get_running_loop()
    async with (
        simulator(platform)([], faults=Faults(accept_close=1_000)) as server,
        running(tmp_path, room("r", platform, server.settings)) as app,
    ):
        status = app.intakes["r"].status
        await wait_until(lambda: status.failures == 1)
        first = loop.time()
        await wait_until(lambda: status.failures == 3)
        assert loop.time() - first >= 0.45 + 0.9, "half a second before the second try, one before the third"
        assert status.state == "down"
