"""What viewers wrote as it may stand in the queue: masked, of a readable length, and fit for any wire."""

from typing import Final

from livebot.decide.privacy import mask

LONGEST: Final = 4000  # characters of a comment


def masked(text: str) -> str:
    """Masked, and of a length that people can read; the journal has the whole."""
    return mask(text) if len(text) <= LONGEST else mask(text[: LONGEST + 50])[:LONGEST] + "…"


def whole(text: str) -> str:
    """Without lone surrogates, which no wire can carry."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
