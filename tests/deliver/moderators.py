"""A moderators' desk over a real journal, for tests of what moderators do."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any

from livestream import SIZE, Stream, rulebook

from livebot.arrive.adapter import Capabilities, Receipt
from livebot.decide.events import Comment
from livebot.decide.limits import Window
from livebot.decide.rulebook import Rulebook
from livebot.decide.session import RoomPolicy
from livebot.deliver.desk.moderation import Moderation
from livebot.deliver.replies import Replies
from livebot.keep import outbox
from livebot.keep.journal import Journal
from livebot.keep.outbox import OutboxRow

CAN = Capabilities(can_send=True, sends=(1000, 1.0))
POLICY = RoomPolicy(max_chars=40)


def at_desk(journal: Journal, undo: float = 5.0, policy: RoomPolicy = POLICY, **more: Any) -> Moderation:
    return Moderation(journal=journal, policies={"r": policy}, undo=undo, **more)


def many_topics(count: int) -> Rulebook:
    """`问题0` … each with an answer of its own, all held for approval."""
    faqs = (replace(SIZE, id=f"topic{n}", when=((f"问题{n}号",),), say=(f"回答{n}",)) for n in range(count))
    return replace(rulebook(), faqs=(*rulebook().faqs, *faqs), hash="")


async def asked(stream: Stream, text: str = "尺码", user: str = "u") -> OutboxRow:
    """A comment whose answer a moderator must approve; the draft."""
    await stream.comment(text, user=user)
    return outbox.rows(stream.journal, "state = 'held' ORDER BY seq DESC LIMIT 1")[0]


async def decided(stream: Stream) -> None:
    """What moderators did has reached the session."""
    while await stream.engine.step():
        pass


def reply(journal: Journal, id_: str) -> OutboxRow:
    return outbox.rows(journal, "id = ?", (id_,))[0]


@dataclass
class Room:
    """A platform that notes what it hears, and its line."""

    receipt: str = "sent"
    name: str = "r"
    capabilities: Capabilities = CAN
    heard: list[str] = field(default_factory=list)

    @property
    def room(self) -> Any:
        return self

    async def send(self, text: str, *, to: Comment | None, key: str) -> Receipt:
        self.heard.append(text)
        return Receipt(state=self.receipt)  # type: ignore[arg-type]


@contextlib.asynccontextmanager
async def sending(journal: Journal, room: Room, **more: Any) -> AsyncIterator[Replies]:
    """livebot's own sender over that room, for as long as the context is open."""
    replies = Replies(journal=journal, budget=Window(1000, 1.0), **{"frozen": lambda: False, **more})
    await replies.start({room.name: room})
    task = asyncio.create_task(replies.run(room, journal.bell.listen()))
    try:
        yield replies
        if task.done():
            task.result()
    finally:
        task.cancel()
        await asyncio.wait({task})
