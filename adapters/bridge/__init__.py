"""The bridge adapter: livebot's own open door, over which a program in any language can bring a chat (docs/bridge.md)."""

from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from adapters.bridge.room import BridgeRoom, open_room
from adapters.dialling import checked_url
from livebot.arrive.adapter import Capabilities
from livebot.language import say

__all__ = ["BridgeAdapter", "BridgeRoom", "BridgeSettings"]


class BridgeSettings(BaseModel):
    """[rooms.settings] of a bridge room.

    url: ws:// or wss://. token: sent as "Authorization: Bearer …". receipt_timeout: seconds to wait for said or refused.
    can_send, max_chars, sends_count and sends_seconds tell what the platform behind the bridge allows, where the defaults do not fit.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    token: SecretStr | None = None
    receipt_timeout: Annotated[float, Field(gt=0, le=300)] = 10.0
    can_send: bool | None = None
    max_chars: Annotated[int, Field(ge=1, le=100_000)] | None = None
    sends_count: Annotated[int, Field(ge=1, le=10_000)] | None = None
    sends_seconds: Annotated[float, Field(gt=0, le=86_400)] | None = None

    _url = field_validator("url")(checked_url)

    @field_validator("token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not (value.get_secret_value().isascii() and value.get_secret_value().isprintable()):
            raise ValueError(say("token 只能是可见的英文字符", "a token consists of printable ASCII characters"))
        return value


class BridgeAdapter:
    name: ClassVar[str] = "bridge"
    capabilities: ClassVar[Capabilities] = Capabilities(
        can_send=True,
        can_reply_to=True,
        resumes=True,
        replays_history=True,
        ends_stream=True,
        max_chars=200,
        sends=(5, 5.0),
        follow_up="after_live",
    )
    Config: ClassVar[type[BaseModel]] = BridgeSettings

    def limits(self, config: BaseModel) -> Capabilities:
        """The capabilities with what the settings say about the platform behind this bridge."""
        settings = _settings(config)
        count, seconds = self.capabilities.sends
        return replace(
            self.capabilities,
            can_send=self.capabilities.can_send if settings.can_send is None else settings.can_send,
            follow_up="none" if settings.can_send is False else self.capabilities.follow_up,
            max_chars=settings.max_chars or self.capabilities.max_chars,
            sends=(settings.sends_count or count, settings.sends_seconds or seconds),
        )

    def connect(self, config: BaseModel, *, after: str | None) -> AbstractAsyncContextManager[BridgeRoom]:
        settings = _settings(config)
        token = settings.token.get_secret_value() if settings.token else None
        return open_room(settings.url, token=token, receipt_timeout=settings.receipt_timeout, after=after)


def _settings(config: BaseModel) -> BridgeSettings:
    return config if isinstance(config, BridgeSettings) else BridgeSettings.model_validate(config.model_dump())
