"""What happens in a room: the events that adapters yield and the journal keeps.

Instants are ints, Unix milliseconds; durations are floats, seconds.
"""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who wrote a comment. `id` is "" where the platform hides it; roles are the platform's own words, such as "moderator"."""

    id: str = ""
    name: str = ""
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One line in the chat. `id` is the platform's own (the dedupe key within the room) or derived from the content where there is none."""

    id: str
    author: Viewer
    text: str
    sent_at: int | None = None
    reply_to: str | None = None
    product: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamStarted:
    """The broadcast is on air; `planned_end` where the platform says when it will end."""

    planned_end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamEnded:
    """The broadcast is over. Nothing else ends a stream."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """We were deaf from `since` until `until`: shown, never hidden."""

    since: int
    until: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentDeleted:
    """The platform took a comment back: `id` is the comment's. What waits to be said about it is withdrawn."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderUpdate:
    """What a platform says of an order. `id` is the dedupe key of this update within the room, `order` the order's own id ("" if hidden).

    state: "created", "paid", "shipped", "delivered", "cancelled", "return", "refund", or the platform's own word where it is none of these.
    """

    id: str
    order: str = ""
    state: str = ""
    buyer: Viewer = Viewer()
    product: str = ""
    at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """Proof of life that is no comment; never journalled. `every` (seconds) promises the next one and sets the watchdog."""

    every: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A frame that could not be understood; counted and shown, never fatal. `sample` is its start, for the log."""

    reason: str
    sample: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of a reply after all: from a late receipt of the platform, or from livebot's own outbox."""

    key: str
    state: str
    native_id: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A reply is about to leave: its text, so that the room's echo of it is known for what it is."""

    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnAir:
    """Somebody said which product is shown from now on: its link number or a name of it; "" for none."""

    product: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeSet:
    """Somebody (`by`) made the room, or one of its rules, bolder or more careful: "listen", "suggest" or "auto"; "" takes that back.

    over: the mode that the configuration gave; the live one holds only as long as the configuration gives the same.
    """

    mode: str
    rule: str = ""
    over: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """A person (`by`) is answering a viewer (their pseudonym) or a topic (a rule or a category) until then; `until` 0: they are done."""

    viewer: str = ""
    topic: str = ""
    until: int = 0
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondOpinion:
    """What a larger model (`model`) makes of a comment whose answer waits as the reply `key`; model "" where it did not come in time.

    rule: the answer that it would give, confidence: 0 to 1.
    """

    key: str
    rule: str
    confidence: float
    model: str = ""


StreamEvent = Comment | StreamStarted | StreamEnded | Gap | Heartbeat | Broken | Settled | CommentDeleted | OrderUpdate
Recordable = (
    Comment
    | StreamStarted
    | StreamEnded
    | Gap
    | Settled
    | Outgoing
    | OnAir
    | ModeSet
    | Quiet
    | SecondOpinion
    | CommentDeleted
    | OrderUpdate
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An event as the journal holds it. `seq` orders all events of all rooms; `history` marks a comment from before we listened."""

    seq: int
    room: str
    stream: int
    received_at: int
    event: Recordable
    history: bool = False


def viewer_key(room: str, author: Viewer) -> str:
    """The pseudonym under which a viewer is known everywhere outside the journal: 16 hex digits; "" for somebody anonymous."""
    who = author.id or author.name
    return _pseudonym(room, who) if who else ""


@lru_cache(maxsize=2048)
def _pseudonym(room: str, who: str) -> str:
    return blake2b(f"{room}\x1f{who}".encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
