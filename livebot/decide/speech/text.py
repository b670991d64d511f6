"""A text as the guard reads it: one spelling for every disguise, with the way back to the original's characters."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from livebot.decide.text import SCRIPT

_LOOKALIKES: Final = str.maketrans("аеорсхувνχρоɡᴠᴡ蕞嶵冣朂樶", "aeopcxybvxpogvw最最最最最")
_SIGNS: Final = {
    **dict.fromkeys("❤♥♡💕💗💓💖💘💝🧡💛💙💜🖤🤍🤎❣", "心"),
    "💚": "微",
    "➕": "+",
    "✚": "+",
    "🛰": "卫星",
    "🐧": "企鹅",
    "✈": "飞机",
    "☎": "电话",
    "衞": "卫",
    "—": "-",
    "–": "-",
    "－": "-",
}
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff\U0001f3fb-\U0001f3ff\ud800-\udfff]"
)
_GAP: Final = re.compile(r"[ \t.·•・*_|/\\~^'`\-+=…。]+")
_BREAKS: Final = (",", "!", "?", ";", "。", "\n", "…", ". ")
_ENDS: Final = ("!", "?", "。", "\n", ". ")
_QUOTES: Final = {"“": "”", "「": "」", "『": "』", '"': '"', "‘": "’", "《": "》", "【": "】"}


class _Plain(dict[str, str]):
    """What one character is read as, remembered."""

    def __missing__(self, char: str) -> str:
        if _HIDDEN.match(char):
            plain = ""
        elif char in _SIGNS:
            plain = _SIGNS[char]
        else:
            plain = unicodedata.normalize("NFKC", char).casefold().translate(SCRIPT).translate(_LOOKALIKES)
        if len(self) < 20_000:
            self[char] = plain
        return plain


_PLAIN: Final = _Plain()


@dataclass(frozen=True, slots=True)
class View:
    """`at[i]` is the place in the original of character i, `at[len(text)]` its end."""

    text: str
    at: tuple[int, ...] | range

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original the characters from start to end came from."""
        return self.at[start], self.at[end - 1] + 1 if end > start else self.at[start]

    def clause(self, at: int, end: int) -> tuple[int, int]:
        """The clause around the characters from `at` to `end`: from punctuation to punctuation."""
        first = max(self.text.rfind(mark, 0, at) for mark in _BREAKS) + 1
        last = min((found for mark in _BREAKS if (found := self.text.find(mark, end)) >= 0), default=len(self.text))
        return first, last

    def sentence(self, at: int, end: int) -> tuple[int, int]:
        """The sentence around them: commas are crossed."""
        first = max(self.text.rfind(mark, 0, at) for mark in _ENDS) + 1
        last = min((found for mark in _ENDS if (found := self.text.find(mark, end)) >= 0), default=len(self.text))
        return first, last

    def quoted(self, start: int, end: int) -> str:
        """The quotation that the characters stand in, "" where there is none."""
        for left, right in _QUOTES.items():
            opened = self.text.rfind(left, 0, start)
            if opened >= 0 and self.text.find(right, opened + 1, start) < 0 and (closed := self.text.find(right, end)) >= 0:
                return self.text[opened + 1 : closed]
        return ""


def plain(text: str) -> View:
    """One spelling: compatibility forms, case, script, look-alikes and signs that stand for words; invisible characters dropped."""
    out = [_PLAIN[char] for char in text]
    joined = "".join(out)
    if len(joined) == len(text) and all(out):
        return View(joined, range(len(text) + 1))
    at = [place for place, piece in enumerate(out) for _ in piece]
    return View(joined, (*at, len(text)))


def tight(view: View) -> View | None:
    """The same without the gaps that hide a word ("微 信", "顶.级", "v x"); None where there are none."""
    text = view.text
    kept: list[tuple[int, int]] = []
    last = 0
    for gap in _GAP.finditer(text):
        start, end = gap.span()
        if start > 0 and end < len(text) and _hides(text, start, end):
            kept.append((last, start))
            last = end
    if not kept:
        return None
    kept.append((last, len(text)))
    return View("".join(text[a:b] for a, b in kept), (*(view.at[i] for a, b in kept for i in range(a, b)), view.at[len(text)]))


def _hides(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1], text[end]
    if before >= "\u2e80" or after >= "\u2e80":
        return True
    lonely = (start < 2 or not text[start - 2].isalnum()) and (end + 1 >= len(text) or not text[end + 1].isalnum())
    return lonely and before.isalpha() and after.isalpha()
