"""The practice Twitch's own writing of EventSub messages, faults included; shares nothing with the adapter."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from livebot.simulate.faults import Faults
from livebot.simulate.frames import written
from livebot.simulate.play import Message

_GARBAGE = (
    b"",
    b'{"metadata":{"message_id":"half","message_type":"notif',
    b"[[[[[[[[[",
    b"\x00\xff\xfe not utf-8",
    b'{"metadata":{},"payload":{}}',
    b'"a bare string"',
    b"null",
    b'{"metadata":{"message_id":"x","message_type":"notification","subscription_type":"channel.chat.message"},"payload":{"event":{}}}',
)
_EXTRA = {"season": 7, "deep": {"of": [[1, 2], None]}, "t": None}


class Account(NamedTuple):
    id: str
    login: str
    name: str


def instant(at_ms: int) -> str:
    """RFC 3339 with nanoseconds, as Twitch writes it."""
    seconds, ms = divmod(at_ms, 1000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{ms:03d}000000Z"


def message(kind: str, id_: str, at_ms: int, payload: Message, **about: str) -> Message:
    return {"metadata": {"message_id": id_, "message_type": kind, "message_timestamp": instant(at_ms), **about}, "payload": payload}


def notification(id_: str, at_ms: int, subscription: Message, event: Message) -> Message:
    about = {"subscription_type": subscription["type"], "subscription_version": subscription["version"]}
    return message("notification", id_, at_ms, {"subscription": subscription, "event": event}, **about)


def session_of(id_: str, status: str, connected_ms: int, keepalive: int | float | None, url: str | None) -> Message:
    session = {"id": id_, "status": status, "connected_at": instant(connected_ms), "keepalive_timeout_seconds": keepalive}
    return {"session": session | {"reconnect_url": url}}


def of_channel(channel: Account) -> Message:
    return {"broadcaster_user_id": channel.id, "broadcaster_user_login": channel.login, "broadcaster_user_name": channel.name}


def chat_event(comment: Message, channel: Account) -> Message:
    """channel.chat.message: what a line of the play, or one of our own texts, is as an event."""
    text, user = comment["text"], comment["user"]
    parent = {"parent_message_id": comment.get("reply_to"), "parent_message_body": "", "parent_user_id": "", "thread_message_id": ""}
    nothing = dict.fromkeys(("cheer", "channel_points_custom_reward_id", "source_broadcaster_user_id", "source_message_id"))
    return {
        **of_channel(channel),
        "chatter_user_id": user["id"],
        "chatter_user_login": user["id"],
        "chatter_user_name": user["name"],
        "message_id": comment["id"],
        "message": {"text": text, "fragments": [{"type": "text", "text": text, "cheermote": None, "emote": None, "mention": None}]},
        "color": "#1E90FF",
        "badges": [{"set_id": "subscriber", "id": "3", "info": "3"}],
        "message_type": "text",
        "reply": parent if comment.get("reply_to") else None,
        **nothing,
    }


def dressed(told: Message, faults: Faults, which: str) -> list[bytes]:
    """The frames that carry one notification under the faults that strike it."""
    strikes, frames = faults.strikes, list[bytes]()
    if strikes("broken", faults.broken, which):
        frames.append(_GARBAGE[sum(map(ord, which)) % len(_GARBAGE)])
    if strikes("unknown", faults.unknown, which):
        frames.append(written(message("session_gossip", f"g-{which}", 0, {"event": _EXTRA})))
        told = {"metadata": told["metadata"] | _EXTRA, "payload": told["payload"] | {"event": told["payload"]["event"] | _EXTRA}}
    frames.append(written(robbed(told, which) if strikes("missing", faults.missing, which) else told))
    if strikes("duplicate", faults.duplicate, which):
        frames.append(frames[-1])
    return frames


def robbed(told: Message, which: str) -> Message:
    """Without some optional fields, or with ones of the wrong type; an id is always left, or nothing would tell two apart."""
    event: dict[str, Any] = told["payload"]["event"]
    hidden = dict.fromkeys(("chatter_user_id", "chatter_user_login", "chatter_user_name"))
    variants: tuple[Message, ...] = (
        hidden,
        {"chatter_user_name": None, "badges": "none"},
        {"message_id": None},
        {"chatter_user_id": 17, "badges": [None, {"set_id": 3}], "reply": []},
        {"message": {"fragments": event["message"]["fragments"]}},
        {"color": None, "badges": None, "message_type": None, "reply": None},
    )
    number = sum(map(ord, which)) % (len(variants) + 1)
    if number == len(variants):
        return {"metadata": told["metadata"] | {"message_timestamp": "yesterday"}, "payload": told["payload"]}
    left = {field: value for field, value in (event | variants[number]).items() if value is not None}
    return {"metadata": told["metadata"], "payload": told["payload"] | {"event": left}}
