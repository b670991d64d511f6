"""The habits of the house, as far as a machine can see them."""

import ast
import gzip
import json
import os
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import daachorse
import pytest
from typer.main import get_command
from typer.testing import CliRunner

import adapters
import livebot
from livebot.cli import application

HOUSE = Path(livebot.__file__).parent.parent
MODULES = sorted(path for name in ("livebot", "adapters") for path in (HOUSE / name).rglob("*.py"))
TEXT = {".py", ".toml", ".md", ".jsonl", ".json", ".lua", ".service", ".yml", ".txt", ""}
LONGEST = 400
DATA = os.environ.get("LIVEBOT_DATA", "")
OPEN_LICENCES = ("Apache-2.0", "MIT", "ODbL", "CDLA", "CC-BY")


def shipped() -> list[Path]:
    """Every text file that git knows or would take in."""
    command = ["git", "-C", str(HOUSE), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        names = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no git checkout here")
    return [path for name in names if name and (path := HOUSE / name).is_file() and path.suffix in TEXT]


def test_adapters_and_rules_lie_beside_livebot() -> None:
    assert Path(adapters.__file__).parent == HOUSE / "adapters"
    assert list((HOUSE / "rules" / "base").glob("*.toml"))


def test_rules_hold_words_and_no_code() -> None:
    """`rules` is a name on the registry that is not ours: a package of that name must never be imported from here."""
    assert {path.suffix for path in (HOUSE / "rules").rglob("*") if path.is_file()} == {".toml"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_module_holds_one_idea_and_says_which(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= LONGEST
    if source.strip():
        assert ast.get_docstring(ast.parse(source)), "its docstring says what the module is for"


def test_nothing_is_left_for_later() -> None:
    words = re.compile(r"\b(TO" + "DO|FIX" + r"ME|XX" + r"X)\b")
    assert [str(path) for path in shipped() if path.suffix in {".py", ".toml", ".lua"} and words.search(path.read_text("utf-8"))] == []


def test_tests_talk_to_real_things() -> None:
    mocks = re.compile(r"\b(unittest\.mock|Magic" + "Mock|Async" + "Mock|pytest_mock)\\b")
    mine = Path(__file__)
    assert [path.name for path in (HOUSE / "tests").rglob("*.py") if path != mine and mocks.search(path.read_text("utf-8"))] == []


def commands() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []

    def walk(command: object, names: tuple[str, ...]) -> None:
        found.append(names)
        for name, inner in getattr(command, "commands", {}).items():
            walk(inner, (*names, name))

    walk(get_command(application()), ())
    return found


@pytest.mark.parametrize("names", commands(), ids=" ".join)
def test_every_command_explains_itself(names: tuple[str, ...]) -> None:
    told = CliRunner().invoke(application(), [*names, "--help"])
    assert told.exit_code == 0
    first = next(line for line in told.output.splitlines() if line.strip() and "Usage" not in line and "用法" not in line)
    assert re.fullmatch(r".*[\u4e00-\u9fff]{2}.*[。：].*", first), "what it does, in a sentence"


def test_the_commands_that_the_readme_promises_are_there() -> None:
    assert {names[0] for names in commands() if names} >= {
        "init", "run", "demo", "check", "classify", "replay", "simulate", "held", "issues", "report", "freeze", "doctor",
    }  # fmt: skip


# ── adapters ───────────────────────────────────────────────────────────────────

FOLDERS = sorted(path for path in (HOUSE / "adapters").iterdir() if (path / "wire.py").exists())
IMPURE = {"aiohttp", "asyncio", "os", "pathlib", "random", "secrets", "socket", "subprocess", "threading", "time", "websockets"}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_an_adapter_is_small_and_its_wire_pure(folder: Path) -> None:
    assert sum(len(path.read_text("utf-8").splitlines()) for path in folder.glob("*.py")) <= LONGEST
    nodes = list(ast.walk(ast.parse((folder / "wire.py").read_text("utf-8"))))
    named = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    named += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    assert {name.partition(".")[0] for name in named} & IMPURE == set()
    assert "livebot.keep.clock" not in named


# ── texts of others ────────────────────────────────────────────────────────────


def unlicensed() -> Iterator[str]:
    """Lines of the data folder that nobody gave us leave to copy."""
    for path in sorted(Path(DATA).rglob("*.jsonl*")):
        if path.name.startswith(("load_", "bili_", "mixed_", "en_curekart", "en_banking77")):  # licensed, or made of the lines of dev/
            continue
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            for line in file:
                entry = json.loads(line)
                if not str(entry.get("licence", "")).startswith(OPEN_LICENCES):
                    canonical = entry.get("question") if "afqmc" in path.name else None  # the others' are our own
                    yield from filter(None, (entry.get("text"), canonical, *entry.get("phrasings", ())))


@pytest.mark.skipif(not DATA, reason="LIVEBOT_DATA is not set")
def test_no_line_of_others_is_shipped() -> None:
    """Nine characters or more: Chinese ones anywhere, others as a text of their own, since "thank you" belongs to everybody."""
    lines = {line.strip() for line in unlicensed()}
    chinese = sorted(line for line in lines if len(line) >= 9 and re.search("[\u4e00-\u9fff]", line))
    others = {line.lower() for line in lines if len(line) >= 9 and " " in line}
    assert chinese
    assert others
    finder = daachorse.CharwiseDoubleArrayAhoCorasick(chinese)
    copied = []
    for path in shipped():
        text = path.read_text(encoding="utf-8", errors="replace")
        copied += [(path.name, chinese[index]) for _, _, index in finder.find_overlapping(text)]
        own = {part.strip().lower() for line in text.splitlines() for part in (line, *re.findall(r'"([^"]*)"', line))}
        copied += [(path.name, line) for line in own & others]
    assert copied == []


def test_no_two_modules_of_the_tests_have_one_name() -> None:
    """Each folder of tests is on the path: of two that are named alike, one hides the other as soon as both are collected."""
    names = [file.name for file in (HOUSE / "tests").rglob("*.py") if file.name != "conftest.py"]
    assert [name for name, times in Counter(names).items() if times > 1] == []
