"""The bell carries no data: a lost ring loses nothing, many rings are one."""

import asyncio

from livebot.keep.bell import Bell, Ear


async def rang(ear: Ear, seconds: float) -> bool:
    loop = asyncio.get_running_loop()
    started = loop.time()
    await ear.wait(seconds)
    return loop.time() - started < seconds


async def test_a_ring_between_two_waits_is_not_missed_and_many_are_one() -> None:
    bell = Bell()
    ear = bell.listen()
    bell.ring()
    bell.ring()
    assert await rang(ear, 5)
    assert not await rang(ear, 0.02)


async def test_a_ring_wakes_everybody_who_listens() -> None:
    bell = Bell()
    ears = [bell.listen() for _ in range(3)]
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        for ear in ears:
            group.create_task(ear.wait())
        await asyncio.sleep(0)
        bell.ring()
    bell.ring()
    assert await rang(ears[0], 5), "one ear's wait does not use up another's ring"
    assert await rang(ears[1], 5)


async def test_a_waiter_that_is_cancelled_is_cancelled() -> None:
    ear = Bell().listen()
    task = asyncio.create_task(ear.wait(60))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait({task})
    assert task.cancelled()
