"""Sizes as viewers write them, over tables of other shops: written before anybody looked at how a text is read."""

import pytest

from livebot.decide.shop.facts import SizeRow
from livebot.decide.shop.sizes import advise
from livebot.decide.text import fold

LADY = (  # S 80–95斤, M 96–108, L 109–122, XL 123–138, XXL 139–158
    SizeRow(size="S", height=(150, 158), weight=(40, 47.5)),
    SizeRow(size="M", height=(155, 163), weight=(48, 54)),
    SizeRow(size="L", height=(158, 168), weight=(54.5, 61)),
    SizeRow(size="XL", height=(160, 172), weight=(61.5, 69)),
    SizeRow(size="XXL", height=(162, 175), weight=(69.5, 79)),
)
MAN = (
    SizeRow(size="M", height=(160, 168), weight=(50, 58)),
    SizeRow(size="L", height=(166, 173), weight=(58.5, 66)),
    SizeRow(size="XL", height=(171, 178), weight=(66.5, 75)),
    SizeRow(size="2XL", height=(176, 183), weight=(75.5, 85)),
    SizeRow(size="3XL", height=(180, 190), weight=(85.5, 98)),
)
KID = (  # age in months
    SizeRow(size="73", height=(67, 73), age=(6, 11)),
    SizeRow(size="80", height=(74, 80), age=(12, 17)),
    SizeRow(size="90", height=(81, 90), age=(18, 35)),
    SizeRow(size="100", height=(91, 100), age=(36, 47)),
    SizeRow(size="110", height=(101, 110), age=(48, 71)),
    SizeRow(size="120", height=(111, 120), age=(72, 95)),
    SizeRow(size="130", height=(121, 130), age=(96, 119)),
)
TALL = tuple(SizeRow(size=row.size, height=row.height) for row in KID)  # a child's height alone
SHOE = (
    SizeRow(size="36", foot=(226, 230)),
    SizeRow(size="37", foot=(231, 235)),
    SizeRow(size="38", foot=(236, 240)),
    SizeRow(size="39", foot=(241, 245)),
    SizeRow(size="40", foot=(246, 250)),
)
MISS = (  # S 5'0"–5'4" 95–115 lb, M 5'3"–5'6" 115–135, L 5'5"–5'9" 135–159, XL 5'7"–5'11" 159–185
    SizeRow(size="S", height=(152, 162), weight=(43, 52)),
    SizeRow(size="M", height=(160, 168), weight=(52.2, 61)),
    SizeRow(size="L", height=(165, 175), weight=(61.3, 72)),
    SizeRow(size="XL", height=(170, 180), weight=(72.3, 84)),
)
TABLES = {"lady": LADY, "man": MAN, "kid": KID, "tall": TALL, "shoe": SHOE, "miss": MISS}

# table | what is written | the size, or "-" where nothing may be said
FIRST = """
lady | 160一百斤穿啥 | M
lady | 160/50kg | M
lady | 一米六一百 | M
lady | 165 110 | L
lady | 160 100斤 | M
lady | 我163 52 | M
lady | 净身高1米68体重一百三 | XL
lady | 胖mm 150斤 165能穿吗 | XXL
lady | 我身高157，体重45公斤 | S
lady | 高160重98 | M
lady | 160的个子 105斤 | M
lady | 身高162cm/体重54kg | M
lady | 本人164，116斤，平时穿M | L
lady | 一米五八 九十二斤 | S
lady | 我一米六三 五十二公斤 | M
lady | 身高1.65米体重115斤 | L
lady | 165cm 57.5kg | L
lady | 170 130 | XL
lady | 172 145斤 要哪个码 | XXL
lady | 个子160 体重55kg 腿粗 | L
lady | 身高160体重100 | M
lady | 165体重120穿什么号 | L
lady | 一百一十斤一米六五 | L
lady | 110斤165 | L
lady | １６５／１１０ | L
lady | 165、110 | L
lady | 165-110 | L
lady | 身高165～168 体重112 | L
lady | 100-105斤 160 | M
lady | 160 50-52kg | M
lady | 160左右 100斤左右 | M
lady | 155 95斤 | S
lady | 给老婆买 她162 105斤 | M
lady | 帮我妈问 一米五八 一百二十斤 | L
lady | 170 150 | XXL
lady | 160,100斤,S还是M | M
lady | 165 110斤 胸围88 | L
lady | 我165，110斤，32岁 | L
lady | 1米7 130 | XL
lady | 一米七二 一百四十五 | XXL
lady | 一米六零 一百零二 | M
lady | 1m65 110斤 | L
lady | 1M60 50KG | M
lady | 160 100今穿啥 | M
lady | 160 100金 | M
lady | 身高160体总100 | M
lady | 深高163 体重104 | M
lady | 163cm52kg | M
lady | 身高 163 CM，体重 52 KG，谢谢 | M
lady | 155 48 | M
lady | 157 47 | S
lady | 168 61 | L
lady | 165 110 拍两件 | L
lady | 3号链接 165 110 | L
lady | 165 110，2号链接 | L
lady | 38号链接160/50kg | M
lady | 160 100斤 3号穿什么码 | M
lady | 身高一六五体重九十八 | -
lady | 胖mm 150斤 155能穿吗 | -
lady | 158 86 | -
lady | 165 80 | -
lady | 105-112斤 160 | -
lady | 体重95斤到100斤 身高158 | -
lady | 老公178 150斤，我160 100斤 | -
lady | 我160 100斤，我妈158 110斤 | -
lady | 160 | -
lady | 100斤穿什么码 | -
lady | 身高165 | -
lady | 160元 | -
lady | 3号多少钱 | -
lady | 11点发货 | -
lady | 12件 | -
lady | 满160减50 | -
lady | 160块 100件 | -
lady | 怀孕五个月 160 120斤 | -
lady | 我160 一百多斤 | -
lady | 160 快110斤了 | -
lady | 160斤 165 | -
lady | 170 200斤 | -
lady | 160 80 | -
lady | 160cm 100kg | -
lady | 身高160 体重不告诉你 | -
lady | 165/88A | -
lady | 170/92A还有吗 | -
lady | 160的还有吗 | -
lady | 160 100块能拍吗 | -
lady | 160克重 100%棉吗 | -
lady | 买160送100 | -
lady | 我163斤 | -
man | 我老公178 75kg 能穿吗 | XL
man | 男 175 140斤 | XL
man | 1米8 160斤 | 2XL
man | 180 80 | 2XL
man | 男友身高183体重160 | 2XL
man | 172 130 | L
man | 178 一百五 | XL
man | 178 两百斤 | -
man | 175，65公斤 | -
man | 我175 他180 | -
kid | 宝宝8个月73cm | 73
kid | 孩子6岁115 | 120
kid | 四岁半105 | 110
kid | 两岁 88cm | 90
kid | 1岁半 82 | 90
kid | 八岁一米二五 | 130
kid | 儿子5岁，身高1米08，体重36斤 | 110
kid | 2岁3个月 89cm | 90
kid | 6岁 130cm | -
kid | 大宝6岁115 二宝3岁95 | -
kid | 宝宝14斤 6个月 | 73
kid | 12岁150 | -
tall | 一米零八 | 110
tall | 孩子身高108 | 110
tall | 118cm 40斤 | 120
tall | 108斤 | -
shoe | 脚长23.5 | 37
shoe | 235mm拿几码 | 37
shoe | 脚长24.5，脚宽9.5 | 39
shoe | 我穿37的 脚长235 偏大吗 | 37
shoe | 脚长23-24 | -
shoe | 左脚23.6右脚24.2 | -
shoe | 平时穿38码 | -
miss | 5'4" 120 lbs | M
miss | 5ft 6 145 lbs | L
miss | 5 feet 9, 175 pounds | XL
miss | I'm 5'3 and 110, what size? | S
miss | i weigh 130 pounds and im 5 foot 5 | M
miss | 5’4” 120lbs | M
miss | 5 ft 4 in, 120 lb | M
miss | 64 inches 125 lbs | M
miss | me 5'4 120lbs, my sister 5'9 160lbs | -
miss | 120 lbs what size | -
miss | $54 and 120 pieces | -
"""

# written after the first had been mended, to see what is left
SECOND = """
lady | 我是160 96斤 | M
lady | 一米五五，四十五公斤，拿啥码 | S
lady | 主播主播，163 53kg 微胖 | M
lady | 161/102 | M
lady | 身高165  体重: 118斤 | L
lady | 体重:118斤;身高:165cm | L
lady | 170 68公斤 苹果型身材 | XL
lady | 168的身高 一百三十五斤 | XL
lady | 我妈165，140斤 | XXL
lady | 我女朋友162 48 | M
lady | 本人净高158 净重43kg | S
lady | 158cm43 | S
lady | 1米62/107斤 | M
lady | 1.58米 90斤 | S
lady | 160+50 | M
lady | 体重五十五公斤身高一米六五 | L
lady | 高163，重五十二kg | M
lady | 身高大概160吧，体重也就100斤 | M
lady | 160 104斤 生过孩子 | M
lady | 一百二 一米六 | L
lady | 165体重57公斤买什么码合适呢 | L
lady | 165 五十七公斤 | L
lady | 160，102jin | M
lady | 166 110多点 | L
lady | 165 11O | -
lady | 158 一百二十斤 | L
lady | 158 132斤 | -
lady | 两个人一起买 一个160 100一个165 120 | -
lady | 我和闺蜜 158 90 162 108 | -
lady | 胸围90 腰围70 | -
lady | 身高不高 体重不轻 | -
lady | 160到165之间 100到120之间 | -
lady | 98斤的能穿S吗 | -
lady | 刚好一百斤 | -
lady | 优惠160减100 | -
lady | 160 m码 有吗 | -
lady | 160多 100多 | -
lady | 怀孕160 130斤 | -
lady | 1米 60斤 | -
lady | 尺码160/84A是多大 | -
lady | 拍了两件 160 和165的 | -
man | 我178 160 | 2XL
man | 一八零 一百五十斤 | -
man | 老公180，156斤 | 2XL
man | 给爸爸买 170 65公斤 | L
man | 183cm 90公斤 | 3XL
man | 175cm/63kg | -
man | 弟弟168体重110 | M
kid | 我家宝贝3岁半，98厘米 | 100
kid | 男孩七岁 118 45斤 | 120
kid | 闺女1岁9个月 84 | 90
kid | 5岁 一米一 | 110
kid | 宝贝10个月了72cm 18斤 | 73
kid | 老大6岁116 老二3岁96 | -
shoe | 脚长23.2cm脚有点肥 | 37
shoe | 24.2厘米的脚 | 39
shoe | 净脚长240 | 38
shoe | 36码半 | -
miss | 5'7, 150 | L
miss | 5 foot 2 and 105 pounds | S
miss | 168cm / 65kg | L
miss | height: 5'5", weight: 128lbs | M
"""


def cases(table: str) -> list[tuple[str, str, str]]:
    return [tuple(part.strip() for part in line.split(" | ")) for line in table.splitlines() if line]  # type: ignore[misc]


@pytest.mark.parametrize(("table", "text", "size"), cases(FIRST + SECOND))
def test_a_body_gets_the_one_size_that_fits_or_none(table: str, text: str, size: str) -> None:
    assert (advise(TABLES[table], fold(text)).size or "-") == size
