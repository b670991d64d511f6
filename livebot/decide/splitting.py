"""A text that is too long for one message, cut into a few where the sense allows it."""

import re
import unicodedata
from typing import Final, Literal

from livebot.decide.text import is_letter

PARTS: Final = 3  # a text becomes at most so many messages; what is left is shortened, visibly

Unit = Literal["chars", "bytes"]

_SENTENCE, _CLAUSE = frozenset("。！？!?；;\n"), frozenset("，,、：: …~～")
_NOT_AFTER = frozenset("不没无非别勿未莫甭￥¥$€£#第约近满第每-−+（([《「『“‘@＠")
_NOT_BEFORE = frozenset("。！？!?；;，,、：:…~～）)]》」』”’%％‰℃°\u200d\u20e3")
_TOKENS = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w.-]+|[@＠][^\s，,。:：！!？?@＠]{1,24}|\b[A-Za-z][A-Za-z'’-]*\b", re.ASCII)
_DENIED = re.compile(
    r"(?:不|没|無|无|别|勿|未|莫|甭|禁止|严禁)[\u4e00-\u9fff]{0,2}$|(?:\b(?:not|no|never|don't|can't|won't|without)|n't) $", re.IGNORECASE
)


def in_full(text: str, max_chars: int, unit: Unit = "chars") -> list[str]:
    """The messages that say all of the text; [] where PARTS of them do not."""
    if text.strip() and _size(text, unit) <= max_chars:
        return [text]
    parts = split(text, max_chars, unit)
    return [] if len(parts) > 1 and parts[-1].endswith("…") and not text.rstrip().endswith("…") else parts


def split(text: str, max_chars: int, unit: Unit = "chars") -> list[str]:
    """The text as at most PARTS messages of the allowed length, numbered where there are several, cut between sentences, else clauses.

    A number keeps its digits and its unit, a word its letters, a negation what it negates. What does not fit is left out with "…".
    Gives [] where not even one such piece fits.
    """
    text = " ".join(text.split())
    if _size(text, unit) <= max_chars:
        return [text] if text else []
    parts, rest = list[str](), text
    for total in range(2, PARTS + 1):
        parts, rest = _pieces(text, total, max_chars, unit)
        if not rest or total == PARTS:
            break
    if rest and parts:
        parts[-1] = _shortened(parts[-1], max_chars - _size(f"({PARTS}/{PARTS}) …", unit), unit)
    parts = [part for part in parts if part]
    return [f"({n}/{len(parts)}) {part}" for n, part in enumerate(parts, 1)] if len(parts) > 1 else parts


def _pieces(text: str, total: int, max_chars: int, unit: Unit) -> tuple[list[str], str]:
    room = max_chars - _size(f"({total}/{total}) ", unit)
    parts: list[str] = []
    while text and len(parts) < total:
        at = len(text) if _size(text, unit) <= room else _cut(text, room, unit)
        if not at:
            break
        parts.append(text[:at].strip())
        text = text[at:].strip()
    return parts, text


def _shortened(part: str, room: int, unit: Unit) -> str:
    """The last part, ending in "…" instead of going on."""
    at = len(part) if _size(part, unit) <= room else _cut(part, room, unit)
    return part[:at].rstrip("，,、；; ") + "…" if at else ""


def _cut(text: str, room: int, unit: Unit) -> int:
    """The best place to cut so that what comes before fits; 0 where there is none."""
    end, size = 0, 0
    for char in text:
        size += _size(char, unit)
        if size > room:
            break
        end += 1
    allowed = [at for at in range(end, 0, -1) if at == len(text) or _may_cut(text, at)]
    for marks, earliest in ((_SENTENCE, end // 3), (_CLAUSE, end // 3), (None, 0)):
        for at in allowed:
            if at >= earliest and (marks is None or text[at - 1] in marks):
                return at
    return 0


def _may_cut(text: str, at: int) -> bool:
    left, right = text[at - 1], text[at]
    if right in _NOT_BEFORE or left in _NOT_AFTER or left == "\u200d" or _joined(left, right) or _DENIED.search(text[max(0, at - 8) : at]):
        return False
    if any(token.start() < at < token.end() for token in _TOKENS.finditer(text, max(0, at - 200), at + 200)):
        return False
    if right == " " or left == " ":
        beyond = text[at + 1 : at + 2] if right == " " else right
        before = text[at - 2 : at - 1] if left == " " else left
        return not (before.isdigit() and beyond.isalnum())
    if left.isnumeric() and (right.isalnum() or right in ".:：/-~～"):
        return False
    if right.isnumeric() and (left.isascii() or left in "．：～"):
        return left in ",;!?" and not (at > 1 and text[at - 2].isdigit())
    return not (_runs(left) and _runs(right))


def _joined(left: str, right: str) -> bool:
    """Whether the second is no character of its own: an accent, a variant, a skin tone, a tag, the other half of a flag."""
    if "\U0001f1e6" <= left <= "\U0001f1ff" and "\U0001f1e6" <= right <= "\U0001f1ff":
        return True
    return (
        bool(unicodedata.combining(right))
        or "\ufe00" <= right <= "\ufe0f"
        or "\U0001f3fb" <= right <= "\U0001f3ff"
        or "\U000e0020" <= right <= "\U000e007f"
    )


def _runs(char: str) -> bool:
    """Part of a word or number that is written without gaps."""
    return char.isdigit() or is_letter(char)


def _size(text: str, unit: Unit) -> int:
    return len(text.encode("utf-8", "replace")) if unit == "bytes" else len(text)
