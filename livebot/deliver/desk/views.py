"""What the stream tells of things that changed, unless a page needs more: masked, short, made once for all browsers."""

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from livebot.decide.privacy import mask_name
from livebot.deliver.desk.parts import View
from livebot.deliver.masking import masked, whole
from livebot.keep.journal import Journal

T = TypeVar("T")
COMMENTS: Final = 12  # in one frame: nobody reads more than eighty a second
LONGEST: Final = 300  # characters of a comment in the stream
_REPLY: Final = ("id", "room", "stream", "seq", "kind", "rule", "text", "state", "why", "actor", "version", "expires_at", "changed_at")
_STREAM: Final = ("id", "room", "started_at", "ended_at", "planned_end")


def standard(journal: Journal) -> dict[str, View]:
    async def replies(ids: Sequence[str]) -> Sequence[Any]:
        return _rows(journal, "replies", _REPLY, ids)

    async def streams(ids: Sequence[str]) -> Sequence[Any]:
        return _rows(journal, "streams", _STREAM, ids)

    async def bare(ids: Sequence[str]) -> Sequence[Any]:
        return [{"id": id_} for id_ in ids]

    return {"reply": replies, "stream": streams} | dict.fromkeys(("issue", "on_air", "gap", "mode", "quiet"), bare)


def comments(journal: Journal, after: int, upto: int) -> tuple[list[dict[str, Any]], int]:
    """The latest comments among the events after `after`, oldest first, and how many more there were."""
    where, span = "seq > ? AND seq <= ? AND kind = 'comment'", (after, upto)
    columns = "seq, room, received_at, viewer, author, text"
    rows = journal.read(f"SELECT {columns} FROM events WHERE {where} ORDER BY seq DESC LIMIT {COMMENTS}", span)
    more = journal.value(f"SELECT count(*) FROM events WHERE {where}", span) - len(rows) if len(rows) == COMMENTS else 0
    told = [
        {
            "seq": seq,
            "room": room,
            "at": at,
            "author": whole(mask_name(journal.author(author, viewer).name)),
            "text": whole(masked(journal.unseal(text, viewer)))[:LONGEST],
        }
        for seq, room, at, viewer, author, text in reversed(rows)
    ]
    return told, more


def _rows(journal: Journal, table: str, columns: Sequence[str], ids: Sequence[str]) -> list[dict[str, Any]]:
    def read(marks: str, some: Sequence[str]) -> list[dict[str, Any]]:
        sql = f"SELECT {', '.join(columns)} FROM {table} WHERE id IN ({marks})"
        return [dict(zip(columns, row, strict=True)) for row in journal.read(sql, some)]

    return in_chunks(ids, read)


def in_chunks(ids: Sequence[str], read: Callable[[str, Sequence[str]], list[T]]) -> list[T]:
    """What `read(marks, some)` finds, with so many question marks for some of the ids that SQLite takes them."""
    return [one for n in range(0, len(ids), 500) for one in read(",".join("?" * len(ids[n : n + 500])), ids[n : n + 500])]
