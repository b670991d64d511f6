"""The shipped rules, read and made ready once for all tests that only ask them."""

from functools import cache
from pathlib import Path

from livebot.decide.matching import Matcher
from livebot.decide.rulebook import Rulebook
from livebot.keep.rulefiles import load_rules


@cache
def shipped_book() -> Rulebook:
    return load_rules(["base"], {"shop": "小店"}, Path())


@cache
def shipped_matcher() -> Matcher:
    return Matcher(shipped_book())
