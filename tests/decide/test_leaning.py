"""Leaning: what sounds like an issue is flagged without any word of a rule, jokes and questions are not."""

import numpy as np
import pytest

from livebot.decide.matching import Matcher
from livebot.decide.meaning.leaning import Leaning, described, marks
from livebot.decide.meaning.manner import manners
from livebot.decide.meaning.reading import Reading
from livebot.decide.rulebook import FlagRule, Rulebook
from livebot.keep.model import load_meaning

MEANING = load_meaning()
assert MEANING is not None
LEANING = Leaning(MEANING)
CODES = [code for code in LEANING.codes if code != "-"]
BOOK = Matcher(
    Rulebook(
        flags=tuple(FlagRule(id=code, category=code, sure=0.5, when=(("绝不会出现的词",),), examples=("中文",)) for code in CODES),
        meaning=MEANING,
    )
)
WORDS_ALONE = Matcher(Rulebook(flags=(FlagRule(id="r", category="post.return", when=(("退货",),)),), meaning=MEANING))


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("我付完款都好多天了咋还没给发货", "mid."),
        ("收货的地址填成老家了能帮改改吗", "mid."),
        ("刚才拍的那单帮我取消了吧", "mid."),
        ("快递停在中转站好几天一直没动静", "post."),
        ("显示已经签收但我根本没拿到包裹", "post."),
        ("钱到现在都没退回我卡里", "post."),
        ("买的锅第一次用把手就断了", "post."),
        ("发来的颜色跟我订的完全两样", "post."),
        ("说好的赠品箱子里没有啊", "post."),
        ("发票的抬头帮我重新开一下公司的", "any."),
    ],
)
def test_issues_in_other_words_are_flagged(text: str, family: str) -> None:
    flags = BOOK.match(text).flags
    assert flags
    assert flags[0].rule.category.startswith(family)
    assert 0.5 <= flags[0].confidence <= 1


@pytest.mark.parametrize(
    "text",
    [
        "退钱!", "换换换", "破防了", "心碎了", "哈哈哈哈", "这把又送了", "主播好美", "坏了坏了要输", "什么时候开播", "666",
        "快递小哥辛苦了", "已经收到了很喜欢", "包邮吗", "有什么颜色", "多少钱", "支持七天无理由吗", "现在下单几天发货", "", "?", "a", "的",
    ],
)  # fmt: skip
def test_chatter_praise_and_questions_are_not(text: str) -> None:
    assert BOOK.match(text).flags == ()


def test_only_rules_that_ask_for_it_are_hit_by_meaning() -> None:
    assert WORDS_ALONE.match("这件我穿着不合适想给你们寄回去").flags == ()
    assert WORDS_ALONE.match("我要退货").flags


def test_an_unless_still_vetoes() -> None:
    veto = FlagRule(id="r", category="mid.urge_ship", sure=0.5, when=(("从不",),), unless=(("咋还没",),), examples=("中文",))
    assert Matcher(Rulebook(flags=(veto,), meaning=MEANING)).match("我付完款都好多天了咋还没给发货").flags == ()


@pytest.mark.parametrize(
    "text", ["收货的地址填成老家了能帮改改吗", "where is my parcel, it is still not here", "哈", "发来的是坏的，不给退"]
)
def test_the_sum_of_what_is_true_is_the_whole_row_times_the_weights(text: str) -> None:
    """The quick way leaves the zeros out of the sum that the weights were learned for."""
    assert MEANING is not None
    reading = Reading(text, MEANING)
    for chinese, name in ((True, "zh"), (False, "en")):
        weights = np.asarray(MEANING.weights[f"leaning.{name}"], np.float32)
        whole = described(reading.vector, reading.signs, manners(text)) @ weights[1:] + weights[0]
        quick = LEANING.kinds[chinese].of(reading.vector, marks(reading.signs, manners(text)))
        assert np.allclose(whole, quick, atol=1e-4)
