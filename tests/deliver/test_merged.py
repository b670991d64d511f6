"""Who joined an issue reaches the queue: each change once, nobody lost, a closed issue opened again, an erased person gone."""

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from queue_backends import backend, journal_at, on_both
from small_house import MATCHER, engine_of

from livebot.decide.events import Comment, Viewer
from livebot.deliver.erasing import forget
from livebot.deliver.issues import IssuePublisher
from livebot.deliver.queue import Filter, IssueQueue, QueuedIssue
from livebot.deliver.queue_journal import JournalQueue
from livebot.deliver.queue_redis import RedisQueue
from livebot.keep.journal import Journal, viewer_key

AT = 1_700_000_000_000


@pytest.fixture
async def make(kind: str, tmp_path: Path) -> AsyncIterator[Callable[[], IssueQueue]]:
    async with backend(kind, tmp_path / "queue") as maker:
        yield maker


@pytest.fixture
async def journal(tmp_path: Path) -> AsyncIterator[Journal]:
    async with journal_at(tmp_path) as opened:
        yield opened


class House:
    """A room whose comments are decided and published at once."""

    def __init__(self, journal: Journal, queue: IssueQueue) -> None:
        self.journal, self.queue, self.n = journal, queue, 0
        self.engine, self.publisher = engine_of(journal, MATCHER), IssuePublisher(journal, queue, {"r": "bridge"})
        self.engine.restore()

    async def says(self, *lines: tuple[str, str], room: str = "r", publish: bool = True) -> None:
        for who, text in lines:
            self.n += 1
            comment = Comment(id=f"c{self.n}", author=Viewer(id=who, name=f"{who}小姐"), text=text)
            await self.journal.append(room, comment, received_at=AT + self.n * 1000)
        while await self.engine.step():
            pass
        if publish:
            await self.publisher.catch_up()

    async def issue(self) -> QueuedIssue:
        [issue] = await self.queue.find(Filter(open_only=False))
        return await self.queue.show(issue.id)

    async def updates(self) -> list[dict[str, Any]]:
        if isinstance(self.queue, RedisQueue):
            return [fields for _, fields in await self.queue._client.xrange(self.queue.keys.updates)]
        assert isinstance(self.queue, JournalQueue)
        rows = self.queue._read("SELECT id, how, state, at, fields FROM queue_updates ORDER BY n")
        return [{"id": id_, "how": how, "state": state, "at": str(at), **json.loads(fields)} for id_, how, state, at, fields in rows]


@on_both
async def test_whoever_joins_stands_in_the_issue_and_each_change_is_told_once(make: Callable[[], IssueQueue], journal: Journal) -> None:
    house = House(journal, make())
    await house.says(("张", "我要退货"))
    assert (await house.issue()).fields["viewers"] == "1"
    await house.says(("李", "我也是"), ("王", "我也要退货，13800000000"))
    await house.says(("张", "我要退货！"), ("张", "怎么不理人"))
    issue = await house.issue()
    fields = issue.fields
    assert (fields["viewers"], fields["repeats"], fields["raid"], fields["priority"]) == ("3", "2", "0", "P1")
    also = json.loads(fields["also"])
    assert [(line["how"], line["author"], line["text"], line["comment_id"]) for line in also] == [
        ("also", "李*", "我也是", "c2"),
        ("also", "王*", "我也要退货，138****0000", "c3"),
        ("repeat", "张*", "我要退货！", "c4"),
        ("attention", "张*", "怎么不理人", "c5"),
    ]
    assert len({line["viewer"] for line in also}) == 3
    assert issue.updated_at == AT + 5_000
    told = await house.updates()
    assert [(one["how"], one["viewers"], one["repeats"], one["state"]) for one in told] == [
        ("also", "3", "0", "received"),
        ("repeat attention", "3", "2", "received"),
    ]
    assert "also" not in told[0]
    await house.publisher.catch_up()
    again = IssuePublisher(journal, house.queue, {"r": "bridge"})
    await again.catch_up()
    assert await house.updates() == told
    assert again.backlog == 0


@on_both
async def test_an_issue_that_is_published_late_has_all_of_them_at_once(make: Callable[[], IssueQueue], journal: Journal) -> None:
    house = House(journal, make())
    await house.says(("张", "我要退货"), ("李", "我也是"), publish=False)
    assert house.publisher.backlog == 2
    await house.publisher.catch_up()
    assert house.publisher.backlog == 0
    assert (await house.issue()).fields["viewers"] == "2"
    assert await house.updates() == []


@on_both
@pytest.mark.parametrize("state", ["resolved", "rejected"])
async def test_whoever_comes_back_opens_a_closed_issue_again(make: Callable[[], IssueQueue], journal: Journal, state: str) -> None:
    house = House(journal, make())
    await house.says(("张", "我要退货"))
    issue = await house.issue()
    claim = await house.queue.claim(issue.id, "小王")
    await house.queue.set_state(issue.id, "小王", state, "好了", claim.token)
    assert await house.queue.find(Filter()) == []
    await house.says(("张", "我要退货，还没好"))
    issue = await house.issue()
    assert issue.state == "reopened"
    assert [(step.actor, step.before, step.after) for step in issue.history][-1] == ("livebot", state, "reopened")
    assert [one.id for one in await house.queue.find(Filter())] == [issue.id]
    assert [one["state"] for one in await house.updates()][-1] == "reopened"
    assert (await house.queue.claim(issue.id, "小李")).won


@on_both
async def test_a_lost_server_gets_everything_again(make: Callable[[], IssueQueue], journal: Journal) -> None:
    house = House(journal, make())
    await house.says(("张", "我要退货"), ("李", "我也是"))
    await house.says(("王", "我也是"))
    if isinstance(house.queue, RedisQueue):
        await house.queue._client.flushall()
    else:
        for table in ("queue_issues", "queue_producers", "queue_updates"):
            await journal.write(lambda conn, table=table: conn.execute(f"DELETE FROM {table}"))
    await house.says(("赵", "我也是"))
    await house.publisher.catch_up()
    assert (await house.issue()).fields["viewers"] == "4"


async def snapshot(house: House) -> Any:
    """What the queue holds of its issues and of how far it got, as a server has it that loses its last seconds."""
    if isinstance(house.queue, RedisQueue):
        issues = [house.queue.keys.issue(one.id) for one in await house.queue.find(Filter(open_only=False))]
        return {key: await house.queue._client.hgetall(key) for key in (*issues, house.queue.keys.producers)}
    assert isinstance(house.queue, JournalQueue)
    return {table: house.queue._journal.read(f"SELECT * FROM {table}") for table in ("queue_issues", "queue_producers")}


async def restore(house: House, before: Any) -> None:
    if isinstance(house.queue, RedisQueue):
        for key, fields in before.items():
            await house.queue._client.delete(key)
            await house.queue._client.hset(key, mapping=fields)
        return
    assert isinstance(house.queue, JournalQueue)
    for table, rows in before.items():
        sql = f"INSERT OR REPLACE INTO {table} VALUES ({','.join('?' * len(rows[0]))})"
        await house.queue._journal.write(lambda conn, table=table: conn.execute(f"DELETE FROM {table}"))
        await house.queue._journal.write(lambda conn, sql=sql, rows=rows: conn.executemany(sql, rows))


@on_both
async def test_an_update_that_the_server_lost_is_not_hidden_by_the_next_one(make: Callable[[], IssueQueue], journal: Journal) -> None:
    """The server comes back without its last second: all issues are there, but not that somebody joined one of them."""
    house = House(journal, make())
    await house.says(("张", "我要退货"))
    await house.says(("孙", "我要退货"), room="s")
    before = await snapshot(house)
    await house.says(("李", "我也是"))
    await restore(house, before)
    await house.says(("周", "我也是"), room="s")
    assert [one.fields["viewers"] for one in await house.queue.find(Filter())] == ["2", "2"]
    assert house.publisher.backlog == 0


@on_both
async def test_an_erased_viewer_leaves_the_issues_they_joined(make: Callable[[], IssueQueue], journal: Journal) -> None:
    house = House(journal, make())
    await house.says(("张", "我要退货"), ("李", "我也是"))
    who = viewer_key("r", Viewer(id="李"))
    assert await forget(house.queue, who, frozenset()) == 1
    fields = (await house.issue()).fields
    assert who not in str(fields)
    assert "李*" not in fields["also"]
    assert fields["viewers"] == "2"


@on_both
async def test_many_are_counted_though_few_are_listed(make: Callable[[], IssueQueue], journal: Journal) -> None:
    house = House(journal, make())
    await house.says(("张", "我要退货"), *(("张", "我要退货") for _ in range(60)))
    fields = (await house.issue()).fields
    assert (fields["viewers"], fields["repeats"], len(json.loads(fields["also"]))) == ("1", "60", 20)
