import pytest

from livebot.decide.quiet import QuietHours, quiet_hours

HOUR = 3_600_000
CHINA = 8 * 3600
MIDNIGHT = 1_763_654_400_000  # 2025-11-21 00:00 in Shanghai


@pytest.mark.parametrize(
    ("text", "hour", "over"),
    [
        ("22:30-08:00", 22.0, None),
        ("22:30-08:00", 22.5, 32.0),
        ("22:30-08:00", 23.99, 32.0),
        ("22:30-08:00", 0.0, 8.0),
        ("22:30-08:00", 7.99, 8.0),
        ("22:30-08:00", 8.0, None),
        ("12:00-14:00", 11.99, None),
        ("12:00-14:00", 12.0, 14.0),
        ("12:00-14:00", 14.0, None),
        ("00:00-24:00", 5.0, None),
        ("22:00-24:00", 23.0, 24.0),
    ],
)
def test_quiet_hours_end_when_they_end(text: str, hour: float, over: float | None) -> None:
    hours = quiet_hours(text)
    found = hours.over_at(MIDNIGHT + int(hour * HOUR), CHINA) if hours else None
    assert found == (None if over is None else MIDNIGHT + int(over * HOUR))


def test_the_offset_decides_what_night_is() -> None:
    night = QuietHours(start=22 * 3600, end=8 * 3600)
    assert night.over_at(MIDNIGHT, CHINA) == MIDNIGHT + 8 * HOUR
    assert night.over_at(MIDNIGHT, 0) is None  # 16:00 in London
    assert night.over_at(MIDNIGHT + 8 * HOUR, -8 * 3600) is None  # 16:00 the day before in California


def test_no_quiet_hours() -> None:
    assert quiet_hours("") is None
    assert quiet_hours("08:00-08:00") is None


@pytest.mark.parametrize("text", ["22:30", "22:60-08:00", "25:00-08:00", "24:30-08:00", "nachts"])
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        quiet_hours(text)
