"""The ledger's rows: written with what was said, in one commit, once; contradictions and what is overdue become issues, once."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from livestream import Stream

from livebot.decide.events import Comment, Settled, Viewer
from livebot.decide.promises import NOTHING_PROMISED, Promises
from livebot.decide.shop.facts import NO_FACTS
from livebot.errors import Rejected
from livebot.keep import clock, ledger, outbox
from livebot.keep.erasure import erase, sweep
from livebot.keep.journal import Journal, viewer_key
from livebot.keep.ledger import Entry
from livebot.keep.outbox import OutboxRow
from livebot.keep.seal import KeyedSealer

Opener = Callable[..., Awaitable[Journal]]
Adder = Callable[..., Awaitable[OutboxRow]]
DAY = 86_400_000


def rows(journal: Journal) -> list[Entry]:
    return ledger.found(journal, "1 ORDER BY p.made_at, p.id")


def issues(journal: Journal) -> list[tuple[Any, ...]]:
    return journal.read("SELECT category, rules, seq, text FROM issues ORDER BY n")


async def taken(journal: Journal, add_reply: Adder, id_: str, text: str, **fields: object) -> OutboxRow:
    """A reply on its way into the room."""
    row = await add_reply(journal, id_, text=text)
    for name, value in fields.items():
        await journal.write(lambda conn, name=name, value=value: conn.execute(f"UPDATE replies SET {name} = ? WHERE id = ?", (value, id_)))
    await outbox.take(journal, outbox.rows(journal, "id = ?", (id_,))[0])
    return outbox.rows(journal, "id = ?", (row.id,))[0]


async def say(journal: Journal, add_reply: Adder, id_: str, text: str, *, at: int = 0, **fields: object) -> None:
    row = await taken(journal, add_reply, id_, text, **fields)
    promised = ledger.promises_of(journal, row, NOTHING_PROMISED, NO_FACTS, at or clock.now_ms())
    assert await outbox.settle(journal, row, "sent", promised=promised)


async def test_what_is_said_is_in_the_ledger(open_journal: Opener, add_reply: Adder) -> None:
    journal = await open_journal()
    await say(journal, add_reply, "k", "48小时内发货，假一赔十")
    assert {(one.promise.kind, one.promise.reply, one.times, one.state) for one in rows(journal)} == {
        ("time.ship", "k", 1, "open"),
        ("money.compensation", "k", 1, "open"),
    }
    assert issues(journal) == []


async def test_the_same_rule_promises_once_however_often_it_speaks(open_journal: Opener, add_reply: Adder) -> None:
    journal = await open_journal()
    for n in range(7):
        await say(journal, add_reply, f"k{n}", "48小时内发货", at=1_000_000 + n)
    await say(journal, add_reply, "other", "48小时内发货", rule="another")
    [one, other] = rows(journal)
    assert (one.times, one.promise.made_at, one.promise.due_at) == (7, 1_000_000, 1_000_000 + 48 * 3_600_000)
    assert one.last_at > one.promise.made_at
    assert (other.times, other.promise.source) == (1, "rule:another")


async def test_the_reply_and_the_promise_are_one_commit(open_journal: Opener, add_reply: Adder) -> None:
    """A commit that fails leaves neither; the next one has both."""
    journal = await open_journal()
    row = await taken(journal, add_reply, "k", "48小时内发货")
    promised = ledger.promises_of(journal, row, NOTHING_PROMISED, NO_FACTS, clock.now_ms())
    await journal.write(lambda conn: conn.execute("ALTER TABLE promises RENAME TO away"))
    with pytest.raises(sqlite3.OperationalError):
        await outbox.settle(journal, row, "sent", promised=promised)
    assert outbox.rows(journal, "id = 'k'")[0].state == "sending"
    await journal.write(lambda conn: conn.execute("ALTER TABLE away RENAME TO promises"))
    assert await outbox.settle(journal, row, "sent", promised=promised)
    assert not await outbox.settle(journal, row, "sent", promised=promised), "somebody was first"
    assert [one.times for one in rows(journal)] == [1]


@pytest.mark.parametrize(("said", "end"), [(True, ("open", 1, 0)), (False, ("withdrawn", 0, 0))])
async def test_a_doubtful_promise_is_unsure_until_somebody_looked(open_journal: Opener, add_reply: Adder, said: bool, end: object) -> None:
    journal = await open_journal()
    row = await taken(journal, add_reply, "k", "48小时内发货")
    promised = ledger.promises_of(journal, row, NOTHING_PROMISED, NO_FACTS, clock.now_ms())
    assert await outbox.doubt(journal, row, "timeout", promised) == "in_doubt"
    assert [(one.state, one.times, one.unsure) for one in rows(journal)] == [("open", 1, 1)]
    await outbox.settle(journal, outbox.rows(journal, "id = 'k'")[0], "sent" if said else "refused")
    [one] = rows(journal)
    assert (one.state, one.times, one.unsure) == end


async def test_a_late_receipt_settles_the_doubt_too(open_journal: Opener, add_reply: Adder) -> None:
    journal = await open_journal()
    stream = Stream(journal)
    await stream.starts()
    row = await taken(journal, add_reply, "k", "48小时内发货")
    promised = ledger.promises_of(journal, row, NOTHING_PROMISED, NO_FACTS, clock.now_ms())
    await outbox.doubt(journal, row, "timeout", promised)
    await stream.happens(Settled(key="k", state="refused", reason="late"))
    assert [(one.state, one.note, one.unsure) for one in rows(journal)] == [("withdrawn", "not_said", 0)]


async def test_a_crash_leaves_a_doubt_and_its_promise(open_journal: Opener, add_reply: Adder) -> None:
    journal = await open_journal()
    await taken(journal, add_reply, "k", "48小时内发货")

    def promised(row: OutboxRow) -> Any:
        return ledger.promises_of(journal, row, NOTHING_PROMISED, NO_FACTS, clock.now_ms())

    assert len(await outbox.doubt_unfinished(journal, frozenset(), None, promised)) == 1
    assert await outbox.doubt_unfinished(journal, frozenset(), None, promised) == []
    assert [(one.promise.reply, one.unsure) for one in rows(journal)] == [("k", 1)]


async def test_a_contradiction_that_was_said_is_an_issue_once(open_journal: Opener, add_reply: Adder) -> None:
    journal = await open_journal()
    await say(journal, add_reply, "a", "48小时内发货")
    await say(journal, add_reply, "b", "7天内发货", rule="other")
    await say(journal, add_reply, "c", "7天内发货", rule="other")
    assert {one.promise.reply: one.state for one in rows(journal)} == {"a": "contradicted", "b": "open"}
    [(category, rules, seq, text)] = issues(journal)
    assert (category, rules, seq) == ("own.promise", '["promise.contradicted"]', 0)
    assert "48小时内发货" in text
    assert "7天内发货" in text


async def test_what_is_overdue_is_an_issue_once(open_journal: Opener, add_reply: Adder) -> None:
    journal = await open_journal()
    past = clock.now_ms() - 3 * DAY
    await say(journal, add_reply, "a", "48小时内发货", at=past)
    await say(journal, add_reply, "b", "30天内给您解决", at=past)
    assert ledger.is_late(journal, clock.now_ms())
    for expected in (1, 0):
        assert await journal.write(lambda conn: ledger.raise_overdue(conn, clock.now_ms(), 10)) == expected
    assert not ledger.is_late(journal, clock.now_ms())
    assert [(rules, text[-7:]) for _, rules, _, text in issues(journal)] == [('["promise.overdue"]', "48小时内发货")]
    assert ledger.next_due(journal, clock.now_ms()) == past + 30 * DAY


async def test_a_promise_that_was_kept_is_never_overdue(open_journal: Opener, add_reply: Adder) -> None:
    journal = await open_journal()
    await say(journal, add_reply, "a", "48小时内发货", at=clock.now_ms() - 3 * DAY)
    [one] = rows(journal)
    done = await ledger.settle(journal, one.promise.id[:6], "kept", actor="小王", note="都发了")
    assert (done.state, done.actor, done.note) == ("kept", "小王", "都发了")
    assert not ledger.is_late(journal, clock.now_ms())
    with pytest.raises(Rejected, match="kept"):
        await ledger.settle(journal, one.promise.id, "withdrawn", actor="小李")
    for wrong in ("", "zz", "'; --", "ffffffffffff"):
        with pytest.raises(Rejected, match="编号"):
            await ledger.settle(journal, wrong, "kept", actor="小李")


async def test_what_a_moderator_wrote_binds_to_the_viewer_who_can_be_forgotten(open_journal: Opener, tmp_path: Any) -> None:
    sealer = KeyedSealer(tmp_path / "keys.db")
    journal = await Journal.open(tmp_path / "sealed.db", sealer=sealer)
    ann = Viewer(id="ann", name="小安同学")
    await asyncio.shield(journal.append("r", Comment(id="c1", author=ann, text="我的还没发")))
    now = clock.now_ms()
    values = (
        "k",
        journal.value("SELECT max(seq) FROM events"),
        "r",
        1,
        "answer",
        "faq",
        "小安同学，今天给您发",
        "sending",
        "小王",
        "moderator",
        now,
        now,
        now,
    )
    columns = "id,seq,room,stream,kind,rule,text,state,actor,origin,created_at,expires_at,changed_at"
    await journal.write(lambda conn: conn.execute(f"INSERT INTO replies ({columns}) VALUES ({','.join('?' * 13)})", values))
    row = outbox.rows(journal, "id = 'k'")[0]
    await outbox.settle(journal, row, "sent", promised=ledger.promises_of(journal, row, Promises(), NO_FACTS, now))
    [one] = rows(journal)
    assert (one.promise.viewer, one.promise.source) == (viewer_key("r", ann), "moderator:小王")
    assert "小安同学" not in one.promise.text
    await journal.write(lambda conn: ledger.raise_overdue(conn, now + 2 * DAY, 10))
    assert [seq for _, _, seq, _ in issues(journal)] == [row.seq], "the comment is what it is about"
    erase(journal, sealer, viewer_key("r", ann))
    [gone] = rows(journal)
    assert gone.promise.viewer not in {"", viewer_key("r", ann)}
    assert "今天给您发" in gone.promise.text
    await journal.close()
    sealer.close()


async def test_after_its_retention_a_promise_names_nobody(open_journal: Opener, add_reply: Adder, tmp_path: Any) -> None:
    sealer = KeyedSealer(tmp_path / "keys.db")
    journal = await Journal.open(tmp_path / "sealed.db", sealer=sealer)
    await say(journal, add_reply, "k", "48小时内发货")
    now = clock.now_ms()
    await journal.write(lambda conn: conn.execute("UPDATE promises SET viewer = 'someone'"))
    sweep(journal, sealer, now, 1, 30)
    assert [one.promise.viewer for one in rows(journal)] == ["someone"]
    sweep(journal, sealer, now + 40 * DAY, 1, 30)
    assert [one.promise.viewer for one in rows(journal)] == ["?"]
    await journal.close()
    sealer.close()


async def test_prices_bind_while_their_stream_goes_on(open_journal: Opener, add_reply: Adder) -> None:
    journal = await open_journal()
    stream = Stream(journal)
    await stream.starts()
    await say(journal, add_reply, "k", "1号链接99元")
    assert [one.size for one in ledger.standing(journal, "r")] == [99.0]
    await stream.ends()
    assert ledger.standing(journal, "r") == []
