"""One for one: slower each time, parked where a person must help, loud where a bug keeps coming."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from livebot.errors import ConfigError, LoginRequired, Problem, Unavailable
from livebot.keep import supervisor
from livebot.keep.supervisor import LAST_S, LONGEST_S, Status, TooManyBugs, delay, keep_going

AWAY = Unavailable("走了", "gone")
Waiter = Callable[..., Awaitable[None]]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "FIRST_S", 0.001)


def test_at_most_ten_tries_in_the_first_minute() -> None:
    for _ in range(200):
        at, tries = 0.0, 1
        while (at := at + delay(tries)) < 60:
            tries += 1
        assert tries <= 10


def test_the_back_off_grows_and_stays_bounded() -> None:
    assert [round(min(delay(n) for _ in range(200)) / 0.9, 1) for n in range(1, 9)] == pytest.approx(
        [0.5, 1, 2, 4, 8, 16, 30, 30], rel=0.05
    )
    assert delay(10_000) <= LAST_S * 1.2
    assert delay(1) != delay(1), "with a little jitter"


def test_who_says_when_to_come_back_is_heeded_within_reason() -> None:
    assert delay(1, 7.0) == 7.0
    assert delay(20, 0.1) > 20
    assert delay(1, float("inf")) == LONGEST_S
    assert delay(1, float("nan")) < 1
    assert delay(1, -5.0) < 1


@pytest.mark.parametrize("error", [LoginRequired("请登录", "sign in"), ConfigError([Problem(file="f", zh="改一下", en="mend")])])
async def test_what_a_person_must_mend_is_parked(log: list[str], error: Exception) -> None:
    status, tries = Status("r"), 0

    async def attempt() -> None:
        nonlocal tries
        tries += 1
        raise error

    await keep_going(status, attempt)
    assert tries == 1
    assert (status.state, status.detail) == ("parked", str(error))
    assert [line.split()[0] for line in log] == ["ERROR"]


@pytest.mark.usefixtures("quick")
async def test_down_and_up_are_each_said_once(log: list[str]) -> None:
    changes: list[str] = []
    status, tries = Status("r", changed=lambda status: changes.append(status.state)), 0

    async def attempt() -> None:
        nonlocal tries
        tries += 1
        if tries == 4:
            assert status.failures == 3
            status.handled()
            status.handled()
            raise AWAY
        if tries == 6:
            await asyncio.Event().wait()
        raise AWAY

    task = asyncio.create_task(keep_going(status, attempt))
    while tries < 6:
        await asyncio.sleep(0.001)
    assert status.failures == 2
    task.cancel()
    await asyncio.wait({task})
    assert task.cancelled()
    assert [line.split()[0] for line in log] == ["WARNING", "INFO", "WARNING"]
    assert changes == ["down", "down", "down", "up", "down", "down"]


async def test_retry_after_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "FIRST_S", 0.001)
    at: list[float] = []
    loop = asyncio.get_running_loop()

    async def attempt() -> None:
        at.append(loop.time())
        if len(at) == 3:
            raise LoginRequired("", "")
        raise Unavailable("", "", retry_after=0.15 if len(at) == 1 else None)

    await keep_going(Status("r"), attempt)
    assert at[1] - at[0] >= 0.15
    assert at[2] - at[1] < 0.1


@pytest.mark.usefixtures("quick")
async def test_an_orderly_end_is_tried_again_ever_slower_unless_it_is_a_service(log: list[str]) -> None:
    status, tries = Status("r"), 0

    async def attempt() -> None:
        nonlocal tries
        tries += 1
        if tries == 4:
            raise LoginRequired("", "")

    await keep_going(status, attempt)
    assert status.failures == 3
    tries = 0
    await keep_going(Status("s"), attempt, ends=True)
    assert tries == 1
    assert [line for line in log if "WARNING" in line] == []


@pytest.mark.usefixtures("quick")
async def test_bugs_that_keep_coming_end_it_loudly(log: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "LAST_S", 0.002)
    status = Status("r")

    async def attempt() -> None:
        raise KeyError("oops")

    with pytest.raises(TooManyBugs) as caught:
        await keep_going(status, attempt)
    assert isinstance(caught.value.__cause__, KeyError)
    assert len([line for line in log if line.startswith("ERROR")]) == supervisor.BUGS
    assert "oops" in status.detail


@pytest.mark.usefixtures("quick")
async def test_the_bugs_of_a_room_end_nobody_else(log: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "LAST_S", 0.002)
    tries = 0

    async def attempt() -> None:
        nonlocal tries
        tries += 1
        if tries == 3 * supervisor.BUGS:
            raise LoginRequired("", "")
        raise KeyError("oops")

    await keep_going(Status("r"), attempt, alone=True)
    assert len([line for line in log if line.startswith("ERROR")]) == tries, "each is said"


@pytest.mark.usefixtures("quick")
async def test_bugs_long_apart_are_lived_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "LAST_S", 0.002)
    monkeypatch.setattr(supervisor, "BUGS_WITHIN_S", 0.0)
    tries = 0

    async def attempt() -> None:
        nonlocal tries
        tries += 1
        if tries == 30:
            raise LoginRequired("", "")
        raise KeyError("oops")

    await keep_going(Status("r"), attempt)
    assert tries == 30


async def test_whoever_worked_for_long_starts_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "FIRST_S", 0.001)
    monkeypatch.setattr(supervisor, "LAST_S", 0.03)
    status = Status("r", failures=8)

    async def attempt() -> None:
        if status.failures == 1:
            raise LoginRequired("", "")
        await asyncio.sleep(0.07)
        raise AWAY

    await keep_going(status, attempt)
    assert status.state == "parked"


async def test_what_merely_stands_is_up_but_keeps_its_back_off(log: list[str]) -> None:
    status = Status("r")
    status.failed(AWAY)
    status.failed(AWAY)
    status.steady()
    assert (status.state, status.failures, status.detail) == ("up", 2, "")
    status.steady()
    status.handled()
    assert status.failures == 0
    assert len(log) == 2
