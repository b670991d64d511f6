"""The sliding window: never more than so many in so long, whoever asks and whenever."""

from hypothesis import given
from hypothesis import strategies as st

from livebot.decide.limits import Window


@given(st.integers(1, 6), st.integers(1, 20), st.lists(st.integers(0, 8_000), max_size=60))
def test_no_window_of_any_position_holds_more_than_its_count(count: int, seconds: int, waits: list[int]) -> None:
    window, now, sent = Window(count, float(seconds)), 1_000_000, list[int]()
    for wait in waits:
        now = max(now + wait, window.ready_at(now + wait))
        assert window.ready_at(now) == now
        window.spend(now)
        sent.append(now)
        assert len(window.times) <= count
    for at in sent:
        assert sum(at <= other < at + seconds * 1000 for other in sent) <= count


@given(st.integers(1, 5), st.lists(st.integers(0, 1000), min_size=1, max_size=30))
def test_it_asks_for_no_more_patience_than_needed(count: int, waits: list[int]) -> None:
    window, now = Window(count, 2.0), 0
    for wait in waits:
        now = window.ready_at(now + wait)
        window.spend(now)
    earliest = window.ready_at(now)
    if earliest > now:
        assert sum(earliest - 1 - 2000 < at <= earliest - 1 for at in window.times) == count, "a millisecond earlier would be too early"


def test_a_refunded_send_never_was() -> None:
    window = Window(2, 10.0)
    window.spend(1000)
    window.spend(2000)
    assert window.ready_at(2000) == 11_000
    window.refund(2000)
    assert window.ready_at(2000) == 2000
    window.refund(777)
    assert list(window.times) == [1000]


def test_a_count_of_none_lets_nothing_through() -> None:
    window = Window(0, 60.0)
    for now in (0, 59_999, 10**12):
        assert window.ready_at(now) > now
    window.spend(5)
    assert window.ready_at(10**6) > 10**6


def test_without_a_length_nothing_is_limited() -> None:
    assert Window(0, 0.0).ready_at(5) == 5
    window = Window(1, 0.0)
    window.spend(5)
    assert window.ready_at(5) == 5
