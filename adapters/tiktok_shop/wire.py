"""TikTok Shop's webhooks to events: the signature and the JSON, pure, and nothing that is pushed makes it raise."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from adapters.fields import derived_id, parsed, plausible, sample, text_of, whole_of
from livebot.decide.events import Broken, OrderUpdate, StreamEvent

ORDER, PACKAGE, CANCELLATION, RETURN = 1, 4, 11, 12
STATES: Final = {
    "UNPAID": "created",
    "AWAITING_SHIPMENT": "paid",
    "IN_TRANSIT": "shipped",
    "DELIVERED": "delivered",
    "CANCEL": "cancelled",
    "CANCELLED": "cancelled",
}
RETURNS: Final = {"REFUND": "refund", "REPLACEMENT": "exchange", "RETURN_AND_REFUND": "return"}
TAKEN_BACK: Final = frozenset(
    {"CANCELLATION_REQUEST_CANCELLED", "CANCELLATION_REQUEST_CANCEL", "RETURN_OR_REFUND_REQUEST_CANCEL", "REPLACEMENT_REQUEST_CANCEL"}
)


@dataclass(frozen=True, slots=True)
class Notice:
    """One notification, every field as far as it is good. type: None where there is no number."""

    type: int | None
    id: str
    shop: str
    at: int | None
    data: dict[str, Any] = field(default_factory=dict)


def signature(app_key: str, app_secret: str, body: bytes) -> str:
    return hmac.new(app_secret.encode(), app_key.encode() + body, hashlib.sha256).hexdigest()


def is_signed(authorization: str, app_key: str, app_secret: str, body: bytes) -> bool:
    return hmac.compare_digest(authorization.encode("utf-8", "surrogateescape"), signature(app_key, app_secret, body).encode())


def notice(body: bytes) -> Notice | None:
    """None where it is no JSON object."""
    try:
        value = parsed(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    data = value.get("data")
    return Notice(
        whole_of(value.get("type")),
        text_of(value.get("tts_notification_id")),
        text_of(value.get("shop_id")),
        whole_of(value.get("timestamp")),
        data if isinstance(data, dict) else {},
    )


def read(one: Notice, body: bytes, now: int) -> Sequence[StreamEvent]:
    """The updates in one notification: one for each order. What is unknown or lacks its order gives Broken."""
    if one.type not in (ORDER, PACKAGE, CANCELLATION, RETURN):
        return (Broken(reason=f"unknown type {one.type}", sample=sample(body)),)
    orders, state = (_packed(one.data), _package(one.data)) if one.type == PACKAGE else ([text_of(one.data.get("order_id"))], _state(one))
    told = [_update(one, order, state, now, alone=len(orders) == 1) for order in dict.fromkeys(orders) if order]
    return told or (Broken(reason=f"type {one.type} without an order", sample=sample(body)),)


def _update(one: Notice, order: str, state: str, now: int, *, alone: bool) -> OrderUpdate:
    """tts_notification_id tells a notification that comes again; each order of a package has one of its own."""
    seconds = whole_of(one.data.get("update_time")) or one.at
    id_ = one.id or derived_id(f"{one.type}", seconds, f"{order}\x1f{state}")
    at = None if seconds is None else seconds * 1000
    return OrderUpdate(id=id_ if alone else f"{id_}/{order}", order=order, state=state, at=plausible(at, now))


def _state(one: Notice) -> str:
    """livebot's word where there is one; a request that its buyer took back keeps the platform's."""
    if one.type == CANCELLATION:
        status = text_of(one.data.get("cancel_status"))
        return status if status in TAKEN_BACK else "cancelled"
    if one.type == RETURN:
        status = text_of(one.data.get("return_status"))
        return status if status in TAKEN_BACK else RETURNS.get(text_of(one.data.get("return_type")), "return")
    status = text_of(one.data.get("order_status"))
    return STATES.get(status, status or "ORDER_STATUS_CHANGE")


def _package(data: dict[str, Any]) -> str:
    kind = text_of(data.get("sc_type"))
    return f"PACKAGE_UPDATE {kind}" if kind else "PACKAGE_UPDATE"


def _packed(data: dict[str, Any]) -> list[str]:
    packages = data.get("package_list")
    lists = [one.get("order_id_list") for one in packages if isinstance(one, dict)] if isinstance(packages, list) else []
    return [text_of(order) for orders in lists if isinstance(orders, list) for order in orders]
