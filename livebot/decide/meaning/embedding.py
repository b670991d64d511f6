"""A folded comment as a vector of its meaning: the sum of the learned rows of its characters, words and syllables."""

import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain, pairwise
from math import log, sqrt
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from daachorse import CharwiseDoubleArrayAhoCorasick as Automaton

Vector = npt.NDArray[np.float32]

RUNS: Final = re.compile(r"[a-z]+(?:'[a-z]+)?|[0-9]+|[\u3400-\u4dbf\u4e00-\u9fff]+").findall
_PRIVATE: Final = 0xE000  # where Unicode leaves characters free
MOST: Final = 400  # terms of a comment that are summed: about 80 ideographs


def terms(folded: str, syllables: Mapping[str, str]) -> list[str]:
    """What of a folded text has a row, in its order and with repetitions.

    Of ideographs: each, and pairs and triples with the edges of their run; pairs and triples of their syllables (`syllables`: fuzzy
    pinyin by ideograph). Of Latin words: the word, its triples, its beginning, it and the word before. Of numbers: that there is one,
    how long, which.
    """
    found: list[str] = []
    before = ""
    for run in RUNS(folded):
        first = run[0]
        if first >= "\u3400":
            edged = f"^{run}$"
            found.extend(run)
            found.extend(map("".join, pairwise(edged)))
            found.extend([edged[at : at + 3] for at in range(len(run))])
            sounds = [syllables.get(char, "") for char in run]
            pairs = [f"{one}.{two}" for one, two in pairwise(sounds)]
            found.extend(pairs)
            found.extend([f"{pair}.{third}" for pair, third in zip(pairs, sounds[2:], strict=False)])
            before = ""
        else:
            found.extend(_spelt(run, before))
            before = "" if first.isdigit() else run
    return found


def _spelt(run: str, before: str) -> list[str]:
    """The terms of a number, or of a Latin word with the word before it."""
    if run[0].isdigit():
        return ["#", f"#{len(run)}", f"#{run}"] if len(run) <= 5 else ["#", f"#{len(run)}"]
    return [*_word(run), f"{before}_{run}"] if before else _word(run)


def _word(word: str) -> list[str]:
    edged = f"<{word}>"
    found = [edged]
    if len(word) > 3:
        found.extend([f"~{edged[at : at + 3]}" for at in range(len(word))])
    if len(word) > 5:
        found.append(f"<{word[:5]}")
    return found


class _Sounds(dict[int, str]):
    """For str.translate: an ideograph's syllable as one character; `silent` for those that have none."""

    def __init__(self, sounds: Mapping[int, str], silent: str) -> None:
        super().__init__(sounds)
        self._silent = silent

    def __missing__(self, char: int) -> str:
        return self._silent


def _of_ideographs(term: str) -> bool:
    return term[0] == "^" or term[0] >= "\u3400" or "." in term


def _written(term: str, codes: Mapping[str, str]) -> str:
    """A term as it is looked up: two or three syllables by a character each."""
    return "".join([codes.get(sound, term) for sound in term.split(".")]) if "." in term else term


class Meaning:
    """The learned rows, ready for use: `encode(folded)` gives a vector of length 1, or of zeros where nothing is known.

    rows: int8, `width` columns per term; scales: float32, what a row is multiplied with. weights: named coefficients of the judgements that
    are made upon the vectors (meaning.nearness, meaning.leaning). name: what the model is called in journals and reports.
    """

    def __init__(
        self,
        *,
        vocabulary: Iterable[str],
        syllables: Mapping[str, str],
        rows: npt.NDArray[np.int8],
        scales: Vector,
        weights: Mapping[str, Any],
        name: str,
    ) -> None:
        self.vocabulary = list(vocabulary)
        self.syllables = syllables
        self._codes = {sound: chr(_PRIVATE + number) for number, sound in enumerate(sorted({"", *syllables.values()}))}
        sounds = {ord(char): self._codes[sound] for char, sound in syllables.items()} | {ord(edge): edge for edge in "^$"}
        self._sounds = _Sounds(sounds, self._codes[""])
        self._spoken = array("i", (place for place, term in enumerate(self.vocabulary) if _of_ideographs(term)))
        self._index = {term: place for place, term in enumerate(self.vocabulary) if not _of_ideographs(term)}
        self._rows, self._scales = rows.view(np.ndarray), scales.view(np.ndarray)  # a plain view of a mapped file is quicker to index
        self.weights = weights
        self.name = name
        self.width = int(rows.shape[1])

    def sounded(self, run: str) -> str:
        """Ideographs as they sound, a (private) character for each."""
        return run.translate(self._sounds)

    def places(self, folded: str) -> list[int]:
        """The rows of a text's `terms`, in any order and with repetitions."""
        if 5 * len(folded) > MOST:  # no character makes more than five terms
            return [place for term in terms(folded, self.syllables)[:MOST] if (place := self._place(term)) is not None]
        found: list[int] = []
        runs, before = [], ""
        for run in RUNS(folded):
            if run[0] >= "\u3400":
                runs.append(run)
                before = ""
            else:
                found += [place for term in _spelt(run, before) if (place := self._index.get(term)) is not None]
                before = "" if run[0].isdigit() else run
        if runs:
            joined = "$^".join(runs)
            hits = self._finder.find_overlapping(f"^{joined}$ {joined.translate(self._sounds)}")
            found += [self._spoken[hit] for _, _, hit in hits]
        return found

    @cached_property
    def _finder(self) -> Automaton:
        """Of all terms of ideographs and syllables in one pass; slow to build, and so only once there is something to find."""
        return Automaton([_written(self.vocabulary[place], self._codes) for place in self._spoken] or ["$"])

    def _place(self, term: str) -> int | None:
        if not _of_ideographs(term):
            return self._index.get(term)
        whole = _written(term, self._codes)
        hits = self._finder.find_overlapping(whole)
        return next((self._spoken[hit] for start, end, hit in hits if end - start == len(whole)), None)

    def rarity(self, word: str) -> float:
        """How much a Latin word tells, 0.05 ("the") to 1: the vocabulary begins with the most frequent."""
        rank = self._index.get(f"<{word}>", len(self.vocabulary))
        return min(1.0, max(0.05, (log(rank + 1) - 3) / 6))

    def encode(self, folded: str) -> Vector:
        """One text."""
        return self.summed(self.places(folded))

    def summed(self, places: Sequence[int]) -> Vector:
        """The sum of rows, of length 1, or zeros for none."""
        vector: Vector = self.summed_all([places])[0]
        return vector

    def summed_all(self, places: Sequence[Sequence[int]]) -> npt.NDArray[np.float32]:
        """The sum of each text's rows, of length 1, or zeros for none; a row each, the same whatever texts stand beside it."""
        sizes = list(map(len, places))
        chosen = np.fromiter(chain.from_iterable(places), np.intp, sum(sizes))
        rows, scales = self._rows.take(chosen, 0).astype(np.float32), self._scales.take(chosen)
        vectors = np.zeros((len(sizes), self.width), np.float32)
        end = 0
        for vector, size in zip(vectors, sizes, strict=True):
            start, end = end, end + size
            if size:
                np.dot(scales[start:end], rows[start:end], vector)
                vector /= np.float32(sqrt(vector.dot(vector)) or 1.0)
        return vectors

    def encode_all(self, folded: Iterable[str]) -> npt.NDArray[np.float32]:
        """Several texts, a row each."""
        return self.summed_all([self.places(text) for text in folded])
