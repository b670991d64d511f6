"""Whatever moderators do in whatever order: nothing is said twice, every comment ends in one state, and a replay decides the same."""

from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from livestream import Stream
from moderators import at_desk, decided, many_topics

from livebot.decide.states import COMMENT_STATES
from livebot.deliver.desk import acts, bulk, modes, quieting
from livebot.deliver.desk.held import Filter
from livebot.deliver.desk.moderation import Moderation
from livebot.deliver.desk.undo import undo
from livebot.engine import _row
from livebot.errors import Rejected
from livebot.keep import outbox
from livebot.keep.figures import figures
from livebot.keep.journal import Journal

TEXTS = ("问题0号", "问题1号", "包邮吗", "尺码", "同问", "怎么不理人", "我要退款", "哈哈")
ACTS = (
    "ask", "ask", "ask", "approve", "edit", "reject", "aloud", "snooze", "undo", "deliver", "doubt", "appeared", "lost", "again", "bulk",
    "mode", "quiet", "restart",
)  # fmt: skip
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 7)), max_size=25)


class Floor:
    """A room, two moderators in processes of their own, and what they did."""

    def __init__(self, journal: Journal, other: Journal) -> None:
        self.stream = Stream(journal, book=many_topics(2))
        self.desks = tuple(at_desk(one, book=lambda: self.stream.book) for one in (journal, other))
        self.batches: list[str] = []

    @property
    def journal(self) -> Journal:
        return self.stream.journal

    async def step(self, what: str, n: int) -> None:
        desk, ids = self.desks[n % 2], [row.id for row in outbox.rows(self.journal, "1 ORDER BY seq, id")]
        if what == "ask":
            await self.stream.comment(TEXTS[n], user=f"u{n % 4}", id_=f"c{self.journal.value('SELECT count(*) FROM events')}")
        elif what in {"deliver", "doubt"}:
            await self.stream.deliver("sent" if what == "deliver" else "in_doubt")
        elif what == "mode":
            await modes.set_mode(desk, ("", "listen", "suggest", "auto")[n % 4], actor="小王")
        elif what == "quiet":
            await quieting.lease(desk, "r", actor="小王", topic=("freight", "size")[n % 2], seconds=60)
        elif what == "restart":
            self.stream = Stream(self.journal, book=self.stream.book)
            self.stream.engine.restore()
        elif ids:
            await self._act(desk, what, ids[n % len(ids)], n)
        await decided(self.stream)

    async def _act(self, desk: Moderation, what: str, id_: str, n: int) -> None:
        who = "小王" if n % 2 else "小李"
        match what:
            case "approve":
                done = await acts.approve(desk, id_, actor=who)
            case "edit":
                done = await acts.approve(desk, id_, actor=who, text="请看商品页，上面都写着。" * (1 + n % 5))
            case "reject":
                done = await acts.reject(desk, id_, actor=who)
            case "aloud":
                done = await acts.aloud(desk, id_, actor=who)
            case "snooze":
                done = await acts.snooze(desk, id_, 20, actor=who)
            case "again":
                done = await acts.say_again(desk, id_, actor=who)
            case "bulk":
                act: bulk.BulkAct = ("approve", "reject", "aloud", "snooze")[n % 4]  # type: ignore[assignment]
                self.batches.append((await bulk.act_on_all(desk, Filter(), bulk.preview(desk, Filter()).digest, act, actor=who)).batch)
                return
            case "undo":
                if self.batches:
                    await undo(desk, batch=self.batches[-1 - n % len(self.batches)], actor=who)
                return
            case _:
                await acts.settle_doubt(desk, id_, appeared=what == "appeared", actor=who)
                return
        self.batches.append(done.batch)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
@example([("ask", 0), ("approve", 0), ("undo", 0), ("approve", 1), ("deliver", 0), ("undo", 0)])
@example([("ask", 3), ("ask", 3), ("reject", 0), ("undo", 0), ("restart", 0), ("ask", 3), ("aloud", 0), ("ask", 7)])
@example([("ask", 2), ("doubt", 0), ("lost", 0), ("again", 0), ("undo", 0), ("approve", 0), ("deliver", 0), ("again", 0), ("ask", 2)])
@example([("ask", 0), ("ask", 1), ("bulk", 0), ("undo", 0), ("bulk", 2), ("undo", 0), ("edit", 4), ("undo", 0), ("deliver", 0)])
@example([("mode", 2), ("ask", 2), ("quiet", 1), ("ask", 3), ("restart", 0), ("ask", 3), ("mode", 0), ("ask", 2), ("deliver", 0)])
@example([("ask", 3), ("reject", 0), ("restart", 0), ("ask", 3), ("aloud", 1), ("restart", 0), ("undo", 0), ("ask", 3)])
@example([("ask", 3), ("reject", 0), ("restart", 0), ("undo", 0), ("ask", 3)])
async def test_nothing_is_said_twice_states_add_up_and_a_replay_decides_the_same(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    path = tmp_path_factory.mktemp("j") / "j.db"
    first = await Journal.open(path)
    second = await Journal.open(path)
    try:
        floor = Floor(first, second)
        await floor.stream.starts()
        for what, n in steps:
            with suppress(Rejected):
                await floor.step(what, n)
        left = Counter(one.event.key for one in first.events("WHERE kind = 'outgoing'"))  # type: ignore[union-attr]
        assert not left or max(left.values()) == 1
        rows = {row.id: row for row in outbox.rows(first, "1")}
        assert {id_ for id_, row in rows.items() if row.state in {"sending", "sent", "in_doubt"}} <= set(left)
        assert not [id_ for id_ in left if id_ not in rows or rows[id_].state in {"held", "queued", "aloud", "denied"}]
        found = figures(first, first.stream_of("r"))
        assert sum(found.states.values()) == found.comments == first.value("SELECT count(*) FROM events WHERE kind = 'comment'")
        assert set(found.states) <= {*COMMENT_STATES, "pending"}
        again = Stream(first, book=floor.stream.book).engine
        for recorded in first.events("ORDER BY seq"):
            stored = first.read("SELECT kind, rule, ref, reason FROM decisions WHERE seq = ? ORDER BY n", (recorded.seq,))
            assert [_row(one) for one in again._decide(recorded, again.matcher)] == [tuple(row) for row in stored]
    finally:
        await second.close()
        await first.close()
