"""Rules about leading people off the platform, whatever the disguise: other apps, private deals, codes to scan, links."""

from typing import Final

from livebot.decide.speech.rules import GuardRule

_ARTICLE: Final = "平台规则（导流）· 直播电商监督管理办法"
_ZH, _EN = "把观众引到平台外", "leads viewers off the platform"

_WECHAT: Final = (
    r"(?:微信|薇信|威信|卫心|卫芯|卫信|唯信|魏信|韦信|徽信|溦信|微x|微亻言|徵信|v信|维信|围信|葳信|薇心|微心|威心|v心|薇芯|微芯|威芯|"
    r"v芯|v❤|微❤|薇❤|"
    r"绿泡泡|绿色泡泡|小绿书软件|绿色软件|绿色聊天|weixin|wechat|weix|wx|vx|v x|微微号|微号|薇号|v号|威号)"
)
_QQ: Final = r"(?:扣扣|抠抠|蔻蔻|秋秋|球球号|q号|qq|企鹅号|企鹅|企额|叩叩|口口号)"
_ABROAD: Final = (
    r"(?:小红薯|某红书|\bxhs\b|小破站|围脖|大眼仔|某手|某音|d音|\bins\b|\btg\b|\bfb\b|kakao|tele gram|telegram|whatsapp|whats app|"
    r"飞机号|纸飞机|电报群?|line id|signal|"
    r"discord|snapchat|viber|messenger|飞书|钉钉|小红书|抖音私|快手号|微博|b站|脸书|facebook|instagram|\big\b|推特|"
    r"陌陌|闲鱼)"
)
_INVITE: Final = (
    r"(?:加|\+|添加|佳|嘉|伽|➕|十|联系|找|搜|搜索|扫|关注|留|私|聊|详聊|详谈|发我|发你|进|入|拉|看|咨询|问|通过|有|"
    r"在|来|去|用|走|见|同号|号|群|id|:|我|同名|绑定好友|好友|里|上|下单|交易|报价|了解|预约|领|头像|一对一)"
)
_PAYING: Final = r"(?:支付|付款|零钱|钱包|账单|扣款|分付|提现|登录|扫码付|支付宝|pay)"


def _lead(id: str, like: str, *, inside: str = "", unless: str = "", askable: bool = False) -> GuardRule:
    return GuardRule(
        id=f"offplatform.{id}",
        kind="off_platform",
        article=_ARTICLE,
        like=like,
        inside=inside,
        unless=unless,
        askable=askable,
        zh=_ZH,
        en=_EN,
    )


_WARNED: Final = r"骗|假冒|冒充|诈|不要信|别信|勿信|不可信|举报|风险自|不是我们|违规|不允许|不支持|没有官方|没有任何"
_ANSWERED: Final = r"^(?:有人问|您?是?问|问).{0,20}$"

RULES: Final = (
    _lead(
        "wechat",
        rf"{_WECHAT}|卫星(?:号|搜|联系|加|同|发|聊|群|:)|(?:加|\+|搜|联系|私|留|发|个|的)卫星",
        inside=rf"{_PAYING}|卫星(?:电视|接收|天线|定位|导航|云图|电话|地图)|北斗|wx[0-9]",
        unless=rf"{_WARNED}|微信{_PAYING}|北斗|卫星(?:电视|天线|接收|导航|定位)|wechat pay|微信(?:可以|能|都|也|支持)*(?:付|支付)|"
        rf"微信(?:还是|和|"
        rf"或者?|跟|、)支付宝|支付宝(?:还是|和|或者?|跟|、)微信|付款(?:方式)?§{0, 6}微信|微信(?:小程序)?(?:控制|通知|消息|提醒|步数|"
        rf"语音|扫码登|登录|操控)",
    ),
    _lead(
        "wechat",
        r"(?:加|\+|十|佳)(?:我|个|一下|下|好友|店主|老板|主播|客服|人工|私人)*(?:的)?(?:v|薇|威|微|徽|溦|维)(?:$|"
        r"[^a-z0-9领型字脸i形章波边量族米观电距小弱调辣力信])|(?:加|\+)v(?:$|[:,!?。~ 了聊详进发看领单我吧哦啊问])|(?:我|"
        r"找|留|有|个|发|同|私)(?:的|个)?v(?:$|[:,!?。~ 同聊号])|^v(?:我|同)|v(?:我|信|同号)(?:$|[^0-9]|[0-9]{3})",
        inside=r"加v领(?:的|款|口)",
        unless=rf"{_WARNED}|v领(?:的|款|口|显)|v脸|lv[0-9]",
    ),
    _lead(
        "wechat",
        r"(?:微信|v信|vx|wx)(?:公众号|小程序|小店|商城|视频号|群|客服|社群)|公众号|视频号|服务号|朋友圈",
        inside="官方说明",
        unless=_WARNED + "|小程序(?:控制|操控|操作|设置|查询)|公众号(?:我们)?(?:也|都)?没有|发朋友圈都|晒朋友圈",
    ),
    _lead(
        "qq",
        rf"{_INVITE}§{{0,4}}?{_QQ}(?:$|[^公玩娃抱子眼开好舞带])|{_QQ}§{{0,2}}(?:群|:|号|同号|联系|聊|发|我|[0-9]{{5,}})",
        inside="扣扣(?:子|眼|好)|企鹅(?:公仔|玩偶|抱|款|图案)|qq(?:弹|糖|软糖|肉)|扣扣(?:1|子)",
        unless=_WARNED + "|扣子|公仔|玩偶|弹弹|糯",
    ),
    _lead(
        "group",
        r"(?:加|进|入|拉|来|建|拉您?进|拉你进|邀请您?进|有)(?:我们?的?|咱们?的?|一个|个|我家|这个|福利|内部|秘密|优惠|vip|"
        r"私人|专属|福利|购物|团购|折扣|微信|q|小|交流|宠粉)*(?:群|裙|君羊|羣)(?:$|[^子摆带装主里体众岛山撑])",
        inside="粉丝群|店铺群|会员群|裙子|加群摆|入群主|来群",
        unless=_WARNED + r"|没有?(?:任何|建|官方|什么)?(?:qq|微信|扣扣)?群|粉丝群|粉丝团|店铺群|会员群|裙子|裙摆|连衣裙|半身裙|短裙|长裙|"
        r"群众",
    ),
    _lead(
        "other.app",
        r"(?:飞机|电报|纸飞机|tg|q群|企鹅)(?:上|里|号|群|搜|找|聊|联系|私|加|见)",
        inside="飞机上(?:吃|带|用|穿|戴|能|可)",
        unless=_WARNED,
    ),
    _lead(
        "group",
        r"群号|裙号|(?:扣|q|v|微|威|薇)(?:群|裙)|(?:扣扣|抠抠|企鹅|球球|秋秋|扣)§{0,2}(?:群|裙)",
        unless=r"没有?(?:任何|建|官方|什么)?(?:qq|q|微信|微|扣扣|扣)(?:群|裙)",
    ),
    _lead(
        "group",
        r"(?:群|裙)(?:里|内)§{0,4}(?:领|发|有|更|优惠|福利|链接|红包|报价)",
        unless=_WARNED + "|粉丝群|会员群|店铺群|裙(?:里|内)§{0,2}有",
    ),
    _lead(
        "other.app",
        rf"(?:加|\+|联系|找|来|去|上|在|下载|打开|关注|发|搜|私信?)(?:我们?|我的|咱们?|一下|"
        rf"个)*(?:的)?{_ABROAD}§{{0,4}}(?:号|群|聊|找|搜|私|下单|加|买|看|联系|$|[,!?。~ ])|{_ABROAD}(?:号|群|私聊|联系|"
        rf"id)|(?:小红书|小红薯|某红书|xhs|围脖|小破站|某手|微博|b站|快手|抖音|陌陌|闲鱼)§{{0,2}}(?:同名|同号|搜|私我|私聊|找我|关注)",
        inside="同款",
        unless=_WARNED + "|同款|色号",
    ),
    _lead(
        "other.shop",
        r"(?:去|来|上|到|在|用|从)?(?:某宝|淘宝|陶宝|桃宝|tb|t宝|天猫|某东|京东|狗东|pdd|拼多多|拼夕夕|某夕夕|闲鱼|咸鱼|"
        r"亚马逊|1688|阿里巴巴|唯品会|得物|微店|独立站|官网|小程序)(?:店|上|里|旗舰店|那边|app)*(?:搜|找|下单|买|拍|看|"
        r"更便宜|便宜|同名|也有|有店|店铺|关注|价格|链接|领|购买)|(?:搜|打开)§{0,3}(?:某宝|淘宝|京东|拼多多|闲鱼|微店|"
        r"小程序)",
        unless=_WARNED + "|淘宝直播间|没有保障",
    ),
    _lead(
        "other.shop",
        r"(?:别的|其他|其它|另一?个|隔壁|某|外面的?|橙色|黄色|红色|绿色|蓝色)(?:平台|软件|app|音|书|鱼|东|宝)§{0,8}(?:搜|"
        r"找|买|拍|下单|拿货|便宜|更低|有店|同名|店|价|聊|联系)|(?:某音|某书|某鱼|某手|平台|小黄车)(?:以外|之外|"
        r"外面?)§{0,8}(?:渠道|买|拿|下单|交易|成交|价|更|拍)|(?:tao|taobao|淘|tb|t|某|陶|桃)(?:宝|bao)§{0,6}(?:搜|同名|店|"
        r"找|买|拍|便宜|上|有)|(?:淘宝|京东|拼多多|pdd|闲鱼|天猫|官网|独立站|小程序)§{0,6}(?:更|便宜|低价|同名|搜|下单|拿|"
        r"也有)|换个(?:平台|地方|软件)(?:买|拍|下单|聊|说)",
        unless=_WARNED + "|没有保障|无保障|谨防",
    ),
    _lead(
        "private.deal",
        r"(?:扫|转|打|付|汇)(?:到|给|进)?(?:我|我们|老板|店主|主播|个人|私人)(?:的)?§{0,3}(?:支付宝|微信|银行卡|卡|码|账)|"
        r"(?:转|打|[^支]付|汇)(?:到|给|进|我|的|至)*银行卡",
    ),
    _lead("wechat", r"(?:名字|昵称|头像|签名|简介|主页)§{0,4}(?:是|有|就)§{0,2}v(?:$|[^a-z0-9领])"),
    _lead(
        "private.deal",
        r"(?:私下|线下|场外|平台外|站外|桌下|绕过平台|绕开平台|不走平台|不走链接|跳过平台|脱离平台|"
        r"不通过平台)§{0,8}(?:交易|转账?|付款?|下单|成交|买|拍|给|聊|联系|沟通|发|优惠|便宜|结算|收款|拿货|走)|"
        r"(?:不走平台|绕过平台|不走链接)|走(?:线下|私下|站外)|(?:直接|单独|私下)?(?:转账?|打款?|付|汇)(?:到|给)?(?:我|咱|"
        r"店主|老板|个人|私人)(?:的)?(?:支付宝|微信|银行卡|账户|账号|卡|个人|$)|(?:转账|打款|汇款|付款|打钱)(?:给|"
        r"到)§{0,6}(?:我|个人|私人|店主|老板|支付宝|银行卡|对公)|(?:支付宝|银行卡)(?:账号|号|收款码|转账|转我|转给)|收款码",
        unless=_WARNED + "|没有保障|无保障" + "|线下门店|线下实体",
    ),
    _lead(
        "profile",
        r"(?:主页|简介|首页简介|头像|签名|资料|个人页|个性签名|背景图|动态|置顶|小号|昵称)§{0,6}?(?:联系|号码|号|有惊喜|"
        r"惊喜|加|方式|v|微|群|私|有我|找我|有码|有电话|暗号)|(?:看|戳|点|进|来|翻|瞅)(?:一?下)?(?:我|主播|"
        r"店主)(?:的)?(?:主页|简介|头像|签名|资料|个人页|名字|昵称|id)",
        inside="会员页",
        unless=_WARNED + "|店铺首页|头像旁|购物袋|小黄车|橱窗|商品橱窗|关注",
    ),
    _lead(
        "contact",
        r"联系方式§{0,6}(?:主页|置顶|简介|头像|评论|私|在这|是)|(?:主页|置顶|简介)§{0,6}联系方式",
        unless=_WARNED + "|品牌售后|店铺首页",
    ),
    _lead(
        "contact",
        r"(?:留|发|给|报|要|交换)(?:一?下|个|我|您|你|咱)*(?:的)?(?:联系方式|私人电话|私人号|个人号|私号)|(?:加|"
        r"互加)(?:我|个|一?下|您|你|咱们?|店主|主播|老板|他|她)*(?:为)?好友|加(?:我|你|您)(?:私聊|细聊|聊|$|[,!。~ ])|"
        r"私(?:我|聊我)(?:拿|领|报|发|加|要)|(?:联系|打|拨打?)§{0,3}(?:私人|个人|老板的?|我的)(?:电话|手机|号)",
        unless=_WARNED + "|不要(?:发|留|在)|公屏|客服",
    ),
    _lead(
        "scan",
        r"扫码|扫一?扫|扫描|扫(?:一?下)?(?:屏幕|左|右|下方|上方|旁边|这个|我|图|二维码)§{0,6}码|二维码|扫它|长按识别",
        inside="",
        unless=_WARNED + r"|防伪|真伪|验真|看成分|看说明|看视频|背面|溯源|登录|溯源|瓶底|瓶身|盒底|吊牌|说明书|产地|合格证|扫码(?:枪|"
        r"器|机|头|支付|"
        r"付款)|扫描(?:仪|枪|件)|"
        r"取件|"
        r"包装上|扫地|登机|核验|发票|教程|安装",
    ),
    _lead(
        "scan",
        r"(?:^|[^打清])扫(?:一扫|一下|一?下|下|这|我|图|它|码|进|屏)|码§{0,4}扫",
        unless=_WARNED + r"|防伪|真伪|验真|看成分|看说明|看视频|溯源|说明书|产地|扫码(?:枪|器|机|头)|扫地|扫拖|卫生|拍照",
    ),
    _lead(
        "contact",
        r"(?:电话|手机|短信)(?:联系|找|打|加|私)(?:我|主播|老板|店主)|(?:号码?|微|联系方式|电话)§{0,2}(?:私发|私我|"
        r"私信(?:你|您|发)|发你|发您|给你|给您)",
        unless=_WARNED + "|客服电话",
    ),
    _lead("wechat", r"(?:wei|微|威|薇)(?:xin|信|x)\b|wei ?信|微 ?xin"),
    _lead(
        "app.en",
        r"\b(?:whats ?app|telegram|wechat|discord|snapchat|insta(?:gram)?|venmo|cash ?app|zelle|kik|viber)\b|\b(?:on|"
        r"via) signal\b",
        unless=r"wechat pay|pay with|scam|\bnever\b",
    ),
    _lead(
        "link",
        r"https?:|www\.|[a-z0-9-]{2,}\.(?:com|cn|net|top|xyz|shop|vip|cc|me|io|example|link|store|club|tk|ly|co)(?:$|"
        r"[^a-z])|点(?:击)?(?:这个|下方|下面|我的?)?(?:网址|外链|短链)|复制(?:这个)?(?:口令|链接|网址|淘口令)",
        unless=_WARNED,
    ),
    _lead(
        "app.en",
        r"\b(?:add|dm|message|msg|text|pm|hit|find|contact|reach|follow|call|join|chat with|ping|inbox|catch|talk to|buy|"
        r"order|pay)\b§{0,24}?\b(?:whats ?app|telegram|wechat|we chat|discord|snapchat|snap|signal|viber|instagram|\big|"
        r"insta|facebook|fb|messenger|line|kik|my (?:private|personal|own) (?:number|phone|line|site|account|store)|"
        r"my number|venmo|cash ?app|zelle)\b|\b(?:whats ?app|telegram|wechat|discord|snapchat|kik)(?: id| group| number|"
        r" me| channel)?\b ?(?:[:@+=]|is\b|me\b|group|id\b)",
        unless=r"wechat pay|pay with|scam|never|don't|do not",
    ),
    _lead(
        "app.en",
        r"\b(?:link|contact|number|details|info|whatsapp|telegram|email)s? (?:is |are )?in (?:my |the |our )?(?:bio|"
        r"profile|description)|\b(?:my|our) (?:own )?(?:website|web ?site|site|online store|shopify|etsy|page outside)\b|"
        r"\b(?:check|see|visit) (?:my|our) (?:bio|profile|website|site|own store)|\boff[- ](?:platform|app|site)|"
        r"\boutside (?:of )?(?:the|this) (?:platform|app)|\bpay(?:ment)? (?:me )?(?:directly|privately)|\b(?:paypal|venmo|"
        r"zelle|cash ?app)\b§{0,16}\b(?:cheaper|directly|friends|discount|me)|\bscan (?:the|this|my|our) (?:qr|code)|"
        r"\bqr code\b",
        unless=r"\bauthentic|\bverify|manual|scam|never",
    ),
    _lead(
        "profile",
        r"(?:链接|号码?|方式|网址|福利|地址|二维码|码|入口|微|电话)§{0,3}(?:放|在|挂|写|留|贴|藏)(?:在|到|了|我)*(?:的)?§{0,2}(?:主页|"
        r"简介|头像|签名|个签|资料|昵称|背景|"
        r"置顶评论|第一条评论)",
        unless=_WARNED + "|店铺|橱窗|小黄车|商品",
    ),
    _lead(
        "other.shop",
        r"(?:自己|自家|咱家|我家|我们|咱们)(?:的|有|还有|也有)*(?:一个|个)?(?:的)?(?:小程序|商城|网站|官网|app|公众号|网店|独立站|"
        r"微店|私域|线上店|线下店|工厂店)(?:$|[^没规])",
        unless=_WARNED + "|没有|只有这",
    ),
    _lead(
        "other.shop",
        r"(?:官网|官方商城|线下店?|门店|实体店|批发部|档口|工厂店?|专柜|独立站|小店主页)§{0,6}(?:选购|购买|下单|订购|购|逛逛|优惠|"
        r"更低|更划算|便宜|打折|[一二三四五六七八九]折|报暗号|自提)",
        unless=_WARNED + "|没有|不支持|为准|吗|专柜价|页面",
    ),
    _lead(
        "group",
        r"(?:加入?|进入?|入|邀请|欢迎|关注|拉|建|有)§{0,8}(?:社群|群聊|交流群|福利群|团购群|内购群|小群|微群|闺蜜群|宠粉群|车友群|"
        r"宝妈群|圈子)",
        unless=_WARNED + "|没有|不会|粉丝群|店铺群|会员群",
    ),
    _lead(
        "private.deal",
        r"(?:汇|转|打|存)(?:款|账|钱)?(?:至|到|入|给|进)§{0,8}(?:账户|账号|帐户|帐号|卡|户头|支付宝|微信|对公|公账|私账)|户名|开户行|"
        r"(?:款|钱|定金|尾款|货款)§{0,4}(?:汇|转|打)(?:至|到|给|我)",
        unless=_WARNED + "|不要|别|任何|退款|原路",
    ),
    _lead(
        "contact",
        r"(?:个人|私人|工作|老板的?|店主的?|主播的?)号§{0,6}(?:咨询|联系|找|加|聊|下单|进货|拿货|批发|发)|(?:复制|粘贴)§{0,8}(?:口令|"
        r"链接|文字|这段|这条|内容|代码)?§{0,10}(?:打开|浏览器|软件|app|某)|"
        r"(?:批发|进货|代理|团购|拿货|加盟|招代理|合作)(?:的)?§{0,6}(?:联系|加|找|私|咨询|来)(?:我|主播|老板|这个|以下|下方|店主)",
        unless=_WARNED + "|店铺客服|在线客服|订单号",
    ),
    _lead(
        "app.en",
        r"\b(?:find|search|look|buy|order|shop|get|visit|check|see|cheaper)\b§{0,24}\b(?:on|at|from|through) (?:taobao|amazon|ebay|"
        r"etsy|shopee|lazada|temu|aliexpress|walmart|shein|tmall|jd|pinduoduo|"
        r"(?:our|my) (?:own )?(?:site|store|website|shop page))\b|\b(?:google|search) (?:us|our|my|the shop)\b",
        unless=r"n't|\bnot\b|never|scam|only (?:sell )?here",
    ),
    _lead(
        "wechat",
        r"(?:我|私|直接|单独)v(?:你|您|给你|给您|大家)|(?:公|工|宫)(?:重|种|纵|仲|终|总)(?:号|hao|浩)|(?:微|薇|威|v|q|扣|w)聊(?:$|"
        r"[^天]|天)",
        unless=_WARNED,
    ),
    _lead(
        "profile",
        r"懂的(?:都懂|来|进|自然|私|加|看|滴滴)|(?:进|看|点|去|翻)(?:我|主播|店主)?(?:的)?主页(?:看|找|有|里|$|[,!。~])|(?:个人|私人|"
        r"我)(?:的)?(?:链接|收款|账户|店铺码)(?:不|更|便宜|下单|拍|走)|走(?:我|我个人|私人|个人)(?:的)?(?:链接|渠道|账)",
        unless=_WARNED + "|店铺|橱窗|回放",
    ),
    _lead("other.shop", r"(?:淘|陶|桃|猫|狗|拼|某)(?:店|铺)(?:$|[^子面里])", unless=_WARNED),
    _lead(
        "app.en",
        r"\b(?:pay|order|buy|checkout)\b§{0,16}\b(?:my|our|this) (?:own |private |personal )(?:link|account|card|wallet|page)\b",
        unless=_WARNED + r"|n't|never",
    ),
    _lead("group", r"(?:群|裙)号?[: ]{0,2}[0-9]{6,}|公众平台", unless=_WARNED),
)
