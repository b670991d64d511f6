"""What livebot may do about an event, each with an id made from its causes, so that a replay lands on the same row."""

from hashlib import blake2b

from msgspec import Struct


def action_id(*causes: str | int) -> str:
    """A stable id of 24 hex digits from what caused an action: never random."""
    return blake2b("\x1f".join(map(str, causes)).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


class Reply(Struct, frozen=True, kw_only=True):
    """A text for the room. `to` is the id of the comment it answers; after `expires_at` it is worse than none.

    facts: from what it was filled (filling.holds), "" where it holds no fact. part: which message it is, from 0, of an answer that takes
    several.
    """

    id: str
    text: str
    rule: str
    expires_at: int
    to: str | None = None
    kind: str = "answer"  # answer | ack | nudge | follow_up
    facts: str = ""
    part: int = 0


class Issue(Struct, frozen=True, kw_only=True):
    """Something that after-sales staff must see: one per comment and category, listing the rules that found it."""

    id: str
    category: str
    priority: str
    rules: tuple[str, ...]


class FollowUp(Struct, frozen=True, kw_only=True):
    """Something to say or hand over later. `about` is an issue's id, or "" for the stream as a whole."""

    id: str
    rule: str
    due_at: int
    about: str = ""


class Send(Struct, frozen=True):
    reply: Reply


class Hold(Struct, frozen=True, kw_only=True):
    """A draft that a moderator must approve; `why` is a code such as "suggest" or "too_long"."""

    reply: Reply
    why: str


class Credit(Struct, frozen=True, kw_only=True):
    """Somebody just asked the same: the reply given to them serves this comment too and shares its fate.

    how: "" asked in words of their own, "also" said "me too", "attention" asked to be noticed.
    """

    reply_id: str
    rule: str
    how: str = ""


class Flag(Struct, frozen=True):
    issue: Issue


class Join(Struct, frozen=True, kw_only=True):
    """The comment belongs to an issue that is there already, whose priority it may raise.

    how: "repeat" the same viewer says it again, "also" another has it too, "attention" its viewer wants to be noticed, "raid" one of many
    that say the same, "deleted" its comment is gone, "update" the same goes on with its order, "order" something else became of that.
    base: the priority that the issue began with.
    """

    issue_id: str
    rule: str
    category: str
    how: str
    priority: str
    base: str


class Schedule(Struct, frozen=True):
    follow_up: FollowUp


class Revise(Struct, frozen=True, kw_only=True):
    """What becomes of a reply that waited for a second opinion: state "queued" (it is given), "held" (somebody must look) or "denied"."""

    reply_id: str
    rule: str
    state: str


class Withdraw(Struct, frozen=True, kw_only=True):
    """A reply that waits loses the comment that it answers, which was deleted: it is not said, unless it is for `others` too."""

    reply_id: str
    others: bool = False


class Pass(Struct, frozen=True, kw_only=True):
    """Silence, with its reason: "no_match", "listen", "history", "echo", …; `rule` where a rule hit and was not used.

    `about` is the id of the reply that an echo or a receipt speaks of, of the raid, or of the comment whose question is asked again.
    """

    reason: str
    rule: str = ""
    about: str = ""


Decision = Send | Hold | Credit | Flag | Join | Schedule | Revise | Withdraw | Pass
