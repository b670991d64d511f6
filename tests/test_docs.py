"""What the documents say is so: commands parse, links lead somewhere, the configuration example names everything and loads."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from typer.main import get_command

import livebot
from livebot.arrive import registry
from livebot.cli import application
from livebot.cli.init import example
from livebot.config import Config, RoomConfig, load_config

HOUSE = Path(livebot.__file__).parent.parent
README = (HOUSE / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([HOUSE / "README.md", HOUSE / "CHANGELOG.md", *(HOUSE / "docs").rglob("*.md")])
SHELLS = {"sh", "console", "powershell", ""}
ADAPTERS = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]["livebot.adapters"]
EXAMPLE = (HOUSE / "config.example.toml").read_text(encoding="utf-8")


def fenced(text: str) -> Iterator[tuple[str, str]]:
    """(language, content) of every fenced block."""
    for _, language, content in re.findall(r"^( *)```(\w*)\n(.*?)^\1```", text, re.MULTILINE | re.DOTALL):
        yield language, content


# ── commands ───────────────────────────────────────────────────────────────────


def told_commands() -> list[tuple[str, str]]:
    """(document, command line) of everything that begins with livebot, in blocks and in `code`."""
    found = []
    for path in (*DOCUMENTS, HOUSE / "docs" / "livebot.service"):
        text = path.read_text(encoding="utf-8")
        lines = re.findall(r"^ExecStart=\S*/(livebot .*)", text, re.MULTILINE)
        lines += [
            line for language, block in fenced(text) if language in {"sh", "console", "powershell", ""} for line in block.splitlines()
        ]
        lines += re.findall(r"`(livebot [^`]+)`", text)
        for line in lines:
            if command := re.match(r"(?:\$ )?(?:\.venv[/\\](?:bin|Scripts)[/\\])?(livebot .*)", line.strip()):
                found.append((path.name, command[1]))
    return found


def test_the_readme_tells_commands_at_all() -> None:
    assert len([name for name, _ in told_commands() if name == "README.md"]) > 15


@pytest.mark.parametrize(("document", "line"), told_commands())
def test_every_command_in_the_documents_is_understood(document: str, line: str) -> None:
    """Up to the point where it would run: names, options and the kinds of their values."""
    arguments = shlex.split(line, comments=True)[1:]
    command: Any = get_command(application())
    name = "livebot"
    while hasattr(command, "commands") and arguments and arguments[0] in command.commands:
        name = arguments.pop(0)
        command = command.commands[name]
    if "…" not in arguments and (not hasattr(command, "commands") or command.invoke_without_command):
        command.make_context(name, arguments, resilient_parsing="--help" in arguments)
    else:
        assert not arguments or arguments == ["--help"] or "…" in arguments, f"{document}: no command {arguments}"


def test_every_make_target_in_the_readme_is_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (HOUSE / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    told = set(re.findall(r"^make (\w+)", "\n".join(block for _, block in fenced(README)), re.MULTILINE))
    assert told >= {"demo", "test", "bench", "crash", "streams"}
    assert told <= targets


def test_ci_runs_the_readme_s_test_command() -> None:
    assert "make test" in (HOUSE / ".ci" / "run").read_text(encoding="utf-8")


# ── places ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(HOUSE)))
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    assert [link for link in links if link and not (path.parent / link).exists()] == []


def test_the_tree_in_the_readme_is_the_tree() -> None:
    (tree,) = [block for _, block in fenced(README) if "├── cli/" in block]
    told = {line.split()[1] for line in tree.splitlines() if line.startswith(("├", "└"))}
    there = {path.name + ("/" if path.is_dir() else "") for path in (HOUSE / "livebot").iterdir()}
    assert told == {name for name in there if not name.startswith("__")}
    tops = {line.split()[0] for line in tree.splitlines() if not line.startswith(("├", "└"))}
    assert all((HOUSE / top).is_dir() for top in tops)


def test_decisions_are_numbered_without_a_gap() -> None:
    names = sorted(path.name for path in (HOUSE / "docs" / "decisions").glob("*.md"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


def test_the_changelog_knows_this_version() -> None:
    assert f"## {livebot.__version__}" in (HOUSE / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_adapter_is_in_the_table_of_platforms_and_its_page_in_the_readme() -> None:
    """With what it can do, what was checked by whom, and what that rests on."""
    folder = HOUSE / "docs" / "platforms"
    rows = [line.strip("| ").split(" | ") for line in (folder / "README.md").read_text("utf-8").splitlines() if line.startswith("| [")]
    assert {row[0][1:].partition("]")[0]: len(row) for row in rows} == dict.fromkeys(ADAPTERS, 4)
    assert [path.name for path in folder.glob("*.md") if f"docs/platforms/{path.name}" not in README] == []


def test_the_readme_has_a_place_for_the_figures() -> None:
    assert README.index("<!-- bench -->") < README.index("<!-- /bench -->")


# ── the configuration ──────────────────────────────────────────────────────────


def fields(model: type[BaseModel], table: str = "") -> Iterator[tuple[str, str]]:
    """(table, field) of a model and of the models within it."""
    for name, info in model.model_fields.items():
        inner = info.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from fields(inner, name)
        elif name != "rooms":
            yield table, name


def uncommented() -> str:
    """The example with every setting in force: those that are commented out begin with # and no space."""
    return re.sub(r"^#(?=[\[\w])", "", EXAMPLE, flags=re.MULTILINE)


def test_the_example_loads_with_every_setting_on(tmp_path: Path) -> None:
    load_config(example())
    file = tmp_path / "config.toml"
    file.write_text(uncommented(), encoding="utf-8")
    config = load_config(file)
    assert sorted(room.adapter for room in config.rooms) == sorted(ADAPTERS)
    for room in config.rooms:
        registry.settings(registry.load(room.adapter), room.settings, file="config.toml", room=room.name)


def test_the_example_names_every_setting() -> None:
    data = tomllib.loads(uncommented())
    told = {(table, name) for table, value in data.items() if isinstance(value, dict) for name in value}
    told |= {("", name) for name, value in data.items() if not isinstance(value, dict | list)}
    assert set(fields(Config)) == told
    rooms = data["rooms"]
    assert {name for room in rooms for name in room} == set(RoomConfig.model_fields)
    for room in rooms:
        assert set(room["settings"]) == set(registry.load(room["adapter"]).Config.model_fields)
    assert {room["adapter"] for room in rooms} == set(ADAPTERS)


def test_the_example_shows_the_defaults() -> None:
    """What stands in the example without a # is the default, but for the room, its boldness and the shop's name."""
    config, standard = load_config(example()), Config()
    for name in ("language", "redis", "desk", "replies", "followups", "log"):
        assert getattr(config, name) == getattr(standard, name)
    assert config.state.dir.name == standard.state.dir.name
    assert config.rules.packs == standard.rules.packs


def test_every_setting_is_explained_in_both_languages() -> None:
    """Each setting has a comment above it (with the settings that it explains together) in Chinese and English."""
    paragraph: list[str] = []
    explained = False
    for line in EXAMPLE.splitlines():
        if line.startswith("# "):
            paragraph = [line] if explained else [*paragraph, line]
            explained = False
        elif re.match(r"#?[a-z_]+ = ", line):
            explained = True
            text = " ".join(paragraph)
            assert re.search("[\u4e00-\u9fff]", text), line
            assert re.search("[A-Za-z]{3,} [a-z]{2,}", text), line
