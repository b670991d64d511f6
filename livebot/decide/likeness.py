"""How much a comment is like the phrasings of a question: shared characters and words, weighed by how rare they are."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import exp, log, sqrt
from typing import Final

from livebot.decide.text import fold, letters_only

COMMON: Final = 100  # a feature of more phrasings than this tells nothing and is skipped: it bounds the work of one comment
LONGEST: Final = 60  # characters of a comment that are compared; longer ones are stories, not questions

_RUNS = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
_POLITE = re.compile(r"^(?:亲亲|亲|你好|您好|请问一下|请问|主播|老板|客服|在吗|hi|hello|hey)+|(?:呀|啊|呢|哦|哈|亲|谢谢|thanks|please)+$")


class Likeness:
    """An index of phrasings: `Likeness([(key, phrasing), …])`; `best(folded)` ranks the keys by likeness."""

    def __init__(self, phrasings: Iterable[tuple[int, str]]) -> None:
        pairs = [(key, fold(text)) for key, text in phrasings]
        self._exact: dict[str, list[int]] = {}
        for key, folded in pairs:
            for form in {_bare(folded), letters_only(folded)} - {""}:
                keys = self._exact.setdefault(form, [])
                if key not in keys:
                    keys.append(key)
        bags = [(key, Counter(features(folded))) for key, folded in pairs]
        counts = Counter(feature for _, bag in bags for feature in bag)
        self._unknown = log(1 + len(bags) / 0.5) if bags else 0.0
        self._idf = {feature: log(1 + len(bags) / count) if count <= COMMON else 0.0 for feature, count in counts.items()}
        self._keys = [key for key, _ in bags]
        self._postings: dict[str, list[tuple[int, float]]] = {}
        for index, (_, bag) in enumerate(bags):
            norm = sqrt(sum((self._weight(feature) * n) ** 2 for feature, n in bag.items())) or 1.0
            for feature, n in bag.items():
                if weight := self._weight(feature):
                    self._postings.setdefault(feature, []).append((index, weight * n / norm))

    def _weight(self, feature: str) -> float:
        scale = 0.5 if len(feature) == 1 and not feature.isascii() else 1.0
        return scale * self._idf.get(feature, self._unknown)

    def best(self, folded: str, limit: int = 3) -> Sequence[tuple[int, float]]:
        """The keys most like the comment with a confidence of 0 to 1, best first; 1.0 is the very phrasing."""
        if not self._postings:
            return ()
        exact = self._exact.get(letters_only(folded)) or self._exact.get(_bare(folded))
        if exact:
            return [(key, 1.0) for key in exact[:limit]]
        if len(folded) > LONGEST:
            return ()
        scores: dict[int, float] = {}
        norm = 0.0
        postings = self._postings
        for feature in features(folded):
            weight = self._weight(feature)
            norm += weight * weight
            for index, share in postings.get(feature, ()):
                scores[index] = scores.get(index, 0.0) + weight * share
        if not scores:
            return ()
        by_key: dict[int, float] = {}
        for index, score in scores.items():
            key = self._keys[index]
            if score > by_key.get(key, 0.0):
                by_key[key] = score
        ranked = sorted(by_key.items(), key=lambda item: (-item[1], item[0]))[: limit + 1]
        norm = sqrt(norm)
        runner_up = ranked[1][1] / norm if len(ranked) > 1 else 0.0
        first, *others = ((key, score / norm) for key, score in ranked)
        return [
            (first[0], calibrated(first[1], first[1] - runner_up)),
            *((key, calibrated(score, 0.0)) for key, score in others[: limit - 1]),
        ]


def calibrated(likeness: float, margin: float) -> float:
    """A confidence (probability of being the right answer) from the likeness and its lead over the next question, both 0 to 1."""
    return min(0.99, 1 / (1 + exp(6.0 - 8.0 * likeness - 4.0 * margin)))


def features(folded: str) -> list[str]:
    """Latin words and numbers whole; of everything else single characters and pairs."""
    found: list[str] = []
    for run in _RUNS.findall(folded):
        if run.isascii():
            found.append(run)
        else:
            found.extend(run)
            found.extend(map("".join, pairwise(run)))
    return found


def _bare(folded: str) -> str:
    return letters_only(_POLITE.sub("", folded)) or letters_only(folded)
