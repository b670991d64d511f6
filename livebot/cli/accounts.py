"""livebot accounts: who may open the pages, and which programs may call, beside a running daemon or without one."""

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from livebot.cli.frame import ConfigOption, configured, done
from livebot.errors import Rejected
from livebot.language import say

if TYPE_CHECKING:
    from livebot.keep.accounts import Accounts
    from livebot.keep.sessions import Sessions

HERE = Path("config.toml")
NameArgument = Annotated[str, typer.Argument(help=say("账号的名字", "the account's name"))]
RoleOption = Annotated[
    str,
    typer.Option(
        help=say(
            "角色：viewer 旁观 · streamer 主播 · moderator 场控 · after-sales 售后 · supervisor 主管 · admin 管账号的",
            "viewer · streamer · moderator · after-sales · supervisor · admin (who manages accounts)",
        )
    ),
]


def register(app: typer.Typer) -> None:
    accounts = typer.Typer(
        no_args_is_help=True,
        help=say(
            "网页的账号：谁能打开、能做什么；给程序的口令。\n\n最省事：livebot accounts link --role moderator，把链接发给同事，"
            "他自己取名字和密码。改了马上生效，不用重启。",
            "Accounts of the desk: who may do what, and tokens for programs.\n\nEasiest: livebot accounts link --role moderator,"
            " and send the link to your colleague, who chooses name and password. Changes hold at once, without a restart.",
        ),
    )
    accounts.command("list", help=say("列出账号和程序的口令。", "List accounts and tokens."))(list_all)
    accounts.command("link", help=say("一次性链接：一天内打开它，就能建一个账号。", "A link that makes one account, within a day."))(link)
    accounts.command("add", help=say("直接建账号：密码从终端输入。", "Make an account; the password is typed in."))(add)
    accounts.command("password", help=say("换密码：这个账号处处都要重新登录。", "Change a password; its sessions end."))(password)
    accounts.command("role", help=say("换角色：马上生效。", "Change a role, at once."))(role)
    accounts.command("remove", help=say("删除账号：登录着的马上退出。", "Remove an account; it is logged out at once."))(remove)
    accounts.command("logout", help=say("让一个账号处处退出：手机丢了的时候。", "Log an account out everywhere."))(logout)
    accounts.command("token", help=say("给程序的口令：只显示这一次，可以随时收回。", "A token for a program, shown once."))(token)
    app.add_typer(accounts, name="accounts")


def list_all(config: ConfigOption = HERE) -> None:
    from livebot.keep.log import spelt_out
    from livebot.keep.words import clock_time

    with _opened(config) as (accounts, sessions):
        for one in accounts.all():
            logins = len(sessions.of(one.name))
            print(f"{spelt_out(one.name)}\t{one.role}\t{say(f'登录着 {logins} 处', f'{logins} sessions')}")
        for program in sessions.tokens():
            used = clock_time(program.used_at) if program.used_at else say("没用过", "never used")
            print(f"{spelt_out(program.name)}\t{program.role}\t{say('程序的口令', 'token')}, {used}")
        if not accounts.exist():
            print(say("还没有账号：livebot accounts link", "no accounts yet: livebot accounts link"), file=sys.stderr)
    done(0)


def link(config: ConfigOption = HERE, role: RoleOption = "admin") -> None:
    settings = configured(config)
    with _opened(config) as (accounts, _):
        secret = accounts.make_link(role)
    print(f"http://{_address(settings.desk.listen, settings.desk.names)}/setup#{secret}")
    print(say("一天内有效，只能用一次。", "It works once, within a day."), file=sys.stderr)
    done(0)


def add(name: NameArgument, config: ConfigOption = HERE, role: RoleOption = "moderator") -> None:
    with _opened(config) as (accounts, _):
        accounts.add(name, _password(), role)
    print(say("建好了。", "done."), file=sys.stderr)
    done(0)


def password(name: NameArgument, config: ConfigOption = HERE) -> None:
    with _opened(config) as (accounts, _):
        accounts.named(name)
        accounts.set_password(name, _password())
    print(say("换好了，要重新登录。", "done; log in again."), file=sys.stderr)
    done(0)


def role(name: NameArgument, role: Annotated[str, typer.Argument(help=say("新角色", "the new role"))], config: ConfigOption = HERE) -> None:
    with _opened(config) as (accounts, _):
        accounts.set_role(name, role)
    done(0)


def remove(name: NameArgument, config: ConfigOption = HERE) -> None:
    with _opened(config) as (accounts, _):
        accounts.remove(name)
    done(0)


def logout(name: NameArgument, config: ConfigOption = HERE) -> None:
    with _opened(config) as (_, sessions):
        count = sessions.end_all(name)
    print(say(f"退出了 {count} 处。", f"{count} sessions ended."), file=sys.stderr)
    done(0)


def token(
    name: Annotated[str, typer.Argument(help=say("程序的名字", "the program's name"))],
    config: ConfigOption = HERE,
    role: Annotated[
        str, typer.Option(help=say("和账号一样的角色；overlay 只用来写在 /overlay 的地址里", "as for accounts; overlay is for /overlay"))
    ] = "viewer",
    revoke: Annotated[bool, typer.Option("--revoke", help=say("收回这个口令", "revoke it"))] = False,
) -> None:
    with _opened(config) as (_, sessions):
        if revoke:
            sessions.remove_token(name)
        else:
            print(sessions.make_token(name, role, say("命令行", "command line")))
            print(say("只显示这一次，请马上存好。", "Shown this once: keep it now."), file=sys.stderr)
    done(0)


@contextmanager
def _opened(file: Path) -> "Iterator[tuple[Accounts, Sessions]]":
    from livebot.keep.accounts import NAME, Accounts
    from livebot.keep.sessions import Sessions

    folder = configured(file).state.dir
    folder.mkdir(parents=True, exist_ok=True)
    accounts = Accounts(folder / NAME)
    try:
        yield accounts, Sessions(accounts)
    finally:
        accounts.close()


def _password() -> str:
    """Typed twice on a terminal, else the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(say("密码：", "Password: "))
    if getpass.getpass(say("再写一遍：", "Again: ")) != first:
        raise Rejected("两次写的不一样", "the two differ")
    return first


def _address(listen: str, names: tuple[str, ...]) -> str:
    """By which name and port a colleague reaches the desk."""
    host, _, port = (listen or "127.0.0.1:8787").rpartition(":")
    if names:
        return names[0] if ":" in names[0] else f"{names[0]}:{port}"
    return f"{'127.0.0.1' if host in {'0.0.0.0', '[::]'} else host}:{port}"  # noqa: S104
