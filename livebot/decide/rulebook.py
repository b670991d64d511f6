"""The rules as data: what a shop answers, what it flags, what it says later."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from hashlib import blake2b
from types import MappingProxyType
from typing import Any, Final, Literal

from livebot.decide import categories

Words = tuple[tuple[str, ...], ...]
Anchor = Literal["stream_started", "planned_end", "stream_ended", "issue"]

ANCHORS: Final[tuple[Anchor, ...]] = ("stream_started", "planned_end", "stream_ended", "issue")
PREDICATES: Final = ("answers", "unanswered", "gaps", "issues", "issue_open", "chat_open")
REPLY_VARIABLES: Final = ("viewer",)
FOLLOW_UP_VARIABLES: Final = ("viewer", "answers", "unanswered", "issues", "gaps", "minutes", "shop")


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqRule:
    """A question and its answer.

    ask: example phrasings, matched by likeness. when, unless: literal words, any entry counts, all words of an entry must appear.
    like: RE2 patterns. say: variants that say the same honestly. cooldown, expiry: seconds (expiry None = the config's). valid_until:
    Unix milliseconds. with_flag: answer even beside a flag. pack: its place among the packs; of two sure answers in one category the
    later pack's is given, so that a shop's own words go before shipped ones. source: "file:line".
    """

    id: str
    category: str | None = None
    ask: tuple[str, ...] = ()
    when: Words = ()
    unless: Words = ()
    like: tuple[str, ...] = ()
    say: tuple[str, ...]
    mode: Literal["auto", "suggest"] = "auto"
    cooldown: float = 60.0
    expiry: float | None = None
    valid_until: int | None = None
    with_flag: bool = False
    pack: int = 0
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRule:
    """Words that put a comment into a category: an issue for after-sales staff, or a mere tag.

    priority: "P0" to "P4", the category's own if left out. ack: variants of a line that may be said to the viewer in public.
    """

    id: str
    category: str
    priority: str = ""
    when: Words = ()
    unless: Words = ()
    like: tuple[str, ...] = ()
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
    """All rules of a shop, in the order of their packs. `hash` (24 hex digits) names the content, wherever and whenever it is loaded."""

    faqs: tuple[FaqRule, ...] = ()
    flags: tuple[FlagRule, ...] = ()
    follow_ups: tuple[FollowUpRule, ...] = ()
    variables: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    hash: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "variables", MappingProxyType(dict(self.variables)))
        if not self.hash:
            object.__setattr__(self, "hash", _hash(self))


def _hash(book: Rulebook) -> str:
    content = [[_content(rule) for rule in rules] for rules in (book.faqs, book.flags, book.follow_ups)]
    text = repr((content, sorted(book.variables.items())))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _content(rule: Rule) -> list[tuple[str, Any]]:
    return [(f.name, getattr(rule, f.name)) for f in fields(rule) if f.name != "source"]
