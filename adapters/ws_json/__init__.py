"""The ws-json adapter: reads any WebSocket that sends JSON, its fields found by paths in the config (docs/adapters.md)."""

import json
import re
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from adapters.dialling import checked_url
from adapters.reading import ReadingRoom, reading
from adapters.ws_json.wire import Mapped, path_of, read, wanted_of
from livebot.arrive.adapter import Capabilities
from livebot.language import say

__all__ = ["WsJsonAdapter", "WsJsonSettings"]

Scalar = str | int | float | bool
Conditions = dict[str, Scalar | list[Scalar]]

_HEADER = re.compile(r"[A-Za-z0-9_-]{1,80}: [\x20-\x7e]{0,4000}")
_PATHS = ("text", "id", "user_id", "user_name", "roles", "t_ms", "reply_to", "product", "messages", "decode", "only", "started", "ended")


class WsJsonSettings(BaseModel):
    """[rooms.settings] of a ws-json room: dotted paths into each message, such as text = "data.content".

    only: which messages are comments, for example only = { Type = 1 } (a list means: any of these); started, ended: which ones tell that
    the broadcast began or is over. messages: path of the list, where a frame holds several. decode: paths whose string is JSON itself.
    subscribe: JSON texts to send on connect. headers: HTTP headers of the handshake. time_unit: whether t_ms counts "ms" or "s".
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    text: Annotated[str, Field(min_length=1)]
    id: str = ""
    user_id: str = ""
    user_name: str = ""
    roles: str = ""
    t_ms: str = ""
    time_unit: Literal["ms", "s"] = "ms"
    reply_to: str = ""
    product: str = ""
    only: Conditions = Field(default_factory=dict)
    started: Conditions = Field(default_factory=dict)
    ended: Conditions = Field(default_factory=dict)
    messages: str = ""
    decode: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    subscribe: tuple[str, ...] = ()
    headers: dict[str, SecretStr] = Field(default_factory=dict)

    _url = field_validator("url")(checked_url)

    @field_validator(*_PATHS)
    @classmethod
    def _paths(cls, value: object) -> object:
        for path in [value] if isinstance(value, str) else list(value) if isinstance(value, tuple | dict) else []:
            try:
                path_of(path)
            except ValueError:
                raise ValueError(
                    say(f"路径 {path!r} 里有空的一段，写法如 data.content", f"the path {path!r} has an empty step; write data.content")
                ) from None
        return value

    @field_validator("subscribe")
    @classmethod
    def _json(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for number, text in enumerate(value, 1):
            try:
                json.loads(text)
            except (ValueError, RecursionError):
                raise ValueError(say(f"subscribe 的第 {number} 条不是 JSON", f"subscribe text {number} is not JSON")) from None
        return value

    @field_validator("headers")
    @classmethod
    def _headers(cls, value: dict[str, SecretStr]) -> dict[str, SecretStr]:
        for name, secret in value.items():
            if not _HEADER.fullmatch(f"{name}: {secret.get_secret_value()}"):
                raise ValueError(say(f"HTTP 头 {name!r} 的写法不对", f"the HTTP header {name!r} cannot be sent"))
        return value


class WsJsonAdapter:
    name: ClassVar[str] = "ws-json"
    capabilities: ClassVar[Capabilities] = Capabilities(
        can_send=False, replays_history=True, stable_user_id=False, native_message_id=False, follow_up="none"
    )
    Config: ClassVar[type[BaseModel]] = WsJsonSettings

    def limits(self, config: BaseModel) -> Capabilities:
        """The capabilities, as far as the mapping shows them: a message id only where its path is set, and so on."""
        settings = _settings(config)
        return replace(
            self.capabilities,
            native_message_id=bool(settings.id),
            stable_user_id=bool(settings.user_id),
            ends_stream=bool(settings.ended),
        )

    def connect(self, config: BaseModel, *, after: str | None) -> AbstractAsyncContextManager[ReadingRoom]:
        settings = _settings(config)
        headers = {name: value.get_secret_value() for name, value in settings.headers.items()}
        mapped = _mapped(settings)
        return reading(settings.url, lambda frame, now: read(frame, now, mapped), headers=headers, subscribe=settings.subscribe)


def _mapped(settings: WsJsonSettings) -> Mapped:
    return Mapped(
        text=path_of(settings.text),
        id=path_of(settings.id),
        user_id=path_of(settings.user_id),
        user_name=path_of(settings.user_name),
        roles=path_of(settings.roles),
        t_ms=path_of(settings.t_ms),
        time_unit=settings.time_unit,
        reply_to=path_of(settings.reply_to),
        product=path_of(settings.product),
        only=wanted_of(settings.only),
        started=wanted_of(settings.started),
        ended=wanted_of(settings.ended),
        messages=path_of(settings.messages),
        decode=tuple(map(path_of, settings.decode)),
    )


def _settings(config: BaseModel) -> WsJsonSettings:
    return config if isinstance(config, WsJsonSettings) else WsJsonSettings.model_validate(config.model_dump())
