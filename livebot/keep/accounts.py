"""Who may work at the desk: accounts with a role, and the one-time links that make them; in a file of their own, never in the journal."""

import secrets
import sqlite3
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from livebot.errors import ConfigError, Problem, Rejected
from livebot.keep import clock, passwords
from livebot.keep.passwords import Cost, Digest

NAME: Final = "accounts.db"
ROLES: Final = ("viewer", "streamer", "moderator", "after-sales", "supervisor", "admin")
LINK_MS: Final = 24 * 3_600_000
LONGEST_NAME: Final = 40

SCHEMA: Final = (
    """CREATE TABLE IF NOT EXISTS accounts (
        id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, key TEXT NOT NULL UNIQUE, role TEXT NOT NULL, made_at INTEGER NOT NULL,
        salt BLOB NOT NULL, hash BLOB NOT NULL, n INTEGER NOT NULL, r INTEGER NOT NULL, p INTEGER NOT NULL)""",
    "CREATE TABLE IF NOT EXISTS links (hash BLOB PRIMARY KEY, role TEXT NOT NULL, made_at INTEGER NOT NULL) WITHOUT ROWID",
    """CREATE TABLE IF NOT EXISTS sessions (
        hash BLOB PRIMARY KEY, id TEXT NOT NULL UNIQUE, account INTEGER NOT NULL REFERENCES accounts ON DELETE CASCADE,
        made_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, address TEXT NOT NULL, agent TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS tokens (
        hash BLOB PRIMARY KEY, name TEXT NOT NULL UNIQUE, role TEXT NOT NULL, made_at INTEGER NOT NULL, made_by TEXT NOT NULL,
        used_at INTEGER) WITHOUT ROWID""",
)
_COLUMNS: Final = "id, name, role, made_at"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who works at the desk. made_at: Unix ms."""

    id: int
    name: str
    role: str
    made_at: int


class Accounts:
    """The file, open. Several processes and threads may work with it at once; every change is durable when its call returns."""

    def __init__(self, path: Path, cost: Cost = Cost()) -> None:
        """Raises ConfigError where it cannot be opened."""
        self.path, self._cost, self._lock = path, cost, threading.RLock()
        try:
            path.touch(mode=0o600)
            self._conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            for pragma in ("busy_timeout = 5000", "journal_mode = WAL", "foreign_keys = ON", "secure_delete = ON"):
                self._conn.execute(f"PRAGMA {pragma}")
            for statement in SCHEMA:
                self._conn.execute(statement)
        except (OSError, sqlite3.DatabaseError) as error:
            zh, en = f"账号文件打不开：{error}", f"the file of accounts cannot be opened: {error}"
            raise ConfigError([Problem(file=str(path), zh=zh, en=en)]) from error

    def close(self) -> None:
        self._conn.close()

    # ── accounts ───────────────────────────────────────────────────────────────

    def exist(self) -> bool:
        """Whether there is any account."""
        return bool(self.rows("SELECT 1 FROM accounts LIMIT 1"))

    def all(self) -> list[Account]:
        return [Account(*row) for row in self.rows(f"SELECT {_COLUMNS} FROM accounts ORDER BY key")]

    def named(self, name: str) -> Account:
        """Raises Rejected where there is none."""
        rows = self.rows(f"SELECT {_COLUMNS} FROM accounts WHERE key = ?", _key(name))
        if not rows:
            raise Rejected(f"没有叫 {name[:LONGEST_NAME]} 的账号", f"there is no account {name[:LONGEST_NAME]}")
        return Account(*rows[0])

    def add(self, name: str, password: str, role: str) -> Account:
        """Takes a while (scrypt). Raises Rejected for a name that is taken or odd, a poor password, an unknown role."""
        name, made = self._fit(name, password, role), self._digest(password)
        with self.change() as conn:
            return self._insert(conn, name, role, made)

    def remove(self, name: str) -> None:
        """With its sessions. Raises Rejected for an unknown one, or the last admin."""
        with self.change() as conn:
            account = self.named(name)
            self._keep_an_admin(account, "")
            conn.execute("DELETE FROM accounts WHERE id = ?", (account.id,))

    def set_role(self, name: str, role: str) -> Account:
        """In force at once, also for who is logged in. Raises Rejected as `add` and `remove` do."""
        _known(role)
        with self.change() as conn:
            account = self.named(name)
            self._keep_an_admin(account, role)
            conn.execute("UPDATE accounts SET role = ? WHERE id = ?", (role, account.id))
            return self.named(name)

    def set_password(self, name: str, password: str) -> None:
        """Takes a while; ends all sessions of the account. Raises Rejected."""
        account = self.named(name)
        passwords.check(password, account.name)
        made = self._digest(password)
        with self.change() as conn:
            values = (made.salt, made.hash, made.cost.n, made.cost.r, made.cost.p, account.id)
            conn.execute("UPDATE accounts SET salt = ?, hash = ?, n = ?, r = ?, p = ? WHERE id = ?", values)
            conn.execute("DELETE FROM sessions WHERE account = ?", (account.id,))

    def prove(self, name: str, password: str) -> Account | None:
        """The account whose password this is. Takes as long for a name that does not exist; call it in a thread."""
        rows = self.rows(f"SELECT {_COLUMNS}, salt, hash, n, r, p FROM accounts WHERE key = ?", _key(name))
        if not rows:
            Digest(bytes(16), bytes(32), self._cost).fits(password)
            return None
        account, stored = Account(*rows[0][:4]), Digest(rows[0][4], rows[0][5], Cost(*rows[0][6:]))
        return account if stored.fits(password) else None

    # ── links that make an account, once ───────────────────────────────────────

    def make_link(self, role: str = "admin") -> str:
        """The secret of a new link; it works once, for a day. Raises Rejected for an unknown role."""
        _known(role)
        secret = secrets.token_urlsafe(32)
        with self.change() as conn:
            conn.execute("DELETE FROM links WHERE made_at < ?", (clock.now_ms() - LINK_MS,))
            conn.execute("INSERT INTO links VALUES (?,?,?)", (hashed(secret), role, clock.now_ms()))
        return secret

    def first_link(self) -> str | None:
        """The secret of the link for the first account, in place of earlier ones; None where there is an account."""
        with self.change() as conn:
            if self.exist():
                return None
            conn.execute("DELETE FROM links")
            return self.make_link()

    def link_role(self, secret: str) -> str:
        """Raises Rejected for a link that was used, is too old or never was."""
        rows = self.rows("SELECT role FROM links WHERE hash = ? AND made_at > ?", hashed(secret), clock.now_ms() - LINK_MS)
        if not rows:
            raise Rejected(
                "这个链接用过了，或者过期了。新的：livebot accounts link",
                "this link was used, or is too old: livebot accounts link",
            )
        return str(rows[0][0])

    def use_link(self, secret: str, name: str, password: str) -> Account:
        """The account that the link makes; the link is gone then. Takes a while. Raises Rejected as `add` does; the link then stays."""
        name, made = self._fit(name, password, self.link_role(secret)), self._digest(password)
        with self.change() as conn:
            role = self.link_role(secret)
            account = self._insert(conn, name, role, made)
            conn.execute("DELETE FROM links WHERE hash = ?", (hashed(secret),))
            return account

    # ── the file ───────────────────────────────────────────────────────────────

    def rows(self, sql: str, *params: Any) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._conn.execute(sql, params).fetchall()

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """A transaction, alone; within another one it is part of that."""
        with self._lock:
            if self._conn.in_transaction:
                yield self._conn
                return
            self._conn.execute("BEGIN IMMEDIATE")
            try:
                yield self._conn
                self._conn.execute("COMMIT")
            except BaseException:
                self._conn.execute("ROLLBACK")
                raise

    def _digest(self, password: str) -> Digest:
        return passwords.digest(password, self._cost)

    def _fit(self, name: str, password: str, role: str) -> str:
        """The name as it is kept; raises Rejected before anything that takes time."""
        _known(role)
        name = unicodedata.normalize("NFKC", name).strip()
        if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
            raise Rejected(f"名字要 1 到 {LONGEST_NAME} 个看得见的字", f"a name has 1 to {LONGEST_NAME} visible characters")
        passwords.check(password, name)
        if self.rows("SELECT 1 FROM accounts WHERE key = ?", _key(name)):
            raise Rejected(f"已经有叫 {name} 的账号了", f"there is an account {name} already")
        return name

    def _insert(self, conn: sqlite3.Connection, name: str, role: str, made: Digest) -> Account:
        values = (name, _key(name), role, clock.now_ms(), made.salt, made.hash, made.cost.n, made.cost.r, made.cost.p)
        try:
            conn.execute("INSERT INTO accounts (name, key, role, made_at, salt, hash, n, r, p) VALUES (?,?,?,?,?,?,?,?,?)", values)
        except sqlite3.IntegrityError:
            raise Rejected(f"已经有叫 {name} 的账号了", f"there is an account {name} already") from None
        return self.named(name)

    def _keep_an_admin(self, account: Account, role: str) -> None:
        """Without an admin nobody could let anybody in."""
        others = self.rows("SELECT 1 FROM accounts WHERE role = 'admin' AND id != ? LIMIT 1", account.id)
        if account.role == "admin" and role != "admin" and not others:
            raise Rejected("最后一个 admin 不能动：先让别人当 admin", "the last admin stays: make somebody else admin first")


def hashed(secret: str) -> bytes:
    """How links, sessions and tokens are kept: 256 random bits need no slow hash."""
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold().encode("utf-8", "replace").decode()


def _known(role: str) -> None:
    if role not in ROLES:
        raise Rejected(f"没有角色 {role[:20]!r}，有的是：{', '.join(ROLES)}", f"no role {role[:20]!r}; there are: {', '.join(ROLES)}")
