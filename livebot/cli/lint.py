"""livebot lint: may this be said? Texts, or JSON lines, each with its verdict, in order."""

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final, TextIO

from livebot.cli.frame import configured
from livebot.decide.guard import Verdict
from livebot.decide.privacy import mask
from livebot.decide.promises import Promises
from livebot.decide.shop.facts import NO_FACTS, Facts
from livebot.decide.speech.clearance import clear
from livebot.keep import clock
from livebot.keep.rulefiles import load_rules
from livebot.language import say

LONGEST: Final = 40  # characters of a bad line that are shown, masked
_NAMES: Final = {"ok": ("可以说", "ok"), "needs_evidence": ("要有证据", "needs evidence"), "block": ("不能说", "must not be said")}


def run_lint(texts: tuple[str, ...], config: Path | None, source: TextIO, sink: TextIO, *, jsonl: bool) -> int:
    """Judges `texts`, or else what `source` holds, line by line, as the daemon with this `config` would before it lets them leave.

    Its promises and its product tables back what is said; without a config nothing does.

    With `jsonl` each line is {"text"} and its answer {"verdict", "rule", "article", "kind"}, the last three "" where the text is ok; a bad
    line is named on stderr and answered by nothing. Returns 1 where a line was bad or, without `jsonl`, a text must not be said; else 0.
    Raises ConfigError.
    """
    shop, facts = _shop(config)

    def judge(text: str) -> Verdict:
        return clear(text, shop, facts, clock.now_ms())

    for stream, errors in ((source, "surrogateescape"), (sink, "replace")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    bad = 0
    try:
        for number, line in enumerate(texts or source, 1):
            if jsonl:
                bad += _answer(number, line.strip("\ufeff"), judge, sink) if line.strip("\ufeff \t\r\n") else 0
            elif text := line.strip("\ufeff \t\r\n"):
                bad += _explain(text, judge(text), sink)
            sink.flush()
    except BrokenPipeError:  # the reader has seen enough, as in `… | head`
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sink.fileno())
    return 1 if bad else 0


def _shop(config: Path | None) -> tuple[Promises, Facts]:
    if config is None:
        return Promises(), NO_FACTS
    settings = configured(config)
    return settings.promises.of_shop(), load_rules(settings.rules.packs, settings.rules.variables, config.parent).facts


def _explain(text: str, verdict: Verdict, sink: TextIO) -> bool:
    """Writes the verdict for people; returns whether the text is blocked."""
    words = say(*_NAMES[verdict.verdict])
    if verdict.verdict == "ok":
        sink.write(f"{words}\t{text}\n")
        return False
    start, end = verdict.span
    shown = say(f"“{text[start:end]}”", f'"{text[start:end]}"')
    sink.write(f"{words}\t{text}\n\t{shown} {say(verdict.zh, verdict.en)}（{verdict.rule}，{verdict.article}）\n")
    return verdict.verdict == "block"


def _answer(number: int, line: str, judge: Callable[[str], Verdict], sink: TextIO) -> bool:
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
    sink.write(json.dumps(_data(judge(item["text"])), ensure_ascii=False) + "\n")
    return False


def _data(verdict: Verdict) -> dict[str, Any]:
    return {"verdict": verdict.verdict, "rule": verdict.rule, "article": verdict.article, "kind": verdict.kind}
