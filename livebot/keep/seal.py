"""The one seam through which viewers' words enter and leave the journal: sealed with a key per viewer, unreadable once it is erased."""

import os
import threading
from collections import deque
from collections.abc import Collection
from hashlib import blake2b
from pathlib import Path
from typing import Final, Protocol, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from livebot.keep import clock
from livebot.keep.keys import COMMENTS, Keys

Sealed = str | bytes
K = TypeVar("K")
V = TypeVar("V")
ERASED: Final = "（已删除）"  # what stands where words were that nobody can read any more
DAY_MS: Final = 86_400_000

_VERSION: Final = b"\x01"
_HEADER: Final = 5  # version, kind, day (3 bytes)
_NONCE: Final = 12
_FEW: Final = 64  # nonces that are drawn besides: names are sealed too
_NAMES: Final = 4096  # viewers' names that were sealed or read last: they come again and again


def day_of(sealed: Sealed) -> tuple[int, int] | None:
    """(day since 1970, kind) of the secret that opens it; None for plain text."""
    if isinstance(sealed, str) or sealed[:1] != _VERSION or len(sealed) < _HEADER:
        return None
    return int.from_bytes(sealed[2:_HEADER], "big"), sealed[1]


class Sealer(Protocol):
    """`viewer` is the pseudonymous key of the person the words belong to ("" for somebody anonymous)."""

    def expect(self, viewers: Collection[str]) -> None:
        """Words of these will be sealed: many at once cost less than one after the other."""

    def seal(self, text: str, viewer: str) -> Sealed: ...

    def seal_name(self, name: str, viewer: str) -> Sealed:
        """`seal` of what a viewer is called, which is the same with every comment."""

    def unseal(self, sealed: Sealed, viewer: str) -> str: ...

    def persist(self) -> None:
        """Makes durable what is needed to read what was sealed; called in the journal's thread, before each commit."""

    def refresh(self) -> bool:
        """Whether another process has erased something since the last call."""


class PlainSealer:
    """Keeps text as SQLite TEXT; KeyedSealer stores BLOBs, so both can stand in one column."""

    def expect(self, viewers: Collection[str]) -> None:
        pass

    def seal(self, text: str, viewer: str) -> Sealed:
        return text

    def seal_name(self, name: str, viewer: str) -> Sealed:
        return name

    def unseal(self, sealed: Sealed, viewer: str) -> str:
        return sealed if isinstance(sealed, str) else ERASED

    def persist(self) -> None:
        pass

    def refresh(self) -> bool:
        return False


class KeyedSealer:
    """AES-256-GCM. The key of a text is made of its viewer's key and its day's secret: without either one nobody reads it.

    So `livebot erase` forgets a person by one row, and retention a day by another. Both lie in `path`, nowhere else. Safe in any thread.
    """

    def __init__(self, path: Path) -> None:
        self.keys = Keys(path)
        self._names: dict[tuple[str, str, int], Sealed] = {}
        self._named: dict[tuple[Sealed, str], str] = {}
        self._nonces: deque[bytes] = deque()
        self._lock = threading.RLock()  # what is remembered is made before an erasure or after it, never across one

    def expect(self, viewers: Collection[str]) -> None:
        self.keys.expect(viewers)
        wanted = _FEW + len(viewers) - len(self._nonces)
        if wanted > 0:  # at once: each call lets go of the interpreter, and a busy loop gives it back only after milliseconds
            drawn = os.urandom(_NONCE * wanted)
            self._nonces.extend(drawn[n : n + _NONCE] for n in range(0, len(drawn), _NONCE))

    def seal(self, text: str, viewer: str) -> Sealed:
        return self.seal_as(text, viewer, clock.now_ms() // DAY_MS, COMMENTS)

    def seal_name(self, name: str, viewer: str) -> Sealed:
        key = (viewer, name, clock.now_ms() // DAY_MS)
        if (sealed := self._names.get(key)) is None:
            with self._lock:
                sealed = self.seal(name, viewer)
                _remember(self._names, key, sealed, _NAMES)
                _remember(self._named, (sealed, viewer), name, _NAMES)
        return sealed

    def seal_as(self, text: str, viewer: str, day: int, kind: int) -> bytes:
        """Sealed as of a day (since 1970) and a kind, each of which may have its own retention."""
        cipher = self._cipher(viewer, day, kind, create=True)
        assert cipher is not None
        nonce, header = self._nonce(), _VERSION + kind.to_bytes(1, "big") + day.to_bytes(3, "big")
        return header + nonce + cipher.encrypt(nonce, text.encode("utf-8", "replace"), header)

    def _nonce(self) -> bytes:
        """Random, and never given twice."""
        try:
            return self._nonces.popleft()
        except IndexError:
            return os.urandom(_NONCE)

    def unseal(self, sealed: Sealed, viewer: str) -> str:
        """The text; ERASED where its key is gone, or where it is not this viewer's. Plain text, as older journals hold it, stays."""
        if isinstance(sealed, str):
            return sealed
        if (name := self._named.get((sealed, viewer))) is not None:
            return name
        if sealed[:1] != _VERSION or len(sealed) < _HEADER + _NONCE:
            return ERASED
        cipher = self._cipher(viewer, int.from_bytes(sealed[2:_HEADER], "big"), sealed[1], create=False)
        if cipher is None:
            return ERASED
        nonce, secret = sealed[_HEADER : _HEADER + _NONCE], sealed[_HEADER + _NONCE :]
        try:
            return cipher.decrypt(nonce, secret, sealed[:_HEADER]).decode("utf-8", "replace")
        except InvalidTag:
            return ERASED

    def persist(self) -> None:
        self.keys.persist()

    def refresh(self) -> bool:
        with self._lock:
            erased = self.keys.erased_elsewhere()
            if erased:
                self._clear()
        return erased

    def forget(self) -> None:
        """Nothing is remembered: what was erased in this process is gone at once."""
        with self._lock:
            self.keys.forget()
            self._clear()

    def _clear(self) -> None:
        for remembered in (self._names, self._named):
            remembered.clear()

    def close(self) -> None:
        self.keys.close()

    def _cipher(self, viewer: str, day: int, kind: int, *, create: bool) -> AESGCM | None:
        secret, own = self.keys.secret(day, kind, create=create), self.keys.viewer(viewer, create=create)
        if secret is None or own is None:
            return None
        return AESGCM(blake2b(own, key=secret, digest_size=32, person=b"livebot seal").digest())


def _remember(kept: dict[K, V], key: K, value: V, most: int) -> None:
    """Half of them are dropped where there are too many: cheaper than dropping one with every new one, and safe in any thread."""
    if len(kept) >= most:
        for old in list(kept)[: most // 2]:
            kept.pop(old, None)
    kept[key] = value
