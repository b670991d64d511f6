"""One reader per room, against a scripted platform on a real socket: what is heard is journalled, deafness is an event."""

import asyncio
import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

import pytest
from pydantic import BaseModel
from websockets.asyncio.server import ServerConnection, serve

from adapters.bridge import BridgeAdapter
from livebot.arrive import intake as intake_module
from livebot.arrive import registry
from livebot.arrive.adapter import Capabilities, Receipt
from livebot.arrive.intake import Intake
from livebot.decide.events import (
    Broken,
    Comment,
    CommentDeleted,
    Gap,
    Heartbeat,
    OrderUpdate,
    Settled,
    StreamEnded,
    StreamEvent,
    StreamStarted,
    Viewer,
)
from livebot.errors import LivebotError, Unavailable
from livebot.keep import clock
from livebot.keep import journal as journal_module
from livebot.keep.journal import DELETED, ORDER, Journal
from livebot.keep.supervisor import Status, keep_going

Opener = Callable[..., Awaitable[Journal]]
Waiter = Callable[..., Awaitable[None]]
Script = Callable[["Connection"], Awaitable[None]]


class Connection:
    """The platform's end of one connection: `number` counts from 1, `after` is what the client asked to resume behind."""

    def __init__(self, socket: ServerConnection, number: int, after: str | None) -> None:
        self.socket, self.number, self.after = socket, number, after

    async def send(self, kind: str, **fields: Any) -> None:
        await self.socket.send(json.dumps({"type": kind, **fields}))

    async def comment(self, id_: str, text: str = "在吗", **fields: Any) -> None:
        await self.send("comment", id=id_, text=text, user={"id": "u1", "name": "小明"}, **fields)

    async def stay(self) -> None:
        await self.socket.wait_closed()


class Platform:
    def __init__(self, script: Script) -> None:
        self.script, self.connections = script, list[Connection]()

    async def __aenter__(self) -> "Platform":
        self._server = await serve(self._serve, "127.0.0.1", 0, close_timeout=0.2)
        self.url = f"ws://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/r"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, socket: ServerConnection) -> None:
        with contextlib.suppress(Exception):
            hello = json.loads(await socket.recv())
            connection = Connection(socket, len(self.connections) + 1, hello.get("after"))
            self.connections.append(connection)
            await self.script(connection)


@contextlib.asynccontextmanager
async def listening(journal: Journal, script: Script, name: str = "r") -> AsyncIterator[tuple[Intake, Platform]]:
    """An intake under its supervisor, connected to a platform that follows the script."""
    async with Platform(script) as platform:
        adapter = BridgeAdapter()
        config = registry.settings(adapter, {"url": platform.url}, file="f", room=name)
        intake = Intake(name=name, adapter=adapter, config=config, capabilities=adapter.capabilities, journal=journal, status=Status(name))
        task = asyncio.create_task(keep_going(intake.status, intake.attempt))
        try:
            yield intake, platform
        finally:
            task.cancel()
            await asyncio.wait({task})
            if not task.cancelled() and (error := task.exception()):
                raise error


def ids(journal: Journal) -> list[str]:
    return [n for (n,) in journal.read("SELECT native_id FROM events WHERE kind = 'comment' ORDER BY seq")]


def gaps(journal: Journal) -> list[Gap]:
    return [one.event for one in journal.events("WHERE kind = 'gap' ORDER BY seq") if isinstance(one.event, Gap)]


# ── hearing ────────────────────────────────────────────────────────────────────


async def test_what_is_heard_is_journalled_and_resumed_behind_the_last(open_journal: Opener, wait_until: Waiter) -> None:
    async def script(connection: Connection) -> None:
        await connection.send("stream_started")
        await connection.comment("1")
        await connection.comment(str(connection.number + 1))
        if connection.number == 1:
            await connection.socket.close(1012)
        await connection.stay()

    journal = await open_journal()
    async with listening(journal, script) as (intake, platform):
        await wait_until(lambda: ids(journal) == ["1", "2", "3"])
        assert [connection.after for connection in platform.connections] == [None, "2"]
        assert intake.status.state == "up"
    assert len(journal.read("SELECT * FROM streams")) == 1, "stream_started on an open stream is no new one"
    assert journal.value("SELECT n FROM counters WHERE name = 'duplicates'") == 1


async def test_history_is_marked_and_what_was_missed_is_not(open_journal: Opener, wait_until: Waiter) -> None:
    async def script(connection: Connection) -> None:
        now = clock.now_ms()
        if connection.number == 1:
            await connection.comment("old", t_ms=now - 30_000)
            await connection.comment("no time, so as old as the one before")
            await connection.comment("live", t_ms=now)
            await connection.comment("no time, live")
            await connection.socket.close(1012)
        await connection.comment("missed", t_ms=now - 30_000)
        await connection.comment("missed long ago", t_ms=now - 70_000)
        await connection.comment("2", t_ms=now)
        await connection.stay()

    journal = await open_journal()
    async with listening(journal, script):
        await wait_until(lambda: len(ids(journal)) == 7)
    history = [n for (n,) in journal.read("SELECT native_id FROM events WHERE history ORDER BY seq")]
    assert history == ["old", "no time, so as old as the one before", "missed long ago"]


async def test_after_the_end_an_orderly_close_is_no_trouble_and_a_new_comment_opens_the_next_stream(
    open_journal: Opener, wait_until: Waiter, log: list[str]
) -> None:
    async def script(connection: Connection) -> None:
        await connection.comment("1")
        if connection.number == 1:
            await connection.send("stream_ended")
            await connection.comment("2")
            return
        if connection.number == 3:
            await connection.comment("3")
            await connection.stay()

    journal = await open_journal()
    async with listening(journal, script) as (intake, _):
        await wait_until(lambda: "3" in ids(journal))
        assert intake.status.state == "up"
    assert [line for line in log if line.startswith("WARNING")] == []
    per_stream = journal.read("SELECT stream, group_concat(native_id) FROM events WHERE kind = 'comment' GROUP BY stream")
    assert per_stream == [(1, "1,2"), (2, "3")]
    assert gaps(journal) == [], "nobody is deaf between two streams"


async def test_broken_frames_are_counted_and_shown_and_lose_nothing_beside_them(
    open_journal: Opener, wait_until: Waiter, log: list[str]
) -> None:
    async def script(connection: Connection) -> None:
        for n in range(5):
            await connection.socket.send("{not json" if n else b"\xff\xfe")
            await connection.comment(str(n))
        await connection.stay()

    journal = await open_journal()
    async with listening(journal, script) as (intake, _):
        await wait_until(lambda: len(ids(journal)) == 5 and journal.value("SELECT sum(n) FROM counters WHERE name = 'broken'") == 5)
        assert intake.broken == 5
    assert len([line for line in log if line.startswith("WARNING")]) == 3, "at 1, 2 and 4"


async def test_a_quiet_room_is_up_after_a_while(open_journal: Opener, wait_until: Waiter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake_module, "STEADY_S", 0.05)
    monkeypatch.setattr(intake_module, "ALIVE_S", 0.05)

    async def script(connection: Connection) -> None:
        if connection.number == 1:
            await connection.socket.close(1012)
        await connection.stay()

    journal = await open_journal()
    async with listening(journal, script) as (intake, _):
        await wait_until(lambda: intake.status.state == "down")
        await wait_until(lambda: intake.status.state == "up")
        assert intake.status.failures == 1, "the back-off waits for a comment"


# ── being deaf ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("how", ["close", "cut", "stall"])
async def test_the_gap_says_since_when_and_until_when(open_journal: Opener, wait_until: Waiter, how: str) -> None:
    left: list[int] = []

    async def script(connection: Connection) -> None:
        await connection.send("welcome", heartbeat_s=0.1)
        await connection.comment(str(connection.number))
        if connection.number > 1:
            while True:
                await asyncio.sleep(0.1)
                await connection.send("ping")
        await asyncio.sleep(0.3)
        left.append(clock.now_ms())
        if how == "close":
            await connection.socket.close(1000)
        elif how == "cut":
            connection.socket.transport.write(b'\x81\x7e\x01\x00{"type":"comment","id":"cut')
            connection.socket.transport.abort()
        else:
            await connection.send("ping")
        await connection.stay()

    journal = await open_journal()
    async with listening(journal, script):
        await wait_until(lambda: ids(journal) == ["1", "2"])
    at = journal.value("SELECT received_at FROM events WHERE native_id = '2'")
    [gap] = gaps(journal)
    assert abs(gap.since - left[0]) < 1000
    assert abs(gap.until - at) < 1000
    assert gap.reason
    silence = (gap.until - gap.since) / 1000
    assert silence < (1.0 if how != "stall" else 1.25 + 0.6 + 1.0), "a silent socket is noticed after 2.5 heartbeats and a second"
    assert how != "stall" or silence > 1.25


async def test_without_a_heartbeat_a_quiet_room_is_not_taken_for_a_dead_one(open_journal: Opener, wait_until: Waiter) -> None:
    async def script(connection: Connection) -> None:
        await connection.send("welcome")
        await connection.comment("1")
        await connection.stay()

    journal = await open_journal()
    async with listening(journal, script) as (intake, _):
        await wait_until(lambda: ids(journal) == ["1"])
        assert intake._limit > 300


async def test_waiting_for_the_journal_is_not_mistaken_for_a_dead_socket(
    open_journal: Opener, wait_until: Waiter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "FULL", 5)

    async def script(connection: Connection) -> None:
        await connection.send("welcome", heartbeat_s=0.04)
        for n in range(50):
            await connection.comment(str(n))
        while True:
            await asyncio.sleep(0.04)
            await connection.send("ping")

    journal = await open_journal()
    with contextlib.closing(sqlite3.connect(journal.path, isolation_level=None)) as other:
        async with listening(journal, script) as (_, platform):
            await wait_until(lambda: platform.connections)
            other.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(1.4)
            other.execute("COMMIT")
            await wait_until(lambda: len(ids(journal)) == 50)
            assert len(platform.connections) == 1


DAEMON = textwrap.dedent("""
    import asyncio, sys
    from pathlib import Path
    from adapters.bridge import BridgeAdapter
    from livebot.arrive import registry
    from livebot.arrive.intake import Intake
    from livebot.keep.journal import Journal
    from livebot.keep.supervisor import Status, keep_going

    async def main():
        adapter, journal = BridgeAdapter(), await Journal.open(Path(sys.argv[1]))
        config = registry.settings(adapter, {"url": sys.argv[2]}, file="f", room="r")
        intake = Intake(name="r", adapter=adapter, config=config, capabilities=adapter.capabilities, journal=journal, status=Status("r"))
        await keep_going(intake.status, intake.attempt)
    asyncio.run(main())
""")


async def test_a_killed_process_leaves_a_gap_that_is_right_to_a_second(open_journal: Opener, wait_until: Waiter) -> None:
    async def script(connection: Connection) -> None:
        await connection.comment(str(connection.number))
        await connection.stay()

    journal = await open_journal()
    async with Platform(script) as platform:
        process = subprocess.Popen([sys.executable, "-c", DAEMON, str(journal.path), platform.url])
        with process:
            await wait_until(lambda: ids(journal) == ["1"])
            await asyncio.sleep(0.6)
            os.kill(process.pid, signal.SIGKILL)
            killed_at = clock.now_ms()
    journal = await open_journal()
    await asyncio.sleep(0.4)
    async with listening(journal, script) as (_, platform):
        await wait_until(lambda: gaps(journal))
        assert platform.connections[0].after == "1"
    [gap] = gaps(journal)
    assert abs(gap.since - killed_at) < 1000
    assert gap.until - killed_at > 300
    assert gap.reason == "restart"


# ── not hammering ──────────────────────────────────────────────────────────────


async def test_a_server_that_accepts_and_closes_is_not_hammered(open_journal: Opener) -> None:
    """Whatever it sends before closing, and also beside a busy room, whose comments share its commits."""

    def flapping(*before_closing: str) -> Script:
        async def script(connection: Connection) -> None:
            if "started" in before_closing:
                await connection.send("stream_started")
            if "duplicate" in before_closing:
                await connection.comment("known")
            if "fresh" in before_closing:
                await connection.comment(f"fresh {connection.number}")

        return script

    async def busy(connection: Connection) -> None:
        n = 0
        while n := n + 1:
            await connection.comment(f"busy {n}")
            await asyncio.sleep(0.002)

    scripts = {"a": flapping(), "b": flapping("started"), "c": flapping("duplicate"), "d": flapping("started", "duplicate")}
    scripts["e"] = flapping("fresh")
    journal = await open_journal(rooms=("busy", *scripts))
    for name in scripts:
        await asyncio.shield(journal.append(name, Comment(id="known", author=Viewer(), text="")))
    async with contextlib.AsyncExitStack() as stack:
        lively, _ = await stack.enter_async_context(listening(journal, busy, "busy"))
        rooms = [await stack.enter_async_context(listening(journal, script, name)) for name, script in scripts.items()]
        await asyncio.sleep(1.7)
        assert lively.status.state == "up"
        for intake, platform in rooms:
            assert 2 <= len(platform.connections) <= 3, "at 0, 0.5 and 1.5 s"
            assert intake.status.failures >= len(platform.connections) - 1


async def test_a_new_comment_resets_the_back_off_once_the_connection_has_stood(
    open_journal: Opener, wait_until: Waiter, log: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_module, "STEADY_S", 0.3)
    monkeypatch.setattr(intake_module, "ALIVE_S", 0.05)

    async def script(connection: Connection) -> None:
        if connection.number <= 2:
            return
        await connection.comment("1")
        await connection.stay()

    journal = await open_journal()
    async with listening(journal, script) as (intake, _):
        await wait_until(lambda: intake.status.failures == 2)
        await wait_until(lambda: intake.status.state == "up")
        assert intake.status.failures == 2, "it may be gone again at once"
        await wait_until(lambda: intake.status.failures == 0)
    assert [line.split()[0] for line in log] == ["WARNING", "INFO"], "once down and once up"


# ── hostile adapters ───────────────────────────────────────────────────────────


class Nothing(BaseModel):
    pass


class ScriptedRoom:
    def __init__(self, events: Sequence[object], error: BaseException | None) -> None:
        self._events, self._error = events, error
        self.acknowledged: list[tuple[str, bool]] = []

    async def events(self) -> AsyncIterator[Any]:
        for event in self._events:
            yield event
        if self._error:
            raise self._error
        await asyncio.Event().wait()

    async def send(self, text: str, *, to: Comment | None, key: str) -> Receipt:
        return Receipt(state="sent")


class AcknowledgingRoom(ScriptedRoom):
    journal: Journal

    async def journalled(self, event: StreamEvent) -> None:
        assert isinstance(event, Comment | OrderUpdate | CommentDeleted)
        known = self.journal.value("SELECT 1 FROM events WHERE native_id IN (?1, ?2 || ?1, ?3 || ?1)", (event.id, ORDER, DELETED))
        self.acknowledged.append((event.id, bool(known)))


class ScriptedAdapter:
    name = "scripted"
    capabilities = Capabilities(can_send=True, replays_history=True, resumes=True)
    Config = Nothing

    def __init__(self, room: ScriptedRoom) -> None:
        self.room = room

    @contextlib.asynccontextmanager
    async def connect(self, config: BaseModel, *, after: str | None) -> AsyncIterator[ScriptedRoom]:
        yield self.room


def scripted(journal: Journal, room: ScriptedRoom) -> Intake:
    adapter = ScriptedAdapter(room)
    return Intake(name="r", adapter=adapter, config=Nothing(), capabilities=adapter.capabilities, journal=journal, status=Status("r"))


def wild(**fields: Any) -> Comment:
    return Comment(**({"id": "x", "author": Viewer(id="u"), "text": "t"} | fields))


async def test_a_gap_that_was_noticed_late_begins_when_it_began(open_journal: Opener) -> None:
    journal, since = await open_journal(), clock.now_ms() - 4_000
    intake = scripted(journal, ScriptedRoom([StreamStarted()], Unavailable("早断了", "gone for long", since=since)))
    for _ in range(2):
        with pytest.raises(Unavailable):
            await intake.attempt()
    assert [gap.since for gap in gaps(journal)] == [since]


HOSTILE = [
    wild(id="surrogates \ud800", text="\ud83d alone, \ud83d\ude00 a pair, \0 a NUL"),
    wild(id="surrogates \ud801"),
    wild(id="nul \0"),
    wild(id="nul \ufffd"),
    wild(id="big", text="好" * 1_000_000),
    wild(id="bidi", text="\u202e倒着\u2066\u200b\u200d"),
    wild(id="", text="no id"),
    wild(id="", text="no id either"),
    wild(id=None, text="no id at all"),
    wild(id=12345),
    wild(id="长" * 10_000),
    wild(id="roles 1", author=Viewer(id="u", roles=["fan", 7, None])),
    wild(id="roles 2", author=Viewer(id="u", roles="moderator")),
    wild(id="roles 3", author=Viewer(id="u", roles=None)),
    wild(id="roles 4", author=Viewer(id="u", roles={"b", "a"})),
    wild(id="roles 5", author=Viewer(id="u", roles=("\ud800",))),
    wild(id="author 1", author=None),
    wild(id="author 2", author=Viewer(id=7, name=None)),
    wild(id="text", text=None),
    wild(id="time 1", sent_at=1 << 80),
    wild(id="time 2", sent_at=float("nan")),
    wild(id="time 3", sent_at="yesterday"),
    wild(id="more", reply_to=["x"], product=3),
]


async def test_whatever_an_adapter_yields_loses_no_comment_and_ends_no_connection(open_journal: Opener, wait_until: Waiter) -> None:
    journal = await open_journal()
    others = [
        None,
        "a string",
        Heartbeat(every="soon"),  # type: ignore[arg-type]
        Heartbeat(every=-1.0),
        StreamStarted(planned_end="at ten"),  # type: ignore[arg-type]
        StreamStarted(planned_end=1 << 90),
        Settled(key="\ud800", state="sent", native_id="\0", reason="\ud800"),
        Settled(key="k", state="nonsense"),
        Gap(since="a", until=None, reason=""),  # type: ignore[arg-type]
        Gap(since=1, until=2, reason="\ud800"),
        Broken(reason=7, sample=None),  # type: ignore[arg-type]
        StreamEnded(),
    ]
    room = ScriptedRoom([event for pair in zip(HOSTILE, [*others, *[None] * len(HOSTILE)], strict=False) for event in pair], None)
    intake = scripted(journal, room)
    task = asyncio.create_task(intake.attempt())
    await wait_until(lambda: len(ids(journal)) >= len(HOSTILE))
    task.cancel()
    await asyncio.wait({task})
    assert len(ids(journal)) == len(HOSTILE), "no two of them were taken for the same"
    recorded = {one.event.id: one.event for one in journal.events("WHERE kind = 'comment'") if isinstance(one.event, Comment)}
    assert recorded["roles 1"].author.roles == ("fan", "7")
    assert recorded["roles 2"].author.roles == ("moderator",)
    assert recorded["roles 4"].author.roles == ("a", "b")
    assert recorded["roles 5"].author.roles == ("\ufffd",)
    assert recorded["author 2"].author == Viewer(id="7")
    assert recorded["more"].reply_to is None
    assert recorded["more"].product == "3"
    assert recorded["bidi"].text == "\u202e倒着\u2066\u200b\u200d"
    assert recorded["12345"].text == "t"
    assert len(recorded["big"].text) == 1_000_000
    assert "长" * 10_000 in recorded
    assert next(one.text for one in recorded.values()) == "\ufffd alone, 😀 a pair, \ufffd a NUL"
    assert {one.sent_at for name, one in recorded.items() if name.startswith("time")} == {None}
    rest = [one.event for one in journal.events("WHERE kind IN ('stream_started', 'settled', 'gap') ORDER BY seq")]
    settled = next(event for event in rest if isinstance(event, Settled))
    assert (settled.key, settled.state, settled.reason) == ("\ufffd", "sent", "\ufffd")
    assert [event for event in rest if event is not settled] == [StreamStarted(), StreamStarted(), Gap(since=1, until=2, reason="\ufffd")]
    assert intake._limit > 300, "a heartbeat of no sense promises nothing"


async def test_the_same_hostile_comment_is_the_same_again(open_journal: Opener, wait_until: Waiter) -> None:
    journal = await open_journal()
    intake = scripted(journal, ScriptedRoom([*HOSTILE, *HOSTILE, wild(id="last")], None))
    task = asyncio.create_task(intake.attempt())
    await wait_until(lambda: "last" in ids(journal))
    task.cancel()
    await asyncio.wait({task})
    assert len(ids(journal)) == len(HOSTILE) + 1
    assert journal.value("SELECT n FROM counters WHERE name = 'duplicates'") == len(HOSTILE)


async def test_a_platform_is_told_once_nothing_can_be_lost(open_journal: Opener, wait_until: Waiter) -> None:
    journal = await open_journal()
    more = [OrderUpdate(id="o", order="7", state="cancelled"), CommentDeleted(id="3"), wild(id="3"), wild(id="\0 odd")]
    room = AcknowledgingRoom([*(wild(id=str(n)) for n in range(5000)), *more], None)
    room.journal = journal
    task = asyncio.create_task(scripted(journal, room).attempt())
    await wait_until(lambda: len(room.acknowledged) == 5004)
    task.cancel()
    await asyncio.wait({task})
    assert room.acknowledged[:-1] == [*((str(n), True) for n in range(5000)), ("o", True), ("3", True), ("3", True)]
    assert journal.value("SELECT count(*) FROM events WHERE kind = 'comment'") == 5001
    assert sum(journal.commits.counts) < 500, "many wait for the same commit"


@pytest.mark.parametrize("error", [Unavailable("走了", "gone", retry_after=3.0), ValueError("a bug")])
async def test_what_the_adapter_raises_reaches_the_supervisor_as_it_is(open_journal: Opener, error: Exception) -> None:
    journal = await open_journal()
    intake = scripted(journal, ScriptedRoom([wild()], error))
    with pytest.raises(type(error)) as caught:
        await intake.attempt()
    assert caught.value is error
    assert intake.room is None
    assert not isinstance(error, LivebotError) or error.retry_after == 3.0  # type: ignore[attr-defined]


async def test_a_reader_that_is_cancelled_while_it_waits_takes_no_other_along(
    open_journal: Opener, wait_until: Waiter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rooms share commits, so one that ends must not end the commit of another."""
    monkeypatch.setattr(journal_module, "FULL", 1)
    journal = await open_journal(rooms=("r", "s"))
    first, second = scripted(journal, ScriptedRoom([wild(id="1")], None)), scripted(journal, ScriptedRoom([wild(id="2")], None))
    second.name = "s"
    with contextlib.closing(sqlite3.connect(journal.path, isolation_level=None)) as other:
        tasks = [asyncio.create_task(intake.attempt()) for intake in (first, second)]
        await wait_until(lambda: first.room and second.room)
        other.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(0.05)
        tasks[0].cancel()
        await asyncio.wait({tasks[0]})
        other.execute("COMMIT")
    await wait_until(lambda: sorted(ids(journal)) == ["1", "2"])
    assert not tasks[1].done()
    tasks[1].cancel()
    await asyncio.wait({tasks[1]})


async def test_who_listens_along_hears_every_comment(open_journal: Opener, wait_until: Waiter) -> None:
    journal = await open_journal()
    intake = scripted(journal, ScriptedRoom([wild(id="1"), StreamEnded(), wild(id="2")], None))
    heard: list[str] = []
    intake.heard = lambda comment: heard.append(comment.id)
    task = asyncio.create_task(intake.attempt())
    await wait_until(lambda: heard == ["1", "2"])
    task.cancel()
    await asyncio.wait({task})
