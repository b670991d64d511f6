"""What the user reads for a code: states, reasons, durations, times."""

import time

from livebot.language import current, say

STATE_NAMES = {
    "answered": ("已回答", "answered"),
    "credited": ("一并回答", "served along"),
    "flagged": ("已登记", "flagged"),
    "held": ("待审核", "held"),
    "denied": ("审核未通过", "denied"),
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
_REASONS = {
    "no_match": ("没有对应的规则", "no rule for it"),
    "unsure": ("拿不准", "unsure"),
    "no_fact": ("商品表里没有，或者拿不准说的是哪个", "no fact for it, or it could be about another product"),
    "stale_fact": ("发之前商品资料变了或过期了", "the facts changed before it was sent"),
    "bundle_cap": ("一分钟内推荐得够多了", "enough suggestions for a minute"),
    "listen": ("只听不说", "listening only"),
    "echo": ("自己说的话", "our own words"),
    "own": ("主播或场控说的", "said by the streamer or staff"),
    "moderated": ("骂人或广告，不回", "abuse or advertising"),
    "cooldown": ("刚刚说过", "said a moment ago"),
    "history": ("开播前的旧弹幕", "from before we listened"),
    "raid": ("疑似刷屏", "looks like a raid"),
    "answered": ("已经答过", "answered already"),
    "same_question": ("跟着别人问，还没有答案", "another's question, asked again"),
    "asked_again": ("没来得及答，又问了一遍", "not answered in time and asked again"),
    "denied": ("审核没通过", "a moderator said no"),
    "bug": ("程序出错", "a bug"),
    "asking": ("在等第二个模型的意见", "waiting for a second opinion"),
    "second": ("第二个模型的意见", "by a second opinion"),
    "suggest": ("规则要求人工审核", "the rule wants approval"),
    "too_long": ("超过平台字数", "too long for the platform"),
    "read_only": ("这个平台不能发", "this platform cannot be written to"),
    "crash": ("发送时程序中断", "the process ended while sending"),
    "guard:commitment.contradiction": ("和说过的承诺不一致（livebot promises）", "not what was promised before (livebot promises)"),
    "timeout": ("平台没有回音", "the platform did not answer"),
}


def state_name(state: str) -> str:
    return say(*STATE_NAMES.get(state, (state, state)))


def promise_state(state: str) -> str:
    return say(*_PROMISE_STATES.get(state, (state, state)))


def reason_name(reason: str) -> str:
    """A reason in the user's words; one that is no code stands for itself."""
    if reason.startswith("guard:") and reason not in _REASONS:
        from livebot.decide.guard import reason_of  # hundreds of rules, seldom needed

        zh, en, article = reason_of(reason.removeprefix("guard:"))
        return say(f"{zh}（{article}）", f"{en} ({article})") if article else say(zh, en)
    return say(*_REASONS.get(reason, (reason, reason)))


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
