"""A comment's category and route: issues first, then moderation, then answers, then tags."""

from livebot.decide.classify import classify
from livebot.decide.matching import Matcher
from livebot.decide.rulebook import FaqRule, FlagRule, Rulebook

BOOK = Matcher(
    Rulebook(
        faqs=(
            FaqRule(id="ship", category="pre.ship_when", ask=("什么时候发货",), when=(("发货",),), say=("看商品页",)),
            FaqRule(id="auth", category="pre.auth", mode="suggest", when=(("正品",),), say=("看商品页",)),
            FaqRule(id="bare", ask=("怎么申请开发票呢", "发票在哪申请"), say=("订单详情",)),
        ),
        flags=(
            FlagRule(id="return", category="post.return", when=(("要退货",),)),
            FlagRule(id="lost", category="mid.pay_lost", when=(("没订单",),)),
            FlagRule(id="abuse", category="any.abuse", when=(("笨蛋",),)),
            FlagRule(id="buy", category="order.intent", when=(("要了",),)),
        ),
    )
)


def verdict(text: str) -> tuple[str, str, str | None]:
    found = classify(BOOK.match(text))
    return found.category, found.route, found.answer


def test_an_issue_outranks_everything_and_the_most_urgent_names_the_comment() -> None:
    assert verdict("我要退货，什么时候发货") == ("post.return", "issue", "ship")
    assert verdict("我要退货，钱付了没订单，笨蛋") == ("mid.pay_lost", "human", None)


def test_moderation_outranks_answers() -> None:
    assert verdict("笨蛋什么时候发货") == ("any.abuse", "moderate", "ship")


def test_answers_outrank_mere_tags() -> None:
    assert verdict("要了，什么时候发货") == ("pre.ship_when", "auto", "ship")
    assert verdict("要了") == ("order.intent", "ignore", None)


def test_a_rule_that_only_suggests_is_never_auto() -> None:
    assert verdict("是正品吗") == ("pre.auth", "suggest", "auth")


def test_an_unsure_answer_is_suggested_or_ignored_but_named() -> None:
    found = classify(BOOK.match("什么时候发呀主播"))
    assert found.answer == "ship"
    assert found.route in ("suggest", "auto")
    faint = classify(BOOK.match("我们这里的发票好像一直都没有什么人申请过"))
    assert (faint.category, faint.route, faint.answer) == ("any.social", "ignore", "bare")
    assert 0 < faint.answer_confidence < 0.3
    assert faint.confidence == round(1 - faint.answer_confidence, 4)


def test_a_rule_without_a_category_answers_as_small_talk_does() -> None:
    assert verdict("发票在哪申请") == ("any.social", "auto", "bare")


def test_chatter_is_small_talk() -> None:
    found = classify(BOOK.match("哈哈哈"))
    assert (found.category, found.confidence, found.route, found.answer, found.answer_confidence) == (
        "any.social",
        1.0,
        "ignore",
        None,
        0.0,
    )
