"""How far a browser has heard: its Last-Event-ID, `<change in the journal>/<entry of the announcements>/<entry of the updates>`."""

import re
from dataclasses import dataclass
from typing import Final

_WRITTEN: Final = re.compile(r"(\d{1,18})/(\d{1,18}-\d{1,18})/(\d{1,18}-\d{1,18})")


@dataclass(frozen=True, slots=True)
class Position:
    """journal: the last change of the journal; issues: the last ids of the issues' two Redis streams."""

    journal: int
    issues: tuple[str, str]

    def __str__(self) -> str:
        return f"{self.journal}/{self.issues[0]}/{self.issues[1]}"

    @classmethod
    def read(cls, text: str) -> "Position | None":
        """None for what is no position."""
        found = _WRITTEN.fullmatch(text)
        return cls(int(found[1]), (found[2], found[3])) if found else None
