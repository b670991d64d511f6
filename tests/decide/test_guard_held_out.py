"""The guard on texts that it was not written for: what it stops, what it lets pass, and with which verdict."""

import guard_held_out as held_out
import pytest
from guard_batches import BATCHES as LATER
from guard_held_out import SHOP

from livebot.decide.guard import judge

BATCHES: dict[str, tuple[tuple[tuple[str, str, str], ...], tuple[str, ...]]] = {
    "first": (held_out.BAD, held_out.GOOD),
    "second": (held_out.SECOND_BAD, held_out.SECOND_GOOD),
    "third": (held_out.THIRD_BAD, held_out.THIRD_GOOD),
    "fourth": (held_out.FOURTH_BAD, held_out.FOURTH_GOOD),
    "fifth": (held_out.FIFTH_BAD, held_out.FIFTH_GOOD),
    **{name: (batch.bad, tuple(text for _, text in batch.good)) for name, batch in LATER.items()},
}
WANTED = {"B": {"block"}, "E": {"needs_evidence"}, "S": {"block", "needs_evidence"}}


@pytest.mark.parametrize("name", BATCHES)
def test_what_must_not_leave_is_stopped(name: str) -> None:
    bad, _ = BATCHES[name]
    missed = [text for _, _, text in bad if judge(text, promises=SHOP).verdict == "ok"]
    assert len(missed) / len(bad) <= 0.01, missed


@pytest.mark.parametrize("name", BATCHES)
def test_ordinary_texts_leave(name: str) -> None:
    _, good = BATCHES[name]
    stopped = [(judge(text, promises=SHOP).rule, text) for text in good if judge(text, promises=SHOP).verdict != "ok"]
    assert len(stopped) / len(good) <= 0.02, stopped


@pytest.mark.parametrize("name", BATCHES)
def test_most_have_the_very_verdict_that_the_law_asks_for(name: str) -> None:
    bad, _ = BATCHES[name]
    wrong = [
        (wanted, judge(text, promises=SHOP).rule, text)
        for wanted, _, text in bad
        if judge(text, promises=SHOP).verdict not in WANTED[wanted]
    ]
    assert len(wrong) / len(bad) <= 0.1, wrong
