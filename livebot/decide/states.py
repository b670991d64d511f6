"""The states of a reply in the outbox, and the one terminal state that a comment ends in."""

from collections.abc import Iterable, Mapping

#: state → the states it may become. Nothing leaves "sent", "refused", "expired", "denied" or "aloud", but a doubt may be settled.
#: What is queued goes back to "held" where the guard, a promise made meanwhile or a person at work objects just before it leaves.
#: "aloud": the streamer said it, so that livebot need not.
REPLY_STATES: Mapping[str, frozenset[str]] = {
    "held": frozenset({"queued", "denied", "expired", "aloud"}),
    "queued": frozenset({"sending", "refused", "expired", "held", "aloud"}),
    "sending": frozenset({"sent", "refused", "in_doubt", "queued"}),
    "in_doubt": frozenset({"sent", "refused"}),
    "sent": frozenset(),
    "refused": frozenset(),
    "expired": frozenset(),
    "denied": frozenset(),
    "aloud": frozenset(),
}

#: What a moderator's act made of a reply → what undoing that act may make of it again. What left the house never comes back.
UNDONE: Mapping[str, frozenset[str]] = {
    "held": frozenset({"held"}),
    "queued": frozenset({"held"}),
    "denied": frozenset({"held"}),
    "aloud": frozenset({"held", "queued"}),
}

#: The terminal states of a comment. "pending" is none of them: the answer is on its way right now.
COMMENT_STATES = ("answered", "credited", "flagged", "held", "denied", "expired", "refused", "in_doubt", "history", "passed")

_OF_REPLY = {"sent": "answered", "aloud": "answered", "queued": "pending", "sending": "pending"}


def may_become(state: str, target: str) -> bool:
    return target in REPLY_STATES.get(state, frozenset())


def comment_state(decisions: Iterable[tuple[str, str | None, str | None]]) -> str:
    """The terminal state of a comment from its decisions: (kind, state of the reply it refers to, reason of a Pass).

    A flag wins, and so does joining one; an answer counts as far as its reply came; whoever was credited shares the fate of the reply that
    served them.
    """
    state = "passed"
    for kind, reply_state, reason in decisions:
        if kind in {"flag", "join"}:
            return "flagged"
        if kind in {"send", "hold"}:
            state = _OF_REPLY.get(reply_state or "queued", reply_state or "pending")
        elif kind == "credit":
            state = "credited" if reply_state in {"sent", "aloud"} else _OF_REPLY.get(reply_state or "queued", reply_state or "pending")
        elif kind == "pass" and reason == "history" and state == "passed":
            state = "history"
    return state
