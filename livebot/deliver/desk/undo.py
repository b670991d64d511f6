"""Taking acts back: as long as the text has not left and the draft has not expired, and nobody did anything to it since."""

from dataclasses import dataclass

from livebot.deliver.desk.acts import new_batch, read, too_late
from livebot.deliver.desk.moderation import Moderation
from livebot.errors import Rejected
from livebot.keep import acts
from livebot.keep.acts import UNDOABLE, Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """ids: the replies that are what they were before; late: (id, zh, en) of those that cannot be taken back any more, and why."""

    ids: tuple[str, ...]
    late: tuple[tuple[str, str, str], ...] = ()


async def undo(desk: Moderation, *, actor: str, batch: str = "", reply_id: str = "") -> Undone:
    """Takes back all that one act did, or what was last done to one reply. Raises Rejected where there is no such act, and TooLate where
    nothing of it can be taken back."""
    found = _acts(desk, batch, reply_id)
    again, done, late = new_batch(), list[str](), list[tuple[str, str, str]]()
    rooms = {act.reply: read(desk, act.reply).room for act in found}
    works = [(act, acts.undoing(desk.journal, act, rooms[act.reply], again, actor)) for act in found]
    taken = await desk.journal.write(lambda conn: [work(conn) for _, work in works])
    for act, back in zip(found, taken, strict=True):
        if back:
            done.append(act.reply)
        else:
            error = too_late(desk, read(desk, act.reply))
            late.append((act.reply, error.zh, error.en))
    if not done:
        raise too_late(desk, read(desk, found[0].reply))
    return Undone(ids=tuple(done), late=tuple(late))


def _acts(desk: Moderation, batch: str, reply_id: str) -> list[Act]:
    if batch:
        found = acts.acts(desk.journal, "batch = ? ORDER BY id", (batch,))
    else:
        one = acts.last(desk.journal, read(desk, reply_id).id)
        found = [one] if one else []
    found = [act for act in found if act.act in UNDOABLE]
    if not found:
        raise Rejected("没有可以撤回的操作", "there is nothing to take back")
    return found
