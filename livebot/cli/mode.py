"""livebot mode: how bold livebot is, shown and switched beside a running daemon."""

import sys
from pathlib import Path

from livebot.cli.frame import configured, journal_of, whoami
from livebot.decide.recap import shown
from livebot.deliver.desk.moderation import Moderation
from livebot.deliver.desk.modes import modes, set_mode
from livebot.keep import freeze
from livebot.keep.rulefiles import load_rules
from livebot.keep.words import clock_time
from livebot.language import say
from livebot.opening import room_policies


async def run_mode(mode: str, room: str, rule: str, config: Path, *, back: bool, actor: str) -> int:
    """Sets the mode, or takes it `back` to the configured one; then shows what is in force. Raises Rejected, ConfigError."""
    settings = configured(config)
    book = load_rules(settings.rules.packs, settings.rules.variables, config.parent)
    async with journal_of(settings) as journal:
        desk = Moderation(journal=journal, policies=room_policies(settings, config), book=lambda: book)
        if mode or back:
            await set_mode(desk, mode, room=room, rule=rule, actor=actor or whoami())
        for one in modes(desk):
            if room in {"", one.room}:
                name = f"{shown(one.room)} [{one.rule}]" if one.rule else shown(one.room)
                who = shown(one.by, 40)
                live = say(f"（{who} {clock_time(one.at)} 改的，配置是 {one.configured}）", f" (by {who}; configured: {one.configured})")
                sys.stdout.write(f"{name}: {one.mode}{live if one.live else ''}\n")
    if by := freeze.who_pressed(settings.state.dir):
        who = shown(by.by, 40)
        sys.stdout.write(say(f"红色按钮按着（{who}），什么都不会发出去。\n", f"The red button is pressed ({who}): nothing is sent.\n"))
    return 0
