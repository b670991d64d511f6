"""A run over personal data: nothing of it lies in clear anywhere, and after `livebot erase` nothing gives it back."""

import json
import shutil
import socket
import tomllib
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from aiohttp import ClientSession
from daemons import Daemon, room, until

from livebot.keep.seal import ERASED, KeyedSealer
from livebot.keep.server_binary import available
from livebot.simulate.bridge import BridgeServer
from livebot.simulate.recording import Line

needs_server = pytest.mark.skipif(available() is not None, reason="no Redis server here")

# what a viewer wrote, and the part of it that must stand nowhere
SAID = {
    "我电话13812345678，衣服破了要退货": "13812345678",
    "少发了一件，联系一三九八七六五四三二一": "一三九八七六五四三二一",
    "发错色了 1 3 7 0 0 1 1 2 2 3 3": "1 3 7 0 0 1 1 2 2 3 3",
    "订单号6912345678901234567 还没发货": "6912345678901234567",
    "SF1234567890123 物流三天没动了": "SF1234567890123",
    "身份证110105199001011234 退款不到账": "110105199001011234",
    "邮箱 zhangsan(at)gmail.com 开票": "zhangsan(at)gmail.com",
    "地址改成浙江省杭州市西湖区文一路100号3栋501": "文一路100号3栋501",
    "退到卡6222021234567890123": "6222021234567890123",
    "加微信zhangsan_2020给我退款": "zhangsan_2020",
}
NAMES = {"u0": "桃花源里的张三丰", "u1": "13611112222", "u2": "李四光同学"}


@pytest.fixture
async def daemon(tmp_path: Path) -> AsyncIterator[Daemon]:
    made: list[Daemon] = []
    lines = [Line(id=f"c{n}", t_ms=n, text=text, user=f"u{n % 3}", name=NAMES[f"u{n % 3}"]) for n, text in enumerate(SAID)]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with BridgeServer(lines, speed=None, echo=True) as server:
        made.append(Daemon(tmp_path, room("r", server.url(), "suggest"), listen=f"127.0.0.1:{port}"))
        made[0].start()
        await until(lambda: made[0].count("decisions") >= len(SAID) and made[0].count("issues") >= 5)
        await until(lambda: made[0].count("followups WHERE rule = 'livebot.handover' AND state = 'done'") == 1)
        yield made[0]
    await made[0].close()


def spellings(text: str) -> set[bytes]:
    escaped = json.dumps(text)[1:-1]
    return {text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")} | {escaped.encode(), escaped.upper().encode()}


def found_in(raw: bytes, texts: "list[str]") -> list[str]:
    return [text for text in texts if any(one in raw for one in spellings(text))]


COMMANDS = (
    ("issues", "export"),
    ("issues", "export", "--format", "json"),
    ("report", "--format", "html"),
    ("held", "list"),
    ("held", "list", "--format", "json"),
)
AFTERWARDS = COMMANDS[1:2] + COMMANDS[4:5]


async def everything(daemon: Daemon, folder: Path, commands: tuple[tuple[str, ...], ...] = COMMANDS) -> bytes:
    """Files, what Redis holds (as keys and as a dump), exports, metrics, the report and the log."""
    raw = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".sock")
    async with daemon.redis() as redis:
        keys = [key async for key in redis.scan_iter("*")]
        assert keys
        for key in keys:
            kind = await redis.type(key)
            held = {"hash": redis.hgetall, "stream": redis.xrange, "list": lambda k: redis.lrange(k, 0, -1), "string": redis.get,
                    "zset": lambda k: redis.zrange(k, 0, -1), "set": redis.smembers}[kind]  # fmt: skip
            raw += json.dumps(await held(key), ensure_ascii=False, default=sorted).encode()
    for words in commands:
        done = await daemon.cli(*words)
        assert done.returncode in {0, 1}, (words, done.stderr)
        raw += (done.stdout + done.stderr).encode()
    listen = tomllib.loads(daemon.config.read_text("utf-8"))["desk"]["listen"]
    async with ClientSession() as session:
        for path in ("metrics", "readyz", "healthz"):
            async with session.get(f"http://{listen}/{path}") as answer:
                assert answer.status == 200
                raw += await answer.read()
    return raw + daemon.log.encode()


@needs_server
async def test_nothing_of_it_lies_in_clear_and_nothing_comes_back(tmp_path: Path, daemon: Daemon) -> None:
    await until(lambda: daemon.server_pid() is not None)
    async with daemon.redis() as redis:

        async def arrived() -> bool:
            return bool(await redis.exists("livebot:issues")) and await redis.xlen("livebot:issues") == daemon.count("issues")

        for _ in range(1000):
            if await arrived():
                break
        assert await arrived()
    assert daemon.count("replies WHERE state = 'held'") >= 1
    secret = [*SAID.values(), *NAMES.values()]
    raw = await everything(daemon, daemon.state)
    assert found_in(raw, secret) == []
    with closing(KeyedSealer(daemon.state / "keys.db")) as sealer:  # and yet it is there, for whoever may read it
        rows = daemon.ask("SELECT text, viewer FROM events WHERE kind = 'comment' ORDER BY seq")
        assert {sealer.unseal(*row) for row in rows} >= set(SAID)
    [(viewer,)] = daemon.ask("SELECT DISTINCT viewer FROM events WHERE native_id = 'c0'")
    seen = await daemon.cli("unmask", "c0", "--reason", "核对电话 13812345678")
    assert next(iter(SAID)) in seen.stdout
    done = await daemon.cli("erase", "--viewer", NAMES["u0"])
    assert done.returncode == 0, done.stderr

    def traces() -> list[str]:
        return [path.name for path in daemon.state.rglob("*") if path.is_file() and viewer.encode() in path.read_bytes()]

    await until(lambda: traces() == [], 5)  # the server rewrites its log of writes in the background
    raw = await everything(daemon, daemon.state, AFTERWARDS)
    assert viewer.encode() not in raw
    assert found_in(raw, secret) == []
    assert (await daemon.cli("unmask", "c0", "--reason", "again")).returncode == 1
    copied = tmp_path / "copied"
    copied.mkdir()
    for path in daemon.state.glob("*.db*"):
        shutil.copy(path, copied)
    with closing(KeyedSealer(copied / "keys.db")) as sealer:
        texts = [sealer.unseal(*row) for row in daemon.ask("SELECT text, viewer FROM events WHERE kind = 'comment' ORDER BY seq")]
    mine = [text for n, text in enumerate(SAID) if n % 3 == 0]
    assert not set(texts) & set(mine)
    assert set(texts) >= set(SAID) - set(mine)
    exported = json.loads((await daemon.cli("issues", "export", "--format", "json")).stdout)
    assert ERASED in {issue["author"] for issue in exported}
    again = await daemon.cli("erase", "--viewer", NAMES["u0"])
    assert again.returncode == 1
    assert "nothing is known" in again.stderr
    assert await daemon.stop() == 0
