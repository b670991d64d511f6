"""Telephone numbers of other countries, by the kept library."""

import re
from functools import lru_cache
from typing import Final

from livebot.decide.personal.named import PHONE_NAMED
from livebot.decide.personal.view import Finding, short

_SIGN: Final = re.compile(
    r"\+|\(\d{3}\)|(?<!\d)\d{3}[-. ]\d{3}[-. ]\d{4}(?!\d)|(?<!\d)09\d\d|(?i:call|ring|text me|phone|tel|mobile|whatsapp|cell|reach me)"
)
_ABROAD: Final = re.compile(r"\(\d{3}\) ?\d{3}[-. ]\d{4}|\d{3}-\d{3}-\d{4}|09\d\d[- ]?\d{3}[- ]?\d{3}")
_BRITISH: Final = re.compile(r"0[127]\d{2,3}[ -]?\d{3}[ -]?\d{3,4}")
_READ: Final = 2000  # characters


def find(plain: str, found: list[Finding]) -> list[Finding]:
    """What `phonenumbers` takes for a personal number, where something looks like one of abroad and none of `found`."""
    if not _SIGN.search(plain):
        return []
    phonenumbers, fixed, kinds = _library()
    chars = list(plain[:_READ])
    for start, end, _, _ in found:
        chars[start:end] = " " * (min(end, len(chars)) - start)
    left = "".join(chars)
    more = []
    for region in ("CN", "TW", "HK", "US") if not left.isascii() else ("US", "GB"):
        for match in phonenumbers.PhoneNumberMatcher(left, region, phonenumbers.Leniency.POSSIBLE, 50):
            raw, kind = match.raw_string, phonenumbers.number_type(match.number)
            # a number with its country is one even where the library knows no such exchange; without it, only as such are written
            if not raw.startswith("+") and not _is_written_as_one(left, match.start, raw, known=kind in kinds):
                continue
            name = "landline" if kind == fixed and match.number.country_code == 86 else "phone"
            more.append((match.start, match.end, name, short(raw, 3, 2)))
    return more


def _is_written_as_one(plain: str, start: int, raw: str, *, known: bool) -> bool:
    """Without a country code a number of abroad must be announced, or written as only telephone numbers are."""
    announced = PHONE_NAMED.search(plain[max(0, start - 14) : start]) is not None
    return (known and (announced or _ABROAD.fullmatch(raw) is not None)) or (announced and _BRITISH.fullmatch(raw) is not None)


@lru_cache(1)
def _library():  # type: ignore[no-untyped-def]
    import phonenumbers  # 40 ms and 2 MB, for the few texts that need it

    kind = phonenumbers.PhoneNumberType
    return phonenumbers, kind.FIXED_LINE, {kind.MOBILE, kind.FIXED_LINE, kind.FIXED_LINE_OR_MOBILE, kind.VOIP, kind.PERSONAL_NUMBER}
