"""The YouTube room beside its practice platform: order, faults, resuming, sends and their fates, logins, quota."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from adapter_rooms import comments, recorded, wait_until
from pydantic import ValidationError

from adapters.youtube import YouTubeAdapter, YouTubeRoom, YouTubeSettings
from livebot.decide.events import Broken, Comment, CommentDeleted, Heartbeat, StreamEnded, StreamEvent, StreamStarted, Viewer
from livebot.errors import ConfigError, LoginRequired, Rejected, Unavailable
from livebot.keep.clock import monotonic
from livebot.simulate.faults import parse_faults
from livebot.simulate.recording import Line
from livebot.simulate.youtube import YouTubeSimulator

PLENTY = {"units_per_day": 1_000_000_000, "hours": 0.01}


@asynccontextmanager
async def practice(lines: Sequence[Line] = (), *faults: str, **options: Any) -> AsyncIterator[YouTubeSimulator]:
    given = {"speed": None, "polling": 0.01, "quota": 1_000_000, "faults": parse_faults(faults, seed=7)} | options
    async with YouTubeSimulator(lines, **given) as simulator:
        yield simulator


def settings_of(simulator: YouTubeSimulator, **more: Any) -> YouTubeSettings:
    return YouTubeSettings.model_validate(simulator.settings | PLENTY | more)


@asynccontextmanager
async def listened(
    simulator: YouTubeSimulator, seen: list[StreamEvent], after: str | None = None, **more: Any
) -> AsyncIterator[YouTubeRoom]:
    """A room whose events are read beside; what ends the reading is not the matter here."""

    async def hear(room: YouTubeRoom) -> None:
        try:
            async for event in room.events():
                seen.append(event)
        except Unavailable:
            pass

    async with YouTubeAdapter().connect(settings_of(simulator, **more), after=after) as room, asyncio.TaskGroup() as tasks:
        reader = tasks.create_task(hear(room))
        try:
            yield room
        finally:
            reader.cancel()


async def read(adapter: YouTubeAdapter, config: YouTubeSettings) -> None:
    """One connection to its end."""
    async with adapter.connect(config, after=None) as room:
        async for _ in room.events():
            pass


async def read_all(simulator: YouTubeSimulator, patience: float = 5.0, after: str | None = None, **more: Any) -> list[StreamEvent]:
    """Every event until the end of the stream, over as many connections of one adapter as it takes."""
    adapter, config, events = YouTubeAdapter(), settings_of(simulator, **more), list[StreamEvent]()
    async with asyncio.timeout(30):
        while not (events and isinstance(events[-1], StreamEnded)):
            try:
                async with adapter.connect(config, after=after) as room:
                    stream = room.events()
                    while not (events and isinstance(events[-1], StreamEnded)):
                        async with asyncio.timeout(patience):
                            events.append(await anext(stream))
                        if isinstance(events[-1], Comment):
                            after = events[-1].id
            except (Unavailable, TimeoutError):
                await asyncio.sleep(0.01)
    return events


async def test_typed_events_in_order() -> None:
    async with practice(recorded(1200)) as youtube:
        events = [event for event in await read_all(youtube) if not isinstance(event, Heartbeat)]
    assert isinstance(events[0], StreamStarted)
    assert isinstance(events[-1], StreamEnded)
    assert [comment.id for comment in comments(events)] == [f"m{i}" for i in range(1200)]
    assert comments(events)[0].author == Viewer(id="u0", name="名字0")
    assert youtube.ended.is_set()
    assert [call for call in youtube.calls if call == ("GET", "messages")] == [("GET", "messages")] * 3, "500 a page"


MISDEEDS = [
    "duplicate=0.3",
    "history=5",
    "broken=0.3",
    "unknown=0.5",
    "missing=0.6",
    "drop=20",
    "midframe=20",
    "accept_close",
    "skew=300",
    "masked=0.3",
]
MISDEEDS += ["masked=0.3", "limit=0.3", "failing=0.3", "slow=0.02", "expire=0.05", "stall=20"]


@pytest.mark.parametrize("fault", MISDEEDS)
async def test_no_fault_loses_a_comment_or_raises_anything_unsorted(fault: str) -> None:
    faults = parse_faults([fault])
    async with practice(recorded(50), fault) as youtube:
        events = await read_all(youtube, patience=0.3)
    new = [comment for comment in comments(events) if not comment.id.startswith("old-")]
    assert list(dict.fromkeys(comment.text for comment in new)) == [f"第{i}条" for i in range(50)]
    assert len({comment.id for comment in new}) == 50, "a comment that comes twice has one id"
    assert any(isinstance(event, Broken) for event in events) == (faults.broken + faults.unknown > 0)
    struck = parse_faults([fault], seed=7)
    twice = sum(struck.strikes("duplicate", struck.duplicate, f"m{i}") for i in range(50))
    assert len(new) == 50 + twice, "a reconnection brings nothing twice"


@pytest.mark.parametrize(("after", "first"), [(None, 0), ("m6", 7), ("of another stream", 0)])
async def test_it_goes_on_behind_what_was_journalled(after: str | None, first: int) -> None:
    """A new process has no page token: the platform tells the past again, and what is known of it is left out."""
    seen: list[StreamEvent] = []
    async with practice(recorded(10), ends=False) as youtube, listened(youtube, seen, after=after):
        await wait_until(lambda: bool(comments(seen)) and comments(seen)[-1].id == "m9")
    assert [comment.id for comment in comments(seen)] == [f"m{i}" for i in range(first, 10)]


async def test_a_long_outage_loses_nothing_within_one_process() -> None:
    """More is missed than the past that a first page tells: the page token knows the place."""
    lines = recorded(2000)
    async with practice(lines, "drop=300", polling=0.001) as youtube:
        events = await read_all(youtube)
    assert [comment.id for comment in comments(events)] == [line.id for line in lines]
    assert len(youtube.deaf) == 6


async def test_a_waiting_room_is_read_and_the_beginning_told_once() -> None:
    seen: list[StreamEvent] = []
    async with practice(recorded(3), ends=False, starts_in=600.0) as youtube, listened(youtube, seen):
        await wait_until(lambda: len(comments(seen)) == 3)
        assert not any(isinstance(event, StreamStarted) for event in seen)
        youtube.starts_in = 0.0
        await wait_until(lambda: any(isinstance(event, StreamStarted) for event in seen))
        polls = youtube.calls.count(("GET", "messages"))
        await wait_until(lambda: youtube.calls.count(("GET", "messages")) >= polls + 3)
        looks = youtube.calls.count(("GET", "videos"))
    assert sum(isinstance(event, StreamStarted) for event in seen) == 1
    assert youtube.calls.count(("GET", "videos")) == looks, "once it has begun nobody looks again"


async def test_a_broadcast_that_is_far_off_is_not_waited_for_at_the_quotas_cost() -> None:
    async with practice(recorded(3), starts_in=3600.0) as youtube:
        with pytest.raises(Unavailable) as caught:
            await read(YouTubeAdapter(), settings_of(youtube))
    assert caught.value.retry_after == 600.0
    assert youtube.units == 1


async def test_deleted_comments_and_those_of_banned_viewers() -> None:
    seen: list[StreamEvent] = []
    async with practice(recorded(8), ends=False) as youtube, listened(youtube, seen):
        await wait_until(lambda: len(comments(seen)) == 8)
        youtube.chat.publish("messageDeletedEvent", messageDeletedDetails={"deletedMessageId": "m3"})
        user = {"channelId": "u0", "displayName": "名字0"}
        youtube.chat.publish("userBannedEvent", userBannedDetails={"bannedUserDetails": user, "banType": "permanent"})
        await wait_until(lambda: sum(isinstance(event, CommentDeleted) for event in seen) == 3)
    assert [event.id for event in seen if isinstance(event, CommentDeleted)] == ["m3", "m0", "m7"]


# ── saying ─────────────────────────────────────────────────────────────────────


async def test_said_is_sent_and_comes_back() -> None:
    seen: list[StreamEvent] = []
    async with practice(ends=False) as youtube, listened(youtube, seen) as room:
        receipt = await room.send("在的", to=Comment(id="m1", author=Viewer(), text="在吗"), key="k1")
        await wait_until(lambda: bool(comments(seen)))
    assert (receipt.state, receipt.native_id) == ("sent", "said-1")
    assert [(comment.id, comment.text, comment.author.roles) for comment in comments(seen)] == [("said-1", "在的", ("moderator",))]
    assert [(say.text, say.room) for say in youtube.says] == [("在的", "chat-of-livebotdemo")]


async def test_refused_shadow_and_silent() -> None:
    async with practice([], "refuse", ends=False) as youtube, listened(youtube, []) as room:
        with pytest.raises(Rejected, match="forbidden"):
            await room.send("在的", to=None, key="k1")
    async with practice([], "shadow", ends=False) as youtube, listened(youtube, []) as room:
        assert (await room.send("在的", to=None, key="k1")).state == "sent", "the platform says no more than that"
    async with practice([], "silent", ends=False) as youtube, listened(youtube, [], timeout=0.2) as room:
        assert (await room.send("在的", to=None, key="k1")).state == "unknown"
        assert [say.outcome for say in youtube.says] == ["silent"], "asked once"


@pytest.mark.parametrize(("text", "reason"), [("长" * 201, "messageTextInvalid"), (" ", "messageTextRequired")])
async def test_a_text_that_the_platform_does_not_take(text: str, reason: str) -> None:
    async with practice(ends=False) as youtube, listened(youtube, []) as room:
        with pytest.raises(Rejected, match=reason):
            await room.send(text, to=None, key="k1")


@pytest.mark.parametrize("fault", ["limit=1", "failing=1"])
async def test_what_certainly_was_not_said_and_what_nobody_knows(fault: str) -> None:
    seen: list[StreamEvent] = []
    async with practice(recorded(1), ends=False, polling=30.0) as youtube, listened(youtube, seen) as room:
        await wait_until(lambda: bool(comments(seen)))
        youtube.faults = parse_faults([fault])
        if fault == "limit=1":
            with pytest.raises(Unavailable) as caught:
                await room.send("在的", to=None, key="k1")
            assert caught.value.retry_after == 1.0
            asked = len(youtube.calls)
            with pytest.raises(Unavailable):
                await room.send("在的", to=None, key="k1")
            assert len(youtube.calls) == asked, "it said when to come back"
        else:
            assert (await room.send("在的", to=None, key="k1")).state == "unknown"
        assert youtube.says == []


async def test_a_text_that_came_too_soon_costs_no_connection() -> None:
    seen: list[StreamEvent] = []
    async with practice(recorded(1), ends=False, polling=0.5) as youtube, listened(youtube, seen) as room:
        await wait_until(lambda: bool(comments(seen)))
        youtube.faults = parse_faults(["limit=1"])
        with pytest.raises(Unavailable):
            await room.send("在的", to=None, key="k1")
        youtube.faults = parse_faults([])
        youtube.chat.play.push(Line(id="later", t_ms=0, text="还在吗"))
        await wait_until(lambda: len(comments(seen)) == 2)


async def test_on_a_closed_connection_it_certainly_was_not_said() -> None:
    async with practice(ends=False) as youtube:
        async with listened(youtube, []) as room:
            pass
        with pytest.raises(Unavailable) as caught:
            await room.send("在的", to=None, key="k1")
        assert (type(caught.value), youtube.says) == (Unavailable, [])


async def test_after_the_broadcast_follow_ups_become_comments_and_nothing_else_is_said() -> None:
    seen: list[StreamEvent] = []
    async with practice(recorded(3)) as youtube, listened(youtube, seen) as room:
        await wait_until(lambda: any(isinstance(event, StreamEnded) for event in seen))
        with pytest.raises(Rejected):
            await room.send("晚到的回答", to=None, key="k1")
        assert (await room.follow_up("今天的汇总", key="f1")).state == "sent"
        async with listened(youtube, again := []) as later:  # a livebot that was started anew
            await wait_until(lambda: len(again) > 1)
            assert (await later.follow_up("还有一句", key="f2")).state == "sent"
        assert not any(isinstance(event, StreamStarted) for event in again)
    assert [(say.room, say.text) for say in youtube.says] == [("video:livebotdemo", "今天的汇总"), ("video:livebotdemo", "还有一句")]


async def test_a_follow_up_while_the_chat_is_open_goes_there() -> None:
    async with practice(ends=False) as youtube, listened(youtube, []) as room:
        await room.follow_up("还有五分钟下播", key="f1")
    assert [say.room for say in youtube.says] == ["chat-of-livebotdemo"]


# ── logins ─────────────────────────────────────────────────────────────────────


async def test_a_token_that_expires_is_renewed_and_the_same_asked_again() -> None:
    seen: list[StreamEvent] = []
    async with practice(recorded(5), "expire=0.1", ends=False) as youtube, listened(youtube, seen) as room:
        await wait_until(lambda: youtube.logins >= 3)
        for n in range(5):
            await wait_until(lambda n=n: youtube.logins >= 3 + n)  # type: ignore[misc]
            assert (await room.send("在的", to=None, key=f"k{n}")).state == "sent"
        await wait_until(lambda: len(comments(seen)) == 10)
    assert len(youtube.says) == 5
    assert youtube.calls.count(("GET", "videos")) == 1, "no connection was dropped over it"


@pytest.mark.parametrize("wrong", [{"refresh_token": "1//revoked"}, {"client_secret": "other"}])
async def test_a_login_that_is_revoked_needs_a_person(wrong: dict[str, str]) -> None:
    async with practice() as youtube:
        with pytest.raises(LoginRequired):
            async with listened(youtube, [], **wrong):
                pass


async def test_with_a_key_alone_it_reads_and_never_speaks() -> None:
    nothing = {"client_id": "", "client_secret": None, "refresh_token": None}
    async with practice(recorded(3), ends=False) as youtube:
        config, seen = settings_of(youtube, **nothing, api_key=youtube.key), list[StreamEvent]()
        capabilities = YouTubeAdapter().limits(config)
        assert (capabilities.can_send, capabilities.follow_up) == (False, "none")
        async with listened(youtube, seen, **nothing, api_key=youtube.key) as room:
            await wait_until(lambda: len(comments(seen)) == 3)
            for say in (room.send("在的", to=None, key="k1"), room.follow_up("在的", key="k1")):
                with pytest.raises(Rejected):
                    await say
        with pytest.raises(LoginRequired):
            async with listened(youtube, [], **nothing, api_key="not-the-key"):
                pass
    assert youtube.says == []
    assert "POST" not in {method for method, _ in youtube.calls}


async def test_a_broadcast_that_is_not_there_is_a_matter_of_the_settings() -> None:
    async with practice() as youtube:
        for wrong in ({"video_id": "otherotherX"}, {"video_id": "", "live_chat_id": "no such chat"}):
            with pytest.raises(ConfigError):
                await read(YouTubeAdapter(), settings_of(youtube, **wrong))


async def test_a_chat_given_by_its_id_is_read_without_asking_for_the_video() -> None:
    async with practice(recorded(3)) as youtube:
        events = await read_all(youtube, video_id="", live_chat_id=youtube.chat.id)
        assert YouTubeAdapter().limits(settings_of(youtube, video_id="", live_chat_id="c")).follow_up == "while_live"
    assert len(comments(events)) == 3
    assert ("GET", "videos") not in youtube.calls


# ── pace and quota ─────────────────────────────────────────────────────────────


async def test_it_never_polls_faster_than_the_platform_asks_not_even_after_a_reconnection() -> None:
    """The practice platform answers a poll that comes too early with rateLimitExceeded, which would end the connection."""
    async with practice(recorded(3), ends=False, polling=0.1) as youtube:
        adapter, config = YouTubeAdapter(), settings_of(youtube)
        began = monotonic()
        for _ in range(3):
            async with adapter.connect(config, after="m0") as room:
                beats = 0
                async for event in room.events():
                    beats += isinstance(event, Heartbeat)
                    if beats == 5:  # one before and one at each poll: two polls were answered
                        break
        took = monotonic() - began
    polls = youtube.calls.count(("GET", "messages"))
    assert polls == 6
    assert took >= 0.09 * (polls - 1)


async def test_the_quota_slows_it_down_and_is_kept() -> None:
    """100 units, of which 60 are for speaking, over 1.8 seconds: that is 40 for reading, and the way in costs 1."""
    plan = {"units_per_day": 100, "reserve": 60, "hours": 0.0005}
    async with practice(ends=False) as youtube:
        began = monotonic()
        async with listened(youtube, [], **plan) as room:
            await wait_until(lambda: youtube.calls.count(("GET", "messages")) >= 2)
            assert (await room.send("在的", to=None, key="k1")).state == "sent"
            with pytest.raises(Rejected, match=r"配额|quota"):
                await room.send("再来", to=None, key="k2")
        took = monotonic() - began
    assert youtube.units <= 100
    assert took > 0.15


async def test_a_quota_that_is_spent_says_so_and_asks_no_more() -> None:
    async with practice(ends=False, quota=30) as youtube:
        adapter, config = YouTubeAdapter(), settings_of(youtube)
        with pytest.raises(Unavailable) as caught:
            await read(adapter, config)
        assert "quotaExceeded" in str(caught.value)
        asked = len(youtube.calls)
        with pytest.raises(Unavailable) as caught:
            await read(adapter, config)
        assert caught.value.retry_after is not None
        assert caught.value.retry_after > 0
        assert len(youtube.calls) == asked


async def test_as_long_as_the_platform_wants_us_to_wait_nothing_is_asked() -> None:
    async with practice(recorded(1), "limit=1") as youtube:
        adapter, config = YouTubeAdapter(), settings_of(youtube)
        for _ in range(3):
            with pytest.raises(Unavailable) as caught:
                await read(adapter, config)
            assert caught.value.retry_after is not None
            assert 0 < caught.value.retry_after <= 1.0
    assert len(youtube.calls) == 1


# ── settings ───────────────────────────────────────────────────────────────────

LOGIN = {"client_id": "i", "client_secret": "s", "refresh_token": "r"}


@pytest.mark.parametrize(
    "address",
    ["dQw4w9WgXcQ", "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3", "https://youtu.be/dQw4w9WgXcQ?si=x", "youtube.com/live/dQw4w9WgXcQ"],
)
def test_the_address_of_the_broadcast_will_do(address: str) -> None:
    assert YouTubeSettings.model_validate({"video_id": address, **LOGIN}).video_id == "dQw4w9WgXcQ"


WRONG: list[dict[str, Any]] = [
    {"video_id": "short"},
    {"video_id": ""},
    {"refresh_token": None},
    {"api_url": "ftp://x"},
    {"hours": 0},
    {"surprise": 1},
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_bad_settings_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        YouTubeSettings.model_validate({"video_id": "dQw4w9WgXcQ", **LOGIN} | wrong)


def test_secrets_are_never_shown(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("1//geheim\n")
    config = YouTubeSettings.model_validate({"video_id": "dQw4w9WgXcQ", **LOGIN, "refresh_token": {"file": str(secret)}})
    assert config.refresh_token is not None
    assert config.refresh_token.get_secret_value() == "1//geheim"
    adapter = YouTubeAdapter()
    adapter.connect(config, after=None)
    assert "geheim" not in repr(config) + repr(adapter._memories)
