"""Answers with facts, decided: what the viewer saw counts, one product's answer never serves another's, bundles are rare."""

from copy import deepcopy
from dataclasses import replace

import pytest
from shop import SHOP

from livebot.decide.actions import Credit, Decision, Pass, Send
from livebot.decide.events import Comment, OnAir, Recordable, Recorded, StreamEnded, Viewer
from livebot.decide.matching import Matcher
from livebot.decide.policy import decide
from livebot.decide.rulebook import FaqRule, Rulebook
from livebot.decide.session import RoomPolicy, Session

BOOK = Rulebook(
    faqs=(
        FaqRule(id="price", category="pre.price", when=(("多少钱",),), say=("看商品页",), fact=("{link}号{price}",)),
        FaqRule(id="size", category="pre.size", when=(("什么码",),), say=("{size}",)),
        FaqRule(id="match", when=(("推荐",),), say=("{bundle}",), cooldown=0.0),
        FaqRule(id="return", when=(("能退吗",),), say=("签收7天内支持无理由退换",)),
    ),
    facts=SHOP,
)
MATCHER = Matcher(BOOK)


class Room:
    def __init__(self, matcher: Matcher = MATCHER, **policy: float) -> None:
        self.matcher, self.seq = matcher, 0
        self.session = Session(room="r", policy=RoomPolicy(**policy), stream=1, live=True)  # type: ignore[arg-type]

    def happens(self, ms: int, event: Recordable) -> list[Decision]:
        self.seq += 1
        recorded = Recorded(seq=self.seq, room="r", stream=1, received_at=ms, event=event)
        self.session, decisions = decide(deepcopy(self.session), recorded, self.matcher)
        return list(decisions)

    def said(self, ms: int, text: str, *, product: str | None = None, sent_at: int | None = None) -> str:
        [one] = self.happens(ms, Comment(id=f"c{ms}", author=Viewer(id=f"u{ms}"), text=text, product=product, sent_at=sent_at))
        return one.reply.text if isinstance(one, Send) else one.reason if isinstance(one, Pass) else type(one).__name__.lower()


def test_this_one_is_what_the_viewer_saw_one_delay_ago() -> None:
    room = Room(delay=8.0)
    room.happens(10_000, OnAir(product="1"))
    room.happens(60_000, OnAir(product="5"))
    assert room.said(17_999, "这个多少钱") == "no_fact"
    assert room.said(18_000, "这个多少钱") == "1号129元"
    assert room.said(67_999, "多少钱") == "credit"
    assert room.said(68_000, "多少钱") == "5号899"
    assert room.said(80_000, "多少钱", sent_at=67_000) == "1号129元", "what counts is when it was written"
    room.happens(90_000, OnAir(product=""))
    assert room.said(99_000, "多少钱") == "no_fact"


def test_the_platform_may_say_what_is_on_air() -> None:
    room = Room()
    assert room.said(1_000, "多少钱", product="sku-38001") == "38号79"
    assert room.said(2_000, "什么码 165 110", product="1") == "L"
    assert room.said(3_000, "什么码 160 100") == "M", "until it says something else"
    assert room.said(4_000, "什么码 160 100", product="nobody knows") == "no_fact"


def test_nothing_is_on_air_after_the_stream() -> None:
    room = Room()
    room.happens(1_000, OnAir(product="1"))
    room.happens(2_000, StreamEnded())
    assert room.said(3_000, "多少钱") == "no_fact"


def test_one_answer_serves_only_those_who_ask_about_the_same() -> None:
    room = Room()
    assert room.said(1_000, "1号多少钱") == "1号129元"
    assert room.said(2_000, "2号多少钱") == "2号99.90"
    assert room.said(3_000, "小碎花多少钱") == "credit"
    assert room.said(4_000, "1号165 110什么码") == "L"
    assert room.said(5_000, "1号160 100什么码") == "M"


def test_bundles_are_capped_by_the_minute() -> None:
    room = Room()
    said = [room.said(ms, "2号有什么推荐") for ms in (1_000, 2_000, 3_000, 30_000, 62_500)]
    assert said == ["2号加3号一起拍149元", "2号加3号一起拍149元", "bundle_cap", "bundle_cap", "2号加3号一起拍149元"]


def test_without_products_the_general_answer_is_given() -> None:
    assert Room(Matcher(replace(BOOK, facts=type(SHOP)(), hash=""))).said(1_000, "多少钱") == "看商品页"


@pytest.mark.parametrize(("text", "answer"), [("12号能退吗", "no_fact"), ("1号能退吗", "签收7天内支持无理由退换"), ("能退吗", "no_fact")])
def test_a_product_that_cannot_be_returned_is_never_said_to_be(text: str, answer: str) -> None:
    assert Room().said(1_000, text) == answer


def test_bare_measures_are_answered_like_a_question() -> None:
    room = Room()
    room.happens(500, OnAir(product="1"))
    assert room.said(1_000, "165 110") == "L"
    assert room.said(2_000, "666") == "no_match"


def test_a_credit_points_to_the_answer_about_the_same_product() -> None:
    room = Room()
    [first] = room.happens(1_000, Comment(id="a", author=Viewer(id="a"), text="1号多少钱"))
    room.happens(2_000, Comment(id="b", author=Viewer(id="b"), text="2号多少钱"))
    [third] = room.happens(3_000, Comment(id="c", author=Viewer(id="c"), text="1号多少钱"))
    assert isinstance(first, Send)
    assert isinstance(third, Credit)
    assert third.reply_id == first.reply.id


def test_facts_are_part_of_what_names_a_rulebook() -> None:
    assert BOOK.hash != replace(BOOK, facts=type(SHOP)(), hash="").hash
    moved = tuple(replace(one, source="elsewhere:9") for one in SHOP.products)
    assert BOOK.hash == replace(BOOK, facts=replace(SHOP, products=moved), hash="").hash


def test_who_gives_no_measures_is_asked_for_them_where_the_rule_says_how() -> None:
    asks = FaqRule(id="size", category="pre.size", when=(("什么码",),), say=("{size}",), ask_back=("{link}号请报身高体重",))
    room = Room(Matcher(replace(BOOK, faqs=(asks,))))
    room.happens(1_000, OnAir(product="1"))
    assert room.said(2_000, "穿什么码") == "1号请报身高体重"
    assert room.said(3_000, "身高160穿什么码") == "credit", "the question back was heard by all"
    assert room.said(4_000, "160 100") == "M", "and here are the measures, without a question"
    assert room.said(5_000, "175 200斤什么码") == "no_fact", "outside the table nothing more can be asked"
    assert room.said(6_000, "12号穿什么码") == "no_fact", "12 has no size table"
    assert room.said(7_000, "刚才那个穿什么码") == "no_fact"
