"""The states of an issue on its way through after-sales, and which may follow which (受理 → 核实 → 给方案 → 跟进 → 解决 → 关闭)."""

from collections.abc import Mapping

from livebot.language import say

#: state → the states that may come next. livebot/deliver/lua/state.lua carries the same table for other programs.
ISSUE_STATES: Mapping[str, tuple[str, ...]] = {
    "received": ("verifying", "duplicate_of", "rejected"),
    "verifying": ("solution_offered", "in_progress", "waiting_viewer", "resolved", "duplicate_of", "rejected"),
    "solution_offered": ("verifying", "in_progress", "waiting_viewer", "resolved", "rejected"),
    "in_progress": ("solution_offered", "waiting_viewer", "resolved", "rejected"),
    "waiting_viewer": ("verifying", "solution_offered", "in_progress", "resolved", "rejected"),
    "resolved": ("closed", "reopened"),
    "closed": ("reopened",),
    "reopened": ("verifying", "duplicate_of", "rejected"),
    "duplicate_of": ("reopened",),
    "rejected": ("reopened",),
}

#: Nobody needs to work on these; reaching one ends the claim.
DONE = frozenset({"resolved", "closed", "duplicate_of", "rejected"})
#: These also take the announcement out of the stream ("resolved" may still be objected to).
FINAL = DONE - {"resolved"}
#: Claiming an issue in one of these begins the checking.
UNSTARTED = frozenset({"received", "reopened"})

_NAMES: Mapping[str, tuple[str, str]] = {
    "received": ("已受理", "received"),
    "verifying": ("核实中", "verifying"),
    "solution_offered": ("已给方案", "solution offered"),
    "in_progress": ("处理中", "in progress"),
    "waiting_viewer": ("等观众回复", "waiting for the viewer"),
    "resolved": ("已解决", "resolved"),
    "closed": ("已关闭", "closed"),
    "reopened": ("重新打开", "reopened"),
    "duplicate_of": ("重复问题", "duplicate"),
    "rejected": ("不受理", "rejected"),
}


def names(state: str) -> tuple[str, str]:
    """The state in Chinese and in English words; a state of a later livebot stands for itself."""
    return _NAMES.get(state, (state, state))


def name(state: str) -> str:
    """The state in the user's words."""
    return say(*names(state))


def refusal(state: str, target: str) -> tuple[str, str] | None:
    """Why `state` may not become `target`, in Chinese and English; None if it may."""
    if target not in ISSUE_STATES:
        known = "、".join(ISSUE_STATES)
        return f"没有“{target}”这个状态。可用的状态：{known}", f"there is no state {target!r}. The states are: {', '.join(ISSUE_STATES)}"
    if state == target:
        return f"这个问题已经是“{_zh(state)}”了", f"this issue is already {_en(state)}"
    following = ISSUE_STATES.get(state, ())
    if target in following:
        return None
    return (
        f"不能从“{_zh(state)}”直接跳到“{_zh(target)}”，下一步可以是：{'、'.join(map(_zh, following)) or '无'}",
        f"an issue that is {_en(state)} cannot become {_en(target)}; next may be: {', '.join(map(_en, following)) or 'nothing'}",
    )


def _zh(state: str) -> str:
    return names(state)[0]


def _en(state: str) -> str:
    return names(state)[1]
