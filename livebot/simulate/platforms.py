"""The platforms to practise on: name → simulator, imported only when it is asked for, and what every simulator is."""

import asyncio
import inspect
import json
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from importlib import import_module
from typing import Any, Protocol

from livebot.errors import ConfigError, Problem
from livebot.simulate.play import Say

PLATFORMS = {
    "bilibili": "livebot.simulate.bilibili:BilibiliSimulator",
    "bridge": "livebot.simulate.bridge:BridgeServer",
    "douyin_grab": "livebot.simulate.douyin_grab:DouyinGrabSimulator",
    "douyin_push": "livebot.simulate.douyin_push:DouyinPushSimulator",
    "oba": "livebot.simulate.oba:ObaSimulator",
    "social_stream": "livebot.simulate.social_stream:SocialStreamSimulator",
    "tiktok_shop": "livebot.simulate.tiktok_shop:TikTokShopSimulator",
    "twitch": "livebot.simulate.twitch:TwitchSimulator",
    "youtube": "livebot.simulate.youtube:YouTubeSimulator",
}
COMMON = ("lines", "speed", "faults", "host", "port", "log", "ends")  # what every simulator's constructor takes; the rest is its own


class Simulator(AbstractAsyncContextManager[Any], Protocol):
    """A platform to practise on, `async with Class(lines, speed=1.0, faults=NONE, host="127.0.0.1", port=0, log=None, ends=True) as it:`.

    Plays a recording on the platform's wire from the moment that the first authenticated client connects. speed: None is as fast as
    clients take it. log: called with each Say. ends: whether the end of the recording ends the stream.
    """

    ended: asyncio.Event  # the end of the stream was told

    @property
    def address(self) -> str:
        """Where it is, in one line without spaces."""
        ...

    @property
    def settings(self) -> Mapping[str, Any]:
        """What [rooms.settings] of the platform's adapter must hold to talk to it: strings, numbers, booleans, lists and tables."""
        ...

    @property
    def says(self) -> list[Say]:
        """All that was said into it, oldest first; the same key twice is two of them."""
        ...

    @property
    def sent(self) -> int:
        """Different recorded comments that went out."""
        ...


def simulator(name: str) -> Callable[..., Simulator]:
    """The class of a platform's simulator; raises ConfigError that lists the platforms."""
    if name not in PLATFORMS:
        names = " ".join(PLATFORMS)
        raise _wrong(name, f"没有这个练习平台，可用的有：{names}", f"no such platform to practise on; there are: {names}")
    module, _, attribute = PLATFORMS[name].partition(":")
    made: Callable[..., Simulator] = getattr(import_module(module), attribute)
    return made


def own_options(name: str) -> dict[str, Any]:
    """The options of this platform alone, with their defaults."""
    parameters = inspect.signature(simulator(name)).parameters.values()
    return {one.name: one.default for one in parameters if one.name not in COMMON and one.default is not one.empty}


def checked_options(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The options as the platform's simulator takes them; raises ConfigError for one that it does not have."""
    known = own_options(name)
    for option in given:
        if option not in known:
            there = " ".join(known) or "-"
            raise _wrong(option, f"{name} 没有这个选项，它有：{there}", f"{name} has no such option; it has: {there}")
    return dict(given)


def room_section(name: str, settings: Mapping[str, Any], room: str = "practice") -> str:
    """The [[rooms]] section of config.toml that talks to a simulator."""
    lines = ["[[rooms]]", f"name = {_toml(room)}", f"adapter = {_toml(name)}", "", "[rooms.settings]"]
    return "\n".join((*lines, *(f"{key} = {_toml(value)}" for key, value in settings.items())))


def _toml(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_toml(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)  # strings, numbers and booleans are written alike


def _wrong(what: str, zh: str, en: str) -> ConfigError:
    return ConfigError([Problem(file="livebot simulate", field=what, zh=zh, en=en)])
