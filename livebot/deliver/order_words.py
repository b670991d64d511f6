"""An order's update in words, as staff read it."""

from typing import Final

import msgspec

from livebot.language import say

_STATES: Final = {
    "created": ("已下单", "created"),
    "paid": ("已付款", "paid"),
    "shipped": ("已发货", "shipped"),
    "delivered": ("已送达", "delivered"),
    "cancelled": ("取消", "cancelled"),
    "return": ("退货", "return"),
    "refund": ("退款", "refund"),
    "exchange": ("换货", "exchange"),
}


def order_words(order: str, extra: str) -> str:
    """Not masked. extra: JSON [state, product], as the journal keeps it."""
    state, product = msgspec.json.decode(extra, type=tuple[str, str])
    done = say(*_STATES.get(state.lower(), (state, state)))
    about = say(f"（{product}）", f" ({product})") if product else ""
    return (
        say(f"订单号 {order}：{done}{about}", f"order {order}: {done}{about}")
        if order
        else say(f"订单：{done}{about}", f"order: {done}{about}")
    )
