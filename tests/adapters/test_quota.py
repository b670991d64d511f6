"""A day's quota: it lasts to the planned end and a little longer, whatever is said; it is kept, shared, and warned about."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loguru import logger

from adapters.fields import DAY_MS
from adapters.quota import HOUR_MS, Quota
from livebot.errors import Unavailable

MORNING = 20_000 * DAY_MS + 9 * HOUR_MS
LIST, TEXT = 5, 20


def quota(file: Path | None = None, *, units: int = 10_000, reserve: int = 2_000, hours: float = 4, turns_at: int = 8 * HOUR_MS) -> Quota:
    return Quota("YouTube", units, reserve, int(hours * HOUR_MS), turns_at, file)


def polled(one: Quota, now: int, until: int, least: float = 1.0) -> tuple[int, int]:
    """(how often the chat was read, when reading ended) at its pace, never more often than every `least` seconds."""
    reads = 0
    while now < until:
        try:
            wait = max(one.pace(LIST, now), least)
        except Unavailable:
            break
        now += int(wait * 1000) + 1
        if now < until:
            one.spend(LIST, now)
            reads += 1
    return reads, now


def test_it_is_spent_evenly_over_the_plan() -> None:
    one = quota()
    one.begin("one", MORNING)
    assert one.pace(LIST, MORNING) == pytest.approx(9.0)
    reads, _ = polled(one, MORNING, MORNING + 2 * HOUR_MS)
    assert 790 <= reads <= 810, "half of it in half the time"


@settings(deadline=None, max_examples=40)
@given(st.floats(0.25, 12), st.floats(0.3, 1.5), st.integers(500, 50_000), st.integers(0, 100), st.floats(0.5, 30))
def test_a_stream_that_is_longer_than_planned_is_read_to_its_end(hours: float, real: float, units: int, texts: int, least: float) -> None:
    one = quota(units=units, reserve=units // 5, hours=hours, turns_at=9 * HOUR_MS)
    one.begin("one", MORNING)
    for _ in range(min(texts, units // 5 // TEXT)):
        one.spend(TEXT, MORNING, saying=True)
    end = MORNING + int(hours * real * HOUR_MS)
    _, reached = polled(one, MORNING, end, least)
    assert reached >= end or units < 3_000, "only a very small quota is ever spent before the end"
    assert one.left(end) >= 0
    assert one.left(end) >= units // 5 - one.said - LIST, "what is kept for speaking is not read away"


def test_what_is_said_beyond_the_reserve_slows_reading_down() -> None:
    one = quota()
    one.begin("one", MORNING)
    for _ in range(100):
        one.spend(TEXT, MORNING, saying=True)
    assert one.pace(LIST, MORNING) == pytest.approx(9.0), "that was the reserve"
    for _ in range(200):
        one.spend(TEXT, MORNING, saying=True)
    assert one.pace(LIST, MORNING) == pytest.approx(18.0)


def test_a_new_day_brings_a_new_quota_and_the_old_one_is_spent_before() -> None:
    one = quota()
    night = 20_001 * DAY_MS + 7 * HOUR_MS  # an hour before it turns
    one.begin("one", night)
    assert one.pace(LIST, night) == pytest.approx(3600 * 5 / 8000)
    one.exhaust(night)
    with pytest.raises(Unavailable) as caught:
        one.pace(LIST, night)
    assert caught.value.retry_after == 3600.0
    assert one.left(night) == 0
    assert one.left(night + HOUR_MS) == 10_000


def test_the_platforms_own_plan_counts_and_a_reconnection_keeps_the_plan() -> None:
    one = quota()
    one.begin("one", MORNING, MORNING + HOUR_MS)
    assert one.ends_at == MORNING + HOUR_MS
    one.begin("one", MORNING + 1000)
    assert one.ends_at == MORNING + HOUR_MS
    one.begin("two", MORNING + 3 * HOUR_MS)
    assert one.ends_at == MORNING + 7 * HOUR_MS, "another stream on the same day"


def test_it_is_kept_and_shared_by_those_who_name_the_same_file(tmp_path: Path) -> None:
    file = tmp_path / "quota.json"
    one, other = quota(file), quota(file)
    one.begin("one", MORNING)
    one.spend(LIST, MORNING)
    other.spend(TEXT, MORNING, saying=True)
    other.begin("one", MORNING + HOUR_MS)
    assert other.ends_at == MORNING + 4 * HOUR_MS, "started anew in the middle of it"
    assert (one.left(MORNING), quota(file).left(MORNING)) == (9_975, 9_975)
    assert quota(file).left(MORNING + DAY_MS) == 10_000


@pytest.mark.parametrize("content", ["", "[]", "{", '{"day": "x", "read": 1e999, "said": null}', "\x00"])
def test_a_file_that_is_no_longer_readable_is_begun_anew(tmp_path: Path, content: str) -> None:
    file = tmp_path / "quota.json"
    file.write_text(content)
    one = quota(file)
    one.spend(LIST, MORNING)
    assert (one.left(MORNING), quota(file).left(MORNING)) == (9_995, 9_995)
    nowhere = quota(tmp_path / "missing" / "quota.json")
    nowhere.spend(LIST, MORNING)
    assert nowhere.left(MORNING) == 9_995


def test_little_left_is_said_once_in_words() -> None:
    told: list[str] = []
    sink = logger.add(lambda line: told.append(str(line)), format="{message}")
    one = quota(reserve=0)
    one.begin("one", MORNING)
    for units in (8_999, 1, 1, 1, 990):
        one.spend(units, MORNING)
        one.warn(LIST, MORNING)
    one.spend(0, MORNING + DAY_MS)
    one.warn(LIST, MORNING + DAY_MS)
    logger.remove(sink)
    assert len(told) == 1
    assert "999" in told[0]
    assert "72" in told[0], "seconds from one read to the next"
