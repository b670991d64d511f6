"""livebot lint: verdicts for texts and for JSON lines, in order, by the promises of a configuration."""

import io
import json
import os
import subprocess
from pathlib import Path

import forking
import pytest

from livebot.cli.lint import run_lint
from livebot.errors import ConfigError


def linted(stdin: str, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    feed = stdin.encode("utf-8", "surrogatepass")
    done = forking.run("lint", *words, input=feed, env={**os.environ, "LIVEBOT_LANG": "en"})
    assert done.returncode == code, done.stderr
    return done


def answers(texts: list[str], config: Path | None = None) -> list[dict[str, str]]:
    sink = io.StringIO()
    source = io.StringIO("".join(json.dumps({"text": text}) + "\n" for text in texts))
    assert run_lint((), config, source, sink, jsonl=True) == 0
    return [json.loads(line) for line in sink.getvalue().splitlines()]


def test_json_lines_in_order_from_the_command_line() -> None:
    texts = ["发货时间看商品页", "加微信领券", "支持7天无理由退货", "", "a\ud800", "全网最低"]
    done = linted("".join(json.dumps({"text": text}) + "\n\n" for text in texts), "--jsonl")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["verdict"] for line in lines] == ["ok", "block", "needs_evidence", "ok", "ok", "block"]
    assert [line["kind"] for line in lines] == ["", "off_platform", "commitment", "", "", "absolute"]
    assert all(set(line) == {"verdict", "rule", "article", "kind"} for line in lines)
    assert all(bool(line["article"]) == bool(line["rule"]) == (line["verdict"] != "ok") for line in lines)


def test_texts_as_words_are_explained_and_a_blocked_one_is_an_error() -> None:
    assert linted("", "see you tomorrow", "size chart is on the product page").stdout.count("\n") == 2
    done = linted("", "add me on WhatsApp", code=1).stdout
    assert "WhatsApp" in done
    assert "offplatform" in done


def test_a_bad_line_is_named_and_masked_and_costs_no_other() -> None:
    done = linted('{"text": "好"}\n{"txt": "13912345678"}\nno json\n[]\n{"text": 1}\n{"text": "ok"}\n', "--jsonl", code=1)
    assert len(done.stdout.splitlines()) == 2
    assert all(f"line {n}:" in done.stderr for n in (2, 3, 4, 5))
    assert "13912345678" not in done.stderr


def test_the_shop_s_promises_come_from_its_configuration(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        '[promises]\nship_within = "48h"\nfree_shipping = ["全国"]\nreturn_days = 7\ngifts = ["小样"]\nproven = ["销量第一"]\n', "utf-8"
    )
    texts = ["48小时内发货", "全国包邮", "支持七天无理由退货", "下单送小样", "天猫销量第一", "24小时内发货", "新疆包邮", "下单送手机"]
    assert [line["verdict"] for line in answers(texts, file)] == ["ok"] * 5 + ["block"] * 3
    assert "ok" not in [line["verdict"] for line in answers(texts)]


PRODUCTS = """
[3]
name = "羊毛衫"
price = 79
warranty = "质保两年"
ship = "48小时内发货"
"""


def test_the_product_table_backs_what_it_promises(tmp_path: Path) -> None:
    pack = tmp_path / "shop"
    pack.mkdir()
    (pack / "products.toml").write_text(PRODUCTS, "utf-8")
    file = tmp_path / "config.toml"
    file.write_text('[rules]\npacks = ["base", "./shop"]\n', "utf-8")
    texts = ["48小时内发货", "质保两年", "24小时内发货", "质保三年", "加微信", "全网最低"]
    assert [line["verdict"] for line in answers(texts, file)] == ["ok", "ok", *["block"] * 4]
    assert [line["verdict"] for line in answers(texts)] == ["block"] * 6


@pytest.mark.parametrize("content", ['[promises]\nship_within = "soon"\n', "[promises]\nship = 1\n", "[promises]\nreturn_days = -1\n"])
def test_a_promise_that_cannot_be_read_is_named(content: str, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(content, "utf-8")
    with pytest.raises(ConfigError, match=r"config\.toml:2"):
        run_lint(("好",), file, io.StringIO(), io.StringIO(), jsonl=False)
