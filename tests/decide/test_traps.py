"""Traps: comments that sound like an issue and are none, and beside each the issue that it must not silence."""

import pytest
from shipped import shipped_matcher

from livebot.decide.classify import classify

SHIPPED = shipped_matcher()

# A comment, then the issues that it raises: "-" none, a code, "a/b" either, "a b" both at once.
NEGATED = """
不用退了谢谢 | -
不退了留着穿吧 | -
我不取消了 | -
不用取消订单了我要的 | -
不用换了正好合适 | -
不用改地址了 | -
地址没错就发这里 | -
我不投诉了 | -
别投诉人家主播 | -
不要举报别人 | -
不是质量问题是我不会用 | -
没有少是我数错了 | -
没坏是没充电 | -
不催你们慢慢发 | -
不急着发货 | -
不用发票 | -
不用转人工了 | -
我没付款呢 | -
还没拍先问问 | -
用了没过敏挺好的 | -
洗了没掉色 | -
穿了一年都没起球 | -
一个都没碎包装真好 | -
没让我补差价 | -
我要退货 | post.return
能帮我取消订单吗 | mid.cancel
小了想换大一码 | post.exchange
收货地址写错了帮我改 | mid.addr
我要投诉你们 | any.complaint
这是质量问题吧 | post.quality
少发了一件 | post.missing
拍了好几天没发货 | mid.urge_ship
发票还没开给我 | any.invoice
转人工 | any.human
用了之后脸过敏了 | post.safety
一洗就掉色 | post.quality
收到碎了两个 | post.damaged
刚买就降价了补差价 | post.price_protect
"""

PRAISE = """
上次退货很快 | -
退款很快点赞 | -
换货也很顺利 | -
物流真快昨天拍今天到 | -
快递小哥辛苦了 | -
客服态度很好 | -
补发的收到了谢谢 | -
退款收到了谢谢客服 | -
已经收到货了很喜欢 | -
质量很好回购三次了 | -
售后处理得很快 | -
跟直播间说的一模一样 | -
没有色差很满意 | -
安装师傅很专业 | -
五星好评已给 | -
问题解决了谢谢 | -
退款还没到账 | post.refund_status
物流三天没动 | post.logistics
客服一直不回 | any.human
客服态度太差了 | any.complaint
补发的还没收到 | post.missing/post.logistics
我还没收到货 | post.logistics
跟直播说的不一样 | post.mismatch
安装师傅一直没来 | post.logistics
质量太差了 | post.quality
"""

THIRD = """
他骗人的 | -
那个人是骗子别理他 | -
我朋友在别家买到假货 | -
隔壁直播间发货慢 | -
听说有人退货了 | -
楼上的去找客服啊 | -
弹幕里有人发错了 | -
别人家质量太差还是你家好 | -
上次在别的店被坑过 | -
新闻说有人吃中毒了 | -
你们店就是骗子 | any.complaint
买到假货了 | post.mismatch
我的也一直没发货 | mid.urge_ship
我也没收到货 | post.logistics
我也没发货 | mid.urge_ship
"""

BEFORE = """
不退不换吗 | -
不退不换是吗 | -
支持七天无理由吗 | -
可以退货吗 | -
买之前问下不合适能退吗 | -
尺码不合适包换吗 | -
有运费险吗 | -
退货要自己出运费吗 | -
会掉色吗 | -
会起球吗 | -
容易碎吗 | -
会不会过敏啊 | -
敏感肌能用吗 | -
假一赔十吗 | -
是正品吗不会是假货吧 | -
质量好吗 | -
质保几年 | -
坏了怎么保修 | -
碎了包赔吗 | -
有发票吗 | -
能开发票吗 | -
怎么付款 | -
可以货到付款吗 | -
有价保吗 | -
还会降价吗 | -
什么时候发货 | -
今天拍几天到 | -
今天下单什么时候发 | -
发什么快递 | -
新疆发吗 | -
现在拍明天能到吗 | -
如果不喜欢怎么退 | -
万一收到坏的怎么办 | -
包邮吗 | -
有赠品吗 | -
赠品是什么 | -
160一百斤穿什么码 | -
有大一码的吗 | -
旧手机坏了想买个新的 | -
我拍的那单什么时候发货 | mid.urge_ship/mid.order_query
我买的今天能到吗 | mid.order_query
退货的运费谁出 | post.return_fee
我收到的不合适怎么退 | post.return
质保期内坏了不给修 | post.warranty/post.quality
昨天买的今天就便宜了二十 | post.price_protect
付不了款 | mid.pay
付了钱没订单 | mid.pay_lost
扣了两次款 | mid.pay_lost
赠品没给我 | post.missing
拍错尺码了 | mid.change/mid.cancel
帮我补开一张发票 | any.invoice
"""

JOKES = """
退钱! | -
退钱退钱哈哈哈 | -
主播退票 | -
我先退了大家晚安 | -
退网了 | -
换换换 | -
快换人 | -
换首歌吧 | -
换个英雄 | -
快送啊 | -
又送了一血 | -
别送了 | -
怎么退了 | -
怎么退出了游戏 | -
坏了坏了要输 | -
破了 | -
破了世界纪录 | -
破防了 | -
心碎了一地 | -
人裂开了 | -
投诉主播太好看 | -
举报主播偷走我的心 | -
骗我感情 | -
对主播过敏 | -
笑吐了 | -
被坑惨了这队友 | -
催更 | -
快更新啊 | -
修机修机 | -
举报这个外挂 | -
主播说话不算话 | -
没声音了主播 | -
直播间卡死了 | -
又黑屏了 | -
少一个人怎么打 | -
取消关注了 | -
没抢到 | -
手机没电了 | -
这把质量局 | -
还我青春 | -
避雷针是什么 | -
黑猫警长真好看 | -
人工智能真厉害 | -
玻璃心碎了 | -
把钱退给我 | post.refund
我要退款 | post.refund
屏幕收到就是碎的 | post.damaged
包装都破了 | post.damaged
给我换个新的收到就是坏的 | post.exchange/post.quality
充电的时候冒烟了 | post.safety
避雷这家店 | any.complaint
黑猫投诉见 | any.complaint
"""

NUMBERS = """
12号发货 | -
12号链接 | -
12码有吗 | -
3号讲一下 | -
最后三天 | -
最快明天发 | -
最多拍三件 | -
160 100斤 | -
扣1 | -
12 M 红 | -
111 | -
sold pending question | -
一共5000个 | -
12号拍的到现在没发货 | mid.urge_ship
买了3件只收到2件 | post.missing
等了12天还没到 | post.logistics
"""

SARCASM = """
质量真"好"一次就坏 | post.quality
你们发货可真快啊十天了还没发 | mid.urge_ship
好一个正品鉴定是假的 | post.mismatch
服务真好客服三天不回 | any.human
真好看 | -
质量真好 | -
"""

BOTH = """
退货寄回去一周了退款还没到，客服也不回 | post.refund_status any.human
发错颜色了还少发了一件 | post.wrong post.missing
地址写错了，另外尺码也拍错了想改 | mid.addr mid.change/mid.cancel
快递三天没动，我要投诉你们 | post.logistics any.complaint
杯子碎了赠品也没给 | post.damaged post.missing
发票开错了，退货运费谁出 | any.invoice post.return_fee
"""

ENGLISH = """
don't cancel my order, I'll keep it | -
cancel culture | -
no need to return it, fits great | -
can't complain | -
stop complaining chat | -
got my refund, thank you | -
delivered fast, thanks | -
what is your return policy | -
can I return it if it doesn't fit | -
do you provide invoices | -
how long is the warranty | -
how do I pay | -
do you ship to Canada | -
how long does shipping take | -
is this fake | -
Refund!!! that play was bad lol | -
this game is broken | -
return of the king | -
return to base | -
replace the support player | -
he keeps missing shots | -
a rash decision | -
fix your aim | -
he is only human | -
they leaked the ip address | -
he broke the record | -
that fight was rigged lol | -
bad stream quality | -
wrong map lol | -
where is the giveaway | -
I want to buy two of them | -
my old kettle broke, which one should I buy | -
cancel my order please | mid.cancel
I want to return this dress | post.return
this shop is a scam | any.complaint
still waiting for my refund | post.refund_status
my parcel never arrived | post.logistics
who pays for return shipping | post.return_fee
I need a VAT invoice for my order | any.invoice
payment failed | mid.pay
you charged me twice | mid.pay_lost
my order hasn't been shipped yet | mid.urge_ship
I received a fake bag | post.mismatch
it arrived broken | post.damaged
need a replacement, it is too small | post.exchange
one item is missing | post.missing
got a rash after using this cream | post.safety
let me talk to a human | any.human
wrong address on my order | mid.addr
where is my order | mid.order_query
it stopped working after two days and nobody replied to my email | post.quality any.human
"""


def cases(*tables: str) -> list[tuple[str, str]]:
    rows = (line.partition("|") for table in tables for line in table.strip().splitlines())
    return [(text.strip(), issues.strip()) for text, _, issues in rows]


ALL = cases(NEGATED, PRAISE, THIRD, BEFORE, JOKES, NUMBERS, SARCASM, BOTH, ENGLISH)
TRAPS = [text for text, issues in ALL if issues == "-"]


def test_there_are_traps_enough() -> None:
    assert len(set(TRAPS)) == len(TRAPS) >= 150
    assert len(ALL) - len(TRAPS) >= 75


@pytest.mark.parametrize("text", TRAPS)
def test_a_trap_raises_nothing(text: str) -> None:
    raised = [(hit.rule.id, hit.words) for hit in SHIPPED.match(text).flags if hit.rule.raises_issue]
    assert raised == []
    assert classify(SHIPPED.match(text)).route not in ("issue", "human")


@pytest.mark.parametrize(("text", "issues"), [case for case in ALL if case[1] != "-"])
def test_the_issue_beside_it_is_raised(text: str, issues: str) -> None:
    raised = {hit.rule.category for hit in SHIPPED.match(text).flags if hit.rule.raises_issue}
    for wanted in issues.split(" "):
        assert raised & set(wanted.split("/")), raised
