"""All of the desk put together: its routes, and the address where they are served, this computer's alone until there is an account."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from loguru import logger

from livebot.deliver.desk import (
    daemon,
    held_api,
    issues_acts_api,
    issues_api,
    openapi,
    pages,
    people,
    report_api,
    stage,
    steering_api,
    streaming,
    system,
    watching,
    who,
)  # fmt: skip
from livebot.deliver.desk.guarding import Guard
from livebot.deliver.desk.hub import Hub
from livebot.deliver.desk.issue_feed import IssueFeed
from livebot.deliver.desk.listening import address, is_loopback
from livebot.deliver.desk.parts import Desk, View
from livebot.deliver.desk.routing import Route
from livebot.deliver.desk.serving import Listener
from livebot.deliver.queue_redis import RedisQueue
from livebot.language import say


@asynccontextmanager
async def serve(desk: Desk) -> AsyncIterator[int]:
    """Serves while the context is open; yields the port. Raises ConfigError, or Unavailable where the port is taken."""
    feed = IssueFeed(desk.queue) if isinstance(desk.queue, RedisQueue) else None
    own: dict[str, View] = {"card": held_api.changed(desk.moderation)} if desk.moderation else {}
    own["issue"] = issues_api.changed(issues_api.inbox_of(desk))
    stages = stage.Stages(desk)
    standing = {"status": lambda: daemon.status_of(desk).model_dump(), "stage": stages.changes}
    hub = Hub(desk.journal, feed, {**own, **desk.views}, standing)
    guard = Guard(desk.sessions, desk.local, desk.names)
    host, port = address(desk.listen)
    alone = not is_loopback(host) and not desk.accounts.exist()
    if alone:
        logger.warning(say("还没有账号：先只在本机打开。", "there is no account yet: this computer only, for now."))

    async def opened() -> None:
        """The first account is there: others may come in now."""
        nonlocal alone
        if alone:
            alone = False
            await listener.move(host)

    listener = Listener("127.0.0.1" if alone else host, port, guard, routes(desk, guard, hub, stages, opened))
    try:
        async with listener, asyncio.TaskGroup() as group:
            making = group.create_task(hub.run(desk.journal.bell.listen()))
            if desk.announce and (secret := desk.accounts.first_link()):
                desk.announce(f"http://127.0.0.1:{listener.port}/setup#{secret}")
            try:
                yield listener.port
            finally:
                making.cancel()
    finally:
        if feed:
            await feed.close()


def routes(desk: Desk, guard: Guard, hub: Hub, stages: stage.Stages, opened: who.Opened) -> list[Route]:
    """Everything that is served. A page or a call more is one more line here, and its row in access.TABLE."""
    served = [
        *watching.routes(desk),
        *pages.routes(),
        *who.routes(desk, guard, opened),
        *people.routes(desk),
        *daemon.routes(desk),
        *held_api.routes(desk.moderation),
        *steering_api.routes(desk.moderation),
        *issues_api.routes(desk),
        *issues_acts_api.routes(desk),
        *stage.routes(desk, stages),
        *report_api.routes(desk),
        *system.routes(desk),
        *streaming.routes(hub, guard),
    ]
    return [*served, openapi.route(served)]
