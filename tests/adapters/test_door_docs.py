"""The documents of the door: every frame, mapping and program in them works."""

import asyncio
import json
import re
import socket
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from adapter_rooms import ADAPTERS, connect

from adapters.bridge import wire
from adapters.ws_json import WsJsonAdapter
from livebot.arrive.adapter import Capabilities
from livebot.decide.events import Broken, Comment, Viewer
from livebot.errors import Unavailable
from livebot.simulate.faults import DEFAULTS

DOCS = Path(__file__).parents[2] / "docs"


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (DOCS / name).read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("frame", blocks("bridge.md", "json"))
def test_every_frame_in_the_document_is_understood(frame: str) -> None:
    (event,) = wire.read(frame, 1_800_000_000_000)
    assert not isinstance(event, Broken)


@pytest.mark.parametrize("name", ["bridge.md", "adapters.md"])
def test_every_config_in_the_document_loads(name: str) -> None:
    rooms = [room for block in blocks(name, "toml") for room in tomllib.loads(block)["rooms"]]
    assert rooms
    for room in rooms:
        ADAPTERS[room["adapter"]].Config.model_validate(room["settings"])


def test_every_setting_and_every_fault_is_in_the_document() -> None:
    bridge, adapters = ((DOCS / name).read_text(encoding="utf-8") for name in ("bridge.md", "adapters.md"))
    assert [name for name in (*ADAPTERS["bridge"].Config.model_fields, *DEFAULTS) if f"`{name}`" not in bridge] == []
    assert [name for name in ADAPTERS["ws-json"].Config.model_fields if name not in adapters] == []


async def test_the_mapping_in_the_document_reads_the_tool_it_names() -> None:
    from websockets.asyncio.server import ServerConnection, serve

    text = (DOCS / "adapters.md").read_text(encoding="utf-8")
    (frame,) = re.findall(r'`(\{"Type":1.*\})`', text)
    settings: dict[str, Any] = tomllib.loads(blocks("adapters.md", "toml")[0])["rooms"][0]["settings"]

    async def tool(connection: ServerConnection) -> None:
        await connection.send(frame)

    async with serve(tool, "127.0.0.1", 0) as server:
        url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
        adapter = WsJsonAdapter()
        async with adapter.connect(adapter.Config.model_validate(settings | {"url": url}), after=None) as room:
            events = [event async for event in room.events()]
    assert events == [Comment(id="7", author=Viewer(id="5", name="小鱼"), text="有货吗")]


async def test_the_smallest_bridge_runs(tmp_path: Path) -> None:
    (program,) = blocks("bridge.md", "python")
    (tmp_path / "my_bridge.py").write_text(program, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        port = reserved.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-X", "utf8", str(tmp_path / "my_bridge.py"), str(port), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(20):
            comment, receipt = await _one_answer(f"ws://127.0.0.1:{port}/room")
            assert (await process.stdout.readline()).decode().strip() == "livebot: 3号"
        assert (comment.text, comment.author.name) == ("几号链接", "小鱼")
        assert (receipt.state, receipt.native_id) == ("sent", "m2")
    finally:
        process.kill()
        await process.communicate()


async def _one_answer(url: str) -> tuple[Comment, Any]:
    while True:
        try:
            async with connect("bridge", url) as room, asyncio.TaskGroup() as tasks:
                stream = room.events()
                comment = await anext(stream)
                assert isinstance(comment, Comment)
                receipt = tasks.create_task(room.send("3号", to=comment, key="k1"))
                reader = tasks.create_task(_rest(stream))
                await receipt
                reader.cancel()
                return comment, receipt.result()
        except Unavailable:
            await asyncio.sleep(0.02)


async def _rest(stream: Any) -> None:
    async for _ in stream:
        pass


async def test_the_adapter_in_the_document_works() -> None:
    (program,) = blocks("adapters.md", "python")
    assert len(program.splitlines()) < 80
    module = ModuleType("my_shop")
    exec(compile(program, "my_shop.py", "exec"), module.__dict__)
    adapter = module.LineAdapter()
    assert isinstance(adapter.capabilities, Capabilities)
    heard: list[bytes] = []

    async def chat(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write("小鱼\t有货吗\n乱\n阿May\t包邮吗\n".encode())
        heard.append(await reader.readline())
        writer.close()

    async with await asyncio.start_server(chat, "127.0.0.1", 0) as server:
        config = adapter.Config(port=server.sockets[0].getsockname()[1])
        seen = []
        async with adapter.connect(config, after=None) as room:
            stream = room.events()
            while len(seen) < 3:
                seen.append(await anext(stream))
            assert (await room.send("有的\n亲", to=None, key="k1")).state == "unknown"
            with pytest.raises(Unavailable):
                await anext(stream)
    assert [event.text for event in seen if isinstance(event, Comment)] == ["有货吗", "包邮吗"]
    assert [type(event) for event in seen] == [Comment, Broken, Comment]
    assert heard == ["有的 亲\n".encode()]
    with pytest.raises(Unavailable):
        async with adapter.connect(config, after=None):
            pass


def test_the_documents_name_no_field_that_is_not_read() -> None:
    (comment,) = [json.loads(frame) for frame in blocks("bridge.md", "json") if '"comment"' in frame]
    (event,) = wire.read(json.dumps(comment), 1_800_000_000_000)
    assert event == Comment(
        id="m1", author=Viewer(id="u7", name="小鱼", roles=("fan",)), text="3号有货吗", sent_at=1767225600000, reply_to="m0", product="3"
    )
