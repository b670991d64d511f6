"""The hand-over that staff find after a stream: what is open, what is doubtful, what was missed; as data and as a page of text."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from livebot.decide import categories, issue_states
from livebot.decide.figures import Draft, Figures, Made
from livebot.language import current, say

LISTED: Final = 200  # issues that are named one by one; the rest is counted
_MARKUP = re.compile(r"([\\`*_\[\]<>|#~&!])")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIssue:
    """An issue of the stream that still needs work. `due_at`: the next reminder (Unix ms). state: "" where the queue could not be asked."""

    id: str
    category: str
    priority: str
    state: str
    created_at: int
    text: str
    viewer: str
    due_at: int | None = None
    viewers: int = 1


def urgency(issue: OpenIssue) -> tuple[str, float, int]:
    return issue.priority, issue.due_at if issue.due_at is not None else float("inf"), issue.created_at


def handover(figures: Figures, issues: Iterable[OpenIssue]) -> dict[str, Any]:
    """The summary as JSON-able data; issues by priority, then by what is due first. Times are Unix ms."""
    ordered = sorted(issues, key=urgency)
    return {
        "kind": "handover",
        "room": figures.room,
        "stream": figures.stream,
        "started_at": figures.started_at,
        "ended_at": figures.ended_at,
        "comments": figures.comments,
        "states": dict(figures.states),
        "issues": figures.issues,
        "open_issues": len(ordered),
        "open": [
            {
                "id": one.id,
                "priority": one.priority,
                "category": one.category,
                "state": one.state,
                "created_at": one.created_at,
                "due_at": one.due_at,
                "viewer": one.viewer,
                "text": one.text,
                "viewers": one.viewers,
            }
            for one in ordered[:LISTED]
        ],
        "in_doubt": [_draft(draft) for draft in figures.in_doubt],
        "held": [_draft(draft) for draft in figures.held],
        "expired": [_draft(draft) for draft in figures.expired],
        "promises": [_made(one) for one in figures.promises],
        "gaps": [{"since": gap.since, "until": gap.until, "reason": gap.reason} for gap in figures.gaps],
        "deaf_seconds": figures.deaf_s,
        "unanswered": [{"text": one.text, "viewers": one.viewers, "times": one.times} for one in figures.unanswered],
    }


def _made(one: Made) -> dict[str, Any]:
    return {
        "id": one.id,
        "text": one.text,
        "to": one.to,
        "times": one.times,
        "made_at": one.made_at,
        "due_at": one.due_at,
        "source": one.source,
        "state": one.state,
    }


def _draft(draft: Draft) -> dict[str, Any]:
    return {"id": draft.id, "text": draft.text, "why": draft.why, "comment": draft.comment, "viewer": draft.viewer}


def page(data: dict[str, Any], shown_time: Callable[[int], str]) -> str:
    """The summary of `handover` as Markdown in the user's language. shown_time: Unix ms as people read it."""

    def at(ms: int | None) -> str:
        return shown_time(ms) if ms else "—"

    title = say("交接单", "Hand-over")
    lines = [
        f"# {title} · {_plain(data['room'])} · #{data['stream']}",
        "",
        say(
            f"直播 {at(data['started_at'])} 到 {at(data['ended_at'])}，弹幕 {data['comments']} 条，登记问题 {data['issues']} 个，"
            f"待处理 {data['open_issues']} 个。",
            f"On air {at(data['started_at'])} to {at(data['ended_at'])}: {data['comments']} comments, {data['issues']} issues, "
            f"{data['open_issues']} still open.",
        ),
    ]
    lines += _section(say("待处理的问题（急的在前）", "Open issues, most urgent first"), (_issue(one, at) for one in data["open"]))
    if (more := data["open_issues"] - len(data["open"])) > 0:
        lines.append(say(f"- ……还有 {more} 个，见 livebot issues list", f"- … and {more} more, see livebot issues list"))
    lines += _section(
        say("直播间里承诺过的（livebot promises）", "Promises made (livebot promises)"), (_pledge(one, at) for one in data["promises"])
    )
    lines += _section(
        say("不确定有没有发出去，请看直播间后确认", "Replies in doubt: look at the room and settle them"), map(_reply, data["in_doubt"])
    )
    lines += _section(say("还等人审核的回复", "Drafts that wait for approval"), map(_reply, data["held"]))
    lines += _section(say("没来得及发的回复", "Replies that came too late"), map(_reply, data["expired"]))
    lines += _section(
        say(f"没听到弹幕的时间（共 {data['deaf_seconds']:.0f} 秒）", f"Deaf for {data['deaf_seconds']:.0f} s"),
        (f"{at(gap['since'])} – {at(gap['until'])}: {_plain(gap['reason'])}" for gap in data["gaps"]),
    )
    lines += _section(
        say("问得最多、没有回答的", "Asked most and not answered"),
        (
            say(f"{_plain(one['text'])}（{one['viewers']} 人）", f"{_plain(one['text'])} ({one['viewers']} viewers)")
            for one in data["unanswered"]
        ),
    )
    return "\n".join(lines) + "\n"


def _section(title: str, items: Iterable[str]) -> Sequence[str]:
    listed = [f"- {item}" for item in items]
    return ["", f"## {title}", "", *listed] if listed else []


def _issue(one: dict[str, Any], at: Callable[[int | None], str]) -> str:
    category = categories.known(one["category"])
    name = (category.en if current() == "en" else category.zh) if category else one["category"]
    due = say(f"，提醒 {at(one['due_at'])}", f", due {at(one['due_at'])}") if one["due_at"] else ""
    state = issue_states.name(one["state"]) if one["state"] else say("队列连不上，状态不明", "state unknown: the queue is away")
    many = say(f" 等 {one['viewers']} 人", f" and {one['viewers'] - 1} more") if one["viewers"] > 1 else ""
    return f"**{one['priority']}** {_plain(name)} · {_plain(one['viewer'])}{many}: {_plain(one['text'])} ({state}{due}) {one['id'][:8]}"


def _pledge(one: dict[str, Any], at: Callable[[int | None], str]) -> str:
    to = _plain(one["to"]) if one["to"] else say("所有人", "everybody")
    due = say(f"，{at(one['due_at'])} 前", f", due {at(one['due_at'])}") if one["due_at"] else ""
    return f"{_plain(one['text'])} → {to} ({one['state']}{due}) {one['id'][:8]}"


def _reply(one: dict[str, Any]) -> str:
    about = f" ← {_plain(one['viewer'])}: {_plain(one['comment'])}" if one["comment"] else ""
    return f"{_plain(one['text'])}{about} ({one['id'][:8]})"


def _plain(text: str) -> str:
    """Text that somebody else wrote, so that it stays text in Markdown and in HTML made from it."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split())).replace("\\<", "&lt;").replace("\\>", "&gt;").replace("\\&", "&amp;")
