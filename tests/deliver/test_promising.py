"""Promises on their way into the room, when their time is over, and when the shop's own tables change."""

from collections.abc import Awaitable, Callable

from test_replies import Line, Platform, sending, states

from livebot.decide.promises import Promises
from livebot.decide.shop.facts import Facts, Product
from livebot.deliver.promising import Promising
from livebot.keep import clock, ledger, outbox
from livebot.keep.journal import Journal

Opener = Callable[..., Awaitable[Journal]]
Adder = Callable[..., Awaitable[outbox.OutboxRow]]
Waiter = Callable[..., Awaitable[None]]
SHOP = Promises(ship_hours=24, warranty_months=12)


def shop(ship: str) -> Facts:
    return Facts(products=(Product(link=1, name="裙子", ship=(((), ship),)),))


def issues(journal: Journal) -> list[str]:
    return [rules for (rules,) in journal.read("SELECT rules FROM issues ORDER BY n")]


async def test_what_contradicts_a_promise_waits_for_a_moderator(open_journal: Opener, add_reply: Adder, wait_until: Waiter) -> None:
    journal = await open_journal()
    platform = Platform()
    async with sending(journal, Line(platform)) as replies:
        replies.promises = SHOP
        await add_reply(journal, "a", text="24小时内发货")
        await wait_until(lambda: states(journal)["a"] == "sent")
        await add_reply(journal, "b", text="48小时内发货")
        await wait_until(lambda: states(journal)["b"] == "held")
        assert outbox.rows(journal, "id = 'b'")[0].why == "guard:commitment.contradiction"
        await add_reply(journal, "c", text="24小时内发货哦")
        await wait_until(lambda: states(journal)["c"] == "sent")
        assert issues(journal) == []
        [held] = outbox.rows(journal, "id = 'b'")
        assert await outbox.settle(journal, held, "queued", actor="小王")
        await wait_until(lambda: states(journal)["b"] == "sent")
    assert platform.keys == ["a", "c", "b"]
    assert issues(journal) == ['["promise.contradicted"]']
    made = {one.promise.reply: (one.state, one.times) for one in ledger.found(journal, "1")}
    assert made == {"a": ("contradicted", 2), "b": ("open", 1)}


async def test_two_that_differ_never_leave_side_by_side(open_journal: Opener, add_reply: Adder, wait_until: Waiter) -> None:
    """The first is still on its way when the second is about to leave."""
    journal = await open_journal()
    for name, text in (("a", "24小时内发货"), ("b", "48小时内发货")):
        await add_reply(journal, name, text=text)
    platform = Platform()
    async with sending(journal, Line(platform)) as replies:
        replies.promises = SHOP
        journal.bell.ring()
        await wait_until(lambda: set(states(journal).values()) == {"sent", "held"})
    assert platform.keys == ["a"]


async def test_a_text_that_went_back_to_the_desk_promised_nothing(open_journal: Opener, add_reply: Adder, wait_until: Waiter) -> None:
    journal = await open_journal()
    platform = Platform()
    async with sending(journal, Line(platform)) as replies:
        replies.promises = SHOP
        await add_reply(journal, "a", text="2小时内发货")
        await wait_until(lambda: states(journal)["a"] == "held")
    assert ledger.found(journal, "1") == []


async def test_what_the_table_says_otherwise_is_an_issue_once(open_journal: Opener, add_reply: Adder, wait_until: Waiter) -> None:
    journal = await open_journal()
    facts = shop("48小时内发货")
    async with sending(journal, Line(Platform())) as replies:
        replies.facts = lambda: facts
        await add_reply(journal, "a", text="1号48小时内发货")
        await wait_until(lambda: states(journal)["a"] == "sent")
    [one] = ledger.found(journal, "1")
    assert (one.promise.product, one.promise.backed_by) == ("1", "product:1:ship")
    watch = Promising(journal, lambda: facts)
    assert await watch.step() == 0
    facts = shop("48小时内发货")
    assert await watch.step() == 0, "the same in another table"
    facts = shop("7天内发货")
    assert [await watch.step(), await watch.step()] == [1, 0]
    assert await Promising(journal, lambda: facts).step() == 0, "nor after a restart"
    assert issues(journal) == ['["promise.contradicted"]']


async def test_a_shop_that_takes_its_promise_back(open_journal: Opener, add_reply: Adder, wait_until: Waiter) -> None:
    journal = await open_journal()
    async with sending(journal, Line(Platform())) as replies:
        replies.promises = SHOP
        await add_reply(journal, "a", text="24小时内发货")
        await add_reply(journal, "b", text="质保一年")
        await wait_until(lambda: set(states(journal).values()) == {"sent"})
    assert await Promising(journal, promises=SHOP).step() == 0
    assert await Promising(journal, promises=Promises(ship_hours=72, warranty_months=12)).step() == 1
    assert {one.promise.reply: one.state for one in ledger.found(journal, "1")} == {"a": "contradicted", "b": "open"}


async def test_the_alarm_rings_when_a_promise_falls_due(open_journal: Opener, add_reply: Adder, wait_until: Waiter) -> None:
    """The row says when; nobody else rings the bell."""
    import asyncio

    journal = await open_journal()
    async with sending(journal, Line(Platform())) as replies:
        replies.promises = SHOP
        await add_reply(journal, "a", text="24小时内发货")
        await wait_until(lambda: states(journal)["a"] == "sent")
    soon = clock.now_ms() + 700
    await journal.write(lambda conn: conn.execute("UPDATE promises SET due_at = ?", (soon,)))
    task = asyncio.create_task(Promising(journal, promises=SHOP).run(journal.bell.listen()))
    await wait_until(lambda: issues(journal) == ['["promise.overdue"]'])
    assert clock.now_ms() >= soon
    task.cancel()
    await asyncio.wait({task})
