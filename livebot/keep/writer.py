"""Group commit: all that was handed over since the last one goes into the next. The loop does the work, a thread waits for the disk."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain
from typing import Any, TypeVar

from loguru import logger

from livebot.errors import Unavailable
from livebot.keep import clock
from livebot.keep.seams import seam
from livebot.keep.spread import Spread
from livebot.language import say

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], Any]
Waiting = tuple[Work, "asyncio.Future[Any]"]
Outcome = tuple[list[tuple[Any, Exception | None]], Exception | None]
RETRY_S = 1.0


def insert_many(conn: sqlite3.Connection, head: str, columns: int, rows: Sequence[Iterable[Any]]) -> int:
    """Inserts rows in few statements (docs/decisions/0005).

    `head` is "INSERT … INTO table (…) VALUES"; returns how many rows were inserted.
    """
    done = start = 0
    one = "(" + ",".join("?" * columns) + ")"
    while start < len(rows):
        left = len(rows) - start
        size = min(256, 1 << left.bit_length() - 1) if left >= 8 else left  # few different statements: they stay prepared
        values = list(chain.from_iterable(rows[start : start + size]))
        done += conn.execute(f"{head} {','.join([one] * size)}", values).rowcount
        start += size
    return done


class Writer:
    """Does batches of work, each in one transaction: in the loop, up to the commit, which a thread makes; all in the thread where another
    process holds the lock, or where one work is at fault (docs/decisions/0011).

    Two callbacks run in the loop: `sealed` when a batch is closed (nothing can join it any more), `committed` after each batch;
    `before_commit` runs in the thread, before each transaction is committed.
    """

    def __init__(
        self,
        connect: Callable[[], sqlite3.Connection],
        committed: Callable[[], None],
        sealed: Callable[[], None] = lambda: None,
        before_commit: Callable[[], None] = lambda: None,
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="journal")
        try:
            self._conn = self._thread.submit(connect).result()
        except BaseException:
            self._thread.shutdown()
            raise
        (self._patience_ms,) = self._conn.execute("PRAGMA busy_timeout").fetchone()
        self._conn.execute("PRAGMA busy_timeout = 0")  # the loop waits for nobody
        self._committed, self._sealed, self._before_commit = committed, sealed, before_commit
        self.commits = Spread()
        self._waiting: list[Waiting] = []
        self._busy = self._closed = self._down = False

    @property
    def backlog(self) -> int:
        """Works that are not yet handed to the thread."""
        return len(self._waiting)

    def submit(self, work: Callable[[sqlite3.Connection], T]) -> "asyncio.Future[T]":
        """Runs `work` in the next transaction; the future is done after the commit. `work` may run again if its transaction failed."""
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
            self._sealed()
            works, began = [work for work, _ in batch], clock.monotonic()
            try:
                results = self._begun(works)
            except Exception as error:
                job = self._thread.submit(self._with_care, works, error)
            else:
                job = self._thread.submit(self._end, works, results, began)
            job.add_done_callback(lambda done: self._loop.call_soon_threadsafe(self._finish, batch, done))

    def _begun(self, works: list[Work]) -> list[Any]:
        """A transaction without its end, in which the works are done; none at all where one of them failed."""
        try:
            self._conn.execute("BEGIN IMMEDIATE")
            return [work(self._conn) for work in works]
        except BaseException:
            self._roll_back()
            raise

    def _end(self, works: list[Work], results: list[Any], began: float) -> Outcome:
        """In the thread. Commits what was begun."""
        try:
            self._commit(began)
        except Exception as error:
            return self._with_care(works, error)
        return [(result, None) for result in results], None

    def _commit(self, began: float) -> None:
        try:
            self._before_commit()
            seam("journal.before_commit")
            self._conn.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise
        seam("journal.after_commit")
        self.commits.add(clock.monotonic() - began)

    def _with_care(self, works: list[Work], error: Exception) -> Outcome:
        """In the thread, after an error. What came of the works that are through, and the storage trouble that stopped the others."""
        if _is_lock(error):  # now with patience
            try:
                return [(result, None) for result in self._together(works)], None
            except Exception as again:
                error = again
        if _is_storage(error):
            return [], error
        results: list[tuple[Any, Exception | None]] = []
        for work in works:  # one of them is at fault: each alone, so that it takes no neighbour down
            try:
                results.append((self._together([work])[0], None))
            except Exception as error:
                if _is_storage(error):
                    return results, error
                results.append((None, error))
        return results, None

    def _together(self, works: list[Work]) -> list[Any]:
        """In the thread. One transaction, which waits for whoever holds the lock."""
        began = clock.monotonic()
        self._conn.execute(f"PRAGMA busy_timeout = {self._patience_ms}")
        try:
            results = self._begun(works)
            self._commit(began)
        finally:
            self._conn.execute("PRAGMA busy_timeout = 0")
        return results

    def _roll_back(self) -> None:
        if self._conn.in_transaction:
            self._conn.execute("ROLLBACK")

    def _finish(self, batch: list[Waiting], job: "Future[Outcome]") -> None:
        results, trouble = job.result()
        for (_, future), (result, error) in zip(batch, results, strict=False):
            _settle(future, result, error)
        if results:
            self._committed()
        if trouble is None:
            self._busy = False
            self._up()
            self._loop.call_soon(self._hand_over)  # whoever waited for this commit goes first: what follows from it joins the next one
            return
        self._waiting = batch[len(results) :] + self._waiting  # the disk may be mended: nothing is dropped, everything waits
        self._warn(trouble)
        if self._closed:
            self._give_up()
        else:
            self._loop.call_later(RETRY_S, self._retry)

    def _retry(self) -> None:
        self._busy = False
        self._hand_over()

    def _up(self) -> None:
        if self._down:
            self._down = False
            logger.info(say("日志可以写入了，积压的内容已经保存。", "The journal can be written again; what waited has been saved."))

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
        """Commits what waits, checkpoints and closes; work that cannot be saved gets Unavailable. A second time does nothing."""
        if self._closed:
            return
        while (self._waiting or self._busy) and not self._down:
            await asyncio.wrap_future(self._thread.submit(lambda: None))
            await asyncio.sleep(0)
        self._closed = True
        self._give_up()
        await asyncio.wrap_future(self._thread.submit(self._conn.close))
        self._thread.shutdown()

    def _give_up(self) -> None:
        waiting, self._waiting = self._waiting, []
        for _, future in waiting:
            _settle(future, None, Unavailable("日志已关闭，没有保存", "the journal was closed before this was saved"))


def _is_lock(error: BaseException) -> bool:
    return _code(error) == sqlite3.SQLITE_BUSY


def _is_storage(error: BaseException) -> bool:
    """A full disk, a failing one or a lock held too long: time or a person mends it, no row is at fault."""
    return _code(error) in {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
    }


def _code(error: BaseException) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF if isinstance(error, sqlite3.OperationalError) else 0


def _settle(future: "asyncio.Future[Any]", result: object, error: BaseException | None) -> None:
    if future.cancelled():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)
        future.exception()  # whoever submitted may not wait for it
