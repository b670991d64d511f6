"""The inbox as sorted sets that are kept beside the queue: one interface, in Redis or in the journal."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from livebot.deliver.desk.cards import Card
from livebot.deliver.queue import IssueQueue, QueuedIssue
from livebot.deliver.queue_journal import JournalQueue
from livebot.deliver.queue_redis import RedisQueue

VERSION = "1"  # of what stands in the index; another one makes it anew
Want = Literal["take", "doing", "later", "done", "drop"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Issues of one family that have one of the values in each dimension that is named, and the (folded) word in them."""

    family: str
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """ids in their order; `count` fit among those looked at; after: where to go on, as (score, id); more: there may be more."""

    ids: tuple[str, ...]
    count: int
    after: tuple[str, str]
    more: bool


class Index(Protocol):
    """Every method raises Unavailable while the queue is away."""

    async def prepare(self, stamp: str) -> None:
        """Has all issues placed anew where the index was made with another stamp ("": where there is none at all)."""

    async def settle(self, make: Callable[[QueuedIssue, int], Card], limit: int) -> int:
        """Places what changed, at most about `limit`; returns how many were looked at. make: the card of an issue at an instant."""

    async def page(self, query: Query, after: tuple[str, str], limit: int) -> Found:
        """The next ids; `limit` 0 only counts. Looks at some thousands at a time: go on while there is `more`."""

    async def counts(self) -> Mapping[tuple[str, str, str], int]:
        """How many issues stand under (family, dimension, value); ("open", "", "") are all that are open."""

    async def issues(self, ids: Sequence[str], *, histories: bool = False) -> list[QueuedIssue]:
        """In that order; what is gone is left out."""

    async def run_out(self, limit: int) -> list[tuple[str, str]]:
        """(clock, issue id) of the clocks that ran out and were not paged yet."""

    async def breach(self, issue_id: str, key: str, text: str, kind: str, owner: str, want: Want, lease: float) -> str:
        """See breach.lua."""


def index_of(queue: IssueQueue) -> Index:
    """The index beside a queue."""
    from livebot.deliver.desk.index_journal import JournalIndex
    from livebot.deliver.desk.index_redis import RedisIndex

    if isinstance(queue, RedisQueue):
        return RedisIndex(queue)
    assert isinstance(queue, JournalQueue)
    return JournalIndex(queue)
