"""What is said after (or shortly before the end of) a stream, as text made from its figures and from nothing else."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from livebot.decide.figures import Figures, Question
from livebot.decide.policy import render
from livebot.decide.privacy import mask
from livebot.decide.text import fold, letters_only
from livebot.language import current, say

PUBLIC_QUESTIONS: Final = 3
PUBLIC_ANSWERS: Final = 3
EMPTY_MEANS_SILENCE: Final = frozenset({"answers", "unanswered"})  # a text that names what is not there is not said

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
