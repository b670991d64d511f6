"""One thread that commits: all that was handed over since the last commit goes into the next one (group commit)."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from loguru import logger

from livebot.errors import Unavailable
from livebot.keep import clock
from livebot.keep.seams import seam
from livebot.keep.spread import Spread
from livebot.language import say

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], Any]
RETRY_S = 1.0


def insert_many(conn: sqlite3.Connection, head: str, columns: int, rows: Sequence[Iterable[Any]]) -> int:
    """Inserts rows in few statements (each step of SQLite gives up the GIL, so one statement a row would stall a busy loop).

    `head` is "INSERT … INTO table (…) VALUES"; returns how many rows were inserted.
    """
    done = start = 0
    one = "(" + ",".join("?" * columns) + ")"
    while start < len(rows):
        left = len(rows) - start
        size = 256 if left >= 256 else 32 if left >= 32 else 4 if left >= 4 else 1
        values = [value for row in rows[start : start + size] for value in row]
        done += conn.execute(f"{head} {','.join([one] * size)}", values).rowcount
        start += size
    return done


class Writer:
    """Hands batches of work to the writer thread. A batch is one transaction; `committed` is called in the loop after each."""

    def __init__(self, connect: Callable[[], sqlite3.Connection], committed: Callable[[], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self._conn = self._thread.submit(connect).result()
        self._committed = committed
        self.commits = Spread()
        self._waiting: list[tuple[Work, asyncio.Future[Any]]] = []
        self._busy = self._closed = self._down = False

    def submit(self, work: Callable[[sqlite3.Connection], T]) -> "asyncio.Future[T]":
        """Runs `work` in the next transaction; the future is done after the commit. `work` may run twice, if a neighbour fails."""
        if self._closed:
            raise RuntimeError("the journal is closed")
        future: asyncio.Future[T] = self._loop.create_future()
        if not self._waiting and not self._busy:
            self._loop.call_soon(self._hand_over)
        self._waiting.append((work, future))
        return future

    def _hand_over(self) -> None:
        if self._waiting and not self._busy:
            batch, self._waiting, self._busy = self._waiting, [], True
            job = self._thread.submit(self._transaction, [work for work, _ in batch])
            job.add_done_callback(lambda done: self._loop.call_soon_threadsafe(self._finish, batch, done))

    def _transaction(self, works: list[Work]) -> list[tuple[Any, Exception | None]]:
        try:
            return self._together(works)
        except Exception as error:
            if _is_storage(error):
                raise
        results: list[tuple[Any, Exception | None]] = []
        for work in works:  # one of them is at fault: each alone, so that it takes no neighbour down
            try:
                results += self._together([work])
            except Exception as error:
                if _is_storage(error):
                    raise
                results.append((None, error))
        return results

    def _together(self, works: list[Work]) -> list[tuple[Any, Exception | None]]:
        began = clock.monotonic()
        self._conn.execute("BEGIN IMMEDIATE")
        try:
            results = [(work(self._conn), None) for work in works]
            seam("journal.before_commit")
            self._conn.execute("COMMIT")
            seam("journal.after_commit")
            self.commits.add(clock.monotonic() - began)
        except BaseException:
            if self._conn.in_transaction:
                self._conn.execute("ROLLBACK")
            raise
        return list(results)

    def _finish(self, batch: list[tuple[Work, "asyncio.Future[Any]"]], job: "Future[list[tuple[Any, Exception | None]]]") -> None:
        failure = job.exception()
        if failure is not None and not self._closed and _is_storage(failure):
            self._warn(failure)  # the disk may be mended: nothing is dropped, everything waits
            self._waiting = batch + self._waiting
            self._loop.call_later(RETRY_S, self._retry)
            return
        if self._down:
            self._down = False
            logger.info(say("日志可以写入了，积压的内容已经保存。", "The journal can be written again; what waited has been saved."))
        self._busy = False
        if failure is not None:
            for _, future in batch:
                _settle(future, None, failure)
        else:
            for (_, future), (result, error) in zip(batch, job.result(), strict=True):
                _settle(future, result, error)
        self._committed()
        self._hand_over()

    def _retry(self) -> None:
        self._busy = False
        self._hand_over()

    def _warn(self, error: BaseException) -> None:
        if not self._down:
            self._down = True
            logger.error(
                say(
                    f"日志写不进去（{error}）：请检查磁盘空间。livebot 会停止读取并不断重试，什么都不会丢。",
                    f"The journal cannot be written ({error}): check the disk. livebot stops reading and keeps trying; nothing is lost.",
                )
            )

    async def close(self) -> None:
        """Commits what waits, checkpoints and closes; work that cannot be saved gets Unavailable."""
        while (self._waiting or self._busy) and not self._down:
            await asyncio.wrap_future(self._thread.submit(lambda: None))
            await asyncio.sleep(0)
        self._closed = True
        for _, future in self._waiting:
            _settle(future, None, Unavailable("日志已关闭", "the journal is closed"))
        await asyncio.wrap_future(self._thread.submit(self._conn.close))
        self._thread.shutdown()


def _is_storage(error: BaseException) -> bool:
    """A full disk, a failing one or a lock held too long: time or a person mends it, no row is at fault."""
    return isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode & 0xFF in {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
    }


def _settle(future: "asyncio.Future[Any]", result: object, error: BaseException | None) -> None:
    if future.cancelled():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)
