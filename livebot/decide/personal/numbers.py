"""Numbers that belong to somebody: telephones, identity and bank cards, orders and parcels, told from prices, sizes and counts."""

import re
from typing import Final

from livebot.decide.personal import foreign, pieces
from livebot.decide.personal import named as announced
from livebot.decide.personal.named import PHONE_NAMED, named
from livebot.decide.personal.pieces import ID, LOOSE_RUN, MOBILE_GROUPS, SEPARATOR
from livebot.decide.personal.view import WORDS, Finding, View, as_digits, covered

_DIGIT: Final = (
    rf"0-9\u0660-\u0669\u00b2\u00b3\u00b9\u2070-\u2089\u2460-\u249b❶-❾➀-➈➊-➒⓪⓵-⓽〡-〩"
    rf"㈠-㈨㊀-㊈{WORDS}０-９\U0001d7ce-\U0001d7ff\U0001f100-\U0001f10a"
)
_ENOUGH: Final = re.compile(rf"[{_DIGIT}](?:[^{_DIGIT}]*[{_DIGIT}]){{3}}")  # four digits that are no letters

_MANY: Final = re.compile(rf"[0-9OolI{WORDS}](?:[^0-9OolI{WORDS}]*[0-9OolI{WORDS}]){{6}}")  # of a View: the fewest that any telephone has

_RUN: Final = re.compile(rf"[0-9](?:(?:{SEPARATOR}){{0,3}}[0-9])*[Xx]?")
_TOKEN: Final = re.compile("[0-9]+")
_ID: Final = re.compile(ID)
_OLD_ID: Final = re.compile(r"[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}")
_MOMENT: Final = re.compile(r"20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?")
_RARE_GROUPS: Final = {(3, 2, 2, 2, 2), (4, 3, 4), (3, 4, 2, 2), (2, 3, 3, 3)}  # in which there are lists of prices too
_ID_GROUPS: Final = {(18,), (17,), (6, 8, 4), (6, 8, 3), (6, 4, 4, 4), (6, 4, 4, 3), (3, 3, 4, 4, 4)}
_LONGEST: Final = 6  # tokens that one number may be split into, unless every one is a single digit
_LATIN: Final = re.compile("[A-Za-z0-9]")
_LEAST, _MOST = 10, 23  # digits of a number that is split into tokens

_NOBODYS: Final = re.compile(
    r"(?i)(?:[点获个]?赞|粉丝数?|销量|已售|卖了|库存|评论数?|收藏"
    r"|uid|用户(?:id|号)|直播间|房间号?|直播间?id|房号|货号|款号"
    r"|商品(?:id|编号|号|编码)|条码|条形码|sku|spu|item(?: ?id| ?no)?|型号|批号|批次|编码"
    r"|浏览量?|观看|播放量?|点赞|在线|人气|热度|room(?: ?id)?|stream(?: ?id)?|live ?id|isbn|barcode"
    r"|许可证?|备案号?|注册证?|执行标准|批准文号|国药准字|sc|qs|gb/?t?)(?:id|号|[\s:.#是为=人数达量]){0,5}\Z"
)
_ABROAD: Final = re.compile(r"\+(?!86)\d{1,3}[ -]?\Z")
_DECIMAL: Final = re.compile(r"(?<![\d.])\d{1,3}\.\Z")
_BANK: Final = re.compile(r"[\s,:(]{0,2}(?:[\u4e00-\u9fff]{2,4}银行|[工建农中招交]行|户名|开户|这张卡)")
_EXTENSION: Final = re.compile(r"\s?(?:转|轉|分机|ext\.?|-)\s?\d{1,6}(?![\d-])")


def worth_a_look(text: str) -> bool:
    """A cheap test that most comments fail: whether the text holds as many digits (or words for digits) as a number has."""
    return _ENOUGH.search(text) is not None or announced.worth_a_look(text) or pieces.spelt_out(text)


def find(view: View) -> list[Finding]:
    """All numbers of somebody's; findings may overlap, the more certain kinds win later."""
    plain = view.plain
    found = announced.find(plain)
    if not _MANY.search(plain) and not pieces.spelt_out(plain):
        return found
    found += pieces.find(plain)
    for run in _RUN.finditer(plain):
        found += _in_run(run.group(), run.start(), plain)
    soft = as_digits(plain)
    if soft != plain:
        for run in _RUN.finditer(soft):
            if plain[run.start() : run.end()] != run.group():
                found += _in_run(run.group(), run.start(), soft, soft=True)
        for run in LOOSE_RUN.finditer(soft):
            if sum(char in WORDS for char in plain[run.start() : run.end()]) > 5:  # 一三八，零零一三，八零零零
                found += _in_run(run.group(), run.start(), soft, soft=True, spelt=True)
    return found + foreign.find(plain, found)


# ── runs of digits ─────────────────────────────────────────────────────────────


def _in_run(run: str, offset: int, plain: str, *, soft: bool = False, spelt: bool = False) -> list[Finding]:
    """Personal numbers in one run of digits and separators, longest first from the left.

    `soft`: some of the digits were words or letters, so only a form of its own counts; `spelt`: most were, so an announcement does too.
    """
    tokens = [match.span() for match in _TOKEN.finditer(run)]
    tail = run[-1] in "Xx" and not _LATIN.match(plain, offset + len(run))
    found: list[Finding] = []
    i = 0
    while i < len(tokens):
        for j in reversed(_candidates(tokens, i)):
            digits = "".join([run[a:b] for a, b in tokens[i:j]])
            last = tail and j == len(tokens) and len(digits) == 17
            start = tokens[i][0]
            before = plain[max(0, offset + start - 16) : offset + start]
            kept = _keep([run[a:b] for a, b in tokens[i:j]], last, before)
            if kept is not None and (not soft or kept[0] in {"phone", "id", "landline"} or (spelt and kept[0] == named(before))):
                kind, first, left = kept
                if kind == "order" and digits[:2] in _BANKS and 16 <= len(digits) <= 19 and _BANK.match(plain, offset + tokens[j - 1][1]):
                    kind = "card"
                end = tokens[j - 1][1] + last
                shown = covered(digits + run[tokens[j - 1][1] : end], first, left)
                found.append(_whole((start + offset, end + offset, kind, shown), plain))
                i = j
                break
        else:
            i += 1
    return found


def _whole(found: Finding, plain: str) -> Finding:
    """With what belongs to a number: the + of a country code, the ( of an area code, an extension."""
    start, end, kind, shown = found
    if kind in {"phone", "landline"} and (more := _EXTENSION.match(plain, end)):
        end, shown = more.end(), shown + re.sub(r"\d+", "*", more[0])
    sign = plain[start - 1 : start] if start else ""
    if sign == "+" and shown.startswith("86"):
        start, shown, sign = start - 1, "+" + shown, plain[max(0, start - 2) : start - 1]
    return (start - 1, end, kind, shown) if sign == "(" and ")" in plain[start:end] else (start, end, kind, shown)


def _candidates(tokens: list[tuple[int, int]], i: int) -> list[int]:
    """Where a number that begins with token i may end, by its number of digits alone."""
    ends, size = [], 0
    for j in range(i, min(len(tokens), i + _LONGEST)):
        size += tokens[j][1] - tokens[j][0]
        if size > _MOST and j > i:
            break
        if size >= _LEAST:
            ends.append(j + 1)
    return ends


def _keep(tokens: list[str], ends_in_x: bool, before: str) -> tuple[str, int, int] | None:
    """The kind and how many characters to show at the start and at the end; None where the number is nobody's."""
    digits, groups = "".join(tokens), tuple(map(len, tokens))
    size, whole = len(digits), len(groups) == 1
    paper = digits + ("X" if ends_in_x else "")
    if _ID.fullmatch(paper) and (groups in _ID_GROUPS or _id_check(paper) or named(before) == "id"):
        return "id", 3, 2
    bare = digits[4:] if digits.startswith("0086") else digits[2:] if digits.startswith("86") and size > 11 else digits
    own = groups if bare is digits else (groups[0] - (size - len(bare)), *groups[1:]) if groups[0] > 4 else groups[1:]
    grouped = own in MOBILE_GROUPS or (own in _RARE_GROUPS and not _is_list(tokens))
    if len(bare) == 11 and "3" <= bare[1] <= "9" and bare[0] == "1" and (grouped or PHONE_NAMED.search(before)):
        return (
            ("phone", size - 8, 4)
            if not (_NOBODYS.search(before) or _ABROAD.search(before) or _is_measure(tokens) or _goes_round(bare))
            else None
        )
    if _is_landline(digits, groups):
        return "landline", 4, 2
    told = named(before)
    fours = (groups[:4] == (4, 4, 4, 4) and (len(groups) == 4 or (len(groups) == 5 and groups[4] <= 3))) or groups in {(6, 13), (4, 6, 5)}
    if fours and digits[:2] in _BANKS and _luhn(digits) and len(set(digits)) > 1 and told in {"card", None}:
        return "card", 4, 4
    if told == "card" and 16 <= size <= 19 and digits[:2] in _BANKS:
        return "card", 4, 4
    even = told is not None and groups[0] in {3, 4, 5} and len(set(groups[:-1])) == 1 and groups[-1] <= groups[0] and size >= 12
    if even and len(groups) > 2 and not fours and not _is_prices(digits, groups[:-1]):
        return told or "order", 3 if size < 16 else 4, 4
    if not (fours or (whole and 12 <= size <= 21) or groups in {(6, 15), (8, 12), (3, 7, 7)}) or _is_nobodys(digits, before, told):
        return None
    if told == "id" and (size == 18 or _OLD_ID.fullmatch(digits)):
        return "id", 3, 2
    if told in {"order", "tracking"}:
        return told, 3 if size < 16 else 4, 4
    if fours:
        bank = digits[:2] in _BANKS
        return ("card" if bank else "order", 4, 4) if digits[0] in "3456" and not _is_prices(digits, groups) else None
    is_card = whole and size >= 16 and (told == "card" or (digits[:2] in _BANKS and _luhn(digits)))
    return "card" if is_card else "order", 3 if size < 16 else 4, 4


_BANKS: Final = {"62", "60", "40", "41", "42", "43", "45", "46", "47", "48", "49", "51", "52", "53", "54", "55", "35", "37", "34"}


def _is_landline(digits: str, groups: tuple[int, ...]) -> bool:
    if digits[0] != "0" or digits[1:2] in ("", "0") or digits[1:4] in ("800", "400"):
        return False
    return (len(groups) == 1 and len(digits) in (11, 12)) or (
        len(groups) in (2, 3) and groups[0] in (2, 3, 4) and sum(groups[1:]) in (7, 8) and groups[1] in (3, 4, 7, 8)
    )


def _is_list(tokens: list[str]) -> bool:
    """163 52 80 64 90 are measures, 1599 129 1299 prices."""
    pairs = [one for one in tokens if len(one) == 2]
    return (min(pairs) >= "10" and sum(one < "40" for one in pairs) < 2) if len(pairs) == 4 else all(one[-1] in "0589" for one in tokens)


def _id_check(paper: str) -> bool:
    """Whether the last character of an identity number fits the others (GB 11643)."""
    total = sum(int(digit) * pow(2, 17 - n) for n, digit in enumerate(paper[:17]))
    return "10X98765432"[total % 11] == paper[17].upper()


def _goes_round(digits: str) -> bool:
    """13131313131, 13813813813 and 18888888888 are typed for fun."""
    return len(set(digits[1:])) == 1 or any(digits == (digits[:size] * len(digits))[: len(digits)] for size in (1, 2, 3))


def _is_measure(tokens: list[str]) -> bool:
    """150*2000*1800 is a mattress."""
    return len(tokens) == 3 and all(one.endswith("00") and one[0] != "0" for one in tokens[1:])


def _is_prices(digits: str, groups: tuple[int, ...]) -> bool:
    """1999 2999 3999 4999 are prices, 4000 5000 6000 7000 round ones."""
    return all(digits[4 * n + 2 : 4 * n + 4] in ("99", "00", "98", "88", "80", "90", "50") for n in range(len(groups)))


def _is_nobodys(digits: str, before: str, told: str | None) -> bool:
    """666666666666 and 233333333333 are laughter; round numbers are counts; 20261121200000 is a moment, 6901234567892 a barcode."""
    if _NOBODYS.search(before) or _DECIMAL.search(before):
        return True
    if told is not None:
        return False
    laughter = (
        len(set(digits[1:])) == 1
        or len(set(digits)) <= 3
        or max(map(digits.count, set(digits))) > 0.6 * len(digits)
        or (len(digits) <= 13 and digits in "12345678901234567890123")
    )
    return laughter or digits.endswith("0000000") or bool(_MOMENT.fullmatch(digits)) or _is_barcode(digits)


def _is_barcode(digits: str) -> bool:
    """A Chinese EAN-13; whoever types one from a label may miss a digit, so its check digit says nothing."""
    return len(digits) == 13 and digits.startswith("69")


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (2 if n % 2 else 1) for n, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
