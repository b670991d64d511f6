"""What happens in a room: the events that adapters yield and the journal keeps.

Instants are ints, Unix milliseconds; durations are floats, seconds.
"""

from functools import lru_cache
from hashlib import blake2b

from msgspec import Struct


class Viewer(Struct, frozen=True, kw_only=True):
    """Who wrote a comment. `id` is "" where the platform hides it; roles are the platform's own words, such as "moderator"."""

    id: str = ""
    name: str = ""
    roles: tuple[str, ...] = ()


class Comment(Struct, frozen=True, kw_only=True):
    """One line in the chat. `id` is the platform's own (the dedupe key within the room) or derived from the content where there is none."""

    id: str
    author: Viewer
    text: str
    sent_at: int | None = None
    reply_to: str | None = None
    product: str | None = None


class StreamStarted(Struct, frozen=True, kw_only=True):
    """The broadcast is on air; `planned_end` where the platform says when it will end."""

    planned_end: int | None = None


class StreamEnded(Struct, frozen=True, kw_only=True):
    """The broadcast is over. Nothing else ends a stream."""


class Gap(Struct, frozen=True, kw_only=True):
    """We were deaf from `since` until `until`: shown, never hidden."""

    since: int
    until: int
    reason: str


class CommentDeleted(Struct, frozen=True, kw_only=True):
    """The platform took a comment back: `id` is the comment's. What waits to be said about it is withdrawn."""

    id: str


class OrderUpdate(Struct, frozen=True, kw_only=True):
    """What a platform says of an order. `id` is the dedupe key of this update within the room, `order` the order's own id ("" if hidden).

    state: "created", "paid", "shipped", "delivered", "cancelled", "return", "refund", or the platform's own word where it is none of these.
    """

    id: str
    order: str = ""
    state: str = ""
    buyer: Viewer = Viewer()
    product: str = ""
    at: int | None = None


class Heartbeat(Struct, frozen=True, kw_only=True):
    """Proof of life that is no comment; never journalled. `every` (seconds) promises the next one and sets the watchdog."""

    every: float | None = None


class Broken(Struct, frozen=True, kw_only=True):
    """A frame that could not be understood; counted and shown, never fatal. `sample` is its start, for the log."""

    reason: str
    sample: str = ""


class Settled(Struct, frozen=True, kw_only=True):
    """What became of a reply after all: from a late receipt of the platform, or from livebot's own outbox."""

    key: str
    state: str
    native_id: str | None = None
    reason: str = ""


class Outgoing(Struct, frozen=True, kw_only=True):
    """A reply is about to leave: its text, so that the room's echo of it is known for what it is."""

    key: str
    text: str


class OnAir(Struct, frozen=True, kw_only=True):
    """Somebody said which product is shown from now on: its link number or a name of it; "" for none."""

    product: str


class ModeSet(Struct, frozen=True, kw_only=True):
    """Somebody (`by`) made the room, or one of its rules, bolder or more careful: "listen", "suggest" or "auto"; "" takes that back.

    over: the mode that the configuration gave; the live one holds only as long as the configuration gives the same.
    """

    mode: str
    rule: str = ""
    over: str = ""
    by: str = ""


class Quiet(Struct, frozen=True, kw_only=True):
    """A person (`by`) is answering a viewer (their pseudonym) or a topic (a rule or a category) until then; `until` 0: they are done."""

    viewer: str = ""
    topic: str = ""
    until: int = 0
    by: str = ""


class SecondOpinion(Struct, frozen=True, kw_only=True):
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


class Recorded(Struct, frozen=True, kw_only=True):
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
