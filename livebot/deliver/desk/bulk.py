"""One act over everything that a filter shows: previewed first, done to what was previewed and to nothing else, taken back by one undo."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, Literal

from livebot.deliver.desk.acts import approving, back_at, fit, new_batch, read, rejecting, too_late
from livebot.deliver.desk.held import Filter
from livebot.deliver.desk.moderation import Moderation
from livebot.errors import Rejected
from livebot.keep import acts, clock
from livebot.keep.acts import Work
from livebot.keep.outbox import OutboxRow

MOST: Final = 2_000  # replies of one act
PREVIEWS: Final = 100
BREATH: Final = 50  # judged texts between two looks at everything else

BulkAct = Literal["approve", "reject", "aloud", "snooze"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an act would be done to: how many, and a digest that names exactly these."""

    count: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """batch: for one `undo`. ids: what was done (with "aloud" also what waited with the same answer).

    left: (id, zh, en) of what was previewed and could not be acted on, and why. new: how many match the filter by now that were not
    previewed; they were left alone.
    """

    act: str
    batch: str
    ids: tuple[str, ...]
    left: tuple[tuple[str, str, str], ...]
    new: int


def preview(desk: Moderation, wanted: Filter) -> Preview:
    """Raises Rejected where that is more than one act takes."""
    ids = _matching(desk, wanted)
    if len(ids) > MOST:
        raise Rejected(f"一次最多 {MOST} 条，请筛选一下", f"at most {MOST} at once: filter some")
    digest = blake2b("".join(sorted(ids)).encode(), digest_size=12).hexdigest()
    desk.previews.pop(digest, None)
    desk.previews[digest] = ids
    while len(desk.previews) > PREVIEWS:
        del desk.previews[next(iter(desk.previews))]
    return Preview(count=len(ids), digest=digest)


async def act_on_all(
    desk: Moderation, wanted: Filter, digest: str, act: BulkAct, *, actor: str, reason: str = "", seconds: float = 30.0
) -> Bulk:
    """Does one act to all that was previewed and still waits, in one commit.

    What needs evidence is not approved in bulk. reason: of a rejection; seconds: of putting off. Raises Rejected where nobody knows the
    preview any more.
    """
    ids = desk.previews.get(digest)
    if ids is None:
        raise Rejected("这次预览已经过时了，请重新看一遍再操作", "this preview is out of date: look again")
    batch, works, left = new_batch(), list[tuple[OutboxRow, Work]](), list[tuple[str, str, str]]()
    making = _making(desk, act, batch, actor, reason, seconds)
    for n, id_ in enumerate(ids):
        row = read(desk, id_)
        try:
            if row.state != "held" or row.expires_at <= clock.now_ms():
                raise too_late(desk, row)
            works.append((row, making(row)))
        except Rejected as error:
            left.append((id_, error.zh, error.en))
        if n % BREATH == BREATH - 1:
            await asyncio.sleep(0)
    now = set(_matching(desk, wanted))
    done = await desk.journal.write(lambda conn: [work(conn) for _, work in works])
    changed = tuple(dict.fromkeys(one.reply for one in acts.acts(desk.journal, "batch = ? ORDER BY id", (batch,))))
    for (row, _), moved in zip(works, done, strict=True):
        if not moved and row.id not in changed:
            late = too_late(desk, read(desk, row.id))
            left.append((row.id, late.zh, late.en))
    return Bulk(act=act, batch=batch, ids=changed, left=tuple(left), new=len(now.difference(ids)))


def _matching(desk: Moderation, wanted: Filter) -> tuple[str, ...]:
    where, values = wanted.where(clock.now_ms())
    return tuple(
        id_ for (id_,) in desk.journal.read(f"SELECT id FROM replies WHERE {where} ORDER BY expires_at, id LIMIT ?", (*values, MOST + 1))
    )


def _making(desk: Moderation, act: BulkAct, batch: str, actor: str, reason: str, seconds: float) -> Callable[[OutboxRow], Work]:
    """What the act is for one reply. It raises Rejected where it cannot be done."""

    def approve(row: OutboxRow) -> Work:
        return approving(desk, row, fit(desk, row, row.text, confirmed=False), batch, actor)

    def reject(row: OutboxRow) -> Work:
        return rejecting(desk, row, reason, batch, actor)

    def aloud(row: OutboxRow) -> Work:
        return acts.saying_aloud(desk.journal, row, batch, actor)

    def snooze(row: OutboxRow) -> Work:
        return acts.putting_off(row, back_at(row, seconds), batch, actor)

    return {"approve": approve, "reject": reject, "aloud": aloud, "snooze": snooze}[act]
