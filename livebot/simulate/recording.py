"""Recorded rooms: STREAM.jsonl or .jsonl.gz, one comment a line, read lazily, with complaints that name the line."""

import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from livebot.errors import ConfigError, Problem

DEMO = Path(__file__).with_name("demo_room.jsonl")
LONGEST_LINE = 16 * 1024 * 1024
LONGEST_STREAM_MS = 366 * 86_400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One recorded comment; `t_ms` counts from the start of the recording. `id` is the line's number where the file has none."""

    id: str
    t_ms: int
    text: str
    user: str = ""
    name: str = ""
    reply_to: str | None = None
    product: str | None = None


def read_recording(path: Path, bad: Callable[[ConfigError], None] | None = None) -> Iterator[Line]:
    """The comments of {"t_ms", "text", "user"?, "id"?, "name"?, "reply_to"?, "product"?}, in the file's order; blank lines are skipped.

    Raises ConfigError, naming file and line, for a file that cannot be read and for a line that is no comment; with `bad`, it gets the
    complaint about a line instead and the others go on.
    """
    number = 0
    try:
        with _opened(path) as file:
            while raw := file.readline(LONGEST_LINE):
                number += 1
                if stripped := raw.strip().removeprefix(b"\xef\xbb\xbf"):
                    try:
                        line = _line(stripped, path, number)
                    except ConfigError as error:
                        if bad is None:
                            raise
                        bad(error)
                    else:
                        yield line
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _complaint(path, number, "压缩文件损坏或不完整", "the gzip file is damaged or incomplete") from error
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise _complaint(path, None, f"打不开录像文件：{why}", f"the recording cannot be opened: {why}") from error


def _opened(path: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path, "rb")) if path.name.endswith(".gz") else path.open("rb")


def _line(raw: bytes, path: Path, number: int) -> Line:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise _complaint(path, number, "这一行不是 JSON", "this line is not JSON") from error
    if not isinstance(value, dict):
        raise _complaint(path, number, "这一行应该是 {…} 对象", "this line must be an object {…}")
    text, t_ms = value.get("text"), value.get("t_ms")
    if not isinstance(text, str) or not text:
        raise _complaint(path, number, "缺少 text（弹幕文字）", "text (the comment) is missing", "text")
    if isinstance(t_ms, bool) or not isinstance(t_ms, int | float) or not 0 <= t_ms <= LONGEST_STREAM_MS:
        raise _complaint(path, number, "t_ms 应为从开播算起的毫秒数", "t_ms must be milliseconds from the start", "t_ms")
    return Line(
        id=_word(value, "id") or str(number),
        t_ms=int(t_ms),
        text=text,
        user=_word(value, "user"),
        name=_word(value, "name") or _word(value, "user"),
        reply_to=_word(value, "reply_to") or None,
        product=_word(value, "product") or None,
    )


def _word(value: dict[str, Any], field: str) -> str:
    word = value.get(field)
    return word if isinstance(word, str) else "" if isinstance(word, bool) or not isinstance(word, int | float) else str(word)


def _complaint(path: Path, line: int | None, zh: str, en: str, field: str = "") -> ConfigError:
    return ConfigError([Problem(file=str(path), line=line, field=field, zh=zh, en=en)])
