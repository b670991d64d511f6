"""Which product a comment means: by its number, its name, or what is on air; nothing where that could be two."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from livebot.decide.shop.facts import Facts
from livebot.decide.shop.goods import kinds, stranger
from livebot.decide.text import is_letter

How = Literal["number", "name", "noun", "on_air", "default", "several", "unknown", "elsewhere", "none"]
LONGEST: Final = 200  # code points that are looked at
SHOE_SIZES: Final = range(33, 48)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """link: the product that is meant, or None. how: what told so; "default" where nothing was named and the one on air is taken."""

    link: int | None
    how: How
    words: tuple[str, ...] = ()


def which(folded: str, facts: Facts, on_air: int | None) -> Reference:
    """The product that a folded comment means while `on_air` (a link number) is shown. Any text will do."""
    text = _BRACKETS.sub(" \\1", folded[:LONGEST].replace("\u20e3", ""))
    air = on_air if on_air in facts.by_link else None
    here = _HERE.search(text)
    numbers = list(_numbers(text, facts, air))
    named, unnamed = _names(text, facts)
    goods = kinds(unnamed, facts)
    if numbers or named:
        return _pointed(numbers, named, goods, text, facts, air if here else None)
    if elsewhere := _ELSEWHERE.search(text):
        return Reference(link=None, how="elsewhere", words=(elsewhere[0],))
    if goods and (air not in goods[0][1] or (len(goods) > 1 and _COMPARED.search(text))):
        return _kind(goods)
    if bare := _lone_number(text, facts, air):
        return Reference(link=None, how="several", words=(bare,))
    if air is None:
        return Reference(link=None, how="none")
    if here:
        return Reference(link=air, how="on_air", words=(here[0],))
    other = "" if goods else stranger(text, facts, facts.by_link[air])
    return Reference(link=None, how="unknown", words=(other,)) if other else Reference(link=air, how="default")


def _pointed(
    numbers: Sequence[tuple[int, str]],
    named: set[int],
    goods: Sequence[tuple[str, frozenset[int]]],
    text: str,
    facts: Facts,
    beside: int | None,
) -> Reference:
    """What numbers and names say, where all of them say the same. beside: the product on air, where the comment points at it too."""
    links = {link for link, _ in numbers} | named
    words = tuple(dict.fromkeys(word for _, word in numbers))
    others = any(likely and not links & likely for _, likely in goods)
    compared = beside is not None and links != {beside} and bool(_COMPARED.search(text))
    if len(links) > 1 or others or compared:
        return Reference(link=None, how="several", words=words)
    link = next(iter(links))
    if link not in facts.by_link:
        return Reference(link=None, how="unknown", words=words)
    return Reference(link=link, how="number" if numbers else "name", words=words)


def _kind(goods: Sequence[tuple[str, frozenset[int]]]) -> Reference:
    """The only product that all the kinds of goods in a comment can mean."""
    likely = frozenset.intersection(*(links for _, links in goods))
    how: How = "noun" if len(likely) == 1 else "several" if any(links for _, links in goods) else "unknown"
    return Reference(link=next(iter(likely)) if len(likely) == 1 else None, how=how, words=tuple(word for word, _ in goods))


_HERE = re.compile("这一?[个款件条双套只支瓶盒样种]|身上|正在[讲说穿试]|现在[讲说穿试]|this(?: one)?")
_ELSEWHERE = re.compile(
    "那一?[个款件条双套只支瓶盒衣裙裤鞋包]|刚才|刚刚|上一?[个款件条双](?!月|星期|礼拜|周)|前一?[个款件条双]|前面的?[个款件条双]|下一[个款件条双]|下[个款件](?!月|星期|礼拜|周)|"
    "(?:之前|前面|上次|上场|昨[天晚]|前[天几两]天?|早上|上午|上周|[刚才])[你们主播]{0,3}(?:那|的(?!价|尺码)|[讲说卖介试播拿放上]|多少钱?|几)|[讲说卖介试]过的|"
    "最后一[个款件条双]|另一?[个款件外]|别的|其[他它]|哪一?[个款件条双](?!链接|号)|旁边|左边|右边|"
    "that one|previous|(?:last|next|other|latest|earlier) (?:one|item|product|link)|you (?:just )?(?:had|showed)|(?:before|earlier)$"
)

# ── numbers ────────────────────────────────────────────────────────────────────

_DIGIT: Final = {char: n % 10 for n, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2} | {
    char: n for n, char in enumerate("壹贰叁肆伍陆柒捌玖", 1)
}  # fmt: skip
_CHINESE = "[零〇一二三四五六七八九十两壹贰叁肆伍陆柒捌玖拾百]{1,4}"
_NUMBER = rf"(?:(?<![\d.])\d{{1,3}}(?![\d.])|{_CHINESE})"
_PLACES = (
    "楼|线|门|店|仓|机(?!器)|位|选手|(?:干|碱性|充电)?电池|主播|助播|模特|房|院|桌|麦|字|码(?![数偏标正])|色|嘉宾|路|车|针|坑|小区|单元|技师|员工|客服|直播间|厅|馆|站|难求|的?脚|的?鞋码|的鞋$|"
    "人|队|球|库|柜|窗|床|病|宿舍|妈|哥|姐|妹|粉丝"
)
_DATES = (
    "晚上?|早上?|上午|下午|中午|凌晨|当天|那天|之前|以前|前|之后|以后|后|开始|开播|直播|播|发货|发出|发(?=$|[吗不么呢的了得嘛啊,?!。 ])|"
    "寄出|再发|能到|会到|"
    "可以到|才到|就到|到(?!手|货)|到货|下单|拍的|拍下的|买的|付的|订的|下的|送|收到|截止|结束|止|了$|有?活动|放假|\\d{1,2}点|左右|能发|可以发|才发|就发|会发|能不能[发到]|上班|"
    "上新|就?要用|生日|过期|星期|周[一二三四五六日]|礼拜|还能|的(?:快递|订单|单子|直播|活动|票)|[-到至~]\\s?\\d{1,2}号|涨价|降价|恢复|过年|签收|寄|出发|的$"
)
_ORDINAL = re.compile(rf"第\s?(?P<n>{_NUMBER})\s?(?:[款件条双套]|号链接|号|个(?:链接)?)(?!赞|月|人|星期|礼拜|小时|问题|粉丝|来|到|进)")
_HASH = re.compile(
    r"(?<![\w#])#\s?(?P<n>\d{1,3})(?!\d)|(?<![\d.a-z])(?P<m>\d{1,3})\s?#|"
    r"(?<![a-z])(?:n[o0]\.?|num|number|link|links|item|items|product)\s?(?:no\.?|number)?\s?[#:]?\s?(?P<k>\d{1,3})(?![\d.]|\s?(?:st|nd|rd|th|pcs|pieces|days?)\b)"
)
_LINK = re.compile(
    rf"(?P<n>{_NUMBER})\s?[号好浩耗豪]?\s?(?:款|宝贝|商品)?的?(?:链接|连结)(?!\d)|(?:链接|连结)\s?(?:第|是)?(?P<m>{_NUMBER})(?:号|$|(?=[^\d.元块件天个]))|"
    rf"(?<=拍)(?P<k>{_NUMBER})号(?=送|有|多|能|怎)"
)
_HAO = re.compile(rf"(?P<n>{_NUMBER})\s?号(?!{_PLACES})(?!\s?(?:{_DATES}))")
_LIST = re.compile(rf"(?P<list>(?:{_NUMBER}\s?号?\s?[、,，/和跟与及]\s?){{1,6}}){_NUMBER}\s?号")
_NOT_BEFORE = re.compile(
    r"(?:\d月|月|今天是?|明天|昨天|后天|前天|双十[一二]|双1[12]|住在?|[工账帐学单房桌编]号?|排名?第?|名次|穿|脚|我是|尾|门牌|手机|电话|快递|每月|(?<![讲说绍轮看播])到|等|[-~至]|周|\d\.|平时|码|鞋)\s?$"
)
_DENIED = re.compile(r"(?:(?<![号接款个件])(?:不是|不要|不看|不想要)|别讲|除了)\s?$")
_REFUSED = re.compile(r"\s?的?(?:就?不要|不看|不买|算了|除外|就不)")
_COMPARED = re.compile("[和跟与比]|区别|一样")
_COUNTED: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ENGLISH = re.compile(rf"\b(?P<n>\d{{1,2}}(?=st|nd|rd|th)|{'|'.join(_COUNTED)})(?:st|nd|rd|th)?\s(?:one|item|link|product)\b")
_BRACKETS = re.compile(r"[(\[【〔<《「]\s?(\d{1,3})\s?[)\]】〕>》」]")
_ALSO = re.compile(
    rf"\s?(?:[、,/&+]|和|跟|与|及|还是|或者?|\bor\b|\band\b|\bvs\b)\s?(?:link|item|no\.?|#|第)?\s?(?P<n>{_NUMBER})"
    r"(?=\s?(?:号|链接|$|[?!.,]|[吗呢哪多怎区什]|price|which|how))"
)
_LONE = re.compile(
    r"(?<![\d.扣打刷回按选满减])(?<!\d )(?P<n>\d{1,3})(?:[好浩耗豪]|hao\b)?\s?"
    r"(?=多少|怎么[卖拍买]|什么|啥|几[块元]|有[货券没吗]|还有|[讲试看]|包邮|price|how much|in stock|available)"
)
_SIZE_BEFORE = re.compile(r"(?:穿|脚|鞋码|平时|一般)(?:的?是|[要选拿买])?\s?$")


def _numbers(text: str, facts: Facts, air: int | None) -> Iterator[tuple[int, str]]:
    """(link number, the words) of every number that names a link, whether there is such a link or not."""
    taken: set[int] = set()
    for regex in (_LIST, _LINK, _ORDINAL, _HASH, _ENGLISH, _HAO):
        for match in regex.finditer(text):
            if match.start() in taken or not _stands_free(text, match.start()):
                continue
            before = text[max(0, match.start() - 5) : match.start()]
            if _DENIED.search(before) or _REFUSED.match(text, match.end()):
                taken.update(range(*match.span()))
                continue
            if regex is _LIST:
                if not _HAO.search(match[0] + text[match.end() : match.end() + 4]):
                    continue
                yield from ((_value(one), match[0]) for one in re.findall(_NUMBER, match[0]))
                taken.update(range(*match.span()))
                continue
            if regex is _HAO and (_NOT_BEFORE.search(before) or _is_size(match, before, facts, air)):
                if _WORN.search(before) and (number := _value(match["n"])) not in SHOE_SIZES and number in facts.by_link:
                    yield from ((number, match[0]), (0, match[0]))  # a size, or the link that is to be worn
                continue
            number = _value(next(part for part in match.groups() if part))
            if number:
                taken.update(range(*match.span()))
                yield number, match[0]
                if also := _ALSO.match(text, match.end()):
                    yield _value(also["n"]), also[0]
                if (beside := _SPACED.search(text, 0, match.start())) and int(beside[1]) in facts.by_link:
                    yield int(beside[1]), beside[0]


_WORN = re.compile(r"穿\s?$")
_SPACED = re.compile(r"(?<![\d.])(\d{1,2})\s$")


def _lone_number(text: str, facts: Facts, air: int | None) -> str:
    """A number in front of a question that could be another link ("12多少钱", "3好有货吗"), and is not certain to be."""
    found = _LONE.search(text)
    if found is None or int(found["n"]) == air or (int(found["n"]) not in facts.by_link and not _ASKS_PRICE.match(text, found.end())):
        return ""
    return found[0]


_ASKS_PRICE = re.compile("多少[钱米]|怎么卖|什么价|啥价|几[块元]|price|how much")


def _stands_free(text: str, start: int) -> bool:
    """Whether a number does not go on to the left: "3.5号", "1381234号" and "一百零三号" are read whole or not at all."""
    return start == 0 or not (text[start - 1].isdigit() or text[start - 1] == "." or text[start - 1] in _DIGIT or text[start - 1] in "十百")


def _is_size(match: "re.Match[str]", before: str, facts: Facts, air: int | None) -> bool:
    """Whether 37号 is a shoe's size: no such link, or one that what is on air has as its size."""
    number = _value(match["n"])
    if number not in SHOE_SIZES:
        return False
    if _SIZE_BEFORE.search(before) or number not in facts.by_link:
        return True
    shown = facts.by_link.get(air or 0)
    return shown is not None and any(row.size == str(number) for row in shown.sizes)


def _value(text: str) -> int:
    """3, 十二, 贰拾, 一百零三 → a number; 0 for what is none."""
    if text.isdigit():
        return int(text)
    if text in _COUNTED:
        return _COUNTED.index(text) + 1
    text = text.replace("拾", "十")
    hundreds, has_hundred, rest = text.rpartition("百")
    tens, has_ten, ones = rest.lstrip("零〇").rpartition("十")
    if any(char not in _DIGIT for char in hundreds + tens + ones) or max(len(hundreds), len(tens), len(ones)) > 1:
        return 0
    total = (100 * _DIGIT.get(hundreds, 1) if has_hundred else 0) + (10 * _DIGIT.get(tens, 1) if has_ten else 0)
    return total + _DIGIT.get(ones, 0)


# ── names ──────────────────────────────────────────────────────────────────────


def _names(text: str, facts: Facts) -> tuple[set[int], str]:
    """The links whose name or alias stands in the text, and the text without them; a part of a longer name there is none."""
    automaton, links = facts.names
    if automaton is None:
        return set(), text
    hits = sorted(automaton.find_overlapping(text), key=lambda hit: (hit[0], -hit[1]))
    found, rest, reached = set(), [], 0
    for start, end, index in hits:
        if end > reached and not _inside_a_word(text, start, end):
            found.add(links[index])
            rest.append(text[reached : max(start, reached)])
            reached = end
    return found, " ".join([*rest, text[reached:]])


def _inside_a_word(text: str, start: int, end: int) -> bool:
    left, right = text[start - 1 : start], text[end : end + 1]
    return bool(left and is_letter(left) and is_letter(text[start])) or bool(right and is_letter(right) and is_letter(text[end - 1]))
