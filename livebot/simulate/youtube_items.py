"""What the practice YouTube sends: resources as the Data API documents them, faults included; shares nothing with the adapter."""

from datetime import UTC, datetime
from typing import Any

from livebot.simulate.faults import Faults
from livebot.simulate.play import Message

Item = dict[str, Any]
_BROKEN: tuple[Any, ...] = (None, "a bare string", {"kind": "youtube#liveChatMessage", "id": "broken"}, {"snippet": []}, [[]], 17)
_MESSAGES = {
    "quotaExceeded": "The request cannot be completed because you have exceeded your quota.",
    "rateLimitExceeded": "The request was sent too quickly after the previous request.",
    "liveChatEnded": "The live chat is no longer live.",
    "liveChatNotFound": "The live chat that you are trying to retrieve cannot be found.",
    "authError": "Invalid Credentials",
    "required": "Login Required.",
}


def rfc3339(t_ms: int) -> str:
    return datetime.fromtimestamp(t_ms / 1000, UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def error(status: int, reason: str, domain: str, text: str = "") -> Item:
    text = text or _MESSAGES.get(reason, reason)
    return {"error": {"code": status, "message": text, "errors": [{"message": text, "domain": domain, "reason": reason}]}}


def chat_item(id_: str, chat: str, kind: str, t_ms: int, **details: Any) -> Item:
    """A liveChatMessage without an author. details: "superChatDetails" and the like."""
    snippet = {"type": kind, "liveChatId": chat, "publishedAt": rfc3339(t_ms), "hasDisplayContent": bool(details), **details}
    return {"kind": "youtube#liveChatMessage", "etag": f"etag-{id_}", "id": id_, "snippet": snippet}


def text_item(message: Message, chat: str, **roles: bool) -> Item:
    """A comment of the play as a textMessageEvent. roles: isChatOwner and the like, where they are true."""
    user, text = message["user"], message["text"]
    item = chat_item(
        message["id"], chat, "textMessageEvent", message["t_ms"], textMessageDetails={"messageText": text}, displayMessage=text
    )
    item["snippet"]["authorChannelId"] = user["id"]
    flags = {"isVerified": False, "isChatOwner": False, "isChatSponsor": False, "isChatModerator": False, **roles}
    urls = {"channelUrl": f"http://www.youtube.com/channel/{user['id']}", "profileImageUrl": "https://yt3.ggpht.com/none"}
    item["authorDetails"] = {"channelId": user["id"], "displayName": user["name"], **urls, **flags}
    return item


def dressed(message: Message, chat: str, faults: Faults) -> list[Any]:
    """The items that carry one comment under the faults that strike it."""
    strikes, which, items = faults.strikes, message["id"], list[Any]()
    if strikes("broken", faults.broken, which):
        items.append(_BROKEN[sum(map(ord, which)) % len(_BROKEN)])
    item = text_item(message, chat)
    if strikes("unknown", faults.unknown, which):
        items.append(chat_item(f"unknown-{which}", chat, "hologramEvent", message["t_ms"], hologramDetails={"colour": [1, {"deep": None}]}))
        item = item | {"auditDetails": {"score": 0.5}, "snippet": item["snippet"] | {"mood": ["?"]}}
    if strikes("masked", faults.masked, which):
        item = item | {"authorDetails": {**item["authorDetails"], "channelId": "", "channelUrl": "", "displayName": ""}}
        item["snippet"] = item["snippet"] | {"authorChannelId": ""}
    if strikes("missing", faults.missing, which):
        item = _robbed(item, sum(map(ord, which)))
    items.append(item)
    if strikes("duplicate", faults.duplicate, which):
        items.append(item)
    return items


def _robbed(item: Item, number: int) -> Item:
    """Without some fields, or with ones of the wrong type; id and time never both go, or nothing would tell two apart."""
    snippet = item["snippet"]
    variants: tuple[Item, ...] = (
        {"authorDetails": None},
        {"authorDetails": {"displayName": 17, "isChatOwner": "yes"}},
        {"id": None},
        {"snippet": {key: value for key, value in snippet.items() if key != "publishedAt"}},
        {"snippet": {key: value for key, value in snippet.items() if key != "textMessageDetails"}},
        {"snippet": {key: value for key, value in snippet.items() if key != "type"} | {"authorChannelId": {"no": 3}}},
    )
    return {field: value for field, value in (item | variants[number % len(variants)]).items() if value is not None}
