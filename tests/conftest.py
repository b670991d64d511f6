"""What tests of several rooms share: journals that close themselves, patience without fixed sleeps, and what the log said."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from loguru import logger

from livebot.keep.journal import Journal

Opener = Callable[..., Awaitable[Journal]]


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
def wait_until() -> Callable[..., Awaitable[None]]:
    async def wait_until(true: Callable[[], object], seconds: float = 10.0) -> None:
        async with asyncio.timeout(seconds):
            while not true():
                await asyncio.sleep(0.005)

    return wait_until
