"""What a shop has promised, what a text promises, and whether the one covers the other."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from livebot.decide.promises import Promises
from livebot.decide.speech.rules import Finding, pattern
from livebot.decide.speech.text import View

HOUR: Final = 1.0
_UNITS: Final = (
    (r"(?:个?小时|h|hours?)", 1.0),
    (r"(?:分钟|minutes?)", 1 / 60),
    (r"(?:天|日|个?工作日|days?|business days?|working days?)", 24.0),
    (r"(?:周|个?星期|weeks?)", 168.0),
    (r"(?:个?月|months?)", 720.0),
    (r"(?:年|years?)", 8760.0),
)
_NAMED: Final = (
    (r"马上|立刻|立即|立马|即刻|秒|现在就|immediately|right away|right now", 0.0),
    (r"今天|今日|今儿|今晚|当天|当日|当晚|today|tonight|same[- ]day", 12.0),
    (r"明天|明日|明儿|明早|明晚|次日|隔天|隔日|第二天|tomorrow|overnight|next[- ]day", 24.0),
    (r"后天|two[- ]day|2-day", 48.0),
)
_CHINESE: Final = {char: n for n, char in enumerate("零一二三四五六七八九")} | {"两": 2, "半": 0.5, "双": 2}
_POWERS: Final = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_WORDS: Final = {"one": 1, "two": 2, "three": 3, "a": 1, "an": 1}
_REMOTE: Final = (
    "新疆",
    "西藏",
    "内蒙",
    "青海",
    "宁夏",
    "甘肃",
    "海南",
    "港澳",
    "香港",
    "澳门",
    "台湾",
    "国外",
    "海外",
    "worldwide",
    "international",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A promise in a text: its kind ("time.ship", "gift", …), the words, where they stand, and how much as a number where one is said.

    hours: a span of time ("48小时内" 48, "明天" 24, "一年" 8760). amount: any other number ("假一赔十" 10). None where none is said.
    """

    kind: str
    said: str
    span: tuple[int, int]
    hours: float | None = None
    amount: float | None = None


@lru_cache(maxsize=1)
def _measures() -> tuple[tuple[Any, float], ...]:
    return tuple((pattern(rf"(№)(?: ?(?:到|至|-|~|、)? ?(?:№))?[ -]?{unit}|\b(one|two|three|an?) {unit}"), size) for unit, size in _UNITS)


@lru_cache(maxsize=1)
def _names() -> tuple[tuple[Any, float], ...]:
    return tuple((pattern(words), hours) for words, hours in _NAMED)


@lru_cache(maxsize=1)
def _any_day() -> Any:
    return pattern(r"(?:周末|节假日|假期|周[六日天])(?:也|都|照常|正常|照样|不休息?|继续)+§{0,4}发")


@lru_cache(maxsize=1)
def _exempt() -> Any:
    """Goods that the law exempts from returns without reason: what is promised for the shop does not hold for them."""
    return pattern(
        "(?:^|[^没未])(?:定制|刻字|拆封|开封|拆开|生鲜|鲜活|内衣|内裤|用过|穿过|洗过|吃过|剪标|吊牌剪)§{0,8}(?:也|都|照样|"
        "一样|可以|支持|能)"
    )


@lru_cache(maxsize=1)
def _least_spent() -> tuple[Any, Any]:
    """How a shop writes from how much on it ships free, and how a text says so."""
    return pattern(r"满([0-9]+)"), pattern(r"(?:满|够|超过|over|above)§{0,4}?([0-9]+)|([0-9]+)(?:元|块)?(?:以上|起)")


@lru_cache(maxsize=1)
def _number() -> Any:
    return pattern("№")


def number(words: str) -> float | None:
    """ "48" 48, "十五" 15, "两" 2, "二百三十" 230; None for what is no number."""
    if words in _WORDS:
        return float(_WORDS[words])
    try:
        return float(words)
    except ValueError:
        pass
    total, digit = 0.0, 0.0
    for char in words:
        if (size := _POWERS.get(char)) is not None:
            total, digit = (total + digit) * size if size > 1000 else total + (digit or 1) * size, 0
        elif char in _CHINESE:
            digit = _CHINESE[char]  # "三五天": the later bound
        else:
            return None
    return total + digit


def read(finding: Finding, view: View) -> Commitment:
    """The commitment in what a rule found."""
    words = view.text[finding.start : finding.end]
    kind = finding.rule.id.partition(".")[2]
    around = words
    if finding.rule.near:
        first, last = view.sentence(finding.start, finding.end)
        around = view.text[first:last]
    hours = _hours(around)
    amount = None
    if hours is None and (found := _number().findall(words)):
        amount = number(found[-1])
    return Commitment(kind=kind, said=words, span=view.span(finding.start, finding.end), hours=hours, amount=amount)


def _hours(words: str) -> float | None:
    for regex, size in _measures():
        if (found := regex.search(words)) and (count := number(found.group(1) or found.group(2) or "")) is not None:
            return count * size
    named = [hours for regex, hours in _names() if regex.search(words)]
    return min(named) if named else None


def kept(said: Commitment, clause: str, shop: Promises) -> bool:
    """Whether the shop's own promises cover what is said in this clause (plain spelling)."""
    days = said.hours / 24 if said.hours is not None else None
    match said.kind.split("."):
        case ["time", what] | ["wide", "time" as what]:
            return _in_time(what, said, clause, shop)
        case ["money", "free_shipping"]:
            return _ships_free(clause, shop.free_shipping) or _over_the_least(clause, shop)
        case ["money", "return_freight"]:
            return shop.return_freight or ("运费险" in said.said and shop.freight_insurance)
        case ["money", "freight_insurance"]:
            return shop.freight_insurance
        case ["money", "compensation"]:
            return said.amount is not None and 0 < said.amount <= shop.compensation
        case ["price_match"]:
            return shop.price_protect_days > 0 and (days is None or days <= shop.price_protect_days)
        case ["gift"]:
            return any(gift.casefold() in clause for gift in shop.gifts if gift)
        case ["warranty", *_]:
            return (
                "换新" not in clause
                and shop.warranty_months > 0
                and said.hours is not None
                and said.hours / 720 <= shop.warranty_months * 1.02
            )
        case ["returns", "any"]:
            return "放心" in said.said and shop.return_days >= 7
        case ["returns", "statutory" | "longer" as what] if days is not None or what == "statutory":
            return shop.return_days >= (days or 7) and not _exempt().search(clause)
        case _:
            return False


def _in_time(what: str, said: Commitment, clause: str, shop: Promises) -> bool:
    if said.hours is None:
        return what == "ship" and shop.ship_hours > 0 and bool(_any_day().search(clause))
    refund, ship = (
        any(word in clause for word in ("退", "refund", "到账")),
        any(word in clause for word in ("发", "寄", "ship", "dispatch", "send", "sent", "leave")),
    )
    limit = {"ship": shop.ship_hours, "arrive": shop.arrive_hours, "refund": shop.refund_hours, "service": shop.reply_hours}.get(what)
    if what == "service" and refund:
        limit = shop.refund_hours
    if limit is None and any(word in clause for word in ("回复", "回电", "答复", "解决", "处理", "回您", "回你")):
        limit = shop.reply_hours
    if limit is None:
        limit = shop.refund_hours if refund else shop.ship_hours if ship else shop.arrive_hours
    return 0 < limit <= said.hours


def _ships_free(clause: str, regions: tuple[str, ...]) -> bool:
    named = [place for place in _REMOTE if place in clause]
    if named:
        return all(place in regions for place in named)
    return bool(regions) and ("全国" in regions or not any(word in clause for word in ("全国", "全场", "都", "所有")))


def _over_the_least(clause: str, shop: Promises) -> bool:
    """Whether free shipping is told for no less than the shop asks for: "满99元包邮" allows "够99就包邮"."""
    written, told = _least_spent()
    least = [float(found.group(1)) for one in (*shop.free_shipping, *shop.proven) if (found := written.search(one)) and "邮" in one]
    said = told.search(clause)
    return bool(least and said) and float(said.group(1) or said.group(2)) >= min(least)
