"""livebot new-adapter: a package for an adapter of one's own, with tests that pass at once."""

import re
from pathlib import Path
from typing import Final

from livebot.errors import Rejected
from livebot.language import say

SKELETON: Final = Path(__file__).with_name("skeleton")
#: file of the skeleton → where it goes
FILES: Final = {
    "pyproject.toml": "pyproject.toml",
    "README.md": "README.md",
    "__init__.py": "livebot_@name@/__init__.py",
    "wire.py": "livebot_@name@/wire.py",
    "room.py": "livebot_@name@/room.py",
    "test.py": "tests/test_@name@.py",
    "chat.json": "tests/golden/chat.json",
}


def run_new_adapter(name: str, folder: Path | None = None) -> int:
    """Writes the package into `folder` (default: livebot-NAME), which must not be there yet. Raises Rejected."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name) or len(name) > 40:
        raise Rejected(
            f"名字 {name!r} 不行：小写字母开头，只用小写字母、数字和下划线，例如 my_shop",
            f"{name!r} is no name: begin with a small letter, then small letters, digits and underscores, such as my_shop",
        )
    place = folder or Path(f"livebot-{name.replace('_', '-')}")
    try:
        place.mkdir(parents=True)  # never over something that is there
        for file, target in FILES.items():
            path = place / target.replace("@name@", name)
            path.parent.mkdir(parents=True, exist_ok=True)
            text = (SKELETON / f"{file}.txt").read_text("utf-8")
            path.write_text(text.replace("@name@", name).replace("@Name@", _class_name(name)), "utf-8", newline="\n")
            print(path)
    except FileExistsError:
        raise Rejected(f"{place} 已经有了，什么都没有动", f"{place} is there already; nothing was changed") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise Rejected(f"{place} 里写不了文件：{reason}", f"cannot write into {place}: {reason}") from None
    print(f"\n  cd {place} && pip install -e '.[dev]' && pytest\n")
    print(say("然后把平台真实的消息写进 wire.py；清单在 README.md。", "Then write the real messages into wire.py; see README.md."))
    return 0


def _class_name(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))
