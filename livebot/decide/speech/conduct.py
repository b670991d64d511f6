"""Rules about trade: no forced add-ons, no bought reviews, no unwanted advertising, no terms that deny buyers their rights."""

from typing import Final

from livebot.decide.speech.manners import conduct

_TIE: Final = ("tie_in", "tie_in", "电子商务法 19")
_TIED: Final = ("默认或强制搭售", "a default or forced add-on")
_REVIEW: Final = ("paid_review", "paid_review", "电子商务法 17 · 反不正当竞争法 9")
_BOUGHT: Final = ("拿好处换好评", "pays for good reviews")
_SPAM: Final = ("marketing", "marketing.consent", "消费者权益保护法 29")
_UNASKED: Final = ("没有同意就推送广告", "advertising without consent")
_REWARD: Final = r"(?:返|送|领|得|奖|抽|红包|补贴|抵|减|退您?|兑|有礼|换|免单|优惠券|现金|礼物|礼品|返现|积分|\$|¥)"
_PRAISE: Final = r"(?:好评|五星|5星|五分|满分评价|带图评价|带图好评|晒图|晒单|买家秀|追评|评价截图|种草笔记)"

RULES: Final = (
    conduct(
        *_TIE,
        r"(?:默认|自动|已帮(?:您|你)|系统会?|直接(?:帮)?(?:您|你)?)(?:已经?|都|就|会|给|为|帮|您|你|大家|一起|额外|勾|"
        r"直接|自动|统一)*(?:勾选|搭配|加购|加上|添加|带上|捆绑|选上|选中|附加|加入|开通|订购|购买|搭|配一|投保)|(?:必须|"
        r"一定要|只能|强制|得|需要)§{0,3}(?:一起|搭配|搭|捆绑|凑|连同|同时|加购|加一)§{0,8}(?:买|拍|购|下单|才|发)|"
        r"(?:不买|不拍|不加|没买|不搭)§{0,8}(?:不给?发货|不发|不卖|不给|不能(?:买|拍|下单)|没法下单|发不了)|"
        r"必须(?:先)?买§{0,8}才|强制(?:搭|购|消费|捆绑|绑)|捆绑销售",
        *_TIED,
        inside="自动回复|自动加入购物|默认(?:地址|尺码|快递|发)|不强制",
        unless="没有|不会|不强制|绝不|不是默认|默认快递|取消|搭配好看|不必",
    ),
    conduct(
        *_TIE,
        r"(?:默认|自动|系统|统一|直接|顺手|顺便)§{0,8}(?:加|勾|带|配|搭|选|投|绑|买|开通|订)(?:了|上|入|购|好|"
        r"进)*§{0,8}(?:延保|保险|险|会员|服务|配件|袜子|商品|收纳|赠品外|套餐|一份|一个|一双|另一|搭配)|(?:单拍|单买|只拍|"
        r"只买)§{0,6}(?:不发|不卖|不给|拒发|发不了|不出)|(?:得|要|必须|需|非要|一定得?)(?:带|搭|配|凑|加)(?:上|一|两|个|"
        r"双|件)+§{0,6}(?:才|一起|袜|配件|$)|不(?:能|可以|允许)单(?:独)?(?:买|拍)",
        *_TIED,
        inside="自动回复|不勾|不带|不选",
        unless="不会|没有|不强制|自愿|可选|可以取消|需要的话|想要",
    ),
    conduct(
        *_TIE,
        r"\b(?:we|i)(?:'ve| have)? added\b§{0,24}\b(?:by default|for you|plan|insurance|warranty)|\b(?:must|have to|"
        r"need to) be bought (?:with|together)|\b(?:automatically|by default|pre[- ]?selected|pre[- ]?checked|"
        r"already) (?:added|included|ticked|selected|add|adds)\b§{0,20}(?:order|cart|checkout|insurance|warranty)|"
        r"\b(?:warranty|insurance|accessory|add[- ]on)\b§{0,16}\b(?:automatically|by default|pre[- ]?selected)|"
        r"\byou (?:must|have to|need to) (?:also )?buy\b§{0,20}\b(?:too|as well|together|with|first)|"
        r"\bwon't ship (?:it )?(?:unless|without)",
        *_TIED,
    ),
    conduct(
        *_REVIEW,
        rf"{_PRAISE}§{{0,14}}?{_REWARD}|{_REWARD}§{{0,10}}?{_PRAISE}(?:$|[^率区多])|好评(?:返现|有礼|返|卡|截图|换)|(?:给|"
        rf"写|发|来|求|刷|补)(?:个|一个|您的|你的|我们|我|点|下)*(?:五星)?好评(?:$|[,!。~吧哦呀 ])|(?:差评|中评|"
        rf"投诉)§{{0,6}}(?:删|改|撤|取消)§{{0,10}}(?:退|返|补|送|红包|钱|赔|优惠|好评|元|块)|(?:删|改|撤(?:销|掉)?|"
        rf"取消)(?:掉|了|一下)?(?:这个|您的|你的|那个)?(?:差评|中评|投诉|举报)|改(?:成|为)好评",
        *_BOUGHT,
        inside="送到.{0,4}好评|减少差评|得到.{0,6}好评|送货好评|好评率",
        unless="违规|违法|不做|不搞|禁止|不参与|不提供|没有好评返|不返|不送|谢绝",
    ),
    conduct(
        *_REVIEW,
        r"(?:好评|五星|5星|五分|带图评|晒图|晒单|买家秀|追评|评价|评论|反馈)[^。!?]{0,16}?(?:返|领|送|奖|抽|红包|补您|"
        r"退您|№元|№块|免单|现金|券|礼)|(?:返|送|领|奖|红包|现金|券|礼品|积分)[^。!?,]{0,12}?(?:好评|五星|5星|晒图|晒单|"
        r"追评)|(?:好|差|中)评§{0,6}(?:删|改|撤|换|消)|(?:给|写|打|来|留|补|求|点|赏)(?:我们?|店铺|主播|个|一个|下|一下|"
        r"满|点)*(?:五星|5星|满分|好评)",
        *_BOUGHT,
        inside="送(?:货|到|达)|有礼貌|评论区的?真实|评价(?:看|请)|领取?方式|反馈给|退款|评论[^好]*领(?:券|优惠)",
        unless="违规|违法|不做|不搞|禁止|不参与|不提供|没有好评返|不返|不送|谢绝|真实|都欢迎|如实",
    ),
    conduct(
        *_REVIEW,
        r"\b(?:rate|review)\b§{0,16}\b(?:five|5)\b§{0,24}\b(?:send|give|get|gift|coupon|cash|free)|\b(?:5|"
        r"five)[- ]stars?\b§{0,24}\b(?:get|gift|\$|coupon|refund|free|cash|reward|receive|win)|\b(?:get|gift|coupon|"
        r"refund|free|cash|reward|discount|receive|\$[0-9]+|win)\b§{0,24}\b(?:5[- ]star|five[- ]star|positive review|"
        r"good review|nice review|for (?:a|your|every) review)|\b(?:positive|good|nice|great) reviews?\b§{0,6}\$|"
        r"\b(?:positive|good|nice|great) reviews?\b§{0,16}\b(?:get|reward|receive|earn|\$)|\$[0-9]+§{0,20}\b(?:stars?|reviews?)\b|"
        r"\b(?:delete|remove|"
        r"change) (?:your|the) (?:bad|negative|1-star) review",
        *_BOUGHT,
        unless=r"honest",
    ),
    conduct(
        *_SPAM,
        r"(?:发|推送?|群发)(?:给)?(?:您|你|大家|个|条|营销|促销|广告|优惠|活动)*(?:的)?(?:短信|广告|推销)|(?:短信|电话|"
        r"微信|私信|邮件|语音)(?:会|将|来|定期|每天|每周|不定期|推送|通知|告知|发|给|您|你|打)*§{0,6}(?:优惠|促销|活动|"
        r"新品|广告|营销|福利|上新|推广|折扣)|(?:打|拨)(?:个)?电话(?:给|通知|告诉|推荐|回访推)?(?:您|你)?§{0,6}(?:新品|"
        r"活动|优惠|促销|推荐|上新|福利)|(?:留|填|登记)(?:下|个|一下)?(?:您|你)?(?:手机|电话|号码|生日|联系方式)|(?:以后|"
        r"今后|往后)§{0,10}(?:打(?:您|你)?电话|发短信|短信|电话通知)|(?:默认|已为?您|自动|已帮(?:您|你))(?:同意|开通|订阅|"
        r"开启|加入|注册)§{0,8}(?:短信|营销|推送|广告|消息|通知|会员)|(?:每天|天天|定期|每周|以后|不定期)(?:都|会|"
        r"将)?(?:给|向)(?:您|你|大家)§{0,4}(?:推|发)",
        *_UNASKED,
        inside="",
        unless="同意后|您同意|愿意的话|可以退订|自愿订阅|验证码|不要|别|请勿|公屏|电话地址|客服电话|优惠券|推送提醒|不会",
    ),
    conduct(
        *_SPAM,
        r"\b(?:we'?ll|we will|i'?ll|we're going to|we) (?:\w+ )?(?:text|sms|email|call|spam|message|phone)s? (?:you|"
        r"everyone)\b§{0,24}\b(?:deals?|offers?|promo|promotions?|ads?|new|sales?|marketing|discounts?|every|daily|"
        r"weekly)|\b(?:signed|subscribed) you up\b|\bopted you in\b|\bleave your (?:phone|number|email)",
        *_UNASKED,
        unless=r"if you (?:agree|opt|want)|never|not",
    ),
    conduct(
        *_SPAM,
        r"(?:活动|优惠|促销|上新|新品|营销|福利|推广|广告)(?:的)?(?:短信|电话|推送|邮件|彩信|语音)§{0,6}(?:发|打|推|给|已|会|收)",
        *_UNASKED,
        unless="同意|退订|不会|不发",
    ),
    conduct(
        *_TIE,
        r"(?:转发|分享|邀请|拉)§{0,6}№§{0,3}(?:群|好友|人|朋友)§{0,8}(?:才|就|领|送|发|免|返|得|换|解锁)",
        "逼人转发拉人",
        "makes viewers spread the word",
    ),
    conduct(
        *_TIE,
        r"(?:必须|需要?|须|务必|只能|得)(?:搭配|配合|一同|一并|同时|一起|连同|先)§{0,12}(?:购买|下单|拍|买|购入)|否则§{0,2}(?:无法|"
        r"不能|不予|不给?|概不)§{0,2}(?:下单|购买|发货|售后|处理|卖|发|享)",
        *_TIED,
        unless="没有|不必|不需|不用|不强制|地址|填|信息",
    ),
    conduct(
        *_SPAM,
        r"\bsubscribed you\b|\badded you to (?:our|the|my)\b|(?:接收|订阅|收取)§{0,4}(?:推广|营销|广告|促销|商业)(?:信息|短信|消息|"
        r"内容)|(?:手机|短信|电话)§{0,4}(?:发送|推送|群发)§{0,6}(?:优惠|活动|资讯|广告|新品|促销)|"
        r"(?:默认|自动|已)(?:加入|成为|开通|注册)§{0,4}会员",
        *_UNASKED,
        unless="同意|可以|您选择|退订|不会|不|吗",
        inside="同意后",
    ),
    conduct(
        *_TIE,
        r"(?:替|为|给|帮)(?:您|你)§{0,2}(?:加|勾|选|买|配|开|投)(?:了|上|好)",
        *_TIED,
        unless="备注|收藏|吗|需要|颜色|尺码",
    ),
    conduct(
        *_REVIEW,
        r"\b(?:5|five)[- ]?stars?\b§{0,24}\b(?:claim|coupon|gift|cash|refund|reward|free|\$)|\b(?:rated?|reviews?|"
        r"photos?)\b§{0,16}\b(?:and|then|to) (?:claim|get|receive|win|earn)\b",
        *_BOUGHT,
        unless="honest",
    ),
    conduct(
        *_SPAM,
        r"\b(?:be )?(?:texting|emailing|calling|messaging|spamming) you\b§{0,24}\b(?:promos?|deals?|offers?|weekly|daily|news|sales?)\b",
        *_UNASKED,
        unless="if you",
    ),
    conduct(
        "unfair_terms",
        "unfair_terms",
        "消费者权益保护法 26",
        r"\bno exceptions\b|\bnot covered\b§{0,6}\b(?:ever|period|sorry)|\b(?:never|not) (?:refund(?:ed|able)|exchanged|replaced)\b",
        "免除商家责任的条款无效",
        "a term that denies buyers their rights",
        negatable=False,
        askable=True,
    ),
    conduct(
        *_SPAM,
        r"(?:给|往)(?:您|你)(?:的)?(?:手机|微信)?(?:上)?发(?:了|送)?§{0,6}(?:短信|广告|推送|彩信)",
        *_UNASKED,
        unless="不会|同意|验证码|不",
    ),
)
