"""Which product a comment means: by number, by name, by what is on air, or by nothing that one could be sure of."""

import pytest
from shop import SHOP

from livebot.decide.shop.facts import Facts, Product
from livebot.decide.shop.products import which
from livebot.decide.text import fold

# comment | on air (a link, or "-") | the product meant, or "-" for none or several
CASES = """
3号多少钱 | 5 | 3
12号链接 | 5 | 12
12号链接多少钱 | - | 12
第三个 | 5 | 3
第三个多少钱 | 5 | 3
三号 | 5 | 3
三号怎么卖 | 5 | 3
12 号 | 5 | 12
12 号 链接 | 5 | 12
十二号链接有券吗 | 5 | 12
1号还有货吗 | 5 | 1
一号链接什么材质 | 5 | 1
三号链接讲一下 | 5 | 3
３号链接 | 5 | 3
③号多少钱 | 5 | 3
3️⃣号链接多少钱 | 5 | 3
叁号链接 | 5 | 3
3链接多少钱 | 5 | 3
链接3多少钱 | 5 | 3
链接12有货吗 | 5 | 12
#3 多少钱 | 5 | 3
3#多少钱 | 5 | 3
no.3 price | 5 | 3
link 3 how much | 5 | 3
number 12 please | 5 | 12
item #8 price | 5 | 8
拍3号怎么拍 | 5 | 3
3号宝贝包邮吗 | 5 | 3
3号款有货吗 | 5 | 3
第3款多少钱 | 5 | 3
第二件怎么卖 | 5 | 2
38号链接多少钱 | 5 | 38
主播3号再讲讲 | 5 | 3
3号什么时候发货 | 5 | 3
3号几天发货 | 5 | 3
3号发什么快递 | 5 | 3
3号到手价多少 | 5 | 3
不是3号是1号 | 5 | 1
3号那个T恤多少钱 | 5 | 3
碎花裙多少钱 | 5 | 1
小碎花还有吗 | 5 | 1
阔腿裤什么面料 | 5 | 2
高腰阔腿裤多少钱 | 5 | 2
白T恤起球吗 | 5 | 3
白t多少钱 | 5 | 3
dad shoes price | 5 | 8
帆布包多大 | 5 | 38
2号阔腿裤多少钱 | 5 | 2
裤子多少钱 | 5 | 2
鞋子还有吗 | 5 | 8
这个多少钱 | 5 | 5
这款多少钱 | 5 | 5
身上这件多少钱 | 5 | 5
主播身上穿的这件有货吗 | 5 | 5
现在讲的这个有券吗 | 3 | 3
多少钱 | 5 | 5
有货吗 | 5 | 5
大衣多少钱 | 5 | 5
this one how much | 2 | 2
这个多少钱 | - | -
多少钱 | - | -
这个衣服多少钱 | 5 | 5
99号链接多少钱 | 5 | -
7号多少钱 | 5 | -
3号和5号哪个好 | 5 | -
1号2号都多少钱 | 5 | -
1、2、3号多少钱 | 5 | -
3号阔腿裤多少钱 | 5 | -
碎花裙和阔腿裤多少钱 | 5 | -
上一个多少钱 | 5 | -
刚才那个多少钱 | 5 | -
刚刚那款裙子叫什么 | 5 | -
那个蓝色的多少钱 | 5 | -
下一个是什么 | 5 | -
最后一个多少钱 | 5 | -
口红多少钱 | 5 | -
面膜有吗 | 5 | -
12号发货 | 5 | 5
12号发货吗 | - | -
12号之前能到吗 | - | -
12号能到吗 | - | -
3号拍的还没发 | - | -
3号买的 | - | -
11月3号发货吗 | - | -
12月12号有活动吗 | - | -
下个月3号还有吗 | - | -
双十一1号开始吗 | - | -
今天几号 | - | -
今天3号了 | - | -
3号晚上播吗 | - | -
12码有吗 | - | -
38码有吗 | - | -
穿38号的鞋 | - | 8
我穿38号 | - | -
38号的脚 | - | -
160 | - | -
160能穿吗 | - | -
扣1 | - | -
1 | - | -
111 | - | -
3个多少钱 | - | -
买3件多少钱 | - | -
12块 | - | -
3天发货吗 | - | -
3号色多少钱 | - | -
5号电池有吗 | - | -
住3号楼 | - | -
3号线地铁 | - | -
3号仓发吗 | - | -
工号3号 | - | -
2号主播好看 | - | -
第3次问了 | - | -
第三遍了 | - | -
第一次来 | - | -
第二天到吗 | - | -
第一个赞 | - | -
13812345678号 | - | -
3.5号链接 | - | -
三分钟 | - | -
一号难求 | - | -
小号有吗 | - | -
大号多少钱 | 5 | 5
账号3多少 | - | -
"""


def cases(table: str) -> list[tuple[str, str, str]]:
    return [tuple(part.strip() for part in line.split(" | ")) for line in table.strip().splitlines()]  # type: ignore[misc]


@pytest.mark.parametrize(("text", "on_air", "meant"), cases(CASES))
def test_the_product_that_is_meant(text: str, on_air: str, meant: str) -> None:
    found = which(fold(text), SHOP, int(on_air) if on_air != "-" else None)
    assert (str(found.link) if found.link is not None else "-") == meant, found


def test_there_are_enough_cases() -> None:
    assert len(cases(CASES)) >= 80


def test_without_products_nothing_is_meant() -> None:
    assert which("3号多少钱", Facts(), 3).link is None


def test_the_longest_name_counts() -> None:
    shop = Facts(products=(Product(link=1, name="大衣"), Product(link=2, name="羊绒大衣")))
    assert which("羊绒大衣多少钱", shop, None).link == 2
    assert which("羊绒大衣和大衣多少钱", shop, None).link is None
    assert which("大衣多少钱", shop, None).link == 1


@pytest.mark.parametrize("text", ["3号" * 3_000, "第" * 5_000, "1" * 9_000 + "号", "链接" * 4_000, "、1" * 3_000 + "号"])
def test_hostile_lengths_do_no_harm(text: str) -> None:
    which(fold(text), SHOP, None)
