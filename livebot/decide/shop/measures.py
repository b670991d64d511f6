"""The measures of a body in a comment: every number with all that it can mean, and nothing decided yet."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from livebot.decide.shop.facts import Span

Meanings = tuple[tuple[str, Span], ...]  # (dimension, interval) in the units of facts.SizeRow
JIN, POUND, INCH = 0.5, 0.45359237, 2.54
LONGEST: Final = 120  # code points; nobody gives their measures in more


class Measure(Struct, frozen=True):
    """One number of a comment: what it can mean, whether its unit was written, and where it stands in the normalised text."""

    meanings: Meanings
    sure: bool
    start: int
    end: int


class Measures(Struct, frozen=True):
    """text: the comment with its numerals as digits. rest: what is left of it without measures."""

    found: tuple[Measure, ...]
    text: str
    rest: str
    latin: bool


# ── numerals ───────────────────────────────────────────────────────────────────

_DIGIT: Final = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_METRES = re.compile(
    r"(?<![\d.])([一二两12])米(?:([零一二三四五六七八九\d])([零一二三四五六七八九\d](?![十百\d]))?)?([多几](?![斤公千k]))?"
)
_NUMERAL = re.compile(r"[一二两三四五六七八九]?百(?:零[一二三四五六七八九]|[一二三四五六七八九](?:十[一二三四五六七八九]?)?)?|"
                      r"[二三四五六七八九]?十[一二三四五六七八九]?(?![点分])|[一二两三四五六七八九](?=个?半?[岁个月周])")  # fmt: skip


_SPOKEN = re.compile("一[四五六七八][零一二三四五六七八九](?![零一二三四五六七八九十百])")


def value_of(numeral: str) -> int:
    """一百一 → 110 (as it is spoken), 一百零五 → 105, 九十八 → 98, 十五 → 15, 两 → 2."""
    hundreds, has_hundred, rest = numeral.rpartition("百")
    total = 100 * (_DIGIT[hundreds] if hundreds else 1) if has_hundred else 0
    tens, has_ten, ones = rest.lstrip("零").rpartition("十")
    if has_ten:
        total += 10 * (_DIGIT[tens] if tens else 1)
    elif has_hundred and ones and not rest.startswith("零"):
        return total + 10 * _DIGIT[ones]
    return total + (_DIGIT[ones] if ones else 0)


def with_digits(folded: str) -> str:
    """Numerals that can be measures become digits: 一米六五 → 165cm, 一百一 → 110, 一六五 → 165, 七个半月 → 7个半月."""

    def metres(match: "re.Match[str]") -> str:
        whole, tens, ones = (int(_DIGIT.get(part, part)) for part in match.groups("0")[:3])
        return f" {100 * whole + 10 * tens + ones}{match[4] or ''}cm"

    text = _METRES.sub(metres, folded.replace("′", "'"))
    text = re.sub("[一1]?百零[几多]", " 101-109", text)
    text = _SPOKEN.sub(lambda match: " " + "".join(str(_DIGIT[char]) for char in match[0]), text)
    return _NUMERAL.sub(lambda match: f" {value_of(match[0])}", text)


# ── numbers that are no measures ───────────────────────────────────────────────

_OTHERS = re.compile(
    r"第\s?\d{1,3}\s?[个款件号]?|[#¥￥$]\s?\d[\d.]*|\d[\d.]*\s?(?:号链接|号|#|元|块钱?|米?刀|折|码|件|双|条|套|单|天|年|次|盒|瓶|包|袋|箱|人|位|支|分钟|点"
    r"|个(?!半?月)|[a-z]*码|月\d{0,2}|日|小时|秒|年级|%)|[满买]\s?\d[\d.]*[元块]?[减送赠返]|(?:立减|减|返|省|送|赠)\s?\d[\d.]*(?!\d)|(?:三围|[胸腰臀肩腿]围?宽?|脚[宽背围]高?|衣长|裤长|袖长|bust|waist|hips?)[:：是]?\s?\d[\d.]*(?:cm|厘米|公分|寸|尺)?"
    r"|\d[\d.]*\s?(?:尺|寸)"
)
_BOTH = re.compile(r"身高\W{0,2}(?:和|与|跟)?体重|height\W{0,3}(?:and\W)?weight")

# ── numbers that are ───────────────────────────────────────────────────────────

_N = r"(\d{1,3}(?:\.\d{1,3})?)"
_EDGE = r"(?<![\d.])"
_TOKEN = re.compile(
    rf"(?P<feet>{_EDGE}([3-7])\s?(?:'(?!')|ft\.?|foot\b|feet\b)(?:\s?(\d{{1,2}}(?:\.\d)?)(?!\d)\s?(?:''|\"|in(?:ch(?:es)?)?\b)?)?)"
    rf"|(?P<metres>{_EDGE}([12])\s?(?:米|m(?=\d))(\d{{1,2}})?(?!\d|\.\d)(?P<vague>[多几])?)"
    rf"|(?P<years>{_EDGE}(\d{{1,2}})\s?(?:周?岁|years? old|yo?\b)(?P<half>半)?(?:\s?零?(\d{{1,2}})\s?个月)?)"
    rf"|(?P<months>{_EDGE}(\d{{1,2}})\s?(?:个半月|个多?月大?|月龄|months?(?: old)?))"
    r"|(?P<halfyear>半岁)"
    rf"|(?P<number>(?<!\d\.)(?<!\d){_N}(?!\d)(?:\s?[-~到至]\s?{_N}(?!\d))?\s?(?P<some>多|几|来)?\s?"
    r"(?P<unit>cm|厘米|公分|mm|毫米|kgs?|公斤|千克|斤|jin\b|lbs?|磅|pounds?|inch(?:es)?|in\b|\"|英寸|米|m(?![a-z]))?\s?(?P<about>多|左右|上下|出头|半)?)"
)
_VALUE = re.compile(r"\d+(?:\.\d+)?")
_BEFORE = (
    ("foot", re.compile(r"(?:脚长?|脚板|foot(?: length)?|feet)(?:是|有|大概|约|[: ])*$")),
    ("height", re.compile(r"(?:身高|个子|个头|高|height|\bh|tall)(?:是|有|大概|约|才|[: ])*$")),
    ("weight", re.compile(r"(?:体重|净重|重|weigh[ts]?|\bw)(?:是|有|大概|约|才|[: ])*$")),
)
_AFTER = (
    ("foot", re.compile(r"的?脚")),
    ("height", re.compile(r"的?(?:净?身高|个子|个头|高)|\s?tall")),
    ("weight", re.compile(r"的?(?:体重|净重|重)")),
)
# all that measures are written with
SPELT: Final = "".join(one.pattern for one in (_METRES, _NUMERAL, _SPOKEN, _BOTH, _TOKEN)) + "0123456789"
_WEIGHT_UNITS: Final = {"斤": JIN, "jin": JIN, "kg": 1.0, "kgs": 1.0, "公斤": 1.0, "千克": 1.0} | dict.fromkeys(
    ("lb", "lbs", "磅", "pound", "pounds"), POUND
)
_INCHES: Final = frozenset({"inch", "inches", "in", '"', "英寸"})
_LATIN = re.compile(r"[a-z]{3,}")
_FEET = re.compile(r"\d\s?'")
_HAN = re.compile("[\u4e00-\u9fff]")
_LETTER = re.compile(r"[^\W\d]")


def measures(folded: str) -> Measures:
    """All measures of a folded comment, in their order."""
    text = with_digits(folded[:LONGEST])
    text = _OTHERS.sub(" ; ", _BOTH.sub(" ", text)) if len(folded) <= LONGEST else ""
    latin = bool(_LATIN.search(text) or _FEET.search(text)) and not _HAN.search(text)
    found = tuple(_labelled([_loosened(measure, text) for match in _TOKEN.finditer(text) for measure in _measured(match, latin)], text))
    rest, last = [], 0
    for one in found:
        rest.append(text[last : one.start])
        last = one.end
    return Measures(found, text, " ".join([*rest, text[last:]]), latin)


def _measured(match: "re.Match[str]", latin: bool) -> Iterator[Measure]:
    if match["number"] is not None:
        yield from _number(match, latin)
        return
    start, end = match.span()
    kind = next(name for name in ("feet", "metres", "years", "months", "halfyear") if match[name] is not None)
    parts = _VALUE.findall(match[0])
    if kind == "feet":
        inches = 12 * float(parts[0]) + (float(parts[1]) if len(parts) > 1 else 0)
        meanings: Meanings = (("height", _around(inches * INCH)),)
    elif kind == "metres":
        digits = parts[1] if len(parts) > 1 else ""
        centimetres = 100 * int(parts[0]) + (int(digits) * (10 if len(digits) == 1 else 1) if digits else 0)
        meanings = (("height", (centimetres, centimetres + 9) if match["vague"] else _around(centimetres)),)
    elif kind == "years":
        months = 12 * int(parts[0]) + (6 if match["half"] else 0) + (int(parts[1]) if len(parts) > 1 else 0)
        meanings = (("age", (months, months if match["half"] or len(parts) > 1 else months + 11)),)
    elif kind == "months":
        months_old = int(parts[0]) + (0.5 if "半" in match[0] else 0)
        meanings = (("age", (months_old, months_old)),)
    else:
        meanings = (("age", (6, 6)),)
    yield Measure(meanings, True, start, end)


def _number(match: "re.Match[str]", latin: bool) -> Iterator[Measure]:
    """One number with its unit, a range, or a pair such as 165-110."""
    values = _VALUE.findall(match[0])
    first, last = values[0], values[-1]
    low, high, unit, start, end = float(first), float(last), match["unit"] or "", match.start(), match.end()
    pair = "-" in match[0] or "~" in match[0] or "到" in match[0] or "至" in match[0]
    if pair and not 0 < high - low <= 20:
        split = match.start() + len(first)
        yield Measure(_bare((low, low), latin), False, start, split)
        yield Measure(_meanings((high, high), unit, latin), bool(unit), split + 1, end)
        return
    some = "多" if match["some"] in {"多", "来"} or match["about"] == "多" else match["some"] or ""
    span = _vague((low, high), some, match["about"] or "", unit)
    yield Measure(_meanings(span, unit, latin), bool(unit), start, end)


def _vague(span: Span, some: str, about: str, unit: str) -> Span:
    low, high = span
    if some and low % 10 == 0:
        return (low + 1, low + (99 if low % 100 == 0 else 9))
    if some:
        return (low, low + 1)
    if about in {"左右", "上下"}:
        return (low - 2, high + 2) if unit not in {"kg", "公斤", "千克"} else (low - 1, high + 1)
    if about == "出头":
        return (low, low + 5)
    return (low + 0.5, high + 0.5) if about == "半" else span


def _meanings(span: Span, unit: str, latin: bool) -> Meanings:
    if not unit:
        return _bare(span, latin)
    if unit in _WEIGHT_UNITS:
        return (("weight", _times(span, _WEIGHT_UNITS[unit])),)
    if unit in {"米", "m"}:
        return (("height", _times(span, 100)),)
    if unit in {"mm", "毫米"}:
        return (("foot", span),)
    centimetres = _times(span, INCH) if unit in _INCHES else span
    return _lengths(centimetres)


def _lengths(span: Span) -> Meanings:
    found = [("height", span)] if span[0] >= 45 and span[1] <= 220 else []
    return tuple([*found, ("foot", _times(span, 10))] if span[0] >= 8 and span[1] <= 32 else found)


def _bare(span: Span, latin: bool) -> Meanings:
    """A number without a unit: a length in cm, a height in metres, a foot in mm, a weight in each unit that people use."""
    if span[0] >= 0.5 and span[1] <= 2.2 and span[0] != int(span[0]):
        return (("height", _times(span, 100)),)
    found = list(_lengths(span))
    if span[0] >= 80 and span[1] <= 320:
        found.append(("foot", span))
    found += [("weight", _times(span, factor)) for factor in ((1.0, POUND) if latin else (1.0, JIN))]
    return tuple(found)


_SHORT_OF = re.compile(r"(?:快要?|不到|不足|将近|接近|差不多|未满|不满)\s?$")
_BEYOND = re.compile(r"(?:超过|多于|超|过了)\s?$")


def _loosened(one: Measure, text: str) -> Measure:
    """A wider interval where a word before the number says that it is less, or more."""
    before = text[max(0, one.start - 4) : one.start]
    if not _HAN.search(before):
        return one
    less, more = (0.05 if _SHORT_OF.search(before) else 0.0), (0.05 if _BEYOND.search(before) or "差不多" in before else 0.0)
    if not less and not more:
        return one
    return replace(
        one, meanings=tuple((name, (round(low * (1 - less), 2), round(high * (1 + more), 2))) for name, (low, high) in one.meanings)
    )


def _labelled(found: Sequence[Measure], text: str) -> Iterator[Measure]:
    """Each with the dimension alone that a word beside it names; a word belongs to one number only."""
    taken = 0
    for number, one in enumerate(found):
        label = _label(_BEFORE, one, text[max(taken, one.start - 14) : one.start])
        taken = one.end
        if label is None and (after := _behind(one, text)) and not _opens_next(after[1], text, found[number + 1 :]):
            label, taken = after
        yield replace(one, meanings=tuple(meaning for meaning in one.meanings if meaning[0] == label)) if label else one


def _label(words: Iterable[tuple[str, "re.Pattern[str]"]], one: Measure, before: str) -> str | None:
    if not _LETTER.search(before):
        return None
    return next((name for name, regex in words if regex.search(before) and name in dict(one.meanings)), None)


def _behind(one: Measure, text: str) -> tuple[str, int] | None:
    """The dimension that the words right behind a number name, and where they end."""
    hits = ((name, regex.match(text, one.end)) for name, regex in _AFTER if name in dict(one.meanings))
    return next(((name, hit.end()) for name, hit in hits if hit), None)


def _opens_next(end: int, text: str, following: Sequence[Measure]) -> bool:
    """Whether the word that ends there is the next number's own, as in 158体重88, and not as in 162身高103体重."""
    return (
        bool(following)
        and not text[end : following[0].start].strip(":是有约")
        and following[0].start == end
        and not _behind(following[0], text)
    )


def _around(value: float) -> Span:
    return round(value, 1), round(value, 1)


def _times(span: Span, factor: float) -> Span:
    return round(span[0] * factor, 2), round(span[1] * factor, 2)
