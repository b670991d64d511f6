"""Real names: those that are announced, and the one that stands beside a telephone number and an address."""

import re
from collections.abc import Collection
from typing import Final

from livebot.decide.personal.view import Finding, View

_SURNAMES: Final = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛"
    "汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊惠甄曲封芮储靳井段"
    "富巫乌焦巴牧隗山谷车侯宓蓬全班仰秋仲伊宫宁仇栾暴甘斜厉戎祖武符刘景詹束龙叶幸司韶黎白怀蒲邰从鄂索赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎慕连茹习艾容向古易廖"
    "庾终暨居衡步都耿满弘匡文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾肖游涂闫"
)
_N: Final = "[\u4e00-\u9fff]"
_NAME: Final = rf"(?:欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|[{_SURNAMES}]){_N}{{1,2}}"
_AFTER: Final = "不是|电话|手机|号码|地址|帮|麻烦|谢谢|快点|住|联系|微信"
_NAMED: Final = re.compile(
    rf"(?:收件人|收货人|收件姓名|联系人|真实姓名|姓名|收货姓名)(?:改成|改为|写错了?|填错了?|应该|叫|[:,是为\s]){{0,5}}({_NAME})(?:(?!{_N}{{2}})|(?={_AFTER}))"
)
_CALLED: Final = re.compile(rf"(?:(?:我|本人|名字|收件人?|收货人|联系人|姓名)就?叫|名字是)({_NAME})")
_BEFORE_PHONE: Final = re.compile(rf"(?<!{_N})({_NAME})[\s,:]{{0,2}}(?=[+\d])")
_BESIDE: Final = re.compile(rf"(?<!{_N})({_NAME})(?!{_N})")
_NO_PART: Final = re.compile("[号码是打用加在的我你他个了到过就要这那有不]")
_NO_NAMES: Final = re.compile(
    "谢谢|高兴|方便|马上|安排|单号|应该|那个|那边|别的|连接|麻烦|华为|时候|时间|单元|小区|都是|明天|全部|江苏|云南|广东|广西|吉林|安徽|宁夏|宁波|温州|常州|万元|双十|平台|包邮|成功|解决|通过"
    "|白色|黑色|黄色|金色|蓝色|红色|石家|牛仔"
)


def find(view: View, phones: Collection[int], *, parcel: bool) -> list[Finding]:
    """Announced names, and those right before one of the `phones` (where these begin).

    In a text that holds a telephone number and an address (`parcel`) one that stands alone too.
    """
    found = [(*m.span(1), "name", f"{m[1][0]}**") for pattern in (_NAMED, _CALLED) for m in pattern.finditer(view.plain)]
    for m in _BEFORE_PHONE.finditer(view.plain):
        if m.end() in phones and not (_NO_NAMES.match(m[1]) or _NO_PART.search(m[1])):
            found.append((*m.span(1), "name", f"{m[1][0]}**"))
    if parcel and not found:
        found = [(*m.span(1), "name", f"{m[1][0]}**") for m in _BESIDE.finditer(view.plain) if not _NO_NAMES.match(m[1])][:1]
    return found
