"""livebot init: a commented configuration and a starter rule pack, in a folder where nothing is overwritten."""

from pathlib import Path

import livebot
from livebot.errors import Rejected
from livebot.keep.packs import SHIPPED
from livebot.language import say

CONFIG, RULES = "config.toml", Path("rules") / "shop"
_SHIPPED_PACKS, _PACKS = 'packs = ["base"]', 'packs = ["base", "./rules/shop"]'


def example() -> Path:
    """config.example.toml: inside an installed package, or beside it in a checkout."""
    package = Path(livebot.__file__).parent
    places = (package / "config.example.toml", package.parent / "config.example.toml")
    return next(path for path in places if path.is_file())


def run_init(folder: Path) -> int:
    """Writes config.toml and rules/shop/ into `folder` (made if need be). Raises Rejected, naming what is there, rather than overwrite."""
    there = [name for name in (CONFIG, str(RULES)) if (folder / name).exists() or (folder / name).is_symlink()]
    if there:
        names = "、".join(there)
        raise Rejected(
            f"{folder} 里已经有 {names}，什么都没有动。换一个文件夹：livebot init 新文件夹",
            f"{folder} already holds {', '.join(there)}; nothing was changed. Use another folder: livebot init NEW_FOLDER",
        )
    try:
        (folder / RULES).mkdir(parents=True)
        written = [folder / CONFIG, *((folder / RULES / file.name) for file in sorted((SHIPPED / "starter").glob("*.toml")))]
        _write(written[0], example().read_text(encoding="utf-8").replace(_SHIPPED_PACKS, _PACKS, 1))
        for file in written[1:]:
            _write(file, (SHIPPED / "starter" / file.name).read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise Rejected(f"{folder} 里写不了文件：{reason}", f"cannot write into {folder}: {reason}") from None
    for file in written:
        print(file)
    there_first = "" if folder.resolve() == Path.cwd() else f"cd {folder}\n  "
    print(
        say(
            f"\n写好了。接下来：\n  {there_first}livebot check      检查一遍\n"
            f"  打开 {CONFIG}，在 [[rooms]] 里写上直播间；打开 {RULES / 'faq.toml'}，换成自己的回答\n"
            "  livebot run        开始工作，Ctrl-C 结束\n"
            "还没有直播间？另开一个窗口运行 livebot simulate bridge --port 8765，就有一间可以练习。",
            f"\nWritten. Next:\n  {there_first}livebot check      looks it over\n"
            f"  put your room under [[rooms]] in {CONFIG}, and your answers into {RULES / 'faq.toml'}\n"
            "  livebot run        starts the work, Ctrl-C ends it\n"
            "No room yet? `livebot simulate bridge --port 8765` in another window gives you one to practise on.",
        )
    )
    return 0


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8", newline="\n") as file:  # "x": never over something that came meanwhile
        file.write(text)
