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
    skew: seconds the platform's clock is ahead. expire: seconds after which a token no longer works. limit, failing: share of HTTP
    requests answered 429 with Retry-After, and 503. slow: seconds that every answer waits. chat_end: comments after which the chat is over.
    reconnect, revoke: comments after which a connection is told to move, and after which what was subscribed is taken away.
    split: share of frames that come in fragments. auth: so many first connections are refused although their pass is good. game_end,
    game_lost: comments after which the platform stops pushing, and says so, or does not.
    masked, own, foreign: share of comments whose author is hidden, that the host answers in the chat, that another room's are sent beside.
    replay, forge: share of pushes that come again with an old time, and that are preceded by one which somebody else signed.
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
    expire: float = 0
    limit: float = 0
    failing: float = 0
    slow: float = 0
    chat_end: float = 0
    reconnect: float = 0
    revoke: float = 0
    split: float = 0
    auth: float = 0
    game_end: float = 0
    game_lost: float = 0
    masked: float = 0
    own: float = 0
    foreign: float = 0
    replay: float = 0
    forge: float = 0
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
    "expire": 2.0,
    "limit": 0.1,
    "failing": 0.1,
    "slow": 1.0,
    "chat_end": 100.0,
    "reconnect": 100.0,
    "revoke": 100.0,
    "split": 0.3,
    "auth": 1.0,
    "game_end": 100.0,
    "game_lost": 100.0,
    "masked": 0.1,
    "own": 0.05,
    "foreign": 0.1,
    "replay": 0.1,
    "forge": 0.1,
}
SHARES = frozenset({"duplicate", "broken", "unknown", "missing", "refuse", "silent", "shadow", "limit", "failing", "split"})
SHARES |= {"masked", "own", "foreign"}
SHARES |= {"replay", "forge"}
COUNTS = frozenset({"history", "stall", "midframe", "drop", "accept_close", "chat_end", "reconnect", "revoke"})
COUNTS |= {"auth", "game_end", "game_lost"}
SPANS = frozenset({"late", "expire", "slow"})


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
    if not -1e9 <= strength <= 1e9 or (name in SPANS and strength < 0):
        raise _complaint(word, "应为秒数", "this takes seconds")
    return strength


def _complaint(word: str, zh: str, en: str) -> ConfigError:
    return ConfigError([Problem(file="--fault", field=word, zh=zh, en=en)])
