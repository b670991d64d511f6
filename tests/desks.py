"""A real desk on a real socket: its journal, its accounts with a cheap scrypt, and browsers and programs that talk to it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from livebot.decide.shop.facts import Facts, Product
from livebot.deliver.desk.guarding import SECURITY
from livebot.deliver.desk.moderation import Moderation
from livebot.deliver.desk.parts import Desk
from livebot.deliver.desk.server import serve
from livebot.deliver.queue import IssueQueue
from livebot.deliver.queue_journal import SCHEMA, JournalQueue
from livebot.keep.accounts import ROLES, Accounts
from livebot.keep.journal import Journal
from livebot.keep.passwords import Cost

CHEAP = Cost(2**4, 8, 1)
PASSWORD = "correct horse 马"
LOCAL = "t" * 43
FACTS = Facts(products=(Product(link=3, name="碎花裙", aliases=("小碎花",), ids=("sku-9",)), Product(link=5, name="大衣")))
Headers = Mapping[str, str]


@dataclass
class Told:
    """An answer."""

    status: int
    headers: Any
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Served:
    """A desk that is being served, and who talks to it."""

    desk: Desk
    port: int
    links: list[str]
    cookies: dict[str, str] = field(default_factory=dict)  # role → Cookie header of an account of that name
    tokens: dict[str, str] = field(default_factory=dict)  # role → bearer token

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def ask(self, method: str, path: str, *, headers: Headers | None = None, data: Any = None, json: Any = None) -> Told:
        """One request without a browser's habits; every answer must have the headers that all have."""
        async with (
            aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as client,
            client.request(method, self.base + path, headers=headers, data=data, json=json, allow_redirects=False) as got,
        ):
            assert {name: got.headers.get(name) for name in SECURITY} == SECURITY
            assert "Content-Encoding" not in got.headers
            assert not [name for name in got.headers if name.lower().startswith("access-control")]
            body = b"" if got.content_type == "text/event-stream" else await got.read()
            return Told(got.status, got.headers, body)

    async def browse(self, role: str, method: str, path: str, *, json: Any = None) -> Told:
        """What the browser of somebody with that role sends."""
        return await self.ask(method, path, headers={"Cookie": await self.cookie(role), "Origin": self.base}, json=json)

    async def cookie(self, role: str) -> str:
        if role not in self.cookies:
            account = await asyncio.to_thread(self.desk.accounts.add, role, PASSWORD, role)
            self.cookies[role] = f"livebot-{self.port}={self.desk.sessions.begin(account)}"
        return self.cookies[role]

    def bearer(self, role: str) -> Headers:
        if role not in self.tokens:
            self.tokens[role] = LOCAL if role == "program" else self.desk.sessions.make_token(role, role, "test")
        return {"Authorization": f"Bearer {self.tokens[role]}"}


@asynccontextmanager
async def serving(
    folder: Path, queue: Callable[[Journal], IssueQueue] = JournalQueue, *, moderated: bool = False, **over: Any
) -> AsyncIterator[Served]:
    """moderated: with what moderators act with, in no room. over: other parts of the Desk."""
    journal = await Journal.open(folder / "journal.db", schema=SCHEMA)
    accounts = Accounts(folder / "accounts.db", CHEAP)
    links: list[str] = []
    parts: dict[str, Any] = {"listen": "127.0.0.1:0", "local": LOCAL, "rooms": ("我的直播间", "b/2"), "facts": lambda: FACTS}
    parts |= {"ready": lambda: {"ready": True}, "metrics": lambda: b"up 1\n", "announce": links.append}
    if moderated:
        parts["moderation"] = Moderation(journal=journal, policies={})
    desk = Desk(journal=journal, queue=queue(journal), accounts=accounts, folder=folder, **parts | over)
    try:
        async with serve(desk) as port:
            yield Served(desk, port, links)
    finally:
        accounts.close()
        await journal.close()


async def raw(port: int, request: bytes, *, ends: bool = False) -> bytes:
    """All that comes back. ends: nothing more will be sent."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        if ends:
            writer.write_eof()
        return await asyncio.wait_for(reader.read(), 10)
    finally:
        writer.close()


every_role = pytest.mark.parametrize("role", ROLES)
