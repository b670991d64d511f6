"""The one seam through which viewers' words enter and leave the journal, so that encryption can come without rewriting."""

from typing import Protocol

Sealed = str | bytes


class Sealer(Protocol):
    """`viewer` is the pseudonymous key of the person the words belong to ("" for livebot's own)."""

    def seal(self, text: str, viewer: str) -> Sealed: ...

    def unseal(self, sealed: Sealed, viewer: str) -> str: ...


class PlainSealer:
    """Keeps text as SQLite TEXT; a sealer that encrypts will store BLOBs, so both can stand in one column."""

    def seal(self, text: str, viewer: str) -> Sealed:
        return text

    def unseal(self, sealed: Sealed, viewer: str) -> str:
        return sealed if isinstance(sealed, str) else sealed.decode()
