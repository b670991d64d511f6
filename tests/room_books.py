"""The books of a stream that was played to its end: what arrived, what should have come of it, and what stands in the queue."""

import asyncio
from collections.abc import Iterable
from contextlib import closing
from typing import Any, NamedTuple

from daemons import Daemon, announced, hashes

from livebot.decide.actions import action_id
from livebot.decide.matching import Matcher
from livebot.decide.rulebook import FlagRule
from livebot.keep.seal import KeyedSealer


class Arrived(NamedTuple):
    """One comment of the journal. reason: why livebot kept silent about it, if it did."""

    id: str
    text: str
    history: bool
    reason: str | None

    @property
    def ours(self) -> bool:
        """Said by livebot, or by the host whom it serves."""
        return self.reason in ("echo", "own")


def arrived(daemon: Daemon, room: str) -> list[Arrived]:
    """The comments of a room in the order in which they came."""
    rows = daemon.ask(
        "SELECT e.native_id, e.text, e.viewer, e.history, min(d.reason) FROM events e JOIN decisions d USING (seq)"
        " WHERE e.room = ? AND e.kind = 'comment' GROUP BY e.seq ORDER BY e.seq",
        room,
    )
    with closing(KeyedSealer(daemon.state / "keys.db")) as sealer:
        return [Arrived(id_, sealer.unseal(text, viewer), bool(history), reason) for id_, text, viewer, history, reason in rows]


def issues_of(matcher: Matcher, room: str, comments: Iterable[tuple[str, str]]) -> set[str]:
    """The issues that must come of these comments, (id, text), by the matcher's rules."""
    found = ((id_, hit.rule) for id_, text in comments for hit in matcher.match(text).flags)
    return {action_id(room, id_, rule.category) for id_, rule in found if isinstance(rule, FlagRule) and rule.raises_issue}


async def in_redis(daemon: Daemon, wanted: int) -> tuple[dict[str, int], set[str]]:
    """What stands in the queue once that many are there: announcements by issue, and the issues that have a state."""
    async with daemon.redis() as redis, asyncio.timeout(60):
        while len(found := await announced(redis)) < wanted:
            await asyncio.sleep(0.05)
        return found, await hashes(redis)


def issues_stand(daemon: Daemon, name: str, report: dict[str, Any], expected: set[str], stream: dict[str, int], states: set[str]) -> None:
    """Every issue that is expected of a room is in the queue once, or is part of one that is."""
    ours = {issue for (issue,) in daemon.ask("SELECT id FROM issues WHERE room = ?", name)}
    joins = daemon.ask(
        "SELECT e.native_id, i.category FROM decisions d JOIN events e USING (seq) JOIN issues i ON i.id = d.ref"
        " WHERE d.kind = 'join' AND e.room = ?",
        name,
    )
    assert ours <= expected <= ours | {action_id(name, id_, category) for id_, category in joins}, "an issue, or part of one"
    assert report["issues"] == len(ours)
    assert {issue: stream.get(issue) for issue in ours} == dict.fromkeys(ours, 1)
    assert ours <= states
