"""The practice Bilibili's own packets, messages and checks, faults included; shares nothing with the adapter."""

import hashlib
import hmac
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from livebot.simulate.faults import Faults
from livebot.simulate.frames import written
from livebot.simulate.play import Message

HEARTBEAT, HEARTBEAT_REPLY, PUSH, AUTH, AUTH_REPLY = 2, 3, 5, 7, 8
SKEW_S = 600
POPULARITY = 1
_MD5, _NONCE, _STAMP = "x-bili-content-md5", "x-bili-signature-nonce", "x-bili-timestamp"
_SIGNED = ("x-bili-accesskeyid", _MD5, "x-bili-signature-method", _NONCE, "x-bili-signature-version", _STAMP)
MESSAGES = {
    0: "ok", 4000: "参数错误", 4001: "应用无效", 4002: "签名异常", 4003: "请求过期", 4004: "重复请求", 4005: "签名method异常",
    4006: "版本异常", 4010: "接口不存在", 4011: "Content-Type不为application/json", 4012: "MD5校验失败", 4013: "Accept不为application/json",
    7000: "不在游戏内", 7002: "房间重复游戏", 7003: "心跳过期或GameId错误", 7004: "批量心跳超过最大值", 7005: "批量心跳ID重复",
    7007: "身份码错误", 7010: "超过上限", 8002: "项目无权限访问",
}  # fmt: skip


# ── the socket ─────────────────────────────────────────────────────────────────


def packed(operation: int, body: bytes, version: int = 0) -> bytes:
    size = 16 + len(body)
    return b"".join(number.to_bytes(width, "big") for number, width in ((size, 4), (16, 2), (version, 2), (operation, 4), (0, 4))) + body


def pushed(bodies: Sequence[bytes], compression: str) -> bytes:
    """One frame of messages: plain packets one behind the other, or all of them inside one compressed packet."""
    plain = b"".join(packed(PUSH, body) for body in bodies)
    if compression == "zlib":
        return packed(PUSH, zlib.compress(plain), 2)
    if compression == "brotli":
        import brotli  # only where it is asked for

        return packed(PUSH, brotli.compress(plain, quality=4), 3)
    return plain


def unpacked(frame: str | bytes) -> tuple[int, bytes] | None:
    """(operation, body) of the one packet that a client's frame must hold; None where it is none."""
    if isinstance(frame, str) or len(frame) < 16:
        return None
    total, header, version, operation = (int.from_bytes(frame[i:j], "big") for i, j in ((0, 4), (4, 6), (6, 8), (8, 12)))
    return (operation, frame[16:]) if (total, header) == (len(frame), 16) and version in (0, 1) else None


def heartbeat_reply(echo: bytes) -> bytes:
    """The client's own words come back behind the packet, and its length does not count them."""
    return packed(HEARTBEAT_REPLY, POPULARITY.to_bytes(4, "big"), 1) + echo


# ── messages ───────────────────────────────────────────────────────────────────

_GARBAGE = (
    packed(PUSH, b"no json"),
    packed(PUSH, b'{"cmd":"LIVE_OPEN_PLATFORM_DM","data":{"msg":"\xe4\xb8'),
    packed(PUSH, b"[1,2]"),
    packed(PUSH, b'{"data":{"msg":"no cmd"}}'),
    packed(PUSH, b'{"cmd":"LIVE_OPEN_PLATFORM_DM","data":null}'),
    packed(PUSH, zlib.compress(packed(PUSH, b"{}" * 50))[:-9], 2),
    packed(PUSH, zlib.compress(b"\0" * 50_000_000), 2),
    packed(PUSH, b"never compressed", 3),
    packed(PUSH, b"{}")[:-1],
    b"\0\0\0\x10",
)
_EXTRA = {"level": 7, "badge": {"colour": "#fff", "deep": [[1, 2], None]}, "t": None}


def told(kind: str, **data: Any) -> bytes:
    return written({"cmd": f"LIVE_OPEN_PLATFORM_{kind}", "data": data})


def spoken(message: Message, room: int, faults: Faults) -> tuple[list[bytes], list[bytes]]:
    """A comment under the faults that strike it: frames of rubbish that go before, and the bodies that carry it."""
    strikes, which, user = faults.strikes, message["id"], message["user"]
    rubbish = [_GARBAGE[_pick(which, len(_GARBAGE))]] if strikes("broken", faults.broken, which) else []
    data = {
        "room_id": room, "open_id": user["id"], "union_id": "", "uname": user["name"], "uface": "", "timestamp": message["t_ms"] // 1000,
        "msg": message["text"], "msg_id": which, "guard_level": 0, "fans_medal_wearing_status": False, "fans_medal_name": "",
        "fans_medal_level": 0, "emoji_img_url": "", "dm_type": 0, "glory_level": 0, "reply_open_id": "", "reply_uname": "", "is_admin": 0,
    }  # fmt: skip
    kind, bodies = "DM", list[bytes]()
    if strikes("unknown", faults.unknown, which):
        bodies.append(told("FIREWORKS_V9", msg="不是弹幕", msg_id=which))
        data |= _EXTRA
    if strikes("missing", faults.missing, which):
        kind, data = _robbed(data)
    return rubbish, bodies + [told(kind, **data)] * (2 if strikes("duplicate", faults.duplicate, which) else 1)


def _robbed(data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Without some fields, or with ones of the wrong type; never without both msg_id and timestamp, or nothing would tell two apart."""
    bare = {name: data[name] for name in ("msg", "msg_id", "room_id")}
    variants: tuple[tuple[str, dict[str, Any]], ...] = (
        ("DM_MIRROR", bare | {"uname": data["uname"], "timestamp": data["timestamp"]}),
        ("DM", bare),
        ("DM", data | {"open_id": "", "uname": data["uname"][:1] + "***"}),
        ("DM", {name: value for name, value in data.items() if name != "msg_id"}),
        ("DM", data | {"timestamp": str(data["timestamp"]), "guard_level": None, "is_admin": "1"}),
        ("DM", data | {"open_id": None, "uname": [1], "fans_medal_wearing_status": "yes", "room_id": {}}),
    )
    return variants[_pick(data["msg_id"], len(variants))]


def _pick(which: str, count: int) -> int:
    return sum(map(ord, which)) % count


# ── the HTTP API ───────────────────────────────────────────────────────────────


def wrong(headers: Mapping[str, str], body: bytes, *, key_id: str, secret: str, now_s: int, nonces: set[str]) -> int:
    """The code for what is wrong with a request's headers, 0 for nothing; a nonce that was good is good no more."""
    found = {name: headers.get(name, "") for name in _SIGNED}
    text = "\n".join(f"{name}:{found[name]}" for name in _SIGNED)
    signature = hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    stamp = found[_STAMP]
    checks = (
        (4011, headers.get("Content-Type", "").partition(";")[0] == "application/json"),
        (4013, headers.get("Accept") == "application/json"),
        (4001, found["x-bili-accesskeyid"] == key_id),
        (4005, found["x-bili-signature-method"] == "HMAC-SHA256"),
        (4006, found["x-bili-signature-version"] == "1.0"),
        (4012, found[_MD5] == hashlib.md5(body, usedforsecurity=False).hexdigest()),
        (4003, stamp.isascii() and stamp.isdigit() and abs(int(stamp[:15]) - now_s) <= SKEW_S),
        (4002, headers.get("Authorization") == signature),
        (4004, bool(found[_NONCE]) and found[_NONCE] not in nonces),
    )
    code = next((code for code, good in checks if not good), 0)
    if not code:
        nonces.add(found[_NONCE])
    return code


def read_object(body: bytes) -> dict[str, Any] | None:
    """A JSON object; None where it is none."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
