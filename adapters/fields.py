"""Reading what strangers send: every field is hostile, a bad one is left out, and none raises."""

import hashlib
import json
import math
from collections.abc import Collection
from datetime import datetime
from typing import Any

import msgspec

EARLIEST_MS = 978_307_200_000  # 2001-01-01; anything earlier is seconds, a counter or a mistake
DAY_MS = 86_400_000
LONGEST_ID = 512
LONGEST_NUMBER = 100
SAMPLE_CHARS = 120
HOST = ("host",)
_decode = msgspec.json.Decoder().decode


def parsed(frame: bytes | str) -> Any:
    """JSON as Python values, bad UTF-8 inside it replaced; raises ValueError or RecursionError where it is no JSON at all."""
    text = frame if isinstance(frame, str) else frame.decode("utf-8-sig", "replace")
    return json.loads(text, parse_int=_parsed_int, parse_constant=lambda _: None)


def object_of(frame: bytes | str) -> dict[str, Any]:
    """A JSON object; an empty one where it is something else, or no JSON at all."""
    try:
        value = parsed(frame)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def inner(value: object, *keys: str) -> dict[str, Any]:
    """The object that lies under these keys, one within the other; an empty one where there is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def first_of(value: object) -> dict[str, Any]:
    """The first of a list, where it is an object; an empty one else."""
    return inner({"": value[0]}, "") if isinstance(value, list) and value else {}


def instant_of(value: object) -> int | None:
    """RFC 3339, with whatever fraction of a second, as Unix milliseconds; None for one without a time zone."""
    try:
        then = datetime.fromisoformat(text_of(value))
        return int(then.timestamp() * 1000) if then.tzinfo else None
    except (ValueError, OverflowError):
        return None


def loaded(frame: bytes | str) -> Any:
    """JSON as Python values, fast where it is good, else as lenient as `parsed`, which raises what this raises."""
    try:
        return _decode(frame)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return parsed(frame)


def text_of(value: object) -> str:
    """A string or a number as text, everything else as none."""
    if isinstance(value, str):
        return value
    return "" if isinstance(value, bool) or not isinstance(value, int | float) else str(value)


def number_of(value: object) -> float | None:
    """A number, or a string that holds one; None where it is not finite."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def whole_of(value: object) -> int | None:
    number = number_of(value)
    return None if number is None else int(number)


def roles_of(value: object) -> tuple[str, ...]:
    """A list of strings, or one string alone."""
    roles = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(role for role in roles if isinstance(role, str) and role)


def role_of(own: Collection[str], *names: str) -> tuple[str, ...]:
    """The host's role for one of whose ids or names the streamer says that it is theirs; such lines are recorded and never answered."""
    return HOST if any(name in own for name in names if name) else ()


def plausible(t_ms: int | None, now: int) -> int | None:
    """Unix ms from 2001 until a day after `now`; None for anything else."""
    return t_ms if t_ms is not None and EARLIEST_MS <= t_ms <= now + DAY_MS else None


def comment_id(native: str, user: str, t_ms: int | None, text: str) -> str:
    """The platform's id; where there is none (or one too long to be one) an id derived from the content, the same for the same comment."""
    if 0 < len(native) <= LONGEST_ID:
        return native
    return derived_id("", None, native) if native else derived_id(user, t_ms, text)


def derived_id(user: str, t_ms: int | None, text: str) -> str:
    content = "\x1f".join((user, "" if t_ms is None else str(t_ms), text))
    return "derived:" + hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def sample(frame: bytes | str) -> str:
    """The start of a frame, for the log."""
    start = frame[: SAMPLE_CHARS * 4]
    return (start if isinstance(start, str) else start.decode("utf-8", "replace"))[:SAMPLE_CHARS]


def _parsed_int(digits: str) -> int | str:
    """Python refuses to read numbers of thousands of digits; as a text they are harmless."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else digits
