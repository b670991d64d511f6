"""What moderators see and do over HTTP: the held replies, and one call for each act on one of them or on all that match."""

from collections.abc import Awaitable, Callable
from typing import Any

from livebot.deliver.desk import acts, bulk, judging, undo
from livebot.deliver.desk import held_models as m
from livebot.deliver.desk.context import around, askers
from livebot.deliver.desk.held import card, cards, doubts, held, leaving
from livebot.deliver.desk.moderation import Moderation, NeedsConfirmation, Unfit
from livebot.deliver.desk.problems import Refusal
from livebot.deliver.desk.routing import Answer, Call, Model, Route
from livebot.deliver.desk.views import in_chunks
from livebot.keep import acts as done_acts
from livebot.keep import clock, outbox


def listed(desk: Moderation, given: m.WantedPage) -> m.Held:
    at, _, id_ = given.after.partition("/")
    found = held(desk, given.filter(), (int(at), id_) if id_ else None, given.limit)
    return m.Held(
        cards=found.cards,
        total=found.total,
        after=f"{found.after[0]}/{found.after[1]}" if found.after else None,
        put_off=found.put_off,
        next_back=found.next_back,
        leaving=leaving(desk, given.room),
        doubts=doubts(desk, given.room),
        now=clock.now_ms(),
    )


def changed(desk: Moderation) -> Callable[[Any], Awaitable[list[Any]]]:
    """The stream's view of replies for moderators: whole cards of what waits for a person, of the rest what it became and by whom."""

    async def view(ids: Any) -> list[Any]:
        found = in_chunks(ids, lambda marks, some: outbox.rows(desk.journal, f"id IN ({marks})", some))
        waiting = [row for row in found if row.state in {"held", "in_doubt"} or (row.state == "queued" and row.actor)]
        told: list[Any] = list(cards(desk, waiting))
        for row in found:
            if row not in waiting:
                done = done_acts.last(desk.journal, row.id) if row.actor else None
                told.append({"id": row.id, "state": row.state, "version": row.version, "actor": row.actor, "act": done.act if done else ""})
        return told

    return view


def routes(desk: Moderation | None) -> list[Route]:
    """desk: None where nobody moderates, as in tests of everything else: the calls are there, and say so."""
    return [*_looking(desk), *_acting(desk), *_all_at_once(desk)]


def needed(desk: Moderation | None) -> Moderation:
    if desk is None:
        raise Refusal(503, "这里没有审核台", "nothing is moderated here")
    return desk


def _known(desk: Moderation | None, call: Call) -> tuple[Moderation, str]:
    """Raises Refusal where there is no such reply."""
    found, id_ = needed(desk), call.part("id")
    if not outbox.rows(found.journal, "id = ?", (id_,)):
        raise Refusal(404, "没有这条回复", "there is no such reply")
    return found, id_


async def _telling(done: Awaitable[acts.Done]) -> m.Did:
    try:
        found = await done
    except NeedsConfirmation as error:
        raise Refusal(428, error.zh, error.en) from None
    except Unfit as error:
        raise Refusal(422, error.zh, error.en) from None
    return m.Did(act=found.act, batch=found.batch, ids=found.ids, at=found.at, now=clock.now_ms())


def _looking(desk: Moderation | None) -> list[Route]:
    async def list_(_: Call, given: m.WantedPage) -> Answer:
        return listed(needed(desk), given)

    async def one(call: Call) -> Answer:
        own, id_ = _known(desk, call)
        found = card(own, id_)
        assert found is not None
        seq = found.comment.seq if found.comment else None
        lines = around(own.journal, seq) if seq else ()
        return m.WithContext(card=found, around=lines, askers=askers(own.journal, id_), now=clock.now_ms())

    async def judge(call: Call, given: m.Judge) -> Answer:
        own, id_ = _known(desk, call)
        found = judging.judge(own, acts.read(own, id_), given.text.strip())
        zh, en = found.why or ("", "")
        verdict = found.verdict.verdict if found.parts or found.verdict.verdict == "block" else "unfit"
        return m.Judged(
            parts=found.parts, length=found.length, limit=found.limit, unit=found.unit, verdict=verdict, why_zh=zh, why_en=en,
            contradicts=found.contradicts,
        )  # fmt: skip

    return [
        Route(method="GET", path="/api/v1/held", handler=list_, takes=m.WantedPage, gives=m.Held,
              zh="等审核的回复，快过期的在前", en="The held replies, the most perishable first"),
        Route(method="GET", path="/api/v1/held/{id}", handler=one, gives=m.WithContext,
              zh="一条回复和它的上下文", en="One reply in its context"),
        Route(method="POST", path="/api/v1/held/{id}/judge", handler=judge, takes=m.Judge, gives=m.Judged,
              zh="改成这样说行不行", en="Whether a text may be said instead"),
    ]  # fmt: skip


def _acting(desk: Moderation | None) -> list[Route]:
    async def approve(call: Call, given: m.Approve) -> Answer:
        own, id_ = _known(desk, call)
        who, seen = call.caller.name, given.version
        return await _telling(acts.approve(own, id_, actor=who, version=seen, text=given.text, confirmed=given.confirmed))

    async def reject(call: Call, given: m.Reject) -> Answer:
        own, id_ = _known(desk, call)
        return await _telling(acts.reject(own, id_, actor=call.caller.name, reason=given.reason, version=given.version))

    async def aloud(call: Call, given: m.Plain) -> Answer:
        own, id_ = _known(desk, call)
        return await _telling(acts.aloud(own, id_, actor=call.caller.name, version=given.version))

    async def snooze(call: Call, given: m.Snooze) -> Answer:
        own, id_ = _known(desk, call)
        return await _telling(acts.snooze(own, id_, given.seconds, actor=call.caller.name, version=given.version))

    async def settle(call: Call, given: m.Settle) -> Answer:
        own, id_ = _known(desk, call)
        return await _telling(acts.settle_doubt(own, id_, appeared=given.appeared, actor=call.caller.name, version=given.version))

    async def again(call: Call) -> Answer:
        own, id_ = _known(desk, call)
        return await _telling(acts.say_again(own, id_, actor=call.caller.name))

    def route(name: str, handler: Any, takes: type[Model] | None, zh: str, en: str) -> Route:
        return Route(method="POST", path=f"/api/v1/held/{{id}}/{name}", handler=handler, takes=takes, gives=m.Did, zh=zh, en=en)

    return [
        route("approve", approve, m.Approve, "通过，可以改写；428 是要人担保依据", "Approve, as it is or edited; 428 wants confirmation"),
        route("reject", reject, m.Reject, "不发", "Reject"),
        route("aloud", aloud, m.Plain, "主播口头说过了", "The streamer said it"),
        route("snooze", snooze, m.Snooze, "推后", "Put off"),
        route("settle", settle, m.Settle, "不确定发没发的：出现了没有", "Settle a doubt: it appeared, or it did not"),
        route("again", again, None, "确认没出现的，再发一次", "Say again what did not appear"),
    ]


def _all_at_once(desk: Moderation | None) -> list[Route]:
    async def preview(_: Call, given: m.Wanted) -> Answer:
        found = bulk.preview(needed(desk), given.filter())
        return m.Preview(count=found.count, digest=found.digest)

    async def act(call: Call, given: m.All) -> Answer:
        own, wanted, who = needed(desk), given.filter.filter(), call.caller.name
        done = await bulk.act_on_all(own, wanted, given.digest, given.act, actor=who, reason=given.reason, seconds=given.seconds)
        return m.DidAll(act=done.act, batch=done.batch, ids=done.ids, left=_left(done.left), new=done.new, now=clock.now_ms())

    async def take_back(call: Call, given: m.Undo) -> Answer:
        if not given.batch and not given.reply:
            raise Refusal(422, "要说清楚撤回哪一步", "name the batch or the reply")
        done = await undo.undo(needed(desk), actor=call.caller.name, batch=given.batch, reply_id=given.reply)
        return m.Undone(ids=done.ids, late=_left(done.late))

    return [
        Route(method="POST", path="/api/v1/held/preview", handler=preview, takes=m.Wanted, gives=m.Preview,
              zh="符合筛选的有多少", en="How many match"),
        Route(method="POST", path="/api/v1/held/all", handler=act, takes=m.All, gives=m.DidAll,
              zh="对预览过的一次处理完", en="One act on all that was previewed"),
        Route(method="POST", path="/api/v1/held/undo", handler=take_back, takes=m.Undo, gives=m.Undone,
              zh="撤回一步", en="Take an act back"),
    ]  # fmt: skip


def _left(found: tuple[tuple[str, str, str], ...]) -> tuple[m.Left, ...]:
    return tuple(m.Left(id=id_, zh=zh, en=en) for id_, zh, en in found)
