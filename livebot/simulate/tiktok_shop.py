"""A TikTok Shop that pushes: each line of a recording moves an order on, told by a signed webhook that comes again until it is taken."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Self

from livebot.simulate.faults import NONE, Faults
from livebot.simulate.places import free_port, place
from livebot.simulate.play import Message, Play, Say
from livebot.simulate.pushing import Pusher
from livebot.simulate.recording import Line

PATIENCE_S = 3.0
PAUSES = (0.1, 0.2, 0.5, 1.0)  # the platform waits longer, and goes on for three days
STEPS = 5  # lines that one order takes, from its making to its last word
ENDS = ("DELIVERED", "CANCELLATION", "REFUND", "RETURN_AND_REFUND", "REPLACEMENT")  # by turns, what becomes of an order
_GARBAGE = (b"", b"[]", b'"words"', b"null", b"{", b'{"type":1}', b'{"type":"12","data":[]}', b'{"type":11,"data":{"order_id":{}}}')


class TikTokShopSimulator:
    """`async with TikTokShopSimulator(lines) as platform:` pushes to `address`, beginning with the first push that is answered 2xx.

    ended: the last notification is on its way; finished: and was answered.
    port: where livebot listens, 0 takes a free one. An order takes five lines: created, paid, packed, shipped, and one of ENDS by turns.
    delivered: notification ids that were answered 2xx; told: what they were [(order, type, data)]. duplicates, broken, unknown and forged
    count what was done wrong on purpose, taken: how often a forgery was answered 2xx.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        *,
        speed: float | None = 1.0,
        faults: Faults = NONE,
        host: str = "127.0.0.1",
        port: int = 0,
        log: Callable[[Say], None] | None = None,
        ends: bool = True,
        push_path: str = "/tiktok-shop",
        app_key: str = "practicekey",
        app_secret: str = "practice-secret",  # noqa: S107 - of a practice platform
        shop_id: str = "7494049642642441621",
    ) -> None:
        self.faults, self.ended, self.finished = faults, asyncio.Event(), asyncio.Event()
        self.app_key, self.app_secret, self.shop_id = app_key, app_secret, shop_id
        self.says: list[Say] = []  # there is no way to say anything
        self.delivered: list[str] = []
        self.told: list[tuple[str, int, dict[str, Any]]] = []
        self.duplicates = self.broken = self.unknown = self.forged = self.taken = 0
        self._place, self._path = place(host, port or free_port(host)), push_path
        self._play = Play(shop_id, lines, speed, faults.skew)
        self.pusher = Pusher(self.address, self._signed, patience=PATIENCE_S, pauses=PAUSES)

    async def __aenter__(self) -> Self:
        await self.pusher.__aenter__()
        self.pusher.begin(self._perform())
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.pusher.__aexit__()

    @property
    def address(self) -> str:
        return f"http://{self._place}{self._path}"

    @property
    def settings(self) -> dict[str, Any]:
        """[rooms.settings] of a room that listens here."""
        return {
            "app_key": self.app_key,
            "app_secret": self.app_secret,
            "shop_id": self.shop_id,
            "listen": self._place,
            "path": self._path,
        }

    @property
    def sent(self) -> int:
        """Different notifications that went out."""
        return self._play.position

    def _signed(self, body: bytes, off_ms: int) -> dict[str, str]:
        return {"Authorization": self._signature(self.app_secret, body)}

    def _signature(self, secret: str, body: bytes) -> str:
        return hmac.new(secret.encode(), self.app_key.encode() + body, hashlib.sha256).hexdigest()

    async def _perform(self) -> None:
        client = self._play.enter(None)
        while not self._play.over(client):
            if (wait := self._play.wait_s(client)) > 0:
                await asyncio.sleep(min(wait, 0.5))
                continue
            index, message = client.line, self._play.next_line(client)
            if self._play.over(client):
                self.ended.set()
            await self._notify(index, message)
        self.ended.set()
        self.finished.set()

    async def _notify(self, index: int, message: Message) -> None:
        which, faults = message["id"], self.faults if self.delivered else NONE  # somebody must listen before anything goes wrong
        strikes = faults.strikes
        type_, data = _step(index, message["t_ms"] // 1000)
        notification = {"type": type_, "tts_notification_id": f"n-{which}", "shop_id": self.shop_id, "timestamp": message["t_ms"] // 1000}
        body = _written(self._robbed(notification | {"data": data}, which))
        if strikes("broken", faults.broken, which):
            self.broken += 1
            await self.pusher.deliver(_GARBAGE[sum(map(ord, which)) % len(_GARBAGE)])
        if strikes("unknown", faults.unknown, which):
            self.unknown += 1
            await self.pusher.deliver(
                _written(notification | {"type": 63, "tts_notification_id": f"u-{which}", "data": {"activity_id": "1"}})
            )
        if strikes("forge", faults.forge, which):
            self.forged += 1
            wrong = _written(notification | {"tts_notification_id": f"forged-{which}", "data": data})
            self.taken += 200 <= await self.pusher.push(wrong, more={"Authorization": self._signature("somebody else", wrong)}) < 300
        await self.pusher.deliver(body)
        self.delivered.append(f"n-{which}")
        self.told.append((data.get("order_id", ""), type_, data))
        if strikes("duplicate", faults.duplicate, which):
            self.duplicates += 1
            await self.pusher.deliver(body)

    def _robbed(self, notification: dict[str, Any], which: str) -> dict[str, Any]:
        """Without some optional fields, or with others that nobody knows; its id and its order stay."""
        if not self.faults.strikes("missing", self.faults.missing, which):
            return notification
        data = notification["data"]
        keep = {
            name: value for name, value in data.items() if name not in ("update_time", "create_time", "is_on_hold_order", "return_role")
        }
        variants = ({"timestamp": None, "shop_id": None, "data": data}, {"data": keep}, {"timestamp": "soon", "data": keep | {"new": [1]}})
        chosen = notification | variants[sum(map(ord, which)) % len(variants)]
        return {name: value for name, value in chosen.items() if value is not None}


def _step(index: int, at: int) -> tuple[int, dict[str, Any]]:
    """(type, data) of the notification that a line of the recording stands for."""
    number, step = divmod(index, STEPS)
    order = str(576_460_752_303_423_488 + number)
    if step == 2:
        package = {"package_id": f"{order[::-1]}", "order_id_list": [order]}
        return 4, {"sc_type": "SPLIT", "role_type": "ROLE_SYSTEM", "package_list": [package], "update_time": at}
    if step < STEPS - 1:
        status = ("UNPAID", "AWAITING_SHIPMENT", "", "IN_TRANSIT")[step]
        return 1, {"order_id": order, "order_status": status, "is_on_hold_order": False, "update_time": at}
    match ENDS[number % len(ENDS)]:
        case "DELIVERED":
            return 1, {"order_id": order, "order_status": "DELIVERED", "is_on_hold_order": False, "update_time": at}
        case "CANCELLATION":
            told = {"cancellations_role": "BUYER", "cancel_status": "CANCELLATION_REQUEST_PENDING", "cancel_id": f"c{number}"}
            return 11, {"order_id": order, **told, "create_time": at}
        case kind:
            status = "REPLACEMENT_REQUEST_PENDING" if kind == "REPLACEMENT" else "RETURN_OR_REFUND_REQUEST_PENDING"
            told = {"return_role": "BUYER", "return_type": kind, "return_status": status, "return_id": f"r{number}"}
            return 12, {"order_id": order, **told, "create_time": at, "update_time": at}


def _written(value: dict[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
