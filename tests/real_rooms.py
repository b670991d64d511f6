"""Rooms on every platform, each with a piece of a real recording and all that can go wrong there, and what their platforms know of it."""

from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from hearing import Ear
from recordings import BILI, DATA, MIXED, TWITCH

from livebot.simulate.faults import Faults, parse_faults
from livebot.simulate.feed import FeedServer
from livebot.simulate.patience import Patience
from livebot.simulate.platforms import room_section, simulator
from livebot.simulate.recording import Line, read_recording

COUNT, LEAD_MS, LASTS_MS, QUIET_MS, LATE_MS = 310, 5_000, 22_000, 8_000, 5_000
BEAT_S, WATCHDOG_S = 2.0, 6.0  # the daemon waits for two and a half heartbeats and a second; QUIET_MS is longer
SEVERAL = "duplicate=.1,broken=.05,unknown=.1,missing=.2"
FREELY: dict[str, Any] = {"sends_count": 1000, "sends_seconds": 1}
SEED = 40  # of the faults: with it, what is asked of Douyin once is refused at the first try and heard at the others


class Plan(NamedTuple):
    """What is played on which platform, and what goes wrong. options are the simulator's, settings those of [rooms.settings]."""

    platform: str
    recording: str
    faults: str
    options: dict[str, Any] = {}  # noqa: RUF012 - never changed
    settings: dict[str, Any] = {}  # noqa: RUF012


PLANS = {
    "bilibili": Plan("bilibili", MIXED, f"{SEVERAL},split=.2,accept_close=1,auth=1,limit=.1,failing=.1,drop=120"),
    "bilibili moved": Plan("bilibili", BILI, "duplicate=.05,game_end=180", {"compression": "brotli"}),
    "bilibili lost": Plan("bilibili", BILI, "unknown=.05,game_lost=200", {"game_lives": 9.0}),
    "bilibili stalled": Plan("bilibili", MIXED, "missing=.1,stall=200", {"socket_lives": 2 * BEAT_S}),
    "twitch": Plan(
        "twitch", TWITCH, "duplicate=.1,broken=.05,unknown=.1,split=.2,reconnect=100,expire=5,shadow=.2,silent=.2,refuse=.1",
        {"moderator": True, "keepalive": BEAT_S},
        {"confirm": 5.0, "receipt_timeout": 1, "validate_every": 3},
    ),
    "twitch dropped": Plan("twitch", TWITCH, "duplicate=.1,missing=.1,drop=120,limit=.1,failing=.02", {"moderator": True}),
    "twitch stalled": Plan("twitch", TWITCH, "unknown=.1,stall=200", {"moderator": True, "keepalive": BEAT_S}),
    "youtube": Plan("youtube", MIXED, f"{SEVERAL},masked=.1,history=7,expire=4,limit=.03,failing=.01,drop=120", {}, FREELY),
    "youtube stalled": Plan("youtube", TWITCH, "duplicate=.1,stall=200,chat_end=280", {}, FREELY | {"timeout": 5.0}),
    "youtube doubtful": Plan("youtube", MIXED, "silent=.2,refuse=.2,shadow=.1", {}, FREELY | {"timeout": 5.0}),
    "oba": Plan("oba", MIXED, f"{SEVERAL},masked=.1,own=.1,accept_close=2,drop=120"),
    "oba stalled": Plan("oba", BILI, "duplicate=.1,skew=300,stall=200", {"platform": "wechat"}, {"silence": WATCHDOG_S}),
    "douyin_grab": Plan("douyin_grab", MIXED, f"{SEVERAL},masked=.1,own=.1,foreign=.1,midframe=120"),
    "douyin_grab stalled": Plan("douyin_grab", BILI, "duplicate=.1,stall=200", {}, {"silence": WATCHDOG_S}),
    "social_stream": Plan("social_stream", MIXED, f"{SEVERAL},masked=.1,own=.1,foreign=.1,drop=120", {}, FREELY),
    "social_stream stalled": Plan(
        "social_stream", TWITCH, "duplicate=.1,stall=200", {"platform": "twitch"}, FREELY | {"silence": WATCHDOG_S}
    ),
    "social_stream doubtful": Plan("social_stream", MIXED, "silent=.2", {"platform": "youtube"}, FREELY | {"confirm": 5.0}),
    "bridge": Plan("bridge", MIXED, f"{SEVERAL},history=5,drop=120", {}, FREELY),
    "bridge stalled": Plan("bridge", BILI, "broken=.1,stall=200", {"heartbeat": BEAT_S}, FREELY),
    "bridge doubtful": Plan("bridge", TWITCH, "refuse=.2,shadow=.2,silent=.3,late=.3", {}, FREELY | {"receipt_timeout": 1.0}),
    "douyin_push": Plan("douyin_push", MIXED, f"{SEVERAL},replay=.2,forge=.2,expire=3,limit=.3"),
}  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Played:
    """One room: what its platform was to play, and the platform."""

    name: str
    plan: Plan
    lines: list[Line]
    server: Any
    ear: Ear = field(init=False)

    def __post_init__(self) -> None:
        self.ear = Ear(lambda: _heard(self.plan.platform, self.server))

    @property
    def faults(self) -> Faults:
        return self.server.faults

    @property
    def section(self) -> str:
        settings = {**self.server.settings, **self.plan.settings}
        return room_section(self.plan.platform, settings, self.name).replace("adapter =", 'mode = "auto"\nadapter =', 1)

    @property
    def out(self) -> list[Line]:
        """The comments that went out."""
        match self.plan.platform:
            case "bilibili" | "twitch":
                return [line for line in self.lines[: self._play.position] if line.id not in self.server.missed]
            case "youtube" | "bridge":
                return self.lines[: self.server.sent]
            case _:
                return [line for line in self.lines if line.id in self.server.delivered]

    @property
    def lost(self) -> list[int]:
        """When the comments that nobody could hear were said, Unix ms."""
        out = {line.id for line in self.out}
        played = self.lines[: self._play.position] if self.faults.chat_end else self.lines
        return [self._play._started_ms + line.t_ms for line in played if line.id not in out]

    @property
    def deaf(self) -> list[tuple[int, int]]:
        """When nobody could hear it while there was something to hear."""
        deaf = self.server.deaf if self.plan.platform == "youtube" else self.ear.deaf
        return [(since, until) for since, until in deaf if since < self.played_until]

    @property
    def played_until(self) -> int:
        """Just before the last comment was said, Unix ms."""
        return int(self._play._started_ms + self.lines[-1].t_ms - 500)

    @property
    def finished(self) -> bool:
        ended = self.server.finished if self.plan.platform == "douyin_push" else self.server.ended
        return bool(ended.is_set())

    @property
    def tells_its_end(self) -> bool:
        return self.plan.platform != "douyin_push" and not (isinstance(self.server, FeedServer) and self.server.farewell() is None)

    @property
    def patience(self) -> Patience:
        match self.plan.platform:
            case "bilibili":
                return self.server.games.patience
            case "twitch":
                return self.server.helix.patience
            case _:
                return self.server.patience

    @property
    def history(self) -> int:
        return int(self.faults.history)

    @property
    def duplicates(self) -> int:
        again = self.history * (len(self.server.hellos) - 1) if self.plan.platform == "bridge" else 0
        return self.server.duplicates if self.plan.platform == "douyin_push" else self.struck("duplicate") + again

    @property
    def broken(self) -> int:
        if self.plan.platform == "douyin_push":
            return self.server.broken + self.server.unknown
        return self.struck("broken") + self.struck("unknown")

    @property
    def pushed_again(self) -> bool:
        """Whether a push was not answered in time, on a machine that is busy elsewhere, and came again."""
        return self.plan.platform == "douyin_push" and bool({0, 503} & self.server.pusher.statuses.keys())

    def struck(self, fault: str) -> int:
        """How many of the comments that went out this fault struck."""
        return sum(self.faults.strikes(fault, getattr(self.faults, fault), line.id) for line in self.out)

    @property
    def _play(self) -> Any:
        match self.plan.platform:
            case "bilibili" | "twitch" | "douyin_push":
                return self.server._play
            case "youtube":
                return self.server.chat.play
            case _:
                return self.server.play()


def _heard(platform: str, server: Any) -> bool:
    match platform:
        case "bilibili":
            return any(not client.stalled for game in server.games.open for client in game.clients)
        case "twitch":
            return any(one.client and not (one.stalled or one.gone_ms) for one in server.sessions.values())
        case "youtube" | "douyin_push":
            return True
        case _:
            return any(not client.stalled for client in server.play()._clients)


def pieces() -> Iterator[tuple[str, Plan, list[Line]]]:
    """A different piece of a recording for each room, as long as all of them, with a silence in the middle where silence means nothing."""
    whole = {name: list(read_recording(DATA / name, bad=lambda _: None)) for name in (TWITCH, MIXED, BILI)}
    taken = Counter({TWITCH: 1000, BILI: 3000})  # where there is talk
    for name, plan in PLANS.items():
        piece = whole[plan.recording][taken[plan.recording] :][:COUNT]
        taken[plan.recording] += COUNT
        first, span = piece[0].t_ms, piece[-1].t_ms - piece[0].t_ms
        times = [LEAD_MS + (line.t_ms - first) * LASTS_MS // span + (QUIET_MS if 2 * n > COUNT else 0) for n, line in enumerate(piece)]
        times[-1] += LATE_MS
        if "silence" in plan.settings:
            times = [LEAD_MS + n * LASTS_MS // COUNT for n in range(len(piece))]
        users = [line.user or f"viewer{n % 97}" for n, line in enumerate(piece)]
        yield name, plan, [replace(line, t_ms=at, user=user, name=user) for line, at, user in zip(piece, times, users, strict=True)]


async def playing(stack: AsyncExitStack) -> list[Played]:
    rooms = []
    for name, plan, lines in pieces():
        faults = parse_faults([plan.faults], seed=SEED)
        server = await stack.enter_async_context(simulator(plan.platform)(lines, faults=faults, **plan.options))
        rooms.append(Played(name=name, plan=plan, lines=lines, server=server))
    return rooms
