"""What the pages and the API work with: the services of the daemon, as plain values and calls."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from livebot.decide.shop.facts import NO_FACTS, Facts
from livebot.deliver.desk.inbox import Inbox
from livebot.deliver.desk.moderation import Moderation
from livebot.deliver.queue import IssueQueue
from livebot.keep.accounts import Accounts
from livebot.keep.journal import Journal
from livebot.keep.sessions import Sessions

#: What a frame of the stream tells of the things that changed: ids → one JSON value each, masked; ids that are gone may be left out.
View = Callable[[Sequence[str]], Awaitable[Sequence[Any]]]


@dataclass(slots=True, kw_only=True)
class Desk:
    """Made by opening.py; `ready` and `metrics` are the app's.

    folder: the state folder; listen, names: as in [desk]; local: the content of its api-token; rooms: those that are open; views: what the
    stream tells by kind (views.py has one for every kind that has none here); announce: gets the address where the first account is made;
    moderation: what moderators act with; inbox: what after-sales staff do.
    """

    journal: Journal
    queue: IssueQueue
    accounts: Accounts
    folder: Path
    listen: str
    names: tuple[str, ...] = ()
    local: str = ""
    rooms: tuple[str, ...] = ()
    facts: Callable[[], Facts] = lambda: NO_FACTS
    ready: Callable[[], Mapping[str, Any]] = dict
    metrics: Callable[[], bytes] = bytes
    views: dict[str, View] = field(default_factory=dict)
    announce: Callable[[str], None] | None = None
    moderation: Moderation | None = None
    inbox: Inbox | None = None
    sessions: Sessions = field(init=False)

    def __post_init__(self) -> None:
        self.sessions = Sessions(self.accounts)
