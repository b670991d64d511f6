"""`livebot simulate`: a platform to practise on, played from a recording until somebody stops it."""

import asyncio
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from livebot.errors import ConfigError, LivebotError, Problem
from livebot.language import say
from livebot.simulate.bridge import BridgeServer, say_log
from livebot.simulate.faults import Faults, parse_faults
from livebot.simulate.recording import DEMO, Line, read_recording

PLATFORMS = ("bridge",)


def run_simulate(
    platform: str = "bridge",
    stream: Path | None = None,
    speed: str = "1",
    faults: Sequence[str] = (),
    port: int = 0,
    host: str = "127.0.0.1",
    *,
    room: str = "room",
    seed: int = 0,
    echo: bool = True,
    heartbeat: float | None = 10.0,
    token: str = "",
    say_log_file: Path | None = None,
) -> int:
    """Prints the address as the first line, plays from the first hello on, ends by Ctrl-C or SIGTERM; gives the exit code.

    stream: a recording, None for the bundled room. speed: a factor, or "max". faults: "name" or "name=strength" each.
    port: 0 takes a free one. say_log_file: gets every `say` as a JSON line.
    """
    try:
        lines, factor, wrong = _prepared(platform, stream, speed, faults, seed, say_log_file)
        server = BridgeServer(
            lines,
            speed=factor,
            faults=wrong,
            host=host,
            port=port,
            echo=echo,
            heartbeat=heartbeat,
            token=token,
            log=say_log(say_log_file) if say_log_file else None,
        )
        with suppress(KeyboardInterrupt):
            asyncio.run(_serve(server, room, len(lines)))
    except LivebotError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(say(f"无法在 {host}:{port} 监听：{error.strerror}", f"cannot listen on {host}:{port}: {error.strerror}"), file=sys.stderr)
        return 1
    return 0


def _prepared(
    platform: str, stream: Path | None, speed: str, faults: Sequence[str], seed: int, say_log_file: Path | None
) -> tuple[list[Line], float | None, Faults]:
    if platform not in PLATFORMS:
        names = " ".join(PLATFORMS)
        raise _wrong(platform, f"没有这个练习平台，可用的有：{names}", f"no such platform to practise on; there are: {names}")
    if say_log_file:
        try:
            say_log_file.open("a").close()
        except OSError as error:
            raise _wrong(f"--say-log {say_log_file}", f"写不了：{error.strerror}", f"cannot be written: {error.strerror}") from error
    return list(read_recording(stream or DEMO)), _speed(speed), parse_faults(faults, seed=seed)


def _speed(speed: str) -> float | None:
    if speed == "max":
        return None
    try:
        factor = float(speed.removesuffix("x"))
    except ValueError:
        factor = 0.0
    if not 0 < factor <= 1e6:
        raise _wrong(f"--speed {speed}", "倍速应为大于 0 的数，或 max", "the speed must be a number above 0, or max")
    return factor


def _wrong(what: str, zh: str, en: str) -> ConfigError:
    return ConfigError([Problem(file="livebot simulate", field=what, zh=zh, en=en)])


async def _serve(server: BridgeServer, room: str, comments: int) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: Ctrl-C comes as KeyboardInterrupt
            loop.add_signal_handler(name, stop.set)
    async with server:
        print(server.url(room), flush=True)
        hint = say(f"{comments} 条弹幕，等第一个连接；按 Ctrl-C 结束", f"{comments} comments, waiting for the first client; Ctrl-C ends")
        print(hint, file=sys.stderr, flush=True)
        await stop.wait()
