"""Telephone and identity numbers told in pieces: digit by digit, with words between them, in any groups after 电话, or spelt in English."""

import re
from typing import Final

from livebot.decide.personal.named import PHONE_LINK, PHONE_WORD, named
from livebot.decide.personal.view import Finding, as_digits, covered

SEPARATOR: Final = r"[ .·•_\-–—~()*+#・。]|[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]"
LOOSE_RUN: Final = re.compile(rf"[0-9](?:(?:{SEPARATOR}|[,，、/|:;…^=!]){{0,4}}[0-9])*")
MOBILE_GROUPS: Final = {(11,), (3, 4, 4), (4, 4, 3), (3, 8), (7, 4), (5, 6), (6, 5), (8, 3), (4, 7), (2, 4, 5), (3, 3, 5), (3, 5, 3)}
ID: Final = r"[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"

_TOKEN: Final = re.compile("[0-9]+")
_MOBILE: Final = re.compile(r"1[3-9]\d{9}")
_SINGLES: Final = ((_MOBILE, "phone", 4), (re.compile(ID), "id", 2))
_PHONE_NAMES: Final = re.compile(rf"(?i){PHONE_WORD}{PHONE_LINK}{{0,12}}(?=\d)")
_ENGLISH: Final = "zero|one|two|three|four|five|six|seven|eight|nine|oh"
_TELLING: Final = re.compile("eight|seven|three|Eight|Seven|Three|EIGHT|SEVEN|THREE")
_SPELT_OUT: Final = re.compile(rf"(?i)(?<![a-z])(?:{_ENGLISH})(?:[\s,.-]{{1,3}}(?:{_ENGLISH})){{6,14}}(?![a-z])")

_SPOKEN: Final = (
    r"[\s,.:、…]{0,3}(?:(?:然后|后面|中间|再来|再|接着|最后|前面|开头是?|结尾是?|后几位|那个|这个|就是|还有|加上|嗯|啊|哦|呃|哈|空格|空|横杠|横|杠|点|接|是|四位|三位|and|then|dash|space|dot)"
    r"[\s,.:、…]{0,3}){1,3}"
)
_UNITS: Final = "元块米斤码号钱到至减件个年月日点分折条只双套天时色款送共约和跟或买卖起满xX×"
_BETWEEN: Final = rf"(?:{_SPOKEN}|[^\d{_UNITS}]{{1,5}})"
_PIECES: Final = re.compile(rf"(?<!\d)(?<!\d\W)1(?:{_BETWEEN})?[3-9](?:(?:{_BETWEEN})?\d){{9}}(?!\d|\W{1, 2}\d)")
_SAID: Final = re.compile(_SPOKEN).fullmatch
_RUN_SIGNS: Final = re.compile(rf"(?:{SEPARATOR})*").fullmatch  # what stands within a number, not between its pieces


def spelt_out(text: str) -> bool:
    return _TELLING.search(text) is not None and _SPELT_OUT.search(text) is not None


def find(plain: str) -> list[Finding]:
    found: list[Finding] = [(*m.span(), "phone", "***") for m in _SPELT_OUT.finditer(plain)]
    found += _announced(plain) + _one_by_one(plain) + _with_words(plain)
    soft = as_digits(plain)
    return found if soft == plain else found + _one_by_one(soft) + _with_words(soft)


def _one_by_one(plain: str) -> list[Finding]:
    """1，3、8/0…: a number in single digits, with any signs between them."""
    found: list[Finding] = []
    for run in LOOSE_RUN.finditer(plain):
        stretch: list[int] = []
        for at, end in (*(m.span() for m in _TOKEN.finditer(plain, *run.span())), (run.end(), run.end() + 2)):
            if end - at == 1:
                stretch.append(at)
                continue
            if len(stretch) >= 11:
                digits = "".join([plain[one] for one in stretch])
                told = named(plain[max(0, stretch[0] - 16) : stretch[0]])
                if told is not None:
                    found.append((stretch[0], stretch[-1] + 1, told, covered(digits, 3, 4)))
                for pattern, kind, left in _SINGLES:
                    for m in pattern.finditer(digits):
                        found.append((stretch[m.start()], stretch[m.end() - 1] + 1, kind, covered(m[0], 3, left)))
            stretch = []
    return found


def _announced(plain: str) -> list[Finding]:
    """Eleven digits of a mobile number after 电话 or the like, in whatever groups."""
    found: list[Finding] = []
    for word in _PHONE_NAMES.finditer(plain):
        run = LOOSE_RUN.match(plain, word.end(), word.end() + 60)
        places = [at for at in range(run.start(), run.end()) if plain[at].isdigit()][:12] if run else []
        if len(places) >= 11 and plain[places[0]] == "1" and plain[places[1]] in "3456789":
            if len(places) == 12 and places[11] == places[10] + 1:
                continue
            found.append((places[0], places[10] + 1, "phone", covered("".join([plain[at] for at in places[:11]]), 3, 4)))
    return found


def _with_words(plain: str) -> list[Finding]:
    """159然后6874然后1203, 159哈6874哈1203, 159/6874/1203: in groups as one says a number, with one sign or spoken words between them."""
    found: list[Finding] = []
    for m in _PIECES.finditer(plain):
        groups, between = _TOKEN.findall(m[0]), _TOKEN.split(m[0])[1:-1]
        in_groups = tuple(map(len, groups)) in MOBILE_GROUPS or len(groups) == 11
        alike = len(set(between)) == 1 or all(map(_SAID, between))
        if in_groups and alike and between and not _RUN_SIGNS(between[0]) and not _is_prices(groups):
            found.append((*m.span(), "phone", covered("".join(groups), 3, 4)))
    return found


def _is_prices(groups: list[str]) -> bool:
    """139/1599/1299"""
    return all(one[-1] in "089" for one in groups)
