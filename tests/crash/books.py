"""The reckoning afterwards: what the platform sent and heard, what the journal holds, and what stands in the queue."""

import io
import json
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from crowd import Crowd
from daemons import STREAM, Daemon, announced, hashes, out_of_order

from livebot.cli.report import run_report
from livebot.decide.actions import action_id
from livebot.deliver.queue_journal import SCHEMA
from livebot.keep.journal import Journal
from livebot.keep.seal import KeyedSealer
from livebot.simulate.bridge import BridgeServer

SAID = ("said", "silent", "shadow")  # what became of a text that the platform took


@dataclass
class Books:
    """Lines of figures; those that have a wanted value must have it."""

    title: str
    lines: list[tuple[str, object, object]] = field(default_factory=list)

    def note(self, name: str, value: object) -> None:
        self.lines.append((name, value, None))

    def check(self, name: str, value: object, wanted: object = 0) -> None:
        self.lines.append((name, value, wanted))

    def wrong(self) -> list[str]:
        return [f"{name}: {value}, not {wanted}" for name, value, wanted in self.lines if wanted is not None and value != wanted]

    def __str__(self) -> str:
        marks = {True: "✓", False: "✗"}
        rows = [f"  {'' if wanted is None else marks[value == wanted]:2}{name:62}{_shown(value):>12}" for name, value, wanted in self.lines]
        return "\n".join(["", f"── {self.title}", *rows])


def _shown(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else f"{value:,}" if isinstance(value, int) else str(value)


def settled(daemon: Daemon, crowd: Crowd, server: BridgeServer) -> bool:
    """Whether nothing is on its way any more, as far as the journal can tell."""
    shown = sum(say.outcome in ("said", "silent") for say in server.says)
    return (
        daemon.count("events WHERE kind = 'comment'") >= crowd.comments + shown
        and not daemon.count("events WHERE seq > (SELECT max(seq) FROM decisions)")
        and not daemon.count("replies WHERE state IN ('queued', 'sending', 'held')")
        and not daemon.count("followups WHERE state IN ('waiting', 'doing')")
    )


async def reckon(books: Books, daemon: Daemon, redis: Any, crowd: Crowd, server: BridgeServer, posts: Counter[str]) -> None:
    _comments(books, daemon, crowd, server)
    await _issues(books, daemon, redis, crowd)
    await _replies(books, daemon, server)
    await _states(books, daemon)
    await _follow_ups(books, daemon, redis, server, posts)
    books.check("the journal's own check (PRAGMA integrity_check)", daemon.ask("PRAGMA integrity_check")[0][0], "ok")


def _comments(books: Books, daemon: Daemon, crowd: Crowd, server: BridgeServer) -> None:
    sent = {line.id: (line.user, number) for lines in crowd.written.values() for number, line in enumerate(lines)}
    journalled = Counter(native for (native,) in daemon.ask("SELECT native_id FROM events WHERE kind = 'comment' ORDER BY seq"))
    ours = {native: n for native, n in journalled.items() if native in sent}
    echoes = sum(n for native, n in journalled.items() if native.startswith("bot-"))
    books.check("comments sent by the platform", server.sent, len(sent))
    books.check("  of these journalled", len(ours), len(sent))
    books.check("  journalled twice", sum(n - 1 for n in ours.values()))
    books.check("  texts, authors or ids that changed on the way", _changed(daemon, crowd))
    books.note("echoes of our own words among the comments", echoes)
    books.check("comments that nobody sent", sum(journalled.values()) - sum(ours.values()) - echoes)
    undecided = daemon.count("events WHERE seq NOT IN (SELECT seq FROM decisions)")
    books.check("journalled without a decision", undecided)
    rows = daemon.ask("SELECT room || viewer, native_id FROM events WHERE kind = 'comment' ORDER BY seq")
    books.check("comments of a viewer out of order", out_of_order((who, sent[native][1]) for who, native in rows if native in sent))
    books.note("gaps reported (livebot was deaf)", daemon.count("events WHERE kind = 'gap'"))


def _changed(daemon: Daemon, crowd: Crowd) -> int:
    rows = daemon.ask("SELECT native_id, viewer, text, author FROM events WHERE kind = 'comment'")
    with closing(KeyedSealer(daemon.state / "keys.db")) as sealer:
        stored = {
            native: (sealer.unseal(text, viewer), json.loads(sealer.unseal(author, viewer))[0]) for native, viewer, text, author in rows
        }
    return sum((line.text, line.user) != stored.get(line.id) for lines in crowd.written.values() for line in lines)


async def _issues(books: Books, daemon: Daemon, redis: Any, crowd: Crowd) -> None:
    written, joined = set(crowd.issues()), _joined(daemon)
    expected = written - joined
    stream, states = await announced(redis), await hashes(redis)
    books.note("issues expected by what was written", len(expected))
    books.check("  in the journal", daemon.count("issues"), len(expected))
    books.check("  announced in the stream", len(stream), len(expected))
    books.check("  lost", len(expected - set(stream)) + len(expected - states))
    books.check("  duplicated", sum(n - 1 for n in stream.values()))
    books.note("comments that joined one of them", len(joined))
    books.check("  that nobody wrote", len(joined - written))
    books.check("  not counted in Redis", len(joined) - await repeats(redis, states))
    books.check("  that nobody expected", len(set(stream) - expected) + len(states - expected))
    books.check("  in the indexes (all, open)", await _indexed(redis), (len(expected), len(expected)))


def _joined(daemon: Daemon) -> set[str]:
    """The issues that comments would have been, had their viewers not reported the same before."""
    rows = daemon.ask(
        "SELECT e.room, e.native_id, i.category FROM decisions d JOIN events e USING (seq) JOIN issues i ON i.id = d.ref"
        " WHERE d.kind = 'join'"
    )
    return {action_id(*row) for row in rows}


async def repeats(redis: Any, ids: set[str]) -> int:
    """How many comments joined one of these issues, as Redis has it."""
    return sum([int(await redis.hget(f"{{{STREAM}}}:issue:{id_}", "repeats") or 0) for id_ in ids])


async def _indexed(redis: Any) -> tuple[int, int]:
    return await redis.zcard(f"{{{STREAM}}}:all"), await redis.zcard(f"{{{STREAM}}}:open")


async def _replies(books: Books, daemon: Daemon, server: BridgeServer) -> None:
    heard = [say for say in server.says if say.outcome in SAID]
    state = dict(daemon.ask("SELECT id, state FROM replies"))
    books.note("texts said at the platform", len(heard))
    books.check("  said twice, by key", _repeated(say.key for say in server.says))
    books.check("  said twice, by comment and text", _repeated((say.to, say.text) for say in heard if say.to))
    books.check("  said, and the journal thinks otherwise", sum(state.get(say.key) not in ("sent", "in_doubt") for say in heard))
    keys = {say.key for say in heard}
    books.check("  never said, and the journal says it was", sum(known == "sent" and key not in keys for key, known in state.items()))
    doubts = {key for key, known in state.items() if known == "in_doubt"}
    listed = await daemon.told("held", "list", "--format", "json")
    books.note("replies in doubt", len(doubts))
    books.check(
        "  of these listed by `livebot held list`", len(doubts & {row["id"] for row in listed if row["state"] == "in_doubt"}), len(doubts)
    )
    shown = {say.key: say.to for say in server.says if say.key in doubts and say.outcome != "refused"}
    books.check("  that the room had shown as the answer to its comment", sum(to is not None for to in shown.values()))
    books.note("  that it had shown without saying which of several alike it was", sum(to is None for to in shown.values()))


def _repeated(things: Any) -> int:
    return sum(n - 1 for n in Counter(things).values())


async def _states(books: Books, daemon: Daemon) -> None:
    """Every stream's report, as `livebot report` writes it."""
    journal = await Journal.open(daemon.state / "journal.db", schema=SCHEMA)
    total: Counter[str] = Counter()
    comments = unbalanced = doubts = issues = 0
    try:
        for (stream,) in journal.read("SELECT id FROM streams"):
            out = io.StringIO()
            run_report(journal, format="json", sink=out, stream=stream)
            report = json.loads(out.getvalue())
            total.update(report["states"])
            comments, issues = comments + report["comments"], issues + report["issues"]
            doubts += report["replies_by_state"].get("in_doubt", 0)
            unbalanced += report["comments"] != sum(report["states"].values())
    finally:
        await journal.close()
    books.note("streams", daemon.count("streams"))
    books.check("  whose states do not sum to their comments", unbalanced)
    books.check("comments in all reports", comments, daemon.count("events WHERE kind = 'comment'"))
    books.check("issues in all reports", issues, daemon.count("issues"))
    books.check("doubts in all reports", doubts, daemon.count("replies WHERE state = 'in_doubt'"))
    books.check("comments that have no terminal state", total.pop("pending", 0))
    for name, n in total.items():
        books.note(f"  {name}", n)


async def _follow_ups(books: Books, daemon: Daemon, redis: Any, server: BridgeServer, posts: Counter[str]) -> None:
    reminders = Counter((fields["id"], fields["key"]) for _, fields in await redis.xrange(f"{{{STREAM}}}:reminders"))
    said = dict(daemon.ask("SELECT id, rule || '@' || stream FROM replies WHERE kind = 'follow_up'"))
    books.note("reminders in the queue", len(reminders))
    books.check("  given twice", sum(n - 1 for n in reminders.values()))
    books.note("follow-ups said, and posted to the webhook", f"{sum(s.key in said for s in server.says)}, {len(posts)}")
    books.check("  said twice in a stream", _repeated(said[s.key] for s in server.says if s.key in said))
    books.check("  posted twice", sum(n - 1 for n in posts.values()))
    books.note("  in doubt after a kill, said so, not repeated", daemon.count("followups WHERE state = 'failed'"))
