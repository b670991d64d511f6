"""livebot mask: personal data found and made unreadable, in a text or in JSON lines."""

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final, TextIO

from livebot.cli.frame import configured
from livebot.decide.privacy import find, mask
from livebot.language import say

LONGEST: Final = 40  # characters of a bad line that are shown, masked


def run_mask(texts: tuple[str, ...], config: Path | None, source: TextIO, sink: TextIO, *, jsonl: bool) -> int:
    """Masks `texts`, or else what `source` holds, line by line.

    With `jsonl` each line is {"text"} and its answer {"masked", "spans": [[start, end, kind], …]}, offsets in code points of the text; a
    bad line is named on stderr and answered by nothing. Returns 0, or 1 where any line was bad. Raises ConfigError for a bad `config`.
    """
    if config is not None:
        configured(config)
    for stream, errors in ((source, "surrogateescape"), (sink, "replace")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    bad = 0
    try:
        for number, line in enumerate(texts or source, 1):
            if not jsonl:
                sink.write(mask(line.rstrip("\r\n")) + "\n")
            elif line.strip("\ufeff \t\r\n"):
                bad += _answer(number, line.strip("\ufeff"), sink.write)
            sink.flush()
    except BrokenPipeError:  # the reader has seen enough, as in `… | head`
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sink.fileno())
    return 1 if bad else 0


def _answer(number: int, line: str, write: Callable[[str], Any]) -> bool:
    """Whether the line was bad."""
    try:
        item = json.loads(line)
    except (ValueError, RecursionError):
        item, reason = None, say("不是一行 JSON", "not a line of JSON")
    else:
        reason = "" if isinstance(item, dict) and isinstance(item.get("text"), str) else say("缺少 text（文字）", "text is missing")
    if reason or item is None:
        sys.stderr.write(say(f"第 {number} 行：{reason}：", f"line {number}: {reason}: ") + ascii(mask(line.strip())[:LONGEST]) + "\n")
        return True
    text = item["text"]
    value = {"masked": mask(text), "spans": [[span.start, span.end, span.kind] for span in find(text)]}
    line = json.dumps(value, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:  # a lone surrogate: \udxxx is the only way to write it
        line = json.dumps(value)
    write(line + "\n")
    return False
