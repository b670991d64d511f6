"""decide(): pure, never without a reason, one answer for all who ask the same, a flag before everything."""

from copy import deepcopy
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from livebot.decide.actions import Credit, Decision, Flag, Hold, Join, Pass, Schedule, Send
from livebot.decide.events import Comment, Gap, Outgoing, Recordable, Recorded, Settled, StreamEnded, StreamStarted, Viewer
from livebot.decide.matching import AUTO, HOLD, Matcher
from livebot.decide.policy import HANDOVER, decide, render
from livebot.decide.promises import Promises
from livebot.decide.rulebook import FaqRule, FlagRule, FollowUpRule, Rulebook
from livebot.decide.session import RoomPolicy, Session
from livebot.decide.states import comment_state

BOOK = Rulebook(
    faqs=(
        FaqRule(id="ship", when=(("发货",),), say=("发货看商品页", "发货看订单页"), cooldown=30.0),
        FaqRule(id="hello", when=(("主播好",),), say=("{viewer}你好，欢迎来{shop}",), expiry=5.0),
        FaqRule(id="auth", when=(("正品",),), say=("都是正品",), mode="suggest"),
        FaqRule(id="coupon", when=(("优惠券",),), say=("今晚有券",), valid_until=5_000),
        FaqRule(id="long", when=(("洗涤",),), say=("手洗" * 60,)),
        FaqRule(id="return policy", when=(("怎么退",),), say=("退换看商品页",), with_flag=True),
        FaqRule(id="meaning", ask=("这件衣服多久能够送到新疆呢",), say=("新疆七天",)),
    ),
    flags=(
        FlagRule(id="return", category="post.return", when=(("退货",), ("怎么退",)), ack=("@{viewer} 已登记",)),
        FlagRule(id="return urgent", category="post.return", priority="P0", when=(("马上退货",),)),
        FlagRule(id="safety", category="post.safety", when=(("过敏",),), ack=("马上有人联系您",)),
        FlagRule(id="abuse", category="any.abuse", when=(("垃圾主播",),)),
        FlagRule(id="praise", category="any.social", when=(("666",),)),
    ),
    follow_ups=(
        FollowUpRule(id="welcome", anchor="stream_started", say=("欢迎",), offset=10.0),
        FollowUpRule(id="last call", anchor="planned_end", say=("最后",), offset=-120.0),
        FollowUpRule(id="recap", anchor="stream_ended", say=("谢谢",), offset=60.0),
        FollowUpRule(id="status", anchor="issue", say=("还在处理",), offset=86_400.0),
        FollowUpRule(id="status safety", anchor="issue", say=("就医",), category="post.safety"),
    ),
    variables={"shop": "小店"},
)
MATCHER = Matcher(BOOK)
LIVE = Session(room="r", stream=1, live=True)


def session(**policy: object) -> Session:
    return replace(deepcopy(LIVE), policy=RoomPolicy(**policy))  # type: ignore[arg-type]


def comment(text: str, id_: str = "c1", *, name: str = "小明", roles: tuple[str, ...] = ()) -> Comment:
    return Comment(id=id_, author=Viewer(id=f"u-{name}", name=name, roles=roles), text=text)


def at(ms: int, event: Recordable, *, seq: int = 1, stream: int = 1, history: bool = False) -> Recorded:
    return Recorded(seq=seq, room="r", stream=stream, received_at=ms, event=event, history=history)


def judge(
    text: str, state: Session | None = None, *, ms: int = 1_000, id_: str = "c1", name: str = "小明", history: bool = False
) -> list[Decision]:
    _, decisions = decide(deepcopy(LIVE) if state is None else state, at(ms, comment(text, id_, name=name), history=history), MATCHER)
    return list(decisions)


def sent(decision: Decision) -> str:
    assert isinstance(decision, Send)
    return decision.reply.text


# ── answers ────────────────────────────────────────────────────────────────────


def test_an_answer_goes_to_whoever_asked_and_expires() -> None:
    [decision] = judge("什么时候发货")
    assert isinstance(decision, Send)
    assert (decision.reply.text, decision.reply.rule, decision.reply.to) == ("发货看商品页", "ship", "c1")
    assert decision.reply.expires_at == 1_000 + 60_000
    [decision] = judge("主播好", session(expiry=9.0))
    assert isinstance(decision, Send)
    assert decision.reply.text == "小*你好，欢迎来小店"
    assert decision.reply.expires_at == 1_000 + 5_000, "the rule's own expiry goes first"


def test_one_answer_serves_everybody_who_asks_within_its_cooldown_and_varies_its_words() -> None:
    state = session()
    [first] = judge("什么时候发货", state)
    assert isinstance(first, Send)
    assert judge("发货了吗", state, ms=30_999, id_="c2") == [Credit(reply_id=first.reply.id, rule="ship")]
    [again] = judge("发货", state, ms=31_000, id_="c3")
    assert sent(again) == "发货看订单页"
    assert sent(judge("发货", state, ms=70_000, id_="c4")[0]) == "发货看商品页"


def test_ids_come_from_their_causes() -> None:
    assert judge("发货") == judge("发货")
    assert judge("发货", id_="c2") != judge("发货")


@pytest.mark.parametrize(
    ("text", "policy", "why"),
    [
        ("正品吗", {}, "suggest"),
        ("发货", {"mode": "suggest"}, "suggest"),
        ("发货", {"can_send": False}, "read_only"),
        ("发货", {"can_send": False, "mode": "suggest"}, "suggest"),
        ("怎么洗涤", {"can_send": False, "max_chars": 40}, "read_only"),
        ("怎么洗涤", {"max_chars": 40}, "too_long"),
        ("发货", {"max_chars": 18, "unit": "bytes"}, ""),
        ("发货", {"max_chars": 8, "unit": "bytes"}, "too_long"),
        ("发货", {"max_chars": 6}, ""),
    ],
)
def test_what_somebody_must_look_at_first_is_held(text: str, policy: dict[str, object], why: str) -> None:
    [decision] = judge(text, session(**policy))
    assert (decision.why if isinstance(decision, Hold) else "") == why
    assert isinstance(decision, Hold | Send)


@pytest.mark.parametrize(
    ("say", "policy", "why"),
    [
        ("24小时内发货", {}, "guard:commitment.time.ship"),
        ("24小时内发货", {"promises": Promises(ship_hours=24)}, ""),
        ("24小时内发货", {"promises": Promises(ship_hours=48)}, "guard:commitment.time.ship"),
        ("支持七天无理由", {}, "guard:commitment.returns.statutory"),
        ("支持七天无理由", {"mode": "suggest"}, "suggest"),
        ("支持七天无理由", {"can_send": False}, "guard:commitment.returns.statutory"),
        ("加微信领券", {"mode": "suggest"}, "guard:offplatform.wechat"),
        ("加微信领券", {"promises": Promises(off_platform=True)}, ""),
    ],
)
def test_what_may_not_be_said_is_held_with_the_reason(say: str, policy: dict[str, object], why: str) -> None:
    matcher = Matcher(Rulebook(faqs=(FaqRule(id="q", when=(("请问",),), say=(say,)),)))
    _, [decision] = decide(session(**policy), at(1_000, comment("请问一下")), matcher)
    assert isinstance(decision, Hold | Send)
    assert (decision.why if isinstance(decision, Hold) else "") == why
    assert decision.reply.text == say


LONG = "这款建议冷水手洗，洗的时候翻面，不要拧干，平铺晾干。机洗请用洗衣袋，水温不要超过三十度，也不要和深色衣服一起洗。"


def test_an_answer_too_long_for_one_message_is_several_in_order() -> None:
    matcher = Matcher(Rulebook(faqs=(FaqRule(id="q", when=(("请问",),), say=(LONG, "看商品页")),)))
    state, decisions = decide(session(max_chars=50), at(1_000, comment("请问一下")), matcher)
    replies = [one.reply for one in decisions if isinstance(one, Send)]
    assert [reply.part for reply in replies] == [0, 1]
    assert len({reply.id for reply in replies}) == 2
    assert "".join(reply.text.split(" ", 1)[1] for reply in replies) == LONG
    assert all(len(reply.text) <= 50 for reply in replies)
    state, [served] = decide(state, at(2_000, comment("请问一下", "c2"), seq=2), matcher)
    assert isinstance(served, Credit)
    _, [later] = decide(state, at(90_000, comment("请问一下", "c3"), seq=3), matcher)
    assert isinstance(later, Send)
    assert later.reply.text == "看商品页"  # one answer was one use of the rule


def test_a_long_answer_that_is_held_is_held_whole() -> None:
    matcher = Matcher(Rulebook(faqs=(FaqRule(id="q", when=(("请问",),), say=(LONG + "加微信领券",)),)))
    _, [decision] = decide(session(max_chars=50), at(1_000, comment("请问一下")), matcher)
    assert isinstance(decision, Hold)
    assert (decision.why, decision.reply.text) == ("guard:offplatform.wechat", LONG + "加微信领券")


def test_what_a_variable_brings_in_is_judged_too() -> None:
    rules = Rulebook(faqs=(FaqRule(id="q", when=(("请问",),), say=("欢迎来{shop}",)),), variables={"shop": "全网最低价小店"})
    _, [decision] = decide(session(), at(1_000, comment("请问一下")), Matcher(rules))
    assert isinstance(decision, Hold)
    assert decision.why == "guard:absolute.superlative.everywhere"


def test_unsure_is_held_and_no_idea_is_silence() -> None:
    asked = "这件衣服多久能够送到新疆呢"
    seen = set()
    for n in range(len(asked)):
        text = asked[: len(asked) - n]
        found = MATCHER.match(text).answers
        confidence = found[0].confidence if found else 0.0
        [decision] = judge(text)
        if confidence >= AUTO:
            assert isinstance(decision, Send)
        elif confidence >= HOLD:
            assert isinstance(decision, Hold)
            assert decision.why == "unsure"
        else:
            assert isinstance(decision, Pass)
            assert decision.reason == ("unsure" if found else "no_match")
        seen.add(type(decision))
    assert seen == {Send, Hold, Pass}, "all three happen on the way from the question to nothing"


def test_a_rule_past_its_date_is_not_used() -> None:
    assert sent(judge("有优惠券吗", ms=4_999)[0]) == "今晚有券"
    assert judge("有优惠券吗", ms=5_000) == [Pass(reason="unsure", rule="coupon")]


def test_listening_says_nothing_but_sees_all() -> None:
    assert judge("发货", session(mode="listen")) == [Pass(reason="listen", rule="ship")]
    assert [type(one) for one in judge("我要退货", session(mode="listen"))] == [Flag, Schedule]


def test_a_held_draft_serves_those_who_ask_next_until_it_is_denied() -> None:
    state = session(mode="suggest")
    [held] = judge("发货", state)
    assert isinstance(held, Hold)
    assert judge("发货", state, id_="c2") == [Credit(reply_id=held.reply.id, rule="ship")]
    decide(state, at(2_000, Settled(key=held.reply.id, state="denied")), MATCHER)
    assert isinstance(judge("发货", state, id_="c3")[0], Hold)


# ── flags ──────────────────────────────────────────────────────────────────────


def test_one_issue_for_each_category_listing_its_rules_and_the_most_urgent_priority() -> None:
    decisions = judge("马上退货，我过敏了")
    issues = {one.issue.category: one.issue for one in decisions if isinstance(one, Flag)}
    assert set(issues) == {"post.return", "post.safety"}
    assert set(issues["post.return"].rules) == {"return", "return urgent"}
    assert issues["post.return"].priority == "P0"
    assert len({issue.id for issue in issues.values()}) == 2


def test_a_flagged_comment_gets_at_most_its_receipt() -> None:
    decisions = judge("我要退货，什么时候发货")
    assert [sent(one) for one in decisions if isinstance(one, Send)] == ["@小* 已登记"]
    assert [one.reply.kind for one in decisions if isinstance(one, Send)] == ["ack"]
    assert [sent(one) for one in judge("我要退货，我过敏了") if isinstance(one, Send)] == ["马上有人联系您"], "of the most urgent one"
    assert next(one for one in judge("马上退货", session(max_chars=3)) if isinstance(one, Hold)).why == "too_long"


def test_unless_the_answer_s_rule_says_otherwise() -> None:
    decisions = judge("怎么退")
    assert [sent(one) for one in decisions if isinstance(one, Send)] == ["退换看商品页"]
    assert any(isinstance(one, Flag) for one in decisions)


def test_a_receipt_is_not_repeated_to_the_same_name() -> None:
    state = session()
    assert any(isinstance(one, Send) for one in judge("我要退货", state, id_="1"))
    again = judge("退货退货", state, id_="2")
    assert [type(one) for one in again] == [Join]
    assert any(isinstance(one, Send) for one in judge("我要退货", state, id_="3", name="张三"))


def test_tags_raise_no_issue_and_abuse_is_not_answered() -> None:
    assert judge("666") == [Pass(reason="no_match")]
    assert sent(judge("666 发货吗")[0]) == "发货看商品页"
    assert judge("垃圾主播 发货吗") == [Pass(reason="moderated", rule="abuse")]


def test_history_may_be_flagged_and_is_never_answered() -> None:
    assert judge("发货", history=True) == [Pass(reason="history")]
    decisions = judge("我要退货", history=True)
    assert [type(one) for one in decisions] == [Flag, Schedule, Pass]
    assert comment_state([("flag", None, None), ("pass", None, "history")]) == "flagged"


# ── our own words ──────────────────────────────────────────────────────────────


def test_our_own_words_are_known_by_id_by_words_and_by_role() -> None:
    state = session()
    decide(state, at(1, Outgoing(key="k", text="发货看商品页货")), MATCHER)
    assert judge("发货看商品页货", state, ms=2, id_="m1") == [Pass(reason="echo", about="k")]
    decide(state, at(3, Settled(key="k", state="sent", native_id="m2")), MATCHER)
    assert judge("被平台改过的发货", state, ms=4, id_="m2") == [Pass(reason="echo")]
    for role in ("Broadcaster", "BOT", "streamer"):
        _, decisions = decide(session(), at(1, comment("发货", roles=("vip", role))), MATCHER)
        assert decisions == (Pass(reason="own"),)
    _, decisions = decide(session(), at(1, comment("发货", roles=("vip", "moderator"))), MATCHER)
    assert isinstance(decisions[0], Send)


def test_a_viewer_who_happens_to_use_the_words_of_a_held_draft_is_heard() -> None:
    state = session(mode="suggest")
    [held] = judge("正品吗", state)
    assert isinstance(held, Hold)
    [other] = judge("都是正品", state, id_="c2")
    assert other == Credit(reply_id=held.reply.id, rule="auth")
    draft = structs.replace(held.reply, text="我要退货", id="x")
    state = session()
    decide(state, at(1, Outgoing(key="x", text=draft.text)), MATCHER)
    decide(state, at(2, Settled(key="x", state="refused")), MATCHER)
    assert isinstance(judge("我要退货", state, ms=3)[0], Flag)


def test_a_viewer_who_copies_us_is_heard_once_we_know_who_we_are() -> None:
    state = session()
    decide(state, at(1, Outgoing(key="k", text="要退货请私信")), MATCHER)
    decide(state, at(2, Comment(id="m", author=Viewer(id="bot"), text="要退货请私信")), MATCHER)
    decide(state, at(3, Settled(key="k", state="sent", native_id="m")), MATCHER)
    assert isinstance(judge("要退货请私信", state, ms=4)[0], Flag)


# ── streams and what comes later ───────────────────────────────────────────────


def rules(decisions: tuple[Decision, ...]) -> list[tuple[str, int]]:
    return [(one.follow_up.rule, one.follow_up.due_at) for one in decisions if isinstance(one, Schedule)]


def test_a_stream_s_marks_schedule_what_hangs_on_them() -> None:
    state = Session(room="r")
    state, decisions = decide(state, at(1_000, StreamStarted(planned_end=500_000), stream=1), MATCHER)
    assert rules(decisions) == [("welcome", 11_000), ("last call", 380_000)]
    state, decisions = decide(state, at(2_000, StreamStarted(), stream=1), MATCHER)
    assert decisions == (Pass(reason="noted"),), "a stream that goes on does not start"
    state, decisions = decide(state, at(3_000, StreamStarted(planned_end=600_000), stream=1), MATCHER)
    assert rules(decisions) == [("last call", 480_000)]
    state, decisions = decide(state, at(4_000, StreamEnded(), stream=1), MATCHER)
    assert rules(decisions) == [(HANDOVER, 4_000), ("recap", 64_000)]
    state, _ = decide(state, at(5_000, comment("晚了"), stream=1), MATCHER)
    state, decisions = decide(state, at(6_000, StreamEnded(), stream=1), MATCHER)
    assert decisions == (Pass(reason="not_live"),), "one end, one hand-over"
    state, decisions = decide(state, at(7_000, StreamStarted(), stream=2), MATCHER)
    assert rules(decisions) == [("welcome", 17_000)]


def test_a_stream_opened_by_a_comment_has_started_unseen() -> None:
    state, _ = decide(Session(room="r"), at(1, comment("在吗"), stream=1), MATCHER)
    _, decisions = decide(state, at(2, StreamStarted(), stream=1), MATCHER)
    assert decisions == (Pass(reason="noted"),)


def test_issues_are_followed_up_by_category() -> None:
    assert rules(tuple(judge("我要退货"))) == [("status", 86_401_000)]
    assert rules(tuple(judge("我过敏了"))) == [("status", 86_401_000), ("status safety", 1_000)]
    assert rules(tuple(judge("我过敏了", session(follow_ups=False)))) == []


def test_gaps_and_receipts_are_noted() -> None:
    for event, about in ((Gap(since=1, until=2, reason=""), ""), (Settled(key="k", state="sent"), "k"), (Outgoing(key="k", text=""), "k")):
        assert decide(session(), at(1, event), MATCHER)[1] == (Pass(reason="noted", about=about),)


# ── properties ─────────────────────────────────────────────────────────────────

TEXTS = st.sampled_from(
    [
        "发货",
        "我要退货",
        "过敏 退货",
        "主播好",
        "正品吗",
        "666",
        "垃圾主播",
        "哈哈",
        "发货看商品页",
        "@小* 已登记",
        "怎么退",
        "",
        "\0\ud800",
    ]
)
COMMENTS = st.builds(
    comment,
    TEXTS,
    st.sampled_from([f"c{n}" for n in range(6)]),
    name=st.sampled_from(["小明", "", "bot"]),
    roles=st.sampled_from([(), ("bot",)]),
)
KEYS = st.sampled_from(["k1", "k2"])
EVENTS = st.one_of(
    COMMENTS,
    st.builds(StreamStarted, planned_end=st.sampled_from([None, 10**6])),
    st.just(StreamEnded()),
    st.just(Gap(since=1, until=2, reason="")),
    st.builds(Outgoing, key=KEYS, text=TEXTS),
    st.builds(
        Settled, key=KEYS, state=st.sampled_from(["sent", "refused", "expired", "in_doubt"]), native_id=st.sampled_from([None, "c1", "c2"])
    ),
)
HISTORIES = st.lists(st.tuples(EVENTS, st.integers(0, 40_000), st.booleans()), max_size=25)
POLICIES = st.builds(
    RoomPolicy, mode=st.sampled_from(["listen", "suggest", "auto"]), max_chars=st.sampled_from([5, 200]), can_send=st.booleans()
)


def journal(history: list[tuple[Recordable, int, bool]]) -> list[Recorded]:
    """The events as a journal would number them: a stream ends at its end, the next start or comment opens another."""
    recorded, now, stream, live = [], 0, 0, False
    for seq, (event, wait, old) in enumerate(history):
        now += wait
        if not live and isinstance(event, StreamStarted | Comment):
            stream, live = stream + 1, True
        recorded.append(at(now, event, seq=seq + 1, stream=stream, history=old and isinstance(event, Comment)))
        live = live and not isinstance(event, StreamEnded)
    return recorded


@settings(max_examples=150, deadline=None)
@given(HISTORIES, POLICIES)
def test_the_same_past_always_gives_the_same_decisions_and_never_none(
    history: list[tuple[Recordable, int, bool]], policy: RoomPolicy
) -> None:
    live, replayed = Session(room="r", policy=policy), Session(room="r", policy=policy)
    issues: set[str] = set()
    for recorded in journal(history):
        twin = deepcopy(live)
        live, decisions = decide(live, recorded, MATCHER)
        again, same = decide(twin, recorded, MATCHER)
        assert (again, same) == (live, decisions)
        replayed, replay = decide(replayed, recorded, MATCHER)
        assert replay == decisions
        assert decisions
        spoken = [one for one in decisions if isinstance(one, Send | Hold | Credit)]
        assert len(spoken) <= 1
        assert not (spoken and recorded.history)
        assert not (spoken and policy.mode == "listen")
        assert not (policy.mode != "auto" and any(isinstance(one, Send) for one in decisions))
        assert not (not policy.can_send and any(isinstance(one, Send) for one in decisions))
        flags = [one.issue for one in decisions if isinstance(one, Flag)]
        assert len({issue.category for issue in flags}) == len(flags)
        issues.update(issue.id for issue in flags)
        if isinstance(recorded.event, Comment):
            kinds = [(type(one).__name__.lower(), "sent", one.reason if isinstance(one, Pass) else None) for one in decisions]
            joins = [one.issue_id for one in decisions if isinstance(one, Join)]
            assert issues.issuperset(joins)
            assert (comment_state(kinds) == "flagged") == bool(flags or joins)
    assert live == replayed


@settings(max_examples=60, deadline=None)
@given(HISTORIES, st.integers(0, 25))
def test_a_session_copied_in_the_middle_goes_on_the_same(history: list[tuple[Recordable, int, bool]], cut: int) -> None:
    recorded = journal(history)
    first = Session(room="r")
    for one in recorded[:cut]:
        first, _ = decide(first, one, MATCHER)
    second = deepcopy(first)
    for one in recorded[cut:]:
        first, ours = decide(first, one, MATCHER)
        second, theirs = decide(second, one, MATCHER)
        assert ours == theirs


@given(st.text(), st.dictionaries(st.text(alphabet="ab", max_size=2), st.text(max_size=5), max_size=3))
def test_rendering_fills_once_and_keeps_the_rest(text: str, variables: dict[str, str]) -> None:
    assert render(text, {}) == text
    if "{" not in text:
        assert render(text, variables) == text


def test_a_name_is_never_read_as_a_variable() -> None:
    assert render("{viewer}，{shop}{nothing}{", {"viewer": "{shop}", "shop": "小店"}) == "{shop}，小店{nothing}{"
    assert sent(judge("主播好", name="{shop}")[0]).startswith("{*你好")
