"""oba-live-tool's WebSocket service to practise on: it broadcasts, listens to nobody, and keeps no past."""

from collections.abc import Sequence
from typing import Any

from websockets.asyncio.server import ServerConnection

from livebot.keep.clock import now_ms
from livebot.simulate.feed import FeedServer, enters_late
from livebot.simulate.frames import written
from livebot.simulate.play import Client, Message, Play
from livebot.simulate.recording import Line

COMMENT = {
    "douyin": "comment",
    "kuaishou": "comment",
    "taobao": "taobao_comment",
    "xiaohongshu": "xiaohongshu_comment",
    "wechat": "wechat_channel_live_msg",
}
NAMELESS = frozenset({"douyin", "kuaishou"})  # whose comments come without a user_id
HOST = "小店主播"
GARBAGE = (
    b"",
    b"[object Object]",
    b'{"msg_type":"comment","msg_id":"half',
    b"null",
    b"[]",
    b'{"content":"?"}',
    b'{"msg_type":"comment","time":1}',
)
STRANGERS: tuple[Message, ...] = ({"msg_type": "red_packet"}, {"msg_type": 7}, {"msg_type": "comment_v2", "content": "不是弹幕"})
BESIDES = ("room_enter", "room_like", "room_follow", "subscribe_merchant_brand_vip", "ecom_fansclub_participate")


class ObaSimulator(FeedServer):
    """platform: of which the comments are. orders: after every so many comments somebody places an order and pays; 0: nobody does.

    `delivered` holds the ids of recorded comments that went out: what fell due while nobody listened is lost, as with the tool itself.
    """

    def __init__(self, lines: Sequence[Line], *, platform: str = "douyin", orders: int = 20, **common: Any) -> None:
        super().__init__(lines, **common)
        self.platform, self.orders = platform, orders
        self.delivered: dict[str, None] = {}
        self.heard: list[str | bytes] = []

    @property
    def settings(self) -> dict[str, Any]:
        """[rooms.settings] of a room that talks to this server."""
        return {"url": self.address, "own": [HOST]}

    @property
    def sent(self) -> int:
        return len(self.delivered)

    async def enter(self, socket: ServerConnection) -> tuple[Play, Client, Sequence[bytes]]:
        return self.play(), enters_late(self.play()), ()

    async def hear(self, socket: ServerConnection, play: Play, client: Client, frame: str | bytes) -> None:
        self.heard.append(frame)

    def frames(self, message: Message, client: Client) -> list[bytes]:
        faults, id_, nth = self.faults, message["id"], len(self.delivered)
        self.delivered[id_] = None
        own = self._comment(message)
        frames = [written(self._beside(message, nth))] if nth % 3 == 0 else []
        if faults.strikes("broken", faults.broken, id_):
            frames.append(GARBAGE[nth % len(GARBAGE)])
        if faults.strikes("unknown", faults.unknown, id_):
            frames.append(written(STRANGERS[nth % len(STRANGERS)]))
            own |= {"level": 7, "badge": {"deep": [[None]]}}
        frames.append(written(self._robbed(own)))
        if faults.strikes("duplicate", faults.duplicate, id_):
            frames.append(frames[-1])
        if faults.strikes("own", faults.own, id_):
            frames.append(written(own | {"msg_id": f"own-{id_}", "nick_name": HOST, "content": f"{message['text']}？在的，看小黄车"}))
        if self.orders and nth % self.orders == self.orders - 1:
            frames += [written(self._order(message, number, state)) for number, state in ((0, "已下单"), (3, "已付款"))]
        return frames

    def _comment(self, message: Message) -> Message:
        """The time is when the tool passes it on, for whatever platform; the name is hidden where the platform hides it."""
        faults, user = self.faults, message["user"]
        name = f"{user['name'][:1]}***" if faults.strikes("masked", faults.masked, message["id"]) else user["name"]
        who = {"nick_name": name} if self.platform in NAMELESS else {"nick_name": name, "user_id": user["id"]}
        return {"msg_type": COMMENT[self.platform], "msg_id": message["id"], **who, "content": message["text"], "time": message["t_ms"]}

    def _robbed(self, comment: Message) -> Message:
        """Older versions give the time as "14:05:33", and some comments have no name; without any id two alike would be one."""
        if not self.faults.strikes("missing", self.faults.missing, comment["msg_id"]):
            return comment
        variants: tuple[Message, ...] = ({"time": "14:05:33"}, {"nick_name": ""}, {"nick_name": None, "user_id": 17}, {"msg_id": None})
        robbed = comment | variants[sum(map(ord, comment["msg_id"])) % len(variants)]
        return {field: value for field, value in robbed.items() if value is not None}

    def _beside(self, message: Message, nth: int) -> Message:
        kind = BESIDES[nth // 3 % len(BESIDES)]
        content = {"content": "加入了粉丝团"} if kind in BESIDES[3:] else {}
        user = message["user"]
        return {"msg_type": kind, "msg_id": f"{kind}-{nth}", "nick_name": user["name"], "user_id": user["id"], **content, "time": now_ms()}

    def _order(self, message: Message, number: int, state: str) -> Message:
        return {
            "msg_type": "live_order",
            "msg_id": f"69{sum(map(ord, message['id']))}{len(self.delivered)}#{number}",
            "nick_name": f"{message['user']['name'][:1]}***",
            "order_status": state,
            "order_ts": now_ms() // 1000,
            "product_id": "3500001",
            "product_title": "一号链接 保温杯",
            "time": now_ms(),
        }
