"""What the user reads for a code: states, reasons, durations, times."""

import time
from collections.abc import Callable

from livebot.decide.reasons import in_words
from livebot.language import current, say

Say = Callable[[str, str], str]  # of two texts, Chinese and English, the one that is read
STATE_NAMES = {
    "answered": ("已回答", "answered"),
    "credited": ("一并回答", "served along"),
    "flagged": ("已登记", "flagged"),
    "held": ("待审核", "held"),
    "denied": ("审核未通过", "denied"),
    "aloud": ("主播口头回答了", "answered aloud"),
    "expired": ("过期没发", "expired"),
    "refused": ("平台拒绝", "refused"),
    "in_doubt": ("不确定发没发", "in doubt"),
    "history": ("历史弹幕", "history"),
    "passed": ("没有回应", "passed"),
    "pending": ("处理中", "pending"),
}
_PROMISE_STATES = {
    "open": ("未兑现", "open"),
    "kept": ("已兑现", "kept"),
    "broken": ("没有兑现", "broken"),
    "withdrawn": ("已撤回", "withdrawn"),
    "contradicted": ("前后不一致", "contradicted"),
}


def state_name(state: str, say: Say = say) -> str:
    return say(*STATE_NAMES.get(state, (state, state)))


def promise_state(state: str, say: Say = say) -> str:
    return say(*_PROMISE_STATES.get(state, (state, state)))


def reason_name(reason: str, say: Say = say) -> str:
    """A reason in the user's words; one that is no code stands for itself."""
    return say(*in_words(reason))


def clock_time(ms: int | None) -> str:
    """Local date and time; "—" for None."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(ms / 1000)) if ms else "—"


def duration(seconds: float) -> str:
    """ "1:05:09", "5:09"."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def milliseconds(ms: int | None) -> str:
    return "—" if ms is None else f"{ms} ms" if ms < 10_000 else f"{ms / 1000:.1f} s"


def html_language() -> str:
    return "en" if current() == "en" else "zh-CN"
