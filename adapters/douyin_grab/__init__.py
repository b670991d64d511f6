"""The douyin_grab adapter: reads what DouyinBarrageGrab hears of Douyin, and sends it nothing (docs/platforms/douyin_grab.md)."""

from contextlib import AbstractAsyncContextManager
from typing import ClassVar

from pydantic import BaseModel

from adapters.douyin_grab.wire import Reader
from adapters.reading import Name, ReadingRoom, ReadingSettings, reading, taken
from livebot.arrive.adapter import Capabilities

__all__ = ["DouyinGrabAdapter", "DouyinGrabSettings"]


class DouyinGrabSettings(ReadingSettings):
    """[rooms.settings] of a douyin_grab room. rooms: which room is ours, where the program hears several (wire.Reader)."""

    url: str = "ws://127.0.0.1:8888"
    rooms: tuple[Name, ...] = ()


class DouyinGrabAdapter:
    """Whatever JSON the program receives it takes for an order, and {"Cmd": 1} ends it: so not one data frame leaves.

    It answers a ping with the word "pong" instead of the ping's own bytes, which no client may take for an answer: so no pings either.
    """

    name: ClassVar[str] = "douyin_grab"
    capabilities: ClassVar[Capabilities] = Capabilities(can_send=False, ends_stream=True, follow_up="none")
    Config: ClassVar[type[BaseModel]] = DouyinGrabSettings

    def connect(self, config: BaseModel, *, after: str | None) -> AbstractAsyncContextManager[ReadingRoom]:
        settings = taken(DouyinGrabSettings, config)
        reader = Reader(frozenset(settings.own), frozenset(settings.rooms))
        return reading(settings.url, reader.read, silence=settings.silence, pings=False)
