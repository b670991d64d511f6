"""decide(): from a room's session and one event to decisions, by the rules and by nothing else."""

from collections.abc import Mapping

from msgspec.structs import replace

from livebot.decide import merging, orders
from livebot.decide.actions import Credit, Decision, Flag, FollowUp, Hold, Issue, Pass, Reply, Revise, Schedule, Send, action_id
from livebot.decide.categories import PERSONAL
from livebot.decide.echoes import Form, form
from livebot.decide.events import (
    Comment,
    CommentDeleted,
    Gap,
    ModeSet,
    OnAir,
    OrderUpdate,
    Outgoing,
    Quiet,
    Recorded,
    SecondOpinion,
    Settled,
    StreamEnded,
    StreamStarted,
    viewer_key,
)
from livebot.decide.matching import AUTO, HOLD, Hit, Match, Matcher
from livebot.decide.meaning.second import LOW, worth_asking
from livebot.decide.memory import Told, remember
from livebot.decide.privacy import mask_name
from livebot.decide.rulebook import FaqRule, FlagRule, FollowUpRule, Rulebook
from livebot.decide.session import MODES, Mode, RoomPolicy, Session, absorb, topic_of, wording_of
from livebot.decide.shop.facts import is_bundle
from livebot.decide.shop.filling import Filled, Lacking, fill
from livebot.decide.speech.clearance import clear
from livebot.decide.splitting import in_full
from livebot.decide.text import fold
from livebot.decide.withdrawal import withdrawn

OWN_ROLES = frozenset({"streamer", "broadcaster", "host", "anchor", "owner", "bot", "self"})
HANDOVER = "livebot.handover"  # the summary for staff that every stream ends with
BUNDLES_A_MINUTE = 2
LEVELS = ("ok", "needs_evidence", "block")
UNMEASURED = frozenset({"size_nothing", "size_incomplete"})  # why {size} has no value: the viewer did not say enough


def decide(session: Session, recorded: Recorded, matcher: Matcher) -> tuple[Session, tuple[Decision, ...]]:
    """The session after `recorded`, and what to do about it: never nothing, silence is a Pass with its reason.

    The event's own `received_at` is the present, so the same journal always gives the same decisions.
    """
    decisions = tuple(_judge(session, recorded, matcher))
    remember(session.memory, recorded, decisions, session.policy.merging)
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
        case SecondOpinion(key=key, rule=rule, confidence=confidence):
            state = "queued" if confidence >= AUTO else "held" if confidence >= HOLD else "denied"
            return [Revise(reply_id=key, rule=rule, state=state)]
        case CommentDeleted(id=id_):
            return [*withdrawn(session, id_), *merging.deleted(session.memory, id_)] or [Pass(reason="noted")]
        case OrderUpdate() as update:
            return [orders.judge(session.orders, recorded.room, update)]
        case Gap() | OnAir() | ModeSet() | Quiet():
            return [Pass(reason="noted")]


def _comment(session: Session, recorded: Recorded, comment: Comment, matcher: Matcher) -> list[Decision]:
    if ours := _ours(session, comment, recorded.received_at):
        return [ours]
    found = matcher.match(comment.text)
    said, memory, limits = fold(comment.text[:200]), session.memory, session.policy.merging
    who, leaning = viewer_key(recorded.room, comment.author), "" if recorded.history else form(said)
    if leaning and (decided := _leaning(session, recorded, comment, leaning, who, found, matcher)):
        return decided
    raid = merging.raid_of(memory, limits, recorded, comment, who, found, said)
    if not found.flags and not found.answers:  # most of what is said
        return [Pass(reason="raid", about=raid) if raid else Pass(reason="history" if recorded.history else "no_match")]
    decisions: list[Decision] = []
    for issue in _issues(recorded, found):
        if join := merging.joined(memory, limits, who, issue, said, recorded.received_at, raid):
            decisions.append(join)
        else:
            decisions += _flag(session, recorded, matcher, issue)
    if raid:
        return [*decisions, Pass(reason="raid", about=raid)]
    answer = _answer(session, recorded, comment, found, matcher)
    if decisions and isinstance(answer, Pass) and answer.reason != "history":
        return decisions
    return [*decisions, *_in_parts(answer, session.policy)]


def _flag(session: Session, recorded: Recorded, matcher: Matcher, issue: Issue) -> list[Decision]:
    return [Flag(issue), *_schedule(session, recorded, matcher, {"issue": recorded.received_at}, issue)]


def _leaning(
    session: Session, recorded: Recorded, comment: Comment, leaning: Form, who: str, found: Match, matcher: Matcher
) -> list[Decision]:
    """What "me too" or "look at me" means by what was said before; nothing where that is unclear, or the comment speaks for itself."""
    raises = {hit.rule.category for hit in found.flags if hit.rule.raises_issue}
    if raises - ({"any.human"} if leaning == "attention" else set()) or _best(found, recorded.received_at, beside_flag=False):
        return []
    before = merging.earlier(session.memory, session.policy.merging, leaning, who, recorded.received_at, matcher.match)
    if before is None or (raises and before.told is None):
        return []
    if before.comment:
        return [Pass(reason="same_question", about=before.comment)]
    if before.told is None:
        return [_asked_again(session, recorded, comment, before, leaning)]
    if leaning == "attention":
        return [merging.insisted(before.told)]
    return _joins(session, recorded, comment, before.told, found, matcher)


def _joins(session: Session, recorded: Recorded, comment: Comment, told: Told, found: Match, matcher: Matcher) -> list[Decision]:
    """Another viewer has it too: they join the issue, or begin one of their own where it is full, and are told that they were heard."""
    decisions: list[Decision]
    if merging.room_in(session.memory, told):
        decisions = [merging.also(told)]
    else:
        id_ = action_id(recorded.room, _cause(recorded), told.category)
        decisions = _flag(session, recorded, matcher, Issue(id=id_, category=told.category, priority=told.base, rules=(told.rule,)))
    rule = next((rule for rule in matcher.rulebook.flags if rule.id == told.rule and rule.ack), None)
    receipt = _speak(session, recorded, comment, rule, True, found.folded, matcher.rulebook) if rule else None
    return decisions if receipt is None or isinstance(receipt, Pass) else [*decisions, *_in_parts(receipt, session.policy)]


def _asked_again(session: Session, recorded: Recorded, comment: Comment, before: merging.Earlier, leaning: Form) -> Decision:
    """A question that was not answered in time is put before the moderators anew; one whose answer is on its way gets one more asker."""
    if before.fate in ("", "in_doubt"):
        return Credit(reply_id=before.reply, rule=before.rule, how=leaning)
    if before.fate in ("sent", "aloud", "denied") or before.draft is None:
        reason = {"sent": "answered", "aloud": "answered", "denied": "denied"}.get(before.fate, "no_match")
        return Pass(reason=reason, rule=before.rule, about=before.reply)
    draft, now = before.draft, recorded.received_at
    reply = replace(
        draft,
        id=action_id("reply", recorded.room, _cause(recorded), draft.rule),
        to=comment.id,
        expires_at=now + int(session.policy.expiry * 1000),
    )
    return Hold(reply=reply, why="asked_again")


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
    asking = session.policy.second and session.policy.can_send and worth_asking(found)
    hit = _best(found, recorded.received_at, LOW if asking else HOLD, beside_flag=bool(issues))
    if hit is not None:
        return _speak(session, recorded, comment, hit.rule, hit.confidence, found.folded, matcher.rulebook, asking)
    for rule in sorted(issues, key=lambda rule: rule.priority):
        if rule.ack:
            return _speak(session, recorded, comment, rule, 1.0, found.folded, matcher.rulebook)
    return Pass(reason="unsure", rule=found.answers[0].rule.id) if found.answers else Pass(reason="no_match")


def _best(found: Match, now: int, floor: float = HOLD, *, beside_flag: bool) -> "Hit[FaqRule] | None":
    for hit in found.answers:
        if hit.confidence < floor:
            return None
        if (hit.rule.valid_until is None or hit.rule.valid_until > now) and (hit.rule.with_flag or not beside_flag):
            return hit
    return None


def _speak(
    session: Session,
    recorded: Recorded,
    comment: Comment,
    rule: FaqRule | FlagRule,
    confidence: float,
    folded: str,
    book: Rulebook,
    asking: bool = False,
) -> Send | Hold | Credit | Pass:
    """An answer or a receipt line: once for everybody within its cooldown, held where somebody must look first."""
    now, policy = recorded.received_at, session.policy
    mode = mode_of(session, rule)
    if mode == "listen":
        return Pass(reason="listen", rule=rule.id)
    if comment.id in session.deleted:
        return Pass(reason="deleted", rule=rule.id)
    faq = isinstance(rule, FaqRule)
    line, filled = _line(session, comment, rule, folded, book, now)
    if isinstance(filled, Lacking):
        return Pass(reason="no_fact", rule=rule.id)
    if is_bundle(filled.print) and sum(at > now - 60_000 for at in session.bundles) >= BUNDLES_A_MINUTE:
        return Pass(reason="bundle_cap", rule=rule.id)
    text = render(line, {**filled.values, **book.variables, "viewer": mask_name(comment.author.name)})
    expiry = (rule.expiry if isinstance(rule, FaqRule) else None) or policy.expiry
    reply = Reply(
        id=action_id("reply", recorded.room, _cause(recorded), rule.id),
        text=text,
        rule=rule.id,
        expires_at=now + int(expiry * 1000),
        to=comment.id,
        kind="answer" if faq else "nudge" if rule.category == PERSONAL else "ack",
        facts=filled.print,
    )
    if reply.kind == "nudge" and session.was_nudged(comment):
        return Pass(reason="cooldown", rule=rule.id)
    if served := session.serving(topic_of(reply), now) or (session.serving(wording_of(reply), now) if faq else None):
        return Credit(reply_id=served.reply_id, rule=rule.id) if faq else Pass(reason="cooldown", rule=rule.id)
    if session.is_quiet(viewer_key(recorded.room, comment.author), (rule.id, rule.category), now):
        if not faq:
            return Pass(reason="human", rule=rule.id)
        why = "human"
    else:
        why = _why_hold(text, policy, mode == "auto", confidence >= AUTO)
    parts = in_full(text, policy.max_chars, policy.unit)
    if asking and mode == "auto" and why in {"", "unsure"} and len(parts) == 1:
        why = "asking"
    elif confidence < HOLD:
        return Pass(reason="unsure", rule=rule.id)
    said = (clear(one, policy.promises, book.facts, now, filled.product) for one in dict.fromkeys((text, *parts)))
    verdict = max(said, key=lambda one: LEVELS.index(one.verdict))
    why = verdict.why if verdict.verdict == "block" or (verdict.why and why in {"", "read_only"}) else why
    return Hold(reply=reply, why=why) if why else Send(reply)


def mode_of(session: Session, rule: FaqRule | FlagRule) -> Mode:
    """The more careful one of the room's mode and the rule's, each as configured or as a person has set it since."""
    own: Mode = rule.mode if isinstance(rule, FaqRule) else "auto"
    return min(session.mode("", session.policy.mode), session.mode(rule.id, own), key=MODES.index)


def _line(
    session: Session, comment: Comment, rule: FaqRule | FlagRule, folded: str, book: Rulebook, now: int
) -> tuple[str, Filled | Lacking]:
    """What a rule says in its turn, and what the variables stand for; a question back where only the viewer's measures are missing."""
    turn, lines = session.uses.get(rule.id, 0), said_by(rule, book)
    line = lines[turn % len(lines)]
    if not isinstance(rule, FaqRule):
        return line, Filled()
    shown = on_air(session, comment, book, now)
    filled = fill(line, book.facts, folded, shown, now, book.variables)
    if isinstance(filled, Lacking) and filled.why in UNMEASURED and rule.ask_back:
        line = rule.ask_back[turn % len(rule.ask_back)]
        filled = fill(line, book.facts, folded, shown, now, book.variables)
    return line, filled


def said_by(rule: FaqRule | FlagRule, book: Rulebook) -> tuple[str, ...]:
    """The lines that a rule may say: those with facts where the shop has any."""
    if isinstance(rule, FlagRule):
        return rule.ack
    return rule.fact if rule.fact and book.facts else rule.say


def on_air(session: Session, comment: Comment, book: Rulebook, now: int) -> int | None:
    """The link of the product that the viewer saw."""
    return book.facts.by_id.get(session.shown(comment, now)) if book.facts else None


def _why_hold(text: str, policy: RoomPolicy, auto: bool, sure: bool) -> str:
    """Why a text must wait; "read_only": it would have been said by itself, if only the platform could be written to."""
    if policy.can_send and not in_full(text, policy.max_chars, policy.unit):
        return "too_long"
    if not (auto and sure):
        return "suggest" if sure else "unsure"
    return "" if policy.can_send else "read_only"


def _in_parts(answer: Send | Hold | Credit | Pass, policy: RoomPolicy) -> list[Decision]:
    """An answer that takes several messages is sent as several, in order."""
    if not isinstance(answer, Send):
        return [answer]
    reply = answer.reply
    return [
        Send(replace(reply, id=action_id(reply.id, part) if part else reply.id, text=text, part=part))
        for part, text in enumerate(in_full(reply.text, policy.max_chars, policy.unit))
    ]


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
