"""Rules in each other's way: which pairs are named, which are not, and how long it takes."""

import time
from pathlib import Path

import pytest

from livebot.keep.rulefiles import load_rules
from livebot.keep.rulelint import lint


def hints(tmp_path: Path, *rules: str) -> list[tuple[str, str]]:
    """(rule, hint in English) of rules written as "name: phrasing / phrasing" """
    lines = []
    for rule in rules:
        name, _, asks = rule.partition(": ")
        category, _, name = name.rpartition("@")
        lines += [f'["{name}"]', f"ask = {asks.split(' / ')!r}", 'say = "好的"', *([f'category = "{category}"'] if category else [])]
    (tmp_path / "a.toml").write_text("\n".join(lines), encoding="utf-8")
    return [(hint.table, hint.en) for hint in lint(load_rules([tmp_path], {}, tmp_path))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("什么时候发货", "什么时候发货呢"),
        ("什么时候发货", "请问什么时候发货"),
        ("能开发票吗", "能开发票嘛"),
        ("支持七天无理由吗", "支持7天无理由吗"),
        ("how do I return it", "How do I return it?"),
        ("where is my order", "where's my order"),
    ],
)
def test_the_same_question_in_two_rules_is_named(one: str, other: str, tmp_path: Path) -> None:
    found = hints(tmp_path, f"a: {one} / 穿什么码", f"b: {other} / 有几种颜色")
    assert found
    assert all("a" in hint or table == "a" for table, hint in found)
    assert any("0.9" in hint or "1.00" in hint for _, hint in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("什么时候发货", "什么时候到货"),
        ("能开发票吗", "能开专票吗"),
        ("怎么退货", "怎么换货"),
        ("how do I return it", "how do I exchange it"),
    ],
)
def test_neighbours_are_two_questions(one: str, other: str, tmp_path: Path) -> None:
    assert hints(tmp_path, f"a: {one}", f"b: {other}") == []


def test_two_packs_may_answer_one_category(tmp_path: Path) -> None:
    assert hints(tmp_path, "pre.ship_when@a: 什么时候发货", "pre.ship_when@b: 什么时候发货呢") == []


def test_three_hundred_rules_take_seconds(tmp_path: Path) -> None:
    nouns = ["发票", "快递", "尺码", "颜色", "运费", "赠品", "质保", "安装", "电池", "面料", "链接", "会员", "积分", "礼盒", "库存"]
    frames = ["{}怎么弄", "{}要钱吗", "有没有{}", "{}几天能好", "{}在哪里看"]
    kinds = ["红的", "蓝的", "大号", "小号"]
    rules = [f"{kind}{frame.format(noun)}: {kind}{frame.format(noun)} / {frame.format(kind + noun)}呀 / 那个{kind}的{frame.format(noun)}"
             for noun in nouns for frame in frames for kind in kinds]  # fmt: skip
    assert len(rules) == 300
    start = time.perf_counter()
    hints(tmp_path, *rules)
    assert time.perf_counter() - start < 15
