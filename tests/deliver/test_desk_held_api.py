"""What moderators do over HTTP: every call once, and how each says no."""

from pathlib import Path
from typing import Any

import aiohttp
import pytest
from floors import ROOM, Floor, running

from livebot.keep import outbox

RULES = """
["size"]
when = ["尺码"]
say = "尺码看详情页"
mode = "suggest"
expiry = 600
["hours"]
ask = ["你们几点开播", "每天什么时候直播"]
say = "每晚八点"
mode = "suggest"
expiry = 600
"""


class Program:
    """Somebody with a bearer token."""

    def __init__(self, floor: Floor, name: str, role: str) -> None:
        assert floor.app.desk
        self.floor, self.secret = floor, floor.app.desk.sessions.make_token(name, role, "test")

    async def ask(self, method: str, path: str, json: Any = None, **query: Any) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {self.secret}", "Accept-Language": "zh"}
        address = f"{self.floor.base}/api/v1{path}"
        async with aiohttp.ClientSession() as client, client.request(method, address, json=json, params=query, headers=headers) as got:
            return got.status, await got.json(content_type=None)


async def held_by(floor: Floor, *texts: str) -> list[str]:
    """The ids of the answers to these comments, in the order that they expire."""
    for text in texts:
        floor.ask(text)
    await floor.until("replies WHERE state = 'held'", len(texts))
    return [row.id for row in outbox.rows(floor.app.journal, "state = 'held' ORDER BY seq")]


def state(floor: Floor, id_: str) -> str:
    return outbox.rows(floor.app.journal, "id = ?", (id_,))[0].state


async def test_a_list_with_filters_and_pages(tmp_path: Path) -> None:
    async with running(tmp_path) as floor:
        await floor.hold(*range(1, 8))
        ann = Program(floor, "小王", "moderator")
        _, first = await ann.ask("GET", "/held", limit=3)
        _, second = await ann.ask("GET", "/held", limit=3, after=first["after"])
        _, third = await ann.ask("GET", "/held", limit=3, after=second["after"])
        cards = [*first["cards"], *second["cards"], *third["cards"]]
        assert (first["total"], third["after"], len({card["id"] for card in cards})) == (7, None, 7)
        assert [card["expires_at"] for card in cards] == sorted(card["expires_at"] for card in cards)
        for name, value, count in (("rule", "topic.3", 1), ("text", "编号5", 1), ("why", "suggest", 7), ("room", "nowhere", 0)):
            assert (await ann.ask("GET", "/held", **{name: value}))[1]["total"] == count, name
        assert (await ann.ask("GET", "/held", after="nonsense"))[0] == 400


async def test_one_in_its_context(tmp_path: Path) -> None:
    async with running(tmp_path, rules=RULES) as floor:
        floor.ask("今天真热闹")
        [id_] = await held_by(floor, "尺码怎么选，我电话13800138000")
        told = (await Program(floor, "小王", "viewer").ask("GET", f"/held/{id_}"))[1]
        assert told["around"][0]["text"] == "今天真热闹"
        assert "13800138000" not in str(told), "personal data is masked"
        assert told["card"]["comment"]["seq"] == told["askers"][0]["seq"]
        assert (await Program(floor, "小李", "viewer").ask("GET", "/held/nobody"))[0] == 404


async def test_each_act_and_who_comes_second(tmp_path: Path) -> None:
    async with running(tmp_path, undo=20.0) as floor:
        await floor.hold(1, 2, 3, 4)
        rows = outbox.rows(floor.app.journal, "state = 'held' ORDER BY seq")
        one, two, three, four = (row.id for row in rows)
        ann, bob = Program(floor, "小王", "moderator"), Program(floor, "小李", "moderator")
        status, done = await ann.ask("POST", f"/held/{one}/approve", {"version": rows[0].version})
        assert (status, done["act"], done["ids"], state(floor, one)) == (200, "approve", [one], "queued")
        status, late = await bob.ask("POST", f"/held/{one}/reject", {"version": rows[0].version})
        assert (status, "小王 抢先了一步" in late["detail"]) == (409, True)
        assert [card["id"] for card in (await bob.ask("GET", "/held"))[1]["leaving"]] == [one]
        assert (await ann.ask("POST", f"/held/{two}/reject", {"reason": "不对"}))[1]["act"] == "reject"
        assert (await ann.ask("POST", f"/held/{three}/aloud", {}))[1]["act"] == "aloud"
        assert (await ann.ask("POST", f"/held/{four}/snooze", {"seconds": 60}))[1]["at"] > done["now"]
        assert (await ann.ask("GET", "/held"))[1]["put_off"] == 1
        assert (await ann.ask("POST", "/held/undo", {"batch": done["batch"]}))[1]["ids"] == [one]
        assert (await ann.ask("POST", "/held/undo", {"reply": two}))[1]["ids"] == [two]
        assert (await ann.ask("POST", "/held/undo", {}))[0] == 422
        assert [state(floor, id_) for id_ in (one, two, three, four)] == ["held", "held", "aloud", "held"]


@pytest.mark.parametrize(
    ("text", "confirmed", "status", "verdict"),
    [
        ("看详情页的尺码表", False, 200, "ok"),
        ("字" * 1000, False, 422, "unfit"),
        ("加微信私聊转账有优惠", False, 422, "block"),
        ("这件有质检报告", False, 428, "needs_evidence"),
        ("这件有质检报告", True, 200, "needs_evidence"),
    ],
)
async def test_an_edited_text_is_judged(tmp_path: Path, text: str, confirmed: bool, status: int, verdict: str) -> None:
    async with running(tmp_path, rules=RULES) as floor:
        [id_] = await held_by(floor, "尺码怎么选")
        ann = Program(floor, "小王", "moderator")
        judged = (await ann.ask("POST", f"/held/{id_}/judge", {"text": text}))[1]
        assert (judged["verdict"], judged["length"]) == (verdict, len(text)), judged
        assert (await ann.ask("POST", f"/held/{id_}/approve", {"text": text, "confirmed": confirmed}))[0] == status
        assert (state(floor, id_) == "held") == (status != 200)


async def test_all_that_were_previewed_and_no_other(tmp_path: Path) -> None:
    async with running(tmp_path) as floor:
        await floor.hold(1, 2, 3)
        ann = Program(floor, "小王", "moderator")
        seen = (await ann.ask("POST", "/held/preview", {}))[1]
        assert seen["count"] == 3
        await floor.hold(4)
        done = (await ann.ask("POST", "/held/all", {"filter": {}, "digest": seen["digest"], "act": "reject"}))[1]
        assert (len(done["ids"]), done["new"], done["left"]) == (3, 1, [])
        assert len((await ann.ask("POST", "/held/undo", {"batch": done["batch"]}))[1]["ids"]) == 3
        assert (await ann.ask("POST", "/held/all", {"filter": {}, "digest": "unknown", "act": "reject"}))[0] == 409


async def test_modes_leases_and_teaching(tmp_path: Path) -> None:
    async with running(tmp_path, rules=RULES) as floor:
        ann = Program(floor, "小王", "moderator")
        told = (await ann.ask("PUT", "/modes", {"room": ROOM, "mode": "listen"}))[1]
        assert [(one["mode"], one["configured"], one["by"]) for one in told["modes"]] == [("listen", "auto", "小王")]
        assert (await ann.ask("PUT", "/modes", {"room": ROOM, "mode": ""}))[1]["modes"][0]["live"] is False
        assert (await ann.ask("PUT", "/modes", {"rule": "no.such", "mode": "listen"}))[0] == 409
        held = (await ann.ask("PUT", "/quiet", {"room": ROOM, "topic": "size"}))[1]["leases"]
        assert [(one["topic"], one["by"]) for one in held] == [("size", "小王")]
        assert (await ann.ask("PUT", "/quiet", {"room": "nowhere", "topic": "size"}))[0] == 404
        assert (await ann.ask("DELETE", "/quiet", room=ROOM, topic="size"))[1]["leases"] == []
        [id_] = await held_by(floor, "你们几点开播")
        seen = (await ann.ask("POST", f"/held/{id_}/teach", {"phrasing": "咱啥点儿开唠", "preview": True}))[1]
        assert "咱啥点儿开唠" in seen["diff"]
        assert (await ann.ask("GET", "/taught"))[1] == {"taught": {}}
        await ann.ask("POST", f"/held/{id_}/teach", {"phrasing": "咱啥点儿开唠"})
        assert (await ann.ask("GET", "/taught"))[1] == {"taught": {"hours": ["咱啥点儿开唠"]}}
        assert (await ann.ask("DELETE", "/taught", rule="hours", phrasing="咱啥点儿开唠"))[0] == 200


async def test_only_moderators_act(tmp_path: Path) -> None:
    async with running(tmp_path) as floor:
        await floor.hold(1)
        [row] = outbox.rows(floor.app.journal, "state = 'held'")
        viewer, streamer = Program(floor, "看", "viewer"), Program(floor, "播", "streamer")
        assert (await viewer.ask("POST", f"/held/{row.id}/approve", {}))[0] == 403
        assert (await streamer.ask("POST", f"/held/{row.id}/approve", {}))[0] == 403
        assert (await streamer.ask("POST", f"/held/{row.id}/aloud", {}))[0] == 200
