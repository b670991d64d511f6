"""The streamer's lines: which question stands there, when it gives way, and how seldom anything changes."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livebot.decide.stage import LINGERS_MS, STILL_MS, Alert, Asked, Stage, question_id, step

GAP = Alert(code="gap", urgency=2, zh="刚才没听到", en="deaf")
DOWN = Alert(code="room", urgency=5, zh="连不上", en="cut off")


def asked(id_: str, viewers: int, since: int = 1) -> Asked:
    return Asked(id=id_, text=f"{id_}？", viewers=viewers, since=since)


SHOWN = Stage(question=asked("a", 4), changed_at=0)

# what is asked after five seconds → what is shown then
CHOICES = [
    ("the most asked", Stage(), [asked("a", 2), asked("b", 5)], "b"),
    ("asked alike: who waits longer", Stage(), [asked("a", 5, since=9), asked("b", 5, since=3)], "b"),
    ("alike in all: the name", Stage(), [asked("b", 5), asked("a", 5)], "a"),
    ("nothing is asked", SHOWN, [], None),
    ("the shown one was answered", SHOWN, [asked("b", 1)], "b"),
    ("one more does not push it away", SHOWN, [asked("a", 4), asked("b", 5)], "a"),
    ("half as many again, but only two more", SHOWN, [asked("a", 4), asked("b", 6)], "a"),
    ("three more, but not half as many again", replace(SHOWN, question=asked("a", 20)), [asked("a", 20), asked("b", 23)], "a"),
    ("clearly ahead", SHOWN, [asked("a", 4), asked("b", 7)], "b"),
]


@pytest.mark.parametrize(("why", "shown", "questions", "wanted"), CHOICES, ids=[row[0] for row in CHOICES])
def test_which_question(why: str, shown: Stage, questions: list[Asked], wanted: str | None) -> None:
    then = step(shown, questions, [], STILL_MS).question
    assert (then.id if then else None) == wanted


def test_a_new_count_waits_its_turn_and_the_words_stay() -> None:
    more = replace(asked("a", 9), text="换了说法？")
    assert step(SHOWN, [more], [], STILL_MS - 1) == SHOWN
    then = step(SHOWN, [more], [], STILL_MS)
    assert then.question == replace(more, text="a？")
    assert then.changed_at == STILL_MS


def test_a_warning_comes_first_and_alone() -> None:
    then = step(SHOWN, [asked("b", 50)], [GAP], STILL_MS)
    assert (then.alert, then.question) == (GAP, SHOWN.question)
    after = step(then, [asked("b", 50)], [GAP], 2 * STILL_MS)
    assert after.question == asked("b", 50)


def test_a_warning_lingers_and_gives_way_to_a_worse_one() -> None:
    first = step(Stage(), [], [GAP], 0)
    assert step(first, [], [], STILL_MS).alert == GAP
    assert step(first, [], [DOWN, GAP], STILL_MS).alert == DOWN
    assert step(first, [], [], LINGERS_MS).alert is None
    longer = replace(GAP, zh="刚才没听到，更久")
    assert step(first, [], [longer], STILL_MS).alert == longer


def test_a_clock_that_was_set_back_does_not_freeze_the_page() -> None:
    late = Stage(question=asked("a", 1), changed_at=1_000_000)
    assert step(late, [asked("b", 1)], [], 10).question == asked("b", 1)


def test_a_question_is_named_without_its_words() -> None:
    assert question_id("多少钱") == question_id("多少钱") != question_id("多少", "钱")
    assert len(question_id("\ud800")) == 16


LOOKS = st.lists(
    st.tuples(
        st.integers(1, 4_000),
        st.lists(st.builds(asked, st.sampled_from("abcdef"), st.integers(1, 40), st.integers(1, 9)), max_size=6, unique_by=lambda q: q.id),
        st.lists(st.sampled_from([GAP, DOWN]), max_size=2, unique=True),
    ),
    max_size=40,
)


@given(LOOKS)
def test_at_most_one_change_in_five_seconds(looks: list[tuple[int, list[Asked], list[Alert]]]) -> None:
    now, shown, changes = 0, Stage(), list[int]()
    for passed, questions, alerts in looks:
        now += passed
        then = step(shown, questions, alerts, now)
        assert (then.question == shown.question) or (then.alert == shown.alert)
        if (then.question, then.alert) != (shown.question, shown.alert):
            changes.append(now)
        shown = then
    assert all(later - earlier >= STILL_MS for earlier, later in pairwise(changes))
