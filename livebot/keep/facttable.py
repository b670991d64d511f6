"""One product of a product table, read field by field, every mistake noted with its file, line, table and field."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from livebot.decide.shop.facts import Policy, Product, SizeRow, Span, Variant
from livebot.decide.shop.filling import promises
from livebot.decide.text import fold
from livebot.keep.ruletable import RuleTable

FIELDS: Final = (
    "link", "name", "aliases", "ids", "price", "coupon", "coupon_until", "stock", "variants", "sizes", "spec", "ship", "policy", "warranty",
    "returnable", "valid_until", "owner", "last_verified",
)  # fmt: skip
_HINTS: Final = {
    "alias": ("别名写 aliases", "write aliases"),
    "size": ("尺码表写 sizes", "write sizes"),
    "size_table": ("尺码表写 sizes", "write sizes"),
    "shipping": ("发货写 ship", "write ship"),
    "say": ("这里只写商品资料；要说的话写在规则里", "facts only; what is said belongs into a rule"),
    "ask": ("这里只写商品资料；问答写在别的规则文件里", "facts only; questions belong into another rule file"),
}
_LINK = re.compile(r"(\d{1,3})\s*号?(?:链接)?$")
_WORDS = re.compile(r"[\u3400-\u9fff]+|[^\W\u3400-\u9fff_]+")
_REGIONS = re.compile(r"[、,，/\s]+")
_ELSE: Final = frozenset(("默认", "其他", "其它", "全国", "default", "other", "else", ""))
_SPAN = re.compile(
    r"(?P<label>身高|体重|脚长|年龄|月龄|height|weight|foot|age)?[: ]*(?P<low>\d+(?:\.\d+)?)\s*"
    r"(?:[-~—–至到]\s*(?P<high>\d+(?:\.\d+)?)\s*)?"
    r"(?P<unit>cm|厘米|公分|mm|毫米|kg|公斤|千克|斤|lbs?|磅|个月|岁|m|米)?\s*(?P<open>以上|以下)?",
    re.IGNORECASE,
)
_DIMENSIONS: Final = {"身高": "height", "体重": "weight", "脚长": "foot", "年龄": "age", "月龄": "age"}
_UNITS: Final[Mapping[str, tuple[str, float]]] = {
    **dict.fromkeys(("cm", "厘米", "公分"), ("height", 1.0)), **dict.fromkeys(("m", "米"), ("height", 100.0)),
    **dict.fromkeys(("mm", "毫米"), ("foot", 1.0)), **dict.fromkeys(("kg", "公斤", "千克"), ("weight", 1.0)), "斤": ("weight", 0.5),
    **dict.fromkeys(("lb", "lbs", "磅"), ("weight", 0.45359237)), "个月": ("age", 1.0), "岁": ("age", 12.0),
}  # fmt: skip
_MOST: Final = {"height": 300.0, "weight": 500.0, "age": 1200.0, "foot": 400.0}


def product(table: RuleTable, data: Mapping[str, Any], defaults: Mapping[str, Any]) -> Product | None:
    """The product that a table describes; None, with a problem noted, where it has no usable link number."""
    table.only(FIELDS, _HINTS)
    link = _link(table, data)
    name = table.text("name") if "name" in table else ("" if _LINK.match(table.id) else table.id)
    if not name:
        table.complain("name", "缺少 name（商品名）", "name is missing")
    policy = _policy(table, data)
    returnable = table.switch("returnable") if "returnable" in table else True
    if policy and not returnable and promises(fold(policy.text)):
        zh, en = "returnable = false（不支持无理由退货），政策里却写了支持", "returnable = false, but the policy grants the return"
        table.complain("policy", zh, en)
    if link is None:
        return None
    return Product(
        link=link,
        name=(name or "").strip(),
        aliases=_names(table),
        ids=table.texts("ids"),
        price=_written(table, data, "price"),
        coupon=_written(table, data, "coupon"),
        coupon_until=table.moment("coupon_until"),
        stock=_written(table, data, "stock"),
        variants=_variants(table, data),
        sizes=_sizes(table, data),
        spec=tuple(_pairs(table, data, "spec")),
        ship=_ship(table, data),
        policy=policy,
        warranty=_written(table, data, "warranty"),
        returnable=returnable,
        valid_until=table.moment("valid_until") if "valid_until" in table else defaults.get("valid_until"),
        owner=_written(table, data, "owner") or defaults.get("owner") or "",
        last_verified=table.moment("last_verified") if "last_verified" in table else defaults.get("last_verified"),
        source=table.source,
    )


def _link(table: RuleTable, data: Mapping[str, Any]) -> int | None:
    given = data.get("link", table.id)
    found = _LINK.match(str(given).strip()) if not isinstance(given, bool) else None
    if found and int(found[1]) > 0:
        return int(found[1])
    if table.source.rpartition(":")[0].lower().endswith(".csv"):
        table.complain("link", "链接号要写 1 到 999 的数字，例如 3", "a link is a number from 1 to 999")
        return None
    zh = "几号链接？方括号里写号码，例如 [3]，或者加一行 link = 3（1 到 999）"
    table.complain("link" if "link" in data else "", zh, "which link? Write its number in the brackets, as in [3], or link = 3 (1 to 999)")
    return None


def _names(table: RuleTable) -> tuple[str, ...]:
    names = tuple(name.strip() for name in table.texts("aliases"))
    for name in names:
        if len(fold(name)) < 2:
            table.complain("aliases", f"别名“{name}”太短，很容易认错", f"the alias {name!r} is too short and would be mistaken")
    return names


def _text(value: object) -> str | None:
    """A value as it was written; None for what is no text and no number."""
    if isinstance(value, str) and "\n" not in value.strip():
        return value.strip()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return format(value, "f") if isinstance(value, Decimal) and value.is_finite() else None


def _written(table: RuleTable, data: Mapping[str, Any], field: str) -> str:
    if field not in data:
        return ""
    text = _text(data[field])
    if text and not re.search(r"[{}]", text):
        return text
    table.complain(
        field, "要写一行文字或数字，不能为空，也不能有花括号", "must be one line of text or a number, not empty and without braces"
    )
    return ""


def _pairs(table: RuleTable, data: Mapping[str, Any], field: str) -> list[tuple[str, str]]:
    """A text, which belongs to "", or a table of texts."""
    value = data.get(field)
    if not isinstance(value, dict):
        return [("", text)] if (text := _written(table, data, field)) else []
    pairs = [(str(name).strip(), _text(item) or "") for name, item in value.items()]
    for name, text in pairs:
        if not text or re.search(r"[{}]", text):
            table.complain(field, f"{name} 要写一行文字或数字", f"{name} must be one line of text or a number")
    return [(name, text) for name, text in pairs if text]


def _ship(table: RuleTable, data: Mapping[str, Any]) -> tuple[tuple[tuple[str, ...], str], ...]:
    pairs = _pairs(table, data, "ship")
    return tuple(((() if name in _ELSE else tuple(filter(None, _REGIONS.split(name)))), text) for name, text in pairs)


def _policy(table: RuleTable, data: Mapping[str, Any]) -> Policy | None:
    if "policy" not in data:
        return None
    value = data["policy"]
    parts = {name: _text(value.get(name)) for name in ("id", "version", "text")} if isinstance(value, dict) else {}
    if all(parts.values()) and parts and isinstance(value, dict) and set(value) == set(parts):
        return Policy(**{name: str(text) for name, text in parts.items()})
    zh = '政策要写编号、版本和内容：policy = { id = "R1", version = "1", text = "签收7天内…" }'
    table.complain("policy", zh, 'a policy has an id, a version and a text: policy = { id = "R1", version = "1", text = "…" }')
    return None


def _variants(table: RuleTable, data: Mapping[str, Any]) -> tuple[Variant, ...]:
    value = data.get("variants", {})
    if not isinstance(value, dict):
        table.complain("variants", '要写成 { "红 M" = 3, "红 L" = 0 }，后面是库存', 'must be { "red M" = 3, "red L" = 0 }: name = stock')
        return ()
    found: list[Variant] = []
    for name, item in value.items():
        parts = item if isinstance(item, dict) else {"stock": item}
        texts = {key: _text(part) for key, part in parts.items()}
        words = variant_words(str(name))
        if not words or not texts or not set(texts) <= {"stock", "price"} or not all(texts.values()):
            table.complain(
                "variants", f"“{name}” 后面要写库存：数字，或者 有货、预售 之类", f"{name!r} needs its stock: a number or a word"
            )
        elif any(set(words) == set(other.words) for other in found):
            table.complain("variants", f"“{name}” 写了两遍", f"{name!r} is there twice")
        else:
            found.append(Variant(name=str(name), words=words, **{key: str(text) for key, text in texts.items()}))
    return tuple(found)


def variant_words(name: str) -> tuple[str, ...]:
    """红色 M码 → ("红", "m"): what a viewer must name to mean it."""
    words = _WORDS.findall(fold(name))
    return tuple(short for word in words if (short := word.removesuffix("色").removesuffix("码")))


# ── sizes ──────────────────────────────────────────────────────────────────────


def _sizes(table: RuleTable, data: Mapping[str, Any]) -> tuple[SizeRow, ...]:
    value = data.get("sizes", {})
    rows: list[tuple[object, object]] = []
    if isinstance(value, dict):
        rows = list(value.items())
    elif isinstance(value, list) and all(isinstance(item, dict) and "size" in item for item in value):
        rows = [(item["size"], {name: part for name, part in item.items() if name != "size"}) for item in value]
    elif "sizes" in data:
        zh = '要写成 { S = "身高150-159 体重80-95斤", M = "…" }'
        table.complain("sizes", zh, 'must be { S = "height 150-159cm, weight 40-47kg", M = "…" }')
    return tuple(row for name, item in rows if (row := _size_row(table, str(_text(name) or ""), item)))


def _size_row(table: RuleTable, size: str, item: object) -> SizeRow | None:
    spans: dict[str, Span] | str
    if isinstance(item, str):
        spans = spans_of(item)
    elif isinstance(item, dict) and item and set(item) <= {"height", "weight", "age", "foot"}:
        spans = {}
        for name, part in item.items():
            text = "-".join(filter(None, map(_text, part))) if isinstance(part, list) else _text(part)
            one = spans_of(f"{name} {text}")
            if isinstance(one, str) or set(one) != {name}:
                spans = one if isinstance(one, str) else "form"
                break
            spans |= one
    else:
        spans = "form"
    if isinstance(spans, dict) and size:
        return SizeRow(size=size, **spans)
    zh, en = _FAULTS[spans if isinstance(spans, str) else "form"]
    table.complain("sizes", f"{size} {zh}", f"{size} {en}")
    return None


_FAULTS: Final = {
    "form": ("看不懂，要写成 身高150-159 体重80-95斤 这样", "is not clear; write it as height 150-159cm, weight 40-47kg"),
    "unit": ("的体重要写上斤或 kg，年龄要写上岁或个月", "needs a unit: kg, lb or 斤 for a weight, 岁 or 个月 for an age"),
    "order": ("前面的数比后面的大", "goes from more to less"),
    "range": ("的数字不可能，请检查单位", "is impossible; look at the unit"),
}


def spans_of(text: str) -> dict[str, Span] | str:
    """身高150-159 体重80-95斤 → {"height": (150, 159), "weight": (40, 47.5)}; a key of _FAULTS where it cannot be read."""
    found: dict[str, Span] = {}
    text = fold(text)
    if re.sub(r"[\s,，;；、/]+", "", _SPAN.sub("", text)) or not _SPAN.search(text):
        return "form"
    for match in _SPAN.finditer(text):
        low, high = float(match["low"]), float(match["high"] or match["low"])
        label, unit = (match["label"] or "").lower(), (match["unit"] or "").lower()
        name = _DIMENSIONS.get(label, label) or (_UNITS[unit][0] if unit else "")
        if not name or (name in {"weight", "age"} and not unit):
            return "unit" if name else "form"
        kind, factor = _UNITS.get(unit, ("height", 1.0))
        if name == "foot":
            factor = 1.0 if unit in {"mm", "毫米"} or (not unit and low >= 100) else 10.0
        elif kind != name:
            return "form"
        if low > high:
            return "order"
        # 3-4岁 lasts until the day before the fifth birthday
        top = high * factor + (11 if name == "age" and unit == "岁" else 0)
        if name in found or not 0 <= low * factor <= top <= _MOST[name]:
            return "form" if name in found else "range"
        found[name] = (
            0.0 if match["open"] == "以下" else round(low * factor, 2),
            _MOST[name] if match["open"] == "以上" else round(top, 2),
        )
    return found
