"""When a promise of time falls due: the words for time in it as arithmetic on the shop's own calendar."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from livebot.decide.speech.commitments import number
from livebot.decide.speech.rules import pattern

DAY_MS: Final = 86_400_000
HOUR_MS: Final = 3_600_000
_ORDERED: Final = r"^.*(?:下单|付款|付了款|拍下|拍的|拍了|拍完|拍|购买|买的|买了|ordered|order)(?:以后|之后|后|的|了)?"
_SPANS: Final = (
    (r"个?工作日|(?:business|working) days?", 24.0),
    (r"个?(?:小时|钟头)|h(?:ours?|rs?)?\b", 1.0),
    (r"分钟|min(?:ute)?s?\b", 1 / 60),
    (r"天|日|days?\b", 24.0),
    (r"周|个?(?:星期|礼拜)|weeks?\b", 168.0),
    (r"个?月|months?\b", 720.0),
    (r"年|years?\b", 8760.0),
)
_WORKDAYS: Final = r"工作日|(?:business|working) day"
_NOW: Final = r"马上|立刻|立即|立马|即刻|现在就|秒发|秒退|第一时间|极速|闪电|immediately|right away|right now"
_CLOCK: Final = r"(上午|早上|中午|下午|傍晚|晚上|今晚|明晚|夜里)?§{0,2}?(?:([0-9]{1,2}):([0-9]{2})|(№)点(半)?)"
_LATE: Final = ("下午", "傍晚", "晚上", "今晚", "明晚", "夜里")
_WEEKDAY: Final = r"(下下|下|这|本)?个?(?:周|星期|礼拜)([一二三四五六日天])"
_DATE: Final = r"([0-9]{1,2}|[一二三四五六七八九十]{1,2})月([0-9]{1,2}|[一二三四五六七八九十]{1,3})[号日]?"
_DAY_OF_MONTH: Final = r"([0-9]{1,2})[号日](?:之?前|统一|当天|就|全部|陆续|准时|晚上|上午|下午)?(?:发|寄|到|出库|出货|送|补)"
_FESTIVALS: Final = ((r"双十一|双11", 11, 11), (r"双十二|双12", 12, 12), (r"618", 6, 18), (r"国庆", 9, 30), (r"年底", 12, 31))


def due_at(words: str, made_at: int, offset_s: int) -> tuple[int | None, bool]:
    """When (Unix ms) what the clause promises is due, and whether that is a day of the calendar rather than a span from `made_at` on.

    words: in plain spelling (text.plain). offset_s: the shop's local time minus UTC, seconds. None where no time can be read from it.
    """
    words = _tail(words)
    if (span := _span(words)) is not None:
        if _regex(_WORKDAYS).search(words):
            return _end(_workday(_today(made_at, offset_s), int(span // 24)), offset_s), True
        return made_at + int(span * HOUR_MS), False
    today = _today(made_at, offset_s)
    for day_of in (_named, _weekday, _dated):
        if (day := day_of(words, today)) is not None:
            return _clock(words, day, offset_s) or _end(day, offset_s), True
    return (_end(today, offset_s), True) if _regex(_NOW).search(words) else (None, False)


def hours(words: str) -> float | None:
    """The span said ("48小时内" 48, "2-3天" 72, "一年" 8760; the later of two bounds); None where none is."""
    return _span(_tail(words))


def _tail(words: str) -> str:
    """What follows on the order: "四点前下单当天发" is due today, not at four."""
    found = _regex(_ORDERED).match(words)
    rest = words[found.end() :] if found else words
    return rest if len(rest) > 1 and _tells_time(rest) else words


def _tells_time(words: str) -> bool:
    return _span(words) is not None or any(_regex(one).search(words) for one in (_NAMES, _WEEKDAY, _DATE, _DAY_OF_MONTH, _NOW))


_NAMES: Final = (
    r"今|当天|当日|当晚|明|次日|隔日|隔天|第二天|后天|today|tonight|tomorrow|same[- ]day|next[- ]day|这周|本周|下周|周末|月底|下个?月"
)


def _span(words: str) -> float | None:
    for unit, size in _SPANS:
        found = _regex(rf"(№|\b(?:one|two|three|an?))(?: ?(?:到|至|-|~|、|to) ?(№))? ?(?:{unit})").search(words)
        if found and (count := number(found.group(2) or found.group(1))) is not None and not _is_date(words):
            return count * size
    return None


def _is_date(words: str) -> bool:
    return bool(_regex(_DATE).search(words))


# ── days, counted from 1 January 1970 in the shop's own time ───────────────────


def _today(at: int, offset_s: int) -> int:
    return (at + offset_s * 1000) // DAY_MS


def _end(day: int, offset_s: int) -> int:
    return (day + 1) * DAY_MS - offset_s * 1000 - 1


def _workday(day: int, count: int) -> int:
    """The day `count` working days later; feasts are nobody's business here."""
    while count > 0:
        day += 1
        count -= _weekday_of(day) < 5
    return day


def _weekday_of(day: int) -> int:
    """0 is Monday; 1 January 1970 was a Thursday."""
    return (day + 3) % 7


def _named(words: str, today: int) -> int | None:
    for like, day_of in _days():
        if _regex(like).search(words):
            return day_of(today)
    return None


@lru_cache(maxsize=1)
def _days() -> tuple[tuple[str, Callable[[int], int]], ...]:
    return (
        (r"大后天", lambda today: today + 3),
        (r"后天|two[- ]day", lambda today: today + 2),
        (r"明天|明日|明儿|明早|明晚|次日|次晨|隔天|隔日|第二天|tomorrow|next[- ]day|overnight", lambda today: today + 1),
        (r"今天|今日|今儿|今晚|今夜|当天|当日|当晚|today|tonight|same[- ]day", lambda today: today),
        (r"(?:下周|下个?星期|下个?礼拜)(?:$|[^一二三四五六日天])", lambda today: today - _weekday_of(today) + 13),
        (r"周末|(?:这周|本周|这个?星期)(?:$|[^一二三四五六日天])|周内", lambda today: today - _weekday_of(today) + 6),
        (r"月底|本月|这个?月", _month_end),
        (r"下个?月", lambda today: _month_end(_month_end(today) + 1)),
    )


def _weekday(words: str, today: int) -> int | None:
    found = _regex(_WEEKDAY).search(words)
    if found is None:
        return None
    wanted = "一二三四五六日天".index(found.group(2)) % 7 if found.group(2) != "天" else 6
    monday = today - _weekday_of(today)
    if found.group(1) in ("下", "下下"):
        return monday + 7 * len(found.group(1)) + wanted
    return today + (wanted - _weekday_of(today)) % 7


def _dated(words: str, today: int) -> int | None:
    year, month, _ = civil(today)
    if found := _regex(_DATE).search(words):
        return _next_date(today, int(number(found.group(1)) or 0), int(number(found.group(2)) or 0))
    for like, of_month, of_day in _FESTIVALS:
        if _regex(like).search(words):
            return _next_date(today, of_month, of_day)
    if found := _regex(_DAY_OF_MONTH).search(words):
        day = days(year, month, int(found.group(1)))
        return day if day >= today else days(year + month // 12, month % 12 + 1, int(found.group(1)))
    return None


def _next_date(today: int, month: int, day: int) -> int | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    year, _, _ = civil(today)
    this = days(year, month, day)
    return this if this >= today else days(year + 1, month, day)


def _month_end(day: int) -> int:
    year, month, _ = civil(day)
    return days(year + month // 12, month % 12 + 1, 1) - 1


def _clock(words: str, day: int, offset_s: int) -> int | None:
    """The hour of that day, where one is said."""
    found = _regex(_CLOCK).search(words)
    if found is None:
        return None
    part, hour, minute, spoken, half = found.groups()
    said = int(hour) if hour else int(number(spoken) or 0)
    late = (part in _LATE or "今晚" in words or "明晚" in words) and said < 12
    minutes = (said + 12 * late) * 60 + (int(minute) if minute else 30 * bool(half))
    return day * DAY_MS + minutes * 60_000 - offset_s * 1000 if minutes <= 24 * 60 else None


def days(year: int, month: int, day: int) -> int:
    """Days since 1 January 1970 in the Gregorian calendar."""
    year -= month <= 2
    era, month = year // 400, (month + 9) % 12
    of_era = year - era * 400
    return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + (153 * month + 2) // 5 + day - 1 - 719_468


def civil(day: int) -> tuple[int, int, int]:
    """(year, month, day) of a day since 1 January 1970."""
    day += 719_468
    era = day // 146_097
    of_era = day - era * 146_097
    year = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    month = (5 * of_year + 2) // 153
    return year + era * 400 + (month >= 10), (month + 2) % 12 + 1, of_year - (153 * month + 2) // 5 + 1


@lru_cache(maxsize=128)
def _regex(like: str) -> Any:
    return pattern(like)
