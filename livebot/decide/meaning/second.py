"""A second opinion on which question a comment asks: how near a larger model finds it, weighed with our own probability."""

from collections.abc import Mapping, Sequence
from math import exp, log
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from livebot.decide.matching import AUTO, BY_WORDS, HOLD, Hit, Match
from livebot.decide.rulebook import FaqRule
from livebot.decide.text import is_letter

Floats = npt.NDArray[np.float32]

LOW: Final = 0.08  # from here on an answer in Latin letters is worth a second opinion: there our own probability says little
FACTS: Final = ("our own", "near", "nearer than the next", "our own lead")  # what is weighed, in the order of the weights


class Opinion(NamedTuple):
    """rule: the id of a FAQ rule; confidence: 0 to 1."""

    rule: str
    confidence: float


def worth_asking(match: Match) -> bool:
    """Whether a second opinion may change anything: an answer found by meaning, in the hold band or in Latin letters, and no flag."""
    if not match.answers or any(hit.rule.raises_issue or hit.rule.silences for hit in match.flags):
        return False
    best = match.answers[0]
    if best.words or best.confidence in (BY_WORDS, 1.0):
        return False
    return HOLD <= best.confidence < AUTO or (best.confidence >= LOW and is_latin(match.folded))


def is_latin(folded: str) -> bool:
    """Whether a folded text is written with an alphabet."""
    return not any(char >= "\u3400" for char in folded) and any(map(is_letter, folded))


def weigh(answers: Sequence[Hit[FaqRule]], near: Mapping[str, float], groups: Mapping[str, str], weights: Sequence[float]) -> Opinion:
    """The best of `answers` after all.

    near: rule id → cosine of the comment with its nearest phrasing, for all rules. groups: rule id → the question it answers, where
    several rules answer one. weights: an intercept and one for each of FACTS.
    """
    facts = described([(hit.rule.id, hit.confidence) for hit in answers], near, groups)
    sums = {rule: weights[0] + sum(w * fact for w, fact in zip(weights[1:], row, strict=True)) for rule, row in facts.items()}
    best = max(sums, key=lambda rule: sums[rule])
    return Opinion(best, 1 / (1 + exp(-sums[best])))


def revised(match: Match, opinion: Opinion) -> Match:
    """The match with the opinion for our own probability; the other answers are less likely than it, and no longer given."""
    first = [replace(hit, confidence=opinion.confidence) for hit in match.answers if hit.rule.id == opinion.rule]
    others = [
        replace(hit, confidence=min(hit.confidence, opinion.confidence, HOLD)) for hit in match.answers if hit.rule.id != opinion.rule
    ]
    return replace(match, answers=(*first, *others))


def described(answers: Sequence[tuple[str, float]], near: Mapping[str, float], groups: Mapping[str, str]) -> dict[str, list[float]]:
    """By rule of `answers` ([(rule, our probability)]): FACTS as numbers."""
    own = {rule: log((p + 0.002) / (1 - p + 0.002)) for rule, p in answers}
    return {
        rule: [
            mine,
            near.get(rule, 0.0),
            near.get(rule, 0.0) - _next(near, rule, groups),
            mine - _next(own, rule, groups, floor=-6.2),
        ]
        for rule, mine in own.items()
    }


def _next(values: Mapping[str, float], rule: str, groups: Mapping[str, str], floor: float = 0.0) -> float:
    """The best value of another question's rule."""
    question = groups.get(rule, rule)
    return max((value for other, value in values.items() if groups.get(other, other) != question), default=floor)
