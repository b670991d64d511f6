"""The words by which a comment leans on an earlier one: "me too" (我也是, 同问) and "look at me" (回我一下, 问三遍了)."""

import re
from functools import lru_cache
from typing import Final, Literal

import re2

from livebot.decide.text import letters_only

Form = Literal["", "also", "attention"]

LONGEST: Final = 30  # code points: whoever writes more says something of their own
RAID_LETTERS: Final = (6, 80)  # a text that is shorter is what rooms shout anyway (666, 扣1, 哈哈哈)

_ME = "(?:我|俺|咱|偶)(?:们|家|家里|这边|这里|这)?(?:的)?"
_ALSO: Final = re2.compile(
    rf"(?:{_ME}也(?:是|一样|这样|同样|如此|遇到了?|碰到了?|中招了?|没有?|没到|没收到?|是这样|是这个|有(?:这个?|同样的?)?(?:问题|情况)|(?:想|要)?(?:问|知道)(?:这个|一下)?)"
    r"|同问|同求|同样(?:的)?(?:问题|情况|遭遇)?|一样(?:的)?(?:问题|情况|遭遇)?|同病相怜|蹲(?:一?个)?(?:答案|回复|结果)?|[+加]1"
    r"|me (?:too|as well|neither)|same(?: here| question| problem| issue| thing| for me)*|mine (?:too|as well|also)|so (?:do|did|am|have) i"
    r"|i have the same (?:question|problem|issue)|also (?:wondering|waiting)|following)"
    r"(?:的|了|呢|啊|呀|哦|噢|吧|诶|哎|额|唉|\+1|[ ,.!?~。，！？、…])*"
)
_SAYS_ALSO: Final = re2.compile(
    rf"{_ME}也|同样"
    r"|\b(?:me too|mine too|same here|me neither|me as well|mine (?:also|as well))\b"
    r"|\b(?:i|my \w+) (?:\w+ )?also\b|\btoo[.! ]*$"
)
_ATTENTION: Final = re2.compile(
    r"(?:看看|看一?[下眼]|回一?下|回复一?下|理一?下|理理|看|回|理|回复|回答|搭理|答复|翻|念)(?:一?下)?(?:我|俺|咱)(?:们)?(?:一?[下眼]|的(?:问题|弹幕|评论|消息|留言|话))?"
    r"(?:呗|吧|啊|嘛|呀|行不行|好不好|好吗)?[ !~。！?？.,，]*$"
    r"|(?:怎么|为什么|为啥|咋|一直|都|还|又|真)(?:就|都)?(?:不|没|没有)(?:理|回复?|搭理|回答|看|答)(?:人|我|俺|一下)"
    r"|(?:没有?人|谁都不|一个都不)(?:理|回复?|搭理|回答|看|答)(?:人|我|俺|一下)?"
    r"|(?:问|说|发|刷|打|讲|喊|@)了?(?:都)?(?:[两二三四五六七八九十百几好多0-9]+)(?:遍|次|回|条)(?:了|都)?|一直在问|问了(?:半天|好久|很久)"
    r"|看不(?:到|见)(?:我|俺)|(?:无视|忽视|忽略|漏掉?|跳过)了?(?:我|俺)|装没?看(?:不)?见"
    r"|\b(?:answer|notice|reply to|see|read) (?:me|my (?:question|comment|message))\b|\bignor(?:e|ed|ing) (?:me|my)\b"
    r"|\basked (?:this |it |you )?(?:\w+ )?(?:[0-9]+|two|three|four|five|many|several|multiple) times\b"
    r"|\bstill waiting for (?:an |your )?(?:answer|reply)"
    r"|\b(?:no ?one|nobody) (?:is |ever )?(?:answer|repl)"
)
_ALSO_BEGINS: Final = frozenset("我俺咱偶同一蹲+加msiaf")  # one of these begins every match of _ALSO …
_ATTENTION_SIGNS: Final = frozenset("我俺咱人遍次回条问见下谁个")  # … and stands in every match of _ATTENTION: most comments have none
_ATTENTION_WORDS: Final = ("me", "my", "times", "answer", "repl")
_FIRST_PERSON: Final = re2.compile(r"我|俺|咱|本人|\b(?:i|i'm|i've|my|mine|me)\b")
_DIGITS: Final = re.compile(r"\d+")


@lru_cache(maxsize=512)
def form(folded: str) -> Form:
    """Whether a comment says nothing but "me too", or asks to be noticed; "" for what stands by itself."""
    if not 0 < len(folded) <= LONGEST:
        return ""
    if folded[0] in _ALSO_BEGINS and _ALSO.fullmatch(folded):
        return "also"
    may_be = any(word in folded for word in _ATTENTION_WORDS) if folded.isascii() else not _ATTENTION_SIGNS.isdisjoint(folded)
    return "attention" if may_be and _ATTENTION.search(folded) else ""


def says_also(folded: str) -> bool:
    """Whether a comment that names its own problem says that it is another's too (我也没发货)."""
    return _SAYS_ALSO.search(folded) is not None


def first_person(folded: str) -> bool:
    """Whether somebody speaks of themselves, so that "me too" may be said to it."""
    return _FIRST_PERSON.search(folded) is not None


def words_of(folded: str) -> str:
    """What two writings of the same text have in common."""
    return letters_only(folded)[: RAID_LETTERS[1]]


@lru_cache(maxsize=512)
def raid_key(folded: str) -> str:
    """The text as a raid repeats it, counters and marks at its end aside; "" for what is too short or too long to be one."""
    if not RAID_LETTERS[0] <= len(folded) <= 2 * RAID_LETTERS[1]:
        return ""
    key = _DIGITS.sub("", letters_only(folded))
    return key if RAID_LETTERS[0] <= len(key) <= RAID_LETTERS[1] and len(set(key)) > 2 else ""
