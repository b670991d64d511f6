"""The ways things fail, sorted by who can mend them.

LivebotError
├── Unavailable     time mends it: try again later
├── LoginRequired   a person mends it: sign in, renew a token
├── Rejected        nobody mends it: this one message is refused
└── ConfigError     the streamer mends it: a line in a file is wrong

Anything else that is raised is a bug.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from livebot.language import say


class LivebotError(Exception):
    """What happened, where, and what to do, in the user's words (Chinese and English)."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.zh, self.en = zh, en

    def __str__(self) -> str:
        return say(self.zh, self.en)


class Unavailable(LivebotError):
    """The other side is away; `retry_after` (seconds) is set where it said when to come back, `since` (Unix ms) where it may have been
    away for a while before anybody could know."""

    def __init__(self, zh: str, en: str, *, retry_after: float | None = None, since: int | None = None) -> None:
        super().__init__(zh, en)
        self.retry_after, self.since = retry_after, since


class LoginRequired(LivebotError):
    """A person must sign in or renew a credential; the room is parked until then."""


class Rejected(LivebotError):
    """The other side refuses this one message, now and later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend in one file: where it is, and what is wrong in both languages."""

    file: str
    zh: str
    en: str
    line: int | None = None
    table: str = ""
    field: str = ""

    def __str__(self) -> str:
        place = self.file + (f":{self.line}" if self.line else "")
        inside = " ".join(filter(None, (f"[{self.table}]" if self.table else "", self.field)))
        return f"{place}{' ' + inside if inside else ''}: {say(self.zh, self.en)}"


class ConfigError(LivebotError):
    """The streamer's files need mending: every problem found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("", "")

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))
