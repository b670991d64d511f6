"""What sets phrasings apart: shared words cancel out, in a ridge regression and word by word."""

import numpy as np
import pytest

from livebot.decide.meaning.alignment import Alignment, Partners
from livebot.decide.meaning.contrast import Contrast
from livebot.keep.model import load_meaning

MEANING = load_meaning()
assert MEANING is not None


def test_a_comment_that_is_near_to_two_entries_is_as_much_of_neither() -> None:
    likeness = np.array([[1, 0.8, 0.5], [0.8, 1, 0.5], [0.5, 0.5, 1]], np.float32)
    contrast = Contrast(likeness, [0, 1, 2])
    between = contrast.scores(np.array([[0.9, 0.9, 0.5]], np.float32), np.array([[0, 1, 2]]))[0]
    clear = contrast.scores(np.array([[0.95, 0.75, 0.5]], np.float32), np.array([[0, 1, 2]]))[0]
    assert between[0] == pytest.approx(between[1], abs=1e-5)
    assert clear[0] > between[0] > clear[1]
    assert clear[0] - clear[1] > 0.95 - 0.75


def test_entries_of_one_question_pull_together() -> None:
    contrast = Contrast(np.eye(3, dtype=np.float32), [0, 0, 1])
    assert contrast.scores(np.array([[0.5, 0.5, 0]], np.float32), np.array([[0, 1]]))[0] == pytest.approx([1 / 1.15, 0], abs=1e-5)


def test_no_phrasings_are_no_harm() -> None:
    assert Contrast(np.zeros((0, 0), np.float32), []).scores(np.zeros((0, 0), np.float32), np.zeros((0, 0), np.intp)).tolist() == []
    assert list(Alignment([], [], MEANING).partners(frozenset({"card"}), [], [], [])) == []


PHRASINGS = ["how do i cancel my order", "how do i change my address", "where is my parcel"]
INDEX = Alignment([frozenset(one.split()) for one in PHRASINGS], [0, 1, 2], MEANING)


def partners(comment: str, entry: int) -> Partners:
    order = [entry, *({0, 1, 2} - {entry})]
    return next(INDEX.partners(frozenset(comment.split()), order, [entry], [[1, 2]]))


@pytest.mark.parametrize(
    ("comment", "right", "wrong"),
    [
        ("cancel the order please", 0, 1),
        ("please change the address", 1, 0),
        ("where has my package gone", 2, 0),
        ("cancelling an order", 0, 2),
    ],
)
def test_words_find_their_partners(comment: str, right: int, wrong: int) -> None:
    mine, theirs = partners(comment, right), partners(comment, wrong)
    assert mine.matched > theirs.matched
    assert mine.lead > 0 > theirs.lead
    assert mine.explained < theirs.explained


def test_a_word_without_a_partner_is_noticed() -> None:
    plain, strange = partners("how do i cancel my order", 0), partners("how do i cancel my insurance", 0)
    assert plain.matched == pytest.approx(1, abs=1e-3)
    assert plain.loneliest < 0.01 < strange.loneliest
    assert strange.unsaid > plain.unsaid


def test_ideographs_have_no_partners() -> None:
    assert list(INDEX.partners(frozenset({"发货"}), [0, 1], [0], [[1]])) == [Partners()]
