"""Likeness: near phrasings come out surely, strange ones do not, and a lucky word proves nothing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from livebot.decide.matching import AUTO, HOLD
from livebot.decide.meaning.likeness import COMMON, Likeness, confidence, features
from livebot.decide.text import fold

QUESTIONS = {
    0: ("什么时候发货", "今天拍几天到"),
    1: ("怎么申请退货", "退货流程是什么"),
    2: ("支持七天无理由吗",),
    3: ("有运费险吗", "送不送运费险"),
    4: ("how much is shipping", "is there a delivery fee"),
    5: ("what is your return policy",),
}
INDEX = Likeness((key, text) for key, texts in QUESTIONS.items() for text in texts)


def best(comment: str) -> tuple[int | None, float]:
    found = INDEX.best(fold(comment))
    return found[0] if found else (None, 0.0)


def test_the_very_phrasing_is_certain_whatever_surrounds_it() -> None:
    for comment in ("什么时候发货", "你好，请问什么时候发货呀？", "什么时候发货。。。", "What is your return policy?"):
        assert best(comment)[1] == 1.0, comment


def test_two_questions_with_one_phrasing_are_both_named() -> None:
    index = Likeness([(0, "包邮吗"), (1, "包邮吗"), (0, "包邮吗？")])
    assert list(index.best("包邮吗")) == [(0, 1.0), (1, 1.0)]


def test_near_phrasings_are_answered() -> None:
    for comment, key in (("想问下怎么申请退货", 1), ("什么时候能发货", 0), ("支持七天无理由退吗", 2), ("how much for shipping", 4)):
        found, sure = best(comment)
        assert (found, sure >= AUTO) == (key, True), (comment, sure)


def test_chatter_is_not() -> None:
    for comment in ("哈哈哈哈", "主播好美", "我也是", "没有没有没有", "退", "what a lovely shot", "what is that", "you"):
        assert best(comment)[1] < HOLD, (comment, best(comment))

    assert best("什么时候开播")[1] < AUTO


def test_a_single_shared_word_is_chance() -> None:
    assert best("发货")[1] < HOLD
    assert best("shipping")[1] < HOLD


def test_a_story_is_not_a_question() -> None:
    assert INDEX.best("今天" + "".join(chr(0x4E00 + n) for n in range(90)) + "什么时候发货") == ()


def test_what_stands_everywhere_tells_nothing_and_costs_nothing() -> None:
    index = Likeness((number, f"请问一下{chr(0x4E00 + number)}{chr(0x5E00 + number)}号商品") for number in range(COMMON + 20))
    assert index.best("一下号商品") == ()
    assert index.best(f"要{chr(0x4E00 + 7)}{chr(0x5E00 + 7)}号商品")[0][0] == 7


def test_an_empty_index_and_empty_phrasings_answer_nothing() -> None:
    assert Likeness([]).best("退货") == ()
    assert Likeness([(0, "?!")]).best("?!") == ()


def test_confidence_rises_with_every_sign_and_stays_a_probability() -> None:
    base = confidence(0.5, 0.1, 0.5, 0.5, 6)
    assert base < confidence(0.7, 0.1, 0.5, 0.5, 6) < 1
    assert base < confidence(0.5, 0.3, 0.5, 0.5, 6)
    assert base < confidence(0.5, 0.1, 0.8, 0.5, 6)
    assert base < confidence(0.5, 0.1, 0.5, 0.8, 6)
    assert base < confidence(0.5, 0.1, 0.5, 0.5, 12)
    assert confidence(1, 1, 1, 1, 1000) <= 0.99


def test_features_are_words_characters_and_pairs() -> None:
    assert features("退货 abc12") == {"退", "货", "退货", "abc12"}


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_text_gets_ordered_probabilities(text: str) -> None:
    found = INDEX.best(fold(text))
    assert all(0 <= sure <= 1 for _, sure in found)
    assert len({key for key, _ in found}) == len(found) <= 3
