"""The journal of a state folder, with the keys to what viewers wrote and the tables of the queue that may live in it."""

import sqlite3
from contextlib import AsyncExitStack, closing
from pathlib import Path

from loguru import logger

from livebot.deliver import queue_journal
from livebot.errors import ConfigError, Problem
from livebot.keep.journal import Journal
from livebot.keep.seal import KeyedSealer
from livebot.language import say


async def open_journal(stack: AsyncExitStack, folder: Path) -> Journal:
    """The journal with the keys to what viewers wrote, to be closed with `stack`. Raises ConfigError."""
    keys = folder / "keys.db"
    fresh = not keys.exists()
    sealer = stack.enter_context(closing(_open_sealer(keys)))
    journal = await Journal.open(folder / "journal.db", sealer=sealer, schema=queue_journal.SCHEMA)
    stack.push_async_callback(journal.close)
    if fresh and journal.value("SELECT EXISTS (SELECT 1 FROM events WHERE typeof(text) = 'blob')"):
        zh = "{} 不见了，建了新的：以前的原话和名字读不出来。有备份就先停下，放回去，再启动。"
        en = "{} was gone, a new one was made: earlier words and names cannot be read. With a backup: stop, put it back, start again."
        logger.error(say(zh, en), keys)
    return journal


def _open_sealer(path: Path) -> KeyedSealer:
    try:
        return KeyedSealer(path)
    except (OSError, sqlite3.DatabaseError) as error:
        zh = f"密钥文件打不开（{error}）。没有它，日志里观众写的话谁也读不了：请从备份恢复，或换一个 [state] dir。"
        en = f"no file of keys ({error}). What viewers wrote cannot be read without it: restore it, or set another [state] dir."
        raise ConfigError([Problem(file=str(path), zh=zh, en=en)]) from error
