"""Who is logged in, and which programs may knock: sessions and bearer tokens, hashed, revocable at any moment and from any process."""

import secrets
from dataclasses import dataclass
from typing import Final

from livebot.errors import Rejected
from livebot.keep import clock
from livebot.keep.accounts import ROLES, Account, Accounts, hashed

IDLE_MS: Final = 12 * 3_600_000
ABSOLUTE_MS: Final = 7 * 24 * 3_600_000
TOUCH_MS: Final = 60_000  # how exactly it is kept when a session was last seen
OVERLAY: Final = "overlay"  # the role of a token that may stand in an address: it reads what the room has heard anyway
TOKEN_ROLES: Final = (*ROLES, OVERLAY)


@dataclass(frozen=True, slots=True)
class Session:
    """One browser that is logged in; times in Unix ms. id names it, and opens nothing."""

    id: str
    account: str
    made_at: int
    seen_at: int
    address: str
    agent: str


@dataclass(frozen=True, slots=True)
class Token:
    """A program that may call; times in Unix ms."""

    name: str
    role: str
    made_at: int
    made_by: str
    used_at: int | None


class Sessions:
    """Over the file of accounts, which its opener closes."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    def begin(self, account: Account, *, address: str = "", agent: str = "", instead_of: str = "") -> str:
        """The secret of a new session (256 bits); the one that the browser had before is over."""
        secret, now = secrets.token_urlsafe(32), clock.now_ms()
        with self._accounts.change() as conn:
            old = (hashed(instead_of), now - IDLE_MS, now - ABSOLUTE_MS)
            conn.execute("DELETE FROM sessions WHERE hash = ? OR seen_at < ? OR made_at < ?", old)
            row = (hashed(secret), secrets.token_hex(8), account.id, now, now, address[:80], agent[:200])
            conn.execute("INSERT INTO sessions (hash, id, account, made_at, seen_at, address, agent) VALUES (?,?,?,?,?,?,?)", row)
        return secret

    def who(self, secret: str) -> Account | None:
        """The account of a session that is neither over nor idle for too long, as it is now."""
        columns = "a.id, a.name, a.role, a.made_at, s.made_at, s.seen_at"
        sql = f"SELECT {columns} FROM sessions s JOIN accounts a ON a.id = s.account WHERE s.hash = ?"
        rows, now = self._accounts.rows(sql, hashed(secret)), clock.now_ms()
        if not rows:
            return None
        *account, made_at, seen_at = rows[0]
        if now - seen_at > IDLE_MS or now - made_at > ABSOLUTE_MS:
            return None
        if now - seen_at > TOUCH_MS:
            with self._accounts.change() as conn:
                conn.execute("UPDATE sessions SET seen_at = ? WHERE hash = ?", (now, hashed(secret)))
        return Account(*account)

    def end(self, secret: str) -> None:
        with self._accounts.change() as conn:
            conn.execute("DELETE FROM sessions WHERE hash = ?", (hashed(secret),))

    def of(self, account: str) -> list[Session]:
        """The sessions of an account, the latest first. Raises Rejected for an unknown one."""
        sql = "SELECT id, ?, made_at, seen_at, address, agent FROM sessions WHERE account = ? AND seen_at > ? ORDER BY seen_at DESC"
        found = self._accounts.named(account)
        return [Session(*row) for row in self._accounts.rows(sql, found.name, found.id, clock.now_ms() - IDLE_MS)]

    def end_all(self, account: str) -> int:
        """Logs an account out everywhere; returns of how many browsers. Raises Rejected for an unknown one."""
        with self._accounts.change() as conn:
            return conn.execute("DELETE FROM sessions WHERE account = ?", (self._accounts.named(account).id,)).rowcount

    # ── programs ───────────────────────────────────────────────────────────────

    def make_token(self, name: str, role: str, by: str) -> str:
        """The secret of a new token; only its hash is kept. Raises Rejected for a taken or odd name, or an unknown role."""
        name = name.strip()
        if not 1 <= len(name) <= 40 or not name.isprintable():
            raise Rejected("名字要 1 到 40 个看得见的字", "a name has 1 to 40 visible characters")
        if role not in TOKEN_ROLES:
            raise Rejected(f"没有角色 {role[:20]!r}，有的是：{', '.join(TOKEN_ROLES)}", f"no role {role[:20]!r}: {', '.join(TOKEN_ROLES)}")
        secret = secrets.token_urlsafe(32)
        with self._accounts.change() as conn:
            if self._accounts.rows("SELECT 1 FROM tokens WHERE name = ?", name):
                raise Rejected(f"已经有叫 {name} 的口令了", f"there is a token {name} already")
            row = (hashed(secret), name, role, clock.now_ms(), by)
            conn.execute("INSERT INTO tokens (hash, name, role, made_at, made_by) VALUES (?,?,?,?,?)", row)
        return secret

    def token(self, secret: str) -> Token | None:
        """The program that this is the secret of."""
        rows, now = (
            self._accounts.rows("SELECT name, role, made_at, made_by, used_at FROM tokens WHERE hash = ?", hashed(secret)),
            clock.now_ms(),
        )
        if not rows:
            return None
        if now - (rows[0][4] or 0) > TOUCH_MS:
            with self._accounts.change() as conn:
                conn.execute("UPDATE tokens SET used_at = ? WHERE hash = ?", (now, hashed(secret)))
        return Token(*rows[0])

    def tokens(self) -> list[Token]:
        return [Token(*row) for row in self._accounts.rows("SELECT name, role, made_at, made_by, used_at FROM tokens ORDER BY name")]

    def remove_token(self, name: str) -> None:
        """Raises Rejected where there is none of that name."""
        with self._accounts.change() as conn:
            if not conn.execute("DELETE FROM tokens WHERE name = ?", (name,)).rowcount:
                raise Rejected(f"没有叫 {name[:40]} 的口令", f"there is no token {name[:40]}")
