"""What happens in a room: the events that adapters yield and the journal keeps.

Instants are ints, Unix milliseconds; durations are floats, seconds.
"""

from dataclasses import dataclass


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


StreamEvent = Comment | StreamStarted | StreamEnded | Gap | Heartbeat | Broken | Settled
Recordable = Comment | StreamStarted | StreamEnded | Gap | Settled | Outgoing


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An event as the journal holds it. `seq` orders all events of all rooms; `history` marks a comment from before we listened."""

    seq: int
    room: str
    stream: int
    received_at: int
    event: Recordable
    history: bool = False
