"""The rules as data: what a shop answers, what it flags, what it says later."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from hashlib import blake2b
from types import MappingProxyType
from typing import Any, Final, Literal

from livebot.decide import categories
from livebot.decide.meaning.embedding import Meaning
from livebot.decide.shop.facts import FACT_VARIABLES, NO_FACTS, Facts

Words = tuple[tuple[str, ...], ...]
Anchor = Literal["stream_started", "planned_end", "stream_ended", "issue"]

ANCHORS: Final[tuple[Anchor, ...]] = ("stream_started", "planned_end", "stream_ended", "issue")
PREDICATES: Final = ("answers", "unanswered", "gaps", "issues", "issue_open", "chat_open")
REPLY_VARIABLES: Final = ("viewer",)
ANSWER_VARIABLES: Final = (*REPLY_VARIABLES, *FACT_VARIABLES)
FOLLOW_UP_VARIABLES: Final = ("viewer", "answers", "unanswered", "issues", "gaps", "minutes", "shop")


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqRule:
    """A question and its answer.

    ask: example phrasings, matched by likeness. when, unless: literal words, any entry counts, all words of an entry must appear. like:
    RE2 patterns. say: variants that say the same honestly. fact: said instead where the shop has a product table. ask_back: said where only
    the viewer's measures are missing for {size}. cooldown, expiry:
    seconds (expiry None = the config's). valid_until: Unix milliseconds. with_flag: answer even beside a flag. sure: the probability from
    which an answer found by likeness is given. pack: its place among the packs; of two sure answers in one category the later pack's is
    given, so that a shop's own words go before shipped ones. source: "file:line".
    """

    id: str
    category: str | None = None
    ask: tuple[str, ...] = ()
    when: Words = ()
    unless: Words = ()
    like: tuple[str, ...] = ()
    say: tuple[str, ...]
    fact: tuple[str, ...] = ()
    ask_back: tuple[str, ...] = ()
    mode: Literal["auto", "suggest"] = "auto"
    cooldown: float = 60.0
    expiry: float | None = None
    valid_until: int | None = None
    with_flag: bool = False
    sure: float = 0.6
    pack: int = 0
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRule:
    """Words that put a comment into a category: an issue for after-sales staff, or a mere tag.

    priority: "P0" to "P4", the category's own if left out. sure: the probability from which the model of meaning alone flags a comment
    without any of the words; None: never. ack: variants of a line that may be said to the viewer in public.
    """

    id: str
    category: str
    priority: str = ""
    when: Words = ()
    unless: Words = ()
    like: tuple[str, ...] = ()
    sure: float | None = None
    ack: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        if not self.priority:
            object.__setattr__(self, "priority", categories.priority(self.category))

    @property
    def raises_issue(self) -> bool:
        """False for a tag (small talk, order-like lines, spam): a flag that is never an issue."""
        return categories.raises_issue(self.category)

    @property
    def silences(self) -> bool:
        """Whether a comment so tagged (abuse, advertising) must not be answered, though it is no issue."""
        return categories.route(self.category) == "moderate"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRule:
    """Something to say `offset` seconds after (or, negative, before) an anchor, only if all predicates hold.

    category: for the anchor "issue", only issues of that category.
    """

    id: str
    anchor: Anchor
    offset: float = 0.0
    only_if: tuple[str, ...] = ()
    say: tuple[str, ...]
    category: str | None = None
    source: str = ""


Rule = FaqRule | FlagRule | FollowUpRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """All rules of a shop, in the order of their packs. `hash` (24 hex digits) names the content, wherever and whenever it is loaded.

    meaning: the model that tells which question is meant; without one, words decide alone.
    """

    faqs: tuple[FaqRule, ...] = ()
    flags: tuple[FlagRule, ...] = ()
    follow_ups: tuple[FollowUpRule, ...] = ()
    variables: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    facts: Facts = NO_FACTS
    meaning: Meaning | None = field(default=None, repr=False, compare=False)
    hash: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "variables", MappingProxyType(dict(self.variables)))
        if not self.hash:
            object.__setattr__(self, "hash", _hash(self))


def _hash(book: Rulebook) -> str:
    content = [[_content(rule) for rule in rules] for rules in (book.faqs, book.flags, book.follow_ups)]
    text = repr((content, sorted(book.variables.items()), book.facts.content, book.meaning.name if book.meaning else ""))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _content(rule: Rule) -> list[tuple[str, Any]]:
    return [(f.name, getattr(rule, f.name)) for f in fields(rule) if f.name != "source"]
