"""A moderator's acts on one reply, each by compare-and-set: of two moderators one wins, and the other is told who and what."""

import secrets
import time
from dataclasses import dataclass

from livebot.decide.actions import action_id
from livebot.decide.recap import shown
from livebot.deliver.desk.judging import Judged, judge
from livebot.deliver.desk.moderation import Moderation, NeedsConfirmation, TooLate, Unfit
from livebot.errors import Rejected
from livebot.keep import acts, clock, outbox
from livebot.keep.acts import Act, Work
from livebot.keep.outbox import OutboxRow

IN_TIME_MS = 2_000  # an approved text leaves at least so long before it expires, should the undo window be longer
NOTICE_MS = 10_000  # what was put off is back so long before it expires
SNOOZE_S = 600.0  # the longest
DID = {
    "approve": ("通过了", "approved it"),
    "edit": ("改写后通过了", "edited and approved it"),
    "reject": ("拒绝了", "rejected it"),
    "aloud": ("标了主播已口头回答", "marked it as answered aloud"),
    "snooze": ("推后了", "put it off"),
    "again": ("要求再发一次", "had it said again"),
    "appeared": ("确认已经发出", "confirmed that it appeared"),
    "lost": ("确认没有发出", "confirmed that it did not appear"),
    "undo": ("撤回了上一步", "took the last act back"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What an act came to. batch: for `undo`. ids: the replies it changed (a new one for `say_again`).

    at: when the text leaves or the draft comes back, Unix ms; 0 where neither. judged: of the text that was approved.
    """

    act: str
    batch: str
    ids: tuple[str, ...]
    at: int = 0
    judged: Judged | None = None


async def approve(
    desk: Moderation, reply_id: str, *, actor: str, version: int | None = None, text: str | None = None, confirmed: bool = False
) -> Done:
    """held → queued, with `text` in place of the draft if given; it leaves once the undo window is over.

    version: of the card that the moderator saw; None takes the reply as it is. Raises TooLate; Unfit for what cannot be said so;
    NeedsConfirmation for an edited text that needs evidence, unless `confirmed`.
    """
    row = await find(desk, reply_id, "held", version)
    said = row.text if text is None else text.strip()
    edited = said != row.text
    judged = fit(desk, row, said, confirmed=confirmed or not edited)
    batch = new_batch()
    await settle(desk, row, approving(desk, row, judged, batch, actor))
    return Done(act="edit" if edited else "approve", batch=batch, ids=(row.id,), at=leaves_at(desk, row), judged=judged)


async def reject(desk: Moderation, reply_id: str, *, actor: str, reason: str = "", version: int | None = None) -> Done:
    """held → denied. Raises TooLate."""
    row, batch = await find(desk, reply_id, "held", version), new_batch()
    await settle(desk, row, rejecting(desk, row, reason, batch, actor))
    return Done(act="reject", batch=batch, ids=(row.id,))


async def aloud(desk: Moderation, reply_id: str, *, actor: str, version: int | None = None) -> Done:
    """held → aloud: the streamer said it. Whoever asked is credited, whoever asks within the rule's cooldown will be, and whatever else
    waits in the room with the same answer is done with too. Raises TooLate."""
    row, batch = await find(desk, reply_id, "held", version), new_batch()
    await settle(desk, row, acts.saying_aloud(desk.journal, row, batch, actor))
    return Done(act="aloud", batch=batch, ids=tuple(one.reply for one in acts.acts(desk.journal, "batch = ? ORDER BY id", (batch,))))


async def snooze(desk: Moderation, reply_id: str, seconds: float, *, actor: str, version: int | None = None) -> Done:
    """Puts a draft off; it is back in time before it expires. Raises TooLate, Rejected where too little time is left for that."""
    row, batch = await find(desk, reply_id, "held", version), new_batch()
    until = back_at(row, seconds)
    await settle(desk, row, acts.putting_off(row, until, batch, actor))
    return Done(act="snooze", batch=batch, ids=(row.id,), at=until)


async def settle_doubt(desk: Moderation, reply_id: str, *, appeared: bool, actor: str, version: int | None = None) -> Done:
    """in_doubt → sent or refused, by somebody who looked at the room. Raises TooLate."""
    row, batch, act = await find(desk, reply_id, "in_doubt", version), new_batch(), "appeared" if appeared else "lost"
    move = outbox.settling(desk.journal, row, "sent" if appeared else "refused", reason="by_hand", actor=actor)
    await settle(desk, row, acts.acting(move, batch, actor, act, row))
    return Done(act=act, batch=batch, ids=(row.id,))


async def say_again(desk: Moderation, reply_id: str, *, actor: str) -> Done:
    """A doubtful reply of which somebody confirmed that it did not appear, as a new one; `OutboxRow.again` names the old one.

    Raises TooLate where it was done already, Rejected for a reply that was never in doubt, Unfit where it cannot be said any more.
    """
    row = read(desk, reply_id)
    if row.state != "refused" or row.why != "by_hand":
        zh, en = "只有确认没发出去的，才能再发一次", "only what was confirmed not to have appeared can be said again"
        raise Rejected(zh, en)
    fit(desk, row, row.text, confirmed=True)
    now, batch, id_ = clock.now_ms(), new_batch(), action_id("again", row.id)
    policy, undo = desk.policies[row.room], int(desk.undo * 1000)
    work = acts.saying_again(row, id_, now + undo + int(policy.expiry * 1000), now + undo, batch, actor)
    if not await desk.journal.write(work):
        raise too_late(desk, read(desk, id_))
    return Done(act="again", batch=batch, ids=(id_,), at=now + undo)


# ── what acts are made of, for one reply and for many ──────────────────────────


def new_batch() -> str:
    return secrets.token_hex(8)


def approving(desk: Moderation, row: OutboxRow, judged: Judged, batch: str, actor: str) -> Work:
    first, more = judged.parts[0], judged.parts[1:]
    edited = judged.text != row.text
    move = outbox.settling(
        desk.journal,
        row,
        "queued",
        actor=actor,
        text=first if first != row.text else None,
        origin="moderator" if edited else row.origin,
        more=more,
        not_before=leaves_at(desk, row),
    )
    return acts.acting(move, batch, actor, "edit" if edited else "approve", row)


def rejecting(desk: Moderation, row: OutboxRow, reason: str, batch: str, actor: str) -> Work:
    move = outbox.settling(desk.journal, row, "denied", reason=shown(reason, 200), actor=actor)
    return acts.acting(move, batch, actor, "reject", row)


def leaves_at(desk: Moderation, row: OutboxRow) -> int:
    """When (Unix ms) a text leaves that is approved now: after the undo window, but while it is still worth something."""
    now = clock.now_ms()
    return max(now, min(now + int(desk.undo * 1000), row.expires_at - IN_TIME_MS))


def back_at(row: OutboxRow, seconds: float) -> int:
    """When (Unix ms) a draft comes back that is put off now. Raises Rejected."""
    now = clock.now_ms()
    until = min(now + int(min(max(seconds, 1.0), SNOOZE_S) * 1000), row.expires_at - NOTICE_MS)
    if until <= now:
        left = max(0, row.expires_at - now) // 1000
        raise Rejected(f"还有 {left} 秒就过期了，不能再推后", f"it expires in {left} s and cannot be put off")
    return until


def fit(desk: Moderation, row: OutboxRow, text: str, *, confirmed: bool) -> Judged:
    """The text, fit to be said. Raises Unfit, NeedsConfirmation."""
    judged = judge(desk, row, text)
    if not judged.parts:
        zh, en = judged.why or ("", "")
        raise Unfit(zh, en, judged)
    if judged.why and not confirmed:
        raise NeedsConfirmation(*judged.why, judged)
    return judged


async def settle(desk: Moderation, row: OutboxRow, work: Work) -> None:
    """Raises TooLate where somebody was first."""
    if not await desk.journal.write(work):
        raise too_late(desk, read(desk, row.id))


def read(desk: Moderation, reply_id: str) -> OutboxRow:
    """Raises Rejected where there is none."""
    found = outbox.rows(desk.journal, "id = ?", (reply_id,))
    if not found:
        raise Rejected(f"没有编号为 {shown(reply_id, 40)} 的回复", f"there is no reply {shown(reply_id, 40)}")
    return found[0]


async def find(desk: Moderation, reply_id: str, state: str, version: int | None) -> OutboxRow:
    """The reply, if it still is what the moderator saw. Raises TooLate, Rejected."""
    row = read(desk, reply_id)
    if row.state == "held" and row.expires_at <= clock.now_ms():
        await outbox.settle(desk.journal, row, "expired")
        row = read(desk, reply_id)
    if row.state != state or version not in {None, row.version}:
        raise too_late(desk, row)
    return row


def too_late(desk: Moderation, row: OutboxRow) -> TooLate:
    """Who was first, and what they did."""
    done = acts.last(desk.journal, row.id)
    when = time.strftime("%H:%M:%S", time.localtime(row.changed_at / 1000))
    if row.state == "expired":
        zh, en = f"这条已经过期了（{when}），没有发出", f"this one expired at {when} and was not said"
    elif row.state == "in_doubt":
        zh, en = "这条不确定有没有发出去，请先看直播间再确认", "this one is in doubt: look at the room and settle it"
    elif done and done.version == row.version:
        return _beaten(row, done, when)
    elif row.state == "held":
        zh, en = "这条还在等审核，内容有变化，请再看一眼", "this one waits for approval and has changed: look again"
    elif row.state in {"queued", "sending", "sent"}:
        zh, en = f"这条已经在发了（{row.state}，{when}）", f"this one is being said already ({row.state} at {when})"
    else:
        zh, en = f"这条已经处理过了：{when} 变成 {row.state}", f"this one was dealt with: {row.state} at {when}"
    if row.actor and row.state not in {"held", "expired"}:
        zh, en = f"{shown(row.actor, 40)} 抢先了一步。{zh}", f"{shown(row.actor, 40)} was first. {en}"
    return TooLate(zh, en, reply=row.id, state=row.state, actor=row.actor, act=done.act if done else "", at=row.changed_at)


def _beaten(row: OutboxRow, done: Act, when: str) -> TooLate:
    zh, en = DID.get(done.act, (done.act, done.act))
    who = shown(done.actor, 40)
    text = shown(row.text, 60) if done.act == "edit" else ""
    return TooLate(
        f"{who} 抢先了一步：{when} {zh}" + (f"，改成“{text}”" if text else ""),
        f"{who} was first: {en} at {when}" + (f', as "{text}"' if text else ""),
        reply=row.id,
        state=row.state,
        actor=done.actor,
        act=done.act,
        at=done.at,
    )
