"""Which product is meant, in a shop of other things: written before anybody looked at how a text is read."""

import pytest

from livebot.decide.shop.facts import Facts, Product
from livebot.decide.shop.products import which
from livebot.decide.text import fold

SHOP = Facts(
    products=(
        Product(link=1, name="冰丝防晒衣", aliases=("防晒衣",), price="69"),
        Product(link=2, name="云朵拖鞋", aliases=("踩屎感",), price="29.9"),
        Product(link=3, name="降噪蓝牙耳机", aliases=("蓝牙耳机",), price="199"),
        Product(link=6, name="电热水壶", aliases=("烧水壶",), price="88"),
        Product(link=7, name="小粉杯", aliases=("保温杯",), price="45"),
        Product(link=10, name="坚果礼盒", aliases=("每日坚果",), price="118"),
        Product(link=12, name="儿童雨衣", price="39"),
        Product(link=15, name="VC精华", aliases=("vc serum",), price="139"),
        Product(link=23, name="加绒打底裤", aliases=("光腿神器",), price="59"),
        Product(link=108, name="全棉四件套", aliases=("四件套",), price="299"),
    )
)

# what is written | on air, or "-" | the link that is meant, or "-" where nothing may be said
FIRST = """
3号 | 7 | 3
12号链接 | 7 | 12
三号链接那个 | 7 | 3
3号那个多少钱 | 7 | 3
23号链接有优惠吗 | 7 | 23
二十三号链接什么面料 | 7 | 23
十二号怎么买 | 7 | 12
第六个链接多少钱 | 7 | 6
第10个多少钱呀 | 7 | 10
108号链接怎么卖 | 7 | 108
一百零八号链接 | 7 | 108
链接7 | 3 | 7
7链接还有货不 | 3 | 7
7 号 链 接 | 3 | 7
小黄车7号 | 3 | 7
购物车第3个什么价 | 7 | 3
3号品几块 | 7 | 3
3号商品包邮不 | 7 | 3
三号宝贝怎么卖 | 7 | 3
3号有券没 | 7 | 3
主播讲讲3号 | 7 | 3
看一下3号 | 7 | 3
能试一下1号吗 | 7 | 1
1号防晒吗 | 7 | 1
想要3号 | 7 | 3
3号来一个 | 7 | 3
我要拍3号 怎么拍 | 7 | 3
三号的价格 | 7 | 3
10号链接保质期多久 | 7 | 10
#12 多少 | 7 | 12
12# | 7 | 12
（3）号多少钱 | 7 | 3
⑫号多少钱 | 7 | 12
６号链接 | 7 | 6
N0.3多少钱 | 7 | 3
link 3 price | 7 | 3
how much is link 12? | 7 | 12
#6 how much | 7 | 6
item 12 still available? | 7 | 12
item no. 3 | 7 | 3
number 7 price pls | 3 | 7
the third one | 7 | 3
防晒衣几种颜色 | 7 | 1
光腿神器有150斤能穿的吗 | 7 | 23
烧水壶多少w | 3 | 6
蓝牙耳机续航 | 7 | 3
耳机多少钱 | 7 | 3
vc serum price | 7 | 15
vc精华敏感肌能用吗 | 3 | 15
每日坚果一箱几包 | 7 | 10
四件套掉色吗 | 7 | 108
踩屎感那双有40码吗 | 7 | 2
保温杯保温多久 | 3 | 7
儿童雨衣120有吗 | 3 | 12
雨衣多大孩子穿 | 3 | 12
这个 | 3 | 3
这个怎么卖 | 3 | 3
这件有黑色吗 | 1 | 1
手上这个杯子多少钱 | 7 | 7
现在这款多少米 | 3 | 3
你身上的多少钱 | 1 | 1
正在讲的这个几号链接 | 7 | 7
几号链接 | 6 | 6
这是几号 | 6 | 6
什么价 | 6 | 6
包邮吗 | 6 | 6
how much is this | 6 | 6
12号发货吗 | 6 | 6
12号前发货吗 | 6 | 6
有40码吗 | 2 | 2
有12码的吗 | 2 | 2
扣1 | 6 | 6
这个多少钱 | - | -
多少钱 | - | -
12号发货 | - | -
12号之前能收到吗 | - | -
12码 | - | -
160 | - | -
5个多少钱 | - | -
12 | - | -
3.8节有活动吗 | - | -
7天无理由吗 | - | -
6月12号还有吗 | - | -
下单3号还没发 | - | -
3号下的单怎么还没发货 | - | -
我12号买的 | - | -
12号开播吗 | - | -
3号库 | - | -
我家住12号 | - | -
排名3号 | - | -
7号干电池送吗 | - | -
刚才那个多少钱 | 6 | -
上一个链接多少钱 | 6 | -
前面那个红色的还有吗 | 6 | -
昨天那款还有吗 | 6 | -
另一个多少钱 | 6 | -
之前讲的杯子 | 6 | -
5号链接多少钱 | 6 | -
99号有货吗 | 6 | -
1号和3号有什么区别 | 6 | -
3号跟7号一起拍便宜吗 | 6 | -
1 3 6号多少钱 | 6 | -
3号还是7号好用 | 6 | -
防晒衣和雨衣多少钱 | 6 | -
3号的烧水壶 | 7 | -
口红有吗 | 6 | -
行李箱多少钱 | 6 | -
link 5 price | 6 | -
link 3 or 7? | 6 | -
the last one price | 6 | -
previous item | 6 | -
"""

# written after the first had been mended, to see what is left
SECOND = """
10号链接包邮吗 | 7 | 10
3号链接的颜色有几种 | 7 | 3
麻烦讲一下15号 | 7 | 15
十五号链接敏感肌能用吗 | 7 | 15
23号链接那条裤子 | 7 | 23
拍10号送几包 | 7 | 10
链接6水壶多大 | 7 | 6
3号链接和这个比哪个好 | 7 | -
link no 7 still there? | 3 | 7
Link#12 | 3 | 12
price of item 10 | 3 | 10
第二个链接多少钱 | 7 | 2
6号水壶保温吗 | 7 | 6
7号杯子多少毫升 | 3 | 7
12号雨衣有粉色吗 | 3 | 12
水壶几个颜色 | 3 | 6
蓝牙耳机和水壶一起买有优惠吗 | 7 | -
2号拖鞋有没有43码 | 7 | 2
这个拖鞋防滑吗 | 2 | 2
这个面膜多少钱 | 7 | -
榨汁机多少钱 | 7 | -
台灯有吗 | 7 | -
多少钱一个 | 7 | 7
现在下单多少钱 | 7 | 7
粉色多少钱 | 7 | 7
到手价是多少呢主播 | 7 | 7
你手里拿的是几号链接 | 6 | 6
9.9那个多少号 | 6 | -
3多少钱 | 6 | -
12有货吗 | 6 | -
3浩链接怎么卖 | 6 | 3
上场的杯子还有吗 | 6 | -
你刚介绍的那个 | 6 | -
下一个讲几号 | 6 | -
3号前能发吗 | 6 | 6
我3号拍的拖鞋啥时候发 | 6 | 2
7号仓库发货吗 | 6 | 6
8号就要用来得及吗 | 6 | 6
除了3号还有别的耳机吗 | 6 | -
the first one | 6 | 1
how much for number 3 and number 7 | 6 | -
what about the previous one | 6 | -
踩屎的还有吗 | 6 | -
儿童的多少钱 | 6 | -
是儿童的吗 | 12 | 12
165 110穿2号什么码 | 1 | -
平时穿38号 | 2 | 2
"""


def cases(table: str) -> list[tuple[str, str, str]]:
    return [tuple(part.strip() for part in line.split(" | ")) for line in table.splitlines() if line]  # type: ignore[misc]


@pytest.mark.parametrize(("text", "on_air", "meant"), cases(FIRST + SECOND))
def test_the_product_that_is_meant(text: str, on_air: str, meant: str) -> None:
    found = which(fold(text), SHOP, int(on_air) if on_air != "-" else None)
    assert (str(found.link) if found.link is not None else "-") == meant
