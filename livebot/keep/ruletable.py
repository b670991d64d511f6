"""One table of a rule file, read field by field, every mistake noted with its file, line, table and field."""

import datetime
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, TypeVar

from livebot.decide.patterns import BadPattern, compiled
from livebot.decide.rulebook import Words
from livebot.decide.text import fold, letters_only
from livebot.errors import Problem
from livebot.keep.complaints import nearest, unknown_key
from livebot.keep.tomlfile import Locate

UNITS: Final = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_DURATION = re.compile(r"\s*(\d{1,9}(?:\.\d{1,3})?)\s*([smhd])\s*$")
_VARIABLE = re.compile(r"\{([^{}]*)\}")

T = TypeVar("T", bound=str)
D = TypeVar("D", float, None)


class RuleTable:
    """`texts("ask")` and the like return what the field holds, or an empty value with a problem noted."""

    def __init__(self, *, file: str, id: str, data: Mapping[str, Any], locate: Locate, problems: list[Problem]) -> None:
        self.file, self.id, self._data, self._locate, self._problems = file, id, data, locate, problems

    @property
    def source(self) -> str:
        return f"{self.file}:{self._locate((self.id,), '') or 1}"

    def __contains__(self, field: str) -> bool:
        return field in self._data

    def complain(self, field: str, zh: str, en: str) -> None:
        line = self._locate((self.id,), field)
        self._problems.append(Problem(file=self.file, line=line, table=self.id, field=field, zh=zh, en=en))

    def only(self, known: Sequence[str], elsewhere: Mapping[str, tuple[str, str]]) -> None:
        """Notes every key that is not known; `elsewhere` says of keys of other kinds of rules why they are out of place here."""
        for field in self._data:
            if field not in known:
                self.complain(field, *(elsewhere.get(field) or unknown_key(field, known)))

    def text(self, field: str) -> str | None:
        value = self._data.get(field)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        self.complain(field, "要写文字，并放在英文引号里，不能为空", "must be text in quotes, not empty")
        return None

    def texts(self, field: str) -> tuple[str, ...]:
        """One text or a list of texts."""
        value = self._data.get(field, [])
        items = value if isinstance(value, list) else [value]
        if not all(isinstance(item, str) and item.strip() for item in items) or (field in self._data and not items):
            self.complain(field, '要写文字或文字的列表，例如 ["一", "二"]，不能为空', 'must be text or a list of texts, as in ["a", "b"]')
            return ()
        return tuple(items)

    def phrasings(self, field: str) -> tuple[str, ...]:
        found = self.texts(field)
        for item in found:
            if not letters_only(fold(item)):
                self.complain(field, f"“{item}” 里没有文字", f"{item!r} holds no words")
        return found

    def words(self, field: str) -> Words:
        """A word, or a list in which an item is a word or a list of words that must all appear."""
        value = self._data.get(field, [])
        items = value if isinstance(value, list) else [value]
        entries = [tuple(item) if isinstance(item, list) else (item,) for item in items]
        if not all(entry and all(isinstance(word, str) for word in entry) for entry in entries) or (field in self._data and not entries):
            self.complain(
                field,
                '要写词的列表，例如 ["退款", ["付", "没订单"]]：里层方括号里的词要同时出现',
                'must be a list of words, as in ["refund", ["paid", "no order"]]: words in inner brackets must all appear',
            )
            return ()
        for word in (word for entry in entries for word in entry):
            if not letters_only(fold(word)):
                self.complain(field, f"“{word}” 里没有文字，不能用来匹配", f"{word!r} holds no words to look for")
                return ()
        return tuple(entries)

    def patterns(self, field: str) -> tuple[str, ...]:
        found = self.texts(field)
        for pattern in found:
            try:
                regex = compiled(pattern)
            except BadPattern as error:
                self.complain(field, f"正则表达式 {pattern} 写法不对（RE2）：{error}", f"RE2 refuses the pattern {pattern}: {error}")
                return ()
            if regex.search(""):
                self.complain(field, f"正则表达式 {pattern} 会匹配所有评论", f"the pattern {pattern} matches every comment")
                return ()
        return found

    def sentences(self, field: str, variables: Collection[str], *, one_line: bool = True) -> tuple[str, ...]:
        """Texts that livebot will say, with {variables}."""
        found = self.texts(field)
        for item in found:
            if one_line and "\n" in item.strip():
                self.complain(field, "要说的话不能换行", "what is said must be one line")
            for name in _VARIABLE.findall(item):
                if name not in variables:
                    meant = nearest(name, variables)
                    zh = f"不认识 {{{name}}}" + (f"，是不是 {{{meant}}}？" if meant else "，请在配置的 [rules.variables] 里写上它")
                    en = f"unknown {{{name}}}" + (
                        f"; did you mean {{{meant}}}?" if meant else "; set it under [rules.variables] in the config"
                    )
                    self.complain(field, zh, en)
            if re.search(r"[{}]", _VARIABLE.sub("", item)):
                self.complain(field, "花括号没有配对", "the braces do not pair up")
        return tuple(item.strip() for item in found)

    def choice(self, field: str, options: Collection[T]) -> T | None:
        return self._choice(field, self._data[field], options) if field in self._data else None

    def _choice(self, field: str, value: object, options: Collection[T]) -> T | None:
        for option in options:
            if value == option:
                return option
        meant = nearest(value, options) if isinstance(value, str) else ""
        names = "、".join(options) if len(options) < 9 else "见 docs/rules.md"
        zh = f"不认识 {value!r}" + (f"，是不是 {meant}？" if meant else f"，可以写的有：{names}")
        en = f"unknown {value!r}" + (f"; did you mean {meant}?" if meant else f"; known: {', '.join(options)}")
        self.complain(field, zh, en)
        return None

    def choices(self, field: str, options: Collection[T]) -> tuple[T, ...]:
        value = self._data.get(field, [])
        items = value if isinstance(value, list) else [value]
        found = [self._choice(field, item, options) for item in items]
        return tuple(item for item in found if item is not None)

    def switch(self, field: str) -> bool:
        value = self._data.get(field, False)
        if not isinstance(value, bool):
            self.complain(field, "要写 true 或 false，不加引号", "must be true or false without quotes")
            return False
        return value

    def share(self, field: str, default: D) -> float | D:
        """A number between 0 and 1."""
        value = self._data.get(field)
        if value is None:
            return default
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1:
            return float(value)
        self.complain(field, "要写 0 到 1 之间的数，例如 0.8", "must be a number between 0 and 1, as in 0.8")
        return default

    def seconds(self, field: str, default: D) -> float | D:
        """A number of seconds, or text such as "90s", "2m", "24h"."""
        value = self._data.get(field)
        if value is None:
            return default
        if isinstance(value, str) and (parts := _DURATION.match(value)):
            return float(parts[1]) * UNITS[parts[2]]
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 366 * UNITS["d"]:
            return float(value)
        self.complain(field, '要写秒数，例如 60，或者 "2m"、"24h"', 'must be a number of seconds, as in 60, or "2m", "24h"')
        return default

    def moment(self, field: str) -> int | None:
        """A date (its last second counts) or an instant, in the computer's own time zone unless it names one: Unix milliseconds."""
        value = self._data.get(field)
        try:
            if isinstance(value, str):
                value = datetime.date.fromisoformat(value) if len(value) == 10 else datetime.datetime.fromisoformat(value)
            if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
                value = datetime.datetime(value.year, value.month, value.day, 23, 59, 59).astimezone()
            if isinstance(value, datetime.datetime):
                return int(value.timestamp() * 1000)
        except (ValueError, OverflowError, OSError):
            value = ""
        if value is not None:
            self.complain(field, "要写日期，例如 2026-11-30", "must be a date, as in 2026-11-30")
        return None
