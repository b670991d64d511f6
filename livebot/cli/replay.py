"""`livebot replay`: the lines of a what-if, and the table of what became of every comment."""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from livebot.config import Config, load_config
from livebot.decide.matching import Matcher
from livebot.decide.session import RoomPolicy
from livebot.decide.states import COMMENT_STATES
from livebot.errors import ConfigError, Problem
from livebot.keep import clock
from livebot.keep.rulefiles import load_rules
from livebot.keep.words import STATE_NAMES
from livebot.language import say
from livebot.replay import ROOM, replay
from livebot.simulate.recording import Line, read_recording

SENDS = (5, 5.0)  # what the bridge's platform allows where nothing else is configured


def run_replay(stream: Path, config: Path | None = None, speed: str = "max", out: Path | None = None) -> int:
    """JSON lines to `out` or standard output, then the table; 1 where a line of the recording was bad, else 0.

    speed: a factor, or "max". Raises ConfigError for a recording or a configuration that cannot be used, and OSError for `out`.
    """
    factor = _factor(speed)
    settings = load_config(config) if config else Config()
    rules = load_rules(settings.rules.packs, settings.rules.variables, config.parent if config else Path())
    complaints: list[ConfigError] = []
    tally: Counter[str] = Counter()
    with ExitStack() as stack:
        sink = _opened(stack, out)
        lines = _watched(stack, stream, read_recording(stream, complaints.append))
        room = settings.rooms[0] if settings.rooms else None
        events = replay(
            _paced(lines, factor),
            Matcher(rules),
            RoomPolicy(mode=room.mode if room else "auto", expiry=settings.replies.expiry, promises=settings.promises.of_shop()),
            room=room.name if room else ROOM,
            sends=SENDS,
            budget_per_minute=settings.replies.budget_per_minute,
        )
        for event in events:
            tally[event["state"] or event["kind"]] += 1
            sink.write(as_line(event))
        sink.flush()
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    _print_table(tally, len(complaints), sys.stdout if out else sys.stderr)
    return 1 if complaints else 0


def as_line(event: dict[str, Any]) -> str:
    return json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def _factor(speed: str) -> float | None:
    if speed == "max":
        return None
    try:
        factor = float(speed.removesuffix("x"))
    except ValueError:
        factor = 0.0
    if not 0 < factor <= 1e6:
        zh, en = "倍速应为大于 0 的数，或 max", "the speed must be a number above 0, or max"
        raise ConfigError([Problem(file="livebot replay", field=f"--speed {speed}", zh=zh, en=en)])
    return factor


def _opened(stack: ExitStack, out: Path | None) -> TextIO:
    if out is None:
        return sys.stdout
    try:
        return stack.enter_context(out.open("w", encoding="utf-8", newline="\n"))
    except OSError as error:
        zh, en = f"写不了：{error.strerror}", f"cannot be written: {error.strerror}"
        raise ConfigError([Problem(file=str(out), field="--out", zh=zh, en=en)]) from error


def _paced(lines: Iterable[Line], factor: float | None) -> Iterator[Line]:
    start = clock.monotonic()
    for line in lines:
        if factor and (wait := line.t_ms / 1000 / factor - (clock.monotonic() - start)) > 0:
            time.sleep(wait)
        yield line


def _watched(stack: ExitStack, stream: Path, lines: Iterator[Line]) -> Iterator[Line]:
    """The lines, with a progress bar beside them where somebody watches."""
    if not sys.stderr.isatty():
        return lines
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    progress = stack.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
    total = sum(1 for _ in read_recording(stream, lambda _: None))
    return iter(progress.track(lines, total=total, description=say("重放", "replay"), update_period=0.2))


def _print_table(tally: Counter[str], bad: int, sink: TextIO) -> None:
    """Every terminal state with its count; they add up to the comments read."""
    table = Table(title=say("弹幕的去向", "What became of the comments"))
    table.add_column(say("状态", "state"))
    table.add_column(say("条数", "comments"), justify="right")
    for state in COMMENT_STATES:
        if tally[state]:
            table.add_row(f"{state} {say(STATE_NAMES[state][0], '')}".strip(), str(tally[state]))
    table.add_section()
    table.add_row(say("合计", "total"), str(sum(tally[state] for state in COMMENT_STATES)))
    Console(file=sink).print(table)
    extra = []
    if tally["duplicate"]:
        extra.append(say(f"重复的 id {tally['duplicate']} 条，不算弹幕", f"{tally['duplicate']} with an id seen before, no comments"))
    if bad:
        extra.append(say(f"读不懂的 {bad} 行，已跳过", f"{bad} lines could not be read and were skipped"))
    if extra:
        print(say("；", "; ").join(extra), file=sink)
