"""Accounts and programs' tokens over HTTP, for who lets others in."""

from typing import Annotated, Literal

from pydantic import Field

from livebot.deliver.desk.parts import Desk
from livebot.deliver.desk.problems import Refusal
from livebot.deliver.desk.routing import Call, Model, Route
from livebot.errors import Rejected

Role = Literal["viewer", "streamer", "moderator", "after-sales", "supervisor", "admin"]


class AccountView(Model):
    """made_at: Unix ms; sessions: browsers that are logged in."""

    name: str
    role: Role
    made_at: int
    sessions: int


class AccountList(Model):
    accounts: list[AccountView]


class OfRole(Model):
    role: Role


class Link(Model):
    """Open path once, within a day, to make an account of the role."""

    path: str
    role: Role


class NewToken(Model):
    """A program's name and role; overlay is for the address of /overlay."""

    name: Annotated[str, Field(min_length=1, max_length=40)]
    role: Role | Literal["overlay"]


class TokenSecret(Model):
    """Shown once; only a hash of it is kept."""

    name: str
    token: str


class TokenView(Model):
    """Times in Unix ms."""

    name: str
    role: str
    made_at: int
    made_by: str
    used_at: int | None


class TokenList(Model):
    tokens: list[TokenView]


def routes(desk: Desk) -> list[Route]:
    async def accounts(_: Call) -> AccountList:
        return AccountList(
            accounts=[
                AccountView.model_validate(
                    {"name": one.name, "role": one.role, "made_at": one.made_at, "sessions": len(desk.sessions.of(one.name))}
                )
                for one in desk.accounts.all()
            ]
        )

    async def link(_: Call, given: OfRole) -> Link:
        return Link(path=f"/setup#{desk.accounts.make_link(given.role)}", role=given.role)

    async def set_role(call: Call, given: OfRole) -> None:
        _there(desk, call)
        desk.accounts.set_role(call.part("name"), given.role)

    async def remove(call: Call) -> None:
        _there(desk, call)
        desk.accounts.remove(call.part("name"))

    async def end_sessions(call: Call) -> None:
        _there(desk, call)
        desk.sessions.end_all(call.part("name"))

    async def tokens(_: Call) -> TokenList:
        return TokenList(
            tokens=[
                TokenView(name=one.name, role=one.role, made_at=one.made_at, made_by=one.made_by, used_at=one.used_at)
                for one in desk.sessions.tokens()
            ]
        )

    async def make_token(call: Call, given: NewToken) -> TokenSecret:
        return TokenSecret(name=given.name, token=desk.sessions.make_token(given.name, given.role, call.caller.name))

    async def remove_token(call: Call) -> None:
        try:
            desk.sessions.remove_token(call.part("name"))
        except Rejected as error:
            raise Refusal(404, error.zh, error.en) from None

    return [
        Route(method="GET", path="/api/v1/accounts", handler=accounts, gives=AccountList, zh="所有账号", en="All accounts"),
        Route(method="POST", path="/api/v1/accounts/links", handler=link, takes=OfRole, gives=Link,
              zh="给新同事的一次性链接", en="A one-time link for a colleague"),
        Route(method="PUT", path="/api/v1/accounts/{name}/role", handler=set_role, takes=OfRole, zh="换角色", en="Change a role"),
        Route(method="DELETE", path="/api/v1/accounts/{name}", handler=remove, zh="删除账号", en="Remove an account"),
        Route(method="DELETE", path="/api/v1/accounts/{name}/sessions", handler=end_sessions,
              zh="让一个账号处处退出", en="Log an account out everywhere"),
        Route(method="GET", path="/api/v1/tokens", handler=tokens, gives=TokenList, zh="程序的口令（看不到内容）", en="Programs' tokens"),
        Route(method="POST", path="/api/v1/tokens", handler=make_token, takes=NewToken, gives=TokenSecret,
              zh="给一个程序口令，只显示这一次", en="A token for a program, shown this once"),
        Route(method="DELETE", path="/api/v1/tokens/{name}", handler=remove_token, zh="收回口令", en="Revoke a token"),
    ]  # fmt: skip


def _there(desk: Desk, call: Call) -> None:
    try:
        desk.accounts.named(call.part("name"))
    except Rejected as error:
        raise Refusal(404, error.zh, error.en) from None
