import asyncio

import pytest
from fixture_types import Opener
from livestream import MINUTE, Stream, ago

from livebot.decide.events import Comment, Gap, Viewer
from livebot.decide.session import RoomPolicy
from livebot.decide.states import COMMENT_STATES
from livebot.keep import outbox
from livebot.keep.figures import figures, latest, streams


async def test_every_comment_is_in_exactly_one_state(open_journal: Opener) -> None:
    journal = await open_journal()
    stream = Stream(journal)
    await stream.starts(at=ago(10))
    await stream.comment("旧弹幕", history=True)
    await stream.comment("包邮吗", user="a")
    await stream.comment("这个包邮不", user="b")
    await stream.comment("我要退款", user="c")
    await stream.comment("用了过敏还要退款", user="g")
    await stream.comment("尺码怎么选", user="d")
    await stream.comment("主播好美", user="e")
    assert figures(journal, stream.id).states["pending"] == 2  # the answer and the one who is credited with it
    await stream.deliver()
    await stream.comment("优惠券在哪", user="f")
    await stream.deliver("refused")
    known = figures(journal, stream.id)
    expected = {"answered": 1, "credited": 1, "flagged": 2, "held": 1, "history": 1, "passed": 1, "refused": 1}
    assert {name: n for name, n in known.states.items() if n} == expected
    assert set(known.states) == set(COMMENT_STATES)
    assert sum(known.states.values()) == known.comments == 8
    assert known.issues == 3
    assert known.issues_by_category == {"post.refund": 2, "post.safety": 1}
    assert known.issues_by_priority == {"P0": 1, "P2": 2}
    assert known.replies_by_state == {"held": 1, "refused": 1, "sent": 2}
    assert known.replies == 2
    assert known.passed == {"no_match": 1}
    assert known.rulebooks == {stream.book.hash: 8}


async def test_undecided_comments_are_pending(open_journal: Opener) -> None:
    journal = await open_journal()
    await journal.append("r", Comment(id="1", author=Viewer(id="a"), text="包邮吗"))
    known = figures(journal, 1)
    assert (known.comments, known.states["pending"], known.rulebooks) == (1, 1, {})


async def test_what_is_no_comment_is_counted_apart(open_journal: Opener) -> None:
    journal = await open_journal()
    stream = Stream(journal)
    await stream.starts()
    await stream.comment("主播好美", id_="same")
    await stream.comment("主播好美", id_="same")
    await stream.count("broken", 5)
    known = figures(journal, stream.id)
    assert (known.comments, known.duplicates, known.broken) == (1, 1, 5)


async def test_gaps_are_shown_and_their_union_is_how_long_we_were_deaf(open_journal: Opener) -> None:
    journal = await open_journal()
    stream = Stream(journal)
    start = ago(30)
    await stream.starts(at=start)
    await stream.comment("在吗", at=start)
    for since, until in ((5, 8), (7, 10), (20, 21)):
        await stream.happens(Gap(since=start + since * MINUTE, until=start + until * MINUTE, reason="断网"), at=start + until * MINUTE)
    await stream.comment("在吗", at=start + 21 * MINUTE + 5)
    known = figures(journal, stream.id)
    assert [(gap.since - start, gap.reason) for gap in known.gaps] == [(5 * MINUTE, "断网"), (7 * MINUTE, "断网"), (20 * MINUTE, "断网")]
    assert (known.deaf_s, known.deaf_minutes) == (360.0, 6)
    assert known.per_minute[0] == known.per_minute[21] == 1
    assert sum(known.per_minute) == 2


async def test_latency_leaves_out_what_a_person_had_to_do(open_journal: Opener) -> None:
    journal = await open_journal()
    stream = Stream(journal)
    await stream.starts(at=ago(60))
    await stream.comment("包邮吗", at=ago(0.05))
    await stream.deliver()
    await stream.comment("尺码怎么选", at=ago(50))
    [held] = outbox.rows(journal, "state = 'held'")
    assert await outbox.settle(journal, held, "queued", actor="moderator")
    await stream.deliver()
    known = figures(journal, stream.id)
    assert known.replies == 2
    assert known.latency.count == known.leaving.count == 1
    assert known.latency.p99 is not None
    assert known.leaving.p50 is not None
    assert 3000 <= known.leaving.p50 <= known.latency.p99 < 60_000


async def test_the_most_asked_come_first_by_people_not_by_noise(open_journal: Opener) -> None:
    journal = await open_journal()
    stream = Stream(journal)
    await stream.starts()
    for user in ("a", "b", "c"):
        await stream.comment("这个掉色吗", user=user)
    await stream.comment("这个 掉色吗？？", user="a")
    for _ in range(9):
        await stream.comment("主播多高呀？", user="spam")
    await stream.comment("电话13800001234对吗", user="d")
    await stream.comment("主播好美", user="e")
    await stream.comment("我要退款可以吗", user="f")
    for user in ("g", "h"):
        await stream.comment("包邮吗", user=user)
    await stream.deliver()
    known = figures(journal, stream.id)
    assert [(one.text, one.viewers, one.times) for one in known.unanswered] == [
        ("这个掉色吗", 3, 4),
        ("主播多高呀？", 1, 9),
        ("电话138****1234对吗", 1, 1),
    ]
    assert [(one.rule, one.asked, one.text) for one in known.answers] == [("freight", 2, "运费看下单页。")]
    assert figures(journal, stream.id, questions=False).unanswered == ()


async def test_an_answer_that_came_too_late_leaves_its_question_unanswered(open_journal: Opener) -> None:
    journal = await open_journal()
    stream = Stream(journal, policy=RoomPolicy(expiry=0.001))
    await stream.starts()
    await stream.comment("包邮吗")
    await asyncio.sleep(0.01)
    assert await outbox.expire(journal) == 1
    known = figures(journal, stream.id)
    assert known.states["expired"] == 1
    assert [one.text for one in known.unanswered] == ["包邮吗"]
    assert [(one.comment, one.viewer) for one in known.expired] == [("包邮吗", "u*")]


async def test_drafts_and_doubts_are_listed_masked(open_journal: Opener) -> None:
    journal = await open_journal()
    stream = Stream(journal)
    await stream.starts()
    await stream.comment("尺码怎么选，电话13800001234")
    await stream.comment("包邮吗")
    await stream.deliver("in_doubt")
    known = figures(journal, stream.id)
    assert [(one.text, one.comment, one.why) for one in known.held] == [("尺码看详情页", "尺码怎么选，电话138****1234", "suggest")]
    assert [(one.text, one.viewer) for one in known.in_doubt] == [("运费看下单页。", "u*")]
    assert known.states["in_doubt"] == 1


async def test_an_empty_stream_does_not_hide_the_last_real_one(open_journal: Opener) -> None:
    journal = await open_journal(rooms=("r", "s"))
    assert latest(journal) is None
    first, other = Stream(journal, "r"), Stream(journal, "s")
    await first.starts()
    assert latest(journal) == first.id
    await first.comment("来了")
    await first.ends()
    await other.starts()
    await other.comment("来了")
    await other.ends()
    before = other.id
    await other.starts()
    assert (latest(journal), latest(journal, "r"), latest(journal, "s"), latest(journal, "none")) == (before, first.id, before, None)
    assert [(row.room, row.comments, row.ended_at is None) for row in streams(journal)] == [
        ("s", 0, True),
        ("s", 1, False),
        ("r", 1, False),
    ]
    assert [row.id for row in streams(journal, "r")] == [first.id]
    with pytest.raises(KeyError):
        figures(journal, 99)


async def test_figures_may_be_taken_in_another_thread_while_comments_come(open_journal: Opener) -> None:
    journal = await open_journal()
    stream = Stream(journal)
    await stream.starts()

    async def talk() -> None:
        for n in range(200):
            await stream.comment(f"第{n}句")

    async with asyncio.TaskGroup() as group:
        talking = group.create_task(talk())
        seen = [0]
        while not talking.done():
            known = await asyncio.to_thread(figures, journal, stream.id)
            assert sum(known.states.values()) == known.comments >= seen[-1]
            seen.append(known.comments)
    assert len(seen) > 2
    assert figures(journal, stream.id).comments == 200
