"""Douyin's official push in and the task API out: signatures and JSON, pure, and nothing that is pushed makes it raise."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from adapters.fields import comment_id, parsed, plausible, sample, text_of, whole_of
from livebot.decide.events import Broken, Comment, StreamEvent, Viewer

SIGNED: Final = ("x-msg-type", "x-nonce-str", "x-roomid", "x-timestamp")  # in the order of their names
COMMENTS: Final = "live_comment"
OTHERS: Final = frozenset({"live_gift", "live_like", "live_fansclub"})  # known, and nothing that livebot acts on
SECONDS_END: Final = 100_000_000_000  # a timestamp below is in seconds


def signature(headers: Mapping[str, str], body: bytes, secret: str) -> str:
    """base64(md5("k=v&k=v" of the signed headers, then the body, then the secret)); headers by their names in lower case."""
    signed = "&".join(f"{name}={headers[name]}" for name in SIGNED if name in headers)
    told = signed.encode("utf-8", "surrogateescape") + body + secret.encode()
    return base64.b64encode(hashlib.md5(told, usedforsecurity=False).digest()).decode()


def is_signed(headers: Mapping[str, str], body: bytes, secret: str) -> bool:
    told = headers.get("x-signature", "").encode("utf-8", "surrogateescape")
    return hmac.compare_digest(told, signature(headers, body, secret).encode())


def seconds_off(headers: Mapping[str, str], now: int) -> float | None:
    """How far the push's own time (Unix ms) is from `now`; None where it has none."""
    at = whole_of(headers.get("x-timestamp"))
    return None if at is None else abs(at - now) / 1000


def read(msg_type: str, body: bytes, now: int) -> Sequence[StreamEvent]:
    """The comments of one push, in order. What cannot be understood gives Broken, and takes no neighbour along."""
    try:
        items = _items(parsed(body))
    except (ValueError, RecursionError):
        return (Broken(reason="not JSON", sample=sample(body)),)
    if items is None:
        return (Broken(reason="no array", sample=sample(body)),)
    if msg_type in OTHERS:
        return ()
    if msg_type != COMMENTS:
        return (Broken(reason=f"unknown msg_type {msg_type[:40]!r}", sample=sample(body)),)
    return [_comment(item, now) for item in items]


def _items(value: Any) -> list[Any] | None:
    """The array itself, or inside an envelope whose payload is an array or one written as a string."""
    if isinstance(value, dict):
        value = value.get("payload")
        value = parsed(value) if isinstance(value, str) else value
    return value if isinstance(value, list) else None


def _comment(item: object, now: int) -> StreamEvent:
    content = text_of(item.get("content")) if isinstance(item, dict) else ""
    if not isinstance(item, dict) or not content:
        return Broken(reason="a comment without content", sample=sample(json.dumps(item, ensure_ascii=True, default=str)))
    at = whole_of(item.get("timestamp"))
    at = at * 1000 if at is not None and abs(at) < SECONDS_END else at
    user, name = text_of(item.get("sec_openid")), text_of(item.get("nickname"))
    native = text_of(item.get("msg_id"))
    return Comment(
        id=comment_id(native, user or name, at, content), author=Viewer(id=user, name=name), text=content, sent_at=plausible(at, now)
    )


def task(room_id: str, app_id: str, msg_type: str) -> bytes:
    """The body of task/start and task/stop."""
    return json.dumps({"roomid": room_id, "appid": app_id, "msg_type": msg_type}).encode()


def token_request(app_id: str, secret: str) -> bytes:
    return json.dumps({"appid": app_id, "secret": secret, "grant_type": "client_credential"}).encode()


def told(body: bytes) -> tuple[int | None, str, Mapping[str, Any]]:
    """(err_no, message, data) of an answer of the platform; err_no None where it is no such answer."""
    try:
        value = parsed(body)
    except (ValueError, RecursionError):
        return None, "", {}
    if not isinstance(value, dict):
        return None, "", {}
    data = value.get("data")
    message = text_of(value.get("err_msg")) or text_of(value.get("err_tips"))
    return whole_of(value.get("err_no")), message[:200], data if isinstance(data, dict) else {}
