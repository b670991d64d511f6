"""The file of phrasings that moderators taught to the rules of a pack: read, changed and written whole, never the streamer's own."""

import difflib
import json
from collections.abc import Mapping
from pathlib import Path

from livebot.keep.tomlfile import read_toml

_HEAD = (
    "# 场控教的问法，由 livebot 写，加在同名规则的 ask 后面。不要了：livebot teach 规则 问法 --forget\n"
    "# Phrasings that moderators taught, added to the ask of the rule of that name. To undo: livebot teach RULE PHRASING --forget\n"
)


def read(path: Path) -> dict[str, list[str]]:
    """Phrasings by rule; none where there is no file. Raises ConfigError."""
    if not path.exists():
        return {}
    data, _ = read_toml(path)
    found = {id_: content.get("ask", []) for id_, content in data.items() if isinstance(content, dict)}
    return {id_: [ask] if isinstance(ask, str) else [str(one) for one in ask] for id_, ask in found.items()}


def as_toml(taught: Mapping[str, list[str]]) -> str:
    """The file's text; "" where nothing is taught any more."""
    tables = [f"\n[{_quoted(id_)}]\nask = [\n{_lines(asks)}]\n" for id_, asks in taught.items() if asks]
    return _HEAD + "".join(tables) if tables else ""


def _lines(asks: list[str]) -> str:
    return "".join(f"  {_quoted(ask)},\n" for ask in asks)


def changed(path: Path, rule: str, phrasing: str, *, forget: bool = False) -> tuple[str, str] | None:
    """The file's text before and after one phrasing is taught or forgotten; None where that changes nothing. Raises ConfigError."""
    before = path.read_text("utf-8-sig") if path.exists() else ""
    known = read(path)
    asks = known.get(rule, [])
    if (phrasing in asks) is not forget:
        return None
    known[rule] = [ask for ask in asks if ask != phrasing] if forget else [*asks, phrasing]
    return before, as_toml(known)


def diff(before: str, after: str, name: str) -> str:
    """As `diff -u` shows it."""
    return "".join(difflib.unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), name, name))


def _quoted(text: str) -> str:
    """A basic string of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
