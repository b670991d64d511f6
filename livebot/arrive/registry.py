"""From a name in the configuration to an adapter: an entry point, or "package.module:Adapter"."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from livebot.arrive.adapter import Adapter, Capabilities
from livebot.errors import ConfigError, Problem
from livebot.keep.complaints import complaints
from livebot.keep.tomlfile import Locate

T = TypeVar("T")
GROUP = "livebot.adapters"


@cache
def _installed() -> dict[str, EntryPoint]:
    """Read once, for it looks through everything that is installed."""
    return {point.name: point for point in entry_points(group=GROUP)}


def names() -> list[str]:
    """The adapters that are installed."""
    return sorted(_installed())


def load(name: str, *, file: str = "config.toml", room: str = "") -> Adapter:
    """The adapter of that name; raises ConfigError, in words, where there is none or it does not load."""

    def wrong(zh: str, en: str) -> ConfigError:
        return ConfigError([Problem(file=file, table=f"rooms: {room}" if room else "rooms", field="adapter", zh=zh, en=en)])

    try:
        found = _named(name)
        adapter: Adapter | None = found() if isinstance(found, type) else found
    except (Exception, SystemExit) as error:  # a stranger's code: whatever it does at import parks its own room only
        raise wrong(f"适配器 {name!r} 加载失败：{error!r}", f"the adapter {name!r} does not load: {error!r}") from error
    if adapter is None:
        known = ", ".join(names())
        raise wrong(f"没有叫 {name!r} 的适配器。可用的有：{known}。", f"there is no adapter {name!r}. There are: {known}.")
    if lacking := _lacking(adapter):
        raise wrong(f"{name!r} 不是适配器：缺少 {lacking}。", f"{name!r} is no adapter: it has no {lacking}.")
    return adapter


def _named(name: str) -> Any:
    """What the name stands for; None where no entry point has it."""
    if ":" in name:
        module, _, attribute = name.partition(":")
        return getattr(import_module(module), attribute)
    point = _installed().get(name)
    return point.load() if point else None


def _lacking(adapter: object) -> str:
    config = getattr(adapter, "Config", None)
    if not isinstance(getattr(adapter, "capabilities", None), Capabilities):
        return "capabilities"
    if not (isinstance(config, type) and issubclass(config, BaseModel)):
        return "Config"
    return "" if callable(getattr(adapter, "connect", None)) else "connect"


def settings(adapter: Adapter, given: dict[str, object], *, file: str, room: str, locate: Locate = lambda *_: None) -> BaseModel:
    """The adapter's own section, checked; raises ConfigError naming each field that is wrong. locate: (table path, field) → line."""
    try:
        return _guarded(lambda: adapter.Config.model_validate(given), file, room)
    except ValidationError as error:
        problems = complaints(error, file=file, locate=locate, model=adapter.Config, prefix=("rooms", "settings"))
        named = [replace(one, zh=f"直播间 {room}：{one.zh}", en=f"room {room}: {one.en}") for one in problems]
        raise ConfigError(named) from None


def limits(adapter: Adapter, config: BaseModel, *, file: str = "config.toml", room: str = "") -> Capabilities:
    """What the platform can do with these settings: an adapter may narrow or widen its class's capabilities by its configuration."""
    narrow: Callable[[BaseModel], Capabilities] | None = getattr(adapter, "limits", None)
    return _guarded(lambda: narrow(config), file, room) if narrow else adapter.capabilities


def _guarded(ask: Callable[[], T], file: str, room: str) -> T:
    """A stranger's answer; its bugs are told as what they are."""
    try:
        return ask()
    except (ValidationError, ConfigError):
        raise
    except Exception as error:
        zh, en = f"直播间 {room}：适配器检查设置时出错：{error!r}", f"room {room}: the adapter fails to read its settings: {error!r}"
        raise ConfigError([Problem(file=file, table="rooms.settings", zh=zh, en=en)]) from error
