"""docs/queue.md tells the truth: its tables match the code, its examples run."""

import asyncio
import contextlib
import re
import shlex
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from queue_backends import issue, needs_server, until, valkey
from redis.asyncio import Redis

from livebot.decide.issue_states import ISSUE_STATES
from livebot.decide.teams import TEAMS
from livebot.deliver.acts_redis import OWN
from livebot.deliver.merged import NONE
from livebot.deliver.queue_redis import RedisQueue
from livebot.deliver.redis_names import Keys

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "queue.md").read_text("utf-8")


def snippet(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)
    return str(found)


@pytest.fixture
async def queue(tmp_path: Path) -> AsyncIterator[RedisQueue]:
    async with valkey(tmp_path / "state") as server:
        made = RedisQueue(server.url)
        await made.start()
        await made.publish("p", 0, [issue(1), issue(2)])
        yield made
        await made.close()


@needs_server
async def test_the_python_consumer_works(queue: RedisQueue, tmp_path: Path) -> None:
    program = tmp_path / "consumer.py"
    program.write_text(snippet("python"), "utf-8")
    command = [sys.executable, str(program), str(tmp_path / "state"), str(ROOT / "livebot/deliver/lua")]
    (first,) = await queue.read("office-1", 1)  # as if it had crashed before its ack
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        for n in (1, 2):
            line = (await asyncio.wait_for(process.stdout.readline(), 20)).decode()
            assert line == f"P2 post.refund 张* 退款 {n} claimed\n"

        async def acknowledged() -> bool:
            return (await queue.health()).pending == 0

        await until(acknowledged)
        assert (await queue.show(first.id)).holder == "小王"
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


@needs_server
async def test_the_redis_cli_lines_work(queue: RedisQueue, tmp_path: Path) -> None:
    """Run word by word over the wire, because redis-cli is not everywhere; what they mean is the server's to say."""
    client = Redis.from_url((tmp_path / "state" / "redis.url").read_text().strip(), decode_responses=True)
    answers = []
    for line in snippet("sh").strip().splitlines():
        program, _, url, *words = shlex.split(line)
        assert (program, url) == ("redis-cli", "$(cat state/redis.url)")
        if words[0] == "--eval":
            keys, args = words[2 : words.index(",")], words[words.index(",") + 1 :]
            answers.append(await client.eval((ROOT / words[1]).read_text("utf-8"), len(keys), *keys, *args))
        else:
            answers.append(await client.execute_command(*words))
    await client.aclose()
    length, read, opened, whole, claimed, resolved, history = answers
    assert (length, opened, claimed[0], resolved, len(history)) == (2, ["id-1", "id-2"], "claimed", ["ok", "verifying"], 2)
    assert whole["state"] == "received"
    assert "id-1" in str(read)
    assert (await queue.show("id-1")).state == "resolved"


def test_the_table_of_states_is_the_codes() -> None:
    section = TEXT.partition("## 状态")[2].partition("## ")[0]
    found = {}
    for line in section.splitlines():
        if line.startswith("| `"):
            state, following = line.strip("| ").split(" | ")
            found[state.strip("`")] = tuple(re.findall(r"`(\w+)`", following))
    assert found == dict(ISSUE_STATES)


def test_every_key_field_and_script_is_documented() -> None:
    keys = Keys("livebot:issues")
    for key in (
        keys.stream,
        keys.producers,
        keys.all,
        keys.open,
        keys.dead,
        keys.reminders,
        keys.updates,
        keys.receipts,
        keys.changed,
        keys.issue("<id>"),
        keys.history("<id>"),
    ):
        assert f"`{key}`" in TEXT
    assert f"`{keys.reminded('<id>')}`" in TEXT
    for field in (*issue(1)[1], *OWN, *NONE):
        assert f"`{field}`" in TEXT
    for script in (ROOT / "livebot/deliver/lua").iterdir():
        assert f"`{script.name}`" in TEXT


def test_the_table_of_teams_is_the_codes() -> None:
    section = (ROOT / "docs" / "issues.md").read_text("utf-8").partition("## 交给谁")[2].partition("## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| `")]
    found = {team.split("`")[1]: tuple(re.findall(r"`(\w+)`", fields)) for team, fields in rows}
    assert found == {team.code: tuple(field.code for field in team.fields) for team in TEAMS.values()}


def test_every_act_begins_with_the_same_lines() -> None:
    """Each script stands alone, for other programs; what they share is the same in all of them."""
    mark = "── the same in every act"
    texts = {path.name: path.read_text("utf-8") for path in (ROOT / "livebot" / "deliver" / "lua").glob("*.lua")}
    shared = {name: text.split(mark, 1)[1].split("\n-- ──\n", 1)[0] for name, text in texts.items() if mark in text}
    assert len(shared) >= 5
    assert len(set(shared.values())) == 1, sorted(shared)
