"""The HTTP call that tells what is on air: programs with the token may, pages in a browser may not. Over a real socket."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from desks import LOCAL as TOKEN
from desks import Served, serving

from livebot.decide.events import OnAir
from livebot.deliver.token import NAME, bears, local_token

Asked = tuple[int, dict[str, Any]]


class Desk:
    def __init__(self, served: Served) -> None:
        self.served = served

    async def post(self, body: bytes, room: str = "我的直播间", *, headers: dict[str, str] | None = None) -> Asked:
        sent = {"Authorization": f"Bearer {TOKEN}"} if headers is None else headers
        told = await self.served.ask("POST", f"/api/v1/rooms/{quote(room, safe='')}/on-air", data=body, headers=sent)
        return told.status, told.json

    def shown(self) -> list[str]:
        events = self.served.desk.journal.events("WHERE kind = 'on_air' ORDER BY seq")
        return [one.event.product for one in events if isinstance(one.event, OnAir)]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with serving(tmp_path) as served:
        yield Desk(served)


@pytest.mark.parametrize(
    ("body", "link"),
    [(b'{"link": 3}', 3), (b'{"link": "3"}', 3), (b'{"link": "5\xe5\x8f\xb7"}', 5), ('{"link": "小碎花"}'.encode(), 3),
     (b'{"link": "sku-9"}', 3), (b'{"link": null}', None)],
)  # fmt: skip
async def test_a_program_with_the_token_sets_it(desk: Desk, body: bytes, link: int | None) -> None:
    name = {3: "碎花裙", 5: "大衣", None: None}[link]
    assert await desk.post(body) == (200, {"rooms": ["我的直播间"], "link": link, "name": name})
    assert desk.shown() == [str(link or "")]


async def test_a_room_may_have_any_name(desk: Desk) -> None:
    assert (await desk.post(b'{"link": 3}', "b/2"))[0] == 200
    assert (await desk.post(b'{"link": 3}', "nowhere"))[0] == 404
    assert await desk.post(b'{"link": 5}', "*") == (200, {"rooms": ["我的直播间", "b/2"], "link": 5, "name": "大衣"})
    assert desk.shown() == ["3", "5", "5"]


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": ""}, {"Authorization": "Bearer"}, {"Authorization": "Bearer x"}, {"Authorization": f"Basic {TOKEN}"},
     {"Authorization": f"Bearer {TOKEN}x"}, {"Cookie": f"token={TOKEN}"},
     {"Origin": "http://evil.example", "Content-Type": "text/plain"}],
)  # fmt: skip
async def test_whoever_lacks_the_token_changes_nothing(desk: Desk, headers: dict[str, str]) -> None:
    status, told = await desk.post(b'{"link": 3}', headers=headers)
    assert (status, told["status"]) == (401, 401)
    assert desk.shown() == []


async def test_a_page_elsewhere_gets_no_leave_to_ask(desk: Desk) -> None:
    asked = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    assert (await desk.served.ask("OPTIONS", "/api/v1/rooms/b/on-air", headers=asked)).status == 405
    assert (await desk.served.ask("GET", "/api/v1/rooms/b/on-air")).status == 405


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"3", 400), (b"{}", 400), (b'{"link": true}', 400), (b'{"link": [3]}', 400), (b'{"link": 3.5}', 400), (b"[" * 9_000, 400),
     (b"\xff\xfe\x00", 400), (b'{"link": 99}', 422), (b'{"link": "\\ud800"}', 400), (b'{"link": ' + b"9" * 4_000 + b"}", 422),
     (b'{"link": "' + b"x" * 70_000 + b'"}', 413)],
)  # fmt: skip
async def test_what_is_no_product_is_refused_and_changes_nothing(desk: Desk, body: bytes, status: int) -> None:
    assert (await desk.post(body, "b/2", headers={"Authorization": f"bearer {TOKEN}"}))[0] == status
    assert desk.shown() == []


def test_the_token_is_made_once_and_is_private(tmp_path: Path) -> None:
    made = local_token(tmp_path)
    assert len(made) >= 43
    assert local_token(tmp_path) == made
    assert (tmp_path / NAME).stat().st_mode & 0o077 == 0
    (tmp_path / NAME).write_text("short", encoding="ascii")
    assert local_token(tmp_path) not in {made, "short"}


@pytest.mark.parametrize("header", ["Bearer \udcff", "Bearer " + "ü" * 43, "\x00", " ", "Bearer " + TOKEN[:-1]])
def test_odd_headers_bear_nothing(header: str) -> None:
    assert not bears(header, TOKEN)
