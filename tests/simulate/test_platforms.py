"""The registry of practice platforms: each is what a simulator must be, and none shares code with an adapter."""

import ast
import inspect
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import livebot
from livebot.errors import ConfigError
from livebot.simulate.platforms import COMMON, PLATFORMS, checked_options, own_options, room_section, simulator
from livebot.simulate.recording import Line

HOUSE = Path(livebot.__file__).parent.parent
each = pytest.mark.parametrize("name", sorted(PLATFORMS))


@each
def test_it_takes_what_every_simulator_takes(name: str) -> None:
    kinds = inspect.getmro(simulator(name))  # type: ignore[arg-type]
    parameters = {option for kind in kinds for option in inspect.signature(kind.__init__).parameters}
    assert [option for option in COMMON if option not in parameters] == []
    assert set(own_options(name)) == parameters - {*COMMON, "self", "args", "kwargs", "common"}


@each
async def test_it_says_where_it_is_and_how_to_reach_it(name: str) -> None:
    async with simulator(name)([Line(id="m1", t_ms=0, text="在吗")], speed=None) as server:
        assert (server.says, server.sent, server.ended.is_set()) == ([], 0, False), "nothing plays until somebody is there"
        assert "127.0.0.1" in server.address
        assert not any(ch.isspace() for ch in server.address)
        (room,) = tomllib.loads(room_section(name, server.settings))["rooms"]
        assert (room["adapter"], room["settings"]) == (name, dict(server.settings))


def test_a_section_is_toml_whatever_the_settings_hold() -> None:
    settings: dict[str, Any] = {"a": '引号"\\\n\x00', "b": 1.5, "c": True, "d": [1, 2], "e": {"k y": {"env": "X"}}}
    assert tomllib.loads(room_section("x", settings))["rooms"][0]["settings"] == settings


def test_what_is_not_there_is_named_with_what_is() -> None:
    with pytest.raises(ConfigError, match=r"moon.*bridge"):
        simulator("moon")
    with pytest.raises(ConfigError, match=r"tide.*heartbeat"):
        checked_options("bridge", {"tide": 1})


def imported(folder: str) -> Iterator[tuple[str, str]]:
    """(file, module) of every import below a folder, also within functions."""
    for path in sorted((HOUSE / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((path.name, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield path.name, node.module or ""


@pytest.mark.parametrize(("folder", "stranger"), [("livebot/simulate", "adapters"), ("adapters", "livebot.simulate")])
def test_simulators_and_adapters_share_no_codec(folder: str, stranger: str) -> None:
    found = list(imported(folder))
    assert len(found) > 10
    assert [(path, module) for path, module in found if module == stranger or module.startswith(stranger + ".")] == []
