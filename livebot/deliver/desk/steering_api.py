"""How bold livebot is, who is answering what, and what the rules were taught, over HTTP."""

from typing import Annotated, Literal

from pydantic import Field

from livebot.decide.session import Mode
from livebot.deliver.desk import modes, quieting, teach
from livebot.deliver.desk.held_api import needed
from livebot.deliver.desk.held_models import Short
from livebot.deliver.desk.moderation import Moderation
from livebot.deliver.desk.problems import Refusal
from livebot.deliver.desk.routing import Answer, Call, Model, Route
from livebot.keep import clock
from livebot.keep.steering import LONGEST_S, Lease


class Modes(Model):
    """What is in force by room, and by rule where somebody set it; rules: the mode of every rule that answers, as its file says."""

    modes: tuple[modes.Set, ...]
    rules: dict[str, Mode]


class SetMode(Model):
    """room "" is all rooms; rule "" the room itself; mode "" is back to what is configured."""

    room: Short = ""
    rule: Short = ""
    mode: Literal["", "listen", "suggest", "auto"]


class Quieted(Model):
    """now: Unix ms."""

    leases: tuple[Lease, ...]
    now: int


class Begin(Model):
    """Either a viewer (the pseudonym that a card shows) or a topic (a rule or a category)."""

    room: Short
    viewer: Short = ""
    topic: Short = ""
    seconds: Annotated[float, Field(ge=1, le=LONGEST_S)] = quieting.LEASE_S


class End(Model):
    room: Short
    viewer: Short = ""
    topic: Short = ""


class Teach(Model):
    """phrasing: instead of the comment's own words. preview: nothing is written."""

    phrasing: Short | None = None
    preview: bool = False


class Taught(Model):
    """file, and what changes in it as `diff -u` shows it."""

    rule: str
    phrasing: str
    file: str
    diff: str


class Phrasings(Model):
    """What was taught, by rule."""

    taught: dict[str, list[str]]


class Forget(Model):
    rule: Short
    phrasing: Short


def routes(desk: Moderation | None) -> list[Route]:
    return [*_modes(desk), *_quiet(desk), *_teaching(desk)]


def _modes(desk: Moderation | None) -> list[Route]:
    def now() -> Modes:
        own = needed(desk)
        return Modes(modes=modes.modes(own), rules=modes.configured_modes(own.book()))

    async def look(_: Call) -> Answer:
        return now()

    async def set_(call: Call, given: SetMode) -> Answer:
        own = needed(desk)
        await modes.set_mode(own, given.mode, actor=call.caller.name, room=given.room, rule=given.rule)
        return now()

    return [
        Route(method="GET", path="/api/v1/modes", handler=look, gives=Modes, zh="现在是什么模式", en="The modes in force"),
        Route(method="PUT", path="/api/v1/modes", handler=set_, takes=SetMode, gives=Modes, zh="换模式", en="Switch a mode"),
    ]


def _quiet(desk: Moderation | None) -> list[Route]:
    def now() -> Quieted:
        return Quieted(leases=quieting.leases(needed(desk)), now=clock.now_ms())

    async def look(_: Call) -> Answer:
        return now()

    async def begin(call: Call, given: Begin) -> Answer:
        own = needed(desk)
        _room(own, given.room)
        await quieting.lease(own, actor=call.caller.name, **given.model_dump())
        return now()

    async def end(call: Call, given: End) -> Answer:
        own = needed(desk)
        _room(own, given.room)
        if bool(given.viewer) == bool(given.topic):
            raise Refusal(422, "要说清楚是哪位观众，或者哪个话题", "name a viewer or a topic, one of them")
        await quieting.release(own, actor=call.caller.name, **given.model_dump())
        return now()

    return [
        Route(method="GET", path="/api/v1/quiet", handler=look, gives=Quieted, zh="谁正在回答什么", en="Who is answering what"),
        Route(method="PUT", path="/api/v1/quiet", handler=begin, takes=Begin, gives=Quieted,
              zh="开始或继续自己回答，livebot 在那里不说话", en="Begin or go on answering; livebot is quiet there"),
        Route(method="DELETE", path="/api/v1/quiet", handler=end, takes=End, gives=Quieted, zh="回答完了", en="Done answering"),
    ]  # fmt: skip


def _teaching(desk: Moderation | None) -> list[Route]:
    def told(found: teach.Taught) -> Taught:
        return Taught(rule=found.rule, phrasing=found.phrasing, file=found.file, diff=found.diff)

    async def look(_: Call) -> Answer:
        return Phrasings(taught=teach.phrasings(needed(desk)))

    async def do(call: Call, given: Teach) -> Answer:
        who, id_, words = call.caller.name, call.part("id"), given.phrasing
        return told(await teach.teach_comment(needed(desk), id_, actor=who, phrasing=words, preview=given.preview))

    async def forget(call: Call, given: Forget) -> Answer:
        return told(await teach.forget(needed(desk), given.rule, given.phrasing, actor=call.caller.name))

    return [
        Route(method="GET", path="/api/v1/taught", handler=look, gives=Phrasings, zh="教过规则哪些说法", en="What the rules were taught"),
        Route(method="POST", path="/api/v1/held/{id}/teach", handler=do, takes=Teach, gives=Taught,
              zh="把观众的说法教给规则；preview 只看会改什么", en="Teach the rule this phrasing; preview writes nothing"),
        Route(method="DELETE", path="/api/v1/taught", handler=forget, takes=Forget, gives=Taught,
              zh="忘掉教过的一句", en="Forget a phrasing"),
    ]  # fmt: skip


def _room(desk: Moderation, room: str) -> None:
    if room not in desk.policies:
        raise Refusal(404, "没有这个直播间", "there is no such room")
