"""docs/guard.md says of every rule what the code says, and its examples are judged as it claims."""

import json
import re
from pathlib import Path

import pytest

from livebot.decide.guard import RULES, judge
from livebot.decide.promises import Promises

TEXT = Path("docs/guard.md").read_text("utf-8")
LEVELS = {"block": "不能说", "needs_evidence": "要有证据"}


def rows(heading: str) -> list[list[str]]:
    section = TEXT.split(f"\n## {heading}", 1)[1].split("\n## ", 1)[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("|")][2:]


def quoted(cell: str) -> list[str]:
    return re.findall("“([^”]+)”", cell)


def test_every_rule_is_listed_with_its_verdict_and_article_and_nothing_else() -> None:
    told = {}
    for rule in RULES:
        levels = told.setdefault(f"`{rule.id}`", (set[str](), set[str]()))
        levels[0].add(LEVELS[rule.verdict])
        levels[1].add(rule.article)
    listed = {row[0]: (set(row[1].split(" / ")), set(row[2].split("；"))) for row in rows("全部规则")}
    assert listed == told


@pytest.mark.parametrize("row", rows("不能说的和可以说的"), ids=lambda row: row[0])
def test_its_examples_are_judged_as_it_says(row: list[str]) -> None:
    _, stopped, passed = row
    assert [text for text in quoted(stopped) if judge(text).verdict == "ok"] == []
    assert [(text, judge(text)) for text in quoted(passed) if judge(text).verdict != "ok"] == []
    assert quoted(stopped)
    assert quoted(passed)


@pytest.mark.parametrize("row", rows("怎样让一句承诺可以说"), ids=lambda row: row[0])
def test_a_promise_is_backed_as_it_says(row: list[str]) -> None:
    name, value, texts = row
    known = {"ship_within": "ship_hours", "arrive_within": "arrive_hours", "refund_within": "refund_hours", "reply_within": "reply_hours"}
    field, given = name.strip("`"), json.loads(value.strip("`"))
    if field in known:
        given = float(given.strip("h"))
    shop = Promises(**{known.get(field, field): tuple(given) if isinstance(given, list) else given})  # type: ignore[arg-type]
    assert quoted(texts)
    assert [(text, judge(text, promises=shop)) for text in quoted(texts) if judge(text, promises=shop).verdict != "ok"] == []
    assert [text for text in quoted(texts) if judge(text).verdict == "ok"] == []
