"""Where the files of a rule pack lie: its rules, its product tables, and beside it what moderators taught."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import livebot
from livebot.errors import Problem
from livebot.keep.factfiles import is_fact_file

SHIPPED: Final = Path(livebot.__file__).parent.parent / "rules"
LEARNED: Final = ".learned.toml"


def files_of(packs: Sequence[str | Path], base: Path, problems: list[Problem]) -> list[tuple[int, Path, str]]:
    """Every file of every pack: the pack's place, the file, the name to show for it."""
    found: list[tuple[int, Path, str]] = []
    for number, pack in enumerate(packs):
        folder, shown = place(pack, base)
        if folder.is_dir():
            files = sorted(path for path in folder.iterdir() if is_rules(path) or (is_fact_file(path) and path.is_file()))
            files = [path for path in files if not path.name.startswith((".", "~"))]
            found.extend((number, path, f"{shown}/{path.name}") for path in files)
            if not files:
                problems.append(Problem(file=shown, zh="文件夹里没有 .toml 规则文件", en="there is no .toml rule file in this folder"))
        elif is_bare(pack):
            shipped = sorted(path.name for path in SHIPPED.glob("*") if path.is_dir())
            zh, en = f"没有自带的规则包 {pack}，自带的有：{'、'.join(shipped)}", f"no shipped pack {pack}; shipped: {', '.join(shipped)}"
            if (base / pack).exists():
                zh, en = f"{zh}。要用自己的文件夹请写 ./{pack}", f"{en}. For your own folder write ./{pack}"
            problems.append(Problem(file=str(pack), zh=zh, en=en))
        else:
            found.append((number, folder, shown))
    return found


def is_rules(path: Path) -> bool:
    return path.suffix == ".toml" and not path.name.endswith(LEARNED)


def is_bare(pack: str | Path) -> bool:
    return isinstance(pack, str) and not re.search(r"[/\\]|\.toml$|^\.*$", pack)


def place(pack: str | Path, base: Path) -> tuple[Path, str]:
    if is_bare(pack):
        return SHIPPED / pack, f"rules/{pack}"
    path = base / Path(pack).expanduser()
    return path, str(path.relative_to(base) if path.is_relative_to(base) else path).replace("\\", "/")


def learned(pack: str | Path, base: Path) -> tuple[Path, str]:
    """The file of what was taught to a pack, and the name to show for it: beside the pack; for a shipped one in `base`."""
    if is_bare(pack):
        return base / f"{pack}{LEARNED}", f"{pack}{LEARNED}"
    path, shown = place(pack, base)
    return path.with_name(f"{path.stem}{LEARNED}"), f"{shown.rstrip('/').removesuffix('.toml')}{LEARNED}"
