"""What sets a question's phrasings apart from all others': a ridge regression on the likeness of phrasings to each other."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

RIDGE: Final = 0.15  # how little a single phrasing is believed

Floats = npt.NDArray[np.float32]


class Contrast:
    """`Contrast(likeness, owners)`; `scores(likeness, places)` are about 1 for an entry that a comment is like and 0 for the others.

    likeness: of every phrasing to every other, shape (phrasings, phrasings); owners: the entry of each phrasing, by place, none left out.
    Words that all entries share cancel out: a comment that is near to two entries is as much of neither. The work grows with the cube of
    the phrasings.
    """

    def __init__(self, likeness: Floats, owners: Sequence[int]) -> None:
        size = len(owners)
        own = np.zeros((size, max(owners, default=-1) + 1), np.float32)
        own[np.arange(size), owners] = 1.0
        both = (likeness + likeness.T) / 2 + np.float32(RIDGE) * np.eye(size, dtype=np.float32)
        self._pulls: Floats = np.ascontiguousarray(np.linalg.solve(both, own).T, np.float32)

    def scores(self, likeness: npt.NDArray[np.floating[Any]], places: npt.NDArray[np.intp]) -> Floats:
        """likeness: of each comment to every phrasing, shape (comments, phrasings); places: the entries asked for, a row each."""
        found: Floats = np.matmul(self._pulls.take(places, axis=0), likeness.astype(np.float32)[:, :, None])[:, :, 0]
        return found
