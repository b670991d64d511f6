"""livebot onair: tells which product is shown from now on, beside a running daemon."""

import sys
from pathlib import Path

from livebot.cli.frame import configured, journal_of
from livebot.errors import Rejected
from livebot.keep.onair import known, put_on_air
from livebot.keep.rulefiles import load_rules
from livebot.language import say


async def run_onair(product: str, room: str | None, config: Path) -> int:
    """Sets the product of one room, or of all. Raises Rejected for a room or a product that is not there, ConfigError, Unavailable."""
    settings = configured(config)
    rooms = [one.name for one in settings.rooms if room in {None, one.name}]
    if not rooms:
        names = [one.name for one in settings.rooms]
        raise Rejected(
            f"没有直播间 {room or ''}，有的是：{'、'.join(names)}", f"there is no room {room or ''}; there are: {', '.join(names)}"
        )
    facts = load_rules(settings.rules.packs, settings.rules.variables, config.parent).facts
    found = known(facts, product) if product else None
    async with journal_of(settings) as journal:
        await put_on_air(journal, rooms, str(found.link) if found else "")
    where = "、".join(rooms)
    if found:
        sys.stdout.write(say(f"{where}：正在讲 {found.link} 号 {found.name}", f"{where}: on air is {found.link}, {found.name}") + "\n")
    else:
        sys.stdout.write(say(f"{where}：现在没有在讲商品", f"{where}: nothing is on air") + "\n")
    return 0
