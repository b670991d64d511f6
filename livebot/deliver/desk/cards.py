"""Where an issue stands in the inbox: what it can be found by, how urgent it is, and when that changes by itself."""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from livebot.decide.categories import PRIORITIES
from livebot.decide.issue_states import DONE
from livebot.decide.sla import Sla, clock_of
from livebot.deliver.queue import QueuedIssue

FAMILIES: Final = ("open", "done")
DIMENSIONS: Final = ("room", "category", "state", "priority", "holder", "team", "late", "viewer")
LONGEST: Final = 3000  # characters that can be searched in
_BAND: Final = 10**14  # one for each priority; within it the due times, then what has none, the oldest first
_UNDUE: Final = 5 * 10**13


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """family: open or done; score: the order; values: of each of DIMENSIONS; alarm: when (Unix ms, 0 never) the card changes by itself;
    words: what is searched; clocks: those that run, with their ends; breached: those that are or were too late."""

    id: str
    family: str
    score: int
    values: dict[str, str]
    alarm: int
    words: str
    clocks: tuple[tuple[str, int], ...]
    breached: tuple[str, ...]

    @property
    def due(self) -> dict[str, int]:
        return dict(self.clocks)


def card(issue: QueuedIssue, sla: Sla, now: int) -> Card:
    """The card of an issue with its history."""
    fields, done = issue.fields, issue.state in DONE
    priority = fields.get("priority", "")
    clock = clock_of(sla, priority, issue.created_at, issue.state, issue.history)
    due = clock.next_due
    late = 0 < due <= now
    holder = issue.holder if issue.lease_until > now and not done else ""
    alarms = (issue.lease_until if holder else 0, 0 if late else due)
    rank = PRIORITIES.index(priority) if priority in PRIORITIES else len(PRIORITIES)
    return Card(
        id=issue.id,
        family="done" if done else "open",
        score=_UNDUE - issue.updated_at if done else rank * _BAND + (due or _UNDUE + issue.created_at),
        values={
            "room": fields.get("room", ""),
            "category": fields.get("category", ""),
            "state": issue.state,
            "priority": priority,
            "holder": holder,
            "team": issue.team,
            "late": "1" if late else "",
            "viewer": fields.get("viewer", ""),
        },
        alarm=min((at for at in alarms if at), default=0),
        words=folded("\n".join((issue.id, issue.receipt, fields.get("author", ""), fields.get("text", ""), *_others(issue))))[:LONGEST],
        clocks=clock.running,
        breached=clock.breaches(now),
    )


def folded(text: str) -> str:
    """As it is searched: full-width is half-width, capitals are small."""
    return unicodedata.normalize("NFKC", text).casefold()


def crowd(issues: Sequence[QueuedIssue]) -> tuple[int, int]:
    """How many distinct viewers have one of these issues, and how often one of them came back: whoever is in several counts once."""
    known: list[set[str]] = []
    viewers = repeats = 0
    for issue in issues:
        viewers += _number(issue.fields.get("viewers", "1"), 1)
        repeats += _number(issue.fields.get("repeats", "0"), 0)
        also = {str(line.get("viewer", "")) for line in _also(issue)}
        known.append(({issue.fields.get("viewer", "")} | also) - {""})
    return viewers - (sum(map(len, known)) - len(set().union(*known))), repeats


def _others(issue: QueuedIssue) -> list[str]:
    return [f"{line.get('author', '')} {line.get('text', '')}" for line in _also(issue)]


def _also(issue: QueuedIssue) -> list[dict[str, Any]]:
    try:
        found = json.loads(issue.fields.get("also") or "[]")
    except ValueError:
        return []
    return [line for line in found if isinstance(line, dict)] if isinstance(found, list) else []


def _number(text: str, default: int) -> int:
    return int(text) if text.isdecimal() else default
