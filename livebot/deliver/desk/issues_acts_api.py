"""What after-sales staff do over HTTP: one call for each act on an issue, and one for an act on many."""

from collections.abc import Sequence
from typing import Any

from livebot.deliver.desk import issues_models as m
from livebot.deliver.desk import room_reply
from livebot.deliver.desk.inbox import Inbox
from livebot.deliver.desk.issue_acts import IssueActs, Result
from livebot.deliver.desk.issues_api import inbox_of, known
from livebot.deliver.desk.moderation import Moderation, NeedsConfirmation, Unfit
from livebot.deliver.desk.parts import Desk
from livebot.deliver.desk.problems import Refusal
from livebot.deliver.desk.routing import Answer, Call, Route
from livebot.deliver.issue_origin import seq_of
from livebot.deliver.masking import whole
from livebot.deliver.queue import LEASE_S, Claim
from livebot.deliver.refusals import held
from livebot.keep import clock
from livebot.keep.unmask import record, unmask


def routes(desk: Desk) -> list[Route]:
    inbox = inbox_of(desk)
    return [*_claiming(inbox), *_handling(inbox), *_merging(inbox), *_speaking(desk, inbox), *_reading(desk, inbox)]


def _post(path: str, handler: Any, takes: Any, gives: Any, zh: str, en: str) -> Route:
    return Route(method="POST", path="/api/v1/issues/" + path, handler=handler, takes=takes, gives=gives, zh=zh, en=en)


async def _acts(inbox: Inbox, call: Call) -> tuple[IssueActs, str]:
    """As the caller, on the issue that is named; Refusal (404) where there is none."""
    issue = await known(inbox, call.part("id"))
    return IssueActs(inbox.queue, call.caller.name), issue.id


async def _did(inbox: Inbox, issue_id: str) -> m.Did:
    issue = await known(inbox, issue_id)
    return m.Did(state=issue.state, team=issue.team)


def _claiming(inbox: Inbox) -> list[Route]:
    def claimed(claim: Claim) -> m.Claimed:
        if not claim.won:
            lost = held(claim.holder)
            raise Refusal(409, lost.zh, lost.en, more={"holder": claim.holder, "lease_until": claim.lease_until})
        return m.Claimed(token=claim.token, lease_until=claim.lease_until, now=clock.now_ms())

    async def claim(call: Call, given: m.Claim) -> Answer:
        acts, id_ = await _acts(inbox, call)
        return claimed(await acts.claim(id_, lease=given.lease, key=given.key))

    async def take_over(call: Call, given: m.Claim) -> Answer:
        acts, id_ = await _acts(inbox, call)
        return claimed(await acts.claim(id_, lease=given.lease, take_over=True, key=given.key))

    async def release(call: Call, given: m.Release) -> Answer:
        acts, id_ = await _acts(inbox, call)
        await acts.release(id_, given.token, key=given.key)
        return await _did(inbox, id_)

    return [
        _post("{id}/claim", claim, m.Claim, m.Claimed, "认领或续期；409 说是谁在处理（holder）",
              "Claim it or renew the lease; 409 names who holds it (holder)"),
        _post("{id}/take-over", take_over, m.Claim, m.Claimed, "主管接手", "A supervisor takes it, whoever holds it"),
        _post("{id}/release", release, m.Release, m.Did, "退回", "Give it back"),
    ]  # fmt: skip


def _handling(inbox: Inbox) -> list[Route]:
    async def state(call: Call, given: m.State) -> Answer:
        acts, id_ = await _acts(inbox, call)
        await acts.move(id_, given.state, note=given.note, token=given.token, key=given.key)
        return await _did(inbox, id_)

    async def note(call: Call, given: m.Note) -> Answer:
        acts, id_ = await _acts(inbox, call)
        await acts.note(id_, given.text, key=given.key)
        return await _did(inbox, id_)

    async def hand_over(call: Call, given: m.HandOver) -> Answer:
        acts, id_ = await _acts(inbox, call)
        await acts.hand_over(id_, given.team, given.told, token=given.token, key=given.key)
        return await _did(inbox, id_)

    async def all_(call: Call, given: m.All) -> Answer:
        acts, key = IssueActs(inbox.queue, call.caller.name), given.key
        if given.act == "claim":
            found = await acts.claim_all(given.ids, lease=LEASE_S, key=key)
        elif given.act == "note":
            found = await acts.note_all(given.ids, given.text, key=key)
        elif given.act == "state":
            found = await acts.move_all(given.ids, given.state, note=given.text, key=key)
        else:
            found = await acts.hand_over_all(given.ids, given.team, given.told, key=key)
        return _results(found, call)

    return [
        _post(
            "{id}/state",
            state,
            m.State,
            m.Did,
            "改状态；跳不过去的会说为什么",
            "Its next state; an illegal jump is refused with the reason",
        ),
        _post("{id}/note", note, m.Note, m.Did, "写备注", "A note"),
        _post("{id}/hand-over", hand_over, m.HandOver, m.Did, "交给一个部门", "Hand it over to a team"),
        _post("all", all_, m.All, m.Results, "对许多问题做同一件事，每个各有结果", "One act on many issues, with a result for each"),
    ]


def _merging(inbox: Inbox) -> list[Route]:
    async def merge(call: Call, given: m.Merge) -> Answer:
        acts, id_ = await _acts(inbox, call)
        return _results(await acts.merge(id_, given.ids, note=given.note, key=given.key), call)

    async def unmerge(call: Call, given: m.Unmerge) -> Answer:
        acts, id_ = await _acts(inbox, call)
        await acts.unmerge(id_, note=given.note, key=given.key)
        return await _did(inbox, id_)

    return [
        _post("{id}/merge", merge, m.Merge, m.Results, "把别的问题并到这个", "Make others duplicates of this one"),
        _post("{id}/unmerge", unmerge, m.Unmerge, m.Did, "从别的问题里分出来", "Make a duplicate an issue of its own again"),
    ]


def _results(found: Sequence[Result], call: Call) -> m.Results:
    return m.Results(results=[m.Result(id=one.id, done=one.done, why=call.say(*one.why) if one.why else "") for one in found])


def _speaking(desk: Desk, inbox: Inbox) -> list[Route]:
    def speaking() -> Moderation:
        if desk.moderation is None:
            raise Refusal(503, "这里没有开直播间，不能回复", "there are no rooms here to reply in")
        return desk.moderation

    async def preview(call: Call, given: m.Say) -> Answer:
        issue = await known(inbox, call.part("id"))
        text = given.text.strip() or room_reply.acknowledgement(issue)
        found = room_reply.preview(speaking(), issue, text, actor=call.caller.name)
        verdict = found.verdict.verdict if found.parts or found.verdict.verdict == "block" else "unfit"
        why = call.say(*found.why) if found.why else ""
        return m.Preview(
            text=found.text, parts=found.parts, length=found.length, limit=found.limit, unit=found.unit, verdict=verdict, why=why
        )

    async def reply(call: Call, given: m.Reply) -> Answer:
        issue, who = await known(inbox, call.part("id")), call.caller.name
        text = given.text.strip() or room_reply.acknowledgement(issue)
        try:
            said = await room_reply.reply(inbox.queue, speaking(), issue, text, actor=who, key=given.key, confirmed=given.confirmed)
        except NeedsConfirmation as error:
            raise Refusal(428, error.zh, error.en) from None
        except Unfit as error:
            raise Refusal(422, error.zh, error.en) from None
        return m.Said(id=said.id, text=said.text, code=said.code)

    return [
        _post("{id}/reply/preview", preview, m.Say, m.Preview, "这样回复行不行", "Whether this may be said in the room"),
        _post("{id}/reply", reply, m.Reply, m.Said, "在直播间回复；428 是要人担保依据", "Reply in the room; 428 wants confirmation"),
    ]


def _reading(desk: Desk, inbox: Inbox) -> list[Route]:
    async def read(call: Call, given: m.Unmask) -> Answer:
        issue = await known(inbox, call.part("id"))
        who, reason = call.caller, given.reason.strip() and f"{given.field}: {given.reason}"
        if given.field in ("text", "author"):
            found = await unmask(desk.journal, issue.id, actor=who.name, role=who.role, reason=reason)
            return m.Unmasked(field=given.field, text=whole(found.text if given.field == "text" else found.author.name))
        if given.field not in issue.handover:
            raise Refusal(404, "没有写这一项", "there is no such field")
        room = issue.fields.get("room", "")
        await record(desk.journal, actor=who.name, role=who.role, reason=reason, room=room, seq=seq_of(desk.journal, issue))
        return m.Unmasked(field=given.field, text=whole(issue.handover[given.field]))

    return [
        _post(
            "{id}/unmask",
            read,
            m.Unmask,
            m.Unmasked,
            "看一项没打码的，要写理由，会留记录",
            "Read one field unmasked, for a reason, on record",
        )
    ]
