"""Business hours as arithmetic: several intervals a day, holidays and extra work days, in any time zone."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

DAY_S: Final = 86_400
FAR: Final = 800  # days without a single open hour after which nothing is due any more
_DAYS: Final = {name: n for n, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_DATE: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TIMES: Final = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")

Spans = tuple[tuple[int, int], ...]
"""Open from … until …, seconds since local midnight, in order and apart."""


@dataclass(frozen=True, slots=True)
class Hours:
    """week: the open spans of Monday … Sunday; days: other spans on single days (days since 1970-01-01), none on a holiday.

    offset: local time minus UTC, seconds, at an instant (Unix ms).
    """

    week: tuple[Spans, ...]
    days: Mapping[int, Spans]
    offset: Callable[[int], int]
    _known: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict, compare=False, repr=False)

    def elapsed(self, start: int, end: int) -> int:
        """Open milliseconds between two instants (Unix ms); 0 where end is not later."""
        if end <= start:
            return 0
        days = range(self._day(start) - 1, self._day(end) + 2)  # a clock that is put back may show yesterday again
        return sum(max(0, min(b, end) - max(a, start)) for day in days for a, b in self._open(day))

    def after(self, start: int, span: int) -> int | None:
        """The first instant at which `span` open ms have passed since `start`; None where it is never open."""
        if span <= 0:
            return start
        closed = 0
        day = self._day(start) - 1
        while closed < FAR:
            opened = False
            for a, b in self._open(day):
                if (ready := b - max(a, start)) > 0:
                    opened = True
                    if span <= ready:
                        return max(a, start) + span
                    span -= ready
            closed = 0 if opened else closed + 1
            day += 1
        return None

    def _day(self, at: int) -> int:
        return (at // 1000 + self.offset(at)) // DAY_S

    def _open(self, day: int) -> tuple[tuple[int, int], ...]:
        """The open spans of a local day as instants (Unix ms)."""
        if day not in self._known:
            if len(self._known) > 2000:
                self._known.clear()
            spans = self.days.get(day, self.week[(day + 3) % 7])
            found = ((self._instant(day * DAY_S + a), self._instant(day * DAY_S + b)) for a, b in spans)
            self._known[day] = tuple((a, b) for a, b in found if a < b)
        return self._known[day]

    def _instant(self, local: int) -> int:
        """When (Unix ms) a local clock first shows `local` (seconds) or more: once a year some times are shown twice, and some never."""
        before, after = self.offset((local - 2 * DAY_S) * 1000), self.offset((local + 2 * DAY_S) * 1000)
        early, late = local - max(before, after), local - min(before, after)
        while early < late:
            middle = (early + late) // 2
            if middle + self.offset(middle * 1000) >= local:
                late = middle
            else:
                early = middle + 1
        return early * 1000


def always() -> Hours:
    """Day and night."""
    return Hours(week=(((0, DAY_S),),) * 7, days={}, offset=lambda at: 0)


def hours(week: Sequence[str], holidays: Sequence[str], workdays: Sequence[str], offset: Callable[[int], int]) -> Hours:
    """From "mon-fri 09:00-12:00 13:30-18:00", "2026-10-01/2026-10-07" and "2026-10-10" or "2026-10-10 10:00-16:00".

    An extra work day without hours has Monday's; it wins over a holiday. Raises ValueError with the text that it cannot read.
    """
    found: list[Spans] = [()] * 7
    for line in week:
        days, _, times = line.strip().lower().partition(" ")
        for day in _weekdays(days, line):
            found[day] = _merge((*found[day], *_spans(times, line)))
    single: dict[int, Spans] = {}
    for line in holidays:
        first, _, last = line.strip().partition("/")
        start, end = _date(first, line), _date(last or first, line)
        if not start <= end < start + 366:
            raise ValueError(line)
        single |= dict.fromkeys(range(start, end + 1), ())
    for line in workdays:
        date, _, times = line.strip().partition(" ")
        single[_date(date, line)] = _merge(_spans(times, line)) if times.strip() else found[0]
    return Hours(week=tuple(found), days=single, offset=offset)


def day_number(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01 of a date of the Gregorian calendar. Raises ValueError where there is no such day."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if not (year >= 1 and 1 <= month <= 12 and 1 <= day <= (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]):
        raise ValueError(f"{year}-{month}-{day}")
    y = year - (month <= 2)
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return 365 * y + y // 4 - y // 100 + y // 400 + of_year - 719_468


def _weekdays(text: str, line: str) -> list[int]:
    first, _, last = text.partition("-")
    if first not in _DAYS or (last and last not in _DAYS):
        raise ValueError(line)
    start, end = _DAYS[first], _DAYS[last or first]
    return [n % 7 for n in range(start, end + 1 if end >= start else end + 8)]


def _spans(text: str, line: str) -> Spans:
    found = []
    for part in text.replace(",", " ").split():
        times = _TIMES.fullmatch(part)
        if times is None:
            raise ValueError(line)
        start, end = (int(times[n]) * 3600 + int(times[n + 1]) * 60 for n in (1, 3))
        if int(times[2]) > 59 or int(times[4]) > 59 or not start < end <= DAY_S:
            raise ValueError(line)
        found.append((start, end))
    if not found:
        raise ValueError(line)
    return tuple(found)


def _merge(spans: Spans) -> Spans:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _date(text: str, line: str) -> int:
    parts = _DATE.fullmatch(text.strip())
    if parts is None:
        raise ValueError(line)
    try:
        return day_number(*(int(part) for part in parts.groups()))
    except ValueError:
        raise ValueError(line) from None
