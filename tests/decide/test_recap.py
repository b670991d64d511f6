import pytest

from livebot.decide.figures import Answer, Deaf, Figures, Latency, Question, deaf_seconds
from livebot.decide.recap import looks_like_question, public, question_key, shown, unmet, variables, wording


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
