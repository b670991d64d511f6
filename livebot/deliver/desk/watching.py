"""/healthz, /readyz and /metrics for whoever watches over livebot."""

import asyncio
import json
from typing import Final

from aiohttp import web

from livebot.deliver.desk.parts import Desk
from livebot.deliver.desk.routing import Call, Route

METRICS_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


def routes(desk: Desk) -> list[Route]:
    async def healthz(_: Call) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(_: Call) -> web.Response:
        state = dict(desk.ready())
        text = json.dumps(state, ensure_ascii=False, default=str)
        return web.Response(status=200 if state.get("ready") else 503, text=text, content_type="application/json")

    async def metrics(_: Call) -> web.Response:
        return web.Response(body=await asyncio.to_thread(desk.metrics), headers={"Content-Type": METRICS_TYPE})

    return [
        Route(method="GET", path="/healthz", handler=healthz),
        Route(method="GET", path="/readyz", handler=readyz),
        Route(method="GET", path="/metrics", handler=metrics),
    ]
