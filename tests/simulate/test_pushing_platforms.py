"""Douyin's push and TikTok Shop's webhooks: the adapters beside the simulators, with every fault that these can make."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from pydantic import ValidationError

from adapters import listening, pushed
from adapters.douyin_push import DouyinPushAdapter
from adapters.tiktok_shop import TikTokShopAdapter
from livebot.arrive.adapter import Acknowledging, Adapter
from livebot.decide.events import Broken, Comment, Heartbeat, OrderUpdate, StreamEvent
from livebot.errors import ConfigError, LoginRequired, Unavailable
from livebot.simulate.douyin_push import DouyinPushSimulator
from livebot.simulate.faults import Faults, parse_faults
from livebot.simulate.recording import Line
from livebot.simulate.tiktok_shop import TikTokShopSimulator

LINES = [Line(id=f"m{n}", t_ms=n, text=f"第{n}条", user=f"u{n % 7}", name=f"名字{n % 7}") for n in range(200)]


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that is busy elsewhere makes no difference here."""
    monkeypatch.setattr(listening, "ANSWER_S", 20.0)
    monkeypatch.setattr("livebot.simulate.douyin_push.PATIENCE_S", 20.0)
    monkeypatch.setattr("livebot.simulate.tiktok_shop.PATIENCE_S", 20.0)


@asynccontextmanager
async def heard(adapter: Adapter, settings: dict[str, Any]) -> AsyncIterator[list[StreamEvent]]:
    """What the adapter yields, each told to be durable at once."""
    events: list[StreamEvent] = []

    async def read() -> None:
        async for event in room.events():
            events.append(event)
            if not isinstance(event, Heartbeat):
                assert isinstance(room, Acknowledging)
                await room.journalled(event)

    async with adapter.connect(adapter.Config.model_validate(settings), after=None) as room, asyncio.TaskGroup() as group:
        reader = group.create_task(read())
        yield events
        reader.cancel()


def comments(events: list[StreamEvent]) -> list[str]:
    return [one.id for one in events if isinstance(one, Comment)]


async def test_douyin_pushes_once_a_task_runs_and_stops_with_it() -> None:
    async with DouyinPushSimulator(LINES, speed=None) as platform:
        async with heard(DouyinPushAdapter(), platform.settings) as events:
            await _ended(platform.finished)
            assert platform.running
        assert not platform.running
    assert comments(events) == platform.delivered == [line.id for line in LINES]
    first = next(one for one in events if isinstance(one, Comment))
    assert (first.text, first.author.id, first.author.name) == ("第0条", "u0", "名字0")
    assert first.sent_at is not None
    assert platform.calls == [("token", 0), ("start", 0), ("stop", 0)]
    assert platform.pusher.statuses.keys() == {200}


async def _ended(event: asyncio.Event, seconds: float = 20.0) -> None:
    async with asyncio.timeout(seconds):
        await event.wait()


ALL = parse_faults(["duplicate=0.3", "broken=0.3", "unknown=0.3", "missing=0.5", "replay=0.5", "forge=0.5"], seed=5)


async def test_douyin_with_everything_wrong_at_once() -> None:
    async with DouyinPushSimulator(LINES, speed=None, faults=ALL) as platform, heard(DouyinPushAdapter(), platform.settings) as events:
        await _ended(platform.finished)
    ids = comments(events)
    assert sorted(set(ids)) == sorted(line.id for line in LINES)
    assert len(ids) - len(set(ids)) == platform.duplicates > 0
    assert sum(isinstance(one, Broken) for one in events) == platform.broken + platform.unknown > 0
    assert platform.replayed > 0
    assert platform.forged > 0
    assert platform.taken == platform.pusher.breaks == platform.pusher.given_up == 0
    assert platform.pusher.statuses.keys() == {200, 401}
    assert platform.pusher.statuses[401] == platform.replayed + platform.forged


async def test_a_token_that_ran_out_is_renewed_where_it_is_needed() -> None:
    async with (
        DouyinPushSimulator(LINES[:20], speed=None, faults=Faults(expire=0.05)) as platform,
        heard(DouyinPushAdapter(), platform.settings) as events,
    ):
        await _ended(platform.finished)
        await asyncio.sleep(0.06)
    assert len(comments(events)) == 20
    assert platform.calls == [("token", 0), ("start", 0), ("stop", 40022), ("token", 0), ("stop", 0)]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"app_secret": "no"}, LoginRequired),
        ({"app_id": "no"}, LoginRequired),
        ({"room_id": "5"}, Unavailable),
        ({"api_url": "http://127.0.0.1:9"}, Unavailable),
        ({"token_url": "http://127.0.0.1:9"}, Unavailable),
    ],
)
async def test_douyin_says_why_it_does_not_push(wrong: dict[str, str], error: type[Exception]) -> None:
    async with DouyinPushSimulator(LINES, speed=None) as platform:
        with pytest.raises(error):
            async with heard(DouyinPushAdapter(), platform.settings | wrong):
                pass
    assert platform.delivered == []


async def test_parameters_that_douyin_refuses_are_the_streamers_to_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("livebot.simulate.douyin_push.TYPES", frozenset({"live_gift"}))
    async with DouyinPushSimulator(LINES, speed=None) as platform:
        with pytest.raises(ConfigError):
            async with heard(DouyinPushAdapter(), platform.settings):
                pass
    assert platform.calls == [("token", 0), ("start", 40023)]


@pytest.mark.parametrize("fault", ["limit", "failing"])
async def test_an_api_in_trouble_is_left_alone(fault: str) -> None:
    async with DouyinPushSimulator(LINES, speed=None, faults=parse_faults([f"{fault}=1"])) as platform:
        with pytest.raises(Unavailable) as caught:
            async with heard(DouyinPushAdapter(), platform.settings):
                pass
    assert caught.value.retry_after == (1.0 if fault == "limit" else None)


async def test_a_clock_that_is_wrong_is_told_and_may_be_allowed_for(log: list[str]) -> None:
    async with (
        DouyinPushSimulator(LINES[:5], speed=None, faults=Faults(skew=300.0), rest=0.0) as platform,
        heard(DouyinPushAdapter(), platform.settings | {"replay_window": 250}) as events,
    ):
        await _ended(platform.finished)
    assert comments(events) == []
    assert platform.pusher.breaks == 1
    assert platform.lost == [line.id for line in LINES[:5]]
    assert any("时钟" in line or "clock" in line for line in log)
    async with (
        DouyinPushSimulator(LINES[:5], speed=None, faults=Faults(skew=300.0)) as platform,
        heard(DouyinPushAdapter(), platform.settings | {"replay_window": 400}) as events,
    ):
        await _ended(platform.finished)
    assert len(comments(events)) == 5


async def test_a_shop_tells_of_its_orders_with_everything_wrong_at_once() -> None:
    async with TikTokShopSimulator(LINES, speed=None, faults=ALL) as platform, heard(TikTokShopAdapter(), platform.settings) as events:
        await _ended(platform.finished)
    updates = [one for one in events if isinstance(one, OrderUpdate)]
    assert len(updates) == len(LINES) + platform.duplicates
    states = {one.id: one.state for one in updates}
    assert [states[f"n-m{n}"] for n in range(5)] == ["created", "paid", "PACKAGE_UPDATE SPLIT", "shipped", "delivered"]
    assert [states[f"n-m{n}"] for n in range(9, 25, 5)] == ["cancelled", "refund", "return", "exchange"]
    assert sum(isinstance(one, Broken) for one in events) == platform.broken + platform.unknown
    assert platform.taken == 0
    assert platform.pusher.statuses.get(401, 0) == platform.forged > 0


async def test_another_shop_of_the_app_is_not_ours_to_take() -> None:
    async with (
        TikTokShopSimulator(LINES, speed=None) as platform,
        heard(TikTokShopAdapter(), platform.settings | {"shop_id": "7"}) as events,
        asyncio.timeout(10),
    ):
        while platform.pusher.statuses.get(404, 0) < 2:
            await asyncio.sleep(0.01)
    assert [type(one) for one in events] == [Heartbeat]


async def test_a_quiet_platform_is_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pushed, "PULSE_S", 0.02)
    async with TikTokShopSimulator([], speed=None) as platform, heard(TikTokShopAdapter(), platform.settings) as events, asyncio.timeout(5):
        while len(events) < 4:
            await asyncio.sleep(0.01)
    assert set(events) == {Heartbeat(every=0.02)}


@pytest.mark.parametrize(
    ("adapter", "wrong"),
    [
        (DouyinPushAdapter(), {"room_id": "abc"}),
        (DouyinPushAdapter(), {"listen": "8790"}),
        (DouyinPushAdapter(), {"path": "douyin"}),
        (DouyinPushAdapter(), {"api_url": "ftp://x"}),
        (DouyinPushAdapter(), {"push_secret": ""}),
        (TikTokShopAdapter(), {"app_key": ""}),
        (TikTokShopAdapter(), {"listen": "127.0.0.1:0"}),
        (TikTokShopAdapter(), {"app_secret": {"env": "NOBODY_SET_THIS"}}),
    ],
)
def test_settings_that_are_wrong(adapter: Adapter, wrong: dict[str, Any]) -> None:
    douyin = {"app_id": "a", "app_secret": "hidden", "push_secret": "hidden", "room_id": "1"}
    given = douyin if adapter.name == "douyin_push" else {"app_key": "a", "app_secret": "hidden"}
    assert "hidden" not in repr(adapter.Config.model_validate(given))
    with pytest.raises(ValidationError):
        adapter.Config.model_validate(given | wrong)
