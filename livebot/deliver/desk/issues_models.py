"""What the API of issues takes and gives."""

from typing import Annotated, Any, Final, Literal

from pydantic import Field

from livebot.decide.privacy import mask
from livebot.deliver.desk.evidence import Told
from livebot.deliver.desk.export import items as json_list
from livebot.deliver.desk.inbox import Item
from livebot.deliver.desk.inbox import Wanted as Listed
from livebot.deliver.desk.issue_acts import LONGEST, MOST
from livebot.deliver.desk.routing import Model
from livebot.deliver.masking import whole
from livebot.deliver.queue import LEASE_S, QueuedIssue

PAGE: Final = 50
Short = Annotated[str, Field(max_length=200)]
Text = Annotated[str, Field(max_length=LONGEST)]
Key = Annotated[str, Field(max_length=64, pattern=r"^[\w.-]*$", description="the same act with the same key is done once")]
Token = Annotated[str, Field(max_length=32, description="of the claim")]
Ids = Annotated[list[Short], Field(min_length=1, max_length=MOST)]

# ── what is asked for ──────────────────────────────────────────────────────────


class Wanted(Model):
    """Which issues; empty is any. state: several may be named; without any, what is done is left out unless `done`. mine: the caller's."""

    room: Short = ""
    category: Short = ""
    priority: Short = ""
    state: Annotated[tuple[Short, ...], Field(max_length=20)] = ()
    team: Short = ""
    holder: Short = ""
    viewer: Short = ""
    mine: bool = False
    unclaimed: bool = False
    overdue: bool = False
    done: bool = False
    search: Short = ""

    def listed(self, caller: str) -> Listed:
        same = {name: getattr(self, name) for name in Wanted.model_fields if name not in ("state", "mine", "holder")}
        return Listed(states=self.state, holder=caller if self.mine else self.holder, **same)


class WantedPage(Wanted):
    """after: `cursor` of the page before."""

    after: Short = ""
    limit: Annotated[int, Field(ge=1, le=MOST)] = PAGE


class WantedFile(Wanted):
    format: Literal["csv", "json"] = "csv"


class Act(Model):
    key: Key = ""


class Claim(Act):
    """lease: seconds for which it is one's own; claim again to renew it."""

    lease: Annotated[float, Field(ge=10, le=3600)] = LEASE_S


class Release(Act):
    token: Token


class State(Act):
    state: Short
    note: Text = ""
    token: Token = ""


class Note(Act):
    text: Text


class HandOver(Act):
    """told: field → text; which fields a team needs: GET /api/v1/issues/terms."""

    team: Short
    told: Annotated[dict[Short, Text], Field(max_length=20)]
    token: Token = ""


class Merge(Act):
    """ids: what becomes duplicates of this one."""

    ids: Ids
    note: Text = ""


class Unmerge(Act):
    note: Text = ""


class Say(Model):
    """text: what is said in the room; "" that it was noted. {code} becomes the receipt code."""

    text: Text = ""


class Reply(Act):
    """confirmed: the caller vouches for what the guard wants evidence for."""

    text: Text = ""
    confirmed: bool = False


class Unmask(Model):
    field: Literal["text", "author", "order", "tracking"]
    reason: Annotated[str, Field(min_length=1, max_length=500)]


class All(Act):
    """One act on each of the issues: claim, note (text), state (state, text) or hand_over (team, told)."""

    ids: Ids
    act: Literal["claim", "note", "state", "hand_over"]
    text: Text = ""
    state: Short = ""
    team: Short = ""
    told: Annotated[dict[Short, Text], Field(max_length=20)] = Field(default_factory=dict)


# ── what is told ───────────────────────────────────────────────────────────────


class Row(Model):
    """An issue in the list, masked. Times in Unix ms, 0 for none. due_at: when its next clock runs out; breached: which were too late."""

    id: str
    room: str
    platform: str
    category: str
    priority: str
    state: str
    holder: str
    lease_until: int
    author: str
    text: str
    created_at: int
    updated_at: int
    due_at: int
    due: Literal["", "respond", "resolve"]
    breached: tuple[str, ...]
    viewers: int
    repeats: int
    team: str
    receipt: str
    duplicate_of: str


class Page(Model):
    """cursor: "" on the last page. now: the server's clock."""

    items: list[Row]
    cursor: str
    now: int


class Matching(Model):
    """How many match; ids: at most as many as one act takes."""

    count: int
    ids: list[str]


class Counts(Model):
    """Of the open ones, by value. urgent: P0 and P1 that nobody has taken up."""

    open: int
    unclaimed: int
    overdue: int
    mine: int
    rooms: dict[str, int]
    categories: dict[str, int]
    states: dict[str, int]
    priorities: dict[str, int]
    holders: dict[str, int]
    teams: dict[str, int]
    done: dict[str, int]
    urgent: list[str]


class Line(Model):
    """Something said. own: by livebot; it: the comment that the issue is about."""

    at: int
    who: str
    text: str
    own: bool = False
    it: bool = False


class Step(Model):
    at: int
    actor: str
    act: str
    before: str
    after: str
    note: str


class Evidence(Model):
    """why: why there is less than there could be; replies: what livebot has said to the viewer, or will."""

    why: str
    around: list[Line]
    on_air: str
    comments: list[Line]
    replies: list[Told]
    issues: list[Row]
    orders: list[Line]


class Issue(Model):
    """next: the states that may follow; merged: its duplicates; also: who else said it; handover: what the team was told, masked;
    masked: what can be unmasked; suggested: what would be said in the room."""

    item: Row
    next: list[str]
    merged: list[Row]
    also: list[Line]
    rules: list[str]
    handover: dict[str, str]
    masked: list[str]
    suggested: str
    history: list[Step]
    evidence: Evidence
    now: int


class Claimed(Model):
    token: str
    lease_until: int
    now: int


class Did(Model):
    """state: what the issue is now."""

    state: str
    team: str


class Result(Model):
    id: str
    done: bool
    why: str


class Results(Model):
    results: list[Result]


class Preview(Model):
    """What would be said. parts: the messages, none where it may not; verdict: ok, needs_evidence (confirm it) or block."""

    text: str
    parts: tuple[str, ...]
    length: int
    limit: int
    unit: str
    verdict: str
    why: str


class Said(Model):
    id: str
    text: str
    code: str


class Unmasked(Model):
    field: str
    text: str


class Named(Model):
    zh: str
    en: str


class StateTerm(Named):
    next: tuple[str, ...]


class FieldTerm(Named):
    code: str


class TeamTerm(Named):
    fields: list[FieldTerm]


class Terms(Model):
    """states: with those that may follow; teams: with what they must be told; fields: all that a team can be told."""

    states: dict[str, StateTerm]
    teams: dict[str, TeamTerm]
    fields: dict[str, Named]
    categories: dict[str, Named]


def row(item: Item) -> Row:
    issue = item.issue
    fields = {name: whole(issue.fields.get(name, "")) for name in ("room", "platform", "category", "priority", "author", "text")}
    same = {name: getattr(issue, name) for name in Row.model_fields if hasattr(issue, name)}
    due = "" if not item.due_at else "respond" if item.due_at == issue.respond_due else "resolve"
    return Row.model_validate(fields | same | {"due_at": item.due_at, "due": due, "viewers": item.viewers, "repeats": item.repeats})


def also(issue: QueuedIssue) -> list[Line]:
    """Who came later with the same; other programs may have written anything."""
    lines = [one for one in json_list(issue.fields.get("also", "")) if isinstance(one, dict)]
    return [Line(at=_ms(one), who=whole(str(one.get("author", ""))), text=whole(str(one.get("text", "")))) for one in lines]


def handover(issue: QueuedIssue) -> dict[str, str]:
    return {code: whole(mask(text)) for code, text in issue.handover.items()}


def _ms(line: dict[str, Any]) -> int:
    at = line.get("at", 0)
    return at if isinstance(at, int) else int(at) if isinstance(at, str) and at.isdecimal() and len(at) < 16 else 0
