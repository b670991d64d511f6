"""livebot teach: adds a phrasing to a rule, or takes a taught one out again, in a file beside the pack."""

import sys
from pathlib import Path

from livebot.cli.frame import configured, journal_of, whoami
from livebot.deliver.desk import teach
from livebot.deliver.desk.moderation import Moderation, Rules
from livebot.errors import Rejected
from livebot.language import say


async def run_teach(rule: str, phrasing: str, config: Path, *, forget: bool, preview: bool, actor: str) -> int:
    """Writes the difference; with neither rule nor phrasing, lists what was taught. Raises Rejected, ConfigError, Unavailable."""
    settings = configured(config)
    rules = Rules(packs=settings.rules.packs, variables=settings.rules.variables, base=config.parent)
    if bool(rule) != bool(phrasing):
        raise Rejected("写上规则和问法，例如 livebot teach pre.ship_when 几号能发走", "name a rule and a phrasing")
    async with journal_of(settings) as journal:
        desk = Moderation(journal=journal, policies={}, rules=rules)
        if not rule:
            for id_, asks in teach.phrasings(desk).items():
                sys.stdout.write("".join(f"{id_}: {ask}\n" for ask in asks))
            return 0
        if forget:
            done = await teach.forget(desk, rule, phrasing, actor=actor or whoami())
        else:
            done = await teach.teach(desk, rule, phrasing, actor=actor or whoami(), preview=preview)
    sys.stdout.write(done.diff)
    if not preview:
        print(say("已写好，马上生效。", "written, in force at once."), file=sys.stderr)
    return 0
