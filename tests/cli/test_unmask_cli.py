"""livebot unmask: the original for a reason, and a list of who asked; the terminal stays whole."""

import os
import subprocess
from contextlib import closing
from pathlib import Path

import forking
import pytest

from livebot.decide.events import Comment, Viewer
from livebot.keep.journal import Journal
from livebot.keep.seal import KeyedSealer

SAID = "我电话13812345678\x1b[2J\n衣服破了\u202e"


@pytest.fixture
async def shop(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text('[[rooms]]\nname = "a"\n', "utf-8")
    (tmp_path / "state").mkdir()
    with closing(KeyedSealer(tmp_path / "state" / "keys.db")) as sealer:
        journal = await Journal.open(tmp_path / "state" / "journal.db", sealer=sealer)
        await journal.append("a", Comment(id="c1", author=Viewer(id="7", name="张三丰"), text=SAID))
        await journal.close()
    return tmp_path


def unmask(shop: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return forking.run("unmask", *words, cwd=shop, env={**os.environ, "LIVEBOT_LANG": "en"})


async def test_it_prints_the_original_once_it_is_written_down(shop: Path) -> None:
    done = unmask(shop, "c1", "--reason", "to send a new one")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0].split("  ")[::2] == ["a", "张三丰"]
    assert done.stdout.splitlines()[1:] == ["我电话13812345678\\u001b[2J", "    衣服破了\\u202e"]
    [line] = unmask(shop, "--log").stdout.splitlines()
    assert line.split("\t")[2:] == ["admin", "a", "c1", "to send a new one"]


@pytest.mark.parametrize("words", [("c1",), ("c1", "--reason", " "), ("nobody", "--reason", "x"), ()])
async def test_without_a_reason_or_a_comment_nothing_is_shown(shop: Path, words: tuple[str, ...]) -> None:
    done = unmask(shop, *words)
    assert done.returncode == 1
    assert "13812345678" not in done.stdout + done.stderr
    assert unmask(shop, "--log").stdout == ""
