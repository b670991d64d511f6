"""What /metrics says is what the journal holds and the services count."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from livebot.arrive import registry
from livebot.arrive.intake import Intake
from livebot.decide.events import Comment, Gap, StreamStarted, Viewer
from livebot.decide.matching import Matcher
from livebot.decide.rulebook import FaqRule, FlagRule, Rulebook
from livebot.decide.session import RoomPolicy
from livebot.deliver.issues import IssuePublisher
from livebot.deliver.metrics import Metrics
from livebot.deliver.queue_journal import SCHEMA, JournalQueue
from livebot.engine import Engine
from livebot.keep import clock, outbox
from livebot.keep.journal import Journal
from livebot.keep.supervisor import Status

RULES = Rulebook(
    faqs=(FaqRule(id="ship", when=(("什么时候发货",),), say=("发货时间看商品页",)),),
    flags=(FlagRule(id="broken", category="post.damaged", when=(("漏液",),)),),
)


@dataclass
class House:
    """The part of the app that metrics look at, all of it real; the room is not connected."""

    journal: Journal
    engine: Engine
    publisher: IssuePublisher
    intakes: dict[str, Intake] = field(default_factory=dict)

    def hear(self, number: int, text: str, *, room: str = "甲", history: bool = False) -> "asyncio.Future[int]":
        return self.journal.append(room, Comment(id=f"c{number}", author=Viewer(id=f"v{number}"), text=text), history=history)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    journal = await Journal.open(tmp_path / "有 空格#?.db", schema=SCHEMA)
    engine = Engine(journal=journal, matcher=Matcher(RULES), policies={"甲": RoomPolicy()})
    adapter = registry.load("bridge")
    settings = registry.settings(adapter, {"url": "ws://127.0.0.1:9/x"}, file="config.toml", room="甲")
    intake = Intake(name="甲", adapter=adapter, config=settings, capabilities=adapter.capabilities, journal=journal, status=Status("甲"))
    yield House(journal, engine, IssuePublisher(journal, JournalQueue(journal), {"甲": "bridge"}), {"甲": intake})
    await journal.close()


def read(metrics: Metrics) -> dict[tuple[str, ...], float]:
    """(name, label values in the order of the labels' names …) → value."""
    found = {}
    for family in text_string_to_metric_families(metrics.render().decode()):
        for sample in family.samples:
            found[sample.name, *(sample.labels[name] for name in sorted(sample.labels))] = sample.value
    return found


async def test_counts_are_those_of_the_journal(house: House) -> None:
    await house.journal.append("甲", StreamStarted())
    await house.hear(0, "从前的话")  # before the process whose metrics these are
    await house.engine.step()
    metrics = Metrics(house)
    house.hear(1, "什么时候发货")
    house.hear(2, "什么时候发货")
    house.hear(3, "收到就漏液")
    house.hear(4, "你好", history=True)
    house.hear(4, "你好")
    await house.journal.append("甲", Gap(since=1, until=2, reason="test"))
    while await house.engine.step():
        pass
    found = await asyncio.to_thread(read, metrics)
    assert found["livebot_events_total", "comment", "甲"] == 3
    assert found["livebot_events_total", "history", "甲"] == 1
    assert found["livebot_events_total", "gap", "甲"] == 1
    assert found["livebot_duplicates_total",] == 1
    assert found["livebot_decisions_total", "send", ""] == 1
    assert found["livebot_decisions_total", "credit", ""] == 1
    assert found["livebot_decisions_total", "flag", "post.damaged"] == 1
    assert found["livebot_decisions_total", "pass", "history"] == 1
    assert found["livebot_issues_total", "post.damaged", "P1"] == 1
    assert found["livebot_issues_unpublished",] == 1
    assert found["livebot_replies_open", "queued"] == 1
    assert found["livebot_replies_open", "held"] == 0
    assert found["livebot_decision_seconds_count",] == house.engine.decided
    assert found["livebot_commit_seconds_count",] > 0
    assert found["livebot_last_event_age_seconds", "甲"] < 60
    assert found["livebot_queue_up",] == 0
    assert found["livebot_room_up", "甲"] == 0

    again = await asyncio.to_thread(read, metrics)
    counters = [key for key in found if key[0].startswith("livebot_") and key[0].endswith("_total")]
    assert [again[key] for key in counters] == [found[key] for key in counters]


async def test_a_reply_that_was_said_counts_with_its_time_and_a_queue_that_works_is_up(house: House) -> None:
    metrics = Metrics(house)
    await asyncio.to_thread(metrics.render)
    await house.hear(1, "什么时候发货")
    await house.hear(2, "漏液")
    await house.engine.step()
    await house.publisher.catch_up()
    (row,) = outbox.rows(house.journal, "state = 'queued'")
    assert await outbox.take(house.journal, row)
    (row,) = outbox.rows(house.journal, "id = ?", (row.id,))
    assert await outbox.settle(house.journal, row, "sent")
    house.intakes["甲"].status.handled()
    house.intakes["甲"].broken = 3
    found = await asyncio.to_thread(read, metrics)
    assert found["livebot_replies_settled_total", "sent"] == 1
    assert found["livebot_said_seconds_count",] == 1
    assert found["livebot_said_seconds_bucket", "60.0"] == 1
    assert found["livebot_replies_open", "queued"] == 0
    assert found["livebot_issues_unpublished",] == 0
    assert found["livebot_queue_up",] == 1
    assert found["livebot_room_up", "甲"] == 1
    assert found["livebot_broken_frames_total", "甲"] == 3


async def test_scrapes_at_the_same_time_count_nothing_twice(house: House) -> None:
    metrics = Metrics(house)
    for number in range(2_000):
        house.hear(number, "你好")
    await house.journal.write(lambda conn: None)
    await asyncio.gather(*(asyncio.to_thread(metrics.render) for _ in range(8)))
    found = await asyncio.to_thread(read, metrics)
    assert found["livebot_events_total", "comment", "甲"] == 2_000


async def test_nobody_s_words_or_name_are_in_it(house: House) -> None:
    metrics = Metrics(house)
    at = clock.now_ms()
    await house.journal.append("甲", Comment(id="x", author=Viewer(id="13812345678", name="张三丰"), text="漏液 13812345678", sent_at=at))
    await house.engine.step()
    text = (await asyncio.to_thread(metrics.render)).decode()
    assert "13812345678" not in text
    assert "张三" not in text
