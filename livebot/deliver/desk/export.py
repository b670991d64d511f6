"""The inbox as a file: CSV for spreadsheets, JSON with histories for programs, written while it is read."""

import csv
import io
import json
from collections.abc import AsyncIterator, Sequence
from typing import Any, Final, Literal

from livebot.decide.privacy import mask
from livebot.deliver.desk.inbox import MOST, Inbox, Item, Wanted
from livebot.deliver.queue import QueuedIssue

COLUMNS: Final = (
    "id", "state", "priority", "category", "room", "platform", "author", "text", "holder", "created_at", "updated_at",
    "comment_id", "viewer", "rules", "duplicate_of", "viewers", "repeats", "team", "receipt", "respond_due", "resolve_due", "breached",
)  # fmt: skip
BOM: Final = "\ufeff"  # by which Excel knows UTF-8


async def export(
    inbox: Inbox,
    wanted: Wanted,
    format: Literal["csv", "json"],
    *,
    limit: int | None = None,
    histories: bool = True,
    for_excel: bool = False,
) -> AsyncIterator[str]:
    """The pieces of the file, a page of issues each, at most `limit` issues. viewers and repeats are those of the whole crowd, duplicates
    included. Raises Unavailable in the middle where the queue goes away: what was written then is no whole file."""
    left, after, first = 10**9 if limit is None else limit, "", True
    if format == "csv":
        yield (BOM if for_excel else "") + csv_lines([COLUMNS])
    while left > 0:
        page = await inbox.list(wanted, after=after, limit=min(left, MOST))
        items = await inbox.with_histories(page.items) if format == "json" and histories else page.items
        if format == "csv":
            yield csv_lines([_row(item) for item in items])
        else:
            for item in items:
                yield ("[\n" if first else ",\n") + json.dumps(as_dict(item), ensure_ascii=False, indent=2)
                first = False
        left, after = left - len(page.items), page.cursor
        if not after:
            break
    if format == "json":
        yield "[]\n" if first else "\n]\n"


def as_dict(item: Item) -> dict[str, Any]:
    """For JSON: what was announced, with its state; lists as lists; numbers that a team was told are masked."""
    issue = item.issue
    lists = {key: items(issue.fields.get(key, "")) for key in ("rules", "context", "also")}
    told = {name: value for name, value in issue.fields.items() if name not in ("created_at", *lists)}
    told |= {"viewers": str(item.viewers), "repeats": str(item.repeats)}
    names = ("state", "holder", "lease_until", "duplicate_of", "created_at", "updated_at", "team", "receipt", "respond_due", "resolve_due")
    own = {name: getattr(issue, name) for name in names} | {"breached": list(issue.breached), "merged": list(issue.merged)}
    own["handover"] = {code: mask(text) for code, text in issue.handover.items()}
    return told | own | lists | ({"history": _history(issue)} if issue.history else {})


def items(text: str) -> list[Any]:
    """A field that should hold a JSON list; other programs may write anything."""
    try:
        found = json.loads(text)
    except ValueError:
        return []
    return [item for item in found if isinstance(item, dict | str)] if isinstance(found, list) else []


def csv_lines(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([cell(one) for one in row] for row in rows)
    return out.getvalue()


def cell(value: str) -> str:
    """Text that a spreadsheet would run as a formula is made to stay text."""
    return f"'{value}" if value.lstrip()[:1] in tuple("=+-@＝＋－＠") or value[:1] in ("\t", "\r") else value


def _row(item: Item) -> list[str]:
    known = as_dict(item)
    known |= {"rules": " ".join(map(str, known["rules"])), "breached": " ".join(known["breached"])}
    return [str(known.get(column, "")) for column in COLUMNS]


def _history(issue: QueuedIssue) -> list[dict[str, Any]]:
    return [
        {"at": step.at, "actor": step.actor, "act": step.act, "from": step.before, "to": step.after, "note": step.note}
        for step in issue.history
    ]
