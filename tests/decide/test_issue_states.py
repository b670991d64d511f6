"""The way of an issue: every legal step is possible, every other one is refused with words."""

import itertools

import pytest

from livebot.decide.issue_states import DONE, FINAL, ISSUE_STATES, UNSTARTED, name, refusal

PATH = ("received", "verifying", "solution_offered", "in_progress", "resolved", "closed")


def test_the_path_that_the_trade_teaches() -> None:
    for state, following in itertools.pairwise(PATH):
        assert refusal(state, following) is None


@pytest.mark.parametrize("state", ISSUE_STATES)
@pytest.mark.parametrize("target", ISSUE_STATES)
def test_what_is_not_in_the_table_is_refused_and_says_what_is_possible(state: str, target: str) -> None:
    refused = refusal(state, target)
    assert (refused is None) == (target in ISSUE_STATES[state])
    if refused and state != target:
        assert all(name(following) in refused[0] for following in ISSUE_STATES[state])


@pytest.mark.parametrize("target", ["", "RESOLVED", "flying", "received "])
def test_a_state_that_does_not_exist_is_refused_with_those_that_do(target: str) -> None:
    refused = refusal("received", target)
    assert refused is not None
    assert all(state in refused[0] and state in refused[1] for state in ISSUE_STATES)


def test_a_state_of_a_later_livebot_is_refused_and_not_fatal() -> None:
    assert refusal("levitating", "resolved") is not None
    assert name("levitating") == "levitating"


def test_every_state_can_be_reached_and_left() -> None:
    reached, todo = {"received"}, ["received"]
    while todo:
        todo = [following for state in todo for following in ISSUE_STATES[state] if following not in reached]
        reached.update(todo)
    assert reached == set(ISSUE_STATES)
    assert all(ISSUE_STATES.values())


def test_what_is_done_can_be_reopened_only() -> None:
    assert FINAL < DONE < set(ISSUE_STATES)
    assert not DONE & UNSTARTED
    for state in FINAL:
        assert ISSUE_STATES[state] == ("reopened",)
