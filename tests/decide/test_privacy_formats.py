"""The formats in which people give themselves away, the disguises they use, and what only looks like it. 〖 〗 mark what must be found."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livebot.decide.privacy import KINDS, Span, find, mask

FOUND = """
phone     我电话〖13812345678〗打这个
phone     〖138 1234 5678〗联系我
phone     〖138-1234-5678〗
phone     〖138.1234.5678〗
phone     〖1381 2345 678〗
phone     〖138 12345678〗
phone     〖+86 13812345678〗
phone     〖+86-138-1234-5678〗
phone     〖008613812345678〗
phone     〖１３８１２３４５６７８〗
phone     〖1 3 8 1 2 3 4 5 6 7 8〗
phone     〖1.3.8.1.2.3.4.5.6.7.8〗
phone     〖1，3，8，1，2，3，4，5，6，7，8〗
phone     〖一三八一二三四五六七八〗
phone     〖壹叁捌壹贰叁肆伍陆柒捌〗
phone     〖幺三八幺二三四五六七八〗
phone     加我〖幺三洞幺两三四五六拐八〗
phone     〖①③⑧①②③④⑤⑥⑦⑧〗
phone     〖❶❸❽❶❷❸❹❺❻❼❽〗
phone     〖1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣〗
phone     〖l38OO13lOOO〗
phone     〖13800l38ooo〗快打
phone     〖1三8一2三4五6七8〗
phone     〖一3八 1二3四 五六7八〗
phone     〖138\u200b1234\u200b5678〗
phone     〖1\u20603\u20608\u200b\u200b\u200b\u200b\u200b12345678〗
phone     〖138❤️1234❤️5678〗
phone     〖138～1234～5678〗
phone     〖138_1234_5678〗
phone     〖(138)1234-5678〗
phone     〖138 1234 5678〗两件
phone     〖138-123-45678〗
phone     〖13 8123 45678〗
phone     〖一三八，零零一三，八零零零〗
phone     手机号：〖138 12 34 56 78〗
phone     联系方式〖13 81 23 45 67 8〗
phone     电话填错了应该是〖17712345678〗，不是〖17712345679〗
phone     〖+1 415-555-2671〗
phone     call me 〖(415) 555-2671〗
phone     phone 〖415-555-2671〗 thanks
phone     〖+44 20 7946 0958〗
phone     whatsapp 〖+852 9123 4567〗
phone     台灣手機〖0912-345-678〗
phone     my number is 〖one three eight one two three four five six seven eight〗
landline  〖0571-88886666〗
landline  〖010-12345678〗
landline  〖(021) 6888 8888〗
landline  〖02088886666〗
landline  台灣電話〖02-2345-6789〗
landline  〖0755 8888 6666〗打不通
landline  座机〖88886666〗
id        身份证〖11010519491231002X〗
id        〖11010519491231002x〗实名用
id        〖110105 19491231 0021〗
id        〖110105199001011234〗
id        〖１１０１０５１９９００１０１１２３４〗
id        护照号〖E12345678〗
id        護照 〖G12345678〗
id        ssn 〖123-45-6789〗
card      卡号〖6222021234567890123〗
card      〖6222 0212 3456 7890 123〗
card      退到〖4111 1111 1111 1111〗
card      my card is 〖5555-5555-5555-4444〗
order     订单号〖6912345678901234567〗
order     〖4812345678901234567〗这单没发货
order     单号 〖261121-123456789012345〗
order     〖261121-123456789012345〗查一下
order     京东订单〖276543210987〗
order     订单编号：〖1234567890〗
order     order number 〖112-1234567-1234567〗
order     order #〖10234567〗 not here
tracking  〖SF1234567890123〗
tracking  〖sf 1234567890123〗到哪了
tracking  〖SF1234 5678 90123〗
tracking  〖YT8812345678901〗
tracking  〖JD0123456789012〗
tracking  〖JT5123456789012〗
tracking  〖EA123456789CN〗
tracking  〖1Z999AA10123456784〗
email     〖zhang.san@qq.com〗
email     发我邮箱〖12345678@qq.com〗
email     〖a_b+c@mail.example.com.cn〗谢谢
email     〖zhangsan＠163.com〗
email     〖zhangsan(at)gmail.com〗
email     〖zhangsan [at] gmail [dot] com〗
email     〖zhangsan艾特qq点com〗
email     〖12345678#qq.com〗
email     mail me 〖tom at gmail dot com〗
email     〖zhangsan @ qq . com〗
email     〖ｚｓ＠ｑｑ．ｃｏｍ〗
account   加我微信〖abc12345〗
account   微信号：〖zhangsan〗
account   vx〖zs_2020〗
account   VX:〖zhang-san〗
account   ➕V 〖zs888888〗
account   加v〖zs888888〗
account   薇❤〖zs888888〗
account   威信〖13666abc〗
account   绿泡泡〖zs123456〗
account   QQ〖123456789〗
account   扣扣〖1234567〗
account   q群 〖12345678〗
account   QQ：〖一二三四五六七八九〗
account   薇：〖zhangsan123〗
account   wechat id: 〖zhangsan88〗
address   〖浙江省杭州市西湖区文一路100号3栋〗
address   〖浙江杭州余杭区五常街道联胜路8号〗
address   我家住在〖上海市浦东新区张杨路500弄12号301室〗
address   地址改成〖广东省深圳市南山区科技园南区3栋〗
address   〖阳光花园3栋2单元501室〗
address   放在〖3栋2单元501〗
address   〖文一西路998号〗
address   〖北京市朝阳区建国路88号院6号楼1202〗
address   〖河南省周口市太康县王集乡李庄村〗
address   〖王家村3组12号〗
address   〖浙江省温州市苍南县龙港镇朝阳社区〗
address   〖三号楼二单元五零一〗
address   〖郑州市金水区花园路39号国贸中心12层〗
address   〖万科城市花园12-2-301〗
address   收货地址：〖江苏省苏州市昆山市玉山镇〗
address   〖清华大学紫荆公寓2号楼〗
address   〖台北市信義區松仁路100號5樓之3〗
address   〖四川省成都市武侯区天府大道中段1388号〗
address   〖内蒙古自治区呼和浩特市赛罕区大学西街235号〗
address   〖浙江省 杭州市 西湖区 文一路 100号〗
address   ship to 〖221B Baker Street〗 please
address   〖1600 Pennsylvania Avenue, Washington, DC 20500〗
address   I live at 〖45 Oak St, Apt 3〗
address   〖12 Long Lane, Flat 4〗
address   〖P.O. Box 1234〗
name      收件人〖李小明〗
name      姓名：〖欧阳小明〗
name      我叫〖张三丰〗来自大山
"""

NOT = """
这件多少钱
160/50kg穿什么码
160 100斤
165 110
165 110 穿M还是L
一米六一百
163 52 80 64 90
我163 52
160 165 170 175 180 有吗
155 160 165 170
身高178体重140
胸围88 腰围72 臀围94
85 65 90
宝宝8个月73cm
36 37 38 39 40 41 42
12号链接
3号链接讲一下
3号5号7号链接都要
12号发货吗
20号之前能到吗
满299减50
满300减50 满500减100
买2送1 买3送2
199元
99.9
1,299.00
1999 2999 3999 4999
原价1999现价1599
价格 1299/1599/1899
￥12999
$1,299.99
12 M 红
A01+1
粉+1 白+1
SOLD AA 10 blue small
666666666666
6666666666666666
233333333333
111
1111111111111
888888888888888
第3场 666
2026-11-21 20:00
20:00-22:30
2026年11月11日
20261111
202611112000
20261121200000
11.11 12.12 6.18
比分 98:76
3:2赢了
在线10000人
观看1000000000000
点赞 123456789012345
播放量1234567890123
直播间7301234567890123456
房间号 1234567890123
货号 202611230045
款号A1234567
sku 1234567890123
条码6901234567892
6901234567892
型号 SM-G9980
iPhone 15 Pro Max 256G
1080P 60帧 120Hz
5000mAh 120W
客服 12315
95588 10086 400
400-820-8820
热线400 820 8820
打 110
100000000000
数到1 2 3 4 5 6 7 8 9 10
1、2、3、4、5、6、7
一二三四五六七
三五一十五 三六一十八
一一二二三三四四
十件多少
@张三 你好
a@b
@@@@
主播@小助理 看看
SUV@9.9元
look at this.com now
3 days on the road
5 pieces the street style
100 percent way better
size 10 wide
微信支付可以吗
微信小程序下单吗
wechat pay ok?
加微信可以吗
QQ飞车
QQ音乐会员
vx多少
发广东省深圳市要几天
广东省深圳市南山区几天到
新疆乌鲁木齐市包邮吗
浙江省能当天到吗
上海市区包邮吗
偏远地区发货吗
知道3号链接吗
套路5号
走路3号链接
这条街最靓的仔
一路8号发财
小区驿站能放吗
三室一厅用多大的
3室2厅120平
门牌挂饰多少钱
广场舞鞋有吗
大学生优惠吗
2号和5号的区别
5号色
3号楼下
村里能送到吗
乡镇到不到
S M L XL 2XL 3XL
75B 80C
2026春季新款
收货地址写错了能改吗
地址填错了怎么改
订单号在哪里看
订单10000单了
快递单号怎么查
身份证要吗
手机壳iPhone13
买手机送壳
电话多少
手机尾号6688
邮箱怎么填
名字可以刻吗
这个颜色叫什么
我叫了外卖
第12345单
运费12 新疆15 西藏18
120 130 140 150 160 童装
1234567
0.01元秒杀
A4 B5 80g 100张
7天无理由 15天保价
"""


def rows() -> list[tuple[str, str, tuple[str, ...]]]:
    found = []
    for line in FOUND.strip().splitlines():
        kind, _, marked = line.partition(" ")
        marked = marked.lstrip().encode("utf-8").decode("utf-8").replace("\\u200b", "\u200b").replace("\\u2060", "\u2060")
        found.append((kind, re.sub("[〖〗]", "", marked), tuple(re.findall("〖(.*?)〗", marked))))
    return found


@pytest.mark.parametrize(("kind", "text", "wanted"), rows())
def test_somebody_s_data_is_found(kind: str, text: str, wanted: tuple[str, ...]) -> None:
    spans = find(text)
    assert [(one.kind, text[one.start : one.end]) for one in spans] == [(kind, part) for part in wanted]
    assert all(part not in mask(text) for part in wanted)


@pytest.mark.parametrize("text", [line.encode().decode() for line in NOT.strip().splitlines()])
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert [(one.kind, text[one.start : one.end]) for one in find(text)] == []
    assert mask(text) == text


def test_there_are_enough_of_both() -> None:
    assert len(rows()) >= 100
    assert len(NOT.strip().splitlines()) >= 100


def test_several_in_one_comment() -> None:
    text = "李小明，13812345678，浙江省杭州市西湖区文一路100号3栋501，谢谢"
    assert [(one.kind, text[one.start : one.end]) for one in find(text)] == [
        ("name", "李小明"),
        ("phone", "13812345678"),
        ("address", "浙江省杭州市西湖区文一路100号3栋501"),
    ]
    assert mask(text) == "李**，138****5678，浙江省***，谢谢"


# ── what holds for every text ──────────────────────────────────────────────────

PIECES = [text for _, text, _ in rows()] + NOT.strip().splitlines()
ANY = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from([*PIECES, "，", " ", "\u200b", "❤️", "我", "1", "\n", "\ud83d"]), max_size=5).map("".join),
    st.text("0123456789一三八①OlX-+. ()@号栋路市省区", max_size=60),
)


def outside(text: str, spans: tuple[Span, ...]) -> list[str]:
    edges = [0, *(edge for one in spans for edge in (one.start, one.end)), len(text)]
    return [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]


@settings(deadline=None, max_examples=300)
@given(ANY)
def test_spans_are_in_order_apart_and_inside(text: str) -> None:
    at = 0
    for one in find(text):
        assert at <= one.start < one.end <= len(text)
        assert one.kind in KINDS
        at = one.end


@settings(deadline=None, max_examples=300)
@given(ANY)
def test_what_lies_outside_the_spans_stays_as_it_is(text: str) -> None:
    assert re.fullmatch(".+".join(map(re.escape, outside(text, find(text)))), mask(text), re.DOTALL)


@settings(deadline=None, max_examples=300)
@given(ANY)
def test_masking_leaves_nothing_to_find_in_what_was_found(text: str) -> None:
    masked = mask(text)
    for one in find(text):
        assert text[one.start : one.end] not in masked or text.count(text[one.start : one.end]) > 1
