"""What an answer is filled with: the shop's own words to the byte, or nothing at all."""

from dataclasses import replace

import pytest
from shop import SHOP

from livebot.decide.shop.facts import Facts, Policy, Product
from livebot.decide.shop.filling import Filled, Lacking, fact_variables, fill, holds, promises
from livebot.decide.text import fold

NOW = 1_000_000

# what the rule says | comment | on air | what is said, or !why it is not
CASES = """
{price} | 1号多少钱 | - | 129元
{price} | 2号多少钱 | - | 99.90
{link}号{price} | 这个几号多少钱 | 3 | 3号59
{product} | 这个叫什么 | 5 | 羊绒大衣
{price} | 多少钱 | - | !no_product
{price} | 1号和2号多少钱 | 5 | !several_products
{price} | 99号链接多少钱 | 5 | !unknown_product
{price} | 刚才那个多少钱 | 5 | !other_product
{size} | 1号 165 110 | - | L
{size} | 165 110穿什么码 | 1 | L
{size} | 165 80 | 1 | !size_outside
{size} | 穿什么码 | 1 | !size_nothing
{size} | 165穿多大 | 1 | !size_incomplete
{size} | 165 110 | 5 | !size_no_table
{size} | 脚长23.5 | 8 | 37
{stock} | 2号还有货吗 | - | 现货
{stock} | 还有吗 | 1 | 15
{stock} | 红色M还有吗 | 1 | 3
{stock} | 红色还有吗 | 1 | 3
{stock} | m码有货吗 | 1 | 15
{stock} | 白m | 1 | 12
{stock} | 红l有吗 | 1 | 0
{stock} | 蓝色有吗 | 1 | !unknown_variant
{stock} | 红xl有吗 | 1 | !unknown_variant
{stock} | 白l有吗 | 1 | !unknown_variant
{stock} | is the black m available | 1 | !unknown_variant
{stock} | 还有吗 | 3 | !no_stock
{ship} | 1号什么时候发货 | - | 48小时内发货，全国包邮
{ship} | 1号新疆发吗 | - | 7天内发货，运费补15元
{ship} | 2号新疆发吗 | - | !no_ship
{ship} | 2号发香港吗 | - | !no_ship
{ship} | 2号广州几天到 | - | 48小时内发货，全国包邮
{ship} | 几天发货 | 3 | !no_ship
{coupon} | 有券吗 | 5 | 拍下立减50
{coupon} | 有券吗 | 3 | !no_coupon
{spec} | 什么材质 | 1 | 雪纺，聚酯纤维100%
{spec} | 什么面料 | 1 | 雪纺，聚酯纤维100%
{spec} | 能机洗吗 | 1 | 建议手洗
{spec} | 怎么样 | 1 | !no_spec
{spec} | 面料是什么怎么洗 | 1 | !several_spec
{spec} | 什么料子 | 3 | 100%棉，220克重磅
{policy} | 能退吗 | 1 | 签收7天内支持无理由退换（R1 v3）
{policy} | 能退吗 | 12 | 定制商品，拍下后不退不换（R9 v1）
{policy} | 能退吗 | 3 | !no_policy
{warranty} | 质保多久 | 5 | 一年免费护理
{warranty} | 质保多久 | 1 | !no_warranty
支持7天无理由退换 | 能退吗 | 12 | !not_returnable
支持7天无理由退换 | 能退吗 | 1 | 支持7天无理由退换
支持7天无理由退换 | 能退吗 | - | !no_product
搭{bundle} | 2号配什么好看 | - | 搭2号加3号一起拍149元
搭{bundle} | 有什么推荐搭配吗 | 3 | 搭2号加3号一起拍149元
搭{bundle} | 有套餐吗 | - | 搭2号加3号一起拍149元
搭{bundle} | 多少钱 | 3 | !not_asked
搭{bundle} | 1号配什么 | - | !no_bundle
"""


def cases(table: str) -> list[list[str]]:
    return [[part.strip() for part in line.split(" | ")] for line in table.strip().splitlines()]


def said(say: str, text: str, on_air: int | None, now: int = NOW, facts: Facts = SHOP) -> str:
    match fill(say, facts, fold(text), on_air, now):
        case Lacking(why=why):
            return f"!{why}"
        case Filled(values=values):
            return say.format_map(values)


@pytest.mark.parametrize(("say", "text", "on_air", "answer"), cases(CASES))
def test_an_answer_says_what_the_table_says(say: str, text: str, on_air: str, answer: str) -> None:
    assert said(say, text, int(on_air) if on_air != "-" else None) == answer


def test_what_is_stale_is_not_said() -> None:
    assert said("{price}", "5号多少钱", None, now=8_999_999) == "899"
    assert said("{price}", "5号多少钱", None, now=9_000_000) == "!stale"
    assert said("{coupon}", "1号有券吗", None, now=4_999_999) == "满100减10"
    assert said("{coupon}", "1号有券吗", None, now=5_000_000) == "!stale"


def filled(say: str, text: str, on_air: int | None = None) -> Filled:
    found = fill(say, SHOP, fold(text), on_air, NOW)
    assert isinstance(found, Filled)
    return found


def changed(link: int, **fields: object) -> Facts:
    return replace(SHOP, products=tuple(replace(one, **fields) if one.link == link else one for one in SHOP.products))  # type: ignore[arg-type]


def test_just_before_sending_the_facts_must_be_the_same_and_still_valid() -> None:
    price = filled("{price}", "5号多少钱").print
    assert holds(price, SHOP, NOW)
    assert holds(price, changed(5, coupon="没有了"), NOW), "another fact may change"
    assert not holds(price, changed(5, price="888"), NOW)
    assert not holds(price, SHOP, 9_000_000)
    assert not holds(price, Facts(), NOW)
    assert not holds(filled("{size}", "1号165 110").print, changed(1, sizes=()), NOW)
    assert not holds(filled("{coupon}", "1号有券吗").print, SHOP, 5_000_000)
    bundle = filled("{bundle}", "2号配什么").print
    assert holds(bundle, SHOP, NOW)
    assert not holds(bundle, changed(3, price="69"), NOW), "a part's price is read again too"
    assert holds("", Facts(), NOW)


def test_two_answers_about_two_products_are_two() -> None:
    assert filled("{price}", "1号多少钱").print != filled("{price}", "2号多少钱").print
    assert filled("{size}", "1号165 110").print != filled("{size}", "1号160 100").print
    assert filled("{price}", "1号多少钱").print == filled("{price}", "1号怎么卖").print


def test_a_variable_of_the_configuration_goes_before_a_fact() -> None:
    assert fact_variables("{price}{shop}{viewer}{size}", {"price": "9"}) == ("size",)
    assert isinstance(fill("{price}", SHOP, "多少钱", None, NOW, {"price": "9"}), Filled)


@pytest.mark.parametrize(
    ("text", "grants"),
    [
        ("支持7天无理由", True), ("七天无理由退换", True), ("签收7天内可以退", True), ("不支持7天无理由", False),
        ("定制商品不支持无理由退货", False), ("非7天无理由商品", False), ("48小时发货", False),
    ],
)  # fmt: skip
def test_what_grants_a_return(text: str, grants: bool) -> None:
    assert promises(text) == grants


def test_prices_of_variants() -> None:
    variants = tuple(replace(one, price="139元" if "红" in one.words else "") for one in SHOP.products[0].variants)
    shop = Facts(products=(replace(SHOP.products[0], variants=variants),))
    assert said("{price}", "红色多少钱", 1, facts=shop) == "139元"
    assert said("{price}", "白m多少钱", 1, facts=shop) == "129元"
    assert said("{price}", "多少钱", 1, facts=shop) == "!several_price"


def test_policies_quote_their_version() -> None:
    shop = Facts(products=(Product(link=1, name="杯子", policy=Policy(id="A", version="2026-01", text="破损包赔")),))
    assert said("{policy}", "碎了怎么办", 1, facts=shop) == "破损包赔（A v2026-01）"
