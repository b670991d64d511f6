"""A restart forgets nobody: what belongs together still does, whenever the engine began anew."""

from collections.abc import Awaitable, Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_house import MATCHER, engine_of

from livebot.decide.events import Comment, CommentDeleted, OrderUpdate, Recordable, Settled, StreamEnded, StreamStarted, Viewer
from livebot.decide.memory import MergeLimits
from livebot.decide.session import RoomPolicy
from livebot.engine import Engine
from livebot.keep import clock
from livebot.keep import recall as recall_module
from livebot.keep.journal import Journal

Opener = Callable[..., Awaitable[Journal]]
POLICY = RoomPolicy(merging=MergeLimits(raid_viewers=3))
RAID = "这家店欺骗消费者大家快跑"
GONE, CANCELLED = "the comment before the last one is deleted", "an order is cancelled"
TEXTS = (
    *("我要退货", "我也是", "同问", "我也要退货", "怎么不理人", "发货", "正品吗", "有蓝色吗", "我是广东的", "哈哈"),
    *(RAID, RAID, "快给大家退货吧各位", GONE, GONE, CANCELLED),
)

LINES = st.lists(
    st.tuples(st.sampled_from(("甲", "乙", "丙", "丁", "")), st.sampled_from(TEXTS), st.sampled_from([1, 20, 70])), min_size=1, max_size=30
)


def engine(journal: Journal) -> Engine:
    made = engine_of(journal, MATCHER, POLICY)
    made.restore()
    return made


async def decided(
    journal: Journal, lines: list[tuple[str, str, int]], cut: int | None, at: int = 0, streams: bool = False
) -> list[tuple[object, ...]]:
    """The decisions about the lines; from `cut` on by another engine. streams: now and then a new one begins."""
    at = at or clock.now_ms() - 3_000_000
    working = engine(journal)
    for n, (who, text, after) in enumerate(lines):
        if n == cut:
            working = engine(journal)
        at += after * 1000
        events: list[Recordable] = [Comment(id=f"c{n}", author=Viewer(id=who, name=who), text=text)]
        if streams and n % 11 == 10:
            events = [StreamEnded(), StreamStarted()]
        if text == GONE:
            events = [CommentDeleted(id=f"c{n - 2}")]
        elif text == CANCELLED:
            events = [OrderUpdate(id=f"n{n}", order=f"A{n % 3}", state="cancelled" if n % 2 else "refund")]
        for event in events:
            await journal.append("r", event, received_at=at)
            while await working.step():
                pass
        expired = journal.read("SELECT id FROM replies WHERE state = 'held' AND expires_at <= ?", (at,))
        for (key,) in expired:
            await journal.write(lambda conn, key=key: conn.execute("UPDATE replies SET state = 'expired' WHERE id = ?", (key,)))
            await journal.append("r", Settled(key=key, state="expired"), received_at=at)
            while await working.step():
                pass
    return journal.read("SELECT seq, kind, rule, ref, reason FROM decisions ORDER BY seq, n")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES, st.integers(0, 30))
async def test_a_restart_changes_nothing(tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, str, int]], cut: int) -> None:
    told, at = [], clock.now_ms() - 3_000_000
    for start in (None, cut):
        journal = await Journal.open(tmp_path_factory.mktemp("j") / "j.db")
        told.append(await decided(journal, lines, start, at, streams=True))
        issues = {id_ for (id_,) in journal.read("SELECT id FROM issues")}
        assert {ref for _, kind, _, ref, _ in told[-1] if kind == "join"} <= issues
        await journal.close()
    assert told[0] == told[1]


async def test_what_was_reported_is_known_for_the_whole_stream(open_journal: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recall_module, "HORIZON", 5)
    journal = await open_journal()
    chatter = [(f"v{n}", "哈哈", 1) for n in range(8)]
    told = await decided(journal, [("甲", "我要退货", 1), *chatter, ("甲", "我要退货", 900)], 9)
    assert [(row[1], row[4]) for row in told if row[1] in ("flag", "join")] == [("flag", "post.return"), ("join", "repeat")]


async def test_a_raid_is_told_to_the_moderators_once(open_journal: Opener, log: list[str]) -> None:
    journal = await open_journal()
    regulars = [(f"老{n % 4}", f"今天第{n}次来", 1) for n in range(10)]
    told = await decided(journal, [*regulars, *[(f"新{n}", RAID, 1) for n in range(0, 12)]], 16)
    assert [row[4] for row in told].count("raid") >= 5
    assert len([line for line in log if line.startswith("WARNING") and RAID in line]) == 1
