"""Frames of Social Stream Ninja to events and back: pure, and never raises over what it is sent (docs/platforms/social_stream.md)."""

import html
import json
import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from adapters.fields import comment_id, loaded, role_of, sample, text_of
from livebot.decide.events import Broken, Comment, CommentDeleted, Heartbeat, StreamEnded, StreamEvent, StreamStarted, Viewer

LISTEN, SPEAK = 4, 1  # the channel on which chat arrives, and the one on which the extension takes orders
ANSWERS_TO = {"instagramlive": "instagram"}  # pages that are spoken to by another name than their chat bears
NO_SEND_BACK = frozenset({"amazon", "ebay", "whatnot"})
_ROLES = (("moderator", "moderator"), ("mod", "moderator"), ("admin", "admin"), ("host", "host"))
_STREAM: dict[str, StreamEvent] = {"stream_online": StreamStarted(), "stream_offline": StreamEnded()}
ALIVE = Heartbeat()
_ALIVE = (ALIVE,)
KNOWN = frozenset({"type", "delete", "event", "action", "callback", "chatname", "chatmessage"})  # one of these is in all that it sends
# The tags are a browser's own, sanitised by the extension, so that a pattern finds them; html.parser takes minutes over 60 KB of "<a <a …".
_TAG = re.compile(r"<(?:/?[A-Za-z]|!)[^<>]*>")
_ALT = re.compile(r"""\salt=(?:"([^"]*)"|'([^']*)')""")
_BREAK = re.compile(r"</?(?:br|p|div|li)\b", re.IGNORECASE)


class Line(NamedTuple):
    """A chat line of whatever kind. silent: it is a bot's, an event's, or private, and so no comment that could be answered in public."""

    comment: Comment
    silent: bool


def join(session: str) -> str:
    """The frame that enters a session: this way its id, which is all the protection there is, stands in no address."""
    return json.dumps({"join": session, "in": LISTEN, "out": SPEAK})


def words(text: str, platform: str) -> str:
    """The frame that has the extension say one text on the platform."""
    order = {"action": "sendChat", "value": text, "target": ANSWERS_TO.get(platform, platform)}
    return json.dumps(order, ensure_ascii=not text.isprintable())


def read(frame: bytes, platform: str, own: Collection[str]) -> Iterator[StreamEvent | Line]:
    """What is in one frame: chat as Line, all else as events. platform: what alone is heard of, "" for everything."""
    try:
        value = loaded(frame)
    except (ValueError, RecursionError):
        yield Broken(reason="not JSON", sample=sample(frame))
        return
    if value == []:
        yield ALIVE
    for message in value if isinstance(value, list) else [value]:
        if isinstance(message, dict) and not KNOWN.isdisjoint(message):
            yield from _events(message, platform, own)
        else:
            yield Broken(reason="nothing that is known", sample=sample(frame))


def plain(chat: str) -> str:
    """What a viewer sees of the HTML, emoji as their names or characters; never raises and takes linear time."""
    if "<" in chat:
        chat = _TAG.sub(_instead, chat)
    return html.unescape(chat).strip() if "&" in chat else chat.strip()


def same(text: str) -> str:
    """The form in which two texts are compared: platforms change blanks and case at will."""
    return " ".join(text.split()).casefold()


def _instead(tag: re.Match[str]) -> str:
    if named := _ALT.search(tag[0]):
        return named[1] or named[2] or ""
    return " " if _BREAK.match(tag[0]) else ""


def _events(message: dict[str, Any], platform: str, own: Collection[str]) -> Sequence[StreamEvent | Line]:
    deleted = message.get("delete")
    source = text_of((deleted if isinstance(deleted, dict) else message).get("type")).lower()
    if platform and source != platform:
        return _ALIVE
    if isinstance(deleted, dict):
        native = text_of(deleted.get("id"))
        return (CommentDeleted(id=f"{source}:{native}"),) if native else _ALIVE
    event = message.get("event")
    if isinstance(event, str) and event in _STREAM and platform:
        return (_STREAM[event],)
    chat = text_of(message.get("chatmessage"))
    text = chat if message.get("textonly") is True else plain(chat)
    if not text.strip():
        return _ALIVE
    silent = bool(event) or message.get("bot") is True or message.get("private") is True
    return (Line(_comment(message, text, source, own), silent),)


def _comment(message: dict[str, Any], text: str, source: str, own: Collection[str]) -> Comment:
    """The extension's own ids begin anew, anywhere below 90,000, whenever it is loaded: alone they would make two comments one."""
    user, name, meta = text_of(message.get("userid")), html.unescape(text_of(message.get("chatname"))), message.get("meta")
    native = text_of(meta.get("messageId")) if isinstance(meta, dict) else ""
    known = {role for field, role in _ROLES if message.get(field) is True}
    return Comment(
        id=comment_id(f"{source}:{native}" if native else "", f"{source}/{text_of(message.get('id'))}/{user or name}", None, text),
        author=Viewer(id=user, name=name, roles=(*role_of(own, user, name), *sorted(known))),
        text=text,
    )
