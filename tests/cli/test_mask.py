"""livebot mask: texts and JSON lines, in order, with offsets in code points."""

import json
import os
import subprocess
from pathlib import Path

import forking
import pytest

from livebot.decide.privacy import KINDS


def masked(stdin: str | bytes, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    feed = stdin.encode() if isinstance(stdin, str) else stdin
    done = forking.run("mask", *words, input=feed, env={**os.environ, "LIVEBOT_LANG": "en"})
    assert done.returncode == code, done.stderr
    return done


def test_json_lines_in_order_with_offsets_in_code_points() -> None:
    texts = ["😀我电话13812345678谢谢", "160/50kg穿什么码", "", "😀１3️⃣8 1234 5678", "a\ud800 zs@qq.com"]
    done = masked("".join(json.dumps({"text": text}) + "\n\n" for text in texts), "--jsonl")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["masked"] for answer in answers] == ["😀我电话138****5678谢谢", texts[1], "", "😀138****5678", "a\ud800 z***@qq.com"]
    assert [answer["spans"] for answer in answers] == [[[4, 15, "phone"]], [], [], [[1, 16, "phone"]], [[3, 12, "email"]]]
    assert {kind for answer in answers for _, _, kind in answer["spans"]} <= set(KINDS)


def test_a_bad_line_is_named_and_masked_and_costs_no_other() -> None:
    done = masked(
        '{"text": "13812345678"}\n{"txt": "13912345678"}\nnot json 13712345678\n[]\n{"text": 1}\n{"text": "ok"}\n', "--jsonl", code=1
    )
    assert len(done.stdout.splitlines()) == 2
    told = done.stderr
    assert all(f"line {number}" in told for number in (2, 3, 4, 5))
    assert "13912345678" not in told
    assert "13712345678" not in told


def test_plain_texts_and_plain_lines() -> None:
    assert masked("", "订单号123456789012", "哈哈").stdout == "订单号123*****9012\n哈哈\n"
    assert masked("电话13812345678\n哈哈\n").stdout == "电话138****5678\n哈哈\n"
    assert masked(b"\xff 13812345678\n").stdout == "? 138****5678\n"


def test_it_takes_a_configuration(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[[rooms]]\nname = "a"\n', "utf-8")
    assert masked("13812345678\n", "--config", str(config)).stdout == "138****5678\n"
    config.write_text("langage = 1\n", "utf-8")
    assert "langage" in masked("", "--config", str(config), code=2).stderr


@pytest.mark.parametrize("text", ["[" * 100_000, "1 " * 2000, "\x00" * 50])
def test_hostile_lines(text: str) -> None:
    masked(json.dumps({"text": text}) + "\n", "--jsonl")
