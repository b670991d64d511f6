"""Twitch's frames as events, its answers as receipts, and what it is asked for: pure, and never raises over what it sends."""

from typing import Any, Literal, NamedTuple

from adapters.fields import comment_id, derived_id, first_of, inner, instant_of, loaded, number_of, plausible, sample, text_of
from livebot.arrive.adapter import Receipt
from livebot.decide.events import Broken, Comment, CommentDeleted, Viewer

CHAT, DELETED, ONLINE, OFFLINE = "channel.chat.message", "channel.chat.message_delete", "stream.online", "stream.offline"
LONGEST_KEEPALIVE_S = 600.0


class Message(NamedTuple):
    """One frame. id: the same when it is delivered again. event: what a frame of the type "event" tells, whole.

    text: a welcome's session id, a reconnect's URL, a revocation's reason, the id of the broadcast that is online. keepalive: seconds.
    """

    type: Literal["welcome", "keepalive", "reconnect", "revocation", "online", "offline", "event", "other", "unknown"]
    id: str = ""
    text: str = ""
    event: Comment | CommentDeleted | Broken | None = None
    keepalive: float | None = None


def read(frame: bytes | str, now: int, channel: str) -> Message:
    """The message in a frame. channel: the broadcaster's id; what was said in another channel of a shared chat is "other". now: Unix ms."""
    try:
        value = loaded(frame)
    except (ValueError, RecursionError):
        return _broken("not JSON", frame)
    metadata, payload = inner(value, "metadata"), inner(value, "payload")
    kind, id_, session = text_of(metadata.get("message_type")), text_of(metadata.get("message_id")), inner(payload, "session")
    found: Message | None = Message("unknown", id_)
    if kind == "session_welcome":
        seconds = number_of(session.get("keepalive_timeout_seconds"))
        keepalive = seconds if seconds is not None and 0 < seconds <= LONGEST_KEEPALIVE_S else None
        found = _with_text(Message("welcome", id_, keepalive=keepalive), session.get("id"))
    elif kind == "session_keepalive":
        found = Message("keepalive", id_)
    elif kind == "session_reconnect":
        found = _with_text(Message("reconnect", id_), session.get("reconnect_url"))
    elif kind == "revocation":
        gone = inner(payload, "subscription")
        found = Message("revocation", id_, f"{text_of(gone.get('type'))} {text_of(gone.get('status'))}".strip())
    elif kind == "notification":
        kind = text_of(metadata.get("subscription_type")) or text_of(inner(payload, "subscription").get("type"))
        found = _notification(kind, id_, inner(payload, "event"), instant_of(metadata.get("message_timestamp")), now, channel)
    if found is None or not kind:
        return _broken(f"incomplete: {kind[:60] or 'no type'}", frame)
    return _broken(f"unknown type {kind[:60]}", frame)._replace(id=id_) if found.type == "unknown" else found


def _notification(kind: str, id_: str, event: dict[str, Any], at: int | None, now: int, channel: str) -> Message | None:
    """None where the event lacks what its kind needs."""
    if any(text_of(event.get(place)) not in ("", channel) for place in ("broadcaster_user_id", "source_broadcaster_user_id")):
        return Message("other", id_)
    if kind == CHAT:
        comment = _comment(id_, event, at, now)
        return Message("event", id_, event=comment) if comment else None
    if kind == DELETED:
        gone = text_of(event.get("message_id"))
        return Message("event", id_, event=CommentDeleted(id=comment_id(gone, "", None, ""))) if gone else None
    if kind == ONLINE and event.get("type", "live") == "live":
        return Message("online", id_, text_of(event.get("id")))
    return Message("offline" if kind == OFFLINE else "other" if kind == ONLINE else "unknown", id_)


def _comment(id_: str, event: dict[str, Any], at: int | None, now: int) -> Comment | None:
    said, badges, native = inner(event, "message"), _objects(event.get("badges")), text_of(event.get("message_id"))
    user, name = text_of(event.get("chatter_user_id")), text_of(event.get("chatter_user_name")) or text_of(event.get("chatter_user_login"))
    text = text_of(said.get("text")) or "".join(text_of(part.get("text")) for part in _objects(said.get("fragments")))
    if not text:
        return None
    return Comment(
        id=derived_id("", None, id_) if id_ and not native else comment_id(native, user or name, at, text),
        author=Viewer(id=user, name=name, roles=tuple(filter(None, (text_of(badge.get("set_id")) for badge in badges)))),
        text=text,
        sent_at=plausible(at, now),
        reply_to=text_of(inner(event, "reply").get("parent_message_id")) or None,
    )


def subscriptions(channel: str, user: str, session: str) -> list[dict[str, Any]]:
    """The requests that subscribe a session to all that livebot hears, the chat last: its comments find everything in place."""
    room, transport = {"broadcaster_user_id": channel}, {"method": "websocket", "session_id": session}
    wanted = {ONLINE: room, OFFLINE: room, DELETED: room | {"user_id": user}, CHAT: room | {"user_id": user}}
    return [{"type": kind, "version": "1", "condition": condition, "transport": transport} for kind, condition in wanted.items()]


def receipt(status: int, answer: dict[str, Any]) -> Receipt:
    """What the answer to a send says: 200 with is_sent false is a refusal, and whatever does not tell leaves it unknown."""
    said = first_of(answer.get("data"))
    if status == 200 and said.get("is_sent") is True:
        return Receipt(state="sent", native_id=text_of(said.get("message_id")) or None)
    if status == 200 and said.get("is_sent") is False:
        reason = inner(said, "drop_reason")
        return Receipt(state="refused", reason=": ".join(filter(None, (text_of(reason.get("code")), text_of(reason.get("message"))))))
    return Receipt(state="refused" if 400 <= status < 500 else "unknown", reason=complaint(status, answer))


def complaint(status: int, answer: dict[str, Any]) -> str:
    """Twitch's own words for what is wrong."""
    return f"HTTP {status} {text_of(answer.get('message'))[:200]}".strip()


def _objects(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _with_text(message: Message, text: object) -> Message | None:
    return message._replace(text=text_of(text)) if text_of(text) else None


def _broken(reason: str, frame: bytes | str) -> Message:
    return Message("event", event=Broken(reason=reason, sample=sample(frame)))
