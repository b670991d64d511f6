"""Personal data and disguises as strangers write them: batches in blind/, each written before the code had seen it."""

import re
from itertools import groupby
from pathlib import Path

import pytest

from livebot.decide.disguises import plain, see_through
from livebot.decide.privacy import find, mask
from livebot.decide.text import fold, letters_only

BLIND = Path(__file__).parent / "blind"


def rows(kind: str) -> list[str]:
    """The lines of all batches of a kind but those that are known to be missed."""
    lines = [line for path in sorted(BLIND.glob(f"{kind}_*.txt")) for line in path.read_text("utf-8").splitlines()]
    return [line for line in lines if not line.startswith(("#", "- "))]


def expected(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text of "kind+kind marked text" without its marks 〖 〗, and its spans."""
    kinds, _, marked = line.partition(" ")
    text, spans = "", []
    for part in re.split("(〖.*?〗)", marked):
        if part.startswith("〖"):
            spans.append((len(text), len(text) + len(part) - 2, kinds.split("+")[len(spans)]))
        text += part.strip("〖〗")
    return text, spans


def bare(text: str) -> str:
    """Without spaces, signs and repetitions: what a disguise is compared by."""
    return "".join(char for char, _ in groupby(letters_only(fold(text))))


@pytest.mark.parametrize("line", rows("personal"), ids=ascii)
def test_somebody_s_is_found_to_the_code_point(line: str) -> None:
    text, spans = expected(line)
    assert [(one.start, one.end, one.kind) for one in find(text)] == spans
    shown = mask(text)
    assert all(text[start:end] not in shown for start, end, _ in spans)


@pytest.mark.parametrize("text", rows("alike"), ids=ascii)
def test_nobody_s_is_left_alone(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize("line", rows("disguised"), ids=ascii)
def test_a_disguise_is_read_as_what_it_means(line: str) -> None:
    disguised, meaning = line.split(" | ")[:2]
    assert bare(see_through(disguised).text) == bare(plain(fold(disguised))) == bare(meaning)


@pytest.mark.parametrize("text", rows("innocent"), ids=ascii)
def test_what_is_not_disguised_stays(text: str) -> None:
    assert bare(plain(fold(text))) == bare(see_through(text).text) == bare(text)


def test_there_are_enough() -> None:
    assert len(rows("personal")) > 400
    assert len(rows("alike")) > 400
    assert len(rows("disguised")) > 300
    assert len(rows("innocent")) > 400
