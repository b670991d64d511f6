"""The inbox over HTTP: what is seen, what is done, and what is told to whoever comes second."""

import asyncio
import csv
import io
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from desks import Served, serving
from livestream import Stream
from queue_backends import emptied_valkey, issue, needs_server

from livebot.decide.session import RoomPolicy
from livebot.deliver.desk.moderation import Moderation
from livebot.deliver.issues import IssuePublisher
from livebot.deliver.queue_redis import RedisQueue
from livebot.keep.unmask import unmaskings

ISSUES = "/api/v1/issues"
BOSS, STAFF = "supervisor", "after-sales"
TOLD = {"problem": "少一件", "wanted": "补发", "order": "4200012345678901", "product": "3 号"}


@asynccontextmanager
async def filled(folder: Path, *numbers: int, **over: Any) -> AsyncIterator[Served]:
    async with serving(folder, **over) as desk:
        await desk.desk.queue.publish(
            "p", 0, [issue(n, room="r1" if n % 2 else "r2", text=f"问题 {n}", viewer=f"{n:016x}") for n in numbers]
        )
        yield desk


async def look(desk: Served, path: str = "", role: str = STAFF) -> Any:
    told = await desk.browse(role, "GET", ISSUES + path)
    assert told.status == 200, told.body
    return told.json


async def act(desk: Served, path: str, role: str = STAFF, *, status: int = 200, **body: Any) -> Any:
    told = await desk.browse(role, "POST", f"{ISSUES}/{path}", json=body)
    assert told.status == status, told.body
    return told.json


async def test_pages_filters_and_counts(tmp_path: Path) -> None:
    async with filled(tmp_path, *range(1, 8)) as desk:
        first = await look(desk, "?limit=4")
        rest = await look(desk, f"?limit=4&after={first['cursor']}")
        assert [len(first["items"]), len(rest["items"]), rest["cursor"]] == [4, 3, ""]
        assert len({row["id"] for row in first["items"] + rest["items"]}) == 7
        assert {row["room"] for row in (await look(desk, "?room=r2"))["items"]} == {"r2"}
        assert [row["id"] for row in (await look(desk, "?search=问题 5"))["items"]] == ["id-5"]
        await act(desk, "id-5/claim")
        assert [row["id"] for row in (await look(desk, "?mine=true"))["items"]] == ["id-5"]
        assert (await look(desk, "?mine=true", BOSS))["items"] == []
        assert [row["id"] for row in (await look(desk, "?state=verifying&state=resolved"))["items"]] == ["id-5"]
        counts = await look(desk, "/counts")
        assert (counts["open"], counts["unclaimed"], counts["mine"], counts["rooms"]) == (7, 6, 1, {"r1": 4, "r2": 3})
        found = await look(desk, "/matching?room=r1&unclaimed=true")
        assert (found["count"], sorted(found["ids"])) == (3, ["id-1", "id-3", "id-7"])
        assert (await desk.browse(STAFF, "GET", f"{ISSUES}?wrong=1")).status == 400
        assert (await desk.browse(STAFF, "GET", f"{ISSUES}?after=nonsense")).status == 409
        assert (await desk.browse(STAFF, "GET", f"{ISSUES}/nobody")).status == 404
        assert (await desk.browse(STAFF, "POST", f"{ISSUES}/nobody/claim", json={})).status == 404


async def test_one_wins_and_the_others_hear_who(tmp_path: Path) -> None:
    async with filled(tmp_path, 1) as desk:
        roles = [STAFF, BOSS, "admin"]
        for role in roles:
            await desk.cookie(role)
        async with asyncio.TaskGroup() as group:
            asked = [group.create_task(desk.browse(role, "POST", f"{ISSUES}/id-1/claim", json={})) for role in roles]
        answers = {role: one.result() for role, one in zip(roles, asked, strict=True)}
        [winner] = [role for role, told in answers.items() if told.status == 200]
        losers = [told for told in answers.values() if told.status == 409]
        assert len(losers) == 2
        assert {told.json["holder"] for told in losers} == {winner}
        assert all(winner in told.json["detail"] for told in losers)


@needs_server
async def test_of_hundreds_of_claims_in_one_instant_each_issue_has_one_winner(tmp_path: Path) -> None:
    """And nobody is told that the queue is away."""
    url, issues = await emptied_valkey(), 20
    async with filled(tmp_path, *range(1, issues + 1), queue=lambda _: RedisQueue(url)) as desk:
        bearers = [{"Authorization": f"Bearer {desk.desk.sessions.make_token(f'p{n}', STAFF, 'test')}"} for n in range(300 // issues)]
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as client:

            async def claim(id_: str, headers: dict[str, str]) -> tuple[str, int]:
                async with client.post(f"{desk.base}{ISSUES}/{id_}/claim", headers=headers, json={}) as got:
                    return id_, got.status

            wanted = [(f"id-{n}", headers) for headers in bearers for n in range(1, issues + 1)]
            told = Counter(await asyncio.gather(*(claim(*one) for one in wanted)))
        assert told == {(f"id-{n}", status): count for n in range(1, issues + 1) for status, count in ((200, 1), (409, len(bearers) - 1))}


async def test_an_issue_goes_its_way(tmp_path: Path) -> None:
    """Claimed, renewed, noted, moved, handed over, taken over, given back; an illegal jump and an old token are refused in words."""
    async with filled(tmp_path, 1, 2) as desk:
        told = await act(desk, "id-1/state", state="closed", status=409)
        assert "不能从“已受理”直接跳到“已关闭”" in told["detail"]
        token = (await act(desk, "id-1/claim", key="k1"))["token"]
        assert (await act(desk, "id-1/claim"))["token"] == token
        assert (await look(desk, "/id-1"))["next"] == [
            "solution_offered",
            "in_progress",
            "waiting_viewer",
            "resolved",
            "duplicate_of",
            "rejected",
        ]
        for _ in range(2):
            await act(desk, "id-1/note", text="约了晚上打 13800138000", key="n1")
        assert (await act(desk, "id-1/state", state="in_progress", token=token, key="s1"))["state"] == "in_progress"
        assert "还要写" in (await act(desk, "id-1/hand-over", team="warehouse", told={}, token=token, status=409))["detail"]
        other = (await act(desk, "id-1/take-over", BOSS))["token"]
        assert "supervisor" in (await act(desk, "id-1/state", state="resolved", token=token, status=409))["detail"]
        assert (await act(desk, "id-1/hand-over", BOSS, team="warehouse", told=TOLD, token=other))["team"] == "warehouse"
        token = (await act(desk, "id-2/claim"))["token"]
        await act(desk, "id-2/release", token=token)
        whole = await look(desk, "/id-1")
        assert [step["act"] for step in whole["history"]] == ["claim", "note", "state", "takeover", "handover"]
        assert whole["history"][1]["note"] == "约了晚上打 138****8000"
        assert whole["handover"]["order"] != TOLD["order"]
        assert (await look(desk, "/id-2"))["item"]["holder"] == ""
        assert (await desk.browse(STAFF, "POST", f"{ISSUES}/id-1/take-over", json={})).status == 403


async def test_merged_and_many_at_once(tmp_path: Path) -> None:
    async with filled(tmp_path, *range(1, 7)) as desk:
        told = await act(desk, "id-1/merge", ids=["id-2", "id-3", "gone"])
        assert [one["done"] for one in told["results"]] == [True, True, False]
        whole = await look(desk, "/id-1")
        assert ([row["id"] for row in whole["merged"]], whole["item"]["viewers"]) == (["id-2", "id-3"], 3)
        assert (await act(desk, "id-2/unmerge"))["state"] == "reopened"
        await act(desk, "id-4/claim", BOSS)
        told = await act(desk, "all", act="claim", ids=["id-4", "id-5", "id-6"], key="b1")
        assert [(one["id"], one["done"]) for one in told["results"]] == [("id-4", False), ("id-5", True), ("id-6", True)]
        assert "supervisor" in told["results"][0]["why"]
        told = await act(desk, "all", act="hand_over", ids=["id-1"], team="warehouse", told=TOLD)
        assert told["results"][0]["done"]
        assert (await look(desk, "?team=warehouse"))["items"][0]["id"] == "id-1"
        assert all(one["done"] for one in (await act(desk, "all", act="note", ids=["id-1", "id-2"], text="看过了"))["results"])


async def test_a_file_of_all_that_match(tmp_path: Path) -> None:
    async with filled(tmp_path, *range(1, 8)) as desk:
        told = await desk.browse(STAFF, "GET", f"{ISSUES}/export?format=csv&room=r1")
        assert told.headers["Content-Type"].startswith("text/csv")
        assert "attachment" in told.headers["Content-Disposition"]
        assert len(list(csv.DictReader(io.StringIO(told.body.decode("utf-8-sig"))))) == 4
        told = await desk.browse(STAFF, "GET", f"{ISSUES}/export?format=json")
        assert len(json.loads(told.body)) == 7
        assert (await desk.browse("moderator", "GET", f"{ISSUES}/export")).status == 403


async def raised(desk: Served, stream: Stream) -> str:
    await stream.starts()
    await stream.comment("主播好", user="李")
    await stream.comment("我要退款，电话 13900139000", user="张三")
    await IssuePublisher(stream.journal, desk.desk.queue, {"r": "bridge"}).catch_up()
    return str((await look(desk))["items"][0]["id"])


async def test_evidence_an_answer_and_what_was_really_written(tmp_path: Path) -> None:
    async with serving(tmp_path) as desk:
        stream = Stream(desk.desk.journal)
        id_ = await raised(desk, stream)
        whole = await look(desk, f"/{id_[:6]}")
        assert [line["text"] for line in whole["evidence"]["around"]][:2] == ["主播好", "我要退款，电话 139****9000"]
        assert [line["it"] for line in whole["evidence"]["around"]][:2] == [False, True]
        assert (await act(desk, f"{id_}/reply", text="好的", status=503))["detail"]
        assert whole["masked"] == ["text", "author"]
        assert (await act(desk, f"{id_}/unmask", field="text", reason="回电"))["text"] == "我要退款，电话 13900139000"
        assert (await act(desk, f"{id_}/unmask", field="author", reason="称呼"))["text"] == "张三的昵称"
        assert (await act(desk, f"{id_}/unmask", field="text", reason=" ", status=409))["detail"]
        token = (await act(desk, f"{id_}/claim"))["token"]
        await act(desk, f"{id_}/hand-over", team="warehouse", told=TOLD, token=token)
        assert (await act(desk, f"{id_}/unmask", field="order", reason="查件"))["text"] == TOLD["order"]
        assert (await desk.browse("moderator", "POST", f"{ISSUES}/{id_}/unmask", json={"field": "text", "reason": "x"})).status == 403
        assert [(one.actor, one.reason) for one in unmaskings(stream.journal)] == [
            (STAFF, "order: 查件"), (STAFF, "author: 称呼"), (STAFF, "text: 回电"),
        ]  # fmt: skip


async def test_an_answer_leaves_by_the_guard_and_once(tmp_path: Path) -> None:
    async with serving(tmp_path) as desk:
        stream = Stream(desk.desk.journal)
        id_ = await raised(desk, stream)
        desk.desk.moderation = Moderation(journal=stream.journal, policies={"r": RoomPolicy(max_chars=50)})
        preview = await act(desk, f"{id_}/reply/preview", text="全网最低价")
        assert (preview["verdict"], preview["parts"]) == ("block", [])
        assert (await act(desk, f"{id_}/reply/preview"))["verdict"] == "ok"
        assert "全网最低" in (await act(desk, f"{id_}/reply", text="全网最低价", status=422))["detail"]
        said = [await act(desk, f"{id_}/reply", key="r1") for _ in range(2)]
        assert said[0] == said[1]
        assert said[0]["code"] in said[0]["text"]
        assert stream.journal.value("SELECT count(*) FROM replies WHERE kind = 'staff'") == 1
        whole = await look(desk, f"/{said[0]['code'].lower()}")
        assert [(step["act"], step["note"]) for step in whole["history"]] == [("reply", said[0]["text"])]


@pytest.mark.parametrize("body", [{"state": "closed"}, {"state": "\u202e" * 200}, {"state": ""}, {"state": "resolved", "token": "999"}])
async def test_bad_acts_are_refused_and_nothing_changes(tmp_path: Path, body: dict[str, str]) -> None:
    async with filled(tmp_path, 1) as desk:
        told = await act(desk, "id-1/state", status=409, **body)
        assert told["detail"]
        assert (await look(desk, "/id-1"))["history"] == []


async def test_the_stream_tells_rows(tmp_path: Path) -> None:
    async with (
        filled(tmp_path, 1) as desk,
        aiohttp.ClientSession() as client,
        client.get(desk.base + "/api/v1/events?kinds=issue", headers=desk.bearer(STAFF)) as stream,
    ):
        await stream.content.readuntil(b"reset")
        await act(desk, "id-1/claim", BOSS)
        async with asyncio.timeout(10):
            while b'"issue":' not in (line := await stream.content.readline()):
                pass
        [row] = json.loads(line.removeprefix(b"data: "))["issue"]
        assert (row["id"], row["holder"], row["state"], row["text"]) == ("id-1", BOSS, "verifying", "问题 1")
