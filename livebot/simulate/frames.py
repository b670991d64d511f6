"""The practice server's own reading and writing of bridge frames, faults included; shares nothing with the adapter."""

import json
from typing import Any

from livebot.simulate.faults import Faults
from livebot.simulate.play import Message

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_GARBAGE = (
    b"",
    b'{"type":"comment","id":"half","text":"\xe4\xb8',
    b"[[[[[[[[[",
    b"\x00\xff\xfe not utf-8",
    b'{"type":"comment"}',
    b'"a bare string"',
    b"null",
    b'{"id":"x","text":"no type"}',
)
_EXTRA: Message = {"level": 7, "badge": {"colour": "#fff", "deep": [[1, 2], None]}, "t": None, "key": "not-a-receipt"}


def written(message: Message) -> bytes:
    """UTF-8 JSON; a lone surrogate in a recording goes out as the escape that it came as."""
    try:
        return _encode(message).encode()
    except UnicodeEncodeError:
        return json.dumps(message).encode()


def dressed(message: Message, faults: Faults) -> list[bytes]:
    """The frames that carry one comment under the faults that strike it."""
    strikes, which, frames = faults.strikes, message["id"], list[bytes]()
    if strikes("broken", faults.broken, which):
        frames.append(_GARBAGE[sum(map(ord, which)) % len(_GARBAGE)])
    if strikes("unknown", faults.unknown, which):
        frames.append(written({"type": "gift_v9", "id": which, "text": "不是弹幕"}))
        message = message | _EXTRA
    frames.append(written(robbed(message, faults)))
    if strikes("duplicate", faults.duplicate, which):
        frames.append(frames[-1])
    return frames


def read_say(frame: str | bytes) -> tuple[str, str, str | None] | None:
    message = read_object(frame)
    key, text, to = message.get("key"), message.get("text"), message.get("to")
    if message.get("type") != "say" or not isinstance(key, str) or not isinstance(text, str):
        return None
    return key, text, to if isinstance(to, str) else None


def read_object(frame: str | bytes) -> dict[str, Any]:
    try:
        value = json.loads(frame)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def robbed(message: Message, faults: Faults) -> Message:
    """Without some optional fields, or with ones of the wrong type; id and t_ms never both go, or nothing would tell two apart."""
    if not faults.strikes("missing", faults.missing, message["id"]):
        return message
    user = message["user"]
    variants: tuple[Message, ...] = (
        {"user": None},
        {"user": {"id": user["id"], "name": None, "roles": "fan"}},
        {"id": None},
        {"t_ms": None},
        {"t_ms": str(message["t_ms"]), "user": user["id"]},
        {"reply_to": 17, "product": {"no": 3}},
    )
    return {
        field: value for field, value in (message | variants[sum(map(ord, message["id"])) % len(variants)]).items() if value is not None
    }
