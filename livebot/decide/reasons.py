"""Why something was held, passed over or refused, in words: what the codes of decisions and replies mean."""

from typing import Final

_WORDS: Final = {
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
    "deleted": ("弹幕被删除了", "the comment was deleted"),
    "denied": ("审核没通过", "a moderator said no"),
    "bug": ("程序出错", "a bug"),
    "asking": ("在等第二个模型的意见", "waiting for a second opinion"),
    "second": ("第二个模型的意见", "by a second opinion"),
    "suggest": ("规则要求人工审核", "the rule wants approval"),
    "too_long": ("超过平台字数", "too long for the platform"),
    "read_only": ("这个平台不能发，请主播口头说", "this platform cannot be written to: say it aloud"),
    "crash": ("发送时程序中断", "the process ended while sending"),
    "guard:commitment.contradiction": ("和说过的承诺不一致（livebot promises）", "not what was promised before (livebot promises)"),
    "human": ("有人正在回答", "a person is answering"),
    "aloud": ("主播口头回答了", "answered aloud"),
    "again": ("人工要求再发一次", "said again by a moderator"),
    "by_hand": ("人工确认", "settled by hand"),
    "unfinished": ("前面那一句没有发出去", "the message before it was not said"),
    "timeout": ("平台没有回音", "the platform did not answer"),
}


def in_words(reason: str) -> tuple[str, str]:
    """Chinese and English; a reason that is no code stands for itself."""
    if reason.startswith("guard:") and reason not in _WORDS:
        from livebot.decide.guard import reason_of  # hundreds of rules, seldom needed

        zh, en, article = reason_of(reason.removeprefix("guard:"))
        return (f"{zh}（{article}）", f"{en} ({article})") if article else (zh, en)
    return _WORDS.get(reason, (reason, reason))
