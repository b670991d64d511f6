"""What the streamer should know at once: livebot is deaf or mute, somebody floods the room, or a price is understood wrongly."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from livebot.decide.events import OnAir
from livebot.decide.shop.facts import Facts, Product
from livebot.decide.stage import Alert
from livebot.deliver.desk.asking import Asking
from livebot.keep.journal import Journal

LATELY_MS: Final = 60_000
FINE: Final = frozenset({"up", "starting", "ended"})


def alerts(status: Mapping[str, Any], asking: Asking, facts: Facts, now: int) -> list[Alert]:
    """status: as /api/v1/status tells it."""
    found = [*_of_status(status, asking.room), *_of_events(asking.journal, asking.room, asking.stream, now)]
    product = on_air(asking.journal, asking.room, facts)
    wrong = asking.wrong_price(product) if product and product.fresh(now) else None
    if product and wrong:
        amount, viewers = wrong
        zh = f"{viewers} 人说 {amount} 元，{product.link} 号是 {product.price}"
        en = f"{viewers} viewers say {amount}; link {product.link} is {product.price}"
        found.append(Alert(code="price", urgency=3, zh=zh, en=en))
    return found


def on_air(journal: Journal, room: str, facts: Facts) -> Product | None:
    """What somebody said is shown now; None where nobody did, or the table does not know it."""
    found = journal.events("WHERE room = ? AND kind IN ('on_air', 'stream_ended') ORDER BY seq DESC LIMIT 1", (room,))
    event = found[0].event if found else None
    link = facts.by_id.get(event.product) if isinstance(event, OnAir) else None
    return facts.by_link.get(link) if link is not None else None


def _of_status(status: Mapping[str, Any], room: str) -> list[Alert]:
    own = {**status.get("rooms", {}), **status.get("parked", {})}.get(room, {})
    found = []
    if own.get("state", "up") not in FINE:
        found.append(Alert(code="room", urgency=5, zh="直播间连不上，听不到弹幕", en="The room is cut off: no comments are heard"))
    if status.get("frozen"):
        found.append(Alert(code="frozen", urgency=4, zh="红色按钮按着，什么都不会发", en="The red button is pressed: nothing is sent"))
    if status.get("queue") == "down":
        found.append(Alert(code="queue", urgency=1, zh="售后队列连不上，问题先记着", en="The issue queue is away; issues wait"))
    return found


def _of_events(journal: Journal, room: str, stream: int, now: int) -> list[Alert]:
    found = []
    where = "SELECT extra FROM events WHERE stream = ? AND kind = 'gap' AND received_at > ? ORDER BY seq DESC LIMIT 1"
    for (extra,) in journal.read(where, (stream, now - LATELY_MS)):
        since, until, _ = msgspec.json.decode(extra)
        seconds = max(1, round((until - since) / 1000))
        found.append(Alert(code="gap", urgency=2, zh=f"刚才有 {seconds} 秒没听到弹幕", en=f"No comments were heard for {seconds} s"))
    raided = "SELECT 1 FROM decisions d JOIN events e USING (seq) WHERE d.reason = 'raid' AND e.room = ? AND e.received_at > ? LIMIT 1"
    if journal.value(raided, (room, now - LATELY_MS)):
        found.append(Alert(code="raid", urgency=2, zh="疑似有人刷屏，先别接话", en="Somebody seems to flood the room"))
    return found
