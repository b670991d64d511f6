"""A room's memory of who said what of late, folded again from the journal after a restart."""

from collections.abc import Iterable, Sequence
from typing import Final

from livebot.decide.actions import Credit, Decision, Flag, Hold, Issue, Join, Pass, Reply, Send, Withdraw
from livebot.decide.memory import HORIZON, KEPT, KNOWN, Memory, MergeLimits, remember
from livebot.keep.journal import Journal
from livebot.keep.storing import Row

LOOKED_AT: Final = 100_000  # comments before the horizon in which known viewers are looked for

_START = """
SELECT min(seq) FROM (SELECT seq FROM events WHERE stream = ? AND seq <= (SELECT max(seq) FROM decisions)
  AND kind IN ('comment', 'settled', 'comment_deleted') ORDER BY seq DESC LIMIT ?)
"""
_KNOWN = """
SELECT viewer, min(seq) FROM (SELECT viewer, seq FROM events WHERE stream = ? AND seq < ? AND kind = 'comment' AND viewer != ''
  ORDER BY seq DESC LIMIT ?) GROUP BY viewer ORDER BY 2 DESC LIMIT ?
"""
_REPORTED = """
SELECT seq FROM issues WHERE stream = ?1 AND seq < ?2
UNION SELECT d.seq FROM decisions d JOIN events e USING (seq) WHERE d.kind = 'join' AND e.stream = ?1 AND d.seq < ?2
ORDER BY 1 DESC LIMIT ?3
"""
_DECIDED = """
SELECT d.seq, d.kind, d.rule, d.ref, d.reason, i.category, i.priority, coalesce(i.base, i.priority), r.text, r.kind, r.facts, r.reply_to,
  r.expires_at
FROM decisions d LEFT JOIN issues i ON i.id = d.ref AND d.kind IN ('flag', 'join')
  LEFT JOIN replies r ON r.id = d.ref AND d.kind IN ('send', 'hold')
"""


def recall(journal: Journal, room: str, stream: int, memory: Memory, limits: MergeLimits) -> None:
    """Fills an empty memory with what was decided of the room's stream: the last comments, and before them what was reported."""
    memory.stream = stream
    start = journal.value(_START, (stream, HORIZON)) if stream else None
    if start is None:
        return
    for viewer, _ in reversed(journal.read(_KNOWN, (stream, start, LOOKED_AT, KNOWN))):
        memory.known[viewer] = None
    reported = ",".join(str(seq) for (seq,) in journal.read(_REPORTED, (stream, start, KEPT)))
    if reported:
        _fold(journal, f"seq IN ({reported})", (), memory, limits, ("flag", "join"))
        memory.n = 0
    known = "stream = ? AND seq >= ? AND seq <= (SELECT max(seq) FROM decisions) AND kind IN ('comment', 'settled', 'comment_deleted')"
    _fold(journal, known, (stream, start), memory, limits)


def _fold(journal: Journal, where: str, params: Sequence[int], memory: Memory, limits: MergeLimits, only: Iterable[str] = ()) -> None:
    made: dict[int, list[Decision]] = {}
    sql = f"{_DECIDED} WHERE d.seq IN (SELECT seq FROM events WHERE {where}) ORDER BY d.seq, d.n"
    for row in journal.read(sql, params):
        decision = _decision(row)
        if decision is not None and (not only or row[1] in only):
            made.setdefault(row[0], []).append(decision)
    for recorded in journal.events(f"WHERE {where} ORDER BY seq", params):
        decisions = made.get(recorded.seq, [])
        if not any(isinstance(one, Pass) and one.reason == "bug" for one in decisions):
            remember(memory, recorded, decisions, limits)


def _decision(row: Row) -> Decision | None:
    _, kind, rule, ref, reason, category, priority, base, text, reply_kind, facts, reply_to, expires_at = row
    match kind:
        case "flag" if category:
            return Flag(Issue(id=ref, category=category, priority=base, rules=(rule,)))
        case "join" if category:
            return Join(issue_id=ref, rule=rule, category=category, how=reason, priority=priority, base=base)
        case "send" | "hold" if text is not None:
            reply = Reply(id=ref, text=text, rule=rule, expires_at=expires_at, to=reply_to, kind=reply_kind, facts=facts)
            return Send(reply) if kind == "send" else Hold(reply=reply, why=reason or "")
        case "credit":
            return Credit(reply_id=ref, rule=rule, how=reason or "")
        case "withdraw":
            return Withdraw(reply_id=ref, others=reason == "others")
        case "pass":
            return Pass(reason=reason or "", rule=rule or "", about=ref or "")
        case _:
            return None
