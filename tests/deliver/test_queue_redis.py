"""What only Redis can do wrong: other topologies, policies that drop data, silence, keys of somebody else."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from queue_backends import issue, needs_server, until, valkey
from redis.asyncio import Redis
from redis.crc import key_slot

from livebot.decide.hours import always
from livebot.decide.issue_states import ISSUE_STATES
from livebot.decide.sla import Sla, Target
from livebot.decide.teams import TEAMS
from livebot.deliver import redis_client
from livebot.deliver.acts_redis import CLAIM, HAND_OVER, NOTE, RELEASE, STATE
from livebot.deliver.desk.clocks import Clocks
from livebot.deliver.desk.inbox import Inbox, Wanted
from livebot.deliver.desk.issue_acts import IssueActs
from livebot.deliver.erasing import forget
from livebot.deliver.open_queue import join_queue, open_queue
from livebot.deliver.queue import Filter, Update
from livebot.deliver.queue_journal import JournalQueue
from livebot.deliver.queue_redis import RedisQueue
from livebot.deliver.redis_names import Keys
from livebot.errors import ConfigError, Unavailable
from livebot.keep import clock
from livebot.keep.embedded import EmbeddedValkey
from livebot.keep.server_binary import find_server

pytestmark = needs_server


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[EmbeddedValkey]:
    async with valkey(tmp_path) as running:
        yield running


@pytest.fixture
async def raw(server: EmbeddedValkey) -> AsyncIterator[Redis]:
    client = Redis.from_url(server.url, decode_responses=True)
    yield client
    await client.aclose()


@pytest.fixture
async def queue(server: EmbeddedValkey) -> AsyncIterator[RedisQueue]:
    made = RedisQueue(server.url)
    yield made
    await made.close()


def free_port() -> int:
    """One that leaves room for a cluster's bus, 10,000 above it."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
            if port < 55_000:
                return port


@contextlib.contextmanager
def server_process(folder: Path, *arguments: str) -> Iterator[int]:
    """A server with its own settings, on a free port."""
    port = free_port()
    command = [str(find_server()), *(part.replace("PORT", str(port)) for part in arguments), "--port", str(port), "--bind", "127.0.0.1"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield port
    finally:
        process.kill()
        process.wait()


async def answers(port: int) -> Redis:
    client = Redis(port=port, decode_responses=True)

    async def ping() -> bool:
        with contextlib.suppress(Exception):
            return bool(await client.ping())
        return False

    await until(ping)
    return client


async def works(queue: RedisQueue) -> None:
    """One issue's whole way."""
    await queue.start()
    assert await queue.publish("p", 0, [issue(1), issue(2)]) == 2
    assert [found.id for found in await queue.find(Filter())] == ["id-1", "id-2"]
    (delivery, _) = await queue.read("c", 10, block=0.1)
    assert (await queue.claim(delivery.id, "小王")).won
    await queue.set_state(delivery.id, "小王", "resolved")
    await queue.ack(delivery.entry)
    assert len(await queue.reclaim("heir", idle=0)) == 1
    assert await queue.remind("id-2", "24h", "x")
    health = await queue.health()
    assert (health.reachable, health.depth, health.open, health.pending) == (True, 2, 1, 1)


async def test_the_documented_keys_and_nothing_else(queue: RedisQueue, raw: Redis) -> None:
    await works(queue)
    tag = "{livebot:issues}:"
    expected = [
        "livebot:issues",
        *(tag + name for name in ("producers", "all", "open", "reminders", "reminded:id-2", "changed", "turn", "updates")),
    ]
    expected += [tag + "issue:id-1", tag + "issue:id-2", tag + "history:id-1"]
    assert sorted(await raw.keys("*")) == sorted(expected)
    ((_, fields),) = await raw.xrange("livebot:issues", count=1)
    assert fields == issue(1)[1]


async def works_with_an_inbox(queue: RedisQueue) -> None:
    """All scripts, all of the index."""
    await queue.publish("p", 2, [issue(n, priority="P1", created_at=str(clock.now_ms())) for n in range(3, 8)])
    sla = Sla(targets={"P1": Target(respond=0.01)}, hours=always())
    inbox, acts = Inbox(queue, sla), IssueActs(queue, "小李")
    assert len((await inbox.list(Wanted(search="退款", done=True))).items) == 7
    claim = await acts.claim("id-3", key="k")
    await acts.note("id-3", "x", key="k")
    await acts.release("id-3", claim.token, key="k")
    await acts.hand_over("id-3", "product", {"problem": "x", "product": "y"}, key="k")
    assert [one.done for one in await acts.merge("id-3", ["id-4"], key="k")] == [True]
    await queue.update("p", 7, 0, 1, [Update(id="id-4", fields={"viewers": "2"}, how="also", at=clock.now_ms())])
    assert (await inbox.show("id-3")).viewers == 2
    await acts.unmerge("id-4", key="k")
    code = await queue.receipt("id-5", "A7K2CM")
    assert await queue.by_receipt(code) == "id-5"
    counts = await inbox.counts()
    assert (dict(counts.teams), counts.open) == ({"product": 1}, 6)
    daemon = Clocks(inbox, "a", "s")
    told = 0

    async def late() -> bool:
        nonlocal told
        told += await daemon.step()
        return told == 4

    await until(late)
    assert await forget(queue, "ab" * 8, set()) == 7


async def test_a_cluster(tmp_path: Path) -> None:
    options = ("--cluster-enabled", "yes", "--save", "", "--appendonly", "yes")
    with server_process(tmp_path, *options) as port:
        client = await answers(port)
        await client.execute_command("CLUSTER", "ADDSLOTSRANGE", "0", "16383")

        async def whole() -> bool:
            return "cluster_state:ok" in await client.execute_command("CLUSTER", "INFO")

        await until(whole)
        queue = RedisQueue(f"redis+cluster://127.0.0.1:{port}")
        await works(queue)
        await works_with_an_inbox(queue)
        await queue.close()
        await client.aclose()


async def test_sentinel(server: EmbeddedValkey, tmp_path: Path) -> None:
    port, password = server.tcp_url.partition("127.0.0.1:")[2].partition("/")[0], server.tcp_url[len("redis://:") :].partition("@")[0]
    (tmp_path / "s.conf").write_text(f"sentinel monitor shop 127.0.0.1 {port} 1\nsentinel auth-pass shop {password}\n")
    with server_process(tmp_path, "s.conf", "--sentinel") as sentinel:
        client = await answers(sentinel)
        queue = RedisQueue(f"redis+sentinel://:{password}@127.0.0.1:{sentinel}/shop")
        await works(queue)
        await queue.close()
        await client.aclose()


async def test_a_server_that_drops_data_when_short_of_memory_is_complained_about(queue: RedisQueue, raw: Redis) -> None:
    await raw.config_set("maxmemory-policy", "allkeys-lru")
    await raw.config_set("appendonly", "no")
    health = await queue.health()
    assert (health.policy, health.aof) == ("allkeys-lru", False)
    assert any("allkeys-lru" in line for line in health.complaints())
    assert any("appendonly yes" in line for line in health.complaints())


async def test_a_full_server_refuses_whole_batches(queue: RedisQueue, raw: Redis) -> None:
    await raw.config_set("maxmemory", "1")
    with pytest.raises(Unavailable):
        await queue.publish("p", 0, [issue(1)])
    await raw.config_set("maxmemory", "0")
    assert await queue.publish("p", 0, [issue(1)]) == 1


async def test_a_key_of_somebody_else_is_not_touched(queue: RedisQueue, raw: Redis) -> None:
    await raw.set("livebot:issues", "mine")
    for act in (queue.start(), queue.publish("p", 0, [issue(1)]), queue.read("c")):
        with pytest.raises(Unavailable, match="WRONGTYPE"):
            await act
    assert await raw.get("livebot:issues") == "mine"
    assert await raw.keys("*") == ["livebot:issues"]


async def test_the_group_is_made_again_after_the_data_was_lost(queue: RedisQueue, raw: Redis) -> None:
    await queue.start()
    await queue.publish("p", 0, [issue(1)])
    await raw.flushall()
    assert await queue.read("c") == []
    assert await queue.publish("p", 0, [issue(1)]) == 1
    assert [d.id for d in await queue.read("c")] == ["id-1"]


async def test_a_silent_server_is_taken_for_dead(server: EmbeddedValkey, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_client, "ANSWER_S", 0.2)
    queue = RedisQueue(server.url)
    await queue.start()
    pid = server.pid or 0
    os.kill(pid, signal.SIGSTOP)
    try:
        with pytest.raises(Unavailable):
            await queue.publish("p", 0, [issue(1)])
        assert not (await queue.health()).reachable
    finally:
        os.kill(pid, signal.SIGCONT)
    assert await queue.publish("p", 0, [issue(1)]) == 1
    assert len(await queue.read("c")) == 1
    await queue.close()


async def test_waiting_longer_than_the_answer_timeout_is_no_error(server: EmbeddedValkey, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_client, "ANSWER_S", 0.1)
    queue = RedisQueue(server.url)
    assert await queue.read("c", block=0.5) == []
    await queue.close()


async def test_a_reader_that_is_cancelled_leaves_the_queue_usable(queue: RedisQueue) -> None:
    await queue.start()
    reading = asyncio.create_task(queue.read("c", block=30))
    await asyncio.wait({reading}, timeout=0.1)
    reading.cancel()
    await asyncio.wait({reading})
    await queue.publish("p", 0, [issue(1)])
    assert len(await queue.read("d", block=1)) == 1


async def test_a_wrong_password_is_said_without_the_password() -> None:
    async def nobody() -> None:
        queue = RedisQueue("redis://:geheim@127.0.0.1:1/0")
        try:
            await queue.start()
        finally:
            await queue.close()

    with pytest.raises(Unavailable) as caught:
        await nobody()
    assert "geheim" not in caught.value.zh + caught.value.en


async def test_a_refused_password_is_said_as_such(server: EmbeddedValkey) -> None:
    queue = RedisQueue(server.tcp_url.replace("redis://:", "redis://:wrong"))
    with pytest.raises(Unavailable, match=r"密码|password") as caught:
        await queue.start()
    assert "wrong" not in str(caught.value)
    await queue.close()


@pytest.mark.parametrize(
    "url",
    ["http://x", "redis", "redis+sentinel://h:1", "redis+cluster://:x", "redis://h:port", "redis+magic://h", "//"],
)
def test_an_address_that_cannot_be_read_is_the_streamers_to_mend(url: str) -> None:
    with pytest.raises(ConfigError, match="redis"):
        RedisQueue(url)


def test_all_keys_share_a_slot_whatever_the_stream_is_called() -> None:
    for stream in ("livebot:issues", "a", "{shop}:issues", "x{y}z", "直播"):
        keys = Keys(stream)
        names = (keys.producers, keys.all, keys.open, keys.dead, keys.reminders, keys.issue("1"), keys.history("1"), keys.reminded("1"))
        assert {key_slot(name.encode()) for name in names} == {key_slot(stream.encode())}, stream


@pytest.mark.parametrize("stream", ["", "{}", "a{b", "a}b", "{}x{y}"])
def test_a_name_that_no_slot_can_be_made_of_is_refused(stream: str) -> None:
    with pytest.raises(ConfigError, match="stream"):
        Keys(stream)


def test_the_script_for_other_programs_carries_the_same_table_of_states() -> None:
    table = STATE.text.partition("NEXT = {\n")[2].partition("}")[0]
    found = {}
    for line in table.strip().splitlines():
        state, _, following = line.strip().rstrip(",").partition(" = ")
        found[state] = tuple(following.strip("'").split())
    assert found == dict(ISSUE_STATES)


def test_the_script_for_other_programs_carries_the_same_table_of_teams() -> None:
    table = HAND_OVER.text.partition("NEEDS = {\n")[2].partition("}")[0]
    found = {}
    for line in table.strip().splitlines():
        team, _, fields = line.strip().rstrip(",").partition(" = ")
        found[team] = tuple(fields.strip("'").split())
    assert found == {team.code: tuple(field.code for field in team.fields) for team in TEAMS.values()}


def test_all_acts_tell_the_desks_and_remember_their_keys_in_the_same_words() -> None:
    shared = {script.text.partition("-- ── the same")[2].partition("-- ──\n")[0] for script in (CLAIM, RELEASE, STATE, NOTE, HAND_OVER)}
    assert len(shared) == 1
    assert "HSET" in shared.pop()


async def test_which_queue_it_is(server: EmbeddedValkey, tmp_path: Path) -> None:
    journal: object = object()
    assert isinstance(open_queue("journal:", "s", "g", journal, server), JournalQueue)  # type: ignore[arg-type]
    assert isinstance(open_queue("", "s", "g", journal, None), JournalQueue)  # type: ignore[arg-type]
    with pytest.raises(Unavailable, match="livebot run"):
        join_queue("", "s", "g", tmp_path / "new", journal)  # type: ignore[arg-type]
    for queue in (open_queue("", "s", "g", journal, server), join_queue("", "s", "g", tmp_path, journal)):  # type: ignore[arg-type]
        assert isinstance(queue, RedisQueue)
        await queue.start()
        await queue.close()


async def test_whoever_is_cancelled_ends_whatever_the_client_is_doing(queue: RedisQueue) -> None:
    async def for_ever() -> None:
        while True:
            await queue.mark("somebody")

    for turn in range(100):
        task = asyncio.create_task(for_ever())
        for _ in range(10 + turn % 17):  # turns of the loop: the cancellation falls into another step each time
            await asyncio.sleep(0)
        task.cancel()
        _, going = await asyncio.wait([task], timeout=5)
        assert not going
