"""Patterns that people wrote, searched for in linear time (RE2), and only where a literal of theirs already appeared."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, Final

import re2

CHUNK: Final = 500  # patterns a set: larger automata outgrow their memory and slow down
MEMORY: Final = 16 << 20  # bytes that RE2 may use for one automaton

_QUANTIFIER = re.compile(r"[*?]|\{0")
_REPEAT = re.compile(r"\+\??|\{\d+(?:,\d*)?\}\??|[*?]\??")
_SIMPLE_ESCAPES = frozenset("dDwWsSbBAz.*+?()[]{}|^$/-\\,!#&'\"<>=:;@%~` ")
_GROUP_FLAGS = re.compile(r"\(\?[a-zA-Z-]+\)")


class BadPattern(ValueError):
    """RE2 refuses the pattern; the text is RE2's own reason."""


def _options() -> Any:
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = MEMORY
    return options


def normalised(pattern: str) -> str:
    """The pattern as it meets folded text: full-width characters that an IME typed become their plain form, taken literally."""
    return "".join(char if (plain := unicodedata.normalize("NFKC", char)) == char else re.escape(plain) for char in pattern)


def compiled(pattern: str) -> Any:
    """The RE2 object of one pattern. Raises BadPattern."""
    try:
        return re2.compile(normalised(pattern), _options())
    except (re2.error, UnicodeError) as error:
        reason = error.args[0] if error.args else ""
        raise BadPattern(reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)) from error


class Patterns:
    """All patterns of a rulebook. `triggers` are the literals to look for: those found are passed to `search`."""

    def __init__(self, patterns: Iterable[tuple[int, str]]) -> None:
        """patterns: (owner, pattern) in any order."""
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
        for automaton, members in self._sets:
            hits = automaton.Match(text)
            if hits == [len(members)]:
                continue
            candidates = [members[index] for index in hits if index < len(members)] if hits else members
            found.extend((owner, hit.group()) for owner, regex in candidates if (hit := regex.search(text)))
        found.extend((owner, hit.group()) for owner, regex in triggered if (hit := regex.search(text)))
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


def required_literals(pattern: str) -> tuple[str, ...]:
    """Literals of which one must appear wherever the pattern matches, one for each top-level alternative; () where none can be told.

    Cautious: groups, classes and escapes count as unknown, and what may be absent does not count.
    """
    if "(?" in pattern and _GROUP_FLAGS.search(pattern):
        return ()
    literals = tuple(max(_literals(branch), key=len, default="") for branch in _branches(pattern))
    return literals if all(len(literal) >= 2 for literal in literals) else ()


def _branches(pattern: str) -> list[str]:
    """The top-level alternatives, with groups, classes and escapes blanked to NUL, which no folded text contains."""
    branches, depth, position = [""], 0, 0
    while position < len(pattern):
        char = pattern[position]
        width = 1
        if char == "\\":
            if pattern[position + 1 : position + 2] not in _SIMPLE_ESCAPES:
                return [""]
            width, char = 2, "\0"
        elif char == "[":
            width, char = _class_width(pattern, position), "\0"
        elif char in "()":
            depth += 1 if char == "(" else -1
            char = "\0"
        elif char == "|" and depth == 0:
            branches.append("")
            char = ""
        if depth:
            char = "" if char != "\0" else char
        branches[-1] += char
        position += width
    return branches


def _class_width(pattern: str, start: int) -> int:
    position = start + 1
    if pattern.startswith("^", position):
        position += 1
    if pattern.startswith("]", position):
        position += 1
    while position < len(pattern) and pattern[position] != "]":
        if pattern[position] == "\\":
            position += 1
        elif pattern.startswith("[:", position):
            position = max(pattern.find(":]", position), position) + 1
        position += 1
    return position + 1 - start


def _literals(branch: str) -> list[str]:
    runs, run, position = [], "", 0
    while position < len(branch):
        char = branch[position]
        after = position + 1
        repeat = _REPEAT.match(branch, after)
        plain = (char not in "\0.^$") and len(folded := char.casefold()) == 1 and unicodedata.normalize("NFKC", folded) == folded
        if plain and not (repeat and _QUANTIFIER.match(branch, after)):
            run += char.casefold()
        else:
            runs.append(run)
            run = ""
        if repeat:
            runs.append(run)
            run = ""
            after = repeat.end()
        position = after
    return [*runs, run]
