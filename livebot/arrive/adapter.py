"""The seam between livebot and a platform: one connect() that yields a Room, and what the platform can do, as data."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import ClassVar, Literal, Protocol, runtime_checkable

from pydantic import BaseModel

from livebot.decide.events import Comment, StreamEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a platform can do. livebot enforces it, so no adapter writes a limiter.

    resends_safely: sending the same key twice says it once. resumes: `after` is honoured. replays_history: may send comments from
    before the connection. ends_stream: tells when the broadcast is over. max_chars counts code points, or UTF-8 bytes where unit says so.
    sends = (count, seconds): at most `count` messages in any `seconds`. follow_up: until when follow-ups may be said in the room: never
    ("none": they become files), until the broadcast ends, or also after it (a room whose chat is gone by then has FollowingUp).
    """

    can_send: bool
    can_reply_to: bool = False
    resends_safely: bool = False
    resumes: bool = False
    replays_history: bool = False
    ends_stream: bool = False
    stable_user_id: bool = True
    native_message_id: bool = True
    max_chars: int = 200
    unit: Literal["chars", "bytes"] = "chars"
    sends: tuple[int, float] = (20, 30.0)
    follow_up: Literal["none", "while_live", "after_live"] = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the platform said about a send. "shadow": it claims success but only the sender sees it. "unknown": no answer in time."""

    state: Literal["sent", "refused", "shadow", "unknown"]
    native_id: str | None = None
    reason: str = ""


class Room(Protocol):
    """One live connection to one room."""

    def events(self) -> AsyncIterator[StreamEvent]:
        """Yields events in order; ends when the platform closes for good; raises Unavailable, LoginRequired or ConfigError."""
        ...

    async def send(self, text: str, *, to: Comment | None, key: str) -> Receipt:
        """Says one text, once. Raises Rejected where it is refused, Unavailable only where it certainly was not said."""
        ...


@runtime_checkable
class Acknowledging(Protocol):
    """A room whose platform wants to hear once an event can no longer be lost.

    journalled() is called in order with every event that events() gave, heartbeats left out, as it gave it; reading goes on meanwhile.
    """

    async def journalled(self, event: StreamEvent) -> None: ...


@runtime_checkable
class FollowingUp(Protocol):
    """A room with a place of its own for follow-ups, such as a comment under the video once the chat is gone; else send() says them."""

    async def follow_up(self, text: str, *, key: str) -> Receipt:
        """Says one text, once, while the broadcast is on or after it; raises what send() raises."""
        ...


class Adapter(Protocol):
    """A platform. `Config` is its own section of config.toml ([rooms.settings])."""

    name: ClassVar[str]
    capabilities: ClassVar[Capabilities]
    Config: ClassVar[type[BaseModel]]

    def connect(self, config: BaseModel, *, after: str | None) -> AbstractAsyncContextManager[Room]:
        """Opens one connection; `after` is the id of the last journalled comment. Never retries: that is the supervisor's work."""
        ...
