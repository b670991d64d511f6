"""The daemon itself over HTTP: how it is, the red button, and which product is on air."""

from typing import Annotated, Any

from pydantic import Field

from livebot.deliver.desk.parts import Desk
from livebot.deliver.desk.problems import Refusal
from livebot.deliver.desk.routing import Call, Model, Route
from livebot.errors import Rejected
from livebot.keep import freeze
from livebot.keep.onair import known, put_on_air


class Status(Model):
    """ready: whether everything works; rooms: each room's state, as in /readyz; queue: up or down; frozen: the red button.

    modes: how bold livebot is, by room.
    """

    ready: bool
    rooms: dict[str, dict[str, Any]]
    parked: dict[str, dict[str, Any]]
    queue: str
    frozen: bool
    modes: dict[str, str] = Field(default_factory=dict)


class Frozen(Model):
    """Whether sending is stopped."""

    frozen: bool


class OnAir(Model):
    """Which product is shown: its number or a name of it, null for none."""

    link: Annotated[int, Field(strict=True)] | Annotated[str, Field(strict=True, min_length=1)] | None


class NowOnAir(Model):
    """What is on air now, in which rooms."""

    rooms: list[str]
    link: int | None
    name: str | None


def status_of(desk: Desk) -> Status:
    found = {"ready": False, "rooms": {}, "parked": {}, "queue": "up", **desk.ready()}
    return Status.model_validate(found | {"frozen": freeze.pressed(desk.folder)})


def routes(desk: Desk) -> list[Route]:
    async def status(_: Call) -> Status:
        return status_of(desk)

    async def press(call: Call) -> Frozen:
        freeze.press(desk.folder, call.caller.name)
        desk.journal.bell.ring()  # so that all pages hear of it at once
        return Frozen(frozen=True)

    async def lift(_: Call) -> Frozen:
        freeze.lift(desk.folder)
        desk.journal.bell.ring()
        return Frozen(frozen=False)

    async def on_air(call: Call, given: OnAir) -> NowOnAir:
        room = call.part("room")
        rooms = [room] if room in desk.rooms else list(desk.rooms) if room == "*" else []
        if not rooms:
            names_zh, names_en = "、".join(desk.rooms), ", ".join(desk.rooms)
            raise Refusal(404, f"没有直播间，有的是：{names_zh}", f"no such room; there are: {names_en}")
        try:
            found = None if given.link is None else known(desk.facts(), str(given.link))
        except Rejected as error:
            raise Refusal(422, error.zh, error.en) from None
        await put_on_air(desk.journal, rooms, str(found.link) if found else "")
        return NowOnAir(rooms=rooms, link=found.link if found else None, name=found.name if found else None)

    return [
        Route(method="GET", path="/api/v1/status", handler=status, gives=Status, zh="现在怎么样", en="How livebot is"),
        Route(method="POST", path="/api/v1/freeze", handler=press, gives=Frozen, zh="按下红色按钮：停止发送", en="Press the red button"),
        Route(method="DELETE", path="/api/v1/freeze", handler=lift, gives=Frozen, zh="解除红色按钮", en="Lift the red button"),
        Route(
            method="POST", path="/api/v1/rooms/{room}/on-air", handler=on_air, takes=OnAir, gives=NowOnAir,
            zh="说正在讲几号商品；room 写 * 是全部直播间", en="Tell which product is on air; * means all rooms",
        ),
    ]  # fmt: skip
