"""Every command from a Python that has imported nothing yet, as a shell starts it: none leans on what another has imported."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from livebot.cli import application
from livebot.keep.journal import Journal

RULES = '["ship"]\nask = ["什么时候发货"]\nsay = "看商品页"\n'
CONFIG = '[rules]\npacks = ["./shop"]\n[redis]\nurl = "journal:"\n[[rooms]]\nname = "r"\nadapter = "bridge"\n'

# the words, the exit code, and something that is said
COMMANDS = {
    "init": ("init new", 0, "config.toml"),
    "check": ("check", 1, "url"),
    "try": ("try 什么时候发货", 0, "ship"),
    "onair": ("onair 77", 1, "product table"),
    "replay": ("replay none.jsonl", 2, "none.jsonl"),
    "simulate": ("simulate nowhere", 1, "nowhere"),
    "new-adapter": ("new-adapter my_shop", 0, "wire.py"),
    "freeze": ("freeze", 0, "frozen"),
    "mode": ("mode", 0, ""),
    "teach": ("teach", 0, ""),
    "lint": ("lint add-me-on-WhatsApp", 1, "WhatsApp"),
    "doctor": ("doctor", 1, "url"),
    "report": ("report", 0, "no stream yet"),
    "mask": ("mask 13812345678", 0, "138****5678"),
    "erase": ("erase --viewer nobody", 1, "nothing is known"),
    "unmask": ("unmask --log", 0, ""),
    "held": ("held list", 0, ""),
    "issues": ("issues list", 0, ""),
    "promises": ("promises", 0, ""),
    "accounts": ("accounts list", 0, ""),
}
ELSEWHERE = {"run", "demo", "classify"}  # test_daemon.py, `make demo`, test_classify.py


@pytest.mark.parametrize("name", COMMANDS)
async def test_every_command_starts_by_itself(tmp_path: Path, name: str) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "a.toml").write_text(RULES, "utf-8")
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    await (await Journal.open(tmp_path / "state" / "journal.db")).close()
    words, code, said = COMMANDS[name]
    done = subprocess.run(
        [sys.executable, "-m", "livebot", *words.split()],
        cwd=tmp_path, env=os.environ | {"LIVEBOT_LANG": "en"}, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8",
        timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    assert said in done.stdout + done.stderr


def test_no_command_is_left_out() -> None:
    assert {*COMMANDS, *ELSEWHERE} == typer.main.get_command(application()).commands.keys()  # type: ignore[attr-defined]
