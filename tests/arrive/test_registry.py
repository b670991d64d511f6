"""From a name to an adapter: what is wrong is said in words, whatever a stranger's module does."""

import sys
from pathlib import Path

import pytest

from livebot.arrive import registry
from livebot.arrive.adapter import Capabilities
from livebot.errors import ConfigError

SHOP = """
from contextlib import asynccontextmanager
from pydantic import BaseModel, field_validator
from livebot.arrive.adapter import Capabilities

class Settings(BaseModel):
    url: str
    number: int = 0

    @field_validator("url")
    @classmethod
    def _url(cls, value):
        if value == "buggy":
            raise KeyError("bug")
        return value

class Adapter:
    name = "shop"
    capabilities = Capabilities(can_send=True)
    Config = Settings

    @asynccontextmanager
    async def connect(self, config, *, after):
        yield None

class Narrow(Adapter):
    def limits(self, config):
        return Capabilities(can_send=bool(1 / config.number))

instance = Adapter()
half = type("Half", (), {"capabilities": Adapter.capabilities})
bare = type("Bare", (), {"capabilities": Adapter.capabilities, "Config": Settings})
"""


@pytest.fixture(autouse=True)
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "my_shop.py").write_text(SHOP)
    (tmp_path / "shop_that_exits.py").write_text("raise SystemExit(3)")
    (tmp_path / "shop_that_fails.py").write_text("import no_such_module_here")
    for name in ("my_shop", "shop_that_exits", "shop_that_fails"):
        monkeypatch.delitem(sys.modules, name, raising=False)


def complaint(name: str) -> str:
    with pytest.raises(ConfigError) as caught:
        registry.load(name, file="c.toml", room="甲")
    assert [problem.file for problem in caught.value.problems] == ["c.toml"]
    assert "甲" in caught.value.problems[0].table
    return caught.value.problems[0].zh


def test_the_built_in_ones_come_through_the_same_door() -> None:
    assert {"bridge", "ws-json"} <= set(registry.names())
    assert registry.load("bridge").name == "bridge"


@pytest.mark.parametrize("name", ["my_shop:Adapter", "my_shop:instance"])
def test_a_class_or_an_object_of_one_s_own(name: str) -> None:
    adapter = registry.load(name)
    config = registry.settings(adapter, {"url": "x"}, file="c.toml", room="甲")
    assert config.model_dump() == {"url": "x", "number": 0}
    assert registry.limits(adapter, config) == Capabilities(can_send=True)


def test_an_unknown_name_is_told_with_those_there_are() -> None:
    assert "bridge" in complaint("brigde")


@pytest.mark.parametrize(
    "name", [":", "my_shop:", "my_shop:Nobody", "no_such_module:X", "shop_that_exits:Adapter", "shop_that_fails:Adapter", "..:x", ""]
)
def test_what_does_not_load_is_told(name: str) -> None:
    assert repr(name) in complaint(name)


@pytest.mark.parametrize(
    ("name", "lacks"), [("my_shop:Settings", "失败"), ("my_shop:half", "Config"), ("my_shop:bare", "connect"), ("os:path", "capabilities")]
)
def test_what_is_no_adapter_is_told(name: str, lacks: str) -> None:
    assert lacks in complaint(name)


def test_every_wrong_setting_is_named() -> None:
    with pytest.raises(ConfigError) as caught:
        registry.settings(registry.load("my_shop:Adapter"), {"number": "many"}, file="c.toml", room="甲")
    assert {(problem.table, problem.field) for problem in caught.value.problems} == {
        ("rooms.settings", "url"),
        ("rooms.settings", "number"),
    }
    assert all("甲" in problem.zh for problem in caught.value.problems)


def test_a_bug_in_an_adapter_s_own_checks_is_told() -> None:
    with pytest.raises(ConfigError):
        registry.settings(registry.load("my_shop:Adapter"), {"url": "buggy"}, file="c.toml", room="甲")


def test_an_adapter_may_narrow_its_capabilities() -> None:
    adapter = registry.load("my_shop:Narrow")
    config = registry.settings(adapter, {"url": "x", "number": 1}, file="c.toml", room="甲")
    assert registry.limits(adapter, config).can_send
    with pytest.raises(ConfigError):
        registry.limits(adapter, registry.settings(adapter, {"url": "x"}, file="c.toml", room="甲"))
