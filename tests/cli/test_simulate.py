"""`livebot simulate` as a process of its own: the address first, then the play, until it is told to stop."""

import asyncio
import json
import signal
import sys
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from websockets.asyncio.client import connect

from livebot.cli.simulate import own_of, run_simulate

RUN = "import sys, json; from pathlib import Path; from livebot.cli.simulate import run_simulate; a = json.loads(sys.argv[1]); " + (
    "[a.update({k: Path(a[k])}) for k in ('stream', 'say_log_file') if k in a]; sys.exit(run_simulate(**a))"
)


@asynccontextmanager
async def simulated(**options: object) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", RUN, json.dumps(options), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        yield process, (await process.stdout.readline()).decode().strip()
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
async def test_it_plays_the_bundled_room_keeps_what_is_said_and_ends_when_told(tmp_path: Path, sign: signal.Signals) -> None:
    says = tmp_path / "says.jsonl"
    async with simulated(speed="max", say_log_file=str(says)) as (process, url), asyncio.timeout(20):
        assert url.startswith("ws://127.0.0.1:")
        async with connect(url) as socket:
            await socket.send('{"type":"hello"}')
            types = []
            while "stream_ended" not in types:
                types.append(json.loads(await socket.recv())["type"])
            await socket.send('{"type":"say","key":"k1","text":"明天见"}')
            while types[-1] != "said":
                types.append(json.loads(await socket.recv())["type"])
            process.send_signal(sign)
            assert await process.wait() == 0
    assert types.count("comment") >= 250
    assert [json.loads(line)["text"] for line in says.read_text().splitlines()] == ["明天见"]


@pytest.mark.parametrize(
    "options",
    [
        {"platform": "moon"},
        {"own": {"tide": 3}},
        {"speed": "0"},
        {"speed": "fast"},
        {"speed": "nan"},
        {"faults": ["dorp"]},
        {"stream": Path("nowhere.jsonl")},
        {"say_log_file": Path("/nowhere/says.jsonl")},
        {"host": "256.0.0.1"},
    ],
    ids=str,
)
def test_what_is_wrong_is_said_without_a_traceback(options: dict[str, object], capsys: pytest.CaptureFixture[str]) -> None:
    assert run_simulate(**options) == 1  # type: ignore[arg-type]
    out, err = capsys.readouterr()
    assert out == ""
    assert err.strip()
    assert "Traceback" not in err


async def test_it_tells_the_section_to_paste_and_takes_the_platform_s_own_options(tmp_path: Path) -> None:
    async with simulated(own=own_of(["token=geheim", "heartbeat=0.5", "room=一号"])) as (process, url), asyncio.timeout(20):
        assert process.stderr is not None
        told = (await process.stderr.readuntil(b"token")).decode() + (await process.stderr.readline()).decode()
    (room,) = tomllib.loads(told[told.index("[[rooms]]") :])["rooms"]
    assert (room["adapter"], room["settings"]) == ("bridge", {"url": url, "token": "geheim"})


def test_a_port_that_is_taken_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run_simulate(port=port) == 1
    assert str(port) in capsys.readouterr().err
