"""DouyinBarrageGrab to practise on: JSON inside JSON, several rooms at once, and not one word may be said to it."""

import json
from collections.abc import Sequence
from types import TracebackType
from typing import Any

from loguru import logger
from websockets.asyncio.server import ServerConnection

from livebot.simulate.feed import FeedServer, enters_late
from livebot.simulate.frames import written
from livebot.simulate.play import Client, Message, Play
from livebot.simulate.recording import Line

ROOM, OTHERS_ROOM = "7381234567890123456", "7389999999999999999"
HOST: Message = {"UserId": "88001234567", "SecUid": "MS4wLjABAAAAhost", "Nickname": "小店主播", "HeadUrl": "", "FollowStatus": 1}
OTHER: Message = HOST | {"UserId": "99007654321", "SecUid": "MS4wLjABAAAAother", "Nickname": "隔壁主播"}
FIRST_ID = 7_381_000_000_000_000_001  # beyond what a float holds exactly
GARBAGE = (b"", b"{", b'{"Type":1,"Data":"{cut"}', b'{"Type":1,"Data":"null"}', b"null", b'{"ProcessName":"chrome"}', b'{"Type":1}')
BESIDES = (
    (3, "来了"),
    (6, "当前直播间人数 12"),
    (2, "为主播点赞了"),
    (4, "关注了主播"),
    (7, "加入粉丝团"),
    (5, "送出 小心心"),
    (8, "分享了直播间"),
)
PONG = b"\x8a\x04pong"


class GrabConnection(ServerConnection):
    """The program answers every ping with the word "pong", so that nobody knows which ping is meant."""

    def send_data(self) -> None:
        self.protocol.writes[:] = [PONG if data[:1] == PONG[:1] else data for data in self.protocol.writes]
        super().send_data()


class DouyinGrabSimulator(FeedServer):
    """Whatever a client says ends the program, as {"Cmd": 1} ends the real one: it closes, and raises when it is left. `intruder` holds
    the frame. `delivered` holds the ids of recorded comments that went out.
    """

    connection = GrabConnection

    def __init__(self, lines: Sequence[Line], **common: Any) -> None:
        super().__init__(lines, **common)
        self.delivered: dict[str, int] = {}
        self.intruder: str | bytes | None = None
        self._ids = {line.id: FIRST_ID + number for number, line in enumerate(lines)}

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await super().__aexit__(kind, error, trace)
        if self.intruder is not None and error is None:
            raise RuntimeError(f"a client said {self.intruder!r}: to the real program that is an order")

    @property
    def settings(self) -> dict[str, Any]:
        """[rooms.settings] of a room that talks to this server."""
        return {"url": self.address, "rooms": [HOST["UserId"], f"9{HOST['UserId']}"]}

    @property
    def sent(self) -> int:
        return len(self.delivered)

    async def enter(self, socket: ServerConnection) -> tuple[Play, Client, Sequence[bytes]]:
        return self.play(), enters_late(self.play()), ()

    async def hear(self, socket: ServerConnection, play: Play, client: Client, frame: str | bytes) -> None:
        self.intruder = frame
        logger.error("a client said {!r:.200}: to the real program that is an order, and it may end by it", frame)
        assert self._server is not None
        self._server.close(code=1000)

    def farewell(self) -> bytes | None:
        return self._pack(9, {"MsgId": FIRST_ID - 1, "User": None, "Content": "直播已结束"} | self._room(HOST, ROOM))

    def frames(self, message: Message, client: Client) -> list[bytes]:
        faults, id_, nth = self.faults, message["id"], len(self.delivered)
        native = self._ids.setdefault(id_, FIRST_ID + len(self._ids))
        self.delivered[id_] = native
        data = {"MsgId": native, "User": self._user(message), "Content": message["text"], **self._room(HOST, ROOM)}
        kind, text = BESIDES[nth % len(BESIDES)]
        frames = [self._pack(kind, data | {"MsgId": native + 10**9, "Content": text})]
        if faults.strikes("broken", faults.broken, id_):
            frames.append(GARBAGE[nth % len(GARBAGE)])
        if faults.strikes("unknown", faults.unknown, id_):
            frames.append(self._pack(42, data | {"MsgId": native + 2 * 10**9}))
            data |= {"EnterTipType": 6, "Extra": [{"deep": None}]}
        if faults.strikes("foreign", faults.foreign, id_):
            others = data | self._room(OTHER, OTHERS_ROOM) | {"MsgId": native + 3 * 10**9}
            frames += [self._pack(1, others), self._pack(9, others | {"User": None, "Content": "直播已结束"})]
        frames.append(self._pack(1, self._robbed(data, id_)))
        if faults.strikes("duplicate", faults.duplicate, id_):
            frames.append(frames[-1])
        if faults.strikes("own", faults.own, id_):
            host = data["User"] | {"Id": int(HOST["UserId"]), "Nickname": HOST["Nickname"], "IsAnchor": True}
            frames.append(self._pack(1, data | {"MsgId": native + 4 * 10**9, "User": host, "Content": f"{message['text']}？在的"}))
        return frames

    def _robbed(self, data: Message, id_: str) -> Message:
        """What the program leaves null where it does not know the room yet; MsgId 0 is none."""
        if not self.faults.strikes("missing", self.faults.missing, id_):
            return data
        variants: tuple[Message, ...] = (
            {"Onwer": None},
            {"WebRoomId": None},
            {"User": None},
            {"MsgId": 0},
            {"MsgId": str(data["MsgId"]), "Appid": None},
            {"User": {"Id": 5}, "RoomId": None, "WebRoomId": None, "Onwer": None},
        )
        return data | variants[sum(map(ord, id_)) % len(variants)]

    def _user(self, message: Message) -> Message:
        """A host can hide the viewers: then everybody has the id 111111 and asterisks for a name."""
        user, hidden = message["user"], self.faults.strikes("masked", self.faults.masked, message["id"])
        return {
            "Id": 111111 if hidden else FIRST_ID + sum(ord(ch) << 8 * place for place, ch in enumerate(user["id"][:4])),
            "IsAdmin": False,
            "IsAnchor": False,
            "ShortId": 0,
            "DisplayId": "",
            "Nickname": f"{user['name'][:1]}***" if hidden else user["name"],
            "Level": 0,
            "PayLevel": -1,
            "Gender": 0,
            "HeadImgUrl": "",
            "SecUid": "" if hidden else f"MS4wLjABAAAA{user['id']}",
            "FansClub": {"ClubName": "", "Level": 0},
            "FollowerCount": -1,
            "FollowStatus": -1,
            "FollowingCount": -1,
        }

    def _room(self, host: Message, room: str) -> Message:
        return {"Onwer": host, "RoomId": room, "WebRoomId": f"9{host['UserId']}", "Appid": "1128"}

    def _pack(self, kind: int, data: Message) -> bytes:
        inner = json.dumps(data, ensure_ascii=False) if kind != 9 else json.dumps(data)
        return written({"Type": kind, "ProcessName": "直播伴侣", "Data": inner})
