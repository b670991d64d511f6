"""An adapter of a read-only platform (on the bridge's wire) that fails loudly should anybody speak."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import ClassVar

from pydantic import BaseModel

from adapters.bridge import BridgeAdapter, BridgeRoom
from livebot.arrive.adapter import Capabilities, Receipt, Room
from livebot.decide.events import Comment

SPOKEN: list[str] = []  # what livebot tried to say


class LoudRoom:
    def __init__(self, room: BridgeRoom) -> None:
        self.events = room.events

    async def send(self, text: str, *, to: Comment | None, key: str) -> Receipt:
        SPOKEN.append(text)
        raise AssertionError(f"said in a read-only room: {text}")

    async def follow_up(self, text: str, *, key: str) -> Receipt:
        return await self.send(text, to=None, key=key)


class LoudAdapter:
    name: ClassVar[str] = "loud"
    capabilities: ClassVar[Capabilities] = replace(BridgeAdapter.capabilities, can_send=False, follow_up="none")
    Config: ClassVar[type[BaseModel]] = BridgeAdapter.Config

    @asynccontextmanager
    async def connect(self, config: BaseModel, *, after: str | None) -> AsyncIterator[Room]:
        async with BridgeAdapter().connect(config, after=after) as room:
            yield LoudRoom(room)
