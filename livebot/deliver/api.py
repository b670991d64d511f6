"""POST /api/v1/rooms/{room}/on-air: a program beside livebot tells which product is shown now, in one room or in all (*)."""

import json
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from livebot.decide.shop.facts import Facts, Product
from livebot.deliver.token import bears
from livebot.errors import Rejected
from livebot.keep.onair import known
from livebot.language import say

if TYPE_CHECKING:
    from aiohttp import web

ON_AIR: Final = "/api/v1/rooms/{room}/on-air"


@dataclass(frozen=True, slots=True)
class OnAirCall:
    """Who may call, about which rooms, and what is done. `put` is durable when it returns.

    A page in the streamer's browser cannot call: it has no token, may not set the header across origins, and no answer allows it to.
    """

    token: str
    rooms: Collection[str]
    facts: Callable[[], Facts]
    put: Callable[[Collection[str], str], Awaitable[None]]

    def routes(self) -> "list[web.RouteDef]":
        from aiohttp import web

        return [web.post(ON_AIR, self.answer)]

    async def answer(self, request: "web.Request") -> "web.Response":
        """{"link": 3}, a name, or null for nothing → 200 {"rooms", "link", "name"}; else 4xx {"error"}."""
        if not bears(request.headers.get("Authorization", ""), self.token):
            zh, en = (
                "请求头里要有 Authorization: Bearer，后面是数据文件夹里 api-token 的内容",
                "needs Authorization: Bearer and the api-token",
            )
            return _refused(401, zh, en, {"WWW-Authenticate": "Bearer"})
        room = request.match_info["room"]
        rooms = [room] if room in self.rooms else list(self.rooms) if room == "*" else []
        if not rooms:
            return _refused(404, f"没有直播间，有的是：{'、'.join(self.rooms)}", f"no such room; there are: {', '.join(self.rooms)}")
        try:
            body = json.loads(await request.text())
        except (ValueError, LookupError, RecursionError):
            body = None
        link = body.get("link", "") if isinstance(body, dict) else ""
        if link == "" or not (link is None or isinstance(link, int | str)) or isinstance(link, bool):
            return _refused(400, '要发 {"link": 3}，没有在讲商品就发 {"link": null}', 'send {"link": 3}, or {"link": null} for nothing')
        found: Product | None = None
        try:
            found = known(self.facts(), str(link)) if link is not None else None
        except Rejected as error:
            return _refused(422, error.zh, error.en)
        await self.put(rooms, str(found.link) if found else "")
        return _json({"rooms": rooms, "link": found.link if found else None, "name": found.name if found else None})


def _refused(status: int, zh: str, en: str, headers: dict[str, str] | None = None) -> "web.Response":
    return _json({"error": say(zh, en)}, status, headers)


def _json(data: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None) -> "web.Response":
    from aiohttp import web

    return web.json_response(data, status=status, headers=headers, dumps=lambda value: json.dumps(value, ensure_ascii=False) + "\n")
