"""livebot check: what a streamer sees, and what the exit code says."""

import re
from pathlib import Path

import pytest

from livebot import language
from livebot.cli.check import run_check


@pytest.fixture(autouse=True)
def chinese() -> None:
    language.use("zh")


def rules(folder: Path, content: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "a.toml").write_text(content, encoding="utf-8")
    return folder


GOOD = '[a]\nask = ["几天到"]\nsay = "看商品页"\nexamples = ["几天到"]\n'


def test_the_shipped_pack_is_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert run_check(None, None) == 0
    assert "没有问题" in capsys.readouterr().out


def test_a_folder_of_rules_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_check(None, rules(tmp_path / "mine", GOOD)) == 0
    assert "1 条问答、0 条登记、0 条跟进、1 个例子" in capsys.readouterr().out


def test_config_and_its_packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    rules(tmp_path / "mine", '[a]\nask = ["几天到"]\nsay = "{shop}看商品页"\n')
    (tmp_path / "config.toml").write_text('[rules]\npacks = ["./mine"]\nvariables = {shop = "小店"}\n')
    assert run_check(tmp_path / "config.toml", None) == 0
    monkeypatch.chdir(tmp_path)
    assert run_check(None, None) == 0
    assert capsys.readouterr().out.count("config.toml") == 2


def test_problems_of_config_and_rules_are_all_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "config.toml").write_text("[redis]\nulr = 1\n")
    folder = rules(tmp_path / "mine", "[a]\nask = [“几天到”]\n")
    assert run_check(tmp_path / "config.toml", folder) == 1
    out = capsys.readouterr().out
    assert "config.toml:2 [redis] ulr" in out
    assert "a.toml:2 [a] ask" in out
    assert "“" in out
    assert "有 2 处要改" in out


def test_an_example_that_fails_is_a_problem_and_a_long_text_a_hint(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long = "长" * 51
    assert run_check(None, rules(tmp_path / "mine", GOOD + f'[b]\nwhen = ["退货"]\nsay = "{long}"\nexamples = ["换货"]\n')) == 1
    out = capsys.readouterr().out
    assert "错误" in out
    assert "[b] examples: “换货” 没有命中" in out
    assert "提醒" in out
    assert "51 个字" in out


def test_english_is_spoken_where_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    language.use("en")
    try:
        assert run_check(None, rules(tmp_path / "mine", '[a]\nask = "x"\n')) == 1
    finally:
        language.use("zh")
    out = capsys.readouterr().out
    assert "error" in out
    assert "say (the answer) is missing" in out


def test_a_missing_config_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_check(tmp_path / "none.toml", rules(tmp_path / "mine", GOOD)) == 1
    assert "找不到" in capsys.readouterr().out


def test_what_would_park_a_room_is_told_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        '[[rooms]]\nname = "a"\nadapter = "brige"\n\n[[rooms]]\nname = "b"\n[rooms.settings]\nurl = "http://x"\nrecipt_timeout = 3\n',
        encoding="utf-8",
    )
    assert run_check(file, rules(tmp_path / "mine", GOOD)) == 1
    out = capsys.readouterr().out
    assert "config.toml:3 " in out
    assert "brige" in out
    assert "config.toml:8 [rooms.settings] url" in out
    assert "config.toml:9 [rooms.settings] recipt_timeout" in out
    assert "receipt_timeout" in out


def test_what_a_rule_must_not_say_is_named_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = '[a]\nask = ["多久发货"]\nsay = "拍下24小时内发货"\n[b]\nask = ["可以退吗"]\nsay = "支持七天无理由退货"\n'
    rules(tmp_path / "mine", text)
    assert run_check(None, tmp_path / "mine") == 1
    told = capsys.readouterr().out
    assert re.search(r"错误 .*:1 \[a\] say: “24小时内发货” 发不出去：.*commitment\.time\.ship.*\[promises\]", told)
    assert re.search(r"提醒 .*:4 \[b\] say: “七天无理由退货” 每次都要人工审核", told)
    (tmp_path / "config.toml").write_text('[rules]\npacks = ["./mine"]\n[promises]\nship_within = "24h"\nreturn_days = 7\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run_check(None, None) == 0
    assert "七天" not in capsys.readouterr().out
