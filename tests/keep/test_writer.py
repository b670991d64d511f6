"""The writer groups commits, takes no neighbour down, and waits for a disk or a lock instead of losing anything."""

import asyncio
import sqlite3
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from livebot.errors import Unavailable
from livebot.keep import writer as writer_module
from livebot.keep.writer import Writer, insert_many


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "t.db"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "RETRY_S", 0.02)


def connect(path: Path, *pragmas: str) -> Callable[[], sqlite3.Connection]:
    def opened() -> sqlite3.Connection:
        conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("CREATE TABLE IF NOT EXISTS t (n INTEGER PRIMARY KEY, text TEXT)")
        for pragma in pragmas:
            conn.execute(f"PRAGMA {pragma}")
        return conn

    return opened


def put(n: int, text: str = "") -> Callable[[sqlite3.Connection], int]:
    return lambda conn: conn.execute("INSERT INTO t VALUES (?,?)", (n, text)).rowcount


def stored(path: Path) -> list[int]:
    conn = sqlite3.connect(path)
    try:
        return [n for (n,) in conn.execute("SELECT n FROM t ORDER BY n")]
    finally:
        conn.close()


def commits(writer: Writer) -> int:
    return sum(writer.commits.counts)


async def test_what_waits_together_is_committed_together(path: Path) -> None:
    rings: list[int] = []
    writer = Writer(connect(path), lambda: rings.append(1))
    futures = [writer.submit(put(n)) for n in range(1000)]
    assert [await future for future in futures] == [1] * 1000
    assert commits(writer) == len(rings) == 1
    await writer.close()
    assert stored(path) == list(range(1000))


async def test_work_that_comes_during_a_commit_goes_into_the_next_one(path: Path) -> None:
    writer = Writer(connect(path), lambda: None)
    first = writer.submit(put(0))
    await asyncio.sleep(0)  # handed over
    later = [writer.submit(put(n)) for n in (1, 2)]
    await asyncio.wait({first, *later})
    assert commits(writer) == 2
    await writer.close()


async def test_one_failing_work_takes_no_neighbour_down(path: Path) -> None:
    writer = Writer(connect(path), lambda: None)
    futures = [writer.submit(put(n)) for n in (1, 2, 2, 3)]
    futures.append(writer.submit(lambda conn: 1 / 0))
    done = [(await asyncio.wait({future}))[0].pop().exception() for future in futures]
    assert [type(error) for error in done] == [type(None), type(None), sqlite3.IntegrityError, type(None), ZeroDivisionError]
    await writer.close()
    assert stored(path) == [1, 2, 3]


async def test_a_waiter_that_goes_away_harms_nobody(path: Path) -> None:
    writer = Writer(connect(path), lambda: None)
    futures = [writer.submit(put(n)) for n in range(3)]
    futures[1].cancel()
    assert await futures[2] == 1
    await writer.close()
    assert stored(path) == [0, 1, 2]


async def test_a_full_disk_is_waited_for(path: Path, log: list[str]) -> None:
    writer = Writer(connect(path, "max_page_count = 30"), lambda: None)
    big = [writer.submit(put(n, "x" * 1000)) for n in range(300)]
    after = writer.submit(put(1000))
    async with asyncio.timeout(40):
        while not log:
            await asyncio.sleep(0.01)
    await asyncio.wait({after}, timeout=0.15)
    assert not after.done()
    assert not any(future.done() for future in big)
    assert [line[:5] for line in log] == ["ERROR"], "said once, however often it was tried"
    assert stored(path) == []
    writer._thread.submit(lambda: writer._conn.execute("PRAGMA max_page_count = 100000")).result()  # somebody made room
    assert await after == 1
    assert [await future for future in big] == [1] * 300
    assert [line.split()[0] for line in log] == ["ERROR", "INFO"]
    await writer.close()
    assert len(stored(path)) == 301


async def test_works_that_are_through_are_not_run_again_when_the_disk_fills_up_between_two(path: Path) -> None:
    """A batch with a bad work is tried one by one; the disk fills up on the way: what is committed stays committed, once."""
    writer = Writer(connect(path, "max_page_count = 30"), lambda: None)
    runs: list[str] = []

    def work(name: str, text: str) -> Callable[[sqlite3.Connection], None]:
        def run(conn: sqlite3.Connection) -> None:
            runs.append(name)
            conn.execute("INSERT INTO t (text) VALUES (?)", (name + text,))

        return run

    small = writer.submit(work("small", ""))
    bad = writer.submit(lambda conn: 1 / 0)
    huge = writer.submit(work("huge", "x" * 500_000))
    await small
    with pytest.raises(ZeroDivisionError):
        await bad
    await asyncio.wait({huge}, timeout=0.1)
    assert not huge.done()
    assert runs.count("small") == 2, "once with all, once alone"
    writer._thread.submit(lambda: writer._conn.execute("PRAGMA max_page_count = 100000")).result()
    await huge
    assert runs.count("small") == 2
    await writer.close()
    assert stored(path) == [1, 2]


async def test_closing_on_a_full_disk_does_not_hang_and_says_what_was_not_saved(path: Path) -> None:
    writer = Writer(connect(path, "max_page_count = 30"), lambda: None)
    kept = writer.submit(put(1))
    await kept
    lost = [writer.submit(put(n, "x" * 1000)) for n in range(2, 300)]
    async with asyncio.timeout(3):
        await writer.close()
    for future in lost:
        with pytest.raises(Unavailable):
            await future
    assert stored(path) == [1]
    with pytest.raises(RuntimeError):
        writer.submit(put(7))


async def test_closing_under_load_saves_all_that_was_handed_over(path: Path) -> None:
    writer = Writer(connect(path), lambda: None)
    futures = []
    for n in range(200):
        futures.append(writer.submit(put(n)))
        await asyncio.sleep(0)
    await writer.close()
    assert all(future.done() and future.exception() is None for future in futures)
    assert stored(path) == list(range(200))


LOCKER = """
import sqlite3, sys
conn = sqlite3.connect(sys.argv[1], isolation_level=None)
conn.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.readline()
conn.execute("COMMIT")
print("free", flush=True)
"""


@contextmanager
def locked(path: Path) -> Iterator[Callable[[], None]]:
    """Another process holds the lock; the call lets it go."""
    with subprocess.Popen([sys.executable, "-c", LOCKER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin
        assert other.stdout
        into, out = other.stdin, other.stdout
        assert out.readline() == "locked\n"

        def let_go() -> None:
            into.write("\n")
            into.flush()
            assert out.readline() == "free\n"

        yield let_go


async def test_a_lock_that_another_process_holds_for_long_is_waited_for(path: Path, log: list[str]) -> None:
    writer = Writer(connect(path, "busy_timeout = 30"), lambda: None)
    await writer.submit(put(0))
    with locked(path) as let_go:
        future = writer.submit(put(1))
        await asyncio.wait({future}, timeout=0.3)
        assert not future.done()
        assert len(log) == 1
        let_go()
        assert await future == 1
    assert len(log) == 2
    await writer.close()


async def test_a_lock_that_is_let_go_in_time_is_waited_for_beside_the_loop(path: Path, log: list[str]) -> None:
    writer = Writer(connect(path, "busy_timeout = 30000"), lambda: None)
    await writer.submit(put(0))
    with locked(path) as let_go:
        future = writer.submit(put(1))
        async with asyncio.timeout(20):  # a loop that waited for the lock would stand still for all of the 30 s
            for _ in range(100):
                await asyncio.sleep(0)
        assert not future.done()
        let_go()
        assert await future == 1
        assert await writer.submit(put(2)) == 1
    assert log == []
    await writer.close()
    assert stored(path) == [0, 1, 2]


async def test_the_loop_does_the_work_and_a_thread_the_commit(path: Path) -> None:
    ending: list[int] = []
    writer = Writer(connect(path), lambda: None, before_commit=lambda: ending.append(threading.get_ident()))
    assert await writer.submit(lambda conn: threading.get_ident()) == threading.get_ident()
    assert len(ending) == 1
    assert ending[0] != threading.get_ident()
    await writer.close()


async def test_a_commit_that_fails_is_made_again_with_its_work(path: Path) -> None:
    """What must be durable before the commit (the keys) may fail: with the disk, which is waited for, or by a bug."""
    troubles: list[Exception] = [full := sqlite3.OperationalError("database or disk is full"), ZeroDivisionError()]
    full.sqlite_errorcode = sqlite3.SQLITE_FULL

    def before() -> None:
        if troubles:
            raise troubles.pop(0)

    writer = Writer(connect(path), lambda: None, before_commit=before)
    assert [await one for one in [writer.submit(put(n)) for n in (1, 2)]] == [1, 1]
    assert not troubles
    await writer.close()
    assert stored(path) == [1, 2]


async def test_an_error_of_python_s_own_making_is_no_reason_to_wait(path: Path) -> None:
    writer = Writer(connect(path), lambda: None)

    def work(conn: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("Could not decode to UTF-8 column")  # carries no sqlite_errorcode

    with pytest.raises(sqlite3.OperationalError):
        await writer.submit(work)
    assert await writer.submit(put(1)) == 1
    await writer.close()


async def test_a_file_that_cannot_be_opened_leaves_no_thread_behind(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        Writer(connect(tmp_path / "missing" / "t.db"), lambda: None)


FULL_DISK = textwrap.dedent("""
    import asyncio, resource, sys
    from pathlib import Path
    from livebot.decide.events import Comment, Viewer
    from livebot.keep import writer
    from livebot.keep.journal import Journal
    writer.RETRY_S = 0.02

    async def main():
        journal = await Journal.open(Path(sys.argv[1]))
        def say(n):
            return asyncio.shield(journal.append("r", Comment(id=str(n), author=Viewer(), text="x" * 10_000)))
        for n in range(10):
            await say(n)
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        size = (Path(sys.argv[1] + "-wal")).stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20_000, hard))
        waiting = [say(n) for n in range(10, 100)]
        done, _ = await asyncio.wait(waiting, timeout=0.2)
        assert not done, done
        assert len(journal.read("SELECT 1 FROM events")) == 10
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        await asyncio.wait(waiting)
        assert [int(n) for (n,) in journal.read("SELECT native_id FROM events ORDER BY seq")] == list(range(100))
        await journal.close()
    asyncio.run(main())
""")


@pytest.mark.skipif(sys.platform == "win32", reason="no RLIMIT_FSIZE here")
async def test_a_file_that_may_not_grow_loses_nothing(tmp_path: Path) -> None:
    script = [sys.executable, "-c", FULL_DISK, str(tmp_path / "j.db")]
    process = await asyncio.to_thread(subprocess.run, script, capture_output=True, text=True, timeout=30, check=False)
    assert process.returncode == 0, process.stderr


def test_insert_many_takes_any_number_of_rows() -> None:
    for count in (0, 1, 3, 4, 5, 31, 33, 256, 300, 777):
        conn = sqlite3.connect(":memory:")
        conn.execute("CREATE TABLE t (a PRIMARY KEY, b)")
        assert insert_many(conn, "INSERT OR IGNORE INTO t VALUES", 2, [(n, -n) for n in range(count)]) == count
        assert insert_many(conn, "INSERT OR IGNORE INTO t VALUES", 2, [(n, 0) for n in range(count + 2)]) == 2
        assert conn.execute("SELECT count(*) FROM t WHERE b = -a").fetchone() == (count + (count == 0),) or count == 0
        conn.close()
