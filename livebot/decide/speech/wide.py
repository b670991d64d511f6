"""Wide nets: what sounds like a promise, a cure, a boast or a brush-off in words that no narrower rule lists is shown to a person first."""

from typing import Final

from livebot.decide.speech.promises import ADS, BY_THEN, GIFT, MONEY, SAFE, TIME, WARRANTY, promise
from livebot.decide.speech.rules import GuardRule

_CAREFUL: Final = (
    r"少吃|少喝|不宜|忌|医生|就医|医院|遵医嘱|停用|停止|慎|不适合|不建议|登记|客服|小心|注意|避免|别|不要|容易|会不会|万一|如果|的话|"
    r"不能|没有|反馈|抱歉|"
    r"鞋|码|怎么|吗|哪"
)
_ACTS: Final = (
    r"(?:登记|核实|查|看一?下|看看|问(?:$|[^题])|转接|转人工|转给|反馈|记|讲|说|介绍|试|找|展示|演示|链接|解释|回答|"
    r"解答|提醒|量|道歉|催|处理(?:$|[^好完掉])|"
    r"确认|安排(?:$|[^今明后马])|联系|通知|放大|拿近|翻|换个|调|关|开|读|念|对比|推荐|选|挑|搭|讲解|截图|备注|跟进|对照|喊|留意|盯|"
    r"带话|传话|捎|算一?下|称一?下|"
    r"申请|核对|检查|建议|参考|整理|总结)"
)


def _wide(
    id: str, kind: str, article: str, like: str, zh: str, en: str, *, inside: str = "", unless: str = "", near: str = ""
) -> GuardRule:
    return GuardRule(
        id=f"{id}.wide",
        kind=kind,
        verdict="block" if kind in {"insult", "fabricated", "off_platform"} else "needs_evidence",
        article=article,
        like=like,
        unless=unless,
        wide=True,
        zh=zh,
        en=en,
    )


_CURE: Final = ("像在说治病或功效，要有依据", "sounds like a cure or an effect, which needs proof")
_BOAST: Final = ("像在跟别家比或夸大，要有证据", "sounds like a boast or a comparison, which needs proof")
_COLD: Final = ("像在顶撞观众或推责任", "sounds like a brush-off")
_POSE: Final = ("像买家的口气", "sounds like a buyer")

RULES: Final = (
    promise(
        "wide.service",
        r"(?:我们?|咱们?|店里|店铺|本店|这边|老板|厂家|公司)(?:自己|直接|全|都|就|会|再|可以|马上|一定|还|也|来|个人|肯定|"
        r"今晚|明天|绝对|愿意|保证)*"
        r"(?:把|给|帮|替|包|兜|赔|补|退|返|送|寄|换|修|贴|垫|负责|承担|保(?:你|您|证)|免|担着|扛|背|认)§{0,8}",
        *WARRANTY,
        article=ADS,
        verdict="needs_evidence",
        inside=r"我们?(?:不|没)|(?:把|给|帮|替)§{0,6}" + _ACTS,
        unless=r"为准|不退|不送|不补|不赔|不包|不能|没法|没有|无法|吗|帮不|管不|抱歉|道歉|对不起|把关|认真|认准|认识|承认|免得|送货|换季|"
        r"认为",
    ),
    promise(
        "wide.money",
        r"(?:退|返|减|送|领|补|赔|省|便宜|少收|让|抵|回)(?:给)?(?:您|你|大家|个|现)?(?:了)?(?:¥|￥)?№(?:块|元|毛|角|刀|%|"
        r"$|[,!。~])|一分(?:钱)?(?:都)?不(?:少|"
        r"扣)|(?:钱|款|全款|货款)§{0,4}(?:如数|全数|原数|一分不少|全部|都)§{0,3}(?:给|退|还)|(?:拿|寄|退)回来§{0,6}(?:给|"
        r"退|赔|换|钱)|"
        r"(?:差的|多的|贵的|少的|亏的|降的)(?:部分|钱|那)?§{0,4}(?:补|退|返|给|还)",
        *MONEY,
        article=ADS,
        verdict="needs_evidence",
        unless="为准|规则|结算页|吗|多少|怎么|问|没|不返|不退|登记|尺|厘米|赔偿标准",
    ),
    promise(
        "wide.time",
        rf"{BY_THEN}§{{0,10}}(?:到(?:仓|货|家|位|您|你|$|[,!。~])|回(?:您|你|复|电)|来货|补齐|出(?:库|仓|结果|来)|(?:修|换|"
        rf"弄|办|搞|补|做)(?:好|完|上)|"
        r"解决|赶(?:上|到|得)|收得到|穿(?:得)?上|用(?:得)?上)",
        *TIME,
        verdict="needs_evidence",
        unless=SAFE + "|见|上新|补光|补妆|回放|回看|回来|没到|不到",
    ),
    promise(
        "wide.gift",
        r"(?:加|多|再|额外|另外|还|另|都|全都|通通)(?:给|发|寄|装|拿|送|塞|配|附|放|带)(?:您|你|大家)?(?:一|两|№|个|份|几|"
        r"小)|(?:有|拿|给)(?:惊喜|彩蛋|福袋|伴手礼|"
        r"小礼物|小心意|大礼包)",
        *GIFT,
        article=ADS,
        verdict="needs_evidence",
        inside="加一|多一|带一",
        unless=SAFE + "|最多|颜色|款|尺码|链接|码|种|步|次|号|条评论|张图|分钟|会儿|遍|消息|链接|袋子里|备用",
    ),
    _wide(
        "medical.cure",
        "medical",
        "广告法 17",
        r"(?:鼻子|鼻|嗓子|喉咙|眼睛|耳朵|牙齿?|牙龈|头|脖子|肩膀?|腰|背|腿脚?|膝盖|关节|胃|肚子|肠胃?|皮肤|脸上?|手|脚|"
        r"身体|浑身|骨头|筋|血管)§{0,3}"
        r"(?:不通|堵|疼|痛|酸|麻|肿|胀|痒|抽筋|发炎|难受|不舒服|不好|没劲|冰凉|凉)|(?:病人|患者|化疗|放疗|手术后|术后|"
        r"透析|心梗|脑梗|中风|偏瘫|慢性病|"
        r"老毛病|病号)|(?:一觉|倒头|秒睡|睡得|睡到|好睡|入睡|睡眠)§{0,5}(?:天亮|自然醒|香|沉|快|好|就|质量|踏实)",
        *_CURE,
        unless=_CAREFUL,
    ),
    _wide(
        "medical.cure",
        "medical",
        "广告法 17",
        r"(?:闻|喝|吃|贴|抹|涂|敷|擦|喷|戴|泡|含|冲)(?:了|上|完|着|它|一下|这个|№|几)?(?:一)?(?:下|口|杯|次|天|片|粒|包|"
        r"贴|周|个?月|晚)?§{0,6}(?:就|立刻|马上|"
        r"明显|慢慢)(?:会)?(?:通|退|消|好|没|轻|缓|舒服|有劲|精神|顺|白|紧|淡|平|亮|嫩|瘦|降|下来|见效)|(?:从|"
        r"由)№§{0,4}(?:降|掉|减|瘦)(?:到|至|成)№|"
        r"白(?:回来|了)?(?:№|好几|几)个?(?:度|色号)|(?:老中医|神医|郎中|方子|老方子|古方|宫廷方|御方)|(?:医生|护士|专家|"
        r"教授|营养师)§{0,4}(?:自己|家里|也|都|"
        r"私下)§{0,3}(?:用|吃|喝|囤|推荐)",
        *_CURE,
        unless=_CAREFUL + "|污|垢|衣|锅|油|地板|玻璃|泡开|口感|味|融化|化开|冲泡",
    ),
    _wide(
        "absolute.above.others",
        "absolute",
        "广告法 11 · 13",
        r"(?:没有?(?:人|谁|哪家|一家|哪个|第二)|谁|哪家|别人)§{0,4}(?:打得过|比得|比不|敢(?:这|跟|和|做|卖)|能比|能做到|"
        r"做得到|做不到|拼得过|卖得过|追得上|卖这个)|"
        r"吊打|碾压|完胜|完爆|秒杀(?:$|[^价活专场款单商开抢页倒时的])|(?:超市|市面上?|外面|别处|网上|专柜|商场|同行|其他|"
        r"别的|别家)§{0,6}(?:卖|买|那些|家|货|的)"
        r"§{0,8}(?:差|假|次品|垃圾|比不了|不行|没法比|贵)|№(?:个|位)(?:人|姐妹|妈妈|顾客)?(?:里|中|用了|买了|用|"
        r"买)?§{0,4}(?:有)?№(?:个|位)(?:都|说|人|回购|会)|"
        r"天花板|顶配级|神仙(?:面|水|产|品|级)|无敌|王炸|封神|(?:没有|没)(?:对手|缺点|瑕疵|毛病)|零(?:瑕疵|缺点)|一(?:次|"
        r"辈子|个)顶(?:№|几)|yyds|永远的神",
        *_BOAST,
        unless="不敢|不能|吗|没有人工|怎么|天花板灯|谁能|哪家店|检查|尽量|检验",
    ),
    _wide(
        "fabricated.buyer",
        "fabricated",
        "电子商务法 17",
        r"作为§{0,8}(?:老粉|粉丝|顾客|买家|用户|宝妈|过来人|老客|消费者|妈妈)|(?:^|[,!。~ ])(?:刚|刚刚|终于|总算|已经|"
        r"果断|火速|赶紧)(?:抢|拍|买|秒|下单|付款|入手)"
        r"(?:到|了|完|好|下)?(?:$|[,!。~])|我(?:也|刚|都|已经|早就|早|上周|上次|上个?月|前天|昨天|前几天|去年|"
        r"双十一)(?:也|就|刚|都|才|又)*(?:买|拍|入|囤|下单|抢)(?:了|过|的|到|完)|(?:我|我家)§{0,4}(?:也|都)§{0,4}(?:好评|"
        r"满意|回购|种草)|(?:没|不)(?:踩雷|失望|后悔)§{0,4}(?:买|拍|推荐)?|"
        r"(?:买|拍|用)(?:过|了)§{0,6}(?:不后悔|没后悔|值了|真值|香|上瘾)",
        *_POSE,
        unless="您|你|吗|大家|欢迎",
    ),
    _wide(
        "insult",
        "insult",
        "消费者权益保护法 27",
        r"(?:你|您)(?:这|那)(?:体型|身材|脸|肤色|智商|脑子|态度|水平|年纪|腰|腿|肚子|品味|条件|种人|样的|个人|体重|眼光)|"
        r"有(?:本事|能耐|种你|胆)|听不懂|"
        r"(?:都|早就?|刚才?就?)(?:说|讲)(?:了|过)(?:$|[,!。吧]|没|多少|几|八|一百|不|好多)|(?:说|讲)了?(?:多少|好几|几百|"
        r"八百)遍|不会自己(?:看|找|搜|查)|没(?:长|带)"
        r"(?:眼|脑|手)|为难(?:衣服|我|人)|(?:你|您)(?:急|催)(?:什么|啥)|催(?:什么|啥|命)|(?:你|您)(?:到底|究竟)|别(?:杠|"
        r"抬杠|瞎|乱|老|一直|总)(?:说|问|带节奏|刷|抬|讲|"
        r"$|[,!。])|计较|较真|你行你上|你(?:不|别)(?:懂|会)(?:就|别|装|还)|自己(?:作|找)的|(?:嫌|怕)(?:贵|麻烦|丑|"
        r"慢)(?:你|您|就|那)",
        *_COLD,
        unless="不好意思|抱歉|我们|刷屏|谢谢",
    ),
    _wide(
        "offplatform.contact",
        "off_platform",
        "平台规则（导流）· 直播电商监督管理办法",
        r"暗号|(?:私信|私聊|私|戳|滴滴|踢)(?:一?下)?(?:我|主播|老板|店主|咱)§{0,8}(?:发|给|拿|领|要|报|链接|买|便宜|聊|"
        r"优惠|价|$|[,!。~])|(?:外面|别处|线下|"
        r"站外)§{0,3}(?:买|拍|拿)§{0,3}(?:更|还|要)?(?:便宜|划算|低)|(?:别|不要|不用|不)走(?:小黄车|购物车|链接|平台)|"
        r"企业微信|企微|(?:加|找|联系)(?:一?下)?(?:我们?的?|"
        r"咱们?的?)?(?:小助理|小助手|助理|导购|群主|店主|老板|"
        r"管理员|专属顾问|顾问)(?:$|[,!。~ 的领拿了私报要])|(?:我|这边)?(?:私|单独)(?:发|给)(?:您|你)(?:个)?(?:码|链接|号|"
        r"图)|(?:收|转|打)(?:我|个|点)?(?:定金|押金|保证金)|"
        r"(?:看|搜)(?:我|主播)(?:的)?(?:名字|昵称|头像|资料|简介)",
        "像是把观众引到平台外",
        "sounds like leading viewers off the platform",
        unless="骗|假冒|冒充|别信|勿信|谨防|不是我们|店铺客服|在线客服",
    ),
    _wide(
        "en",
        "commitment",
        "广告法 28(2)",
        r"\b(?:pain|ache|itch|wrinkles?|acne|headache|spots?|redness)s?\b§{0,12}\b(?:gone|disappears?|vanish(?:es)?|"
        r"goes away|fades?)\b|\b(?:no (?:extra )?charge|"
        r"free of charge|no cost|at no cost|on us)\b|\bif it (?:breaks|fails|fades|rips|doesn't)\b|\b(?:we|i)(?:'ll|"
        r" will)? (?:send|give|mail|ship|throw in|cover|"
        r"replace|refund|pay)\b§{0,10}\b(?:you|a new|one|it|another|for)\b|\b(?:nobody|no one|"
        r"no other)\b§{0,10}\b(?:sells?|beats?|has|makes?|offers?|comes)\b|"
        r"\b(?:everyone|everybody) (?:in my|i know|is buying|loves)|\bmy (?:kids?|mom|dad|wife|husband|family|sister|"
        r"friends?)\b§{0,12}\b(?:uses?|loves?|wears?|"
        r"drinks?|swears?)|\bprivate price\b|\bspecial price (?:just )?for you|\b(?:hi|hey|hello|"
        r"dear) [a-z]{2,14}\b[, ]§{0,40}\b(?:you (?:bought|ordered)|your "
        r"(?:order|refund|package|parcel|return))\b|\bon your doorstep|\bpromise\b|\bguarantee[ds]?\b",
        "像是承诺或夸大，要有依据",
        "sounds like a promise or a boast, which needs proof",
        unless=r"n't|cannot|\bnot\b|\bno promise|shop message|see the|sorry",
    ),
    promise(
        "wide.time",
        r"№(?:分钟|个?小时|天)(?:之?内|以内)(?:$|[,!。~])",
        *TIME,
        verdict="needs_evidence",
        near=r"联系(?:您|你)|回复(?:您|你)|发货|发出|到货|送到|退款|解决|处理|搞定|补发|寄出|到账",
        unless=SAFE,
    ),
)
