"""One act over many replies: what was previewed and nothing else, taken back at once."""

import pytest
from fixture_types import Opener
from livestream import Stream
from moderators import at_desk, many_topics, reply

from livebot.deliver.desk import acts, bulk
from livebot.deliver.desk.held import Filter, held
from livebot.deliver.desk.undo import undo
from livebot.errors import Rejected
from livebot.keep import outbox
from livebot.keep.journal import Journal


async def filled(journal: Journal, count: int) -> Stream:
    stream = Stream(journal, book=many_topics(count + 1))
    await stream.starts()
    for n in range(count):
        await stream.comment(f"问题{n}号", user=f"u{n}")
    return stream


def states(journal: Journal) -> set[str]:
    return {row.state for row in outbox.rows(journal, "1")}


@pytest.mark.parametrize(("act", "state"), [("approve", {"queued"}), ("reject", {"denied"}), ("aloud", {"aloud"}), ("snooze", {"held"})])
async def test_one_act_over_all_and_one_undo_for_all(open_journal: Opener, act: bulk.BulkAct, state: set[str]) -> None:
    journal = await open_journal()
    await filled(journal, 60)
    desk = at_desk(journal)
    before = journal.read("SELECT id, state, text, why, origin, actor, not_before FROM replies ORDER BY id")
    seen = bulk.preview(desk, Filter())
    assert seen.count == 60
    done = await bulk.act_on_all(desk, Filter(), seen.digest, act, actor="小王")
    assert (len(done.ids), done.left, done.new, states(journal)) == (60, (), 0, state)
    assert held(desk).total == 0
    undone = await undo(desk, batch=done.batch, actor="小王")
    assert (len(undone.ids), undone.late) == (60, ())
    assert journal.read("SELECT id, state, text, why, origin, actor, not_before FROM replies ORDER BY id") == before


async def test_what_came_since_the_preview_is_left_alone_and_what_went_is_told(open_journal: Opener) -> None:
    journal = await open_journal()
    stream = await filled(journal, 3)
    desk = at_desk(journal)
    seen = bulk.preview(desk, Filter())
    first, second, third = (card.id for card in held(desk).cards)
    await acts.reject(desk, first, actor="小李")
    await stream.comment("问题3号")
    done = await bulk.act_on_all(desk, Filter(), seen.digest, "approve", actor="小王")
    assert (set(done.ids), done.new) == ({second, third}, 1)
    [(left, zh, _)] = done.left
    assert (left, "小李" in zh) == (first, True)
    [new] = held(desk).cards
    assert new.rule == "topic3"


async def test_what_needs_evidence_or_must_not_be_said_is_not_approved_in_bulk(open_journal: Opener) -> None:
    journal = await open_journal()
    await filled(journal, 3)
    await journal.write(lambda conn: conn.execute("UPDATE replies SET text = '预计明天到' WHERE rule = 'topic0'"))
    await journal.write(lambda conn: conn.execute("UPDATE replies SET text = '加微信发您' WHERE rule = 'topic1'"))
    desk = at_desk(journal)
    done = await bulk.act_on_all(desk, Filter(), bulk.preview(desk, Filter()).digest, "approve", actor="小王")
    assert [reply(journal, id_).rule for id_ in done.ids] == ["topic2"]
    assert {reply(journal, id_).rule for id_, _, _ in done.left} == {"topic0", "topic1"}


async def test_a_filter_bounds_what_is_done(open_journal: Opener) -> None:
    journal = await open_journal()
    await filled(journal, 3)
    desk, wanted = at_desk(journal), Filter(rule="topic1")
    seen = bulk.preview(desk, wanted)
    done = await bulk.act_on_all(desk, wanted, seen.digest, "reject", actor="小王", reason="不准确")
    assert (seen.count, len(done.ids), held(desk).total) == (1, 1, 2)
    assert reply(journal, done.ids[0]).why == "不准确"


async def test_a_preview_that_nobody_knows_is_refused(open_journal: Opener) -> None:
    desk = at_desk(await open_journal())
    with pytest.raises(Rejected, match="重新看"):
        await bulk.act_on_all(desk, Filter(), "0" * 24, "approve", actor="小王")


async def test_an_undo_of_many_tells_what_left_meanwhile(open_journal: Opener) -> None:
    journal = await open_journal()
    stream = await filled(journal, 3)
    desk = at_desk(journal)
    done = await bulk.act_on_all(desk, Filter(), bulk.preview(desk, Filter()).digest, "approve", actor="小王")
    await journal.write(lambda conn: conn.execute("UPDATE replies SET kind = 'ack' WHERE rule = 'topic1'"))
    await stream.deliver(kind="ack")
    undone = await undo(desk, batch=done.batch, actor="小王")
    assert {reply(journal, id_).rule for id_ in undone.ids} == {"topic0", "topic2"}
    [(late, zh, _)] = undone.late
    assert (reply(journal, late).state, "在发了" in zh) == ("sent", True)
