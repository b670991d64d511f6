"""Clients that we did not write, in interpreters of their own: where they are, and how a script for one of them is run."""

import asyncio
import json
import os
import shutil
from pathlib import Path
from typing import Any, Protocol

HERE = Path(__file__).parent
ROOM = Path(os.environ.get("LIVEBOT_CLIENTS") or HERE.parents[1] / ".venv" / "clients").absolute()
PYTHON = next((path for path in (ROOM / "bin" / "python", ROOM / "Scripts" / "python.exe") if path.exists()), None)
NODE = shutil.which("node", path=f"{ROOM / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}")


class Client(Protocol):
    """`await client_python("twitch_client.py", url, …)`: a script of this folder in a process; gives the JSON values that it printed, one a
    line. Fails with what it wrote to stderr if it ends badly or takes longer than `seconds`."""

    async def __call__(self, script: str, *arguments: str, seconds: float = 60) -> list[Any]: ...


async def printed(command: list[str], seconds: float, stdin: bytes = b"") -> list[Any]:
    pipe = asyncio.subprocess.PIPE
    env = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOM, env=env)
    try:
        async with asyncio.timeout(seconds):
            out, err = await process.communicate(stdin)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0, err.decode(errors="replace")
    return [json.loads(line) for line in out.decode().splitlines() if line.strip()]
