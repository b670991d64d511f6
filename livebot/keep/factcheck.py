"""What is allowed in a product table but seldom meant: what is out of date, and sizes that fit the same person."""

from itertools import combinations
from typing import Final

from livebot.decide.shop.facts import Facts, Product, SizeRow
from livebot.errors import Problem

VERIFIED_WITHIN_MS: Final = 30 * 86_400_000
_DIMENSIONS: Final = ("height", "weight", "age", "foot")


def fact_warnings(facts: Facts, now: int) -> list[Problem]:
    """now: Unix milliseconds. A product that is out of date gets no automatic answer, so that is said here first."""
    found: list[Problem] = []
    for product in facts.products:
        if not product.fresh(now):
            zh, en = "已经过了有效期，这个商品的问题都不会自动回答", "is out of date: nothing about it will be answered"
            found.append(_about(product, "valid_until", zh, en))
        elif product.valid_until is None:
            zh, en = "没有写 valid_until：资料变了也会一直照旧回答", "has no valid_until: it will be told for ever"
            found.append(_about(product, "", zh, en))
        if product.last_verified is not None and product.last_verified < now - VERIFIED_WITHIN_MS:
            zh, en = "超过 30 天没有核对了", "was last verified more than 30 days ago"
            found.append(_about(product, "last_verified", zh, en))
        if product.coupon and product.coupon_until is not None and product.coupon_until <= now:
            found.append(_about(product, "coupon_until", "优惠已经过期，不会再说", "the coupon is over and will not be told"))
        found += _overlaps(product)
    for bundle in facts.bundles:
        if not bundle.fresh(now):
            file, _, line = bundle.source.rpartition(":")
            zh, en = f"套餐“{bundle.name}”已经过了有效期", f"the bundle {bundle.name} is out of date"
            found.append(Problem(file=file, line=int(line), table="bundle", field="valid_until", zh=zh, en=en))
    return found


def _overlaps(product: Product) -> list[Problem]:
    """Pairs of rows that one body fits: whoever is in both gets no automatic size."""
    pairs = [(a, b) for a, b in combinations(product.sizes, 2) if a.size != b.size and _both_fit(a, b)]
    words = "、".join(f"{a.size} 和 {b.size}" for a, b in pairs[:4])
    if not pairs:
        return []
    zh = f"{words} 的范围有重叠，落在重叠里的人不会自动推荐；要自动推荐就把范围分开写"
    en = f"the ranges of {words} overlap, and whoever is in both gets no automatic size; write them apart"
    return [_about(product, "sizes", zh, en)]


def _both_fit(a: SizeRow, b: SizeRow) -> bool:
    spans = [(getattr(a, name), getattr(b, name)) for name in _DIMENSIONS]
    return all(one is None or two is None or (one[0] <= two[1] and two[0] <= one[1]) for one, two in spans)


def _about(product: Product, field: str, zh: str, en: str) -> Problem:
    file, _, line = product.source.rpartition(":")
    return Problem(file=file, line=int(line), table=str(product.link), field=field, zh=zh, en=en)
