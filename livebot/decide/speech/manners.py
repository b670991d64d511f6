"""Rules about how a shop speaks to its viewers: no insults, no threats, no blame passed on, no terms that deny their rights."""

from typing import Final

from livebot.decide.speech.rules import GuardRule, Level


def conduct(
    kind: str,
    id: str,
    article: str,
    like: str,
    zh: str,
    en: str,
    *,
    inside: str = "",
    unless: str = "",
    negatable: bool = True,
    askable: bool = False,
    verdict: Level = "block",
) -> GuardRule:
    return GuardRule(
        id=id,
        kind=kind,
        verdict=verdict,
        article=article,
        like=like,
        inside=inside,
        unless=unless,
        negatable=negatable,
        askable=askable,
        zh=zh,
        en=en,
    )


_INSULT: Final = ("insult", "insult", "消费者权益保护法 27")
RUDE: Final = ("对观众不尊重", "an insult")
_UNFAIR: Final = ("unfair_terms", "unfair_terms", "消费者权益保护法 26")
_TERMS: Final = ("免除商家责任的条款无效", "a term that denies buyers their rights")

RULES: Final = (
    conduct(
        *_INSULT,
        r"傻逼|傻b|煞笔|沙比|傻叉|傻x|傻冒|傻帽|傻子|沙雕|智障|脑残|弱智|白痴|蠢货|蠢猪|蠢得|太蠢|你蠢|真蠢|二货(?:$|"
        r"[,!。~吧啊])|废物|垃圾人|人渣|贱人|贱货|犯贱|婊|杂种|畜生|狗东西|狗眼|王八|混蛋|滚蛋|滚吧|滚开|滚出|滚粗|去死|"
        r"死全家|神经病|有病(?:吧|啊|呀|$)|脑子(?:有|进|不好|坏|有问题)|没脑子|你瞎|眼瞎|瞎了|瞎吗|耳聋|聋了|没素质|"
        r"没教养|不要脸|臭不要|丢人现眼|穷鬼|穷逼|穷就|穷酸|土包子|乡巴佬|屌丝|土鳖|黑粉|杠精|喷子|键盘侠|戏精|精神病|"
        r"妈的|他妈|特么|tmd|nmsl|cnm|\bsb\b|操你|草你|艹|尼玛|放屁|狗屁|屁事|屁话|白嫖|吃饱了撑",
        *RUDE,
        inside="",
        unless="智障人士|usb|神经病学|傻瓜|傻子瓜|黑粉色|废物利用|狗东西南北|弱智能|傻子都会用|垃圾袋|滚筒",
        negatable=False,
    ),
    conduct(
        *_INSULT,
        r"(?:^|[,!。 你])滚(?:$|[,!。~ ])|买不起|爱买不买|不买(?:拉倒|滚|就滚|就走|别问|别看|别来|别废话|算了|就别|"
        r"就闭嘴)|没钱(?:就|还|你|也)?(?:看|买|来|问|逛|凑|装|别|不要|滚|不用|少|回)|穷人|嫌贵(?:就)?(?:别|滚|走|出门)|"
        r"关你(?:什么)?事|跟你有(?:什么|"
        r"毛)关系|闭嘴|少废话|废话(?:真|太|多|少)|别废话|烦死|烦不烦|烦人|真烦|懒得(?:理|回|跟)你|就你(?:事|话|屁|能|懂|"
        r"聪明)|你懂(?:个|什么|啥)|没见过世面|(?:你|您)?(?:自己)?不(?:会|识|认)(?:看|字)(?:吗|啊|么)|不识字|看不懂(?:中文|"
        r"人话|字)|听不懂人话|说了八百遍|问(?:什么|啥)问|别问了烦|有完没完|没完没了|你是不是(?:瞎|傻|有病|脑|聋|蠢)|你配|"
        r"你(?:是|个)?(?:猪|狗|傻|驴)|长点(?:脑子|心|眼)|没长(?:脑|眼)|(?:^|[,!。])神经(?:$|[,!。])|一群(?:穷|傻|蠢|废)|"
        r"别进来|脸皮(?:真|这么|太)?厚|贪(?:小)?便宜(?:的人|没够|还)|占便宜没够|活该|自作自受|你算(?:老几|什么)|别来烦|"
        r"胖(?:子|得|成)(?:这样|像猪|也|还)|胖成|丑(?:人|八怪|死)|这么胖还|长成这样|抠门|小气鬼|神经(?:兮兮|吧)",
        *RUDE,
        unless="别人|丑八怪玩偶|如果没钱",
        negatable=False,
    ),
    conduct(
        *_INSULT,
        r"(?:这种|这|就你这|你这|你们这)(?:智商|素质|脑子|水平|眼神|穷|德行|德性|嘴脸)|你(?:妈|爹|爸|全家|祖宗|大爷)(?:没|"
        r"的|死|怎么|是|就)|丢人(?:$|[,!。~ 了现])|(?:穷|丑|胖|笨|蠢|傻)成|穷(?:还|就别|装|得|人就|货)|你§{0,8}(?:烦|恶心|"
        r"讨厌|欠揍|欠骂|找骂|有毛病|脑残|进水|无理取闹|胡搅蛮缠|不可理喻)|(?:就|赶紧|给我|你|快|都|请|麻烦)滚|滚(?:远|"
        r"一边|回|犊|你|得|蛋)|脑子(?:进|被|让|缺|坏|短路)|(?:别|不要)在(?:这|这儿|这里|我)(?:丢|装|瞎|撒|叫|逼逼|bb|哔哔|"
        r"叽|闹|现眼)|装什么|逼逼|哔哔|bb什么|瞎(?:逼|叫|嚷|bb)|吵什么|叫什么叫|问那么多|这么多事|事(?:真|这么|那么|"
        r"儿?真)多|矫情|玻璃心|没人(?:求|逼)(?:着)?(?:你|您)|(?:你|您)爱(?:信|来|看|要)不|恶心人|不要b?脸|低素质|贱(?:$|"
        r"[,!。货人嘴])|垃圾(?:$|[,!。人玩])",
        *RUDE,
        unless="滚筒|滚轮|滚珠|滚边|滚动|别人|麻烦您|麻烦你|垃圾(?:袋|桶|箱|处理|分类|篓)|厨余|扔垃圾",
        negatable=False,
    ),
    conduct(
        *_INSULT,
        r"\b(?:idiots?|stupid|morons?|dumb(?:ass)?|losers?|retard(?:ed)?|jerks?|fools?|shut up|shut your|fuck(?:ing)?|"
        r"bitch|asshole|bastard|trash people|scumbag|crap off|get lost|piss off|screw you|go away|cheapskates?|"
        r"broke people|you people|are you blind|can't you read|stop whining|stop complaining|nobody asked|cry about it|"
        r"ugly|fatso|pathetic|clueless|brain ?dead)\b",
        *RUDE,
        unless=r"fool[- ]?proof|dumbbell|silly putty",
        negatable=False,
    ),
    conduct(
        *_UNFAIR,
        r"(?:所有|全部|全场|一切|任何)?§{0,4}(?:一律|概|均|全部|统统)不(?:支持|接受|允许|提供)?§{0,3}(?:退|换)|(?:概|一律|"
        r"一概|均|统统|坚决|绝)不(?:予|能|给|可以)?(?:退|换|退换|退货|退款|退钱|受理|负责)|(?:离柜|售出|出售|拆封|开封|"
        r"拆开|拆包|试穿|签收)(?:后|即|之后|了|就)?(?:一律|一概|概|均|都)?(?:不退|不予|不能退|不给退|概不|不负责|"
        r"不退不换)|最终解释权|解释权归|(?:质量问题|坏了|破损|少件)§{0,4}(?:也|都|一律|概)?不(?:退|换|管|负责|赔|补)|"
        r"(?:不退不换|不退换)(?:$|[,!。~ ])|后果自负|(?:店铺|本店|我们|商家)§{0,3}(?:概|一律|均)?不(?:承担|负)(?:任何|"
        r"一切)?(?:责任)?(?:$|[,!。~ ])",
        *_TERMS,
        negatable=False,
        askable=True,
        unless="吗|不适用七天|定制|内衣|内裤|泳衣|贴身|生鲜|易腐|耳(?:饰|钉|环)|一次性",
    ),
    conduct(
        *_UNFAIR,
        r"\ball sales (?:are )?final\b|\bno (?:refunds?|returns?|exchanges?)(?:,| or| and| even|$|!|\.| under| whatsoever|"
        r" ever)",
        *_TERMS,
        negatable=False,
        askable=True,
    ),
    conduct(
        "insult",
        "insult.threat",
        "消费者权益保护法 27",
        r"(?:拉黑|禁言|踢(?:了|出|走|人)|踢你|屏蔽|封(?:了)?你|拉进?小黑屋|小黑屋)(?:$|[^功])|(?:曝光|公开|挂出|人肉|起诉|"
        r"告|报警抓|收拾|弄|治)"
        r"(?:了)?(?:你|您)(?:$|[^们的])|等着(?:瞧|收|吃)|走着瞧|给我等着|(?:你|您)(?:给我)?(?:小心|当心)(?:点|着)|律师函|"
        r"(?:我们|我)?知道你(?:家|住|"
        r"地址|电话)|职业打假|恶意(?:退货|差评|退款|买家)|碰瓷|讹(?:人|钱|诈)?|敲诈",
        "威胁或指责观众",
        "threatens or accuses a viewer",
        unless="如何|怎么|被平台|被禁言|误|申诉|解除|广告|引流|辱骂|骗子|提醒|防止|谨防|告诉|告知|公告|骂人|刷屏的|违规|文明",
    ),
    conduct(
        "blame",
        "blame",
        "消费者权益保护法 23 · 24",
        r"(?:不关|不干|与|跟|和)(?:我们?|咱们?|店铺|店家|卖家|本店|商家|主播)(?:的)?(?:店|家)?(?:无关|没关系|没有关系|"
        r"没半点|没啥关系|什么事|啥事|的?事)|"
        r"(?:不是|不怪|不赖|别怪|别赖|怪不得|怪不到)§{0,2}(?:我们?|店铺|店家|卖家|商家|主播)(?:的)?(?:责任|问题|错|头上|"
        r"事|$|[,!。])|(?:是|怪|赖|"
        r"怨)(?:你|您)(?:们)?自己|(?:你|您)自己(?:的)?(?:问题|责任|错|弄|搞|不会|没看|不看|洗坏|用坏|摔|选|拍错|买的|"
        r"要买)|自己(?:不会|没看|不看|手残|"
        r"笨|瞎|眼|选错|乱)§{0,10}(?:怪|赖|怨|还来|别|活)|谁(?:让|叫|要)(?:你|您)|怪不(?:了|着|到|得)|怪(?:谁|得了谁|我们?|我咯|我喽|"
        r"你|您)|"
        r"赖(?:谁|我们)|我们不(?:管|负责|认|背锅|承担)|"
        r"(?:这|那|这个|这事|这种)(?:事|个)?(?:我们|我)?(?:不归我|管不着|管不了|没法管|概不|不管)|(?:找|问|去找)(?:快递|"
        r"厂家|物流|平台|别人|"
        r"警察)§{0,2}(?:去|说理|理论|别找我)|(?:别|不要|少)(?:来)?(?:找|烦|赖|问|怪)(?:我们?|主播|店家|客服)|(?:投诉|举报|"
        r"差评|告|12315|工商|"
        r"消协|维权)§{0,8}(?:也没用|没用|随便|随你|不怕|无所谓|奈何|爱去|你去|就去|尽管|管不|白搭)|(?:随便|随)(?:你|"
        r"您)(?:们)?(?:投诉|举报|怎么|告|去|"
        r"便|吧|$|[,!。])|(?:爱|想)(?:咋|怎么?|要)(?:咋|怎么?|不要)(?:地|的|着|样)?|(?:退货|售后|差价|运费|"
        r"损失)§{0,4}(?:自己|自行)(?:承担|负责|解决|想办法|"
        r"看着办)|自认倒霉|认栽|没办法(?:就)?(?:这样|只能这样)|就这样(?:吧)?[,]?爱|你想多了|(?:是)?(?:你|"
        r"您)(?:的)?心理(?:作用|问题)|一分(?:价)?钱一分货"
        r"|这个价(?:格|位)?(?:还|你)?(?:想|要|指望|嫌|挑)|便宜没好货|不满意(?:就)?(?:别|去|滚|找)",
        "推卸责任或冲撞观众",
        "passes the blame on, or snaps at a viewer",
        negatable=False,
        unless="为准|无关紧要|跟您说|和您|请您?(?:放心|联系)|登记|核实|对不起|抱歉|是我们|怎么办理|客服帮|自己(?:的)?(?:喜好|"
        "习惯|情况)|随便看|"
        "随便逛|随便问|随便挑|随便选|的时候|代购|冒充|第三方",
    ),
    conduct(
        "blame",
        "blame.en",
        "消费者权益保护法 23 · 24",
        r"\bnot (?:our|my) (?:problem|fault|responsibility|job|business)|\b(?:your|you're) (?:own )?(?:fault|problem)\b|"
        r"\byour own (?:fault|problem)|"
        r"\b(?:blame|sue) (?:yourself|the courier|us all|me all)|\bdeal with it\b|\bgood luck (?:complaining|with that)|"
        r"\bcomplain all you (?:want|like)|"
        r"\b(?:block|ban|kick|mute|expose) (?:you|your)\b|\btake it or leave it|\bdon't (?:bother|blame) (?:us|me)|"
        r"\bgo (?:complain|cry)|"
        r"\byou (?:should have|should've) (?:read|looked|known|checked)|\bcan't afford\b|\byou (?:get|"
        r"got) what you pa(?:y|id)",
        "推卸责任或冲撞观众",
        "passes the blame on, or snaps at a viewer",
        negatable=False,
        unless="sorry|we'll check",
    ),
    conduct(
        *_INSULT,
        r"傻(?:der|d|缺|屌|鸟|货|蛋|样|狗|吊|比|波一)|(?:你|您)全家(?:都|才|全|也)|自己(?:胖|丑|黑|穷|笨|蠢|矮|瞎|手残|没文化|腿粗|"
        r"脸大|眼神)§{0,6}(?:怪|赖|还|嫌|就|别)",
        *RUDE,
        unless="都能|都可以|都适合",
        negatable=False,
    ),
    conduct(
        "blame",
        "blame",
        "消费者权益保护法 23 · 24",
        r"(?:投诉|举报|告状?|起诉|曝光|给?差评)去(?:吧|呗|啊|好了|$|[,!。~])|不怕(?:你|您)?们?(?:投诉|举报|告|差评|曝光)|(?:我们|我|"
        r"店里|本店)(?:也|可|才|真|从来)*不怕(?:$|[,!。~])",
        "推卸责任或冲撞观众",
        "passes the blame on, or snaps at a viewer",
        negatable=False,
    ),
    conduct(
        *_UNFAIR,
        r"不(?:参与|享受|支持|提供|接受|予|含)§{0,3}(?:任何|一切|所有)?(?:的)?售后|(?:不接受|拒绝|谢绝|不允许)(?:任何)?(?:退|换)|"
        r"最终(?:的)?解释|解释的权利|(?:介意|不能接受)(?:者|的)?(?:勿|别|不要|慎)(?:拍|下单|买)§{0,4}"
        r"(?:不退|概不|后果)|(?:瑕疵|破损|质量问题|色差)§{0,6}(?:属)?正常§{0,6}(?:不退|不换|不赔|拒绝|不予|不处理)|(?:不得|不许|禁止|"
        r"不准)(?:给)?(?:差评|投诉|退货|退款|申诉)|超时(?:一律)?不(?:受理|处理|负责)",
        *_TERMS,
        negatable=False,
        askable=True,
        unless="吗|定制|内衣|泳衣|生鲜",
    ),
    conduct(
        *_UNFAIR,
        r"\b(?:this |the )?sale is final\b|\bno (?:returns?|refunds?|exchanges?)\b§{0,14}\b(?:or|and|accepted|allowed|given|for any|"
        r"on sale)\b|\b(?:no|without any) (?:after[- ]sales?|liability|recourse)\b",
        *_TERMS,
        negatable=False,
        askable=True,
    ),
    conduct(
        *_UNFAIR,
        r"\b(?:all|everything|items?|products?|sales?)\b§{0,12}\bnon[- ]?(?:refundable|returnable|exchangeable)\b",
        *_TERMS,
        negatable=False,
        askable=True,
        unless="custom|personali",
    ),
    conduct(
        *_UNFAIR,
        r"\bcan never be (?:returned|refunded|exchanged)\b|恕不(?:退|换|负责|"
        r"受理)",
        *_TERMS,
        negatable=False,
        askable=True,
        unless="定制|内衣",
    ),
    conduct(
        *_UNFAIR,
        r"不(?:支持|接受|提供|给予)任何(?:形式的?|理由的?)?(?:退|换|"
        r"售后)",
        *_TERMS,
        negatable=False,
        askable=True,
        unless="定制|内衣|生鲜",
    ),
)
