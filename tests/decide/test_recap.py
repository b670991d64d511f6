import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livebot.decide.figures import Answer, Deaf, Figures, Latency, Question, deaf_seconds
from livebot.decide.recap import PARTS, looks_like_question, public, question_key, shown, split, unmet, variables, wording


@pytest.mark.parametrize(
    "text",
    [
        "包邮吗",
        "几号链接呀？",
        "多少钱一斤",
        "主播什么时候发货",
        "能不能便宜点",
        "掉色么",
        "颜色呢~",
        "how much is it",
        "Is this cotton",
        "在哪领券",
        "運費嗎",
    ],
)
def test_questions_are_known_by_their_words(text: str) -> None:
    assert looks_like_question(text)


@pytest.mark.parametrize("text", ["主播好美", "666", "来了来了", "么么哒爱你", "已拍", "this is nice", "哈哈哈", ""])
def test_chatter_is_no_question(text: str) -> None:
    assert not looks_like_question(text)


def test_spellings_of_one_question_share_a_key() -> None:
    assert question_key("包邮吗？？") == question_key(" 包 邮\u200b吗 ") != question_key("包邮")
    assert question_key("？？？") == ""


@pytest.mark.parametrize(
    ("text", "viewers", "allowed"),
    [
        ("这个掉色吗", 2, True),
        ("这个掉色吗", 1, False),  # one person is not the room
        ("加微信吗 abc12345", 9, False),
        ("去 t.cn/abc 领吗", 9, False),
        ("138****0000 是客服吗", 9, False),
        ("找我一三八零零一三八吗", 9, False),
        ("这个掉色吗" * 9, 9, False),
        ("找@小王对吗", 9, False),
    ],
)
def test_only_harmless_questions_are_repeated_in_public(text: str, viewers: int, allowed: bool) -> None:
    assert public(Question(text=text, viewers=viewers, times=viewers)) is allowed


def test_shown_text_is_masked_and_tame() -> None:
    assert shown("电话13800001234\x1b[2J\u202e\n快打") == "电话138****1234 [2J 快打"
    assert shown("\ud800x") == "?x"
    assert len(shown("长" * 500)) == 120


def figures(**known: object) -> Figures:
    return Figures(stream=1, room="r", at=10, **known)  # type: ignore[arg-type]


def test_variables_tell_what_was_said_and_asked_without_names() -> None:
    known = figures(
        issues=4,
        gaps=(Deaf(since=0, until=61_000, reason="x"), Deaf(since=30_000, until=90_000, reason="y")),
        deaf_s=90.0,
        answers=(Answer(rule="a", asked=9, text="全场包邮。"), Answer(rule="b", asked=1, text="48 小时内发货")),
        unanswered=(Question(text="掉色吗", viewers=3, times=3), Question(text="加vx吗", viewers=5, times=5)),
    )
    values = variables(known, "小铺")
    assert values["answers"] == "全场包邮；48 小时内发货"
    assert values["unanswered"] == "「掉色吗」"
    assert (values["issues"], values["gaps"], values["minutes"], values["shop"], values["viewer"]) == ("4", "2", "2", "小铺", "大家")


def test_a_text_about_nothing_is_not_said() -> None:
    values = variables(figures(), "小铺")
    assert wording(["还没答到：{unanswered}", "谢谢{shop}的朋友"], values) == "谢谢小铺的朋友"
    assert wording(["还没答到：{unanswered}"], values) is None


def test_the_first_condition_that_fails_is_named() -> None:
    assert unmet(("answers", "gaps"), {"answers": True, "gaps": False}) == "gaps"
    assert unmet(("answers",), {"answers": True}) == ""
    assert unmet(("unheard_of",), {}) == "unheard_of"


def test_overlapping_gaps_count_once() -> None:
    gaps = [Deaf(since=1000, until=5000, reason=""), Deaf(since=2000, until=3000, reason=""), Deaf(since=4000, until=9000, reason="")]
    assert deaf_seconds(gaps) == 8.0


def test_percentiles_are_values_that_occurred() -> None:
    assert Latency.of([]) == Latency()
    assert Latency.of([7]) == Latency(count=1, p50=7, p95=7, p99=7)
    assert Latency.of(list(range(1, 101))) == Latency(count=100, p50=50, p95=95, p99=99)


# ── splitting ──────────────────────────────────────────────────────────────────


def test_what_fits_is_left_alone() -> None:
    assert split("全场包邮。", 5) == ["全场包邮。"]
    assert split("全场包邮。", 14, "bytes") != ["全场包邮。"]
    assert split("  ", 5) == []


def test_cuts_fall_between_sentences_and_parts_are_numbered() -> None:
    text = "今天问得最多的是包邮：全场包邮。发货时间以商品页为准！有问题请找店铺客服。"
    assert split(text, 28) == ["(1/2) 今天问得最多的是包邮：全场包邮。", "(2/2) 发货时间以商品页为准！有问题请找店铺客服。"]


def test_numbers_and_negations_are_never_cut() -> None:
    for size in range(9, 60):
        parts = split("满300.50元减 50 元，不支持无理由退货，电话 400-123-4567 转 8，48小时内发货，A01链接还有1,200件", size)
        joined = [re.sub(r"^\(\d/\d\) ", "", part) for part in parts]
        for number in ("300.50元", "400-123-4567", "1,200件", "48小时", "A01"):
            for part in joined:
                for cut in range(1, len(number)):
                    assert not part.rstrip("…").endswith(number[:cut]) or part.rstrip("…").endswith(number), (size, parts)
        assert not any(part.rstrip("…").endswith(("不", "无")) for part in joined), (size, parts)


def test_too_long_a_text_is_shortened_visibly() -> None:
    parts = split("这一句话大概有十个字。" * 30, 30)
    assert len(parts) == PARTS
    assert parts[-1].endswith("…")
    assert not any(part.endswith("…") for part in parts[:-1])


def test_a_text_that_cannot_be_cut_is_not_said_at_all() -> None:
    assert split("1" * 300, 50) == []


@given(st.text(max_size=400), st.integers(8, 80), st.sampled_from(["chars", "bytes"]))
def test_every_part_fits_and_nothing_is_invented(text: str, size: int, unit: str) -> None:
    parts = split(text, size, unit)  # type: ignore[arg-type]
    assert len(parts) <= PARTS
    for part in parts:
        assert len(part.encode("utf-8", "replace") if unit == "bytes" else part) <= size
    whole = " ".join(text.split()).replace(" ", "")
    at = 0
    for part in parts:
        body = re.sub(r"^\(\d/\d\) ", "", part) if len(parts) > 1 else part
        kept = body.replace(" ", "")
        kept = kept if whole.find(kept, at) >= 0 else kept.removesuffix("…")
        found = whole.find(kept, at)
        assert found >= 0
        at = found + len(kept)
