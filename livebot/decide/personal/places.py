"""Postal addresses, put together from their parts (region, road, estate, building)."""

import re
from typing import Final

from livebot.decide.personal.view import Finding, View

_REGIONS: Final = (
    "北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏"
    "|宁夏|新疆|香港|澳门|杭州|宁波|温州|嘉兴|金华|义乌|绍兴|台州|南京|苏州|无锡|常州|南通|徐州|昆山|扬州|盐城|广州|深圳|东莞|佛山|珠海|惠州|中山|汕头|成都|绵阳|武汉"
    "|宜昌|长沙|株洲|郑州|洛阳|西安|咸阳|济南|青岛|烟台|潍坊|临沂|石家庄|保定|唐山|廊坊|太原|大同|沈阳|大连|长春|哈尔滨|合肥|芜湖|福州|厦门|泉州|南昌|赣州|昆明|贵阳|南宁"
    "|桂林|柳州|海口|三亚|兰州|西宁|银川|乌鲁木齐|拉萨|呼和浩特|包头|台北|高雄|台中|新北|桃园|浦东|朝阳|海淀|新界|九龙|九龍|香港岛"
)
_N: Final = "[\u4e00-\u9fff]"
_FREE: Final = "(?![的了吗呢啊吧我你他她它们是在请您啥谁么这那哪几怎没谢错帮把给])[\u4e00-\u9fffA-Za-z0-9]"
_COUNT: Final = r"(?:\d{1,5}|[一二三四五六七八九十百零〇两]{1,5})"
_ESTATES: Final = (
    "小区|花园|家园|公寓|新村|花苑|苑|广场|大厦|大楼|公馆|山庄|庄园|名邸|雅居|华府|府邸|豪庭|名城|新城|国际城|社区|宿舍|大院|家属院|工业园|科技园|产业园|园区|写字楼|中心|中学|小学|大学|学院|医院"
    "|校区|学园|宾馆|酒店|旅馆|民宿|派出所|集团|公司|工厂|厂|万科城|半岛|嘉园|佳园|华庭|里弄|坊|[一二三四五六七八九]期"
)
_SPOTS: Final = (  # within a place
    "(?:[东南西北大正后]?门口?|楼下|旁边|对面|里面)?的?(?:菜鸟驿站|快递驿站|妈妈驿站|驿站|快递柜|丰巢柜?|自提[点柜]|代收点|住院部|前台|门卫室?|传达室"
    "|物业|保安室|超市|便利店|小卖部)|[东南西北中]户|地下(?![铁车室商])|门面"
)
_PART: Final = re.compile(
    rf"(?P<region>(?:{_REGIONS})(?:省|市|自治区|特别行政区|新区|区)?(?![东西南北中]?(?:路|街|大道|巷)|[\u4e00-\u9fff]{{0,2}}(?:大学|学院))|(?:(?![镇乡街路村]){_FREE}){{1,6}}?(?:自治区|自治州|自治县|特别行政区|省|(?<![超夜股])市|新区|区|县|旗|盟)(?!花园|公寓|广场|家园|花苑|名城|[街路道场]))"
    rf"|(?P<unit>[甲乙丙丁]?(?:[A-Za-z]|{_COUNT}|[A-Za-z]{_COUNT}(?:-?[A-Za-z])?|{_COUNT}[A-Za-z])(?:[-—]\d{{1,4}}){{0,2}}\s?(?:号楼(?![上下])|号院|号房|号柜|栋|幢|座|单元|室|号|弄|舍|床|门(?![口面])|排|楼|层|户|组|队|巷|期|#)(?:之[一二三四五六七八九十\d])?)"
    rf"|(?P<town>{_FREE}{{1,6}}?(?:街道|镇|乡|苏木))"
    rf"|(?P<road>{_FREE}{{1,8}}?(?:大道|大街|路|街|巷|弄|胡同|道|公路)(?:[东西南北中上下]?[一二三四五六七八九十\d]{{1,2}}段|[东西南北中上下]段)?)"
    rf"|(?P<spot>{_SPOTS})"
    rf"|(?P<estate>{_FREE}{{1,10}}?(?:{_ESTATES}))"
    rf"|(?P<village>{_FREE}{{1,6}}?(?:村|屯|庄村?|寨村?|大队))"
    r"|(?P<room>(?<![\d.])\d{1,4}(?:-\d{1,4}){1,2}(?![\d.])|(?<=[元楼栋幢座])[一二三四五六七八九零〇]{3,4}|(?<![\d.])\d{3,4}[A-Z]?(?![A-Za-z\d.元块件个斤码年月日米cmkg]))"
)
_GAP: Final = re.compile(r"(?:[\s,.\-/|·;:+()]|[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]){0,3}")
_BRIDGE: Final = re.compile(r"(?:(?![的了吗呢啊吧我你他她它们请您啥谁么这那哪几怎没谢错帮把给发货链接块元])[\u4e00-\u9fffA-Za-z·]){1,8}")
_LEAD: Final = re.compile(
    r"(?:.*(?:收货|收件|寄货|发货|邮寄|快递|家庭|详细)?地址(?:写错了?|填错了?|应该|改[成为到]?|是|为)*|.*?(?:改成|改为|换成|改到|寄到|发到|送到|寄去|寄往|发往|送去|邮到|寄给|住在|坐标|人在|家住|搬到|放[到在]?|存[到在])"
    r"|(?:现在|一下|应该|是|为|麻烦|到|去|往|住|在|家|改|寄|发|送|邮|就|从(?!化)|和(?!平)|跟|要|想|新家|老家)+)[\s:,.]*"
)
_ANNOUNCED: Final = re.compile(r"(?:地址|寄到|发到|送到|改成|改到|改为|换成|住在|家住|邮到|收件|收货|放|存)[^。!?]{0,12}\Z")
_NO_PLACES: Final = re.compile(
    r"(?:"
    r"思路|套路|走路|网路|线路|铁路|公路|带路|问路|迷路|出路|电路|短路|马路|末路|销路|门路|来路|知道|味道|频道|渠道|通道|管道|难道|报道|赛道|公道|厚道|霸道|说道|逛街|上街|超市|城市"
    r"|夜市|上市|股市|都市|地区|专区|校区|景区|评论区|弹幕区|留言区|分区|时区|山区|郊区|库区|外省|本省|各省|全省|节省|同省|外县|农村|本市|同市|下乡|老乡|家乡|回乡|同城|全城|商城|我厂"
    r"|工厂店|城镇|联盟|加盟"
    r")\Z"
)
_NO_NAME: Final = re.compile(
    r"一路|半路|上路|地道|力道|一道|这道|门市|全区|小区|公司|工厂|厂家|厂|大学|学院|医院|广场|市|区|县|省|路|街|道|村|镇|乡|庄|苑|坊|大庄|街道|社区|小镇|乡镇|坐庄|庄家|套房|号"
    r"|旗|盟|驿站|偏远地区|集团|店铺公司"
)
_NOT_A_DOOR: Final = re.compile(
    r"\s?(?:链接|连接|链|款|色|码|品|商品|宝贝|袋|包|套|下午|晚|上午|早|中午|发|日|开|前|后|左右|之前|以|到|出|寄|没|还|有|多少|能|可|怎|是|什么|啥|拍|讲|买|要|呢|吗|瓶|盒|机"
    r"|产|车|衣|裤|鞋|裙|的|那|这|再|来|上|看|试|点)"
)
_STRONG: Final = re.compile(r"号楼|号院|号房|号柜|栋|幢|单元|室|座")
_OWNER: Final = re.compile(
    r"(?:\A|[\s,:;.!?]|地址|[是在住到寄送发改成家里放])((?:(?![的了放我你他给在到寄送发改是住家里请帮快递取拿要错就和])[\u4e00-\u9fff]){3,8})\Z"
)
_SUFFIXED: Final = re.compile(r"[省市区县旗盟州]\Z")

_STOP: Final = (
    r"(?!(?:days?|weeks?|months?|years?|hours?|pcs|pieces?|on|the|of|in|for|to|more|off|a|an|and|or|my|your|is|at"
    r"|with|from|x|people|percent|times?)\b)"
)
_ENGLISH: Final = re.compile(
    rf"(?<![\w.$£€])(?:(?i:apt|unit|flat|suite|#)\.? ?\w{{1,5}},? )?\d{{1,5}}[A-Za-z]?,? (?:(?:[NSEW]|North|South|East|West)\.? )?"
    rf"(?:(?:{_STOP}[A-Za-z'’]{{2,20}} ){{1,3}}(?i:street|road|avenue|boulevard|lane|blvd|rd|ave|highway|crescent|terrace|parkway)"
    rf"|(?:[A-Z][A-Za-z'’]{{1,20}} ){{1,3}}(?:St|Dr|Ct|Ln|Pl|Way|Drive|Court|Place|Square|Close|Hwy|Circle|Cir|Ter))\b\.?"
    r"(?:,? ?(?i:apt|unit|flat|suite|ste|#|apartment|floor)\.? ?#?\w{1,5})?"
    r"(?:,? [A-Z][a-z]+(?: [A-Z][a-z]+)?)?(?:,? [A-Z]{2}(?: \d{5}(?:-\d{4})?)?"
    r"|,? [A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|,? [A-Z]{2,3} \d{4}|,? \d{5,6})?(?![A-Za-z0-9])"
)
_BOX: Final = re.compile(r"(?i)\bp\.?\s?o\.?\s?box\s?\d{1,6}\b")

_SIGN: Final = re.compile(
    r"[省市县区路街道巷弄栋幢棟室號号縣區座园樓楼](?:.{0,30}?[\d０-９一二三四五六七八九十])|[省市县区縣區].{1,12}[路街道巷]|单元|單元|驿站|快递柜|丰巢|自提|代收|前台|门卫|传达|[村镇乡鎮鄉]"
    rf"|(?:{_ESTATES}).{{0,3}}[\d０-９一二三四五六七八九十A-Za-z]",
    re.DOTALL,
)
_HINT: Final = re.compile(
    "[叫省市县區区县縣路街道巷弄栋幢棟室號号座园樓楼单單收村镇乡鎮鄉苑寓厦馆庄邸居府庭城社舍院司厂岛坊里站场学团所期字]"
)
_DIGIT: Final = re.compile(r"\d")
_ENGLISH_SIGN: Final = re.compile(
    r"street|road|avenue|boulevard|lane|highway|crescent|terrace|parkway|blvd|box|drive|court|place|square|close|circle"
    r"| (?:rd|ave|st|dr|ct|ln|pl|way|hwy|cir|ter)\b"
)


def worth_a_look(text: str) -> bool:
    if _HINT.search(text) is not None and _SIGN.search(text) is not None:
        return True
    return _DIGIT.search(text) is not None and _ENGLISH_SIGN.search(text.lower()) is not None


def find(view: View) -> list[Finding]:
    plain = view.plain
    found: list[Finding] = [(*m.span(), "address", "***") for m in (*_ENGLISH.finditer(plain), *_BOX.finditer(plain))]
    chain: list[re.Match[str]] = []
    for part in _PART.finditer(plain):
        if chain and not (_GAP.fullmatch(plain, chain[-1].end(), part.start()) or _bridged(chain, part, plain)):
            found += _judge(chain, plain)
            chain = []
        chain.append(part)
    return found + _judge(chain, plain)


def _bridged(chain: list[re.Match[str]], part: re.Match[str], plain: str) -> bool:
    """Whether what stands between two parts is the name of a building that nothing tells as one: 大街12号时代锋尚2栋."""
    placed = sum(one.lastgroup in {"region", "town", "road", "estate"} for one in chain) > 1
    return placed and part.lastgroup in {"unit", "room"} and _BRIDGE.fullmatch(plain, chain[-1].end(), part.start()) is not None


def _judge(chain: list[re.Match[str]], plain: str) -> list[Finding]:
    """Whether neighbouring parts are somebody's address."""
    while chain and chain[-1].lastgroup == "room" and len(chain) == 1:
        chain = []
    if not chain:
        return []
    start, end = _start(chain[0], plain), chain[-1].end()
    regions = [one for one in chain if one.lastgroup == "region" and _is_place(one[0])]
    places = [
        one for one in chain if (one.lastgroup in {"town", "road", "estate", "village"} or one[0].endswith("小区")) and _is_place(one[0])
    ]
    doors = [one for one in chain if one.lastgroup in {"unit", "room"}]
    spotted = any(one.lastgroup == "spot" for one in chain)
    strong = [one for one in doors if _STRONG.search(one[0])]
    last_is_number = chain[-1].lastgroup == "unit" and chain[-1][0].endswith(("号", "楼", "层", "组", "队"))
    announced = _ANNOUNCED.search(plain[max(0, start - 16) : start]) is not None
    if doors and last_is_number and not strong and not regions and not (announced and places) and _NOT_A_DOOR.match(plain, end):
        return []
    levels = sum(1 for one in regions if one is not regions[0] or _SUFFIXED.search(one[0])) + (1 if len(regions) > 1 else 0)
    if (
        (strong and len(doors) >= 2)
        or (places and doors and (strong or _fits(places, doors)))
        or (regions and strong)
        or (len(regions) >= 2 and places)
        or (announced and ((regions and (places or levels >= 2)) or (places and doors)))
        or (spotted and doors == [] and any(one[0].endswith("小区") for one in regions))
        or (announced and spotted and (places or any(one[0].endswith("小区") for one in regions)))
    ):
        return [(start, end, "address", _shown(plain[start:end]))]
    return []


def _fits(places: list[re.Match[str]], doors: list[re.Match[str]]) -> bool:
    """A number fits a road ("文一路100号"), a room an estate ("阳光花园3-501"), a group a village ("王家村3组")."""
    kinds = {"estate" if one[0].endswith("小区") else one.lastgroup for one in places}
    numbers = [one[0] for one in doors]
    if kinds & {"road", "village", "town"} and any(one.endswith(("号", "弄", "巷", "组", "队", "楼", "层", "户")) for one in numbers):
        return True
    return "estate" in kinds and any("-" in one or one.endswith(("楼", "层", "户", "#", "弄", "舍", "期")) for one in numbers)


def _is_place(part: str) -> bool:
    bare = _bare(part)
    return not (_NO_PLACES.search(bare) or _NO_NAME.fullmatch(bare))


def _bare(part: str) -> str:
    return _LEAD.sub("", part, count=1) or part


def _start(first: re.Match[str], plain: str) -> int:
    """Where the address begins: after "我家住在", at the province if there is one; before a building that begins it, at what that is of."""
    if first.lastgroup == "unit" and _STRONG.search(first[0]) and (name := _OWNER.search(plain, max(0, first.start() - 10), first.start())):
        return name.start(1)
    text = first[0]
    if known := re.search(_REGIONS, text):
        return first.start() + known.start()
    lead = _LEAD.match(text)
    return first.start() + (lead.end() if lead and lead.end() < len(text) else 0)


def _shown(address: str) -> str:
    known = re.match(rf"(?:{_REGIONS})(?:省|市)?", address)
    return (known[0] if known else "") + "***"
