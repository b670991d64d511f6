"""The promise ledger in the running daemon: what a moderator let pass stands in it, and what becomes overdue is in Redis once."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from daemons import Daemon, announced, hashes, room, until

from livebot.keep.server_binary import available
from livebot.simulate.bridge import BridgeServer
from livebot.simulate.recording import Line

RULES = """
["ship"]
when = ["什么时候发"]
say = "24小时内发货"
expiry = 60
["late"]
when = ["我的单"]
say = "看订单页"
mode = "suggest"
expiry = 600
"""
TABLES = '[promises]\nship_within = "24h"\n[replies]\nbudget_per_minute = 10000\n'
TALK = ("今天什么时候发", "我的单呢")


@pytest.fixture
async def daemon(tmp_path: Path) -> AsyncIterator[Daemon]:
    made = Daemon(tmp_path, tables=TABLES, rules=RULES)
    yield made
    await made.close()


def two_days_pass(daemon: Daemon) -> None:
    """For what is in the ledger, as another process."""
    with closing(sqlite3.connect(daemon.state / "journal.db", isolation_level=None, timeout=20)) as conn:
        conn.execute("UPDATE promises SET made_at = made_at - 172800000, due_at = due_at - 172800000")


@pytest.mark.skipif(available() is not None, reason="no embedded server here")
async def test_a_moderators_promise_is_in_the_ledger_and_its_issues_in_redis_once(daemon: Daemon) -> None:
    talk = [Line(id=f"c{n}", t_ms=n, text=text, user=f"u{n}", name=f"小周{n}") for n, text in enumerate(TALK)]
    async with BridgeServer(talk, speed=None, echo=False, ends=False) as server:
        daemon.config.write_text(daemon.config.read_text("utf-8") + "\n" + room("r", server.url("r")), "utf-8")
        daemon.start()
        await until(lambda: daemon.count("replies WHERE state = 'sent'") == 1 and daemon.count("replies WHERE state = 'held'") == 1)
        [[held]] = daemon.ask("SELECT id FROM replies WHERE state = 'held'")
        approved = await daemon.cli("held", "approve", held[:8], "--text", "您的单48小时内发货", "--as", "小王")
        assert approved.returncode == 0, approved.stderr
        assert "24小时内发货" in approved.stderr, "they are told what they contradict"
        await until(lambda: daemon.count("promises") == 2)

        made = {one["text"]: one for one in await daemon.told("promises", "--all", "--json")}
        first, second = made["24小时内发货"], made["您的单48小时内发货"]
        assert (first["source"], first["to"], first["state"], first["backed_by"]) == ("rule:ship", "", "contradicted", "promises")
        assert (second["source"], second["to"], second["state"], second["reply"]) == ("moderator:小王", "小*", "open", held)
        shown = await daemon.cli("promises")
        for piece in ("您的单48小时内发货", "小*", "moderator 小王", second["id"][:8]):
            assert piece in shown.stdout
        report = await daemon.told("report", "--format", "json")
        assert [one["text"] for one in report["promises"]] == ["您的单48小时内发货", "24小时内发货"]

        two_days_pass(daemon)
        await until(lambda: daemon.count("issues WHERE rules = '[\"promise.overdue\"]'") == 1)
        assert [one["id"] for one in await daemon.told("promises", "--overdue", "--json")] == [second["id"]]
        async with daemon.redis() as redis:
            while len(await announced(redis)) < 2:
                await asyncio.sleep(0.01)
            assert set((await announced(redis)).values()) == {1}
            fields = [await redis.hgetall(f"{{livebot:issues}}:issue:{one}") for one in await hashes(redis)]
        assert {one["category"] for one in fields} == {"own.promise"}
        overdue = next(one for one in fields if one["rules"] == '["promise.overdue"]')
        assert "您的单48小时内发货" in overdue["text"]
        assert (overdue["comment_id"], overdue["author"], overdue["priority"]) == ("c1", "小*", "P1")

        kept = await daemon.cli("promises", "keep", second["id"][:8], "--as", "小李", "--note", "发了")
        assert kept.returncode == 0, kept.stderr
        withdrawn = await daemon.cli("promises", "withdraw", first["id"][:8], "--as", "小李", "--note", "说错了")
        assert withdrawn.returncode == 0, withdrawn.stderr
        assert await daemon.told("promises", "--json") == []
        assert await daemon.stop() == 0
        daemon.start()
        await until(lambda: daemon.server_pid() is not None)
        assert await daemon.stop() == 0
    assert daemon.count("promises") == 2
    assert daemon.count("issues") == 2, "a restart raises nothing again"
