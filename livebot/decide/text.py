"""One folding of text, so that every spelling of the same words is matched as the same words."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from livebot.decide.folding_tables import SIMPLIFIED, TRADITIONAL

SHORT: Final = 120  # code points of a text that is worth remembering

# Characters that show nothing: zero-width and direction marks, variation selectors, tags, NUL and other controls but tab and line ends.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_REPEATS = re.compile(r"([!?.,~。、…♥❤])\1+")
_QUOTES = str.maketrans("‘’“”", "''\"\"")

# Words of Taiwan and Hong Kong for what the mainland calls otherwise, in simplified characters; tried only in texts of traditional ones.
_ELSEWHERE: Final = {
    "连结": "链接",
    "出货": "发货",
    "保固": "质保",
    "宅配": "快递",
    "货运": "物流",
    "品质": "质量",
    "折价券": "优惠券",
    "折价卷": "优惠券",
    "优惠卷": "优惠券",
    "预购": "预售",
    "刷退": "退款",
    "退费": "退款",
    "客诉": "投诉",
    "下标": "下单",
    "直播主": "主播",
    "影片": "视频",
    "帐号": "账号",
    "帐户": "账户",
    "付费": "付款",
    "寄送": "配送",
    "讯息": "消息",
    "私讯": "私信",
    "客服人员": "客服",
    "运送": "配送",
    "免运": "包邮",
    "含运": "包邮",
    "鉴赏期": "七天无理由",
    "萤幕": "屏幕",
    "颜色误差": "色差",
    "超商": "便利店",
}
SCRIPT: Final = {ord(old): new for old, new in zip(TRADITIONAL + "妳牠祢", SIMPLIFIED + "你它你", strict=True)}
_TRADITIONAL: Final = re.compile(f"[{TRADITIONAL}妳牠祢]")
_PHRASES: Final = re.compile("|".join(sorted(_ELSEWHERE, key=len, reverse=True)))

# What needs no folding at all: lower-case ASCII, ideographs and kana, plain Chinese punctuation; single spaces only, no repeated marks.
_FOLDED = re.compile(r"(?:(?! |([!?.,~、。])\1)[ -@\[-~、。《-】\u3041-\u3094\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff]| (?! ))*\Z").match


def fold(text: str) -> str:
    """The folded form of `text`: NFKC, without invisible characters, casefolded, white space and repeated punctuation squeezed, simplified.

    Digits and letters are never squeezed (5000 stays 5000), lone surrogates become U+FFFD, so the result is always valid UTF-8.
    Folding a folded text changes nothing.
    """
    return _short(text) if len(text) <= SHORT else _fold(text)


def _fold(text: str) -> str:
    for _ in range(6):  # case folding can undo NFKC and the other way round; one round settles all but contrived text
        text = simplified(text)
        if _FOLDED(text):
            return text.strip(" ")
        before = text
        text = _once(text)
        if text == before:
            break
    return text


_short = lru_cache(maxsize=512)(_fold)  # a room repeats itself, and each comment is folded for its echo and for the rules


def simplified(text: str) -> str:
    """The text in simplified characters and, where it was in traditional ones, with the mainland's words: 連結 → 链接, 出貨 → 发货."""
    if not _TRADITIONAL.search(text):
        return text
    text = text.translate(SCRIPT)
    return _PHRASES.sub(lambda found: _ELSEWHERE[found[0]], text)


def _once(text: str) -> str:
    text = INVISIBLE.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _SURROGATE.sub("\ufffd", text).translate(_QUOTES))
    return _REPEATS.sub(r"\1", _SPACES.sub(" ", text.casefold())).strip()


def is_letter(char: str) -> bool:
    """Whether `char` belongs to a script that writes words apart (Latin, Cyrillic, …), unlike ideographs and kana."""
    return char.isalpha() and (char < "\u1100" or "\u1d00" <= char < "\u2e80")


def letters_only(folded: str) -> str:
    """The letters, ideographs and digits of a folded text: what is left when punctuation and spaces are taken for the same."""
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))
