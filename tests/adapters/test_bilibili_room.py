"""The Bilibili adapter against the practice platform: both heartbeats, every fault, and the order of start, listen and end."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from adapter_rooms import comments, recorded, wait_until
from pydantic import ValidationError
from websockets.asyncio.server import ServerConnection, serve

from adapters.bilibili import BilibiliAdapter, BilibiliRoom, BilibiliSettings
from adapters.bilibili.wire import GameClosed
from livebot.decide.events import Broken, Comment, Heartbeat, StreamEnded, StreamEvent, StreamStarted, Viewer
from livebot.errors import ConfigError, LivebotError, LoginRequired, Rejected, Unavailable
from livebot.keep.clock import monotonic, now_ms
from livebot.simulate.bilibili import BilibiliSimulator
from livebot.simulate.faults import parse_faults

ADAPTER = BilibiliAdapter()


@asynccontextmanager
async def entered(platform: BilibiliSimulator, **settings: Any) -> AsyncIterator[BilibiliRoom]:
    config = BilibiliSettings.model_validate(platform.settings | settings)
    async with ADAPTER.connect(config, after=None) as room:
        yield room


async def read_all(platform: BilibiliSimulator, patience: float = 5.0, **settings: Any) -> list[StreamEvent]:
    """Every event until the stream ends, over as many connections as it takes."""
    events: list[StreamEvent] = []
    while not any(isinstance(event, StreamEnded) for event in events[-1:]):
        try:
            async with entered(platform, **settings) as room:
                stream = room.events()
                while not (events and isinstance(events[-1], StreamEnded)):
                    async with asyncio.timeout(patience):
                        events.append(await anext(stream))
        except (Unavailable, TimeoutError, StopAsyncIteration):
            continue
    return events


def paths(platform: BilibiliSimulator) -> list[str]:
    return [path for path, _ in platform.games.calls]


@pytest.mark.parametrize("compression", ["none", "zlib", "brotli"])
async def test_typed_events_in_order(compression: Any) -> None:
    if compression == "brotli":
        pytest.importorskip("brotli")
    async with BilibiliSimulator(recorded(300), speed=None, compression=compression) as platform:
        events = [event for event in await read_all(platform) if not isinstance(event, Heartbeat)]
        await wait_until(lambda: paths(platform) == ["start", "end"])
    assert isinstance(events[0], StreamStarted)
    assert isinstance(events[-1], StreamEnded)
    assert [comment.text for comment in comments(events)] == [f"第{i}条" for i in range(300)]
    first = comments(events)[0]
    assert (first.id, first.author) == ("m0", Viewer(id="u0", name="名字0"))
    assert first.sent_at is not None
    assert platform.games.calls == [("start", 0), ("end", 0)]


async def test_the_streamer_is_known_by_the_open_id() -> None:
    line = recorded(1)[0]
    own = type(line)(id="m1", t_ms=0, text="看这里", user="anchor-open-id", name="主播")
    async with BilibiliSimulator([own], speed=None) as platform:
        (comment,) = comments(await read_all(platform))
    assert comment.author.roles == ("anchor",)


async def test_both_heartbeats_are_kept_and_the_first_of_the_socket_comes_at_once() -> None:
    async with BilibiliSimulator(recorded(1), speed=None, ends=False, game_lives=0.3, socket_lives=0.3) as platform:
        seen: list[StreamEvent] = []

        async with asyncio.TaskGroup() as tasks:
            reader = tasks.create_task(listen(platform, seen))
            await wait_until(lambda: platform.beats == 1)
            assert "heartbeat" not in paths(platform)
            await wait_until(lambda: platform.beats >= 5 and paths(platform).count("heartbeat") >= 5)
            assert platform.connections == 1, "nobody was cut off, though both lives went by several times"
            reader.cancel()
        await wait_until(lambda: paths(platform)[-1] == "end")
    assert seen[0] == Heartbeat(every=0.15), "the watchdog knows what to expect"
    assert len([event for event in seen if event == Heartbeat()]) >= 4


async def test_without_a_game_id_there_is_no_heartbeat_for_it_and_no_end() -> None:
    async with BilibiliSimulator(recorded(3), speed=None, game_ids=False, game_lives=0.06) as platform:
        async with entered(platform) as room:
            async for event in room.events():
                if isinstance(event, StreamEnded):
                    break
            await asyncio.sleep(0.15)  # several heartbeats long
        assert platform.games.calls == [("start", 0)]


async def test_cancelled_it_leaves_no_task_no_socket_and_no_game() -> None:
    async with BilibiliSimulator(recorded(3), ends=False) as platform:
        before = asyncio.all_tasks()
        seen: list[StreamEvent] = []

        async with asyncio.TaskGroup() as tasks:
            reader = tasks.create_task(listen(platform, seen))
            await wait_until(lambda: len(comments(seen)) == 3)
            assert len(platform.games.open) == platform.connected == 1
            reader.cancel()
        assert platform.games.open == []
        await wait_until(lambda: platform.connected == 0)
        await wait_until(lambda: asyncio.all_tasks() <= before)


async def test_it_only_reads() -> None:
    assert not ADAPTER.capabilities.can_send
    async with BilibiliSimulator([], ends=False) as platform, entered(platform) as room:
        with pytest.raises(Rejected):
            await room.send("在的", to=None, key="k1")


# ── faults ─────────────────────────────────────────────────────────────────────

# the faults that every platform knows, and these with zlib, are in the one contract for all adapters
MISDEEDS = [
    ("duplicate=0.3", "none"),
    ("broken=0.3", "none"),
    ("split=0.5", "none"),
    ("game_lost=20", "zlib"),
    ("limit=0.3", "zlib"),
    ("failing=0.3", "zlib"),
    ("duplicate,broken,unknown,missing=0.2,split,drop=17,accept_close=1,history=3,auth=1", "none"),
]


@pytest.mark.parametrize(("fault", "compression"), MISDEEDS)
async def test_no_fault_loses_a_comment_or_raises_anything_unsorted(fault: str, compression: Any) -> None:
    faults = parse_faults([fault], seed=7)
    async with BilibiliSimulator(
        recorded(50), speed=None, faults=faults, compression=compression, game_lives=0.3, socket_lives=0.6
    ) as platform:
        events = await read_all(platform, patience=0.4)
    live = [comment for comment in comments(events) if not comment.id.startswith("old-")]
    assert list(dict.fromkeys(comment.text for comment in live)) == [f"第{i}条" for i in range(50)]
    assert len({comment.id for comment in live}) == 50, "a comment that comes twice has one id"
    struck = [faults.strikes(name, getattr(faults, name), f"m{i}") for i in range(50) for name in ("broken", "unknown")]
    assert len([event for event in events if isinstance(event, Broken)]) == sum(struck)
    twice = [faults.strikes("duplicate", faults.duplicate, f"m{i}") for i in range(50)]
    assert faults.history or len(live) == 50 + sum(twice)


async def listen(platform: BilibiliSimulator, seen: list[StreamEvent], **settings: Any) -> None:
    async with entered(platform, **settings) as room:
        async for event in room.events():
            seen.append(event)


async def error_of(platform: BilibiliSimulator, **settings: Any) -> LivebotError:
    with pytest.raises(LivebotError) as caught:
        await listen(platform, [], **settings)
    for secret in ("practice-secret", "PRACTICE0001", "geheim"):
        assert secret not in str(caught.value) + caught.value.zh + caught.value.en
    return caught.value


async def test_the_end_of_pushing_comes_after_all_that_was_pushed_and_the_game_is_not_ended_twice() -> None:
    async with BilibiliSimulator(recorded(3), speed=None, faults=parse_faults(["game_end=3"])) as platform:
        seen: list[StreamEvent] = []
        with pytest.raises(GameClosed):
            await listen(platform, seen)
        assert [comment.id for comment in comments(seen)] == ["m0", "m1", "m2"]
        assert paths(platform) == ["start"]


async def test_a_game_that_is_lost_without_a_word_is_noticed_by_its_heartbeat() -> None:
    async with BilibiliSimulator(recorded(9), speed=None, faults=parse_faults(["game_lost=3"]), game_lives=0.9) as platform:
        error = await error_of(platform)
        assert isinstance(error, GameClosed)
        assert error.since
        assert now_ms() - error.since >= 250, "nothing was pushed since then"
        assert platform.games.calls == [("start", 0), ("heartbeat", 7003)]


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"access_key_id": "stranger"}, "access_key_id"),
        ({"access_key_secret": "geheim"}, "access_key_secret"),
        ({"app_id": 7}, "app_id"),
        ({"code": "geheim"}, "code"),
    ],
)
async def test_a_wrong_setting_is_named(settings: dict[str, Any], field: str) -> None:
    async with BilibiliSimulator([]) as platform:
        error = await error_of(platform, **settings)
    assert isinstance(error, ConfigError)
    assert [problem.field for problem in error.problems] == [field]


async def test_a_clock_that_is_off_by_more_than_ten_minutes_is_named() -> None:
    async with BilibiliSimulator([], faults=parse_faults(["skew=700"])) as platform:
        error = await error_of(platform)
    assert isinstance(error, Unavailable)
    assert "时间" in error.zh


async def test_a_crash_leaves_a_game_behind_and_the_room_refuses_until_the_platform_closes_it() -> None:
    async with BilibiliSimulator(recorded(1), speed=None, ends=False, games=1, game_lives=0.5) as platform:
        entering = entered(platform)
        await entering.__aenter__()  # as after kill -9: nobody says that it ends
        error = await error_of(platform, game_heartbeat=60)
        assert isinstance(error, Unavailable)
        assert error.retry_after == 20
        platform.games.open[0].close()
        async with entered(platform) as room:
            assert await anext(room.events())
        await entering.__aexit__(None, None, None)


async def test_a_refused_pass_is_unavailable_because_the_next_start_gives_another() -> None:
    async with BilibiliSimulator(recorded(1), faults=parse_faults(["auth=1"])) as platform:
        error = await error_of(platform)
        assert isinstance(error, Unavailable)
        assert "-101" in error.zh
        assert platform.games.calls == [("start", 0), ("end", 0)]


async def test_too_many_requests_are_answered_by_waiting_as_long_as_told() -> None:
    async with BilibiliSimulator([], faults=parse_faults(["limit=1"])) as platform:
        error = await error_of(platform)
    assert isinstance(error, Unavailable)
    assert error.retry_after == 1.0


async def test_a_heartbeat_that_is_turned_away_waits_as_long_as_told_and_does_not_cost_the_connection() -> None:
    faults = parse_faults(["limit=0.5"], seed=7)
    assert [faults.strikes("limit", 0.5, nth) for nth in range(3)] == [False, True, False]
    async with BilibiliSimulator(recorded(1), speed=None, ends=False, faults=faults) as platform:
        async with entered(platform, game_heartbeat=0.05) as room, asyncio.TaskGroup() as tasks:
            reader = tasks.create_task(_drain(room))
            await wait_until(lambda: len(platform.games.calls) == 2)
            turned_away = monotonic()
            await wait_until(lambda: len(platform.games.calls) == 3)
            assert monotonic() - turned_away >= 0.95, "it was told a second"
            reader.cancel()
        assert platform.connections == 1
    assert platform.games.calls[:3] == [("start", 0), ("heartbeat", 429), ("heartbeat", 0)]


async def test_heartbeats_that_fail_for_longer_than_a_game_lives_end_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.bilibili.room.GAME_LIVES_S", 0.5)
    async with BilibiliSimulator(recorded(20), speed=0.05, ends=False) as platform:
        seen: list[StreamEvent] = []

        async def listen_while_the_api_fails() -> None:
            async with entered(platform, game_heartbeat=0.05) as room:
                platform.games.faults = parse_faults(["failing=1"])
                async for event in room.events():
                    seen.append(event)

        with pytest.raises(Unavailable, match="503"):
            await listen_while_the_api_fails()
    assert len(comments(seen)) == 20, "until then it listens, though it was told to ask no more for a second"


@pytest.mark.parametrize(
    ("status", "error", "retry_after"),
    [("412 Precondition Failed", Unavailable, 300.0), ("403 Forbidden", LoginRequired, None), ("502 Bad Gateway", Unavailable, None)],
)
async def test_an_api_that_answers_as_a_gate_does(status: str, error: type[LivebotError], retry_after: float | None) -> None:
    async def gate(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        writer.close()

    async with BilibiliSimulator([]) as platform, await asyncio.start_server(gate, "127.0.0.1", 0) as server:
        found = await error_of(platform, api_url=f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    assert type(found) is error
    assert getattr(found, "retry_after", None) == retry_after


async def _drain(room: BilibiliRoom) -> None:
    async for _ in room.events():
        pass


# ── servers that are none ──────────────────────────────────────────────────────


@asynccontextmanager
async def pretending(*frames: bytes) -> AsyncIterator[BilibiliSimulator]:
    """A platform whose socket answers the pass with these frames and nothing else."""

    async def answer(socket: ServerConnection) -> None:
        await socket.recv()
        for frame in frames:
            await socket.send(frame)
        await socket.wait_closed()

    async with BilibiliSimulator([]) as platform, serve(answer, "127.0.0.1", 0) as server:
        platform.games.socket_url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}/"
        yield platform


ACCEPTED = bytes.fromhex("0000001a 0010 0000 00000008 00000000") + b'{"code":0}'
ONE = b'{"cmd":"LIVE_OPEN_PLATFORM_DM","data":{"msg":"\xe5\x9c\xa8\xe5\x90\x97","msg_id":"m1"}}'
ONE_PACKET = (len(ONE) + 16).to_bytes(4, "big") + bytes.fromhex("0010 0000 00000005 00000000") + ONE


async def first_comments(platform: BilibiliSimulator, count: int) -> Sequence[Comment]:
    found: list[Comment] = []
    async with asyncio.timeout(5), entered(platform) as room:
        async for event in room.events():
            if isinstance(event, Comment):
                found.append(event)
            if len(found) == count:
                break
    return found


async def test_comments_that_come_with_the_answer_to_the_pass_are_not_lost() -> None:
    async with pretending(ONE_PACKET + ACCEPTED + ONE_PACKET, ONE_PACKET) as platform:
        assert [comment.text for comment in await first_comments(platform, 3)] == ["在吗"] * 3


@pytest.mark.parametrize("answer", [b"", b"\0" * 40, ACCEPTED[:16] + b"not json!", b"HTTP/1.1 200 OK"])
async def test_an_answer_that_is_none_does_not_hang(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.bilibili.room.AUTH_S", 0.1)
    async with pretending(answer) as platform:
        assert isinstance(await error_of(platform), Unavailable)
        assert platform.games.open == [], "what was started is ended"


async def test_addresses_that_lead_nowhere() -> None:
    async with BilibiliSimulator([]) as platform:
        for url in ("ws://127.0.0.1:1/sub", "http://127.0.0.1/", "nonsense"):
            platform.games.socket_url = url
            assert isinstance(await error_of(platform), Unavailable)
        error = await error_of(platform, api_url="http://127.0.0.1:1")
    assert isinstance(error, Unavailable)


def test_settings_are_checked_and_secrets_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILI_SECRET", "geheim")
    good = {"access_key_id": "k", "access_key_secret": {"env": "BILI_SECRET"}, "app_id": 1, "code": "ABCDEF123456"}
    settings = BilibiliSettings.model_validate(good)
    assert (settings.api_url, settings.game_heartbeat, settings.socket_heartbeat) == ("https://live-open.biliapi.com", 20, 30)
    assert settings.access_key_secret.get_secret_value() == "geheim"
    assert "geheim" not in repr(settings)
    assert "ABCDEF123456" not in repr(settings)
    for wrong in ({"app_id": 0}, {"app_id": "x"}, {"access_key_id": "a b"}, {"code": ""}, {"api_url": "ws://x"}, {"game_heartbeat": 61}):
        with pytest.raises(ValidationError):
            BilibiliSettings.model_validate(good | wrong)
