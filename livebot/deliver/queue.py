"""The queue of issues as staff and programs see it: one interface, kept in Redis or in the journal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from livebot.language import say

LEASE_S = 300.0
MAX_DELIVERIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An announcement as a consumer reads it. `entry` is what to acknowledge; `deliveries` counts how often it was handed out."""

    entry: str
    fields: Mapping[str, str]
    deliveries: int = 1

    @property
    def id(self) -> str:
        return self.fields.get("id", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of an issue's history; `at` in Unix ms.

    act: claim, takeover (note: from whom), release, state, note, reply (note: what was said), handover (note: to which team), merge and
    unmerge (note: the other issue)."""

    at: int
    actor: str
    act: str
    before: str
    after: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What changed about an announced issue: the new values of `fields`. how: who came ("also", "repeat", "attention", "raid", "deleted",
    "update", "order"), apart by spaces; at: Unix ms; reopens: an issue that was done is work again."""

    id: str
    fields: Mapping[str, str]
    how: str
    at: int
    reopens: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedIssue:
    """An issue with its state. `fields` is what was announced; holder is "" unless somebody's lease (Unix ms) is running.

    team, handover: whom it was handed to, and what they were told; merged: the issues that are duplicates of this one; receipt: its code
    for the public; respond_due, resolve_due: when the clocks that run now run out, Unix ms, 0 for none; breached: which ("respond",
    "resolve") are or were too late.
    """

    id: str
    fields: Mapping[str, str]
    state: str
    created_at: int
    updated_at: int
    holder: str = ""
    lease_until: int = 0
    duplicate_of: str = ""
    team: str = ""
    handover: Mapping[str, str] = field(default_factory=dict)
    merged: tuple[str, ...] = ()
    receipt: str = ""
    respond_due: int = 0
    resolve_due: int = 0
    breached: tuple[str, ...] = ()
    history: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The outcome of a claim. Lost: `holder` has it until `lease_until` (Unix ms). Won: show `token` with every later act."""

    won: bool
    holder: str
    lease_until: int
    token: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What to list: empty means any. `open_only` leaves out what needs no more work. Newest last."""

    open_only: bool = True
    states: tuple[str, ...] = ()
    room: str = ""
    category: str = ""
    priority: str = ""
    holder: str = ""
    limit: int = 1000

    def matches(self, issue: QueuedIssue) -> bool:
        wanted = ((self.room, "room"), (self.category, "category"), (self.priority, "priority"))
        return (
            (not self.states or issue.state in self.states)
            and (not self.holder or issue.holder == self.holder)
            and all(not value or issue.fields.get(name) == value for value, name in wanted)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How the queue is. depth: announcements in it; pending: read and not acknowledged; oldest: Unix ms of the oldest open issue."""

    kind: str
    reachable: bool
    version: str = ""
    policy: str = ""
    aof: bool = True
    depth: int = 0
    open: int = 0
    pending: int = 0
    dead: int = 0
    oldest: int | None = None
    problems: tuple[tuple[str, str], ...] = field(default=())

    def complaints(self) -> tuple[str, ...]:
        return tuple(say(*problem) for problem in self.problems)


class IssueQueue(Protocol):
    """Every method raises Unavailable while the queue is away, Rejected (with the reason) for what it refuses.

    key: what staff did with a key is done once; whoever asks again with it, within a week, hears the first answer.
    """

    async def start(self) -> None:
        """Makes the consumer group (from the beginning), so that nothing announced before the first consumer is missed."""

    async def close(self) -> None: ...

    # ── the producer's side ──
    async def mark(self, producer: str) -> int:
        """The sequence up to which this producer's issues have arrived; 0 for an unknown one."""

    async def publish(self, producer: str, after: int, batch: Sequence[tuple[int, Mapping[str, str]]]) -> int:
        """Announces (seq, fields) once each, in order; returns the new mark. Lower than `after`: data was lost and nothing was added."""

    async def update(self, producer: str, known: int, told: int, upto: int, batch: Sequence[Update]) -> int:
        """Changes announced issues and announces each change once; the mark of `joins_of(producer)` goes from `told` to `upto`.

        Returns the producer's mark. Lower than `known`, or -1 where the other mark is lower than `told`: data was lost and nothing was
        changed.
        """

    async def remind(self, issue_id: str, key: str, text: str) -> bool:
        """Announces a reminder for staff, once per issue and key; False if it had been."""

    # ── staff ──
    async def find(self, wanted: Filter) -> list[QueuedIssue]: ...

    async def show(self, issue_id: str) -> QueuedIssue:
        """With its history."""

    async def claim(self, issue_id: str, actor: str, lease: float = LEASE_S, *, take_over: bool = False, key: str = "") -> Claim:
        """Takes the issue (or renews the actor's lease, seconds). Whoever loses is told who holds it; `take_over` takes it from them."""

    async def release(self, issue_id: str, actor: str, token: str, *, key: str = "") -> None: ...

    async def set_state(
        self, issue_id: str, actor: str, state: str, note: str = "", token: str = "", duplicate_of: str = "", *, key: str = ""
    ) -> str:
        """Moves the issue and returns the state it was in. Refuses illegal jumps, and acts on what another holds."""

    async def note(self, issue_id: str, actor: str, text: str, *, act: str = "note", key: str = "") -> None:
        """A line in the history; `act` is note, or reply for what was said in the room. The text is stored as it is: mask it before."""

    async def hand_over(self, issue_id: str, actor: str, team: str, told: Mapping[str, str], token: str = "", *, key: str = "") -> str:
        """Gives the issue to a team (decide/teams.py) and returns the team it had; refuses where something is missing."""

    async def receipt(self, issue_id: str, code: str) -> str:
        """The issue's code for the public: the one it has, else `code`; "" where another issue has that one."""

    async def by_receipt(self, code: str) -> str:
        """The id of the issue with that code; Rejected for an unknown one."""

    # ── consumers ──
    async def read(self, consumer: str, count: int = 10, block: float = 0.0) -> list[Delivery]:
        """What nobody of the group has read yet; waits up to `block` seconds for the first."""

    async def unfinished(self, consumer: str, count: int = 100) -> list[Delivery]:
        """What this consumer read earlier and did not acknowledge: to be done first after a restart."""

    async def ack(self, *entries: str) -> int: ...

    async def reclaim(self, consumer: str, idle: float = 60.0, count: int = 100, max_deliveries: int = MAX_DELIVERIES) -> list[Delivery]:
        """Takes over what others left unacknowledged for `idle` seconds; what came back too often becomes a dead letter."""

    async def health(self) -> Health: ...


def joins_of(producer: str) -> str:
    """The name under which a producer's updates have their mark."""
    return f"{producer}:joins"
