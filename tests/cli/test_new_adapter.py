"""livebot new-adapter: what it writes passes its own tests, loads, and is in the style of the house."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import livebot
from livebot.arrive import registry
from livebot.cli.new_adapter import run_new_adapter
from livebot.errors import Rejected

HOUSE = Path(livebot.__file__).parent.parent


def ran(folder: Path, *command: str) -> str:
    env = os.environ | {"PYTHONPATH": os.pathsep.join((str(folder), str(HOUSE))), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-m", *command], cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_passes_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run_new_adapter("my_shop") == 0
    folder = tmp_path / "livebot-my-shop"
    assert " passed" in ran(folder, "pytest", "-q", "-p", "no:cacheprovider")
    ran(folder, "ruff", "check", "--config", str(HOUSE / "pyproject.toml"), ".")
    ran(folder, "ruff", "format", "--check", "--config", str(HOUSE / "pyproject.toml"), ".")
    monkeypatch.syspath_prepend(str(folder))
    adapter = registry.load("livebot_my_shop:MyShopAdapter")
    assert adapter.name == "my_shop"
    assert registry.settings(adapter, {"url": "wss://example.com"}, file="f", room="r")
    written = [path for path in folder.rglob("*.*") if path.is_file() and path.suffix != ".pyc"]
    assert [path.name for path in written if "@name@" in path.read_text("utf-8").lower()] == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(Rejected, match="there"):
        run_new_adapter("my_shop", tmp_path / "there")
    assert list((tmp_path / "there").iterdir()) == []


@pytest.mark.parametrize("name", ["", "My", "1a", "a-b", "a b", "_a", "a_", "../a", "a" * 41, "é"])
def test_a_name_that_cannot_be_one_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Rejected):
        run_new_adapter(name, tmp_path / "new")
    assert list(tmp_path.iterdir()) == []
