"""Through disguises: one pass over a text that undoes spellings made to slip past filters, with the way back to the original."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from daachorse import MATCH_KIND_LEFTMOST_LONGEST
from daachorse import CharwiseDoubleArrayAhoCorasick as Automaton

from livebot.decide import sounded
from livebot.decide.sounded import LIKE_LATIN, Change, syllables
from livebot.decide.spellings import HOMOPHONES, INSTEAD, SOUNDED, STAYS, meanings
from livebot.decide.text import INVISIBLE, SCRIPT, simplified

Mark = tuple[str, int, int]  # a character, and the original code points [start, end) that it stands for

_WORDS: Final = dict(zip("零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖幺洞拐勾两弌弍弎参", "0012345678912345678910792" + "1233", strict=True))
_DIGITS: Final = re.compile(r"(?:[0-9零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖幺洞拐勾两弌弍弎参oli|][\s.·\-_*,，、—~]{0,2}){4,}")
_LETTER_DIGITS: Final = str.maketrans("oli|", "0111")
_BOXED: Final = {
    chr(code): chr(ord("a") + (code - 0x1F130) % 32) for code in range(0x1F130, 0x1F18A) if (code - 0x1F130) % 32 < 26
}  # 🄰 🅐 🅰

_HAN: Final = "[\u3400-\u4dbf\u4e00-\u9fff]"
# what is put between the characters of a word: signs, pictures, letters of scripts that nobody here writes; no comma and no full stop
_FILLER: Final = r"(?:[^\w,，。!！?？、;；:：“”()（）《》【】]|[_丨丶\u0900-\u10ff]){1,3}"
_FILLED: Final = re.compile(rf"(?<={_HAN}){_FILLER}(?={_HAN})")
_SINGLY: Final = re.compile(
    rf"(?<!{_HAN}){_HAN}(?:(?![/+-]){_FILLER}{_HAN}(?!{_HAN})){{2,}}(?:[ .·](?={_HAN}))?|{_FILLER}(?=[吗呢吧嘛](?!{_HAN}))"
)
_LISTED: Final = re.compile(rf"(?<!{_HAN}){_HAN}(?:[,，、/。]{_HAN}){{3,}}(?!{_HAN})")  # 退，款，吗，啊
_USUAL: Final = re.compile("[0-9!?~\u4e00-\u9fff]*").fullmatch  # in which nothing is put apart or in letters
_LISTS: Final = re.compile("[,，、/。]..?[,，、/。]")
_HEARTS: Final = "❤♥♡❣🧡" + "".join(map(chr, range(0x1F493, 0x1F4A0)))


@dataclass(frozen=True, slots=True)
class Folded:
    """text: what is meant. starts[i], ends[i]: the code points of `source` that text[i] stands for."""

    source: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end] stands in the source."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.source)
            return at, at
        return self.starts[start], max(self.ends[start:end])

    def folded(self, at: int) -> int:
        """The first position of the text that stands for what comes at or after `at` in the source."""
        return bisect_right(self.starts, at - 1)

    @property
    def pinyin(self) -> str:
        """The text as it is said: "tui款", "退kuan" and "腿款" are all "tuikuan"; what is no Chinese character stays."""
        return pinyin_key(self.text)


def plain(folded: str) -> str:
    """A folded text without its disguises; most have none, which is seen at a glance. Numbers written in words stay as they are."""
    text = folded
    for step in (_instead,) if _USUAL(text) else _STEPS:
        if changes := step(text):
            text = _changed(text, changes)
    return text if text is folded else _changed(text, _instead(text))


def see_through(text: str) -> Folded:
    """The text without disguises: NFKC, invisible characters gone, look-alikes, words for digits, script, repetitions, known substitutes.

    5000 stays 5000 and hhhh stays hhhh: digits and Latin letters are never squeezed. Any string will do; time grows with its length.
    """
    marks = _simplify(list(_characters(text)))
    for step in (_numbers, *_STEPS, _instead):
        if changes := step("".join([mark[0] for mark in marks])):
            marks = list(_replaced(marks, changes))
    marks = _squeeze(marks)
    return Folded(text, "".join([mark[0] for mark in marks]), tuple([mark[1] for mark in marks]), tuple([mark[2] for mark in marks]))


def pinyin_key(text: str) -> str:
    """Chinese characters as toneless syllables, the rest as it is, nothing between. A feature, never a rule: 买 and 卖 are one."""
    return text.translate(syllables())


# ── character by character ─────────────────────────────────────────────────────


def _characters(text: str) -> Iterator[Mark]:
    for at, char in enumerate(text):
        if "a" <= char <= "z" or "0" <= char <= "9" or "\u4e00" <= char <= "\u9fff":
            yield char, at, at + 1
        elif not (INVISIBLE.match(char) or char == "\u20e3"):
            for one in _spelt(char):
                yield one, at, at + 1


@lru_cache(4096)
def _spelt(char: str) -> str:
    """One character as folding leaves it: several for some, none for marks that show nothing."""
    if (digit := unicodedata.digit(char, None)) is not None:
        return str(digit)
    if char in _BOXED:
        return _BOXED[char]
    if unicodedata.category(char) == "Cs":
        return "\ufffd"
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", char).casefold()).translate(LIKE_LATIN)
    if plain.isspace():
        return " "
    return "".join(one for one in plain if not INVISIBLE.match(one) and (len(plain) == 1 or not unicodedata.combining(one)))


def _simplify(marks: list[Mark]) -> list[Mark]:
    text = "".join([mark[0] for mark in marks])
    if simplified(text) == text:
        return marks
    plain = [(char.translate(SCRIPT), start, end) for char, start, end in marks]
    left = "".join([mark[0] for mark in plain])
    return plain if simplified(text) == left else list(_replaced(plain, _differences(left, simplified(text))))


def _differences(before: str, after: str) -> list[Change]:
    """The one stretch in which two texts differ."""
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return [(head, len(before) - tail, after[head : len(after) - tail])]


def _squeeze(marks: list[Mark]) -> list[Mark]:
    """Three or more of one character become one, white space always; never digits or Latin letters."""
    out: list[Mark] = []
    for char, same in groupby(marks, key=lambda mark: mark[0]):
        run = list(same)
        if char.isspace() or (len(run) > 2 and not char.isdigit() and not "a" <= char <= "z"):
            out.append((" " if char.isspace() else char, run[0][1], run[-1][2]))
        else:
            out += run
    while out and out[0][0] == " ":
        del out[0]
    while out and out[-1][0] == " ":
        del out[-1]
    return out


# ── what stands for something else: each step says what to change in a text ────


def _numbers(text: str) -> list[Change]:
    """Seven or more words for digits in a row are a number, four where digits are among them; o, l and i count among digits."""
    changes: list[Change] = []
    for found in _DIGITS.finditer(text):
        run = found[0]
        letters = sum(char in "oli|" for char in run)
        written = sum(char.isdigit() for char in run)
        digits = written + sum(char in _WORDS for char in run)
        after = text[found.end() : found.end() + 1]
        beside = text[max(0, found.start() - 1) : found.start()] + after
        if digits < 2 or (not written and digits < 7) or letters > 2 * digits or after in set("十百千万亿"):
            continue
        if letters and any("a" <= char <= "z" for char in beside):
            continue
        last = len(run.rstrip(" \t\n.·-_*,，、—~"))
        singles = all(len(part) == 1 for part in re.split(r"[\s.·\-_*,，、—~]+", run[:last]))
        for at, char in enumerate(run[:last]):
            if char in _WORDS or (letters and char in "oli|"):
                changes.append((found.start() + at, found.start() + at + 1, _WORDS.get(char) or char.translate(_LETTER_DIGITS)))
            elif not char.isdigit() and singles:
                changes.append((found.start() + at, found.start() + at + 1, ""))
    return changes


def _instead(text: str) -> list[Change]:
    """Homophones, look-alikes, slang, pictures."""
    automaton, meanings = _spellings()
    return [(start, end, meaning) for start, end, which in automaton.find(text) if (meaning := meanings[which]) is not None]


def _joined(text: str) -> list[Change]:
    """What was put between the characters of a word goes; so does what stands between single characters."""
    if not _FILLED.search(text):
        if not _LISTS.search(text):
            return []
        return [(at, at + 1, "") for run in _LISTED.finditer(text) for at in range(run.start() + 1, run.end(), 2)]
    gaps = [found.span() for found in _FILLED.finditer(text)]
    out = {gap for run in _SINGLY.finditer(text) for gap in gaps if run.start() <= gap[0] < run.end()}
    bare, at = "", 0
    places: list[tuple[int, tuple[int, int]]] = []  # where in the bare text a gap was
    for start, end in gaps:
        bare += text[at:start]
        places.append((len(bare), (start, end)))
        at = end
    for start, end, _ in _words().find(bare + text[at:]):
        out.update(gap for place, gap in places if start < place < end)
    return [(start, end, "") for start, end in sorted(out)]


_STEPS: Final = (_instead, _joined, sounded.found)


@lru_cache(1)
def _spellings() -> tuple[Automaton, Sequence[str | None]]:
    """What to look for, and what each stands for; None for words that stay, even where a disguise is part of them."""
    table: dict[str, str | None] = dict(_BOXED)
    for word, *substitutes in _homophones():
        for at, chars in enumerate(substitutes):
            table |= {word[:at] + char + word[at + 1 :]: word for char in chars if char != "-"}
    table |= meanings(INSTEAD)
    table |= {char + heart + more: "微信" for char in "微薇威徽葳维" for heart in _HEARTS for more in ("", "信", "芯")}
    table |= dict.fromkeys(("卫星:", "薇:", "威:", "葳:"), "微信:")
    table |= {"1 2 3 1 5": "12315", "1.2.3.1.5": "12315"}
    stays = {word for word, *_ in _homophones()} | set(table.values()) | set(STAYS.split())
    table |= {f"({one})号": f"{n}号" for n, one in enumerate("一二三四五六七八九", 1)}
    table |= {word: None for word in stays if word is not None and len(word) > 1}
    return Automaton(list(table), MATCH_KIND_LEFTMOST_LONGEST), tuple(table.values())


def _homophones() -> Iterator[list[str]]:
    """[word, substitutes of its first character, of its second, …]"""
    parts = iter(HOMOPHONES.split())
    for word in parts:
        yield [word, *(next(parts) for _ in word)]


@lru_cache(1)
def _words() -> Automaton:
    """The words that are put together again, disguises of them too."""
    words = {word for word in SOUNDED.split() if len(word) > 1} | {word for word, *_ in _homophones()}
    words |= {written for written in meanings(INSTEAD) if len(written) > 1}
    return Automaton(sorted(words), MATCH_KIND_LEFTMOST_LONGEST)


def _changed(text: str, changes: list[Change]) -> str:
    out: list[str] = []
    at = 0
    for start, end, new in changes:
        out += [text[at:start], new]
        at = end
    return "".join((*out, text[at:]))


def _replaced(marks: list[Mark], changes: list[Change]) -> Iterator[Mark]:
    at = 0
    for start, end, new in changes:
        yield from marks[at:start]
        if start < end:
            for char in new:
                yield char, marks[start][1], marks[end - 1][2]
        at = end
    yield from marks[at:]
