"""Moderators beside the running daemon: what they approve leaves once, modes are switched live, rules are taught."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from daemons import Daemon, room, until

from livebot.simulate.bridge import BridgeServer
from livebot.simulate.recording import Line

RULES = """
["hours"]
ask = ["你们几点开播", "每天什么时候直播"]
say = "每晚八点"
mode = "suggest"
expiry = 600
examples = ["几点开播呀"]
["freight"]
when = ["包邮"]
say = "运费看下单页"
cooldown = 0
expiry = 600
"""


@pytest.fixture
async def daemon(tmp_path: Path) -> AsyncIterator[Daemon]:
    made = Daemon(tmp_path, tables='[redis]\nurl = "journal:"\n', rules=RULES)
    yield made
    await made.close()


def line(n: int, text: str) -> Line:
    return Line(id=f"c{n}", t_ms=n, text=text, user=f"u{n}", name=f"小周{n}")


def connect(daemon: Daemon, server: BridgeServer, undo: float) -> None:
    text = daemon.config.read_text("utf-8").replace("[desk]\n", f"[desk]\nundo = {undo}\n")
    daemon.config.write_text(f"{text}\n{room('r', server.url('r'))}", "utf-8")


async def test_a_kill_between_approval_and_send_loses_nothing_and_says_nothing_twice(daemon: Daemon) -> None:
    async with BridgeServer([line(0, "你们几点开播")], speed=None, echo=False, ends=False) as server:
        connect(daemon, server, undo=3.0)
        daemon.start()
        await until(lambda: daemon.count("replies WHERE state = 'held'") == 1)
        [[held]] = daemon.ask("SELECT id FROM replies")
        approved = await daemon.cli("held", "approve", held[:8], "--as", "小王")
        assert approved.returncode == 0, approved.stderr
        assert "livebot held undo" in approved.stderr
        await daemon.kill()
        assert (server.says, daemon.ask("SELECT state, actor FROM replies")) == ([], [("queued", "小王")])
        daemon.start()
        await until(lambda: daemon.count("replies WHERE state = 'sent'") == 1)
        assert [one.text for one in server.says] == ["每晚八点"]
        late = await daemon.cli("held", "undo", held[:8])
        assert late.returncode == 1
        second = await daemon.cli("held", "reject", held[:8], "--as", "小李")
        assert (second.returncode, "小王" in second.stderr) == (1, True)


async def test_modes_are_switched_and_rules_are_taught_while_it_runs(daemon: Daemon) -> None:
    async with BridgeServer([line(0, "包邮吗")], speed=None, echo=False, ends=False) as server:
        connect(daemon, server, undo=0.0)
        daemon.start()
        await until(lambda: len(server.says) == 1)
        switched = await daemon.cli("mode", "suggest", "--as", "小王")
        assert "r: suggest (by 小王" in switched.stdout, switched.stderr
        await until(lambda: daemon.count("decisions WHERE seq = (SELECT max(seq) FROM events WHERE kind = 'mode')") == 1)
        server.play("r").push(line(1, "包邮吗"))
        await until(lambda: daemon.count("replies WHERE state = 'held' AND why = 'suggest'") == 1)
        await daemon.kill()
        daemon.start()
        await until(lambda: bool(server.hellos) and daemon.count("events WHERE kind = 'gap'") == 1)
        server.play("r").push(line(2, "包邮不"))
        await until(lambda: daemon.count("replies WHERE state = 'held'") == 2)
        aloud = await daemon.cli("held", "aloud", daemon.ask("SELECT id FROM replies WHERE state = 'held'")[0][0])
        assert aloud.returncode == 0, aloud.stderr
        assert daemon.count("replies WHERE state = 'aloud'") == 2
        taught = await daemon.cli("teach", "hours", "咱啥点儿开唠", "--as", "小王")
        assert (taught.returncode, '+  "咱啥点儿开唠",' in taught.stdout) == (0, True), taught.stderr
        await until(lambda: "rules reloaded" in daemon.log)
        server.play("r").push(line(3, "咱啥点儿开唠"))
        await until(lambda: daemon.count("replies WHERE rule = 'hours'") == 1)
        assert (await daemon.cli("teach")).stdout == "hours: 咱啥点儿开唠\n"
        assert (await daemon.cli("teach", "hours", "咱啥点儿开唠", "--forget")).returncode == 0
        refused = await daemon.cli("teach", "freight", "每天什么时候直播")
        assert (refused.returncode, "hours" in refused.stderr) == (1, True)
        assert len(server.says) == 1
