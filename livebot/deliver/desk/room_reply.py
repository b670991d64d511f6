"""Staff answer an issue in the room, through the bot: by the guard and the limits of every text, with a code that may be said in public."""

import re
import secrets
import sqlite3
from dataclasses import dataclass
from typing import Final

from livebot.decide import guard
from livebot.decide.actions import action_id
from livebot.deliver.desk.acts import fit
from livebot.deliver.desk.judging import Judged, judge
from livebot.deliver.desk.moderation import Moderation
from livebot.deliver.issue_origin import seq_of
from livebot.deliver.masking import masked, whole
from livebot.deliver.queue import IssueQueue, QueuedIssue
from livebot.keep import clock, outbox
from livebot.keep.outbox import OutboxRow
from livebot.language import say

KIND: Final = "staff"
EXPIRY_MS: Final = 10 * 60_000  # how long it may wait in the outbox
LETTERS: Final = "234679CDFGHJKMNPRTY"  # nothing that reads like something else, no vowels and no VX or WX: no words
LENGTH: Final = 6  # 47 million codes: nobody finds one by trying
_COPIED: Final = ("seq", "room", "stream", "kind", "rule", "reply_to", "state", "expires_at", "actor", "origin")
_DIGIT: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomReply:
    """id: in the outbox, where its state is; text: what is said; code: the issue's receipt; judged: by the platform and the guard."""

    id: str
    text: str
    code: str
    judged: Judged


def acknowledgement(issue: QueuedIssue) -> str:
    """What may always be said in public: nothing of what was bought or what happened to it."""
    author = issue.fields.get("author", "")
    text = say("已登记，请看店铺客服消息，码 {code}", "noted, please see the shop's messages, code {code}")
    return (f"@{author} " if author else "") + text


async def receipt_code(queue: IssueQueue, issue_id: str) -> str:
    """The issue's code, made when it is first asked for. Raises Rejected for an unknown issue."""
    while True:
        if code := await queue.receipt(issue_id, new_code()):
            return code


def new_code() -> str:
    """At least a digit and a letter in it, so that it reads as a code; none that the guard takes for something else."""
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        if 0 < len(_DIGIT.findall(code)) < LENGTH and guard.judge(f"码 {code}").verdict == "ok":
            return code


async def reply(
    queue: IssueQueue, desk: Moderation, issue: QueuedIssue, text: str, *, actor: str, key: str = "", confirmed: bool = False
) -> RoomReply:
    """Puts the text into the outbox, {code} in it becoming the issue's receipt code, and writes it into the issue's history.

    key: the same text asked for again with the same key leaves once. Raises Unfit for what cannot be said so (also: in a room that is not
    this computer's), NeedsConfirmation for what needs evidence unless `confirmed`, Rejected for an unknown issue.
    """
    code = await receipt_code(queue, issue.id)
    said = text.strip().replace("{code}", code)
    key = key or secrets.token_hex(8)
    row = _row(desk, issue, said, action_id("staff", issue.id, key), actor)
    judged = fit(desk, row, said, confirmed=confirmed)
    await desk.journal.write(lambda conn: _enter(conn, row, judged.parts))
    await queue.note(issue.id, actor, whole(masked(said)), act="reply", key=key)
    return RoomReply(id=row.id, text=said, code=code, judged=judged)


def preview(desk: Moderation, issue: QueuedIssue, text: str, *, actor: str) -> Judged:
    """What would be said, and whether it may be; nothing is changed. A code that was not made yet stands as one of the same length."""
    said = text.strip().replace("{code}", issue.receipt or LETTERS[:2] + LETTERS[-LENGTH + 2 :])
    return judge(desk, _row(desk, issue, said, action_id("staff", issue.id, "preview"), actor), said)


def _row(desk: Moderation, issue: QueuedIssue, text: str, reply_id: str, actor: str) -> OutboxRow:
    """Each is a rule of its own to the outbox: what became of an earlier answer does not hold up a later one."""
    room, now = issue.fields.get("room", ""), clock.now_ms()
    return OutboxRow(
        id=reply_id,
        seq=seq_of(desk.journal, issue) or 0,
        room=room,
        stream=desk.journal.stream_of(room),
        kind=KIND,
        rule=f"staff.{reply_id}",
        text=text,
        reply_to=issue.fields.get("comment_id") or None,
        state="queued",
        why=None,
        created_at=now,
        expires_at=now + EXPIRY_MS,
        version=1,
        actor=actor,
        origin="moderator",
    )


def _enter(conn: sqlite3.Connection, row: OutboxRow, parts: tuple[str, ...]) -> None:
    """Once, whatever is asked again: the id comes from the issue and the key."""
    names = ("id", "text", "created_at", "changed_at", *_COPIED)
    insert = f"INSERT OR IGNORE INTO replies ({', '.join(names)}) VALUES ({','.join('?' * len(names))})"
    for part, text in enumerate(parts):
        id_ = outbox.part_id(row.id, part) if part else row.id
        conn.execute(insert, (id_, text, row.created_at + part, row.created_at, *(getattr(row, name) for name in _COPIED)))
