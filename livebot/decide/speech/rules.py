"""What a rule of the guard is, and how rules are found in a text: in linear time, and only where their words are meant."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal

from daachorse import CharwiseDoubleArrayAhoCorasick as Automaton

from livebot.decide.literals import required_literals
from livebot.decide.patterns import compiled, normalised
from livebot.decide.speech.text import View

Level = Literal["ok", "needs_evidence", "block"]

IN_CLAUSE: Final = r"[^,!?;。\n]"  # written § in patterns
NUMBER: Final = r"(?:[0-9]+(?:\.[0-9]+)?|[零一二两三四五六七八九十百千万半双]+)"  # written № in patterns

_NOT: Final = (
    r"(?:不|谈不上|没|無|无|未|别|勿|非|莫|甭|严禁|禁止|谨防|警惕|小心|当心|拒绝|杜绝|谢绝|避免|抵制|停止|如有|凡是|"
    r"凡|任何|所谓的?|不存在|n't|not|never|no|don't|cannot"
    r"|without|nor|isn't|aren't|doesn't|won't|can't)"
)
_LIGHT: Final = (
    r"(?:要|能够|能|会|可以|可|敢|法|乱|随意|把|是|一定|保证|承诺|确保|担保|确定|肯定|必然|必须|具备|具有|含有|含|带有|带|支持|提供|"
    r"做|搞|有|存在|宣传|宣称|宣扬|声称|夸大|说|讲|写|提|使用|用|涉及"
    r"|属于|任何|所谓|什么|具体|现在|目前|暂时|这种|这样|这些|那种|一个|一款|的|地|得|为|对|给|帮|替|让|叫|您|你|我们|"
    r"我|咱们?|咱|大家|人|随便|轻易|私下|私自|擅自|主动|相信|信|听|参加|参与|允许|接受|再|因此?|可能"
    r"|所有|都|全部|全|等于|代表|意味着|说明|到|作为|替代|代替|以|通过|在|于|和|与|跟|或者?|及|就|也|还|了|过|去|来|"
    r"具|必|宜|至于|适合|适用|推荐|建议|标榜|吹|敢于|靠|用于|达到|起到"
    r"|特意|专门|刻意|非得|急着|假一|买一|加|留|发|扫|转|联系|私聊|交易|找|进|关注|陌生人?的?|直播间|里|公屏|上|主播|客服|店铺|官方|"
    r"谈不上|该|某些|"
    r"其他|个人|别人|陌生人|陌生|“|\"|「|『|、|48小时内|24小时内|当天|明天|今天"
    r"| a | an | any | the | be | to | add | offer | promise | guarantee | claim | say | that | we | you | it | is |"
    r" our | do | does | can | have | provide "
    r"|a|an|any|the|be|to|use|accept|sell|offer|promise|guarantee|claim|say|that|we|you|it|is|do|does|can|have|provide|anyone|on|for|"
    r"with|this|of|are| )"
)
_NEGATED: Final = _NOT + _LIGHT + "{0,9}$"
_NO_NEGATION: Final = (
    r"(?:不仅|不但|不光|不只|不止|不得不|无不|没有不|不可不|不会不|差不多|不要错过|别错过|不是不|不信|特别|分别|非常|"
    r"[学用穿吃戴睡做装](?:都)?不(?:会|了|惯|上|完|好)|不(?:满意|合适|喜欢|新鲜|好(?:吃|用|看|喝)|甜|对版|爱|灵|管用|正宗|见效|达标|"
    r"过关)(?:就|的|了|可|也|包|$)|"
    r"非要|无论|不管|不论|不用等|不一样|用不|不愧)"
)
_ASKED_BEFORE: Final = (
    r"(?:是不是|是否|有没有|有无|能不能|可不可以|会不会|要不要|算不算|支不支持|支持不支持|包不|问的?是?[\"“]?|问|"
    r"想知道|咨询|关于|所谓|whether|asking about|if)" + _LIGHT + "{0,4}$"
)
_ASKED_AFTER: Final = (
    r"^§{0,12}(?:吗|么|嘛|不是|没有|与否)(?:$|[,!?;。\"”」』 ]|请|看|以|要|不|没|可|有|能)|^§{0,14}(?:吗|么)?\?|"
    r"^[\"”」』]?§{0,6}(?:怎么|如何|的?(?:(?:问题|规则)(?:\?|$)|(?:问题|规则|说明|标准|情况)[,:]?(?:请|看|以|可以?(?:看|问|在|到|联系|"
    r"咨询|参考|"
    r"查|找)|已|找|都在|都写|麻烦|详见|见|要))|^§{0,4}的(?:问题|规则|说明)[,。!])"
)
_RHETORICAL: Final = (
    r"(?:心动|喜欢|想要|想不想|要不要|好不好|要吗|好吗|行吗|可以吗|对吗|对不对|懂吗|知道吗|信吗|爱吗|香吗|敢信|了解|"
    r"不要吗|还不|试试|考虑)"
)
_NOT_OURS: Final = (
    r"^§{0,4}(?:这个|这种|这样的?|之类|这些|的)(?:话|说法|承诺|事|宣传|词|字眼)?§{0,8}?(?:不能|不敢|不会|没法|不可以|不行|不允许|别|不让|"
    r"我们不|是假|是骗|不可信|违规)"
)
_SUCH: Final = r"^§{0,4}(?:这|那)(?:个|种|样的?|类)?(?:话|说法|承诺|事|服务|活动|规定|东西)"
_DENIED: Final = "没有|没|无|不做|不搞|不提供|不支持|做不到|不会|不存在"
_DISOWNED: Final = (
    r"(?:不能说|不可以说|不会说|不说|不敢说|不让说|不得|违规|违法|虚假|骗|别信|不要信|勿信|不可信|不能|不行|不可以|"
    r"没有|没这|不做|不支持|我们不|不实)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardRule:
    """Words that must not be said (block) or that need proof (needs_evidence).

    like: an RE2 pattern over the plain text; § is a character within a clause, № a number. inside, unless: patterns on the words found and
    on their clause, for which it is not meant. near: a pattern that must also be found in the sentence; `unless` is then asked of the
    sentence too. negatable, askable: whether "not …" and "is it …?" make it harmless. hedged: whether "probably" makes a block a matter
    of evidence. wide: a net behind the narrower rules, silent where one of them found the words and the shop backs them. article: the
    law or rule behind it.
    """

    id: str
    kind: str
    verdict: Level = "block"
    article: str
    like: str
    inside: str = ""
    unless: str = ""
    near: str = ""
    negatable: bool = True
    askable: bool = True
    hedged: bool = False
    wide: bool = False
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a text breaks, and where: `start` and `end` are places in the view."""

    rule: GuardRule
    start: int
    end: int


def pattern(like: str) -> Any:
    """The RE2 object of a pattern with § and №."""
    return compiled(expand(like))


def expand(like: str) -> str:
    return like.replace("§", IN_CLAUSE).replace("№", NUMBER)


def branches(like: str) -> list[str]:
    """The alternatives of a pattern at its top level: `a|(b|c)d` → `a`, `(b|c)d`."""
    found, depth, start, at = [], 0, 0, 0
    while at < len(like):
        char = like[at]
        if char == "\\":
            at += 1
        elif char == "[":
            at = like.index("]", at + 2)
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "|" and depth == 0:
            found.append(like[start:at])
            start = at + 1
        at += 1
    return [*found, like[start:]]


@lru_cache(maxsize=1)
def _contexts() -> tuple[Any, ...]:
    return tuple(
        pattern(one) for one in (_NEGATED, _NO_NEGATION, _ASKED_BEFORE, _ASKED_AFTER, _RHETORICAL, _DISOWNED, _NOT_OURS, _SUCH, _DENIED)
    )


class Scanner:
    """Rules made ready: one pass finds the words that any rule needs, then only those rules are tried."""

    def __init__(self, rules: Sequence[GuardRule]) -> None:
        """Raises patterns.BadPattern, and ValueError for a rule with no word to look for, which would be tried on every text."""
        self._regexes = [(pattern(r.like), *(pattern(p) if p else None for p in (r.inside, r.unless, r.near))) for r in rules]
        self.rules = tuple(rules)
        owners: dict[str, list[int]] = {}
        for number, rule in enumerate(rules):
            for branch in branches(expand(rule.like)):
                literals = required_literals(normalised(branch))
                if not literals:
                    raise ValueError(f"{rule.id}: {branch}")
                for literal in literals:
                    if number not in owners.setdefault(literal, []):
                        owners[literal].append(number)
        self._owners = [tuple(numbers) for numbers in owners.values()]
        self._automaton = Automaton(list(owners))

    def scan(self, view: View, only: Iterable[int] | None = None) -> Iterator[Finding]:
        """Every rule that the text breaks where it means it, a rule at most once for each place."""
        text = view.text
        tried = {number for _, _, index in self._automaton.find_overlapping(text) for number in self._owners[index]}
        for number in sorted(tried):
            rule = self.rules[number]
            regex, inside, unless, near = self._regexes[number]
            for match in regex.finditer(text):
                start, end = match.span()
                if inside is not None and inside.search(text[start:end]):
                    continue
                first, last = view.clause(start, end) if near is None else view.sentence(start, end)
                if near is not None and not (near.search(text[first:start]) or near.search(text[end:last])):
                    continue
                if unless is not None and unless.search(text[first:last]):
                    continue
                if not harmless(view, rule, start, end) and not harmless(view, rule, _core(regex, text, start, end), end):
                    yield Finding(rule, start, end)


def _core(regex: Any, text: str, start: int, end: int) -> int:
    """The latest place from which the rule still finds these words: what stands before it is their surroundings."""
    return next((at for at in range(end - 1, start, -1) if regex.fullmatch(text[at:end])), start)


def harmless(view: View, rule: GuardRule, start: int, end: int) -> bool:
    """Whether the words are denied, asked or merely quoted."""
    if not rule.negatable and not rule.askable:
        return False
    negated, no_negation, before, after, rhetorical, disowned, not_ours, such, denied = _contexts()
    first, last = view.clause(start, end)
    head, tail = view.text[max(first, start - 28) : start], view.text[end : min(last + 1, end + 24)]
    if rule.negatable and negated.search(no_negation.sub("#", head)):
        return True
    if rule.askable and (before.search(head) or after.search(tail)) and not rhetorical.search(view.text[start:last]):
        return True
    if rule.negatable and (not_ours.search(tail) or (such.search(tail) and denied.search(head))):
        return True
    if quotation := view.quoted(start, start + 1):
        return quotation.rstrip("?").endswith(("吗", "么", "嘛")) or bool(disowned.search(view.text[start : end + 24]))
    return False
