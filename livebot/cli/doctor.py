"""livebot doctor: what is well, what is not, and what to do about it."""

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

from rich.cells import cell_len

from livebot import language
from livebot.cli.checkup import examine
from livebot.cli.checkup_machine import lock
from livebot.cli.finding import Finding, Patient
from livebot.config import Config, load_config
from livebot.errors import ConfigError
from livebot.keep.log import scrub
from livebot.language import say


def run_doctor(config: Path | None, *, as_json: bool = False) -> int:
    """Prints how everything is; returns 1 if anything fails, else 0. Changes nothing. Without `config`, a config.toml here counts."""
    patient, findings = _configured(config)
    running, held = lock(patient)
    found = [*findings, held, *examine(replace(patient, running=running))]
    findings = [replace(finding, detail=" ".join(scrub(finding.detail).split("\n"))) for finding in found]
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        _show(findings)
    return 1 if any(finding.state == "fail" for finding in findings) else 0


def _configured(file: Path | None) -> tuple[Patient, list[Finding]]:
    """The configuration to examine: the file's, or the defaults where there is none or it is wrong."""
    name = say("配置", "configuration")
    if file is None and not Path("config.toml").is_file():
        todo = say("livebot init 会写一份", "livebot init writes one")
        finding = Finding(
            id="config", name=name, state="warn", detail=say("这里没有 config.toml", "there is no config.toml here"), todo=todo
        )
        return Patient(config=Config(), file=Path("config.toml")), [finding]
    file = file or Path("config.toml")
    try:
        config = load_config(file)
    except ConfigError as error:
        todo = say("改好再运行 livebot check", "mend it, then run livebot check")
        findings = [Finding(id="config", name=name, state="fail", detail=str(problem), todo=todo) for problem in error.problems]
        return Patient(config=Config(), file=file), findings
    if config.language != "auto":
        language.use(config.language)
    return Patient(config=config, file=file), [Finding(id="config", name=name, state="ok", detail=str(file))]


def _show(findings: list[Finding]) -> None:
    words = {"ok": say("正常", "ok"), "warn": say("注意", "warn"), "fail": say("有错", "FAIL")}
    colours = {"ok": "32", "warn": "33", "fail": "31"} if sys.stdout.isatty() else {}
    wide = max(cell_len(finding.name) for finding in findings)
    for finding in findings:
        word = words[finding.state] + " " * (4 - cell_len(words[finding.state]))
        word = f"\x1b[{colours[finding.state]}m{word}\x1b[0m" if colours else word
        print(f"{word}  {finding.name}{' ' * (wide - cell_len(finding.name))}  {finding.detail}")
        if finding.todo:
            print(f"{' ' * (wide + 8)}→ {finding.todo}")
    bad = sum(finding.state == "fail" for finding in findings)
    warned = sum(finding.state == "warn" for finding in findings)
    print(say(f"\n{bad} 处有错，{warned} 处要注意", f"\n{bad} failed, {warned} to note"))
