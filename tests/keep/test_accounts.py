"""Accounts, links, sessions and tokens in their own file: hashed, revocable, and safe when two come at once."""

import os
import sqlite3
import threading
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from livebot.errors import ConfigError, Rejected
from livebot.keep import clock, sessions
from livebot.keep.accounts import LINK_MS, NAME, ROLES, Accounts
from livebot.keep.passwords import Cost
from livebot.keep.sessions import Sessions

CHEAP = Cost(2**4, 8, 1)
GOOD = "correct horse 马"


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[Accounts]:
    opened = Accounts(tmp_path / NAME, CHEAP)
    yield opened
    opened.close()


def contents(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


def test_the_file_is_private_and_holds_no_secret(tmp_path: Path) -> None:
    opened = Accounts(tmp_path / NAME)  # at its real cost
    account = opened.add("小王", GOOD, "moderator")
    logins = Sessions(opened)
    secrets = [logins.begin(account), logins.make_token("bot", "viewer", "小王"), opened.make_link()]
    assert all((file.stat().st_mode & 0o077) == 0 for file in tmp_path.iterdir())
    assert not [secret for secret in (GOOD, *secrets) if secret.encode() in contents(tmp_path)]
    assert all(len(secret) >= 43 for secret in secrets)
    [(n, r, p, salt)] = opened.rows("SELECT n, r, p, length(salt) FROM accounts")
    assert (n, r, p, salt) == (2**15, 8, 3, 16)
    opened.close()


def test_a_password_is_proved_by_its_name(accounts: Accounts) -> None:
    accounts.add("Wang", GOOD, "moderator")
    assert accounts.prove("wang", GOOD) is not None
    assert accounts.prove(" ＷＡＮＧ ", unicodedata.normalize("NFD", GOOD)) is not None
    for name, password in [("Wang", GOOD + " "), ("Wang", ""), ("nobody", GOOD), ("", ""), ("Wang", "\ud800"), ("Wang", "x" * 100_000)]:
        assert accounts.prove(name, password) is None


def test_the_cost_is_stored_beside(tmp_path: Path, accounts: Accounts) -> None:
    accounts.add("old", GOOD, "viewer")
    dearer = Accounts(tmp_path / NAME, Cost(2**5, 8, 2))
    assert dearer.prove("old", GOOD) is not None
    dearer.add("new", GOOD, "viewer")
    assert accounts.prove("new", GOOD) is not None
    dearer.close()


@pytest.mark.parametrize("password", ["", "short", "1234567", "aaaaaaaaaa", "Wang-Wang", "x" * 257])
def test_poor_passwords_are_refused(accounts: Accounts, password: str) -> None:
    with pytest.raises(Rejected):
        accounts.add("wang-wang", password, "viewer")
    assert not accounts.exist()


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "a\nb", "a\u202eb", "\x00"])
def test_odd_names_are_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(Rejected):
        accounts.add(name, GOOD, "viewer")


def test_one_name_is_one_account(accounts: Accounts) -> None:
    accounts.add("小王", GOOD, "viewer")
    for again in ("小王", " 小王 "):
        with pytest.raises(Rejected, match="已经有"):
            accounts.add(again, GOOD, "viewer")
    with pytest.raises(Rejected, match="没有角色"):
        accounts.add("小李", GOOD, "root")


def test_the_last_admin_stays(accounts: Accounts) -> None:
    accounts.add("a", GOOD, "admin")
    for act in (lambda: accounts.remove("a"), lambda: accounts.set_role("a", "viewer")):
        with pytest.raises(Rejected, match="最后一个"):
            act()
    accounts.add("b", GOOD, "admin")
    accounts.set_role("a", "viewer")
    assert [(one.name, one.role) for one in accounts.all()] == [("a", "viewer"), ("b", "admin")]


# ── links ──────────────────────────────────────────────────────────────────────


def test_a_link_works_once(accounts: Accounts) -> None:
    link = accounts.make_link("streamer")
    with pytest.raises(Rejected):
        accounts.use_link(link, "x", "short")  # and the link stays
    assert accounts.use_link(link, "主播", GOOD).role == "streamer"
    with pytest.raises(Rejected, match="用过了"):
        accounts.use_link(link, "另一个", GOOD)
    with pytest.raises(Rejected):
        accounts.use_link("never was", "另一个", GOOD)


def test_of_many_who_open_a_link_at_once_one_gets_in(accounts: Accounts, tmp_path: Path) -> None:
    link, at_once = accounts.make_link(), threading.Barrier(8)

    def open_it(n: int) -> bool:
        mine = Accounts(tmp_path / NAME, CHEAP)
        try:
            at_once.wait()
            return bool(mine.use_link(link, f"user {n}", GOOD))
        except Rejected:
            return False
        finally:
            mine.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(open_it, range(8))) == 1
    assert len(accounts.all()) == 1


def test_a_link_grows_old(accounts: Accounts) -> None:
    link = accounts.make_link()
    with accounts.change() as conn:
        conn.execute("UPDATE links SET made_at = ?", (clock.now_ms() - LINK_MS - 1,))
    with pytest.raises(Rejected, match="过期"):
        accounts.use_link(link, "a", GOOD)


def test_the_first_link_is_one_and_ends_with_the_first_account(accounts: Accounts) -> None:
    first, second = accounts.first_link(), accounts.first_link()
    assert first
    assert second
    with pytest.raises(Rejected):
        accounts.link_role(first)
    assert accounts.use_link(second, "a", GOOD).role == "admin"
    assert accounts.first_link() is None


# ── sessions ───────────────────────────────────────────────────────────────────


def test_a_session_is_its_account_as_it_is_now(accounts: Accounts) -> None:
    logins, account = Sessions(accounts), accounts.add("a", GOOD, "viewer")
    secret = logins.begin(account, address="192.0.2.1", agent="phone")
    assert logins.who(secret) == account
    accounts.set_role("a", "moderator")
    found = logins.who(secret)
    assert found is not None
    assert found.role == "moderator"
    assert [(one.address, one.agent) for one in logins.of("a")] == [("192.0.2.1", "phone")]
    assert logins.who(secret + "x") is None
    assert logins.who("") is None


def test_ends_of_a_session(accounts: Accounts) -> None:
    logins = Sessions(accounts)
    accounts.add("boss", GOOD, "admin")
    account = accounts.add("a", GOOD, "viewer")
    secret = logins.begin(account)
    logins.end(secret)
    assert logins.who(secret) is None
    secret = logins.begin(account)
    assert logins.begin(account, instead_of=secret)
    assert logins.who(secret) is None
    assert logins.end_all("a") == 1
    secret = logins.begin(account)
    accounts.set_password("a", GOOD + "!")
    assert logins.who(secret) is None
    secret = logins.begin(account)
    accounts.remove("a")
    assert logins.who(secret) is None


@pytest.mark.parametrize(("column", "age"), [("seen_at", sessions.IDLE_MS), ("made_at", sessions.ABSOLUTE_MS)])
def test_a_session_grows_old(accounts: Accounts, column: str, age: int) -> None:
    logins = Sessions(accounts)
    secret = logins.begin(accounts.add("a", GOOD, "viewer"))
    for at, alive in ((clock.now_ms() - age + 60_000, True), (clock.now_ms() - age - 1, False)):
        with accounts.change() as conn:
            conn.execute(f"UPDATE sessions SET {column} = ?", (at,))
        assert (logins.who(secret) is not None) is alive


# ── tokens ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("role", [*ROLES, "overlay"])
def test_a_token_has_a_name_and_a_role_and_can_be_taken_back(accounts: Accounts, role: str) -> None:
    logins = Sessions(accounts)
    secret = logins.make_token("bot", role, "小王")
    found = logins.token(secret)
    assert found is not None
    assert (found.name, found.role, found.made_by) == ("bot", role, "小王")
    assert logins.tokens()[0].used_at
    with pytest.raises(Rejected):
        logins.make_token("bot", role, "小王")
    logins.remove_token("bot")
    assert logins.token(secret) is None
    with pytest.raises(Rejected):
        logins.remove_token("bot")


@pytest.mark.parametrize(("name", "role"), [("", "viewer"), ("a\tb", "viewer"), ("x" * 41, "viewer"), ("a", "program"), ("a", "root")])
def test_odd_tokens_are_refused(accounts: Accounts, name: str, role: str) -> None:
    with pytest.raises(Rejected):
        Sessions(accounts).make_token(name, role, "")


def test_a_file_that_is_none_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(os.urandom(4096))
    with pytest.raises(ConfigError, match="账号文件打不开"):
        Accounts(tmp_path / NAME)


def test_other_processes_see_it_at_once(accounts: Accounts, tmp_path: Path) -> None:
    other = Accounts(tmp_path / NAME, CHEAP)
    secret = Sessions(accounts).begin(accounts.add("a", GOOD, "viewer"))
    assert Sessions(other).who(secret) is not None
    other.rows("SELECT 1")
    Sessions(other).end_all("a")
    assert Sessions(accounts).who(secret) is None
    other.close()
    with pytest.raises(sqlite3.ProgrammingError):
        other.exist()
