"""Adapters that fail in every way that a stranger's adapter may: each must be nobody's trouble but its own room's."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar

from pydantic import BaseModel

from livebot.arrive.adapter import Capabilities, Receipt, Room
from livebot.decide.events import Comment, StreamEvent
from livebot.errors import LoginRequired, Unavailable


class Settings(BaseModel):
    """how: "bug" in connect, "crash" among the events, "hang" for ever, "lie" about events, "login" or "away"."""

    how: str


class FailingRoom:
    def __init__(self, how: str) -> None:
        self.how = how

    async def events(self) -> AsyncIterator[StreamEvent]:
        if self.how == "crash":
            raise ZeroDivisionError(self.how)
        while True:
            await asyncio.sleep(0.001)
            yield object()  # type: ignore[misc]

    async def send(self, text: str, *, to: Comment | None, key: str) -> Receipt:
        raise KeyError(key)


class FailingAdapter:
    name: ClassVar[str] = "failing"
    capabilities: ClassVar[Capabilities] = Capabilities(can_send=True)
    Config: ClassVar[type[BaseModel]] = Settings

    @asynccontextmanager
    async def connect(self, config: BaseModel, *, after: str | None) -> AsyncIterator[Room]:
        assert isinstance(config, Settings)
        match config.how:
            case "bug":
                raise KeyError("no such key")
            case "hang":
                await asyncio.Event().wait()
            case "login":
                raise LoginRequired("请登录", "sign in")
            case "away":
                raise Unavailable("不在", "away", retry_after=3600.0)
        yield FailingRoom(config.how)
