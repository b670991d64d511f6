"""What belongs to an issue in this computer's journal, masked: what was said around it, what was on air, and what its viewer had before."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from livebot.decide.recap import shown
from livebot.decide.shop.facts import NO_FACTS, Facts
from livebot.deliver.desk.context import Said, comment_of, lines
from livebot.deliver.desk.inbox import Inbox, Item, Wanted
from livebot.deliver.issue_origin import seq_of
from livebot.deliver.queue import QueuedIssue
from livebot.keep.figures import snapshot
from livebot.keep.journal import Journal
from livebot.keep.seal import ERASED

AROUND_MS: Final = 60_000
MOST: Final = 200  # lines before, and lines after
EARLIER: Final = 20  # comments, issues, replies
REACH: Final = 500_000  # events that are gone through for a viewer's earlier comments

_ON_AIR: Final = (
    "SELECT kind, extra FROM events WHERE kind IN ('on_air', 'stream_ended') AND seq <= ? AND stream = ? ORDER BY seq DESC LIMIT 1"
)
_EARLIER: Final = (
    "SELECT seq FROM events WHERE seq < ?1 AND seq > ?1 - ?2 AND viewer = ?3 AND room = ?4 AND kind = 'comment' ORDER BY seq DESC LIMIT ?5"
)


_ORDERS: Final = (
    "SELECT seq FROM events WHERE seq < ?1 + ?2 AND seq > ?1 - ?2 AND viewer = ?3 AND room = ?4 AND kind = 'order'"
    " ORDER BY seq DESC LIMIT ?5"
)


ERASED_WHY: Final = ("原话已经删除，或过了保存期", "the original was erased, or its retention is over")
GONE: Final = ("这条弹幕后来在直播间里被删除了", "this comment was deleted from the room afterwards")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A text that livebot has for the viewer. at: Unix ms; state: as in the outbox (decide/states.py)."""

    id: str
    at: int
    text: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """why: (zh, en) why there is nothing but what the queue itself carries; or that the comment is gone; else None.

    comment: None for an issue that no comment raised; around: all that was said a minute before and after, at most 200 lines each way;
    on_air: the product, as its number and name; comments, replies: the viewer's earlier ones, the latest first; issues: their other ones;
    orders: what platforms told of their orders (of the order itself where the buyer is hidden), the latest first.
    """

    why: tuple[str, str] | None
    comment: Said | None = None
    around: tuple[Said, ...] = ()
    on_air: str = ""
    comments: tuple[Said, ...] = ()
    replies: tuple[Told, ...] = ()
    issues: tuple[Item, ...] = ()
    orders: tuple[Said, ...] = ()


async def evidence(journal: Journal, inbox: Inbox, issue: QueuedIssue, facts: Facts = NO_FACTS) -> Evidence:
    """Of an issue as the inbox shows it. Raises Unavailable while the queue is away. To read what is masked: keep.unmask, with its id."""
    others = await _issues(inbox, issue)
    seq = seq_of(journal, issue)
    if seq is None:
        return Evidence(why=_elsewhere(issue), around=_carried(issue), issues=others)
    comment = comment_of(journal, seq)
    if comment is None:
        return Evidence(why=None, issues=others)
    room = issue.fields.get("room", "")
    earlier = await asyncio.to_thread(_theirs, journal, _EARLIER, seq, comment.viewer, room)
    orders = await asyncio.to_thread(_theirs, journal, _ORDERS, seq, comment.viewer, room)
    return Evidence(
        why=ERASED_WHY if comment.text == ERASED else GONE if issue.fields.get("deleted") else None,
        comment=comment,
        around=_around(journal, seq, comment.at),
        on_air=_on_air(journal, seq, facts),
        comments=lines(journal, earlier),
        replies=_replies(journal, (seq, *earlier)),
        issues=others,
        orders=lines(journal, orders),
    )


def _elsewhere(issue: QueuedIssue) -> tuple[str, str]:
    room = shown(issue.fields.get("room", ""), 40)
    return (
        f"“{room}”的弹幕记在另一台电脑的 livebot 里，这里只有队列带来的前几条",
        f"the comments of {room} are in the journal of another livebot; here are only those that came with the issue",
    )


def _carried(issue: QueuedIssue) -> tuple[Said, ...]:
    """The few comments before it that the announcement itself holds."""
    try:
        told = msgspec.json.decode(issue.fields.get("context") or "[]", type=list[dict[str, Any]])
    except msgspec.MsgspecError:
        return ()
    found = [Said(seq=0, at=_ms(one), who=str(one.get("author", "")), text=shown(str(one.get("text", "")), 300)) for one in told]
    return tuple(found[-MOST:])


def _ms(line: Mapping[str, Any]) -> int:
    at = line.get("at", 0)
    return at if isinstance(at, int) else 0


def _around(journal: Journal, seq: int, at: int) -> tuple[Said, ...]:
    stream = journal.value("SELECT stream FROM events WHERE seq = ?", (seq,))
    said = "SELECT seq FROM events WHERE stream = ? AND kind IN ('comment', 'outgoing') AND received_at BETWEEN ? AND ?"
    span = (stream, at - AROUND_MS, at + AROUND_MS)
    before = journal.read(f"{said} AND seq <= ? AND seq > ? ORDER BY seq DESC LIMIT ?", (*span, seq, seq - 50 * MOST, MOST + 1))
    after = journal.read(f"{said} AND seq > ? AND seq < ? ORDER BY seq LIMIT ?", (*span, seq, seq + 50 * MOST, MOST))
    return lines(journal, [row[0] for row in (*reversed(before), *after)])


def _on_air(journal: Journal, seq: int, facts: Facts) -> str:
    """The product that the room was shown when it was said."""
    stream = journal.value("SELECT stream FROM events WHERE seq = ?", (seq,))
    for kind, extra in journal.read(_ON_AIR, (seq, stream)):
        product = str(msgspec.json.decode(extra)) if kind == "on_air" and extra else ""
        link = facts.by_id.get(product)
        return shown(f"{link} {facts.by_link[link].name}" if link is not None else product, 80)
    return ""


def _theirs(journal: Journal, sql: str, seq: int, viewer: str, room: str) -> list[int]:
    """In a thread: nothing else waits for it."""
    if not viewer:
        return []
    with snapshot(journal) as conn:
        return [row[0] for row in conn.execute(sql, (seq, REACH, viewer, room, EARLIER))]


def _replies(journal: Journal, seqs: Sequence[int]) -> tuple[Told, ...]:
    marks = ",".join("?" * len(seqs))
    sql = (
        "SELECT id, coalesce(sent_at, created_at) AS at, text, state FROM replies WHERE kind != 'follow_up' AND (seq IN"
        f" ({marks}) OR id IN (SELECT ref FROM decisions WHERE seq IN ({marks}) AND kind IN ('send', 'hold', 'credit')))"
        " ORDER BY at DESC, id LIMIT ?"
    )
    rows = journal.read(sql, (*seqs, *seqs, EARLIER))
    return tuple(Told(id=id_, at=at, text=shown(text, 300), state=state) for id_, at, text, state in rows)


async def _issues(inbox: Inbox, issue: QueuedIssue) -> tuple[Item, ...]:
    """The viewer's other issues, of this room on any computer: viewers are known by room."""
    viewer = issue.fields.get("viewer", "")
    if not viewer:
        return ()
    page = await inbox.list(Wanted(viewer=viewer, done=True), limit=EARLIER + 1)
    return tuple(item for item in page.items if item.issue.id != issue.id)[:EARLIER]
