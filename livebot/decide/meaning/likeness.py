"""How much a comment is like the phrasings of a question: shared characters and words, weighed by how rare they are."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import exp, log, log1p, sqrt
from typing import Final

from livebot.decide.text import fold, letters_only

COMMON: Final = 100  # what stands in more phrasings than this tells nothing and is skipped: it bounds the work of one comment
MOST: Final = 80  # features of a comment that is compared (about 40 Chinese characters); longer ones are stories, not questions
CHANCE: Final = 0.25  # the most that a single shared word can say
FAINT: Final = 0.05  # a likeness that is not worth a closer look
CANDIDATES: Final = 8  # phrasings that are compared closely

# A logistic scale from likeness to confidence; measured on labelled questions (docs/rules.md says how well it does).
_BIAS, _COSINE, _MARGIN, _COVERED, _PHRASE, _LENGTH = -6.2, 2.2, 3.7, 2.4, 2.7, 0.4
_WIDEST: Final = 0.4  # a wider margin says no more: a small rulebook has no near neighbours

_RUNS = re.compile(r"[a-z0-9']+|[^\W_a-z0-9]+").findall
_FILLERS: Final = frozenset(
    """
    a about am an and any are as at be been but by can can't could did do does doesn't don't for from get go got had has have he
    her hi his how i i'm if in into is it it's just know like may me my no not of off on one or our out please she should so
    some than that that's the their them then there these they this to too up us was we were what what's when where which who
    why will with would yes you your
    什么 怎么 可以 没有 有没 能不 这个 那个 一个 一下 现在 的吗 了吗 是不 不是 是什 有什 怎样 我想 我要 能否 请问 还有
    """.split()  # noqa: SIM905 - a paragraph reads better than a hundred quotes
)

_GREETINGS: Final = (
    "亲亲",
    "亲",
    "各位",
    "姐妹们",
    "姐妹",
    "我想问一下",
    "我想问下",
    "想问一下",
    "想问下",
    "问一下",
    "问下",
    "你好",
    "您好",
    "请问一下",
    "请问",
    "主播",
    "老板",
    "在吗",
    "hi ",
    "hello",
    "hey ",
)
_PARTICLES: Final = "呀啊呢哦哈亲 ,.!?。、~"


class Likeness:
    """An index of phrasings: `Likeness([(key, phrasing), …])`; `best(folded)` ranks the keys by likeness.

    groups: key → the question it answers, where several keys answer one: such neighbours are no doubt about the question.
    """

    def __init__(self, phrasings: Iterable[tuple[int, str]], groups: Mapping[int, str] | None = None) -> None:
        self._groups: Mapping[int, str] = groups or {}
        pairs = [(key, fold(text)) for key, text in phrasings]
        self._exact = exact_forms(pairs)
        self._keys = [key for key, _ in pairs]
        self._bags = [features(folded) for _, folded in pairs]
        self._vocabulary: dict[int, set[str]] = {}
        for key, bag in zip(self._keys, self._bags, strict=True):
            self._vocabulary.setdefault(key, set()).update(bag)
        spread = Counter(feature for bag in self._vocabulary.values() for feature in bag)
        counts = Counter(feature for bag in self._bags for feature in bag)
        entries = len(self._vocabulary)
        self._unknown = log1p(entries / 0.5)
        self._weights = {feature: _scale(feature) * log1p(entries / n) for feature, n in spread.items() if counts[feature] <= COMMON}
        self._weights.update((feature, 0.0) for feature, n in counts.items() if n > COMMON)
        self._norms = [sqrt(sum(self._weights[feature] ** 2 for feature in bag)) or 1.0 for bag in self._bags]
        self._sizes = [sum(self._weights[feature] for feature in bag) or 1.0 for bag in self._bags]
        self._postings: dict[str, list[int]] = {}
        for index, bag in enumerate(self._bags):
            for feature in bag:
                if self._weights[feature] and (len(feature) > 1 or feature.isascii()):
                    self._postings.setdefault(feature, []).append(index)

    def best(self, folded: str, limit: int = 3) -> Sequence[tuple[int, float]]:
        """The keys most like the comment with a confidence of 0 to 1, best first; 1.0 is the very phrasing."""
        if not self._postings:
            return ()
        if exact := self._exact.get(exact_key(folded)):
            return [(key, 1.0) for key in exact[:limit]]
        query = features(folded)
        if len(query) > MOST:
            return ()
        weights = self._weights
        dots: dict[int, float] = {}
        for feature in query:
            if found := self._postings.get(feature):
                square = weights[feature] ** 2
                for index in found:
                    dots[index] = dots.get(index, 0.0) + square
        if not dots:
            return ()
        own = {feature: self._weight(feature) for feature in query}
        squares = {feature: weight * weight for feature, weight in own.items()}
        norm = sqrt(sum(squares.values()))
        norms = self._norms
        cosines = {index: cosine for index, dot in dots.items() if (cosine := dot / (norm * norms[index])) >= FAINT}
        promising = sorted(cosines, key=lambda index: (-cosines[index], index))[:CANDIDATES]
        return self._ranked(own, squares, norm, promising, len(letters_only(folded)))[:limit]

    def _ranked(
        self, own: dict[str, float], squares: dict[str, float], norm: float, candidates: Iterable[int], length: int
    ) -> list[tuple[int, float]]:
        query = own.keys()
        by_key: dict[int, tuple[float, int]] = {}
        for index in candidates:
            cosine = sum(map(squares.__getitem__, self._bags[index] & query)) / (norm * self._norms[index])
            key = self._keys[index]
            if key not in by_key or cosine > by_key[key][0]:
                by_key[key] = cosine, index
        ranked = sorted(by_key.items(), key=lambda item: (-item[1][0], item[0]))
        total = sum(own.values()) or 1.0
        answers = []
        for place, (key, (cosine, index)) in enumerate(ranked):
            margin = cosine - next((other for rival, (other, _) in ranked[place + 1 :] if self._asks_else(key, rival)), 0.0)
            if any(self._asks_else(key, better) for better, _ in ranked[:place]):
                margin = 0.0
            bag = self._bags[index]
            shared = bag & query
            said = sum(map(own.__getitem__, shared)) / self._sizes[index]
            covered = sum(map(own.__getitem__, self._vocabulary[key] & query)) / total
            sure = confidence(cosine, margin, covered, said, length)
            answers.append((key, sure if sum(map(_telling, shared)) >= 2 else min(sure, CHANCE)))
        return answers

    def _asks_else(self, key: int, rival: int) -> bool:
        return self._groups.get(key, key) != self._groups.get(rival, rival)

    def _weight(self, feature: str) -> float:
        weight = self._weights.get(feature)
        return _scale(feature) * self._unknown if weight is None else weight


def confidence(cosine: float, margin: float, covered: float, phrase: float, length: int) -> float:
    """The probability that a phrasing is the right one. All but `length` (letters of the comment) are 0 to 1.

    margin: lead over the next question. covered: share of the comment that the question's phrasings know. phrase: share of the phrasing
    that the comment says.
    """
    scale = _BIAS + _COSINE * cosine + _MARGIN * min(margin, _WIDEST) + _COVERED * covered + _PHRASE * phrase + _LENGTH * log(1 + length)
    return min(0.99, 1 / (1 + exp(-scale)))


def features(folded: str) -> set[str]:
    """Latin words and numbers whole; of everything else single characters and pairs."""
    found: set[str] = set()
    for run in _RUNS(folded):
        if run.isascii():
            found.add(run)
        else:
            found.update(run)
            found.update(map("".join, pairwise(run)))
    return found


def _telling(feature: str) -> bool:
    """Whether a feature says something by itself: not a filler, not a single ideograph."""
    return feature not in _FILLERS and (len(feature) > 1 or feature.isascii())


def _scale(feature: str) -> float:
    return 1.0 if _telling(feature) else 0.5


def exact_forms(pairs: Sequence[tuple[int, str]]) -> dict[str, list[int]]:
    forms: dict[str, list[int]] = {}
    for key, folded in pairs:
        keys = forms.setdefault(exact_key(folded), [])
        if key not in keys:
            keys.append(key)
    forms.pop("", None)
    return forms


def exact_key(folded: str) -> str:
    """The letters without a greeting before and a particle behind, which change nothing in a question."""
    return letters_only(trimmed(folded))


def trimmed(folded: str) -> str:
    """The text without a greeting before and a particle behind; as it is where nothing else is left."""
    bare = folded.rstrip(_PARTICLES)
    while bare.startswith(_GREETINGS):
        greeting = next(greeting for greeting in _GREETINGS if bare.startswith(greeting))
        bare = bare[len(greeting) :].lstrip(_PARTICLES)
    return bare or folded
