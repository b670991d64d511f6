"""Patterns find exactly what RE2 finds, though they are tried only where a literal of theirs appears."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livebot.decide.literals import required_literals
from livebot.decide.patterns import CHUNK, BadPattern, Patterns, compiled, normalised
from livebot.decide.text import fold


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("退货", {"退货"}),
        ("退货(吗|么)", {"退货吗", "退货么"}),
        ("扣了?钱", {"扣钱", "扣了钱"}),
        ("(退|换).{0,4}吗", {"退", "换"}),
        ("(我要|想)(退|换)货", {"我要退货", "我要换货", "想退货", "想换货"}),
        ("(我|想|要).{0,8}(退掉|退回)", {"退掉", "退回"}),
        ("a+bc{2,3}de?f", {"df", "def"}),
        ("(abc)+x", {"abc"}),
        ("(abc)*", set()),
        ("(abc){0,2}", set()),
        ("ab|", set()),
        ("[^]a\\]b]cd\\wefg", {"efg"}),
        ("(?:AB|cd)1", {"ab1", "cd1"}),
        ("\\.com$", {"com"}),
        ("^退$", {"退"}),
        ("(?i)abc", set()),
        ("\\p{Han}abc", set()),
        ("[[:alpha:]]abc", set()),
        ("(?P<x>ab)", set()),
        ("ab\\", set()),
        ("[ab", set()),
        ("(ab", set()),
        ("ab)", set()),
        ("[a-z]", set()),
        ("", set()),
        ("ẞtraße", {"tra"}),
        ("|".join(map(str, range(10, 99))), set()),
        ("(" + "|".join(map(str, range(10, 50))) + ")(" + "|".join(map(str, range(10, 60))) + ")", {str(n) for n in range(10, 50)}),
    ],
)
def test_what_must_appear(pattern: str, literals: set[str]) -> None:
    assert set(required_literals(pattern)) == literals


ATOM = st.sampled_from(["a", "b", "退", "货", "退货", ".", "[ab]", "[^a]", "\\d", "\\.", "A", "１", "？", "ß", "^", "$", "\\b"])
PATTERN = st.recursive(
    ATOM,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: "(" + "|".join(parts) + ")"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{0,2}", "{1,2}", "{2}", "+?"])).map(lambda pair: f"({pair[0]}){pair[1]}"),
        st.tuples(inner, inner).map("|".join),
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.lists(PATTERN, min_size=1, max_size=5), st.text("ab退货1?. ßA.", max_size=12))
def test_the_detour_over_literals_changes_nothing(patterns: list[str], text: str) -> None:
    folded = fold(text)
    book = Patterns(enumerate(patterns))
    appeared = [regexes for literal, regexes in book.triggers.items() if literal in folded]
    triggered = {(owner, id(regex)): (owner, regex) for regexes in appeared for owner, regex in regexes}
    found = {owner for owner, _ in book.search(folded, list(triggered.values()))}
    assert found == {owner for owner, pattern in enumerate(patterns) if compiled(pattern).search(folded)}


def test_many_patterns_without_literals_are_searched_in_several_sets() -> None:
    patterns = Patterns((number, f"^[a-c][0-9]{{{number % 9 + 1}}}$") for number in range(2 * CHUNK + 1))
    assert not patterns.triggers
    assert [owner for owner, _ in patterns.search("b1234")] == list(range(3, 2 * CHUNK + 1, 9))
    assert patterns.search("b1234")[0][1] == "b1234"
    assert patterns.search("z") == []


def test_sets_that_outgrow_their_memory_still_find_everything() -> None:
    greedy = [f"^[\\p{{Han}}a-z]{{1,100}}[^{letter}]$" for letter in "abcdefghijklmnopqrstuvwxyz" * 2][:CHUNK]
    text = "退" * 90 + "c"
    expected = {number for number, pattern in enumerate(greedy) if compiled(pattern).search(text)}
    assert {owner for owner, _ in Patterns(enumerate(greedy)).search(text)} == expected
    assert expected


def test_full_width_punctuation_in_a_pattern_is_taken_literally() -> None:
    assert compiled("（真的）").search("(真的)")
    assert compiled("[，、]").search("a,b")
    assert normalised("ab") == "ab"


@pytest.mark.parametrize("pattern", ["(a", "a{2000}", "(?<=a)b", "\\1", "*a", "(a{1000}){1000}", "\ud800"])
def test_what_re2_refuses_is_a_bad_pattern(pattern: str) -> None:
    with pytest.raises(BadPattern):
        compiled(pattern)
