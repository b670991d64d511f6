"""One shop of TikTok Shop's webhooks: what is pushed is judged and becomes updates of orders."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from adapters.fields import sample
from adapters.listening import listening
from adapters.pushed import Push, PushedRoom, Refused
from adapters.tiktok_shop import wire
from livebot.decide.events import Broken, StreamEvent


@asynccontextmanager
async def open_room(*, listen: str, path: str, app_key: str, app_secret: str, shop_id: str) -> AsyncIterator[PushedRoom]:
    """shop_id: "" takes every shop of the app."""

    def judge(push: Push, now: int) -> Sequence[StreamEvent] | None:
        """What is signed is never refused for what it holds; without a signature nothing is looked at."""
        if not wire.is_signed(push.headers.get("authorization", ""), app_key, app_secret, push.body):
            raise Refused(401, "签名不对：请检查 app_key 和 app_secret", "the signature is wrong: check app_key and app_secret")
        one = wire.notice(push.body)
        if one is None:
            return (Broken(reason="not a JSON object", sample=sample(push.body)),)
        if shop_id and one.shop and one.shop != shop_id:
            return None
        return wire.read(one, push.body, now)

    room = PushedRoom(judge=judge)
    async with listening(listen, path, room):
        yield room
