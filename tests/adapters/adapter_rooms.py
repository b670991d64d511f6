"""What the adapters' tests share: a recording, a room of each adapter on one practice server, and a reader that reconnects."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from adapters.bridge import BridgeAdapter
from adapters.ws_json import WsJsonAdapter
from livebot.arrive.adapter import Adapter, Room
from livebot.decide.events import Comment, StreamEnded, StreamEvent
from livebot.errors import Unavailable
from livebot.simulate.recording import Line

ADAPTERS: dict[str, Adapter] = {"bridge": BridgeAdapter(), "ws-json": WsJsonAdapter()}
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


def recorded(count: int) -> list[Line]:
    return [Line(id=f"m{i}", t_ms=i, text=f"第{i}条", user=f"u{i % 7}", name=f"名字{i % 7}") for i in range(count)]


def connect(kind: str, url: str, after: str | None = None, **settings: Any) -> AbstractAsyncContextManager[Room]:
    adapter = ADAPTERS[kind]
    mapping = MAPPING if kind == "ws-json" else {}
    return adapter.connect(adapter.Config.model_validate({"url": url, **mapping, **settings}), after=after)


async def read_all(kind: str, url: str, patience: float = 5.0) -> list[StreamEvent]:
    """Every event until the stream ends, over as many connections as it takes; gives up on a silent one after `patience` seconds."""
    events: list[StreamEvent] = []
    after: str | None = None
    while not _ended(events):
        try:
            async with connect(kind, url, after) as room:
                stream = room.events()
                while not _ended(events):
                    async with asyncio.timeout(patience):
                        events.append(await anext(stream))
                    if isinstance(events[-1], Comment):
                        after = events[-1].id
        except (Unavailable, TimeoutError, StopAsyncIteration):
            continue
    return events


def _ended(events: Sequence[StreamEvent]) -> bool:
    return bool(events) and isinstance(events[-1], StreamEnded)


def comments(events: Sequence[StreamEvent]) -> list[Comment]:
    return [event for event in events if isinstance(event, Comment)]


async def wait_until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.005)
