"""Rule packs on disk → one rulebook, and a new one whenever a file changes; a bad file keeps the old one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from livebot.decide import categories
from livebot.decide.rulebook import (
    ANCHORS,
    ANSWER_VARIABLES,
    FOLLOW_UP_VARIABLES,
    PREDICATES,
    REPLY_VARIABLES,
    Anchor,
    FaqRule,
    FlagRule,
    FollowUpRule,
    Rulebook,
)
from livebot.decide.shop.facts import NO_FACTS, Facts
from livebot.decide.shop.filling import fact_variables
from livebot.errors import ConfigError, Problem
from livebot.keep.factfiles import is_fact_file, load_facts
from livebot.keep.model import load_meaning
from livebot.keep.packs import files_of, learned
from livebot.keep.ruletable import UNITS, RuleTable
from livebot.keep.tomlfile import Locate, read_toml

FAQ_FIELDS = (
    "category",
    "ask",
    "when",
    "unless",
    "like",
    "say",
    "fact",
    "ask_back",
    "mode",
    "cooldown",
    "expiry",
    "valid_until",
    "with_flag",
    "sure",
    "examples",
    "not_examples",
)
FLAG_FIELDS = ("category", "priority", "when", "unless", "like", "sure", "ack", "examples", "not_examples")
FOLLOW_UP_FIELDS = ("after", "say", "only_if", "category")
_AFTER = re.compile(r"\s*([a-z_]+)\s*(?:([+-])\s*(\d{1,9}(?:\.\d{1,3})?)\s*([smhd])\s*)?$")
_NOT_IN_FAQ = {
    "ack": ("ack 只用于登记规则（有 category、没有 say）", "ack belongs to flags only (category without say)"),
    "priority": ("priority 只用于登记规则（有 category、没有 say）", "priority belongs to flags only (category without say)"),
    "only_if": ("only_if 只用于有 after 的规则", "only_if belongs to follow-ups (after) only"),
}
_NOT_IN_FLAG = {
    "ask": ("登记规则用 when 或 like 匹配，不用 ask；要回答就写上 say", "flags match by when or like; write say to make it an answer"),
    "mode": ("登记规则没有 mode；要回答就写上 say", "flags have no mode; write say to make it an answer"),
    "only_if": _NOT_IN_FAQ["only_if"],
}


def load_rules(packs: Sequence[str | Path], variables: Mapping[str, str], base: Path) -> Rulebook:
    """All packs as one rulebook, in their order.

    A bare name is a shipped pack; a path (a Path, or text with a slash or ending in .toml) is a folder of *.toml or one file, relative to
    `base`. Product tables (factfiles.is_fact_file) lie among the rules; what moderators taught lies beside the pack (packs.learned).
    Raises ConfigError with every problem of every file.
    """
    draft = _Draft(variables=variables)
    files = files_of(packs, base, draft.problems)
    try:
        draft.facts = load_facts((file, shown) for _, file, shown in files if is_fact_file(file))
    except ConfigError as error:
        draft.problems.extend(error.problems)
        draft.facts = None
    for pack, file, shown in files:
        if is_fact_file(file):
            continue
        draft.pack = pack
        try:
            data, locate = read_toml(file, shown=shown)
        except ConfigError as error:
            draft.problems.extend(error.problems)
        else:
            draft.read(data, locate, shown)
    for number, taught in enumerate(packs):
        draft.learn(number, *learned(taught, base))
    if draft.problems:
        raise ConfigError(draft.problems)
    return Rulebook(
        faqs=tuple(draft.faqs),
        flags=tuple(draft.flags),
        follow_ups=tuple(draft.follow_ups),
        variables=variables,
        facts=draft.facts or NO_FACTS,
        meaning=load_meaning() if draft.faqs or draft.flags else None,
    )


@dataclass(slots=True, kw_only=True)
class _Draft:
    """What was read so far, good and bad."""

    variables: Mapping[str, str]
    facts: Facts | None = NO_FACTS  # None: there are some, but they cannot be read
    pack: int = 0
    faqs: list[FaqRule] = field(default_factory=list)
    flags: list[FlagRule] = field(default_factory=list)
    follow_ups: list[FollowUpRule] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)

    def read(self, data: Mapping[str, Any], locate: Locate, file: str) -> None:
        for id_, content in data.items():
            if problem := _misplaced(id_, content, locate, file):
                self.problems.append(problem)
                continue
            table = RuleTable(file=file, id=id_, data=content, locate=locate, problems=self.problems)
            if id_ in self.seen:
                table.complain("", f"规则名重复：{self.seen[id_]} 已经有一条同名的", f"duplicate id: {self.seen[id_]} has it already")
                continue
            self.seen[id_] = table.source
            before = len(self.problems)
            rule = self._rule(table)
            if len(self.problems) > before:
                continue
            match rule:
                case FaqRule():
                    self.faqs.append(rule)
                case FlagRule():
                    self.flags.append(rule)
                case FollowUpRule():
                    self.follow_ups.append(rule)

    def learn(self, pack: int, path: Path, file: str) -> None:
        """Adds the phrasings that moderators taught; those of a rule that is no more do nothing."""
        if not path.exists():
            return
        try:
            data, locate = read_toml(path, shown=file)
        except ConfigError as error:
            self.problems.extend(error.problems)
            return
        for id_, content in data.items():
            if problem := _misplaced(id_, content, locate, file):
                self.problems.append(problem)
                continue
            table = RuleTable(file=file, id=id_, data=content, locate=locate, problems=self.problems)
            table.only(("ask",), {})
            taught = table.phrasings("ask")
            for n, rule in enumerate(self.faqs):
                if rule.id == id_ and rule.pack == pack:
                    self.faqs[n] = replace(rule, ask=tuple(dict.fromkeys((*rule.ask, *taught))))

    def _rule(self, table: RuleTable) -> FaqRule | FlagRule | FollowUpRule:
        if "after" in table:
            return self._follow_up(table)
        return self._flag(table) if "category" in table and "say" not in table else self._faq(table)

    def _faq(self, table: RuleTable) -> FaqRule:
        table.only(FAQ_FIELDS, _NOT_IN_FAQ)
        if "say" not in table:
            zh, en = (
                "缺少 say（要回答的话）；只登记不回答就写 category",
                "say (the answer) is missing; to flag without answering write category",
            )
            table.complain("say", zh, en)
        _needs_words(table, ("ask", "when", "like"))
        return FaqRule(
            id=table.id,
            category=table.choice("category", categories.CATEGORIES),
            ask=table.phrasings("ask"),
            when=table.words("when"),
            unless=table.words("unless"),
            like=table.patterns("like"),
            say=self._answers(table, "say"),
            fact=table.sentences("fact", {*self.variables, *ANSWER_VARIABLES}),
            ask_back=table.sentences("ask_back", {*self.variables, *ANSWER_VARIABLES} - {"size"}),
            mode=table.choice("mode", ("auto", "suggest")) or "auto",
            cooldown=table.seconds("cooldown", 60.0),
            expiry=table.seconds("expiry", None),
            valid_until=table.moment("valid_until"),
            with_flag=table.switch("with_flag"),
            sure=table.share("sure", 0.6),
            pack=self.pack,
            examples=table.texts("examples"),
            not_examples=table.texts("not_examples"),
            source=table.source,
        )

    def _answers(self, table: RuleTable, field: str) -> tuple[str, ...]:
        """What a rule says. A variable that only a product table can fill wants such a table, or the answer could never be given."""
        found = table.sentences(field, {*self.variables, *ANSWER_VARIABLES})
        wanted = [name for text in found for name in fact_variables(text, self.variables)]
        if wanted and self.facts is not None and not self.facts:
            zh = f"{{{wanted[0]}}} 要从商品表里取：请写一个 products.toml（见 docs/facts.md），或在配置的 [rules.variables] 里写上它"
            en = f"{{{wanted[0]}}} comes from a product table: write a products.toml (docs/facts.md), or set it under [rules.variables]"
            table.complain(field, zh, en)
        return found

    def _flag(self, table: RuleTable) -> FlagRule:
        table.only(FLAG_FIELDS, _NOT_IN_FLAG)
        _needs_words(table, ("when", "like"))
        return FlagRule(
            id=table.id,
            category=table.choice("category", categories.CATEGORIES) or categories.DEFAULT,
            priority=table.choice("priority", categories.PRIORITIES) or "",
            when=table.words("when"),
            unless=table.words("unless"),
            like=table.patterns("like"),
            sure=table.share("sure", None),
            ack=table.sentences("ack", {*self.variables, *REPLY_VARIABLES}),
            examples=table.texts("examples"),
            not_examples=table.texts("not_examples"),
            source=table.source,
        )

    def _follow_up(self, table: RuleTable) -> FollowUpRule:
        table.only(FOLLOW_UP_FIELDS, {})
        if "say" not in table:
            table.complain("say", "缺少 say（要说的话）", "say (what to say) is missing")
        anchor, offset = _after(table)
        return FollowUpRule(
            id=table.id,
            anchor=anchor,
            offset=offset,
            only_if=table.choices("only_if", PREDICATES),
            say=table.sentences("say", {*self.variables, *FOLLOW_UP_VARIABLES}, one_line=False),
            category=table.choice("category", categories.CATEGORIES),
            source=table.source,
        )


def _misplaced(id_: str, content: object, locate: Locate, file: str) -> Problem | None:
    """What is wrong with a top-level entry that is not a rule's table, or None."""
    if isinstance(content, list) and content and isinstance(content[0], dict):
        zh, en = f"规则名用一层方括号：[{id_}]", f"a rule's name stands in single brackets: [{id_}]"
    elif not isinstance(content, dict):
        zh, en = "这一项写在规则名的前面了，请先写一行 [规则名]", "this stands before any rule's name; write a line [name] first"
    elif inner := [key for key, value in content.items() if isinstance(value, dict)]:
        name = f'["{id_}.{inner[0]}"]'
        zh, en = f"规则名里有点号要加英文引号：{name}", f"a name with a dot needs quotes: {name}"
        return Problem(file=file, line=locate((id_, inner[0]), "") or locate((id_,), ""), table=f"{id_}.{inner[0]}", zh=zh, en=en)
    elif not id_.strip() or len(id_) > 80 or not id_.isprintable():
        zh, en = "规则名要有 1 到 80 个字", "a rule's name has 1 to 80 characters"
    else:
        return None
    return Problem(
        file=file,
        line=locate((), id_) or locate((id_, 0), "") or locate((id_,), ""),
        table=id_ if isinstance(content, dict) else "",
        zh=zh,
        en=en,
    )


def _needs_words(table: RuleTable, fields: Sequence[str]) -> None:
    if not any(name in table for name in fields):
        names = "、".join(fields)
        table.complain("", f"没有写怎么匹配：至少要有 {names} 中的一项", f"nothing to match on: write one of {', '.join(fields)}")


def _after(table: RuleTable) -> tuple[Anchor, float]:
    """The anchor and the offset in seconds of text such as "stream_ended + 2m"."""
    text = table.text("after") or ""
    parts = _AFTER.match(text)
    anchor: Anchor | None = next((name for name in ANCHORS if parts and parts[1] == name), None)
    if not parts or not anchor:
        zh = f'after 要写成 "stream_ended + 2m" 这样，开头可以是 {"、".join(ANCHORS)}，单位 s m h d'
        table.complain("after", zh, f'write after as in "stream_ended + 2m"; it starts with {", ".join(ANCHORS)}; units s m h d')
        return "stream_ended", 0.0
    offset = float(parts[3]) * UNITS[parts[4]] * (-1 if parts[2] == "-" else 1) if parts[2] else 0.0
    if offset < 0 and anchor != "planned_end":
        table.complain(
            "after", f"只有 planned_end 能写减号：{anchor} 之前没法知道", f"only planned_end can be subtracted from, not {anchor}"
        )
    return anchor, offset


# ── hot reload ────────────────────────────────────────────────────────────────


class RuleWatch:
    """The rulebook in force and whether its files have changed since it was read."""

    def __init__(self, packs: Sequence[str | Path], variables: Mapping[str, str], base: Path) -> None:
        """Raises ConfigError: there is no old rulebook to keep yet."""
        self._packs, self._variables, self._base = tuple(packs), dict(variables), base
        self._stamp = self._look()
        self.rulebook = load_rules(self._packs, self._variables, base)

    def _look(self) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        files = [file for _, file, _ in files_of(self._packs, self._base, [])]
        for file in (*files, *(learned(pack, self._base)[0] for pack in self._packs)):
            try:
                stat = file.stat()
                found[str(file)] = (stat.st_mtime_ns, stat.st_size)
            except OSError:
                found[str(file)] = (0, -1)
        return found

    def changed(self) -> bool:
        """Whether a file was edited, added or removed since the last reading, good or bad."""
        return self._look() != self._stamp

    def reload(self) -> Rulebook | ConfigError:
        """Reads everything anew. A bad file keeps the old rulebook and returns what is wrong, for the caller to say."""
        self._stamp = self._look()
        try:
            self.rulebook = load_rules(self._packs, self._variables, self._base)
        except ConfigError as error:
            return error
        return self.rulebook
