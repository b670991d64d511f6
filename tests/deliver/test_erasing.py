"""A person taken out of the queue: the same entries, groups and deliveries as before, without the person."""

import json
from pathlib import Path

from queue_backends import backend, needs_server, on_both

from livebot.deliver.desk.inbox import Inbox, Wanted
from livebot.deliver.desk.issue_acts import IssueActs
from livebot.deliver.erasing import forget
from livebot.deliver.queue import Filter
from livebot.deliver.queue_redis import RedisQueue
from livebot.keep.seal import ERASED

THEIRS = "00000000000000aa"


def issue(n: int, viewer: str, author: str) -> tuple[int, dict[str, str]]:
    context = json.dumps([{"at": 5, "author": "张*", "text": "在吗"}, {"at": 6, "author": "李*", "text": "在"}], ensure_ascii=False)
    fields = {"id": f"i{n}", "room": "r", "created_at": str(n), "category": "post.return", "priority": "P2", "comment_id": f"derived:{n}"}
    return n, {**fields, "text": "我电话138****5678", "author": author, "viewer": viewer, "context": context}


@on_both
async def test_issues_stay_and_the_person_does_not(tmp_path: Path, kind: str) -> None:
    async with backend(kind, tmp_path) as make:
        queue = make()
        await queue.start()
        await queue.publish("p", 0, [issue(1, THEIRS, "张*"), issue(2, "bb", "李*"), issue(3, THEIRS, "张*")])
        assert await forget(queue, THEIRS, {(5, "张*")}) == 3
        first, second, third = await queue.find(Filter())
        for one in (first, third):
            assert (one.fields["author"], one.fields["viewer"], one.fields["comment_id"]) == (ERASED, "", "")
            assert one.fields["text"] == "我电话138****5678"
            assert len(one.fields["text_sha256"]) == 64
        assert (second.fields["author"], second.fields["viewer"], second.fields["comment_id"]) == ("李*", "bb", "derived:2")
        for one in (first, second, third):
            assert [line["author"] for line in json.loads(one.fields["context"])] == [ERASED, "李*"]
        assert [one.fields["author"] for one in await queue.read("c")] == [ERASED, "李*", ERASED]
        assert await forget(queue, THEIRS, {(5, "张*")}) == 0
        await queue.publish("p", 3, [issue(4, "cc", "王*")])
        assert [one.id for one in await queue.read("c")] == ["i4"]


@on_both
async def test_what_staff_wrote_about_the_person_goes_too(tmp_path: Path, kind: str) -> None:
    async with backend(kind, tmp_path) as make:
        queue = make()
        inbox, acts = Inbox(queue), IssueActs(queue, "小王")
        await queue.publish("p", 0, [issue(1, THEIRS, "张*"), issue(2, "bb", "李*")])
        for id_ in ("i1", "i2"):
            await acts.note(id_, "要红色的")
            told = {"problem": "漏发", "wanted": "补发", "order": "4200012345678901", "product": "3 号"}
            await acts.hand_over(id_, "warehouse", told)
        assert len((await inbox.list(Wanted(viewer=THEIRS))).items) == 1
        assert await forget(queue, THEIRS, set()) == 1
        first, second = await queue.show("i1"), await queue.show("i2")
        assert ([step.note for step in first.history], dict(first.handover)) == ([ERASED, "warehouse"], {})
        assert ([step.note for step in second.history], second.handover["order"]) == (["要红色的", "warehouse"], "4200012345678901")
        assert (await inbox.list(Wanted(viewer=THEIRS))).items == ()
        assert [item.issue.id for item in (await inbox.list(Wanted(search="张"))).items] == []


@needs_server
async def test_what_was_read_and_acknowledged_stays_so(tmp_path: Path) -> None:
    async with backend("redis", tmp_path) as make:
        queue = make()
        assert isinstance(queue, RedisQueue)
        await queue.start()
        await queue.publish("p", 0, [issue(n, THEIRS if n % 2 else "bb", "张*") for n in range(1, 7)])
        read = await queue.read("anna", count=4)
        await queue.ack(read[0].entry, read[1].entry)
        client = queue._client
        before = (
            await client.xrange("livebot:issues"),
            await client.xinfo_stream("livebot:issues"),
            await client.xpending_range("livebot:issues", queue.group, "-", "+", 10),
        )
        assert await forget(queue, THEIRS, {(5, "张*")}) == 6
        after = (
            await client.xrange("livebot:issues"),
            await client.xinfo_stream("livebot:issues"),
            await client.xpending_range("livebot:issues", queue.group, "-", "+", 10),
        )
        assert [entry for entry, _ in after[0]] == [entry for entry, _ in before[0]]
        assert after[1]["last-generated-id"] == before[1]["last-generated-id"]
        assert [(one["message_id"], one["consumer"], one["times_delivered"]) for one in after[2]] == [
            (one["message_id"], one["consumer"], one["times_delivered"]) for one in before[2]
        ]
        assert [one.id for one in await queue.unfinished("anna")] == ["i3", "i4"]
        assert [one.id for one in await queue.read("ben")] == ["i5", "i6"]
        taken = await queue.reclaim("ben", idle=0.0)
        assert {one.id for one in taken} >= {"i3", "i4"}
        assert all(THEIRS not in json.dumps(one.fields) for one in taken)
