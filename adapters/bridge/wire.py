"""The bridge protocol's frames to and from events: pure, and never raises over what a server sends (docs/bridge.md)."""

import hashlib
import json
import math
from collections.abc import Sequence
from typing import Any

import msgspec

from livebot.decide.events import Broken, Comment, Heartbeat, Settled, StreamEnded, StreamEvent, StreamStarted, Viewer

EARLIEST_MS = 978_307_200_000  # 2001-01-01; anything earlier is seconds, a counter or a mistake
DAY_MS = 86_400_000
LONGEST_ID = 512
LONGEST_NUMBER = 100
LONGEST_STREAM_MS = 30 * DAY_MS
LONGEST_HEARTBEAT_S = 3600.0
SAMPLE_CHARS = 120


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


_decode = msgspec.json.Decoder(_Frame).decode
_NOBODY = Viewer()
_STREAM_STARTED = (StreamStarted(),)
_STREAM_ENDED = (StreamEnded(),)
_PING = (Heartbeat(),)
_NOTHING: tuple[StreamEvent, ...] = ()


def read(frame: bytes | str, now: int) -> Sequence[StreamEvent]:
    """The events in one frame (UTF-8 JSON, an object or an array of them), in order; `now` in Unix ms judges whether t_ms is plausible.

    Unknown types give nothing. What cannot be understood gives Broken. A receipt (said, refused) gives Settled.
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


def derived_id(user: str, t_ms: int | None, text: str) -> str:
    """The id of a comment that came without one: the same comment gets the same id again."""
    content = "\x1f".join((user, "" if t_ms is None else str(t_ms), text))
    return "derived:" + hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _events(message: _Frame, now: int) -> Sequence[StreamEvent] | None:
    """None where the message lacks what its type needs."""
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
        case _:
            return _NOTHING


def _comment(message: _Frame, now: int) -> Comment:
    user, t_ms = message.user, message.t_ms
    return Comment(
        id=_id(message, user, t_ms),
        author=Viewer(id=user.id, name=user.name, roles=user.roles) if user is not None else _NOBODY,
        text=message.text,
        sent_at=t_ms if t_ms is not None and EARLIEST_MS <= t_ms <= now + DAY_MS else None,
        reply_to=message.reply_to or None,
        product=message.product or None,
    )


def _id(message: _Frame, user: _User | None, t_ms: int | None) -> str:
    if 0 < len(message.id) <= LONGEST_ID:
        return message.id
    if message.id:
        return derived_id("", None, message.id)
    return derived_id((user.id or user.name) if user else "", t_ms, message.text)


def _settled(message: _Frame) -> Settled:
    if message.type == "said":
        return Settled(key=message.key, state="sent", native_id=message.id or None)
    return Settled(key=message.key, state="refused", native_id=None, reason=message.reason)


def _heartbeat(seconds: float | None) -> float | None:
    return seconds if seconds is not None and 0 < seconds <= LONGEST_HEARTBEAT_S else None


def _broken(message: _Frame, frame: bytes | str) -> Sequence[StreamEvent]:
    if message.type not in ("comment", "said", "refused"):
        return _NOTHING
    return (Broken(reason=f"{message.type} without " + ("text" if message.type == "comment" else "key"), sample=_sample(frame)),)


def _read_leniently(frame: bytes | str, now: int) -> Sequence[StreamEvent]:
    """The slow way for a frame that is not quite as the protocol says: keeps every field that is good."""
    try:
        text = frame if isinstance(frame, str) else frame.decode("utf-8-sig", "replace")
        value = json.loads(text, parse_int=_parsed_int, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return (Broken(reason="not JSON", sample=_sample(frame)),)
    if not isinstance(value, list):
        return _read_value(value, frame, now)
    return [event for item in value for event in _read_value(item, frame, now)]


def _read_value(value: object, frame: bytes | str, now: int) -> Sequence[StreamEvent]:
    if not isinstance(value, dict):
        return (Broken(reason="not a JSON object", sample=_sample(frame)),)
    if not isinstance(value.get("type"), str):
        return (Broken(reason="no type", sample=_sample(frame)),)
    message = _mended(value)
    events = _events(message, now)
    return _broken(message, frame) if events is None else events


def _mended(value: dict[str, Any]) -> _Frame:
    return _Frame(
        type=value["type"],
        id=_text(value.get("id")),
        text=_text(value.get("text")),
        user=_user(value.get("user")),
        t_ms=_whole(value.get("t_ms")),
        reply_to=_text(value.get("reply_to")) or None,
        product=_text(value.get("product")) or None,
        key=_text(value.get("key")),
        reason=_text(value.get("reason")),
        heartbeat_s=_number(value.get("heartbeat_s")),
        planned_end_ms=_whole(value.get("planned_end_ms")),
    )


def _user(value: object) -> _User | None:
    """A user that is a bare string or number is taken for both id and name."""
    if not isinstance(value, dict):
        name = _text(value)
        return _User(id=name, name=name) if name else None
    roles = value.get("roles")
    kept = [roles] if isinstance(roles, str) else roles if isinstance(roles, list) else []
    return _User(id=_text(value.get("id")), name=_text(value.get("name")), roles=tuple(role for role in kept if isinstance(role, str)))


def _parsed_int(digits: str) -> int | str:
    """Python refuses to read numbers of thousands of digits; as a text they are harmless."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else digits


def _text(value: object) -> str:
    """A string or a number as text, everything else as none."""
    if isinstance(value, str):
        return value
    return "" if isinstance(value, bool) or not isinstance(value, int | float) else str(value)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _whole(value: object) -> int | None:
    number = _number(value)
    return None if number is None else int(number)


def _sample(frame: bytes | str) -> str:
    start = frame[: SAMPLE_CHARS * 4]
    return (start if isinstance(start, str) else start.decode("utf-8", "replace"))[:SAMPLE_CHARS]


def _written(message: dict[str, str]) -> str:
    """Readable Chinese on the wire; escapes only where a lone surrogate leaves no other way."""
    frame = json.dumps(message, ensure_ascii=False)
    return json.dumps(message) if any("\ud800" <= ch <= "\udfff" for ch in frame) else frame
