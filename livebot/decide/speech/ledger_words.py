"""The words by which a promise says what it is about: regions, gifts, prices, links; and by which a text says that there is none."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from livebot.decide.speech.commitments import number
from livebot.decide.speech.rules import pattern
from livebot.decide.speech.text import View

_REGIONS: Final = (
    "偏远|新疆|西藏|内蒙|青海|宁夏|甘肃|海南|香港|澳门|港澳|台湾|海外|国外|境外|北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|"
    "浙江|安徽|福建|"
    "江西|山东|河南|湖北|湖南|广东|四川|贵州|云南|陕西|广西|江浙沪|珠三角|东北|worldwide|international|overseas"
)
_EXCEPT: Final = r"除外|除了|不含|不包括|except|excluding"
_MEASURE: Final = "个份双瓶盒条件包支套对片张袋罐只顶块枚把根"
_COUNT: Final = "[一二两三四五六七八九十]+|[0-9]+"
_GIFT: Final = (
    rf"(?:赠送|附赠|加赠|送给|送|赠)(?:给)?(?:您|你|大家|每人|每位|每单)?(?:再)?({_COUNT})?[{_MEASURE}]?"
    r"(?:价值[0-9]+元的?)?([^,!?;。\n ]{1,12})"
)
_GIFT_TAIL: Final = rf"({_COUNT})[{_MEASURE}]|[哦啊呢的哈呀吧啦了]+$"
_LINK: Final = r"([0-9]{1,3})号(?:链接|宝贝|商品|款)?"
_DATE: Final = r"月[0-9]{1,2}号|[0-9]{1,2}号(?:之?前|统一|当天|就|全部|陆续|准时|晚上|上午|下午)?(?:发|寄|到(?:$|[^手])|出库|出货|送|补)"
_PRICE: Final = r"[¥￥]([0-9]+(?:\.[0-9]{1,2})?)|([0-9]+(?:\.[0-9]{1,2})?)(?:元|块|rmb)"
_NO_PRICE_BEFORE: Final = (
    r"满|减|运费|邮费|快递费|券|补|定金|订金|押金|红包|返|省|降|便宜|优惠|赔|折|罚|差|送|赠|贴|每|原价|别家|官网|市场|吊牌|平时|日常|"
    r"比|多付|少|超过|"
    r"低于|价值|领|加|换购|[0-9](?:-|到|至|~)$"
)
_NO_PRICE_AFTER: Final = r"^(?:的?无门槛|的?券|的?优惠|的?红包|以上|以内|左右|起|运费|邮费|差价|定金|多|档|包邮线|补|-|到|至)"
_QUANTITY: Final = rf"(?:{_COUNT})[{_MEASURE}](?:装|组)?"
_DENIALS: Final = (
    ("money.free_shipping", r"(?:不|没有|不再|取消)包邮|(?:邮费|运费)(?:要|需要?)?(?:自理|自付|另付|另算)|不免(?:运|邮)"),
    ("money.freight_insurance", r"(?:没有|不送|不带|无|不含|没)运费险"),
    ("money.return_freight", r"退(?:货|换)?(?:的)?(?:运费|邮费)§{0,4}(?:自理|自付|您出|你出|买家|自己出|自己承担)"),
    ("money.compensation", r"不(?:赔偿?|赔付|补偿)"),
    ("gift", r"(?:没有|无|没|不含|不带)赠品|不送(?:$|[,。!了哦赠礼东])|不赠|什么(?:都|也)不送|取消赠|赠品(?:没有?了|送完了|已送完)"),
    ("warranty", r"(?:没有|无|不支持|不提供|不享受|没|不)(?:质保|保修|联保|三包|保固)"),
    ("returns", r"(?:不支持|没有|不能|不可以|不享受|不适用|不)(?:七天|7天)?无理由|不退不换|概不退换|(?:不支持|不能|不可以|不给)退换"),
    ("price_match", r"(?:不支持|没有|不)(?:保价|价保|价格保护)|不(?:退|补)差价?"),
)
_ASKED: Final = r"吗|么|\?|是不是|有没有|会不会|要不要|哪"


def regions(clause: str) -> str:
    """The regions named in a clause, joined by 、; "" where none is, or where they are excepted."""
    if _regex(_EXCEPT).search(clause):
        return ""
    return "、".join(sorted({found.group() for found in _regex(_REGIONS).finditer(clause)}))


def gift(clause: str) -> tuple[float | None, str]:
    """(how many, what) is given: "送您两双运动袜" (2, "运动袜"); (None, "") where that is not said."""
    found = _regex(_GIFT).search(clause)
    if found is None:
        return None, ""
    count, thing = found.groups()
    tail = _regex(_GIFT_TAIL).search(thing)
    if tail is not None:
        count, thing = count or tail.group(1), thing[: tail.start()]
    return number(count) if count else None, thing.strip("的一")


def life_long(clause: str) -> bool:
    return bool(_regex(r"终身|终生|永久|一辈子|永远|lifetime").search(clause))


def link(clause: str) -> str:
    """The one link number in a clause; "" for none or several, and for days of the month."""
    numbers = {found.group(1) for found in _regex(_LINK).finditer(clause)}
    return next(iter(numbers)) if len(numbers) == 1 and not _regex(_DATE).search(clause) else ""


def prices(view: View, product: str) -> Iterator[tuple[float, str, tuple[int, int]]]:
    """(yuan, quantity or frame, place) of the price that a text tells; nothing where it tells two.

    Where neither the text names a link nor its `product` is known, a frame stands for it: "~" and the clause without the number, so that
    the same words with another number are known again.
    """
    found = [(match.group(1) or match.group(2), match.span()) for match in _regex(_PRICE).finditer(view.text)]
    told = []
    last = 0
    for digits, (start, end) in found:
        first, stop = view.clause(start, end)
        before, after = view.text[max(first, last) : start], view.text[end:stop]
        if not _regex(_NO_PRICE_BEFORE).search(before[-8:]) and not _regex(_NO_PRICE_AFTER).search(after):
            told.append((float(digits), (start, end), view.text[first:start], after))
        last = end
    if len({size for size, *_ in told}) != 1:
        return
    size, span, before, after = told[0]
    quantity = _regex(_QUANTITY).search(before)
    about = quantity.group() if quantity else ""
    if not product and not link(before + after):
        about = "~" + _bare(f"{before}#{after}")
    yield size, about, span


def _bare(clause: str) -> str:
    return re.sub(r"[\s哦啊呢哈呀吧啦]", "", clause)


def frame(clause: str) -> str:
    """A clause without its last number, by which "满100减10" and "满100减20" are one offer and "满200减20" another."""
    found = list(_regex("[0-9]+(?:\\.[0-9]+)?|[一二两三四五六七八九十百千万]+").finditer(clause))
    if not found:
        return ""
    start, end = found[-1].span()
    return "~" + _bare(f"{clause[:start]}#{clause[end:]}")


def denied(view: View) -> Iterator[tuple[str, tuple[int, int]]]:
    """(kind, place) of everything that the text says the shop does not give."""
    for kind, like in _DENIALS:
        found = _regex(like).search(view.text)
        if found is not None:
            first, last = view.clause(*found.span())
            if not _regex(_ASKED).search(view.text[first : last + 1]):
                yield kind, (first, last)


@lru_cache(maxsize=64)
def _regex(like: str) -> Any:
    return pattern(like)
