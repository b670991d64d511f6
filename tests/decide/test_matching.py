"""Which rules a comment hits, by which words, and that no comment and no rule can hurt."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livebot.decide.matching import AUTO, BY_WORDS, HOLD, LONGEST, Match, Matcher
from livebot.decide.patterns import BadPattern
from livebot.decide.rulebook import FaqRule, FlagRule, Rulebook

SHIP = FaqRule(id="ship", ask=("什么时候发货", "多久能到"), say=("看商品页",))
LOST = FlagRule(id="lost", category="mid.pay_lost", when=(("付了钱", "没订单"), ("扣款没成功",)), unless=(("别人",),))
RETURN = FlagRule(id="return", category="post.return", like=("(我要|想)退货", "退掉"), when=(("退货申请",),))


def ids(match: Match) -> tuple[list[str], list[str]]:
    return [hit.rule.id for hit in match.flags], [hit.rule.id for hit in match.answers if hit.confidence >= AUTO]


def flag(**fields: object) -> Matcher:
    return Matcher(Rulebook(flags=(FlagRule(id="f", category="mid.change", **fields),)))  # type: ignore[arg-type]


BOOK = Matcher(Rulebook(faqs=(SHIP,), flags=(RETURN, LOST)))


@pytest.mark.parametrize(
    ("comment", "flags", "answers"),
    [
        ("我付了钱怎么没订单啊", ["lost"], []),
        ("没订单，可我付了钱！", ["lost"], []),
        ("付了钱", [], []),
        ("扣款没成功", ["lost"], []),
        ("别人扣款没成功", [], []),
        ("我要退货", ["return"], []),
        ("把它退掉", ["return"], []),
        ("退货", [], []),
        ("什么时候发货？", [], ["ship"]),
        ("主播，什么时候发货呀", [], ["ship"]),
        ("付了钱没订单，我要退货", ["lost", "return"], []),
        ("哈哈哈哈", [], []),
        ("", [], []),
    ],
)
def test_rules_hit_by_words_patterns_and_phrasings(comment: str, flags: list[str], answers: list[str]) -> None:
    assert ids(BOOK.match(comment)) == (flags, answers)


def test_a_hit_names_its_words() -> None:
    hit = BOOK.match("我付了钱，没订单").flags[0]
    assert hit.confidence == BY_WORDS
    assert set(hit.words) == {"付了钱", "没订单"}
    assert BOOK.match("我要退货吧").flags[0].words == ("我要退货",)


def test_latin_words_stand_alone_but_ideographs_do_not() -> None:
    no = flag(when=(("no",), ("12",), ("订单",)))
    assert ids(no.match("NO!")) == (["f"], [])
    assert ids(no.match("我no了")) == (["f"], [])
    assert ids(no.match("12号")) == (["f"], [])
    assert ids(no.match("查订单号")) == (["f"], [])
    for harmless in ("know", "nono", "112", "125", "nothing"):
        assert ids(no.match(harmless)) == ([], []), harmless
    assert ids(no.match("know no")) == (["f"], [])


def test_words_and_comments_are_folded_alike() -> None:
    assert ids(flag(when=(("ＶＩＰ",),)).match("vip在吗")) == (["f"], [])
    assert ids(flag(like=("退款？",)).match("退款？？")) == (["f"], [])
    assert ids(flag(like=("ABC",)).match("xabcx")) == (["f"], [])


def test_a_repeated_word_counts_once_towards_an_all_of_entry() -> None:
    assert ids(flag(when=(("退", "款项"),)).match("退退退")) == ([], [])
    assert ids(flag(when=(("退", "退"),)).match("退")) == (["f"], [])


def test_an_unless_vetoes_answers_by_likeness_too() -> None:
    book = Matcher(Rulebook(faqs=(FaqRule(id="q", ask=("有运费险吗",), unless=(("运费险",),), say=("x",)),)))
    assert book.match("有运费险吗").answers == ()


def test_an_all_of_unless_needs_all_its_words() -> None:
    book = flag(when=(("退货",),), unless=(("不", "谢谢"),))
    assert ids(book.match("不退货")) == (["f"], [])
    assert ids(book.match("不退货谢谢")) == ([], [])


def test_the_most_urgent_flag_and_the_longest_words_come_first() -> None:
    one = FlagRule(id="p3", category="any.invoice", when=(("发票",),))
    two = FlagRule(id="p0", category="mid.pay_lost", when=(("发票",),))
    three = FlagRule(id="p3more", category="any.invoice", when=(("发票抬头",),))
    assert [hit.rule.id for hit in Matcher(Rulebook(flags=(one, two, three))).match("发票抬头").flags] == ["p0", "p3more", "p3"]


def test_an_answer_by_words_keeps_its_better_confidence() -> None:
    book = Matcher(Rulebook(faqs=(FaqRule(id="q", ask=("几天能发货",), when=(("发货",),), say=("x",)),)))
    assert book.match("几天能发货").answers[0].confidence == 1.0
    assert book.match("几天能发货").answers[0].words == ("发货",)
    assert book.match("发货发货发货").answers[0].confidence == BY_WORDS


def test_the_better_answer_comes_first_and_unlikely_ones_stay_below_hold() -> None:
    rules = tuple(FaqRule(id=name, ask=asks, say=("x",)) for name, asks in (("ship", ("什么时候发货",)), ("return", ("怎么申请退货",))))
    found = Matcher(Rulebook(faqs=rules)).match("怎么申请退货呢")
    assert found.answers[0].rule.id == "return"
    unsure = Matcher(Rulebook(faqs=rules)).match("什么时候开播")
    assert all(hit.confidence < AUTO for hit in unsure.answers)
    assert all(hit.confidence < HOLD for hit in Matcher(Rulebook(faqs=rules)).match("货").answers)


def test_of_two_sure_answers_in_one_category_the_later_pack_speaks() -> None:
    shipped = FaqRule(id="shipped", category="pre.ship_when", ask=("什么时候发货",), like=("什么时候.*发",), say=("看商品页",))
    other = FaqRule(id="other", category="pre.price", when=(("发货价",),), pack=1, say=("看商品页",))
    own = FaqRule(id="own", category="pre.ship_when", ask=("什么时候发货", "几天能发货"), pack=1, say=("两天内",))
    book = Matcher(Rulebook(faqs=(shipped, other, own)))
    assert ids(book.match("什么时候能发货"))[1] == ["own", "shipped"]
    assert ids(book.match("什么时候发货"))[1] == ["own", "shipped"]
    assert ids(book.match("发货价"))[1] == ["other"]
    assert ids(book.match("什么时候发新衣服"))[1] == ["shipped"]


def test_neighbours_in_one_category_are_no_doubt_but_strangers_are() -> None:
    def sure(category: str) -> float:
        twins = (("a", "pre.policy"), ("b", category))
        rules = tuple(FaqRule(id=name, category=code, ask=("七天无理由退货支持吗",), say=("x",)) for name, code in twins)
        return Matcher(Rulebook(faqs=rules)).match("支持无理由退货吗你们").answers[0].confidence

    assert sure("pre.policy") > sure("pre.price")


def test_an_empty_rulebook_matches_nothing() -> None:
    assert Matcher(Rulebook()).match("退货") == Match(folded="退货")


def test_a_pattern_that_re2_refuses_is_named() -> None:
    with pytest.raises(BadPattern, match="missing"):
        flag(like=("(a",))


HOSTILE = st.text(st.characters(), max_size=200)


@settings(deadline=None)
@given(HOSTILE)
def test_no_comment_makes_matching_fail(comment: str) -> None:
    found = BOOK.match(comment)
    assert len(found.folded) <= LONGEST


@settings(deadline=None)
@given(st.lists(st.text("退货款没发ab12 付了钱订单", min_size=1, max_size=4), min_size=1, max_size=4), HOSTILE)
def test_no_words_make_building_fail(words: list[str], comment: str) -> None:
    flag(when=tuple((word,) for word in words), unless=((*words,),)).match(comment)


def test_a_megabyte_is_matched_by_its_start_at_no_cost() -> None:
    start = time.perf_counter()
    for text in ("退" * 1_000_000, "a" * 1_000_000, "\ud800" * 1_000_000, "我要退货" + "\u200b" * 1_000_000):
        assert len(BOOK.match(text).folded) <= LONGEST
    assert time.perf_counter() - start < 0.5
    assert ids(BOOK.match("我要退货" + "啊" * 1_000_000))[0] == ["return"]


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(.*a){20}", "(a|a)*b", "(?:a?){30}a{30}"])
def test_patterns_that_hang_other_engines_are_harmless(pattern: str) -> None:
    book = flag(like=(pattern,))
    start = time.perf_counter()
    book.match("a" * 40 + "!")
    book.match("a" * LONGEST + "!")
    assert time.perf_counter() - start < 1.0


def test_matching_does_not_grow_with_the_number_of_rules() -> None:
    def book(count: int) -> Matcher:
        words = [f"{chr(0x4E00 + n % 3000)}{chr(0x4E00 + n // 7)}{chr(0x5000 + n % 11)}" for n in range(count)]
        rules = [FaqRule(id=word + str(n), when=((word,),), like=(f"{word}.*退",), say=("x",)) for n, word in enumerate(words)]
        return Matcher(Rulebook(faqs=tuple(rules)))

    def cost(matcher: Matcher) -> float:
        comments = [f"这件衣服{n}什么时候能发货啊谢谢" for n in range(300)]
        best = 1.0
        for _ in range(7):
            start = time.process_time()
            for comment in comments:
                matcher.match(comment)
            best = min(best, time.process_time() - start)
        return best

    assert cost(book(3000)) < 3 * cost(book(30))


def test_two_rules_with_the_same_pattern_both_hit() -> None:
    rules = tuple(FlagRule(id=name, category="mid.addr", like=("改.{0,4}地址",)) for name in ("first", "second"))
    assert {hit.rule.id for hit in Matcher(Rulebook(flags=rules)).match("我想改一下地址").flags} == {"first", "second"}
