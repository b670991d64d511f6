"""How a comment speaks, and of what: of one's own or another's, of what happened or might, waiting, thanking; of a parcel, a fault."""

from typing import Any, Final

import re2


def _ascii_or(chinese: str, english: str) -> str:
    return rf"{chinese}|\b(?:{english})\b"


_MANNERS: Final = {
    "own": _ascii_or(
        r"我(的|们的|这|那|个|买|拍|订|定|付|下|收|要退|退|寄|申请|昨|前|上|刚|都|也|还|一直|在)|俺|给我|把我|帮我|替我|本人",
        r"my|mine|i (ordered|bought|paid|placed|received|got|purchased|returned)|i've"
        r"|i have (not|ordered|paid|received)|send me|sent me",
    ),
    "still": _ascii_or(
        r"(还|都|也|一直|至今|现在|从来|根本|迟迟|怎么|咋|压根).{0,3}[没未不]|一直|老是|总是|动不动|到现在|半天|[天周月年久]了|多久了|几遍|好几次",
        r"still|yet|since|for (days|weeks|a week|two|three)|days ago|weeks ago|already been|keeps?",
    ),
    "done": _ascii_or(
        r"收到|到手|拿到|签收|拆开|打开|用了|穿了|洗了|戴了|吃了|装了|买了|买的|拍了|拍的|下单了|下的单|付了|付款了|寄回|退回|发来|送来|才用|才穿",
        r"received|arrived|came|got|delivered|opened|ordered|paid|bought|after (one|two|a)|used|purchased",
    ),
    "supposed": _ascii_or(
        r"如果|要是|万一|假如|的话|会不会|怕|担心|是否支持|支持.{0,8}吗|有没有|容易|包[退换赔]|以后|之后.{0,6}[吗能]",
        r"if|would|in case|what happens|do you|are there|is there|policy|before i|suppose",
    ),
    "hearsay": _ascii_or(
        r"[他她](们|家|的|说|是|就)|人家|别[家人]|隔壁|朋友|同事|听说|有人|新闻|网上|楼上|前面|那个?人|弹幕|队友|策划|官方|游戏|房管",
        r"he|she|his|her|him|they|someone|that guy|chat|the game|boss|lol|lmao|kekw|streamer|bro",
    ),
    "denial": _ascii_or(
        r"不用|不需要|不必|没必要|别[投举取催骂]|不[退换取投催急改要]了?[了吧留谢慢]|不着急|算了|没关系|没事|没问题|不要紧|没[有坏少破碎掉起过]"
        r"|是我(弄|看|数|搞|不会)|解决了|处理好了|好了谢",
        r"no need|don't (cancel|return|refund|worry)|never ?mind|all good|it's fine|no problem|keep it|not a problem",
    ),
    "thanks": _ascii_or(
        r"谢谢|多谢|感谢|辛苦|满意|好评|喜欢|点赞|很快|真快|神速|很好|挺好|不错|回购|给力|哈哈|666",
        r"thanks|thank you|thx|love|great|perfect|awesome|fast|nice|good job",
    ),
    "parcel": _ascii_or(
        r"快递|物流|包裹|发货|送货|配送|派送|派件|到货|收货|签收|揽收|出库|运输|单号|驿站|快件|寄|送到|送来|送达|到哪|取件",
        r"package|parcel|delivery|deliver(ed)?|shipp(ed|ing|ment)|ship|courier|tracking|track|dispatch(ed)?",
    ),
    "order": _ascii_or(
        r"订单|下单|单子|[这那一]单|拍[了的下错]|取消|退货|换货|退款|退换|售后|发票|抬头|地址|备注|安装|维修|报修|保修",
        r"orders?|ordered|cancel(l?ed)?|return(ed)?|refund(ed)?|exchange|invoice|address|replacement|warranty|repair",
    ),
    "money": _ascii_or(
        r"[退付扣补赔返花]了?[钱款]|差价|运费|邮费|定金|尾款|到账|降价|便宜了|买贵|价保|保价|扣了|付不|支付|钱呢",
        r"money|charged?|paid|payment|amount|deducted|debited|price|credited|card",
    ),
    "fault": _ascii_or(
        r"坏|断了|破了?|裂|碎|漏|失灵|没反应|不亮|不转|不好用|用不了|不能用|死机|黑屏|重启|不制|异味|味道大|臭|开胶|开线|掉[色毛漆皮]|起球|缩水|褪色|变形"
        r"|生锈|发霉|变质|过期|次品|瑕疵|划痕|不灵|质量|故障|毛病|不行|太[差烂薄小大吵]|污渍|[充打开装关连用修]不[了上进开住好]|磨脚|扎人|假的|假货|二手|翻新|没效果",
        r"broken?|broke|damaged?|defective|faulty|leak(s|ing|ed)?|cracked|torn|stopped working|not working|doesn't work|won't|bad|poor"
        r"|quality|expired|fake|wrong|worst",
    ),
    "blame": _ascii_or(
        r"投诉|举报|骗|差评|赔|失望|态度|负责|凭什么|到底|说法|忽悠|坑|垃圾|黑店|曝光|推脱|敷衍|什么意思|不讲|没人[管理回处]|不[回理管]|不解决|不处理|人工|再也不|太差|差劲"
        r"|欺|说话不算|不算数|答应|承诺",
        r"complain(t)?|scam(mers?)?|fraud|cheat(ed|ers)?|terrible|worst|pathetic|disappointed|unacceptable|no (response|reply)|nobody|rude"
        r"|report|agent|human|manager",
    ),
    "lacking": _ascii_or(
        r"少[了发件一两给寄送个]|漏[了发寄]|缺[了少货一]|没[给发送放寄收有见看]|只[有收发给到来]|才[收发到来]|不够|不足|数量|赠品|配件|说明书|发错|寄错|送错|不一样|不对|不符",
        r"missing|only (got|received|one)|incomplete|not (received|in the box)|without|empty|different|incorrect|short",
    ),
}
MANNERS: Final = tuple(_MANNERS)


def _all_at_once() -> Any:
    automaton = re2.Set.SearchSet()
    for pattern in _MANNERS.values():
        automaton.Add(pattern)
    automaton.Compile()
    return automaton


_AUTOMATON: Final = _all_at_once()


def manners(folded: str) -> tuple[bool, ...]:
    """Which of MANNERS the folded comment has, in their order."""
    found = [False] * len(MANNERS)
    for number in _AUTOMATON.Match(folded.encode()) or ():
        found[number] = True
    return tuple(found)
