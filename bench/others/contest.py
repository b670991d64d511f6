"""What the drivers of other libraries share: the same rules and comments in, and how many were handled in how long out."""

import json
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

Rule = dict[str, Any]  # {"name", "words": [a, b] or [], "pattern"}


def task() -> tuple[list[Rule], list[str], float]:
    """Rules, comments and the seconds after which to stop, from standard input."""
    given = json.load(sys.stdin)
    return given["rules"], given["comments"], given["seconds"]


def measured(comments: list[str], seconds: float, handle: Callable[[str], object]) -> tuple[int, float]:
    """How many comments were handled, one after the other, and in how many seconds."""
    began = time.perf_counter()
    done = 0
    for text in comments:
        handle(text)
        done += 1
        if time.perf_counter() - began > seconds:
            break
    return done, time.perf_counter() - began


def tell(package: str, done: int, took: float, hits: int) -> None:
    """On the real standard output, whatever the library does to sys.stdout."""
    print(json.dumps({"package": f"{package} {version(package)}", "done": done, "seconds": took, "hits": hits}), file=sys.__stdout__)


def as_regex(rule: Rule) -> str:
    """For a library whose rules are regular expressions: all words, in any order."""
    return rule["pattern"] or "".join(f"(?=.*{word})" for word in rule["words"])
