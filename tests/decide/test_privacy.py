"""Personal data is masked in its usual formats; prices, sizes and counts are not touched."""

import random
import re
import time

import pytest

from livebot.decide.privacy import mask, mask_name

FOUND = {
    "我电话13800000000": "我电话138****0000",
    "138 0000 0000": "138****0000",
    "138-0000-0000打这个": "138****0000打这个",
    "+8613800000000": "+86138****0000",
    "+86 138 0000 0000": "+86138****0000",
    "0086-13800000000": "0086138****0000",
    "1 3 8 0 0 0 0 0 0 0 0": "138****0000",
    "１３８００００００００": "138****0000",
    "3 13800000000 2": "3 138****0000 2",
    "13800000000，13900000001": "138****0000，139****0001",
    "11010519491231002X": "110***********2X",
    "身份证110105194912310021": "身份证110***********21",
    "110105 19491231 002x": "110***********2x",
    "6222021234567890123": "6222***********0123",
    "卡号6222 0212 3456 7890 123": "卡号6222***********0123",
    "0571-88888888": "0571******88",
    "(010) 12345678": "0101*****78",
    "01012345678": "0101*****78",
    "订单号123456789012": "订单号123*****9012",
    "6901234567890123456查一下": "6901***********3456查一下",
    "250101-123456789012345": "2501***********2345",
    "SF1234567890123": "SF123******0123",
    "YT8812345678901": "YT881******8901",
    "zhang.san@qq.com": "z***@qq.com",
    "邮箱a_b+c@mail.example.com.cn谢谢": "邮箱a***@mail.example.com.cn谢谢",
    "ｚ a@ｑq.com": "ｚ a***@qq.com",
}
KEPT = (
    "", "哈哈哈", "160/50kg穿什么码", "160 100斤", "165 110", "一米六一百", "199元", "3号链接", "12 M 红", "A01+1", "99.9", "1,299.00",
    "2026-11-21 20:00", "20:00-22:30", "第3场 666", "6666666666666666", "233333333333333", "111111111111", "满300减50", "买2送1 买3送2",
    "163 52 80 64 90", "宝宝8个月73cm", "12315见", "400", "10086", "@张三 你好", "a@b", "@", "@@@@", "100000件", "50kg 160cm 25岁",
    "1 2 3 4 5 6 7",     "价格 1999 2999 3999", "10000000", "12345678",
)  # fmt: skip


@pytest.mark.parametrize(("text", "masked"), FOUND.items())
def test_personal_data_is_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize("text", KEPT)
def test_what_is_nobodys_stays(text: str) -> None:
    assert mask(text) == text


def test_masking_twice_is_masking_once() -> None:
    for text in FOUND:
        assert mask(mask(text)) == mask(text)


def test_no_mobile_number_survives_in_any_company() -> None:
    chance = random.Random(1)
    around = ["", "我", "电话", "，", "!", "a", "号", "\u200b", "\n", "[", "²"]
    for _ in range(2000):
        number = "1" + chance.choice("3456789") + "".join(chance.choices("0123456789", k=9))
        text = chance.choice(around) + number + chance.choice(around)
        assert number not in mask(text), text


@pytest.mark.parametrize("piece", ["1", "1 ", "1-", "a", "a@", "@", "a.", "a@a.", "138", "1X", "13800000000 ", "1" * 12 + " ", "a@b.c "])
def test_it_takes_no_longer_than_the_text_is_long(piece: str) -> None:
    def spent(size: int) -> float:
        begun = time.process_time()
        mask(piece * (size // len(piece)))
        return time.process_time() - begun

    assert spent(50_000) < 12 * spent(10_000) + 0.2


def test_names() -> None:
    for name, shown in {"张三丰": "张*", "张": "张*", "": "", "  李四": "李*", "\u202e王": "王*", "Bob": "B*", "13800000000": "1*"}.items():
        assert mask_name(name) == shown


def test_digits_never_grow_out_of_masking() -> None:
    for text in FOUND:
        assert len(re.findall(r"\d", mask(text))) <= len(re.findall(r"\d", text))
