"""What may be said: every outgoing text is judged here, whoever wrote it, at decision and again just before it is sent."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final, Literal

from livebot.decide.privacy import find
from livebot.decide.promises import NOTHING_PROMISED, Promises
from livebot.decide.speech import (
    absolutes,
    claims,
    conduct,
    effects,
    fabrications,
    gifts,
    manners,
    medical,
    money,
    offplatform,
    privacy,
    promises,
    promises_en,
    slights,
    time,
    wide,
)
from livebot.decide.speech.commitments import Commitment, kept, read
from livebot.decide.speech.rules import Finding, Level, Scanner, pattern
from livebot.decide.speech.text import View, plain, tight
from livebot.decide.speech.wary import wariness

Origin = Literal["rule", "variable", "moderator", "model"]

LONGEST: Final = 2_000  # code points; a longer text is blocked unread
RULES: Final = (
    *offplatform.RULES,
    *privacy.RULES,
    *manners.RULES,
    *slights.RULES,
    *fabrications.RULES,
    *conduct.RULES,
    *medical.RULES,
    *effects.RULES,
    *absolutes.RULES,
    *claims.RULES,
    *time.RULES,
    *money.RULES,
    *gifts.RULES,
    *promises_en.RULES,
    *wide.RULES,
)
EASY: Final = -0.9  # how far a sentence must be from what must not be said to outweigh a wide net
PROVABLE: Final = frozenset({"commitment", "absolute", "medical"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """ok | needs_evidence | block, and for the last two the rule, its kind and article, why (zh, en) and where (code points)."""

    verdict: Level = "ok"
    rule: str = ""
    kind: str = ""
    article: str = ""
    zh: str = ""
    en: str = ""
    span: tuple[int, int] = (0, 0)

    @property
    def why(self) -> str:
        """The code under which a text is held or refused; "" where it is ok."""
        return f"guard:{self.rule}" if self.rule else ""


OK: Final = Verdict()
_TOO_LONG: Final = Verdict(
    verdict="block", rule="length", kind="length", article="平台规则（长度）", zh="超过平台字数", en="too long for the platform"
)
_WARY: Final = Verdict(
    verdict="needs_evidence",
    rule="wary",
    kind="wary",
    article="广告法 28 · 直播电商监督管理办法",
    zh="没有哪条规则说不行，但很像不能说的话，看一眼再发",
    en="no rule forbids it, yet it sounds much like what must not be said: look at it before it goes",
)
_PERSONAL: Final = Verdict(
    verdict="block",
    kind="privacy",
    article="个人信息保护法 25",
    zh="含有电话、证件、单号、地址等个人信息",
    en="holds personal data: a phone, a document, an order, an address",
)


def judge(
    text: str,
    *,
    promises: Promises = NOTHING_PROMISED,
    max_chars: int | None = None,
    unit: Literal["chars", "bytes"] = "chars",
    origin: Origin = "rule",
) -> Verdict:
    """The worst that can be said of the text, in linear time.

    promises: what the shop has promised, and may repeat. max_chars, unit: the platform's limit. origin: a model vouches for nothing, so
    what needs evidence is blocked where it wrote the text.
    """
    size = len(text.encode("utf-8", "replace")) if unit == "bytes" else len(text)
    if len(text) > LONGEST or (max_chars is not None and size > max_chars):
        return replace(_TOO_LONG, span=(0, len(text)))
    worst = OK
    backed: list[tuple[int, int]] = []
    unbacked = plain(text).text
    for finding, view in findings(text):
        start, end = view.span(finding.start, finding.end)
        if finding.rule.wide and any(first < end and start < last for first, last in backed):
            continue
        if _by_chance(finding, view):
            continue
        found = _verdict(finding, view, promises, origin)
        if found.verdict == "ok":
            backed.append((start, end))
            unbacked = unbacked.replace(view.text[slice(*view.sentence(finding.start, finding.end))], " ")
        if found.verdict == "block":
            return found
        if worst.verdict == "ok":
            worst = found
    return _personal(text, promises) or (worst if worst.verdict != "ok" else _wary(text, unbacked, promises, origin))


def commitments(text: str) -> tuple[Commitment, ...]:
    """What the text promises (denied and asked promises are none), in the order of the text."""
    found = [read(finding, view) for finding, view in findings(text[:LONGEST]) if finding.rule.kind == "commitment"]
    best: dict[tuple[int, int], Commitment] = {}
    for one in sorted(found, key=lambda one: (one.span[0], -one.span[1])):
        if not any(start <= one.span[0] and one.span[1] <= end for start, end in best):
            best[one.span] = one
    return tuple(best.values())


def reason_of(rule: str) -> tuple[str, str, str]:
    """Why (zh, en) and by what article texts are stopped under this rule's id."""
    if rule == _WARY.rule:
        return _WARY.zh, _WARY.en, _WARY.article
    found = next((one for one in RULES if one.id == rule), _PERSONAL if rule.startswith("privacy.") else None)
    return (found.zh, found.en, found.article) if found else ("有不能说的话", "it holds what must not be said", "")


def findings(text: str) -> Iterator[tuple[Finding, View]]:
    """Every rule broken by the text as it reads, and by the text without the gaps in which words hide."""
    view = plain(text)
    scanner = _scanner()
    for finding in scanner.scan(view):
        yield finding, view
    if (closed := tight(view)) is not None:
        for finding in scanner.scan(closed):
            if _hidden(finding, closed):
                yield finding, closed


@lru_cache(maxsize=1)
def _scanner() -> Scanner:
    return Scanner(RULES)


@lru_cache(maxsize=1)
def _hedges() -> Any:
    return pattern(promises.HEDGES)


def _by_chance(finding: Finding, view: View) -> bool:
    """Whether a wide net caught words in a sentence that sounds like none of what must not be said."""
    if not finding.rule.wide or finding.rule.kind not in PROVABLE:
        return False
    return wariness(view.text[slice(*view.sentence(finding.start, finding.end))]) < EASY


def _covers(said: str, finding: Finding, view: View) -> bool:
    """Whether the words found are part of something for which the shop has evidence, or the other way round."""
    at = view.text.find(said) if said else -1
    while at >= 0 and at < finding.end:
        if at + len(said) > finding.start:
            return True
        at = view.text.find(said, at + 1)
    return False


def _hidden(finding: Finding, closed: View) -> bool:
    """Whether the words stand apart in the original: otherwise they were judged there, with their surroundings."""
    start, end = closed.span(finding.start, finding.end)
    return end - start > finding.end - finding.start


def _verdict(finding: Finding, view: View, promises: Promises, origin: Origin) -> Verdict:
    rule = finding.rule
    level = rule.verdict
    first, last = view.clause(finding.start, finding.end)
    clause = view.text[first:last]
    if rule.kind == "off_platform" and promises.off_platform:
        return OK
    if rule.kind in PROVABLE and any(_covers(said, finding, view) for said in promises.proven):
        return OK
    if rule.kind == "commitment" and kept(read(finding, view), clause, promises):
        return OK
    if rule.hedged and _hedges().search(clause):
        if "为准" in view.text[slice(*view.sentence(finding.start, finding.end))]:
            return OK
        level = "needs_evidence"
    if level == "needs_evidence" and origin == "model":
        level = "block"
    return Verdict(
        verdict=level,
        rule=rule.id,
        kind=rule.kind,
        article=rule.article,
        zh=rule.zh,
        en=rule.en,
        span=view.span(finding.start, finding.end),
    )


def _wary(text: str, unbacked: str, promises: Promises, origin: Origin) -> Verdict:
    """What is left of the text once everything that the shop backs is taken out, by its sound."""
    for said in promises.proven:
        unbacked = unbacked.replace(said, " ") if said else unbacked
    if wariness(unbacked) <= 0:
        return OK
    return replace(_WARY, verdict="block" if origin == "model" else "needs_evidence", span=(0, len(text)))


def _personal(text: str, promises: Promises) -> Verdict | None:
    """A phone, document, order or tracking number, an address or the like, unless the shop says that it is its own."""
    for found in find(text):
        if found.kind == "account" and promises.off_platform:
            continue
        if plain(text[found.start : found.end]).text not in promises.proven:
            return replace(_PERSONAL, rule=f"privacy.{found.kind}", span=(found.start, found.end))
    return None
