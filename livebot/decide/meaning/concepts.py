"""What a question is about and what it wants to know, by a small lexicon of the trade: two questions that differ here are two questions."""

from typing import Final

from daachorse import MATCH_KIND_LEFTMOST_LONGEST
from daachorse import CharwiseDoubleArrayAhoCorasick as Automaton

_ASPECTS: Final = """
when       什么时候 啥时候 几时 多久 何时 几天 几号 几点 哪天 多长时间 什么时间 时候 今天 明天 后天 多少天 时间 when|how long|how soon
when       what time|how many days|how fast|until when
cost     多少钱 费用 收费 要钱 价格 价钱 多少元 几块 怎么卖 什么价 要付 收钱 how much|price|cost|charge|charged|charges|fee|fees|free
how      怎么 如何 怎样 咋 流程 步骤 操作 方法 教程 怎么弄 how do|how can|how to|how should|steps|way to|ways to
where    哪里 哪儿 在哪 哪 什么地方 地址 where|location|near me
who      谁 who
why      为什么 为啥 怎么回事 凭什么 why|reason
which    什么 哪个 哪种 哪些 哪家 啥 几种 which|what kind|what type
whether  吗 能不能 可不可以 是不是 有没有 会不会 能否 不 可以 can i|can you|do you|is it|is there|are there|does it|will it|possible
many     几个 多少 几件 数量 最多 how many|amount|limit|maximum|minimum
"""

_TOPICS: Final = """
ship       发货 发出 寄出 发吗 发货地 出库 发过来 能发 可以发 发的 寄 出货 dispatch|dispatched|ship|shipped|ships
arrive     到货 送到 能到 收到 送达 几天到 到吗 会到 到啊 到了 送来 到我 到家 到呢 到手 arrive|arrived|arrives|delivered|deliver
arrive     delivery|receive|received|get here|come
stock      有货 现货 没货 补货 缺货 断货 库存 无货 售罄 卖完 补上 上架 进货 in stock|restock|restocking|sold out|available|availability
courier    快递 物流 顺丰 圆通 中通 韵达 邮政 申通 极兔 courier|carrier
person     快递员 派送员 配送员 师傅 送货员 driver
track      查 单号 到哪 物流信息 进度 跟踪 track|tracking|status|where is my
freight    运费 邮费 包邮 免邮 快递费 postage|shipping cost|shipping fee|delivery charge
insurance  运费险 退货险
return     退货 退回 退掉 退换 退 return|returns|returned|send back|send it back
refund     退款 退钱 返款 钱退 退的钱 款 refund|refunds|refunded|money back
exchange   换货 换 更换 exchange|replace|replacement|swap
cancel     取消 撤销 退单 不想要 拍错 cancel|cancelled|canceled|cancellation|undo|reverse
change     修改 改 更改 变更 change|update|edit|modify|rebook
address    地址 收货人 address|zip|pin code|pincode
phone      电话 手机号 号码 联系方式 phone|number|mobile
name       名字 姓名 name|surname
order      订单 单子 order|orders|ordered|purchase
buy        下单 购买 怎么买 在哪买 怎么拍 拍下 buy|place an order
pay        付款 支付 付钱 结算 付 pay|payment|payments|paying|paid|checkout
cod        货到付款 到付 cash on delivery|cod
installment 分期 花呗 白条 免息 installment|installments|pay later
deposit    定金 预付 deposit
balance    尾款
presale    预售 preorder
invoice    发票 开票 专票 普票 票 invoice|invoices|receipt|bill
special    专票 专用发票 增值税
electronic 电子发票 电子票 电子
paper      纸质
title      抬头 税号
coupon     优惠券 优惠卷 券 红包 代金券 满减 卷 coupon|coupons|voucher|promo|code|codes|discount|discounts
sale       活动 促销 打折 优惠 便宜 降价 双十一 双11 折扣 sale|deal|deals|offer|offers|cheaper
protect    价保 保价 差价 价格保护 买贵 price match|difference
gift       赠品 赠送 礼品 礼物 送什么 小样 gift|gifts
giftbox    礼盒 包装 礼袋 package|packaging|gift wrap
warranty   质保 保修 三包 联保 warranty|guarantee|guaranteed
extend     延保 延长保修
repair     维修 修 返修 报修 送修 repair|repairs|fix
aftersale  售后
install    安装 装 师傅装 上门装 install|installation|set up|setup
upstairs   上楼 送货上门 上门 送上
pickup     自提 自取 自己拿 pick up|pickup|collect
broken     坏 碎 破 破损 摔 故障 broken|damaged|faulty|defective|not working
missing    少发 漏发 少了 缺 少 missing
wrong      发错 错 wrong|incorrect|mistake
authentic  正品 真货 假货 保真 授权 防伪 真的 假 authentic|genuine|original|fake|real
new        全新 翻新 二手 拆过 refurbished|used
brand      牌子 品牌 brand
size       尺码 码 尺寸 大小 穿多大 偏大 偏小 size|sizes|fit|fits
weight     多重 重量 斤 公斤 克重 weight|heavy
color      颜色 色号 黑色 白色 红色 color|colour|colours|colors
shade      色差
fade       掉色 褪色 fade
pill       起球 缩水 变形 起毛 shrink
wash       洗 清洗 wash|clean|washable
material   材质 面料 料子 成分 纯棉 配料 material|fabric|ingredients|made of
expiry     保质期 过期 有效期 生产日期 日期 expire|expiry|expires|shelf life
origin     产地 哪里产 生产 国产 进口 made in|manufactured
use        使用 用法 怎么用 怎么吃 涂 use|using|apply|dosage|take
effect     效果 有用 见效 有效 work|works|effect|results
side       副作用 过敏 刺激 side effects|allergic|safe
pregnant   孕妇 怀孕 孕期 备孕 哺乳 pregnant|pregnancy
child      孩子 宝宝 小孩 儿童 婴儿 kid|kids|child|children|teenager|baby
skin       敏感肌 油皮 干皮 皮肤 skin
sugar      糖 sugar
spicy      辣 spicy
taste      味道 口味 好吃 甜 口感 taste|flavour|flavor|flavours
noise      噪音 声音 吵 noise|noisy|loud
power      耗电 费电 功率 瓦 电费 power|watts
battery    续航 电池 充电 充满 快充 battery|charging
water      防水 碰水 waterproof
compat     适配 兼容 苹果 安卓 机型 iphone|android|compatible
member     会员 入会 member|membership|subscription|plan
points     积分 points|rewards|cashback
account    账号 账户 登录 account|log in|login|username|profile
password   密码 验证码 password|passcode
service    客服 人工 联系 support|customer service|agent|human|contact|representative|talk|speak|helpline
open       营业 上班 开门 下班 opening hours|open on
live       开播 直播 下播 stream|live
store      实体店 门店 线下 店在哪 store|stores|shop|outlet
bulk       批发 大量 团购 拿货 wholesale|bulk|reseller|distributor|franchise
limit      限购 几个 limit|limits|maximum
merge      合并 一起发 合单 combine|merge
note       备注 留言 note
review     评价 好评 晒图 返现 review|feedback
lottery    抽奖 中奖 福袋
tradein    以旧换新 旧机 回收 trade in
topup      充值 话费 top up|topping up|topped up|top-up|recharge|add money
activate   激活 开通 activate|activation|activating
card       卡 card|cards
virtual    虚拟 virtual|disposable
lost       丢 丢失 lost|stolen|stole
swallowed  吞 swallowed|retain|ate
transfer   转账 汇款 transfer|transfers|transferred|send money|sent money
rate       汇率 利率 rate|rates|exchange rate
currency   币种 外币 currency|currencies|euros|dollars|pounds
cash       现金 取现 cash|atm|withdraw|withdrawal|withdrawing
failed     失败 不成功 不了 报错 用不了 failed|declined|rejected|refused|fail|fails|didn't work|didn't go through|not accepted
pending    处理中 待处理 pending|processing|still waiting
twice      两次 重复 两遍 twice|double|duplicate|two times
unknown    不认识 不是我 recognise|recognize|didn't make|unauthorised|strange
identity   实名 身份证 认证 identity|verify|verification|id|passport|documents
country    国家 国外 海外 country|countries|abroad|overseas|international|internationally
remote     偏远 新疆 西藏 内蒙 海南 青海 乡镇 村
pin        pin
close      注销 关闭 close|delete|terminate
book       预约 预订 book|booking|appointment|reserve
ticket     门票 票券 ticket|tickets|flight
luggage    行李 luggage|baggage|bags
data       流量 月租 data|roaming
salary     工资 salary
child_age  几岁 年龄 how old|minimum age|age
complaint  投诉 举报 complaint|complain
advice     推荐 建议 recommend|suggest|which product|advice
diet       减肥 增肌 diet|workout|muscle|lose weight|weight loss
"""


def _lexicon(table: str) -> dict[str, str]:
    """Word → name. A line: the name, Chinese words, then English phrases between bars; a name may have several lines."""
    found: dict[str, str] = {}
    for line in table.strip().splitlines():
        name, *words = line.split()
        chinese = [word for word in words if not word.isascii()]
        english = " ".join(word for word in words if word.isascii()).split("|")
        found.update(dict.fromkeys(chinese, name))
        found.update({f" {phrase.strip()} ".replace(" ", "  ")[1:-1]: name for phrase in english if phrase.strip()})
    return found


class _Finder:
    def __init__(self, table: str) -> None:
        lexicon = _lexicon(table)
        self._names = list(lexicon.values())
        self._automaton = Automaton(list(lexicon), match_kind=MATCH_KIND_LEFTMOST_LONGEST)

    def find(self, spoken: str) -> frozenset[str]:
        return frozenset(self._names[index] for _, _, index in self._automaton.find(spoken))


TOPICS: Final = tuple(sorted({line.split()[0] for line in _TOPICS.strip().splitlines()}))
ASPECTS: Final = tuple(sorted({line.split()[0] for line in _ASPECTS.strip().splitlines()}))
_TOPIC_FINDER: Final = _Finder(_TOPICS)
_ASPECT_FINDER: Final = _Finder(_ASPECTS)
_APART: Final = {ord(mark): "  " for mark in " ?!.,:;'\"()-/"}
_APART[ord("'")] = "'"


def padded(folded: str) -> str:
    """The text as its concepts are looked for: with two spaces for each mark, so that every English word stands between its own."""
    return f" {folded.translate(_APART)} " if not folded.isalnum() else f" {folded} "


def topics(spoken: str) -> frozenset[str]:
    """What a padded text is about: names of the lexicon above, longest words first."""
    return _TOPIC_FINDER.find(spoken)


def aspects(spoken: str) -> frozenset[str]:
    """What a padded text wants to know: when, cost, how, where, who, why, which, whether, many."""
    return _ASPECT_FINDER.find(spoken)
