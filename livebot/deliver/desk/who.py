"""Setting up, logging in and out, and what one's own account is."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, Final, TypeVar

from aiohttp import web
from pydantic import Field

from livebot.deliver.desk import access
from livebot.deliver.desk.attempts import Attempts
from livebot.deliver.desk.guarding import Guard
from livebot.deliver.desk.parts import Desk
from livebot.deliver.desk.problems import Refusal
from livebot.deliver.desk.routing import Call, Model, Route
from livebot.errors import Rejected
from livebot.keep.accounts import Account
from livebot.keep.sessions import ABSOLUTE_MS

AT_ONCE: Final = 2  # passwords that are tried at the same time: each takes 32 MB and a fifth of a second
WAITING: Final = 20
T = TypeVar("T")
Opened = Callable[[], Awaitable[None]]
Secret = Annotated[str, Field(max_length=1024, repr=False)]


class Login(Model):
    name: Annotated[str, Field(max_length=200)]
    password: Secret


class Setup(Login):
    """link: the secret at the end of the set-up link."""

    link: Annotated[str, Field(max_length=200, repr=False)]


class NewPassword(Model):
    old: Secret
    new: Secret


class Me(Model):
    """Who asks: may lists the routes that the role may use, kinds what /api/v1/events tells it."""

    name: str
    role: str
    may: list[str]
    kinds: list[str]


class SessionView(Model):
    """A browser that is logged in; times in Unix ms."""

    id: str
    made_at: int
    seen_at: int
    address: str
    agent: str


class SessionList(Model):
    sessions: list[SessionView]


def me_of(name: str, role: str) -> Me:
    may = [route for route, roles in access.TABLE.items() if role in roles.split()]
    return Me(name=name, role=role, may=may, kinds=sorted(access.may_hear(role)))


class Door:
    """Logging in: few tries for a name and for an address, few at the same time. opened: called once the first account is there."""

    def __init__(self, desk: Desk, guard: Guard, opened: Opened) -> None:
        self._desk, self._guard, self._opened = desk, guard, opened
        self._by_name, self._by_address = Attempts(10, 300.0), Attempts(50, 300.0)
        self._turn, self._waiting = asyncio.Semaphore(AT_ONCE), 0

    async def login(self, call: Call, given: Login) -> web.StreamResponse:
        account = await self._prove(call, given.name, given.password)
        if account is None:
            raise Refusal(401, "名字或密码不对", "the name or the password is wrong")
        return self._enter(call, account)

    async def setup(self, call: Call, given: Setup) -> web.StreamResponse:
        try:
            account = await self._slow(lambda: self._desk.accounts.use_link(given.link, given.name, given.password))
        except Rejected as error:
            raise Refusal(422, error.zh, error.en) from None
        await self._opened()
        return self._enter(call, account)

    async def logout(self, call: Call) -> web.StreamResponse:
        self._desk.sessions.end(call.caller.secret)
        response = web.Response(status=204)
        response.del_cookie(self._guard.cookie, path="/", httponly=True, samesite="Strict")
        return response

    async def password(self, call: Call, given: NewPassword) -> web.StreamResponse:
        """All sessions end, this one is replaced."""
        account = await self._prove(call, _own(call), given.old)
        if account is None:
            raise Refusal(422, "原来的密码不对", "the old password is wrong")
        try:
            await self._slow(lambda: self._desk.accounts.set_password(account.name, given.new))
        except Rejected as error:
            raise Refusal(422, error.zh, error.en) from None
        return self._enter(call, account)

    def _enter(self, call: Call, account: Account) -> web.StreamResponse:
        """A fresh session, whatever the browser brought along."""
        request = call.request
        before = request.cookies.get(self._guard.cookie, "")
        agent = request.headers.get("User-Agent", "")
        secret = self._desk.sessions.begin(account, address=request.remote or "", agent=agent, instead_of=before)
        response = web.Response(text=me_of(account.name, account.role).model_dump_json() + "\n", content_type="application/json")
        response.set_cookie(
            self._guard.cookie, secret, httponly=True, samesite="Strict", path="/", max_age=ABSOLUTE_MS // 1000, secure=request.secure
        )
        return response

    async def _prove(self, call: Call, name: str, password: str) -> Account | None:
        keys = ((self._by_name, name.strip().casefold()[:100]), (self._by_address, call.request.remote or ""))
        wait = max(attempts.wait(key) for attempts, key in keys)
        if wait > 0:
            raise Refusal(429, f"试得太多了，{wait:.0f} 秒后再来", f"too many tries, wait {wait:.0f} s", retry_after=wait)
        for attempts, key in keys:  # counted before, so that many at once are many
            attempts.failed(key)
        account = await self._slow(lambda: self._desk.accounts.prove(name, password))
        if account is not None:
            for attempts, key in keys:
                attempts.forgive(key)
        return account

    async def _slow(self, work: Callable[[], T]) -> T:
        if self._waiting >= WAITING:
            raise Refusal(429, "登录的人太多，等一会儿", "too many are logging in, wait a while", retry_after=5.0)
        self._waiting += 1
        try:
            async with self._turn:
                return await asyncio.to_thread(work)
        finally:
            self._waiting -= 1


def routes(desk: Desk, guard: Guard, opened: Opened) -> list[Route]:
    door = Door(desk, guard, opened)

    async def me(call: Call) -> Me:
        return me_of(call.caller.name, call.caller.role)

    async def sessions(call: Call) -> SessionList:
        found = desk.sessions.of(_own(call))
        return SessionList(
            sessions=[
                SessionView(id=one.id, made_at=one.made_at, seen_at=one.seen_at, address=one.address, agent=one.agent) for one in found
            ]
        )

    async def end_all(call: Call) -> None:
        desk.sessions.end_all(_own(call))

    return [
        Route(method="POST", path="/api/v1/setup", handler=door.setup, takes=Setup, gives=Me,
              zh="用一次性链接建账号并登录", en="Make an account with a one-time link, and log in"),
        Route(method="POST", path="/api/v1/login", handler=door.login, takes=Login, gives=Me, zh="登录", en="Log in"),
        Route(method="POST", path="/api/v1/logout", handler=door.logout, zh="退出", en="Log out"),
        Route(method="GET", path="/api/v1/me", handler=me, gives=Me, zh="我是谁，能做什么", en="Who I am and what I may do"),
        Route(method="POST", path="/api/v1/me/password", handler=door.password, takes=NewPassword, gives=Me,
              zh="改密码；别处的登录都退出", en="Change the password; other sessions end"),
        Route(method="GET", path="/api/v1/me/sessions", handler=sessions, gives=SessionList, zh="我在哪里登录着", en="My logins"),
        Route(method="DELETE", path="/api/v1/me/sessions", handler=end_all, zh="全部退出登录", en="Log out everywhere"),
    ]  # fmt: skip


def _own(call: Call) -> str:
    if call.caller.by != "session":
        raise Refusal(403, "程序的口令没有账号", "a program's token has no account")
    return call.caller.name
