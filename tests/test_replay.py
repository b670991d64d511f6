import gzip
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from livestream import rulebook

from livebot.cli.replay import as_line, run_replay
from livebot.decide.matching import Matcher
from livebot.decide.rulebook import FaqRule, FollowUpRule, Rulebook
from livebot.decide.session import RoomPolicy
from livebot.decide.states import COMMENT_STATES
from livebot.errors import ConfigError
from livebot.replay import replay
from livebot.simulate.recording import DEMO, Line

MATCHER = Matcher(rulebook(FollowUpRule(id="recap", anchor="stream_ended", offset=60.0, say=("谢谢",))))


def line(n: int, t_ms: int, text: str, user: str = "u") -> Line:
    return Line(id=f"c{n}", t_ms=t_ms, text=text, user=user, name=user)


def played(lines: Iterable[Line], policy: RoomPolicy | None = None, matcher: Matcher = MATCHER, **limits: Any) -> list[dict[str, Any]]:
    return list(replay(lines, matcher, policy or RoomPolicy(), **limits))


def states(events: list[dict[str, Any]]) -> list[str]:
    return [event["state"] for event in events if event["kind"] == "comment"]


def test_a_stream_begins_and_ends_and_every_comment_has_its_state() -> None:
    events = played(
        [line(1, 100, "包邮吗"), line(2, 200, "包邮不"), line(3, 300, "我要退款"), line(4, 400, "尺码"), line(5, 500, "主播好美")]
    )
    assert [event["kind"] for event in events] == ["stream_started", *["comment"] * 5, "stream_ended"]
    assert states(events) == ["answered", "credited", "flagged", "held", "passed"]
    assert [event["comment_id"] for event in events] == [None, "c1", "c2", "c3", "c4", "c5", None]
    assert [decision["kind"] for decision in events[3]["decisions"]] == ["flag", "send"]
    assert events[3]["decisions"][0]["category"] == "post.refund"
    assert events[2]["decisions"][0]["reply_id"] == events[1]["decisions"][0]["reply_id"]
    assert {decision.get("due_t_ms") for decision in events[-1]["decisions"]} == {500, 60_500}
    assert events[5]["decisions"] == [{"kind": "pass", "reason": "no_match"}]


def test_the_same_input_gives_the_same_bytes() -> None:
    lines = [line(n, n * 37, text) for n, text in enumerate(["包邮吗", "优惠券呢", "我要退款", "哈哈"] * 50)]
    assert [*map(as_line, played(lines))] == [*map(as_line, played(lines))]


def test_replies_obey_the_platform_and_expire() -> None:
    many = Matcher(Rulebook(faqs=tuple(FaqRule(id=f"r{n}", when=((f"问题{n}号",),), say=(f"回答{n}",)) for n in range(10))))
    lines = [line(n, n, f"问题{n}号") for n in range(10)]
    assert Counter(states(played(lines, RoomPolicy(expiry=3.0), many, sends=(2, 2.0)))) == {"answered": 4, "expired": 6}
    assert Counter(states(played(lines, RoomPolicy(expiry=60.0), many, sends=(2, 2.0)))) == {"answered": 10}
    assert Counter(states(played(lines, RoomPolicy(expiry=30.0), many, budget_per_minute=3))) == {"answered": 3, "expired": 7}
    assert Counter(states(played(lines, RoomPolicy(expiry=600.0), many, budget_per_minute=0))) == {"expired": 10}


def test_an_expired_answer_does_not_silence_the_next_one() -> None:
    lines = [line(1, 0, "包邮吗"), line(2, 1, "优惠券呢"), line(3, 20_000, "优惠券呢")]
    events = played(lines, RoomPolicy(expiry=5.0), sends=(1, 10.0))
    assert states(events) == ["answered", "expired", "answered"]


def test_what_is_held_lapses_for_whoever_asks_next() -> None:
    events = played([line(1, 0, "尺码"), line(2, 10_000, "尺码"), line(3, 59_000, "尺码"), line(4, 61_000, "尺码")])
    assert [event["decisions"][0]["kind"] for event in events[1:-1]] == ["hold", "credit", "credit", "hold"]
    assert states(events) == ["held"] * 4


def test_our_own_words_are_known_as_an_echo() -> None:
    events = played([line(1, 0, "包邮吗"), line(2, 500, "运费看下单页。")])
    assert events[2]["decisions"] == [{"kind": "pass", "reason": "echo"}]


def test_an_id_seen_before_is_no_comment() -> None:
    events = played([line(1, 0, "哈哈"), line(1, 5, "包邮吗"), line(2, 9, "哈哈")])
    assert [(event["kind"], event["state"]) for event in events[1:4]] == [("comment", "passed"), ("duplicate", None), ("comment", "passed")]


def test_time_never_runs_backwards_and_hostile_text_is_harmless() -> None:
    events = played([line(1, 900, "\ud800\0包邮吗"), line(2, 100, "x" * 100_000)])
    assert [event["t_ms"] for event in events] == [0, 900, 900, 900]
    assert all(as_line(event).encode() for event in events)


def test_a_mode_can_be_tried() -> None:
    assert states(played([line(1, 0, "包邮吗")], RoomPolicy(mode="listen"))) == ["passed"]
    assert states(played([line(1, 0, "包邮吗")], RoomPolicy(mode="suggest"))) == ["held"]


# ── the command ────────────────────────────────────────────────────────────────


def test_the_bundled_room_adds_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    assert run_replay(DEMO, out=first) == run_replay(DEMO, out=second) == 0
    assert first.read_bytes() == second.read_bytes()
    events = [json.loads(text) for text in first.read_text("utf-8").splitlines()]
    comments = [event for event in events if event["kind"] == "comment"]
    assert len(comments) == len(DEMO.read_text("utf-8").splitlines())
    assert all(event["state"] in COMMENT_STATES for event in comments)
    shown = capsys.readouterr()
    assert shown.err == ""
    assert f" {len(comments)} " in shown.out


def test_bad_lines_are_named_and_the_others_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recording = tmp_path / "room.jsonl.gz"
    good = json.dumps({"t_ms": 1, "text": "哈哈", "user": "u", "id": "a"}, ensure_ascii=False)
    with gzip.open(recording, "wt", encoding="utf-8") as file:
        file.write(f"{good}\nnot json\n[1]\n{good}\n{good.replace('a', 'b')}\n")
    assert run_replay(recording, speed="1000") == 1
    shown = capsys.readouterr()
    assert [json.loads(text)["kind"] for text in shown.out.splitlines()] == [
        "stream_started",
        "comment",
        "duplicate",
        "comment",
        "stream_ended",
    ]
    assert "room.jsonl.gz:2" in shown.err
    assert "room.jsonl.gz:3" in shown.err
    assert "合计" in shown.err
    assert "重复的 id 1 条" in shown.err


def test_a_configuration_gives_room_mode_and_rules(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "own.toml").write_text('[hello]\nwhen = ["你好"]\nsay = "你好呀"\n', "utf-8")
    (tmp_path / "config.toml").write_text('[rules]\npacks = ["./rules"]\n[[rooms]]\nname = "小店"\nmode = "suggest"\n', "utf-8")
    (tmp_path / "room.jsonl").write_text('{"t_ms": 1, "text": "你好", "user": "u"}\n', "utf-8")
    assert run_replay(tmp_path / "room.jsonl", tmp_path / "config.toml") == 0
    events = [json.loads(text) for text in capsys.readouterr().out.splitlines()]
    assert events[1]["state"] == "held"
    assert events[1]["decisions"][0]["text"] == "你好呀"


@pytest.mark.parametrize("options", [{"speed": "0"}, {"speed": "schnell"}, {"out": Path("/nowhere/at/all.jsonl")}])
def test_a_wrong_option_is_told(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigError):
        run_replay(DEMO, **options)


def test_a_recording_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.jsonl"):
        run_replay(tmp_path / "none.jsonl")
