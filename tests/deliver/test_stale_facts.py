"""Just before an answer leaves, its facts are looked at again: changed or gone stale, it is refused."""

from collections.abc import Awaitable, Callable

import pytest
from test_replies import Line, Platform, sending

from livebot.decide.shop.facts import Facts, Product
from livebot.decide.shop.filling import Filled, fill
from livebot.keep import clock, outbox
from livebot.keep.journal import Journal

Opener = Callable[..., Awaitable[Journal]]
Adder = Callable[..., Awaitable[outbox.OutboxRow]]
Waiter = Callable[..., Awaitable[None]]
SHOP = Facts(products=(Product(link=1, name="裙子", price="129"),))


async def queue(journal: Journal, add_reply: Adder, id_: str) -> None:
    await add_reply(journal, id_, state="held", text="1号129")
    filled = fill("{link}号{price}", SHOP, "1号多少钱", None, clock.now_ms())
    assert isinstance(filled, Filled)
    await journal.write(lambda conn: conn.execute("UPDATE replies SET facts = ?, state = 'queued' WHERE id = ?", (filled.print, id_)))
    journal.bell.ring()


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (SHOP, "sent"),
        (Facts(products=(Product(link=1, name="裙子", price="129", stock="3"),)), "sent"),
        (Facts(products=(Product(link=1, name="裙子", price="139"),)), "refused"),
        (Facts(products=(Product(link=1, name="裙子", price="129", valid_until=1),)), "refused"),
        (Facts(products=(Product(link=2, name="裙子", price="129"),)), "refused"),
        (Facts(), "refused"),
    ],
)
async def test_facts_are_read_again(open_journal: Opener, add_reply: Adder, wait_until: Waiter, facts: Facts, state: str) -> None:
    journal = await open_journal()
    platform, sent = Platform(), []
    async with sending(journal, Line(platform)) as replies:
        replies.facts = lambda: facts
        replies.sent = lambda row, state, at: sent.append(state)
        await queue(journal, add_reply, "k")
        await wait_until(lambda: outbox.rows(journal, "id = 'k'")[0].state == state)
        await wait_until(lambda: sent == [state])
        await add_reply(journal, "plain", text="在屏幕下方购物车里")
        await wait_until(lambda: outbox.rows(journal, "id = 'plain'")[0].state == "sent")
    row = outbox.rows(journal, "id = 'k'")[0]
    assert (row.why == "stale_fact") == (state == "refused")
    assert ("k" in platform.keys) == (state == "sent")
    settled = journal.events("WHERE kind = 'settled' ORDER BY seq")
    assert next((one.event.key, one.event.state) for one in settled) == ("k", state)  # type: ignore[union-attr]
