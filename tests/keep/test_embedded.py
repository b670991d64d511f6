"""The embedded server: comes up, stays up, ends with livebot, never shares its data, survives torn and damaged files."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from redis.asyncio import Redis

from livebot.errors import Unavailable
from livebot.keep import embedded, server_binary
from livebot.keep.embedded import EmbeddedValkey

pytestmark = pytest.mark.skipif(server_binary.available() is not None, reason=f"no embedded server here: {server_binary.available()}")


@contextlib.asynccontextmanager
async def running(server: EmbeddedValkey) -> AsyncIterator[Redis]:
    task = asyncio.create_task(server.run())
    client = Redis.from_url(server.url, decode_responses=True)
    try:
        async with asyncio.timeout(20):
            done, _ = await asyncio.wait({task, ready := asyncio.create_task(server.ready.wait())}, return_when="FIRST_COMPLETED")
            if task in done:
                ready.cancel()
                task.result()
        yield client
    finally:
        await client.aclose()
        task.cancel()
        await asyncio.wait({task})


async def until(true: Callable[[], bool], seconds: float = 40.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.01)


async def restarted(server: EmbeddedValkey, before: int) -> None:
    await until(lambda: server.ready.is_set() and server.pid != before)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return not Path(f"/proc/{pid}/stat").exists() or Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] != "Z"


async def test_keeps_what_it_was_given_and_is_set_up_to_lose_nothing(tmp_path: Path) -> None:
    async with running(EmbeddedValkey(tmp_path)) as client:
        await client.set("a", "1")
        for name, value in {"maxmemory-policy": "noeviction", "appendonly": "yes", "appendfsync": "everysec", "save": ""}.items():
            assert (await client.config_get(name))[name] == value
    async with running(EmbeddedValkey(tmp_path)) as client:
        assert await client.get("a") == "1"


async def test_other_programs_reach_it_with_the_password_and_only_with_it(tmp_path: Path) -> None:
    server = EmbeddedValkey(tmp_path)
    async with running(server):
        url = (tmp_path / "redis.url").read_text().strip()
        assert (tmp_path / "redis.url").stat().st_mode & 0o777 == 0o600
        assert (tmp_path / "valkey").stat().st_mode & 0o777 == 0o700
        other = Redis.from_url(url)
        assert await other.ping()
        await other.aclose()
        stranger = Redis.from_url("redis://" + url.partition("@")[2])
        with pytest.raises(Exception, match="uthenticat"):
            await stranger.ping()
        await stranger.aclose()
    async with running(EmbeddedValkey(tmp_path)):
        assert (tmp_path / "redis.url").read_text().strip() == url  # consumers' settings survive a restart


async def test_comes_back_after_a_kill(tmp_path: Path) -> None:
    server = EmbeddedValkey(tmp_path)
    async with running(server) as client:
        await client.set("a", "1")
        before = server.pid or 0
        os.kill(before, signal.SIGKILL)
        await restarted(server, before)
        assert server.restarts == 1
        other = Redis.from_url(server.url)
        assert await other.get("a") == b"1"
        await other.aclose()


async def test_two_never_share_a_folder(tmp_path: Path) -> None:
    async with running(EmbeddedValkey(tmp_path)):
        with pytest.raises(Unavailable, match=str(os.getpid())):
            await EmbeddedValkey(tmp_path).run()


async def test_a_folder_with_a_very_long_name(tmp_path: Path) -> None:
    folder = tmp_path / ("直播间" * 20) / "状态"
    server = EmbeddedValkey(folder)
    async with running(server) as client:
        assert await client.ping()
        socket = Path(server.url.removeprefix("unix://").partition("?")[0])
        assert len(os.fsencode(socket)) <= embedded.SOCKET_LIMIT
        assert socket.parent.stat().st_mode & 0o777 == 0o700
    assert not socket.exists()


async def test_a_torn_tail_starts_with_what_is_whole(tmp_path: Path) -> None:
    async with running(EmbeddedValkey(tmp_path)) as client:
        for i in range(100):
            await client.set(f"k{i}", "v" * 50)
    aof = next((tmp_path / "valkey" / "data").rglob("*.incr.aof"))
    os.truncate(aof, aof.stat().st_size - 30)
    async with running(EmbeddedValkey(tmp_path)) as client:
        assert await client.get("k98") == "v" * 50
        assert await client.get("k99") is None
    assert not list((tmp_path / "valkey").glob("quarantine-*"))


async def test_a_damaged_file_is_put_aside_and_the_server_starts_empty(tmp_path: Path) -> None:
    async with running(EmbeddedValkey(tmp_path)) as client:
        for i in range(100):
            await client.set(f"k{i}", "v" * 50)
    aof = next((tmp_path / "valkey" / "data").rglob("*.incr.aof"))
    damaged = bytearray(aof.read_bytes())
    damaged[len(damaged) // 2 - 80 : len(damaged) // 2] = b"\xff" * 80
    aof.write_bytes(damaged)
    async with running(EmbeddedValkey(tmp_path)) as client:
        assert await client.dbsize() == 0
        await client.set("new", "1")
    (aside,) = (tmp_path / "valkey").glob("quarantine-*")
    assert next(aside.rglob("*.incr.aof")).read_bytes() == bytes(damaged)


LIVEBOT = textwrap.dedent("""
    import asyncio, sys
    from pathlib import Path
    from livebot.keep.embedded import EmbeddedValkey

    async def main():
        server = EmbeddedValkey(Path(sys.argv[1]))
        async with asyncio.TaskGroup() as group:
            group.create_task(server.run())
            await server.ready.wait()
            print(server.pid, flush=True)

    asyncio.run(main())
""")


@pytest.fixture
def daemon(tmp_path: Path):  # type: ignore[no-untyped-def]
    process = subprocess.Popen([sys.executable, "-c", LIVEBOT, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.mark.skipif(sys.platform != "linux", reason="PR_SET_PDEATHSIG is Linux's own")
async def test_kill_9_of_livebot_leaves_no_server_behind(tmp_path: Path, daemon: "subprocess.Popen[str]") -> None:
    pid = int(daemon.stdout.readline())  # type: ignore[union-attr]
    daemon.kill()
    await until(lambda: not alive(pid))
    async with running(EmbeddedValkey(tmp_path)) as client:
        assert await client.ping()


async def test_a_server_that_outlived_its_livebot_is_ended_before_the_next_one_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on macOS, which has no PR_SET_PDEATHSIG: the orphan holds the lock that it inherited."""
    orphan = EmbeddedValkey(tmp_path)
    monkeypatch.setattr(embedded, "_LAUNCH", "import os, sys; os.execv(sys.argv[2], sys.argv[2:])")
    await orphan._take_data()
    process = await orphan._start(server_binary.find_server())  # type: ignore[arg-type]
    assert await orphan._answers(process)
    os.close(orphan._lock)  # type: ignore[arg-type]
    try:
        server = EmbeddedValkey(tmp_path)
        async with running(server) as client:
            assert await client.ping()
            assert server.pid != process.pid
            assert process.returncode is not None or await asyncio.wait_for(process.wait(), 5) is not None
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()


async def test_it_is_small_and_quick(tmp_path: Path) -> None:
    server = EmbeddedValkey(tmp_path)
    async with running(server) as client:
        assert (await client.info("memory"))["used_memory_rss"] < 20_000_000
