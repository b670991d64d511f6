"""What the API of held replies takes and gives."""

from typing import Annotated, Final

from pydantic import Field

from livebot.deliver.desk import acts, bulk
from livebot.deliver.desk.context import Said
from livebot.deliver.desk.held import PAGE, Card, Filter
from livebot.deliver.desk.routing import Model

MOST: Final = 200  # cards at once
Short = Annotated[str, Field(max_length=200)]
Text = Annotated[str, Field(max_length=4_000)]
Seen = Annotated[int, Field(ge=0)] | None  # the version of the card that the moderator saw


class Wanted(Model):
    """Which held replies; "" is all. why: a code or its first word; text: part of the draft; put_off: those that were snoozed."""

    room: Short = ""
    rule: Short = ""
    why: Short = ""
    text: Short = ""
    put_off: bool = False

    def filter(self) -> Filter:
        return Filter(**{name: getattr(self, name) for name in Wanted.model_fields})


class WantedPage(Wanted):
    """after: `after` of the page before."""

    after: Annotated[str, Field(max_length=200, pattern=r"^(\d{1,18}/.+)?$")] = ""
    limit: Annotated[int, Field(ge=1, le=MOST)] = PAGE


class Held(Model):
    """The most perishable first. total: how many match on all pages. after: null on the last page. put_off: how many were snoozed; the
    first is back at next_back. leaving: approved, and may still be taken back; doubts: nobody knows whether they appeared. now: Unix ms."""

    cards: tuple[Card, ...]
    total: int
    after: str | None
    put_off: int
    next_back: int | None
    leaving: tuple[Card, ...]
    doubts: tuple[Card, ...]
    now: int


class WithContext(Model):
    """A reply with what was said around its comment, and who else asked; masked."""

    card: Card
    around: tuple[Said, ...]
    askers: tuple[Said, ...]
    now: int


class Did(Model):
    """batch: for undo; ids: the replies that changed. at: when the text leaves or the draft comes back, Unix ms, else 0."""

    act: str
    batch: str
    ids: tuple[str, ...]
    at: int
    now: int


class Approve(Model):
    """text: in place of the draft. confirmed: what needs evidence has it (after an answer 428)."""

    version: Seen = None
    text: Text | None = None
    confirmed: bool = False


class Reject(Model):
    version: Seen = None
    reason: Short = ""


class Plain(Model):
    version: Seen = None


class Snooze(Model):
    version: Seen = None
    seconds: Annotated[float, Field(ge=1, le=acts.SNOOZE_S)] = 30.0


class Settle(Model):
    """appeared: whether it is to be seen in the room."""

    version: Seen = None
    appeared: bool


class Judge(Model):
    text: Text


class Judged(Model):
    """Whether the text may be said instead of the draft. parts: the messages that would leave, none where it cannot be said.

    why_zh, why_en: why not, or why somebody must vouch for it ("needs_evidence"). contradicts: the promise that stands otherwise.
    """

    parts: tuple[str, ...]
    length: int
    limit: int
    unit: str
    verdict: str
    why_zh: str
    why_en: str
    contradicts: str


class Preview(Model):
    """How many, and a digest that names exactly these."""

    count: int
    digest: str


class All(Model):
    """An act on all that a preview counted, and on nothing else."""

    filter: Wanted
    digest: Short
    act: bulk.BulkAct
    reason: Short = ""
    seconds: Annotated[float, Field(ge=1, le=acts.SNOOZE_S)] = 30.0


class Left(Model):
    id: str
    zh: str
    en: str


class DidAll(Model):
    """left: what could not be acted on, and why. new: what matches by now and was not previewed."""

    act: str
    batch: str
    ids: tuple[str, ...]
    left: tuple[Left, ...]
    new: int
    now: int


class Undo(Model):
    """The batch of an act, or a reply whose last act is meant."""

    batch: Short = ""
    reply: Short = ""


class Undone(Model):
    """ids: what is as it was before; late: what cannot be taken back any more."""

    ids: tuple[str, ...]
    late: tuple[Left, ...]
