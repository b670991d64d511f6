"""livebot try and livebot onair: what would be said and why, and which product it is about."""

import io
import json
from pathlib import Path

import pytest

from livebot.cli.onair import run_onair
from livebot.cli.tryout import run_try
from livebot.decide.events import Comment, OnAir, Viewer
from livebot.errors import Rejected
from livebot.keep.journal import Journal

PRODUCTS = """
valid_until = 2099-12-31
[1]
name = "碎花连衣裙"
aliases = ["小碎花"]
price = "129元"
variants = { "红 M" = 3, "红 L" = 0 }
ship = { "默认" = "48小时内发货", "新疆" = "7天内发货" }
policy = { id = "R1", version = "3", text = "签收7天内支持无理由退换" }
spec = "雪纺"
[1.sizes]
S = "身高150-159 体重80-95斤"
M = "身高155-166 体重96-108斤"
L = "身高160-172 体重109-120斤"
[12]
name = "定制手链"
price = 259.90
returnable = false
[3]
name = "旧款包"
price = "99"
valid_until = 2020-01-01
"""
RULES = """
["便宜"]
when = ["最便宜吗"]
say = "我们全网最低价"
["无理由"]
when = ["支持无理由吗"]
say = "支持7天无理由退换"
"""


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tried")
    (folder / "shop").mkdir()
    (folder / "shop" / "products.toml").write_text(PRODUCTS, encoding="utf-8")
    (folder / "shop" / "faq.toml").write_text(RULES, encoding="utf-8")
    file = folder / "config.toml"
    file.write_text('[rules]\npacks = ["base", "./shop"]\n[[rooms]]\nname = "r"\nadapter = "bridge"\n', encoding="utf-8")
    return file


def tried(config: Path, *lines: object) -> list[dict[str, object]]:
    source = io.StringIO("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    sink = io.StringIO()
    run_try((), None, config, source, sink, jsonl=True)
    return [json.loads(line) for line in sink.getvalue().splitlines()]


# comment, product on air: category, route, product, answer
TRIED = [
    ("1号多少钱", None, "pre.price", "auto", 1, "1号129元，以下单页为准"),
    ("这个多少钱", 12, "pre.price", "auto", 12, "12号259.90，以下单页为准"),
    ("165 110", 1, "pre.size", "auto", 1, "1号按尺码表建议穿L"),
    ("160/50kg穿什么码", 1, "pre.size", "auto", 1, "1号按尺码表建议穿M"),
    ("165 80穿什么码", 1, "pre.size", "suggest", 1, None),
    ("165 110", None, "pre.size", "suggest", None, None),
    ("什么材质", "小碎花", "pre.spec", "auto", 1, "1号：雪纺"),
    ("什么时候发货", 1, "pre.ship_when", "auto", 1, "1号：48小时内发货"),
    ("多少钱", None, "pre.price", "suggest", None, None),
    ("3号多少钱", None, "pre.price", "suggest", 3, None),
    ("99号链接多少钱", 1, "pre.price", "suggest", None, None),
    ("支持无理由吗", 12, "pre.policy", "suggest", 12, None),
    ("哈哈哈", 1, "any.social", "ignore", 1, None),
    ("多少钱", 12.0, "pre.price", "auto", 12, "12号259.90，以下单页为准"),
    ("price of link 12", 1, "pre.price", "auto", 12, "Link 12: 259.90, as shown at checkout"),
    ("雨衣多少钱", 1, "pre.price", "suggest", None, None),
]


@pytest.fixture(scope="module")
def answers(config: Path) -> list[dict[str, object]]:
    return tried(config, *({"text": text, "on_air": on_air} for text, on_air, *_ in TRIED))


@pytest.mark.parametrize("number", range(len(TRIED)), ids=[f"{text}-{on_air}" for text, on_air, *_ in TRIED])
def test_a_comment_is_tried_as_the_daemon_would_decide_it(answers: list[dict[str, object]], number: int) -> None:
    line = answers[number]
    assert list(line) == ["category", "route", "rule", "product", "answer", "verdict"]
    assert (line["category"], line["route"], line["product"], line["answer"]) == TRIED[number][2:]
    assert line["verdict"] == "ok"


def test_what_the_guard_blocks_is_not_automatic(config: Path) -> None:
    [line] = tried(config, {"text": "最便宜吗"})
    assert (line["rule"], line["verdict"], line["route"]) == ("便宜", "block", "suggest")


def test_a_flagged_comment_is_an_issue(config: Path) -> None:
    [line] = tried(config, {"text": "我要退货"})
    assert line["category"] == "post.return"
    assert line["route"] == "issue"


def test_lines_come_out_in_order_and_bad_ones_are_named(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = ("no json", {"text": 3}, {"text": "1号多少钱", "on_air": [1]})
    lines = tried(config, *bad, "", {"text": "1号多少钱", "on_air": 77}, {"text": "\ud800"})
    assert [line["product"] for line in lines] == [1, None]
    assert capsys.readouterr().err.count("\n") == 3


def test_it_tells_why_in_words(config: Path) -> None:
    sink = io.StringIO()
    assert run_try(("165 80穿什么码", "1号多少钱"), "1号", config, io.StringIO(), sink, jsonl=False) == 0
    told = sink.getvalue()
    for words in ("pre.size", "碎花连衣裙", "体重kg 40", "体重kg 80", "不回答", "129元", "ok"):
        assert words in told


def test_a_product_that_is_not_there_is_said(config: Path) -> None:
    with pytest.raises(Rejected) as told:
        run_try(("多少钱",), "77", config, io.StringIO(), io.StringIO(), jsonl=False)
    assert "77" in told.value.zh
    assert "12" in told.value.zh


def test_a_rule_that_is_far_off_is_not_named(config: Path) -> None:
    assert [line["rule"] for line in tried(config, {"text": "我163 52公分的桌子", "on_air": 1})] == [None]


async def test_on_air_is_an_event_in_the_journal(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    journal = await Journal.open(config.parent / "state" / "journal.db")
    await journal.append("r", Comment(id="c", author=Viewer(), text="hi"))
    await run_onair("小碎花", None, config)
    await run_onair("", "r", config)
    assert [one.event for one in journal.events("WHERE kind = 'on_air' ORDER BY seq")] == [OnAir(product="1"), OnAir(product="")]
    assert "1 号 碎花连衣裙" in capsys.readouterr().out
    for product, room in (("77", None), ("1", "nowhere")):
        with pytest.raises(Rejected):
            await run_onair(product, room, config)
    await journal.close()
