"""livebot classify: one line out for each good line in, in order, whatever stands between."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livebot.cli.classify import run_classify

PROGRAM = """
import pathlib, sys
from livebot.cli.classify import run_classify
sys.exit(run_classify(pathlib.Path({folder!r}), None, sys.stdin, sys.stdout))
"""
RULES = '["ship.when"]\nask = ["什么时候发货", "几天能到"]\nsay = "看商品页"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.toml").write_text(RULES, encoding="utf-8")
    return tmp_path / "rules"


def classified(rules: Path | None, lines: str, config: Path | None = None) -> tuple[int, list[dict[str, object]]]:
    sink = io.StringIO()
    code = run_classify(rules, config, io.StringIO(lines), sink)
    return code, [json.loads(line) for line in sink.getvalue().splitlines()]


def line(id_: object, text: str) -> str:
    return json.dumps({"id": id_, "text": text}, ensure_ascii=False) + "\n"


def test_the_shipped_pack_flags_and_answers() -> None:
    code, out = classified(None, line("1", "付了钱没订单") + line("2", "什么时候发货") + line(3, "哈哈哈") + line("4", "扣1"))
    assert code == 0
    assert [(item["id"], item["category"], item["route"]) for item in out] == [
        ("1", "mid.pay_lost", "human"),
        ("2", "pre.ship_when", "auto"),
        (3, "any.social", "ignore"),
        ("4", "order.intent", "ignore"),
    ]
    assert set(out[0]) == {"id", "category", "confidence", "answer", "answer_confidence", "route"}
    assert (out[1]["answer"], out[1]["answer_confidence"]) == ("pre.ship_when", 1.0)


def test_a_folder_of_rules_replaces_all_packs_and_flags_nothing(folder: Path) -> None:
    code, out = classified(folder, line("a", "付了钱没订单") + line("b", "什么时候发货呀"))
    assert code == 0
    assert [(item["category"], item["answer"], item["route"]) for item in out] == [
        ("any.social", None, "ignore"),
        ("any.social", "ship.when", "auto"),
    ]


def test_a_config_names_the_packs(folder: Path) -> None:
    config = folder.parent / "config.toml"
    config.write_text('[rules]\npacks = ["./rules"]\n')
    assert classified(None, line("b", "几天能到"), config)[1][0]["answer"] == "ship.when"


def test_bad_lines_are_named_and_the_good_ones_answered_in_order(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = [
        '{"id": 1',
        "[]",
        "3",
        '{"text": "x"}',
        '{"id": true, "text": "x"}',
        '{"id": "x"}',
        '{"id": "x", "text": 3}',
        "[" * 5000,
        "9" * 5000,
    ]
    code, out = classified(folder, "\ufeff" + line("first", "a") + "\n \n" + "\n".join(bad) + "\n" + line("last", "几天能到"))
    assert code == 1
    assert [item["id"] for item in out] == ["first", "last"]
    err = capsys.readouterr().err.splitlines()
    assert len(err) == len(bad)
    assert "4" in err[0]
    assert max(map(len, err)) < 200


def test_rules_that_are_bad_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.toml").write_text("[a]\nsay = “x”")
    assert classified(tmp_path, line("1", "x")) == (1, [])
    assert "a.toml:2 [a] say" in capsys.readouterr().err


def test_strange_text_and_ids_survive(folder: Path) -> None:
    lines = '{"id": "\\ud800", "text": "\\ud800\\u0000几天能到\\udfff"}\n' + line("big", "啊" * 1_000_000) + line("rtl", "\u202e几天能到")
    code, out = classified(folder, lines)
    assert code == 0
    assert [item["id"] for item in out] == ["\ud800", "big", "rtl"]
    assert out[2]["answer"] == "ship.when"


GOOD = st.text(max_size=20).map(lambda text: line("x", text)[:-1])


@settings(deadline=None)
@given(lines=st.lists(st.one_of(GOOD, st.text(st.characters(exclude_characters="\r\n"), max_size=30)), max_size=6))
def test_any_input_is_answered_or_named(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    rules = tmp_path_factory.getbasetemp() / "fuzzed-classify"
    rules.mkdir(exist_ok=True)
    (rules / "a.toml").write_text(RULES, encoding="utf-8")
    code, out = classified(rules, "\n".join(lines))
    good = sum(text.startswith('{"id": "x", "text": "') for text in lines)
    blank = sum(not text.strip("\ufeff \t") for text in lines)
    assert len(out) >= good
    assert code == (len(out) + blank < len(lines))


def test_a_real_process_reads_and_writes_utf8_whatever_the_locale(folder: Path) -> None:
    program = PROGRAM.format(folder=str(folder))
    feed = line("号", "几天能到").encode() + b'{"id": "x", "text": "\xff\xfe"}\n' + line("2", "几天能到").encode()
    environment = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", program], input=feed, capture_output=True, env=environment, check=False)
    out = [json.loads(found) for found in done.stdout.decode("utf-8").splitlines()]
    assert [(item["id"], item["answer"]) for item in out] == [("号", "ship.when"), ("x", None), ("2", "ship.when")]
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_reader_that_leaves_early_is_no_error(folder: Path) -> None:
    program = PROGRAM.format(folder=str(folder))
    pipe, house = subprocess.PIPE, Path(__file__).parents[2]
    with subprocess.Popen([sys.executable, "-c", program], stdin=pipe, stdout=pipe, stderr=pipe, cwd=house) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(line("1", "几天能到").encode())
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == "1"
        process.stdout.close()
        process.stdin.write(line("2", "几天能到").encode())
        process.stdin.close()
        assert process.wait(20) == 0
        assert process.stderr.read() == b""


def test_a_flag_by_meaning_is_explained_in_plain_words() -> None:
    source, sink = io.StringIO(line("1", "我买的椅子坐了两天靠背就松动了咋整")), io.StringIO()
    assert run_classify(None, None, source, sink, explain=True) == 0
    [flag] = json.loads(sink.getvalue())["why"]["flags"]
    assert flag["words"]
    assert all(word in "我买的椅子坐了两天靠背就松动了咋整" for word in flag["words"])
    assert "说的是自己的" in flag["heard"]
