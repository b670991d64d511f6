"""The hinge: next rows of the journal → decide → one commit."""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import msgspec
from loguru import logger

from livebot.decide.actions import Credit, Decision, Flag, Hold, Issue, Join, Pass, Reply, Revise, Schedule, Send, Withdraw, action_id
from livebot.decide.events import Comment, CommentDeleted, OnAir, Outgoing, Recordable, Recorded, Settled
from livebot.decide.matching import Matcher
from livebot.decide.orders import ORDER
from livebot.decide.policy import HANDOVER, decide, mode_of
from livebot.decide.recap import shown
from livebot.decide.session import KEPT, Mode, RoomPolicy, Session, absorb, served_too
from livebot.keep import clock, ledger, steering
from livebot.keep.bell import Ear
from livebot.keep.journal import Journal
from livebot.keep.outbox import OutboxRow, rows
from livebot.keep.recall import recall
from livebot.keep.rulecheck import replying
from livebot.keep.seams import seam
from livebot.keep.spread import Spread
from livebot.keep.storing import Row
from livebot.keep.writer import insert_many
from livebot.language import say

BATCH = 256
AHEAD = 4  # batches that may wait for their commit
BUGS_IN_A_ROW = 20
LATE = 50_000  # events in which a deleted comment is looked for
WAITS = "('held', 'queued')"
REMEMBER_S = 3600.0  # how far back a restarted session looks; further where a cooldown is longer

Decided = tuple[Recorded, tuple[Decision, ...]]
Saving = tuple["asyncio.Future[None]", list[Decided]]
_to_json = msgspec.json.Encoder().encode


@dataclass(slots=True)
class Engine:
    """Decides every journalled event once, in order. `matcher` may be swapped between two batches (hot reload)."""

    journal: Journal
    matcher: Matcher
    policies: Mapping[str, RoomPolicy]
    sessions: dict[str, Session] = field(default_factory=dict)
    decided: int = 0
    bugs: int = 0
    lag: Spread = field(default_factory=Spread)  # from a comment's arrival to its durable decision
    _rulebook: tuple[str, int] = ("", 0)

    async def run(self, ear: Ear) -> None:
        """Until cancelled. While batches are being committed, the next are decided. Raises what a broken journal or many bugs raise."""
        self.restore()
        after: int | None = None
        saving: deque[Saving] = deque()
        try:
            while True:
                while saving and saving[0][0].done():
                    await self._saved(saving.popleft())
                batch = self.journal.undecided(BATCH, after) if len(saving) < AHEAD else []
                if not batch:
                    await ear.wait(1.0)
                    continue
                saving.append(self._save(await self._judged(batch)))
                after = batch[-1].seq
                await asyncio.sleep(0)  # the rooms want to be heard between two batches
        finally:
            if saving:  # whoever starts anew must see what was decided
                await asyncio.wait([future for future, _ in saving])

    async def step(self) -> int:
        """Decides and commits the next events; returns how many there were."""
        batch = self.journal.undecided(BATCH)
        if batch:
            await self._saved(self._save(await self._judged(batch)))
        return len(batch)

    async def _judged(self, batch: list[Recorded]) -> tuple[list[Decided], int]:
        matcher = self.matcher  # it may be swapped while we wait
        rulebook = await self._rulebook_id(matcher.rulebook.hash)
        with suppress(Exception):  # side by side is much less work; whichever comment has a bug is found below, and alone
            matcher.match_all(recorded.event.text for recorded in batch if isinstance(recorded.event, Comment))
        decided = [(recorded, self._decide(recorded, matcher)) for recorded in batch]
        seam("engine.decided")
        return decided, rulebook

    def _save(self, judged: tuple[list[Decided], int]) -> "Saving":
        decided, rulebook = judged
        return self.journal.submit(lambda conn: store(conn, decided, rulebook)), decided

    async def _saved(self, saving: "Saving") -> None:
        future, decided = saving
        await future
        seam("engine.stored")
        self.decided += len(decided)
        for recorded, made in decided:
            if isinstance(made[-1], Pass) and made[-1].reason == "raid":
                _tell_raid(recorded, made[-1].about)
        now = clock.now_ms()
        self.lag.add_ms(now - recorded.received_at for recorded, _ in decided)

    def _decide(self, recorded: Recorded, matcher: Matcher) -> tuple[Decision, ...]:
        session = self._session(recorded.room)
        try:
            self.sessions[recorded.room], decisions = decide(session, recorded, matcher)
            self.bugs = 0
        except Exception as error:
            self.bugs += 1
            logger.opt(exception=error).error(say("判断一条评论时程序出错", "a bug while deciding a comment") + f" (#{recorded.seq})")
            if self.bugs >= BUGS_IN_A_ROW:
                raise
            return (Pass(reason="bug"),)
        return decisions

    def _session(self, room: str) -> Session:
        session = self.sessions.get(room)
        if session is None:
            session = self.sessions[room] = Session(room=room, policy=self.policies.get(room, RoomPolicy(mode="listen")))
        return session

    def mode(self, room: str) -> Mode:
        """The room's mode, as configured or as a person has set it since."""
        session = self._session(room)
        return session.mode("", session.policy.mode)

    def withheld(self, row: OutboxRow) -> str:
        """Why a text that nobody approved must wait after all: a person is on it, or turned the mode down; "" where it may leave."""
        session = self._session(row.room)
        if row.actor or not (session.modes or session.quiet):
            return ""
        rule = next((rule for rule in replying(self.matcher.rulebook) if rule.id == row.rule), None)
        mode = mode_of(session, rule) if rule else self.mode(row.room)
        if mode != "auto" and (rule or row.kind == "follow_up"):
            return mode
        viewer = self.journal.value("SELECT viewer FROM events WHERE seq = ? AND kind = 'comment'", (row.seq,)) or ""
        return "human" if session.is_quiet(viewer, (row.rule, rule.category if rule else None), clock.now_ms()) else ""

    def restore(self) -> None:
        """Rebuilds every room's session from what the journal holds: what was answered lately, what was said, which stream goes on."""
        self.sessions.clear()
        for room in {*self.policies, *(room for (room,) in self.journal.read("SELECT DISTINCT room FROM streams"))}:
            session = self._session(room)
            session.stream, session.live = self._stream(room)
        for row in self._answers():
            said = Reply(
                id=row.id, text=row.text, rule=row.rule, expires_at=row.expires_at, to=row.reply_to, kind=row.kind, facts=row.facts
            )
            self._remember(row.room, row.created_at, Settled(key="", state=""), (Send(said),))
            if row.state in {"denied", "aloud"}:
                self._remember(row.room, row.changed_at, Settled(key=row.id, state=row.state))
        self._restore_on_air()
        self._restore_deleted()
        for one in (*steering.modes(self.journal, decided=True).values(), *steering.quiets(self.journal, decided=True)):
            self._remember(one.room, one.received_at, one.event)
        for room, session in self.sessions.items():
            recall(self.journal, room, session.stream, session.memory, session.policy.merging)
        for room, key, text, native, at, why, author, viewer in self._said():
            self._remember(room, at, Outgoing(key=key, text=text))
            if why == "echo":
                self._session(room).unseen.pop(key, None)
            self._remember(room, at, Settled(key=key, state="sent", native_id=native))
            if author is not None:
                self._remember(room, at, Comment(id=native, author=self.journal.author(author, viewer), text=text))

    def _remember(self, room: str, at: int, event: Recordable, decisions: tuple[Decision, ...] = ()) -> None:
        recorded = Recorded(seq=0, room=room, stream=0, received_at=at, event=event)
        absorb(self._session(room), recorded, decisions, self.matcher.cooldowns)

    def _stream(self, room: str) -> tuple[int, bool]:
        """The room's latest stream and whether it goes on, as of the last event that was decided: its end schedules the hand-over."""
        found = self.journal.read(
            "SELECT s.id, s.ended_at IS NULL OR NOT EXISTS (SELECT 1 FROM followups WHERE stream = s.id AND rule = ?)"
            " FROM streams s WHERE s.room = ? AND EXISTS"
            " (SELECT 1 FROM events WHERE stream = s.id AND seq <= (SELECT max(seq) FROM decisions)) ORDER BY s.id DESC LIMIT 1",
            (HANDOVER, room),
        )
        return (found[0][0], bool(found[0][1])) if found else (0, False)

    def _answers(self) -> list[OutboxRow]:
        since = clock.now_ms() - int(max([REMEMBER_S, *self.matcher.cooldowns.values()]) * 1000)
        # what was decided, not what moderators made of it, nor what staff said themselves
        own = "kind NOT IN ('follow_up', 'staff') AND again IS NULL AND id NOT GLOB '*-0[23]'"
        where = f"created_at > ? AND {own} AND state NOT IN ('refused', 'expired') ORDER BY created_at, seq"
        return rows(self.journal, where, (since,))

    def _restore_on_air(self) -> None:
        """What came on air since a room's last stream ended, as far as it was decided."""
        where = "WHERE kind IN ('on_air', 'stream_ended') AND seq <= (SELECT max(seq) FROM decisions) ORDER BY seq DESC LIMIT 500"
        for one in reversed(self.journal.events(where)):
            if isinstance(one.event, OnAir):
                self._remember(one.room, one.received_at, one.event)
            else:
                self._session(one.room).on_air = ()

    def _restore_deleted(self) -> None:
        """Whom the waiting replies serve, what was deleted of late, and the issues that orders raised."""
        served = (
            "SELECT r.room, r.id, e.native_id FROM replies r JOIN decisions d ON d.ref = r.id AND d.kind = 'credit'"
            " JOIN events e ON e.seq = d.seq WHERE r.state IN ('held', 'queued') ORDER BY e.seq"
        )
        for room, reply_id, comment_id in self.journal.read(served):
            served_too(self._session(room), reply_id, comment_id)
        decided = self.journal.value("SELECT max(seq) FROM decisions") or 0
        late = "WHERE seq > ? AND seq <= ? AND kind = 'comment_deleted' ORDER BY seq"
        for one in self.journal.events(late, (decided - LATE, decided)):
            self._remember(one.room, one.received_at, one.event)
        raised = "SELECT room, id, category, coalesce(base, priority) FROM issues WHERE rules = ? ORDER BY n DESC LIMIT ?"
        for room, id_, category, priority in reversed(self.journal.read(raised, (_to_json((ORDER,)).decode(), KEPT))):
            self._session(room).orders[id_] = Issue(id=id_, category=category, priority=priority, rules=(ORDER,))

    def _said(self) -> list[Row]:
        """(room, id, text, native id, when, why, sealed author and viewer of its echo) of what lately left."""
        return self.journal.read(
            "SELECT r.room, r.id, r.text, r.native_id, r.changed_at, r.why, e.author, e.viewer FROM replies r"
            " LEFT JOIN events e ON e.room = r.room AND e.native_id = r.native_id"
            " WHERE r.state IN ('sending', 'sent', 'in_doubt') AND r.changed_at > ? ORDER BY r.changed_at",
            (clock.now_ms() - int(REMEMBER_S * 1000),),
        )

    async def _rulebook_id(self, hash_: str) -> int:
        if self._rulebook[0] != hash_:
            at = clock.now_ms()

            def work(conn: sqlite3.Connection) -> int:
                conn.execute("INSERT OR IGNORE INTO rulebooks (hash, loaded_at) VALUES (?,?)", (hash_, at))
                (number,) = conn.execute("SELECT id FROM rulebooks WHERE hash = ?", (hash_,)).fetchone()
                return int(number)

            self._rulebook = (hash_, await self.journal.write(work))
        return self._rulebook[1]


def _tell_raid(recorded: Recorded, raid: str) -> None:
    """The moderators hear of a raid once, at the comment that makes it one."""
    comment = recorded.event
    if isinstance(comment, Comment) and raid == action_id("raid", recorded.room, comment.id):
        text, room = shown(comment.text, 40), shown(recorded.room, 40)
        logger.warning(
            say(
                f"{room}：疑似有人组织刷屏，很多新账号在发同一句话：{text}。后面的不再回复，见 livebot report。",
                f"{room}: this looks like a raid, many new accounts write the same: {text}. It is not answered; see livebot report.",
            )
        )


def store(conn: sqlite3.Connection, decided: Sequence[Decided], rulebook: int) -> None:
    """Decisions and outbox rows of a batch, in one transaction. Stable ids make a second time harmless."""
    decisions, replies, issues, followups, joins = [], [], [], [], []
    kept: list[tuple[str]] = []  # replies that lose the comment which they answer, and stay
    gone: list[tuple[int, str, str | None, str | None]] = []  # … and those that end with it: by their own id, or by its
    for recorded, made in decided:
        seq, room, stream, at = recorded.seq, recorded.room, recorded.stream, recorded.received_at
        for n, decision in enumerate(made):
            decisions.append((seq, n, *_row(decision), rulebook))
            match decision:
                case Send(reply=reply):
                    replies.append((*_reply(reply, seq, room, stream, at), "queued", None, at))
                case Hold(reply=reply, why=why):
                    replies.append((*_reply(reply, seq, room, stream, at), "held", why, at))
                case Flag(issue=issue):
                    rules = _to_json(issue.rules).decode()
                    issues.append((issue.id, seq, room, stream, issue.category, issue.priority, rules, at))
                case Join(issue_id=issue_id, priority=priority):
                    joins.append((priority, issue_id))
                case Schedule(follow_up=later):
                    followups.append((later.id, seq, room, stream, later.rule, later.about, later.due_at, "waiting", at))
                case Revise(reply_id=reply_id, state=state):
                    _revise(conn, reply_id, state, at)
                case Withdraw(reply_id=reply_id, others=True):
                    kept.append((reply_id,))
                case Withdraw(reply_id=reply_id):
                    gone.append((at, room, reply_id, None))
                case Pass(reason="echo", about=reply_id) if reply_id:
                    _reconcile(conn, reply_id, "sent", at, None, "echo")
                case Credit() | Pass():
                    pass
        if isinstance(recorded.event, CommentDeleted):
            gone.append((at, room, None, recorded.event.id))
        if isinstance(recorded.event, Settled) and recorded.event.state in {"sent", "refused"}:
            event = recorded.event
            _reconcile(conn, event.key, event.state, at, event.native_id, event.reason)
    insert_many(conn, "INSERT OR IGNORE INTO decisions (seq,n,kind,rule,ref,reason,rulebook) VALUES", 7, decisions)
    columns = "id,seq,room,stream,kind,rule,text,reply_to,created_at,expires_at,facts,state,why,changed_at"
    insert_many(conn, f"INSERT OR IGNORE INTO replies ({columns}) VALUES", 14, replies)
    conn.executemany(f"UPDATE replies SET reply_to = NULL, version = version + 1 WHERE id = ? AND state IN {WAITS}", kept)
    late = "SET state = 'expired', why = 'deleted', changed_at = ?, version = version + 1"
    conn.executemany(f"UPDATE replies {late} WHERE state IN {WAITS} AND room = ? AND (id = ? OR reply_to = ?)", gone)
    insert_many(conn, "INSERT OR IGNORE INTO issues (id,seq,room,stream,category,priority,rules,created_at) VALUES", 8, issues)
    conn.executemany("UPDATE issues SET base = coalesce(base, priority), priority = min(priority, ?) WHERE id = ?", joins)
    insert_many(conn, "INSERT OR IGNORE INTO followups (id,seq,room,stream,rule,about,due_at,state,changed_at) VALUES", 9, followups)


def _row(decision: Decision) -> tuple[str, str | None, str | None, str | None]:
    match decision:
        case Send(reply=reply):
            return "send", reply.rule, reply.id, None
        case Hold(reply=reply, why=why):
            return "hold", reply.rule, reply.id, why
        case Credit(reply_id=reply_id, rule=rule, how=how):
            return "credit", rule, reply_id, how or None
        case Join(issue_id=issue_id, rule=rule, how=how):
            return "join", rule, issue_id, how
        case Flag(issue=issue):
            return "flag", issue.rules[0], issue.id, issue.category
        case Schedule(follow_up=later):
            return "schedule", later.rule, later.id, None
        case Revise(reply_id=reply_id, rule=rule, state=state):
            return "revise", rule, reply_id, state
        case Withdraw(reply_id=reply_id, others=others):
            return "withdraw", None, reply_id, "others" if others else None
        case Pass(reason=reason, rule=rule, about=about):
            return "pass", rule or None, about or None, reason


def _reply(reply: Reply, seq: int, room: str, stream: int, at: int) -> tuple[object, ...]:
    return reply.id, seq, room, stream, reply.kind, reply.rule, reply.text, reply.to, at + reply.part, reply.expires_at, reply.facts


def _revise(conn: sqlite3.Connection, reply_id: str, state: str, at: int) -> None:
    """Unless somebody decided it meanwhile, or it is too late."""
    conn.execute(
        "UPDATE replies SET state = ?, changed_at = ?, why = CASE ? WHEN 'held' THEN 'unsure' ELSE 'second' END, version = version + 1"
        " WHERE id = ? AND state = 'held' AND why = 'asking' AND expires_at > ?",
        (state, at, state, reply_id, at),
    )


def _reconcile(conn: sqlite3.Connection, reply_id: str, state: str, at: int, native_id: str | None, why: str) -> None:
    """A doubt is settled by what the room showed; a reply that was not in doubt stays as it is."""
    settled = conn.execute(
        "UPDATE replies SET state = ?, changed_at = ?, sent_at = CASE ? WHEN 'sent' THEN ? END, native_id = coalesce(?, native_id),"
        " why = ?, version = version + 1 WHERE id = ? AND state = 'in_doubt'",
        (state, at, state, at, native_id, why, reply_id),
    )
    if settled.rowcount:
        ledger.settle_doubt(conn, reply_id, said=state == "sent", at=at)
