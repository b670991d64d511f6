"""The load: a crowd that never stops writing into the rooms of a practice platform, and remembers all it wrote."""

import asyncio
import random
from dataclasses import dataclass, field

from livebot.decide.actions import action_id
from livebot.simulate.bridge import BridgeServer
from livebot.simulate.recording import Line

RULES = """
["crash.freight"]
when = ["包邮"]
say = ["运费看下单页", "填好地址就能看到运费"]
cooldown = 0
["crash.coupon"]
when = ["优惠券"]
say = "优惠券在左上角，点一下就能领"
cooldown = "2s"
["crash.fabric"]
when = ["什么料子"]
say = "料子写在详情页第二张图"
cooldown = 1
mode = "suggest"
["crash.refund"]
category = "post.refund"
when = ["退款"]
ack = "{viewer} 已登记，请看店铺客服消息"
["crash.damaged"]
category = "post.damaged"
when = ["碎了"]
["crash.missing"]
category = "post.missing"
when = ["少发"]
["crash.complaint"]
category = "any.complaint"
when = ["投诉"]
["crash.reminder"]
after = "issue + 4s"
only_if = ["issue_open"]
say = "{viewer} 的问题还没处理"
["crash.hello"]
after = "stream_started + 1s"
say = "欢迎来到{shop}"
["crash.recap"]
after = "stream_ended + 0s"
say = "今天登记了 {issues} 个问题，都在处理"
"""

# what is written, and the categories of the issues that must come of it
REFUND, DAMAGED, MISSING, COMPLAINT = "post.refund", "post.damaged", "post.missing", "any.complaint"
CHATTER = ("来啦来啦", "主播今天气色真好", "哈哈哈哈", "第一次来，关注了", "这个颜色衬肤色", "晚上好呀", "刚下班赶过来", "弹幕好快")
QUESTIONS = ("新疆包邮吗", "包邮不", "优惠券在哪领", "有优惠券吗", "这件什么料子", "外套什么料子的呀")
ISSUES = (
    ("上周的退款怎么还没到", (REFUND,)),
    ("收到的时候杯子碎了", (DAMAGED,)),
    ("少发了一双袜子", (MISSING,)),
    ("再不处理我要投诉了", (COMPLAINT,)),
    ("碗碎了，退款也不给退", (REFUND, DAMAGED)),
    ("少发一件还不退款，我要投诉", (REFUND, MISSING, COMPLAINT)),
)
EXPECTED = dict(ISSUES)
VIEWERS = 120
BURSTS = (0, 0, 1, 2, 2, 3, 12)  # comments per room and tick: about 60 a second in each
TICK_S = 0.05


@dataclass
class Crowd:
    """Writes into every room of `server` until told to `rest`; ids count up within a room, so order can be seen in them."""

    server: BridgeServer
    rooms: tuple[str, ...]
    random: random.Random
    written: dict[str, list[Line]] = field(default_factory=dict)
    resting: bool = False

    async def run(self) -> None:
        while True:
            if not self.resting:
                for name in self.rooms:
                    self.write(name, self.random.choice(BURSTS))
            await asyncio.sleep(TICK_S)

    def write(self, name: str, count: int) -> None:
        lines = self.written.setdefault(name, [])
        play = self.server.play(name)
        for _ in range(count):
            viewer = self.random.randrange(VIEWERS)
            line = Line(id=f"{name}-{len(lines)}", t_ms=0, text=self._words(), user=f"u{viewer}", name=f"观众{viewer}")
            lines.append(line)
            play.push(line)

    def _words(self) -> str:
        dice = self.random.random()
        if dice < 0.12:
            return self.random.choice(ISSUES)[0]
        return self.random.choice(QUESTIONS if dice < 0.35 else CHATTER)

    def turn(self) -> None:
        """Every room's broadcast ends and the next one begins."""
        for name in self.rooms:
            self.server.play(name).post({"type": "stream_ended"})
            self.server.play(name).post({"type": "stream_started"})

    @property
    def comments(self) -> int:
        return sum(map(len, self.written.values()))

    def issues(self) -> dict[str, tuple[str, str]]:
        """The id of every issue that must come of what was written → (comment, category)."""
        return {
            action_id(name, line.id, category): (line.id, category)
            for name, lines in self.written.items()
            for line in lines
            for category in EXPECTED.get(line.text, ())
        }
