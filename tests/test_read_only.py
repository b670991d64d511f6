"""A platform that cannot be written to: whatever would be said goes to the desk and the overlay, and nothing is ever sent."""

from pathlib import Path

import aiohttp
import pytest
from floors import ROOM, Floor, running
from loud_adapter import SPOKEN

from livebot.deliver.desk import acts, bulk, held, room_reply
from livebot.deliver.desk.moderation import Moderation, Unfit
from livebot.deliver.queue import Filter as Issues
from livebot.keep import clock, freeze

RULES = """
["freight"]
when = ["包邮"]
say = "运费看下单页"
expiry = 600
["size"]
when = ["尺码"]
say = "尺码看详情页"
mode = "suggest"
expiry = 600
["broken"]
category = "post.damaged"
when = ["碎了"]
ack = ["已登记，请看店铺客服消息"]
["welcome"]
after = "stream_started + 0s"
say = "欢迎来到小店"
["bye"]
after = "stream_ended + 0s"
say = "明天见"
"""


async def test_whatever_would_be_said_goes_to_the_desk_and_nothing_is_sent(tmp_path: Path) -> None:
    SPOKEN.clear()
    async with running(tmp_path, rules=RULES, adapter="loud_adapter:LoudAdapter") as floor:
        for text in ("包邮吗", "尺码", "收到就碎了"):
            floor.ask(text)
        await floor.until("replies WHERE state = 'held'", 3)
        assert floor.app.desk
        assert floor.app.desk.moderation
        desk = floor.app.desk.moderation
        cards = {card.rule: card for card in held.held(desk).cards}
        assert {rule: (card.why, card.limit, card.messages) for rule, card in cards.items()} == {
            "freight": ("read_only", 0, 0),
            "size": ("suggest", 0, 0),
            "broken": ("read_only", 0, 0),
        }
        await nobody_can_have_it_said(floor, desk, cards["size"].id)
        await left_over_from_when_it_could_be_written_to(floor)
        floor.server.ends = True
        floor.ask("拜拜")
        await floor.until("followups WHERE state = 'done'", 3)  # the welcome, the good-bye and the hand-over
        assert {path.name for path in (tmp_path / "state" / "followups").glob("*.txt")} == {f"{ROOM}-1-welcome.txt", f"{ROOM}-1-bye.txt"}
        assert floor.count("replies WHERE state IN ('sending', 'sent', 'in_doubt', 'refused')") == 0
    assert (SPOKEN, floor.says) == ([], [])


async def nobody_can_have_it_said(floor: Floor, desk: Moderation, waiting: str) -> None:
    for text in (None, "改成这样"):
        with pytest.raises(Unfit, match="不能发言"):
            await acts.approve(desk, waiting, actor="小王", text=text, confirmed=True)
    wanted = held.Filter()
    done = await bulk.act_on_all(desk, wanted, bulk.preview(desk, wanted).digest, "approve", actor="小王")
    assert (done.ids, len(done.left)) == ((), 3)
    await floor.until("queue_issues", 1)
    found = await floor.app.queue.find(Issues())
    with pytest.raises(Unfit, match="不能发言"):
        await room_reply.reply(floor.app.queue, desk, found[0], "看客服消息，码 {code}", actor="小王", confirmed=True)


async def left_over_from_when_it_could_be_written_to(floor: Floor) -> None:
    """A text that was queued before the configuration changed expires."""
    names = "seq, room, stream, kind, rule, text, reply_to, expires_at, changed_at"
    sql = (
        f"INSERT INTO replies (id, state, created_at, {names}) SELECT 'old', 'queued', created_at, {names} FROM replies WHERE rule = 'size'"
    )
    await floor.app.journal.write(lambda conn: conn.execute(sql))
    floor.app.journal.bell.ring()
    await floor.app.journal.write(lambda conn: conn.execute("UPDATE replies SET expires_at = ? WHERE id = 'old'", (clock.now_ms() + 300,)))
    await floor.until("replies WHERE id = 'old' AND state = 'expired'", 1)


async def test_what_it_would_have_said_by_itself_stands_on_the_picture(tmp_path: Path) -> None:
    SPOKEN.clear()
    async with running(tmp_path, rules=RULES, adapter="loud_adapter:LoudAdapter") as floor:
        assert floor.app.desk
        assert floor.app.desk.moderation
        desk, folder = floor.app.desk.moderation, floor.app.desk.folder
        token = floor.app.desk.sessions.make_token("obs", "overlay", "test")

        async def picture() -> list[str]:
            async with aiohttp.ClientSession() as client, client.get(f"{floor.base}/api/v1/overlay?token={token}") as got:
                return list((await got.json())["lines"])

        floor.ask("尺码")
        floor.ask("包邮吗")
        await floor.until("replies WHERE state = 'held'", 2)
        ids = {card.rule: card.id for card in held.held(desk).cards}
        assert await picture() == ["运费看下单页"], "what a person must look at first waits for them"
        freeze.press(folder, "小王")
        assert await picture() == []
        freeze.lift(folder)
        await acts.aloud(desk, ids["size"], actor="小王")
        assert await picture() == ["尺码看详情页", "运费看下单页"]
        await acts.reject(desk, ids["freight"], actor="小王")
        assert await picture() == ["尺码看详情页"]
    assert SPOKEN == []
