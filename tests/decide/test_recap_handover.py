import time

from livebot.decide.figures import Deaf, Draft, Figures, Question
from livebot.decide.handover import LISTED, OpenIssue, handover, page


def clock(ms: int) -> str:
    return time.strftime("%H:%M", time.gmtime(ms // 1000 + 8 * 3600))


NASTY = "<script>alert(1)</script> [x](http://evil) **`!"


def issue(id_: str, priority: str, due: int | None = None, text: str = "退款", created: int = 1) -> OpenIssue:
    return OpenIssue(
        id=id_, category="post.refund", priority=priority, state="received", created_at=created, text=text, viewer="张*", due_at=due
    )


def draft(text: str) -> Draft:
    return Draft(id="d" * 24, kind="answer", rule="x", text=text, why="crash", comment="包邮吗", viewer="李*", expires_at=1)


def figures() -> Figures:
    return Figures(
        stream=3,
        room=NASTY,
        at=2,
        started_at=1_763_654_400_000,
        ended_at=1_763_658_000_000,
        comments=9,
        issues=3,
        in_doubt=(draft("全场包邮"),),
        held=(draft("看详情页"),),
        expired=(draft("晚了"),),
        gaps=(Deaf(since=1_763_654_460_000, until=1_763_654_520_000, reason="断网"),),
        deaf_s=60.0,
        unanswered=(Question(text=NASTY, viewers=4, times=5),),
    )


def test_the_most_urgent_comes_first_then_what_is_due_first() -> None:
    issues = [issue("a", "P2"), issue("b", "P1", due=50), issue("c", "P1", due=20), issue("d", "P0"), issue("e", "P2", created=0)]
    assert [one["id"] for one in handover(figures(), issues)["open"]] == ["d", "c", "b", "e", "a"]


def test_the_page_says_everything_and_nothing_in_it_is_markup() -> None:
    text = page(handover(figures(), [issue("abcdef0123", "P1", due=1_763_740_800_000, text=NASTY)]), clock)
    for piece in ("P1", "张\\*", "全场包邮", "看详情页", "晚了", "断网", "00:01 – 00:02", "60 秒", "4 人", "abcdef01", "弹幕 9 条"):
        assert piece in text
    assert "<script" not in text
    assert "\\[x\\](http" in text
    assert "\\*\\*\\`\\!" in text


def test_a_long_list_is_cut_and_counted() -> None:
    data = handover(figures(), [issue(f"{n:024d}", "P2") for n in range(LISTED + 7)])
    assert data["open_issues"] == LISTED + 7
    assert len(data["open"]) == LISTED
    assert "还有 7 个" in page(data, clock)


def test_an_empty_hand_over_has_no_empty_sections() -> None:
    text = page(handover(Figures(stream=1, room="r", at=1), []), clock)
    assert "##" not in text
