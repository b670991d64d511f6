"""The issue outbox reaches the queue: everything, once, in order, whoever dies or forgets on the way."""

import asyncio
import contextlib
import json
import os
import random
import shutil
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from loguru import logger
from queue_backends import backend, journal_at, needs_server, on_both, until, valkey
from redis.asyncio import Redis

from livebot.decide.events import Comment, Viewer
from livebot.deliver import issues, masking
from livebot.deliver.issues import IssuePublisher
from livebot.deliver.queue import Filter, IssueQueue
from livebot.deliver.queue_redis import RedisQueue
from livebot.keep.embedded import EmbeddedValkey
from livebot.keep.journal import Journal


async def flag(journal: Journal, *numbers: int, room: str = "r1", text: str = "退款，电话 13800000000", name: str = "张三丰") -> None:
    """One comment and one issue for each number."""
    for n in numbers:
        await journal.append(room, Comment(id=f"c{n}", author=Viewer(id=f"u{n}", name=name), text=text))
    stream = journal.value("SELECT stream FROM events ORDER BY seq DESC LIMIT 1")
    seqs = [journal.value("SELECT seq FROM events WHERE room = ? AND native_id = ?", (room, f"c{n}")) for n in numbers]
    rows = [(f"i{n}", seq, room, stream, 1_700_000_000_000 + n) for n, seq in zip(numbers, seqs, strict=True)]
    insert = "INSERT INTO issues (id,seq,room,stream,category,priority,rules,created_at) VALUES (?,?,?,?,'post.refund','P2','[\"退款\"]',?)"
    await journal.write(lambda conn: conn.executemany(insert, rows))


def publisher(journal: Journal, queue: IssueQueue, **options: int) -> IssuePublisher:
    return IssuePublisher(journal, queue, {"r1": "bridge"}, **options)


@contextlib.asynccontextmanager
async def at_work(service: IssuePublisher, journal: Journal) -> AsyncIterator[None]:
    task = asyncio.create_task(service.run(journal.bell.listen()))
    try:
        yield
        assert not task.done(), task
    finally:
        task.cancel()
        await asyncio.wait({task})


async def announced(queue: IssueQueue) -> list[str]:
    found: list[str] = []
    while batch := await queue.read("test", 1000):
        found += [delivery.id for delivery in batch]
    return found


async def reached(service: IssuePublisher, mark: int) -> None:
    await until(lambda: (service.mark or 0) > mark)


@pytest.fixture
def heard() -> AsyncIterator[list[str]]:  # type: ignore[misc]
    lines: list[str] = []
    handler = logger.add(lambda message: lines.append(f"{message.record['level'].name} {message.record['message']}"), level="INFO")
    yield lines
    logger.remove(handler)


@pytest.fixture
async def make(kind: str, tmp_path: Path) -> AsyncIterator[Callable[[], IssueQueue]]:
    async with backend(kind, tmp_path / "queue") as maker:
        yield maker


@pytest.fixture
async def journal(tmp_path: Path) -> AsyncIterator[Journal]:
    async with journal_at(tmp_path) as opened:
        yield opened


# ── on both homes ─────────────────────────────────────────────────────────────


@on_both
async def test_an_announcement_has_every_field_and_no_personal_data(make: Callable[[], IssueQueue], journal: Journal) -> None:
    before = Comment(id="b1", author=Viewer(id="u0", name="李四"), text="加我 13900000000")
    await journal.append("r1", before, received_at=1_700_000_000_000)
    await journal.append("r2", Comment(id="b2", author=Viewer(id="u0", name="别处"), text="别的直播间"))
    await flag(journal, 1)
    queue = make()
    assert await publisher(journal, queue).catch_up() == 1
    (delivery,) = await queue.read("c")
    fields = dict(delivery.fields)
    assert len(fields.pop("viewer")) == 16
    assert json.loads(fields.pop("context")) == [{"at": 1_700_000_000_000, "author": "李*", "text": "加我 139****0000"}]
    assert fields == {
        "id": "i1", "room": "r1", "platform": "bridge", "comment_id": "c1", "category": "post.refund", "priority": "P2",
        "text": "退款，电话 138****0000", "author": "张*", "created_at": "1700000000001", "rules": '["退款"]', "stream": "1", "seq": "1",
        "viewers": "1", "repeats": "0", "raid": "0", "also": "[]",
    }  # fmt: skip


@on_both
async def test_everything_arrives_once_and_in_order_while_more_comes(make: Callable[[], IssueQueue], journal: Journal) -> None:
    queue, service = make(), publisher(journal, make(), batch=7)
    async with at_work(service, journal):
        for start in range(1, 201, 20):
            await flag(journal, *range(start, start + 20))
        await until(lambda: service.backlog == 0)
    assert await announced(queue) == [f"i{n}" for n in range(1, 201)]


@on_both
async def test_a_restart_goes_on_where_the_queue_is(make: Callable[[], IssueQueue], journal: Journal) -> None:
    queue = make()
    await flag(journal, 1, 2)
    await publisher(journal, queue).catch_up()
    await flag(journal, 3)
    assert await publisher(journal, queue).catch_up() == 1
    assert await announced(queue) == ["i1", "i2", "i3"]


@on_both
async def test_a_wiped_state_folder_skips_nothing(make: Callable[[], IssueQueue], tmp_path: Path) -> None:
    queue = make()
    async with journal_at(tmp_path / "old") as journal:
        await flag(journal, 1, 2, 3)
        await publisher(journal, queue).catch_up()
    async with journal_at(tmp_path / "new") as journal:
        await flag(journal, 11, 12)
        await publisher(journal, queue).catch_up()
    assert await announced(queue) == ["i1", "i2", "i3", "i11", "i12"]


@on_both
async def test_a_restored_backup_doubles_nothing_and_skips_nothing(
    make: Callable[[], IssueQueue], tmp_path: Path, heard: list[str]
) -> None:
    queue = make()
    async with journal_at(tmp_path, "live.db") as journal:
        await flag(journal, 1, 2)
        name = journal.producer
    shutil.copy(tmp_path / "live.db", tmp_path / "backup.db")
    async with journal_at(tmp_path, "live.db") as journal:
        await flag(journal, 3, 4, 5)
        await publisher(journal, queue).catch_up()
    async with journal_at(tmp_path, "backup.db") as journal:
        assert journal.producer == name
        await flag(journal, 6)  # the mark 5 lies beyond 1, 2, 6
        await publisher(journal, queue).catch_up()
        assert journal.producer != name
    assert await announced(queue) == ["i1", "i2", "i3", "i4", "i5", "i6"]
    assert len([line for line in heard if line.startswith("WARNING")]) == 1


@on_both
async def test_two_daemons_feed_one_queue(make: Callable[[], IssueQueue], tmp_path: Path) -> None:
    async with journal_at(tmp_path / "a") as one, journal_at(tmp_path / "b") as two:
        first, second = publisher(one, make(), batch=3), publisher(two, make(), batch=4)
        async with at_work(first, one), at_work(second, two):
            await flag(one, *range(1, 41))
            await flag(two, *range(101, 141))
            await until(lambda: first.backlog == second.backlog == 0)
        found = await announced(make())
    assert [i for i in found if len(i) < 4] == [f"i{n}" for n in range(1, 41)]
    assert [i for i in found if len(i) == 4] == [f"i{n}" for n in range(101, 141)]


@on_both
@pytest.mark.parametrize("text", ["", "a\0b", "\u202eevil\u200b", "退" * 4000, "{}{x}%s", '"\\\n'])
async def test_no_comment_holds_up_the_others(make: Callable[[], IssueQueue], journal: Journal, text: str) -> None:
    await flag(journal, 1, text=text, name=text[:50])
    await flag(journal, 2)
    queue = make()
    await publisher(journal, queue).catch_up()
    first, second = await queue.read("c")
    assert first.fields["text"] == text
    assert second.id == "i2"


def test_a_megabyte_is_cut_where_no_number_shows() -> None:
    text = masking.masked("退" * (masking.LONGEST - 5) + "13800000000" + "x" * 1_000_000)
    assert len(text) == masking.LONGEST + 1
    assert text.endswith("退138**…")


def test_a_lone_surrogate_cannot_stop_the_wire() -> None:
    assert masking.whole("a\ud800b") == "a?b"


# ── against a server that dies and forgets ────────────────────────────────────


@needs_server
async def test_the_queue_away_is_said_once_and_back_once_and_nothing_is_lost(
    journal: Journal, tmp_path: Path, heard: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issues, "PATIENCE_S", 0.0)
    server = EmbeddedValkey(tmp_path / "q")
    queue = RedisQueue(server.url)
    service = publisher(journal, queue)
    async with at_work(service, journal):
        await flag(journal, 1, 2)
        await until(lambda: service.down_since is not None)
        await flag(journal, 3)
        assert service.backlog == 3
        running = asyncio.create_task(server.run())
        await until(lambda: service.backlog == 0 and service.down_since is None)
    assert await announced(queue) == ["i1", "i2", "i3"]
    assert [line.split()[0] for line in heard] == ["WARNING", "INFO"]
    await queue.close()
    running.cancel()
    await asyncio.wait({running})


@needs_server
async def test_a_server_that_is_back_at_once_is_not_worth_a_warning(journal: Journal, tmp_path: Path, heard: list[str]) -> None:
    async with valkey(tmp_path / "q") as server:
        queue = RedisQueue(server.url)
        service = publisher(journal, queue)
        async with at_work(service, journal):
            await flag(journal, 1)
            await until(lambda: service.backlog == 0)
            os.kill(server.pid or 0, signal.SIGKILL)
            await flag(journal, 2)
            await until(lambda: service.backlog == 0 and server.restarts == 1)
        assert await announced(queue) == ["i1", "i2"]
        await queue.close()
    assert not [line for line in heard if "补发" in line or "queue is away" in line]


@needs_server
@pytest.mark.parametrize("more", [False, True], ids=["in silence", "with the next issue"])
async def test_after_a_flush_everything_comes_back(journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: bool) -> None:
    monkeypatch.setattr(issues, "LOOK_S", 60.0 if more else 0.05)
    async with valkey(tmp_path / "q") as server:
        queue, raw = RedisQueue(server.url), Redis.from_url(server.url)
        service = publisher(journal, queue, batch=2)
        async with at_work(service, journal):
            await flag(journal, 1, 2, 3, 4, 5)
            await until(lambda: service.backlog == 0)
            await raw.flushall()
            if more:
                await flag(journal, 6)

            async def back() -> bool:
                return len(await queue.find(Filter())) == (6 if more else 5)

            await until(back)
        assert await announced(queue) == [f"i{n}" for n in range(1, 7 if more else 6)]
        await raw.aclose()
        await queue.close()


@needs_server
async def test_kills_under_load_with_the_tail_cut_lose_nothing_and_double_nothing(journal: Journal, tmp_path: Path) -> None:
    """The server is killed five times while issues flow, and each time loses up to a quarter of its file's end."""
    chance = random.Random(7)
    server = EmbeddedValkey(tmp_path / "q")
    queue = RedisQueue(server.url)
    service = publisher(journal, queue, batch=5)  # one over all kills: what it believes is older than what the server still has
    total = cuts = 0
    for _ in range(5):
        task = asyncio.create_task(server.run())
        await asyncio.wait_for(server.ready.wait(), 20)
        async with at_work(service, journal):
            for _ in range(6):
                await flag(journal, *range(total + 1, total + 11))
                total += 10
            await reached(service, total - 40)
            os.kill(server.pid or 0, signal.SIGSTOP)
            task.cancel()
            os.kill(server.pid or 0, signal.SIGKILL)
            await asyncio.wait({task})
        aof = next((tmp_path / "q").rglob("*.incr.aof"))
        cut = chance.randrange(aof.stat().st_size // 4)
        os.truncate(aof, aof.stat().st_size - cut)
        cuts += cut > 100
    assert cuts >= 3
    async with valkey(tmp_path / "q"):
        await service.catch_up()
        found = await announced(queue)
        assert sorted(found) == sorted({f"i{n}" for n in range(1, total + 1)})
        assert (await queue.health()).depth == total
        await queue.close()
    assert not list((tmp_path / "q").rglob("quarantine-*"))


@needs_server
async def test_a_damaged_file_is_published_anew(journal: Journal, tmp_path: Path) -> None:
    await flag(journal, *range(1, 31))
    async with valkey(tmp_path / "q") as server:
        queue = RedisQueue(server.url)
        await publisher(journal, queue).catch_up()
        await queue.close()
    aof = next((tmp_path / "q").rglob("*.incr.aof"))
    data = bytearray(aof.read_bytes())
    data[100:120] = b"\xff" * 20
    aof.write_bytes(data)
    async with valkey(tmp_path / "q") as server:
        queue = RedisQueue(server.url)
        await publisher(journal, queue).catch_up()
        assert await announced(queue) == [f"i{n}" for n in range(1, 31)]
        await queue.close()
