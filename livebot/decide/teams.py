"""Who an issue can be handed to, and what they must be told with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from livebot.language import say

LONGEST: Final = 500  # characters of one field


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Something to be told at a hand-over."""

    code: str
    zh: str
    en: str
    required: bool = True

    @property
    def name(self) -> str:
        return say(self.zh, self.en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A department that issues are handed to, with what it asks for."""

    code: str
    zh: str
    en: str
    fields: tuple[Field, ...]

    @property
    def name(self) -> str:
        return say(self.zh, self.en)


#: Fields that hold a number to be looked up: the only ones in which personal data is not masked.
PERSONAL: Final = frozenset({"order", "tracking"})

#: What a team can be told, by its code.
FIELDS: Final[Mapping[str, Field]] = {
    field.code: field
    for field in (
        Field(code="problem", zh="问题说明", en="what is wrong"),
        Field(code="wanted", zh="希望怎么处理", en="what is to be done"),
        Field(code="promised", zh="已答应观众什么", en="what the viewer was promised"),
        Field(code="order", zh="订单号", en="order number"),
        Field(code="tracking", zh="运单号", en="tracking number"),
        Field(code="product", zh="商品", en="product"),
        Field(code="evidence", zh="凭证（图片、录屏在哪里）", en="evidence (where pictures are)"),
        Field(code="amount", zh="金额", en="amount"),
        Field(code="urgency", zh="多急、为什么", en="how urgent, and why"),
    )
}

# team · 中文 · English · fields that it must have
_TABLE: Final = """
after_sales 售后  after-sales problem wanted
warehouse   仓库  warehouse   problem wanted order product
logistics   物流  logistics   problem wanted order tracking
finance     财务  finance     problem wanted order amount
quality     品控  quality     problem product evidence
product     商品  product     problem product
legal       法务  legal       problem urgency evidence promised
supervisor  主管  supervisor  problem urgency promised
"""


def _team(line: str) -> Team:
    code, zh, en, *fields = line.split()
    return Team(code=code, zh=zh, en=en, fields=tuple(FIELDS[field] for field in fields))


#: livebot/deliver/lua/handover.lua carries the same table for other programs.
TEAMS: Final[Mapping[str, Team]] = {team.code: team for team in map(_team, _TABLE.strip().splitlines())}


def objection(team: str, told: Mapping[str, str]) -> tuple[str, str] | None:
    """Why (zh, en) an issue may not be handed over so; None where it may."""
    wanted = TEAMS.get(team)
    if wanted is None:
        known = " ".join(TEAMS)
        return f"没有“{team[:40]}”这个部门，可以交给：{known}", f"there is no team {team[:40]!r}; there are: {known}"
    missing = [field for field in wanted.fields if not told.get(field.code, "").strip()]
    if missing:
        zh, en = "、".join(f"{field.zh}（{field.code}）" for field in missing), ", ".join(f"{field.en} ({field.code})" for field in missing)
        return f"交给{wanted.zh}还要写：{zh}", f"to hand over to {wanted.en}, write also: {en}"
    unknown = [code for code in told if code not in FIELDS]
    long = [code for code, text in told.items() if len(text) > LONGEST]
    if unknown or long:
        names, known = " ".join(code[:40] for code in (*unknown, *long)), " ".join(FIELDS)
        return (
            f"这几项不能这样写：{names}。可以写：{known}，每项最多 {LONGEST} 字",
            f"not so: {names}. There are: {known}, {LONGEST} characters each",
        )
    return None


def field_name(code: str) -> str:
    """What a field is called in the user's language."""
    return FIELDS[code].name if code in FIELDS else code
