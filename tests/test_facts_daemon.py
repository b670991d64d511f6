"""Facts in the running daemon: what is on air is told beside it, prices are read again, and a changed fact is never sent."""

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from daemons import Daemon, room, until

from livebot.simulate.bridge import BridgeServer
from livebot.simulate.recording import Line

RULES = """
["price"]
when = ["多少钱"]
say = "{link}号{price}"
cooldown = 0
expiry = 30
"""


def products(price: str) -> str:
    return f'[1]\nname = "碎花裙"\nprice = "{price}"\n[2]\nname = "阔腿裤"\nprice = "99"\n'


@pytest.fixture
async def daemon(tmp_path: Path) -> AsyncIterator[Daemon]:
    made = Daemon(tmp_path, tables='[redis]\nurl = "journal:"', rules=RULES)
    (tmp_path / "rules" / "products.toml").write_text(products("129"), encoding="utf-8")
    yield made
    await made.close()


def line(n: int, text: str, at: int) -> Line:
    return Line(id=f"c{n}", t_ms=at, text=text, user=f"u{n}", name=f"n{n}")


async def test_what_is_on_air_is_told_beside_the_daemon_and_survives_it(daemon: Daemon) -> None:
    async with BridgeServer([line(0, "来啦", 0)], speed=None, echo=False, ends=False) as server:
        daemon.config.write_text(daemon.config.read_text("utf-8") + "\n" + room("r", server.url("r")), "utf-8")
        daemon.start()
        await until(lambda: daemon.count("decisions") >= 1)
        assert (await daemon.cli("onair", "99")).returncode == 1
        told = await daemon.cli("onair", "阔腿裤")
        assert told.returncode == 0, told.stderr
        await until(lambda: daemon.count("events e JOIN decisions d USING (seq) WHERE e.kind = 'on_air'") == 1)
        assert await daemon.stop() == 0
    async with BridgeServer([line(1, "这个多少钱", 0)], speed=None, echo=False, ends=False) as server:
        text = daemon.config.read_text("utf-8")
        daemon.config.write_text(text[: text.index("[[rooms]]")] + room("r", server.url("r")), "utf-8")
        daemon.start()
        await until(lambda: [say.text for say in server.says] == ["2号99"])
        assert await daemon.stop() == 0


async def test_a_program_tells_what_is_on_air(daemon: Daemon) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with BridgeServer([line(0, "来啦", 0)], speed=None, echo=False, ends=False) as server:
        text = daemon.config.read_text("utf-8").replace('listen = ""', f'listen = "127.0.0.1:{port}"')
        daemon.config.write_text(text + "\n" + room("r", server.url("r")), "utf-8")
        daemon.start()
        await until(lambda: daemon.count("decisions") >= 1)
        headers = {"Authorization": f"Bearer {(daemon.state / 'api-token').read_text('ascii').strip()}"}
        async with aiohttp.ClientSession() as client:
            async with client.post(f"http://127.0.0.1:{port}/api/v1/rooms/r/on-air", json={"link": 2}, headers=headers) as got:
                assert (got.status, await got.json()) == (200, {"rooms": ["r"], "link": 2, "name": "阔腿裤"})
            async with client.post(f"http://127.0.0.1:{port}/api/v1/rooms/r/on-air", json={"link": 1}) as got:
                assert got.status == 401
        await until(lambda: daemon.count("events e JOIN decisions d USING (seq) WHERE e.kind = 'on_air'") == 1)
        assert await daemon.stop() == 0


async def test_an_answer_whose_price_changed_meanwhile_is_refused(daemon: Daemon) -> None:
    """The red button holds the first answer back while the price changes."""
    async with BridgeServer([line(0, "1号多少钱", 0)], speed=None, echo=False, ends=False) as server:
        daemon.config.write_text(daemon.config.read_text("utf-8") + "\n" + room("r", server.url("r")), "utf-8")
        daemon.state.mkdir()
        (daemon.state / "FROZEN").touch()
        daemon.start()
        await until(lambda: daemon.count("replies WHERE state = 'queued'") >= 1)
        (daemon.folder / "rules" / "products.toml").write_text(products("139.00"), encoding="utf-8")
        await until(lambda: "rules reloaded" in daemon.log)
        (daemon.state / "FROZEN").unlink()
        await until(lambda: daemon.count("replies WHERE why = 'stale_fact' AND state = 'refused'") >= 1)
        assert await daemon.stop() == 0
    assert "1号129" not in [say.text for say in server.says]


async def test_a_mistake_in_the_table_is_told_and_the_old_table_stays(daemon: Daemon) -> None:
    table = daemon.folder / "rules" / "products.toml"
    async with BridgeServer([line(0, "1号多少钱", 0), line(1, "1号多少钱", 3_000)], speed=1, echo=False, ends=False) as server:
        daemon.config.write_text(daemon.config.read_text("utf-8") + "\n" + room("r", server.url("r")), "utf-8")
        daemon.start()
        await until(lambda: len(server.says) == 1)
        table.write_text(products("139") + "price = 99元\n", encoding="utf-8")
        await until(lambda: "the old rules stay in force" in daemon.log)
        assert "products.toml:7" in daemon.log
        await until(lambda: len(server.says) == 2)
        table.write_text(products("139"), encoding="utf-8")
        await until(lambda: "rules reloaded" in daemon.log)
        assert await daemon.stop() == 0
    assert [say.text for say in server.says] == ["1号129", "1号129"]
