"""Douyin's official push of a room's comments over HTTP, for mounted 直播小玩法 apps (docs/platforms/douyin_push.md). Read only."""

from contextlib import AbstractAsyncContextManager
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, field_validator

from adapters.asking import checked_http_url
from adapters.douyin_push.room import Settings, open_room
from adapters.listening import checked_listen, checked_path
from adapters.pushed import PushedRoom
from adapters.secrets import Secret
from livebot.arrive.adapter import Capabilities

__all__ = ["DouyinPushAdapter", "DouyinPushSettings"]


class DouyinPushSettings(BaseModel):
    """[rooms.settings] of a douyin_push room.

    listen, path: where the platform's pushes arrive (behind a proxy that does HTTPS); rooms may share them. app_id, app_secret: of the
    app, push_secret: what pushes are signed with. room_id: the live room's. replay_window: seconds that a push's own time may be off.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    app_id: Annotated[str, Field(min_length=1, max_length=100)]
    app_secret: Secret
    push_secret: Secret
    room_id: Annotated[str, Field(pattern=r"^\d{1,30}$")]
    listen: str = "127.0.0.1:8790"
    path: str = "/douyin"
    replay_window: Annotated[float, Field(gt=0, le=86_400)] = 300.0
    api_url: str = "https://webcast.bytedance.com"
    token_url: str = "https://developer.toutiao.com/api/apps/v2/token"  # noqa: S105

    _listen = field_validator("listen")(checked_listen)
    _path = field_validator("path")(checked_path)
    _urls = field_validator("api_url", "token_url")(checked_http_url)


class DouyinPushAdapter:
    name: ClassVar[str] = "douyin_push"
    capabilities: ClassVar[Capabilities] = Capabilities(can_send=False)
    Config: ClassVar[type[BaseModel]] = DouyinPushSettings

    def connect(self, config: BaseModel, *, after: str | None) -> AbstractAsyncContextManager[PushedRoom]:
        given = config if isinstance(config, DouyinPushSettings) else DouyinPushSettings.model_validate(config.model_dump())
        return open_room(
            Settings(
                listen=given.listen,
                path=given.path,
                app_id=given.app_id,
                app_secret=given.app_secret.get_secret_value(),
                push_secret=given.push_secret.get_secret_value(),
                room_id=given.room_id,
                api_url=given.api_url,
                token_url=given.token_url,
                window=given.replay_window,
            )
        )
