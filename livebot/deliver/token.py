"""The word that a program on this computer proves itself with: in the state folder, so that whoever may read that folder has it."""

import os
import secrets
from hmac import compare_digest
from pathlib import Path
from typing import Final

NAME: Final = "api-token"


def local_token(folder: Path) -> str:
    """The token in `folder`, made where there is none (32 random bytes, readable by its owner alone). Raises OSError."""
    path = folder / NAME
    try:
        found = path.read_text(encoding="ascii", errors="replace").strip()
        if len(found) >= 32:
            return found
    except FileNotFoundError:
        pass
    made = secrets.token_urlsafe(32)
    fresh = path.with_name(f".{NAME}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(made + "\n")
    fresh.replace(path)
    return made


def bears(authorization: str, token: str) -> bool:
    """Whether an Authorization header bears the token."""
    scheme, _, given = authorization.partition(" ")
    return scheme.lower() == "bearer" and compare_digest(given.strip().encode("utf-8", "replace"), token.encode())
