"""Why the queue refuses an act, in the user's words: the same for both of its homes."""

from collections.abc import Sequence

from livebot.decide.issue_states import name, refusal
from livebot.decide.teams import objection
from livebot.errors import Rejected


def missing(issue_id: str) -> Rejected:
    return Rejected(f"没有编号为 {issue_id} 的问题", f"there is no issue {issue_id}")


def held(holder: str) -> Rejected:
    return Rejected(f"{holder} 正在处理这个问题", f"{holder} is working on this issue")


def stale(holder: str) -> Rejected:
    zh = f"你的认领已失效，现在由 {holder} 处理" if holder else "你没有认领这个问题，或认领已失效"
    en = f"your claim has lapsed; {holder} holds it now" if holder else "you do not hold this issue, or your claim has lapsed"
    return Rejected(zh, en)


def illegal(state: str, target: str) -> Rejected:
    return Rejected(*(refusal(state, target) or (f"不能变为 {target}", f"cannot become {target}")))


def done(state: str) -> Rejected:
    return Rejected(f"这个问题{name(state)}，不用再处理", f"this issue is {name(state)}: nothing to do")


def nowhere(other: str) -> Rejected:
    if not other:
        return Rejected("写上是哪个问题的重复", "say which issue it is a duplicate of")
    return Rejected(
        f"不能并到 {other}：没有这个问题，或它就是自己，或它也是别的问题的重复",
        f"cannot be merged into {other}: there is no such issue, or it is the same one, or itself a duplicate",
    )


def unfit(team: str, told: dict[str, str]) -> Rejected:
    return Rejected(*(objection(team, told) or (f"不能交给 {team}", f"cannot be handed over to {team}")))


def refuse(issue_id: str, answer: str, rest: Sequence[str]) -> Rejected:
    """For an answer that every act may give."""
    match answer:
        case "held":
            return held(rest[0])
        case "stale":
            return stale(rest[0])
        case "done":
            return done(rest[0])
        case "nowhere":
            return nowhere(rest[0])
        case _:
            return missing(issue_id)
