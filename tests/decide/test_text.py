"""Folding: every spelling of the same words becomes the same words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livebot.decide.text import fold, is_letter, letters_only

ANY_TEXT = st.text(st.characters(), max_size=60)  # lone surrogates included


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("退货怎么退", "退货怎么退"),
        ("ＡＢＣ１２３", "abc123"),
        ("Hello  World", "hello world"),
        ("  a \t\n b  ", "a b"),
        ("退\u200b货\ufeff", "退货"),
        ("\u202e退货\u202c", "退货"),
        ("在吗？？？！！", "在吗?!"),
        ("好。。。。", "好。"),
        ("5000", "5000"),
        ("11111", "11111"),
        ("hhhhaaa", "hhhhaaa"),
        ("“你好”", '"你好"'),
        ("don’t", "don't"),
        ("a\x00b", "ab"),
        ("\ud83d退\ude00", "\ufffd退\ufffd"),
        ("❤️❤️", "❤"),
        ("STRASSE straße", "strasse strasse"),
        ("", ""),
    ],
)
def test_spellings_of_the_same_words_fold_to_one(written: str, folded: str) -> None:
    assert fold(written) == folded


@settings(deadline=None)
@given(ANY_TEXT)
def test_folding_is_idempotent_and_valid_utf8(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert "\x00" not in folded
    folded.encode("utf-8")


@settings(deadline=None)
@given(st.text("ab退货 !?。,A１", max_size=30))
def test_the_fast_path_agrees_with_the_slow_one(text: str) -> None:
    assert fold(text + "\u200b") == fold(text)


def test_scripts_that_write_words_apart_are_letters() -> None:
    assert all(map(is_letter, "aZéяß"))
    assert not any(map(is_letter, "退かカ1 !"))


def test_letters_only_drops_punctuation_and_spaces() -> None:
    assert letters_only("退货, 怎么退?!") == "退货怎么退"
    assert letters_only("退货") == "退货"
    assert letters_only("?!") == ""
