"""The ear for platforms that push: 2xx only for what is durable, limits for everybody, one port for several rooms."""

import asyncio
import io
import json
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing, suppress

import pytest
from aiohttp import ClientSession

from adapters import listening as listening_module
from adapters.listening import BODY_MOST, listening
from adapters.pushed import Push, PushedRoom, Refused
from livebot.decide.events import Broken, Comment, Heartbeat, StreamEvent, Viewer
from livebot.errors import Rejected, Unavailable
from livebot.simulate.places import free_port


def room(name: str, *, thanks: bytes = b"") -> PushedRoom:
    """Takes {"for": name, "ids": […]}; "forged" is refused."""

    def judge(push: Push, now: int) -> Sequence[StreamEvent] | None:
        told = json.loads(push.body)
        if told["for"] != name:
            return None
        if push.headers.get("x-forged"):
            raise Refused(401, "假的", "forged")
        return [Comment(id=id_, author=Viewer(), text=id_) if id_ else Broken(reason="bad") for id_ in told["ids"]]

    return PushedRoom(judge=judge, thanks=thanks)


@asynccontextmanager
async def reading(one: PushedRoom, heard: list[StreamEvent], *, durable: bool = True) -> AsyncIterator[None]:
    async def read() -> None:
        async for event in one.events():
            heard.append(event)
            if durable and not isinstance(event, Heartbeat):
                await one.journalled(event)

    async with asyncio.TaskGroup() as group:
        task = group.create_task(read())
        yield
        task.cancel()


async def post(session: ClientSession, url: str, told: object, **headers: str) -> tuple[int, bytes]:
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    async with session.post(url, data=io.BytesIO(body), headers=headers) as answer:
        return answer.status, await answer.read()


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as opened:
        yield opened


async def test_it_answers_once_all_of_a_push_is_durable_and_several_at_once(
    session: ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening_module, "ANSWER_S", 30.0)
    port, one, heard = free_port(), room("a", thanks=b"ok"), list[StreamEvent]()
    url = f"http://127.0.0.1:{port}/p"
    async with listening(f"127.0.0.1:{port}", "/p", one), reading(one, heard, durable=False):
        async with asyncio.TaskGroup() as group:
            asked = [group.create_task(post(session, url, {"for": "a", "ids": [f"{n}x", "", f"{n}y"]})) for n in range(20)]
            async with asyncio.timeout(20):
                while len(heard) < 61:
                    await asyncio.sleep(0.005)
            assert not any(task.done() for task in asked)
            await one.journalled(heard[-2])
            await asyncio.sleep(0.05)
            assert sum(task.done() for task in asked) == 19
            await one.journalled(heard[-1])
        assert {task.result() for task in asked} == {(200, b"ok")}
        assert await post(session, url, {"for": "a", "ids": []}) == (200, b"ok")


async def test_what_is_not_durable_in_time_comes_again(session: ClientSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening_module, "ANSWER_S", 0.2)
    port, one, heard = free_port(), room("a"), list[StreamEvent]()
    url = f"http://127.0.0.1:{port}/p"
    async with listening(f"127.0.0.1:{port}", "/p", one), reading(one, heard, durable=False):
        assert (await post(session, url, {"for": "a", "ids": ["1"]}))[0] == 503
        await one.journalled(heard[-1])  # late: nothing breaks, and the next push is judged for itself
        async with asyncio.TaskGroup() as group:
            again = group.create_task(post(session, url, {"for": "a", "ids": ["1"]}))
            while len(heard) < 3:
                await asyncio.sleep(0.005)
            await one.journalled(heard[-1])
        assert again.result()[0] == 200


async def test_whoever_waits_hears_at_once_that_nobody_reads_any_more(session: ClientSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening_module, "ANSWER_S", 30.0)
    port, one, two, heard = free_port(), room("a"), room("b"), list[StreamEvent]()
    listen = f"127.0.0.1:{port}"
    async with listening(listen, "/p", two), asyncio.TaskGroup() as group:
        async with listening(listen, "/p", one), reading(one, heard, durable=False):
            asked = group.create_task(post(session, f"http://{listen}/p", {"for": "a", "ids": ["1", "2"]}))
            while len(heard) < 3:
                await asyncio.sleep(0.005)
        async with asyncio.timeout(20):
            assert (await asked)[0] == 503


async def test_one_port_serves_several_rooms_and_closes_with_the_last(session: ClientSession) -> None:
    port = free_port()
    listen, rooms, heard = f"127.0.0.1:{port}", {name: room(name) for name in "abc"}, {name: list[StreamEvent]() for name in "abc"}
    pushes = [("/p", "a", 200), ("/p", "b", 200), ("/other", "c", 200), ("/other", "a", 404), ("/p", "c", 404)]
    async with AsyncExitStack() as stack:
        for path, name in (("/p", "a"), ("/p", "b")):
            await stack.enter_async_context(listening(listen, path, rooms[name]))
            await stack.enter_async_context(reading(rooms[name], heard[name]))
        async with listening(listen, "/other", rooms["c"]), reading(rooms["c"], heard["c"]):
            for path, name, status in pushes:
                assert (await post(session, f"http://{listen}{path}", {"for": name, "ids": [f"{path}{name}"]}))[0] == status
        assert (await post(session, f"http://{listen}/other", {"for": "c", "ids": []}))[0] == 404
    assert {name: [one.id for one in events if isinstance(one, Comment)] for name, events in heard.items()} == {
        "a": ["/pa"],
        "b": ["/pb"],
        "c": ["/otherc"],
    }
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", port)
    assert listening_module._EARS == {}


async def test_everything_else_is_turned_away(session: ClientSession, monkeypatch: pytest.MonkeyPatch, log: list[str]) -> None:
    monkeypatch.setattr(listening_module, "REQUESTS", (12, 60.0))
    port, one, heard = free_port(), room("a"), list[StreamEvent]()
    url = f"http://127.0.0.1:{port}"
    async with listening(f"127.0.0.1:{port}", "/p", one), reading(one, heard):
        for method in ("GET", "PUT", "DELETE", "OPTIONS", "PATCH"):
            async with session.request(method, f"{url}/p") as answer:
                assert answer.status == 405
        assert (await post(session, f"{url}/", {}))[0] == (await post(session, f"{url}/p/x", {}))[0] == 404
        assert (await post(session, f"{url}/p", {"for": "a", "ids": ["1"]}, **{"X-Forged": "1"}))[0] == 401
        assert (await post(session, f"{url}/p", b"x" * (BODY_MOST + 1)))[0] == 413
        assert (await post(session, f"{url}/p", b"no json: a bug of ours"))[0] == 503
        for _ in range(9):
            assert (await post(session, f"{url}/p", {"for": "a", "ids": []}))[0] == 200
        assert (await post(session, f"{url}/p", {"for": "a", "ids": []}))[0] == 429
    assert [type(one) for one in heard] == [Heartbeat]
    assert len([line for line in log if "refused a push" in line or "拒绝了一次推送" in line]) == 2


@pytest.mark.parametrize("head", [b"", b"POST /p HTTP/1.1\r\nHost: x\r\n", b"POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{"])
async def test_whoever_is_slow_is_cut_off(head: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening_module, "HEADER_S", 0.2)
    monkeypatch.setattr(listening_module, "ANSWER_S", 0.2)
    port, one = free_port(), room("a")
    async with listening(f"127.0.0.1:{port}", "/p", one):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head)
        async with asyncio.timeout(3):
            with suppress(ConnectionError):
                answer = await reader.read()
                assert answer == b"" or b" 408 " in answer
        writer.close()


async def test_what_is_no_http_fills_no_log(log: list[str]) -> None:
    port, one = free_port(), room("a")
    async with listening(f"127.0.0.1:{port}", "/p", one):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"\x16\x03\x01 this is TLS\r\n\r\n")
        async with asyncio.timeout(3):
            assert b" 400 " in await reader.read()
        writer.close()
    assert log == []


async def test_a_port_that_is_taken_is_told_and_nothing_can_be_said() -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(Unavailable):
            async with listening(f"127.0.0.1:{other.getsockname()[1]}", "/p", room("a")):
                pass
    with pytest.raises(Rejected):
        await room("a").send("hello", to=None, key="k")
    assert listening_module._EARS == {}
