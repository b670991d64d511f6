"""What moderators do to one reply: each act once, the loser told, everything to be taken back until it has left."""

import asyncio
import contextlib

import pytest
from fixture_types import Opener
from livestream import Stream, ago
from moderators import Room, asked, at_desk, decided, many_topics, reply, sending

from livebot.decide.session import RoomPolicy
from livebot.deliver.desk import acts
from livebot.deliver.desk.moderation import NeedsConfirmation, TooLate, Unfit
from livebot.deliver.desk.undo import undo
from livebot.errors import Rejected
from livebot.keep import clock, outbox
from livebot.keep.figures import figures


async def test_of_two_moderators_who_approve_at_once_one_wins_and_the_room_hears_it_once(open_journal: Opener, wait_until) -> None:  # type: ignore[no-untyped-def]
    first, second = await open_journal(), await open_journal()
    stream = Stream(first)
    row = await asked(stream)
    room = Room()
    async with sending(first, room):
        ends = await asyncio.gather(
            *(acts.approve(at_desk(one, 0.0), row.id, actor=who, version=1) for one, who in ((first, "小王"), (second, "小李"))),
            return_exceptions=True,
        )
        await wait_until(lambda: reply(first, row.id).state == "sent")
    [lost] = [end for end in ends if isinstance(end, TooLate)]
    assert lost.actor == reply(first, row.id).actor
    assert lost.actor in lost.zh
    assert lost.act == "approve"
    assert room.heard == ["尺码看详情页"]


async def _refused(work) -> TooLate:  # type: ignore[no-untyped-def]
    with pytest.raises(TooLate) as caught:
        await work
    return caught.value


async def test_the_loser_is_told_who_was_first_and_what_they_did(open_journal: Opener) -> None:
    journal = await open_journal()
    stream, desk = Stream(journal, book=many_topics(4)), at_desk(journal)
    done = {
        "改写后通过了，改成“看尺码表”": lambda row: acts.approve(desk, row.id, actor="小王", text="看尺码表"),
        "拒绝了": lambda row: acts.reject(desk, row.id, actor="小王"),
        "标了主播已口头回答": lambda row: acts.aloud(desk, row.id, actor="小王"),
        "推后了": lambda row: acts.snooze(desk, row.id, 20, actor="小王"),
    }
    for n, (told, act) in enumerate(done.items()):
        row = await asked(stream, f"问题{n}号")
        await act(row)
        error = await _refused(acts.approve(desk, row.id, actor="小李", version=row.version))
        assert error.zh.startswith("小王 抢先了一步："), error.zh
        assert told in error.zh, error.zh


async def test_an_approved_text_leaves_only_once_the_undo_window_is_over(open_journal: Opener, wait_until) -> None:  # type: ignore[no-untyped-def]
    journal = await open_journal()
    row = await asked(Stream(journal))
    room = Room()
    async with sending(journal, room):
        done = await acts.approve(at_desk(journal, 0.6), row.id, actor="小王")
        assert reply(journal, row.id).state == "queued"
        assert done.at - clock.now_ms() > 300
        await wait_until(lambda: room.heard)
        assert clock.now_ms() >= done.at


async def test_taken_back_within_the_window_it_is_held_again_and_nothing_was_said(open_journal: Opener, wait_until) -> None:  # type: ignore[no-untyped-def]
    journal = await open_journal()
    row = await asked(Stream(journal))
    desk, room = at_desk(journal, 0.5), Room()
    async with sending(journal, room):
        done = await acts.approve(desk, row.id, actor="小王", text="看详情页的尺码表")
        assert (await undo(desk, batch=done.batch, actor="小李")).ids == (row.id,)
        back = reply(journal, row.id)
        assert (back.state, back.text, back.actor, back.origin, back.why) == ("held", row.text, "", "rule", row.why)
        await acts.approve(desk, row.id, actor="小李")
        await wait_until(lambda: room.heard)
    assert room.heard == [row.text]
    assert (await _refused(undo(desk, reply_id=row.id, actor="小王"))).state == "sent"


async def test_an_answer_of_several_messages_is_taken_back_whole(open_journal: Opener) -> None:
    journal = await open_journal()
    row = await asked(Stream(journal))
    desk = at_desk(journal, policy=RoomPolicy(max_chars=30))
    said = "尺码表在商品页第三张图，偏小的话建议拍大一码。脚宽也是，拿不准就问店铺客服。"
    for _ in range(2):
        done = await acts.approve(desk, row.id, actor="小王", text=said)
        assert len(outbox.rows(journal, "state = 'queued'")) == 2
        await undo(desk, batch=done.batch, actor="小王")
        assert [one.text for one in outbox.rows(journal, "1")] == [row.text]


@pytest.mark.parametrize("act", [acts.reject, acts.aloud])
async def test_a_rejection_and_an_answer_aloud_can_be_taken_back_too(open_journal: Opener, act) -> None:  # type: ignore[no-untyped-def]
    journal = await open_journal()
    stream, desk = Stream(journal), at_desk(journal)
    await stream.starts()
    row = await asked(stream, user="a")
    done = await act(desk, row.id, actor="小王")
    await decided(stream)
    await undo(desk, batch=done.batch, actor="小王")
    await decided(stream)
    assert reply(journal, row.id).state == "held"
    await stream.comment("尺码呢", user="b")
    assert outbox.askers(journal, row.id)[0] == 2, "whoever asks now joins the draft, as if nothing had happened"
    with pytest.raises(Rejected, match="没有可以撤回"):
        await undo(desk, reply_id=row.id, actor="小王")


async def test_nothing_is_taken_back_after_somebody_did_something_else(open_journal: Opener) -> None:
    journal = await open_journal()
    row = await asked(Stream(journal))
    desk = at_desk(journal)
    snoozed = await acts.snooze(desk, row.id, 20, actor="小王")
    await acts.reject(desk, row.id, actor="小李")
    error = await _refused(undo(desk, batch=snoozed.batch, actor="小王"))
    assert error.actor == "小李"
    assert reply(journal, row.id).state == "denied"


async def test_an_edit_is_judged_before_it_leaves(open_journal: Opener) -> None:
    journal = await open_journal()
    row = await asked(Stream(journal))
    desk = at_desk(journal)
    for text, words in (("", "不能为空"), ("两\n行", "换行"), ("长" * 200, "太长"), ("加微信发您", "“微信”"), ("x" * 3000, "太长")):
        with pytest.raises(Unfit, match=words) as caught:
            await acts.approve(desk, row.id, actor="小王", text=text, confirmed=True)
        assert caught.value.judged.parts == ()
    with pytest.raises(NeedsConfirmation) as asks:
        await acts.approve(desk, row.id, actor="小王", text="预计明天到")
    assert asks.value.judged.verdict.verdict == "needs_evidence"
    assert reply(journal, row.id).state == "held"
    done = await acts.approve(desk, row.id, actor="小王", text="预计明天到", confirmed=True)
    assert (done.act, reply(journal, row.id).origin) == ("edit", "moderator")


async def test_answered_aloud_credits_whoever_asked_and_whoever_asks(open_journal: Opener) -> None:
    journal = await open_journal()
    stream, desk = Stream(journal), at_desk(journal)
    await stream.starts()
    row = await asked(stream, user="a")
    for user in ("b", "c"):
        await stream.comment("尺码呢", user=user)
    done = await acts.aloud(desk, row.id, actor="小王")
    assert done.ids == (row.id,)
    await stream.comment("尺码怎么选", user="d")
    await stream.comment("回我一下", user="b")
    assert outbox.rows(journal, "state IN ('held', 'queued')") == []
    states = figures(journal, stream.id).states
    assert (states["answered"], states["credited"]) == (1, 3)
    assert figures(journal, stream.id).replies == 0, "and livebot said nothing"


async def test_answered_aloud_ends_everything_that_waits_with_the_same_answer(open_journal: Opener, wait_until) -> None:  # type: ignore[no-untyped-def]
    journal = await open_journal()
    stream, desk = Stream(journal), at_desk(journal)
    for n, user in enumerate("abc"):
        await stream.comment("尺码", user=user, at=ago(5) + n * 61_000)
    await journal.write(lambda conn: conn.execute("UPDATE replies SET expires_at = expires_at + 600000, state = 'held'"))
    first, second, third = outbox.rows(journal, "1 ORDER BY seq")
    await acts.approve(at_desk(journal, 30.0), second.id, actor="小李")
    done = await acts.aloud(desk, first.id, actor="小王")
    assert set(done.ids) == {first.id, second.id, third.id}
    assert {row.state for row in outbox.rows(journal, "1")} == {"aloud"}
    await undo(desk, batch=done.batch, actor="小王")
    assert [row.state for row in outbox.rows(journal, "1 ORDER BY seq")] == ["held", "queued", "held"]


async def test_what_is_put_off_comes_back_before_it_expires(open_journal: Opener) -> None:
    journal = await open_journal()
    row = await asked(Stream(journal))
    done = await acts.snooze(at_desk(journal), row.id, 10_000, actor="小王")
    assert done.at == row.expires_at - acts.NOTICE_MS
    assert reply(journal, row.id).not_before == done.at


async def test_what_expires_in_a_moment_cannot_be_put_off(open_journal: Opener) -> None:
    journal = await open_journal()
    row = await asked(Stream(journal, policy=RoomPolicy(expiry=8.0)))
    with pytest.raises(Rejected, match="过期"):
        await acts.snooze(at_desk(journal), row.id, 5, actor="小王")
    done = await acts.approve(at_desk(journal, 30.0), row.id, actor="小王")
    assert clock.now_ms() < done.at < row.expires_at, "and an approval leaves in time, however long the undo window"


async def test_what_did_not_appear_may_be_said_anew_once(open_journal: Opener, wait_until) -> None:  # type: ignore[no-untyped-def]
    journal = await open_journal()
    stream, desk = Stream(journal), at_desk(journal, 0.0)
    await stream.starts()
    await stream.comment("包邮吗", user="a")
    await stream.comment("包邮不", user="b")
    await stream.deliver("in_doubt")
    [row] = outbox.rows(journal, "state = 'in_doubt'")
    with pytest.raises(Rejected, match="确认没发出去"):
        await acts.say_again(desk, row.id, actor="小王")
    await acts.settle_doubt(desk, row.id, appeared=False, actor="小王")
    assert (await _refused(acts.settle_doubt(desk, row.id, appeared=True, actor="小李"))).actor == "小王"
    assert figures(journal, stream.id).states["refused"] == 2
    done = await acts.say_again(desk, row.id, actor="小王")
    assert (await _refused(acts.say_again(desk, row.id, actor="小李"))).act == "again"
    room = Room()
    async with sending(journal, room):
        await wait_until(lambda: reply(journal, done.ids[0]).state == "sent")
    assert room.heard == [row.text]
    assert reply(journal, done.ids[0]).again == row.id
    states = figures(journal, stream.id).states
    assert (states["answered"], states["credited"], states["refused"]) == (1, 1, 0)


async def test_a_new_saying_can_be_taken_back_and_is_then_held(open_journal: Opener) -> None:
    journal = await open_journal()
    stream, desk = Stream(journal), at_desk(journal)
    await stream.comment("包邮吗")
    await stream.deliver("in_doubt")
    [row] = outbox.rows(journal, "state = 'in_doubt'")
    await acts.settle_doubt(desk, row.id, appeared=False, actor="小王")
    done = await acts.say_again(desk, row.id, actor="小王")
    await undo(desk, batch=done.batch, actor="小王")
    assert reply(journal, done.ids[0]).state == "held"


async def test_what_appeared_is_sent(open_journal: Opener) -> None:
    journal = await open_journal()
    stream = Stream(journal)
    await stream.comment("包邮吗")
    await stream.deliver("in_doubt")
    [row] = outbox.rows(journal, "state = 'in_doubt'")
    await acts.settle_doubt(at_desk(journal), row.id, appeared=True, actor="小王")
    assert reply(journal, row.id).state == "sent"


async def test_an_undo_at_the_very_end_of_the_window_either_comes_in_time_or_says_that_it_left(open_journal: Opener, wait_until) -> None:  # type: ignore[no-untyped-def]
    """Twenty races between the sender and a second moderator's undo, from just before the end of the window until just after it."""
    journal, other = await open_journal(), await open_journal()
    stream = Stream(journal, book=many_topics(20))
    for n in range(20):
        await stream.comment(f"问题{n}号", user=f"u{n}")
    rows = outbox.rows(journal, "state = 'held' ORDER BY seq")
    room, desk, ends = Room(), at_desk(other), dict[str, bool]()
    async with sending(journal, room):
        done = [await acts.approve(at_desk(journal, 0.8), row.id, actor="小王") for row in rows]

        async def take_back(n: int) -> None:
            await asyncio.sleep((done[n].at - clock.now_ms()) / 1000 + (n - 10) * 0.04)
            with contextlib.suppress(TooLate):
                ends[rows[n].id] = bool((await undo(desk, batch=done[n].batch, actor="小李")).ids)

        await asyncio.gather(*map(take_back, range(20)))
        await wait_until(lambda: not outbox.rows(journal, "state IN ('queued', 'sending')"))
    for row in rows:
        state, heard = reply(journal, row.id).state, room.heard.count(row.text)
        assert (state, heard) == (("held", 0) if ends.get(row.id) else ("sent", 1))
    assert ends, "some came in time"
