"""The size advisor: what a viewer wrote about their body → the one size that every reading of it leads to, or none."""

import pytest
from size_tables import TABLES

from livebot.decide.shop.sizes import advise, asks_by_measures
from livebot.decide.text import fold

# table, what is written, the size or "-" for none: too little, too much, or two sizes
CASES = """
dress | 160/50kg穿什么码 | M
dress | 160 100斤 | M
dress | 一米六一百 | M
dress | 165/110 | L
dress | 165 110 | L
dress | 我163 52 | M
dress | 163/52 | M
dress | 身高163体重52 | M
dress | 身高160，体重100斤，穿多大 | M
dress | 体重100斤身高160 | M
dress | 100斤 160 | M
dress | 100斤，160cm | M
dress | 160cm 50公斤 | M
dress | 160厘米50千克 | M
dress | 160公分，100斤 | M
dress | 1米6 100斤 | M
dress | 1米60 100斤穿啥 | M
dress | 1米65,115斤 | L
dress | 一米六五 一百一 | L
dress | 一米六五，一百一十五斤 | L
dress | 1.65米 115斤 | L
dress | 1.65m 57kg | L
dress | 1m65 115 | L
dress | 一米五八九十斤 | S
dress | 158 90斤 | S
dress | 158/45 | S
dress | 155 42kg拿什么码合适 | S
dress | 168，125斤 | XL
dress | 168 62.5kg | XL
dress | 170高 130斤 | XL
dress | 身高170 体重130 穿什么号 | XL
dress | 170/65公斤 | XL
dress | 1米7，130斤 | XL
dress | 一米七 一百三 | XL
dress | 一米七一百三十斤 | XL
dress | 165cm/55kg | L
dress | １６５／１１０ | L
dress | 165 110斤能穿吗 | L
dress | 本人165，体重110 | L
dress | 我165高，110重 | L
dress | h165 w55kg | L
dress | 165,55 | L
dress | 110斤165 | L
dress | 主播我160，50公斤，穿M还是L | M
dress | 160的身高 100的体重 | M
dress | 五尺三 一百斤 | -
dress | 5'3 110 lbs | M
dress | 5'3" 110lb what size | M
dress | 5ft3 110lbs | M
dress | 5 ft 3 in, 50 kg | M
dress | i'm 5 feet 5 inches, 121 lb | L
dress | 65 inches 121 pounds | L
dress | 165 cm 121 lb which size | L
dress | i'm 165cm and 55kg | L
dress | 3号 165 110穿什么码 | L
dress | 99元的那条，165 110斤 | L
dress | 拍2件，165 110斤拿什么码 | L
dress | 165 80 | -
dress | 170 100 | -
dress | 170 90 | -
dress | 180 100穿什么码 | -
dress | 165 | -
dress | 110斤 | -
dress | 我100斤穿什么码 | -
dress | 身高165穿多大 | -
dress | 180 200斤 | -
dress | 150 60kg | -
dress | 165 300斤 | -
dress | 160 50斤 | -
dress | 胖mm能穿吗 | -
dress | 偏大偏小 | -
dress | 165 110 老公180 150 | -
dress | 我165 110，我妹158 90 | -
dress | 160 | -
dress | 160元贵了 | -
dress | 100斤核桃 | -
dress | 165110 | -
dress | 160-165 55kg | L
dress | 165 110-115斤 | L
dress | 165 105-115斤 | -
dress | 165 110多斤 | L
dress | 165 一百多斤 | -
dress | 160 100斤左右 | M
dress | 160 95.5斤 | -
dress | 怀孕六个月165 110斤 | -
dress | 165 110 三围84 62 88 | -
dress | 零点一六五 | -
dress | 165cm 110 | L
dress | 165 53kg | M
dress | 我妈158，92斤 | S
dress | 净身高162，体重103斤 | M
dress | 162净身高103净重 | M
dress | 162，51.5公斤 | M
dress | 100斤1米62 | M
dress | 我身高1.62，51公斤 | M
dress | 1.62 51kg | M
men | 175 130斤 | L
men | 175 130 | L
men | 175/65 | L
men | 178 150斤 | XL
men | 178 75kg | XL
men | 180 170 | 2XL
men | 老公一米八一百七 | 2XL
men | 1米78 75公斤穿多大 | XL
men | 185 120 | -
men | 180 90 | -
men | 173 70.2kg | -
men | 195 90kg | -
men | 5'11 165lbs | XL
kids | 宝宝8个月73cm | 73
kids | 8个月 | 73
kids | 8个月宝宝穿多大 | 73
kids | 七个半月 70cm | 73
kids | 身高73 | 73
kids | 一岁半 | -
kids | 一岁半82厘米 | 90
kids | 两岁 88 | 90
kids | 3岁95cm | 100
kids | 5岁108 | 110
kids | 五岁 一米零八 | 110
kids | 6岁115cm 40斤 | 120
kids | 宝宝4个月62 | 66
kids | 男宝1岁3个月 76cm 20斤 | 80
kids | 8个月85cm | -
kids | 9岁 140 | -
kids | 105的娃穿多大 | 110
kids | 半岁 | -
kids | 12岁 | -
child | 120穿多大 | 120码
child | 身高105 34斤 | 110码
child | 4岁 105cm | 110码
child | 1米15 | 120码
child | 130的能穿吗 | -
shoes | 脚长23.5 | 37
shoes | 脚长235 | 37
shoes | 脚长23.5cm拿几码 | 37
shoes | 脚长240mm | 38
shoes | 24厘米的脚 | 38
shoes | 我脚24.5公分 | 39
shoes | 脚长二十三厘米 | 36
shoes | 脚长23厘米半 | 37
shoes | 平时穿38码 | -
shoes | 脚宽拿几码 | -
shoes | 脚长26 | -
shoes | 脚长38 | -
shoes | foot length 9.25 inches | 37
weight | 100斤能穿吗 | 均码
weight | 我52公斤 | 均码
weight | 140斤可以吗 | 大码
weight | 110 | -
weight | 52 | 均码
weight | 165 110 | 均码
weight | 180斤能穿吗 | -
weight | 110-115斤 | 均码
weight | 115-125斤 | -
"""


def cases(table: str) -> list[tuple[str, str, str]]:
    return [tuple(part.strip() for part in line.split(" | ")) for line in table.strip().splitlines()]  # type: ignore[misc]


@pytest.mark.parametrize(("table", "text", "size"), cases(CASES))
def test_a_body_gets_the_one_size_that_fits_or_none(table: str, text: str, size: str) -> None:
    assert (advise(TABLES[table], fold(text)).size or "-") == size


# A bare line of measures is a question about size, whatever else a number can be.
BARE = """
165 110 | yes
我163 52 | yes
160/50kg | yes
一米六一百 | yes
160 100斤 | yes
宝宝8个月73cm | yes
165,110 呢 | yes
身高165体重110 | yes
5'3 110lbs | yes
160 | no
100斤 | no
扣1 | no
666 | no
111 222 | no
12 M 红 | no
三围 84 62 88 | no
12号发货 | no
3号链接 | no
一米八的大高个 | no
99 199 | no
买10斤 | no
2023 11 11 | no
20 30块 | no
160块100斤 | no
8个月了还没到 | no
电话 138 0013 | no
110 119 120 | no
"""


@pytest.mark.parametrize(("text", "answer"), cases(BARE))
def test_bare_measures_are_a_question_about_size(text: str, answer: str) -> None:
    assert asks_by_measures(fold(text)) == (answer == "yes")


def test_there_are_enough_cases() -> None:
    assert len(cases(CASES)) >= 120


@pytest.mark.parametrize("text", ["9" * 5_000, "165 " * 2_000, "一" * 5_000, "5'" * 3_000, "1.6.5.4 " * 500, "半岁" * 2_000])
def test_hostile_lengths_do_no_harm(text: str) -> None:
    assert advise(TABLES["dress"], fold(text)).size is None
