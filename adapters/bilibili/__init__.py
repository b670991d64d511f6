"""The Bilibili adapter: hears a room over the official open platform, which only reads (docs/platforms/bilibili.md)."""

from contextlib import AbstractAsyncContextManager
from typing import ClassVar

from pydantic import BaseModel

from adapters.bilibili.room import BilibiliRoom, BilibiliSettings, open_room
from adapters.reading import taken
from livebot.arrive.adapter import Capabilities

__all__ = ["BilibiliAdapter", "BilibiliRoom", "BilibiliSettings"]


class BilibiliAdapter:
    """replays_history: the platform is not known to replay anything; should it do so, nothing of it is answered."""

    name: ClassVar[str] = "bilibili"
    capabilities: ClassVar[Capabilities] = Capabilities(can_send=False, replays_history=True, ends_stream=True)
    Config: ClassVar[type[BaseModel]] = BilibiliSettings

    def connect(self, config: BaseModel, *, after: str | None) -> AbstractAsyncContextManager[BilibiliRoom]:
        return open_room(taken(BilibiliSettings, config))
