"""docs/guide.md, followed to the letter: every file it writes works, and every mistake it shows is told in the words it quotes."""

import io
import json
import re
from pathlib import Path

import pytest

import livebot
from livebot.cli.check import run_check
from livebot.cli.init import run_init
from livebot.cli.tryout import run_try

HOUSE = Path(livebot.__file__).parent.parent
GUIDE = (HOUSE / "docs" / "guide.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```(\w+)(?: (\S+))?(?: (\w+))?\n(.*?)```", re.DOTALL)
STEPS = [(file, text) for kind, file, use, text in BLOCK.findall(GUIDE) if kind == "toml" and not use]
MISTAKES = re.findall(
    r"```toml (\S+) wrong\n(.*?)```\n\n```text\n(.*?)```\n\n```toml \S+ right\n(.*?)```", GUIDE, re.DOTALL
)  # file, wrong, told, right


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    run_init(tmp_path / "我的店")
    monkeypatch.chdir(tmp_path / "我的店")
    capsys.readouterr()
    return Path()


def told(capsys: pytest.CaptureFixture[str]) -> str:
    """What livebot check says about the shop's own files."""
    run_check(None, None)
    return "\n".join(line for line in capsys.readouterr().out.splitlines() if "rules/shop/" in line[:16])


def test_its_steps_make_a_shop_without_a_fault(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file, text in STEPS:
        with (shop / file).open("a", encoding="utf-8") as sink:
            sink.write("\n" + text)
    assert len(STEPS) == 4
    assert told(capsys) == ""
    rows = re.findall(r"^\| (.*?) \| (.*?) \|$", GUIDE.partition("| 观众说 |")[2].partition("\n\n")[0], re.MULTILINE)
    assert len(rows) == 7
    asked = "".join(json.dumps({"text": text, "on_air": 1}) + "\n" for text, _ in rows)
    sink = io.StringIO()
    run_try((), None, Path("config.toml"), io.StringIO(asked), sink, jsonl=True)
    answers = [json.loads(line)["answer"] for line in sink.getvalue().splitlines()]
    assert answers == [None if answer.startswith("（不说话") else answer for _, answer in rows]


@pytest.mark.parametrize(("file", "wrong", "message", "right"), MISTAKES, ids=[said.splitlines()[0][:60] for _, _, said, _ in MISTAKES])
def test_a_mistake_is_told_in_these_words_and_mended_so(
    shop: Path, capsys: pytest.CaptureFixture[str], file: str, wrong: str, message: str, right: str
) -> None:
    config = (shop / "config.toml").read_text(encoding="utf-8")
    (shop / "config.toml").write_text(config.replace('"base", ', ""), encoding="utf-8")  # the shop's own rules alone: that is quick
    (shop / file).write_text(wrong, encoding="utf-8")
    said = told(capsys)
    for line in message.strip().splitlines():
        assert line in said
    (shop / file).write_text(right, encoding="utf-8")
    assert told(capsys) == ""


def test_mended_rules_are_without_a_fault_beside_the_shipped_ones(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mended = {(file, right.splitlines()[0]): right for file, _, _, right in MISTAKES}
    products = [right for file, _, _, right in MISTAKES if file.endswith("products.toml")]
    (shop / "rules/shop/products.toml").write_text(products[-1], encoding="utf-8")
    for file in ("faq.toml", "followups.toml"):
        texts = [right for (name, _), right in mended.items() if name.endswith(file)]
        assert texts
        (shop / "rules/shop" / file).write_text("".join(texts), encoding="utf-8")
    assert told(capsys) == ""


def test_no_mistake_is_left_out() -> None:
    assert len(MISTAKES) == GUIDE.count(" wrong\n") >= 14
