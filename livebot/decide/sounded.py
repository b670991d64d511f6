"""Words of the trade that are written in letters, all or in part: tui款, 退kuan, tou su, tk, v信, in texts of one script or two."""

import re
from functools import lru_cache
from typing import Final

from daachorse import MATCH_KIND_LEFTMOST_LONGEST
from daachorse import CharwiseDoubleArrayAhoCorasick as Automaton

from livebot.decide.folding_tables import SYLLABLES
from livebot.decide.pair_tables import PAIRS
from livebot.decide.spellings import BESIDE, NOT_IN_LETTERS, PARTICLES, SHORT, SOUNDED, USUAL, meanings

Change = tuple[int, int, str]  # text[start:end] stands for the third

# letters of other alphabets that look like Latin ones, after casefolding; vowels with a tone
LIKE_LATIN: Final = str.maketrans(
    "аеорсухіјѕԁԛԝһкмтвнпгαβγεικνορτυχωωꮪᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡıøđłħāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńň",
    "aeopcyxijsdqwhkmtbhnraβyeiknoptuxwwsabcdefghijklmnoprstuvwyzagiodlhaaaaeeeeiiiioooouuuuvvvvvnn",
)
_LETTER: Final = "a-z" + "".join(map(chr, LIKE_LATIN))
_HAN: Final = "\u4e00-\u9fff"
_GAP: Final = r"[ .·•_*-]"
_BESIDE_HAN: Final = re.compile(rf"[{_HAN}❤+0-9]{_GAP}?[{_LETTER}]|[{_LETTER}]{_GAP}?[{_HAN}❤]")
_ALONE: Final = re.compile(
    rf"(?<![a-z])(?:[vw]{_GAP}?x|q{_GAP}?q|(?<=\d)hao|{'|'.join(key for key in meanings(SHORT) if len(key) < 5)})(?![a-z])"
)
_RUN: Final = re.compile(rf"[{_LETTER}]+(?:{_GAP}{{1,2}}[{_LETTER}]+)*")
_PART: Final = re.compile(rf"[{_LETTER}]+")
_BEFORE: Final = re.compile(rf"([{_HAN}+]{{1,3}}|\d){_GAP}?\Z")
_AFTER: Final = re.compile(rf"{_GAP}?([{_HAN}❤]{{1,3}})")
_ENGLISH: Final = frozenset(
    re.findall("[a-z]+", "he me you she man men can pen fan long song gang ban pan ran sun run die lie pie ten tie bin")
)
_COUNTED: Final = {"hao": "号", "jian": "件", "kuai": "块", "tian": "天", "ge": "个", "ma": "码", "dan": "单", "nian": "年"}


def found(text: str) -> list[Change]:
    """What stands in letters for words of the trade in a folded text, in order and apart."""
    if (text.isascii() or not _BESIDE_HAN.search(text)) and not _is_spelt_out(text):
        return []
    changes: list[Change] = []
    for run in _RUN.finditer(text):
        if run.start() >= (changes[-1][1] if changes else 0):
            changes += _in_run(text, run, changes[-1][1] if changes else 0)
    return changes


@lru_cache(1)
def syllables() -> dict[int, str]:
    """The syllable of each common ideograph, as a table for str.translate."""
    return {ord(char): found[1] for found in re.finditer("([a-z]+)([^a-z]+)", SYLLABLES) for char in found[2]}


@lru_cache(1)
def _mixed() -> dict[str, str]:
    """Every way to write a word with some neighbouring characters as they sound."""
    words: dict[str, str] = {}
    bare = set(NOT_IN_LETTERS.split())
    for word in SOUNDED.split():
        sounds = [char.translate(syllables()) for char in word]
        for start in range(len(word)):
            for end in range(start + 1, len(word) + 1):
                if end - start < len(word) or word not in bare:
                    words.setdefault(word[:start] + "".join(sounds[start:end]) + word[end:], word)
    return words | meanings(BESIDE) | _short()


def _slurred(key: str) -> str:
    """As the south says it: zh ch sh are z c s, ng is n."""
    return key.replace("zh", "z").replace("ch", "c").replace("sh", "s").replace("ng", "n")


@lru_cache(1)
def _slurring() -> dict[str, str]:
    """The same, for words of which two syllables or more are in letters."""
    return {_slurred(key): word for key, word in reversed(_mixed().items()) if len(key) > 4}


@lru_cache(1)
def _short() -> dict[str, str]:
    return meanings(SHORT)


@lru_cache(1)
def _letters() -> frozenset[str]:
    """What stands in letters in any of these."""
    whole = (letters for key in (*_mixed(), *_particles()) for letters in _PART.findall(key))
    return frozenset((*whole, *(one for one in _by_syllable() if len(one) > 1 and one not in _ENGLISH)))


@lru_cache(1)
def _slurred_letters() -> frozenset[str]:
    return frozenset(_slurred(letters) for letters in _letters() if len(letters) > 3)


@lru_cache(1)
def _by_syllable() -> dict[str, str]:
    return dict(re.findall("([a-z]+)([^a-z]+)", SYLLABLES))


@lru_cache(1)
def _pairs() -> dict[str, int]:
    """How usual two neighbours are: the higher, the more."""
    return {PAIRS[at : at + 2]: len(PAIRS) - at for at in range(0, len(PAIRS), 2)}


def _guess(left: str, syllable: str, right: str) -> str | None:
    """The character that a syllable most likely stands for between two others: 无良商jia, 少一jian."""
    pairs = _pairs()
    score, char = max((pairs.get(left + one, 0) + pairs.get(one + right, 0), one) for one in _by_syllable()[syllable])
    return char if score else None


@lru_cache(1)
def _particles() -> dict[str, str]:
    return {char.translate(syllables()): char for char in PARTICLES.split()}


@lru_cache(1)
def _usual() -> dict[str, str]:
    return {word.translate(syllables()): word for word in USUAL.split()}


def _is_spelt_out(text: str) -> bool:
    """Whether a word stands in letters alone: a long one anywhere, a short one with nothing beside it."""
    automaton, long = _letters_alone()
    found = automaton.find(text.replace(" ", ""))
    return any(which < long for _, _, which in found) or (bool(found) and _ALONE.search(text) is not None)


@lru_cache(1)
def _letters_alone() -> tuple[Automaton, int]:
    """What to look for, long words first, and how many of them are long."""
    long = sorted({key for key in _mixed() if key.isascii() and len(key) > 3})
    short = [key for key in _short() if len(key) < 4]
    return Automaton([*long, *short, "v.x", "w.x", "q.q", "hao"], MATCH_KIND_LEFTMOST_LONGEST), len(long)


@lru_cache(1)
def _syllable() -> re.Pattern[str]:
    return re.compile("|".join(sorted(set(re.findall("[a-z]+", SYLLABLES)), key=len, reverse=True)))


def _in_run(text: str, run: re.Match[str], after_change: int) -> list[Change]:
    parts = [(one[0].translate(LIKE_LATIN), *one.span()) for one in _PART.finditer(text, *run.span())]
    if len(parts) == 1 and parts[0][0] not in _letters() and _slurred(parts[0][0]) not in _slurred_letters():
        return _sentence(parts) if len(parts[0][0]) > 5 else []
    if len(parts) > 2 and (sentence := _sentence(parts)):
        return sentence
    before = _BEFORE.search(text, max(after_change, run.start() - 4), run.start())
    after = _AFTER.match(text, run.end())
    left, right = before[1] if before else "", after[1] if after else ""
    changes: list[Change] = []
    at = 0
    while at < len(parts):
        for end in range(len(parts), at, -1):
            letters = "".join([one[0] for one in parts[at:end]])
            change = _word(
                letters, parts[at][1], parts[end - 1][2], left if at == 0 else "", right if end == len(parts) else "", before, after
            )
            if change is not None:
                changes.append(change)
                at = end
                break
        else:
            at += 1
    return changes or _sentence(parts)


def _word(
    letters: str, start: int, end: int, left: str, right: str, before: re.Match[str] | None, after: re.Match[str] | None
) -> Change | None:
    """The word that the letters are, with up to three of the characters beside them: the longest there is."""
    words, alike = _mixed(), _slurring()
    if letters in _short() and before is not None and before[1].isdigit():  # 1tb
        return None
    for size in range(len(left) + len(right), -1, -1):
        for much in range(min(size, len(left)), max(0, size - len(right)) - 1, -1):
            taken = right[: size - much]
            key = left[len(left) - much :] + letters + taken
            if (word := words.get(key) or alike.get(_slurred(key) if len(letters) > 3 else "")) is not None:
                first = before.end(1) - much if before and much else start
                last = after.start(1) + len(taken) if after and taken else end
                return first, last, word
    near = left[-1:] if before and before.end(1) == start else ""
    next_ = right[:1] if after and after.start(1) == end else ""
    if not (near or next_) or letters not in _letters():
        return None
    if near.isdigit() and letters in _COUNTED:
        return start, end, _COUNTED[letters]
    char = _guess(near, letters, next_) if letters in _by_syllable() and letters not in _ENGLISH and len(letters) > 1 else None
    char = char or _particles().get(letters)
    return (start, end, char) if char else None


def _sentence(parts: list[tuple[str, int, int]]) -> list[Change]:
    """wo yao tuikuan, woyaotuikuan: syllables among which there is a word."""
    units: list[tuple[str, int, int]] = []
    for letters, start, end in parts:
        spelt = _syllable().findall(letters) if len(letters) > 5 and end - start == len(letters) else []
        if "".join(spelt) != letters:
            units.append((letters, start, end))
            continue
        for one in spelt:
            units.append((one, start, start + len(one)))
            start += len(one)
    changes: list[Change] = []
    at, words, known = 0, _mixed(), False
    while at < len(units):
        for end in range(min(len(units), at + 4), at, -1):
            letters = "".join([one[0] for one in units[at:end]])
            word = words.get(letters) if end > at + 1 or len(letters) > 4 else None
            known = known or word is not None
            if (word := word or _usual().get(letters)) is not None:
                joins = changes and at and changes[-1][1] == units[at - 1][2]  # no space between characters
                changes.append((changes[-1][1] if joins else units[at][1], units[end - 1][2], word))
                at = end
                break
        else:
            known = known and len(parts) > 1
            at += 1 if len(parts) > 1 else len(units)
    return changes if known else []
