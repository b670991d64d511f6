"""What the rules' own examples say about the rules, and what is allowed but seldom meant."""

from typing import Final

from livebot.decide.matching import AUTO, Hit, Match, Matcher
from livebot.decide.rulebook import FaqRule, FlagRule, Rulebook
from livebot.decide.text import fold
from livebot.errors import Problem

SHORT: Final = 50  # characters that every platform takes in one message


def replying(rulebook: Rulebook) -> tuple[FaqRule | FlagRule, ...]:
    """The rules that carry examples."""
    return (*rulebook.flags, *rulebook.faqs)


def check_examples(rulebook: Rulebook, matcher: Matcher | None = None) -> list[Problem]:
    """Runs every example of every rule against all rules together: what does not come out as its rule says is a problem."""
    matcher = matcher or Matcher(rulebook)
    problems: list[Problem] = []
    for rule in replying(rulebook):
        for text in rule.examples:
            match = matcher.fresh(text, hasty=False)
            fault = _flag_fault(rule, match) if isinstance(rule, FlagRule) else _faq_fault(rule, match)
            if fault:
                problems.append(_about(rule, "examples", f"“{text}” {fault[0]}", f"{text!r} {fault[1]}"))
        for text in rule.not_examples:
            match = matcher.match(text)
            if hit := _hit(rule, match):
                words = "、".join(hit.words or (matcher.told(match.folded) if isinstance(rule, FlagRule) else ())) or "相似"
                zh, en = f"“{text}” 不该命中却命中了（{words}）", f"{text!r} must not hit this rule, but does ({words})"
                problems.append(_about(rule, "not_examples", zh, en))
    return problems


def _hit(rule: FaqRule | FlagRule, match: Match) -> Hit[FaqRule] | Hit[FlagRule] | None:
    hits: tuple[Hit[FaqRule] | Hit[FlagRule], ...] = (*match.flags, *match.answers)
    return next((hit for hit in hits if hit.rule.id == rule.id and hit.confidence >= AUTO), None)


def _flag_fault(rule: FlagRule, match: Match) -> tuple[str, str] | None:
    if rule.id in [hit.rule.id for hit in match.flags]:
        return None
    return "没有命中这条规则", "does not hit this rule"


def _faq_fault(rule: FaqRule, match: Match) -> tuple[str, str] | None:
    best = match.answers[0] if match.answers else None
    if best is None or rule.id not in [hit.rule.id for hit in match.answers]:
        return "没有命中这条规则", "does not hit this rule"
    if best.rule.id != rule.id and not (best.rule.pack > rule.pack and best.rule.category == rule.category):
        return f"更像另一条规则 {best.rule.id}（{best.rule.source}）", f"is nearer to another rule, {best.rule.id} ({best.rule.source})"
    if best.confidence < AUTO:
        zh = f"把握只有 {best.confidence:.2f}，不到 {AUTO} 不会回答；请在 ask 里加一句相近的问法"
        return zh, f"scores {best.confidence:.2f}, below {AUTO}, so it would not be answered; add a similar phrasing to ask"
    flags = [hit.rule for hit in match.flags if hit.rule.raises_issue or hit.rule.silences]
    if flags and not rule.with_flag:
        return f"同时命中登记规则 {flags[0].id}，所以不会回答", f"also hits the flag {flags[0].id}, so it would not be answered"
    return None


def warnings(rulebook: Rulebook) -> list[Problem]:
    """What is allowed but seldom meant: texts too long for some platforms, words so short that they appear everywhere."""
    found: list[Problem] = []
    for rule in replying(rulebook):
        name, texts = ("ack", rule.ack) if isinstance(rule, FlagRule) else ("say", rule.say)
        for text in texts:
            if len(text) > SHORT:
                zh, en = (
                    f"有 {len(text)} 个字，超过 {SHORT} 字，有的平台会分成几条发",
                    f"has {len(text)} characters; beyond {SHORT} some platforms get several messages",
                )
                found.append(_about(rule, name, zh, en))
        for entry in rule.when:
            if len(entry) == 1 and len(fold(entry[0])) == 1:
                zh, en = f"“{entry[0]}” 只有一个字，很容易误中，请写长一点", f"{entry[0]!r} is a single character and will hit too much"
                found.append(_about(rule, "when", zh, en))
    return found


def _about(rule: FaqRule | FlagRule, name: str, zh: str, en: str) -> Problem:
    file, _, line = rule.source.rpartition(":")
    return Problem(file=file, line=int(line), table=rule.id, field=name, zh=zh, en=en)
