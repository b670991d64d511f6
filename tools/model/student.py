"""The student: rows for terms, fitted so that their sum lies where the teachers put the whole text."""

from collections import Counter

import numpy as np
from scipy import sparse

from livebot.decide.meaning.embedding import Meaning, terms
from livebot.decide.text import fold

ROWS, WIDTH = 40_000, 128
RIDGE, WHITEN, PART, ROUNDS = 0.3, 0.6, 160, 40


def target(teachers, weights, width=WIDTH):
    """Several teachers' vectors of the same texts as one: each centred, reduced and half whitened, joined, and the same again."""
    parts = [unit(reduced(unit(vectors), weights, PART)) for vectors in teachers]
    return unit(reduced(np.hstack(parts), weights, width))


def reduced(vectors, weights, width):
    centred = vectors - np.average(vectors, axis=0, weights=weights)
    values, axes = np.linalg.eigh((centred * weights[:, None]).T @ centred / weights.sum())
    best = np.argsort(-values)[:width]
    return (centred @ axes[:, best] / values[best] ** (WHITEN / 2)).astype(np.float32)


def unit(vectors):
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


class Student:
    """`Student(texts, weights, vectors, syllables)` learns; `meaning(weights)` is what livebot loads."""

    def __init__(self, texts, weights, vectors, syllables, size=ROWS):
        self.syllables = syllables
        bags = [Counter(terms(fold(text), syllables)) for text in texts]
        spread = Counter()
        for bag, weight in zip(bags, weights, strict=True):
            for term in bag:
                spread[term] += float(weight)
        self.vocabulary = [term for term, _ in spread.most_common(size)]
        index = {term: place for place, term in enumerate(self.vocabulary)}
        rows, columns, counts = [], [], []
        for row, bag in enumerate(bags):
            for term, count in bag.items():
                if (place := index.get(term)) is not None:
                    rows.append(row)
                    columns.append(place)
                    counts.append(count)
        design = sparse.csr_matrix((np.array(counts, np.float32), (rows, columns)), shape=(len(texts), len(index)))
        scale = np.sqrt(weights / np.maximum(np.asarray(design.sum(1)).ravel(), 1)).astype(np.float32)
        self.rows = ridge((sparse.diags(scale) @ design).tocsr(), vectors * np.sqrt(weights)[:, None].astype(np.float32))

    def quantised(self):
        scales = (np.abs(self.rows).max(1) / 127).astype(np.float32)
        return np.round(self.rows / np.maximum(scales, 1e-12)[:, None]).astype(np.int8), scales

    def meaning(self, weights, name="trial"):
        rows, scales = self.quantised()
        return Meaning(vocabulary=self.vocabulary, syllables=self.syllables, rows=rows, scales=scales, weights=weights, name=name)


def ridge(design, vectors):
    """(X'X + λ)B = X'Y by conjugate gradients, all columns at once."""
    turned = design.T.tocsr()
    rest = turned @ vectors
    found = np.zeros_like(rest)
    step, size = rest.copy(), (rest * rest).sum(0)
    for _ in range(ROUNDS):
        moved = turned @ (design @ step) + RIDGE * step
        length = size / np.maximum((step * moved).sum(0), 1e-12)
        found += length * step
        rest -= length * moved
        size, before = (rest * rest).sum(0), size
        step = rest + size / np.maximum(before, 1e-12) * step
    return found
