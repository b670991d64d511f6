"""What was said around a comment, as staff may see it: masked, with livebot's own words among it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from livebot.decide.privacy import mask_name
from livebot.decide.recap import shown
from livebot.deliver.order_words import order_words
from livebot.keep.journal import Journal

BEFORE, AFTER, ASKERS = 6, 4, 20
_COLUMNS = "e.seq, e.received_at, e.kind, e.viewer, e.author, e.text, e.extra"
SERVED = "d.ref = ? AND d.kind IN ('send', 'hold', 'credit') AND e.kind = 'comment'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One line of the room. own: livebot said it. who: the masked name. viewer: the pseudonym, "" for somebody anonymous. at: Unix ms."""

    seq: int
    at: int
    who: str
    text: str
    own: bool = False
    viewer: str = ""


def comment_of(journal: Journal, seq: int) -> Said | None:
    """The comment (or the order's update) that an event is; None where it is neither."""
    found = journal.read(f"SELECT {_COLUMNS} FROM events e WHERE e.seq = ? AND e.kind IN ('comment', 'order')", (seq,))
    return _said(journal, found[0]) if found else None


def around(journal: Journal, seq: int, before: int = BEFORE, after: int = AFTER) -> tuple[Said, ...]:
    """The lines of the same stream before and after an event, and itself, in order."""
    lines = f"SELECT {_COLUMNS} FROM events e WHERE e.stream = ?1 AND e.kind IN ('comment', 'outgoing')"
    stream = journal.value("SELECT stream FROM events WHERE seq = ?", (seq,))
    earlier = journal.read(f"{lines} AND e.seq <= ?2 ORDER BY e.seq DESC LIMIT ?3", (stream, seq, before + 1))
    later = journal.read(f"{lines} AND e.seq > ?2 ORDER BY e.seq LIMIT ?3", (stream, seq, after))
    return tuple(_said(journal, row) for row in (*reversed(earlier), *later))


def askers(journal: Journal, reply_id: str, most: int = ASKERS) -> tuple[Said, ...]:
    """The comments that a reply serves, the latest first."""
    sql = f"SELECT {_COLUMNS} FROM decisions d JOIN events e USING (seq) WHERE {SERVED} ORDER BY e.seq DESC LIMIT ?"
    return tuple(_said(journal, row) for row in journal.read(sql, (reply_id, most)))


def lines(journal: Journal, seqs: Sequence[int]) -> tuple[Said, ...]:
    """Those events of the room, in the order that is given."""
    found = journal.read(f"SELECT {_COLUMNS} FROM events e WHERE e.seq IN ({','.join('?' * len(seqs))})", seqs)
    known = {row[0]: _said(journal, row) for row in found}
    return tuple(known[seq] for seq in seqs if seq in known)


def _said(journal: Journal, row: tuple[Any, ...]) -> Said:
    seq, at, kind, viewer, author, text, extra = row
    said = journal.unseal(text, viewer)
    words = shown(order_words(said, extra) if kind == "order" else said, 300)
    if kind == "outgoing":
        return Said(seq=seq, at=at, who="livebot", text=words, own=True)
    return Said(seq=seq, at=at, who=mask_name(journal.author(author, viewer).name), text=words, viewer=viewer or "")
