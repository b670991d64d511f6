"""The stream of changes over real sockets: cut and resumed it loses nothing, it is made once for all, and a slow browser harms nobody."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from desks import Served, serving
from livestream import Stream
from queue_backends import emptied_valkey, issue, needs_server, valkey

from livebot.decide.events import Comment, StreamStarted, Viewer
from livebot.deliver.desk import hub
from livebot.deliver.queue_redis import RedisQueue
from livebot.keep import changes, outbox
from livebot.keep.journal import Journal

AddReply = Callable[..., Awaitable[outbox.OutboxRow]]
Wait = Callable[..., Awaitable[None]]


class Ear:
    """A browser's EventSource: what it heard, and where it stands."""

    def __init__(self, desk: Served, kinds: str, role: str = "admin", after: str = "") -> None:
        self.desk, self.kinds, self.role, self.position = desk, kinds, role, after
        self.frames: list[dict[str, Any]] = []

    async def listen(self, frames: int = 1_000_000) -> None:
        """Until so many frames came, or the server ends it; resumes where it stood."""
        headers = dict(self.desk.bearer(self.role)) | ({"Last-Event-ID": self.position} if self.position else {})
        url = f"{self.desk.base}/api/v1/events?kinds={self.kinds}"
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(None)) as client, client.get(url, headers=headers) as got:
            assert got.status == 200
            assert got.headers["Content-Type"].startswith("text/event-stream")
            assert "Content-Encoding" not in got.headers
            while frames > 0:
                try:
                    event = (await got.content.readuntil(b"\n\n")).decode()
                except aiohttp.ClientPayloadError:
                    return
                if not event.endswith("\n\n"):
                    return  # the end
                lines = dict(line.split(": ", 1) for line in event.strip().split("\n"))
                if "data" in lines:
                    self.position = lines["id"]
                    self.frames.append(json.loads(lines["data"]))
                    frames -= 1

    def heard(self, kind: str) -> list[Any]:
        return [one for frame in self.frames for one in frame.get(kind, [])]

    def ids(self, kind: str) -> list[str]:
        return [one["id"] for one in self.heard(kind)]


@asynccontextmanager
async def listening(ear: Ear) -> AsyncIterator[Ear]:
    task = asyncio.create_task(ear.listen())
    try:
        async with asyncio.timeout(10):
            while not ear.frames:
                await asyncio.sleep(0.005)
        yield ear
    finally:
        task.cancel()
        await asyncio.wait({task})


def states(ear: Ear) -> dict[str, str]:
    """What a page that began with nothing now believes of each reply."""
    return {one["id"]: one["state"] for one in ear.heard("reply")}


async def test_who_comes_first_is_told_to_fetch_all(tmp_path: Path) -> None:
    async with serving(tmp_path) as desk:
        ear = Ear(desk, "reply,issue")
        await ear.listen(1)
        [frame] = ear.frames
        assert frame["reset"] == ["issue", "reply"]
        assert (frame["status"]["ready"], frame["status"]["frozen"]) == (True, False)
        assert ear.position == "0/0-0/0-0"


async def test_changes_of_replies_streams_and_rooms_are_told(tmp_path: Path, add_reply: AddReply, wait_until: Wait) -> None:
    async with serving(tmp_path) as desk:
        journal = desk.desk.journal
        async with listening(Ear(desk, "reply,stream,on_air")) as ear:
            row = await add_reply(journal, "one", "held")
            await wait_until(lambda: states(ear) == {"one": "held"})
            await outbox.settle(journal, row, "queued", actor="小王")
            await wait_until(lambda: states(ear) == {"one": "queued"})
            told = ear.heard("reply")[-1]
            assert (told["room"], told["actor"], told["version"], told["text"]) == ("r", "小王", 2, "看页面")
            await asyncio.shield(journal.append("r", StreamStarted()))
            await wait_until(lambda: [one["room"] for one in ear.heard("stream")][-1:] == ["r"])
            await desk.ask("POST", "/api/v1/rooms/b%2F2/on-air", headers=desk.bearer("program"), json={"link": 3})
            await wait_until(lambda: ear.heard("on_air") == [{"id": "b/2"}])


async def test_a_change_on_the_streamers_page_is_told(tmp_path: Path, wait_until: Wait) -> None:
    async with serving(tmp_path, rooms=("r",)) as desk:
        stream = Stream(desk.desk.journal)
        await stream.starts()
        async with listening(Ear(desk, "stage", "streamer")) as ear:
            assert ear.heard("stage") == [{"id": "r", "changed_at": 0}]
            await stream.comment("这个会起球吗")
            await wait_until(lambda: ear.heard("stage")[-1]["changed_at"] > 0)
            assert all("reply" not in frame for frame in ear.frames)


async def test_what_changed_often_is_told_once_and_not_too_often(tmp_path: Path, add_reply: AddReply, wait_until: Wait) -> None:
    async with serving(tmp_path) as desk:
        journal = desk.desk.journal
        await add_reply(journal, "one", "held")
        async with listening(Ear(desk, "reply")) as ear:
            began = asyncio.get_running_loop().time()
            for _ in range(300):
                await journal.write(lambda conn: conn.execute("UPDATE replies SET version = version + 1"))
            await wait_until(lambda: ear.heard("reply")[-1:] and ear.heard("reply")[-1]["version"] == 301)
            seconds = asyncio.get_running_loop().time() - began
            assert len(ear.frames) <= 2 + seconds / hub.FRAME_S


async def test_a_cut_stream_goes_on_and_loses_nothing(tmp_path: Path, add_reply: AddReply, wait_until: Wait) -> None:
    """A page that is cut off again and again, while replies come and go, ends with what the journal says."""
    async with serving(tmp_path) as desk:
        journal, ear = desk.desk.journal, Ear(desk, "reply")

        async def work() -> None:
            for n in range(60):
                row = await add_reply(journal, f"r{n}", "held")
                await outbox.settle(journal, row, "denied" if n % 3 else "queued")
                await asyncio.sleep(0.01)

        await ear.listen(1)
        async with asyncio.TaskGroup() as group:
            working = group.create_task(work())
            while not working.done():
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(ear.listen(), 0.07)
        async with listening(Ear(desk, "reply", after=ear.position)) as rest:
            rest.frames = ear.frames + rest.frames
            truth = dict(journal.read("SELECT id, state FROM replies"))
            await wait_until(lambda: states(rest) == truth)
            assert len(truth) == 60
            assert not [frame for frame in rest.frames[1:] if "reset" in frame]


async def test_nobody_looks_and_nothing_is_lost(tmp_path: Path, add_reply: AddReply) -> None:
    async with serving(tmp_path) as desk:
        ear = Ear(desk, "reply")
        await ear.listen(1)
        await add_reply(desk.desk.journal, "while away", "held")
        await ear.listen(1)
        assert states(ear) == {"while away": "held"}
        assert "reset" not in ear.frames[-1]


@pytest.mark.parametrize("position", ["999999/0-0/0-0", "nonsense", "1/0-0", "-1/0-0/0-0", "1/0-0/0-0' OR 1", "0/0-0/0-0"])
async def test_a_position_that_is_no_longer_known_fetches_all(tmp_path: Path, position: str) -> None:
    """Also one from before the changes that are kept."""
    async with serving(tmp_path) as desk:
        rows = [("reply", f"r{n}", "r") for n in range(20_050)]
        sql = "INSERT INTO changes (kind, id, room) VALUES (?,?,?)"
        await desk.desk.journal.write(lambda conn: conn.executemany(sql, rows))
        assert desk.desk.journal.value("SELECT count(*) FROM changes") == 20_000
        ear = Ear(desk, "reply", after=position)
        await ear.listen(1)
        assert ear.frames[0]["reset"] == ["reply"]
        assert ear.position.startswith(str(changes.newest(desk.desk.journal)))


async def test_the_red_button_is_told_to_everybody(tmp_path: Path, wait_until: Wait) -> None:
    async with serving(tmp_path) as desk, listening(Ear(desk, "", "viewer")) as ear:
        await desk.ask("POST", "/api/v1/freeze", headers=desk.bearer("streamer"))
        await wait_until(lambda: ear.frames[-1].get("status", {}).get("frozen"))
        await desk.ask("DELETE", "/api/v1/freeze", headers=desk.bearer("streamer"))
        await wait_until(lambda: ear.frames[-1].get("status", {}).get("frozen") is False)


async def test_comments_are_told_masked_and_never_more_than_anybody_reads(tmp_path: Path, wait_until: Wait) -> None:
    async with serving(tmp_path) as desk:
        journal = desk.desk.journal
        async with listening(Ear(desk, "comment")) as ear:
            author = Viewer(id="u1", name="张三丰")
            await asyncio.shield(journal.append("r", Comment(id="c0", author=author, text="我的电话13812345678")))
            await wait_until(lambda: len(ear.frames) > 1)
            [told] = ear.frames[1]["comment"]["comments"]
            assert (told["author"], "13812345678" in told["text"], "138" in told["text"]) == ("张*", False, True)
            for n in range(200):
                _ = journal.append("r", Comment(id=f"n{n}", author=author, text=f"第 {n} 条"))
            await journal.flush()

            def seen() -> tuple[int, int]:
                parts = [frame["comment"] for frame in ear.frames[2:] if "comment" in frame]
                return sum(len(part["comments"]) for part in parts), sum(part["skipped"] for part in parts)

            await wait_until(lambda: sum(seen()) == 200)
            assert seen()[0] < 200
            assert ear.frames[-1]["comment"]["comments"][-1]["text"] == "第 199 条"


async def test_a_view_that_fails_becomes_a_reset(tmp_path: Path, add_reply: AddReply, wait_until: Wait, log: list[str]) -> None:
    async def broken(ids: Any) -> Any:
        raise KeyError(ids)

    async with serving(tmp_path, views={"reply": broken}) as desk, listening(Ear(desk, "reply,stream")) as ear:
        await add_reply(desk.desk.journal, "one", "held")
        await wait_until(lambda: ["reply"] in [frame.get("reset") for frame in ear.frames[1:]])
        assert [line for line in log if line.startswith("WARNING")]


async def test_a_stream_ends_with_its_session(
    tmp_path: Path, add_reply: AddReply, wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("livebot.deliver.desk.streaming.BEAT_S", 0.0)
    async with serving(tmp_path) as desk:
        ear = Ear(desk, "reply", "moderator")
        task = asyncio.create_task(ear.listen())
        await wait_until(lambda: ear.frames)
        desk.desk.sessions.remove_token("moderator")
        await add_reply(desk.desk.journal, "secret", "held")
        await asyncio.wait_for(task, 10)
        assert "secret" not in states(ear)


async def test_the_server_stops_at_once_with_streams_open(tmp_path: Path) -> None:
    async with asyncio.timeout(8):
        async with serving(tmp_path) as desk:
            ears = [Ear(desk, "reply") for _ in range(5)]
            tasks = [asyncio.create_task(ear.listen()) for ear in ears]
            while not all(ear.frames for ear in ears):
                await asyncio.sleep(0.005)
            began = asyncio.get_running_loop().time()
        assert asyncio.get_running_loop().time() - began < 0.9
        await asyncio.wait(tasks)


async def test_a_browser_that_does_not_read_is_cut_off_and_the_others_hear_on(
    tmp_path: Path, wait_until: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def heavy(ids: Any) -> Any:
        return [{"id": id_, "pad": "x" * 300_000} for id_ in ids]

    monkeypatch.setattr(hub, "FRAME_S", 0.001)
    monkeypatch.setattr(hub, "RING", 10)
    async with serving(tmp_path, views={"reply": heavy}) as desk:
        sleeper = socket.create_connection(("127.0.0.1", desk.port))
        head = f"GET /api/v1/events?kinds=reply HTTP/1.1\r\nHost: localhost:{desk.port}\r\n"
        sleeper.sendall(head.encode() + f"Authorization: {desk.bearer('admin')['Authorization']}\r\n\r\n".encode())
        async with listening(Ear(desk, "reply", "moderator")) as ear:
            for n in range(60):
                await desk.desk.journal.write(lambda conn, n=n: changes.note(conn, "reply", f"r{n}"))  # type: ignore[misc]
                await wait_until(lambda n=n: ear.heard("reply")[-1:] and ear.heard("reply")[-1]["id"] == f"r{n}")
                ear.frames[:] = ear.frames[-1:]
        await asyncio.to_thread(read_to_the_end, sleeper)


def read_to_the_end(sock: socket.socket) -> None:
    """Returns once the server has cut it; what was buffered is at most a few megabytes."""
    sock.settimeout(10)
    taken = 0
    try:
        while data := sock.recv(1 << 20):
            taken += len(data)
    except ConnectionResetError:
        pass
    assert taken < 20_000_000
    sock.close()


# ── issues ─────────────────────────────────────────────────────────────────────


async def test_issues_in_the_journal_are_told(tmp_path: Path, wait_until: Wait) -> None:
    async with serving(tmp_path) as desk, listening(Ear(desk, "issue")) as ear:
        await desk.desk.queue.publish("p", 0, [issue(1)])
        await wait_until(lambda: ear.ids("issue") == ["id-1"])
        await desk.desk.queue.claim("id-1", "小王")
        await wait_until(lambda: len(ear.heard("issue")) == 2)


@needs_server
async def test_issues_in_redis_are_told_and_resumed(tmp_path: Path, wait_until: Wait) -> None:
    async with valkey(tmp_path / "valkey") as server:

        def queue(_: Journal) -> RedisQueue:
            return RedisQueue(server.tcp_url)

        async with serving(tmp_path, queue) as desk:
            await desk.desk.queue.publish("p", 0, [issue(1)])
            ear = Ear(desk, "issue")
            async with listening(ear):
                await desk.desk.queue.publish("p", 1, [issue(2)])
                await wait_until(lambda: "id-2" in ear.ids("issue"))
            await desk.desk.queue.publish("p", 2, [issue(3)])
            again = Ear(desk, "issue", after=ear.position)
            await again.listen(1)
            assert again.ids("issue") == ["id-3"]
            assert "reset" not in again.frames[0]
            await desk.desk.queue.close()


@needs_server
async def test_nobody_waits_for_what_redis_takes_its_time_to_tell(tmp_path: Path, add_reply: AddReply, wait_until: Wait) -> None:
    url, told = await emptied_valkey(), asyncio.Event()

    async def slow(ids: Sequence[str]) -> Sequence[Any]:
        await told.wait()
        return [{"id": id_} for id_ in ids]

    async with (
        serving(tmp_path, lambda _: RedisQueue(url), views={"issue": slow}) as desk,
        listening(Ear(desk, "reply,issue")) as ear,
    ):
        await desk.desk.queue.publish("p", 0, [issue(1)])
        for state in ("one", "two"):
            await add_reply(desk.desk.journal, state, "held")
            await wait_until(lambda state=state: state in states(ear))  # type: ignore[misc]
        assert ear.ids("issue") == []
        told.set()
        await wait_until(lambda: ear.ids("issue") == ["id-1"])
        await desk.desk.queue.close()


@needs_server
async def test_without_redis_the_stream_begins_and_issues_are_fetched_later(tmp_path: Path, add_reply: AddReply, wait_until: Wait) -> None:
    """Nobody answers at that port: replies and the red button are told all the same."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"redis://127.0.0.1:{probe.getsockname()[1]}/0"
    async with serving(tmp_path, lambda _: RedisQueue(url)) as desk, listening(Ear(desk, "reply,issue")) as ear:
        await add_reply(desk.desk.journal, "one", "held")
        await wait_until(lambda: states(ear) == {"one": "held"})
        await desk.ask("POST", "/api/v1/freeze", headers=desk.bearer("streamer"))
        await wait_until(lambda: [frame for frame in ear.frames if frame.get("status", {}).get("frozen")])
        assert (tmp_path / "FROZEN").exists()
        await desk.desk.queue.close()
