"""Every category can be reached with the shipped rules, and is sent where its table says."""

import pytest
from shipped import shipped_book, shipped_matcher

from livebot.decide.categories import CATEGORIES
from livebot.decide.classify import classify
from livebot.decide.matching import HOLD
from livebot.decide.rulebook import FaqRule

BOOK = shipped_book()
SHIPPED = shipped_matcher()
RULES = [(rule, text) for rule in (*BOOK.flags, *BOOK.faqs) for text in rule.examples[:2]]


def test_no_category_is_without_a_rule() -> None:
    assert {rule.category for rule in (*BOOK.flags, *BOOK.faqs)} == set(CATEGORIES)


@pytest.mark.parametrize(("rule", "text"), RULES, ids=[f"{rule.id}: {text}" for rule, text in RULES])
def test_an_example_reaches_its_category(rule: FaqRule, text: str) -> None:
    verdict = classify(SHIPPED.match(text))
    assert rule.category
    assert verdict.category == rule.category
    assert verdict.confidence >= HOLD
    table = CATEGORIES[rule.category].route
    assert verdict.route in ({"auto", "suggest", table} if isinstance(rule, FaqRule) else {table})  # mid.pay is both
