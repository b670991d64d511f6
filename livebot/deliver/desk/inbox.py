"""The after-sales inbox: every issue of every room in order of urgency, and what staff do with them. Pages and terminals call this."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final

from livebot.decide.issue_states import DONE
from livebot.decide.sla import NO_SLA, Sla
from livebot.deliver import refusals
from livebot.deliver.desk.cards import FAMILIES, Card, card, crowd, folded
from livebot.deliver.desk.index import Index, Query, index_of
from livebot.deliver.queue import IssueQueue, QueuedIssue
from livebot.errors import Rejected
from livebot.keep.log import scrub

MOST: Final = 500  # issues on a page
SHORTEST: Final = 4  # characters of an id that are enough to name it
SHOWN: Final = 5
SETTLED: Final = 2000  # changes that a reader waits for; a daemon does the rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to list: empty means any. Without `states`, what is done is left out unless `done` asks for it as well.

    holder: whose; unclaimed: nobody's; overdue: a clock has run out; search: in text, author, id, receipt code (masked, as they stand).
    """

    room: str = ""
    category: str = ""
    priority: str = ""
    states: tuple[str, ...] = ()
    team: str = ""
    holder: str = ""
    viewer: str = ""
    unclaimed: bool = False
    overdue: bool = False
    done: bool = False
    search: str = ""

    def queries(self) -> list[Query]:
        """One for each family that can hold such issues, the open ones first."""
        values: dict[str, tuple[str, ...]] = {}
        for name in ("room", "category", "priority", "team", "holder", "viewer"):
            if value := getattr(self, name):
                values[name] = (value,)
        if self.unclaimed:
            values["holder"] = ("",)
        if self.overdue:
            values["late"] = ("1",)
        families = ("open",) if self.unclaimed or self.overdue or self.holder else FAMILIES if self.done or self.states else ("open",)
        found = []
        for family in families:
            states = tuple(state for state in self.states if (state in DONE) == (family == "done"))
            if states or not self.states:
                found.append(Query(family=family, values=values | ({"state": states} if states else {}), word=folded(self.search.strip())))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An issue in the list; viewers, repeats: with those of its duplicates, each viewer once."""

    issue: QueuedIssue
    viewers: int
    repeats: int

    @property
    def due_at(self) -> int:
        """When (Unix ms, 0: never) its next clock runs out."""
        return min((at for at in (self.issue.respond_due, self.issue.resolve_due) if at), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """cursor: give it back for the next page; "" after the last one. It stays good while issues come and go."""

    items: tuple[Item, ...]
    cursor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many issues are open, unclaimed and overdue, and of the open ones how many by value, the most first; done: by state."""

    open: int
    unclaimed: int
    overdue: int
    rooms: Mapping[str, int] = field(default_factory=dict)
    categories: Mapping[str, int] = field(default_factory=dict)
    states: Mapping[str, int] = field(default_factory=dict)
    priorities: Mapping[str, int] = field(default_factory=dict)
    holders: Mapping[str, int] = field(default_factory=dict)
    teams: Mapping[str, int] = field(default_factory=dict)
    done: Mapping[str, int] = field(default_factory=dict)


class Inbox:
    """Over a queue of either kind. Every method raises Unavailable while the queue is away, Rejected (with the reason) for a refusal."""

    def __init__(self, queue: IssueQueue, sla: Sla = NO_SLA) -> None:
        self.queue, self.sla = queue, sla
        self.index: Index = index_of(queue)
        self.card: Callable[[QueuedIssue, int], Card] = lambda issue, now: card(issue, sla, now)
        self._prepared = False

    async def list(self, wanted: Wanted, *, after: str = "", limit: int = 50) -> Page:
        """The next issues by priority and due time; done ones come last, the latest first. after: a Page's cursor."""
        await self.settle()
        limit = max(1, min(limit, MOST))
        family, place = _cursor(after)
        queries = wanted.queries()
        ids: list[str] = []
        for n, query in enumerate(queries):
            if family and query.family != family and any(one.family == family for one in queries[n + 1 :]):
                continue
            at = place if query.family == family else ("", "")
            more = True
            while more and len(ids) < limit:
                found = await self.index.page(query, at, limit - len(ids))
                ids += found.ids
                at, more = found.after, found.more
            if len(ids) >= limit and (more or n + 1 < len(queries)):
                return Page(items=await self._items(ids), cursor=f"{query.family}:{at[0]}:{at[1]}")
        return Page(items=await self._items(ids), cursor="")

    async def count(self, wanted: Wanted) -> int:
        """How many there are."""
        await self.settle()
        total = 0
        for query in wanted.queries():
            at, more = ("", ""), True
            while more:
                found = await self.index.page(query, at, 0)
                total, at, more = total + found.count, found.after, found.more
        return total

    async def counts(self) -> Counts:
        """For the filters' labels."""
        await self.settle()
        known = await self.index.counts()

        def by(dimension: str, family: str = "open") -> dict[str, int]:
            found = [(value, n) for (of, name, value), n in known.items() if of == family and name == dimension and value]
            return dict(sorted(found, key=lambda pair: (-pair[1], pair[0])))

        return Counts(
            open=known.get(("open", "", ""), 0),
            unclaimed=known.get(("open", "holder", ""), 0),
            overdue=known.get(("open", "late", "1"), 0),
            rooms=by("room"),
            categories=by("category"),
            states=by("state"),
            priorities=by("priority"),
            holders=by("holder"),
            teams=by("team"),
            done=by("state", "done"),
        )

    async def show(self, issue_id: str) -> Item:
        """One issue with its history, its clocks as they are now."""
        await self.settle()
        issue = await self.queue.show(issue_id)
        [item] = await self._with_crowds([issue])
        return item

    async def rows(self, ids: Sequence[str]) -> tuple[Item, ...]:
        """Those issues as the list shows them, as they are now; what is gone is left out."""
        await self.settle()
        return await self._items(ids)

    async def with_histories(self, items: Sequence[Item]) -> tuple[Item, ...]:
        """The same items; what is gone meanwhile is left out."""
        whole = {issue.id: issue for issue in await self.index.issues([item.issue.id for item in items], histories=True)}
        return tuple(replace(item, issue=whole[item.issue.id]) for item in items if item.issue.id in whole)

    async def whole_id(self, given: str) -> str:
        """The id that begins with `given`, or that has it as its receipt code; Rejected where none or several do."""
        for ask in (given, await self._by_receipt(given)):
            with suppress(Rejected):
                return (await self.queue.show(ask)).id or ask
        found: list[str] = []
        after, more = "", len(given) >= SHORTEST
        while more and len(found) < SHOWN:
            page = await self.list(Wanted(done=True, search=given), after=after, limit=MOST)
            found += [item.issue.id for item in page.items if item.issue.id.startswith(given)]
            after, more = page.cursor, bool(page.cursor)
        if not found:
            raise refusals.missing(scrub(given))
        if len(found) > 1:
            ids = " ".join(found[:SHOWN])
            raise Rejected(f"不止一个问题以 {given} 开头：{ids}", f"several issues begin with {given}: {ids}")
        return found[0]

    async def _by_receipt(self, given: str) -> str:
        try:
            return await self.queue.by_receipt(given.strip().upper())
        except Rejected:
            return given

    async def settle(self) -> None:
        """Puts what has changed where it belongs."""
        if not self._prepared:
            await self.index.prepare("")
            self._prepared = True
        await self.index.settle(self.card, SETTLED)

    async def _items(self, ids: Sequence[str]) -> tuple[Item, ...]:
        return await self._with_crowds(await self.index.issues(ids))

    async def _with_crowds(self, issues: Sequence[QueuedIssue]) -> tuple[Item, ...]:
        """Duplicates of duplicates count as well; nothing can be merged into its own duplicate."""
        below: dict[str, QueuedIssue] = {}
        wanted = {id_ for issue in issues for id_ in issue.merged}
        while wanted:
            found = await self.index.issues(sorted(wanted))
            below |= {issue.id: issue for issue in found}
            wanted = {id_ for issue in found for id_ in issue.merged} - below.keys()
        items = []
        for issue in issues:
            viewers, repeats = crowd(_tree(issue, below))
            items.append(Item(issue=issue, viewers=viewers, repeats=repeats))
        return tuple(items)


def _tree(issue: QueuedIssue, below: Mapping[str, QueuedIssue]) -> list[QueuedIssue]:
    return [issue, *(one for id_ in issue.merged if id_ in below for one in _tree(below[id_], below))]


def _cursor(text: str) -> tuple[str, tuple[str, str]]:
    family, _, rest = text.partition(":")
    score, _, id_ = rest.partition(":")
    if not text:
        return "", ("", "")
    if family not in FAMILIES or not score.isdecimal() or not id_:
        raise Rejected("翻页的位置不对，请从头看", "that is no place in the list; begin anew")
    return family, (score, id_)
