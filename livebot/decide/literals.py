"""What must appear in a text for a pattern to match it at all: literals to look for before the pattern is tried."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

MOST: Final = 60  # literals of one pattern; more are not worth looking for

_SHARE: Final = (1e9, 0.02, 0.004, 0.001, 0.0005)  # about how many comments have a literal of 0, 1, 2, 3 or more letters …
_EVERYDAY: Final = dict.fromkeys("的了不是我你一有没在好这个就也还都吗要到去看来么人1", 0.1) | dict.fromkeys(("今天", "怎么", "什么"), 0.03)

_RUN = re.compile(r"[\u4e00-\u9fffa-z0-9]+(?![*+?{])")  # what folding leaves alone, each there just once
_REPEAT = re.compile(r"(?:[*+?]|\{(\d+)(?:,(\d*))?\})\??")
_CLASS_ESCAPES: Final = frozenset("dDwWsSbBAz")
_LITERAL_ESCAPES: Final = frozenset(".*+?()[]{}|^$/-\\,!#&'\"<>=:;@%~` ")

Literals = frozenset[str]
NOTHING: Final[Literals] = frozenset()
EMPTY: Final[Literals] = frozenset([""])


class _Unclear(Exception):
    """Something rare that is not worth understanding: the pattern is then tried on every text."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a pattern. exact: all texts it can match, where these are few plain ones, else None. needed: one of these must appear in
    any text it matches; with "" among them nothing need appear."""

    exact: Literals | None
    needed: Literals


@lru_cache(maxsize=8192)
def required_literals(pattern: str) -> tuple[str, ...]:
    """Folded literals of which at least one appears in every folded text that the (case-insensitive) pattern matches.

    () where none can be told. Cautious: what may be absent does not count, what is not understood ends the attempt.
    """
    try:
        part, end = _alternatives(pattern, 0)
    except _Unclear:
        return ()
    shortest = [literal for literal in part.needed if not any(other in literal for other in part.needed if other != literal)]
    return tuple(sorted(shortest)) if end == len(pattern) and "" not in shortest else ()


def _alternatives(pattern: str, at: int) -> tuple[_Part, int]:
    """`a|b|c` from `at` to the closing parenthesis or the end."""
    parts = []
    while True:
        part, at = _sequence(pattern, at)
        parts.append(part)
        if at >= len(pattern) or pattern[at] == ")":
            break
        at += 1
    needed = NOTHING.union(*(part.needed for part in parts))
    texts = [part.exact for part in parts if part.exact is not None]
    exact = NOTHING.union(*texts) if len(texts) == len(parts) else None
    return _Part(exact if exact and len(exact) <= MOST else None, needed if len(needed) <= MOST else EMPTY), at


def _sequence(pattern: str, at: int) -> tuple[_Part, int]:
    """One alternative: neighbouring plain pieces are joined, and of all that must appear the most telling is kept."""
    options: list[Literals] = []
    joined: Literals = EMPTY
    whole = True
    while at < len(pattern) and pattern[at] not in "|)":
        part, at = _item(pattern, at)
        if repeat := _REPEAT.match(pattern, at):
            at = repeat.end()
            part = _repeated(part, repeat[0], repeat[1])
        product = frozenset(left + right for left in joined for right in part.exact) if part.exact is not None else NOTHING
        if 0 < len(product) <= MOST:
            joined = product
        else:
            options += [joined, part.needed]
            joined, whole = (part.exact or EMPTY), False
    options.append(joined)
    return _Part(joined if whole else None, max(options, key=_telling)), at


def _repeated(part: _Part, sign: str, at_least: str | None) -> _Part:
    if sign.startswith("?") and part.exact is not None:
        return _Part(part.exact | EMPTY, EMPTY)
    if sign[0] in "*?" or (at_least is not None and int(at_least) == 0):
        return _Part(None, EMPTY)
    return _Part(None, part.needed)


def _telling(literals: Literals) -> float:
    """The higher, the fewer comments have one of them."""
    return -sum(_EVERYDAY.get(literal) or _SHARE[min(len(literal), 4)] for literal in literals)


def _item(pattern: str, at: int) -> tuple[_Part, int]:
    if run := _RUN.match(pattern, at):
        return _exactly(run[0]), run.end()
    char = pattern[at]
    if char == "(":
        return _group(pattern, at)
    if char == "[":
        return _Part(None, EMPTY), _class_end(pattern, at)
    if char == "\\":
        escaped = pattern[at + 1 : at + 2] or "?!"
        if escaped in _LITERAL_ESCAPES:
            return _plain(escaped), at + 2
        if escaped in _CLASS_ESCAPES:
            return _Part(None, EMPTY), at + 2
        raise _Unclear
    if char in "^$":
        return _Part(EMPTY, EMPTY), at + 1
    return (_Part(None, EMPTY) if char == "." else _plain(char)), at + 1


def _group(pattern: str, at: int) -> tuple[_Part, int]:
    start = at + 1
    if pattern.startswith("?", start):
        if not pattern.startswith("?:", start):
            raise _Unclear
        start += 2
    part, end = _alternatives(pattern, start)
    if end >= len(pattern):
        raise _Unclear
    return part, end + 1


def _class_end(pattern: str, at: int) -> int:
    at += 1
    if pattern.startswith("^", at):
        at += 1
    if pattern.startswith("]", at):
        at += 1
    while at < len(pattern) and pattern[at] != "]":
        if pattern.startswith(("[:", "\\Q"), at):
            raise _Unclear
        at += 2 if pattern[at] == "\\" else 1
    if at >= len(pattern):
        raise _Unclear
    return at + 1


@lru_cache(maxsize=8192)
def _plain(char: str) -> _Part:
    """A character as folding leaves it; unknown where folding changes or drops it, so that the text may hold something else instead."""
    folded = char.casefold()
    kept = len(folded) == 1 and unicodedata.normalize("NFKC", folded) == folded and (folded.isalnum() or folded >= "\u4e00")
    return _exactly(folded) if kept else _Part(None, EMPTY)


def _exactly(text: str) -> _Part:
    found = frozenset([text])
    return _Part(found, found)
