"""What is said after (or shortly before the end of) a stream, as text made from its figures and from nothing else."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from livebot.decide.figures import Figures, Question
from livebot.decide.policy import render
from livebot.decide.privacy import mask
from livebot.decide.text import fold, is_letter, letters_only
from livebot.language import current, say

PARTS: Final = 3  # a text becomes at most so many messages; what is left is shortened, visibly
PUBLIC_QUESTIONS: Final = 3
PUBLIC_ANSWERS: Final = 3
EMPTY_MEANS_SILENCE: Final = frozenset({"answers", "unanswered"})  # a text that names what is not there is not said

Unit = Literal["chars", "bytes"]

_ASKS = re.compile(
    r"[?？吗]|[呢么嘛][~～。.!！…]*$|什么|甚麼|嗎|啥|怎么|怎樣|怎样|咋|多少|多久|多大|多长|多重|哪|何时|谁|为何|能不能|可不可以|可以不|有没有"
    r"|是不是|会不会|要不要|行不行|好不好|几(?:号|點|点|天|块|码|件|个|斤|米|时|折|款|种|包|支|瓶|年|月)"
    r"|^(?:how|what|when|where|which|who|why|can|could|do|does|did|is|are|will|any)\b",
    re.IGNORECASE,
)
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]+")
_CONTACT = re.compile(
    r"[@＠]|://|www\.|\w\.\w|[A-Za-z0-9_\-]{6,}|[\d①-⑨〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖]{5,}|微信|加微|薇|威信|[vV][xX信♥❤]|扣扣|加我|私聊|群",
    re.ASCII,
)
_SENTENCE, _CLAUSE = frozenset("。！？!?；;\n"), frozenset("，,、：: …~～")
_NOT_AFTER = frozenset("不没无非别勿未莫甭￥¥$€£#第约近满第每-−+（([《「『“‘")
_NOT_BEFORE = frozenset("。！？!?；;，,、：:…~～）)]》」』”’%％‰℃°")


def looks_like_question(text: str) -> bool:
    """Whether a comment asks for something: by its marks and its asking words, nothing cleverer."""
    return _ASKS.search(text) is not None


def question_key(text: str) -> str:
    """What two writings of the same question have in common; "" where nothing was asked in words."""
    key = letters_only(fold(text[:200]))
    return key if 1 < len(key) <= 80 else ""


def shown(text: str, limit: int = 120) -> str:
    """A comment as staff may see it outside the journal: masked, on one line, without characters that hide or move others."""
    line = " ".join(_INVISIBLE.sub(" ", mask(text)).encode("utf-8", "replace").decode().split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def public(question: Question) -> bool:
    """Whether livebot may repeat a viewer's question in its own name: several people asked it, and it carries no way to be contacted."""
    return question.viewers > 1 and len(question.text) <= 24 and not _CONTACT.search(question.text) and "*" not in question.text


def variables(figures: Figures, shop: str) -> dict[str, str]:
    """What a follow-up's {variables} become in the room.

    answers: what was said most, unanswered: what was asked most and not answered (both as text, "" where there is none);
    issues: how many were registered; gaps: how often we were deaf; minutes: for how many minutes. Nobody's nickname is among them.
    """
    asked = [question.text for question in figures.unanswered if public(question)][:PUBLIC_QUESTIONS]
    said = list(dict.fromkeys(answer.text.rstrip("。.;； ") for answer in figures.answers))[:PUBLIC_ANSWERS]
    return {
        "answers": say("；", "; ").join(said),
        "unanswered": ", ".join(f'"{text}"' for text in asked) if current() == "en" else "".join(f"「{text}」" for text in asked),
        "issues": str(figures.issues),
        "gaps": str(len(figures.gaps)),
        "minutes": str(figures.deaf_minutes),
        "shop": shop,
        "viewer": say("大家", "everyone"),
    }


def wording(variants: Sequence[str], values: Mapping[str, str]) -> str | None:
    """The first variant that does not speak of answers or questions that are not there, filled in; None where each one does."""
    for variant in variants:
        if not any(f"{{{name}}}" in variant and not values.get(name) for name in EMPTY_MEANS_SILENCE):
            return render(variant, values).strip() or None
    return None


def unmet(predicates: Sequence[str], facts: Mapping[str, bool]) -> str:
    """The first of a follow-up's conditions that does not hold; "" where all do."""
    return next((name for name in predicates if not facts.get(name, False)), "")


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
    if (
        right in _NOT_BEFORE
        or left in _NOT_AFTER
        or unicodedata.combining(right)
        or "\u200d" in (left, right)
        or "\ufe00" <= right <= "\ufe0f"
    ):
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


def _runs(char: str) -> bool:
    """Part of a word or number that is written without gaps."""
    return char.isdigit() or is_letter(char)


def _size(text: str, unit: Unit) -> int:
    return len(text.encode("utf-8", "replace")) if unit == "bytes" else len(text)
