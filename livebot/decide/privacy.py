"""Personal data in text: found in its usual formats and disguises, and masked, so that nothing outside the journal carries it in clear."""

from dataclasses import dataclass

from livebot.decide.personal import contacts, names, numbers, places
from livebot.decide.personal.view import Finding, View, any_of

KINDS = ("phone", "landline", "id", "card", "order", "tracking", "email", "account", "address", "plate", "name")

_SUREST_FIRST = ("tracking", "phone", "id", "email", "account", "landline", "card", "order", "plate", "address", "name")
_SIGNS = any_of(*contacts.SIGNS, *names.SIGNS)  # without one of them there is no account and no announced name
_RANK = {kind: n for n, kind in enumerate(_SUREST_FIRST)}


@dataclass(frozen=True, slots=True)
class Span:
    """Personal data at text[start:end], in code points of the original text; `kind` is one of KINDS."""

    start: int
    end: int
    kind: str


def find(text: str) -> tuple[Span, ...]:
    """The personal data in a text, in order and without overlaps. Any string will do; the time grows with its length."""
    return tuple(Span(start, end, kind) for start, end, kind, _ in _found(text))


def mask(text: str) -> str:
    """The text with all personal data made unreadable; everything else stays as it is, to the character.

    First and last digits stay, so that people can still tell two numbers apart: 138****0000. Prices, sizes and counts stay as they are.
    """
    found = _found(text)
    if not found:
        return text
    out: list[str] = []
    at = 0
    for start, end, _, shown in found:
        out += [text[at:start], shown]
        at = end
    return "".join((*out, text[at:]))


def mask_name(name: str) -> str:
    """ "张三丰" → "张*": the first visible character of a nickname."""
    return next((f"{char}*" for char in name if char.isprintable() and not char.isspace()), "")


def _found(text: str) -> list[Finding]:
    """(start, end, kind, what to show instead) in the original text."""
    digits, told, addresses = numbers.worth_a_look(text), _SIGNS(text.lower()), places.worth_a_look(text)
    if not (digits or told or addresses):
        return []
    view = View.of(text)
    found = numbers.find(view) if digits else []
    if told:
        found += contacts.find(view)
    theirs = {one[0] for one in found if one[2] in {"phone", "landline", "id", "card"}}
    ends = [one[1] for one in found if one[2] in {"phone", "id"}]
    where = places.find(view) if addresses else []
    if addresses or told or theirs:
        found += where + names.find(view, theirs, ends, [one[1] for one in where], parcel=bool(where and theirs))
    kept: list[Finding] = []
    taken = bytearray(len(view.plain))
    for one in sorted(found, key=lambda one: (_RANK[one[2]], one[0] - one[1], one[0])):
        start, end = one[:2]
        if 1 not in taken[start:end]:
            taken[start:end] = b"\1" * (end - start)
            kept.append(one)
    return sorted(view.original(one) for one in kept)
