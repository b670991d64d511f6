"""The daemon from outside: several rooms, an orderly end and a quick one, the lock, the red button, rules and rooms that are wrong."""

import asyncio
import signal
import socket
import time
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from aiohttp import ClientSession
from daemons import Daemon, announced, out_of_order, room, until

from livebot.keep.seal import KeyedSealer
from livebot.keep.server_binary import available
from livebot.simulate.bridge import BridgeServer
from livebot.simulate.faults import Faults
from livebot.simulate.recording import Line

RULES = """
["freight"]
when = ["包邮"]
say = "运费看下单页"
cooldown = 0
["refund"]
category = "post.refund"
when = ["退款"]
ack = "{viewer} 已登记，请看店铺客服消息"
"""
TALK = ("来啦", "包邮吗", "我的退款呢", "好看")


def lines(count: int, prefix: str = "c", talk: tuple[str, ...] = TALK) -> list[Line]:
    return [
        Line(id=f"{prefix}{i}", t_ms=i * 5, text=f"{talk[i % len(talk)]}{i}", user=f"u{i % 7}", name=f"名字{i % 7}") for i in range(count)
    ]


@pytest.fixture
async def daemons() -> AsyncIterator[list[Daemon]]:
    """Put every daemon into it: it is ended at the end."""
    started: list[Daemon] = []
    yield started
    for daemon in started:
        await daemon.close()


def run(
    daemons: list[Daemon], folder: Path, *rooms: str, tables: str = '[redis]\nurl = "journal:"', rules: str = RULES, fresh: bool = False
) -> Daemon:
    folder.mkdir(exist_ok=True)
    daemon = Daemon(folder, *rooms, tables="[replies]\nbudget_per_minute = 10000\n" + tables, rules=rules, fresh=fresh)
    daemons.append(daemon)
    daemon.start()
    return daemon


def comments(daemon: Daemon, name: str) -> list[str]:
    return [native for (native,) in daemon.ask("SELECT native_id FROM events WHERE room = ? AND kind = 'comment' ORDER BY seq", name)]


def replies(daemon: Daemon, state: str) -> int:
    return daemon.count("replies WHERE state = ?", state)


@pytest.mark.skipif(available() is not None, reason="no embedded server here")
async def test_several_rooms_at_once_each_with_its_own_books(tmp_path: Path, daemons: list[Daemon]) -> None:
    async with BridgeServer(lines(120), speed=None, echo=False, ends=False) as server:
        modes = {"一号": "auto", "二号": "suggest", "三号": "listen"}
        daemon = run(daemons, tmp_path, *(room(name, server.url(name), mode) for name, mode in modes.items()), tables="")
        await until(lambda: daemon.count("events e JOIN decisions d USING (seq) WHERE e.kind = 'comment' AND d.n = 0") == 360)
        await until(lambda: sum(say.text == "运费看下单页" for say in server.says) == 30)
        async with daemon.redis() as redis:
            found = await announced(redis)
            while sum(found.values()) < 21:
                await asyncio.sleep(0.01)
                found = await announced(redis)
        reports = {name: await daemon.told("report", "--room", name, "--format", "json") for name in modes}
        assert await daemon.stop() == 0
    assert {name: comments(daemon, name) == [line.id for line in lines(120)] for name in modes} == dict.fromkeys(modes, True)
    assert {say.room for say in server.says} == {"一号"}
    assert len({say.key for say in server.says}) == len(server.says) == 31  # one receipt line: the names are the same once masked
    assert set(found) == {issue for (issue,) in daemon.ask("SELECT id FROM issues")}
    assert list(found.values()) == [1] * 21, "seven viewers in each of three rooms, who repeat themselves"
    for report in reports.values():
        assert report["comments"] == sum(report["states"].values()) == 120
        assert report["states"]["flagged"] == report["issues"] + report["joined"]["repeat"] == 30
    assert reports["一号"]["states"]["answered"] == reports["二号"]["states"]["held"] == 30
    assert reports["三号"]["replies"] == 0
    viewers = daemon.ask(
        "SELECT viewer, CAST(substr(native_id, 2) AS INTEGER) FROM events WHERE room = '一号' AND kind = 'comment' ORDER BY seq"
    )
    assert out_of_order(viewers) == 0


async def test_sigterm_lets_what_was_heard_be_decided_and_keeps_what_is_queued(tmp_path: Path, daemons: list[Daemon]) -> None:
    everything = lines(3000)
    async with BridgeServer(everything[:2000], speed=None, echo=False, ends=False) as server:
        daemon = run(daemons, tmp_path, room("r", server.url(), sends_count=1, sends_seconds=3600), fresh=True)
        await until(lambda: replies(daemon, "sent") == 1 and replies(daemon, "queued") > 5)
        began = time.monotonic()
        assert await daemon.stop() == 0
        assert time.monotonic() - began < 11
        heard, said = daemon.count("events WHERE kind = 'comment'"), len(server.says)
        assert daemon.count("events WHERE seq NOT IN (SELECT seq FROM decisions)") == 0
        assert replies(daemon, "sending") == replies(daemon, "in_doubt") == 0
        assert replies(daemon, "queued") > 5
        for line in everything[2000:]:
            server.play().push(line)
        daemon.start()
        await until(lambda: daemon.count("events WHERE kind = 'comment'") == 3000)
        assert server.hellos[1][1] == f"c{heard - 1}"
        assert len(server.says) == said  # the platform's pace holds over a restart
        assert await daemon.stop() == 0
    assert comments(daemon, "r") == [line.id for line in everything]
    assert daemon.log.count("stopping (at most 10 s)") == daemon.log.count("stopped.") == 2
    assert "Traceback" not in daemon.log


async def test_a_second_signal_kills_and_the_half_sent_reply_is_in_doubt(tmp_path: Path, daemons: list[Daemon]) -> None:
    async with BridgeServer(lines(2), speed=None, echo=False, ends=False, faults=Faults(silent=1)) as server:
        daemon = run(daemons, tmp_path, room("r", server.url()))
        await until(lambda: server.says and replies(daemon, "sending") == 1)
        daemon.send(signal.SIGTERM)
        await until(lambda: "stopping" in daemon.log)
        assert daemon.code is None  # it waits for the receipt
        daemon.send(signal.SIGTERM)
        assert await daemon.ended(2.0) == 130
        daemon.start()
        await until(lambda: replies(daemon, "in_doubt") == 1)
        held = await daemon.told("held", "list", "--format", "json")
        assert [(row["state"], row["text"]) for row in held] == [("in_doubt", "运费看下单页")]
        assert await daemon.stop() == 0
        assert len(server.says) == 1


async def test_one_daemon_to_a_folder(tmp_path: Path, daemons: list[Daemon]) -> None:
    async with BridgeServer(lines(1), speed=None, ends=False) as server:
        daemon = run(daemons, tmp_path, room("r", server.url()))
        await until(lambda: server.connected)
        assert daemon.process is not None
        second = await daemon.cli("run")
        assert (second.returncode, second.stdout) == (3, "")
        assert f"another livebot (process {daemon.process.pid}) is using" in second.stderr
        assert second.stderr.count("\n") == 1
        assert await daemon.stop() == 0


async def test_the_red_button_stops_all_sending_within_a_second_and_nothing_else(tmp_path: Path, daemons: list[Daemon]) -> None:
    away = '[redis]\nurl = "redis://127.0.0.1:1/0"'  # with Redis down, too
    async with BridgeServer(lines(4000, talk=("包邮吗",)), speed=1, echo=False, ends=False) as server:
        daemon = run(daemons, tmp_path, room("r", server.url()), tables=away)
        await until(lambda: len(server.says) > 20)
        assert (await daemon.cli("freeze")).returncode == 0
        await asyncio.sleep(1.0)  # what is promised
        said, heard = len(server.says), daemon.count("events WHERE kind = 'comment'")
        await until(lambda: daemon.count("events WHERE kind = 'comment'") > heard + 100)
        assert len(server.says) == said
        assert replies(daemon, "queued") > 50
        off = await daemon.cli("freeze", "--off")
        assert off.returncode == 0
        await until(lambda: len(server.says) > said + 50)
        assert await daemon.stop() == 0
        keys = [say.key for say in server.says]
    assert len(set(keys)) == len(keys)
    assert daemon.log.count("The issue queue is away") == 1


async def test_rules_are_swapped_while_it_runs_and_a_bad_file_changes_nothing(tmp_path: Path, daemons: list[Daemon]) -> None:
    async with BridgeServer(lines(1), speed=None, echo=False, ends=False) as server:
        daemon = run(daemons, tmp_path, room("r", server.url()))

        async def answer(number: int) -> str:
            server.play().push(Line(id=f"q{number}", t_ms=0, text="包邮吗"))
            await until(lambda: any(say.to == f"q{number}" for say in server.says))
            return next(say.text for say in server.says if say.to == f"q{number}")

        await until(lambda: server.connected)
        assert await answer(1) == "运费看下单页"
        daemon.rules.write_text(RULES.replace('"运费看下单页"', "“运费看下单页”"), "utf-8")
        await until(lambda: "the old rules stay in force" in daemon.log)
        assert "rules/rules.toml" in daemon.log
        assert await answer(2) == "运费看下单页"
        daemon.rules.write_text(RULES.replace("运费看下单页", "今晚的运费也看下单页"), "utf-8")
        await until(lambda: "rules reloaded: 2 rules" in daemon.log)
        assert await answer(3) == "今晚的运费也看下单页"
        assert await daemon.stop() == 0
    books = daemon.ask("SELECT e.native_id, d.rulebook FROM events e JOIN decisions d USING (seq) WHERE native_id LIKE 'q%' ORDER BY seq")
    assert [(native, book == books[0][1]) for native, book in books] == [("q1", True), ("q2", True), ("q3", False)]
    assert "Traceback" not in daemon.log


async def test_a_room_that_is_wrong_is_parked_beside_one_that_works(tmp_path: Path, daemons: list[Daemon]) -> None:
    wrong = '[[rooms]]\nname = "坏的"\nadapter = "no_such_platform"\n'
    missing = '[[rooms]]\nname = "没有地址"\nadapter = "bridge"\n'
    async with BridgeServer(lines(40), speed=None, ends=False) as server, BridgeServer(lines(40), token="secret", ends=False) as locked:
        rooms = (wrong, room("要口令", locked.url(), token="wrong"), room("好的", server.url()), missing)
        daemon = run(daemons, tmp_path, *rooms, tables='[redis]\nurl = "journal:"')
        await until(lambda: len(comments(daemon, "好的")) >= 40 and len(server.says) >= 10)
        await until(lambda: daemon.log.count("parked until somebody mends it") == 3)
        states = dict(daemon.ask("SELECT name, status FROM rooms"))
        assert states == {"坏的": "parked", "没有地址": "parked", "要口令": "parked", "好的": "up"}
        assert await daemon.stop() == 0
    assert "no_such_platform" in daemon.log
    assert "secret" not in daemon.log
    assert "Traceback" not in daemon.log


async def test_bad_input_loses_no_good_message_beside_it(tmp_path: Path, daemons: list[Daemon]) -> None:
    odd = [
        "\0空\0",
        "\ud83d半个",
        "‮翻过来",
        "零​宽",
        "长" * 1_000_000,
        "{viewer} {shop} %s",
        "'; DROP TABLE events; --",
        "\x1b[31m红",
        "退款" * 30_000,
    ]
    recording = [
        line for i, text in enumerate(odd) for line in (*lines(3, f"g{i}-"), Line(id=f"odd{i}", t_ms=0, text=text, user=text[:50]))
    ]
    faults = Faults(broken=0.5, unknown=0.5, duplicate=0.5, seed=3)
    async with BridgeServer(recording, speed=None, faults=faults, echo=False, ends=False) as server:
        daemon = run(daemons, tmp_path, room("r", server.url()))
        await until(lambda: len(comments(daemon, "r")) == len(recording))
        twice = sum(faults.strikes("duplicate", 0.5, line.id) for line in recording)
        broken = sum(faults.strikes(fault, 0.5, line.id) for line in recording for fault in ("broken", "unknown"))
        await until(lambda: daemon.ask("SELECT n FROM counters WHERE name = 'duplicates'") == [(twice,)])
        report = await daemon.told("report", "--format", "json")
        assert await daemon.stop() == 0
    assert comments(daemon, "r") == [line.id for line in recording]
    with closing(KeyedSealer(daemon.state / "keys.db")) as sealer:
        rows = daemon.ask("SELECT text, viewer FROM events WHERE native_id IN ('odd0', 'odd1') ORDER BY seq")
        assert [sealer.unseal(*row) for row in rows] == ["�空�", "�半个"]
        [row] = daemon.ask("SELECT text, viewer FROM events WHERE native_id = 'odd4'")
        assert len(sealer.unseal(*row)) == 1_000_000
    assert report["comments"] == sum(report["states"].values()) == len(recording)
    assert (report["duplicates"], report["broken"]) == (twice, broken)
    assert daemon.count("events WHERE seq NOT IN (SELECT seq FROM decisions)") == 0
    assert daemon.count("issues WHERE category = 'post.refund'") == 2
    assert daemon.count("decisions WHERE kind = 'join' AND reason = 'repeat'") == len(odd) - 1
    assert "\x1b" not in daemon.log
    assert "Traceback" not in daemon.log


async def test_a_server_that_only_accepts_and_closes_is_not_hammered(tmp_path: Path, daemons: list[Daemon]) -> None:
    async with BridgeServer(lines(10), speed=None, faults=Faults(accept_close=2), ends=False) as server:
        daemon = run(daemons, tmp_path, room("r", server.url()))
        began = time.monotonic()
        await until(lambda: len(comments(daemon, "r")) >= 10)
        assert time.monotonic() - began > 0.9  # 0.5 s and 1 s of back-off, jitter taken off
        assert len(server.hellos) == 1
        assert await daemon.stop() == 0


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("[[rooms]]\nname = “r”\n[[rooms]]\n", 2, ("config.toml:2", "Chinese input method")),
        ('[rules]\npacks = ["./nowhere"]\n[[rooms]]\nname = "r"\n', 2, ("nowhere",)),
    ],
)
async def test_a_config_that_cannot_work_ends_it_with_a_word_and_no_traceback(
    tmp_path: Path, text: str, code: int, words: tuple[str, ...]
) -> None:
    daemon = Daemon(tmp_path)
    daemon.config.write_text(text, "utf-8")
    done = await daemon.cli("run")
    assert done.returncode == code
    assert [word for word in words if word not in done.stderr] == []
    assert "Traceback" not in done.stderr


async def test_healthz_readyz_and_metrics_tell_how_it_is(tmp_path: Path, daemons: list[Daemon]) -> None:
    async with BridgeServer(lines(8), speed=None, ends=False) as server:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        daemon = Daemon(tmp_path, room("r", server.url()), tables='[redis]\nurl = "journal:"', rules=RULES, listen=f"127.0.0.1:{port}")
        daemons.append(daemon)
        daemon.start()
        await until(lambda: len(comments(daemon, "r")) >= 8)
        async with ClientSession(f"http://127.0.0.1:{port}") as session:
            async with session.get("/healthz") as answer:
                assert answer.status == 200
            async with session.get("/readyz") as answer:
                assert (answer.status, (await answer.json())["rooms"]["r"]["state"]) == (200, "up")
            async with session.get("/metrics") as answer:
                assert "livebot_" in await answer.text()
        assert await daemon.stop() == 0
