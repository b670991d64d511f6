"""The event of this computer's journal that an issue of the queue is about."""

from livebot.deliver.queue import QueuedIssue
from livebot.keep.journal import Journal


def seq_of(journal: Journal, issue: QueuedIssue) -> int | None:
    """None where another computer's journal has it."""
    found: int | None = journal.value("SELECT seq FROM issues WHERE id = ?", (issue.id,))
    native, room = issue.fields.get("comment_id", ""), issue.fields.get("room", "")
    if found is None and native:
        found = journal.value("SELECT seq FROM events WHERE room = ? AND native_id = ?", (room, native))
    return found
