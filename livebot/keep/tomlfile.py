"""A TOML file → its data and the line of every field; whatever is wrong with it is said in plain words."""

import codecs
import re
import tomllib
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from livebot.errors import ConfigError, Problem

TomlPath = tuple[str | int, ...]
Locate = Callable[[Sequence[str | int], str], int | None]

LARGEST: Final = 5_000_000  # bytes; a bigger file is no rule file

_IME: Final = {
    **dict.fromkeys("“”„＂「」", '"'), **dict.fromkeys("‘’＇", "'"), **dict.fromkeys("，、；", ","), **dict.fromkeys("【［〔", "["),
    **dict.fromkeys("】］〕", "]"), **dict.fromkeys("＝：:", "="), "｛": "{", "｝": "}", "＃": "#", "。": ".", "\u3000": " ",
}  # fmt: skip
_QUOTES: Final = "“”„＂‘’＇「」"
_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
_KEY = re.compile(r"""\s*((?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+))*)\s*=""")
_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")
_HEADER = re.compile(r"\s*(\[\[?)(.+?)\]\]?\s*(?:#.*)?$")
_MESSAGES: Final = (
    ("Cannot overwrite a value", "这一项写了两遍，请删掉一个", "this key is set twice; delete one"),
    ("Cannot declare", "这个表名前面已经用过了，请改名或合并", "this table already exists above; rename it or merge the two"),
    ("Cannot mutate immutable", "这个表前面已经写完了，不能再往里加", "this table was closed above and cannot be added to"),
    ("Cannot redefine namespace", "这个名字前面已经用过了，请改名", "this name is already used above; rename it"),
    ("Duplicate inline table key", "花括号里同一项写了两遍，请删掉一个", "a key is set twice inside the braces; delete one"),
    ("Unclosed array", "方括号没有配对：列表要以 ] 结尾，每项用英文逗号隔开", "close the list with ], with commas between its items"),
    ("Unterminated string", "引号没有配对：缺少结尾的引号", "the closing quote is missing"),
    ("Expected \"'''\"", "三引号没有配对", "the closing triple quotes are missing"),
    ("Expected '\"\"\"'", "三引号没有配对", "the closing triple quotes are missing"),
    ("Illegal character", "引号没有配对，或者文字里有不能用的字符", "a quote is not closed, or a character is not allowed here"),
    ("Expected '='", "名字后面要写等号 =，再写内容", "a name must be followed by = and its value"),
    ("Expected ']", "方括号没有配对：表名要写成 [名字]", "the bracket is not closed: a table is written [name]"),
    ("Unescaped '\\'", "反斜杠 \\ 要写成 \\\\，或者改用单引号", "write \\\\ for a backslash, or use single quotes"),
    ("Invalid initial character", '名字要加英文引号，例如 ["怎么付款"]', 'such a name needs quotes, as in ["how to pay"]'),
    ("Expected newline", "这一行后面多了内容，每行只能写一项", "there is something extra behind the value; one key a line"),
    ("Invalid value", "等号后面的内容写法不对：文字要放在英文引号里", "the value behind = is not valid: put text in quotes"),
)  # fmt: skip


def read_toml(path: Path, *, shown: str | None = None, exact: bool = False) -> tuple[dict[str, Any], Locate]:
    """The file's data, and `locate(table path, field)`: the line of a field, else of its table, else None.

    Raises ConfigError for anything that is wrong with the file. `shown` is the name used in messages (default: the path).
    exact: numbers with a point come as Decimal, digit for digit as they are written.
    """
    name = shown or str(path)
    text = _decoded(_bytes(path, name), name) + "\n"
    try:
        data = tomllib.loads(text, parse_float=Decimal if exact else float)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError([_syntax_problem(text, str(error), name)]) from None
    except (ValueError, ArithmeticError) as error:  # tomllib lets an impossible date or a number of ten thousand digits through to Python
        raise _broken(name, f"有一个数字或日期写得不对：{error}", f"a number or a date is impossible: {error}") from None
    lines = _line_numbers(text)

    def locate(table: Sequence[str | int], field: str = "") -> int | None:
        where = tuple(table)
        if field and (line := lines.get((*where, field))):
            return line
        while where and where not in lines:
            where = where[:-1]
        return lines.get(where)

    return data, locate


def _bytes(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():
            raise _broken(name, "这里应该是一个文件，却是一个文件夹", "this is a folder where a file is expected")
        if path.stat().st_size > LARGEST:
            raise _broken(name, f"文件太大（超过 {LARGEST // 1_000_000} MB）", f"the file is too large (over {LARGEST // 1_000_000} MB)")
        return path.read_bytes()
    except FileNotFoundError:
        raise _broken(name, "找不到这个文件，请检查文件名和位置", "no such file; check its name and place") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _broken(name, f"文件读不了：{reason}", f"cannot read the file: {reason}") from None


def _decoded(raw: bytes, name: str) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _broken(name, "文件是 UTF-16 编码，请用记事本另存为 UTF-8", "the file is UTF-16; save it as UTF-8")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        gbk = "（看起来是 GBK）" if _is_gbk(raw) else ""
        zh = f"文件不是 UTF-8 编码{gbk}，请用记事本另存为 UTF-8"
        raise _broken(name, zh, "the file is not UTF-8; save it as UTF-8", line=line) from None


def _is_gbk(raw: bytes) -> bool:
    try:
        raw.decode("gbk")
    except UnicodeDecodeError:
        return False
    return True


def _broken(name: str, zh: str, en: str, line: int | None = None) -> ConfigError:
    return ConfigError([Problem(file=name, line=line, zh=zh, en=en)])


# ── what is wrong ─────────────────────────────────────────────────────────────


def _syntax_problem(text: str, message: str, name: str) -> Problem:
    lines = text.split("\n")
    position = _POSITION.search(message)
    last = min(int(position[1]), len(lines)) if position else _open_triple(lines) or len(lines)
    number, char = _culprit(lines, last, unclosed="Unclosed array" in message, no_equals="Expected '='" in message)
    table, field = _place(lines, number)
    if char:
        zh = f"用了中文输入法的 {_shown(char)}，请切换到英文输入法，改成 {_shown(_IME[char])}"
        en = f"{_shown(char)} was typed with a Chinese input method; type {_shown(_IME[char])} instead"
    elif unquoted := _unquoted(lines[number - 1]):
        zh, en = f"有中文要加英文引号：{unquoted}", f"what is not plain letters and digits needs quotes: {unquoted}"
    else:
        known = ((zh, en) for start, zh, en in _MESSAGES if message.startswith(start))
        zh, en = next(known, ("这一行的写法不对", "this line is not valid TOML"))
    return Problem(file=name, line=number, table=table, field=field, zh=zh, en=en)


def _unquoted(line: str) -> str:
    """The line as it should be where a name in brackets or a value begins with a digit and has no quotes: [3号], price = 129元; else ""."""
    if header := re.match(r"\s*\[\s*(\w+)\s*\]\s*$", line):
        return f'["{header[1]}"]' if header[1][0].isascii() and not header[1].isascii() else ""
    value = re.match(r"\s*([\w-]+)\s*=\s*([\w.]+)\s*(?:#.*)?$", line)
    return f'{value[1]} = "{value[2]}"' if value and not value[2].isascii() else ""


def _shown(char: str) -> str:
    return {" ": "空格/space", "\u3000": "全角空格/full-width space", ":": "冒号 :"}.get(char, char)


def _culprit(lines: list[str], last: int, *, unclosed: bool, no_equals: bool) -> tuple[int, str]:
    """The number of the line to mend and the character on it that an input method typed, or ""."""
    first = last
    if unclosed:
        first = next((n for n in range(last, 0, -1) if re.search(r"=\s*\[", lines[n - 1])), last)
    for number in range(first, last + 1):
        rest = _STRINGS.sub("", lines[number - 1])
        open_quote = '"' in rest or "'" in rest
        rest = rest if open_quote else rest.partition("#")[0]
        for char in rest:
            if char in (_QUOTES if open_quote else _IME) and (char != ":" or no_equals):
                return number, char
    return first, ""


def _place(lines: list[str], number: int) -> tuple[str, str]:
    table = next((header[2].strip().strip("\"'") for line in reversed(lines[: number - 1]) if (header := _HEADER.match(line))), "")
    if header := _HEADER.match(lines[number - 1]):
        return header[2].strip().strip("\"'"), ""
    field = re.match(r"\s*([\w.\"'-]+)\s*[=＝:：]", lines[number - 1])
    return table, field[1].strip("\"'") if field else ""


# ── where things stand ────────────────────────────────────────────────────────


def _keys(text: str) -> tuple[str, ...] | None:
    """The parts of a dotted key, or None where it is none."""
    if _BARE.match(text):
        return (text,)
    try:
        data: Any = tomllib.loads(f"{text} = 1")
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    parts = []
    while isinstance(data, dict):
        part, data = next(iter(data.items()))
        parts.append(part)
    return tuple(parts)


def _line_numbers(text: str) -> dict[TomlPath, int]:
    """Path of a table or field → its line. Reads line by line, skipping what stands inside triple quotes."""
    lines: dict[TomlPath, int] = {}
    counts: dict[TomlPath, int] = {}
    table: TomlPath = ()
    closing = ""
    for number, line in enumerate(text.split("\n"), 1):
        inside, closing = closing, _closing(line, closing)
        if inside:
            continue
        if header := _HEADER.match(line):
            if names := _keys(header[2]):
                table = _resolved(names, counts, array=header[1] == "[[")
                lines.setdefault(table, number)
        elif (key := _KEY.match(line)) and (names := _keys(key[1])):
            for depth in range(1, len(names) + 1):
                lines.setdefault((*table, *names[:depth]), number)
    return lines


def _closing(line: str, closing: str) -> str:
    """The triple quotes that are still to be closed behind this line, or ""."""
    if closing:
        return "" if closing in line else closing
    bare = _STRINGS.sub("", line.replace('"""', "\0").replace("'''", "\1"))
    return next((quotes for mark, quotes in (("\0", '"""'), ("\1", "'''")) if bare.count(mark) % 2), "")


def _open_triple(lines: list[str]) -> int:
    """The number of the line that opens triple quotes which nothing closes, or 0."""
    closing, opened = "", 0
    for number, line in enumerate(lines, 1):
        before, closing = closing, _closing(line, closing)
        opened = number if closing and not before else opened
    return opened if closing else 0


def _resolved(names: tuple[str, ...], counts: dict[TomlPath, int], *, array: bool) -> TomlPath:
    """The path with array indices put in: [[rooms]] → ("rooms", 0), then [rooms.settings] → ("rooms", 0, "settings")."""
    path: TomlPath = ()
    for position, part in enumerate(names):
        path = (*path, part)
        if array and position == len(names) - 1:
            counts[path] = counts.get(path, 0) + 1
        if path in counts:
            path = (*path, counts[path] - 1)
    return path
