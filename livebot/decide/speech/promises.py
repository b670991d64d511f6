"""What the rules about promises have in common: the words for time, what makes a promise harmless, the reasons given."""

from typing import Final

from livebot.decide.speech.rules import GuardRule, Level

_ACT: Final = "电子商务法 20"
ADS: Final = "广告法 28(2)"
LAW: Final = "消费者权益保护法 25"

_DAY: Final = (
    r"(?:№(?:号|日)(?:之前|以前|前)|下午|上午|傍晚|凌晨|天黑|天亮|下班前|连夜|今天|今日|今儿|今晚|今夜|当天|当日|当晚|明天|明日|明儿|"
    r"明早|明晚|后天|大后天|次日|"
    r"隔天|隔日|第二天|这两天|"
    r"这几天|下周|下个?月|下星期|这周|这个?月|本周|本月|周内|周末|周[一二三四五六日天]"
    r"|星期[一二三四五六日天]|礼拜[一二三四五六日天]|月底|月初|月中|年前|年底|年后|节前|节后|春节|国庆|中秋|"
    r"双十[一二]|618)"
)
_SPAN: Final = r"(?:№(?:到|至|-|~|、)?№?个?半?(?:个?小时|h|天|日|号|个?工作日|周|个?星期|个?月|分钟)(?:之?内|以内|之?前|以前)?)"
_NOW: Final = r"(?:马上|立刻|立即|立马|即刻|现在就|秒|第一时间|光速|闪电|极速)"
WHEN: Final = rf"(?:{_DAY}|{_SPAN}|{_NOW})"
BY_THEN: Final = rf"(?:{_DAY}|{_SPAN})"
SHIP: Final = (
    r"(?:装车|打单|发货|发出|发走|发掉|发完|寄出|寄走|寄给|出库|出货|揽收|交给快递|必发|就发|能发|会发|可发|都发|准发|给发|"
    r"给您发|给你发|安排发|先发|统一发|陆续发|准时发"
    r"|全部发|发(?:$|[,!?;。~ 哦啊呢的哈呀吧]))(?:$|[^时地后前速通信记仓快单方规问情费商声])"
)
ARRIVE: Final = (
    r"(?:上桌|尝到|尝鲜|吃到|喝到|到站|落地|敲门|到货|到家|到手|送到|送达|到达|寄到|收到|拿到|就到|能到|会到|可到|必到|准到|包到|到您|"
    r"到你|达(?:$|[,!?;。~ ])|"
    r"到(?:$|[,!?;。~ 哦啊呢哈呀吧]))"
)
NOT_SO: Final = (
    r"没|未|不|什么|几天|几号|多久|吗|如果|若|超过|超时|满|已|最快|最早|为准|查看|申请|直播|时间|活动|后[没未]|联系|"
    r"通知|请|截止|下架|预告|问|最多|、"
)
LATER: Final = r"到这(?:里|儿)|到此|收到货?的|收到后|收货后|到货后|到货的|收到货了|收到商品|之后|签收|超过|超时|最快|最早|为准"


def promise(
    id: str,
    like: str,
    zh: str,
    en: str,
    *,
    article: str = _ACT,
    verdict: Level = "block",
    inside: str = "",
    unless: str = "",
    near: str = "",
) -> GuardRule:
    return GuardRule(
        id=f"commitment.{id}",
        kind="commitment",
        verdict=verdict,
        article=article,
        like=like,
        inside=inside,
        unless=unless,
        near=near,
        hedged="time" in id,
        wide=id.startswith("wide."),
        zh=zh,
        en=en,
    )


SAFE: Final = (
    r"为准|问得|看(?:商品|订单|页|规则|参数|说明|标注|您)|页面|规则|申请|请|联系客服|登记|问题|没|未|无法|不能|不一定|"
    r"不保证|几天|什么|多久|吗|怎么|如果|最快|最早|收到后|签收|收货后|到货后|以内没|讲|直播|开播|下播|上新|活动|预告|"
    r"到这|超过|谁|问店铺"
)
TIME = ("承诺了时间，但店铺没有写过这个承诺", "a promise of time that the shop has not made")
MONEY = ("承诺了钱，但店铺没有写过这个承诺", "a promise of money that the shop has not made")
GIFT = ("承诺了赠品，但店铺没有写过", "a gift that the shop has not promised")
PRICE = ("承诺了保价或补差价，但店铺没有写过", "a price match that the shop has not promised")
WARRANTY = ("承诺了质保，但店铺没有写过", "a warranty that the shop has not promised")
RETURNS = ("承诺了退换条件，但店铺没有写过", "terms of return that the shop has not promised")

HEDGES: Final = (
    r"预计|大概|大约|大致|一般|通常|基本|左右|尽量|争取|可能|差不多|应该|正常情况|正常的话|估计|尽快|不出意外|预期"
    r"|\b(?:usually|normally|typically|about|around|expected|should|estimated|approximately|probably|try to|may|"
    r"might)\b"
)
