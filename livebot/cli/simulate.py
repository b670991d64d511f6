"""`livebot simulate`: a platform to practise on, played from a recording until somebody stops it."""

import asyncio
import json
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from livebot.errors import ConfigError, LivebotError, Problem
from livebot.language import say
from livebot.simulate.faults import Faults, parse_faults
from livebot.simulate.platforms import Simulator, checked_options, room_section, simulator
from livebot.simulate.play import say_log
from livebot.simulate.recording import DEMO, Line, read_recording


def run_simulate(
    platform: str = "bridge",
    stream: Path | None = None,
    speed: str = "1",
    faults: Sequence[str] = (),
    port: int = 0,
    host: str = "127.0.0.1",
    *,
    seed: int = 0,
    say_log_file: Path | None = None,
    own: Mapping[str, Any] | None = None,
) -> int:
    """Prints the address as the first line, plays from the first client on, ends by Ctrl-C or SIGTERM; gives the exit code.

    stream: a recording, None for the bundled room. speed: a factor, or "max". faults: "name" or "name=strength" each.
    port: 0 takes a free one. say_log_file: gets every text said as a JSON line. own: options that only this platform has.
    """
    try:
        make, options = simulator(platform), checked_options(platform, own or {})
        lines, factor, wrong = _prepared(stream, speed, faults, seed, say_log_file)
        log = say_log(say_log_file) if say_log_file else None
        made = make(lines, speed=factor, faults=wrong, host=host, port=port, log=log, **options)
        with suppress(KeyboardInterrupt):
            asyncio.run(_serve(platform, made, len(lines)))
    except LivebotError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(say(f"无法在 {host}:{port} 监听：{error.strerror}", f"cannot listen on {host}:{port}: {error.strerror}"), file=sys.stderr)
        return 1
    return 0


def own_of(words: Sequence[str]) -> dict[str, Any]:
    """["heartbeat=5", "token=abc"] → options: what is JSON as what it says, everything else as text."""
    return {name.strip().replace("-", "_"): _value(value) for name, _, value in (word.partition("=") for word in words)}


def _value(word: str) -> Any:
    try:
        return json.loads(word)
    except (ValueError, RecursionError):
        return word


def _prepared(
    stream: Path | None, speed: str, faults: Sequence[str], seed: int, say_log_file: Path | None
) -> tuple[list[Line], float | None, Faults]:
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


async def _serve(platform: str, server: Simulator, comments: int) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: Ctrl-C comes as KeyboardInterrupt
            loop.add_signal_handler(name, stop.set)
    async with server:
        print(server.address, flush=True)
        hint = say(
            f"{comments} 条弹幕，等第一个连接；按 Ctrl-C 结束。config.toml 里这样写：",
            f"{comments} comments, waiting for the first client; Ctrl-C ends. In config.toml:",
        )
        print(f"{hint}\n\n{room_section(platform, server.settings)}\n", file=sys.stderr, flush=True)
        await stop.wait()
