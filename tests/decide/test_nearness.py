"""Nearness: the right question comes first and surely, neighbours and chatter do not, whatever is typed."""

import pytest

from livebot.decide.matching import Matcher
from livebot.decide.meaning.nearness import FACTS, Nearness
from livebot.decide.meaning.reading import Reading
from livebot.decide.rulebook import FaqRule, Rulebook
from livebot.decide.text import fold
from livebot.keep.model import load_meaning

MEANING = load_meaning()
assert MEANING is not None
QUESTIONS = {
    "ship": ("什么时候发货", "几天能发出", "今天能发吗"),
    "arrive": ("几天能到", "多久可以收到货", "明天能到吗"),
    "freight": ("包邮吗", "运费多少", "要出邮费吗"),
    "courier": ("发什么快递", "用哪家物流", "能发顺丰吗"),
    "return": ("怎么退货", "想退货去哪里申请", "退货流程是什么"),
    "invoice": ("能开发票吗", "发票怎么开", "在哪申请发票"),
    "size": ("穿什么码", "尺码怎么选", "一百斤穿多大"),
    "hours": ("几点开播", "每天什么时候直播", "明天播吗"),
}
NAMES = list(QUESTIONS)
INDEX = Nearness([(NAMES.index(name), ask) for name, asks in QUESTIONS.items() for ask in asks], None, MEANING)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("多久给我寄出来呀", "ship"),
        ("现在拍的话大概哪天发", "ship"),
        ("路上要走几天呢", "arrive"),
        ("邮费谁掏", "freight"),
        ("要另外付快递费不", "freight"),
        ("走的是圆通还是中通", "courier"),
        ("不想要了咋退", "return"),
        ("我要报销能给票不", "invoice"),
        ("一米六的个子选哪个号", "size"),
        ("今晚啥时候开始直播", "hours"),
        ("什麼時候發貨", "ship"),
        ("神么时候发货", "ship"),
        ("有没有发瞟", "invoice"),
    ],
)
def test_other_words_of_a_question_find_it_first(text: str, name: str) -> None:
    assert NAMES[INDEX.best(fold(text))[0][0]] == name


@pytest.mark.parametrize(
    "text",
    """哈哈哈哈哈 主播今天好美 这波操作可以 晚安明天见 我也是 有货吗 质量怎么样 可以刻字吗 退了退了 ?! 💰💰 gg""".split(),  # noqa: SIM905
)
def test_chatter_and_other_questions_are_not_answered(text: str) -> None:
    assert all(sure < 0.6 for _, sure in INDEX.best(fold(text)))


def test_the_very_phrasing_is_certain_and_a_guess_is_never_as_sure_as_words() -> None:
    assert INDEX.best(fold("请问包邮吗亲")) == [(NAMES.index("freight"), 1.0)]
    assert all(sure <= 0.94 for text in ("包不包邮啊", "运费是多少", "什么时候能发货") for _, sure in INDEX.best(fold(text)))


def test_an_index_of_nothing_finds_nothing() -> None:
    empty = Nearness([], None, MEANING)
    assert empty.best("包邮吗") == ()
    assert empty.reasons("包邮吗") == {}
    assert empty.twins(0.9) == []


def test_the_reasons_are_named() -> None:
    reasons = INDEX.reasons(fold("什么时候能发货呢"))
    assert {fact for facts in reasons.values() for fact, _ in facts} <= set(FACTS)
    assert reasons[NAMES.index("ship")]


def test_twins_are_found_across_questions_only() -> None:
    index = Nearness([(0, "什么时候发货"), (0, "什么时候发货呢"), (1, "什么时候发货啊"), (2, "能开发票吗")], None, MEANING)
    pairs = {(one, other) for one, other, _ in index.twins(0.9)}
    assert pairs
    assert not pairs & {(0, 1), (1, 0)}
    assert not any(3 in pair for pair in pairs)


def test_a_rule_may_ask_for_more_certainty_or_less() -> None:
    def confidence(sure: float) -> float:
        rules = (
            FaqRule(id="ship", ask=QUESTIONS["ship"], say=("x",), sure=sure),
            FaqRule(id="invoice", ask=QUESTIONS["invoice"], say=("y",)),
        )
        return Matcher(Rulebook(faqs=rules, meaning=MEANING)).match("现在拍几时发出来").answers[0].confidence

    assert confidence(0.95) < confidence(0.6) < confidence(0.05)
    assert confidence(0.05) >= 0.6


def test_neighbours_of_one_category_are_no_doubt() -> None:
    phrasings = [(0, "支持七天无理由吗"), (0, "不喜欢能退吗"), (1, "可以七天退换吗"), (1, "不满意可以退吗")]
    apart, together = (Nearness(phrasings, groups, MEANING).best("不合适能不能退") for groups in (None, {0: "a", 1: "a"}))
    assert together[0][1] > apart[0][1]


@pytest.mark.parametrize(
    "text", [*(ask for asks in QUESTIONS.values() for ask in asks), "包不包邮啊", "运费是多少", "什么时候能发货", "走圆通吗", "哈哈哈"]
)
def test_haste_loses_nothing_that_may_be_said_or_suggested(text: str) -> None:
    reading = Reading(fold(f"主播{text}谢谢"), MEANING)
    hasty, all_ = ({key: sure for key, sure in INDEX.ranked(reading, hasty=one) if sure >= 0.3} for one in (True, False))
    assert hasty == all_
