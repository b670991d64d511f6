"""One contract for every adapter: order, errors, faults, cancellation, resuming, and never a word where it must not speak."""

import asyncio
import json
import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from adapter_rooms import (
    ADAPTERS,
    KINDS,
    MAPPING,
    acknowledged,
    can,
    comments,
    draining,
    enter,
    practice,
    read_all,
    recorded,
    told,
    wait_until,
)
from goldens import READS, golden
from pydantic import BaseModel, SecretStr

import livebot
from livebot.decide.events import Broken, Comment, Heartbeat, StreamEnded, StreamStarted
from livebot.errors import Rejected, Unavailable
from livebot.simulate.faults import Faults, parse_faults
from livebot.simulate.platforms import PLATFORMS
from livebot.simulate.recording import Line

PROJECT = tomllib.loads((Path(livebot.__file__).parent.parent / "pyproject.toml").read_text("utf-8"))["project"]


def each(test: str) -> pytest.MarkDecorator:
    """For every adapter that this part of the contract concerns."""
    return pytest.mark.parametrize("kind", [name for name in sorted(KINDS) if test not in KINDS[name].exempt])


def test_every_adapter_and_every_simulator_is_under_the_contract() -> None:
    assert set(PROJECT["entry-points"]["livebot.adapters"]) == set(KINDS)
    assert set(PLATFORMS) == {kind.platform for kind in KINDS.values()}


@each("what")
async def test_an_adapter_says_what_it_is_and_keeps_its_secrets(kind: str) -> None:
    adapter = ADAPTERS[kind]
    assert adapter.name == kind
    assert issubclass(adapter.Config, BaseModel)
    async with practice(kind, []) as server:
        capabilities, given = can(kind, server), {**server.settings, **KINDS[kind].settings}
        assert capabilities.can_send or capabilities.follow_up == "none"
        config = adapter.Config.model_validate(given)
        secrets = [value.get_secret_value() for _, value in config if isinstance(value, SecretStr)]
        assert [secret for secret in secrets if secret in repr(config) + str(config)] == []
        with pytest.raises(ValueError, match="nonsense"):
            adapter.Config.model_validate({**given, "nonsense": 1})


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_samples_of_its_wire_are_kept_and_read(kind: str) -> None:
    events = [event for frame in golden(kind).values() for event in READS[kind](frame)]
    assert any(isinstance(event, KINDS[kind].tells) for event in events)


@each("order")
async def test_typed_events_in_order(kind: str) -> None:
    lines = recorded(KINDS[kind].many)
    async with practice(kind, lines) as server:
        events = [event for event in await read_all(kind, server) if not isinstance(event, Heartbeat)]
        assert server.sent == len(lines)
    ids, words = zip(*told(kind, events), strict=True)
    assert [*words] == [KINDS[kind].words(line) for line in lines]
    assert len({*ids}) == len(lines)
    assert [event for event in events if isinstance(event, Broken)] == []
    assert [event for event in events if isinstance(event, StreamStarted)] in ([], events[:1]), "a start comes first"
    assert isinstance(events[-1], StreamEnded) == ADAPTERS[kind].capabilities.ends_stream
    if KINDS[kind].tells is Comment:
        assert {comment.author.name for comment in comments(events)} == {f"名字{i}" for i in range(7)}
        assert len({comment.author.id for comment in comments(events)}) == 7 or not ADAPTERS[kind].capabilities.stable_user_id


@each("cancelled")
async def test_cancelled_it_leaves_no_task_and_no_socket(kind: str) -> None:
    async with practice(kind, recorded(3), ends=False) as server:
        before = asyncio.all_tasks()
        seen: list[object] = []

        async def read() -> None:
            async with enter(kind, server) as room:
                async for event in acknowledged(room):
                    seen.append(event)

        async with asyncio.TaskGroup() as tasks:
            reader = tasks.create_task(read())
            await wait_until(lambda: len([event for event in seen if isinstance(event, KINDS[kind].tells)]) == 3)
            reader.cancel()
        await wait_until(lambda: asyncio.all_tasks() <= before)


@each("flood")
async def test_a_reader_that_stops_in_the_middle_of_a_flood_closes_soon(kind: str) -> None:
    flood = [Line(id=f"m{i}", t_ms=i, text="长" * 400, user="u", name="名字") for i in range(20_000)]
    async with practice(kind, flood) as server, asyncio.timeout(10):
        before = asyncio.all_tasks()
        async with enter(kind, server) as room:
            async for event in acknowledged(room):
                if isinstance(event, KINDS[kind].tells):
                    break
        await wait_until(lambda: asyncio.all_tasks() <= before)
        assert server.sent < len(flood), "back-pressure holds the server, not a growing queue"


MISDEEDS = [
    "duplicate=0.3",
    "history=5",
    "broken=0.3",
    "unknown=0.5",
    "missing=0.5",
    "stall=20",
    "midframe=20",
    "drop=20",
    "accept_close",
    "skew",
]
ALL_AT_ONCE = "duplicate,broken,unknown,missing=0.2,drop=17,accept_close=2,history=3"


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        (kind, fault)
        for kind in sorted(KINDS)
        for fault in (*MISDEEDS, *KINDS[kind].misdeeds, ALL_AT_ONCE)
        if fault.partition("=")[0] not in KINDS[kind].exempt
    ],
)
async def test_no_fault_loses_anything_or_raises_anything_unsorted(kind: str, fault: str) -> None:
    """What the platform sent was heard, each comment under one id; read_all lets every error out that is not Unavailable."""
    faults, lines = parse_faults([fault], seed=7), recorded(50)
    async with practice(kind, lines, faults=faults) as server, asyncio.timeout(30):
        events = await read_all(kind, server, patience=KINDS[kind].patience)
        sent = server.sent
    ids, words = (list(dict.fromkeys(column)) for column in zip(*told(kind, events), strict=True))
    assert len(words) == sent
    assert words == [word for word in map(KINDS[kind].words, lines) if word in words], "in order"
    assert sent == 50 or not ADAPTERS[kind].capabilities.resumes
    assert len(ids) == sent, "a comment that comes twice has one id"
    assert any(isinstance(event, Broken) for event in events) == _counts(kind, faults)


def _counts(kind: str, faults: Faults) -> bool:
    return (faults.broken > 0 and "broken" not in KINDS[kind].exempt) or (faults.unknown > 0 and "unknown" not in KINDS[kind].exempt)


@each("accept_close")
async def test_a_server_that_accepts_and_closes_is_unavailable_each_time(kind: str) -> None:
    async with practice(kind, recorded(3), faults=Faults(accept_close=1000)) as server:
        for _ in range(3):
            async with asyncio.timeout(10):
                with pytest.raises(Unavailable):
                    await _read_out(kind, server)
        assert server.sent == 0


@each("nobody")
async def test_where_nobody_listens_it_is_unavailable(kind: str) -> None:
    async with practice(kind, []) as server:
        settings = dict(server.settings)
    gone = type("Gone", (), {"settings": settings})()
    async with asyncio.timeout(10):
        with pytest.raises(Unavailable):
            await _read_out(kind, gone)


async def _read_out(kind: str, server: object) -> None:
    async with enter(kind, server) as room:  # type: ignore[arg-type]
        async for _ in room.events():
            pass
        raise Unavailable("对方关闭了", "it closed")  # as intake takes an end without an end of the stream


@each("texts")
@pytest.mark.parametrize("text", ["a" * 10_000, "\x00", "‮⁦右​左", "😀" * 50], ids=lambda text: ascii(text[:6]))
async def test_odd_comments_survive_the_wire(kind: str, text: str) -> None:
    lines = recorded(2)
    async with practice(kind, [lines[0], Line(id="odd", t_ms=0, text=text, user="u8", name="名字8"), lines[1]]) as server:
        events = await read_all(kind, server)
    assert [comment.text for comment in comments(events)] == ["第0条", text, "第1条"]


@each("resumes")
async def test_it_resumes_behind_what_was_journalled_where_it_claims_to(kind: str) -> None:
    lines = recorded(10)
    async with practice(kind, lines, ends=False) as server:
        async with enter(kind, server) as room, draining(room) as first:
            await wait_until(lambda: len(told(kind, first)) == len(lines))
        expected = told(kind, first)[7:] if ADAPTERS[kind].capabilities.resumes else []
        async with enter(kind, server, after=told(kind, first)[6][0]) as room, draining(room) as seen:
            await wait_until(lambda: len(told(kind, seen)) >= len(expected))
            with suppress(TimeoutError):
                await wait_until(lambda: len(told(kind, seen)) > len(expected), KINDS[kind].patience)
    assert told(kind, seen) == expected


@each("speaks")
async def test_only_those_that_can_send_speak(kind: str) -> None:
    async with practice(kind, recorded(1), ends=False) as server, enter(kind, server) as room, draining(room) as seen:
        await wait_until(lambda: bool(told(kind, seen)))
        target = next(iter(comments(seen)), None)
        if can(kind, server).can_send:
            assert target
            receipt = await room.send("在的", to=target, key="k1")
            assert receipt.state in KINDS[kind].receipts
            (said,) = server.says
            assert said.text == "在的"
            assert said.to in {None, target.id}
            assert (said.to is not None) == can(kind, server).can_reply_to
        else:
            with pytest.raises(Rejected):
                await room.send("在的", to=target, key="k1")
            assert server.says == []


@pytest.mark.parametrize("kind", ["bridge", "twitch", "ws-json"])
async def test_it_ends_quietly_when_the_server_closes_for_good(kind: str) -> None:
    async with practice(kind, recorded(1), ends=False) as server, enter(kind, server) as room:
        seen = []
        async for event in room.events():
            seen.append(event)
            if isinstance(event, Comment):
                await server.close(1000)  # type: ignore[attr-defined]
    assert [comment.id for comment in comments(seen)] == ["m0"]


def test_the_mapping_is_plain_json() -> None:
    """What a streamer writes in TOML is what these tests use."""
    assert json.loads(json.dumps(MAPPING)) == MAPPING
