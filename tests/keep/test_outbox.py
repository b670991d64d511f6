"""The outbox: every move is compare-and-set, and every move is an event."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from livebot.decide.events import Outgoing, Settled
from livebot.keep import outbox
from livebot.keep.journal import Journal

Opener = Callable[..., Awaitable[Journal]]
Adder = Callable[..., Awaitable[outbox.OutboxRow]]


def row(journal: Journal, id_: str) -> outbox.OutboxRow:
    return outbox.rows(journal, "id = ?", (id_,))[0]


def story(journal: Journal) -> list[object]:
    return [one.event for one in journal.events("WHERE kind IN ('outgoing', 'settled') ORDER BY seq")]


async def test_from_the_queue_to_the_room(open_journal: Opener, add_reply: Adder) -> None:
    journal = await open_journal()
    queued = await add_reply(journal, "k")
    assert await outbox.take(journal, queued)
    taken = row(journal, "k")
    assert (taken.state, taken.version) == ("sending", queued.version + 1)
    assert not await outbox.take(journal, queued), "somebody was first"
    assert await outbox.settle(journal, taken, "sent", native_id="n1")
    assert not await outbox.settle(journal, taken, "refused")
    assert journal.read("SELECT state, native_id, sent_at IS NOT NULL FROM replies") == [("sent", "n1", 1)]
    assert story(journal) == [Outgoing(key="k", text="看页面"), Settled(key="k", state="sent", native_id="n1")]


async def test_of_many_who_take_one_row_one_has_it(open_journal: Opener, add_reply: Adder) -> None:
    journal, other = await open_journal(), await open_journal()
    queued = await add_reply(journal, "k")
    taken = [asyncio.create_task(outbox.take(one, queued)) for one in [journal, other] * 5]
    await asyncio.wait(taken)
    assert sum(task.result() for task in taken) == 1
    assert story(journal) == [Outgoing(key="k", text="看页面")]


async def test_a_jump_that_the_table_does_not_know_is_a_bug(open_journal: Opener, add_reply: Adder) -> None:
    journal = await open_journal()
    held = await add_reply(journal, "k", "held")
    with pytest.raises(ValueError, match="held"):
        await outbox.settle(journal, held, "sent")
    assert row(journal, "k").state == "held"
    assert story(journal) == []


async def test_back_into_the_queue_is_no_event(open_journal: Opener, add_reply: Adder) -> None:
    journal = await open_journal()
    held = await add_reply(journal, "k", "held")
    assert await outbox.settle(journal, held, "queued", actor="小王", text="改过的话")
    assert journal.read("SELECT state, actor, text FROM replies") == [("queued", "小王", "改过的话")]
    assert story(journal) == []


async def test_what_waited_too_long_is_ended_in_one_commit(open_journal: Opener, add_reply: Adder) -> None:
    journal = await open_journal()
    for n in range(30):
        await add_reply(journal, f"late {n}", "held" if n % 2 else "queued", expires_in=-1)
    await add_reply(journal, "early", "queued")
    await add_reply(journal, "sending", "sending", expires_in=-1)
    before = sum(journal.commits.counts)
    assert await outbox.expire(journal) == 30
    assert sum(journal.commits.counts) == before + 1
    assert await outbox.expire(journal) == 0
    assert dict(journal.read("SELECT state, count(*) FROM replies GROUP BY state")) == {"expired": 30, "queued": 1, "sending": 1}
    assert len([event for event in story(journal) if isinstance(event, Settled) and event.state == "expired"]) == 30


async def test_what_was_being_sent_is_in_doubt_or_sent_again_where_that_is_safe(open_journal: Opener, add_reply: Adder) -> None:
    journal = await open_journal()
    for id_, room, expires_in in (("a", "r", 60_000), ("b", "safe", 60_000), ("c", "safe", -1), ("d", "other", 60_000)):
        await add_reply(journal, id_, "sending", room=room, expires_in=expires_in)
    await add_reply(journal, "q", "queued")
    assert [one.id for one in await outbox.doubt_unfinished(journal, frozenset({"safe"}), "safe")] == ["c"]
    assert row(journal, "b").state == "queued"
    assert row(journal, "a").state == "sending"
    assert [one.id for one in await outbox.doubt_unfinished(journal, frozenset({"safe"}))] == ["a", "d"]
    assert {one.id: one.state for one in outbox.rows(journal, "1")} == {
        "a": "in_doubt",
        "b": "queued",
        "c": "in_doubt",
        "d": "in_doubt",
        "q": "queued",
    }
    assert row(journal, "a").why == "crash"
    assert await outbox.doubt_unfinished(journal, frozenset()) == []


async def test_a_doubt_that_the_room_already_settled_is_none(open_journal: Opener, add_reply: Adder) -> None:
    journal = await open_journal()
    taken = await add_reply(journal, "k", "sending")
    await journal.write(lambda conn: conn.execute("INSERT INTO decisions VALUES (99, 0, 'pass', NULL, 'k', 'echo', NULL)"))
    assert await outbox.doubt(journal, taken, "timeout") == "sent"
    assert journal.read("SELECT state, why, sent_at IS NOT NULL FROM replies") == [("sent", "echo", 1)]
    assert story(journal) == [Settled(key="k", state="sent", reason="echo")]


async def test_a_doubt_about_a_row_that_moved_on_changes_nothing(open_journal: Opener, add_reply: Adder) -> None:
    journal = await open_journal()
    taken = await add_reply(journal, "k", "sending")
    await outbox.settle(journal, taken, "refused", reason="不许发")
    assert await outbox.doubt(journal, taken, "timeout") == "in_doubt"
    assert row(journal, "k").state == "refused"
    assert len(story(journal)) == 1


@pytest.mark.parametrize(
    "where",
    [
        "state = 'queued' AND room = 'r' AND expires_at > 1 AND not_before <= 1 ORDER BY created_at, seq LIMIT 3",
        "state = 'held' AND expires_at > 1 AND not_before <= 1 ORDER BY expires_at, id LIMIT 50",
        "state IN ('held', 'queued') AND expires_at <= 1 LIMIT 1000",
        "state = 'in_doubt' AND 'r' IN ('', room) ORDER BY created_at, id LIMIT 200",
        "again = 'x'",
    ],
)
async def test_what_waits_is_found_however_much_was_said_before(open_journal: Opener, where: str) -> None:
    journal = await open_journal()
    plan = [row[3] for row in journal.read(f"EXPLAIN QUERY PLAN SELECT * FROM replies AS r WHERE {where}")]
    assert plan[0].startswith("SEARCH r USING INDEX"), plan
