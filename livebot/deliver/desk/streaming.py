"""GET /api/v1/events: server-sent events that resume where they were cut off."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated, Final

from aiohttp import web
from pydantic import Field

from livebot.deliver.desk import access
from livebot.deliver.desk.guarding import Guard
from livebot.deliver.desk.hub import BEAT_S, Hub, TooSlow
from livebot.deliver.desk.problems import Refusal
from livebot.deliver.desk.routing import Call, Model, Route
from livebot.keep import clock

MOST: Final = 500  # streams at the same time


class Wanted(Model):
    """kinds: "reply,issue" and so on; after: the position to go on from, as the header Last-Event-ID says it too."""

    kinds: Annotated[str, Field(max_length=200, pattern="^[a-z_,]*$")] = ""
    after: Annotated[str, Field(max_length=100)] = ""


def routes(hub: Hub, guard: Guard) -> list[Route]:
    looking: set[object] = set()

    async def events(call: Call, given: Wanted) -> web.StreamResponse:
        kinds, may = frozenset(filter(None, given.kinds.split(","))), access.may_hear(call.caller.role)
        if not kinds <= access.STREAM.keys():
            raise Refusal(400, f"有的是：{'、'.join(access.STREAM)}", f"there are: {', '.join(access.STREAM)}")
        if not kinds <= may:
            raise Refusal(403, f"{call.caller.role} 不能看：{'、'.join(kinds - may)}", f"not for a {call.caller.role}: {kinds - may}")
        if len(looking) >= MOST:
            raise Refusal(503, "看的人太多了", "too many are looking", retry_after=10.0)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"})
        if call.request.method == "HEAD":
            return response
        me = object()
        looking.add(me)
        try:
            await response.prepare(call.request)
            async with aclosing(hub.follow(kinds, call.request.headers.get("Last-Event-ID", given.after))) as frames:
                await _pass_on(call, guard, response, frames)
        except (TooSlow, ConnectionError, TimeoutError):
            if call.request.transport:
                call.request.transport.abort()
        finally:
            looking.discard(me)
        return response

    return [
        Route(
            method="GET", path="/api/v1/events", handler=events, takes=Wanted,
            zh="变化，一直推送（SSE）；断了从 Last-Event-ID 接着来", en="Changes as server-sent events; resumes by Last-Event-ID",
        )
    ]  # fmt: skip


async def _pass_on(call: Call, guard: Guard, response: web.StreamResponse, frames: AsyncGenerator[bytes, None]) -> None:
    """Until the browser goes, or may not look any more. Nothing is kept for a slow one: it waits here, and the frames move on."""
    await response.write(b"retry: 1000\n\n")
    asked = clock.monotonic()
    async for data in frames:
        if (now := clock.monotonic()) - asked > BEAT_S / 2:
            asked = now
            if not guard.still(call.caller):
                return
        async with asyncio.timeout(3 * BEAT_S):
            await response.write(data)
