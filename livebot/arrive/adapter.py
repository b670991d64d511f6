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
    sends = (count, seconds): at most `count` messages in any `seconds`.
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
    """A room whose platform wants to hear once an event can no longer be lost."""

    async def journalled(self, event_id: str) -> None: ...


class Adapter(Protocol):
    """A platform. `Config` is its own section of config.toml ([rooms.settings])."""

    name: ClassVar[str]
    capabilities: ClassVar[Capabilities]
    Config: ClassVar[type[BaseModel]]

    def connect(self, config: BaseModel, *, after: str | None) -> AbstractAsyncContextManager[Room]:
        """Opens one connection; `after` is the id of the last journalled comment. Never retries: that is the supervisor's work."""
        ...
