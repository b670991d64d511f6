"""What a practice platform does wrong on purpose: named, composable, and the same each time for one seed."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace

from livebot.errors import ConfigError, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """0 means: does not happen. Shares are 0..1 of the comments or says; counts are comments on one connection.

    duplicate, broken, unknown, missing: share of comments sent twice, preceded by a broken frame, dressed in unknown fields
    and preceded by an unknown type, robbed of optional fields. history: old comments replayed on each connect.
    stall: comments after which a connection falls silent, open. midframe, drop: comments after which TCP is cut inside a frame,
    or the connection is closed abnormally. accept_close: so many first connections are closed at once.
    refuse, silent, shadow: share of says refused, left without a receipt, called said but never shown. late: seconds a receipt waits.
    skew: seconds the platform's clock is ahead.
    """

    duplicate: float = 0
    broken: float = 0
    unknown: float = 0
    missing: float = 0
    history: float = 0
    stall: float = 0
    midframe: float = 0
    drop: float = 0
    accept_close: float = 0
    refuse: float = 0
    silent: float = 0
    shadow: float = 0
    late: float = 0
    skew: float = 0
    seed: int = 0

    def strikes(self, name: str, share: float, what: object) -> bool:
        """Whether a fault that strikes this share hits this one comment or say; the same for the same seed."""
        return share > 0 and (share >= 1 or random.Random(f"{self.seed}/{name}/{what}").random() < share)


NONE = Faults()
DEFAULTS = {
    "duplicate": 0.05,
    "broken": 0.05,
    "unknown": 0.05,
    "missing": 0.2,
    "history": 20.0,
    "stall": 50.0,
    "midframe": 100.0,
    "drop": 100.0,
    "accept_close": 3.0,
    "refuse": 1.0,
    "silent": 1.0,
    "shadow": 1.0,
    "late": 3.0,
    "skew": 300.0,
}
SHARES = frozenset({"duplicate", "broken", "unknown", "missing", "refuse", "silent", "shadow"})
COUNTS = frozenset({"history", "stall", "midframe", "drop", "accept_close"})


def parse_faults(specs: Iterable[str], *, seed: int = 0) -> Faults:
    """["drop=200", "late", "duplicate=0.1"] → Faults; a name alone takes its default. Raises ConfigError that lists the names."""
    found: dict[str, float] = {}
    for spec in specs:
        for word in filter(None, (part.strip() for part in spec.split(","))):
            name, _, value = word.partition("=")
            name = name.strip().replace("-", "_")
            found[name] = _strength(name, value.strip(), word)
    return replace(NONE, seed=seed, **found)


def _strength(name: str, value: str, word: str) -> float:
    if name not in DEFAULTS:
        names = " ".join(DEFAULTS)
        raise _complaint(word, f"没有这种故障，可用的有：{names}", f"no such fault; there are: {names}")
    if not value:
        return DEFAULTS[name]
    try:
        strength = float(value)
    except ValueError:
        strength = float("nan")
    if name in SHARES and not 0 <= strength <= 1:
        raise _complaint(word, "应为 0 到 1 之间的比例", "this takes a share between 0 and 1")
    if name in COUNTS and not (0 <= strength <= 1e9 and strength == int(strength)):
        raise _complaint(word, "应为不小于 0 的整数", "this takes a whole number, 0 or more")
    if not -1e9 <= strength <= 1e9 or (name == "late" and strength < 0):
        raise _complaint(word, "应为秒数", "this takes seconds")
    return strength


def _complaint(word: str, zh: str, en: str) -> ConfigError:
    return ConfigError([Problem(file="--fault", field=word, zh=zh, en=en)])
