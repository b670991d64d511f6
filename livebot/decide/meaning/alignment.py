"""Latin words of a comment beside those of the phrasings, each with the one nearest in meaning: which word finds no partner."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, repeat
from math import log1p
from operator import mul
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from livebot.decide.meaning.embedding import Meaning, Vector

KNOWN: Final = 5_000  # words of comments whose vectors are remembered
ONE: Final = np.float32(1.0)
UNSEEN: Final = 0.7  # in how many entries a word stands that stands in none

Floats = npt.NDArray[np.float32]


class Partners(NamedTuple):
    """How well a comment's words are matched, weighed by how much each word tells.

    matched: the mean nearness of the comment's words to the entry's; lead: the same above the best rival; loneliest, lonely: the
    comment's word that is matched worst, and all of them together; said, unsaid: the phrasing's words to the comment's, and the
    worst of them; fitting, unfitting: the comment's words to those of that one phrasing; explained: a word that a rival matches better.
    """

    matched: float = 0.0
    lead: float = 0.0
    loneliest: float = 0.0
    lonely: float = 0.0
    said: float = 0.0
    unsaid: float = 0.0
    fitting: float = 0.0
    unfitting: float = 0.0
    explained: float = 0.0


class Alignment:
    """`Alignment([words of a phrasing, …], owners, meaning)`; `partners(words, entries, examples)`."""

    def __init__(self, bags: Sequence[frozenset[str]], owners: Sequence[int], meaning: Meaning) -> None:
        self._meaning = meaning
        latin = [sorted(filter(str.isascii, bag)) for bag in bags]
        vocabulary = sorted({word for words in latin for word in words})
        self._index = {word: place for place, word in enumerate(vocabulary)}
        nothing = np.zeros((1, meaning.width), np.float32)  # the last word, which is near to none and tells nothing: each has it
        self._vectors: Floats = np.concatenate((meaning.encode_all(vocabulary), nothing))
        self._entries = max(owners, default=-1) + 1
        self._spread = Counter(word for word, _ in {(word, owner) for words, owner in zip(latin, owners, strict=True) for word in words})
        self._weights = np.array([*map(self._weight, vocabulary), 0.0], np.float32)
        self._examples = [np.array([*(self._index[word] for word in words), len(vocabulary)], np.int64) for words in latin]
        of_entry: list[set[int]] = [{len(vocabulary)} for _ in range(self._entries)]
        for places, owner in zip(self._examples, owners, strict=True):
            of_entry[owner].update(places.tolist())
        self._of_entry = [np.array(sorted(places), np.int64) for places in of_entry]
        self._others: dict[str, tuple[Vector, float]] = {}

    def partners(
        self, words: frozenset[str], entries: Sequence[int], examples: Sequence[int], rivals: Sequence[list[int]]
    ) -> Iterator[Partners]:
        """For the first of `entries`, as many as there are `examples` (their nearest phrasings) and `rivals` (by number in `entries`)."""
        mine = sorted(filter(str.isascii, words))
        if not mine or not len(self._index):
            yield from repeat(Partners(), len(examples))
            return
        known = [self._known(word) for word in mine]
        weights = np.array([weight for _, weight in known], np.float32)
        total = float(weights.sum())
        near: Floats = np.stack([vector for vector, _ in known]) @ self._vectors.T
        best = _highest(near, [self._of_entry[entry] for entry in entries])  # a row for each word, a column for each entry
        means = (weights @ best / total).tolist()
        beside = [self._examples[example] for example in examples]
        fits = _highest(near, beside).tolist()
        backs = near.take(np.concatenate(beside), axis=1).max(axis=0).clip(0.0, 1.0).tolist()
        telling, rows, end = weights.tolist(), best.tolist(), 0
        for number, (places, others) in enumerate(zip(beside, rivals, strict=True)):
            start, end = end, end + len(places)
            sizes, back = self._weights.take(places).tolist(), backs[start:end]
            lonely = [weight * (1 - row[number]) for weight, row in zip(telling, rows, strict=True)]
            unfit = [weight * (1 - row[number]) for weight, row in zip(telling, fits, strict=True)]
            better = (weight * (row[other] - row[number]) for weight, row in zip(telling, rows, strict=True) for other in others)
            yield Partners(
                matched=means[number],
                lead=means[number] - max((means[other] for other in others), default=0.0),
                loneliest=max(lonely),
                lonely=sum(lonely),
                said=sum(map(mul, sizes, back)) / (sum(sizes) or 1.0),
                unsaid=max(size * (1 - one) for size, one in zip(sizes, back, strict=True)),
                fitting=1 - sum(unfit) / total,
                unfitting=max(unfit),
                explained=max(better, default=0.0),
            )

    def _weight(self, word: str) -> float:
        rare = log1p(self._entries / (self._spread[word] or UNSEEN)) / log1p(self._entries / UNSEEN)
        return self._meaning.rarity(word) * rare

    def _known(self, word: str) -> tuple[Vector, float]:
        if (place := self._index.get(word)) is not None:
            return self._vectors[place], float(self._weights[place])
        if word not in self._others:
            if len(self._others) >= KNOWN:
                self._others.clear()
            self._others[word] = self._meaning.encode(word), self._weight(word)
        return self._others[word]


def _highest(near: Floats, groups: Sequence[npt.NDArray[np.int64]]) -> Floats:
    """Of each row the highest number, at most 1, among the columns of each group."""
    starts = [0, *accumulate(map(len, groups))][:-1]
    return np.minimum(np.maximum.reduceat(near.take(np.concatenate(groups), axis=1), starts, axis=1), ONE)
