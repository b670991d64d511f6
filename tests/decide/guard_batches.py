"""The batches of outgoing texts since the sixth, read: what must not leave, and what is ordinary.

In a batch BAD maps "letter kind" to texts a line (the letters are those of `guard_held_out`); GOOD maps whose facts a text leans on.
"""

from dataclasses import dataclass
from types import ModuleType

import guard_batch_eight
import guard_batch_eleven
import guard_batch_fourteen
import guard_batch_nine
import guard_batch_seven
import guard_batch_six
import guard_batch_ten
import guard_batch_thirteen
import guard_batch_twelve


@dataclass(frozen=True)
class Batch:
    """bad: (letter, kind, text). good: (whose facts, text)."""

    bad: tuple[tuple[str, str, str], ...]
    good: tuple[tuple[str, str], ...]


def read(module: ModuleType) -> Batch:
    bad = [(*name.split(), text) for name, table in module.BAD.items() for text in table.strip().split("\n")]
    good = [(name, text) for name, table in module.GOOD.items() for text in table.strip().split("\n")]
    return Batch(tuple(bad), tuple(good))  # type: ignore[arg-type]


BATCHES = {
    "sixth": read(guard_batch_six),
    "seventh": read(guard_batch_seven),
    "eighth": read(guard_batch_eight),
    "ninth": read(guard_batch_nine),
    "tenth": read(guard_batch_ten),
    "eleventh": read(guard_batch_eleven),
    "twelfth": read(guard_batch_twelve),
    "thirteenth": read(guard_batch_thirteen),
    "fourteenth": read(guard_batch_fourteen),
}
