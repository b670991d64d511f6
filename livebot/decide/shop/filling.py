"""What {price}, {size} and their like stand for in an answer to one comment, or why there is no answer."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from livebot.decide.shop.facts import BUNDLE, FACT_VARIABLES, Bundle, Facts, Product, Variant, stamp
from livebot.decide.shop.products import Reference, which
from livebot.decide.shop.sizes import Advice, advise
from livebot.decide.text import fold, is_letter

_VARIABLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """values: what each variable stands for. print: from what that was made, for `holds`; "" where no fact is in the answer."""

    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    print: str = ""
    product: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """No answer: a code such as "no_product", "several_products", "stale", "no_price", "size_outside", "not_returnable"."""

    why: str
    product: int | None = None


class _Lack(Exception):
    """There is no such fact, or it could be two."""


def fact_variables(text: str, known: Mapping[str, str] = MappingProxyType({})) -> tuple[str, ...]:
    """The facts that a text wants, in its order; `known` are variables of the configuration, which go before facts of the same name."""
    return tuple(dict.fromkeys(name for name in _VARIABLE.findall(text) if name in FACT_VARIABLES and name not in known))


def fill(
    say: str, facts: Facts, folded: str, on_air: int | None, now: int, known: Mapping[str, str] = MappingProxyType({})
) -> Filled | Lacking:
    """What the variables of `say` stand for in an answer to the folded comment while `on_air` (a link) was shown. Never a guess."""
    wanted = fact_variables(say, known)
    promises_return = bool(facts) and promises(say)
    if not wanted and not promises_return:
        return Filled()
    reference = which(folded, facts, on_air)
    if BUNDLE in wanted:
        return _with_bundle(wanted, facts, folded, reference, now)
    product = facts.by_link.get(reference.link or 0)
    if product is None:
        if wanted or not all(one.returnable for one in facts.products):
            return Lacking(why=_NO_PRODUCT.get(reference.how, "no_product"))
        return Filled()
    if promises_return and not product.returnable:
        return Lacking(why="not_returnable", product=product.link)
    if not wanted:
        return Filled(product=product.link)
    if not product.fresh(now):
        return Lacking(why="stale", product=product.link)
    asking = _Asking(product, _without_names(folded, product), now)
    try:
        values = {name: _VALUES[name](asking) for name in wanted}
    except _Lack as lack:
        return Lacking(why=str(lack), product=product.link)
    mark = "|".join((str(product.link), ",".join(wanted), _print(product, wanted), stamp(values.items())))
    return Filled(values=values, print=mark, product=product.link)


def holds(mark: str, facts: Facts, now: int) -> bool:
    """Whether the facts that an answer was filled from are still the same, and still valid: asked just before it is sent."""
    if not mark:
        return True
    link, names, made_from, _ = mark.split("|")
    if link == BUNDLE:
        return any(_bundle_print(bundle, facts) == made_from for bundle in _offered(facts, now))
    product = facts.by_link.get(int(link))
    return product is not None and product.fresh(now) and _lasting(product, names, now) and _print(product, names.split(",")) == made_from


def promises(text: str) -> bool:
    """Whether a text grants the return within seven days without a reason."""
    return bool(_GRANTS.search(text)) and not _DENIES.search(text)


_GRANTS = re.compile("无理由|[7七]天.{0,4}(?:退|换)|(?:随时|包)退")
_DENIES = re.compile("(?:不|非|没有|无法|不能)(?:支持|适用|享受|参加|参与|接受|提供|可)?[^,，。!！?？]{0,4}(?:[7七]天|无理由)|除外|不退")
_NO_PRODUCT: Final = {"several": "several_products", "unknown": "unknown_product", "elsewhere": "other_product"}


def _lasting(product: Product, names: str, now: int) -> bool:
    return "coupon" not in names.split(",") or product.coupon_until is None or product.coupon_until > now


def _print(product: Product, names: Sequence[str]) -> str:
    """The stamp of everything that the named variables are made from."""
    return stamp((name, [getattr(product, one) for one in _FIELDS[name]]) for name in names)


_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "price": ("price", "variants"),
    "size": ("sizes",),
    "link": ("link",),
    "product": ("name",),
    "stock": ("stock", "variants"),
    "ship": ("ship",),
    "coupon": ("coupon", "coupon_until"),
    "spec": ("spec",),
    "policy": ("policy", "returnable"),
    "warranty": ("warranty",),
}


# ── one value each ─────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Asking:
    product: Product
    text: str  # the folded comment without the product's own names
    now: int


def _price(asking: _Asking) -> str:
    prices = {variant.price or asking.product.price for variant in _meant(asking)} or {asking.product.price}
    return _one(prices, "price")


def _stock(asking: _Asking) -> str:
    variants = _meant(asking)
    if not variants:
        return _one({asking.product.stock}, "stock")
    stocks = [variant.stock for variant in variants]
    if all(stock.isdecimal() for stock in stocks):
        return str(sum(map(int, stocks)))
    return _one(set(stocks), "stock")


def _size(asking: _Asking) -> str:
    advice = advise(asking.product.sizes, asking.text)
    if advice.size is None:
        raise _Lack(f"size_{advice.why}")
    return advice.size


def size_advice(product: Product, folded: str) -> Advice:
    """The advice that {size} is filled with, for those who want to know how it came about."""
    return advise(product.sizes, _without_names(folded, product))


def _ship(asking: _Asking) -> str:
    named = {region for region in _REGIONS if region in asking.text}
    everywhere = next((promise for regions, promise in asking.product.ship if not regions), "")
    own = {region for regions, _ in asking.product.ship for region in regions if region in asking.text}
    if not named and not own:
        return _one({everywhere}, "ship")
    found = set()
    for region in named | own:
        exact = [promise for regions, promise in asking.product.ship if region in regions]
        remote = [promise for regions, promise in asking.product.ship if "偏远" in regions and region in _REMOTE]
        found.add(next(iter(exact or remote), "" if region in _REMOTE | _ABROAD else everywhere))
    return _one(found, "ship")


def _coupon(asking: _Asking) -> str:
    if not _lasting(asking.product, "coupon", asking.now):
        raise _Lack("stale")
    return _one({asking.product.coupon}, "coupon")


def _spec(asking: _Asking) -> str:
    spec = dict(asking.product.spec)
    if set(spec) == {""}:
        return spec[""]
    named = {name for name in spec if name and (name in asking.text or any(word in asking.text for word in _synonyms(name)))}
    return _one({spec[name] for name in named}, "spec")


def _policy(asking: _Asking) -> str:
    policy = asking.product.policy
    if policy is None:
        raise _Lack("no_policy")
    return f"{policy.text}（{policy.id} v{policy.version}）"


def _one(found: set[str], name: str) -> str:
    """The only one of several; none, or two that differ, is no fact."""
    if len(found) > 1:
        raise _Lack(f"several_{name}")
    value = next(iter(found), "")
    if not value:
        raise _Lack(f"no_{name}")
    return value


_VALUES: Final[Mapping[str, Callable[[_Asking], str]]] = {
    "price": _price,
    "size": _size,
    "link": lambda asking: str(asking.product.link),
    "product": lambda asking: asking.product.name,
    "stock": _stock,
    "ship": _ship,
    "coupon": _coupon,
    "spec": _spec,
    "policy": _policy,
    "warranty": lambda asking: _one({asking.product.warranty}, "warranty"),
}


# ── words in the comment ───────────────────────────────────────────────────────

_REMOTE: Final = frozenset(("偏远", "新疆", "西藏", "内蒙", "内蒙古", "青海", "宁夏", "甘肃", "海南", "乌鲁木齐", "拉萨"))
_ABROAD: Final = frozenset(("香港", "澳门", "台湾", "港澳台", "海外", "国外", "美国", "加拿大", "澳洲", "日本", "韩国", "马来", "新加坡"))
_REGIONS: Final = _REMOTE | _ABROAD
_COLOUR = re.compile(
    r"(?:[深浅]?[红白黑蓝绿黄紫粉灰棕杏咖驼橙](?:色|的|款|$|(?=[smlx\d]))|卡其|藏青|米白|米色|[smlx](?=色))|"
    r"\b(?:black|white|red|blue|green|yellow|pink|purple|gr[ae]y|brown|beige|navy|orange|khaki|silver|gold)\b"
)
_SIZE = re.compile(r"(?<![a-z\d])(?:x{0,4}[sl]|m|\dxl)(?![a-z])|\d{2}码|均码")
_SYNONYMS: Final = (
    ("材质", "面料", "料子", "成分", "材料", "什么做的", "什么布", "纯棉", "真皮", "真丝", "羊毛", "material", "fabric"),
    ("洗涤", "怎么洗", "机洗", "手洗", "水洗", "缩水", "wash"),
    ("颜色", "色差", "几个色", "什么色", "colour", "color"),
    ("保质期", "过期", "有效期", "放多久", "生产日期"),
    ("尺寸", "多大", "多长", "多宽", "多高", "规格", "dimensions"),
    ("重量", "多重", "净重", "几斤", "净含量", "克重", "weigh"),
    ("产地", "哪里产", "哪产", "国产", "进口", "made in"),
    ("味道", "口味", "什么味", "香型", "flavour", "flavor"),
    ("厚度", "厚吗", "厚不厚", "薄吗", "透吗"),
)


def _synonyms(name: str) -> tuple[str, ...]:
    return tuple(word for words in _SYNONYMS if any(word in name for word in words[:2]) for word in words)


def _without_names(folded: str, product: Product) -> str:
    for name in sorted(map(fold, (product.name, *product.aliases)), key=len, reverse=True):
        folded = folded.replace(name, " ")
    return folded


def _meant(asking: _Asking) -> list[Variant]:
    """The variants that the comment can mean: all where it names none. Raises _Lack for a colour or a size that the table has not."""
    variants = asking.product.variants
    named = {word for variant in variants for word in variant.words if _stands(word, asking.text)}
    for stranger in (*_COLOUR.findall(asking.text), *_SIZE.findall(asking.text)):
        if variants and not any(word in stranger for word in named):
            raise _Lack("unknown_variant")
    found = [variant for variant in variants if named <= set(variant.words)]
    if variants and not found:
        raise _Lack("unknown_variant")
    return found


def _stands(word: str, text: str) -> bool:
    """Whether a variant's word is in the text, and not as part of a longer word or number (l in xl, 38 in 138)."""
    at = text.find(word)
    while at >= 0:
        left, right = text[at - 1 : at] if at else "", text[at + len(word) : at + len(word) + 1]
        if not (left and _joined(left, word[0])) and not (right and _joined(word[-1], right)):
            return True
        at = text.find(word, at + 1)
    return False


def _joined(left: str, right: str) -> bool:
    return (left.isdigit() and right.isdigit()) or (is_letter(left) and (is_letter(right))) or (left.isdigit() and right == "x")


# ── bundles ────────────────────────────────────────────────────────────────────

_SUGGEST = re.compile(
    "搭配|搭什么|配什么|怎么[搭配]|推荐|套餐|组合|一起[买拍]|成套|一套|凑单|凑一?单|凑满减|goes? with|recommend|bundle|match"
)


def _with_bundle(wanted: tuple[str, ...], facts: Facts, folded: str, reference: Reference, now: int) -> Filled | Lacking:
    """Only for somebody who asks for a suggestion, and only where one bundle fits."""
    if not _SUGGEST.search(folded):
        return Lacking(why="not_asked")
    if set(wanted) != {BUNDLE}:
        return Lacking(why="no_bundle")
    offered = _offered(facts, now)
    fitting = [bundle for bundle in offered if reference.link in bundle.links] if reference.link else offered
    if len(fitting) != 1 or (reference.link is None and reference.how != "none"):
        return Lacking(why="several_bundles" if len(fitting) > 1 else "no_bundle", product=reference.link)
    values = {BUNDLE: fitting[0].text}
    mark = "|".join((BUNDLE, BUNDLE, _bundle_print(fitting[0], facts), stamp(values.items())))
    return Filled(values=values, print=mark, product=reference.link)


def _offered(facts: Facts, now: int) -> list[Bundle]:
    """The bundles that still hold, all their products included."""
    current = {link for link, product in facts.by_link.items() if product.fresh(now)}
    return [bundle for bundle in facts.bundles if bundle.fresh(now) and current.issuperset(bundle.links)]


def _bundle_print(bundle: Bundle, facts: Facts) -> str:
    return stamp((bundle.name, bundle.links, bundle.text, [facts.by_link[link].price for link in bundle.links if link in facts.by_link]))
