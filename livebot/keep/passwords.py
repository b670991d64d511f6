"""Passwords: what may be one, and its scrypt digest, with the cost stored beside it so that it can be raised later."""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from hmac import compare_digest
from typing import Final

from livebot.errors import Rejected

SHORTEST: Final = 8
LONGEST: Final = 256


@dataclass(frozen=True, slots=True)
class Cost:
    """scrypt's parameters: 128·n·r bytes of memory, p times over. About a fifth of a second and 32 MB."""

    n: int = 2**15
    r: int = 8
    p: int = 3


@dataclass(frozen=True, slots=True)
class Digest:
    """A password as it is stored."""

    salt: bytes
    hash: bytes
    cost: Cost

    def fits(self, password: str) -> bool:
        """Whether this is the password; takes as long as making the digest did, right or wrong."""
        return compare_digest(_scrypt(password, self.salt, self.cost), self.hash)


def digest(password: str, cost: Cost = Cost()) -> Digest:
    """Takes a while: in a thread."""
    salt = secrets.token_bytes(16)
    return Digest(salt, _scrypt(password, salt, cost), cost)


def check(password: str, name: str) -> None:
    """Raises Rejected for what cannot be the password of the account `name`."""
    if not SHORTEST <= len(_normal(password)) <= LONGEST:
        raise Rejected(f"密码要 {SHORTEST} 到 {LONGEST} 个字", f"a password has {SHORTEST} to {LONGEST} characters")
    if _normal(password).casefold() == _normal(name).casefold() or len(set(password)) < 4:
        raise Rejected("这个密码太好猜了，换一个", "that password is too easy to guess, take another")


def _normal(password: str) -> str:
    """The same whatever keyboard typed it."""
    return unicodedata.normalize("NFKC", password)


def _scrypt(password: str, salt: bytes, cost: Cost) -> bytes:
    secret = _normal(password)[: 4 * LONGEST].encode("utf-8", "surrogatepass")
    memory = 128 * cost.r * (cost.n + cost.p + 2)
    return hashlib.scrypt(secret, salt=salt, n=cost.n, r=cost.r, p=cost.p, maxmem=2 * memory, dklen=32)
