"""The list of what waits for a person, and what was said around it."""

import pytest
from fixture_types import Opener
from livestream import Stream
from moderators import at_desk, decided, many_topics, reply

from livebot.decide.matching import Matcher
from livebot.decide.session import RoomPolicy
from livebot.deliver.desk import acts
from livebot.deliver.desk.context import around, askers
from livebot.deliver.desk.held import Filter, card, doubts, held, leaving
from livebot.keep import outbox
from livebot.keep.journal import Journal


async def filled(journal: Journal, count: int, **more: object) -> Stream:
    stream = Stream(journal, book=many_topics(count), **more)  # type: ignore[arg-type]
    await stream.starts()
    for n in range(count):
        await stream.comment(f"问题{n}号", user=f"u{n}")
    return stream


async def test_a_card_tells_what_a_moderator_must_know(open_journal: Opener) -> None:
    journal = await open_journal()
    stream = await filled(journal, 1)
    for user in ("a", "a", "b"):
        await stream.comment("问题0号呢，我电话13800001234", user=user)
    await stream.comment("怎么不理人", user="b")
    [one] = held(at_desk(journal, match=Matcher(stream.book).match)).cards
    assert one.comment is not None
    assert (one.viewers, one.urged, one.comment.who, one.comment.text) == (3, 1, "u*", "问题0号")
    assert (one.why, one.why_zh, one.why_en) == ("suggest", "规则要求人工审核", "the rule wants approval")
    assert (one.length, one.limit, one.unit, one.messages, one.verdict.verdict) == (3, 40, "chars", 1, "ok")
    assert 50 < one.seconds_left <= 60
    assert one.confidence is not None
    assert one.confidence > 0.9
    assert [said.text for said in askers(journal, one.id)][1] == "问题0号呢，我电话138****1234"


@pytest.mark.parametrize(
    ("policy", "told"),
    [
        (RoomPolicy(max_chars=5, unit="bytes"), (7, 5, "bytes", 0)),
        (RoomPolicy(max_chars=7, unit="bytes"), (7, 7, "bytes", 1)),
        (RoomPolicy(can_send=False), (3, 0, "chars", 0)),
    ],
)
async def test_the_length_is_counted_as_the_platform_counts(open_journal: Opener, policy: RoomPolicy, told: tuple[object, ...]) -> None:
    journal = await open_journal()
    await filled(journal, 1)
    [one] = held(at_desk(journal, policy=policy)).cards
    assert (one.length, one.limit, one.unit, one.messages) == told


async def test_the_guard_s_verdict_on_a_draft_is_shown(open_journal: Opener) -> None:
    journal = await open_journal()
    await filled(journal, 1)
    await journal.write(lambda conn: conn.execute("UPDATE replies SET text = '加微信发您', why = 'guard:offplatform.wechat'"))
    [one] = held(at_desk(journal)).cards
    assert (one.verdict.verdict, one.verdict.rule, "平台外" in one.why_zh) == ("block", "offplatform.wechat", True)


async def test_the_most_perishable_comes_first_and_pages_neither_skip_nor_repeat(open_journal: Opener) -> None:
    journal = await open_journal()
    await filled(journal, 9)
    desk = at_desk(journal)
    await journal.write(lambda conn: conn.execute("UPDATE replies SET expires_at = expires_at + (seq * 7919) % 13"))
    order = [row.id for row in outbox.rows(journal, "state = 'held' ORDER BY expires_at, id")]
    first = held(desk, limit=4)
    assert (first.total, [one.id for one in first.cards]) == (9, order[:4])
    await acts.reject(desk, order[0], actor="小王")
    await acts.reject(desk, order[5], actor="小王")
    second = held(desk, after=first.after, limit=4)
    assert [one.id for one in second.cards] == [order[4], *order[6:9]]
    assert (second.after, second.total) == (None, 7)


async def test_filters(open_journal: Opener) -> None:
    journal = await open_journal(rooms=("r", "other"))
    await filled(journal, 3)
    await filled(journal, 1, room="other")
    desk = at_desk(journal)
    await journal.write(lambda conn: conn.execute("UPDATE replies SET why = 'guard:time.ship' WHERE rule = 'topic2'"))

    def found(**wanted: str) -> list[tuple[str, str]]:
        return [(one.room, one.rule) for one in held(desk, Filter(**wanted)).cards]  # type: ignore[arg-type]

    assert found(room="other") == [("other", "topic0")]
    assert found(rule="topic1") == [("r", "topic1")]
    assert found(why="guard") == found(why="guard:time.ship") == [("r", "topic2")]
    assert found(text="答1") == [("r", "topic1")]
    assert found(text="%") == found(why="gu") == found(room="r", rule="nobody's") == []
    assert len(found(why="suggest")) == 3


async def test_what_was_put_off_is_counted_and_comes_back_by_itself(open_journal: Opener, wait_until) -> None:  # type: ignore[no-untyped-def]
    journal = await open_journal()
    await filled(journal, 2)
    desk = at_desk(journal)
    [first, second] = held(desk).cards
    done = await acts.snooze(desk, first.id, 1, actor="小王")
    page = held(desk)
    assert ([one.id for one in page.cards], page.put_off, page.next_back) == ([second.id], 1, done.at)
    [away] = held(desk, Filter(put_off=True)).cards
    assert (away.id, away.back_at) == (first.id, done.at)
    await wait_until(lambda: len(held(desk).cards) == 2)


async def test_what_is_about_to_leave_and_what_is_in_doubt(open_journal: Opener) -> None:
    journal = await open_journal()
    stream = await filled(journal, 2)
    desk = at_desk(journal)
    first, second = held(desk).cards
    await acts.approve(at_desk(journal, 0.0), second.id, actor="小李")
    await stream.deliver("in_doubt")
    await acts.approve(desk, first.id, actor="小王")
    [one] = leaving(desk)
    assert (one.id, one.actor) == (first.id, "小王")
    assert 3 < one.leaves_in <= 5
    assert [doubt.id for doubt in doubts(desk)] == [second.id]
    assert doubts(desk, "elsewhere") == leaving(desk, "elsewhere") == ()
    assert card(desk, "nobody's") is None


async def test_the_lines_around_a_comment_hold_what_livebot_said_and_no_personal_data(open_journal: Opener) -> None:
    journal = await open_journal(rooms=("r", "other"))
    stream = Stream(journal)
    await stream.starts()
    await stream.comment("包邮吗", user="张三")
    await stream.deliver()
    await stream.comment("我电话13800001234\u202e", user="b")
    await Stream(journal, room="other").comment("别的房间")
    await stream.comment("尺码", user="c")
    await stream.comment("<img src=x onerror=alert(1)>", user="d")
    row = outbox.rows(journal, "state = 'held'")[0]
    lines = [(one.who, one.text, one.own) for one in around(journal, row.seq)]
    assert lines == [
        ("张*", "包邮吗", False),
        ("livebot", "运费看下单页。", True),
        ("b*", "我电话138****1234", False),
        ("c*", "尺码", False),
        ("d*", "<img src=x onerror=alert(1)>", False),
    ]
    assert [one.text for one in around(journal, row.seq, before=0, after=0)] == ["尺码"]
    assert around(journal, 999_999) == ()
    await decided(stream)
    assert reply(journal, row.id).state == "held"
