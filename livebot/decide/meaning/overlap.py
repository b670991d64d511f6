"""Cosines of a comment's words and sounds against those of all phrasings at once; the rare ones weigh more."""

from collections import Counter
from collections.abc import Sequence
from math import log1p, sqrt
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

COMMON: Final = 0.4  # what stands in a larger share of the phrasings (and in more than 12) tells nothing

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[Any]


class _Posting(NamedTuple):
    """Where a feature stands, and what it adds to the cosine of each such phrasing; None where it is too common to tell anything."""

    square: float
    places: Numbers | None
    shares: Numbers | None


class Overlap:
    """Bags of features and whose they are: `bags[n]` is one of the phrasings of the entry `owners[n]`. row: where `cosines` has them."""

    def __init__(self, bags: Sequence[frozenset[str]], owners: Sequence[int], row: int) -> None:
        entries = max(owners, default=-1) + 1
        self._vocabularies: list[set[str]] = [set() for _ in range(entries)]
        for bag, owner in zip(bags, owners, strict=True):
            self._vocabularies[owner].update(bag)
        spread = Counter(feature for vocabulary in self._vocabularies for feature in vocabulary)
        self.unknown = log1p(entries / 0.5)
        self.weights = {feature: log1p(entries / number) for feature, number in spread.items()}
        self._known = frozenset(self.weights)
        self.size, self._first = len(bags), row * len(bags)
        norms = np.array([sqrt(sum(self.weights[one] ** 2 for one in bag)) or 1.0 for bag in bags])
        self._wholes = [self.weight(bag) or 1.0 for bag in bags]
        postings: dict[str, list[int]] = {}
        for place, bag in enumerate(bags):
            for feature in bag:
                postings.setdefault(feature, []).append(place)
        self._postings = {feature: self._posting(feature, places, norms) for feature, places in postings.items()}

    def _posting(self, feature: str, found: list[int], norms: Numbers) -> _Posting:
        square = self.weights[feature] ** 2
        if len(found) > max(12, COMMON * self.size):
            return _Posting(square, None, None)
        places = np.array(found, np.intp)
        return _Posting(square, places + self._first, square / norms[places])

    def look_up(self, query: frozenset[str]) -> tuple[float, list[Numbers], list[Numbers]]:
        """The length of the query, the places of its features, and their shares of the cosines there (to be divided by the length)."""
        total, unknown, found = 0.0, self.unknown * self.unknown, self._postings
        places, shares = [], []
        for feature in query:
            if (posting := found.get(feature)) is None:
                total += unknown
            else:
                total += posting[0]
                if posting[1] is not None and posting[2] is not None:
                    places.append(posting[1])
                    shares.append(posting[2])
        return sqrt(total) or 1.0, places, shares

    def coverage(self, query: frozenset[str], weight: float, example: frozenset[str], place: int, owner: int) -> tuple[float, float]:
        """(the share of the comment that the entry's phrasings know, the share of the phrasing at that place that the comment says).

        weight: that of the query.
        """
        known, said = query & self._vocabularies[owner], query & example
        weigh = self.weights.__getitem__
        return sum(map(weigh, known)) / (weight or 1.0), sum(map(weigh, said)) / self._wholes[place]

    def strangeness(self, query: frozenset[str], weight: float) -> float:
        """The share of the comment that no phrasing of any entry knows."""
        return self.unknown * len(query - self._known) / (weight or 1.0)

    def weight(self, bag: frozenset[str]) -> float:
        """How much a bag's features weigh together."""
        known = bag & self._known
        return sum(map(self.weights.__getitem__, known)) + self.unknown * (len(bag) - len(known))


def cosines(queries: Sequence[Sequence[frozenset[str]]], overlaps: Sequence[Overlap]) -> Floats:
    """Of each query, for each kind of features and each phrasing: shape (queries, kinds, phrasings)."""
    size, kinds = overlaps[0].size, len(overlaps)
    places: list[Numbers] = []
    shares: list[Numbers] = []
    lengths, counts = [], []
    for bags in queries:
        first = len(places)
        for overlap, bag in zip(overlaps, bags, strict=True):
            length, where, what = overlap.look_up(bag)
            lengths.append(length)
            places += where
            shares += what
        counts.append(sum(map(len, places[first:])))
    if not places:
        return np.zeros((len(queries), kinds, size))
    cells = np.concatenate(places)
    if len(queries) > 1:
        cells += np.repeat(np.arange(len(queries)) * (kinds * size), counts)
    summed = np.bincount(cells, np.concatenate(shares), len(queries) * kinds * size)
    found = summed.astype(np.float64, copy=False).reshape(-1, kinds, size)
    found /= np.array(lengths).reshape(-1, kinds, 1)
    return found
