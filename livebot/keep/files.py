"""Files that people look for: names that every system takes, contents that are whole or not there."""

import os
import re
from hashlib import blake2b
from pathlib import Path

_UNSAFE = re.compile(r"[^\w.\-]+|^[.\-]+")
LONGEST = 120  # UTF-8 bytes of one part of a name


def safe_name(text: str) -> str:
    """The text as part of a file name: unchanged where it may be, else with a few digits that keep two such names apart."""
    name = _UNSAFE.sub("_", text)
    if name == text and len(name.encode()) <= LONGEST:
        return name
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return name.encode("utf-8", "replace")[: LONGEST - 9].decode("utf-8", "ignore") + "-" + digest


def write_whole(path: Path, text: str) -> None:
    """Replaces the file at once, so that nobody ever reads half of it; durable when it returns. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    with draft.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
