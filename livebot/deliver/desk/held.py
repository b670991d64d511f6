"""The list of replies that wait for a person: held drafts, the most perishable first, what is about to leave, and what is in doubt."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from livebot.decide.guard import OK, Verdict
from livebot.decide.reasons import in_words
from livebot.decide.speech.clearance import clear
from livebot.decide.splitting import in_full
from livebot.deliver.desk.context import Said, comment_of
from livebot.deliver.desk.judging import READ_ONLY, size
from livebot.deliver.desk.moderation import Moderation
from livebot.keep import clock, outbox
from livebot.keep.outbox import OutboxRow

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What is shown; "" shows all. why: a code (decide.reasons) or its first word, such as "guard". text: part of the draft; what viewers
    wrote is sealed and cannot be searched. put_off: only what was snoozed and is not back yet.
    """

    room: str = ""
    rule: str = ""
    why: str = ""
    text: str = ""
    put_off: bool = False

    def where(self, now: int) -> tuple[str, list[Any]]:
        """An SQL condition on held replies, and its values."""
        parts, values = [f"state = 'held' AND expires_at > ? AND not_before {'>' if self.put_off else '<='} ?"], list[Any]((now, now))
        for name in ("room", "rule"):
            if wanted := getattr(self, name):
                parts.append(f"{name} = ?")
                values.append(wanted)
        if self.why:
            parts.append("(why = ? OR substr(why, 1, ?) = ?)")
            values += [self.why, len(self.why) + 1, f"{self.why}:"]
        if self.text:
            parts.append("instr(lower(text), lower(?)) > 0")
            values.append(self.text)
        return " AND ".join(parts), values


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A reply that waits. version: to be given back with an act. state: held | queued (about to leave) | in_doubt.

    kind: answer | ack | nudge | follow_up; a follow-up has no comment. viewers: how many wait for it; urged: how often one of them asked to
    be noticed. why: a code; why_zh, why_en: in words. seconds_left: until it expires. leaves_in: seconds until an approved text leaves.
    back_at: when a draft that was put off comes back, Unix ms. length and limit in `unit` (limit 0: the room cannot be spoken in);
    messages: how many it takes, 0: it does not fit, or cannot be said there. confidence: of today's rules, None where nobody knows.
    actor: who approved it.
    """

    id: str
    version: int
    state: str
    room: str
    stream: int
    rule: str
    kind: str
    text: str
    why: str
    why_zh: str
    why_en: str
    created_at: int
    expires_at: int
    seconds_left: float
    leaves_in: float
    back_at: int | None
    length: int
    limit: int
    unit: Literal["chars", "bytes"]
    messages: int
    verdict: Verdict
    confidence: float | None
    comment: Said | None
    viewers: int
    urged: int
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """total: how many match, on all pages. after: give it back for the next page; None: this is the last. put_off: how many were snoozed
    (in the filter's rooms and rules), of which the first comes back at `next_back` (Unix ms)."""

    cards: tuple[Card, ...]
    total: int
    after: tuple[int, str] | None
    put_off: int
    next_back: int | None


def held(desk: Moderation, wanted: Filter = Filter(), after: tuple[int, str] | None = None, limit: int = PAGE) -> Page:
    """What waits for approval, the most perishable first. What is acted on meanwhile makes no page skip or repeat another row."""
    now = clock.now_ms()
    where, values = wanted.where(now)
    beyond = " AND (expires_at, id) > (?, ?)" if after else ""
    rows = outbox.rows(desk.journal, f"{where}{beyond} ORDER BY expires_at, id LIMIT ?", (*values, *(after or ()), limit + 1))
    [(total,)] = desk.journal.read(f"SELECT count(*) FROM replies WHERE {where}", values)
    away, others = Filter(room=wanted.room, rule=wanted.rule, why=wanted.why, text=wanted.text, put_off=True).where(now)
    [(put_off, back)] = desk.journal.read(f"SELECT count(*), min(not_before) FROM replies WHERE {away}", others)
    shown = rows[:limit]
    more = (shown[-1].expires_at, shown[-1].id) if len(rows) > limit else None
    return Page(cards=cards(desk, shown), total=total, after=more, put_off=put_off, next_back=back)


def doubts(desk: Moderation, room: str = "") -> tuple[Card, ...]:
    """Sends whose end nobody knows, the oldest first."""
    return cards(desk, outbox.rows(desk.journal, "state = 'in_doubt' AND ? IN ('', room) ORDER BY created_at, id LIMIT 200", (room,)))


def leaving(desk: Moderation, room: str = "") -> tuple[Card, ...]:
    """What moderators let pass and may still be taken back, the first to leave first."""
    where = "state = 'queued' AND actor IS NOT NULL AND expires_at > ? AND ? IN ('', room) ORDER BY not_before, id LIMIT 200"
    return cards(desk, outbox.rows(desk.journal, where, (clock.now_ms(), room)))


def card(desk: Moderation, reply_id: str) -> Card | None:
    """One reply, whatever its state; None where there is none of that id."""
    return next(iter(cards(desk, outbox.rows(desk.journal, "id = ?", (reply_id,)))), None)


def cards(desk: Moderation, rows: Sequence[OutboxRow]) -> tuple[Card, ...]:
    now = clock.now_ms()
    return tuple(_card(desk, row, now) for row in rows)


def _card(desk: Moderation, row: OutboxRow, now: int) -> Card:
    policy = desk.policies.get(row.room, READ_ONLY)
    why_zh, why_en = in_words(row.why or "")
    viewers, urged = outbox.askers(desk.journal, row.id)
    return Card(
        id=row.id,
        version=row.version,
        state=row.state,
        room=row.room,
        stream=row.stream,
        rule=row.rule,
        kind=row.kind,
        text=row.text,
        why=row.why or "",
        why_zh=why_zh,
        why_en=why_en,
        created_at=row.created_at,
        expires_at=row.expires_at,
        seconds_left=max(0, row.expires_at - now) / 1000 if row.state in {"held", "queued"} else 0.0,
        leaves_in=max(0, row.not_before - now) / 1000 if row.state == "queued" else 0.0,
        back_at=row.not_before if row.state == "held" and row.not_before > now else None,
        length=size(row.text, policy.unit),
        limit=policy.max_chars if policy.can_send else 0,
        unit=policy.unit,
        messages=len(in_full(row.text, policy.max_chars, policy.unit)) if policy.can_send else 0,
        verdict=clear(row.text, policy.promises, desk.facts(), now, origin=row.origin) if row.state == "held" else OK,
        confidence=_confidence(desk, row),
        comment=comment_of(desk.journal, row.seq),
        viewers=viewers,
        urged=urged,
        actor=row.actor,
    )


def _confidence(desk: Moderation, row: OutboxRow) -> float | None:
    if desk.match is None or row.kind != "answer" or row.state != "held":
        return None
    found = desk.journal.read("SELECT text, viewer FROM events WHERE seq = ? AND kind = 'comment'", (row.seq,))
    hits = desk.match(desk.journal.unseal(*found[0])).answers if found else ()
    return next((hit.confidence for hit in hits if hit.rule.id == row.rule), None)
