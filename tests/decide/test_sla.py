"""The clocks of an issue, from its history: they start, stand while the viewer is asked, end, and start anew."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livebot.decide.hours import always
from livebot.decide.issue_states import DONE, ISSUE_STATES
from livebot.decide.sla import Clock, Sla, Target, clock_of
from livebot.deliver.queue import Step

SLA = Sla(targets={"P1": Target(respond=10, resolve=100), "P3": Target(resolve=1000)}, hours=always())


def steps(*told: str) -> list[Step]:
    """ "5 claim verifying" at five seconds."""
    found, state = [], "received"
    for line in told:
        at, act, after, *actor = line.split()
        found.append(Step(at=int(at) * 1000, actor=(actor or ["小王"])[0], act=act, before=state, after=after))
        state = after
    return found


def clock(*told: str, priority: str = "P1") -> Clock:
    found = steps(*told)
    return clock_of(SLA, priority, 0, found[-1].after if found else "received", found)


def test_at_first_both_run() -> None:
    assert clock().running == (("respond", 10_000), ("resolve", 100_000))
    assert clock(priority="P3").running == (("resolve", 1_000_000),)
    assert clock(priority="P4") == Clock()


def test_whoever_takes_it_up_has_responded() -> None:
    assert clock("5 claim verifying").running == (("resolve", 100_000),)
    assert clock("5 note received").running[0] == ("respond", 10_000)
    assert clock("5 state verifying livebot").running[0] == ("respond", 10_000)
    assert clock("5 claim verifying").breaches(99_999) == ()
    assert clock("11 claim verifying").breaches(99_999) == ("respond",)
    assert clock().breaches(10_001) == ("respond",)
    assert clock().breaches(10_000) == ()


def test_waiting_for_the_viewer_takes_no_time() -> None:
    waiting = clock("5 claim verifying", "20 state waiting_viewer")
    assert waiting.paused
    assert (waiting.running, waiting.next_due, waiting.breaches(10**9)) == ((), 0, ())
    assert clock("5 claim verifying", "20 state waiting_viewer", "500 state in_progress").resolve_due == 580_000
    twice = (
        "5 claim verifying",
        "20 state waiting_viewer",
        "500 state in_progress",
        "510 state waiting_viewer",
        "600 claim waiting_viewer",
    )
    assert clock(*twice).paused
    assert clock(*twice, "700 state verifying").resolve_due == 770_000


def test_what_was_too_late_before_the_viewer_was_asked_stays_too_late() -> None:
    late = clock("5 claim verifying", "120 state waiting_viewer")
    assert late.resolve_due == 100_000
    assert late.breaches(121_000) == ("resolve",)


def test_what_is_done_is_done() -> None:
    for told, late in (
        (("5 claim verifying", "60 state resolved"), ()),
        (("50 claim verifying", "160 state resolved"), ("respond", "resolve")),
    ):
        assert clock(*told).running == ()
        assert clock(*told, "900 state closed").breaches(10**9) == late


def test_reopening_starts_anew() -> None:
    again = clock("5 claim verifying", "60 state resolved", "500 state reopened livebot")
    assert again.running == (("respond", 510_000), ("resolve", 600_000))
    assert clock("5 claim verifying", "60 state resolved", "500 state reopened", "505 claim verifying").running == (("resolve", 600_000),)


@pytest.mark.parametrize("priority", ["P1", "P3", "P4", ""])
@given(data=st.data())
def test_whatever_happens_the_clocks_make_sense(priority: str, data: st.DataObject) -> None:
    state, at, found = "received", 1, []  # 0 is no instant
    for _ in range(data.draw(st.integers(0, 12))):
        at += data.draw(st.integers(0, 60_000))
        after = data.draw(st.sampled_from(ISSUE_STATES[state]))
        found.append(Step(at=at, actor=data.draw(st.sampled_from(("小王", "livebot"))), act="state", before=state, after=after))
        state = after
    known = clock_of(SLA, priority, 0, state, found)
    assert (known.running == ()) or state not in DONE
    assert all(due > known.started_at for _, due in known.running)
    if known.resolve_due:
        assert known.resolve_due >= known.started_at + SLA.targets[priority].resolve * 1000
    assert set(known.breaches(at)) <= set(known.breaches(at + 10**9)) | ({"resolve"} if known.paused else set())
