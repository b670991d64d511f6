"""Kinds of goods named in a comment, and which of a shop's products each can be: what tells "口红多少钱" from what is on air."""

import re
from typing import Final

from livebot.decide.shop.facts import Facts, Product
from livebot.decide.text import fold

_KINDS: Final = re.compile(
    # worn
    "羽绒服|冲锋衣|防晒衣|防晒服|打底衫|打底裤|针织衫|牛仔裤|阔腿裤|连衣裙|半身裙|运动鞋|凉鞋|拖鞋|高跟鞋|雨衣|外套|大衣|棉服|毛衣|衬衫|衬衣|t恤|卫衣|西装|西服|马甲|背心|吊带|风衣|夹克|睡衣|内衣|文胸|"
    "内裤|裤子?|裙子?|靴子?|鞋子?(?!码)|袜子?|帽子?|围巾|手套|腰带|皮带|手链|项链|耳环|耳钉|戒指|手镯|手表|眼镜|墨镜|书包|钱包|包包|背包|挎包|斜挎包|行李箱|拉杆箱|雨伞|"
    # for the skin
    "口红|唇釉|唇膏|面膜|眼霜|面霜|精华|乳液|爽肤水|粉底|气垫|眼影|眉笔|腮红|洗面奶|洁面|卸妆|防晒霜|香水|洗发水|护发素|沐浴露|牙膏|牙刷|护手霜|身体乳|"
    # for the house
    "抽纸|纸巾|洗衣液|洗洁精|垃圾袋|毛巾|浴巾|枕头|被子|被套|床单|床垫|四件套|毛毯|窗帘|地垫|收纳箱|衣架|锅|水壶|水杯|保温杯|杯子|碗|盘子|筷子|菜刀|砧板|饭盒|台灯|沙发|椅子|桌子|"
    # with a plug
    "手机壳|手机|耳机|充电宝|充电器|数据线|音箱|音响|平板|电脑|键盘|鼠标|吹风机|卷发棒|剃须刀|风扇|加湿器|净化器|空调|冰箱|洗衣机|电饭煲|空气炸锅|榨汁机|破壁机|扫地机|吸尘器|"
    # to eat and drink
    "核桃|坚果|大米|茶叶|咖啡|牛奶|奶粉|面包|蛋糕|饼干|饮料|零食|水果|苹果|橙子|芒果|樱桃|车厘子|榴莲|牛肉|牛排|鸡蛋|海鲜|大虾|螃蟹|蜂蜜|燕窝|白酒|红酒|"
    # for children and animals
    "玩具|积木|绘本|纸尿裤|尿不湿|奶瓶|推车|婴儿车|猫粮|狗粮|猫砂"
)
_MOST: Final = 40  # a shop's products that one kind may fit; more tell nothing
_HAN: Final = re.compile("[\u4e00-\u9fff]+")


def kinds(text: str, facts: Facts) -> list[tuple[str, frozenset[int]]]:
    """The kinds of goods in a folded text, in order, each with the links that it can mean; none for what no product of the shop is."""
    found = []
    for match in _KINDS.finditer(text):
        stem = match[0].removesuffix("子") or match[0]
        stem = "包" if match[0] == "包包" else stem
        links = frozenset(link for name, link in facts.folded_names if stem in name)
        found.append((match[0], links if len(links) <= _MOST else frozenset()))
    return found


def stranger(text: str, facts: Facts, air: Product) -> str:
    """A word of a folded comment that speaks of goods other than `air`, although no name and no kind in it says so; "" without one.

    The end of another product's name (雨衣 of 儿童雨衣), a part of one that stands for it (刻字的能退吗), or whatever stands before 多少钱
    and belongs neither to `air` nor to the question.
    """
    own = _text_of(air)
    for name, link in facts.folded_names:
        if link == air.link:
            continue
        for run in _HAN.findall(name):
            if len(run) > 2 and name.endswith(run) and run[-2:] in text and run[-2:] not in own | _COMMON:
                return str(run[-2:])
            if told := next((one for one in _pairs(run) if f"{one}的" in text and one not in own and _OF.search(text)), ""):
                return told
    subject = _PRICED.search(text)
    words: list[str] = _HAN.findall(_PLAIN.sub(" ", subject["of"])) if subject else []
    return next((word for word in words if len(word) > 1 and own.isdisjoint(_pairs(word))), "")


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


def _text_of(product: Product) -> set[str]:
    """Every two characters in a row of what the table says about a product."""
    texts = [product.name, *product.aliases, *(one.name for one in product.variants), *(part for pair in product.spec for part in pair)]
    return {pair for text in texts for word in _HAN.findall(fold(text)) for pair in _pairs(word)}


_COMMON: Final = {
    "新款",
    "同款",
    "套装",
    "礼盒",
    "正品",
    "加厚",
    "通用",
    "女士",
    "男士",
    "儿童",
    "夏季",
    "冬季",
    "秋冬",
    "春秋",
    "包邮",
    "专用",
    "颜色",
    "两件",
    "组合",
}
_OF: Final = re.compile("的(?=能|可以|多少|怎么|还?有|什么|啥|几|支持|包邮)")
_PRICED: Final = re.compile("(?P<of>[\u4e00-\u9fff]{2,10})(?:多少钱|多少米|多少元|怎么卖|什么价|啥价|几块|几元)")
_PLAIN: Final = re.compile(
    "主播|请问|老师|老板|小姐姐|姐[姐妹]?|哥哥?|亲爱?的?|宝贝|宝宝|宝子|家人|们|你|我|咱|他|她|它|大家|现在|今天|今晚|晚上|明天|昨天|直播间?|一共|总共|到底|究竟|全部|"
    "到手|优惠|[用领]?[完好]?券后?|活动|打?折后?|实付|最低|最后|原价|单价|拍下|下单|加购|正在|讲解?|身上|穿|手[里上]|知道|再?说一?[下遍]|问一?[下遍]|一[下遍]|衣服|商品|产品|东西|链接|价格?|"
    "单[个件品买]|[一二两三四五六七八九十几半]?[件个条双套只支瓶盒样种款包袋箱斤对]装?|大概|大约|差不多|应该|但是|所以|如果|然后|因为|为什么|怎么|没有?|听清?|看清?|错过|刚[来才]?|来晚|好看|漂亮|喜欢|"
    "想|要|买|卖|拍|问|说|是|的|呢|啊|呀|吧|吗|嘛|哈|了|和|都|也|就|多|还|那|这|上|下|能|可以?|会|给|看|有|不|又|再|到|在|得|请|喂|哎|嗨|好|在|尺码|颜色|[小中大均加][码号]|[深浅]?[红白黑蓝绿黄紫粉灰棕杏咖橙]色?"
)
