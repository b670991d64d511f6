"""The hinge: every journalled event is decided once, in order, also across crashes; and the whole path over a real socket."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import forking
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from small_house import BOOK, MATCHER, engine_of, running

from livebot import engine as engine_module
from livebot.decide.events import Comment, CommentDeleted, OrderUpdate, Outgoing, Recordable, Settled, StreamEnded, StreamStarted, Viewer
from livebot.decide.matching import Match, Matcher
from livebot.decide.orders import CATEGORY
from livebot.decide.rulebook import Rulebook
from livebot.decide.states import COMMENT_STATES
from livebot.engine import Engine
from livebot.keep import clock, outbox
from livebot.keep.figures import figures
from livebot.keep.journal import Journal
from livebot.simulate.bridge import BridgeServer
from livebot.simulate.faults import Faults
from livebot.simulate.recording import Line

Opener = Callable[..., Awaitable[Journal]]
Waiter = Callable[..., Awaitable[None]]

TEXTS = ("发货", "哈哈", "我要退货", "正品吗", "在吗", "有质保吗")


def comment(id_: str, text: str = "发货", who: str = "u1") -> Comment:
    return Comment(id=id_, author=Viewer(id=who, name=who), text=text)


async def put(journal: Journal, *events: Recordable, at: int | None = None, room: str = "r") -> None:
    for event in events:
        saved = journal.append(room, event, received_at=at)
    await asyncio.shield(saved)


async def decide_all(engine: Engine) -> None:
    while await engine.step():
        pass


def decisions(journal: Journal) -> list[tuple[int, str, str | None]]:
    return [tuple(row) for row in journal.read("SELECT seq, kind, coalesce(reason, rule) FROM decisions ORDER BY seq, n")]


# ── one commit ─────────────────────────────────────────────────────────────────


async def test_every_event_is_decided_once_with_its_rulebook(open_journal: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "BATCH", 3)
    journal = await open_journal()
    await put(journal, StreamStarted(), *[comment(str(n), text) for n, text in enumerate(TEXTS)], StreamEnded())
    engine = engine_of(journal)
    engine.restore()
    await decide_all(engine)
    assert decisions(journal) == [
        (1, "pass", "noted"),
        (2, "send", "ship"),
        (3, "pass", "no_match"),
        (4, "flag", "post.return"),
        (4, "send", "return"),
        (5, "hold", "suggest"),
        (6, "pass", "no_match"),
        (7, "send", "slow"),
        (8, "schedule", "livebot.handover"),
    ]
    assert engine.decided == 8
    assert sum(engine.lag.counts) == 8
    assert journal.read("SELECT hash FROM rulebooks") == [(BOOK.hash,)]
    assert journal.value("SELECT count(*) FROM decisions WHERE rulebook != 1") == 0
    assert journal.read("SELECT kind, rule, state, text, reply_to FROM replies ORDER BY seq") == [
        ("answer", "ship", "queued", "发货看商品页", "0"),
        ("ack", "return", "queued", "@u* 已登记", "2"),
        ("answer", "auth", "held", "都是正品", "3"),
        ("answer", "slow", "queued", "质保看商品页", "5"),
    ]
    assert journal.read("SELECT category, rules, stream FROM issues") == [("post.return", '["return"]', 1)]
    assert journal.read("SELECT rule, state FROM followups") == [("livebot.handover", "waiting")]
    assert not await engine.step()


async def test_rules_that_are_swapped_are_named_by_what_they_decided(open_journal: Opener) -> None:
    journal = await open_journal()
    engine = engine_of(journal)
    engine.restore()
    await put(journal, comment("1"))
    await engine.step()
    engine.matcher = Matcher(Rulebook(flags=BOOK.flags))
    await put(journal, comment("2"))
    await engine.step()
    assert [(kind, reason) for _, kind, reason in decisions(journal)] == [("send", "ship"), ("pass", "no_match")]
    assert journal.read("SELECT rulebook FROM decisions ORDER BY seq") == [(1,), (2,)]


class Stumbling(Matcher):
    def fresh_all(self, texts: Sequence[str], *, hasty: bool = True) -> list[Match]:
        if "bug" in texts:
            raise KeyError("bug")
        return super().fresh_all(texts, hasty=hasty)


async def test_a_bug_over_one_comment_costs_no_other_its_decision(open_journal: Opener, log: list[str]) -> None:
    journal = await open_journal()
    engine = engine_of(journal, Stumbling(BOOK))
    engine.restore()
    await put(journal, comment("1"), comment("2", "bug"), comment("3", "退货"))
    await engine.step()
    assert decisions(journal)[:2] == [(1, "send", "ship"), (2, "pass", "bug")]
    assert decisions(journal)[2][1] == "flag"
    assert len([line for line in log if line.startswith("ERROR")]) == 1


async def test_bugs_in_a_row_are_the_supervisor_s_business(open_journal: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "BUGS_IN_A_ROW", 3)
    journal = await open_journal()
    engine = engine_of(journal, Stumbling(BOOK))
    await put(journal, comment("0"), *[comment(str(n), "bug") for n in range(1, 5)])
    with pytest.raises(KeyError):
        await engine.run(journal.bell.listen())
    assert decisions(journal) == []
    engine.matcher = MATCHER
    engine.restore()
    await decide_all(engine)
    assert decisions(journal)[0] == (1, "send", "ship"), "what was decided but not stored is decided anew, and not credited to a ghost"


async def test_it_works_when_the_bell_rings(open_journal: Opener, wait_until: Waiter) -> None:
    journal = await open_journal()
    engine = engine_of(journal)
    task = asyncio.create_task(engine.run(journal.bell.listen()))
    for n in range(3):
        await put(journal, comment(str(n)))
        await wait_until(lambda n=n: engine.decided == n + 1, 0.9)
    task.cancel()
    await asyncio.wait({task})


async def test_rooms_without_a_policy_are_only_listened_to(open_journal: Opener) -> None:
    journal = await open_journal()
    engine = engine_of(journal)
    await put(journal, comment("1"), room="unknown")
    await engine.step()
    assert decisions(journal) == [(1, "pass", "listen")]


# ── doubts ─────────────────────────────────────────────────────────────────────


async def test_what_the_room_shows_settles_doubts_and_nothing_else(open_journal: Opener, add_reply) -> None:  # type: ignore[no-untyped-def]
    journal = await open_journal()
    for id_, state in (("a", "in_doubt"), ("b", "in_doubt"), ("c", "in_doubt"), ("d", "refused"), ("e", "in_doubt")):
        await add_reply(journal, id_, state, text=f"text {id_}")
    engine = engine_of(journal)
    engine.restore()
    await put(
        journal,
        comment("m1", "text a", "bot"),
        Settled(key="b", state="sent", native_id="m2"),
        Settled(key="c", state="refused", reason="no"),
        Settled(key="d", state="sent"),
        Settled(key="e", state="in_doubt"),
        Settled(key="nobody's", state="sent"),
    )
    await decide_all(engine)
    assert {row.id: (row.state, row.why) for row in outbox.rows(journal, "1")} == {
        "a": ("sent", "echo"),
        "b": ("sent", ""),
        "c": ("refused", "no"),
        "d": ("refused", None),
        "e": ("in_doubt", None),
    }


# ── restarts ───────────────────────────────────────────────────────────────────


async def test_a_restarted_engine_remembers_what_it_answered_and_that_the_stream_goes_on(open_journal: Opener) -> None:
    journal = await open_journal()
    engine = engine_of(journal)
    engine.restore()
    now = clock.now_ms()
    await put(journal, StreamStarted(), comment("1", "有质保吗"), at=now - 5_000_000)
    await put(journal, comment("2", "发货"), at=now - 90_000)
    await put(journal, comment("3", "正品吗"), at=now - 10_000)
    await decide_all(engine)
    await journal.close()

    journal = await open_journal()
    engine = engine_of(journal)
    engine.restore()
    assert engine.sessions["r"].live
    assert engine.sessions["r"].stream == 1
    await put(journal, comment("4", "有质保吗"), comment("5", "发货"), comment("6", "正品吗"), StreamStarted(), StreamEnded())
    await decide_all(engine)
    assert [(kind, what) for _, kind, what in decisions(journal)[4:]] == [
        ("credit", "slow"),  # two hours are not over
        ("send", "ship"),
        ("credit", "auth"),
        ("pass", "noted"),
        ("schedule", "livebot.handover"),
    ]


async def test_a_restarted_engine_knows_its_own_words_and_itself(open_journal: Opener, add_reply) -> None:  # type: ignore[no-untyped-def]
    journal = await open_journal()
    await add_reply(journal, "left", "sent", text="包邮哦")
    await add_reply(journal, "held", "held", text="我要退货")
    await put(journal, comment("m1", "包邮哦", "bot"))
    await journal.write(lambda conn: conn.execute("UPDATE replies SET native_id = 'm1' WHERE id = 'left'"))
    engine = engine_of(journal)
    engine.restore()
    session = engine.sessions["r"]
    assert set(session.own_messages) == {"m1"}
    assert set(session.own_ids) == {"bot"}
    assert session.echo_of(comment("x", "包邮哦", "bot"), clock.now_ms()) == "", "ours, and settled"
    assert session.echo_of(comment("x", "包邮哦", "u1"), clock.now_ms()) is None
    assert session.echo_of(comment("x", "我要退货", "bot"), clock.now_ms()) is None


EVENTS = st.one_of(
    st.builds(comment, st.integers(0, 30).map(str), st.sampled_from(TEXTS), st.sampled_from(["u1", "u2"])),
    st.builds(CommentDeleted, id=st.integers(0, 30).map(str)),
    st.builds(
        OrderUpdate, id=st.integers(0, 30).map(str), order=st.sampled_from(["", "A", "B"]), state=st.sampled_from(["paid", *CATEGORY])
    ),
    st.sampled_from([StreamStarted(), StreamEnded(), Settled(key="k", state="sent", native_id="9"), Outgoing(key="k", text="在吗")]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EVENTS, min_size=1, max_size=25), st.integers(0, 25))
@example([comment("0"), StreamEnded(), StreamEnded()], 0)
@example([comment("0"), StreamEnded(), StreamEnded()], 1)
async def test_a_restart_changes_no_decision_and_states_sum_to_the_comments(
    tmp_path_factory: pytest.TempPathFactory, events: list[Recordable], cut: int
) -> None:
    """The same events, decided one by one, or in a heap by an engine that started in their midst."""
    told = []
    for restarts in (False, True):
        journal = await Journal.open(tmp_path_factory.mktemp("j") / "j.db")
        engine = engine_of(journal)
        engine.restore()
        now = clock.now_ms()
        for n, event in enumerate(events):
            if isinstance(event, Outgoing | Settled):
                continue  # a copied word or a receipt is remembered by the outbox, which is empty here
            await put(journal, event, at=now - 25_000 + n * 1000)
            if n <= cut or not restarts:
                await decide_all(engine)
        if restarts:
            engine = engine_of(journal)
            engine.restore()
            await decide_all(engine)
        told.append([(kind, what) for _, kind, what in decisions(journal)])
        for (stream,) in journal.read("SELECT id FROM streams"):
            found = figures(journal, stream)
            comments = journal.value("SELECT count(*) FROM events WHERE stream = ? AND kind = 'comment'", (stream,))
            assert sum(found.states.values()) == found.comments == comments
        assert not journal.undecided(1)
        await journal.close()
    assert told[0] == told[1]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EVENTS, min_size=1, max_size=25))
async def test_journalled_events_through_a_fresh_session_give_the_same_decisions(
    tmp_path_factory: pytest.TempPathFactory, events: list[Recordable]
) -> None:
    first = await Journal.open(tmp_path_factory.mktemp("j") / "j.db")
    engine = engine_of(first)
    engine.restore()
    for event in events:
        await put(first, event)
        await decide_all(engine)
    again = engine_of(first)
    assert [again._decide(recorded, MATCHER) for recorded in first.events("ORDER BY seq")]
    assert again.sessions == engine.sessions
    await first.close()


# ── the whole path ─────────────────────────────────────────────────────────────


def recording(count: int) -> list[Line]:
    return [Line(id=str(n), t_ms=n, text=f"{TEXTS[n % len(TEXTS)]}{n}", user=f"u{n % 7}", name=f"名{n % 7}") for n in range(count)]


def settled(journal: Journal) -> bool:
    return bool(
        journal.value("SELECT 1 FROM events WHERE kind = 'stream_ended'")
        and not journal.undecided(1)
        and not outbox.rows(journal, "state IN ('queued', 'sending')")
    )


@pytest.mark.parametrize(
    "faults", [Faults(), Faults(duplicate=0.2, broken=0.2, unknown=0.2, missing=0.3, history=10, drop=100, silent=0.5)]
)
async def test_states_sum_to_what_was_sent_and_order_is_kept(open_journal: Opener, wait_until: Waiter, faults: Faults) -> None:
    journal = await open_journal()
    async with BridgeServer(recording(350), speed=None, faults=faults) as server, running(journal, server.url("r")):
        await wait_until(lambda: settled(journal), 20)
        said = server.says
        echoes = "SELECT count(*) FROM events WHERE native_id LIKE 'bot-%'"
        await wait_until(lambda: journal.value(echoes) == len(said) and not journal.undecided(1), 10)
    [(stream,)] = journal.read("SELECT id FROM streams")
    found = figures(journal, stream)
    heard = [one.event.id for one in journal.events("WHERE kind = 'comment' ORDER BY seq") if isinstance(one.event, Comment)]
    ours = [id_ for id_ in heard if id_.isdigit()]
    if faults == Faults():
        assert ours == [str(n) for n in range(350)]
    else:
        assert [int(id_) for id_ in ours] == sorted(map(int, ours))
        assert found.duplicates > 0
        assert found.broken > 0
        assert len(found.gaps) >= 2
    assert sum(found.states.values()) == found.comments == len(heard)
    assert set(found.states) <= set(COMMENT_STATES)
    assert len({say.key for say in said}) == len(said), "nothing was said twice"
    assert {say.key for say in said} == {row.id for row in outbox.rows(journal, "state = 'sent'")}, "and the echo settled every doubt"
    assert journal.value("SELECT count(*) FROM events e LEFT JOIN decisions d USING (seq) WHERE d.seq IS NULL") == 0


async def test_what_was_resumed_is_answered_if_it_is_young(open_journal: Opener, wait_until: Waiter) -> None:
    journal = await open_journal()
    lines = [Line(id="0", t_ms=0, text="在吗", user="u"), Line(id="1", t_ms=300, text="发货", user="u")]
    async with BridgeServer(lines, speed=1.0, ends=False) as server:
        async with running(journal, server.url("r")):
            await wait_until(lambda: journal.last_comment("r") == "0")
        await asyncio.sleep(0.4)
        async with running(journal, server.url("r")):
            await wait_until(lambda: [row.state for row in outbox.rows(journal, "1")] == ["sent"])
    assert journal.value("SELECT history FROM events WHERE native_id = '1'") == 0


# ── kill -9 ────────────────────────────────────────────────────────────────────

SEAMS = {
    "journal.events_inserted": "decided anew",
    "journal.before_commit": "decided anew",
    "journal.after_commit:3": "decided anew",
    "engine.decided": "decided anew",
    "engine.stored": "said once",
    "reply.taken": "in doubt, not said",
    "reply.said": "in doubt, said",
    "reply.settled": "said once",
}


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 here")
async def test_a_kill_at_any_seam_loses_nothing_and_says_nothing_twice(tmp_path: Path, wait_until: Waiter) -> None:
    async def one(place: str, fate: str) -> None:
        lines = [Line(id="a", t_ms=0, text="什么时候发货", user="u1"), Line(id="b", t_ms=0, text="我要退货", user="u2")]
        path = tmp_path / f"{place.replace(':', '_')}.db"
        async with BridgeServer(lines, speed=None, ends=False, echo=False) as server:
            url = server.url("r")
            process = forking.start("small_house:alone", str(path), url, env={**os.environ, "LIVEBOT_CRASH_AT": place})
            assert await process.ended() == -signal.SIGKILL, place
            said_before = {say.key for say in server.says}
            journal = await Journal.open(path)
            try:
                async with running(journal, url):
                    await wait_until(
                        lambda: journal.value("SELECT count(*) FROM events WHERE kind = 'comment'") == 2 or len(server.hellos) > 1, 15
                    )
                    await wait_until(lambda: not journal.undecided(1) and not outbox.rows(journal, "state IN ('queued', 'sending')"), 15)
                    doubts = {row.id for row in outbox.rows(journal, "state = 'in_doubt'")}
                keys = [say.key for say in server.says]
                assert len(keys) == len(set(keys)), place
                assert not journal.read("SELECT 1 FROM events e LEFT JOIN decisions d USING (seq) WHERE d.seq IS NULL"), place
                if fate.startswith("in doubt"):
                    assert doubts, place
                    assert doubts & said_before if fate.endswith(", said") else doubts.isdisjoint(keys), place
                else:
                    assert not (doubts - said_before), place
                assert {row.id for row in outbox.rows(journal, "state = 'sent'")} <= set(keys)
            finally:
                await journal.close()

    async with asyncio.TaskGroup() as group:
        for place, fate in SEAMS.items():
            group.create_task(one(place, fate))


async def test_a_doubt_after_a_kill_is_settled_by_the_echo(tmp_path: Path, wait_until: Waiter) -> None:
    path = tmp_path / "j.db"
    async with BridgeServer([Line(id="a", t_ms=0, text="什么时候发货", user="u1")], speed=None, ends=False) as server:
        env = {**os.environ, "LIVEBOT_CRASH_AT": "reply.said"}
        process = forking.start("small_house:alone", str(path), server.url("r"), env=env)
        assert await process.ended() == -signal.SIGKILL
        journal = await Journal.open(path)
        async with running(journal, server.url("r")):
            await wait_until(lambda: [row.state for row in outbox.rows(journal, "1")] == ["sent"])
        assert len(server.says) == 1
        await journal.close()
