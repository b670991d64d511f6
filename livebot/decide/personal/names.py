"""Real names: those that are announced, and the one that stands beside a telephone number and an address."""

import re
from collections.abc import Collection, Iterable
from typing import Final

from livebot.decide.personal.view import Finding, View

_SURNAMES: Final = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛"
    "汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊惠甄曲封芮储靳井段"
    "富巫乌焦巴牧隗山谷车侯宓蓬全班仰秋仲伊宫宁仇栾暴甘斜厉戎祖武符刘景詹束龙叶幸司韶黎白怀蒲邰从鄂索赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎慕连茹习艾容向古易廖"
    "庾终暨居衡步都耿满弘匡文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾肖游涂闫"
)
_N: Final = "[\u4e00-\u9fff]"
_NAME: Final = rf"(?:欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|[{_SURNAMES}]){_N}{{1,2}}?"
_LONG_NAME: Final = _NAME.removesuffix("?")
_AFTER: Final = (
    "[吧呢啊哦呀哈](?![\u4e00-\u9fff])|别|不要|写|收|的|个人|卡号|身份证|不是|电话|手机|号码|地址|帮|麻烦|谢谢|快点|住|联系|微信"
)
_NAMED: Final = re.compile(
    rf"(?:收件人?|收货人?|收件姓名|联系人|真实姓名|真名|姓名|收货姓名|抬头|开户名|户名|持卡人|实名)"
    rf"(?:改成|改为|改|写错了?|填错了?|名字?|错了?|应该|写|填|叫|个人|[:,是为\s]){{0,5}}({_NAME})(?:(?!{_N})|(?={_AFTER}))"
)
_CALLED: Final = re.compile(rf"(?:(?:我|本人|名字|收件人?|收货人|联系人|姓名)就?叫|名字是)({_NAME}(?:(?!{_N})|(?={_AFTER}))|{_LONG_NAME})")
_BEFORE_PHONE: Final = re.compile(
    rf"(?<!{_N})({_NAME})(?:\(?收\)?|的?(?:身份证号?码?|手机号?码?|电话号?码?|卡号))?[\s,:是为]{{0,3}}(?=[+(\d])"
)
_ENGLISH: Final = re.compile(r"\b(?i:my name is|my name's|full name:?|recipient:?|name:) ?([A-Z][a-z]+(?: [A-Z][a-z]+){1,2})")
_FREQUENT: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范"
    "石姚谭廖邹熊金陆郝孔崔康毛邱秦江顾侯邵孟龙段雷汤尹黎易乔贺赖龚"
)
_AFTER_PHONE: Final = re.compile(rf"[\s,]{{1,2}}([{_FREQUENT}]{_N}{{1,2}})(?=收?(?:\Z|[\s,.]))")
_AT_ONCE: Final = re.compile(rf"([{_FREQUENT}]{_N}{{1,2}}?)收?[\s,:]{{0,2}}(?=[+\d])")
_BESIDE: Final = re.compile(rf"(?<!{_N})({_NAME})(?!{_N})")
_NO_VERB: Final = re.compile("[能改换可谁怎写填]")
_NO_PART: Final = re.compile("[号码是打用加在的我你他个了到过就要这那有不]")
_NO_NAMES: Final = re.compile(
    "[工建农中招交]行|支付|全国|安全|高峰|金额|左右|双方|平常|时刻|房间|路边|路上|水果|包裹|常用|计算|韩国|泰国|越南|德国|英国|美国|法国|白天|干嘛|平时|空号|师傅|单位|公司|店铺|商家|经理|司机|房东|东家|谢谢|高兴|方便|马上|安排|单号|应该|那个|那边|别的|连接|麻烦|华为|时候|时间|单元|小区|都是|明天|全部|江苏|云南|广东|广西|吉林|安徽|宁夏|宁波|温州|常州|万元|双十|平台|包邮|成功|解决|通过"
    "|白色|黑色|黄色|金色|蓝色|红色|石家|牛仔"
)

SIGNS: Final = (  # each announcement has one of them
    "收件",
    "收货",
    "联系人",
    "姓名",
    "人叫",
    "我叫",
    "字叫",
    "名字",
    "抬头",
    "户名",
    "真名",
    "持卡人",
    "实名",
    "name",
    "recipient",
)


def find(view: View, numbers: Collection[int], ends: Iterable[int], where: Iterable[int], *, parcel: bool) -> list[Finding]:
    """Announced names, and those right before one of the `numbers` (where these begin) of telephones, papers and cards; and those
    right after one, which are at `ends`, and between an address, which are at `where`, and a number.

    In a text that holds a telephone number and an address (`parcel`) one that stands alone too.
    """
    found = [
        (*m.span(1), "name", f"{m[1][0]}**")
        for pattern in (_NAMED, _CALLED, _ENGLISH)
        for m in pattern.finditer(view.plain)
        if not _NO_VERB.search(m[1])
    ]
    for m in _BEFORE_PHONE.finditer(view.plain):
        if m.end() in numbers and not (_NO_NAMES.match(m[1]) or _NO_PART.search(m[1])):
            found.append((*m.span(1), "name", f"{m[1][0]}**"))
    for end in ends:
        after = _AFTER_PHONE.match(view.plain, end)
        if after and not (_NO_NAMES.match(after[1]) or _NO_PART.search(after[1])):
            found.append((*after.span(1), "name", f"{after[1][0]}**"))
    for end in where:
        if after := _AT_ONCE.match(view.plain, end):
            found.append((*after.span(1), "name", f"{after[1][0]}**"))
    if parcel and not found:
        found = [(*m.span(1), "name", f"{m[1][0]}**") for m in _BESIDE.finditer(view.plain) if not _NO_NAMES.match(m[1])][:1]
    return found
