"""The curl lines of docs/api.md, each run as it stands, by the real curl, at a desk where something is going on."""

import asyncio
import os
import re
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from desks import Served, serving
from inboxes import ROOM, UP, raise_issues
from livestream import Stream

import livebot
from livebot.decide.session import RoomPolicy

DOCUMENT = (Path(livebot.__file__).parent.parent / "docs" / "api.md").read_text("utf-8")
BLOCKS = [block for block in re.findall(r"```sh\n(.*?)```", DOCUMENT, re.DOTALL) if "curl" in block]
TOLD = 'curl() { command curl --silent --show-error --max-time %d --write-out "\\n%%{http_code}" "$@"; }'


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("bash")), reason="no curl here")
async def test_every_line_does_what_it_says(tmp_path: Path, add_reply: Callable[..., Awaitable[Any]]) -> None:
    async with serving(tmp_path, moderated=True, rooms=(ROOM,), ready=lambda: UP) as desk:
        stands_for = await filled(desk, add_reply)
        wrong = []
        for block in BLOCKS:
            lines = block.splitlines()
            given = [line for line in lines if re.match("[A-Z]=", line)]
            for line in lines:
                if line.startswith("curl"):
                    patience = 3 if " -N " in line else 60  # what never ends is cut off
                    told = await run(tmp_path, desk, "\n".join([TOLD % patience, *given, line]), stands_for)
                    wrong += [(line, told)] if told.rpartition("\n")[2] not in {"200", "204"} else []
        assert wrong == []
        assert len(re.findall("^curl", "\n".join(BLOCKS), re.MULTILINE)) > 25


async def filled(desk: Served, add_reply: Callable[..., Awaitable[Any]]) -> dict[str, str]:
    """What the document writes for a name → that of something which is there."""
    assert desk.desk.moderation
    desk.desk.moderation.policies = {ROOM: RoomPolicy(max_chars=50)}
    await raise_issues(desk, ("莉莉", "主播晚上好"), ("阿花", "穿了过敏"))
    stream = Stream(desk.desk.journal, room=ROOM)
    for user in ("a", "b"):
        await stream.comment("这个会起球吗", user=user, id_=f"asked-{user}")
    for id_ in ("r1", "r2"):
        await add_reply(desk.desk.journal, id_, "held", room=ROOM, text=f"看{id_}")
    await desk.desk.journal.write(lambda conn: conn.execute("UPDATE replies SET rule = id"))
    desk.bearer("admin")
    question = (await desk.ask("GET", "/api/v1/stage", headers=desk.bearer("admin"))).json["question"]
    [issue] = (await desk.ask("GET", "/api/v1/issues", headers=desk.bearer("admin"))).json["items"]
    return {
        "127.0.0.1:8787": f"127.0.0.1:{desk.port}", "9b1d…": "r1", "77c0…": "r2", "1f0c9a…": question["id"], "3fa2…": issue["id"],
        "3fa2": issue["id"][:8], "streams/7/": f"streams/{stream.id}/",
    }  # fmt: skip


async def run(folder: Path, desk: Served, script: str, stands_for: dict[str, str]) -> str:
    """What it prints, with the status in the last line."""
    for name, real in stands_for.items():
        script = script.replace(name, real)
    environment = os.environ | {"TOKEN": desk.tokens["admin"], "LC_ALL": "C.UTF-8"}
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        "bash", "-c", script, cwd=folder, env=environment, stdout=pipe, stderr=asyncio.subprocess.DEVNULL
    )
    told, _ = await process.communicate()
    return told.decode()
