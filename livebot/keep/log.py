"""loguru's set-up: to stderr, in lines that nobody can forge, without secrets and personal data, other libraries' warnings included."""

import json
import logging
import re
import sys
import traceback
from typing import TYPE_CHECKING, Any, Final, TextIO

from loguru import logger

from livebot.decide.privacy import mask

if TYPE_CHECKING:
    from loguru import Message, Record

LONGEST: Final = 4_000  # characters of one message
LONGEST_TRACE: Final = 20_000

_QUOTED = r"""\\["'][^"'\\]*|"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?"""  # closed or not, in plain text or inside JSON
_BARE = r"""[^\s"',;&)}\]](?:[^\s"',;&)}\]]|["'](?=\w))*"""
_KEYS = r"token|secret|passw(?:or)?d|passwd|pwd|api[_-]?key|access[_-]?key|sessdata|bili_jct|credential|signature|密码|口令|令牌"
_SECRETS: Final = (
    (re.compile(rf"(?i)((?:authorization|cookie)\\?[\"']?\s{{0,3}}[:=]\s{{0,3}})(?:{_QUOTED}|[^\r\n]+)"), r"\1***"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{6,}"), r"\1 ***"),
    (re.compile(r"(://)([^/\s:@]*):[^/\s\"'<>]*@"), r"\1\2:***@"),
    (re.compile(rf"(?i)((?:{_KEYS})[\w-]{{0,20}}\\?[\"']?\s{{0,3}}[:=：]\s{{0,3}})(?:{_QUOTED}|{_BARE})"), r"\1***"),
)
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ud800-\udfff\ufeff]")


def scrub(text: str) -> str:
    """The text as anybody may read it: secrets, phone numbers and the like masked, control and direction characters spelt out."""
    for pattern, shown in _SECRETS:
        text = pattern.sub(shown, text)
    return spelt_out(mask(text))


def spelt_out(text: str) -> str:
    """The text with control and direction characters spelt out, so that it cannot work on a terminal."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def set_up(level: str = "INFO", *, json_lines: bool = False, stream: TextIO | None = None) -> None:
    """Sends everything from `level` on to `stream` (default stderr): colours only on a terminal, or one JSON object a line."""
    out = stream or sys.stderr

    def write_json(message: "Message") -> None:
        out.write(_json_line(message.record))
        out.flush()

    logger.remove()
    logger.configure(patcher=_patch)
    # diagnose prints the values of variables into tracebacks: tokens, phone numbers
    if json_lines:
        logger.add(write_json, level=level, format=_template, diagnose=False, backtrace=False)
    else:
        logger.add(out, level=level, format=_template, diagnose=False, backtrace=False)
    logging.basicConfig(handlers=[_Handover()], level=logging.WARNING, force=True)


def _patch(record: "Record") -> None:
    """Every sink gets a clean message; a continuation line is set in, so that a comment's text cannot pass for a line of the log."""
    record["message"] = scrub(_short(record["message"], LONGEST)).replace("\n", "\n    ")
    for key, value in record["extra"].items():
        record["extra"][key] = value if isinstance(value, int | float | None) else scrub(_short(str(value), LONGEST))
    found = record["exception"]
    if found is not None and found.value is not None:
        text = "".join(traceback.format_exception(found.type, found.value, found.traceback)).rstrip()
        record["extra"]["trace"] = scrub(_short(text, LONGEST_TRACE))
        record["exception"] = None


def _short(text: str, longest: int) -> str:
    """The middle is left out: what happened stands at a traceback's end, where at its beginning."""
    return text if len(text) <= longest else f"{text[: longest // 2]} … {text[-longest // 2 :]}"


def _template(record: "Record") -> str:
    trace = "\n{extra[trace]}" if "trace" in record["extra"] else ""
    return "<green>{time:YYYY-MM-DD HH:mm:ss.SSS}</green> <level>{level: <8}{message}</level>" + trace + "\n"


def _json_line(record: "Record") -> str:
    """{…extra, "trace"?, "time", "level", "name", "message"}, with a newline."""
    fields: dict[str, Any] = {
        "time": record["time"].isoformat(timespec="milliseconds"),
        "level": record["level"].name,
        "name": record["name"],
        "message": record["message"],
    }
    return json.dumps(record["extra"] | fields, ensure_ascii=False) + "\n"


class _Handover(logging.Handler):
    """The standard library's log records (websockets, aiohttp, redis, apscheduler, asyncio), handed over to loguru."""

    def emit(self, record: logging.LogRecord) -> None:
        level = record.levelname if record.levelname in {"WARNING", "ERROR", "CRITICAL"} else record.levelno
        try:
            message = record.getMessage()
        except (TypeError, ValueError):  # a library's wrong placeholder
            message = record.msg
        logger.opt(exception=record.exc_info).log(level, f"{record.name}: {message}")
