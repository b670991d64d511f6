"""How long staff have for an issue: a clock to respond and one to resolve, told from the issue's own history."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from livebot.decide.hours import Hours, always
from livebot.decide.issue_states import DONE

OURS: Final = "livebot"  # what livebot does by itself is no answer to anybody
TAKEN_UP: Final = frozenset({"claim", "takeover", "state", "handover", "reply"})  # acts that show that a person has seen it
WAITING: Final = "waiting_viewer"


class Step(Protocol):
    """A line of an issue's history; `at` in Unix ms."""

    @property
    def at(self) -> int: ...
    @property
    def actor(self) -> str: ...
    @property
    def act(self) -> str: ...
    @property
    def after(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Open seconds in which to respond and to resolve; 0 for no clock."""

    respond: float = 0.0
    resolve: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sla:
    """targets: by priority; one that has none has no clock. day_and_night: priorities that do not wait for the shop to open."""

    targets: Mapping[str, Target]
    hours: Hours
    day_and_night: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """When (Unix ms, 0 for none) the issue's clocks run out. responded_at: when somebody took it up (0: nobody has); paused: the viewer's
    turn, so that the clock to resolve stands and has no time of its own; done_at: nothing runs any more, and the dues tell what was."""

    started_at: int = 0
    respond_due: int = 0
    resolve_due: int = 0
    responded_at: int = 0
    done_at: int = 0
    paused: bool = False

    @property
    def next_due(self) -> int:
        """The earliest of the clocks that run; 0 for none."""
        return min((due for _, due in self.running), default=0)

    @property
    def running(self) -> tuple[tuple[str, int], ...]:
        """("respond", when) and ("resolve", when), as far as they run."""
        if self.done_at:
            return ()
        found = (("respond", 0 if self.responded_at else self.respond_due), ("resolve", 0 if self.paused else self.resolve_due))
        return tuple((kind, due) for kind, due in found if due)

    def breaches(self, now: int) -> tuple[str, ...]:
        """ "respond" and "resolve", where it was or is too late."""
        responded, ended = self.responded_at or self.done_at or now, self.done_at or now
        respond = ("respond",) if self.respond_due and responded > self.respond_due else ()
        resolve = ("resolve",) if self.resolve_due and not self.paused and ended > self.resolve_due else ()
        return respond + resolve


NONE: Final = Clock()
NO_SLA: Final = Sla(targets={}, hours=always())


def clock_of(sla: Sla, priority: str, created_at: int, state: str, steps: Iterable[Step]) -> Clock:
    """The clocks of an issue. Reopening starts them anew; waiting for the viewer takes no time to resolve. steps: its history, in order."""
    target = sla.targets.get(priority)
    if target is None:
        return NONE
    start, responded, done_at, waits = created_at, 0, 0, list[list[int]]()
    for step in steps:
        if step.after == "reopened" and step.act == "state":
            start, responded, done_at, waits = step.at, 0, 0, []
            continue
        if not responded and step.actor != OURS and step.act in TAKEN_UP:
            responded = step.at
        if step.act in ("state", "claim", "takeover"):
            if waits and not waits[-1][1] and step.after != WAITING:
                waits[-1][1] = step.at
            elif step.after == WAITING and (not waits or waits[-1][1]):
                waits.append([step.at, 0])
            done_at = (done_at or step.at) if step.after in DONE else 0
    done_at = done_at or (start if state in DONE else 0)
    hours = _ALWAYS if priority in sla.day_and_night else sla.hours
    respond = hours.after(start, int(target.respond * 1000)) if target.respond else None
    resolve = _deadline(hours, start, int(target.resolve * 1000), waits) if target.resolve else None
    return Clock(
        started_at=start,
        respond_due=respond or 0,
        resolve_due=resolve or 0,
        responded_at=responded,
        done_at=done_at if state in DONE else 0,
        paused=state == WAITING and resolve is None,
    )


_ALWAYS: Final = always()


def _deadline(hours: Hours, start: int, left: int, waits: list[list[int]]) -> int | None:
    """When `left` open ms have passed since `start` outside the waits (from, until; 0: still); None while one stands in between."""
    for since, until in waits:
        used = hours.elapsed(start, since)
        if used >= left:
            break
        if not until:
            return None
        left -= used
        start = until
    return hours.after(start, left)
