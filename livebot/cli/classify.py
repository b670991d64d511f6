"""livebot classify: JSON lines in, one judged line out for each, in order."""

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final, TextIO

from livebot.config import load_config
from livebot.decide.classify import classify
from livebot.decide.matching import Matcher
from livebot.decide.rulebook import Rulebook
from livebot.errors import ConfigError
from livebot.keep.rulefiles import load_rules
from livebot.language import say

LONGEST: Final = 40  # characters of a bad line that are shown


def run_classify(rules: Path | None, config: Path | None, source: TextIO, sink: TextIO) -> int:
    """Answers each line {"id","text"} with {"id","category","confidence","answer","answer_confidence","route"}.

    `rules` replaces all packs; else those of `config` count, else the shipped pack "base". A bad line is named on stderr and answered by
    nothing; the others are answered all the same. Returns 0, or 1 where the rules or any line were bad.
    """
    try:
        matcher = Matcher(_rulebook(rules, config))
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for stream, errors in ((source, "surrogateescape"), (sink, "strict")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    bad = 0
    try:
        for number, line in enumerate(source, 1):
            if line.strip("\ufeff \t\r\n"):
                bad += _answer(number, line.strip("\ufeff"), matcher, sink.write)
                sink.flush()
    except BrokenPipeError:  # the reader has seen enough, as in `… | head`
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sink.fileno())
    return 1 if bad else 0


def _rulebook(rules: Path | None, config: Path | None) -> Rulebook:
    if rules is not None:
        return load_rules([rules], {}, Path.cwd())
    if config is not None:
        settings = load_config(config)
        return load_rules(settings.rules.packs, settings.rules.variables, config.parent)
    return load_rules(["base"], {}, Path.cwd())


def _answer(number: int, line: str, matcher: Matcher, write: Callable[[str], Any]) -> bool:
    """Whether the line was bad."""
    try:
        item = json.loads(line)
    except (ValueError, RecursionError):
        item, reason = None, say("不是一行 JSON", "not a line of JSON")
    else:
        reason = _fault(item)
    if reason:
        sys.stderr.write(say(f"第 {number} 行：{reason}：", f"line {number}: {reason}: ") + ascii(line.strip()[:LONGEST]) + "\n")
        return True
    write(_json({"id": item["id"], **asdict(classify(matcher.match(item["text"])))}) + "\n")
    return False


def _fault(item: object) -> str:
    if not isinstance(item, dict):
        return say('不是 {"id", "text"} 这样的对象', 'not an object such as {"id", "text"}')
    if isinstance(item.get("id"), bool) or not isinstance(item.get("id"), str | int):
        return say("缺少 id（文字或整数）", "id (text or a whole number) is missing")
    if not isinstance(item.get("text"), str):
        return say("缺少 text（文字）", "text is missing")
    return ""


def _json(value: object) -> str:
    line = json.dumps(value, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:  # a lone surrogate in an id: \udxxx is the only way to write it
        line = json.dumps(value)
    return line
