"""What a text promises, when that is due, and what contradicts it: tables of cases, in the shop's own words."""

import pytest

from livebot.decide.promises import Promises
from livebot.decide.shop.facts import Facts, Policy, Product
from livebot.decide.speech.contradiction import contradicts, first_of, lapsed, verdict
from livebot.decide.speech.due import civil, days, due_at
from livebot.decide.speech.ledger import EVERYBODY, Promise, Said, of_facts, promised
from livebot.decide.speech.text import plain

CHINA = 8 * 3600
HOUR = 3_600_000


def instant(day: int, clock: str = "00:00", month: int = 11, year: int = 2026) -> int:
    """Unix ms of a moment in China."""
    hour, minute = map(int, clock.split(":"))
    return days(year, month, day) * 24 * HOUR + hour * HOUR + minute * 60_000 - CHINA * 1000


def end(day: int, month: int = 11, year: int = 2026) -> int:
    return instant(day, "00:00", month, year) + 24 * HOUR - 1


MADE = instant(20, "15:00")  # a Friday


def promises(
    text: str,
    *,
    reply: str = "a",
    viewer: str = "",
    by: str = "",
    stream: int = 1,
    kind: str = "answer",
    shop: Promises = Promises(),
    facts: Facts = Facts(),
    mark: str = "",
) -> tuple[Promise, ...]:
    said = Said(
        reply=reply, seq=7, room="r", stream=stream, rule="faq", kind=kind, text=text, at=MADE, viewer=viewer, by=by,
        edited=bool(by), facts=mark,
    )  # fmt: skip
    return promised(said, shop, facts, CHINA)


# ── when it is due ─────────────────────────────────────────────────────────────

DUE = [
    ("48小时内发货", MADE + 48 * HOUR),
    ("下单后48小时内发货", MADE + 48 * HOUR),
    ("48h内发出", MADE + 48 * HOUR),
    ("24-48小时发货", MADE + 48 * HOUR),
    ("2到3天就能到", MADE + 72 * HOUR),
    ("三天内给您回复", MADE + 72 * HOUR),
    ("七天内退款到账", MADE + 168 * HOUR),
    ("半小时内处理好", MADE + HOUR // 2),
    ("两周内补货", MADE + 336 * HOUR),
    ("shipped within 48 hours", MADE + 48 * HOUR),
    ("we ship in 3 days", MADE + 72 * HOUR),
    ("今天发", end(20)),
    ("当天发货", end(20)),
    ("今晚发出", end(20)),
    ("ships today", end(20)),
    ("马上发", end(20)),
    ("立刻给您补发", end(20)),
    ("秒发", end(20)),
    ("现在拍明天发货", end(21)),
    ("次日达", end(21)),
    ("后天到", end(22)),
    ("大后天发", end(23)),
    ("今天下午四点前下单当天发", end(20)),
    ("今晚8点前发出", instant(20, "20:00")),
    ("明天上午10点发", instant(21, "10:00")),
    ("明天下午三点半发", instant(21, "15:30")),
    ("今天18:30发", instant(20, "18:30")),
    ("3个工作日内发货", end(25)),
    ("ship within 2 business days", end(24)),
    ("周五统一发货", end(20)),
    ("周日到", end(22)),
    ("下周三发货", end(25)),
    ("下周发货", end(29)),
    ("这周末发完", end(22)),
    ("月底前发货", end(30)),
    ("下个月发", end(31, 12)),
    ("12月5号发货", end(5, 12)),
    ("1月3日统一发", end(3, 1, 2027)),
    ("25号统一发货", end(25)),
    ("5号统一发货", end(5, 12)),
    ("双十一前发完", end(11, 11, 2027)),
    ("双十二前发完", end(12, 12)),
    ("尽快发货", None),
    ("春节后发货", None),
    ("质量问题可以换", None),
]


@pytest.mark.parametrize(("words", "due"), DUE, ids=[words for words, _ in DUE])
def test_a_promise_of_time_is_due(words: str, due: int | None) -> None:
    assert due_at(plain(words).text, MADE, CHINA)[0] == due


def test_a_day_ends_where_the_shop_is() -> None:
    late = instant(20, "23:50")
    assert due_at("今天发", late, CHINA)[0] == end(20)
    assert due_at("今天发", late + 20 * 60_000, CHINA)[0] == end(21)
    assert due_at("今天发", late, 0)[0] == end(20) + CHINA * 1000, "15:50 in London"


def test_the_calendar_is_the_calendar() -> None:
    """Against the dates that everybody knows, leap years included."""
    known = {(1970, 1, 1): 0, (1970, 12, 31): 364, (2000, 2, 29): 11016, (2024, 2, 29): 19782, (2026, 11, 20): 20777, (2100, 3, 1): 47541}
    assert {date: days(*date) for date in known} == known
    assert all(days(*civil(day)) == day for day in range(-800, 60_000, 13))


# ── what is promised ───────────────────────────────────────────────────────────

FOUND = [
    ("48小时内发货", [("time.ship", "", "", 48.0)]),
    ("1号链接24小时内发货", [("time.ship", "1", "", 24.0)]),
    ("24小时内发，新疆7天内发货", [("time.ship", "", "", 24.0), ("time.ship", "", "新疆", 168.0)]),
    ("保证今晚发出", [("time.ship", "", "", 12.0)]),
    ("48小时内退款到账", [("time.refund", "", "", 48.0)]),
    ("明天给您解决", [("time.service", "", "解决", 24.0)]),
    ("马上给您补发", [("time.service", "", "补发", None)]),
    ("下单送您两双袜子", [("gift", "", "袜子", 2.0)]),
    ("假一赔十", [("money.compensation", "", "~假一赔#", 10.0)]),
    ("全国包邮", [("money.free_shipping", "", "", None)]),
    ("质保一年", [("warranty", "", "", 8760.0)]),
    ("终身质保", [("warranty", "", "", 876_000.0)]),
    ("15天无理由", [("returns", "", "", 360.0)]),
    ("保价30天", [("price_match", "", "", 720.0)]),
    ("1号链接到手价89元", [("price", "1", "", 89.0)]),
    ("这件到手99元", [("price", "", "~这件到手#", 99.0)]),
    ("原价199元现在99元", [("price", "", "~原价199元现在#", 99.0)]),
    ("不包邮哦", [("money.free_shipping", "", "", None)]),
    ("这款没有赠品", [("gift", "", "", None)]),
    ("发货看商品页", []),
    ("包邮吗？看下单页", []),
    ("运费15元", []),
    ("红色99元，白色89元", []),
    ("尺码看详情页", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "found"), FOUND, ids=[text for text, _ in FOUND])
def test_what_a_text_promises(text: str, found: list[tuple[str, str, str, float | None]]) -> None:
    assert [(one.kind, one.product, one.about, one.size) for one in promises(text)] == found


def test_each_has_an_id_of_its_own_that_a_replay_finds_again() -> None:
    text = "24小时内发货，假一赔十，质保一年"
    made = promises(text)
    assert made == promises(text)
    assert len({one.id for one in made}) == len(made) == 3
    assert {one.id for one in made}.isdisjoint(one.id for one in promises(text, reply="b"))


def test_to_whom_from_where_and_backed_by_what() -> None:
    shop = Promises(ship_hours=48)
    [ruled] = promises("48小时内发货", shop=shop)
    assert (ruled.viewer, ruled.source, ruled.backed_by) == (EVERYBODY, "rule:faq", "promises")
    [edited] = promises("今天给您发", viewer="v", by="小王")
    assert (edited.viewer, edited.source, edited.backed_by) == ("v", "moderator:小王", "moderator:小王")
    [acked] = promises("48小时内给您回复结果", viewer="v", kind="ack")
    assert (acked.viewer, acked.source, acked.backed_by) == ("v", "rule:faq", "")
    [told] = promises("48小时内发货", kind="follow_up", viewer="v")
    assert (told.viewer, told.source) == (EVERYBODY, "follow_up:faq")


def test_the_policy_of_a_product_is_the_source_of_what_it_says() -> None:
    dress = Product(link=1, name="裙子", ship=(((), "48小时内发货"),), policy=Policy(id="R1", version="3", text="签收15天内包退"))
    facts = Facts(products=(dress,))
    [one] = promises("1号签收15天内包退", facts=facts)
    assert (one.product, one.source, one.backed_by) == ("1", "policy:R1@3", "policy:R1@3")
    [one] = promises("裙子48小时内发货", facts=facts)
    assert (one.product, one.backed_by) == ("1", "product:1:ship")


def test_personal_data_is_masked_before_it_is_kept() -> None:
    [one] = promises("13800001234今天给您发", viewer="v", by="小王")
    assert "13800001234" not in one.text
    assert "今天给您发" in one.text


# ── what contradicts what ──────────────────────────────────────────────────────

AGAINST = [
    ("24小时内发货", "48小时内发货", True),
    ("48小时内发货", "24小时内发货", True),
    ("质保一年", "质保两年", True),
    ("质保两年", "质保一年", True),
    ("到手价99元", "到手价89元", True),
    ("1号99元", "1号到手价89元", True),
    ("今天发", "明天发", True),
    ("周五统一发货", "下周三统一发货", True),
    ("送您两双袜子", "送您一双袜子", True),
    ("假一赔十", "假一赔三", True),
    ("15天无理由", "7天无理由退换", True),
    ("保价30天", "保价7天", True),
    ("全国包邮", "不包邮哦", True),
    ("送您两双袜子", "没有赠品了", True),
    ("质保一年", "这个不保修", True),
    ("支持运费险", "这个没有运费险", True),
    ("七天无理由退换", "这款不支持无理由", True),
    ("48小时内发货", "48小时内发货哦", False),
    ("24小时内发货", "1天内发货", False),
    ("质保一年", "质保12个月", False),
    ("48小时内发货", "新疆7天内发货", False),
    ("1号链接24小时内发货", "2号链接48小时内发货", False),
    ("1号99元", "2号89元", False),
    ("这件99元", "那条89元", False),
    ("送您两双袜子", "送您一顶帽子", False),
    ("48小时内发货", "48小时内退款到账", False),
    ("全国包邮", "新疆不包邮", False),
    ("全国包邮", "全国包邮吗，看下单页", False),
    ("满100减10", "满200减30", False),
    ("2天内给您补发", "明天给您回复", False),
]


@pytest.mark.parametrize(("before", "after", "differ"), AGAINST, ids=[f"{before} → {after}" for before, after, _ in AGAINST])
def test_less_or_otherwise_is_a_contradiction(before: str, after: str, differ: bool) -> None:
    found = first_of(promises(after, reply="b"), promises(before), MADE)
    assert (found is not None) == differ
    told = verdict(found)
    assert (told.verdict, told.rule) == (("needs_evidence", "commitment.contradiction") if differ else ("ok", ""))
    assert not differ or before.rstrip("哦") in told.zh


def one(text: str, **more: object) -> Promise:
    return promises(text, **more)[0]  # type: ignore[arg-type]


def test_what_is_said_to_one_viewer() -> None:
    everybody, ann, bob = one("48小时内发货"), {"viewer": "ann", "by": "m"}, {"viewer": "bob", "by": "m"}
    assert contradicts(one("72小时内发货", reply="b", **ann), everybody, MADE), "less than what everybody was promised"
    assert not contradicts(one("24小时内发货", reply="b", **ann), everybody, MADE), "more is a favour"
    assert not contradicts(everybody, one("24小时内发货", reply="b", **ann), MADE), "and takes nothing from it"
    assert contradicts(one("24小时内发货", reply="b", **ann), one("12小时内发货", reply="c", **ann), MADE)
    assert not contradicts(one("24小时内发货", reply="b", **ann), one("12小时内发货", reply="c", **bob), MADE)
    nobody = {"viewer": "", "by": "m"}
    assert not contradicts(one("24小时内发货", reply="b", **nobody), one("12小时内发货", reply="c", **nobody), MADE), (
        "who knows who they are"
    )


def test_a_price_stands_for_its_stream_and_a_time_until_it_is_due() -> None:
    assert not contradicts(one("1号89元", reply="b", stream=2), one("1号99元"), MADE)
    assert contradicts(one("质保两年", reply="b", stream=2), one("质保一年"), MADE)
    assert not contradicts(one("48小时内发货", reply="b"), one("24小时内发货"), MADE + 24 * HOUR)


def test_a_table_that_says_otherwise_contradicts_what_it_said() -> None:
    def told(**more: str) -> tuple[Promise, ...]:
        ship = (((), more.get("ship", "48小时内发货")),)
        return of_facts(
            Product(link=1, name="裙子", ship=ship, warranty=more.get("warranty", ""), price=more.get("price", "")), MADE, CHINA
        )

    shipped, warm, cheap = one("1号48小时内发货"), one("1号质保一年"), one("1号99元", stream=0)
    assert first_of(told(), (shipped, warm, cheap), MADE) is None
    assert first_of(told(ship="7天内发货"), (shipped,), MADE) is not None
    assert first_of(told(warranty="质保半年"), (warm,), MADE) is not None
    assert first_of(told(price="89"), (cheap,), MADE) is not None
    assert first_of(told(price="99元"), (cheap,), MADE) is None


def test_each_region_has_its_own_promise_in_the_table() -> None:
    """The answer to somebody in Xinjiang does not name Xinjiang: the fact does."""
    ship = (((), "48小时内发货"), (("新疆", "西藏"), "7天内发货，运费补15元"))
    facts = Facts(products=(Product(link=1, name="裙子", ship=ship),))
    everywhere, far = one("48小时内发货", facts=facts, mark="1|ship"), one("7天内发货，运费补15元", facts=facts, mark="1|ship", reply="b")
    assert (everywhere.about, far.about, far.backed_by) == ("", "新疆、西藏", "product:1:ship")
    assert not contradicts(far, everywhere, MADE)
    assert first_of(of_facts(facts.products[0], MADE, CHINA), (everywhere, far), MADE) is None
    slower = Product(link=1, name="裙子", ship=(((), "48小时内发货"), (("新疆", "西藏"), "15天内发货")))
    assert first_of(of_facts(slower, MADE, CHINA), (everywhere,), MADE) is None
    assert first_of(of_facts(slower, MADE, CHINA), (everywhere, far), MADE) is not None


def test_a_promise_of_the_shop_that_is_no_more() -> None:
    old = one("48小时内发货", shop=Promises(ship_hours=48))
    assert not lapsed(old, Promises(ship_hours=24), MADE), "sooner still keeps it"
    assert lapsed(old, Promises(ship_hours=72), MADE)
    assert lapsed(old, Promises(), MADE)
    assert not lapsed(old, Promises(), MADE + 49 * HOUR)
    assert not lapsed(one("48小时内发货"), Promises(), MADE), "nothing backed it"
