"""The daemon beside the platforms that push: what it answered 2xx is in the journal, once, whenever it dies."""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from daemons import Daemon, until

from livebot.simulate.douyin_push import DouyinPushSimulator
from livebot.simulate.faults import parse_faults
from livebot.simulate.places import free_port
from livebot.simulate.recording import Line
from livebot.simulate.tiktok_shop import TikTokShopSimulator

RULES = """
["freight"]
when = ["包邮"]
say = "运费看下单页"
cooldown = 0
["refund"]
category = "post.refund"
when = ["退款"]
ack = "已登记"
"""
TALK = ("来啦", "包邮吗", "我的退款呢", "好看")


def lines(count: int) -> list[Line]:
    return [Line(id=f"m{n}", t_ms=n * 2, text=f"{TALK[n % 4]}{n}", user=f"u{n % 9}", name=f"名字{n % 9}") for n in range(count)]


def room(name: str, adapter: str, settings: Mapping[str, Any]) -> str:
    told = "".join(f"{key} = {json.dumps(value)}\n" for key, value in settings.items())
    return f'[[rooms]]\nname = "{name}"\nadapter = "{adapter}"\nmode = "auto"\n[rooms.settings]\n{told}'


def daemon_of(folder: Path, chat: DouyinPushSimulator, shop: TikTokShopSimulator) -> Daemon:
    rooms = (room("抖音", "douyin_push", chat.settings), room("店铺", "tiktok_shop", shop.settings))
    return Daemon(folder, *rooms, tables='[redis]\nurl = "journal:"', rules=RULES)


def natives(daemon: Daemon, kind: str) -> Counter[str]:
    return Counter(native.removeprefix("order\x1f") for (native,) in daemon.ask("SELECT native_id FROM events WHERE kind = ?", kind))


async def test_beside_both_on_one_port_with_faults(tmp_path: Path) -> None:
    port = free_port()
    faults = parse_faults(["duplicate=0.2", "broken=0.1", "unknown=0.1", "missing=0.3", "replay=0.2", "forge=0.2"], seed=3)
    async with (
        DouyinPushSimulator(lines(400), speed=2.0, faults=faults, push_port=port) as chat,
        TikTokShopSimulator(lines(100), speed=None, faults=faults, port=port) as shop,
    ):
        daemon = daemon_of(tmp_path, chat, shop)
        try:
            daemon.start()
            await until(lambda: chat.finished.is_set() and shop.finished.is_set())
            await until(lambda: daemon.count("events WHERE seq > coalesce((SELECT max(seq) FROM decisions), 0)") == 0)
            report = await daemon.told("report", "--room", "抖音", "--format", "json")
            assert await daemon.stop() == 0
        finally:
            await daemon.close()
        assert chat.calls[-1] == ("stop", 0)
        assert chat.taken == shop.taken == 0
        late = {503, 0} & chat.pusher.statuses.keys() or 503 in shop.pusher.statuses  # on a machine that is busy elsewhere
        assert chat.pusher.statuses.keys() | shop.pusher.statuses.keys() <= {0, 200, 401, 503}
        assert natives(daemon, "comment") == Counter(chat.delivered)
        assert natives(daemon, "order") == Counter(shop.delivered)
        counted = dict(daemon.ask("SELECT name, sum(n) FROM counters GROUP BY name"))
        assert counted["duplicates"] >= chat.duplicates + shop.duplicates > 0
        assert counted["duplicates"] == chat.duplicates + shop.duplicates or late
        assert counted["broken"] >= chat.broken + chat.unknown + shop.broken + shop.unknown > 0
        assert counted["broken"] == chat.broken + chat.unknown + shop.broken + shop.unknown or late
    assert report["comments"] == sum(report["states"].values()) == 400
    assert report["states"]["flagged"] == 100
    cancelled = [order for order, type_, _ in shop.told if type_ in (11, 12)]
    assert daemon.count("issues WHERE rules = '[\"livebot.order\"]'") == len(cancelled) == 16
    assert daemon.count("replies WHERE state IN ('queued', 'sending', 'sent', 'in_doubt')") == 0, "there is no way to say anything"


@pytest.mark.parametrize("seam", ["journal.before_commit:20", "journal.after_commit:20"])
async def test_killed_between_receipt_and_answer_it_loses_nothing_that_was_acknowledged(tmp_path: Path, seam: str) -> None:
    port = free_port()
    async with (
        DouyinPushSimulator(lines(300), speed=1.0, push_port=port, rest=0.5) as chat,
        TikTokShopSimulator(lines(100), speed=None, port=port) as shop,
    ):
        daemon = daemon_of(tmp_path, chat, shop)
        try:
            daemon.start(LIVEBOT_CRASH_AT=seam)
            assert await daemon.ended() == -9
            known, taken = set(chat.delivered), set(shop.delivered)
            assert known <= natives(daemon, "comment").keys()
            assert taken <= natives(daemon, "order").keys()
            daemon.start()
            await until(lambda: chat.finished.is_set() and shop.finished.is_set())
            assert await daemon.stop() == 0
        finally:
            await daemon.close()
    comments, orders = natives(daemon, "comment"), natives(daemon, "order")
    assert set(chat.delivered) <= comments.keys() <= {*chat.delivered, *chat.lost}
    assert {*chat.delivered, *chat.lost} == {line.id for line in lines(300)}
    assert set(shop.delivered) == orders.keys() == {f"n-{line.id}" for line in lines(100)}
    assert set(comments.values()) == set(orders.values()) == {1}
    assert daemon.count("issues") == daemon.count("(SELECT DISTINCT id FROM issues)") > 0
