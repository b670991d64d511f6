"""The social_stream adapter: reads, and where it can answers, the chats of Social Stream Ninja (docs/platforms/social_stream.md)."""

from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Annotated, ClassVar
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, field_validator

from adapters.reading import ReadingSettings, taken
from adapters.secrets import Secret
from adapters.social_stream.room import SocialStreamRoom, open_room
from adapters.social_stream.wire import NO_SEND_BACK
from livebot.arrive.adapter import Capabilities
from livebot.language import say

__all__ = ["SocialStreamAdapter", "SocialStreamSettings"]


class SocialStreamSettings(ReadingSettings):
    """[rooms.settings] of a social_stream room.

    url: the hosted server, or ws://127.0.0.1:3000 for the local app. session: its session id, which is all the protection there is.
    platform: the one chat of the session that this room is, by the extension's name for it, such as "youtube" or "whatnot"; "" hears all
    of them and says nothing. confirm: seconds in which the chat must show what was said. can_send, max_chars, sends_count and
    sends_seconds tell what the platform allows, where the defaults do not fit.
    """

    url: str = "wss://io.socialstream.ninja"
    session: Secret
    platform: Annotated[str, Field(pattern=r"^[a-z0-9_-]{0,40}$")] = ""
    confirm: Annotated[float, Field(gt=0, le=19)] = 8.0
    can_send: bool = True
    max_chars: Annotated[int, Field(ge=1, le=2000)] = 200
    sends_count: Annotated[int, Field(ge=1, le=10_000)] = 5
    sends_seconds: Annotated[float, Field(gt=0, le=86_400)] = 10.0

    @property
    def speaks(self) -> bool:
        return self.can_send and self.platform != "" and self.platform not in NO_SEND_BACK

    @field_validator("url")
    @classmethod
    def _no_session(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.path.strip("/") or parts.query:
            raise ValueError(
                say("这里只写服务器地址；会话号写在 session 里", "only the server goes here; its session id goes into session")
            )
        return value


class SocialStreamAdapter:
    name: ClassVar[str] = "social_stream"
    capabilities: ClassVar[Capabilities] = Capabilities(
        can_send=True, stable_user_id=False, native_message_id=False, max_chars=200, sends=(5, 10.0), follow_up="while_live"
    )
    Config: ClassVar[type[BaseModel]] = SocialStreamSettings

    def limits(self, config: BaseModel) -> Capabilities:
        """The capabilities of the platform behind it: none can be spoken to that is not named, or that takes no answers."""
        settings = taken(SocialStreamSettings, config)
        speaks = settings.speaks
        return replace(
            self.capabilities,
            can_send=speaks,
            follow_up="while_live" if speaks else "none",
            ends_stream=settings.platform != "",
            max_chars=settings.max_chars,
            sends=(settings.sends_count, settings.sends_seconds),
        )

    def connect(self, config: BaseModel, *, after: str | None) -> AbstractAsyncContextManager[SocialStreamRoom]:
        settings = taken(SocialStreamSettings, config)
        return open_room(
            settings.url,
            settings.session.get_secret_value(),
            platform=settings.platform,
            own=frozenset(settings.own),
            window=settings.confirm if settings.speaks else None,
            silence=settings.silence,
        )
