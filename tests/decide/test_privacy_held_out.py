"""Personal data as strangers write it, each batch written before the finders had seen it; 〖 〗 mark what must be found, to the code point.

Found exactly at first sight: 112 of 139, 33 of 42, 35 of 40; of 139 that are nobody's none was taken for somebody's.
"""

import re

import pytest

from livebot.decide.privacy import find, mask

FIRST = """
phone            客服给我回个电话〖15968741203〗
phone            亲我手机号换了，现在是〖１７７０６５４３２１９〗
phone            〖+8618612340987〗 收件人不变
phone            打〖86 159 6874 1203〗找我
phone            〖（+86）15968741203〗
phone            电话〖159 687 412 03〗
phone            电话〖15 96 87 41 20 3〗
phone            电话〖1596 8741 203〗别打错
phone            电话〖15968 741203〗
phone            〖159-687-41203〗
phone            〖159/6874/1203〗
phone            〖159。6874。1203〗
phone            〖159、6874、1203〗
phone            〖159…6874…1203〗
phone            〖159——6874——1203〗
phone            我号码〖一五九六八七四一二零三〗
phone            〖一五九 六八七四 一二〇三〗
phone            〖一五九，六八七四，一二零三〗
phone            〖壹伍玖陆捌柒肆壹贰零叁〗记一下
phone            〖幺五九六八拐四幺两洞三〗
phone            〖①⑤⑨⑥⑧⑦④①②⓪③〗
phone            〖⑴⑸⑼⑹⑻⑺⑷⑴⑵0⑶〗
phone            〖1️⃣5️⃣9️⃣6️⃣8️⃣7️⃣4️⃣1️⃣2️⃣0️⃣3️⃣〗
phone            〖l596874l2O3〗就这个
phone            〖I59 6874 I2o3〗
phone            〖15九68七4一2零3〗
phone            〖𝟷𝟻𝟿𝟼𝟾𝟽𝟺𝟷𝟸𝟶𝟹〗
phone            〖159\u200b6874\u200c1203〗
phone            〖159💛6874💛1203〗
phone            〖159哈6874哈1203〗
phone            〖159然后6874然后1203〗
phone            前三位〖159中间6874后面1203〗
phone            〖一五九-6874-壹贰零叁〗
phone            v同手机〖15968741203〗
phone            tel:〖15968741203〗
phone            电话①⑤⑨？不对是〖⓵⓹⓽⓺⓼⓻⓸⓵⓶0⓷〗
phone            衣服收到了，联系方式〖１５９－６８７４－１２０３〗
phone            〖1 5 9 6 8 7 4 1 2 0 3〗看见了吗
phone            〖1，5，9，6，8，7，4，1，2，0，3〗
phone            〖15９⑥捌7肆l2〇3〗
phone+phone      〖15968741203〗或者〖13705718866〗都行
phone            客服你好，我的手机尾号没变，全号〖159*6874*1203〗
landline         家里座机〖0571-87654321〗
landline         〖(021)65432109〗白天有人
landline         〖010 6655 4433〗
landline         公司电话〖0755－2233445转801〗
landline         座机〖8765-4321〗
landline         打我办公室〖零五七一八七六五四三二一〗
landline         〖+86-10-66554433〗
landline         〖0512-6543 2109〗
id               身份证〖440106198807153027〗
id               〖320582199502031040〗实名用这个
id               证件号〖44010619880715218X〗
id               〖44010619880715218x〗清关
id               〖440106 19880715 218X〗
id               〖４４０１０６１９８８０７１５２１８Ｘ〗
id               老身份证〖440106880715302〗
id               身份证号是〖四四零一零六一九八八零七一五三零二七〗
id               ID card 〖51010720011129664X〗 for customs
id               身份证：〖440106-19880715-3027〗
card             退到〖6217001234567890122〗
card             农行〖6228 4800 4567 8123 451〗
card             〖4367 4200 1234 5673〗
card             my card 〖4532-0151-1283-3641〗
card             卡号〖６２１７００１２３４５６７８９０１２２〗工行
card             银行卡号是〖6217 0012 3456 7890 122〗开户行杭州
card             打款卡号〖六二一七零零一二三四五六七八九零一二二〗
email            发票发〖chen.lan88@163.com〗
email            邮箱：〖chenlan@qq.com〗谢谢
email            〖chenlan＠qq．com〗
email            〖chenlan 艾特 163 点 com〗
email            〖chenlan艾特qq点com〗
email            〖chenlan#qq.com〗把#换成@
email            〖chen_lan [at] gmail [dot] com〗
email            〖chenlan at outlook dot com〗
email            〖chenlan@vip.sina.com.cn〗
email            〖3344556677@qq.com〗
email            〖chenlan圈a qq点com〗
email            pls send it to 〖lan.chen+shop@yahoo.co.uk〗
tracking         〖SF1370987654321〗到哪了
tracking         单号〖YT7654321098765〗
tracking         〖sf 1370 9876 54321〗还没动
tracking         京东快递〖JDVA12345678901〗
tracking         极兔〖JT5123456789012〗三天了
tracking         中通〖78901234567890〗
tracking         韵达单号〖4312345678901〗
tracking         申通〖773123456789012〗
tracking         邮政〖EA123456789CN〗
tracking         快递单号：〖9876543210123〗
tracking         〖JDX012345678901〗
tracking         〖1Z999AA10123456784〗 says delivered
order            订单〖6927384650192837465〗一直没发
order            〖3987654321098765432〗淘宝的
order            订单编号〖318765432109〗
order            拼多多〖260315-123456789012345〗
order            订单号: 〖6927 3846 5019 2837 465〗
order            单号是〖692738465019283746〗帮查
order            order no 〖114-7654321-1234567〗
order            order number 〖987654321012〗
order            订单后六位不记得了，完整〖６９２７３８４６５０１９２８３７４６５〗
address          寄到〖四川省成都市武侯区科华北路62号力宝大厦1208室〗
address          地址〖广东深圳南山区科技园南路8号〗
address          改成〖幸福家园6栋2单元1103〗
address          我住〖阳光花园12号楼3单元501室〗
address          〖河南省周口市太康县马头镇李庄村三组〗
address          送〖浙江大学紫金港校区蓝田学园5舍302〗
address          〖湖南师范大学二里半校区女生宿舍8栋416〗
address          放〖万科城市花园菜鸟驿站〗
address          放到〖和平里小区丰巢柜3号柜〗
address          〖上海市浦东新区张杨路500弄18号602〗
address          〖北京朝阳区望京西园四区410楼1单元〗
address          〖建设路三十八号院二号楼〗
address          送到〖人民医院住院部7楼12床〗
address          〖1600 Pine Street, Apt 4B, Austin, TX 78701〗
address          ship to 〖22 Baker Road, London NW1 6XE〗
address          〖新北市板橋區文化路一段100號5樓〗
name+phone       收件人：〖陈兰〗 〖15968741203〗
name             收货人〖欧阳明月〗
name             我叫〖林志强〗帮我查下
name             姓名：〖赵小蕾〗
name+phone+address 〖陈兰〗，〖15968741203〗，〖浙江省宁波市鄞州区中河街道嵩江东路88号〗
name             收件人姓名写错了应该是〖孙一凡〗
account          加我微信〖chenlan_1990〗
account          vx：〖cl19900715〗
account          扣扣〖334455667〗
account          qq号〖1 3 3 4 4 5 5 6 6〗
account          薇❤〖chen-lan-shop〗
phone            whatsapp 〖+44 7700 900123〗
account          支付宝账号〖chenlan1990〗
plate            车牌〖浙A·8K6Z3〗停门口
plate            送货的车〖沪AD12345〗
phone            call me 〖(415) 555-2671〗
phone            my number is 〖+1 212 555 0187〗
phone            〖+44 20 7946 0958〗 text me
phone            text me on 〖07700 900461〗
id               SSN 〖219-09-9998〗
phone            澳门〖+853 6612 3456〗
phone            香港號碼〖+852 9123 4567〗
phone            台灣手機〖0912-345-678〗
"""

FIRST_ALIKE = """
这件159元吗
1599到手1299对吧
160/50kg穿什么码
我一米六三一百零八斤
身高175体重140穿2XL吗
163 52 穿M还是L
66666
666666666666
1314520
5201314主播520快乐
11.11那天更便宜吗
6.18价格是不是更低
618和双11哪个划算
2024年的款还是2025的
2025-03-15发的货还没动
20250315生产的
生产日期20250315到期20270315
晚上8:00-10:30都在吗
19:30开始吗
3号链接和12号链接哪个好
12号链接13号链接15号链接都拍了
1号2号3号4号5号都要
A01+1 A02+2 A13+1
要1 2 3 5 8号
1 2 3 4 5 6 7 8 9 10 11
12345上链接
iPhone 15 Pro Max 256
RTX4090和RTX4080差多少
华为Mate60Pro 12+512
V1.2.3版本吗
固件10.0.19045.3803
型号XQ-2208-BK有吗
货号A1B2C3D4
款号 8829103
ISBN 978-7-111-54742-6
条码6901234567892是正品吗
批号20240815A03
显示还剩10086件
12315投诉你
打12306买票
客服热线400-800-1234
95338打不通
110 119 120
满300减50满600减120满1000减220
原价1999现价999再减100等于899
199 299 399 哪个值
一百二十块两件
一二三上链接
一二三四五六七八九十
三三两两来了
九九八十一难
一五一十说
一五九多少钱
五五六六七七八八
三八节有活动吗
一三五七发货吗
身高159体重68
宽12.5长30.8高15.9厘米
100*200*150的床单
1.5*2.0*2.3米的被套
12000毫安充几次
3000w会不会跳闸
0.01元秒杀
100000000人在看
1/13/15号三天
8栋楼那么高的气势哈哈
这楼盘真不错
路上堵死了我们村里人都用这个
我们小区都在团这个
杭州的几天到
新疆包邮吗
山东省内几天到
广东省深圳市发货吗
上海发货还是广州发货
寄到乡镇可以吗
县城能到吗
学校宿舍能用吗功率大不大
放驿站可以吗
我叫一声主播敢答应吗
我叫了三次了
姓名可以改吗
收件人可以改吗
加微信送吗
微信支付可以吗
QQ糖多少钱
邮箱怎么填
发票开个人
浙A牌照的车能装吗
京A行车记录仪支持吗
is it 100-200 dollars
size 8 or 10 for 5'6 140lb
need it by 12/25/2025
route 66 shirt in stock?
main street style love it
30-50-100 ml which one
SF好慢
用sf发吗
YT是什么快递
JD上也有吗
"""


SECOND = """
phone            主播我留个电话〖13305817264〗尽快联系
phone            〖133-0581-7264〗微信同号
phone            〖133 05 81 72 64〗
phone            〖1330 581 7264〗
phone            〖壹叁叁零伍捌壹柒贰陆肆〗
phone            〖一三三05八一72六四〗
phone            〖１３３－０５８１－７２６４〗收货电话
phone            〖⑬3 0581 7264〗
phone            〖133🌸0581🌸7264〗
phone            〖幺三三洞五八幺拐两六四〗
phone            〖133⁠ 0581 ⁠7264〗
phone            〖I33O58I7264〗
phone            〖133~0581~7264〗打不通就发短信
phone            〖+86(133)05817264〗
phone            我的是〖1|3|3|0|5|8|1|7|2|6|4〗
phone            〖133这个0581那个7264〗
landline         〖0755-82345678〗下午有人接
landline         固话〖029 8812 3344〗
id               〖420106199310105522〗清关用
id               身份证〖420106 199310 105522〗
id               〖④②⓪①⓪⑥①⑨⑨③①⓪①⓪⑤⑤②②〗
card             工行卡〖6258091234509870〗
card             〖6013 8289 0012 3456 780〗退这里
email            〖wang.fei2000@foxmail.com〗
email            发我邮箱 〖wangfei 爱特 126 点 com〗
email            〖wangfei(a)qq.com〗
tracking         〖SF0211223344556〗签收了但没收到
tracking         圆通〖YT8899001122334〗
tracking         〖jt3000111222333〗显示派送中
order            订单〖6931122334455667788〗退一下
order            京东订单〖298877665544〗
order            〖250811-998877665544332〗没发
address          〖湖北省荆州市沙市区北京中路200号〗
address          〖苏州市吴中区木渎镇金山路55号金色家园9幢204〗
address          〖锦绣江南二期15-2-801〗是我家
address          〖陕西省渭南市临渭区官底镇东王村五组〗
address          〖宿舍东区12栋608〗放楼下
address          deliver to 〖48 Elm Avenue, Boston, MA 02118〗
name             收货人叫〖周美玲〗不是周美林
name+phone       〖王飞〗〖13305817264〗
account          加VX〖wf_880101〗
account          企鹅号〖2233445566〗
"""

SECOND_ALIKE = """
133块钱两件
1330到手吗
2盒3盒5盒8盒哪个划算
8.8折还是88折
1米58 110斤 腰围2尺1
20:00抽奖20:30上新
16.8元/500g
3月15号到4月20号都行吗
尺寸 35*28*12cm
HDMI2.1 USB3.2
1080P 60帧 5000流明
第1名第2名第3名都送吗
520 521 1314
888888888
路由器5号链接
我要1号链接黑色M码2件，3号链接白色L码1件
南京路步行街有店吗
我家在农村能送到吗
我是湖南的包邮吗
叫老公买
"""


THIRD = """
phone            老板 〖19123456087〗 麻烦加急
phone            换成这个：〖191 2345 6087〗
phone            〖1-9-1-2-3-4-5-6-0-8-7〗
phone            〖⑲1 2345 6087〗
phone            〖１９１２３４５６０８７〗，晚上打
phone            〖一九一贰叁肆伍陆零捌柒〗
phone            〖191 2345六零八七〗
phone            〖19123456087转8012〗
phone            号码〖幺 九 幺 二 三 四 五 六 洞 八 拐〗
phone            〖1️⃣9️⃣1️⃣ 2345 6087〗
phone            先记〖191 再记 2345 再记 6087〗
phone            〖191.2345.6087〗发短信
phone            mob: 〖+86 191-2345-6087〗
phone            〖191⭐2345⭐6087〗
landline         店里的电话 〖0731-85556677〗
landline         〖（0592）5566778〗
id               身份证号码：〖３７０２０２１９７６１２０８００１３〗
id               〖370202 1976 1208 0013〗海关要
card             建行卡〖4367-4200-1234-5673〗
card             信用卡 〖5200831111222233〗 扣了两次
email            〖heyue_1995@126.com〗收电子票
email            〖heyue 小老鼠 qq 点 com〗
email            e-mail me: 〖h.yue@company.io〗
tracking         单号〖SF1029384756012〗
tracking         韵达快递〖463789012345678〗没更新
tracking         〖JDVB09876543210〗显示妥投
order            订单号〖4987123456789012345〗申请售后
order            我的订单 〖260401-556677889900112〗
order            订单 〖6 9 2 8 1 1 2 2 3 3 4 4 5 5 6 6 7 7 8〗
address          发〖江西省赣州市章贡区红旗大道86号〗
address          收货地址：〖天津市和平区南京路189号津汇广场2座1506〗
address          〖龙湖天街北苑4号楼2602〗别放快递柜
address          〖贵州省毕节市织金县猫场镇龙潭村〗
address          地址是〖工业路15号院3门201〗
address          my address is 〖350 Fifth Avenue, New York, NY 10118〗
name             我的名字是〖何悦〗
name+phone       〖何悦〗 〖19123456087〗 谢谢
account          薇信号 〖heyue95〗
account          加我QQ〖2987654321〗
"""

THIRD_ALIKE = """
199减20是179吗
19号晚上12点前拍
191块还是129
身高168体重52胸围84
3分钟前拍的1号和6号
2-3天能到吗
5-8岁穿120-130
36-42码都有吗
12.9秒杀
尾号6087的单子发了吗
6瓶装500ml*6多少
直播间12345人了
99+99等于198
A4纸500张80g
520元两套1040元
2023新款V领3XL
0卡0糖0脂
7*24小时在线吗
10点10分开抢
满199-20满399-50
"""


def rows(table: str) -> list[tuple[list[str], str]]:
    """(kinds in order, marked text) of each line."""
    return [(kinds.split("+"), text.strip()) for line in table.strip().splitlines() for kinds, _, text in [line.partition(" ")]]


def expected(kinds: list[str], marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without its marks, and its spans."""
    text, spans = "", []
    for part in re.split("(〖.*?〗)", marked):
        if part.startswith("〖"):
            spans.append((len(text), len(text) + len(part) - 2, kinds[len(spans)]))
        text += part.strip("〖〗")
    return text, spans


ALL = [pytest.param(*expected(kinds, marked), id=ascii(marked)) for kinds, marked in rows(FIRST + SECOND + THIRD)]


@pytest.mark.parametrize(("text", "spans"), ALL)
def test_it_is_found_to_the_code_point(text: str, spans: list[tuple[int, int, str]]) -> None:
    assert [(one.start, one.end, one.kind) for one in find(text)] == spans
    shown = mask(text)
    assert all(text[start:end] not in shown for start, end, _ in spans)


@pytest.mark.parametrize("text", (FIRST_ALIKE + SECOND_ALIKE + THIRD_ALIKE).strip().splitlines())
def test_what_is_nobody_s_is_left_alone(text: str) -> None:
    assert mask(text) == text
