"""TikTok Shop's webhooks: orders, cancellations and returns into the issue queue (docs/platforms/tiktok_shop.md). No comments."""

from contextlib import AbstractAsyncContextManager
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, field_validator

from adapters.listening import checked_listen, checked_path
from adapters.pushed import PushedRoom
from adapters.secrets import Secret
from adapters.tiktok_shop.room import open_room
from livebot.arrive.adapter import Capabilities

__all__ = ["TikTokShopAdapter", "TikTokShopSettings"]


class TikTokShopSettings(BaseModel):
    """[rooms.settings] of a tiktok_shop room.

    listen, path: where the webhooks arrive (behind a proxy that does HTTPS); rooms may share them. app_key, app_secret: of the app in
    Partner Center. shop_id: only that shop's, where the app serves several; "" for all.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    app_key: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,100}$")]
    app_secret: Secret
    shop_id: Annotated[str, Field(max_length=100)] = ""
    listen: str = "127.0.0.1:8790"
    path: str = "/tiktok-shop"

    _listen = field_validator("listen")(checked_listen)
    _path = field_validator("path")(checked_path)


class TikTokShopAdapter:
    name: ClassVar[str] = "tiktok_shop"
    capabilities: ClassVar[Capabilities] = Capabilities(can_send=False)
    Config: ClassVar[type[BaseModel]] = TikTokShopSettings

    def connect(self, config: BaseModel, *, after: str | None) -> AbstractAsyncContextManager[PushedRoom]:
        given = config if isinstance(config, TikTokShopSettings) else TikTokShopSettings.model_validate(config.model_dump())
        secret = given.app_secret.get_secret_value()
        return open_room(listen=given.listen, path=given.path, app_key=given.app_key, app_secret=secret, shop_id=given.shop_id)
