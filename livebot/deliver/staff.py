"""What staff need after a stream, from the journal and the queue together."""

import asyncio
import time
from typing import Any, Protocol

import msgspec

from livebot.decide.figures import Figures
from livebot.decide.handover import OpenIssue, handover, page
from livebot.decide.issue_states import DONE
from livebot.decide.privacy import mask_name
from livebot.decide.recap import shown
from livebot.decide.rulebook import FollowUpRule
from livebot.deliver.queue import Filter, QueuedIssue
from livebot.errors import Rejected, Unavailable
from livebot.keep.figures import snapshot
from livebot.keep.journal import Journal

_ISSUES = """
SELECT i.n, i.id, i.category, i.priority, i.created_at, e.viewer, e.author, e.text, f.due_at, i.text,
  1 + (SELECT count(DISTINCT coalesce(nullif(j.viewer, ''), -j.seq)) FROM decisions d JOIN events j ON j.seq = d.seq
    WHERE d.ref = i.id AND d.kind = 'join' AND (j.viewer != e.viewer OR j.viewer = '')) AS viewers
FROM issues i LEFT JOIN events e ON e.seq = i.seq
  LEFT JOIN (SELECT about, min(due_at) AS due_at FROM followups WHERE stream = ?1 AND state IN ('waiting', 'doing') GROUP BY about) f
    ON f.about = i.id
WHERE i.stream = ?1 ORDER BY i.n
"""
_PLAIN = frozenset({"issue_open"})  # what a reminder may ask without a look at the whole stream
_COUNTED = ("{answers}", "{unanswered}", "{issues}", "{gaps}", "{minutes}")


class Finder(Protocol):
    async def find(self, wanted: Filter) -> list[QueuedIssue]: ...
    async def mark(self, producer: str) -> int: ...


class Shower(Protocol):
    async def show(self, issue_id: str) -> QueuedIssue: ...


async def open_issues(journal: Journal, queue: Finder, room: str, stream: int) -> list[OpenIssue]:
    """The stream's issues that need work. One that has not reached the queue yet is open; raises Unavailable while the queue is away."""
    arrived = await queue.mark(journal.producer)
    states = {issue.id: issue.state for issue in await queue.find(Filter(room=room, limit=1_000_000))}
    rows = await asyncio.to_thread(_issues, journal, stream)
    return [_open(journal, row, states.get(row[1], "received")) for row in rows if row[1] in states or row[0] > arrived]


async def summary(journal: Journal, queue: Finder, figures: Figures, offset_s: int) -> tuple[dict[str, Any], str]:
    """The hand-over as data and as a page; without the queue every issue counts as open, its state unknown."""
    try:
        issues = await open_issues(journal, queue, figures.room, figures.stream)
    except Unavailable:
        issues = [_open(journal, row, "") for row in await asyncio.to_thread(_issues, journal, figures.stream)]
    data = handover(figures, issues)
    return data, page(data, lambda ms: time.strftime("%m-%d %H:%M", time.gmtime(ms // 1000 + offset_s)))


def _issues(journal: Journal, stream: int) -> list[tuple[Any, ...]]:
    with snapshot(journal) as conn:
        return conn.execute(_ISSUES, (stream,)).fetchall()


def as_json(data: dict[str, Any]) -> str:
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode() + "\n"


async def state_of(queue: Shower, issue_id: str) -> str | None:
    """The issue's state; None where the queue does not know it."""
    try:
        return (await queue.show(issue_id)).state
    except Rejected:
        return None


def is_done(state: str) -> bool:
    return state in DONE


def needs_figures(rule: FollowUpRule) -> bool:
    return bool(set(rule.only_if) - _PLAIN) or any(name in text for text in rule.say for name in _COUNTED)


def viewer_of(journal: Journal, seq: int) -> str:
    """The masked name of whoever wrote the comment."""
    rows = journal.read("SELECT author, viewer FROM events WHERE seq = ? AND author IS NOT NULL", (seq,))
    return mask_name(journal.author(*rows[0]).name) if rows else ""


def _open(journal: Journal, row: tuple[Any, ...], state: str) -> OpenIssue:
    _, id_, category, priority, created_at, viewer, author, text, due_at, own, viewers = row
    return OpenIssue(
        id=id_,
        category=category,
        priority=priority,
        state=state,
        created_at=created_at,
        text=shown(own if own is not None else journal.unseal(text, viewer) if text is not None else ""),
        viewer=mask_name(journal.author(author, viewer).name) if author is not None else "",
        due_at=due_at,
        viewers=viewers,
    )
