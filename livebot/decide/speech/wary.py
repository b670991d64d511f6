"""How much a text sounds like those that must not be said: the last net, for wordings that no rule lists."""

import re
from functools import lru_cache
from typing import Final

from daachorse import CharwiseDoubleArrayAhoCorasick as Automaton

from livebot.decide.speech.wary_table import BIAS, WEIGHTS

SCALE: Final = 16  # the table's weights are sixteenths
_NUMBER: Final = re.compile(r"[0-9]+(?:[.,:][0-9]+)*")
_OTHER: Final = re.compile(r"[^0-9a-z㐀-鿿'$%@+]+")


def heard(plain: str) -> str:
    """The text (plain spelling) as this net hears it: every number 0, every other sign a gap, a gap at both ends."""
    return _OTHER.sub(" ", _NUMBER.sub("0", f" {plain} "))


def wariness(plain: str) -> float:
    """How sure it sounds (plain spelling): above 0 it is more like what must not be said than the corpus's ordinary texts ever were."""
    automaton, weights = _table()
    found = {index for _, _, index in automaton.find_overlapping(heard(plain))}
    return BIAS + sum(weights[index] for index in found) / (SCALE * len(found) ** 0.5) if found else -1.0


@lru_cache(maxsize=1)
def _table() -> tuple[Automaton, tuple[int, ...]]:
    grams = {gram: weight for weight, row in WEIGHTS.items() for gram in row.split("|")}
    return Automaton(list(grams)), tuple(grams.values())
