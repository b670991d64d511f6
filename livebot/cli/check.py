"""livebot check: the streamer's test suite: the config, the rules and every rule's own examples."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from livebot.arrive import registry
from livebot.config import Config, load_config
from livebot.decide.matching import Matcher
from livebot.errors import ConfigError, Problem
from livebot.keep import clock
from livebot.keep.factcheck import fact_warnings
from livebot.keep.rulecheck import check_examples, replying, warnings
from livebot.keep.rulefiles import load_rules
from livebot.keep.rulelint import lint
from livebot.keep.rulesaid import unsayable
from livebot.keep.tomlfile import TomlPath, read_toml
from livebot.language import say


def run_check(config: Path | None, rules: Path | None) -> int:
    """Prints every problem with its file, line, table and field. Returns 1 on any, else 0.

    `rules` (a folder or a file) replaces the packs of the config. Without `config`, a config.toml in the working folder counts.
    """
    problems: list[Problem] = []
    settings = Config()
    if config is None and Path("config.toml").is_file():
        config = Path("config.toml")
    if config is not None:
        try:
            settings = load_config(config)
            problems.extend(_rooms(settings, config))
        except ConfigError as error:
            problems.extend(error.problems)
    base = config.parent if config is not None else Path.cwd()
    packs: Sequence[str | Path] = [rules.absolute()] if rules is not None else settings.rules.packs
    counts = ""
    try:
        rulebook = load_rules(packs, settings.rules.variables, base)
    except ConfigError as error:
        problems.extend(error.problems)
    else:
        now, matcher = clock.now_ms(), Matcher(rulebook)
        blocked, unproven = unsayable(rulebook, settings.promises.of_shop(), now)
        problems.extend((*check_examples(rulebook, matcher), *blocked))
        for warning in (*warnings(rulebook), *unproven, *lint(rulebook, matcher), *fact_warnings(rulebook.facts, now)):
            print(say("提醒 ", "hint ") + str(warning))
        examples = sum(len(rule.examples) + len(rule.not_examples) for rule in replying(rulebook))
        counts = say(
            f"{len(rulebook.faqs)} 条问答、{len(rulebook.flags)} 条登记、{len(rulebook.follow_ups)} 条跟进、{examples} 个例子"
            + (f"、{len(rulebook.facts.products)} 个商品" if rulebook.facts else ""),
            f"{len(rulebook.faqs)} answers, {len(rulebook.flags)} flags, {len(rulebook.follow_ups)} follow-ups, {examples} examples"
            + (f", {len(rulebook.facts.products)} products" if rulebook.facts else ""),
        )
    for problem in problems:
        print(say("错误 ", "error ") + str(problem))
    checked = "、".join(filter(None, (str(config) if config else "", *map(str, packs))))
    if problems:
        print(say(f"检查了 {checked}：有 {len(problems)} 处要改", f"checked {checked}: {len(problems)} to mend"))
        return 1
    print(say(f"检查了 {checked}：没有问题（{counts}）", f"checked {checked}: all is well ({counts})"))
    return 0


def _rooms(config: Config, file: Path) -> list[Problem]:
    """What would park a room: an adapter that does not load, settings that it does not take."""
    _, locate = read_toml(file)
    problems: list[Problem] = []
    for number, room in enumerate(config.rooms):

        def line(table: Sequence[str | int], field: str, path: TomlPath = ("rooms", number)) -> int | None:
            return locate([*path, *table[1:]], field)

        try:
            adapter = registry.load(room.adapter, file=str(file), room=room.name)
            settings = registry.settings(adapter, room.settings, file=str(file), room=room.name, locate=line)
            registry.limits(adapter, settings, file=str(file), room=room.name)
        except ConfigError as error:
            problems += [one if one.line else replace(one, line=locate(["rooms", number], one.field)) for one in error.problems]
    return problems
