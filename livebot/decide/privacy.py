"""Personal data in text: found in its usual formats and masked, so that nothing outside the journal carries it in clear."""

import re

_WORTH_A_LOOK = re.compile("[0-9０-９@＠]")
_FOLD = str.maketrans("０１２３４５６７８９＠．－＋ＸＳＦＹＴｘ　", "0123456789@.-+XSFYTx ")
_RUN = re.compile(r"[0-9](?:[ \u00a0.·_\-–—)）]{0,2}[0-9])*[Xx]?")
_TOKEN = re.compile("[0-9]+")
_ID = re.compile(r"[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]")
_LOCAL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}\Z")
_DOMAIN = re.compile(r"[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,4}")

_MOBILE_GROUPS = {(11,), (3, 4, 4), (4, 4, 3), (3, 8), (7, 4), (5, 6), (1,) * 11}
_ID_GROUPS = {(18,), (17,), (6, 8, 4), (6, 8, 3), (6, 4, 4, 4), (6, 4, 4, 3)}
_LONGEST = 12  # tokens one number may be split into: a country code and eleven single digits
_LEAST, _MOST = 10, 23  # digits of a number split into tokens


def mask(text: str) -> str:
    """The text with phone numbers, ID and card numbers, order and tracking numbers and e-mail addresses made unreadable.

    First and last digits stay, so that people can still tell two numbers apart: 138****0000. Prices, sizes and counts stay as they are.
    """
    if not _WORTH_A_LOOK.search(text):
        return text
    plain = text.translate(_FOLD)
    spans = [span for run in _RUN.finditer(plain) for span in _numbers(run.group(), run.start(), plain)]
    spans += _mails(plain)
    out: list[str] = []
    at = 0
    for start, end, shown in sorted(spans):
        if start >= at:
            out += [text[at:start], shown]
            at = end
    return "".join((*out, text[at:]))


def mask_name(name: str) -> str:
    """ "张三丰" → "张*": the first visible character of a nickname."""
    return next((f"{char}*" for char in name if char.isprintable() and not char.isspace()), "")


def _numbers(run: str, offset: int, plain: str) -> list[tuple[int, int, str]]:
    """Personal numbers in one run of digits and separators, longest first from the left."""
    tokens = [(match.start(), match.end()) for match in _TOKEN.finditer(run)]
    tail = run[-1] in "Xx"
    found: list[tuple[int, int, str]] = []
    i = 0
    while i < len(tokens):
        for j in reversed(_candidates(tokens, i)):
            digits = "".join([run[a:b] for a, b in tokens[i:j]])
            ends_in_x = tail and j == len(tokens)
            kept = _keep(digits, tuple(b - a for a, b in tokens[i:j]), ends_in_x)
            if kept is not None:
                start, end = tokens[i][0], tokens[j - 1][1] + (1 if ends_in_x and len(digits) == 17 else 0)
                found.append((start + offset, end + offset, _covered(digits + run[tokens[j - 1][1] : end], *kept)))
                i = j
                break
        else:
            i += 1
    return found


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


def _keep(digits: str, groups: tuple[int, ...], ends_in_x: bool) -> tuple[int, int] | None:
    """How many characters to show at the start and at the end; None where the number is nobody's."""
    size, whole = len(digits), len(groups) == 1
    if groups in _ID_GROUPS and _ID.fullmatch(digits + ("X" if ends_in_x and size == 17 else "")):
        return 3, 2
    bare = digits[4:] if digits.startswith("0086") else digits[2:] if digits.startswith("86") and size > 11 else digits
    own = groups if bare is digits else (groups[0] - (size - len(bare)), *groups[1:]) if groups[0] > 4 else groups[1:]
    if len(bare) == 11 and "3" <= bare[1] <= "9" and bare[0] == "1" and own in _MOBILE_GROUPS:
        return size - 8, 4
    if (
        digits[0] == "0"
        and digits[1:2] not in ("", "0")
        and ((whole and size in (11, 12)) or (len(groups) in (2, 3) and groups[0] in (3, 4) and sum(groups[1:]) in (7, 8)))
    ):
        return 4, 2
    if _is_chatter(digits):
        return None
    if whole and size >= 12:
        return (3, 4) if size < 16 else (4, 4)
    if groups in {(4, 4, 4, 4), (6, 15), (8, 12)} or (groups[:4] == (4, 4, 4, 4) and len(groups) == 5 and groups[4] <= 3):
        return 4, 4
    return None


def _is_chatter(digits: str) -> bool:
    """666666666666 and 233333333333 are laughter and applause, not numbers of anybody."""
    return len(set(digits[1:])) == 1


def _covered(number: str, first: int, last: int) -> str:
    return f"{number[:first]}{'*' * min(len(number) - first - last, 11)}{number[len(number) - last :]}"


def _mails(plain: str) -> list[tuple[int, int, str]]:
    found, at = [], plain.find("@")
    while at >= 0:
        local = _LOCAL.search(plain, max(at - 64, 0), at)
        domain = _DOMAIN.match(plain, at + 1, at + 256)
        if local and domain:
            found.append((local.start(), at, f"{plain[local.start()]}***"))
        at = plain.find("@", at + 1)
    return found
