"""The chat of the practice YouTube: what was published in it so far, in pages, as a play fills it."""

import base64
import secrets
from collections.abc import Sequence
from typing import Any

from livebot.keep.clock import now_ms
from livebot.simulate.faults import Faults
from livebot.simulate.play import Client, Play, Say
from livebot.simulate.recording import Line
from livebot.simulate.youtube_items import Item, chat_item, dressed, rfc3339, text_item

HISTORY = 200  # items of the past that a first page replays
OURS = {"id": "UC-livebot", "name": "livebot"}


class Chat:
    """Filled only as far as somebody reads. over: its end was published, and somebody has read that."""

    def __init__(self, chat_id: str, lines: Sequence[Line], speed: float | None, faults: Faults, ends: bool) -> None:
        self.id, self.over, self.began_ms = chat_id, False, 0
        self.play = Play(chat_id, lines, speed, faults.skew)
        self._faults, self._ends, self._nonce = faults, ends, secrets.token_hex(4)
        self._items: list[Any] = []
        self._closed = False
        self._client: Client | None = None

    def begin(self) -> None:
        """The play begins with the first who asks."""
        if self._client is None:
            self.began_ms, self._client = now_ms(), self.play.enter(None)
            old = self.play.past(self._client, int(self._faults.history)) if self._faults.history else []
            self._items = [text_item(message, self.id) for message in old]

    def place(self, token: str | None) -> int | None:
        """Where a page begins; None for a token that is none of ours. Without a token the past is told again."""
        if token is None:
            return max(0, len(self._items) - HISTORY)
        try:
            nonce, _, place = base64.urlsafe_b64decode(token).decode().partition(":")
            return int(place) if nonce == self._nonce else None
        except ValueError:
            return None

    def is_read(self, place: int) -> bool:
        """Whether the chat is over and nothing of it is left behind this place."""
        return self._closed and place >= len(self._items)

    def items(self, place: int, count: int) -> list[Any]:
        """Up to so many items from a place on, as far as they are due."""
        self._fill(place + count)
        return self._items[place : place + count]

    def page(self, items: list[Any], end: int, parts: set[str], pause: float) -> dict[str, Any]:
        """The items with the parts that were asked for, and a token for what comes behind `end`; pause in seconds."""
        wanted = {"kind", "etag", "auditDetails", *parts}
        shown = [{key: value for key, value in item.items() if key in wanted} if isinstance(item, dict) else item for item in items]
        token = base64.urlsafe_b64encode(f"{self._nonce}:{end}".encode()).decode()
        page = {"kind": "youtube#liveChatMessageListResponse", "nextPageToken": token, "pollingIntervalMillis": int(pause * 1000)}
        info = {"pageInfo": {"totalResults": len(items), "resultsPerPage": len(items)}}
        self.over = self.over or self.is_read(end)
        return {**page, **info, "items": shown, **({"offlineAt": rfc3339(now_ms())} if self.over else {})}

    def said(self, say: Say, *, shown: bool) -> Item:
        """A text of ours, as its own resource."""
        self.play.says.append(say)
        message = {"id": say.key, "text": say.text, "user": OURS, "t_ms": say.at_ms + int(self._faults.skew * 1000)}
        if shown:
            self._items.append(text_item(message, self.id, isChatModerator=True))
        return {key: value for key, value in text_item(message, self.id).items() if key != "authorDetails"}

    def publish(self, kind: str, **details: Any) -> None:
        """Something that is no comment: `publish("messageDeletedEvent", messageDeletedDetails={"deletedMessageId": "m1"})`."""
        self._items.append(chat_item(f"{kind}-{len(self._items)}", self.id, kind, now_ms(), **details))
        self._closed = self._closed or kind == "chatEndedEvent"

    def _fill(self, upto: int) -> None:
        play, client, end = self.play, self._client, self._faults.chat_end
        assert client is not None
        while len(self._items) < upto and not self._closed:
            if (end and client.sent >= end) or (play.over(client) and self._ends):
                self.publish("chatEndedEvent")
            elif play.over(client) or play.wait_s(client) > 0:
                return
            else:
                self._items += dressed(play.next_line(client), self.id, self._faults)
