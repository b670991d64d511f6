"""Little dialogues: what belongs together is one answer or one issue, nobody is lost, and what is unclear stays apart.

A line is "who: what", seconds apart unless "+seconds " stands before it. The second column has one outcome for each line.
"""

from collections.abc import Sequence
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livebot.decide.actions import Credit, Decision, Flag, Hold, Join, Pass, Schedule, Send
from livebot.decide.echoes import form, raid_key, says_also
from livebot.decide.events import Comment, Recorded, Settled, StreamStarted, Viewer
from livebot.decide.matching import Matcher
from livebot.decide.memory import CROWD, CROWDS, KEPT, KNOWN, NEAR, SHARE, MergeLimits, raised
from livebot.decide.merging import MOST_JOINED
from livebot.decide.policy import decide
from livebot.decide.rulebook import FaqRule, FlagRule, Rulebook
from livebot.decide.session import RoomPolicy, Session
from livebot.decide.states import comment_state

BOOK = Rulebook(
    faqs=(
        FaqRule(id="ship", category="pre.ship_when", when=(("什么时候发",), ("啥时候发",), ("when", "ship")), say=("发货时间看商品页",)),
        FaqRule(id="auth", category="pre.auth", when=(("正品",),), say=("都有授权书",), mode="suggest"),
        FaqRule(id="wash", category="pre.spec", when=(("怎么洗",),), say=("洗法看吊牌",)),
        FaqRule(id="care", category="pre.spec", when=(("能机洗",),), say=("洗法看吊牌",)),
    ),
    flags=(
        FlagRule(id="urge", category="mid.urge_ship", when=(("没发货",), ("不发货",), ("not", "shipped")), ack=("@{viewer} 已登记",)),
        FlagRule(id="refund", category="post.refund", when=(("退款",), ("refund",))),
        FlagRule(id="broken", category="post.damaged", when=(("碎了",), ("漏了",))),
        FlagRule(id="invoice", category="any.invoice", when=(("发票",),)),
        FlagRule(id="complaint", category="any.complaint", when=(("投诉",),)),
        FlagRule(id="human", category="any.human", when=(("客服不回",),)),
        FlagRule(id="privacy", category="any.privacy", when=(("身份证号",),)),
        FlagRule(id="order", category="order.intent", when=(("扣1",), ("要了",))),
        FlagRule(id="praise", category="any.feedback", when=(("质量很好",),)),
        FlagRule(id="social", category="any.social", when=(("主播好美",),)),
        FlagRule(id="abuse", category="any.abuse", when=(("垃圾主播",),)),
    ),
)
MATCHER = Matcher(BOOK)

DIALOGUES = [
    # ── paraphrases are one answer ──
    ("甲: 什么时候发 | 乙: 啥时候发呀", "send credit"),
    ("甲: 什么时候发 | +70 乙: 啥时候发呀", "send send"),
    ("甲: 是正品吗 | 乙: 正品不", "hold credit"),
    ("甲: 是正品吗 | 乙: 同问 | 丙: 保证正品吗", "hold credit/also credit"),
    ("甲: 怎么洗 | 乙: 能机洗吗", "send credit"),
    ("甲: when do you ship | 乙: when will it ship", "send credit"),
    # ── me too, after a question ──
    ("甲: 什么时候发 | 乙: 同问", "send credit/also"),
    ("甲: 什么时候发 | 乙: 我也想知道", "send credit/also"),
    ("甲: 什么时候发 | 乙: 同问+1", "send credit/also"),
    ("甲: 什么时候发 | 乙: +1", "send credit/also"),
    ("甲: 什么时候发 | 乙: 蹲一个答案", "send credit/also"),
    ("甲: when do you ship | 乙: same question", "send credit/also"),
    ("甲: 什么时候发 | sent | 乙: 同问", "send pass:answered"),
    ("甲: 什么时候发 | expired | 乙: 同问", "send hold:asked_again"),
    ("甲: 是正品吗 | denied | 乙: 同问", "hold pass:denied"),
    ("甲: 什么时候发 | +61 乙: 同问", "send pass:no_match"),
    ("甲: 这件有蓝的吗 | 乙: 同问", "pass:no_match pass:same_question"),
    ("甲: 主播吃了吗 | 甲: 同问", "pass:no_match pass:no_match"),
    # ── me too, after an issue ──
    ("甲: 还没发货 | 乙: 我也是", "flag also"),
    ("甲: 还没发货 | 乙: 我也是！！", "flag also"),
    ("甲: 还没发货 | 乙: 俺也一样", "flag also"),
    ("甲: 还没发货 | 乙: +1", "flag also"),
    ("甲: 还没发货 | 乙: 我的也是", "flag also"),
    ("甲: 还没发货 | 乙: 我也没有", "flag also"),
    ("甲: 还没发货 | 乙: 同样的问题", "flag also"),
    ("甲: 怎么还不发货 | 乙: 同问", "flag also"),
    ("甲: it has not shipped | 乙: me too", "flag also"),
    ("甲: it has not shipped | 乙: same here!", "flag also"),
    ("甲: 還沒發貨 | 乙: 我也是", "flag also"),
    ("甲: 还没发货 | 乙: 我也没发货", "flag also"),
    ("甲: 还没发货 | 乙: 我的也没发货，急", "flag also"),
    ("甲: 要退款 | 乙: 碎了 | 丙: 我也要退款", "flag flag also"),
    ("甲: 要退款 | 乙: 碎了 | 丙: 我也是", "flag flag also"),
    ("甲: 还没发货 | 乙: 我也是 | 丙: 我也是", "flag also also"),
    ("甲: 还没发货 | +50 乙: 我也是 | +50 丙: 我也是", "flag also also"),
    ("甲: 还没发货 | 乙: 哈哈哈 | 丙: 666 | 丁: 我也是", "flag pass:no_match pass:no_match also"),
    ("甲: 还没发货 | 乙: 主播好美 | 丁: 我也是", "flag pass:no_match also"),
    ("?: 还没发货 | ?: 我也是", "flag also"),
    # ── me too, to something else ──
    ("乙: 我也是", "pass:no_match"),
    ("甲: 还没发货 | 甲: 我也是", "flag pass:no_match"),
    ("甲: 还没发货 | +61 乙: 我也是", "flag pass:no_match"),
    ("甲: 还没发货 | +61 乙: 我也没发货", "flag flag"),
    ("甲: 还没发货 | 丙: 我是广东的 | 乙: 我也是", "flag pass:no_match pass:no_match"),
    ("甲: 还没发货 | 丙: 质量很好 | 乙: 我也是", "flag pass:no_match pass:no_match"),
    ("甲: 还没发货 | 丙: 要了 | 乙: +1", "flag pass:no_match pass:no_match"),
    ("甲: 还没发货 | 播: 想要的打+1 | 乙: +1", "flag pass:own pass:no_match"),
    ("甲: 质量很好 | 乙: 我也是", "pass:no_match pass:no_match"),
    ("甲: 扣1 | 乙: +1 | 丙: +1", "pass:no_match pass:no_match pass:no_match"),
    ("甲: 碎了 | 乙: 我也没发货", "flag flag"),
    ("甲: 我电话13800000000 | 乙: 我也是", "flag pass:no_match"),
    ("甲: 没发货，电话13800000000 | 乙: 我也是", "flag+flag also"),
    ("甲: 没发货 | 甲: 电话13800000000 | 甲: 理我一下", "flag flag attention"),
    ("甲: 我电话13800000000 | 甲: 理我一下", "flag pass:no_match"),
    ("甲: 还没发货 | 乙: 我的不发货了吗", "flag flag"),
    ("甲: 还没发货 | 乙: 我也要一件", "flag pass:no_match"),
    ("甲: 还没发货 | 乙: 我也是今天第一次来看这个直播间的感觉还不错哦大家好", "flag pass:no_match"),
    # ── the same viewer again ──
    ("甲: 还没发货 | 甲: 到底发不发，还没发货", "flag repeat"),
    ("甲: 还没发货 | +599 甲: 三天了没发货", "flag repeat"),
    ("甲: 还没发货 | +601 甲: 三天了没发货", "flag flag"),
    ("甲: 还没发货 | +7000 甲: 还没发货！！", "flag repeat"),
    ("甲: 还没发货 | 甲: 要退款", "flag flag"),
    ("甲: 还没发货要退款 | 甲: 还没发货", "flag+flag repeat"),
    ("甲: 还没发货 | 甲: 还没发货要退款", "flag repeat+flag"),
    ("甲: 还没发货 | 乙: 我也是 | 乙: 我的还没发货", "flag also repeat"),
    ("?: 还没发货 | ?: 还没发货", "flag flag"),
    ("甲: 还没发货 | start | 甲: 还没发货", "flag flag"),
    # ── look at me ──
    ("甲: 还没发货 | 甲: 主播看看我", "flag attention"),
    ("甲: 还没发货 | 甲: 回我一下", "flag attention"),
    ("甲: 还没发货 | 甲: 怎么不理人", "flag attention"),
    ("甲: 还没发货 | 甲: 问三遍了", "flag attention"),
    ("甲: 还没发货 | 甲: 没人理我", "flag attention"),
    ("甲: 还没发货 | 甲: 看不见我吗", "flag attention"),
    ("甲: it has not shipped | 甲: please answer me", "flag attention"),
    ("甲: it has not shipped | 甲: i asked three times", "flag attention"),
    ("甲: 还没发货 | 甲: 客服不回我", "flag attention"),
    ("甲: 客服不回我", "flag"),
    ("甲: 什么时候发 | 甲: 客服不回我", "send flag"),
    ("甲: 还没发货 | 乙: 主播看看我", "flag pass:no_match"),
    ("甲: 主播看看我", "pass:no_match"),
    ("?: 还没发货 | ?: 主播看看我", "flag pass:no_match"),
    ("甲: 是正品吗 | 甲: 问三遍了", "hold credit/attention"),
    ("甲: 是正品吗 | expired | 甲: 怎么不理人", "hold hold:asked_again"),
    ("甲: 是正品吗 | sent | 甲: 怎么不理人", "hold pass:answered"),
    ("甲: 还没发货 | 甲: 是正品吗 | 甲: 回我一下", "flag hold credit/attention"),
    ("甲: 是正品吗 | 甲: 还没发货 | 甲: 回我一下", "hold flag attention"),
]  # fmt: skip


def outcome(decisions: Sequence[Decision]) -> str:
    said = []
    for one in decisions:
        match one:
            case Join(how=how):
                said.append(how)
            case Credit(how=how):
                said.append(f"credit/{how}" if how else "credit")
            case Hold(why=why):
                said.append("hold" if why == "suggest" else f"hold:{why}")
            case Pass(reason=reason):
                said.append(f"pass:{reason}")
            case Send(reply=reply) if reply.kind == "ack":
                pass
            case Schedule():
                pass
            case _:
                said.append(type(one).__name__.lower())
    return "+".join(said)


class Room:
    """A session that is told lines, and remembers what was decided."""

    def __init__(self, limits: MergeLimits = MergeLimits(), matcher: Matcher = MATCHER) -> None:
        self.session, self.matcher = Session(room="r", policy=RoomPolicy(merging=limits), stream=1, live=True), matcher
        self.now, self.seq, self.stream = 1_000_000, 0, 1
        self.decided: list[tuple[Recorded, tuple[Decision, ...]]] = []
        self.reply = ""

    def says(self, who: str, text: str, after: float = 1.0) -> tuple[Decision, ...]:
        self.seq += 1
        roles = ("streamer",) if who == "播" else ()
        viewer = Viewer() if who == "?" else Viewer(id=f"u-{who}", name=f"{who}某某", roles=roles)
        return self.happens(Comment(id=f"c{self.seq}", author=viewer, text=text), after)

    def happens(self, event: Comment | Settled | StreamStarted, after: float = 0.0) -> tuple[Decision, ...]:
        self.now += int(after * 1000)
        self.seq += 1
        recorded = Recorded(seq=self.seq, room="r", stream=self.stream, received_at=self.now, event=event)
        self.session, decisions = decide(self.session, recorded, self.matcher)
        self.decided.append((recorded, decisions))
        self.reply = next((one.reply.id for one in decisions if isinstance(one, Send | Hold)), self.reply)
        return decisions

    def line(self, line: str) -> str | None:
        if line == "start":
            self.stream += 1
            self.happens(StreamStarted())
            return None
        if ": " not in line:
            self.happens(Settled(key=self.reply, state=line))
            return None
        after, _, rest = line.removeprefix("+").partition(" ") if line.startswith("+") else ("1", "", line)
        who, _, text = rest.partition(": ")
        return outcome(self.says(who, text, float(after)))


@pytest.mark.parametrize(("dialogue", "expected"), DIALOGUES, ids=[dialogue for dialogue, _ in DIALOGUES])
def test_dialogue(dialogue: str, expected: str) -> None:
    room = Room()
    assert [said for line in dialogue.split(" | ") if (said := room.line(line)) is not None] == expected.split()


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("|")]


ALSO = lines(
    "我也是 | 俺也一样 | 我也一样 | 我的也是 | 同问 | 同求 | +1 | 加1 | 同样的问题 | 我也没收到 | 我家的也是 | 咱也是"
    "| 我也遇到了 | 我也想问 | 蹲 | me too | same | same here | mine too | me neither | same problem here | so do i"
)
NOT_ALSO = lines(
    "我也要 | 我也买了 | 我也喜欢 | 我也去 | 一样一样的红包 | 1 | 11 | 要 | 也是 | 是 | 同款 | 同城 | 同意 | 好的 | 我也是服了这个主播"
    "| too cute | same price as yesterday | following you since may"
)
ATTENTION = lines(
    "主播看看我 | 回我一下 | 回复我一下 | 理我一下 | 看我一眼 | 怎么不理人 | 为什么不回我 | 咋没人理 | 没人回我 | 问三遍了"
    "| 都问5遍了 | 发了好几遍 | 看不到我 | 无视我 | 理理我呗 | 回答我的问题 | 主播翻我一下"
    "| 一直在问 | answer me | why are you ignoring me | i asked 3 times"
    "| notice me | nobody is answering"
)
NOT_ATTENTION = lines(
    "看看这个 | 看一下3号 | 理想 | 回头客 | 回家了 | 第三次买了 | 我看看 | 问一下价格 | 人不错 | 不理解"
    "| 看我的吧家人们都来 | no one is better | 三遍不够 | 说一遍 | 我理解"
)


@pytest.mark.parametrize("line", ALSO)
def test_me_too(line: str) -> None:
    assert form(line) == "also"


@pytest.mark.parametrize("line", ATTENTION)
def test_look_at_me(line: str) -> None:
    assert form(line) == "attention"


@pytest.mark.parametrize("line", [*NOT_ALSO, *NOT_ATTENTION])
def test_neither(line: str) -> None:
    assert form(line) == ""


def test_a_line_may_name_its_own_problem_and_say_too() -> None:
    assert says_also("我的也碎了")
    assert says_also("my order not shipped too")
    assert not says_also("也许没发货")
    assert not says_also("还没发货")


# ── priorities ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("base", "category", "insistence", "expected"),
    [
        ("P2", "mid.urge_ship", 0, "P2"), ("P2", "mid.urge_ship", 1, "P2"), ("P2", "mid.urge_ship", 2, "P1"),
        ("P2", "mid.urge_ship", 9, "P1"), ("P3", "any.invoice", 2, "P2"), ("P3", "any.invoice", 4, "P1"), ("P1", "post.wrong", 4, "P1"),
        ("P1", "any.complaint", 2, "P0"), ("P0", "post.safety", 0, "P0"), ("P0", "post.safety", 9, "P0"), ("P4", "post.return", 9, "P2"),
    ],
)  # fmt: skip
def test_whoever_comes_back_is_more_urgent(base: str, category: str, insistence: int, expected: str) -> None:
    assert raised(base, category, insistence) == expected


def priorities(*lines: str) -> list[str]:
    room = Room()
    for line in lines:
        room.line(line)
    return [one.priority for _, made in room.decided for one in made if isinstance(one, Join)]


def test_the_second_repeat_raises_and_so_does_one_call_for_attention() -> None:
    assert priorities("甲: 没发货", "甲: 没发货", "甲: 没发货", "甲: 没发货") == ["P2", "P1", "P1"]
    assert priorities("甲: 没发货", "甲: 问三遍了") == ["P1"]
    assert priorities("甲: 要发票", "甲: 问三遍了", "甲: 要发票", "甲: 要发票") == ["P2", "P2", "P1"]
    assert priorities("甲: 没发货", "乙: 我也是", "丙: 我也是", "丁: 我也是") == ["P2", "P2", "P2"], "many are counted, not urgent"


def test_repeats_name_the_first_issue() -> None:
    room = Room()
    [flag] = [one for one in room.says("甲", "还没发货") if isinstance(one, Flag)]
    joins = [one for text in ("还没发货", "真没发货", "怎么不理人") for one in room.says("甲", text) if isinstance(one, Join)]
    assert {one.issue_id for one in joins} == {flag.issue.id}
    assert [one.how for one in joins] == ["repeat", "repeat", "attention"]


def test_whoever_joins_is_told_that_they_were_heard() -> None:
    room = Room()
    room.says("甲", "还没发货")
    [join, receipt] = room.says("乙", "我也是")
    assert isinstance(join, Join)
    assert isinstance(receipt, Send)
    assert (receipt.reply.kind, receipt.reply.text) == ("ack", "@乙* 已登记")


def test_a_full_issue_takes_nobody_more_and_another_begins() -> None:
    room = Room()
    room.says("甲", "还没发货", 0.1)
    told = [room.says(f"v{n}", "我也是", 0.1) for n in range(MOST_JOINED + 2)]
    kinds = [outcome(made) for made in told]
    assert kinds == ["also"] * MOST_JOINED + ["flag", "also"]
    first, second = (one for _, made in room.decided for one in made if isinstance(one, Flag))
    assert first.issue.id != second.issue.id
    assert second.issue.category == "mid.urge_ship"


# ── raids ──────────────────────────────────────────────────────────────────────


def settled_room(limits: MergeLimits = MergeLimits()) -> Room:
    """A room that is no longer all newcomers."""
    room = Room(limits)
    for n in range(60):
        room.says(f"常客{n % 12}", f"今天天气第{n}次不错", 5.0)
    return room


RAIDS = [
    ("这家店欺骗消费者大家快跑", "raid"),
    ("这家店欺骗消费者大家快跑{n}", "raid"),
    ("垃圾主播骗子滚出直播间", "raid"),
    ("this shop is a total scam run away", "raid"),
    ("666666666", ""),
    ("哈哈哈哈哈哈哈哈", ""),
    ("扣1扣1扣1抢到了", ""),
    ("要了要了快上链接", ""),
    ("主播好美主播好美啊", ""),
    ("质量很好大家放心买", ""),
    ("请问一下什么时候发货啊", ""),
    ("要要要", ""),
    ("我也是", ""),
    ("{n}{n}{n}{n}{n}{n}", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), RAIDS)
def test_one_text_from_many_new_accounts(text: str, expected: str) -> None:
    room = settled_room()
    told = [outcome(room.says(f"新{n}", text.replace("{n}", str(n)), 1.0)) for n in range(12)]
    assert [("raid" if "raid" in one else "") for one in told] == [""] * 7 + [expected] * 5


def test_old_acquaintances_are_no_raid_and_neither_are_the_first_minutes() -> None:
    room = settled_room()
    assert not any("raid" in outcome(room.says(f"常客{n}", "大家一起喊主播加油", 1.0)) for n in range(12))
    room = Room()
    assert not any("raid" in outcome(room.says(f"新{n}", "大家一起喊主播加油", 1.0)) for n in range(12))


def test_slow_or_few_is_no_raid_and_it_can_be_turned_off() -> None:
    text = "这家店欺骗消费者大家快跑"
    room = settled_room()
    assert not any("raid" in outcome(room.says(f"新{n}", text, 6.0)) for n in range(12))
    room = settled_room()
    assert not any("raid" in outcome(room.says(f"新{n % 7}", text, 0.5)) for n in range(40))
    room = settled_room(MergeLimits(raid_viewers=0))
    assert not any("raid" in outcome(room.says(f"新{n}", text, 0.5)) for n in range(40))


def test_a_raid_over_an_issue_is_one_issue_from_its_naming_on_and_is_never_answered() -> None:
    room = settled_room()
    told = [room.says(f"新{n}", "黑心店家快给大家退款", 1.0) for n in range(12)]
    assert [outcome(made) for made in told] == ["flag"] * 7 + ["raid+pass:raid"] * 5
    assert len({one.issue_id for made in told for one in made if isinstance(one, Join)}) == 1
    raids = {one.about for made in told for one in made if isinstance(one, Pass)}
    assert len(raids) == 1
    assert outcome(room.says("新0", "黑心店家快给大家退款", 30.0)) == "repeat+pass:raid"
    assert outcome(room.says("新99", "黑心店家快给大家退款", 61.0)) == "flag", "it is over"


# ── what always holds ──────────────────────────────────────────────────────────

TEXTS = (
    "还没发货", "我也没发货", "我也是", "同问", "什么时候发", "是正品吗", "怎么不理人", "要退款", "还没发货要退款", "哈哈", "我是广东的",
    "质量很好", "+1", "投诉", "黑心店家快给大家退款",
)  # fmt: skip
LINES = st.lists(
    st.tuples(st.sampled_from("甲乙丙丁?"), st.sampled_from(TEXTS), st.sampled_from([0.1, 1.0, 30.0, 70.0, 700.0])), min_size=1, max_size=40
)


@settings(max_examples=150, deadline=None)
@given(LINES)
def test_nobody_who_reported_something_is_absent_and_every_comment_has_its_state(lines: list[tuple[str, str, float]]) -> None:
    room = Room(MergeLimits(raid_viewers=3))
    issues: set[str] = set()
    for who, text, after in lines:
        made = room.says(who, text, after)
        assert made
        raises = {hit.rule.category for hit in MATCHER.match(text).flags if hit.rule.raises_issue}
        found = {one.issue.category for one in made if isinstance(one, Flag)} | {one.category for one in made if isinstance(one, Join)}
        assert raises <= found, "nobody is lost"
        issues |= {one.issue.id for one in made if isinstance(one, Flag)}
        assert all(one.issue_id in issues for one in made if isinstance(one, Join)), "only what is there is joined"
        flagged = bool(found)
        kinds = [(type(one).__name__.lower(), "sent", one.reason if isinstance(one, Pass) else None) for one in made]
        assert (comment_state(kinds) == "flagged") == flagged


@settings(max_examples=50, deadline=None)
@given(LINES)
def test_the_same_events_give_the_same_decisions(lines: list[tuple[str, str, float]]) -> None:
    room = Room(MergeLimits(raid_viewers=3))
    for line in lines:
        room.says(*line)
    session = Session(room="r", policy=room.session.policy, stream=1, live=True)
    for recorded, made in deepcopy(room.decided):
        session, again = decide(session, recorded, MATCHER)
        assert again == made
    assert session == room.session


def test_the_memory_is_bounded() -> None:
    room = Room()
    for n in range(KNOWN + 100):
        room.says(f"v{n}", f"一句很普通的话{chr(0x4E00 + n % 5000)}{chr(0x4E00 + n // 5000)}" if n % 3 else "还没发货", 0.01)
    memory = room.session.memory
    assert len(memory.known) == KNOWN
    assert len(memory.told) == KEPT
    assert len(memory.crowds) <= CROWDS
    assert max(map(len, memory.crowds.values())) <= CROWD
    assert (len(memory.near), len(memory.fresh)) == (NEAR, SHARE)
    assert max(map(len, (memory.joined, memory.asked, memory.drafts, memory.fates, memory.raids))) <= KEPT


def test_a_new_stream_begins_with_an_empty_memory() -> None:
    room = Room()
    room.says("甲", "还没发货")
    room.line("start")
    assert not room.session.memory.told
    assert not room.session.memory.known


@pytest.mark.parametrize(("text", "key"), [("太假了吧123", ""), ("大家别买假货9", "大家别买假货"), ("哈" * 40, ""), ("a" * 200, "")])
def test_what_a_raid_may_be_made_of(text: str, key: str) -> None:
    assert raid_key(text) == key
