"""What the adapters' tests share: each adapter beside the simulator of its platform, a recording, and a reader that reconnects."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from adapters.bilibili import BilibiliAdapter
from adapters.bridge import BridgeAdapter
from adapters.douyin_grab import DouyinGrabAdapter
from adapters.douyin_push import DouyinPushAdapter
from adapters.oba import ObaAdapter
from adapters.social_stream import SocialStreamAdapter
from adapters.tiktok_shop import TikTokShopAdapter
from adapters.twitch import TwitchAdapter
from adapters.ws_json import WsJsonAdapter
from adapters.youtube import YouTubeAdapter
from livebot.arrive.adapter import Acknowledging, Adapter, Capabilities, Room
from livebot.arrive.registry import limits
from livebot.decide.events import Comment, Heartbeat, OrderUpdate, StreamEnded, StreamEvent
from livebot.errors import Unavailable
from livebot.simulate.platforms import Simulator, simulator
from livebot.simulate.recording import Line

MAPPING: dict[str, Any] = {
    "text": "text",
    "id": "id",
    "user_id": "user.id",
    "user_name": "user.name",
    "t_ms": "t_ms",
    "only": {"type": "comment"},
    "started": {"type": "stream_started"},
    "ended": {"type": "stream_ended"},
    "subscribe": ['{"type":"hello"}'],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """An adapter and the platform that it is tested with. settings: on top of what the simulator says; own: options of the simulator that
    keep tests short. many: comments of a long stream. patience: seconds after which a silent connection is left. misdeeds: faults that only
    it knows; receipts: what a send may come to. tells: what a recorded line becomes; words: which `told` gives for it. exempt: what of the
    contract does not concern it (a test's or a fault's name) → why.
    """

    adapter: Adapter
    platform: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    own: Mapping[str, Any] = field(default_factory=dict)
    many: int = 300
    patience: float = 0.3
    misdeeds: Sequence[str] = ()
    receipts: Sequence[str] = ("sent",)
    tells: type[Comment] | type[OrderUpdate] = Comment
    words: Callable[[Line], str] = lambda line: line.text
    exempt: Mapping[str, str] = field(default_factory=dict)

    @property
    def capabilities(self) -> Capabilities:
        return self.adapter.capabilities


PUSHED = dict.fromkeys(("stall", "midframe", "drop", "accept_close", "history"), "it has no connection: the platform pushes")
KINDS: dict[str, Kind] = {
    "twitch": Kind(
        adapter=TwitchAdapter(),
        platform="twitch",
        own={"limited_for": 0.05},
        misdeeds=("reconnect=20", "split=0.5", "limit=0.1", "failing=0.1"),
    ),
    "youtube": Kind(adapter=YouTubeAdapter(), platform="youtube", own={"polling": 0.02}),
    "oba": Kind(adapter=ObaAdapter(), platform="oba"),
    "douyin_grab": Kind(adapter=DouyinGrabAdapter(), platform="douyin_grab"),
    "social_stream": Kind(adapter=SocialStreamAdapter(), platform="social_stream"),
    "bilibili": Kind(adapter=BilibiliAdapter(), platform="bilibili", misdeeds=("split=0.5", "auth=2", "game_end=20")),
    "bridge": Kind(adapter=BridgeAdapter(), platform="bridge"),
    "douyin_push": Kind(
        adapter=DouyinPushAdapter(),
        platform="douyin_push",
        misdeeds=("replay=0.3", "forge=0.3", "expire=0.01"),
        exempt=PUSHED,
    ),
    "tiktok_shop": Kind(
        adapter=TikTokShopAdapter(),
        platform="tiktok_shop",
        misdeeds=("forge=0.3",),
        tells=OrderUpdate,
        words=lambda line: f"n-{line.id}",
        exempt={**PUSHED, "nobody": "it asks nobody for anything", "texts": "it tells of orders, which hold no words of anybody"},
    ),
    "ws-json": Kind(
        adapter=WsJsonAdapter(),
        platform="bridge",
        settings=MAPPING,
        exempt={"unknown": "the mapping itself says which messages are of interest"},
    ),
}
ADAPTERS: dict[str, Adapter] = {name: kind.adapter for name, kind in KINDS.items()}


def recorded(count: int) -> list[Line]:
    return [Line(id=f"m{i}", t_ms=i, text=f"第{i}条", user=f"u{i % 7}", name=f"名字{i % 7}") for i in range(count)]


def practice(kind: str, lines: Sequence[Line], **options: Any) -> Simulator:
    """The platform of an adapter; as fast as it is read, unless told otherwise."""
    one = KINDS[kind]
    return simulator(one.platform)(lines, **{"speed": None, **one.own, **options})


def enter(kind: str, server: Simulator, after: str | None = None, **settings: Any) -> AbstractAsyncContextManager[Room]:
    adapter = ADAPTERS[kind]
    given = {**server.settings, **KINDS[kind].settings, **settings}
    return adapter.connect(adapter.Config.model_validate(given), after=after)


def can(kind: str, server: Simulator) -> Capabilities:
    """What it can do with the simulator's settings."""
    adapter = ADAPTERS[kind]
    return limits(adapter, adapter.Config.model_validate({**server.settings, **KINDS[kind].settings}))


def connect(kind: str, url: str, after: str | None = None, **settings: Any) -> AbstractAsyncContextManager[Room]:
    """To a server on the bridge's wire."""
    adapter = ADAPTERS[kind]
    return adapter.connect(adapter.Config.model_validate({"url": url, **KINDS[kind].settings, **settings}), after=after)


async def acknowledged(room: Room) -> AsyncIterator[StreamEvent]:
    """The events of a room, each told to be safe before the next, as intake does it."""
    async for event in room.events():
        if isinstance(room, Acknowledging) and not isinstance(event, Heartbeat):
            await room.journalled(event)
        yield event


async def read_all(kind: str, server: Simulator, patience: float = 5.0, **settings: Any) -> list[StreamEvent]:
    """Every event until the stream ends (or has nothing more to say), over as many connections as it takes; gives up on a silent one after
    `patience` seconds."""
    events: list[StreamEvent] = []
    after: str | None = None

    def over() -> bool:
        said = len({words for _, words in told(kind, events)})
        return ended(events) or (server.ended.is_set() and said >= server.sent and not ADAPTERS[kind].capabilities.ends_stream)

    while not over():
        try:
            async with enter(kind, server, after, **settings) as room:
                stream = acknowledged(room)
                while not over():
                    async with asyncio.timeout(patience):
                        events.append(await anext(stream))
                    if isinstance(events[-1], Comment):
                        after = events[-1].id
        except (Unavailable, TimeoutError, StopAsyncIteration):
            continue
    return events


def ended(events: Sequence[StreamEvent]) -> bool:
    return bool(events) and isinstance(events[-1], StreamEnded)


def told(kind: str, events: Sequence[StreamEvent]) -> list[tuple[str, str]]:
    """(id, words) of what the recorded lines became, as often as they came; what is older than the recording is left out."""
    found = [event for event in events if isinstance(event, KINDS[kind].tells) and not event.id.startswith("old-")]
    return [(event.id, event.text if isinstance(event, Comment) else event.id) for event in found]


def comments(events: Sequence[StreamEvent]) -> list[Comment]:
    return [event for event in events if isinstance(event, Comment)]


@asynccontextmanager
async def draining(room: Room) -> AsyncIterator[list[StreamEvent]]:
    """Somebody reads the room meanwhile."""
    seen: list[StreamEvent] = []

    async def read() -> None:
        async for event in acknowledged(room):
            seen.append(event)

    async with asyncio.TaskGroup() as tasks:
        reader = tasks.create_task(read())
        try:
            yield seen
        finally:
            reader.cancel()


async def wait_until(true: Callable[[], bool], seconds: float = 40.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.005)
