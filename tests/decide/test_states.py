"""The outbox's table, and the one terminal state of a comment."""

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livebot.decide.states import COMMENT_STATES, REPLY_STATES, UNDONE, comment_state, may_become

DONE = {"sent", "refused", "expired", "denied", "aloud"}
REPLIES = st.sampled_from([*REPLY_STATES, None])
DECISIONS = st.tuples(
    st.sampled_from(["send", "hold", "credit", "flag", "schedule", "pass"]), REPLIES, st.sampled_from(["history", "no_match", None])
)


def test_the_table_is_closed_and_its_ends_are_ends() -> None:
    assert {target for targets in REPLY_STATES.values() for target in targets} <= set(REPLY_STATES)
    assert {state for state, targets in REPLY_STATES.items() if not targets} == DONE


def test_a_text_is_never_sent_but_from_the_queue_and_never_twice() -> None:
    assert [state for state in REPLY_STATES if may_become(state, "sending")] == ["queued"]
    seen, todo = set(), deque(REPLY_STATES["sent"] | REPLY_STATES["in_doubt"])
    while todo:
        if (state := todo.popleft()) not in seen:
            seen.add(state)
            todo.extend(REPLY_STATES[state])
    assert seen.isdisjoint({"queued", "sending", "held"}), "what was said, or may have been, never goes back into the queue"


def test_an_undo_brings_nothing_back_that_may_have_been_said() -> None:
    assert not {"sending", "sent", "refused", "in_doubt", "expired"} & set(UNDONE)
    assert {target for targets in UNDONE.values() for target in targets} <= {"held", "queued"}


def test_unknown_states_lead_nowhere() -> None:
    assert not may_become("dreaming", "sent")
    assert not may_become("held", "sent")


@given(st.lists(DECISIONS, max_size=5))
def test_every_comment_has_exactly_one_state_and_a_flag_wins(decisions: list[tuple[str, str | None, str | None]]) -> None:
    state = comment_state(decisions)
    assert state in {*COMMENT_STATES, "pending"}
    if any(kind == "flag" for kind, _, _ in decisions):
        assert state == "flagged"
    if state == "pending":
        assert any(kind in {"send", "hold", "credit"} and (reply or "queued") in {"queued", "sending"} for kind, reply, _ in decisions)


@pytest.mark.parametrize(
    ("reply", "asker", "credited"),
    [
        ("sent", "answered", "credited"),
        ("queued", "pending", "pending"),
        ("sending", "pending", "pending"),
        ("held", "held", "held"),
        ("denied", "denied", "denied"),
        ("aloud", "answered", "credited"),
        ("expired", "expired", "expired"),
        ("refused", "refused", "refused"),
        ("in_doubt", "in_doubt", "in_doubt"),
        (None, "pending", "pending"),
    ],
)
def test_who_was_credited_shares_the_fate_of_the_reply(reply: str | None, asker: str, credited: str) -> None:
    assert comment_state([("send", reply, None)]) == comment_state([("hold", reply, "suggest")]) == asker
    assert comment_state([("credit", reply, None)]) == credited


def test_silence_is_a_state_too() -> None:
    assert comment_state([("pass", None, "no_match")]) == "passed"
    assert comment_state([("pass", None, "history")]) == "history"
    assert comment_state([("flag", None, "post.return"), ("pass", None, "history")]) == "flagged"
    assert comment_state([]) == "passed"
