"""The bridge protocol's frames to and from events: pure, and never raises over what a server sends (docs/bridge.md)."""

import json
from collections.abc import Sequence
from typing import Any

import msgspec

from adapters.fields import DAY_MS, EARLIEST_MS, comment_id, number_of, parsed, plausible, roles_of, sample, text_of, whole_of
from livebot.decide.events import (
    Broken,
    Comment,
    CommentDeleted,
    Heartbeat,
    OrderUpdate,
    Settled,
    StreamEnded,
    StreamEvent,
    StreamStarted,
    Viewer,
)

LONGEST_STREAM_MS = 30 * DAY_MS
LONGEST_HEARTBEAT_S = 3600.0


class _User(msgspec.Struct, gc=False):
    id: str = ""
    name: str = ""
    roles: tuple[str, ...] = ()


class _Frame(msgspec.Struct):
    type: str
    id: str = ""
    text: str = ""
    user: _User | None = None
    t_ms: int | None = None
    reply_to: str | None = None
    product: str | None = None
    key: str = ""
    reason: str = ""
    heartbeat_s: float | None = None
    planned_end_ms: int | None = None
    order: str = ""
    state: str = ""


_decode = msgspec.json.Decoder(_Frame).decode
_NOBODY = Viewer()
_STREAM_STARTED = (StreamStarted(),)
_STREAM_ENDED = (StreamEnded(),)
_PING = (Heartbeat(),)
_NEEDS = {"comment": "text", "said": "key", "refused": "key", "comment_deleted": "id", "order": "state"}


def read(frame: bytes | str, now: int) -> Sequence[StreamEvent]:
    """The events in one frame (UTF-8 JSON, an object or an array of them), in order; `now` in Unix ms judges whether t_ms is plausible.

    What cannot be understood gives Broken, and so does an unknown type, so that it is counted. A receipt (said, refused) gives Settled.
    """
    try:
        message = _decode(frame)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return _read_leniently(frame, now)
    return _events(message, now) or _broken(message, frame)


def hello(after: str | None) -> str:
    return _written({"type": "hello"} if after is None else {"type": "hello", "after": after})


def words(text: str, *, key: str, to: str | None) -> str:
    """The frame that says one text in the room, in answer to the comment whose id is `to`."""
    frame = {"type": "say", "key": key, "text": text}
    return _written(frame if to is None else frame | {"to": to})


def _events(message: _Frame, now: int) -> Sequence[StreamEvent] | None:
    """None where the message lacks what its type needs, or its type is unknown."""
    match message.type:
        case "comment":
            return (_comment(message, now),) if message.text else None
        case "said" | "refused":
            return (_settled(message),) if message.key else None
        case "ping":
            return _PING
        case "welcome":
            return (Heartbeat(every=_heartbeat(message.heartbeat_s)),)
        case "stream_started":
            end = message.planned_end_ms
            plausible = end is not None and EARLIEST_MS <= end <= now + LONGEST_STREAM_MS
            return (StreamStarted(planned_end=end),) if plausible else _STREAM_STARTED
        case "stream_ended":
            return _STREAM_ENDED
        case "comment_deleted":
            return (CommentDeleted(id=comment_id(message.id, "", None, "")),) if message.id else None
        case "order":
            return (_order(message, now),) if message.state else None
        case _:
            return None


def _comment(message: _Frame, now: int) -> Comment:
    user, t_ms = message.user, message.t_ms
    return Comment(
        id=comment_id(message.id, (user.id or user.name) if user else "", t_ms, message.text),
        author=Viewer(id=user.id, name=user.name, roles=user.roles) if user is not None else _NOBODY,
        text=message.text,
        sent_at=plausible(t_ms, now),
        reply_to=message.reply_to or None,
        product=message.product or None,
    )


def _order(message: _Frame, now: int) -> OrderUpdate:
    """An update without an id is known by its content."""
    user, derived = message.user, "\x1f".join((message.order, message.state, message.product or ""))
    return OrderUpdate(
        id=comment_id(message.id, (user.id or user.name) if user else "", message.t_ms, derived),
        order=message.order,
        state=message.state,
        buyer=Viewer(id=user.id, name=user.name, roles=user.roles) if user is not None else _NOBODY,
        product=message.product or "",
        at=plausible(message.t_ms, now),
    )


def _settled(message: _Frame) -> Settled:
    if message.type == "said":
        return Settled(key=message.key, state="sent", native_id=message.id or None)
    return Settled(key=message.key, state="refused", native_id=None, reason=message.reason)


def _heartbeat(seconds: float | None) -> float | None:
    return seconds if seconds is not None and 0 < seconds <= LONGEST_HEARTBEAT_S else None


def _broken(message: _Frame, frame: bytes | str) -> Sequence[StreamEvent]:
    lacks = _NEEDS.get(message.type)
    return (Broken(reason=f"{message.type} without {lacks}" if lacks else f"unknown type {message.type[:40]}", sample=sample(frame)),)


def _read_leniently(frame: bytes | str, now: int) -> Sequence[StreamEvent]:
    """The slow way for a frame that is not quite as the protocol says: keeps every field that is good."""
    try:
        value = parsed(frame)
    except (ValueError, RecursionError):
        return (Broken(reason="not JSON", sample=sample(frame)),)
    if not isinstance(value, list):
        return _read_value(value, frame, now)
    return [event for item in value for event in _read_value(item, frame, now)]


def _read_value(value: object, frame: bytes | str, now: int) -> Sequence[StreamEvent]:
    if not isinstance(value, dict):
        return (Broken(reason="not a JSON object", sample=sample(frame)),)
    if not isinstance(value.get("type"), str):
        return (Broken(reason="no type", sample=sample(frame)),)
    message = _mended(value)
    events = _events(message, now)
    return _broken(message, frame) if events is None else events


def _mended(value: dict[str, Any]) -> _Frame:
    return _Frame(
        type=value["type"],
        id=text_of(value.get("id")),
        text=text_of(value.get("text")),
        user=_user(value.get("user")),
        t_ms=whole_of(value.get("t_ms")),
        reply_to=text_of(value.get("reply_to")) or None,
        product=text_of(value.get("product")) or None,
        key=text_of(value.get("key")),
        reason=text_of(value.get("reason")),
        heartbeat_s=number_of(value.get("heartbeat_s")),
        planned_end_ms=whole_of(value.get("planned_end_ms")),
        order=text_of(value.get("order")),
        state=text_of(value.get("state")),
    )


def _user(value: object) -> _User | None:
    """A user that is a bare string or number is taken for both id and name."""
    if not isinstance(value, dict):
        name = text_of(value)
        return _User(id=name, name=name) if name else None
    return _User(id=text_of(value.get("id")), name=text_of(value.get("name")), roles=roles_of(value.get("roles")))


def _written(message: dict[str, str]) -> str:
    """Readable Chinese on the wire; escapes only where a lone surrogate leaves no other way."""
    frame = json.dumps(message, ensure_ascii=False)
    return json.dumps(message) if any("\ud800" <= ch <= "\udfff" for ch in frame) else frame
