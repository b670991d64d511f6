"""One comment's category and route from the rules it hits, without the room: no cooldown, no mode, no merging."""

from dataclasses import dataclass

from livebot.decide.categories import DEFAULT, route
from livebot.decide.matching import AUTO, HOLD, Match


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """category: a code. route: one of categories.ROUTES. answer: the id of the best FAQ rule, however unlikely, with its confidence."""

    category: str
    confidence: float
    answer: str | None
    answer_confidence: float
    route: str


def classify(match: Match) -> Verdict:
    """An issue outranks everything, then what must be moderated, then an answer, then a mere tag."""
    best = match.answers[0] if match.answers else None
    sure = best.confidence if best else 0.0
    issues = [hit for hit in match.flags if hit.rule.raises_issue]
    moderated = [hit for hit in match.flags if hit.rule.silences]
    if tags := issues or moderated or ([] if sure >= HOLD else match.flags):
        category, confidence, where = tags[0].rule.category, tags[0].confidence, route(tags[0].rule.category)
    elif best and sure >= HOLD:
        category, confidence = best.rule.category or DEFAULT, sure
        where = "auto" if sure >= AUTO and best.rule.mode == "auto" else "suggest"
    else:
        category, confidence, where = DEFAULT, 1 - sure, "ignore"
    return Verdict(
        category=category,
        confidence=round(confidence, 4),
        answer=best.rule.id if best else None,
        answer_confidence=round(sure, 4),
        route=where,
    )
