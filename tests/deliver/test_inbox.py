"""The inbox over both homes of the queue: order, filters, search, counts, pages that stay put, and claims by many at once."""

import asyncio
import itertools
from collections import Counter
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from queue_backends import backend, issue, on_both, until

from livebot.deliver.desk.inbox import Inbox, Wanted
from livebot.deliver.queue import IssueQueue, Update
from livebot.errors import Rejected

pytestmark = on_both


@pytest.fixture
async def make(kind: str, tmp_path: Path) -> AsyncIterator[Callable[[], IssueQueue]]:
    async with backend(kind, tmp_path) as maker:
        yield maker


@pytest.fixture
async def inbox(make: Callable[[], IssueQueue]) -> Inbox:
    return Inbox(make())


async def ids(inbox: Inbox, **wanted: object) -> list[str]:
    found, after = list[str](), ""
    for _ in range(1000):
        page = await inbox.list(Wanted(**wanted), after=after, limit=3)  # type: ignore[arg-type]
        found += [item.issue.id for item in page.items]
        after = page.cursor
        if not after:
            break
    assert await inbox.count(Wanted(**wanted)) == len(found)  # type: ignore[arg-type]
    return found


async def test_the_most_urgent_come_first_and_what_is_done_last(inbox: Inbox) -> None:
    priorities = ("P2", "P0", "P4", "P1", "P2", "odd")
    await inbox.queue.publish("p", 0, [issue(n, priority=priority) for n, priority in enumerate(priorities, 1)])
    assert await ids(inbox) == ["id-2", "id-4", "id-1", "id-5", "id-3", "id-6"]
    for id_ in ("id-2", "id-5"):
        await inbox.queue.set_state(id_, "小王", "rejected")
    assert await ids(inbox) == ["id-4", "id-1", "id-3", "id-6"]
    assert (await ids(inbox, done=True))[:4] == ["id-4", "id-1", "id-3", "id-6"]
    assert sorted((await ids(inbox, done=True))[4:]) == ["id-2", "id-5"]
    assert sorted(await ids(inbox, states=("rejected", "received"))) == [f"id-{n}" for n in range(1, 7)]


async def test_filters_can_be_combined(inbox: Inbox) -> None:
    rooms, categories, states = ("r1", "r:2", "第三间\n"), ("post.refund", "mid.addr"), ("received", "verifying", "rejected")
    everything = list(itertools.product(rooms, categories, states))
    await inbox.queue.publish("p", 0, [issue(n, room=room, category=kind) for n, (room, kind, _) in enumerate(everything, 1)])
    for n, (_, _, state) in enumerate(everything, 1):
        if state == "verifying":
            await inbox.queue.claim(f"id-{n}", "小王" if n % 2 else "小李")
        elif state == "rejected":
            await inbox.queue.set_state(f"id-{n}", "小王", state)
    for room, kind, state in itertools.product((*rooms, ""), (*categories, ""), (*states, "")):
        wanted = [
            f"id-{n}"
            for n, (r, k, s) in enumerate(everything, 1)
            if room in ("", r) and kind in ("", k) and (state == s if state else s != "rejected")
        ]
        assert sorted(await ids(inbox, room=room, category=kind, states=(state,) if state else ())) == sorted(wanted)
    assert sorted(await ids(inbox, holder="小王") + await ids(inbox, holder="小李")) == sorted(await ids(inbox, states=("verifying",)))
    assert sorted(await ids(inbox, unclaimed=True)) == sorted(await ids(inbox, states=("received",)))
    assert await ids(inbox, holder="小王", unclaimed=True) == await ids(inbox, unclaimed=True)
    assert await ids(inbox, room="r4") == await ids(inbox, overdue=True) == []
    counts = await inbox.counts()
    assert (counts.open, counts.unclaimed, counts.overdue) == (12, 6, 0)
    assert dict(counts.rooms) == dict.fromkeys(rooms, 4)
    assert dict(counts.states) == {"received": 6, "verifying": 6}
    assert dict(counts.holders) == Counter(item.issue.holder for item in (await inbox.list(Wanted(states=("verifying",)))).items)
    assert dict(counts.done) == {"rejected": 6}


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("碎", ["id-2"]),
        ("杯子 碎", ["id-2"]),
        ("ＡＢＣ", ["id-3"]),
        ("abc-9", ["id-3"]),
        ("李", ["id-3"]),
        ("id-1", ["id-1"]),
        ("同款也坏", ["id-1"]),
        ("%", ["id-1"]),
        (".", []),
        ("没有这个词", []),
    ],
)
async def test_search_finds_words_as_people_write_them(inbox: Inbox, word: str, found: list[str]) -> None:
    also = '[{"at": 1, "how": "also", "viewer": "x", "author": "赵*", "text": "同款也坏", "comment_id": "c"}]'
    await inbox.queue.publish(
        "p", 0, [issue(1, text="退 100%", also=also), issue(2, text="杯子 碎了"), issue(3, text="Abc-9 坏了", author="李*")]
    )
    assert await ids(inbox, search=word) == found


async def test_pages_neither_repeat_nor_skip_what_stays_while_others_come_and_go(inbox: Inbox) -> None:
    await inbox.queue.publish("p", 0, [issue(n) for n in range(1, 41)])
    seen, after = list[str](), ""
    for turn in range(100):
        page = await inbox.list(Wanted(), after=after, limit=4)
        seen += [item.issue.id for item in page.items]
        if not (after := page.cursor):
            break
        await inbox.queue.set_state(seen[-1], "小王", "rejected")  # the very one the cursor stands on
        await inbox.queue.publish("p", 40 + turn, [issue(41 + turn, priority="P0")])  # ahead of it
    assert seen == [f"id-{n}" for n in range(1, 41)]
    for wrong in ("x", "open:", "open:a:b", "done:1", "OPEN:1:1"):
        with pytest.raises(Rejected):
            await inbox.list(Wanted(), after=wrong)


async def test_what_others_do_is_seen_at_once(make: Callable[[], IssueQueue], inbox: Inbox) -> None:
    """By another desk, by a program with the scripts alone, by the daemon."""
    program = make()
    await program.publish("p", 0, [issue(1), issue(2)])
    assert await ids(inbox, unclaimed=True) == ["id-1", "id-2"]
    claim = await program.claim("id-1", "程序")
    assert await ids(inbox, unclaimed=True) == ["id-2"]
    assert await ids(inbox, holder="程序") == ["id-1"]
    await program.release("id-1", "程序", claim.token)
    await program.update("p", 2, 0, 9, [Update(id="id-2", fields={"priority": "P0", "viewers": "3"}, how="also", at=1_800_000_000_000)])
    assert await ids(inbox) == ["id-2", "id-1"]
    await program.set_state("id-2", "程序", "rejected")
    await program.update("p", 2, 0, 9, [Update(id="id-2", fields={"viewers": "4"}, how="repeat", at=1_800_000_000_001)])
    assert (await inbox.show("id-2")).issue.state == "reopened"
    assert await ids(inbox, states=("reopened",)) == ["id-2"]


async def test_a_lease_that_ran_out_makes_an_issue_nobodys_again(inbox: Inbox) -> None:
    await inbox.queue.publish("p", 0, [issue(1)])
    await inbox.queue.claim("id-1", "小王", lease=30)
    assert await ids(inbox, holder="小王") == ["id-1"]
    await inbox.queue.claim("id-1", "小王", lease=0.05)

    async def free() -> bool:
        return await inbox.count(Wanted(unclaimed=True)) == 1

    await until(free)
    assert await ids(inbox, holder="小王") == []


async def test_50_claimers_over_20_issues_and_each_has_exactly_one_winner(make: Callable[[], IssueQueue], inbox: Inbox) -> None:
    await inbox.queue.publish("p", 0, [issue(n) for n in range(1, 21)])
    desks = [make() for _ in range(10)]
    won: dict[str, list[str]] = {f"id-{n}": [] for n in range(1, 21)}

    async def claimer(n: int) -> None:
        for k in range(20):
            id_ = f"id-{(n * 7 + k) % 20 + 1}"
            claim = await desks[n % 10].claim(id_, f"客服{n}")
            if claim.won:
                won[id_].append(f"客服{n}")
            else:
                assert claim.holder != f"客服{n}"

    await asyncio.gather(*map(claimer, range(50)))
    assert {len(names) for names in won.values()} == {1}
    listed = (await inbox.list(Wanted())).items
    assert {item.issue.id: [item.issue.holder] for item in listed} == won
    counts = await inbox.counts()
    assert dict(counts.holders) == Counter(names[0] for names in won.values())


async def test_an_id_may_be_written_short(inbox: Inbox) -> None:
    await inbox.queue.publish("p", 0, [issue(1, id="aaaa1111"), issue(2, id="aaaa2222"), issue(3, id="bbbb3333", text="aaaa1")])
    assert await inbox.whole_id("bbbb") == "bbbb3333"
    assert await inbox.whole_id("aaaa1") == "aaaa1111"
    for wrong in ("aaaa", "bbb", "", "cccc", "*"):
        with pytest.raises(Rejected):
            await inbox.whole_id(wrong)


async def test_an_inbox_is_made_of_what_was_there_before_it(kind: str, make: Callable[[], IssueQueue], inbox: Inbox) -> None:
    """An older livebot's issues have no place yet."""
    await inbox.queue.publish("p", 0, [issue(n) for n in range(1, 1201)])
    if kind == "redis":
        await inbox.queue._client.delete(inbox.queue.keys.changed)  # type: ignore[attr-defined]
    else:
        await inbox.queue._journal.write(lambda conn: conn.execute("DELETE FROM queue_changed"))  # type: ignore[attr-defined]
    assert await inbox.count(Wanted()) == 1200
    await inbox.index.prepare("other rules")
    assert await inbox.index.settle(inbox.card, 10_000) >= 1200
    assert await Inbox(make()).count(Wanted()) == 1200
