"""Patterns that people wrote, searched for in linear time (RE2), and only where a literal of theirs already appeared."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

import re2

from livebot.decide.literals import required_literals
from livebot.decide.text import simplified

CHUNK: Final = 50  # patterns a set: larger automata outgrow their memory and slow down
MEMORY: Final = 16 << 20  # bytes that RE2 may use for one automaton


class BadPattern(ValueError):
    """RE2 refuses the pattern; the text is RE2's own reason."""


def _options() -> Any:
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = MEMORY
    return options


def normalised(pattern: str) -> str:
    """The pattern as it meets folded text: simplified; full-width characters that an IME typed become plain ones, taken literally."""
    pattern = simplified(pattern)
    return "".join(char if (plain := unicodedata.normalize("NFKC", char)) == char else re.escape(plain) for char in pattern)


@lru_cache(maxsize=8192)
def compiled(pattern: str) -> Any:
    """The RE2 object of one pattern. Raises BadPattern."""
    try:
        return re2.compile(normalised(pattern), _options())
    except (re2.error, UnicodeError) as error:
        reason = error.args[0] if error.args else ""
        raise BadPattern(reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)) from error


class Patterns:
    """All patterns of a rulebook. `triggers` are the literals to look for: the patterns of those found are passed to `search`."""

    def __init__(self, patterns: Iterable[tuple[int, str]]) -> None:
        """patterns: (owner, pattern) in any order. Raises BadPattern."""
        self.triggers: dict[str, list[tuple[int, Any]]] = {}
        self._sets: list[tuple[Any, list[tuple[int, Any]]]] = []
        loose: list[tuple[int, str, Any]] = []
        for owner, pattern in patterns:
            regex = compiled(pattern)
            literals = required_literals(normalised(pattern))
            for literal in literals:
                self.triggers.setdefault(literal, []).append((owner, regex))
            if not literals:
                loose.append((owner, normalised(pattern), regex))
        for start in range(0, len(loose), CHUNK):
            self._sets.extend(_sets_of(loose[start : start + CHUNK]))

    def search(self, text: str, triggered: Sequence[tuple[int, Any]] = ()) -> list[tuple[int, str]]:
        """(owner, found words) of every pattern that the text (valid UTF-8) contains."""
        found: list[tuple[int, str]] = []
        data = text.encode() if triggered or self._sets else b""  # bytes spare RE2 its way back from bytes to characters
        for automaton, members in self._sets:
            hits = automaton.Match(data)
            if hits == [len(members)]:
                continue
            candidates = [members[index] for index in sorted(hits)[:-1]] if hits else members
            found.extend((owner, hit.group().decode()) for owner, regex in candidates if (hit := regex.search(data)))
        found.extend((owner, hit.group().decode()) for owner, regex in triggered if (hit := regex.search(data)))
        return found


def _sets_of(members: Sequence[tuple[int, str, Any]]) -> list[tuple[Any, list[tuple[int, Any]]]]:
    """Sets that fit into memory. Each ends with a pattern that always matches: if even that one is missing, the set ran out of memory
    on this text, and its members are to be asked one by one."""
    automaton = re2.Set.SearchSet(_options())
    for _, pattern, _ in members:
        automaton.Add(pattern)
    automaton.Add("")
    try:
        automaton.Compile()
    except re2.error:
        half = len(members) // 2
        return [*_sets_of(members[:half]), *_sets_of(members[half:])]
    return [(automaton, [(owner, regex) for owner, _, regex in members])]
