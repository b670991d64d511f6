"""The Twitch adapter: EventSub over WebSocket for what is said, Helix for what we say (docs/platforms/twitch.md)."""

from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, field_validator

from adapters.airtime import Airtime
from adapters.asking import checked_http_url
from adapters.dialling import checked_url
from adapters.reading import taken
from adapters.secrets import Secret
from adapters.tokens import Tokens
from adapters.twitch.room import Known, TwitchRoom, open_room
from livebot.arrive.adapter import Capabilities
from livebot.language import say

__all__ = ["TwitchAdapter", "TwitchRoom", "TwitchSettings"]


class TwitchSettings(BaseModel):
    """[rooms.settings] of a Twitch room.

    channel: the login of the channel that is read. client_id, client_secret: the application's. access_token, refresh_token: the account's
    that reads and speaks. token_file: keeps renewed tokens over a restart. moderator: that account moderates the channel or owns it.
    keepalive: seconds of silence after which Twitch gives a sign of life. receipt_timeout: seconds to wait for the answer to a text.
    confirm: seconds to wait until it shows in the chat, 0: Twitch's word is enough. validate_every: seconds. offline_after: seconds after
    which Twitch must still call the channel off air, before an end that was missed is believed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    channel: str
    client_id: Annotated[str, Field(pattern=r"^[\x21-\x7e]{1,100}$")]
    client_secret: Secret | None = None
    access_token: Secret
    refresh_token: Secret | None = None
    token_file: Path | None = None
    can_send: bool = True
    moderator: bool = False
    keepalive: Annotated[int, Field(ge=10, le=600)] = 10
    receipt_timeout: Annotated[float, Field(gt=0, le=10)] = 8.0
    confirm: Annotated[float, Field(ge=0, le=10)] = 8.0
    validate_every: Annotated[float, Field(gt=0, le=3600)] = 3600.0
    offline_after: Annotated[float, Field(gt=0, le=3600)] = 180.0
    eventsub_url: str = "wss://eventsub.wss.twitch.tv/ws"
    api_url: str = "https://api.twitch.tv/helix"
    auth_url: str = "https://id.twitch.tv/oauth2"

    _eventsub = field_validator("eventsub_url")(checked_url)
    _http = field_validator("api_url", "auth_url")(checked_http_url)

    @field_validator("channel")
    @classmethod
    def _login(cls, value: str) -> str:
        login = value.strip().removeprefix("https://").removeprefix("www.").removeprefix("twitch.tv/").strip("/").lower()
        if not (0 < len(login) <= 25 and login.isascii() and login.replace("_", "").isalnum()):
            raise ValueError(
                say("这里写频道的英文名：网址里 twitch.tv/ 后面那一段", "this is what stands behind twitch.tv/ in the channel's address")
            )
        return login

    def tokens(self) -> Tokens:
        secret, access, refresh = (
            one.get_secret_value() if one else "" for one in (self.client_secret, self.access_token, self.refresh_token)
        )
        url, file = f"{self.auth_url}/token", self.token_file
        return Tokens(url=url, client_id=self.client_id, client_secret=secret, access=access, refresh=refresh, file=file)


class TwitchAdapter:
    """It remembers a login that was renewed for as long as the process lives. `after` is of no use: Twitch repeats nothing."""

    name: ClassVar[str] = "twitch"
    capabilities: ClassVar[Capabilities] = Capabilities(
        can_send=True, can_reply_to=True, ends_stream=True, max_chars=500, sends=(20, 30.0), follow_up="after_live"
    )
    Config: ClassVar[type[BaseModel]] = TwitchSettings

    def __init__(self) -> None:
        self._known: dict[TwitchSettings, Known] = {}

    def limits(self, config: BaseModel) -> Capabilities:
        """The capabilities; a moderator, or the broadcaster, may say 100 texts in 30 seconds instead of 20."""
        settings = taken(TwitchSettings, config)
        able = replace(self.capabilities, sends=(100, 30.0)) if settings.moderator else self.capabilities
        return able if settings.can_send else replace(able, can_send=False, can_reply_to=False, follow_up="none")

    def connect(self, config: BaseModel, *, after: str | None) -> AbstractAsyncContextManager[TwitchRoom]:
        settings = taken(TwitchSettings, config)
        if settings not in self._known:
            self._known[settings] = Known(settings.tokens(), Airtime(settings.offline_after))
        return open_room(settings, self._known[settings])
