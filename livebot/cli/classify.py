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

from livebot.cli.spoken import for_and_against
from livebot.config import load_config
from livebot.decide.classify import classify
from livebot.decide.matching import Match, Matcher
from livebot.decide.meaning.second import revised
from livebot.decide.rulebook import Rulebook
from livebot.errors import ConfigError, Rejected
from livebot.keep.rulefiles import load_rules
from livebot.keep.second_model import SecondModel
from livebot.language import say

LONGEST: Final = 40  # characters of a bad line that are shown
# What decide.meaning.manner hears in a comment, in plain words.
SPOKEN: Final = {
    "own": ("说的是自己的", "it is about one's own"),
    "still": ("还没、一直", "still waiting, again and again"),
    "done": ("已经买了、收到了、用了", "bought, received, used"),
    "supposed": ("假设、打听", "supposing, asking beforehand"),
    "hearsay": ("说的是别人", "it is about others"),
    "denial": ("说不用了", "no need"),
    "thanks": ("道谢、夸", "thanks, praise"),
    "parcel": ("快递、发货", "a parcel"),
    "order": ("订单、退换", "an order, a return"),
    "money": ("钱款", "money"),
    "fault": ("坏了、不好", "a fault"),
    "blame": ("不满", "blame"),
    "lacking": ("缺了、不对", "something is missing or wrong"),
}


def run_classify(
    rules: Path | None, config: Path | None, source: TextIO, sink: TextIO, *, explain: bool = False, second: bool = False
) -> int:
    """Answers each line {"id","text"} with {"id","category","confidence","answer","answer_confidence","route"}.

    `rules` replaces all packs; else those of `config` count, else the shipped pack "base". A bad line is named on stderr and answered by
    nothing; the others are answered all the same. `explain` adds "why": every rule that was hit, with its words and what spoke for it.
    `second` asks the larger model of the extra `e5` as the daemon does.
    Returns 0, or 1 where the rules or any line were bad.
    """
    try:
        matcher = Matcher(_rulebook(rules, config))
        model = _second_model(matcher.rulebook) if second else None
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
                bad += _answer(number, line.strip("\ufeff"), matcher, model, sink.write, explain)
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


def _second_model(rulebook: Rulebook) -> SecondModel:
    """With the phrasings of the rulebook; raises Rejected without the extra `e5`."""
    try:
        model = SecondModel()
    except (ImportError, OSError, RuntimeError) as error:
        zh = f"第二个模型用不了（{error}）。先安装：pip install 'livebot[e5]'（只有 Linux x86-64）"
        raise Rejected(zh, f"no second model ({error}). Install it: pip install 'livebot[e5]' (Linux on x86-64 only)") from error
    model.learn(rulebook)
    return model


def _answer(number: int, line: str, matcher: Matcher, second: SecondModel | None, write: Callable[[str], Any], explain: bool) -> bool:
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
    match = matcher.fresh(item["text"], hasty=False)  # what is far from being meant is shown too
    if second is not None and (opinion := second.opinion(match, matcher.rulebook)):
        match = revised(match, opinion)
    why = {"why": _why(matcher, match)} if explain else {}
    write(_json({"id": item["id"], **asdict(classify(match)), **why}) + "\n")
    return False


def _why(matcher: Matcher, match: Match) -> dict[str, Any]:
    """folded: the text as it was matched. flags, answers: the rules hit, best first, with the words or <kinds> that did it. For a flag that
    the comment leans to, the pieces of it that spoke most for an issue, and in `heard` how it speaks. For an answer found by likeness, what
    spoke most `for` and `against` it, in logits against the usual comment."""
    facts = matcher.reasons(match.folded) if match.answers else {}
    return {
        "folded": match.folded,
        "flags": [
            {"rule": hit.rule.id, "confidence": round(hit.confidence, 4), **_reason(hit.words or matcher.told(match.folded))}
            for hit in match.flags
        ],
        "answers": [
            {
                "rule": hit.rule.id,
                "confidence": round(hit.confidence, 4),
                "words": list(hit.words),
                **for_and_against(facts.get(hit.rule.id, ()) if not hit.words else ()),
            }
            for hit in match.answers
        ],
    }


def _reason(words: tuple[str, ...]) -> dict[str, list[str]]:
    """The words of a flag as they stand; of one by meaning, the pieces of the comment and its manners."""
    heard = [say(*SPOKEN[word[1:-1]]) for word in words if word.startswith("<") and word[1:-1] in SPOKEN]
    pieces = [word[1:] for word in words if word.startswith("~")]
    return {"words": pieces, "heard": heard} if pieces or heard else {"words": list(words)}


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
