"""How many comments a second the rules decide, without any I/O, at several sizes of rulebook; and how others fare with the same rules."""

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import material
from livebot.cli.run import settle_down
from livebot.decide.events import Comment, Recorded, Viewer
from livebot.decide.matching import Matcher
from livebot.decide.memory import MergeLimits
from livebot.decide.policy import decide
from livebot.decide.session import RoomPolicy, Session
from livebot.engine import BATCH
from livebot.keep.rulefiles import load_rules

SIZES = (50, 500, 5000)
OTHERS = ("nonebot2", "errbot", "rivescript")
FOLDER = Path(__file__).parent / "others"
PYTHON = Path(sys.prefix) / "others" / "bin" / "python"  # their dependencies are kept apart from livebot's


def matcher(book: list[material.BenchRule]) -> Matcher:
    """The rules through the same files and loader that a shop's rules come by."""
    with tempfile.TemporaryDirectory() as folder:
        return Matcher(load_rules([material.write_pack(Path(folder), book)], {}, Path(folder)))


def shop_matcher() -> Matcher:
    """All that a shop has: the packs `base` and `starter` and a table of products."""
    with tempfile.TemporaryDirectory() as folder:
        return Matcher(load_rules(["base", "starter", material.write_shop(Path(folder))], material.VARIABLES, Path(folder)))


def large_matcher(entries: int) -> Matcher:
    """A shop of so many questions, each in four wordings."""
    with tempfile.TemporaryDirectory() as folder:
        return Matcher(load_rules([material.write_questions(Path(folder), material.phrasings(entries))], {}, Path(folder)))


def livebot_rate(rules: Matcher, texts: list[str]) -> tuple[float, int]:
    """(comments a second, how many of them hit a rule)."""
    session = Session(room="room", policy=RoomPolicy(merging=MergeLimits(raid_viewers=0)))  # so few different texts would be one raid
    events = [
        Recorded(
            seq=n,
            room="room",
            stream=1,
            received_at=1_760_000_000_000 + n,
            event=Comment(id=f"c{n}", author=Viewer(id=f"u{n % 5000}", name=f"观众{n % 5000}"), text=text),
        )
        for n, text in enumerate(texts)
    ]
    began = time.perf_counter()
    decided = [decide(session, event, rules)[1] for event in events]
    took = time.perf_counter() - began
    return len(texts) / took, sum(getattr(made[0], "reason", "") != "no_match" for made in decided)


def understood(rules: Matcher, texts: list[str]) -> dict[str, float]:
    """Comments that one core matches in a second of its time without the cache, as the daemon does it (a batch side by side) and one by
    one; and how long one alone takes by the clock, in microseconds."""
    settle_down()
    for text in texts[:500]:
        rules.fresh(text)
    together = time.thread_time()
    for start in range(0, len(texts), BATCH):
        rules.fresh_all(texts[start : start + BATCH])
    together = time.thread_time() - together
    times, used = [], time.thread_time()
    for text in texts:
        began = time.perf_counter()
        rules.fresh(text)
        times.append(time.perf_counter() - began)
    used = time.thread_time() - used
    times.sort()
    return {
        "per_s": len(times) / together,
        "singly_per_s": len(times) / used,
        "p50_us": times[len(times) // 2] * 1e6,
        "p99_us": times[int(len(times) * 0.99)] * 1e6,
    }


def cached(rules: Matcher, texts: list[str]) -> float:
    """Comments a second where the matcher may remember what the room repeats."""
    began = time.perf_counter()
    for text in texts:
        rules.match(text)
    return len(texts) / (time.perf_counter() - began)


def loading() -> dict[str, float]:
    """Seconds in a new process: for the imports that the model needs, and for the model."""
    code = """
import time
began = time.perf_counter()
from livebot.keep.model import load_meaning
imported = time.perf_counter()
assert load_meaning()
print(imported - began, time.perf_counter() - imported)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imports, model = map(float, done.stdout.split())
    return {"imports": imports, "model": model}


def other_rate(name: str, book: list[material.BenchRule], texts: list[str], seconds: float) -> dict[str, Any]:
    """What bench/others/with_<name>.py tells: package, done, seconds, hits; {"error"} where it cannot run here."""
    if not PYTHON.exists():
        return {"error": "not installed: run make bench"}
    task = json.dumps({"rules": [asdict(rule) for rule in book], "comments": texts, "seconds": seconds})
    command = [str(PYTHON), f"with_{name}.py"]
    done = subprocess.run(command, input=task, capture_output=True, text=True, cwd=FOLDER, timeout=600, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not lines:
        return {"error": (done.stderr or done.stdout).strip().splitlines()[-1:]}
    told: dict[str, Any] = json.loads(lines[-1])
    return told


def expected_hits(book: list[material.BenchRule], count: int) -> int:
    return sum(rule is not None for _, rule in material.comments(book, count))
