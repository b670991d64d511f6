"""docs/facts.md says what is so: its table loads, its rule answers from it, its tables name everything."""

import re
from pathlib import Path

import livebot
from livebot.decide.shop.facts import FACT_VARIABLES
from livebot.keep.factfiles import COLUMNS, load_facts
from livebot.keep.facttable import FIELDS
from livebot.keep.rulecheck import check_examples
from livebot.keep.rulefiles import load_rules

HOUSE = Path(livebot.__file__).parent.parent
DOCUMENT = (HOUSE / "docs" / "facts.md").read_text(encoding="utf-8")


def blocks() -> list[str]:
    return re.findall(r"```toml\n(.*?)```", DOCUMENT, re.DOTALL)


def test_its_tables_and_rules_load(tmp_path: Path) -> None:
    table, price, size, bundle, suggestion = blocks()
    (tmp_path / "products.toml").write_text(table + bundle, encoding="utf-8")
    (tmp_path / "faq.toml").write_text(price + size + suggestion, encoding="utf-8")
    book = load_rules(["base", tmp_path], {}, tmp_path)
    assert set(book.facts.by_link) == {1, 2}
    assert book.facts.bundles[0].links == (1, 2)
    assert check_examples(book) == []


def test_its_spreadsheet_loads(tmp_path: Path) -> None:
    found = re.search(r"^\| 链接号 .*?\n\|[-|]+\n(\| 3 .*?)\n", DOCUMENT, re.DOTALL | re.MULTILINE)
    assert found
    rows = [[cell.strip() for cell in row.strip("| ").split("|")] for row in found[0].splitlines() if not row.startswith("|--")]
    (tmp_path / "a.csv").write_text("\n".join("\t".join(row) for row in rows), encoding="gbk")
    [product] = load_facts([(tmp_path / "a.csv", "a.csv")]).products
    assert (product.price, product.sizes[1].size, product.ship[1][0], product.returnable) == ("129元", "M", ("新疆", "西藏"), True)


def test_every_field_column_and_variable_is_explained() -> None:
    assert set(re.findall(r"`\{?([a-z_]+)\}?`", DOCUMENT)) >= {*FIELDS, *FACT_VARIABLES}
    columns = {cell for line in re.findall(r"^\| `.*?\| (.*?) \|", DOCUMENT, re.MULTILINE) for cell in line.strip().split("、")}
    assert {COLUMNS[name] for name in columns if name in COLUMNS} >= {*FIELDS, "policy_id", "policy_version"}


def test_the_starter_table_is_empty_until_somebody_fills_it(tmp_path: Path) -> None:
    """An example's price must never be told to a viewer."""
    starter = HOUSE / "rules" / "starter" / "products.toml"
    assert not load_facts([(starter, "products.toml")])
    filled = re.sub(r"^#(?=\S)", "", starter.read_text(encoding="utf-8"), flags=re.MULTILINE)
    (tmp_path / "products.toml").write_text(filled, encoding="utf-8")
    [product] = load_facts([(tmp_path / "products.toml", "products.toml")]).products
    assert len(product.sizes) == 2
