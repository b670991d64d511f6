"""The red button: a file in the state folder that is looked for before every single send, so that it works with everything else down."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from livebot.errors import Unavailable
from livebot.keep import clock
from livebot.keep.files import write_whole

FROZEN: Final = "FROZEN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """by: who pressed it, at: when (Unix ms); "" and 0 where the file was made by hand."""

    by: str = ""
    at: int = 0


def pressed(folder: Path) -> bool:
    return (folder / FROZEN).exists()


def who_pressed(folder: Path) -> Pressed | None:
    """None where it is not pressed."""
    if not pressed(folder):
        return None
    try:
        return msgspec.json.decode((folder / FROZEN).read_bytes(), type=Pressed)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return Pressed()


def press(folder: Path, by: str = "") -> None:
    """Sending stops within a second. Pressed twice, the first one's name stays. Raises Unavailable where the file cannot be made."""
    try:
        if not pressed(folder):
            write_whole(folder / FROZEN, msgspec.json.encode(Pressed(by=by, at=clock.now_ms())).decode())
    except OSError as error:
        zh = f"红色按钮没按下去（{error.strerror}）：请直接停掉 livebot"
        raise Unavailable(zh, f"the button could not be pressed ({error.strerror}): stop livebot itself") from error


def lift(folder: Path) -> None:
    """Sending is allowed again. Raises Unavailable where the file cannot be removed."""
    try:
        (folder / FROZEN).unlink(missing_ok=True)
    except OSError as error:
        raise Unavailable(f"没能解除（{error.strerror}）", f"it could not be lifted ({error.strerror})") from error
