"""Social Stream Ninja's relay and extension to practise on: sessions and channels, chat as HTML, and orders that nobody confirms."""

import asyncio
import html
import random
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

from websockets.asyncio.server import ServerConnection

from livebot.keep.clock import now_ms
from livebot.simulate.feed import FeedServer, enters_late
from livebot.simulate.frames import read_object, written
from livebot.simulate.play import Client, Message, Play, Say
from livebot.simulate.recording import Line

HOST = "shop_host"
NATIVE_IDS = frozenset({"twitch", "youtube", "kick"})  # where the extension knows the platform's own message id
TELLS_ENDS = frozenset({"twitch", "kick", "instagramlive", "rumble"})
SPOKEN_TO_AS = {"instagramlive": "instagram"}  # its page answers to another name than its chat bears
TAKES_NO_ANSWER = frozenset({"amazon", "ebay", "whatnot"})
FIRST_IDS = 90_000  # it counts from anywhere below, anew whenever the extension is loaded
LONGEST = 2000
EMOJI = '<img src="https://example.com/e.png" alt="🛒" class="emoji">'
GARBAGE = (b"", b"failed", b"{", b"[1]", b'"timeout"', b"null")
BESIDES: tuple[Message, ...] = (
    {"event": "viewer_update", "meta": 12},
    {"event": "joined", "chatname": "a", "chatmessage": "joined"},
    {"chatname": "helper", "chatmessage": "Welcome! What is the price? 多少钱", "bot": True},
    {"event": "donation", "chatname": "b", "chatmessage": "thanks", "hasDonation": "$5.00"},
    {"chatname": "c", "chatmessage": "", "contentimg": "https://example.com/i.png"},
)


class SocialStreamSimulator(FeedServer):
    """session: the id that clients must name; with another one they are alone in a session of their own and hear nothing. platform: of
    which the chat is. deletes: after every so many comments one is deleted; 0: none. `delivered`: ids of recorded comments that went out;
    `echoed`: how many of the texts said the chat showed.
    """

    def __init__(
        self, lines: Sequence[Line], *, session: str = "practice", platform: str = "instagramlive", deletes: int = 0, **common: Any
    ) -> None:
        super().__init__(lines, **common)
        self.session, self.platform, self.deletes = session, platform, deletes
        self.delivered: dict[str, None] = {}
        self.strangers = self.echoed = 0
        self._counter = 0
        self._speakers: set[ServerConnection] = set()

    @property
    def settings(self) -> dict[str, Any]:
        """[rooms.settings] of a room that talks to this server."""
        return {"url": self.address, "session": self.session, "platform": self.platform, "own": [HOST]}

    @property
    def sent(self) -> int:
        return len(self.delivered)

    async def enter(self, socket: ServerConnection) -> tuple[Play, Client, Sequence[bytes]]:
        while True:
            joined = await _joined(socket)
            if joined and joined[:2] == (self.session, "4"):
                break
            self.strangers += 1
            while joined:
                await socket.recv()
        if joined[2] == "1":
            self._speakers.add(socket)
        self._counter = random.Random(f"{self.faults.seed}/{self.accepted}").randrange(FIRST_IDS)
        tells = self.platform in TELLS_ENDS and not self.delivered
        greeting = [written({"type": self.platform, "event": "stream_online"})] if tells else []
        return self.play(), enters_late(self.play()), greeting

    async def hear(self, socket: ServerConnection, play: Play, client: Client, frame: str | bytes) -> None:
        """The extension types it into the page of the platform and does not look what becomes of it."""
        order = read_object(frame)
        name = SPOKEN_TO_AS.get(self.platform, self.platform)
        text, target = order.get("value"), order.get("target", name)
        if order.get("action") != "sendChat" or not isinstance(text, str) or not 0 < len(text) <= LONGEST or socket not in self._speakers:
            return
        faults, nth = self.faults, f"say/{len(play.says)}"
        lost = ("refuse", faults.refuse), ("shadow", faults.shadow), ("silent", faults.silent)
        outcome = next((name for name, share in lost if faults.strikes(name, share, nth)), "said")
        if target != name or self.platform in TAKES_NO_ANSWER or client.stalled:
            outcome = "silent"
        said = Say(room=play.room, key="", text=text, to=None, at_ms=now_ms(), outcome=outcome)
        native = play.heard(said, echo=outcome == "said" and not faults.late)
        if outcome == "said" and faults.late:
            echo: Message = {"id": native, "text": text, "user": {"id": "bot", "name": "livebot"}}
            asyncio.get_running_loop().call_later(faults.late, play.post, echo)
        if self._log:
            self._log(said)

    def farewell(self) -> bytes | None:
        return written({"type": self.platform, "event": "stream_offline"}) if self.platform in TELLS_ENDS else None

    def frame(self, message: Message) -> bytes:
        self.echoed += message["id"].startswith("bot-")
        return written(self._chat(message | {"user": {"id": "u-host", "name": HOST}}))

    def frames(self, message: Message, client: Client) -> list[bytes]:
        faults, id_, nth = self.faults, message["id"], len(self.delivered)
        self.delivered[id_] = None
        frames = [written({"type": self.platform, "id": self._next_id()} | BESIDES[nth // 3 % len(BESIDES)])] if nth % 3 == 0 else []
        chat = self._chat(message)
        if faults.strikes("broken", faults.broken, id_):
            frames.append(GARBAGE[nth % len(GARBAGE)])
        if faults.strikes("unknown", faults.unknown, id_):
            frames.append(written({"fortune": {"text": "不是弹幕"}}))
            chat |= {"karma": 0.5, "chatbadges": [{"deep": [None]}], "reflection": False}
        if faults.strikes("foreign", faults.foreign, id_):
            frames.append(written(chat | {"type": "elsewhere", "id": self._next_id()}))
        frames.append(written(self._robbed(chat, id_)))
        if faults.strikes("duplicate", faults.duplicate, id_):
            frames.append(frames[-1])
        if faults.strikes("own", faults.own, id_):
            frames.append(self.frame({"id": f"own-{id_}", "text": f"{message['text']}? yes"}))
        if self.deletes and nth % self.deletes == self.deletes - 1:
            frames.append(written({"delete": {"type": self.platform, "id": id_}}))
        return frames

    def _chat(self, message: Message) -> Message:
        """One chat line: HTML that the extension has sanitised, or plain text where it says so."""
        user, nth = message["user"], self._next_id()
        hidden = user["name"] != HOST and self.faults.strikes("masked", self.faults.masked, message["id"])
        name = f"{user['name'][:1]}***" if hidden else user["name"]
        text = message["text"] if nth % 5 == 0 else html.escape(message["text"])
        chat: Message = {
            "id": nth,
            "type": self.platform,
            "chatname": html.escape(name),
            "chatmessage": f'<span class="line">{text}</span>' if nth % 5 == 1 else text,
            "chatimg": "",
            "textonly": nth % 5 == 0,
            "userid": "" if hidden else user["id"],
            "hasDonation": "",
            "membership": "",
            "event": False,
        }
        return chat | ({"meta": {"messageId": message["id"]}} if self.platform in NATIVE_IDS else {})

    def _robbed(self, chat: Message, id_: str) -> Message:
        if not self.faults.strikes("missing", self.faults.missing, id_):
            return chat
        variants: tuple[Message, ...] = ({"userid": None}, {"chatname": None}, {"meta": 7}, {"id": str(chat["id"])}, {"event": None})
        robbed = chat | variants[sum(map(ord, id_)) % len(variants)]
        return {field: value for field, value in robbed.items() if value is not None}

    def _next_id(self) -> int:
        self._counter += 1
        return self._counter


async def _joined(socket: ServerConnection) -> tuple[str, str, str] | None:
    """(session, channel to hear, channel to speak on), by the address or by the first frame; None for a frame that joins nothing."""
    path = socket.request.path.partition("?")[0] if socket.request else ""
    if path.startswith("/join/"):
        session, heard, spoken, *_ = [*map(unquote, path.removeprefix("/join/").split("/")), "1", "1"]
        return session, heard, spoken
    order = read_object(await socket.recv())
    return (str(order["join"]), str(order.get("in", 1)), str(order.get("out", 1))) if "join" in order else None
