"""What a comment can be about: every category with its names, its route and its priority."""

from dataclasses import dataclass
from typing import Final

ROUTES: Final = ("auto", "suggest", "issue", "human", "moderate", "ignore")
PRIORITIES: Final = ("P0", "P1", "P2", "P3", "P4")
DEFAULT: Final = "any.social"
PERSONAL: Final = "any.privacy"  # raised wherever `privacy` finds somebody's data, unless it is an advert


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """route: auto = may be answered by livebot, suggest = drafted for a moderator, issue = into the queue, human = an issue that is never
    answered automatically, moderate = for the moderators alone, ignore = nothing to do. priority: P0 (now) to P4 (some day)."""

    code: str
    zh: str
    en: str
    route: str
    priority: str

    @property
    def raises_issue(self) -> bool:
        return self.route in ("issue", "human")


_TABLE: Final = """
pre.price                 价格优惠        price                   auto      P3
pre.coupon                领券红包        coupon                  auto      P3
pre.link                  几号链接        product link            auto      P3
pre.howto                 怎么拍          how to order            auto      P3
pre.size                  尺码            size advice             auto      P3
pre.spec                  材质成分        product details         auto      P3
pre.ship_fee              运费包邮        shipping fee            auto      P3
pre.ship_when             发货时间        delivery period         auto      P3
pre.policy                退换政策        return policy           auto      P3
pre.auth                  正品授权        authenticity            suggest   P2
pre.stock                 库存补货        stock                   auto      P3
mid.order_query           订单查询        track order             issue     P2
mid.addr                  修改地址        change shipping address issue     P1
mid.cancel                取消订单        cancel order            issue     P1
mid.change                修改订单        change order            issue     P2
mid.urge_ship             催发货          late dispatch           issue     P2
mid.pay                   付款问题        payment issue           issue     P2
mid.pay_lost              扣款没订单      paid without an order   human     P0
post.logistics            物流异常        delivery problem        issue     P2
post.signed_not_received  签收未收到      signed but not received human     P1
post.return               退货            return                  issue     P2
post.refund               退款            get refund              issue     P2
post.refund_status        退款进度        track refund            issue     P2
post.exchange             换货            exchange                issue     P2
post.missing              少发漏发        missing item            issue     P1
post.wrong                错发            wrong item              issue     P1
post.damaged              破损            damaged item            issue     P1
post.quality              质量问题        faulty item             issue     P1
post.safety               安全事故        safety incident         human     P0
post.mismatch             货不对板        not as described        human     P1
post.price_protect        价保            price protection        issue     P2
post.warranty             维修质保        repair and warranty     issue     P2
post.return_fee           退货运费        return freight          issue     P2
any.invoice               发票            get invoice             issue     P3
any.member                会员积分        membership and points   auto      P3
any.complaint             投诉            complaint               human     P1
any.human                 转人工          contact human agent     human     P1
any.feedback              建议好评        feedback                ignore    P4
any.privacy               公屏隐私        personal data in public issue     P1
any.abuse                 辱骂            abuse                   moderate  P3
any.spam                  广告            advertising             moderate  P3
any.offplatform           引流            off-platform invitation moderate  P3
any.social                闲聊            small talk              ignore    P4
order.intent              接单口令        order-like line         ignore    P3
"""


def _row(line: str) -> Category:
    code, zh, *en, route, priority = line.split()
    return Category(code=code, zh=zh, en=" ".join(en), route=route, priority=priority)


CATEGORIES: Final[dict[str, Category]] = {row.code: row for row in map(_row, _TABLE.strip().splitlines())}

#: An issue that no comment raised: a promise of our own is overdue, or was contradicted. No rule can have this category.
PROMISE: Final = Category(code="own.promise", zh="自己的承诺", en="our own promise", route="issue", priority="P1")


def known(code: str) -> Category | None:
    """The category of an issue; None for a code that somebody else made up."""
    return PROMISE if code == PROMISE.code else CATEGORIES.get(code)


def route(code: str | None) -> str:
    """Where a comment of this category goes (one of ROUTES); "ignore" for None."""
    return CATEGORIES[code].route if code else "ignore"


def priority(code: str) -> str:
    """The default priority of an issue of this category."""
    return CATEGORIES[code].priority


def raises_issue(code: str | None) -> bool:
    """Whether a comment of this category belongs in the after-sales queue."""
    return code is not None and CATEGORIES[code].raises_issue
