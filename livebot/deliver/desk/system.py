"""What the settings page shows of livebot itself over HTTP: rooms, rules with what became of their words, journal and queue."""

import asyncio
import shutil
from typing import Annotated, Final

from pydantic import Field

from livebot import __version__
from livebot.deliver.desk import daemon
from livebot.deliver.desk.parts import Desk
from livebot.deliver.desk.routing import Call, Model, Route
from livebot.errors import Unavailable
from livebot.keep import clock
from livebot.keep.figures import snapshot
from livebot.keep.journal import Journal

DAY_MS: Final = 86_400_000
LOOK_S: Final = 3.0  # for the queue
RULES_MOST: Final = 1_000

_RULES: Final = """
SELECT d.rule, sum(d.kind IN ('send', 'hold')), sum(d.kind = 'credit'), sum(d.kind = 'hold'), sum(d.kind IN ('flag', 'join')),
  sum(d.kind IN ('send', 'hold') AND r.state = 'sent'), sum(d.kind IN ('send', 'hold') AND r.state = 'aloud'),
  sum(d.kind IN ('send', 'hold') AND r.state = 'denied'), sum(d.kind IN ('send', 'hold') AND r.state = 'expired'),
  sum(d.kind IN ('send', 'hold') AND r.state = 'refused'), max(e.received_at)
FROM decisions d JOIN events e USING (seq) LEFT JOIN replies r ON r.id = d.ref
WHERE d.seq >= coalesce((SELECT min(seq) FROM events WHERE stream >= (SELECT min(id) FROM streams WHERE started_at >= ?)), 0)
  AND EXISTS (SELECT 1 FROM streams WHERE started_at >= ?) AND d.kind != 'pass' AND coalesce(d.rule, '') != ''
GROUP BY d.rule ORDER BY count(*) DESC, 1 LIMIT ?
"""


class RoomView(Model):
    """state: starting | up | down | parked; mode: listen | suggest | auto, "" where nobody knows."""

    name: str
    adapter: str
    state: str
    detail: str
    mode: str
    live: bool


class JournalView(Model):
    """Sizes in bytes; undecided: comments that wait for the engine; doubts: sends whose end nobody knows."""

    size: int
    disk_free: int
    full: bool
    events: int
    undecided: int
    held: int
    queued: int
    doubts: int


class QueueView(Model):
    """How the issues' queue is: kind is redis or journal; oldest: Unix ms of the oldest open issue; problems: in the caller's language."""

    kind: str
    reachable: bool
    version: str = ""
    depth: int = 0
    open: int = 0
    pending: int = 0
    dead: int = 0
    oldest: int | None = None
    problems: tuple[str, ...] = ()


class System(Model):
    version: str
    ready: bool
    frozen: bool
    rooms: list[RoomView]
    journal: JournalView
    queue: QueueView


class Since(Model):
    """days: streams that began so long ago or later."""

    days: Annotated[int, Field(ge=1, le=3650)] = 30


class RuleView(Model):
    """answers: drafts and sends; credited: comments served along; held, said, aloud, denied, expired, refused: what became of them;
    flagged: issues it raised or joined; last_at: Unix ms."""

    rule: str
    answers: int
    credited: int
    held: int
    flagged: int
    said: int
    aloud: int
    denied: int
    expired: int
    refused: int
    last_at: int


class RuleHits(Model):
    rules: list[RuleView]


def routes(desk: Desk) -> list[Route]:
    async def system(call: Call) -> System:
        status = daemon.status_of(desk)
        return System(
            version=__version__,
            ready=status.ready,
            frozen=status.frozen,
            rooms=_rooms(desk, status),
            journal=await asyncio.to_thread(_journal, desk.journal),
            queue=await _queue(desk, call),
        )

    async def rules(_: Call, given: Since) -> RuleHits:
        since = clock.now_ms() - given.days * DAY_MS
        return RuleHits(rules=await asyncio.to_thread(_hits, desk.journal, since))

    return [
        Route(method="GET", path="/api/v1/system", handler=system, gives=System,
              zh="直播间、日志和队列的状况", en="How rooms, journal and queue are"),
        Route(method="GET", path="/api/v1/rules", handler=rules, takes=Since, gives=RuleHits,
              zh="每条规则用了多少次，被拒了多少次", en="How often each rule was used and turned down"),
    ]  # fmt: skip


def _rooms(desk: Desk, status: daemon.Status) -> list[RoomView]:
    platforms: dict[str, str] = dict(desk.journal.read("SELECT name, coalesce(platform, '') FROM rooms"))
    states = {**status.rooms, **status.parked}
    return [
        RoomView(
            name=name,
            adapter=platforms.get(name, ""),
            state=str(states.get(name, {}).get("state", "")),
            detail=str(states.get(name, {}).get("detail", ""))[:500],
            mode=status.modes.get(name, ""),
            live=desk.journal.is_live(name),
        )
        for name in dict.fromkeys((*desk.rooms, *(name for name in states if name in platforms)))
    ]


def _journal(journal: Journal) -> JournalView:
    with snapshot(journal) as conn:
        (events,) = conn.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()
        (undecided,) = conn.execute("SELECT count(*) FROM events WHERE seq > coalesce((SELECT max(seq) FROM decisions), 0)").fetchone()
        sql = "SELECT state, count(*) FROM replies WHERE state IN ('held', 'queued', 'sending', 'in_doubt') GROUP BY 1"
        waiting = dict(conn.execute(sql))
    files = (journal.path.with_name(journal.path.name + end) for end in ("", "-wal"))
    return JournalView(
        size=sum(file.stat().st_size for file in files if file.exists()),
        disk_free=shutil.disk_usage(journal.path.parent).free,
        full=journal.full,
        events=events,
        undecided=undecided,
        held=waiting.get("held", 0),
        queued=waiting.get("queued", 0) + waiting.get("sending", 0),
        doubts=waiting.get("in_doubt", 0),
    )


async def _queue(desk: Desk, call: Call) -> QueueView:
    kind = type(desk.queue).__name__.removesuffix("Queue").lower()
    try:
        async with asyncio.timeout(LOOK_S):
            found = await desk.queue.health()
    except (Unavailable, TimeoutError) as error:
        words = call.say(error.zh, error.en) if isinstance(error, Unavailable) else call.say("没有回音", "it does not answer")
        return QueueView(kind=kind, reachable=False, problems=(words,))
    problems = tuple(call.say(*one) for one in found.problems)
    return QueueView(
        kind=kind, reachable=found.reachable, version=found.version, depth=found.depth, open=found.open, pending=found.pending,
        dead=found.dead, oldest=found.oldest, problems=problems,
    )  # fmt: skip


def _hits(journal: Journal, since: int) -> list[RuleView]:
    names = ("rule", "answers", "credited", "held", "flagged", "said", "aloud", "denied", "expired", "refused", "last_at")
    with snapshot(journal) as conn:
        rows = conn.execute(_RULES, (since, since, RULES_MOST)).fetchall()
    return [RuleView.model_validate(dict(zip(names, row, strict=True))) for row in rows]
