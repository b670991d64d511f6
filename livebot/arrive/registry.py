"""From a name in the configuration to an adapter: an entry point, or "package.module:Adapter"."""

from importlib import import_module
from importlib.metadata import entry_points

from pydantic import BaseModel, ValidationError

from livebot.arrive.adapter import Adapter, Capabilities
from livebot.errors import ConfigError, Problem

GROUP = "livebot.adapters"


def names() -> list[str]:
    """The adapters that are installed."""
    return sorted(entry_points(group=GROUP).names)


def load(name: str, *, file: str = "config.toml", room: str = "") -> Adapter:
    """The adapter of that name; raises ConfigError, in words, where there is none or it does not load."""

    def wrong(zh: str, en: str) -> ConfigError:
        return ConfigError([Problem(file=file, table=f"rooms: {room}" if room else "rooms", field="adapter", zh=zh, en=en)])

    try:
        if ":" in name:
            module, _, attribute = name.partition(":")
            found = getattr(import_module(module), attribute)
        else:
            points = entry_points(group=GROUP, name=name)
            if not points:
                known = ", ".join(names())
                raise wrong(f"没有叫 {name!r} 的适配器。可用的有：{known}。", f"there is no adapter {name!r}. There are: {known}.")
            found = next(iter(points)).load()
        adapter: Adapter = found() if isinstance(found, type) else found
    except ConfigError:
        raise
    except Exception as error:
        raise wrong(f"适配器 {name!r} 加载失败：{error!r}", f"the adapter {name!r} does not load: {error!r}") from error
    if not isinstance(getattr(adapter, "capabilities", None), Capabilities):
        raise wrong(f"{name!r} 不是适配器：缺少 capabilities。", f"{name!r} is no adapter: it has no capabilities.")
    return adapter


def settings(adapter: Adapter, given: dict[str, object], *, file: str, room: str) -> BaseModel:
    """The adapter's own section, checked; raises ConfigError naming each field that is wrong."""
    try:
        return adapter.Config.model_validate(given)
    except ValidationError as error:
        raise ConfigError(
            [
                Problem(
                    file=file,
                    table="rooms.settings",
                    field=".".join(map(str, problem["loc"])),
                    zh=f"房间 {room} 的设置不对：{problem['msg']}",
                    en=f"the settings of room {room} are wrong: {problem['msg']}",
                )
                for problem in error.errors()
            ]
        ) from None


def limits(adapter: Adapter, config: BaseModel) -> Capabilities:
    """What the platform can do with these settings: an adapter may narrow or widen its class's capabilities by its configuration."""
    narrow = getattr(adapter, "limits", None)
    found: Capabilities = narrow(config) if narrow else adapter.capabilities
    return found
