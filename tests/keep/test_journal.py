"""The journal: every event once and durable, streams that only their end ends, and files that are not its own refused in words."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livebot.decide.events import (
    Comment,
    CommentDeleted,
    Gap,
    OrderUpdate,
    Outgoing,
    Recordable,
    Settled,
    StreamEnded,
    StreamStarted,
    Viewer,
)
from livebot.errors import ConfigError
from livebot.keep import journal as journal_module
from livebot.keep import schema
from livebot.keep.journal import Journal, viewer_key
from livebot.keep.storing import count

Opener = Callable[..., Awaitable[Journal]]


def said(id_: str, text: str = "在吗", *, room: str = "r") -> tuple[str, Comment]:
    return room, Comment(id=id_, author=Viewer(id="u1", name="小明", roles=("fan",)), text=text, sent_at=1, reply_to="x", product="3")


async def put(journal: Journal, *events: Recordable, room: str = "r") -> None:
    for event in events:
        saved = journal.append(room, event)
    await asyncio.shield(saved)


def comment(id_: str, text: str = "在吗") -> Comment:
    return said(id_, text)[1]


def streams(journal: Journal, room: str = "r") -> list[tuple[int, list[str], bool, int]]:
    """[(id, ids of its comments, ended, duplicates)]"""
    return [
        (
            id_,
            [n for (n,) in journal.read("SELECT native_id FROM events WHERE stream = ? AND kind = 'comment' ORDER BY seq", (id_,))],
            ended is not None,
            journal.value("SELECT n FROM counters WHERE stream = ? AND name = 'duplicates'", (id_,)) or 0,
        )
        for id_, ended in journal.read("SELECT id, ended_at FROM streams WHERE room = ? ORDER BY id", (room,))
    ]


# ── events ─────────────────────────────────────────────────────────────────────


async def test_every_kind_of_event_comes_back_as_it_went_in(open_journal: Opener) -> None:
    journal = await open_journal()
    events: list[Recordable] = [
        StreamStarted(planned_end=123),
        comment("1", "你好 🙂 \u202e bidi \u200b"),
        Comment(id="2", author=Viewer(), text=""),
        Gap(since=1, until=2, reason="断了"),
        Settled(key="k", state="sent", native_id="n", reason=""),
        Outgoing(key="k", text="话"),
        CommentDeleted(id="1"),
        OrderUpdate(id="1", order="57690001", state="cancelled", buyer=Viewer(id="u", name="小鱼"), product="3", at=5),
        OrderUpdate(id="2", state="没见过的状态"),
        StreamEnded(),
        StreamStarted(),
    ]
    await put(journal, *events)
    recorded = journal.events("ORDER BY seq")
    assert [one.event for one in recorded] == events
    assert [one.seq for one in recorded] == list(range(1, 12))
    assert [one.stream for one in recorded] == [1] * 10 + [2]
    assert {one.room for one in recorded} == {"r"}
    assert journal.undecided(3) == recorded[:3]


async def test_a_comment_that_comes_while_a_commit_is_under_way_is_committed_without_waiting_for_another(open_journal: Opener) -> None:
    journal = await open_journal()
    for n in range(50):
        first = journal.append("r", comment(f"{n}a"))
        await asyncio.sleep(0)  # handed to the thread
        await asyncio.sleep(0)
        second = journal.append("r", comment(f"{n}b"))
        assert second is not first
        async with asyncio.timeout(5):
            await asyncio.shield(second)
        assert journal.value("SELECT count(*) FROM events") == 2 * n + 2


async def test_what_a_future_speaks_of_is_in_the_file(open_journal: Opener) -> None:
    """Under load: whenever a future is done, another connection sees its comment."""
    journal = await open_journal()
    checked = 0

    async def room(name: str) -> None:
        nonlocal checked
        for n in range(400):
            saved = journal.append(*said(str(n), room=name))
            if n % 7 == 0:
                await asyncio.shield(saved)
                assert journal.value("SELECT 1 FROM events WHERE room = ? AND native_id = ?", (name, str(n)))
                checked += 1
            elif n % 3 == 0:
                await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group:
        for name in "abcd":
            group.create_task(room(name))
    await journal.flush()
    assert checked == 232
    for name in "abcd":
        order = [int(n) for (n,) in journal.read("SELECT native_id FROM events WHERE room = ? ORDER BY seq", (name,))]
        assert order == list(range(400))


async def test_one_row_that_sqlite_refuses_takes_no_neighbour_down(open_journal: Opener, log: list[str], wait_until) -> None:  # type: ignore[no-untyped-def]
    journal = await open_journal()
    journal.append("r", comment("1"))
    journal.append("r", Comment(id="2", author=Viewer(), text="", sent_at=1 << 70))
    saved = journal.append("r", comment("3"))
    with pytest.raises(OverflowError):
        await asyncio.shield(saved)
    await wait_until(lambda: journal.value("SELECT count(*) FROM events") == 2)
    assert [one.event.id for one in journal.events("ORDER BY seq") if isinstance(one.event, Comment)] == ["1", "3"]
    await wait_until(lambda: [line.split()[0] for line in log] == ["ERROR"])


async def test_a_reader_is_told_to_wait_before_memory_fills(open_journal: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = await open_journal()
    monkeypatch.setattr(journal_module, "FULL", 10)
    monkeypatch.setattr(journal_module, "HEAVY", 10_000)
    saved = journal.append("r", comment("1"))
    assert not journal.full
    for n in range(2, 11):
        saved = journal.append("r", comment(str(n)))
    assert journal.full
    await asyncio.shield(saved)
    assert not journal.full
    saved = journal.append("r", comment("heavy", "重" * 10_000))
    assert journal.full
    await asyncio.shield(saved)
    for _ in range(12):
        saved = journal.submit(lambda conn: 0)
    assert journal.full
    await saved


# ── duplicates ─────────────────────────────────────────────────────────────────


async def test_duplicates_are_counted_exactly_in_one_batch_of_several_rooms(open_journal: Opener) -> None:
    journal = await open_journal()
    for room, ids in (("a", "1122"), ("b", "1"), ("a", "13"), ("b", "222")):
        for id_ in ids:
            journal.append(*said(id_, room=room))
    await journal.flush()
    assert [row[1:] for row in streams(journal, "a")] == [(["1", "2", "3"], False, 3)]
    assert [row[1:] for row in streams(journal, "b")] == [(["1", "2"], False, 2)]


async def test_a_comment_is_known_after_a_restart(open_journal: Opener) -> None:
    journal = await open_journal()
    await put(journal, comment("1"), comment("2"))
    await journal.close()
    journal = await open_journal()
    journal.reconnected("r")
    await put(journal, comment("2"), comment("1"), comment("3"))
    assert streams(journal) == [(1, ["1", "2", "3"], False, 2)]
    assert journal.last_comment("r") == "3"
    assert journal.last_comment("nobody") is None


async def test_last_comment_is_the_room_s_own_and_survives_an_empty_stream(open_journal: Opener) -> None:
    journal = await open_journal()
    await put(journal, comment("1"), StreamEnded(), StreamStarted())
    await put(journal, comment("9"), room="other")
    assert journal.last_comment("r") == "1"
    assert journal.last_comment("other") == "9"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.tuples(st.sampled_from("ab"), st.sampled_from("12345678")),
            st.tuples(st.sampled_from("ab"), st.sampled_from(["start", "end", "reconnect"])),
            st.just(("", "flush")),
        ),
        max_size=30,
    )
)
async def test_nothing_is_lost_or_counted_twice_whatever_the_order(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, str]]
) -> None:
    journal = await Journal.open(tmp_path_factory.mktemp("j") / "j.db")
    given_: dict[str, list[str]] = {"a": [], "b": []}
    for room, act in acts:
        if act == "flush":
            await journal.flush()
        elif act == "reconnect":
            await journal.flush()
            journal.reconnected(room)
        elif act in {"start", "end"}:
            journal.append(room, StreamStarted() if act == "start" else StreamEnded())
        else:
            given_[room].append(act)
            journal.append(*said(act, room=room))
    await journal.flush()
    for room, ids in given_.items():
        kept = [id_ for _, found, _, _ in streams(journal, room) for id_ in found]
        duplicates = sum(n for *_, n in streams(journal, room))
        assert sorted(kept) == sorted(set(ids))
        assert len(kept) + duplicates == len(ids)
        ended = [over for *_, over, _ in streams(journal, room)]
        assert all(ended[:-1]), "only one stream of a room is live"
        assert journal.is_live(room) == (bool(ended) and not ended[-1])
        empty = [id_ for id_, found, _, _ in streams(journal, room) if not found]
        started = {one.stream for one in journal.events("WHERE room = ? AND kind = 'stream_started'", (room,))}
        assert set(empty) <= started, "a duplicate opens no stream"
    await journal.close()


# ── streams ────────────────────────────────────────────────────────────────────


async def test_a_stream_ends_only_at_its_end(open_journal: Opener) -> None:
    journal = await open_journal()
    assert journal.stream_of("r") == 0
    assert not journal.is_live("r")
    await put(journal, StreamStarted(), comment("1"))
    journal.reconnected("r")
    await put(journal, StreamStarted(planned_end=99), comment("2"))
    await journal.close()
    journal = await open_journal()
    assert journal.is_live("r")
    await put(journal, comment("3"), StreamEnded(), comment("4"))
    assert streams(journal) == [(1, ["1", "2", "3", "4"], True, 0)]
    assert journal.value("SELECT planned_end FROM streams") == 99
    await put(journal, StreamEnded())
    assert len(streams(journal)) == 1
    await put(journal, StreamStarted())
    assert streams(journal)[-1] == (2, [], False, 0)


async def test_a_comment_after_the_end_opens_the_next_stream_on_a_new_connection_only(open_journal: Opener) -> None:
    journal = await open_journal()
    await put(journal, comment("1"), StreamEnded(), comment("2"))
    journal.reconnected("r")
    await put(journal, comment("3"), comment("4"))
    assert streams(journal) == [(1, ["1", "2"], True, 0), (2, ["3", "4"], False, 0)]


async def test_a_restart_counts_as_a_new_connection(open_journal: Opener) -> None:
    journal = await open_journal()
    await put(journal, comment("1"), StreamEnded())
    await journal.close()
    journal = await open_journal()
    await put(journal, comment("2"))
    assert streams(journal) == [(1, ["1"], True, 0), (2, ["2"], False, 0)]


async def test_what_is_replayed_after_the_end_opens_no_phantom_stream(open_journal: Opener) -> None:
    journal = await open_journal()
    await put(journal, comment("1"), comment("2"), StreamEnded())
    journal.reconnected("r")
    await put(journal, comment("1"), comment("2"), Gap(since=1, until=2, reason=""), Settled(key="k", state="sent"))
    assert streams(journal) == [(1, ["1", "2"], True, 2)]
    assert not journal.is_live("r")
    await put(journal, comment("3"))
    assert streams(journal) == [(1, ["1", "2"], True, 2), (2, ["3"], False, 0)]


async def test_our_own_recap_that_comes_back_on_a_new_connection_opens_no_stream(open_journal: Opener) -> None:
    journal = await open_journal()
    await put(journal, comment("1"), StreamEnded())
    journal.reconnected("r")
    await journal.write(
        lambda conn: conn.execute(
            "INSERT INTO replies (id,seq,room,stream,kind,rule,text,state,created_at,expires_at,changed_at)"
            " VALUES ('x',2,'r',1,'follow_up','recap','谢谢大家','sending',?,0,?)",
            (now := journal_module.clock.now_ms(), now),
        )
    )
    await put(journal, comment("bot-1", "谢谢大家"))
    assert streams(journal) == [(1, ["1", "bot-1"], True, 0)]


async def test_an_end_without_a_stream_is_recorded_and_harmless(open_journal: Opener) -> None:
    journal = await open_journal()
    await put(journal, StreamEnded(), Gap(since=0, until=1, reason=""))
    assert [one.stream for one in journal.events("ORDER BY seq")] == [0, 0]
    assert journal.read("SELECT * FROM streams") == []


# ── the file ───────────────────────────────────────────────────────────────────


async def test_a_newer_journal_is_refused_in_words(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "j.db") as conn:
        conn.execute(f"PRAGMA user_version = {len(schema.STEPS) + 1}")
    conn.close()
    with pytest.raises(ConfigError) as caught:
        await Journal.open(tmp_path / "j.db")
    assert str(tmp_path / "j.db") in str(caught.value)
    with sqlite3.connect(tmp_path / "j.db") as conn:
        assert conn.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,), "and is left alone"
    conn.close()


async def test_what_is_no_journal_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("这不是数据库" * 1000)
    with pytest.raises(ConfigError):
        await Journal.open(tmp_path / "text.db")
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError):
        await Journal.open(tmp_path / "file" / "j.db")
    (tmp_path / "folder.db").mkdir()
    with pytest.raises(ConfigError):
        await Journal.open(tmp_path / "folder.db")


OPEN = """
import asyncio, sys
from pathlib import Path
from livebot.keep.journal import Journal

async def main():
    journal = await Journal.open(Path(sys.argv[1]), schema=("CREATE TABLE IF NOT EXISTS more (n)",))
    print(journal.producer, flush=True)
    await journal.close()

sys.stdin.readline()
asyncio.run(main())
"""


async def test_several_that_open_a_new_file_at_once_make_it_once(tmp_path: Path) -> None:
    def start() -> "subprocess.Popen[str]":
        pipe = subprocess.PIPE
        return subprocess.Popen([sys.executable, "-c", OPEN, str(tmp_path / "j.db")], stdin=pipe, stdout=pipe, stderr=pipe, text=True)

    def run() -> list[tuple[str, str]]:
        processes = [start() for _ in range(4)]
        for process in processes:
            assert process.stdin
            process.stdin.write("\n")
            process.stdin.flush()
        return [process.communicate(timeout=30) for process in processes]

    results = await asyncio.to_thread(run)
    assert {err for _, err in results} == {""}
    assert len({out for out, _ in results}) == 1, "one producer"


async def test_migrations_run_once_and_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = await Journal.open(tmp_path / "j.db")
    producer = journal.producer
    await put(journal, comment("1"))
    await journal.close()
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, "ALTER TABLE streams ADD COLUMN mood TEXT;\nUPDATE streams SET mood = 'gut'"))
    for _ in range(2):
        journal = await Journal.open(tmp_path / "j.db")
        assert journal.value("PRAGMA user_version") == len(schema.STEPS)
        assert journal.read("SELECT id, mood FROM streams") == [(1, "gut")]
        assert journal.producer == producer
        await journal.close()


async def test_reads_cannot_write(open_journal: Opener) -> None:
    journal = await open_journal()
    with pytest.raises(sqlite3.OperationalError):
        journal.read("DELETE FROM meta")


async def test_others_commits_are_noticed(open_journal: Opener) -> None:
    journal, other = await open_journal(), await open_journal()
    before = journal.changed_elsewhere()
    await put(other, comment("1"))
    assert journal.changed_elsewhere() != before


async def test_the_producer_can_be_renewed(open_journal: Opener) -> None:
    journal = await open_journal()
    before = journal.producer
    assert await journal.renew_producer() == journal.producer != before


async def test_counters_add_up(open_journal: Opener) -> None:
    journal = await open_journal()
    for n in (1, 2, 3):
        await journal.write(lambda conn, n=n: count(conn, 0, "broken", n))
    assert journal.value("SELECT n FROM counters WHERE name = 'broken'") == 6


async def test_what_is_counted_is_written_by_one_commit_and_survives_a_bad_neighbour(open_journal: Opener) -> None:
    journal = await open_journal()
    journal.append("a", StreamStarted())
    journal.append("b", StreamStarted())
    counted = [journal.count(room, "broken") for room in "aaabb"]
    assert len(set(counted)) == 1
    journal.append("a", Comment(id="2", author=Viewer(), text="", sent_at=1 << 70))  # SQLite refuses it
    await counted[0]
    await asyncio.sleep(0)
    await journal.count("b", "broken")
    found = journal.read("SELECT s.room, c.n FROM counters c JOIN streams s ON s.id = c.stream WHERE c.name = 'broken' ORDER BY s.room")
    assert found == [("a", 3), ("b", 3)]


def test_viewers_are_pseudonyms() -> None:
    key = viewer_key("r", Viewer(id="u1", name="小明"))
    assert key == viewer_key("r", Viewer(id="u1", name="改名了"))
    assert len(key) == 16
    assert key != viewer_key("other", Viewer(id="u1"))
    assert viewer_key("r", Viewer(name="小明")) == viewer_key("r", Viewer(name="小明"))
    assert viewer_key("r", Viewer()) == ""
