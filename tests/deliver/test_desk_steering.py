"""Modes switched live, and the quiet while a person answers: events, so that restarts and replays decide the same."""

import pytest
from fixture_types import Opener
from livestream import COUPON, FREIGHT, SIZE, Stream, ago
from moderators import Room, at_desk, decided, reply, sending

from livebot.decide.events import Viewer, viewer_key
from livebot.decide.session import RoomPolicy
from livebot.deliver.desk import acts, modes, quieting
from livebot.deliver.desk.moderation import Moderation
from livebot.deliver.desk.undo import undo
from livebot.errors import Rejected
from livebot.keep import clock, outbox
from livebot.keep.journal import Journal


def desk_of(stream: Stream) -> Moderation:
    return at_desk(stream.journal, policy=stream.policy, book=lambda: stream.book)


async def switched(stream: Stream, mode: str, rule: str = "") -> None:
    await modes.set_mode(desk_of(stream), mode, room="r", rule=rule, actor="小王")
    await decided(stream)


def last_decision(journal: Journal) -> tuple[str, str | None]:
    [(kind, reason)] = journal.read("SELECT kind, reason FROM decisions ORDER BY seq DESC, n DESC LIMIT 1")
    return kind, reason


def key(user: str) -> str:
    return viewer_key("r", Viewer(id=user))


async def folded_again(journal: Journal, again: Journal) -> Stream:
    """The same events, decided anew in an empty journal without any restart."""
    for table in ("streams", "events"):
        rows = journal.read(f"SELECT * FROM {table}")
        marks = ",".join("?" * len(rows[0]))
        await again.write(lambda conn, table=table, rows=rows, marks=marks: conn.executemany(f"INSERT INTO {table} VALUES ({marks})", rows))
    stream = Stream(again)
    await decided(stream)
    return stream


def decisions(journal: Journal) -> list[tuple[object, ...]]:
    return [tuple(row) for row in journal.read("SELECT seq, n, kind, rule, ref, reason FROM decisions ORDER BY seq, n")]


@pytest.mark.parametrize(
    ("room", "rule", "made"),
    [
        ("", "", ("send", None)),
        ("suggest", "", ("hold", "suggest")),
        ("listen", "", ("pass", "listen")),
        ("", "suggest", ("hold", "suggest")),
        ("", "listen", ("pass", "listen")),
        ("suggest", "listen", ("pass", "listen")),
        ("suggest", "auto", ("hold", "suggest")),  # the more careful of the two
        ("auto", "auto", ("send", None)),
    ],
)
async def test_the_more_careful_of_two_modes_counts(open_journal: Opener, room: str, rule: str, made: tuple[str, str | None]) -> None:
    stream = Stream(await open_journal())
    await switched(stream, room)
    await switched(stream, rule, FREIGHT.id)
    await stream.comment("包邮吗")
    assert last_decision(stream.journal) == made
    await switched(stream, "")
    await switched(stream, "", FREIGHT.id)
    await stream.comment("优惠券呢")
    assert last_decision(stream.journal) == ("send", None)


async def test_a_rule_that_wants_approval_can_be_let_loose_and_taken_back(open_journal: Opener) -> None:
    stream = Stream(await open_journal())
    await switched(stream, "auto", SIZE.id)
    await stream.comment("尺码")
    assert last_decision(stream.journal) == ("send", None)
    [room, rule] = modes.modes(desk_of(stream))
    assert (room.mode, room.live) == ("auto", False)
    assert (rule.rule, rule.mode, rule.configured, rule.by, rule.live) == ("size", "auto", "suggest", "小王", True)
    await switched(stream, "", SIZE.id)
    assert len(modes.modes(desk_of(stream))) == 1


async def test_what_is_not_there_cannot_be_switched(open_journal: Opener) -> None:
    stream = Stream(await open_journal())
    for wrong in ({"mode": "loud"}, {"mode": "auto", "room": "nowhere"}, {"mode": "auto", "rule": "nobody's"}):
        with pytest.raises(Rejected):
            await modes.set_mode(desk_of(stream), wrong.pop("mode"), actor="小王", **wrong)


async def test_a_mode_survives_a_restart_and_ends_with_the_configuration_that_it_was_set_over(open_journal: Opener) -> None:
    journal = await open_journal()
    stream = Stream(journal)
    await switched(stream, "listen")
    again = Stream(journal)
    again.engine.restore()
    await again.comment("包邮吗")
    assert last_decision(journal) == ("pass", "listen")
    changed = Stream(journal, policy=RoomPolicy(mode="suggest"))
    changed.engine.restore()
    await changed.comment("优惠券呢", id_="later")
    assert last_decision(journal) == ("hold", "suggest")
    assert [one.mode for one in modes.modes(desk_of(changed))] == ["suggest"]


async def test_what_was_queued_by_itself_does_not_leave_once_the_mode_is_down(open_journal: Opener, wait_until) -> None:  # type: ignore[no-untyped-def]
    journal = await open_journal()
    stream = Stream(journal)
    await stream.comment("包邮吗", user="a")
    await stream.comment("优惠券呢", user="b")
    freight, coupon = outbox.rows(journal, "state = 'queued' ORDER BY seq")
    await journal.write(lambda conn: conn.execute("UPDATE replies SET actor = '小王' WHERE id = ?", (coupon.id,)))
    await switched(stream, "suggest")
    room = Room()
    async with sending(journal, room, withheld=stream.engine.withheld):
        await wait_until(lambda: reply(journal, coupon.id).state == "sent")
        await wait_until(lambda: reply(journal, freight.id).state == "held")
    assert reply(journal, freight.id).why == "suggest"
    assert room.heard == [coupon.text], "what a person approved leaves"


@pytest.mark.parametrize(
    ("leased", "user", "text", "made"),
    [
        ({"viewer": key("a")}, "a", "包邮吗", ("hold", "human")),
        ({"viewer": key("a")}, "b", "包邮吗", ("send", None)),
        ({"topic": "freight"}, "b", "包邮吗", ("hold", "human")),
        ({"topic": "freight"}, "b", "优惠券呢", ("send", None)),
        ({"topic": "post.refund"}, "b", "我要退款", ("flag", "post.refund")),  # the issue is raised, the receipt is not said
        ({"viewer": key("a")}, "a", "哈哈", ("pass", "no_match")),
    ],
)
async def test_while_a_person_answers_livebot_is_quiet_there(
    open_journal: Opener, leased: dict[str, str], user: str, text: str, made: tuple[str, str | None]
) -> None:
    stream = Stream(await open_journal())
    await stream.starts()
    await quieting.lease(desk_of(stream), "r", actor="小王", **leased)
    await stream.comment(text, user=user)
    assert last_decision(stream.journal) == made
    assert [(one.by, one.viewer, one.topic) for one in quieting.leases(desk_of(stream), "r")] == [
        ("小王", leased.get("viewer", ""), leased.get("topic", ""))
    ]


async def test_a_lease_is_renewed_ended_and_runs_out_by_itself(open_journal: Opener, wait_until) -> None:  # type: ignore[no-untyped-def]
    journal = await open_journal()
    stream = Stream(journal)
    await stream.starts()
    await quieting.lease(desk_of(stream), "r", actor="小王", topic="coupon", seconds=1)
    first = await quieting.lease(desk_of(stream), "r", actor="小王", topic="freight", seconds=1)
    second = await quieting.lease(desk_of(stream), "r", actor="小王", topic="freight", seconds=100)
    assert second.until > first.until
    await wait_until(lambda: [one.topic for one in quieting.leases(desk_of(stream))] == ["freight"])
    await stream.comment("优惠券呢")
    assert last_decision(journal) == ("send", None)
    await stream.comment("包邮吗", user="a")
    assert last_decision(journal) == ("hold", "human")
    await quieting.release(desk_of(stream), "r", actor="小王", topic="freight")
    assert quieting.leases(desk_of(stream)) == ()
    again = Stream(journal)
    again.engine.restore()
    await again.comment("包邮吗", user="b", at=clock.now_ms() + 70_000, id_="later")
    assert last_decision(journal) == ("send", None)


@pytest.mark.parametrize("wrong", [{}, {"viewer": key("a"), "topic": "freight"}, {"viewer": "张三"}, {"viewer": ""}, {"topic": "nobody's"}])
async def test_a_lease_names_one_viewer_or_one_topic(open_journal: Opener, wrong: dict[str, str]) -> None:
    stream = Stream(await open_journal())
    with pytest.raises(Rejected):
        await quieting.lease(desk_of(stream), "r", actor="小王", **wrong)
    with pytest.raises(Rejected, match="没有直播间"):
        await quieting.lease(desk_of(stream), "nowhere", actor="小王", topic="freight")


async def test_an_answer_that_waits_in_the_queue_comes_back_when_a_person_takes_over(open_journal: Opener, wait_until) -> None:  # type: ignore[no-untyped-def]
    journal = await open_journal()
    stream = Stream(journal)
    await stream.comment("包邮吗", user="a")
    await stream.comment("优惠券呢", user="b")
    freight, coupon = outbox.rows(journal, "state = 'queued' ORDER BY seq")
    await quieting.lease(desk_of(stream), "r", actor="小王", viewer=key("a"))
    await decided(stream)
    room = Room()
    async with sending(journal, room, withheld=stream.engine.withheld):
        await wait_until(lambda: reply(journal, coupon.id).state == "sent")
        await wait_until(lambda: reply(journal, freight.id).state == "held")
    assert (reply(journal, freight.id).why, room.heard) == ("human", [coupon.text])


async def test_a_replay_and_a_daemon_that_was_restarted_at_every_event_decide_the_same(open_journal: Opener) -> None:
    """Modes, leases and what moderators did: all of it is in the events."""
    journal = await open_journal()
    stream, desk = Stream(journal), at_desk(journal)
    await stream.starts(at=ago(1))

    async def say(text: str, user: str) -> None:
        nonlocal stream
        await stream.comment(text, user=user, id_=f"{user} {text} {stream.said}{clock.now_ms()}")
        stream = Stream(journal, said=stream.said)
        stream.engine.restore()

    await say("尺码", "a")
    [held] = outbox.rows(journal, "state = 'held'")
    done = await acts.reject(desk, held.id, actor="小王")
    await undo(desk, batch=done.batch, actor="小王")
    await say("尺码呢", "b")
    await acts.aloud(desk, held.id, actor="小王")
    await say("尺码怎么选", "c")
    await say("同问", "d")
    await switched(stream, "suggest")
    await say("包邮吗", "a")
    await quieting.lease(desk_of(stream), "r", actor="小王", topic=COUPON.id, seconds=60)
    await say("优惠券呢", "b")
    await switched(stream, "")
    await quieting.release(desk_of(stream), "r", actor="小王", topic=COUPON.id)
    await say("我要退款", "e")
    again = await folded_again(journal, await open_journal("again.db"))
    assert decisions(again.journal) == decisions(journal)
    assert {(kind, reason) for _, _, kind, _, _, reason in decisions(journal)} >= {
        ("hold", "suggest"),
        ("hold", "human"),
        ("credit", None),
        ("pass", "answered"),
        ("send", None),
    }
