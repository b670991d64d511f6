"""The Bilibili open platform's packets, signatures and answers: pure; what the platform sends raises nothing but the sorted errors."""

import hashlib
import hmac
import zlib
from collections.abc import Iterator, Sequence
from itertools import islice
from struct import Struct
from typing import Any, NamedTuple

from adapters.fields import comment_id, inner, loaded, plausible, sample, text_of, whole_of
from livebot.decide.events import Broken, Comment, CommentDeleted, Heartbeat, StreamEnded, StreamEvent, StreamStarted, Viewer
from livebot.errors import ConfigError, LoginRequired, Problem, Unavailable

HEARTBEAT, HEARTBEAT_REPLY, MESSAGE, AUTH, AUTH_REPLY = 2, 3, 5, 7, 8
CUT, DAMAGED = -1, -2  # in the place of an operation: what cannot be read
ZLIB, BROTLI = 2, 3
LARGEST = 4 * 1024 * 1024  # bytes that a compressed body may unpack to; a real batch has thousands
MOST = 5_000  # packets that one frame may hold; a real one has dozens
_HEADER = Struct(">I2H2I")
_COMMENTS: dict[str, tuple[str, str, tuple[str, ...]]] = {  # the fields of its text and id, and the roles that it brings
    "DM": ("msg", "msg_id", ()),
    "DM_MIRROR": ("msg", "msg_id", ("mirror",)),
    "SUPER_CHAT": ("message", "message_id", ("super_chat",)),  # by this id it is taken back
}
_PLAIN: dict[str, StreamEvent] = {"LIVE_START": StreamStarted(), "LIVE_END": StreamEnded()}
_PLAIN |= dict.fromkeys(("SEND_GIFT", "GUARD", "LIKE", "LIVE_ROOM_ENTER"), Heartbeat())


class Told(NamedTuple):
    """What is for the connection alone: "auth" with its code, or "end" of pushing with the game's id."""

    what: str
    value: str


class Game(NamedTuple):
    """One session of pushing. id is "" where the platform wants no heartbeat for it; anchor is the streamer's open_id."""

    id: str
    auth_body: str
    links: tuple[str, ...]
    anchor: str


class GameClosed(Unavailable):
    """The game is closed already, or was never open."""


class _Unreadable(Unavailable):
    """Something that the platform sent cannot be read."""


def packet(operation: int, body: bytes = b"") -> bytes:
    return _HEADER.pack(_HEADER.size + len(body), _HEADER.size, 1, operation, 1) + body


def read(frame: bytes, now: int, anchor: str = "") -> Sequence[StreamEvent | Told]:
    """What one WebSocket frame holds, in order. `now` in Unix ms judges times, `anchor` (an open_id) tells the streamer's own words."""
    found: list[StreamEvent | Told] = []
    packets = _packets(frame)
    for operation, body in islice(packets, MOST):
        try:
            if operation == MESSAGE:
                found += _message(_object(body), now, anchor) if body else ()
            elif operation == HEARTBEAT_REPLY:
                found.append(Heartbeat())
            elif operation == AUTH_REPLY:
                found.append(Told(what="auth", value=str(whole_of(_object(body).get("code")))))
            elif operation < 0:
                raise _Unreadable("数据包坏了", "a packet is cut" if operation == CUT else "a compressed body is damaged or too large")
            else:
                found.append(Broken(reason=f"unknown operation {operation}", sample=sample(body)))
        except _Unreadable as error:
            found.append(Broken(reason=error.en, sample=sample(body)))
    if next(packets, None):
        found.append(Broken(reason="too many packets in one frame"))
    return found


def _packets(data: bytes, *, inside: bool = False) -> Iterator[tuple[int, bytes]]:
    """(operation, plain body) of each packet, those in a compressed one included; (CUT, the rest) from where no length can be trusted."""
    at = 0
    while at < len(data):
        total, header, version, operation, _ = _HEADER.unpack_from(data, at) if len(data) - at >= _HEADER.size else (0, 0, 0, 0, 0)
        if not _HEADER.size <= header <= total <= len(data) - at:
            yield CUT, data[at:]
            return
        body = data[at + header : at + total]
        at += total
        if operation != MESSAGE or version not in (ZLIB, BROTLI):
            yield operation, body
        elif inside or (unpacked := _unpacked(version, body)) is None:
            yield DAMAGED, body
        else:
            yield from _packets(unpacked, inside=True)
        if operation == HEARTBEAT_REPLY:
            return  # what follows is an echo of our heartbeat, which no length counts


def _unpacked(version: int, body: bytes) -> bytes | None:
    """What a compressed body holds; None where it is damaged, cut, or holds more than LARGEST."""
    try:
        if version == ZLIB:
            inflating = zlib.decompressobj()
            data, whole = inflating.decompress(body, LARGEST), inflating.eof
        else:
            import brotli  # five megabytes that are needed only where the platform sends it

            decompressor = brotli.Decompressor()
            data, whole = decompressor.process(body, output_buffer_limit=LARGEST), decompressor.is_finished()
    except Exception:  # each has its own way to call hostile bytes damaged
        return None
    return data if whole and len(data) <= LARGEST else None


def _message(message: dict[str, Any], now: int, anchor: str) -> Sequence[StreamEvent | Told]:
    cmd, data = text_of(message.get("cmd")), inner(message, "data")
    kind = cmd.removeprefix("LIVE_OPEN_PLATFORM_")
    if kind in _COMMENTS:
        return (_comment(data, *_COMMENTS[kind], now, anchor),)
    if kind in _PLAIN:
        return (_PLAIN[kind],)
    if kind == "SUPER_CHAT_DEL":
        return tuple(CommentDeleted(id=id_) for id_ in _texts(data.get("message_ids"))[:MOST])
    if kind == "INTERACTION_END":
        return (Told(what="end", value=text_of(data.get("game_id"))),)
    if not cmd:
        raise _Unreadable("消息里没有 cmd", "no cmd")
    return (Broken(reason=f"unknown command {cmd[:80]}"),)


def _comment(data: dict[str, Any], text_field: str, id_field: str, roles: tuple[str, ...], now: int, anchor: str) -> Comment:
    if not (text := text_of(data.get(text_field))):
        raise _Unreadable(f"弹幕里没有 {text_field}", f"a comment without {text_field}")
    who, name, seconds = text_of(data.get("open_id")), text_of(data.get("uname")), whole_of(data.get("timestamp"))
    t_ms = None if seconds is None else seconds * 1000
    own, admin, guard = who == anchor != "", whole_of(data.get("is_admin")) == 1, (whole_of(data.get("guard_level")) or 0) > 0
    flags = {"anchor": own, "moderator": admin, "guard": guard, "fan": data.get("fans_medal_wearing_status") is True}
    return Comment(
        id=comment_id(text_of(data.get(id_field)), who or name, t_ms, text),
        author=Viewer(id=who, name=name, roles=(*(role for role, true in flags.items() if true), *roles)),
        text=text,
        sent_at=plausible(t_ms, now),
    )


def _object(body: bytes) -> dict[str, Any]:
    try:
        value = loaded(body)
    except (ValueError, RecursionError):
        raise _Unreadable("B站发来的不是 JSON", "not JSON") from None
    if not isinstance(value, dict):
        raise _Unreadable("B站发来的不是 JSON 对象", "not a JSON object")
    return value


def _texts(value: object) -> tuple[str, ...]:
    return tuple(text for one in value if (text := text_of(one))) if isinstance(value, list) else ()


_REFUSALS: dict[int, tuple[str | float | None, str, str]] = {  # a setting to mend, seconds to wait, or None: a person's to mend
    4000: ("code", "参数不对，请检查身份码和项目 ID", "wrong parameters: check code and app_id"),
    4001: ("access_key_id", "B站不认识这个 access_key_id", "Bilibili does not know this access_key_id"),
    4002: ("access_key_secret", "签名不对，access_key_secret 多半抄错了", "the signature is wrong: check access_key_secret"),
    4003: (30.0, "请把电脑的时间校准，误差要小于十分钟", "set this computer's clock: it is ten minutes off"),
    4007: (None, "这台电脑的 IP 不在开放平台登记的白名单里", "this computer's IP is not on the whitelist at the open platform"),
    4008: (None, "这个应用没有接口权限，请到开放平台申请", "this app lacks a permission: ask for it at the open platform"),
    4009: (60.0, "请求太频繁，B站让等一等", "too many requests: Bilibili wants us to wait"),
    5004: (None, "应用没有上架，只能连开发者自己的直播间", "the app is unpublished: it may only hear its developer's own room"),
    5005: (None, "这个直播间在黑名单里，请联系B站", "this room is on a blacklist: ask Bilibili"),
    5011: (None, "应用没有上架，只有开发者本人能用", "the app is unpublished: only its developer may use it"),
    7001: (10.0, "上一场还在结算，十秒后再试", "the last game is being settled: again in ten seconds"),
    7002: (20.0, "直播间开着一场；上次没有正常关闭的，一分钟后自动关闭", "a game is open here; one that was not ended closes in a minute"),
    7007: ("code", "身份码不对，或者已经刷新过，请重新复制", "the streamer's code is wrong or was renewed: copy it again"),
    7008: (20.0, "应用已经开着；上次没有正常关闭的，一分钟后自动关闭", "the app is open; one that was not ended closes in a minute"),
    7010: (60.0, "这个应用在这个直播间已经开了五个，请关掉别的", "this app is open five times in this room: close the others"),
    8002: ("app_id", "项目 ID 不对，或者这个密钥没有它的权限", "app_id is wrong, or the access key has no right to it"),
}


def signed(body: bytes, *, key_id: str, secret: str, nonce: str, now_s: int) -> dict[str, str]:
    """The headers of a request with this body."""
    headers = {
        "x-bili-accesskeyid": key_id,
        "x-bili-content-md5": hashlib.md5(body, usedforsecurity=False).hexdigest(),
        "x-bili-signature-method": "HMAC-SHA256",
        "x-bili-signature-nonce": nonce,
        "x-bili-signature-version": "1.0",
        "x-bili-timestamp": str(now_s),
    }
    signature = hmac.digest(secret.encode(), "\n".join(map(":".join, headers.items())).encode(), "sha256").hex()
    return headers | {"Authorization": signature, "Content-Type": "application/json", "Accept": "application/json"}


def answered(body: bytes) -> dict[str, Any]:
    """The data of an answer; raises GameClosed, Unavailable, LoginRequired or ConfigError where its code is not 0."""
    answer = _object(body)
    code = whole_of(answer.get("code"))
    if code == 0:
        return inner(answer, "data")
    if code in (7000, 7003):
        raise GameClosed(f"B站已经关闭了这一场（{code}）", f"Bilibili has closed the game ({code})")
    cure, zh, en = _REFUSALS.get(code or 0, (0.0, "B站拒绝了请求", "Bilibili refuses"))
    zh, en = f"{zh}（{code} {text_of(answer.get('message'))[:80]}）", f"{en} ({code})"
    if cure is None:
        raise LoginRequired(zh, en)
    if isinstance(cure, str):
        raise ConfigError([Problem(file="config.toml", table="rooms.settings", field=cure, zh=zh, en=en)])
    raise Unavailable(zh, en, retry_after=cure or None)


def game_of(data: dict[str, Any]) -> Game:
    """The game that start answers with; raises Unavailable where it lacks what is needed to listen."""
    socket = inner(data, "websocket_info")
    links, auth_body = _texts(socket.get("wss_link"))[:8], text_of(socket.get("auth_body"))
    if not auth_body or not links:
        raise Unavailable("B站没有给出弹幕地址", "Bilibili named no address to listen at")
    anchor = text_of(inner(data, "anchor_info").get("open_id"))
    return Game(id=text_of(inner(data, "game_info").get("game_id")), auth_body=auth_body, links=links, anchor=anchor)
