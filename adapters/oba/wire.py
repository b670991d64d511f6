"""Frames of oba-live-tool to events: pure, and never raises over what it is sent (docs/platforms/oba.md)."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from adapters.fields import comment_id, loaded, plausible, role_of, sample, text_of, whole_of
from livebot.decide.events import Broken, Comment, Heartbeat, OrderUpdate, StreamEvent, Viewer

COMMENTS = frozenset({"comment", "wechat_channel_live_msg", "xiaohongshu_comment", "taobao_comment"})
BESIDES = frozenset({"room_enter", "room_like", "room_follow", "subscribe_merchant_brand_vip", "ecom_fansclub_participate"})
STATES = {"已下单": "created", "已付款": "paid"}
LATEST_S = 100_000_000_000  # a number below is seconds: as milliseconds it would be 1973
_ALIVE = (Heartbeat(),)


def reader(own: Collection[str]) -> Callable[[bytes, int], Sequence[StreamEvent]]:
    """read(frame, now in Unix ms) → events. own: names and ids whose lines are the host's.

    Entries, likes, follows and memberships are only a sign of life; a type that is unknown is Broken, so that it is counted.
    """
    return lambda frame, now: _read(frame, now, own)


def _read(frame: bytes, now: int, own: Collection[str]) -> Sequence[StreamEvent]:
    try:
        message = loaded(frame)
    except (ValueError, RecursionError):
        return (Broken(reason="not JSON", sample=sample(frame)),)
    kind = message.get("msg_type") if isinstance(message, dict) else None
    if not isinstance(kind, str) or not kind:
        return (Broken(reason="no msg_type", sample=sample(frame)),)
    if kind == "live_order":
        return (_order(message, now),)
    if kind not in COMMENTS:
        return _ALIVE if kind in BESIDES else (Broken(reason=f"unknown msg_type {kind[:40]}", sample=sample(frame)),)
    if text := text_of(message.get("content")):
        return (_comment(message, text, now, own),)
    return _ALIVE if message.get("content") == "" else (Broken(reason=f"{kind} without content", sample=sample(frame)),)


def _comment(message: dict[str, Any], text: str, now: int, own: Collection[str]) -> Comment:
    user, name, t_ms = text_of(message.get("user_id")), text_of(message.get("nick_name")), whole_of(message.get("time"))
    return Comment(
        id=comment_id(text_of(message.get("msg_id")), user or name, t_ms, text),
        author=Viewer(id=user, name=name, roles=role_of(own, user, name)),
        text=text,
        sent_at=plausible(t_ms, now),
    )


def _order(message: dict[str, Any], now: int) -> OrderUpdate:
    """The tool makes msg_id of the order's id, "#" and the platform's number for its state."""
    native, told, name = (text_of(message.get(field)) for field in ("msg_id", "order_status", "nick_name"))
    product = text_of(message.get("product_title")) or text_of(message.get("product_id"))
    ts = whole_of(message.get("order_ts"))
    at = ts * 1000 if ts is not None and 0 < ts < LATEST_S else ts
    return OrderUpdate(
        id=comment_id(native, name, at, f"{told}\x1f{product}"),
        order=native.partition("#")[0],
        state=STATES.get(told, told),
        buyer=Viewer(id=text_of(message.get("user_id")), name=name),
        product=product,
        at=plausible(at, now),
    )
