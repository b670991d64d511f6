"""What is compared of a comment: each part is worked out once, when it is first asked for."""

from collections.abc import Iterable

from livebot.decide.meaning.cues import Signs, signs
from livebot.decide.meaning.embedding import Meaning, Vector
from livebot.decide.meaning.likeness import trimmed


class Reading:
    """text: a folded comment without the greeting before and the particles behind, which change nothing in it."""

    __slots__ = ("_meaning", "_places", "_signs", "_vector", "folded", "text")

    def __init__(self, folded: str, meaning: Meaning) -> None:
        self.folded, self.text = folded, trimmed(folded)
        self._meaning = meaning
        self._places: list[int] | None = None
        self._vector: Vector | None = None
        self._signs: Signs | None = None

    @property
    def places(self) -> list[int]:
        """The rows of its terms."""
        if self._places is None:
            self._places = self._meaning.places(self.text)
        return self._places

    @property
    def vector(self) -> Vector:
        """Its meaning."""
        if self._vector is None:
            self._vector = self._meaning.summed(self.places)
        return self._vector

    @property
    def signs(self) -> Signs:
        """Its outward signs."""
        if self._signs is None:
            self._signs = signs(self.text)
        return self._signs


def read_all(folded: Iterable[str], meaning: Meaning) -> list[Reading]:
    """A reading of each, with vectors: side by side they cost much less."""
    readings = [Reading(text, meaning) for text in folded]
    for reading, vector in zip(readings, meaning.summed_all([reading.places for reading in readings]), strict=True):
        reading._vector = vector
    return readings
