"""Rules about people: what the room must not learn of anybody, and what nobody may be asked to say in public."""

from typing import Final

from livebot.decide.speech.rules import GuardRule, Level

_ARTICLE: Final = "个人信息保护法 25"
_DEAL: Final = (
    r"(?:退款|退货|退了|退给|换货|到账|已?发货|已?发出|已?寄出|签收|快递|包裹|物流|派送|订单|下单|拍的|拍了|买的|买了|"
    r"购买|付款|付了|抢到|中奖|补发|取件|单号|地址|收货|定的|订的|货|赔)"
)
_DONE: Final = r"(?:已经?|了|到账|成功|发出|在路上|今天|明天|昨天|正在|签收|通过|完成|到了|寄|尾号|没付款|未付款|快到)"


def _people(
    id: str, like: str, zh: str, en: str, *, inside: str = "", unless: str = "", verdict: Level = "block", negatable: bool = False
) -> GuardRule:
    return GuardRule(
        id=f"privacy.{id}",
        kind="privacy",
        verdict=verdict,
        article=_ARTICLE,
        like=like,
        inside=inside,
        unless=unless,
        negatable=negatable,
        askable=False,
        zh=zh,
        en=en,
    )


_NAMED: Final = ("把某个人买了什么、退了什么告诉了全场", "tells the room what somebody bought or got back")
_ASKED: Final = ("让观众在公屏上写个人信息", "asks for personal data in public")
_PUBLIC_FORM: Final = r"已登记$|请看店铺客服消息|店铺客服消息"

_SURNAMES: Final = (
    "张王李赵刘陈杨黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董程曹袁邓许沈曾彭吕苏卢蒋蔡贾丁魏薛叶余潘杜戴夏钟汪田任姜范方姚"
    "谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙段雷钱汤尹黎易武乔贺赖龚"
)

RULES: Final = (
    _people(
        "purchase",
        rf"@[^\s@:,]{{1,24}}[\s,:]*[^。!?]{{0,14}}?(?:您|你|亲|宝|姐|"
        rf"哥)?(?:的)?[^。!?,]{{0,8}}{_DEAL}[^。!?]{{0,12}}?{_DONE}",
        *_NAMED,
        unless=r"已登记|可以?看|怎么|看(?:订单页|商品页|店铺|购物车)|有货|现货|规则|请看|私信",
    ),
    _people(
        "purchase",
        r"@[^\s@:,]{1,24}[\s,:]*(?:您|你|亲|宝|姐|哥)?(?:上次|昨天|今天|刚才|刚|之前|前天)?(?:买|拍|订|下单|购)(?:的|了)|"
        r"@[^\s@:,]{1,24}§{0,8}(?:您|你)的(?:订单|包裹|快递|退款|退货|地址|电话|尾款|定金)(?:$|[^信可请怎看])",
        *_NAMED,
        unless=r"已登记|可以?看|怎么|请看|私信",
    ),
    _people(
        "purchase",
        rf"(?:^|[,!。~ ])(?:恭喜|感谢|谢谢|欢迎)?[一-鿿]{{1,3}}(?:女士|先生|小姐|阿姨|大姐|大哥|同学|老师)[\s,:]*(?:您|"
        rf"你)?(?:的)?§{{0,8}}{_DEAL}",
        *_NAMED,
        unless=r"请看店铺|男士|女士(?:款|包|鞋|手表|内)|先生款",
    ),
    _people(
        "purchase",
        r"(?:恭喜|感谢|谢谢)@?[^\s,。!?]{1,14}[\s,]*(?:姐|哥|宝)?§{0,4}(?:抢到|拍下|下单|成功|付款|买了|拍了|购买|中奖|"
        r"带走|拿下|入手)",
        *_NAMED,
        unless="大家|家人们|各位|所有|每一位|朋友们|宝宝们|姐妹们|的朋友|成功案例|您(?:的)?(?:关注|支持)",
    ),
    _people(
        "purchase",
        rf"(?:^|[,!。~ @])(?:小|老|阿)[一-鿿](?:您|你)?(?:的|买|拍|订)§{{0,8}}{_DEAL}§{{0,8}}{_DONE}",
        *_NAMED,
        unless="请看店铺|小票|小样|老板|小店|小店的|小号|小码|小件|老客|小包|小程|老款",
    ),
    _people(
        "purchase",
        r"@[^\s@:,]{1,24}[\s,:]§{0,30}?\b(?:your )(?:refund|order|package|parcel|return|purchase|address|"
        r"payment)\b§{0,24}?\b(?:has|have|was|were|is|shipped|arrived|of|for|on|issued|delivered)\b|"
        r"@[^\s@:,]{1,24}[\s,:]§{0,20}\byou (?:bought|ordered|returned|paid)\b",
        *_NAMED,
        unless=r"\b(?:noted|see the message|please (?:see|check) (?:the|your) (?:shop|message))\b",
    ),
    _people(
        "purchase",
        r"(?:^|[.!] ?)[a-z]{2,14},? (?:the|your) §{0,24}?\b(?:you (?:bought|ordered|returned)|order|refund|package|"
        r"parcel)\b§{0,24}?\b(?:shipped|delivered|arrived|issued|on (?:its|the) way|refunded|processed)\b",
        *_NAMED,
        inside=r"^(?:when|once|after|if|is|was|see|check|track|all|for|until|where|has|and|that|please|noted|hi|yes|no|sorry|tap|"
        r"use|the|then|but|so)\b",
    ),
    _people(
        "purchase",
        r"(?:^|[,!。~ @给])[一-鿿]{1,2}(?:姐|哥|总|叔|嫂|女士|先生)§{0,3}(?:您|你)(?:的|那|买|拍|订|定|"
        r"上次)§{0,12}(?:发|寄|到|退|签|送|件|单|货)",
        *_NAMED,
        unless="请看店铺|小姐|空姐|师哥",
    ),
    _people(
        "purchase",
        r"恭喜[^,!。?]{1,20}(?:拍|抢|买|带走|拿下|入手|中)",
        *_NAMED,
        unless="大家|家人们|各位|所有|每一位|朋友们|宝宝们|姐妹们|的朋友",
    ),
    _people(
        "purchase",
        rf"(?:用户|顾客|买家|粉丝|客户|网友|会员)[一-鿿]{{2,3}}(?:昨天|今天|前天|上周|刚才|刚刚|刚|已经|上次|"
        rf"的)§{{0,10}}{_DEAL}",
        *_NAMED,
        unless="请看店铺|用户(?:可以|都|们|的话)|会员专享",
    ),
    _people(
        "order.state",
        r"(?:您|你)的(?:订单|退款|退货|包裹|快递|货)§{0,4}(?:已经?|今天|昨天|刚刚?|正在)(?:到账|发货|发出|签收|寄出|退回|"
        r"退|通过|派送|在路上|到)",
        "公开说了某一笔订单的进展",
        "tells in public how one order stands",
        verdict="needs_evidence",
    ),
    _people(
        "refund.amount",
        r"(?:退款|退了|退回|退给|到账|返款|退您|退你|已退|赔付?了?|退差价)(?:了|金额|的|您|你|给您|给你|共|一共|合计|是|"
        r"为|:|¥|￥)*(?:¥|￥)?[0-9]+(?:\.[0-9]+)?(?:元|块|rmb|钱|人民币|$|[,!。~ ])|[0-9]+(?:\.[0-9]+)?(?:元|"
        r"块钱?)§{0,6}(?:退款|已退|退给|退回|退到|原路退|的退款|给您退|给你退|赔付)|\brefund(?:ed)?(?: of| you|:)? ?(?:\$|"
        r"£|€)[0-9]|(?:\$|£|€)[0-9.]+ (?:refund|was refunded|has been refunded)|\byour refund (?:of|has|is|was)\b",
        "公开说了退款金额",
        "tells a refund in public",
        unless="以.{0,10}为准|满[0-9]",
    ),
    _people(
        "asks",
        r"(?:把|将)?(?:您|你|大家)?(?:的)?(?:手机号码?|电话号?码?|手机|收货信息|个人信息|信息|地址|收货地址|姓名|真实姓名|"
        r"身份证号?码?|订单号码?|单号|银行卡号?|微信号|联系方式|验证码|密码)(?:和(?:地址|姓名|电话|手机号))?§{0,3}(?:打|"
        r"发|写|扣|留|报|公布)(?:在|到|一?下)?§{0,3}(?:公屏|评论区|评论|弹幕|屏幕|直播间|公频|下面|下方|这里)",
        *_ASKED,
        negatable=True,
        unless="不要|别|请勿|不能|勿|禁止|千万",
    ),
    _people(
        "asks",
        r"(?:公屏|评论区|弹幕|直播间|评论)(?:里|上|区)?§{0,4}(?:打|发|写|扣|留|报|公布)(?:出|一?下|上)?(?:您|你|"
        r"自己)?(?:的)?(?:手机|电话|地址|姓名|真实姓名|身份证|订单号|单号|银行卡|联系方式|验证码|密码)",
        *_ASKED,
        negatable=True,
        unless="不要|别|请勿|不能|勿|禁止|千万",
    ),
    _people(
        "asks",
        r"(?:发|报|给|留|提供|告诉|说)(?:一?下|我|我们|过来|个|主播|客服)*(?:您|你)?(?:的)?(?:身份证|银行卡|验证码|密码|"
        r"支付密码|手机号|电话号?码?|真实姓名)|(?:手机号码?|电话|身份证号?|银行卡号?|验证码|密码|收货地址)(?:发|报|给|"
        r"告诉|说)(?:给)?(?:一?下)?(?:我|主播)",
        *_ASKED,
        negatable=True,
        unless="不要|别|请勿|不能|勿|禁止|千万|不会|私信店铺客服",
    ),
    _people(
        "asks",
        r"\b(?:post|drop|type|leave|share|comment|write|put|send|tell)\b§{0,16}\b(?:phone|number|address|order number|"
        r"order id|full name|email|card|password)s?\b§{0,20}\b(?:chat|comments?|here|below|public|me)\b",
        *_ASKED,
        negatable=True,
        unless=r"\b(?:don't|do not|never|not|privately|please avoid)\b",
    ),
    _people(
        "address",
        r"[一-鿿]{2,8}(?:省|自治区|市)?[一-鿿]{1,8}(?:市|区|县|镇)[一-鿿]{1,12}(?:路|街|道|巷|村|小区|花园|苑|"
        r"大厦)[一-鿿0-9]{0,12}?[0-9一二三四五六七八九十]+(?:号楼?|栋|幢|单元|室|弄|楼|层)|(?:收货|收件|您的|你的|寄到|"
        r"送到)§{0,3}地址(?:是|为|:)§{2,}(?:路|街|号|村|镇|小区|栋|室)|[0-9一二三四五六七八九十]+(?:栋|幢|单元|"
        r"号楼)[0-9]{2,5}(?:室)?",
        "说出了一个地址",
        "tells an address",
        unless="仓库|退货地址|门店|实体店|店铺地址|发货地",
    ),
    _people(
        "recipient",
        r"(?:收件人|收货人|签收人|姓名|联系人)(?:是|为|:|叫)?[一-鿿]{2,4}(?:$|[,。 :电])",
        "说出了收件人",
        "tells a recipient's name",
        unless="收件人(?:信息|姓名|电话|地址)|怎么|核对|修改|填写|请|本人",
    ),
    _people(
        "purchase",
        r"(?:^|[^小大])[一-鿿](?:姐|哥|总|叔|嫂|婶|姨|女士|先生|老师|阿姨|同学|太太|小姐|大姐|大哥)§{0,3}(?:的|那|这|您|"
        r"你)(?:一|几|个|两|的|买|拍|订|"
        r"笔)*(?:单|订单|货|包裹|快递|退款|退货|裤|裙|鞋|衣服|奶粉|面膜)(?:$|[^价品子])|(?:这位|那位|叫|名叫|昵称|用户名|"
        r"id|尾号)§{1,14}的?(?:朋友|亲|"
        r"姐妹|家人|宝宝|顾客|买家)?[,]?(?:您|你)(?:的|买|拍|订)(?:的)?§{0,10}" + _DEAL,
        *_NAMED,
        unless="请看店铺|小姐姐|主播|客服|空姐|师哥|店长|老板|快递小哥|骑手|物流",
    ),
    _people(
        "purchase",
        r"(?:^|[,!。~ @])[一-鿿]{1,2}(?:姐|哥|总|叔|嫂|姨|婶|女士|先生|小姐|太太|阿姨|老师|同学)[\s,]*(?:您|你)?(?:上次|上回|昨天|"
        r"今天|前天|刚才|刚|之前|上周|一直|老|总)"
        r"(?:就|也|都)?(?:买|拍|订|下单|退|换|要|拿|穿|用)(?:的|了|过)?|(?:叫|id|昵称|用户名)§{1,14}(?:的|那)(?:位|个)?(?:朋友|亲|"
        r"姐妹|家人|宝宝|顾客|买家)?[\s,]*(?:您|你)"
        r"(?:的|买|拍|订|退|换|寄|下)|(?:这|那)(?:位|个)(?:朋友|亲|姐妹|家人|宝宝|顾客|买家)?[\s,]*(?:您|你)(?:买|拍|订|退|换|"
        r"寄)(?:的|了)",
        *_NAMED,
        unless="请看店铺|小姐姐|主播|客服|空姐|师哥|店长|老板",
    ),
    _people(
        "order.state",
        r"(?:您|你)(?:退|寄|换|买|拍|订)(?:的|回的?|来的?)§{0,12}(?:收到|到了|入库|签收|发了|发出|寄出|在路上|到货|退了|已)",
        "公开说了某一笔订单的进展",
        "tells in public how one order stands",
        verdict="needs_evidence",
    ),
    _people(
        "asks",
        r"(?:手机号码?|电话号?码?|身份证号?码?|银行卡号?|验证码|密码|收货地址|详细地址|真实姓名|订单号|订单编号|快递单号)(?:和|跟|"
        r"、)?§{0,4}?(?:请|都|快|直接)?(?:发|报|留|打|告诉|提供)(?:一?下|过来|给我|给主播|给我们|出来|上来|来|"
        r"个|$|[,!。])",
        *_ASKED,
        negatable=True,
        unless="不要|别|请勿|不能|勿|禁止|千万|不会|私信|客服|后台|订单页|发错|留错|不用|无需|不需",
    ),
    _people(
        "asks",
        r"(?:公屏|评论区?|弹幕|直播间|公频|聊天区|下方)§{0,4}(?:打|发|写|扣|留|报|公布|填|回复|提供|输入)§{0,6}(?:手机|电话|地址|姓名|"
        r"身份证|订单|单号|编号|银行卡|联系方式|验证码|密码|收货|个人信息|微信)|"
        r"(?:手机|电话|地址|姓名|身份证|订单号|银行卡|联系方式|个人信息)§{0,10}(?:发|打|写|留|报|填|贴)(?:在|到|至)§{0,2}(?:公屏|评论|"
        r"弹幕|直播间|公频|聊天|这里|下方)",
        *_ASKED,
        negatable=True,
        unless="不要|别|请勿|不能|勿|禁止|千万|不建议|避免|不用",
    ),
    _people(
        "purchase",
        r"(?:用户|买家|顾客|客户|会员|粉丝|昵称)[:为是]?[一-鿿]{1,3}\*?[一-鿿]?\)?§{0,3}(?:购买了|购买的|下单了|订购了|退回了|退的|"
        r"换的)|(?:尊敬的|亲爱的)?[一-鿿]{2,4}(?:先生|女士|小姐|太太|同学)[\s,:]*(?:您|你)"
        r"(?:购买|订购|下单|拍下|退回|申请|预订|抢购)|(?:先生|女士|小姐|太太)(?:成功)?(?:抢购|抢到|购得|拍得|拿下|拍下|下单|购买)",
        *_NAMED,
        unless="请看店铺|女士(?:款|包|鞋|手表|内)|先生款",
    ),
    _people(
        "purchase",
        r"(?:^|[.!?] ?|@)(?:hi|hey|hello|dear|thanks?|thank you|congrats|"
        r"congratulations)[, ]+@?[a-z_0-9]{2,14}(?: [a-z]{2,14})?[,! ]§{0,60}\b(?:you (?:just )?(?:ordered|bought|returned|purchased|"
        r"paid)|"
        r"your (?:order|refund|package|parcel|return|purchase|address|delivery))\b",
        *_NAMED,
        unless=r"\b(?:noted|shop message|order page|customer|friends?|there|all|everyone|guests?|on your order|see the|please (?:see|"
        r"check)|thank you for (?:your|you)|for your (?:order|purchase))\b",
    ),
    _people(
        "asks",
        r"\b(?:post|drop|type|leave|share|comment|write|put|send|tell|give|enter|provide)\b§{0,24}\b(?:phone|number|address|"
        r"order (?:number|id|no)|full name|email|card|password|id card|passport)\b"
        r"§{0,40}\b(?:chat|comments?|here|below|public|stream)\b",
        *_ASKED,
        negatable=True,
        unless=r"\b(?:don't|do not|never|not|privately|avoid)\b",
    ),
    _people(
        "purchase",
        rf"(?:^|[,!。~ ])[{_SURNAMES}]"
        r"[一-鿿]{1,2}(?:昨天|今天|刚才|刚|上周|已经|前天|上次)*(?:买|拍|退|订|下单|购买|换|付)了",
        *_NAMED,
        unless="马上|于是|任何|方便|白天|夏天|色|码|许多|高兴|金额|余下|方案|款|白嫖|高价|易",
    ),
    _people(
        "purchase",
        r"(?:^|[,!。~ @])[一-鿿]{1,2}(?:姐|哥|叔|嫂|姨|婶|大妈|大爷|奶奶|爷爷|女士|先生|小姐|太太|阿姨)的§{1,14}(?:寄|发|到|送|退|"
        r"签收|好了)(?:了|出|走|到|回|货|完)|@[^\s@:,]{1,24}[\s,:]§{0,24}(?:发走|发出|寄走|寄出|签收|送到|到货|"
        r"发货|退款|退|到账|发|寄|到)(?:了|啦|咯)|(?:住(?:在)?)§{1,8}的(?:那位|这位|朋友|顾客|大姐|大哥|家人|宝)|尾号(?:是|"
        r"为)?[0-9]{2,4}",
        *_NAMED,
        unless="请看店铺|小姐姐|主播|客服|空姐|已登记|下一|讲到|怎么|看(?:订单|商品)|快递员",
    ),
    _people(
        "asks",
        r"(?:报|发|打|说|留|写|念|拍)(?:一?下|个|给我|给主播|过来|上来|出来)*(?:您的?|你的?)?(?:手机|电话|订单|身份证|银行卡)(?:尾号|"
        r"号码?|后四位|后几位|正反面|照片)|(?:身份证|银行卡|证件)§{0,4}(?:拍|照|传)(?:给|一下|个|张|到|过来|上来)",
        *_ASKED,
        negatable=True,
        unless="不要|别|请勿|不能|勿|禁止|千万|不会|私信|客服|后台|订单页|误",
    ),
    _people(
        "purchase",
        r"(?:^|[.!?] ?)(?:hi|hey|hello|dear)[, ]+[a-z_0-9]{2,14}(?: [a-z]{2,14})?[,!] ?your §{0,30}\b(?:shipped|arrived|delivered|has|"
        r"is on|was|refunded|ready|left)\b|@[a-z_0-9]{2,24}[, ]§{0,24}\b(?:refunded|shipped|sent|delivered|"
        r"returned)\b|\b(?:delivered|shipped|sent|refunded)\b§{0,8}\bto (?:mr|mrs|ms|miss|dr)\b",
        *_NAMED,
        unless=r"\b(?:noted|customer|friends?|there|everyone|see the|please (?:see|check))\b",
    ),
    _people(
        "purchase",
        rf"(?:^|[,!。~ ])[{_SURNAMES}][一-鿿]{{1,2}}的(?:订单|包裹|退款|快递|单子|货|尾款|退货)|(?:用户|买家|顾客|客户|"
        rf"会员)[\"“'「]§{{1,14}}[\"”'」]§{{0,4}}(?:退|买|拍|订|下单|购|换)(?:了|的)",
        *_NAMED,
        unless="请看店铺|马上|任何|方便|许多|高兴",
    ),
    _people(
        "purchase",
        r"(?:^|[,!。~ @])[一-鿿]{1,2}(?:姐|哥|叔|嫂|姨|婶|女士|先生|小姐|太太|阿姨)(?:又|也|刚刚?|已经|昨天|今天|都|再)+(?:下|买|拍|"
        r"订|退|抢|带)了",
        *_NAMED,
        unless="小姐姐|主播|客服|店长|老板",
    ),
    _people(
        "asks",
        r"\b(?:comment|post|drop|type|leave) (?:down )?(?:your|ur) (?:full |home |phone |cell |order )?(?:phone|address|number|email|"
        r"name and)\b",
        *_ASKED,
        negatable=True,
        unless=r"\b(?:don't|do not|never|not|size|lucky)\b",
    ),
    _people(
        "purchase",
        r"(?:^|[.!?] ?)(?:hi|hey|hello|dear)[, ]+(?:mr|mrs|ms|miss|dr)\.? ?[a-z]{2,14}[,! ]§{0,40}\b(?:your|you)\b§{0,30}\b(?:shipped|"
        r"arrived|delivered|has|is on|was|refunded|ready|left|ordered|bought)\b",
        *_NAMED,
    ),
)
