"""What tests of several rooms share: journals that close themselves, patience without fixed sleeps, and what the log said."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from fixture_types import Opener, Waiter
from hypothesis import settings
from loguru import logger

from livebot import language
from livebot.decide.events import Comment, Viewer
from livebot.keep import clock, outbox
from livebot.keep.journal import Journal

settings.register_profile("house", deadline=None)  # a busy machine is no failure
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    language.use("zh")
    yield
    language.use("zh")


@pytest.fixture
def log() -> Iterator[list[str]]:
    """Lines "LEVEL message", as they are logged."""
    lines: list[str] = []
    handle = logger.add(lambda message: lines.append(f"{message.record['level'].name} {message.record['message']}"), level="DEBUG")
    yield lines
    logger.remove(handle)


@pytest.fixture
async def open_journal(tmp_path: Path) -> AsyncIterator[Opener]:
    """`await open_journal(name="journal.db", rooms=("r",))`: real files, closed at the end unless the test did."""
    opened: list[Journal] = []

    async def opener(name: str = "journal.db", rooms: tuple[str, ...] = ("r",)) -> Journal:
        journal = await Journal.open(tmp_path / name)
        opened.append(journal)
        rows = [(room,) for room in rooms]
        await journal.write(lambda conn: conn.executemany("INSERT OR IGNORE INTO rooms (name, platform) VALUES (?, 'test')", rows))
        return journal

    yield opener
    for journal in opened:
        await journal.close()


@pytest.fixture
def wait_until() -> Waiter:
    async def wait_until(true: Callable[[], object], seconds: float = 40.0) -> None:
        async with asyncio.timeout(seconds):
            while not true():
                await asyncio.sleep(0.005)

    return wait_until


@pytest.fixture
def add_reply() -> Callable[..., Awaitable[outbox.OutboxRow]]:
    """`await add_reply(journal, id, state="queued", room="r", expires_in=60_000, text="看页面")`: a row of the outbox, and its comment."""

    async def add(
        journal: Journal, id_: str, state: str = "queued", *, room: str = "r", expires_in: int = 60_000, text: str = "看页面"
    ) -> outbox.OutboxRow:
        await asyncio.shield(journal.append(room, Comment(id=f"c-{id_}", author=Viewer(), text="?")))
        seq, now = journal.value("SELECT max(seq) FROM events"), clock.now_ms()
        values = (id_, seq, room, journal.stream_of(room), "answer", "faq", text, f"c-{id_}", state, now, now + expires_in, now)
        columns = "id,seq,room,stream,kind,rule,text,reply_to,state,created_at,expires_at,changed_at"
        await journal.write(lambda conn: conn.execute(f"INSERT INTO replies ({columns}) VALUES ({','.join('?' * 12)})", values))
        return outbox.rows(journal, "id = ?", (id_,))[0]

    return add
