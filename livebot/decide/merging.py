"""Which comments belong together: repeats of one viewer, "me too" of another, calls for attention, and raids."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from livebot.decide.actions import Issue, Join, Reply, action_id
from livebot.decide.categories import PERSONAL
from livebot.decide.echoes import Form, first_person, raid_key, says_also, words_of
from livebot.decide.events import Comment, Recorded
from livebot.decide.matching import HOLD, Match
from livebot.decide.meaning.cues import signs
from livebot.decide.memory import HORIZON, WEIGHT, Memory, MergeLimits, Near, Told

MOST_JOINED: Final = 100  # viewers in one issue; the next one begins another
RAID_PAUSE_MS: Final = 60_000  # a raid whose text was not seen for so long is over
HARMLESS: Final = frozenset({"order.intent", "any.social", "any.feedback"})
PRAISE_OR_ORDER: Final = frozenset({"order.intent", "any.feedback"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What a comment leans on: something reported, or a question with the reply that serves it ("" where no rule knew one)."""

    told: Told | None = None
    rule: str = ""
    reply: str = ""
    fate: str = ""
    draft: Reply | None = None
    comment: str = ""


def joined(memory: Memory, limits: MergeLimits, who: str, issue: Issue, folded: str, now: int, raid: str) -> Join | None:
    """How a comment that raises `issue` belongs to an earlier one: said again, said by another too, or one of a raid; None: it does not."""
    own = memory.told.get(f"{who}\x1f{issue.category}") if who else None
    words = words_of(folded)
    if own and (now - own.at <= limits.repeat * 1000 or own.words == words):
        return _join(own, "repeat")
    if raid:
        same = (one for one in reversed(memory.told.values()) if one.category == issue.category and one.words == words)
        if first := next(same, None):
            return _join(first, "raid")
    if says_also(folded) and issue.category != PERSONAL:
        for one in reversed(memory.told.values()):
            if now - one.at > limits.also * 1000:
                break
            if one.category == issue.category and (not who or one.who != who) and room_in(memory, one):
                return _join(one, "also")
    return None


def room_in(memory: Memory, told: Told) -> bool:
    return memory.joined.get(told.issue, 0) < MOST_JOINED


def also(told: Told) -> Join:
    return _join(told, "also")


def _join(told: Told, how: str) -> Join:
    more = WEIGHT.get(how, 0)
    priority = told.priority(more) if more else told.base
    return Join(issue_id=told.issue, rule=told.rule, category=told.category, how=how, priority=priority, base=told.base)


def deleted(memory: Memory, comment_id: str) -> list[Join]:
    """Marks the issues that a comment raised which is gone now."""
    return [
        Join(issue_id=one.id, rule=one.rules[0], category=one.category, how="deleted", priority=one.priority, base=one.priority)
        for one in memory.flagged.get(comment_id, ())
    ]


def insisted(told: Told) -> Join:
    return _join(told, "attention")


def earlier(memory: Memory, limits: MergeLimits, form: Form, who: str, now: int, tags: Callable[[str], Match]) -> Earlier | None:
    """What "me too" was said to, or what a viewer wants to be noticed for; None where there is nothing, or it may be anything.

    tags: the match of a folded text; asked only for the few comments in between.
    """
    return _own(memory, who) if form == "attention" else _anothers(memory, limits, who, now, tags)


def _own(memory: Memory, who: str) -> Earlier | None:
    """The later one of a viewer's last report and last question."""
    told = next((one for one in reversed(memory.told.values()) if who and one.who == who and one.category != PERSONAL), None)
    asked = memory.asked.get(who) if who else None
    if asked and memory.n - asked.n < HORIZON and (told is None or asked.at > told.at):
        return _question(memory, asked.reply, asked.rule)
    return Earlier(told=told) if told else None


def _anothers(memory: Memory, limits: MergeLimits, who: str, now: int, tags: Callable[[str], Match]) -> Earlier | None:
    for one in reversed(memory.near):
        if now - one.at > limits.also * 1000:
            return None
        if one.kind == "echo" or (who and one.who == who):
            continue
        if one.kind == "own":
            return None
        if one.kind == "issue":
            told = memory.told.get(one.about)
            return Earlier(told=told) if told else None
        if one.kind == "question":
            return _question(memory, one.about, one.rule)
        if signs(one.text).question:
            return Earlier(comment=one.id)
        if _may_be_meant(one, tags):
            return None
    return None


def _may_be_meant(one: Near, tags: Callable[[str], Match]) -> bool:
    """Whether "me too" may be said to what is neither question nor issue: praise, an order, what somebody tells of themselves."""
    return first_person(one.text) or any(hit.rule.category in PRAISE_OR_ORDER for hit in tags(one.text).flags)


def _question(memory: Memory, reply: str, rule: str) -> Earlier:
    return Earlier(rule=rule, reply=reply, fate=memory.fates.get(reply, ""), draft=memory.drafts.get(reply))


def raid_of(memory: Memory, limits: MergeLimits, recorded: Recorded, comment: Comment, who: str, found: Match, said: str) -> str:
    """The id of the raid that a comment (folded: `said`) is part of; "" where it is none: what rooms say anyway, or what has an answer.

    A raid is named at the comment that makes its writers enough, most of them new while newcomers are not the rule in this room.
    """
    key = raid_key(said)
    if not key or not limits.raid_viewers:
        return ""
    now = recorded.received_at
    going_on = memory.raids.get(key)
    if going_on and now - going_on.at <= RAID_PAUSE_MS:
        return going_on.id
    crowd = memory.crowds.get(key, {})
    if not who or len(crowd) + 1 < limits.raid_viewers or _harmless(found):
        return ""
    new = {one.who: one.new for one in crowd.values() if now - one.at <= limits.raid_seconds * 1000}
    new.setdefault(who, who not in memory.known)
    others = [fresh for text, fresh in memory.fresh if text != key]
    if len(new) < limits.raid_viewers or sum(new.values()) * 3 < len(new) * 2 or not others or sum(others) * 2 > len(others):
        return ""
    return action_id("raid", recorded.room, comment.id)


def _harmless(found: Match) -> bool:
    return bool(found.answers and found.answers[0].confidence >= HOLD) or any(hit.rule.category in HARMLESS for hit in found.flags)
