"""What may be said: the suites of texts, and what the shop has promised, wrote itself or heard from a model."""

import time

import pytest
from guard_texts import (
    BLOCK,
    EVIDENCE,
    FOURTH_BLOCK,
    FOURTH_OK,
    OK,
    SECOND_BLOCK,
    SECOND_EVIDENCE,
    SECOND_OK,
    THIRD_BLOCK,
    THIRD_OK,
)

from livebot.decide.guard import RULES, commitments, judge
from livebot.decide.promises import Promises

SETS = {
    "first": (BLOCK, EVIDENCE, OK),
    "second": (SECOND_BLOCK, SECOND_EVIDENCE, SECOND_OK),
    "third": (THIRD_BLOCK, {}, THIRD_OK),
    "fourth": (FOURTH_BLOCK, {}, FOURTH_OK),
}
ALL_BLOCK = [(name, kind) for name, (block, _, _) in SETS.items() for kind in block]


def lines(table: str) -> list[str]:
    return [line for line in table.strip().split("\n") if line]


@pytest.mark.parametrize(("name", "kind"), ALL_BLOCK)
def test_what_must_not_be_said_is_blocked(name: str, kind: str) -> None:
    texts = lines(SETS[name][0][kind])
    assert [text for text in texts if judge(text).verdict != "block"] == []


@pytest.mark.parametrize("name", SETS)
def test_what_needs_proof_is_neither_sent_nor_blocked(name: str) -> None:
    texts = [text for table in SETS[name][1].values() for text in lines(table)]
    assert [(text, judge(text)) for text in texts if judge(text).verdict != "needs_evidence"] == []


@pytest.mark.parametrize("name", SETS)
def test_what_is_harmless_may_be_said(name: str) -> None:
    assert [(text, judge(text)) for text in lines(SETS[name][2]) if judge(text).verdict != "ok"] == []


def test_the_suites_are_as_large_as_they_should_be() -> None:
    texts = [text for block, evidence, ok in SETS.values() for table in (*block.values(), *evidence.values(), ok) for text in lines(table)]
    assert len(texts) == len(set(texts)) > 1_200


def test_most_texts_are_blocked_for_the_reason_that_a_person_would_give() -> None:
    pairs = [(kind, judge(text).kind) for block, _, _ in SETS.values() for kind, table in block.items() for text in lines(table)]
    assert sum(wanted == given for wanted, given in pairs) / len(pairs) > 0.93


@pytest.mark.parametrize("text", ["加微信 abc", "全网最低价", "48小时内发货", "@张三 您的退款已到账", "加\u200b微\u200b信"])
def test_a_verdict_says_where_why_and_by_what_law(text: str) -> None:
    verdict = judge(text)
    start, end = verdict.span
    assert 0 <= start < end <= len(text)
    assert verdict.rule
    assert verdict.kind
    assert verdict.article
    assert verdict.zh
    assert verdict.en
    assert verdict.why == f"guard:{verdict.rule}"


# ── what the shop has promised ─────────────────────────────────────────────────

SHOP = Promises(
    ship_hours=48,
    arrive_hours=120,
    refund_hours=72,
    reply_hours=24,
    free_shipping=("全国", "新疆"),
    return_days=15,
    return_freight=True,
    price_protect_days=30,
    warranty_months=12,
    compensation=10,
    gifts=("保温杯",),
    proven=("销量第一", "400-123-4567", "0571-88881234"),
)
KEPT = """
48小时内发货
72小时内发货
三天内发货
五天内送到
三个工作日内退款
24小时内给您回电
全国包邮
新疆也包邮
支持七天无理由退货
15天无理由退货
退货运费我们出
保价30天
质保一年
整机质保6个月
假一赔十
下单送保温杯
我们是2025年天猫女鞋销量第一
"""
BROKEN = """
24小时内发货
今天就发
明天发货
两天内送到
当天退款到账
一小时内给您回电
西藏也包邮
30天无理由退货
保价60天
质保三年
终身质保
假一赔百
下单送电饭煲
全网最低价
我们销量第一，质量最好
加微信领保温杯
全国包邮，加微信
"""


@pytest.mark.parametrize("text", lines(KEPT))
def test_what_the_shop_has_promised_it_may_say(text: str) -> None:
    assert judge(text, promises=SHOP).verdict == "ok"
    assert judge(text).verdict != "ok"


@pytest.mark.parametrize("text", lines(BROKEN))
def test_what_goes_beyond_its_promises_it_may_not(text: str) -> None:
    assert judge(text, promises=SHOP).verdict == "block"


def test_where_the_platform_allows_it_viewers_may_be_led_elsewhere() -> None:
    assert judge("加微信 shop88", promises=Promises(off_platform=True)).verdict == "ok"
    assert judge("加微信，全网最低价", promises=Promises(off_platform=True)).kind == "absolute"


def test_a_shop_s_own_number_is_no_personal_data() -> None:
    assert judge("售后热线0571-88881234", promises=SHOP).verdict == "ok"
    assert judge("售后热线0571-88881235", promises=SHOP).kind == "privacy"


def test_a_model_vouches_for_nothing() -> None:
    assert judge("预计明天发货").verdict == "needs_evidence"
    assert judge("预计明天发货", origin="model").verdict == "block"
    assert judge("发货时间看商品页", origin="model").verdict == "ok"


def test_what_is_too_long_for_the_platform_is_blocked() -> None:
    assert judge("好" * 50, max_chars=50).verdict == "ok"
    assert judge("好" * 51, max_chars=50).kind == "length"
    assert judge("好" * 20, max_chars=50, unit="bytes").kind == "length"


# ── what a text promises ───────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "kind", "hours", "amount"),
    [
        ("48小时内发货", "time.ship", 48, None),
        ("明天发货", "time.ship", 24, None),
        ("三五天送到", "time.arrive", 120, None),
        ("十五天内发货", "time.ship", 360, None),
        ("两周内补货", "time.service", 336, None),
        ("质保三年", "warranty", 26280, None),
        ("假一赔十", "money.compensation", None, 10),
        ("保价30天", "price_match", 720, None),
        ("全场包邮", "money.free_shipping", None, None),
        ("买一送一", "gift", None, 1),
        ("ships within 24 hours", "time.any", 24, None),
    ],
)
def test_a_promise_is_read_with_its_figures(text: str, kind: str, hours: float | None, amount: float | None) -> None:
    found = commitments(text)
    assert [(one.kind, one.hours, one.amount) for one in found[:1]] == [(kind, hours, amount)]
    assert text[found[0].span[0] : found[0].span[1]]


@pytest.mark.parametrize("text", ["不保证明天到", "明天能到吗？看物流", "发货时间看商品页", "已登记，请看店铺客服消息", ""])
def test_what_is_denied_or_asked_is_no_promise(text: str) -> None:
    assert commitments(text) == ()


def test_two_promises_in_one_text_are_two() -> None:
    assert [one.kind for one in commitments("48小时内发货，质保一年")] == ["time.ship", "warranty"]


# ── hostile texts ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00",
        "\ud800",
        "\u200b" * 100,
        "“" * 500,
        "😀" * 500,
        "最" * 2_000,
        "加v" * 1_000,
        "不" * 2_000,
        "a" * 100_000,
        "@" * 2_000,
    ],
)
def test_any_text_is_judged_and_soon(text: str) -> None:
    judge(text)
    began = time.thread_time()
    verdict = judge(text)
    assert time.thread_time() - began < 0.1
    assert 0 <= verdict.span[0] <= verdict.span[1] <= len(text)


def test_a_text_is_judged_in_a_tenth_of_a_millisecond_or_so() -> None:
    """Five times the target, for a busy machine."""
    texts = lines(OK)
    for text in texts:
        judge(text)
    began = time.thread_time()
    for text in texts:
        judge(text)
    assert (time.thread_time() - began) / len(texts) < 500e-6


def test_every_rule_has_its_reasons_and_every_id_one_kind() -> None:
    kinds: dict[str, str] = {}
    for rule in RULES:
        assert rule.zh
        assert rule.en
        assert rule.article
        assert kinds.setdefault(rule.id, rule.kind) == rule.kind
