"""Who may do what at the practice Twitch: applications, tokens that expire and are renewed, and how many requests are allowed."""

import secrets
from dataclasses import dataclass
from math import inf

from livebot.keep.clock import monotonic
from livebot.simulate.twitch_frames import Account

CLIENT_ID, CLIENT_SECRET = "practice-client", "practice-secret"
SCOPES = ("user:read:chat", "user:write:chat")


@dataclass(slots=True)
class Grant:
    """One account's leave for the application. until: when the access token ends, counted from its first use."""

    account: Account
    scopes: tuple[str, ...]
    access: str
    refresh: str
    until: float | None = None


class Logins:
    """expire: seconds for which an access token works, 0 for ever. A refresh token is good for one renewal. asked: how often a token was
    validated; renewed: how often one was renewed."""

    def __init__(self, expire: float) -> None:
        self.expire, self.asked, self.renewed = expire, 0, 0
        self._grants: list[Grant] = []

    def grant(self, account: Account, scopes: tuple[str, ...] = SCOPES) -> Grant:
        grant = Grant(account=account, scopes=scopes, access=secrets.token_hex(15), refresh=secrets.token_hex(25))
        self._grants.append(grant)
        return grant

    def of(self, authorization: str, scheme: str = "Bearer") -> Grant | None:
        """Whose token that is; None for one that is unknown or too old."""
        given, _, token = authorization.partition(" ")
        grant = next((one for one in self._grants if one.access == token), None) if given == scheme else None
        if grant is None:
            return None
        now = monotonic()
        if grant.until is None:
            grant.until = now + self.expire if self.expire else inf
        return grant if now < grant.until else None

    def renew(self, refresh: str) -> Grant | None:
        grant = next((one for one in self._grants if one.refresh == refresh), None)
        if grant:
            self.renewed += 1
            grant.access, grant.refresh, grant.until = secrets.token_hex(15), secrets.token_hex(25), None
        return grant

    def revoke(self) -> None:
        """Everybody takes their leave back."""
        self._grants.clear()
