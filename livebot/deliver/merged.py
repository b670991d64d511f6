"""Who else has an issue and how often its viewer came back, from the journal: the fields of an announcement that may change."""

from collections.abc import Sequence
from typing import Any, Final, Protocol

import msgspec

from livebot.decide.privacy import mask_name
from livebot.deliver.masking import masked, whole
from livebot.deliver.order_words import order_words

LISTED: Final = 200  # lines in `also`; all are counted
REPEATS: Final = 20  # … of them what somebody said again
READ: Final = 500

_COUNTS = """
SELECT count(DISTINCT CASE WHEN d.reason IN ('deleted', 'update', 'order') OR e.viewer = ?2 AND ?2 != '' THEN NULL
    WHEN coalesce(e.viewer, '') = '' THEN -e.seq ELSE e.viewer END),
  coalesce(sum(d.reason IN ('repeat', 'attention')), 0),
  count(DISTINCT CASE WHEN d.reason = 'raid' THEN e.viewer END), max(e.received_at),
  max(CASE WHEN d.reason = 'deleted' THEN e.received_at END)
FROM decisions d JOIN events e USING (seq) WHERE d.ref = ?1 AND d.kind = 'join'
"""
_LINES = """
SELECT d.reason, e.viewer, e.native_id, e.author, e.text, e.received_at, e.kind, e.extra FROM decisions d JOIN events e USING (seq)
WHERE d.ref = ? AND d.kind = 'join' AND d.reason != 'deleted' ORDER BY d.reason = 'raid', d.seq LIMIT ?
"""
NONE: Final = {"viewers": "1", "repeats": "0", "raid": "0", "also": "[]"}

_to_json = msgspec.json.Encoder().encode


class Journal(Protocol):
    def read(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]: ...
    def unseal(self, sealed: Any, viewer: str | None) -> str: ...
    def author(self, sealed: Any, viewer: str | None) -> Any: ...


def merged(journal: Journal, issue_id: str, viewer: str | None) -> dict[str, str]:
    """viewers: how many distinct people have it; repeats: how often one of them came back; raid: how many of them were a raid's;
    also: JSON list of {"at", "how", "viewer", "author", "text", "comment_id"}, masked: of each other viewer the first line, and repeats;
    deleted: when its comment was, Unix ms, where it was."""
    [(others, repeats, raid, latest, deleted)] = journal.read(_COUNTS, (issue_id, viewer or ""))
    if latest is None:
        return NONE
    firsts, again, seen = [], [], {viewer or ""}
    for row in journal.read(_LINES, (issue_id, READ)):
        if row[0] in ("also", "raid") and (not row[1] or row[1] not in seen):
            seen.add(row[1])
            firsts.append(row)
        else:
            again.append(row)
    again = again[-REPEATS:]
    lines = sorted([*firsts[: LISTED - len(again)], *again], key=lambda row: int(row[5]))
    also = _to_json([_line(journal, *row) for row in lines]).decode()
    gone = {"deleted": str(deleted)} if deleted else {}
    return {"viewers": str(1 + others), "repeats": str(repeats), "raid": str(raid), "also": also, **gone}


def _line(
    journal: Journal, how: str, viewer: str | None, native: str | None, author: Any, text: Any, at: int, kind: str, extra: Any
) -> dict[str, Any]:
    name = "" if author is None else mask_name(journal.author(author, viewer).name)
    words = "" if text is None else journal.unseal(text, viewer)
    said = masked(order_words(words, extra) if kind == "order" else words)
    told = {
        "how": how,
        "viewer": viewer or "",
        "author": whole(name),
        "text": whole(said),
        "comment_id": whole(native or "") if kind == "comment" else "",
    }
    return {"at": at, **told}
