"""A new shop starts with files that work, and nobody's files are overwritten."""

import os
from pathlib import Path

import pytest

from livebot.cli.check import run_check
from livebot.cli.init import example, run_init
from livebot.config import load_config
from livebot.errors import Rejected


def test_what_init_writes_passes_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "我的 店"
    assert run_init(folder) == 0
    said = capsys.readouterr().out
    written = sorted(path for path in folder.rglob("*") if path.is_file())
    assert [str(path.relative_to(folder)) for path in written] == [
        "config.toml",
        "rules/shop/faq.toml",
        "rules/shop/flags.toml",
        "rules/shop/followups.toml",
        "rules/shop/products.toml",
    ]
    assert all(str(path) in said for path in written)
    assert "livebot check" in said
    assert run_check(folder / "config.toml", None) == 0
    assert load_config(folder / "config.toml").rules.packs == ("base", "./rules/shop")
    assert "base" in capsys.readouterr().out


def test_the_starter_pack_alone_is_right_too(tmp_path: Path) -> None:
    run_init(tmp_path)
    text = (tmp_path / "config.toml").read_text(encoding="utf-8").replace('"base", ', "")
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    assert run_check(tmp_path / "config.toml", None) == 0


def test_the_rest_of_the_example_stays_word_for_word(tmp_path: Path) -> None:
    run_init(tmp_path)
    ours, theirs = example().read_text(encoding="utf-8").splitlines(), (tmp_path / "config.toml").read_text(encoding="utf-8").splitlines()
    assert [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b] == [('packs = ["base"]', 'packs = ["base", "./rules/shop"]')]


@pytest.mark.parametrize("there", ["config.toml", "rules/shop"])
def test_nothing_is_overwritten(tmp_path: Path, there: str) -> None:
    path = tmp_path / there
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")
    with pytest.raises(Rejected) as told:
        run_init(tmp_path)
    assert there.replace("/", os.sep) in str(told.value)
    assert path.read_text() == "mine"
    assert [found for found in tmp_path.rglob("*") if found.is_file()] == [path]


def test_a_dangling_link_counts_as_something(tmp_path: Path) -> None:
    (tmp_path / "config.toml").symlink_to(tmp_path / "elsewhere.toml")
    with pytest.raises(Rejected):
        run_init(tmp_path)
    assert not (tmp_path / "elsewhere.toml").exists()


def test_a_place_where_nothing_can_be_written_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file, no folder")
    with pytest.raises(Rejected) as told:
        run_init(tmp_path / "file")
    assert str(tmp_path / "file") in str(told.value)
