"""Outbox → room: once, in time, at the platform's pace, and not at all while the red button is pressed."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from livebot.arrive.adapter import Capabilities, Receipt
from livebot.decide.events import Comment, StreamEvent
from livebot.decide.limits import Window
from livebot.decide.promises import NOTHING_PROMISED, Promises
from livebot.deliver import replies as replies_module
from livebot.deliver.replies import IN_FLIGHT, Replies
from livebot.errors import LoginRequired, Rejected, Unavailable
from livebot.keep import outbox
from livebot.keep.journal import Journal

Opener = Callable[..., Awaitable[Journal]]
Adder = Callable[..., Awaitable[outbox.OutboxRow]]
Waiter = Callable[..., Awaitable[None]]
Answer = Callable[[str], Awaitable[Receipt]]
CAN = Capabilities(can_send=True, can_reply_to=True, sends=(1000, 1.0))


async def accepted(key: str) -> Receipt:
    return Receipt(state="sent", native_id=f"n-{key}")


@dataclass
class Platform:
    """A room that remembers what was said to it, and when."""

    answer: Answer = accepted
    said: list[tuple[str, str, str | None]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    async def events(self) -> AsyncIterator[StreamEvent]:
        await asyncio.Event().wait()
        yield  # type: ignore[misc]

    async def send(self, text: str, *, to: Comment | None, key: str) -> Receipt:
        self.said.append((key, text, to.id if to else None))
        self.times.append(asyncio.get_running_loop().time())
        return await self.answer(key)

    @property
    def keys(self) -> list[str]:
        return [key for key, _, _ in self.said]


@dataclass
class Line:
    room: Any
    name: str = "r"
    capabilities: Capabilities = CAN


@contextlib.asynccontextmanager
async def sending(
    journal: Journal,
    *lines: Line,
    frozen: Callable[[], bool] = lambda: False,
    budget: Window | None = None,
    promises: Promises = NOTHING_PROMISED,
) -> AsyncIterator[Replies]:
    replies = Replies(journal=journal, budget=budget or Window(1000, 60.0), frozen=frozen, promises=promises)
    await replies.start({line.name: line for line in lines})
    tasks = [asyncio.create_task(replies.run(line, journal.bell.listen())) for line in lines]
    try:
        yield replies
        for task in tasks:
            if task.done():
                task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


def states(journal: Journal) -> dict[str, str]:
    return {row.id: row.state for row in outbox.rows(journal, "1 ORDER BY seq")}


@pytest.mark.parametrize(
    ("text", "actor", "state", "why"),
    [
        ("看商品页", None, "sent", None),
        ("加微信领券", None, "held", "guard:offplatform.wechat"),
        ("加微信领券", "阿兰", "held", "guard:offplatform.wechat"),
        ("24小时内发货", "阿兰", "held", "guard:commitment.time.ship"),
        ("48小时内发货", None, "sent", None),
        ("预计明天到", None, "held", "guard:commitment.time.arrive"),
        ("预计明天到", "阿兰", "sent", None),  # who approves it vouches for it
    ],
)
async def test_what_must_not_be_said_goes_back_to_the_desk_at_the_last_moment_whoever_wrote_it(
    text: str, actor: str | None, state: str, why: str | None, open_journal: Opener, add_reply: Adder, wait_until: Waiter
) -> None:
    journal = await open_journal()
    row = await add_reply(journal, "k", text=text)
    await journal.write(lambda conn: conn.execute("UPDATE replies SET actor = ?", (actor,)))
    platform = Platform()
    async with sending(journal, Line(platform), promises=Promises(ship_hours=48)):
        await wait_until(lambda: states(journal)["k"] == state)
    [after] = outbox.rows(journal, "id = 'k'")
    assert (after.why, after.expires_at) == (why, row.expires_at)
    assert platform.keys == (["k"] if state == "sent" else [])


async def test_what_went_back_to_the_desk_leaves_once_when_it_was_put_right(
    open_journal: Opener, add_reply: Adder, wait_until: Waiter
) -> None:
    journal = await open_journal()
    await add_reply(journal, "k", text="加微信领券")
    platform = Platform()
    async with sending(journal, Line(platform)):
        await wait_until(lambda: states(journal)["k"] == "held")
        [row] = outbox.rows(journal, "id = 'k'")
        assert await outbox.settle(journal, row, "queued", actor="阿兰", text="券在商品页领")
        assert not await outbox.settle(journal, row, "queued", actor="小北", text="券在商品页领")
        await wait_until(lambda: states(journal)["k"] == "sent")
    assert [text for _, text, _ in platform.said] == ["券在商品页领"]
    assert outbox.rows(journal, "id = 'k'")[0].origin == "moderator"


async def test_the_messages_of_one_answer_leave_in_order_and_none_before_the_one_ahead_of_it(
    open_journal: Opener, add_reply: Adder, wait_until: Waiter
) -> None:
    journal = await open_journal()
    row = await add_reply(journal, "k", "held", text="一二三")
    gate = asyncio.Event()

    async def slowly(key: str) -> Receipt:
        if key == "k":
            await gate.wait()
        return Receipt(state="sent", native_id=f"n-{key}")

    platform = Platform(slowly)
    async with sending(journal, Line(platform)):
        assert await outbox.settle(journal, row, "queued", actor="阿兰", text="(1/3) 一", more=["(2/3) 二", "(3/3) 三"])
        await add_reply(journal, "other")
        await wait_until(lambda: states(journal)["other"] == "sent")
        assert platform.keys == ["k", "other"]
        gate.set()
        await wait_until(lambda: set(states(journal).values()) == {"sent"})
    assert [text for _, text, to in platform.said if to == "c-k"] == ["(1/3) 一", "(2/3) 二", "(3/3) 三"]


@pytest.mark.parametrize("how", ["refused", "expired"])
async def test_what_goes_on_with_a_message_that_was_never_said_is_not_said_either(
    how: str, open_journal: Opener, add_reply: Adder, wait_until: Waiter
) -> None:
    journal = await open_journal()
    row = await add_reply(journal, "k", "held", text="一二三")

    async def refuse(key: str) -> Receipt:
        return Receipt(state="refused", reason="敏感词")

    platform = Platform(refuse)
    async with sending(journal, Line(platform if how == "refused" else None)) as replies:
        assert await outbox.settle(journal, row, "queued", actor="阿兰", text="(1/3) 一", more=["(2/3) 二", "(3/3) 三"])
        if how == "expired":
            await journal.write(lambda conn: conn.execute("UPDATE replies SET expires_at = 1 WHERE id = 'k'"))
        async with asyncio.TaskGroup() as group:
            sweeping = group.create_task(replies.sweep())
            await wait_until(lambda: states(journal) == {"k": how, "k-02": "expired", "k-03": "expired"})
            sweeping.cancel()
    assert {one.id: one.why for one in outbox.rows(journal, "id != 'k'")} == {"k-02": "unfinished", "k-03": "unfinished"}
    assert platform.keys == (["k"] if how == "refused" else [])


async def test_a_follow_up_goes_where_the_room_wants_it(open_journal: Opener, add_reply: Adder, wait_until: Waiter) -> None:
    journal = await open_journal()
    await add_reply(journal, "answer")
    await add_reply(journal, "recap")
    await journal.write(lambda conn: conn.execute("UPDATE replies SET kind = 'follow_up' WHERE id = 'recap'"))

    @dataclass
    class WithComments(Platform):
        below: list[tuple[str, str]] = field(default_factory=list)

        async def follow_up(self, text: str, *, key: str) -> Receipt:
            self.below.append((key, text))
            return Receipt(state="sent", native_id="below")

    platform = WithComments()
    async with sending(journal, Line(platform)):
        await wait_until(lambda: set(states(journal).values()) == {"sent"})
    assert (platform.keys, platform.below) == (["answer"], [("recap", "看页面")])


async def test_a_room_that_cannot_be_written_to_is_never_spoken_in(open_journal: Opener, add_reply: Adder) -> None:
    journal = await open_journal()
    await add_reply(journal, "k")  # as it was when the room could be written to
    platform = Platform()
    line = Line(platform, capabilities=Capabilities(can_send=False))
    replies = Replies(journal=journal, budget=Window(1000, 60.0), frozen=lambda: False)
    await replies.start({"r": line})
    async with asyncio.timeout(5):
        await replies.run(line, journal.bell.listen())
    assert (platform.said, states(journal)) == ([], {"k": "queued"})


# ── outcomes ───────────────────────────────────────────────────────────────────


async def test_what_is_queued_is_said_once_in_order_to_whom_it_answers(open_journal: Opener, add_reply: Adder, wait_until: Waiter) -> None:
    journal = await open_journal()
    for n in range(20):
        await add_reply(journal, f"k{n}", text=f"text {n}")
    platform = Platform()
    sent: list[tuple[str, str]] = []
    async with sending(journal, Line(platform)) as replies:
        replies.sent = lambda row, state, at: sent.append((row.id, state))
        await wait_until(lambda: set(states(journal).values()) == {"sent"} and len(sent) == 20)
        await add_reply(journal, "later")
        await wait_until(lambda: states(journal)["later"] == "sent")
    assert platform.said == [(f"k{n}", f"text {n}", f"c-k{n}") for n in range(20)] + [("later", "看页面", "c-later")]
    assert journal.value("SELECT native_id FROM replies WHERE id = 'k7'") == "n-k7"
    assert {state for _, state in sent} == {"sent"}


@pytest.mark.parametrize(
    ("outcome", "state", "reason"),
    [
        (Receipt(state="refused", reason="too fast"), "refused", "too fast"),
        (Receipt(state="shadow"), "refused", "shadow"),
        (Receipt(state="unknown", reason="no answer"), "in_doubt", "no answer"),
        (Receipt(state="nonsense"), "in_doubt", ""),  # type: ignore[arg-type]
        (Receipt(state="sent", native_id=17, reason=None), "sent", ""),  # type: ignore[arg-type]
        (Receipt(state="sent", native_id="\ud800", reason="\ud800"), "sent", "\ufffd"),
        (Rejected("敏感词", "a bad word"), "refused", "敏感词"),
        (LoginRequired("请登录", "sign in"), "refused", "请登录"),
        (KeyError("bug"), "in_doubt", "KeyError('bug')"),
        (TimeoutError(), "in_doubt", "timeout"),
    ],
)
async def test_every_outcome_has_its_state(
    open_journal: Opener, add_reply: Adder, wait_until: Waiter, outcome: Receipt | Exception, state: str, reason: str
) -> None:
    async def answer(key: str) -> Receipt:
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    journal = await open_journal()
    await add_reply(journal, "k")
    platform = Platform(answer)
    async with sending(journal, Line(platform)):
        await wait_until(lambda: states(journal)["k"] not in {"queued", "sending"})
    assert journal.read("SELECT state, coalesce(why, '') FROM replies") == [(state, reason)]
    assert len(platform.said) == 1


async def test_an_echo_that_came_before_the_receipt_failed_to_come_settles_the_doubt(
    open_journal: Opener, add_reply: Adder, wait_until: Waiter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replies_module, "RECEIPT_S", 0.2)

    async def silence(key: str) -> Receipt:
        return await asyncio.Event().wait()  # type: ignore[return-value]

    journal = await open_journal()
    for key in ("shown", "not shown"):
        await add_reply(journal, key)
    async with sending(journal, Line(Platform(silence))):
        await wait_until(lambda: set(states(journal).values()) == {"sending"})
        await journal.write(lambda conn: conn.execute("INSERT INTO decisions VALUES (99, 0, 'pass', NULL, 'shown', 'echo', NULL)"))
        await wait_until(lambda: "sending" not in states(journal).values())
    assert states(journal) == {"shown": "sent", "not shown": "in_doubt"}


async def test_what_certainly_was_not_said_waits_and_is_said_later(
    open_journal: Opener, add_reply: Adder, wait_until: Waiter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replies_module, "AWAY_S", 0.1)
    tries = 0

    async def answer(key: str) -> Receipt:
        nonlocal tries
        tries += 1
        if tries <= 3:
            raise Unavailable("断了", "gone", retry_after=0.3 if tries == 2 else None)
        return Receipt(state="sent")

    journal = await open_journal()
    await add_reply(journal, "k")
    platform = Platform(answer)
    async with sending(journal, Line(platform)) as replies:
        await wait_until(lambda: states(journal)["k"] == "sent")
        assert len(replies.budget.times) == len(replies.windows["r"].times) == 1, "what was not said is not counted"
    waits = [b - a for a, b in zip(platform.times, platform.times[1:], strict=False)]
    assert [wait >= least for wait, least in zip(waits, (0.09, 0.29, 0.09), strict=True)] == [True] * 3, "no hot loop"


# ── the red button and lost rooms ──────────────────────────────────────────────


async def test_the_red_button_stops_everything_and_nothing_is_lost(open_journal: Opener, add_reply: Adder, wait_until: Waiter) -> None:
    journal = await open_journal()
    pressed = True
    platform = Platform()
    await add_reply(journal, "k")
    async with sending(journal, Line(platform), frozen=lambda: pressed):
        await asyncio.sleep(0.25)
        assert platform.said == []
        pressed = False
        await wait_until(lambda: platform.keys == ["k"], 1.0)
        await wait_until(lambda: states(journal)["k"] == "sent")


async def test_the_button_is_looked_at_again_after_the_row_was_taken(open_journal: Opener, add_reply: Adder, wait_until: Waiter) -> None:
    journal = await open_journal()
    answers = iter([False, True, True, False, False])  # let through, then pressed while the row is taken, then released
    platform = Platform()
    await add_reply(journal, "k")
    async with sending(journal, Line(platform), frozen=lambda: next(answers, False)) as replies:
        await wait_until(lambda: states(journal)["k"] == "sent")
        assert len(replies.budget.times) == 1
    assert platform.keys == ["k"]
    assert journal.value("SELECT count(*) FROM events WHERE kind = 'outgoing'") == 2, "it was taken twice and left once"


async def test_without_a_connection_everything_waits_for_one(open_journal: Opener, add_reply: Adder, wait_until: Waiter) -> None:
    journal = await open_journal()
    await add_reply(journal, "k")
    line, platform = Line(None), Platform()
    async with sending(journal, line):
        await asyncio.sleep(0.05)
        line.room = platform
        journal.bell.ring()
        await wait_until(lambda: platform.keys == ["k"])


# ── pace ───────────────────────────────────────────────────────────────────────


def fastest(times: list[float], count: int) -> float:
    """The shortest time in which count + 1 were sent."""
    return min(b - a for a, b in zip(times, times[count:], strict=False))


async def test_the_platform_s_pace_is_kept(open_journal: Opener, add_reply: Adder, wait_until: Waiter) -> None:
    journal = await open_journal()
    for n in range(7):
        await add_reply(journal, f"k{n}")
    platform = Platform()
    line = Line(platform, capabilities=Capabilities(can_send=True, sends=(3, 0.4)))
    async with sending(journal, line):
        await wait_until(lambda: len(platform.said) == 7)
    assert fastest(platform.times, 3) > 0.39
    assert platform.times[-1] - platform.times[0] < 5


async def test_the_budget_holds_over_all_rooms_at_once(open_journal: Opener, add_reply: Adder, wait_until: Waiter) -> None:
    journal = await open_journal(rooms=("a", "b", "c"))
    platform = Platform()
    for n in range(12):
        await add_reply(journal, f"k{n}", room="abc"[n % 3])
    lines = [Line(platform, name) for name in "abc"]
    async with sending(journal, *lines, budget=Window(4, 0.5)):
        await wait_until(lambda: len(platform.said) == 12)
    assert fastest(platform.times, 4) > 0.49
    assert sorted(platform.keys) == sorted(f"k{n}" for n in range(12))


async def test_limits_hold_across_a_restart(open_journal: Opener, add_reply: Adder, wait_until: Waiter) -> None:
    journal = await open_journal(rooms=("r", "s"))
    can = Capabilities(can_send=True, sends=(2, 0.6))
    for n in range(2):
        await add_reply(journal, f"r{n}")
        await add_reply(journal, f"s{n}", room="s")
    platform = Platform()
    async with sending(journal, Line(platform, "r", can), Line(platform, "s", can), budget=Window(5, 0.6)):
        await wait_until(lambda: set(states(journal).values()) == {"sent"})
    await journal.close()
    journal = await open_journal()
    for n in range(2, 5):
        await add_reply(journal, f"r{n}")
    await add_reply(journal, "t", room="t")
    async with sending(journal, Line(platform, "r", can), Line(platform, "t", can), budget=Window(5, 0.6)):
        await wait_until(lambda: len(platform.said) == 8)
    assert fastest(platform.times, 5) > 0.55
    in_r = [at for key, at in zip(platform.keys, platform.times, strict=True) if key.startswith("r")]
    assert fastest(in_r, 2) > 0.55


async def test_a_budget_of_nothing_says_nothing(open_journal: Opener, add_reply: Adder) -> None:
    journal = await open_journal()
    await add_reply(journal, "k")
    platform = Platform()
    async with sending(journal, Line(platform), budget=Window(0, 60.0)):
        await asyncio.sleep(0.3)
    assert platform.said == []
    assert states(journal) == {"k": "queued"}


# ── time ───────────────────────────────────────────────────────────────────────


async def test_what_is_too_late_is_not_said(open_journal: Opener, add_reply: Adder, wait_until: Waiter) -> None:
    journal = await open_journal()
    await add_reply(journal, "late", expires_in=-1)
    await add_reply(journal, "waits for the pace", expires_in=300)
    await add_reply(journal, "first", expires_in=60_000)
    await journal.write(lambda conn: conn.execute("UPDATE replies SET created_at = 0 WHERE id = 'first'"))
    platform = Platform()
    async with sending(journal, Line(platform, capabilities=Capabilities(can_send=True, sends=(1, 30.0)))) as replies:
        sweeper = asyncio.create_task(replies.sweep())
        await wait_until(lambda: states(journal)["waits for the pace"] == "expired")
        sweeper.cancel()
        await asyncio.wait({sweeper})
    assert platform.keys == ["first"]
    assert states(journal) == {"late": "expired", "waits for the pace": "expired", "first": "sent"}


async def test_a_platform_that_never_answers_stalls_neither_its_sender_nor_others(
    open_journal: Opener, add_reply: Adder, wait_until: Waiter
) -> None:
    released = asyncio.Event()

    async def silence(key: str) -> Receipt:
        await released.wait()
        return Receipt(state="sent")

    journal = await open_journal(rooms=("mute", "r"))
    for n in range(IN_FLIGHT + 2):
        await add_reply(journal, f"m{n}", room="mute", expires_in=60_000 if n < IN_FLIGHT + 1 else 400)
    mute, lively = Platform(silence), Platform()
    async with sending(journal, Line(mute, "mute"), Line(lively)):
        await wait_until(lambda: len(mute.said) == IN_FLIGHT)
        await add_reply(journal, "k")
        await wait_until(lambda: lively.keys == ["k"])
        await asyncio.sleep(0.45)
        assert len(mute.said) == IN_FLIGHT, "no more than so many wait at once"
        released.set()
        await wait_until(lambda: f"m{IN_FLIGHT}" in mute.keys)
        await wait_until(lambda: states(journal)[f"m{IN_FLIGHT}"] == "sent")
    assert f"m{IN_FLIGHT + 1}" not in mute.keys, "it expired while it waited for a place"


# ── ends ───────────────────────────────────────────────────────────────────────


async def test_stopping_waits_for_receipts_and_leaves_the_queue(open_journal: Opener, add_reply: Adder, wait_until: Waiter) -> None:
    released = asyncio.Event()

    async def slow(key: str) -> Receipt:
        await released.wait()
        return Receipt(state="sent")

    journal = await open_journal()
    for n in range(3):
        await add_reply(journal, f"k{n}")
    platform = Platform(slow)
    line = Line(platform, capabilities=Capabilities(can_send=True, sends=(2, 60.0)))
    replies = Replies(journal=journal, budget=Window(9, 9.0), frozen=lambda: False)
    await replies.start({"r": line})
    task = asyncio.create_task(replies.run(line, journal.bell.listen()))
    await wait_until(lambda: len(platform.said) == 2)
    replies.stop()
    await asyncio.wait({task}, timeout=0.3)
    assert not task.done()
    released.set()
    async with asyncio.timeout(2):
        await task
    assert states(journal) == {"k0": "sent", "k1": "sent", "k2": "queued"}


@pytest.mark.parametrize("safely", [False, True])
async def test_a_sender_that_is_cut_off_leaves_doubts_that_its_next_run_shows(
    open_journal: Opener, add_reply: Adder, wait_until: Waiter, log: list[str], safely: bool
) -> None:
    async def silence(key: str) -> Receipt:
        return await asyncio.Event().wait()  # type: ignore[return-value]

    journal = await open_journal()
    await add_reply(journal, "k", text="看页面")
    can = Capabilities(can_send=True, resends_safely=safely)
    async with sending(journal, Line(platform := Platform(silence), capabilities=can)) as replies:
        await wait_until(lambda: len(platform.said) == 1)
    assert states(journal) == {"k": "sending"}
    line = Line(again := Platform(), capabilities=can)
    task = asyncio.create_task(replies.run(line, journal.bell.listen()))
    await wait_until(lambda: states(journal)["k"] == ("sent" if safely else "in_doubt"))
    task.cancel()
    await asyncio.wait({task})
    assert again.keys == (["k"] if safely else []), "a doubt is never sent again"
    assert [line for line in log if "看页面" in line and line.startswith("WARNING")] == ([] if safely else log)


async def test_whom_the_platform_does_not_know_is_not_addressed(open_journal: Opener, add_reply: Adder, wait_until: Waiter) -> None:
    journal = await open_journal()
    for key, to in (("a", "derived:123"), ("b", None), ("c", "native")):
        await add_reply(journal, key)
        await journal.write(lambda conn, key=key, to=to: conn.execute("UPDATE replies SET reply_to = ? WHERE id = ?", (to, key)))
    platform = Platform()
    async with sending(journal, Line(platform)):
        await wait_until(lambda: len(platform.said) == 3)
    assert [to for _, _, to in platform.said] == [None, None, "native"]
    await add_reply(journal, "d")
    deaf = Platform()
    async with sending(journal, Line(deaf, capabilities=Capabilities(can_send=True))):
        await wait_until(lambda: len(deaf.said) == 1)
    assert deaf.said[0][2] is None
