"""Product tables: what they become, and what is said about every mistake that is really made."""

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livebot.decide.shop.facts import Bundle, Facts, Policy, SizeRow, Variant
from livebot.errors import ConfigError, Problem
from livebot.keep.factcheck import fact_warnings
from livebot.keep.factfiles import is_fact_file, load_facts
from livebot.keep.facttable import spans_of, variant_words
from livebot.keep.rulefiles import RuleWatch, load_rules

WHOLE = """
valid_until = 2026-12-31
owner = "小王"
last_verified = "2026-11-20"

[3]
name = "碎花连衣裙"
aliases = ["小碎花", "碎花裙"]
ids = "sku-1"
price = 129.90
coupon = "满100减10"
coupon_until = 2026-11-30
variants = { "红色 M码" = 3, "红色 L码" = { stock = "预售", price = "139" } }
spec = { "材质" = "雪纺", "洗涤" = "手洗" }
ship = { "默认" = "48小时内发货", "新疆、西藏" = "7天内发货" }
policy = { id = "R1", version = 3, text = "签收7天内支持无理由退换" }
warranty = "无"

[3.sizes]
S = "身高150-159 体重80-95斤"
M = { height = "155-166cm", weight = "48-54kg" }

["12号"]
name = "手链"
price = "259元"
stock = 8
returnable = false
spec = "925银"
ship = "72小时内发货"
valid_until = 2026-11-25
sizes = [{ size = "均码", foot = "23.1-23.5" }]

["帆布包"]
link = 38
price = 79

[[bundle]]
name = "两件套"
links = [3, 12]
say = "3号加12号一起拍369"
"""


def load(folder: Path, content: str | bytes, name: str = "products.toml") -> Facts:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return load_facts([(folder / name, name)])


def problems(folder: Path, content: str | bytes, name: str = "products.toml") -> list[Problem]:
    with pytest.raises(ConfigError) as caught:
        load(folder, content, name)
    return list(caught.value.problems)


def test_a_table_with_everything(tmp_path: Path) -> None:
    facts = load(tmp_path, WHOLE)
    dress, chain, bag = facts.products
    assert (dress.link, dress.name, dress.aliases, dress.ids) == (3, "碎花连衣裙", ("小碎花", "碎花裙"), ("sku-1",))
    assert (dress.price, dress.coupon, dress.warranty) == ("129.90", "满100减10", "无")
    assert dress.variants == (
        Variant(name="红色 M码", words=("红", "m"), stock="3"), Variant(name="红色 L码", words=("红", "l"), stock="预售", price="139"),
    )  # fmt: skip
    assert dress.sizes == (
        SizeRow(size="S", height=(150, 159), weight=(40, 47.5)),
        SizeRow(size="M", height=(155, 166), weight=(48, 54)),
    )
    assert dress.spec == (("材质", "雪纺"), ("洗涤", "手洗"))
    assert dress.ship == (((), "48小时内发货"), (("新疆", "西藏"), "7天内发货"))
    assert dress.policy == Policy(id="R1", version="3", text="签收7天内支持无理由退换")
    assert (dress.owner, dress.source) == ("小王", "products.toml:6")
    assert dress.valid_until is not None
    assert chain.valid_until is not None
    assert chain.valid_until < dress.valid_until
    assert (chain.link, chain.price, chain.stock, chain.returnable, chain.spec) == (12, "259元", "8", False, (("", "925银"),))
    assert chain.sizes == (SizeRow(size="均码", foot=(231, 235)),)
    assert chain.ship == (((), "72小时内发货"),)
    assert (bag.link, bag.name, bag.price) == (38, "帆布包", "79")
    assert facts.bundles == (Bundle(name="两件套", links=(3, 12), text="3号加12号一起拍369", source=facts.bundles[0].source),)


@pytest.mark.parametrize(
    ("content", "line", "table", "field", "zh"),
    [
        ('["裙子"]\nprice = 3', 1, "裙子", "", "几号链接"),
        ("[3]\nprice = 3", 1, "3", "name", "商品名"),
        ('[0]\nname = "裙"', 1, "0", "", "几号链接"),
        ('[3]\nname = "裙"\nlink = true', 3, "3", "link", "几号链接"),
        ('[3]\nname = "裙"\nprcie = 3', 3, "3", "prcie", "price"),
        ('[3]\nname = "裙"\nprice = ""', 3, "3", "price", "不能为空"),
        ('[3]\nname = "裙"\nprice = "{price}"', 3, "3", "price", "花括号"),
        ('[3]\nname = "裙"\nprice = [1]', 3, "3", "price", "一行文字"),
        ('[3]\nname = "裙"\nprice = nan', 3, "3", "price", "一行文字"),
        ('[3]\nname = "裙"\nprice = true', 3, "3", "price", "一行文字"),
        ('[3]\nname = "裙"\naliases = ["裙"]', 3, "3", "aliases", "太短"),
        ('[3]\nname = "裙子"\n[4]\nname = "裙子"', 3, "裙子", "name", "分不清"),
        ('[3]\nname = "裙子"\n[4]\nname = "裤子"\naliases = ["裙 子", "裙子"]', 3, "裤子", "aliases", "分不清"),
        ('[3]\nname = "裙子"\n["3号"]\nname = "裤子"', 3, "裤子", "link", "已经给了“裙子”"),
        ('[3]\nname = "裙"\nsizes = "大"', 3, "3", "sizes", "要写成"),
        ('[3]\nname = "裙"\nsizes = { S = "小个子" }', 3, "3", "sizes", "看不懂"),
        ('[3]\nname = "裙"\nsizes = { S = "身高150-160 体重80-95" }', 3, "3", "sizes", "斤或 kg"),
        ('[3]\nname = "裙"\nsizes = { S = "身高160-150" }', 3, "3", "sizes", "比后面的大"),
        ('[3]\nname = "裙"\nsizes = { S = "身高1500-1600" }', 3, "3", "sizes", "不可能"),
        ('[3]\nname = "裙"\nvariants = { "红" = "" }', 3, "3", "variants", "库存"),
        ('[3]\nname = "裙"\nvariants = { "红 M" = 1, "M 红" = 2 }', 3, "3", "variants", "两遍"),
        ('[3]\nname = "裙"\nvariants = ["红"]', 3, "3", "variants", "要写成"),
        ('[3]\nname = "裙"\npolicy = "7天"', 3, "3", "policy", "编号、版本"),
        ('[3]\nname = "裙"\npolicy = { id = "R1", text = "7天" }', 3, "3", "policy", "编号、版本"),
        ('[3]\nname = "裙"\nreturnable = false\npolicy = { id = "R", version = 1, text = "7天无理由" }', 4, "3", "policy", "却写了支持"),
        ('[3]\nname = "裙"\nreturnable = "否"', 3, "3", "returnable", "true"),
        ('[3]\nname = "裙"\nvalid_until = "年底"', 3, "3", "valid_until", "日期"),
        ('valid_until = "年底"\n[3]\nname = "裙"', 1, "", "valid_until", "日期"),
        ('price = 3\n[3]\nname = "裙"', 1, "", "price", "先写一行"),
        ('[3]\nname = "裙"\n[[bundle]]\nname = "a"\nlinks = [3, 4]\nsay = "b"', 3, "a", "links", "4 号不在"),
        ('[3]\nname = "裙"\n[[bundle]]\nname = "a"\nlinks = [3]\nsay = "b"', 5, "bundle", "links", "至少两个"),
        ('[3]\nname = “裙”', 2, "3", "name", "英文输入法"),
    ],
)  # fmt: skip
def test_mistakes_are_named_with_file_line_table_and_field(
    tmp_path: Path, content: str, line: int, table: str, field: str, zh: str
) -> None:
    problem = problems(tmp_path, content)[0]
    assert (problem.file, problem.line, problem.table, problem.field) == ("products.toml", line, table, field)
    assert zh in problem.zh
    assert problem.en


CSV = """链接号,商品名,别名,价格,优惠,规格库存,尺码表,材质,发货,政策编号,政策版本,政策,质保,可退,有效期,负责人,核对日期
3,碎花连衣裙,小碎花、碎花裙,129.90,满100减10,红M:3；白L:0,S 身高150-159 体重80-95斤；M 155-166cm 96-108斤,雪纺,\
48小时；新疆、西藏：7天,R1,3,签收7天内可退,无,是,2026/12/31,小王,2026-11-20
12号,手链,,259元,,,,,,,,,,否,,,
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_table_as_excel_saves_it(tmp_path: Path, encoding: str, delimiter: str) -> None:
    dress, chain = load(tmp_path, CSV.replace(",", delimiter).replace("\n", "\r\n").encode(encoding), "表.csv").products
    assert (dress.link, dress.name, dress.aliases, dress.price) == (3, "碎花连衣裙", ("小碎花", "碎花裙"), "129.90")
    assert [(one.words, one.stock) for one in dress.variants] == [(("红", "m"), "3"), (("白", "l"), "0")]
    assert dress.sizes[1] == SizeRow(size="M", height=(155, 166), weight=(48, 54))
    assert dress.ship == (((), "48小时"), (("新疆", "西藏"), "7天"))
    assert dress.policy == Policy(id="R1", version="3", text="签收7天内可退")
    assert dress.spec == (("", "雪纺"),)
    assert dress.valid_until is not None
    assert dress.last_verified is not None
    assert (dress.source, chain.source) == ("表.csv:2", "表.csv:3")
    assert (chain.link, chain.price, chain.returnable, chain.aliases) == (12, "259元", False, ())


@pytest.mark.parametrize(
    ("content", "line", "zh"),
    [
        ("", None, "空的"),
        ("链接号,商品名\n3,裙子\n,裤子", 3, "1 到 999"),
        ("链接号,商品名\n3,", 2, "商品名"),
        ("链接号,价格\n3,9", 1, "商品名"),
        ("链接号,商品名,价格元\n3,裙子,9", 1, "价格"),
        ("链接号,商品名,价格,到手价\n3,裙子,9,8", 1, "同一个意思"),
        ("链接号,商品名,可退\n3,裙子,也许", 2, "true"),
        ("链接号,商品名,尺码表\n3,裙子,S 小个子", 2, "看不懂"),
        ("链接号,商品名,有效期\n3,裙子,年底", 2, "日期"),
        (b"PK\x03\x04\xff\xff\xff\xff\x81", None, "另存为 CSV"),
        (b"\x81\xff\xff\x00", None, "编码"),
    ],
)
def test_mistakes_in_a_csv(tmp_path: Path, content: str | bytes, line: int | None, zh: str) -> None:
    found = problems(tmp_path, content, "p.csv")
    assert (found[0].file, found[0].line) == ("p.csv", line), found
    assert zh in found[0].zh


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("150-160cm 80-95斤", {"height": (150, 160), "weight": (40, 47.5)}),
        ("身高：150～160，体重：40—47kg", {"height": (150, 160), "weight": (40, 47)}),
        ("6-12个月 67-73cm", {"age": (6, 12), "height": (67, 73)}),
        ("3-4岁", {"age": (36, 59)}),
        ("脚长23.1-23.5", {"foot": (231, 235)}),
        ("脚长 231-235", {"foot": (231, 235)}),
        ("231-235mm", {"foot": (231, 235)}),
        ("height 150-160, weight 88-104lb", {"height": (150, 160), "weight": (39.92, 47.17)}),
        ("体重121斤以上", {"weight": (60.5, 500)}),
        ("体重80斤以下", {"weight": (0, 40)}),
        ("1.5-1.6米", {"height": (150, 160)}),
        ("80-95", "form"), ("体重80-95", "unit"), ("身高80斤", "form"), ("随便", "form"), ("身高150-160 身高160-170", "form"), ("", "form"),
    ],
)  # fmt: skip
def test_ranges_as_people_write_them(text: str, spans: object) -> None:
    assert spans_of(text) == spans


@pytest.mark.parametrize(
    ("name", "words"), [("红色 M码", ("红", "m")), ("红/M", ("红", "m")), ("黑", ("黑",)), ("37码", ("37",)), ("Red XL", ("red", "xl"))]
)
def test_what_a_viewer_must_name_to_mean_a_variant(name: str, words: tuple[str, ...]) -> None:
    assert variant_words(name) == words


def test_what_is_allowed_but_seldom_meant(tmp_path: Path) -> None:
    facts = load(
        tmp_path,
        '[3]\nname = "裙"\nvalid_until = 2026-01-01\n[4]\nname = "裤子"\nlast_verified = 2025-01-01\n'
        'sizes = { S = "身高150-160", M = "身高160-170", L = "身高171-180" }\n'
        '[5]\nname = "鞋子"\nvalid_until = 2099-01-01\ncoupon = "减5"\ncoupon_until = 2026-01-01',
    )
    told = [(problem.table, problem.field) for problem in fact_warnings(facts, 1_790_000_000_000)]
    assert told == [("3", "valid_until"), ("4", ""), ("4", "last_verified"), ("4", "sizes"), ("5", "coupon_until")]
    assert "S 和 M" in str(fact_warnings(facts, 1_790_000_000_000)[3])


def test_which_files_are_product_tables() -> None:
    told = [
        name
        for name in ("products.toml", "products-鞋.toml", "商品.toml", "a.csv", "faq.toml", "my-products.toml")
        if is_fact_file(Path(name))
    ]
    assert told == ["products.toml", "products-鞋.toml", "商品.toml", "a.csv"]


# ── beside the rules ───────────────────────────────────────────────────────────

RULE = '[price]\nask = "多少钱"\nsay = "{link}号{price}"\n'


def test_rules_and_products_are_read_together_and_again(tmp_path: Path) -> None:
    rules = tmp_path / "shop"
    rules.mkdir()
    (rules / "faq.toml").write_text(RULE, encoding="utf-8")
    (rules / "products.toml").write_text('[3]\nname = "裙"\nprice = 9', encoding="utf-8")
    watch = RuleWatch([rules], {}, tmp_path)
    before = watch.rulebook
    assert before.facts.by_link[3].price == "9"
    assert not watch.changed()
    (rules / "products.toml").write_text('[3]\nname = "裙"\nprice = 10', encoding="utf-8")
    os.utime(rules / "products.toml", ns=(1, 1))
    assert watch.changed()
    book = watch.reload()
    assert not isinstance(book, ConfigError)
    assert book.facts.by_link[3].price == "10"
    assert book.hash != before.hash
    (rules / "products.toml").write_text('[3]\nname = "裙"\nprice = ', encoding="utf-8")
    assert isinstance(watch.reload(), ConfigError)
    assert watch.rulebook.facts.by_link[3].price == "10", "a bad file keeps the old facts"
    (rules / "more.csv").write_text("链接号,商品名\n4,裤子", encoding="gbk")
    (rules / "products.toml").write_text('[3]\nname = "裙"\nprice = 11', encoding="utf-8")
    watch.reload()
    assert set(watch.rulebook.facts.by_link) == {3, 4}


def test_a_folder_may_hold_products_alone(tmp_path: Path) -> None:
    (tmp_path / "products.toml").write_text('[3]\nname = "裙"', encoding="utf-8")
    assert load_rules([tmp_path], {}, tmp_path).facts.by_link[3].name == "裙"


def test_a_variable_without_a_product_table_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "faq.toml").write_text(RULE, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_rules([tmp_path], {}, tmp_path)
    assert "products.toml" in str(caught.value)
    assert load_rules([tmp_path], {"price": "9", "link": "3"}, tmp_path).faqs[0].say == ("{link}号{price}",)
    (tmp_path / "faq.toml").write_text(RULE.replace("say", 'say = "看商品页"\nfact'), encoding="utf-8")
    assert load_rules([tmp_path], {}, tmp_path).faqs[0].fact == ("{link}号{price}",)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_become_facts_or_words(tmp_path: Path, raw: bytes) -> None:
    for name in ("products.toml", "products.csv"):
        with suppress(ConfigError):
            load(tmp_path, raw, name)
