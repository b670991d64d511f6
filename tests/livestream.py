"""A stream that really went through journal, engine and outbox, for tests of what comes after it."""

from dataclasses import dataclass, field

from livebot.decide.events import Comment, Recordable, StreamEnded, StreamStarted, Viewer
from livebot.decide.matching import Matcher
from livebot.decide.rulebook import FaqRule, FlagRule, FollowUpRule, Rulebook
from livebot.decide.session import RoomPolicy
from livebot.engine import Engine
from livebot.keep import clock, outbox
from livebot.keep.journal import Journal
from livebot.keep.storing import count

MINUTE = 60_000
FREIGHT = FaqRule(id="freight", when=(("包邮",),), say=("运费看下单页。",))
COUPON = FaqRule(id="coupon", when=(("优惠券",),), say=("优惠券在左上角，点一下就能领。",))
SIZE = FaqRule(id="size", when=(("尺码",),), say=("尺码看详情页",), mode="suggest")
REFUND = FlagRule(id="refund", category="post.refund", priority="P2", when=(("退款",),), ack=("已登记，请看店铺客服消息",))
SAFETY = FlagRule(id="safety", category="post.safety", priority="P0", when=(("过敏",),))


def rulebook(*follow_ups: FollowUpRule) -> Rulebook:
    return Rulebook(faqs=(FREIGHT, COUPON, SIZE), flags=(REFUND, SAFETY), follow_ups=follow_ups)


@dataclass
class Stream:
    """One room; every event is journalled and decided at once."""

    journal: Journal
    room: str = "r"
    book: Rulebook = field(default_factory=rulebook)
    policy: RoomPolicy = field(default_factory=RoomPolicy)
    engine: Engine = field(init=False)
    said: int = 0

    def __post_init__(self) -> None:
        self.engine = Engine(journal=self.journal, matcher=Matcher(self.book), policies={self.room: self.policy})

    @property
    def id(self) -> int:
        return self.journal.stream_of(self.room)

    async def happens(self, *events: Recordable, at: int | None = None, history: bool = False) -> None:
        for event in events:
            saved = self.journal.append(self.room, event, received_at=at, history=history)
        await saved
        while await self.engine.step():
            pass

    async def starts(self, planned_end: int | None = None, at: int | None = None) -> None:
        self.journal.reconnected(self.room)
        await self.happens(StreamStarted(planned_end=planned_end), at=at)

    async def comment(self, text: str, *, user: str = "u", at: int | None = None, id_: str = "", history: bool = False) -> None:
        self.said += 1
        who = Viewer(id=user, name=f"{user}的昵称")
        await self.happens(Comment(id=id_ or f"{self.room}{self.said}", author=who, text=text), at=at, history=history)

    async def ends(self, at: int | None = None) -> None:
        await self.happens(StreamEnded(), at=at)

    async def deliver(self, state: str = "sent", kind: str = "%") -> int:
        """Everything queued leaves and ends in `state`; returns how many."""
        rows = outbox.rows(self.journal, "state = 'queued' AND room = ? AND kind LIKE ?", (self.room, kind))
        for row in rows:
            assert await outbox.take(self.journal, row)
            taken = outbox.rows(self.journal, "id = ?", (row.id,))[0]
            assert await outbox.settle(self.journal, taken, state, native_id=f"n{row.id}")
        while await self.engine.step():
            pass
        return len(rows)

    async def count(self, name: str, n: int = 1) -> None:
        await self.journal.write(lambda conn: count(conn, self.id, name, n))


def ago(minutes: float) -> int:
    return clock.now_ms() - int(minutes * MINUTE)
