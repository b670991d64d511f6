"""A comment with personal data in public is an issue of its own, found by `privacy` and by no pattern; an advert stays an advert."""

import pytest

from livebot.decide.matching import Matcher
from livebot.decide.rulebook import FlagRule, Rulebook

PRIVACY = FlagRule(id="mine", category="any.privacy", like=("never ever",), ack=("请私信",))
ADVERT = FlagRule(id="ad", category="any.spam", when=(("刷单",),))
MATCHER = Matcher(Rulebook(flags=(PRIVACY, ADVERT)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("我电话一三八 1234 五六七八", ("<phone>",)),
        ("文一路100号3栋，13812345678", ("<address>", "<phone>")),
        ("zs艾特qq点com", ("<email>",)),
        ("SF1234567890123到哪了", ("<tracking>",)),
    ],
)
def test_it_is_flagged_and_the_words_give_nothing_away(text: str, words: tuple[str, ...]) -> None:
    [hit] = MATCHER.match(text).flags
    assert (hit.rule.id, hit.words) == ("mine", words)


@pytest.mark.parametrize("text", ["160/50kg", "12号链接", "加微信吗", "加微信abc12345", "满299减50", "房间号1234567890123"])
def test_what_is_none_is_not(text: str) -> None:
    assert MATCHER.match(text).flags == ()


def test_an_advert_with_a_telephone_number_is_moderated() -> None:
    assert [hit.rule.id for hit in MATCHER.match("刷单日结联系13812345678").flags] == ["ad"]


def test_without_such_a_rule_nothing_is_flagged() -> None:
    assert Matcher(Rulebook(flags=(ADVERT,))).match("13812345678").flags == ()
