"""Rules that are in each other's way: phrasings that mean the same in two rules, and phrasings that another rule always takes."""

from typing import Final

from livebot.decide.matching import AUTO, Matcher
from livebot.decide.meaning.nearness import Nearness
from livebot.decide.rulebook import FaqRule, Rulebook
from livebot.decide.text import fold
from livebot.errors import Problem

SAME: Final = 0.94  # nearer than this, two phrasings ask the same thing
MOST: Final = 20  # hints of each kind


def lint(rulebook: Rulebook, matcher: Matcher | None = None, most: int | None = MOST) -> list[Problem]:
    """Hints, each naming both rules and a score, `most` of a kind. Rules of one category are no rivals: there the later pack answers."""
    return [*_shadowed(rulebook, matcher or Matcher(rulebook))[:most], *_twins(rulebook)[:most]]


def _shadowed(rulebook: Rulebook, matcher: Matcher) -> list[Problem]:
    found = []
    for rule in rulebook.faqs:
        for ask in rule.ask:
            answers = matcher.match(ask).answers
            best = answers[0] if answers else None
            if best and best.rule.id != rule.id and best.confidence >= AUTO and not _peers(best.rule, rule):
                zh = f"“{ask}” 总是由 {best.rule.id}（{best.rule.source}）来答，把握 {best.confidence:.2f}，这一句不起作用"
                en = f"{ask!r} is always answered by {best.rule.id} ({best.rule.source}), at {best.confidence:.2f}; here it does nothing"
                found.append(_about(rule, zh, en))
    return found


def _twins(rulebook: Rulebook) -> list[Problem]:
    if rulebook.meaning is None:
        return []
    groups = {number: rule.category for number, rule in enumerate(rulebook.faqs) if rule.category is not None}
    phrasings = [(number, ask) for number, rule in enumerate(rulebook.faqs) for ask in rule.ask]
    phrasings.sort(key=lambda one: (one[0], fold(one[1])))  # as Nearness orders them
    found = []
    for one, other, score in Nearness(phrasings, groups, rulebook.meaning).twins(SAME):
        (first, mine), (second, theirs) = phrasings[one], phrasings[other]
        rival = rulebook.faqs[first]
        zh = f"“{theirs}” 和 {rival.id}（{rival.source}）的 “{mine}” 意思一样（{score:.2f}），两条都会拿不准，请并成一条或写得不同些"
        en = f"{theirs!r} means the same as {mine!r} of {rival.id} ({rival.source}), {score:.2f}: both become unsure; merge or reword them"
        found.append(_about(rulebook.faqs[second], zh, en))
    return found


def _peers(one: FaqRule, other: FaqRule) -> bool:
    return one.category is not None and one.category == other.category


def _about(rule: FaqRule, zh: str, en: str) -> Problem:
    file, _, line = rule.source.rpartition(":")
    return Problem(file=file, line=int(line), table=rule.id, field="ask", zh=zh, en=en)
