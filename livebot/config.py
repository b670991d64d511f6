"""config.toml as typed, frozen data: every key that a streamer may set, with its default."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from livebot.decide.hours import hours
from livebot.decide.promises import Promises
from livebot.decide.sla import Sla, Target
from livebot.errors import ConfigError, Problem
from livebot.keep import clock
from livebot.keep.complaints import complaints
from livebot.keep.tomlfile import Locate, read_toml

Mode = Literal["listen", "suggest", "auto"]


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class State(Section):
    """dir: where livebot keeps its journal; relative to the config file. One daemon at a time."""

    dir: Path = Path("state")


class Redis(Section):
    """url: "" starts the embedded Valkey, "journal:" needs no server, anything else is a server's URL. stream, group: docs/queue.md."""

    url: str = ""
    stream: str = "livebot:issues"
    group: str = "after-sales"


class Desk(Section):
    """Where the pages, the HTTP API and /healthz listen; "" turns them off. names: by which else the address may be called. undo: seconds
    for which an approved reply may be taken back before it leaves."""

    listen: str = "127.0.0.1:8787"
    names: tuple[Annotated[str, Field(pattern=r"^[A-Za-z0-9.-]+(:\d{1,5})?$")], ...] = ()
    undo: Annotated[float, Field(ge=0, le=30)] = 5.0


class Rules(Section):
    """packs: a bare name is a shipped pack, anything with / or ending in .toml is a path relative to the config file. variables: what
    {name} means in the texts of rules (docs/rules.md). second_opinion: seconds that a larger model may take, where the extra `e5` is
    installed; 0 does without."""

    packs: tuple[str, ...] = ("base",)
    variables: dict[str, str] = Field(default_factory=dict)
    second_opinion: Annotated[float, Field(ge=0, le=10)] = 0.5


Span = Annotated[str, Field(pattern=r"^(\d{1,4} ?[hd])?$")]


class ShopPromises(Section):
    """What the shop has promised everybody, and so may be said in the room (docs/guard.md); what is not here, livebot does not promise.

    The four spans are "48h" or "3d", "" for none.
    """

    ship_within: Span = ""
    arrive_within: Span = ""
    refund_within: Span = ""
    reply_within: Span = ""
    free_shipping: tuple[str, ...] = ()
    return_days: Annotated[int, Field(ge=0, le=366)] = 0
    return_freight: bool = False
    freight_insurance: bool = False
    price_protect_days: Annotated[int, Field(ge=0, le=366)] = 0
    warranty_months: Annotated[int, Field(ge=0, le=600)] = 0
    compensation: Annotated[int, Field(ge=0, le=100)] = 0
    gifts: tuple[str, ...] = ()
    proven: tuple[str, ...] = ()
    off_platform: bool = False

    def of_shop(self) -> Promises:
        """The same as the guard takes it."""
        from livebot.decide.speech.text import plain  # not every command judges texts

        return Promises(
            ship_hours=_hours(self.ship_within),
            arrive_hours=_hours(self.arrive_within),
            refund_hours=_hours(self.refund_within),
            reply_hours=_hours(self.reply_within),
            free_shipping=self.free_shipping,
            return_days=self.return_days,
            return_freight=self.return_freight,
            freight_insurance=self.freight_insurance,
            price_protect_days=self.price_protect_days,
            warranty_months=self.warranty_months,
            compensation=self.compensation,
            gifts=tuple(plain(gift).text for gift in self.gifts),
            proven=tuple(plain(words).text for words in self.proven),
            off_platform=self.off_platform,
        )


def _hours(span: str) -> float:
    return float(span[:-1]) * (24 if span[-1] == "d" else 1) if span else 0.0


class Replies(Section):
    """expiry: seconds after which an answer is worse than none. budget: at most this many texts a minute over all rooms."""

    expiry: Annotated[float, Field(gt=0, le=3600)] = 60.0
    budget_per_minute: Annotated[int, Field(ge=0)] = 60


class Merging(Section):
    """Seconds in which one viewer's same report is a repeat, and "me too" joins another's; how many new viewers within raid_seconds make
    one text a raid (0: never)."""

    repeat: Annotated[float, Field(ge=0, le=86_400)] = 600.0
    also: Annotated[float, Field(ge=0, le=3600)] = 60.0
    raid_viewers: Annotated[int, Field(ge=0, le=60)] = 8
    raid_seconds: Annotated[float, Field(gt=0, le=600)] = 30.0


class FollowUps(Section):
    """quiet_hours: "22:30-08:00" local time, in which reminders wait. webhook: gets each follow-up and hand-over as JSON."""

    enabled: bool = True
    quiet_hours: str = Field(default="22:30-08:00", pattern=r"^((\d|[01]\d|2[0-3]):[0-5]\d-(\d|[01]\d|2[0-3]):[0-5]\d)?$")
    webhook: str = ""


Minutes = Annotated[str, Field(pattern=r"^(\d{1,5} ?[mh])?$")]
Priority = Literal["P0", "P1", "P2", "P3", "P4"]


class Service(Section):
    """How soon staff take up an issue (respond) and solve it (resolve), by priority: "15m" or "8h" of business hours, "" for no clock.

    hours: such as "mon-fri 09:00-12:00 13:30-18:00"; holidays: "2026-10-01" or "2026-10-01/2026-10-07"; workdays: days that are worked
    after all, with Monday's hours or their own ("2026-10-10 10:00-16:00"); timezone: "" is this computer's; day_and_night: what does not
    wait for the hours.
    """

    respond: dict[Priority, Minutes] = {"P0": "5m", "P1": "15m", "P2": "1h", "P3": "4h"}
    resolve: dict[Priority, Minutes] = {"P0": "4h", "P1": "8h", "P2": "24h", "P3": "48h"}
    hours: tuple[str, ...] = ("mon-sun 09:00-22:00",)
    holidays: tuple[str, ...] = ()
    workdays: tuple[str, ...] = ()
    timezone: str = ""
    day_and_night: tuple[Priority, ...] = ("P0",)

    @model_validator(mode="after")
    def _readable(self) -> "Service":
        self.of_shop()
        return self

    def of_shop(self) -> Sla:
        """The same as the clocks take it. Raises ValueError for hours, days or a zone that cannot be read."""
        targets: dict[str, Target] = {
            priority: Target(respond=_seconds(self.respond.get(priority, "")), resolve=_seconds(self.resolve.get(priority, "")))
            for priority in sorted({*self.respond, *self.resolve})
        }
        open_hours = hours(self.hours, self.holidays, self.workdays, clock.offset_of(self.timezone))
        return Sla(targets=targets, hours=open_hours, day_and_night=frozenset(self.day_and_night))


def _seconds(span: str) -> float:
    return float(span[:-1]) * (3600 if span[-1] == "h" else 60) if span else 0.0


class Privacy(Section):
    """Days for which viewers' comments can be read; issues_days for those that became an issue. Afterwards nobody can read them."""

    comments_days: Annotated[int, Field(ge=1, le=36_500)] = 1095
    issues_days: Annotated[int, Field(ge=1, le=36_500)] = 1095


class Log(Section):
    """json_lines: one JSON object a line instead of text, for programs that collect logs."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    json_lines: bool = False


class RoomConfig(Section):
    """One room: which adapter reads it and how bold livebot is in it. settings belong to the adapter.

    delay: seconds from what is shown on air to when viewers see it, so that "this one" is what they saw.
    """

    name: Annotated[str, Field(min_length=1, max_length=80)]
    adapter: str = "bridge"
    mode: Mode = "auto"
    delay: Annotated[float, Field(ge=0, le=120)] = 0.0
    settings: dict[str, Any] = Field(default_factory=dict)


class Config(Section):
    """language: what livebot speaks to its user; "auto" follows the computer."""

    language: Literal["auto", "zh", "en"] = "auto"
    state: State = State()
    redis: Redis = Redis()
    desk: Desk = Desk()
    rules: Rules = Rules()
    promises: ShopPromises = ShopPromises()
    replies: Replies = Replies()
    merging: Merging = Merging()
    followups: FollowUps = FollowUps()
    sla: Service = Service()
    privacy: Privacy = Privacy()
    log: Log = Log()
    rooms: tuple[RoomConfig, ...] = ()


def load_config(path: Path) -> Config:
    """The config file as data, with `state.dir` made relative to the file's folder. Raises ConfigError with every problem in it."""
    data, locate = read_toml(path)
    try:
        config = Config.model_validate(data)
    except ValidationError as error:
        raise ConfigError(complaints(error, file=str(path), locate=locate, model=Config)) from None
    if problems := _same_names(config, str(path), locate):
        raise ConfigError(problems)
    return config.model_copy(update={"state": State(dir=path.parent / config.state.dir.expanduser())})


def _same_names(config: Config, file: str, locate: Locate) -> list[Problem]:
    names = [room.name for room in config.rooms]
    return [
        Problem(
            file=file,
            line=locate(("rooms", index), "name"),
            table="rooms",
            field="name",
            zh=f"直播间名 {name} 用了两次，请改一个",
            en=f"two rooms are named {name}; rename one",
        )
        for index, name in enumerate(names)
        if name in names[:index]
    ]
