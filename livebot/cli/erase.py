"""livebot erase: forget a viewer who asks for it, beside a running daemon or without one."""

import re
import sys
from typing import Final

from livebot.cli.frame import journal_of
from livebot.cli.issues import staff_queue
from livebot.config import Config
from livebot.deliver.desk.inbox import Inbox
from livebot.deliver.erasing import forget, forget_writes
from livebot.errors import Rejected, Unavailable
from livebot.keep.erasure import Person, erase, people
from livebot.keep.seal import KeyedSealer
from livebot.language import say

_KEY: Final = re.compile("[0-9a-f]{16}")


async def erase_viewer(config: Config, who: str, room: str | None) -> int:
    """Returns the exit code: 0 done, 1 where the queue still has to be done. Raises Rejected where it is not clear who is meant."""
    rooms = [room] if room is not None else [one.name for one in config.rooms]
    if len(rooms) != 1:
        raise Rejected("有好几个直播间，请用 --room 说明是哪一个", "there are several rooms: say which one with --room")
    async with journal_of(config) as journal:
        found = people(journal, rooms[0], who)
        if len(found) > 1:
            ids = "、".join(f"{one.viewer}（{one.comments}）" for one in found)
            raise Rejected(
                f"有 {len(found)} 位观众叫这个名字，请用 --viewer 写编号：{ids}",
                f"{len(found)} viewers have this name; name one by its id with --viewer: {ids}",
            )
        if not found and not _KEY.fullmatch(who):
            raise Rejected(
                "这个直播间里没有这位观众的记录（可能已经删除过）", "nothing is known of this viewer in this room, or not any more"
            )
        person = found[0] if found else Person(viewer=who, comments=0)
        sealer = journal.sealer
        assert isinstance(sealer, KeyedSealer)
        away: Unavailable | None = None
        issues = 0
        try:
            async with staff_queue(config) as queue:
                issues = await forget(queue, person.viewer, person.lines)
                await Inbox(queue, config.sla.of_shop()).settle()
                await forget_writes(queue)
        except Unavailable as error:
            away = error
        count = erase(journal, sealer, person.viewer)
    text = say(f"已删除：{count} 条评论，{issues} 个问题里的个人信息。", f"erased: {count} comments, and the person in {issues} issues.")
    sys.stdout.write(text + "\n")
    if away is not None:
        text = say(
            f"问题队列现在连不上（{away.zh}）。等它恢复后再运行一次：livebot erase --viewer {person.viewer}",
            f"the issue queue is away ({away.en}). Once it is back, run: livebot erase --viewer {person.viewer}",
        )
        sys.stderr.write(text + "\n")
    return 1 if away is not None else 0
