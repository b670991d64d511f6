"""A text for a platform that takes less: which messages it becomes, and what is never cut."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livebot.decide.splitting import PARTS, in_full, split


def test_what_fits_is_left_alone() -> None:
    assert split("全场包邮。", 5) == ["全场包邮。"]
    assert split("全场包邮。", 14, "bytes") != ["全场包邮。"]
    assert split("  ", 5) == []


def test_cuts_fall_between_sentences_and_parts_are_numbered() -> None:
    text = "今天问得最多的是包邮：全场包邮。发货时间以商品页为准！有问题请找店铺客服。"
    assert split(text, 28) == ["(1/2) 今天问得最多的是包邮：全场包邮。", "(2/2) 发货时间以商品页为准！有问题请找店铺客服。"]


def test_numbers_and_negations_are_never_cut() -> None:
    for size in range(9, 60):
        parts = split("满300.50元减 50 元，不支持无理由退货，电话 400-123-4567 转 8，48小时内发货，A01链接还有1,200件", size)
        joined = [re.sub(r"^\(\d/\d\) ", "", part) for part in parts]
        for number in ("300.50元", "400-123-4567", "1,200件", "48小时", "A01"):
            for part in joined:
                for cut in range(1, len(number)):
                    assert not part.rstrip("…").endswith(number[:cut]) or part.rstrip("…").endswith(number), (size, parts)
        assert not any(part.rstrip("…").endswith(("不", "无")) for part in joined), (size, parts)


def test_too_long_a_text_is_shortened_visibly() -> None:
    parts = split("这一句话大概有十个字。" * 30, 30)
    assert len(parts) == PARTS
    assert parts[-1].endswith("…")
    assert not any(part.endswith("…") for part in parts[:-1])


def test_a_text_that_cannot_be_cut_is_not_said_at_all() -> None:
    assert split("1" * 300, 50) == []


@given(st.text(max_size=400), st.integers(8, 80), st.sampled_from(["chars", "bytes"]))
def test_every_part_fits_and_nothing_is_invented(text: str, size: int, unit: str) -> None:
    parts = split(text, size, unit)  # type: ignore[arg-type]
    assert len(parts) <= PARTS
    for part in parts:
        assert len(part.encode("utf-8", "replace") if unit == "bytes" else part) <= size
    whole = " ".join(text.split()).replace(" ", "")
    at = 0
    for part in parts:
        body = re.sub(r"^\(\d/\d\) ", "", part) if len(parts) > 1 else part
        kept = body.replace(" ", "")
        kept = kept if whole.find(kept, at) >= 0 else kept.removesuffix("…")
        found = whole.find(kept, at)
        assert found >= 0
        at = found + len(kept)


AWKWARD = (
    (
        "您好，这款有货，尺码从S到XXL都有，请看链接 https://shop.example.com/item?id=12345&from=live 下单",
        "https://shop.example.com/item?id=12345&from=live",
    ),
    ("感谢一直陪着我们的各位朋友，也感谢 @小鱼儿和花无缺 帮忙回答了大家的问题，稍后继续讲", "@小鱼儿和花无缺"),
    ("一家三口都来看直播了，欢迎欢迎👨‍👩‍👧一起看看今天的新款，尺码问题随时在弹幕里问我们", "👨‍👩‍👧"),
    ("今天有几位国外的朋友，欢迎🇨🇦🇫🇷🇯🇵来看直播，运费请看下单页，问题请找店铺客服", "🇨🇦"),
    ("大家辛苦了👍🏽👍🏽👍🏽今天的内容讲完了，明天同一时间再见，问题请找店铺客服", "👍🏽"),
    ("This jacket is machine washable at thirty degrees, please turn it inside out before washing it", "degrees"),
    ("先说清楚这一款是不支持七天无理由退货的，拍之前请大家看清楚商品页上面的说明再下单", "不支持"),
    ("盒子里面有主机和说明书还有一根线，没有赠品，也没有电池，电池请自己准备两节五号的", "没有赠品"),
    ("身高160.5厘米体重52.5公斤的话建议拍M码，喜欢宽松一点的可以考虑拍L码试试看", "160.5厘米"),
    ("一共3,200件分三批发出来，第一批是12月5日前，第二批是12月15日前，具体请看页面", "3,200件"),
    ("十二点以前下单的话仓库会按顺序打包，别在公屏发电话，勿信私下转账，谨防被骗上当", "勿信"),
)


@pytest.mark.parametrize(("text", "whole"), AWKWARD)
def test_what_belongs_together_stays_in_one_message(text: str, whole: str) -> None:
    for size in range(18, 60):
        parts = [re.sub(r"^\(\d/\d\) ", "", part) for part in split(text, size)]
        if parts and not parts[-1].endswith("…"):
            assert sum(whole in part for part in parts) == 1, (size, parts)


def test_an_answer_of_eighty_characters_is_two_messages_of_fifty() -> None:
    text = "这款羊毛衫建议冷水手洗，洗的时候翻面，不要拧干，平铺晾干就好。"
    text += "机洗的话请用洗衣袋，选羊毛档，水温不要超过三十度，也不要和深色衣服一起洗。"
    parts = in_full(text, 50)
    assert len(parts) == 2
    assert max(map(len, parts)) <= 50
    assert "".join(part.split(" ", 1)[1] for part in parts) == text


def test_what_three_messages_do_not_hold_is_not_said_in_full() -> None:
    assert in_full("这一句话大概有十个字。" * 30, 30) == []
    assert in_full("好", 50) == ["好"]
    assert in_full("两个  空格", 50) == ["两个  空格"]


def test_lone_surrogates_do_no_harm() -> None:
    assert all(len(part) <= 20 for part in split("\ud83d" * 15 + "，好的，" + "\ude00" * 15, 20))
