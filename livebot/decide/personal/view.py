"""A text as the finders of personal data read it: without invisible characters, in plain digits and letters, with the way back."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from daachorse import MATCH_KIND_LEFTMOST_FIRST
from daachorse import CharwiseDoubleArrayAhoCorasick as Automaton

from livebot.decide.text import INVISIBLE

Finding = tuple[int, int, str, str]  # start, end, kind, what to show instead

WORDS: Final = "零〇一二三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖弌弍弎幺洞拐勾两"  # as digits are spoken and written
_AS_DIGITS: Final = str.maketrans(WORDS, "0012345678912233456678912310792")
_LETTERS: Final = re.compile(r"(?:\d|(?<![A-Za-z])[OolI])[\dOolI]*(?![A-Za-z])")  # O and l among digits
_LETTERS_AS_DIGITS: Final = str.maketrans("OolI", "0011")
_SIGNS: Final = "Nd", "No", "Nl"  # categories of Unicode in which a digit may be drawn: ３ ③ ⑶ ㈢ 〣

_PLAIN = re.compile(r"[ -~\u3400-\u4dbf\u4e00-\u9fff、。，：；！？（）]*\Z").match
_ALIKE = str.maketrans(
    "，：；！？（）。【】「」『』號棟樓縣區鄉鎮莊園廣廈東門單間層戶號灣聯繫絡電話機訂運郵護",
    ',:;!?().[]""""号栋楼县区乡镇庄园广厦东门单间层户号湾联系络电话机订运邮护',
)


@dataclass(frozen=True, slots=True)
class View:
    """plain: the text to search. at[i]: where plain[i] begins in the original; at[-1] is the end of the original."""

    source: str
    plain: str
    at: list[int] | None  # None where every character stands for itself

    @classmethod
    def of(cls, text: str) -> "View":
        if _PLAIN(text):
            return cls(text, text.translate(_ALIKE), None)
        chars: list[str] = []
        at: list[int] = []
        for index, char in enumerate(text):
            for one in char if "\x20" <= char <= "~" else _spelt(char):
                chars.append(one)
                at.append(index)
        at.append(len(text))
        return cls(text, "".join(chars).translate(_ALIKE), at)

    def original(self, found: Finding) -> Finding:
        """The same finding, in the original text: from its first character to the end of its last, invisible ones between them included."""
        start, end, kind, shown = found
        if self.at is None:
            return found
        first, last = self.at[start], self.at[end - 1]
        after = self.at[bisect_left(self.at, last + 1)]
        end = last + 1
        while end < after and self.source[end] in "\ufe0f\u20e3":  # the rest of a digit's emoji
            end += 1
        return first, end, kind, shown


def _spelt(char: str) -> str:
    if INVISIBLE.match(char) or char == "\u20e3":
        return ""
    drawn = unicodedata.numeric(char, -1.0) if unicodedata.category(char) in _SIGNS else -1.0
    if drawn in range(10):
        return str(int(drawn))
    spelt = unicodedata.normalize("NFKC", char)
    return "" if spelt != char and INVISIBLE.search(spelt) else " " if spelt.isspace() else spelt


def any_of(*signs: str) -> Callable[[str], object]:
    """A cheap look for any of many words in a text; true for a text with lone surrogates, which deserves a closer one."""
    find = Automaton(sorted(set(signs)), MATCH_KIND_LEFTMOST_FIRST).find

    def look(text: str) -> object:
        try:
            return find(text)
        except UnicodeEncodeError:
            return True

    return look


def as_digits(plain: str) -> str:
    """The text with words and letters for digits as digits, each in its place."""
    return _LETTERS.sub(lambda found: found[0].translate(_LETTERS_AS_DIGITS), plain).translate(_AS_DIGITS)


def covered(number: str, first: int, last: int) -> str:
    """138****5678: the first and last characters of a number, by which people tell two apart."""
    return f"{number[:first]}{'*' * min(len(number) - first - last, 11)}{number[len(number) - last :]}"


def short(number: str, first: int, last: int) -> str:
    """The same; of a number that is hardly longer than what would be shown, the first character alone."""
    return covered(number, first, last) if len(number) > first + last + 2 else f"{number[:1]}***"
