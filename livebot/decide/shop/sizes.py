"""The size advisor: every plausible reading of a viewer's measures against a size table; an answer only where all of them agree."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, Literal

from livebot.decide.shop.facts import SizeRow, Span
from livebot.decide.shop.measures import SPELT, Measure, Measures, measures

Body = dict[str, Span]
Why = Literal["ok", "no_table", "nothing", "incomplete", "special", "unclear", "outside"]
DIMENSIONS: Final = ("height", "weight", "age", "foot")
_SPECIAL = re.compile("怀孕|孕妇|孕[早中晚期]|哺乳|月子|双胞胎|pregnan")
_EPSILON: Final = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """size: the one that all readings lead to, else None and `why`. missing: what to ask for. readings: what the words can mean."""

    size: str | None
    why: Why
    missing: tuple[str, ...] = ()
    readings: tuple[tuple[tuple[str, Span], ...], ...] = ()


def advise(table: Sequence[SizeRow], folded: str) -> Advice:
    """The size for whoever wrote the folded comment. Never a guess: two readings with two sizes are none."""
    if not table:
        return Advice(size=None, why="no_table")
    asked = {name for row in table for name in DIMENSIONS if getattr(row, name) is not None}
    given = measures(folded)
    if not given.found:
        return Advice(size=None, why="nothing", missing=_missing(asked, {}))
    if _SPECIAL.search(folded):
        return Advice(size=None, why="special")
    bodies = _readings(given, asked, child=_for_children(table))
    readings = tuple(tuple(sorted(body.items())) for body in bodies)
    if not bodies:
        return Advice(size=None, why="unclear")
    if missing := next((missing for body in bodies if (missing := _missing(asked, body))), ()):
        return Advice(size=None, why="incomplete", missing=missing, readings=readings)
    sizes = [_fitting(table, body) for body in bodies]
    found = {size for one in sizes for size in one}
    if len(found) == 1 and all(sizes):
        return Advice(size=next(iter(found)), why="ok", readings=readings)
    return Advice(size=None, why="unclear" if found else "outside", readings=readings)


def _missing(asked: set[str], body: Iterable[str]) -> tuple[str, ...]:
    """Height and weight are both needed where the table has both; else any one thing that the table asks for will do."""
    has = set(body)
    if {"height", "weight"} <= asked:
        return tuple(name for name in ("height", "weight") if name not in has)
    return () if has & asked else tuple(name for name in DIMENSIONS if name in asked)


def _fitting(table: Sequence[SizeRow], body: Body) -> set[str]:
    """The sizes that some of the body's interval touches; none where no single row holds all of it."""
    touched: set[str] = set()
    held = False
    for row in table:
        spans = [(name, span, body[name]) for name in DIMENSIONS if (span := getattr(row, name)) is not None and name in body]
        if spans and all(mine[0] <= span[1] + _EPSILON and mine[1] >= span[0] - _EPSILON for _, span, mine in spans):
            touched.add(row.size)
            held |= all(_within(mine, span) for name, span, mine in spans if name != "age" or len(spans) == 1)
    return touched if held or len(touched) > 1 else set()


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] - _EPSILON <= inner[0] and inner[1] <= outer[1] + _EPSILON


def _for_children(table: Sequence[SizeRow]) -> bool:
    heights = [row.height[1] for row in table if row.height is not None]
    return any(row.age is not None for row in table) or bool(heights and max(heights) <= 145)


# ── readings ───────────────────────────────────────────────────────────────────


def _readings(given: Measures, asked: set[str], *, child: bool, strict: bool = False) -> list[Body]:
    """Every plausible body that the numbers can describe; height before weight where only their order tells which is which.

    strict: only in that order, never the other way round.
    """
    if len(given.found) > 4:
        return []
    unmarked = [one for one in given.found if not one.sure and len({name for name, _ in one.meanings}) > 1]
    alone = len(given.found) == 1 and bool(unmarked)
    combinations = [
        one for one in product(*(_allowed(one, asked, alone) for one in given.found)) if len({name for name, _ in one}) == len(one)
    ]
    for candidates in ([one for one in combinations if _in_order(one)], [] if strict else combinations):
        if bodies := [dict(one) for one in candidates if _plausible(dict(one), _sure(given.found, one), child)]:
            return bodies
    return []


def _sure(found: Sequence[Measure], reading: Sequence[tuple[str, Span]]) -> bool:
    """Whether the weight's unit was written."""
    return all(one.sure for one, (name, _) in zip(found, reading, strict=True) if name == "weight")


def _allowed(one: Measure, asked: set[str], alone: bool) -> list[tuple[str, Span]]:
    """A foot only where the table asks for one; a lone number means what the table asks for."""
    found = [(name, span) for name, span in one.meanings if (name != "foot") != ("foot" in asked and name in {"foot", "height"})]
    if "foot" in asked:
        found = [(name, span) for name, span in one.meanings if name == "foot"] or found
    return [(name, span) for name, span in found if name in asked] if alone else found


def _in_order(reading: Sequence[tuple[str, Span]]) -> bool:
    names = [name for name, _ in reading]
    return "height" not in names or "weight" not in names or names.index("height") < names.index("weight")


def _plausible(body: Body, sure: bool, child: bool) -> bool:
    """Whether a human being can be so: the limits are wide where the unit was written, narrow where it would be guessed."""
    height, weight, age = body.get("height"), body.get("weight"), body.get("age")
    if age is not None and not _grown(age, height, weight):
        return False
    if weight is None:
        return True
    low, high = weight
    if height is None:
        least, most = (2.5, 60.0) if child else (2.5, 300.0) if sure else (30.0, 130.0)
        return least <= low and high <= most
    metres = (height[0] + height[1]) / 200
    index = (low + high) / 2 / metres**2
    least, most = ((9.0, 45.0) if sure else (11.5, 28.0)) if metres < 1.45 else ((11.5, 60.0) if sure else (13.5, 35.0))
    return least <= index < most


def _grown(age: Span, height: Span | None, weight: Span | None) -> bool:
    """Whether a child of that age (months) can be so tall and so heavy."""
    months = min((age[0] + age[1]) / 2, 216)
    usual = 50 + 1.6 * months if months < 24 else 88 + 0.55 * (months - 24)
    if height is not None and not 0.75 * usual <= height[0] <= 1.3 * usual:
        return False
    return weight is None or 0.5 * 16 * (usual / 100) ** 2 <= weight[0] <= 2.2 * 16 * (usual / 100) ** 2


# ── a question without a word ──────────────────────────────────────────────────

_FILLERS = re.compile(
    "身高|体重|净|本人|主播|宝宝|宝贝|孩子|儿子|女儿|男宝|女宝|男孩|女孩|老公|老婆|妈妈?|我|娃|女|男|姐姐?|哥哥?|亲|你好|请问|呢|吗|呀|啊|的|高|重|左右|大概|约|是|了|"
    "穿|拿|选|要|买|多大|什么|啥|几|哪个|尺码|码|号|合适|i'?m|and|height|weight|tall|what|which|size|[hw]"
)


_NUMBER = re.compile(r"[\d一二三四五六七八九半]")
_NUMERALS = re.compile(r"\d+|[一二两三四五六七八九十百半]")  # no measure does with less than one of them
_OTHER_WORD = re.compile(f"[^\\W_\\d{re.escape(''.join(sorted({char for char in _FILLERS.pattern + SPELT if char.isalnum()})))}]")


def asks_by_measures(folded: str) -> bool:
    """Whether the comment is nothing but somebody's measures, as in "165 110": a question about size without the question."""
    if len(folded) > 40 or not _NUMBER.search(folded) or _OTHER_WORD.search(folded):  # a letter of neither ends it before any measuring
        return False
    if len(_NUMERALS.findall(folded)) < 2:
        return False
    given = measures(folded)
    if len(given.found) < 2 or any(char.isalnum() or char == ";" for char in _FILLERS.sub("", given.rest)):
        return False
    strict = not all(one.sure for one in given.found)
    bodies = _readings(given, {"height", "weight", "age"}, child=True, strict=strict)
    return any({"height", "weight"} <= body.keys() or {"height", "age"} <= body.keys() for body in bodies)
