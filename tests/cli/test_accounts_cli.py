"""livebot accounts: what an owner types, with no daemon and beside one."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from livebot.cli import application
from livebot.errors import Rejected
from livebot.keep.accounts import NAME, Accounts
from livebot.keep.sessions import Sessions

GOOD = "correct horse 马"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    file.write_text('[desk]\nlisten = "0.0.0.0:8787"\nnames = ["livebot.lan"]\n', "utf-8")
    return file


def run(config: Path, *words: str, typed: str = "") -> Result:
    return CliRunner().invoke(application(), ["accounts", *words, "--config", str(config)], input=typed)


def test_the_life_of_an_account(config: Path) -> None:
    assert "livebot accounts link" in run(config, "list").stderr
    assert run(config, "add", "老板", "--role", "admin", typed=GOOD + "\n").exit_code == 0
    assert run(config, "add", "小王", typed=GOOD + "\n").exit_code == 0
    assert run(config, "list").stdout == "小王\tmoderator\t登录着 0 处\n老板\tadmin\t登录着 0 处\n"
    assert run(config, "role", "小王", "after-sales").exit_code == 0
    assert run(config, "password", "小王", typed="another horse\n").exit_code == 0
    accounts = Accounts(config.parent / "state" / NAME)
    try:
        account = accounts.prove("小王", "another horse")
        assert account is not None
        assert account.role == "after-sales"
        secret = Sessions(accounts).begin(account)
        assert "1" in run(config, "logout", "小王").stderr
        assert Sessions(accounts).who(secret) is None
        assert run(config, "remove", "小王").exit_code == 0
        assert [one.name for one in accounts.all()] == ["老板"]
    finally:
        accounts.close()


def test_a_link_for_a_colleague(config: Path) -> None:
    told = run(config, "link", "--role", "streamer").stdout.strip()
    place, _, secret = told.partition("#")
    assert place == "http://livebot.lan:8787/setup"
    accounts = Accounts(config.parent / "state" / NAME)
    assert accounts.use_link(secret, "主播", GOOD).role == "streamer"
    accounts.close()


def test_a_token_is_shown_once_and_taken_back(config: Path) -> None:
    secret = run(config, "token", "提词器", "--role", "streamer").stdout.strip()
    assert secret not in run(config, "list").stdout
    assert "提词器\tstreamer\t程序的口令" in run(config, "list").stdout
    accounts = Accounts(config.parent / "state" / NAME)
    found = Sessions(accounts).token(secret)
    assert found is not None
    assert found.name == "提词器"
    assert run(config, "token", "提词器", "--revoke").exit_code == 0
    assert Sessions(accounts).token(secret) is None
    accounts.close()


@pytest.mark.parametrize(
    ("words", "typed"),
    [(("add", "a"), "short\n"), (("add", "a", "--role", "root"), GOOD + "\n"), (("add", "a"), ""), (("remove", "nobody"), ""),
     (("role", "nobody", "admin"), ""), (("token", "x", "--revoke"), ""), (("link", "--role", "root"), ""), (("logout", "nobody"), "")],
)  # fmt: skip
def test_what_is_refused_is_said_in_words(config: Path, words: tuple[str, ...], typed: str) -> None:
    assert isinstance(run(config, *words, typed=typed).exception, Rejected)
