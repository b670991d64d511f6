"""The one seam through which viewers' words enter and leave the journal: sealed with a key per viewer, unreadable once it is erased."""

import os
import threading
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
_CIPHERS: Final = 1024  # about 2.5 KB each
_NAMES: Final = 4096  # viewers' names that were sealed or read last: they come again and again


def day_of(sealed: Sealed) -> tuple[int, int] | None:
    """(day since 1970, kind) of the secret that opens it; None for plain text."""
    if isinstance(sealed, str) or sealed[:1] != _VERSION or len(sealed) < _HEADER:
        return None
    return int.from_bytes(sealed[2:_HEADER], "big"), sealed[1]


class Sealer(Protocol):
    """`viewer` is the pseudonymous key of the person the words belong to ("" for somebody anonymous)."""

    def seal(self, text: str, viewer: str) -> Sealed: ...

    def seal_name(self, name: str, viewer: str) -> Sealed:
        """`seal` of what a viewer is called, which is the same with every comment."""

    def unseal(self, sealed: Sealed, viewer: str) -> str: ...

    def persist(self) -> None:
        """Makes durable what is needed to read what was sealed; called in the writer thread, before each commit."""

    def refresh(self) -> bool:
        """Whether another process has erased something since the last call."""


class PlainSealer:
    """Keeps text as SQLite TEXT; KeyedSealer stores BLOBs, so both can stand in one column."""

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
        self._ciphers: dict[tuple[str, int, int], tuple[AESGCM, bytes]] = {}  # with the header of what they seal
        self._names: dict[tuple[str, str, int], Sealed] = {}
        self._named: dict[tuple[Sealed, str], str] = {}
        self._lock = threading.RLock()  # what is remembered is made before an erasure or after it, never across one

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
        nonce = os.urandom(_NONCE)
        found = self._cipher(viewer, day, kind, create=True)
        assert found is not None
        cipher, header = found
        return header + nonce + cipher.encrypt(nonce, text.encode("utf-8", "replace"), header)

    def unseal(self, sealed: Sealed, viewer: str) -> str:
        """The text; ERASED where its key is gone, or where it is not this viewer's. Plain text, as older journals hold it, stays."""
        if isinstance(sealed, str):
            return sealed
        if (name := self._named.get((sealed, viewer))) is not None:
            return name
        if sealed[:1] != _VERSION or len(sealed) < _HEADER + _NONCE:
            return ERASED
        found = self._cipher(viewer, int.from_bytes(sealed[2:_HEADER], "big"), sealed[1], create=False)
        if found is None:
            return ERASED
        nonce, secret = sealed[_HEADER : _HEADER + _NONCE], sealed[_HEADER + _NONCE :]
        try:
            return found[0].decrypt(nonce, secret, sealed[:_HEADER]).decode("utf-8", "replace")
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
        for remembered in (self._ciphers, self._names, self._named):
            remembered.clear()

    def close(self) -> None:
        self.keys.close()

    def _cipher(self, viewer: str, day: int, kind: int, *, create: bool) -> tuple[AESGCM, bytes] | None:
        name = (viewer, day, kind)
        if (found := self._ciphers.get(name)) is not None:
            return found
        with self._lock:
            secret, own = self.keys.secret(day, kind, create=create), self.keys.viewer(viewer, create=create)
            if secret is None or own is None:
                return None
            cipher = AESGCM(blake2b(own, key=secret, digest_size=32, person=b"livebot seal").digest())
            made = cipher, _VERSION + kind.to_bytes(1, "big") + day.to_bytes(3, "big")
            _remember(self._ciphers, name, made, _CIPHERS)
        return made


def _remember(kept: dict[K, V], key: K, value: V, most: int) -> None:
    """Half of them are dropped where there are too many: cheaper than dropping one with every new one, and safe in any thread."""
    if len(kept) >= most:
        for old in list(kept)[: most // 2]:
            kept.pop(old, None)
    kept[key] = value
