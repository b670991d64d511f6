"""livebot unmask: read what a viewer really wrote, and who did so before."""

import getpass
import os
from typing import TextIO

from livebot.cli.frame import journal_of
from livebot.config import Config
from livebot.errors import Rejected
from livebot.keep.log import scrub, spelt_out
from livebot.keep.unmask import unmask, unmaskings
from livebot.keep.words import clock_time
from livebot.language import say

ROLE = "admin"  # whoever can run commands here can read the keys too


async def show_original(config: Config, comment: str, reason: str, room: str | None, out: TextIO) -> int:
    """Prints the comment as it was written, once its reading is written down. Raises Rejected."""
    if not comment:
        raise Rejected("写上评论的编号：livebot unmask 编号 --reason 为什么", "name a comment: livebot unmask ID --reason TEXT")
    async with journal_of(config) as journal:
        found = await unmask(journal, comment, actor=_user(), role=ROLE, reason=reason, room=room)
    who = found.author.name or found.author.id or say("（匿名）", "(anonymous)")
    out.write(spelt_out(f"{found.room}  {clock_time(found.received_at)}  {who}").replace("\n", " ") + "\n")
    out.write(spelt_out(found.text).replace("\n", "\n    ") + "\n")
    return 0


async def list_unmaskings(config: Config, out: TextIO) -> int:
    """One tab-separated line each, the latest first: when, who, role, room, comment, why."""
    async with journal_of(config) as journal:
        for one in unmaskings(journal):
            cells = (clock_time(one.at), one.actor, one.role, one.room, one.comment, one.reason)
            out.write("\t".join(scrub(str(cell)).replace("\t", " ").replace("\n", " ") for cell in cells) + "\n")
    return 0


def _user() -> str:
    """The user of the operating system, by the process and not by what an environment variable says."""
    try:
        import pwd
    except ImportError:  # Windows
        return getpass.getuser()
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
