"""decide(): from a room's session and one event to decisions, by the rules and by nothing else."""

from collections.abc import Mapping

from livebot.decide.actions import Credit, Decision, Flag, FollowUp, Hold, Issue, Pass, Reply, Schedule, Send, action_id
from livebot.decide.events import Comment, Gap, Outgoing, Recorded, Settled, StreamEnded, StreamStarted
from livebot.decide.matching import AUTO, HOLD, Hit, Match, Matcher
from livebot.decide.privacy import mask_name
from livebot.decide.rulebook import FaqRule, FlagRule, FollowUpRule
from livebot.decide.session import RoomPolicy, Session, absorb, topic_of

OWN_ROLES = frozenset({"streamer", "broadcaster", "host", "anchor", "owner", "bot", "self"})
HANDOVER = "livebot.handover"  # the summary for staff that every stream ends with
BOLDNESS = {"listen": 0, "suggest": 1, "auto": 2}


def decide(session: Session, recorded: Recorded, matcher: Matcher) -> tuple[Session, tuple[Decision, ...]]:
    """The session after `recorded`, and what to do about it: never nothing, silence is a Pass with its reason.

    The event's own `received_at` is the present, so the same journal always gives the same decisions.
    """
    decisions = tuple(_judge(session, recorded, matcher))
    return absorb(session, recorded, decisions, matcher.cooldowns), decisions


def _judge(session: Session, recorded: Recorded, matcher: Matcher) -> list[Decision]:
    match recorded.event:
        case Comment() as comment:
            return _comment(session, recorded, comment, matcher)
        case StreamStarted(planned_end=planned):
            anchors = {"planned_end": planned} if planned else {}
            if recorded.stream > session.stream:
                anchors["stream_started"] = recorded.received_at
            return _schedule(session, recorded, matcher, anchors) or [Pass(reason="noted")]
        case StreamEnded():
            if not session.live:
                return [Pass(reason="not_live")]
            handover = FollowUp(id=action_id(recorded.room, _cause(recorded), HANDOVER), rule=HANDOVER, due_at=recorded.received_at)
            return [Schedule(handover), *_schedule(session, recorded, matcher, {"stream_ended": recorded.received_at})]
        case Settled(key=key) | Outgoing(key=key):
            return [Pass(reason="noted", about=key)]
        case Gap():
            return [Pass(reason="noted")]


def _comment(session: Session, recorded: Recorded, comment: Comment, matcher: Matcher) -> list[Decision]:
    if ours := _ours(session, comment, recorded.received_at):
        return [ours]
    found = matcher.match(comment.text)
    if not found.flags and not found.answers:  # most of what is said
        return [Pass(reason="history" if recorded.history else "no_match")]
    decisions: list[Decision] = []
    for issue in _issues(recorded, found):
        decisions += [Flag(issue), *_schedule(session, recorded, matcher, {"issue": recorded.received_at}, issue)]
    answer = _answer(session, recorded, comment, found, matcher)
    if decisions and isinstance(answer, Pass) and answer.reason != "history":
        return decisions
    return [*decisions, answer]


def _ours(session: Session, comment: Comment, now: int) -> Pass | None:
    """Our own words come back through the chat on most platforms; answering them would be a loop."""
    if comment.id in session.own_messages:
        return Pass(reason="echo")
    if (reply_id := session.echo_of(comment, now)) is not None:
        return Pass(reason="echo", about=reply_id)
    roles = comment.author.roles
    return Pass(reason="own") if roles and not OWN_ROLES.isdisjoint(map(str.lower, roles)) else None


def _issues(recorded: Recorded, found: Match) -> list[Issue]:
    """One issue for each category, listing all rules that found it, with the most urgent of their priorities."""
    rules: dict[str, list[FlagRule]] = {}
    for hit in found.flags:
        if hit.rule.raises_issue:
            rules.setdefault(hit.rule.category, []).append(hit.rule)
    return [
        Issue(
            id=action_id(recorded.room, _cause(recorded), category),
            category=category,
            priority=min(rule.priority for rule in hits),
            rules=tuple(rule.id for rule in hits),
        )
        for category, hits in rules.items()
    ]


def _answer(session: Session, recorded: Recorded, comment: Comment, found: Match, matcher: Matcher) -> Send | Hold | Credit | Pass:
    if recorded.history:
        return Pass(reason="history")
    flags = [hit.rule for hit in found.flags]
    if any(rule.silences for rule in flags):
        return Pass(reason="moderated", rule=flags[0].id)
    issues = [rule for rule in flags if rule.raises_issue]
    hit = _best(found, recorded.received_at, beside_flag=bool(issues))
    if hit is not None:
        return _speak(session, recorded, comment, hit.rule, hit.confidence >= AUTO, matcher.rulebook.variables)
    for rule in sorted(issues, key=lambda rule: rule.priority):
        if rule.ack:
            return _speak(session, recorded, comment, rule, True, matcher.rulebook.variables)
    return Pass(reason="unsure", rule=found.answers[0].rule.id) if found.answers else Pass(reason="no_match")


def _best(found: Match, now: int, *, beside_flag: bool) -> "Hit[FaqRule] | None":
    for hit in found.answers:
        if hit.confidence < HOLD:
            return None
        if (hit.rule.valid_until is None or hit.rule.valid_until > now) and (hit.rule.with_flag or not beside_flag):
            return hit
    return None


def _speak(
    session: Session, recorded: Recorded, comment: Comment, rule: FaqRule | FlagRule, sure: bool, variables: Mapping[str, str]
) -> Send | Hold | Credit | Pass:
    """An answer or a receipt line: once for everybody within its cooldown, held where somebody must look first."""
    now, policy = recorded.received_at, session.policy
    mode = min(policy.mode, rule.mode if isinstance(rule, FaqRule) else "auto", key=BOLDNESS.__getitem__)
    if mode == "listen":
        return Pass(reason="listen", rule=rule.id)
    faq = isinstance(rule, FaqRule)
    lines = rule.say if isinstance(rule, FaqRule) else rule.ack
    text = render(lines[session.uses.get(rule.id, 0) % len(lines)], {**variables, "viewer": mask_name(comment.author.name)})
    expiry = (rule.expiry if isinstance(rule, FaqRule) else None) or policy.expiry
    reply = Reply(
        id=action_id("reply", recorded.room, _cause(recorded), rule.id),
        text=text,
        rule=rule.id,
        expires_at=now + int(expiry * 1000),
        to=comment.id,
        kind="answer" if faq else "ack",
    )
    if served := session.serving(topic_of(reply), now):
        return Credit(reply_id=served.reply_id, rule=rule.id) if faq else Pass(reason="cooldown", rule=rule.id)
    why = _why_hold(text, policy, mode == "auto", sure)
    return Hold(reply=reply, why=why) if why else Send(reply)


def _why_hold(text: str, policy: RoomPolicy, auto: bool, sure: bool) -> str:
    size = len(text.encode()) if policy.unit == "bytes" else len(text)
    if not policy.can_send:
        return "read_only"
    if size > policy.max_chars:
        return "too_long"
    return "" if auto and sure else "suggest" if sure else "unsure"


def _schedule(
    session: Session, recorded: Recorded, matcher: Matcher, anchors: Mapping[str, int], issue: Issue | None = None
) -> list[Decision]:
    return [
        Schedule(
            FollowUp(
                id=action_id(recorded.room, _cause(recorded), rule.id, issue.id if issue else ""),
                rule=rule.id,
                due_at=anchors[rule.anchor] + int(rule.offset * 1000),
                about=issue.id if issue else "",
            )
        )
        for rule in matcher.rulebook.follow_ups
        if session.policy.follow_ups and rule.anchor in anchors and _concerns(rule, issue)
    ]


def _concerns(rule: FollowUpRule, issue: Issue | None) -> bool:
    return issue is None or rule.category in {None, issue.category}


def _cause(recorded: Recorded) -> str:
    """What an action's id is made of: a comment's own id, so that it stays the same even in another journal."""
    return recorded.event.id if isinstance(recorded.event, Comment) else f"{recorded.seq}@{recorded.received_at}"


def render(text: str, variables: Mapping[str, str]) -> str:
    """Fills {name}s in one pass, so that a viewer's name can never be read as a variable. Unknown ones stay as they are."""
    parts = text.split("{")
    out = [parts[0]]
    for part in parts[1:]:
        name, closed, rest = part.partition("}")
        out.append(f"{variables[name]}{rest}" if closed and name in variables else "{" + part)
    return "".join(out)
