"""Numbers that a word before them or a form of their own names: orders, parcels, papers, number plates, telephones of seven digits."""

import re
from typing import Final

from livebot.decide.personal.view import Finding, covered, short

_LINK: Final = r"(?:号码?|编号|单号|单|码|no|number|num|id|is|[\s:.#是为=—-]){0,6}"
_CARRIERS: Final = (
    "顺丰|中通|圆通|申通|韵达|极兔|百世|德邦|天天|邮政|ems|京东快递|京东物流|丹鸟|跨越|安能|菜鸟|丰网|优速|宅急送|fedex|dhl|ups|usps"
)
ORDER_NAMED: Final = re.compile(rf"(?i)(?:订单|交易|流水|下单|order){_LINK}\Z")
_PARCEL_NAMED: Final = re.compile(rf"(?i)(?:{_CARRIERS}|快递|运单|物流|快件|包裹|tracking){_LINK}\Z")
_ANY_NAMED: Final = re.compile(r"(?:单号?|单号[是为:]+)[\s:是为]{0,3}\Z")
_CARD_NAMED: Final = re.compile(
    r"(?i)(?:卡号|银行卡?|储蓄卡|信用卡|(?:我|的|这张)卡|[工建农中招交]行|邮储|card)(?:号码?|number|no|卡|[\s:.#是为上里]){0,4}\Z"
)
_PAPERS_NAMED: Final = re.compile(r"(?i)(?:身份证|证件|id ?card)(?:号码?|number|no|[\s:.#是为]){0,4}\Z")

_ORDER: Final = re.compile(
    r"(?i)(?:订单编?号|单号|订单编码|交易号|流水号|order(?:\s*(?:number|no|num|id|#))+|order\s*[:#]|tracking(?:\s*(?:number|no|num|id|#))*)"
    r"[\s:.#是为=—-]{0,5}(?=[A-Za-z]{0,4}\d)([A-Za-z]{0,4}\d[A-Za-z0-9]{5,24}|\d{3}-\d{7}-\d{7}|\d{6}-\d{10,15})(?![A-Za-z0-9])"
)
_PARCEL: Final = re.compile(
    r"(?i)(?<![a-z0-9])(?:(?:s ?f|y ?t|j ?t|zt|zto|sto|yd|dpk|dpl|dp|ys|hu|ht|yz|kk|cn|fw|ane|bs|uc|jdx|jdv[a-z]|jdk[a-z]?|jdap|jdaz|jd)"
    r"[ :-]{0,2}\d(?:[ -]?\d){10,15}|1z[0-9a-z]{16}|[a-z]{2}\d{9}cn)(?![a-z0-9])"
)
_PASSPORT: Final = re.compile(
    r"(?i)(?:护照|passport|通行证|身份证|台胞证|居住证|驾驶?证|军官证|社保号?|学号|准考证)(?:号码?|no|number|[\s:.#是为]){0,5}([a-z]{0,2}\d{7,12})(?![a-z0-9])"
)
_SOCIAL: Final = re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])")  # of the United States
_SPACED_PLATE: Final = re.compile(
    r"车牌号?[\s:是为]{0,3}([京津沪渝冀豫辽湘皖鲁苏浙赣鄂桂甘晋陕闽粤琼川藏云黑新宁贵吉蒙青] ?[A-Z](?:[ ·]?[A-Z0-9]){5,6})(?![A-Za-z0-9])"
)
_LANDLINE: Final = re.compile(r"(?<!\d)([2-8]\d{2,3}[ -]?\d{4})(?!\d)")
PHONE_WORD: Final = r"(?:电话|手机|座机|固话|联系方式|号码|热线|致电|打给我|call|ring|text me|phone|tel|mobile|whatsapp|cell|reach me)"
PHONE_LINK: Final = r"(?:号码?|is|no|number|me|on|at|[\s:.#是为打])"
PHONE_NAMED: Final = re.compile(rf"(?i){PHONE_WORD}{PHONE_LINK}{{0,12}}\Z")
# characters that are words too (新A12345 may be a new model) need the dot or the word 车
_PLATE_SIGN: Final = re.compile("[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼] ?[A-Za-zＡ-Ｚ]")
_PLATE: Final = re.compile(
    r"(?:[京津沪渝冀豫辽湘皖鲁苏浙赣鄂桂甘晋陕闽粤琼川藏][A-HJ-NP-Z][ ·.•・-]?|[云黑新宁贵吉蒙青][A-HJ-NP-Z][·.•・])"
    r"((?=[A-Z0-9]*\d)[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳])(?![A-Za-z0-9款型])"
)


def worth_a_look(text: str) -> bool:
    """Whether a number plate may be in it: those have few digits."""
    return _PLATE_SIGN.search(text) is not None


def find(plain: str) -> list[Finding]:
    """What its form or the word before it tells."""
    found = [_order(m, plain) for m in _ORDER.finditer(plain)]
    found += [(*m.span(), "tracking", short(m[0], 5, 4)) for m in _PARCEL.finditer(plain)]
    found += [(*m.span(1), "id", short(m[1], 3, 2)) for m in _PASSPORT.finditer(plain)]
    found += [(*m.span(), "id", "***") for m in _SOCIAL.finditer(plain)]
    found += [(*m.span(), "plate", f"{m[0][:2]}***") for m in _PLATE.finditer(plain)]
    found += [(*m.span(1), "plate", f"{m[1][0]}***") for m in _SPACED_PLATE.finditer(plain)]
    for m in _LANDLINE.finditer(plain):
        if not m[1].startswith(("400", "800")) and PHONE_NAMED.search(plain[max(0, m.start() - 14) : m.start()]):
            found.append((*m.span(1), "landline", short(m[1], 2, 2)))
    return found


def _order(m: re.Match[str], plain: str) -> Finding:
    return *m.span(1), named(plain[max(0, m.start(1) - 16) : m.start(1)]) or "order", short(m[1], 3, 4)


def named(before: str) -> str | None:
    """The kind of number that the words before it announce, whatever its digits look like: 快递单号, 订单, 卡号, 身份证."""
    for pattern, kind in ((_PARCEL_NAMED, "tracking"), (ORDER_NAMED, "order"), (_CARD_NAMED, "card"), (_PAPERS_NAMED, "id")):
        if pattern.search(before):
            return kind
    return "order" if _ANY_NAMED.search(before) else None


def shown(digits: str) -> str:
    return covered(digits, 3 if len(digits) < 16 else 4, 4)
