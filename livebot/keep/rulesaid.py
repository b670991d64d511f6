"""What the rules' own texts would come to before the guard: what is never said, and what a person must approve every time."""

import re
from typing import Final

from livebot.decide.guard import Verdict
from livebot.decide.policy import render
from livebot.decide.promises import Promises
from livebot.decide.rulebook import FaqRule, FlagRule, FollowUpRule, Rulebook
from livebot.decide.speech.clearance import clear
from livebot.errors import Problem

_VARIABLE = re.compile(r"\{\w+\}")
_ADVICE: Final = {
    "commitment": (
        "店铺真的这样承诺，就写进 config.toml 的 [promises] 或商品表；没有就改成“以商品页为准”",
        "if the shop does promise it, write it under [promises] in config.toml or into the product table; else point to the product page",
    ),
    "absolute": (
        "有证据就把这几个字写进 [promises] 的 proven；没有就换个说法",
        "with evidence put the words into proven under [promises]; else reword",
    ),
    "medical": (
        "有备案或检测依据就写进 [promises] 的 proven；没有就删掉",
        "with a registration put the words into proven under [promises]; else drop them",
    ),
}
_REWORD: Final = ("换个说法，或者删掉", "reword it, or drop it")


def unsayable(rulebook: Rulebook, shop: Promises, now: int) -> tuple[list[Problem], list[Problem]]:
    """Texts that are blocked, as problems, and texts that need evidence, as hints; each names its line and what to do.

    Variables of the shop are filled in; what comes from the product table or a viewer is judged when it is said.
    """
    found: tuple[list[Problem], list[Problem]] = ([], [])
    rules: list[FaqRule | FlagRule | FollowUpRule] = [*rulebook.faqs, *rulebook.flags, *rulebook.follow_ups]
    for rule in rules:
        for field, text in _texts(rule):
            said = _VARIABLE.sub("", render(text, rulebook.variables))
            verdict = clear(said, shop, rulebook.facts, now)
            if verdict.verdict != "ok":
                found[verdict.verdict == "needs_evidence"].append(_problem(rule, field, said, verdict))
    return found


def _texts(rule: FaqRule | FlagRule | FollowUpRule) -> list[tuple[str, str]]:
    if isinstance(rule, FlagRule):
        return [("ack", text) for text in rule.ack]
    more = [("fact", rule.fact), ("ask_back", rule.ask_back)] if isinstance(rule, FaqRule) else []
    return [(field, text) for field, texts in (("say", rule.say), *more) for text in texts]


def _problem(rule: FaqRule | FlagRule | FollowUpRule, field: str, text: str, verdict: Verdict) -> Problem:
    file, _, line = rule.source.rpartition(":")
    zh, en = _ADVICE.get(verdict.kind, _REWORD)
    what_zh, what_en = (
        ("发不出去", "will not be said") if verdict.verdict == "block" else ("每次都要人工审核", "waits for approval every time")
    )
    words = text[slice(*verdict.span)]
    return Problem(
        file=file,
        line=int(line) if line.isdigit() else None,
        table=rule.id,
        field=field,
        zh=f"“{words}” {what_zh}：{verdict.zh}（{verdict.article}；{verdict.rule}）。{zh}",
        en=f"{words!r} {what_en}: {verdict.en} ({verdict.article}; {verdict.rule}). {en[0].upper()}{en[1:]}",
    )
