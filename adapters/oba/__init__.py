"""The oba adapter: reads the chat that oba-live-tool has open on any of its platforms (docs/platforms/oba.md)."""

from contextlib import AbstractAsyncContextManager
from typing import ClassVar

from pydantic import BaseModel

from adapters.oba.wire import reader
from adapters.reading import ReadingRoom, ReadingSettings, reading, taken
from livebot.arrive.adapter import Capabilities

__all__ = ["ObaAdapter", "ObaSettings"]


class ObaSettings(ReadingSettings):
    """[rooms.settings] of an oba room: all of it has defaults."""

    url: str = "ws://127.0.0.1:12354"


class ObaAdapter:
    name: ClassVar[str] = "oba"
    capabilities: ClassVar[Capabilities] = Capabilities(can_send=False, stable_user_id=False, follow_up="none")
    Config: ClassVar[type[BaseModel]] = ObaSettings

    def connect(self, config: BaseModel, *, after: str | None) -> AbstractAsyncContextManager[ReadingRoom]:
        settings = taken(ObaSettings, config)
        return reading(settings.url, reader(frozenset(settings.own)), silence=settings.silence)
