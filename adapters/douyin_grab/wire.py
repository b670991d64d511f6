"""Frames of DouyinBarrageGrab to events: pure, and never raises over what it is sent (docs/platforms/douyin_grab.md)."""

from collections.abc import Collection, Sequence
from typing import Any, Final

from adapters.fields import HOST, comment_id, loaded, role_of, sample, text_of, whole_of
from livebot.decide.events import Broken, Comment, Heartbeat, StreamEnded, StreamEvent, Viewer

COMMENT: Final = 1
ENDED: Final = 9
BESIDES = range(9)  # none, like, entry, follow, gift, figures, fan club, share
HIDDEN = frozenset({"", "0", "111111"})  # the ids of those whom the host hides from everybody: they are nobody's
MOST_ROOMS = 1000
_ALIVE = (Heartbeat(),)


class Reader:
    """read(frame, now) → events, for one connection.

    own: names and ids whose lines are the host's. rooms: RoomId, WebRoomId, or the host's user id, SecUid or name, any of which makes a
    message ours; none: all messages are. A room that was once known for ours stays it where later messages name it by RoomId alone.
    """

    def __init__(self, own: Collection[str], rooms: Collection[str]) -> None:
        self._own, self._rooms = own, rooms
        self._known: set[str] = set()

    def read(self, frame: bytes, now: int) -> Sequence[StreamEvent]:
        try:
            pack = loaded(frame)
        except (ValueError, RecursionError):
            return (Broken(reason="not JSON", sample=sample(frame)),)
        kind = whole_of(pack.get("Type")) if isinstance(pack, dict) else None
        if kind is None:
            return (Broken(reason="no Type", sample=sample(frame)),)
        if kind not in (COMMENT, ENDED):
            return _ALIVE if kind in BESIDES else (Broken(reason=f"unknown Type {str(kind)[:40]}", sample=sample(frame)),)
        message = _message(pack.get("Data"))
        names = _room_names(message)
        if self._rooms and any(names) and not self._is_ours(names):
            return _ALIVE
        if kind == ENDED:
            unnamed = self._rooms and not any(names)
            return (Broken(reason="the end of a room without a name", sample=sample(frame)),) if unnamed else (StreamEnded(),)
        if text := text_of(message.get("Content")):
            return (self._comment(message, text),)
        return _ALIVE if message.get("Content") == "" else (Broken(reason="no Content in Data", sample=sample(frame)),)

    def _is_ours(self, names: Sequence[str]) -> bool:
        room = names[0]
        if any(name in self._rooms for name in names):
            if room and len(self._known) < MOST_ROOMS:
                self._known.add(room)
            return True
        return room in self._known

    def _comment(self, message: dict[str, Any], text: str) -> Comment:
        user, host = _inner(message, "User"), text_of(_inner(message, "Onwer").get("UserId"))
        native, name = text_of(message.get("MsgId")), text_of(user.get("Nickname"))
        id_ = next((one for one in (text_of(user.get("Id")), text_of(user.get("SecUid"))) if one not in HIDDEN), "")
        is_host = user.get("IsAnchor") is True or (id_ != "" and id_ == host)
        roles = HOST if is_host else role_of(self._own, id_, name)
        return Comment(
            id=comment_id("" if native == "0" else native, id_ or name, None, text),
            author=Viewer(id=id_, name=name, roles=(*roles, "moderator") if user.get("IsAdmin") is True else roles),
            text=text,
        )


def _message(data: object) -> dict[str, Any]:
    """What stands in Data: JSON in a string, {} where it is none."""
    try:
        value = loaded(data) if isinstance(data, str) else data
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _room_names(message: dict[str, Any]) -> list[str]:
    """By what the room may be known, "" for what is not told; its RoomId, which is new with every broadcast, comes first."""
    host = _inner(message, "Onwer")  # the program's own spelling
    named = [message.get("RoomId"), message.get("WebRoomId"), *(host.get(field) for field in ("UserId", "SecUid", "Nickname"))]
    return list(map(text_of, named))


def _inner(message: dict[str, Any], field: str) -> dict[str, Any]:
    value = message.get(field)
    return value if isinstance(value, dict) else {}
