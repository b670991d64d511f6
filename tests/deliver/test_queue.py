"""One contract, two homes: what holds for the queue in Redis holds for the queue in the journal."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from queue_backends import backend, issue, on_both

from livebot.deliver.queue import Filter, IssueQueue
from livebot.errors import Rejected

pytestmark = on_both


@pytest.fixture
async def make(kind: str, tmp_path: Path) -> AsyncIterator[Callable[[], IssueQueue]]:
    async with backend(kind, tmp_path) as maker:
        yield maker


@pytest.fixture
async def queue(make: Callable[[], IssueQueue]) -> IssueQueue:
    queue = make()
    await queue.start()
    return queue


async def ids(queue: IssueQueue, **wanted: object) -> list[str]:
    return [found.id for found in await queue.find(Filter(**wanted))]  # type: ignore[arg-type]


# ── the producer's side ───────────────────────────────────────────────────────


async def test_what_is_sent_again_is_announced_once(queue: IssueQueue) -> None:
    assert await queue.mark("p") == 0
    assert await queue.publish("p", 0, [issue(1), issue(2)]) == 2
    assert await queue.publish("p", 0, [issue(1), issue(2), issue(3)]) == 3
    assert await queue.publish("p", 3, []) == 3
    assert await queue.mark("p") == 3
    assert [d.id for d in await queue.read("c", 10)] == ["id-1", "id-2", "id-3"]


async def test_a_producer_that_believes_in_more_than_there_is_learns_it_and_adds_nothing(queue: IssueQueue) -> None:
    await queue.publish("p", 0, [issue(1)])
    assert await queue.publish("p", 5, [issue(6)]) == 1
    assert await ids(queue) == ["id-1"]


async def test_gaps_in_the_sequence_are_allowed(queue: IssueQueue) -> None:
    assert await queue.publish("p", 0, [issue(3), issue(9)]) == 9
    assert await ids(queue) == ["id-3", "id-9"]


async def test_a_large_batch_is_one_batch(queue: IssueQueue) -> None:
    assert await queue.publish("p", 0, [issue(n) for n in range(1, 3001)]) == 3000
    assert (await queue.health()).open == (await queue.health()).depth == 3000


async def test_two_producers_have_their_own_marks(queue: IssueQueue) -> None:
    await queue.publish("p", 0, [issue(5)])
    await queue.publish("q", 0, [issue(1)])
    assert (await queue.mark("p"), await queue.mark("q")) == (5, 1)
    assert sorted(await ids(queue)) == ["id-1", "id-5"]


async def test_a_new_producer_announces_nothing_that_is_known_already(queue: IssueQueue) -> None:
    await queue.publish("p", 0, [issue(1), issue(2)])
    await queue.set_state("id-1", "小王", "verifying")
    assert await queue.publish("q", 0, [issue(1), issue(2), issue(3)]) == 3
    assert [d.id for d in await queue.read("c", 10)] == ["id-1", "id-2", "id-3"]
    assert (await queue.show("id-1")).state == "verifying"


async def test_everything_announced_can_be_shown(queue: IssueQueue) -> None:
    _, fields = issue(1, text='"引号"\n换行\0\u202e', author="👩‍👩‍👧*")
    await queue.publish("p", 0, [(1, fields)])
    (delivery,) = await queue.read("c")
    shown = await queue.show("id-1")
    assert dict(delivery.fields) == dict(shown.fields) == fields
    assert (shown.state, shown.holder, shown.created_at, shown.history) == ("received", "", 1_700_000_000_001, ())


async def test_a_reminder_is_announced_once(queue: IssueQueue) -> None:
    await queue.publish("p", 0, [issue(1)])
    assert [await queue.remind("id-1", "24h", "还没回复") for _ in range(3)] == [True, False, False]
    assert await queue.remind("id-1", "48h", "还没回复") is True
    assert await queue.remind("id-2", "24h", "还没回复") is True


# ── staff ─────────────────────────────────────────────────────────────────────


async def test_listing_filters_and_keeps_the_order(queue: IssueQueue) -> None:
    await queue.publish("p", 0, [issue(1), issue(2, room="r2"), issue(3, category="post.damaged", priority="P1"), issue(4)])
    assert await ids(queue) == ["id-1", "id-2", "id-3", "id-4"]
    assert await ids(queue, room="r2") == ["id-2"]
    assert await ids(queue, category="post.damaged") == await ids(queue, priority="P1") == ["id-3"]
    assert await ids(queue, limit=2) == ["id-3", "id-4"]
    await queue.claim("id-4", "小王")
    assert await ids(queue, holder="小王") == ["id-4"]
    await queue.set_state("id-4", "小王", "resolved")
    assert await ids(queue) == ["id-1", "id-2", "id-3"]
    assert await ids(queue, states=("resolved",)) == ["id-4"]
    assert await ids(queue, open_only=False) == ["id-1", "id-2", "id-3", "id-4"]


async def test_of_200_claimers_one_wins_and_the_others_hear_who(make: Callable[[], IssueQueue], queue: IssueQueue) -> None:
    await queue.publish("p", 0, [issue(1)])
    desks = [make() for _ in range(8)]
    claims = await asyncio.gather(*(desks[i % 8].claim("id-1", f"客服{i}") for i in range(200)))
    winners = [claim for claim in claims if claim.won]
    assert len(winners) == 1
    assert {claim.holder for claim in claims} == {winners[0].holder}
    shown = await queue.show("id-1")
    assert (shown.holder, shown.state, len(shown.history)) == (winners[0].holder, "verifying", 1)


async def test_a_lease_that_ran_out_frees_the_issue_and_disarms_its_token(queue: IssueQueue) -> None:
    await queue.publish("p", 0, [issue(1)])
    first = await queue.claim("id-1", "小王", lease=0.05)
    lost = await queue.claim("id-1", "小李")
    assert (lost.won, lost.holder, lost.lease_until) == (False, "小王", first.lease_until)
    async with asyncio.timeout(5):
        while not (second := await queue.claim("id-1", "小李")).won:
            await asyncio.sleep(0.005)
    assert int(second.token) > int(first.token)
    with pytest.raises(Rejected, match="小李"):
        await queue.set_state("id-1", "小王", "resolved", token=first.token)
    with pytest.raises(Rejected, match="小李"):
        await queue.release("id-1", "小王", first.token)
    await queue.set_state("id-1", "小李", "resolved", token=second.token)


async def test_whoever_holds_an_issue_may_renew_and_gives_it_back(queue: IssueQueue) -> None:
    await queue.publish("p", 0, [issue(1)])
    first = await queue.claim("id-1", "小王", lease=10)
    again = await queue.claim("id-1", "小王", lease=600)
    assert again.won
    assert again.token == first.token
    assert again.lease_until > first.lease_until
    await queue.release("id-1", "小王", first.token)
    assert (await queue.claim("id-1", "小李")).won
    assert [(s.actor, s.act, s.before, s.after) for s in (await queue.show("id-1")).history] == [
        ("小王", "claim", "received", "verifying"),
        ("小王", "release", "verifying", "verifying"),
        ("小李", "claim", "verifying", "verifying"),
    ]


async def test_nobody_acts_on_what_another_holds(queue: IssueQueue) -> None:
    await queue.publish("p", 0, [issue(1)])
    await queue.claim("id-1", "小王")
    with pytest.raises(Rejected, match="小王"):
        await queue.set_state("id-1", "小李", "resolved")


async def test_an_issue_goes_its_way_and_jumps_are_refused_with_the_reason(queue: IssueQueue) -> None:
    await queue.publish("p", 0, [issue(1)])
    with pytest.raises(Rejected, match=r"已受理|received"):
        await queue.set_state("id-1", "小王", "resolved")
    token = (await queue.claim("id-1", "小王")).token
    for state in ("solution_offered", "in_progress", "waiting_viewer", "resolved"):
        await queue.set_state("id-1", "小王", state, note=f"到 {state}", token=token)
    with pytest.raises(Rejected, match=r"已解决|resolved"):
        await queue.claim("id-1", "小李")
    assert await queue.set_state("id-1", "主管", "closed") == "resolved"
    assert await queue.set_state("id-1", "主管", "reopened", note="又坏了") == "closed"
    assert await ids(queue) == ["id-1"]
    last = (await queue.show("id-1")).history[-1]
    assert (last.actor, last.before, last.after, last.note) == ("主管", "closed", "reopened", "又坏了")
    assert last.at > 1_700_000_000_000


async def test_a_duplicate_names_the_other(queue: IssueQueue) -> None:
    await queue.publish("p", 0, [issue(1), issue(2)])
    await queue.set_state("id-2", "小王", "duplicate_of", duplicate_of="id-1")
    assert (await queue.show("id-2")).duplicate_of == "id-1"
    assert await ids(queue) == ["id-1"]


@pytest.mark.parametrize("issue_id", ["nope", "", "a b", "../x", "{x}", "\n"])
async def test_an_unknown_issue_is_refused_in_words(queue: IssueQueue, issue_id: str) -> None:
    for act in (
        queue.show(issue_id),
        queue.claim(issue_id, "a"),
        queue.release(issue_id, "a", "1"),
        queue.set_state(issue_id, "a", "verifying"),
    ):
        with pytest.raises(Rejected):
            await act
    await queue.publish("p", 0, [issue(1)])
    with pytest.raises(Rejected, match="flying"):
        await queue.set_state("id-1", "a", "flying")


# ── consumers ─────────────────────────────────────────────────────────────────


async def test_two_consumers_share_the_work(make: Callable[[], IssueQueue], queue: IssueQueue) -> None:
    await queue.publish("p", 0, [issue(n) for n in range(1, 201)])
    one, two = make(), make()
    seen: list[str] = []
    for _ in range(20):
        a, b = await asyncio.gather(one.read("a", 5), two.read("b", 5))
        seen += [d.id for d in (*a, *b)]
    assert sorted(seen) == sorted(f"id-{n}" for n in range(1, 201))


async def test_a_consumer_waits_for_the_first_one(make: Callable[[], IssueQueue], queue: IssueQueue) -> None:
    reading = asyncio.create_task(make().read("c", 10, block=20))
    done, _ = await asyncio.wait({reading}, timeout=0.1)
    assert not done
    await queue.publish("p", 0, [issue(1)])
    assert [d.id for d in await asyncio.wait_for(reading, 5)] == ["id-1"]
    assert await queue.read("c", 10, block=0.02) == []


async def test_what_was_read_before_a_crash_comes_first_after_it(queue: IssueQueue) -> None:
    await queue.publish("p", 0, [issue(1), issue(2)])
    first, second = await queue.read("c", 10)
    assert await queue.ack(first.entry) == 1
    assert await queue.ack(first.entry) == 0
    assert [d.id for d in await queue.unfinished("c")] == ["id-2"]
    assert await queue.unfinished("other") == []
    assert await queue.ack(second.entry) == 1
    assert await queue.unfinished("c") == []
    assert await ids(queue) == ["id-1", "id-2"]  # announcing is not solving


async def test_what_a_dead_consumer_left_is_taken_over_and_after_too_often_put_aside(queue: IssueQueue) -> None:
    await queue.publish("p", 0, [issue(1), issue(2)])
    entries = await queue.read("dead", 10)
    assert await queue.reclaim("heir", idle=3600) == []
    for deliveries in (2, 3):
        taken = await queue.reclaim("heir", idle=0, max_deliveries=3)
        assert [(d.id, d.deliveries) for d in taken] == [("id-1", deliveries), ("id-2", deliveries)]
    assert dict(taken[0].fields) == issue(1)[1]
    await queue.ack(entries[0].entry)
    assert await queue.reclaim("heir", idle=0, max_deliveries=3) == []
    health = await queue.health()
    assert (health.dead, health.pending) == (1, 0)
    assert (await queue.show("id-2")).state == "received"  # dead for consumers, not for people


async def test_a_closed_issue_is_announced_no_more(queue: IssueQueue) -> None:
    await queue.publish("p", 0, [issue(1), issue(2), issue(3)])
    await queue.read("c", 2)
    await queue.set_state("id-1", "小王", "rejected")
    await queue.set_state("id-3", "小王", "rejected")
    assert [d.id for d in await queue.unfinished("c")] == ["id-2"]
    assert await queue.read("c", 10) == []
    assert [d.id for d in await queue.reclaim("heir", idle=0)] == ["id-2"]


async def test_health_tells_the_depth(queue: IssueQueue) -> None:
    assert (await queue.health()).oldest is None
    await queue.publish("p", 0, [issue(1), issue(2), issue(3)])
    await queue.read("c", 2)
    await queue.set_state("id-1", "小王", "rejected")
    health = await queue.health()
    assert (health.reachable, health.complaints()) == (True, ())
    assert (health.depth, health.open, health.oldest) == (2, 2, 1_700_000_000_002)
    assert health.version
