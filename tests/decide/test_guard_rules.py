"""The shipped packs say nothing that the guard would not let out."""

from pathlib import Path

import pytest

from livebot.decide.guard import judge
from livebot.keep.rulefiles import load_rules

BOOK = load_rules(["base", "starter", "demo"], {"shop": "小店"}, Path.cwd())
LINES = [(rule.id, line) for rule in (*BOOK.faqs, *BOOK.follow_ups) for line in rule.say]
LINES += [(rule.id, line) for rule in BOOK.flags for line in rule.ack]


@pytest.mark.parametrize(("rule", "line"), LINES)
def test_a_shipped_line_may_be_said(rule: str, line: str) -> None:
    assert judge(line).verdict == "ok"


def test_there_are_shipped_lines() -> None:
    assert len(LINES) > 80
