"""What people set while livebot runs (modes, and whom or what they are answering): events, so that a restart and a replay know them too."""

import asyncio
from dataclasses import dataclass
from typing import Final

from livebot.decide.events import ModeSet, Quiet, Recorded
from livebot.keep import clock
from livebot.keep.journal import Journal

LONGEST_S: Final = 600.0  # a lease is renewed before that, or over
_DECIDED: Final = "seq <= (SELECT coalesce(max(seq), 0) FROM decisions)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Somebody is answering a viewer (pseudonym) or a topic (rule or category) of a room; over at `until`, Unix ms, unless renewed."""

    room: str
    viewer: str
    topic: str
    until: int
    by: str


async def steer(journal: Journal, room: str, event: ModeSet | Quiet) -> None:
    """Durable when it returns; a running daemon follows within a moment."""
    await asyncio.shield(journal.append(room, event))


def modes(journal: Journal, *, decided: bool = False) -> dict[tuple[str, str], Recorded]:
    """What was set last, by room and rule ("" for the room). decided: only as far as decisions know it."""
    return {(one.room, one.event.rule): one for one in _steered(journal, "mode", 0, decided) if isinstance(one.event, ModeSet)}


def leases(journal: Journal) -> list[Lease]:
    """Those that hold now, the first to end first."""
    now = clock.now_ms()
    found: dict[tuple[str, str, str], Lease] = {}
    for one in quiets(journal):
        quiet = one.event
        if isinstance(quiet, Quiet):
            key = (one.room, quiet.viewer, quiet.topic)
            found[key] = Lease(room=one.room, viewer=quiet.viewer, topic=quiet.topic, until=quiet.until, by=quiet.by)
    return sorted((lease for lease in found.values() if lease.until > now), key=lambda lease: lease.until)


def quiets(journal: Journal, *, decided: bool = False) -> list[Recorded]:
    """The events that may still matter, in order."""
    return _steered(journal, "quiet", clock.now_ms() - int(LONGEST_S * 1000), decided)


def _steered(journal: Journal, kind: str, since: int, decided: bool) -> list[Recorded]:
    known = f" AND {_DECIDED}" if decided else ""
    return journal.events(f"WHERE kind IN ('mode', 'quiet') AND kind = ? AND received_at >= ?{known} ORDER BY seq", (kind, since))
