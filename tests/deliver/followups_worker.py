"""A process that does the follow-ups of a journal until none is left; its words are a folder and a webhook."""

import asyncio
import sys
from pathlib import Path

from livestream import rulebook

from livebot.decide.rulebook import FollowUpRule
from livebot.deliver.followups import Chat, FollowUps
from livebot.deliver.queue_journal import SCHEMA, JournalQueue
from livebot.keep.journal import Journal

RECAP = FollowUpRule(id="recap", anchor="stream_ended", offset=0.05, say=("今天问得最多的：{answers}",))
REMIND = FollowUpRule(id="remind", anchor="issue", say=("还没处理",))


async def work(folder: Path, webhook: str) -> None:
    journal = await Journal.open(folder / "journal.db", schema=SCHEMA)
    followups = FollowUps(
        journal=journal,
        rulebook=lambda: rulebook(RECAP, REMIND),
        queue=JournalQueue(journal),
        chats={"r": Chat(follow_up="after_live")},
        folder=folder / "followups",
        webhook=webhook,
    )
    running = asyncio.create_task(followups.run(journal.bell.listen()))
    while journal.value("SELECT count(*) FROM followups WHERE state IN ('waiting', 'doing')"):
        await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.wait([running])
    await journal.close()


def main() -> None:
    asyncio.run(work(Path(sys.argv[1]), sys.argv[2]))
