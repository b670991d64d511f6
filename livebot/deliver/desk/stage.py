"""The streamer's page and the overlay over HTTP: what stands there now, and "I said it"."""

from dataclasses import dataclass, field
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from livebot.decide.figures import Question
from livebot.decide.recap import public
from livebot.decide.stage import Stage, step
from livebot.deliver.desk import acts, daemon, undo
from livebot.deliver.desk.alerts import alerts
from livebot.deliver.desk.asking import Asking
from livebot.deliver.desk.moderation import Moderation
from livebot.deliver.desk.parts import Desk
from livebot.deliver.desk.problems import Refusal
from livebot.deliver.desk.routing import Call, Model, Route
from livebot.deliver.masking import whole
from livebot.keep import clock, freeze
from livebot.keep.said import saying, unsaying

LOOK_MS: Final = 500  # however many pages are open
PUSH_MS: Final = 1_000
Room = Annotated[str, Field(max_length=200)]


class OfRoom(Model):
    """room "": the first one that is on air."""

    room: Room = ""


class AskedView(Model):
    """viewers: how many different people ask it."""

    id: str
    text: str
    viewers: int


class AlertView(Model):
    """code: room | frozen | price | gap | raid | queue; text: in the caller's language."""

    code: str
    text: str


class StageView(Model):
    """At most one of these changes in five seconds. changed_at, now: Unix ms."""

    room: str
    rooms: list[str]
    question: AskedView | None
    alert: AlertView | None
    changed_at: int
    now: int


class Said(OfRoom):
    """id: of the question."""

    id: Annotated[str, Field(pattern="^[0-9a-f]{16}$")]


class Credited(Model):
    """viewers: how many had asked; batch: to take it back with."""

    viewers: int
    batch: str


class Back(Model):
    batch: Annotated[str, Field(pattern="^[0-9a-f]{16}$")]


class Shown(OfRoom):
    """show: the latest answers of livebot, or the question that most viewers ask; lines: how many answers."""

    show: Literal["answers", "question"] = "answers"
    lines: Annotated[int, Field(ge=1, le=5)] = 2


class OverlayView(Model):
    """The latest line last. viewers: how many ask it, of a question."""

    lines: list[str]
    viewers: int = 0


@dataclass(slots=True)
class _Room:
    asking: Asking
    stage: Stage = field(default_factory=Stage)
    looked: int = 0


def routes(desk: Desk, stages: "Stages") -> list[Route]:
    acting = Moderation(journal=desk.journal, policies={})

    async def look(call: Call, given: OfRoom) -> StageView:
        room = stages.room(given.room)
        shown = stages.look(room)
        question, alert = shown.question, shown.alert
        return StageView(
            room=room,
            rooms=list(desk.rooms),
            question=AskedView(id=question.id, text=whole(question.text), viewers=question.viewers) if question else None,
            alert=AlertView(code=alert.code, text=whole(call.say(alert.zh, alert.en))) if alert else None,
            changed_at=max(0, shown.changed_at),
            now=clock.now_ms(),
        )

    async def said(call: Call, given: Said) -> Credited:
        asking = stages.of(stages.room(given.room)).asking
        now, who = clock.now_ms(), call.caller.name
        asking.look(now)
        question = next((one for one in asking.questions(now) if one.id == given.id), None)
        if question is None:
            raise Refusal(409, "已经答过了，或者没人再问了", "it is answered already, or nobody asks it any more")
        if reply := asking.held_reply(given.id, now):
            done = await acts.aloud(acting, reply, actor=who)
            return Credited(viewers=question.viewers, batch=done.batch)
        batch = acts.new_batch()
        await desk.journal.write(saying(asking.stream, given.id, asking.askers(given.id), batch, who))
        return Credited(viewers=question.viewers, batch=batch)

    async def take_back(call: Call, given: Back) -> None:
        if not await desk.journal.write(unsaying(given.batch)):
            await undo.undo(acting, actor=call.caller.name, batch=given.batch)
        stages.forget()

    async def overlay(_: Call, given: Shown) -> OverlayView:
        room = stages.room(given.room)
        if given.show == "question":
            found = stages.look(room).question
            fit = found and public(Question(text=found.text, viewers=found.viewers, times=found.viewers))
            return OverlayView(lines=[whole(found.text)], viewers=found.viewers) if found and fit else OverlayView(lines=[])
        return OverlayView(lines=[whole(text) for text in _answers(desk, room, given.lines)])

    return [
        Route(method="GET", path="/api/v1/stage", handler=look, takes=OfRoom, gives=StageView,
              zh="主播现在该看到的：问得最多的一个问题，一条提醒", en="What the streamer should see now"),
        Route(method="POST", path="/api/v1/stage/said", handler=said, takes=Said, gives=Credited,
              zh="说过了：问的人都算答过", en="I said it: whoever asked is credited"),
        Route(method="POST", path="/api/v1/stage/undo", handler=take_back, takes=Back, zh="撤回“说过了”", en='Take "I said it" back'),
        Route(method="GET", path="/api/v1/overlay", handler=overlay, takes=Shown, gives=OverlayView,
              zh="给直播画面的文字", en="Text for a browser source"),
    ]  # fmt: skip


def _answers(desk: Desk, room: str, lines: int) -> list[str]:
    """The latest answers, the latest last. The picture is where livebot speaks in a room that it cannot write to: what it would have said
    by itself, unless somebody rejected it or the red button is pressed, and what the streamer said aloud."""
    shown = "state = 'sent'"
    policy = desk.moderation.policies.get(room) if desk.moderation else None
    if policy and not policy.can_send and not freeze.pressed(desk.folder):
        shown = "(state IN ('sent', 'aloud') OR (state IN ('held', 'expired') AND why = 'read_only'))"
    sql = f"SELECT text FROM replies WHERE stream = ? AND {shown} AND kind = 'answer' ORDER BY coalesce(sent_at, created_at) DESC, seq DESC"
    return [text for (text,) in reversed(desk.journal.read(f"{sql} LIMIT ?", (desk.journal.stream_of(room), lines)))]


class Stages:
    """One stage for each room, the same for all who look; nothing is worked out while nobody does."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rooms: dict[str, _Room] = {}

    def room(self, wanted: str) -> str:
        """Raises Refusal where there is none of that name."""
        rooms = self._desk.rooms
        if wanted and wanted not in rooms:
            raise Refusal(404, "没有这个直播间", "there is no such room")
        if not rooms:
            raise Refusal(404, "没有打开的直播间", "no room is open")
        return wanted or next((name for name in rooms if self._desk.journal.is_live(name)), rooms[0])

    def of(self, room: str) -> _Room:
        return self._rooms.setdefault(room, _Room(Asking(self._desk.journal, room)))

    def look(self, room: str, every: int = LOOK_MS) -> Stage:
        """What stands there, not older than so many ms."""
        found, now = self.of(room), clock.now_ms()
        if not 0 <= now - found.looked < every:
            found.looked = now
            found.asking.look(now)
            status = daemon.status_of(self._desk).model_dump()
            told = alerts(status, found.asking, self._desk.facts(), now)
            found.stage = step(found.stage, found.asking.questions(now), told, now)
        return found.stage

    def changes(self) -> list[dict[str, Any]]:
        """When each room's stage changed last."""
        return [{"id": room, "changed_at": max(0, self.look(room, PUSH_MS).changed_at)} for room in self._desk.rooms]

    def forget(self) -> None:
        """Questions that were left out are read anew."""
        for one in self._rooms.values():
            one.asking.stream = -1
