"""config.toml as typed, frozen data: every key that a streamer may set, with its default."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from livebot.errors import ConfigError, Problem
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
    """Where /healthz, /readyz and /metrics (and later the pages) listen; "" turns them off."""

    listen: str = "127.0.0.1:8787"


class Rules(Section):
    """packs: a bare name is a shipped pack, anything with / or ending in .toml is a path relative to the config file. variables: what
    {name} means in the texts of rules (docs/rules.md)."""

    packs: tuple[str, ...] = ("base",)
    variables: dict[str, str] = Field(default_factory=dict)


class Replies(Section):
    """expiry: seconds after which an answer is worse than none. budget: at most this many texts a minute over all rooms."""

    expiry: Annotated[float, Field(gt=0, le=3600)] = 60.0
    budget_per_minute: Annotated[int, Field(ge=0)] = 60


class FollowUps(Section):
    """quiet_hours: "22:30-08:00" local time, in which reminders wait. webhook: gets each follow-up and hand-over as JSON."""

    enabled: bool = True
    quiet_hours: str = Field(default="22:30-08:00", pattern=r"^((\d|[01]\d|2[0-3]):[0-5]\d-(\d|[01]\d|2[0-3]):[0-5]\d)?$")
    webhook: str = ""


class Log(Section):
    """json_lines: one JSON object a line instead of text, for programs that collect logs."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    json_lines: bool = False


class RoomConfig(Section):
    """One room: which adapter reads it and how bold livebot is in it. settings belong to the adapter."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    adapter: str = "bridge"
    mode: Mode = "auto"
    settings: dict[str, Any] = Field(default_factory=dict)


class Config(Section):
    """language: what livebot speaks to its user; "auto" follows the computer."""

    language: Literal["auto", "zh", "en"] = "auto"
    state: State = State()
    redis: Redis = Redis()
    desk: Desk = Desk()
    rules: Rules = Rules()
    replies: Replies = Replies()
    followups: FollowUps = FollowUps()
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
