"""What every act of a moderator needs, and the ways in which one is refused."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from livebot.decide.rulebook import Rulebook
from livebot.decide.session import RoomPolicy
from livebot.decide.shop.facts import NO_FACTS, Facts
from livebot.errors import Rejected
from livebot.keep.journal import Journal
from livebot.keep.rulefiles import load_rules

if TYPE_CHECKING:  # it takes its time, and the terminal does without
    from livebot.decide.matching import Match
    from livebot.deliver.desk.judging import Judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Where the rules are read from, as in [rules]; base: the folder of the configuration."""

    packs: Sequence[str | Path]
    variables: Mapping[str, str]
    base: Path

    def load(self) -> Rulebook:
        """Raises ConfigError."""
        return load_rules(self.packs, self.variables, self.base)


@dataclass(slots=True, kw_only=True)
class Moderation:
    """policies: by room; a room that is not among them cannot be spoken in. facts: what the shop knows now. match: today's rules, for the
    confidence that is shown; None leaves it out. undo: seconds for which an approved text may be taken back before it leaves. book: the
    rules in force, for modes and leases; rules: their files, for teaching.
    """

    journal: Journal
    policies: Mapping[str, RoomPolicy]
    facts: Callable[[], Facts] = lambda: NO_FACTS
    match: "Callable[[str], Match] | None" = None
    undo: float = 5.0
    book: Callable[[], Rulebook] = Rulebook
    rules: Rules | None = None
    previews: dict[str, tuple[str, ...]] = field(default_factory=dict)  # digest → the ids that were shown before a bulk act


class TooLate(Rejected):
    """Somebody was first, or the clock. actor: who ("" for nobody), act: what they did (keep.acts.Act) or "", state: what the reply is."""

    def __init__(self, zh: str, en: str, *, reply: str, state: str, actor: str = "", act: str = "", at: int = 0) -> None:
        super().__init__(zh, en)
        self.reply, self.state, self.actor, self.act, self.at = reply, state, actor, act, at


class Unfit(Rejected):
    """The text cannot be said so: empty, too long, or blocked by the guard; `judged` says which."""

    def __init__(self, zh: str, en: str, judged: "Judged") -> None:
        super().__init__(zh, en)
        self.judged = judged


class NeedsConfirmation(Unfit):
    """The text may be said if the moderator vouches for it: the same again with confirmed=True."""
