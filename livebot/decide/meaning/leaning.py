"""Towards which issue a comment leans, by the model of meaning: a transparent sum over its meaning, its topics and its signs."""

from array import array
from collections.abc import Sequence
from itertools import combinations_with_replacement
from math import exp, sqrt
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from livebot.decide.meaning import concepts
from livebot.decide.meaning.cues import Signs
from livebot.decide.meaning.embedding import Meaning, Vector
from livebot.decide.meaning.manner import MANNERS, manners
from livebot.decide.meaning.reading import Reading
from livebot.decide.rulebook import FlagRule

NONE: Final = "-"  # the leaning of a comment that raises no issue
# In logits, for Chinese and for English. RARE: how much rarer issues are in a room than among the lines that the weights were learned from;
# ELSEWHERE: how much less is believed where no word of the trade is in the comment; DOUBTED: below, even a rule's words are not believed;
# DISMISSED: of the words alone; what is below is no issue, whatever the meaning.
RARE: Final = {True: 0.3, False: 1.8}
BRIEF, JEST = 4, 0.7  # so few letters are often said in jest, and are believed by so much less
ELSEWHERE: Final = {True: 0.75, False: 2.0}
DOUBTED: Final = -1.8
DISMISSED: Final = {True: -1.75, False: 0.0}
LONGEST: Final = 300  # code points of a comment that is weighed
TOLD: Final = 4  # terms that are named as the reason
VECTOR_SCALE: Final = np.float32(3.0)

# Topics of an order or a parcel: one of them makes an issue believable; the others also live in games, songs and kitchens.
_COMMON_LIFE: Final = frozenset(
    """
    taste sugar spicy color live lottery open account points brand effect skin child use noise lost card wrong phone name
    note water battery power wash store member advice diet rate book data country remote coupon sale gift buy
    """.split()  # noqa: SIM905 - a paragraph reads better than a hundred quotes
)
TRADE: Final = frozenset(concepts.TOPICS) - _COMMON_LIFE

_DONE, _FAULT = MANNERS.index("done"), MANNERS.index("fault")  # what was bought and is broken is of the trade, whatever it is


class Lean(NamedTuple):
    """code: a category; evidence: for an issue of any kind, in logits; dismissed: its words alone say that it is none."""

    code: str
    evidence: float
    chinese: bool
    dismissed: bool

    @property
    def sure(self) -> float:
        """The probability of an issue in a room, 0 to 1."""
        return 1 / (1 + exp(RARE[self.chinese] - self.evidence))

    @property
    def denies(self) -> bool:
        """Whether the comment as a whole says so clearly that it raises no issue that the words of a rule are not believed."""
        return self.evidence < DOUBTED


class Leaning:
    """`Leaning(meaning)` needs these weights: "codes"; "leaning.zh" and "leaning.en" (an intercept and a row per number of `described`, a
    column per code: which issue it is; that of NONE: how much each speaks for an issue of any kind); "issue" (an intercept, one for
    Chinese, one per term: the same of the words)."""

    def __init__(self, meaning: Meaning) -> None:
        self.codes: list[str] = meaning.weights["codes"]
        self._meaning = meaning
        self.kinds = {chinese: Kinds(meaning, meaning.weights[f"leaning.{name}"]) for chinese, name in ((True, "zh"), (False, "en"))}
        issue = np.asarray(meaning.weights["issue"], np.float32)
        self._terms = array("f", issue[2:].tobytes())
        self._start = {True: float(issue[0]), False: float(issue[0] + issue[1])}  # by whether the text is ASCII
        self._none = self.codes.index(NONE)

    def lean(self, reading: Reading, *, hasty: bool = True) -> Lean | None:
        """The likeliest issue of a comment; None where its words alone say that there is none, as those of most chatter do, if `hasty`."""
        spoken = list(map(self._terms.__getitem__, set(reading.places)))
        if not spoken:
            return None
        by_words = sum(spoken) / sqrt(len(spoken)) + self._start[reading.text.isascii()]
        dismissed = by_words < DISMISSED[not reading.text.isascii()]
        if hasty and dismissed:
            return None
        signs = reading.signs
        manner = manners(reading.text)
        kinds = self.kinds[signs.chinese].of(reading.vector, marks(signs, manner))
        by_meaning = float(kinds[self._none])
        kinds[self._none] = -np.inf
        elsewhere = 0.0 if signs.topics & TRADE or (manner[_DONE] and manner[_FAULT]) else ELSEWHERE[signs.chinese]
        jest = JEST if signs.length <= BRIEF else 0.0
        return Lean(self.codes[int(kinds.argmax())], (by_words + by_meaning) / 2 - elsewhere - jest, signs.chinese, dismissed)

    def told(self, reading: Reading) -> tuple[str, ...]:
        """What spoke most for an issue, of any kind: "~" and a piece of the comment, "<" a manner of it ">"."""
        telling = sorted(((self._terms[place], self._meaning.vocabulary[place]) for place in set(reading.places)), reverse=True)
        pieces: list[str] = []
        for value, term in telling:
            piece = term.strip("^$<>~").replace("_", " ")
            if (
                value > 0
                and len(piece) > 1
                and len(pieces) < TOLD
                and piece in reading.text
                and not any(piece in other or other in piece for other in pieces)
            ):
                pieces.append(piece)
        named = [f"<{name}>" for name, one in zip(MANNERS, manners(reading.text), strict=True) if one]
        return *(f"~{piece}" for piece in pieces), *named


class Kinds:
    """How much a comment speaks for each code: its row of `described` times the weights, of which the zeros are left out."""

    def __init__(self, meaning: Meaning, weights: Any) -> None:
        start, rows = np.asarray(weights, np.float32)[0], np.asarray(weights, np.float32)[1:]
        size = meaning.width
        self._start, self._by_vector, self._by_mark = start, rows[:size] * VECTOR_SCALE, rows[size:]

    def of(self, vector: Vector, marks: list[int]) -> npt.NDArray[np.float32]:
        kinds: npt.NDArray[np.float32] = vector.dot(self._by_vector)
        kinds += self._start
        kinds += np.add.reduce(self._by_mark[marks])
        return kinds


class Leanings:
    """The rules that a leaning may hit (those with `sure`), by category and language."""

    def __init__(self, flags: Sequence[FlagRule], meaning: Meaning) -> None:
        self._leaning = Leaning(meaning)
        self._owners: dict[tuple[str, bool], tuple[int, float]] = {}
        for owner, rule in enumerate(flags):
            if rule.sure is not None:
                chinese = any(not text.isascii() for text in (*rule.examples, *rule.ack))
                self._owners.setdefault((rule.category, chinese), (owner, rule.sure))

    def lean(self, reading: Reading, *, hasty: bool) -> Lean | None:
        """As Leaning.lean; None for what is too short or too long to tell."""
        return self._leaning.lean(reading, hasty=hasty) if self._owners and 1 < len(reading.folded) <= LONGEST else None

    def hit(self, lean: Lean) -> tuple[int, float] | None:
        """The flag (its place) that a comment leans to, and how surely; None where it leans to none."""
        owner = self._owners.get((lean.code, lean.chinese))
        return (owner[0], lean.sure) if owner is not None and not lean.dismissed and lean.sure >= owner[1] else None

    def told(self, reading: Reading) -> tuple[str, ...]:
        """See Leaning.told."""
        return self._leaning.told(reading)


_TOPIC: Final = {topic: place for place, topic in enumerate(concepts.TOPICS)}
_ASPECT: Final = {aspect: place for place, aspect in enumerate(concepts.ASPECTS, len(_TOPIC))}
_SIGNS: Final = len(_TOPIC) + len(_ASPECT)
_PAIR: Final = {pair: place for place, pair in enumerate(combinations_with_replacement(range(len(MANNERS) + 1), 2), _SIGNS + 7)}


def marks(signs: Signs, manner: tuple[bool, ...]) -> list[int]:
    """What is true of the comment, by its place: its topics, its aspects, its signs, its manners singly and in pairs."""
    size = signs.length
    outward = (signs.question, signs.statement, signs.negated, size <= 3, size <= 6, size > 12, size > 20)
    found = [_TOPIC[topic] for topic in signs.topics] + [_ASPECT[aspect] for aspect in signs.aspects]
    found += [_SIGNS + n for n, one in enumerate(outward) if one]
    shown = [n for n, one in enumerate((*manner, signs.question)) if one]
    return found + [_PAIR[pair] for pair in combinations_with_replacement(shown, 2)]


def described(vector: Vector, signs: Signs, manner: tuple[bool, ...]) -> npt.NDArray[np.float32]:
    """The comment as a row of numbers: its vector, and a one for each of its marks."""
    found = np.zeros(len(vector) + _SIGNS + 7 + len(_PAIR), np.float32)
    np.multiply(vector, VECTOR_SCALE, out=found[: len(vector)])
    found[[len(vector) + mark for mark in marks(signs, manner)]] = 1.0
    return found
