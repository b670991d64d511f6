"""Business hours as arithmetic, in zones whose clocks change too: what is open passes, what is closed does not."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livebot.decide.hours import Hours, always, day_number, hours
from livebot.keep.clock import offset_of

ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Pacific/Apia", "UTC")
WEEKS = (
    ("mon-fri 09:00-12:00 13:30-18:00", "sat 10:00-16:00"),
    ("mon-sun 00:00-24:00",),
    ("sun-tue 00:00-03:30 23:00-24:00",),
    ("wed 02:15-02:45",),
)
HOLIDAYS, WORKDAYS = ("2024-03-29/2024-04-01", "2024-10-27"), ("2024-03-31 01:00-04:00", "2024-11-03")

every_hours = st.builds(
    lambda week, zone, holidays, workdays: hours(week, holidays, workdays, offset_of(zone)),
    st.sampled_from(WEEKS),
    st.sampled_from(ZONES),
    st.sampled_from(((), HOLIDAYS)),
    st.sampled_from(((), WORKDAYS)),
)
instants = st.integers(1_703_000_000_000, 1_736_000_000_000)  # all of 2024: spring, autumn, a leap day
spans = st.integers(0, 30 * 24 * 3_600_000)


def at(text: str, zone: str = "Asia/Shanghai") -> int:
    return int(datetime.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


SHANGHAI = offset_of("Asia/Shanghai")
OFFICE = hours(("mon-fri 09:00-12:00 13:30-18:00",), ("2026-10-01/2026-10-07",), ("2026-10-10", "2026-09-20 10:00-16:00"), SHANGHAI)


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-09-14 10:00", 60, "2026-09-14 11:00"),
        ("2026-09-14 11:30", 60, "2026-09-14 14:00"),  # over lunch
        ("2026-09-14 17:30", 60, "2026-09-15 09:30"),  # overnight
        ("2026-09-18 17:30", 60, "2026-09-20 10:30"),  # the Sunday is worked
        ("2026-09-20 15:30", 60, "2026-09-21 09:30"),
        ("2026-09-30 17:00", 120, "2026-10-08 10:00"),  # over the holidays
        ("2026-10-09 17:30", 60, "2026-10-10 09:30"),  # a Saturday with Monday's hours
        ("2026-09-14 03:00", 15, "2026-09-14 09:15"),
        ("2026-09-14 12:00", 0, "2026-09-14 12:00"),
        ("2026-09-14 09:00", 450, "2026-09-14 18:00"),
        ("2026-09-14 09:00", 451, "2026-09-15 09:01"),
    ],
)
def test_when_it_is_due(start: str, minutes: int, due: str) -> None:
    assert OFFICE.after(at(start), minutes * 60_000) == at(due)
    assert OFFICE.elapsed(at(start), at(due)) == minutes * 60_000


@given(every_hours, instants, spans)
def test_what_is_added_has_passed_and_not_a_moment_earlier(known: Hours, start: int, span: int) -> None:
    due = known.after(start, span)
    assert due is not None
    assert known.elapsed(start, due) == span
    if span:
        assert known.elapsed(start, due - 1) == span - 1


@given(every_hours, instants, spans, spans)
def test_time_passes_once(known: Hours, start: int, first: int, second: int) -> None:
    middle, end = start + first, start + first + second
    assert known.elapsed(start, middle) + known.elapsed(middle, end) == known.elapsed(start, end)
    assert 0 <= known.elapsed(start, end) <= first + second
    assert known.elapsed(end, start) == 0 or end == start


@given(instants, spans)
def test_day_and_night_is_plain_time(start: int, span: int) -> None:
    assert always().after(start, span) == start + span
    assert always().elapsed(start, start + span) == span


@given(st.sampled_from(ZONES), instants, st.integers(1, 40))
def test_a_day_without_an_end_takes_as_long_as_the_clock_says(zone: str, start: int, days: int) -> None:
    """23 and 25 hours included."""
    known = hours(("mon-sun 00:00-24:00",), (), (), offset_of(zone))
    assert known.elapsed(start, start + days * 86_400_000) == days * 86_400_000


@pytest.mark.parametrize(
    ("zone", "day", "minutes"),
    [
        ("Europe/Berlin", "2024-03-31", 120),  # 01:00-04:00 without the hour from two to three
        ("Europe/Berlin", "2024-10-27", 240),  # … and with it twice
        ("Asia/Shanghai", "2024-03-31", 180),
        ("Australia/Lord_Howe", "2024-10-06", 150),  # half an hour
    ],
)
def test_a_night_on_which_the_clock_changes(zone: str, day: str, minutes: int) -> None:
    known = hours(("mon-sun 01:00-04:00",), (), (), offset_of(zone))
    assert known.elapsed(at(f"{day} 00:00", zone), at(f"{day} 12:00", zone)) == minutes * 60_000


def test_a_shop_that_never_opens_owes_nothing() -> None:
    assert hours((), (), (), SHANGHAI).after(at("2026-09-14 10:00"), 1) is None


@given(st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31)))
def test_days_are_numbered_like_the_calendars(date: datetime.date) -> None:
    assert day_number(date.year, date.month, date.day) == (date - datetime.date(1970, 1, 1)).days


@pytest.mark.parametrize(
    ("week", "holidays", "workdays"),
    [
        (("monday 09:00-10:00",), (), ()),
        (("mon",), (), ()),
        (("mon 9-10",), (), ()),
        (("mon 10:00-09:00",), (), ()),
        (("mon 09:60-10:00",), (), ()),
        (("mon 09:00-24:01",), (), ()),
        ((), ("2026-02-29",), ()),
        ((), ("2026-10-07/2026-10-01",), ()),
        ((), ("1.10.2026",), ()),
        ((), ("2026-01-01/2036-01-01",), ()),
        ((), (), ("2026-13-01",)),
        ((), (), ("2026-10-10 x",)),
    ],
)
def test_what_cannot_be_read_is_named(week: tuple[str, ...], holidays: tuple[str, ...], workdays: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"mon|20\d\d|1\.10"):
        hours(week, holidays, workdays, SHANGHAI)


def test_a_zone_that_nobody_knows() -> None:
    with pytest.raises(ValueError, match="Mars"):
        offset_of("Mars/Olympus")
