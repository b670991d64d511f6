"""The whole path through a real daemon process: how many, how fast, how big, and how soon after its start."""

from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.daemon import Daemon, Watchers
from bench.page import Page

RULES = 500


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured in one round."""

    rounds: int
    sustained: int  # comments
    paced: int
    rate: float  # comments a second, when paced
    matching: int  # comments at each size of rulebook
    patience: float  # seconds that another library may take at each size
    flood: int  # comments after which memory is looked at again


FULL = Size(rounds=5, sustained=100_000, paced=20_000, rate=1000.0, matching=20_000, patience=3.0, flood=1_000_000)
QUICK = Size(rounds=1, sustained=20_000, paced=3_000, rate=1000.0, matching=10_000, patience=0.5, flood=50_000)


def sustained(size: Size, rules: int = RULES) -> dict[str, float]:
    """From the first comment's departure until the last decision is committed and the last issue is in Redis."""
    with Daemon(rules=rules) as daemon:
        used = daemon.cpu()
        seen = daemon.pump.order(pour=size.sustained)
        decided = daemon.await_decisions(size.sustained)
        done = max(decided, daemon.await_issues())
        account = checked(daemon, size.sustained)
        return {
            "per_s": size.sustained / (done - seen["first"]),
            "cpu_us": (daemon.cpu() - used) / size.sustained * 1e6,
            "issues": account["issues"],
        }


def paced(size: Size) -> dict[str, float]:
    """Milliseconds from a comment's departure until a reader of the journal sees its decision, and until its answer is back on the wire."""
    with Daemon(rules=RULES, brisk=True) as daemon:
        seen = daemon.pump.order(pace=size.paced, rate=size.rate, journal=str(daemon.journal))
        checked(daemon, size.paced)
        written = {f"c{n}": at for n, at in enumerate(seen["written"])}
        decided = sorted((at - written[comment]) * 1000 for comment, at in seen["decided"].items() if comment in written)
        said = sorted((at - written[comment]) * 1000 for comment, at in seen["said"].items())
        if len(decided) != size.paced:
            raise RuntimeError(f"{size.paced - len(decided)} comments have no decision")
        late = sorted((at - seen["first"] - n / size.rate) * 1000 for n, at in enumerate(seen["written"]))
        return {
            "decision_p50": quantile(decided, 0.5),
            "decision_p99": quantile(decided, 0.99),
            "decision_max": decided[-1],
            "say_p50": quantile(said, 0.5),
            "say_p99": quantile(said, 0.99),
            "say_max": said[-1],
            "says": len(said),
            "pump_late_p50": quantile(late, 0.5),
            "pump_late_p99": quantile(late, 0.99),
        }


def watched(size: Size, browsers: int = 100) -> dict[str, float | None]:
    """Processor time (µs) a comment with nobody at the desk and with many, in turns at the same daemon; how old (ms) what they saw was; the
    longest task (ms) of a real browser's page meanwhile, where there is one."""
    alone: list[float] = []
    seen: list[dict[str, float]] = []
    with Daemon(rules=0, desk=True) as daemon:
        daemon.await_server()
        for _ in range(max(2, size.rounds)):
            alone.append(_cost(daemon, size))
            with Watchers(daemon, browsers) as many, Page(daemon) as page:
                cost, busy = _cost(daemon, size), page.longest()
                seen.append(many.heard() | {"cpu_us": cost} | ({} if busy is None else {"longest": busy}))
        daemon.await_decisions(2 * size.paced * len(alone))
    if any(one["lost"] or not one["comments"] for one in seen):
        raise RuntimeError(f"browsers were cut off or heard nothing: {seen}")
    with_many = median(one["cpu_us"] for one in seen)
    return {
        "alone_us": median(alone),
        "watched_us": with_many,
        "growth": with_many / median(alone) - 1,
        "age_p50": median(one["p50"] for one in seen),
        "age_p95": median(one["p95"] for one in seen),
        "frames_per_s": median(one["frames"] for one in seen) * size.rate / size.paced,
        "kb_per_s": median(one["bytes"] for one in seen) / browsers / 1000 * size.rate / size.paced,
        "longest_task": max((one["longest"] for one in seen if "longest" in one), default=None),
    }


def _cost(daemon: Daemon, size: Size) -> float:
    used = daemon.cpu()
    daemon.pump.order(pace=size.paced, rate=size.rate, journal=str(daemon.journal))
    return (daemon.cpu() - used) / size.paced * 1e6


def idle(rules: int = RULES) -> dict[str, float]:
    """Memory (MB) of a daemon that is connected and quiet, with its embedded server."""
    with Daemon(rules=rules) as daemon:
        daemon.await_server()
        return daemon.memory()


def flood(size: Size) -> dict[str, Any]:
    """Memory before and after very many comments; issues pile up in the queue, as nobody takes them."""
    with Daemon(rules=RULES) as daemon:
        daemon.await_server()
        before = daemon.memory()
        step = min(size.flood, 100_000)
        for poured in range(step, size.flood + 1, step):
            daemon.pump.order(pour=step)
            daemon.await_decisions(poured)
        daemon.await_issues()
        after = daemon.memory()
        account = checked(daemon, size.flood)
    growth = {name: after[name] / before[name] - 1 for name in ("daemon", "server", "sum")}
    return {"before": before, "after": after, "growth": growth, "comments": size.flood, "issues": account["issues"]}


def start() -> dict[str, float]:
    """Seconds from exec until the first comment, which waits at the door, is decided, and until its answer is on the wire."""
    with Daemon(rules=RULES, greet=True) as daemon:
        return daemon.first_answer()


def checked(daemon: Daemon, comments: int) -> dict[str, int]:
    """The daemon's account of its work; a figure whose comments do not add up is no figure."""
    found = daemon.account()
    if found["comments"] != comments or found["undecided"] or found["issues"] != found["in_redis"] or found["issues"] == 0:
        raise RuntimeError(f"{comments} comments were sent, but: {found}")
    return found


def quantile(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
