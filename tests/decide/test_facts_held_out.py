"""Sizes and products once more: cases that were written only when the code stood, so that it is judged by what it had not seen."""

import pytest
from shop import SHOP
from size_tables import TABLES

from livebot.decide.shop.products import which
from livebot.decide.shop.sizes import advise, asks_by_measures
from livebot.decide.text import fold

SIZES = """
dress | 我158cm 体重88 | S
dress | 姐我162，102斤，能穿吗？ | M
dress | 一米六八 一百二十五 穿什么 | XL
dress | 身高：165 体重：56kg | L
dress | 身高/体重 165/56 | L
dress | 165高112斤重拿多大的呀 | L
dress | 一百零五斤 一米六二 | M
dress | 主播 1米58 45公斤 | S
dress | 1.68m/62kg | XL
dress | 168|62公斤 | XL
dress | 165斤110 | -
dress | 5尺4寸 110斤 | -
dress | 5'4" and 118 pounds | M
dress | 5 foot 5, 55 kilos | L
dress | height 165 weight 55 | L
dress | i am 160 cm tall and weigh 50 kg | M
dress | 160cm，刚好100斤 | M
dress | 我160，快100斤 | -
dress | 160不到100斤 | -
dress | 156 四十三公斤 | S
dress | 体重52公斤 身高一米六三 | M
dress | 身高165cm体重120斤能穿L吗 | L
dress | 我平时穿M码 165 112 | L
dress | 170 125 微胖 | XL
dress | 高165重112 | L
dress | 162 50 | M
dress | 172 60 | L
dress | 155/85斤 | S
dress | 155 180斤 | -
dress | 一六五 一百一 | L
dress | 1米六 100 | M
dress | 一米62 103斤 | M
dress | 160cm/100斤/腰围70 | M
dress | 163 105 b罩杯 | M
dress | 本人身高一百六十二 体重一百零三 | M
dress | 165cm,112jin | L
dress | 163cm，52KG | M
dress | 163㎝ 52㎏ | M
dress | 160.5cm 100.5斤 | M
dress | 2件 165 112 | L
dress | 拍了3号，165 112斤，怕小 | L
dress | 164厘米,四十五千克? | -
dress | 150斤 175 | -
men | 一米七五 一百三 | L
men | 180，85kg | 2XL
men | 1.78 150斤 | XL
men | 我男朋友178 150 | XL
men | 我爸175，140斤 | L
men | 6 feet, 187 lbs | 2XL
men | 182 165斤 | 2XL
kids | 1岁 75厘米 | 80
kids | 十个月 71cm 19斤 | 73
kids | 宝宝5个半月65 | 66
kids | 两岁半92 | 100
kids | 4岁 106 35斤 | 110
kids | 身高98体重30斤3岁 | 100
kids | 女儿六岁，1米16 | 120
kids | 快1岁了75 | 80
kids | 7个月大 | 73
kids | 九个月穿几码 | 73
kids | 1岁2个月 | 80
kids | 1岁 | -
kids | 20斤 | -
child | 身高1米1 | 110码
child | 115的身高 | 120码
child | 95厘米 28斤 | 100码
shoes | 脚长23.4 | 37
shoes | 23.8cm的脚拿几码 | 38
shoes | 脚长 24.2 cm | 39
shoes | 我的脚长242mm | 39
shoes | 脚235 | 37
shoes | 235 | 37
shoes | 235的 | 37
shoes | 37码的脚 | -
weight | 一百一十斤 | 均码
weight | 体重65公斤 | 大码
weight | 九十八斤可以吗 | 均码
dress | 我一米六，一百零几斤 | -
dress | 5′4″ 118lb | M
dress | 165 55kg 110斤 | -
dress | 165(cm) 55(kg) | L
"""

PRODUCTS = """
5号链接有货吗 | 1 | 5
能讲一下2号吗 | 5 | 2
讲讲8号 | 5 | 8
12号能便宜点吗 | 5 | 12
八号链接什么码 | 5 | 8
第十二个链接 | 5 | 12
第12个多少米 | 5 | 12
1号链接和这个一样吗 | 5 | -
2号链接不要了，3号多少钱 | 5 | 3
三号链接的白T | 5 | 3
3号宝贝什么面料 | 5 | 3
要3号 | 5 | 3
3号拍了 | 5 | 3
3号有s码吗 | 5 | 3
3号165 110穿什么码 | 5 | 3
3号12码有吗 | 5 | 3
链接1 | 5 | 1
1号的裙子什么时候发货 | 5 | 1
小白鞋37码有吗 | 5 | 8
手链可以刻字吗 | 5 | 12
主播身上的衣服几号链接 | 5 | 5
你穿的这条多少钱 | 2 | 2
这一款有大码吗 | 3 | 3
这件和刚才那件哪个厚 | 5 | -
一号二号什么区别 | 5 | -
1和3哪个好看 | 5 | -
1号还是3号好 | 5 | -
之前那条裙子多少钱 | 5 | -
20号链接还有吗 | 5 | -
有没有毛衣 | 5 | -
耳环几号链接 | 5 | -
15号能发吗 | - | -
25号前能收到不 | - | -
我3号生日 | - | -
1号到现在还没发 | - | -
3号下的单 | - | -
上个月12号买的 | - | -
预售到12号吗 | - | -
3号8点见 | - | -
12月3号 | - | -
2号线 | - | -
3号车 | - | -
8号选手 | - | -
5号桌 | - | -
7号电池送吗 | - | -
我家12号楼 | - | -
扣3 | - | -
3 | - | -
33333 | - | -
12.12活动 | - | -
第一名 | - | -
第三季 | - | -
1:30播吗 | - | -
3个人拼 | - | -
165/110 | - | -
1号店 | - | -
item 2 in stock? | 5 | 2
how much is #12 | 5 | 12
is link 8 available | 5 | 8
the 3rd one | 5 | 3
does this come in black | 5 | 5
1号不要 2号多少 | - | 2
那衣服多少钱 | 5 | -
5号上午拍的3号链接没发货 | - | 3
2件3号多少钱 | - | 3
13号链接还是12号链接 | - | -
"""

BARE = """
160 50公斤 | yes
我158 90斤呢 | yes
1米65 112 | yes
6岁 115 | yes
175 65kg | yes
100 200 | no
12 36 | no
88 88 | no
180块 100斤 | no
165的来报到 | no
1 2 3 | no
18岁 180 | yes
"""


def cases(table: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split(" | ")) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("table", "text", "size"), cases(SIZES))
def test_sizes(table: str, text: str, size: str) -> None:
    assert (advise(TABLES[table], fold(text)).size or "-") == size


@pytest.mark.parametrize(("text", "on_air", "meant"), cases(PRODUCTS))
def test_products(text: str, on_air: str, meant: str) -> None:
    found = which(fold(text), SHOP, int(on_air) if on_air != "-" else None)
    assert (str(found.link) if found.link is not None else "-") == meant, found


@pytest.mark.parametrize(("text", "answer"), cases(BARE))
def test_bare_measures(text: str, answer: str) -> None:
    assert asks_by_measures(fold(text)) == (answer == "yes")
