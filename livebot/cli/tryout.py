"""livebot try: what would happen to a comment and why: category, rule, facts, rendered answer, the guard's verdict."""

import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final, TextIO

from livebot.cli.frame import configured
from livebot.decide import guard
from livebot.decide.actions import Flag, Hold, Pass, Send
from livebot.decide.categories import CATEGORIES
from livebot.decide.classify import Verdict, classify
from livebot.decide.events import Comment, OnAir, Recorded, Viewer
from livebot.decide.matching import HOLD, Hit, Match, Matcher
from livebot.decide.policy import decide, said_by
from livebot.decide.promises import Promises
from livebot.decide.rulebook import FaqRule, FlagRule, Rulebook
from livebot.decide.session import RoomPolicy, Session
from livebot.decide.shop.filling import Lacking, fill, size_advice
from livebot.decide.shop.products import Reference, which
from livebot.decide.speech.clearance import clear
from livebot.errors import LivebotError
from livebot.keep import clock
from livebot.keep.onair import known
from livebot.keep.rulefiles import load_rules
from livebot.keep.words import reason_name
from livebot.language import say

LONGEST: Final = 40  # characters of a bad line that are shown
FACT_REASONS: Final = {
    "no_product": ("不知道说的是哪个商品", "nobody knows which product"),
    "several_products": ("可能是好几个商品", "it could be several products"),
    "unknown_product": ("没有这个商品", "there is no such product"),
    "other_product": ("说的不是正在讲的，又没说是哪个", "another product, unnamed"),
    "stale": ("资料过了有效期", "the facts are out of date"),
    "not_returnable": ("这个商品不支持无理由退货", "it cannot be returned"),
    "unknown_variant": ("没有这个颜色或尺码", "there is no such variant"),
    "size_nothing": ("没说身材", "no measures are told"),
    "size_incomplete": ("身高体重没说全", "a measure is missing"),
    "size_unclear": ("有好几种读法，尺码不一样", "it can be read in several ways"),
    "size_outside": ("不在尺码表里", "outside the size table"),
    "size_no_table": ("没有尺码表", "there is no size table"),
    "size_special": ("孕期等特殊情况", "a special condition"),
    "not_asked": ("没有问推荐", "nobody asked for a suggestion"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What became of one comment. answer: the text, or None for silence. verdict: the guard's, "ok" for silence."""

    found: Match
    judged: Verdict
    reference: Reference
    route: str
    rule: str | None
    answer: str | None
    reason: str
    why: str
    verdict: guard.Verdict

    def line(self) -> dict[str, Any]:
        return {
            "category": self.judged.category,
            "route": self.route,
            "rule": self.rule,
            "product": self.reference.link,
            "answer": self.answer,
            "verdict": self.verdict.verdict,
        }


class Trier:
    """The rules of a shop, ready to be tried; nothing is sent, journalled or remembered from one comment to the next."""

    def __init__(self, matcher: Matcher, shop: Promises) -> None:
        self.matcher, self.book, self.shop = matcher, matcher.rulebook, shop

    def run(self, text: str, on_air: int | None, now: int) -> Trial:
        """Decides the comment as the daemon would in a room with the mode "auto"."""
        session = Session(room="try", policy=RoomPolicy(max_chars=2_000, promises=self.shop), stream=1, live=True)
        if on_air is not None:
            shown = Recorded(seq=1, room="try", stream=1, received_at=now - 1, event=OnAir(product=str(on_air)))
            session, _ = decide(session, shown, self.matcher)
        comment = Comment(id="try", author=Viewer(id="viewer", name=""), text=text)
        _, decisions = decide(session, Recorded(seq=2, room="try", stream=1, received_at=now, event=comment), self.matcher)
        found = self.matcher.match(text)
        judged, reference = classify(found), which(found.folded, self.book.facts, on_air)
        rule, answer, reason, route = None, None, "", judged.route
        for one in decisions:
            match one:
                case Send(reply=reply):
                    rule, answer = reply.rule, reply.text
                case Hold(reply=reply, why=why):
                    rule, answer, reason, route = reply.rule, reply.text, why, "suggest" if route == "auto" else route
                case Flag(issue=issue):
                    rule = rule or issue.rules[0]
                case Pass(reason=why, rule=passed):
                    reason, rule = why, rule or (passed if why != "unsure" or found.answers[0].confidence >= HOLD else "") or None
                    route = "suggest" if why in {"no_fact", "bundle_cap"} and route == "auto" else route
                case _:
                    pass
        verdict = clear(answer, self.shop, self.book.facts, now, reference.link) if answer else guard.OK
        if verdict.verdict != "ok" and route == "auto":
            route = "suggest"
        why = self._lacking(found, rule, on_air, now) if reason == "no_fact" else ""
        return Trial(
            found=found, judged=judged, reference=reference, route=route, rule=rule, answer=answer, reason=reason, why=why, verdict=verdict
        )  # fmt: skip

    def _lacking(self, found: Match, rule_id: str | None, on_air: int | None, now: int) -> str:
        rule = next((hit.rule for hit in found.answers if hit.rule.id == rule_id), None)
        if rule is None:
            return ""
        lines = said_by(rule, self.book)
        filled = fill(lines[0], self.book.facts, found.folded, on_air, now, self.book.variables)
        return filled.why if isinstance(filled, Lacking) else ""


def run_try(texts: tuple[str, ...], on_air: str | None, config: Path | None, source: TextIO, sink: TextIO, *, jsonl: bool) -> int:
    """Explains each of `texts`, or answers JSON lines {"text","on_air"?} with {"category","route","rule","product","answer","verdict"}.

    on_air: a link number or a name. Returns 0, or 1 where a line was bad. Raises ConfigError, Rejected.
    """
    book, shop = _shop(config)
    trier = Trier(Matcher(book), shop)
    facts, now = trier.book.facts, clock.now_ms()
    shown = known(facts, on_air).link if on_air else None
    for stream, errors in ((source, "surrogateescape"), (sink, "replace")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    bad = 0
    try:
        for number, line in enumerate(texts or source, 1):
            if jsonl:
                bad += _answer(number, line.strip("\ufeff"), trier, shown, sink) if line.strip("\ufeff \t\r\n") else 0
            else:
                sink.write("\n".join(_told(trier, line.rstrip("\r\n"), shown, now)) + "\n\n")
            sink.flush()
    except BrokenPipeError:  # the reader has seen enough, as in `… | head`
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sink.fileno())
    return 1 if bad else 0


def _shop(config: Path | None) -> tuple[Rulebook, Promises]:
    if config is None and Path("config.toml").is_file():
        config = Path("config.toml")
    if config is None:
        return load_rules(["base"], {}, Path.cwd()), Promises()
    settings = configured(config)
    return load_rules(settings.rules.packs, settings.rules.variables, config.parent), settings.promises.of_shop()


def _answer(number: int, line: str, trier: Trier, shown: int | None, sink: TextIO) -> bool:
    """Whether the line was bad."""
    reason = ""
    try:
        item = json.loads(line)
    except (ValueError, RecursionError):
        item, reason = None, say("不是一行 JSON", "not a line of JSON")
    if not reason and (not isinstance(item, dict) or not isinstance(item.get("text"), str)):
        reason = say("缺少 text（文字）", "text is missing")
    on_air = item.get("on_air") if isinstance(item, dict) else None
    if not reason and on_air is not None:
        try:
            if isinstance(on_air, float) and on_air.is_integer():
                on_air = int(on_air)
            if isinstance(on_air, bool) or not isinstance(on_air, int | str):
                raise TypeError
            shown = known(trier.book.facts, str(on_air)).link
        except TypeError:
            reason = say("on_air 要写号码", "on_air must be a number")
        except LivebotError:
            shown = None  # nothing that we know is on air
    if reason or not isinstance(item, dict):
        sys.stderr.write(say(f"第 {number} 行：{reason}：", f"line {number}: {reason}: ") + ascii(line.strip()[:LONGEST]) + "\n")
        return True
    sink.write(json.dumps(trier.run(item["text"], shown, clock.now_ms()).line(), ensure_ascii=False) + "\n")
    return False


# ── in words ───────────────────────────────────────────────────────────────────


def _told(trier: Trier, text: str, shown: int | None, now: int) -> Iterable[str]:
    trial = trier.run(text, shown, now)
    category = CATEGORIES[trial.judged.category]
    yield say("评论　", "comment  ") + text
    yield (
        say("类别　", "category ")
        + f"{category.code} {say(category.zh, category.en)}"
        + f" · {trial.route} · {trial.judged.confidence:.2f}"
    )
    hits: list[Hit[FlagRule] | Hit[FaqRule]] = [*trial.found.flags, *trial.found.answers]
    hit = next((hit for hit in hits if hit.rule.id == trial.rule), None)
    by_leaning = hit is not None and isinstance(hit.rule, FlagRule) and not hit.words
    words = "、".join(trier.matcher.told(trial.found.folded) if by_leaning else hit.words) if hit else ""
    source = f" ({hit.rule.source})" if hit else ""
    yield say("规则　", "rule     ") + (f"{trial.rule}{source}{'：' + words if words else ''}" if trial.rule else say("没有", "none"))
    if trier.book.facts:
        yield say("商品　", "product  ") + _product(trier, trial)
        yield from _size(trier, trial, hit.rule if hit else None)
    yield say("回答　", "answer   ") + (trial.answer if trial.answer is not None else say("不回答", "none"))
    if trial.reason:
        lacking = say(*FACT_REASONS.get(trial.why, (trial.why, trial.why)))
        yield say("原因　", "because  ") + reason_name(trial.reason) + (f"：{lacking}" if lacking else "")
    if trial.answer is not None:
        verdict = trial.verdict
        because = f" {verdict.rule} {say(verdict.zh, verdict.en)}（{verdict.article}）" if verdict.verdict != "ok" else ""
        yield say("审查　", "guard    ") + verdict.verdict + because


def _product(trier: Trier, trial: Trial) -> str:
    how = {
        "number": ("按号码", "by its number"), "name": ("按名字", "by its name"), "noun": ("按品类", "by its kind"),
        "on_air": ("正在讲的", "on air"), "default": ("没说哪个，按正在讲的", "none is named, so the one on air"),
        "several": ("可能是好几个", "it could be several"), "unknown": ("没有这个商品", "there is no such product"),
        "elsewhere": ("说的是别的，没说是哪个", "another one, unnamed"), "none": ("不知道是哪个", "nobody knows which"),
    }[trial.reference.how]  # fmt: skip
    product = trier.book.facts.by_link.get(trial.reference.link or 0)
    return (f"{product.link} {product.name} " if product else "") + say(*how)


def _size(trier: Trier, trial: Trial, rule: object) -> Iterable[str]:
    """How the measures were read, where the rule wants a size."""
    product = trier.book.facts.by_link.get(trial.reference.link or 0)
    wants = isinstance(rule, FaqRule) and any("{size}" in line for line in said_by(rule, trier.book))
    if product is None or not wants:
        return
    advice = size_advice(product, trial.found.folded)
    for reading in advice.readings[:4]:
        yield say("读作　", "read as  ") + "，".join(f"{say(*_UNITS[name])} {_span(span)}" for name, span in reading)


_UNITS: Final = {
    "height": ("身高cm", "height cm"),
    "weight": ("体重kg", "weight kg"),
    "age": ("月龄", "months"),
    "foot": ("脚长mm", "foot mm"),
}


def _span(span: tuple[float, float]) -> str:
    return f"{span[0]:g}" if span[0] == span[1] else f"{span[0]:g}–{span[1]:g}"
