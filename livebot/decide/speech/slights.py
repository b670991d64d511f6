"""Rules about slights: what looks down on a viewer in polite words, and what shows one the door."""

from typing import Final

from livebot.decide.speech.manners import RUDE, conduct

_INSULT: Final = ("insult", "insult", "消费者权益保护法 27")
_BLAME: Final = ("blame", "blame", "消费者权益保护法 23 · 24")
_COLD: Final = ("推卸责任或冲撞观众", "passes the blame on, or snaps at a viewer")

RULES: Final = (
    conduct(
        *_INSULT,
        r"(?:你|您)(?:们|自己)?(?:这|那)?(?:种|个|点)?(?:的)?(?:智商|情商|理解(?:能力|力)|阅读理解|素质|素养|脑回路|脑子|脑袋|教养|"
        r"家教|见识|眼界|格局|层次|档次|文化水平|学历|消费(?:水平|能力|层次)|"
        r"德性|嘴脸|脸皮|钱包|荷包|经济(?:实力|条件|能力))|掂量§{0,6}(?:自己|钱包|口袋|斤两)|(?:没|没有)(?:上过|读过|念过)(?:学|书|"
        r"小学)|小学(?:没|都没)|(?:小学|幼儿园)(?:没)?毕业|体育老师教|"
        r"不懂(?:就)?(?:不要|别|还|非要?)装|装懂|(?:不|谁)稀罕(?:你|您|$|[,!。~])|高攀不起|伺候不(?:起|了)|不伺候|惹不起|(?:你|"
        r"您)(?:也)?(?:不配|配不上|没资格|算什么|是谁啊)|不差(?:你|您)(?:一|这|那)|"
        r"(?:少|缺)(?:你|您)(?:一个|这)|有多远(?:滚|走)|一边(?:去|凉快|玩)|凉快去|哪凉快|省省吧|歇着吧|想屁吃|想得(?:倒|真|挺)?美|"
        r"做(?:你的)?(?:白日)?梦|脸(?:真|可真|怎么这么)大|"
        r"要求(?:还|倒|真|挺|这么|那么)+(?:多|高)|没救了|无药可救|脑残粉?|(?:像|跟)(?:你|您)(?:这样|这种|一样)(?:的)?(?:人|顾客|客户|"
        r"买家|观众|穷|闲)",
        *RUDE,
        unless="抱歉.{0,4}要求|感谢|谢谢|欢迎",
        negatable=False,
    ),
    conduct(
        *_BLAME,
        r"(?:与|跟|和|同)(?:我们?|咱们?|本店|店铺|店家|小店|商家|卖家|主播|客服)(?:之间)?(?:毫无|无|没有?(?:任何|一点|半点|半毛钱|"
        r"一毛钱|什么|多大)?)(?:关系|关联|瓜葛|干系)|"
        r"不值得(?:我们?|本店|主播)?(?:处理|回复|解释|理)|(?:没空|没工夫|没时间|没义务|没必要|懒得)(?:理|搭理|跟|和|给|为|回|管|处理|"
        r"解释|伺候)(?:你|您)?|贪(?:图)?便宜§{0,6}(?:别|不要|还|就|怪|抱怨)|"
        r"没(?:有)?人(?:强迫|逼|求|拦|请|绑)(?:着|了)?(?:你|您)|(?:不(?:喜欢|满意|想买|爱看|信)|嫌§{0,4})(?:的话)?(?:就|可以|那就|"
        r"请)?(?:别买|别看|走人|划走|退出|取关|离开|出去|滚|换一家|去别家)|"
        r"出门(?:左|右)转|慢走不送|好走不送|(?:恕|概)不(?:奉陪|接待|伺候)|(?:自己|自行)(?:负责|承担|买单|消化|想办法)|与我无关|"
        r"不归我们|不是我们?的?(?:锅|责任|问题)|(?:你|您)自己(?:作|造成|弄|看着办)",
        *_COLD,
        negatable=False,
        unless="为准|抱歉|对不起|帮您|为您|运费|无理由|联系客服",
    ),
    conduct(
        "insult",
        "insult.en",
        "消费者权益保护法 27",
        r"\b(?:use|using) your (?:brain|head|eyes)\b|\bpeople like you\b|\b(?:you )?(?:clearly |obviously )?can'?t (?:even )?(?:read|"
        r"afford|count|listen)\b|\blearn to read\b|\bgrow up\b|"
        r"\bget a life\b|\bwast(?:e|ing) (?:my|our|everyone's) time\b|\b(?:nobody|no one|who) (?:really )?cares?\b|\btoo (?:poor|dumb|"
        r"lazy|cheap|slow|fat)\b|\bwhat(?:'s| is) wrong with you\b|"
        r"\bare you (?:deaf|serious|kidding|dumb|slow|broke)\b|\b(?:poor|broke|fat|lazy|whiny|needy|annoying) (?:people|customers?|"
        r"buyers?|ass)\b|\bbegg(?:ar|ing)\b|\bnot my problem\b|"
        r"\b(?:leave|get out) (?:then|now|of here)\b|\bstop (?:bothering|crying|being|asking)\b|\bkaren\b|\b(?:dumbest|stupidest)\b|"
        r"\bi'm sick of\b",
        *RUDE,
        negatable=False,
    ),
    conduct(
        "blame",
        "blame.en",
        "消费者权益保护法 23 · 24",
        r"\bnot (?:responsible|liable) (?:for|once|after)\b|\b(?:shop|buy|go|look) (?:somewhere else|elsewhere)\b|\b(?:don't|"
        r"do not) (?:like it|want it|buy it)\b§{0,6}\b(?:leave|go|bye|don't|then)\b|"
        r"\b(?:nobody|no one)(?:'s| is)? forc(?:ed|es|ing) you\b|\byou (?:broke|chose|picked|ordered) (?:it|the wrong)\b|"
        r"\bthat's (?:on|your) (?:you|fault|problem)\b|\byou should(?:'ve| have)\b|"
        r"\bwhat did you expect\b|\bcheap (?:is|means)\b|\bask the courier\b|\bnothing we can do\b",
        *_COLD,
        negatable=False,
        unless="sorry|apolog",
    ),
    conduct(
        *_INSULT,
        r"[吃喝用穿养戴开住玩](?:都)?不起(?:就|别|还|的)|吃土(?:去|吧)|就(?:你|您|这)§{0,2}(?:点|种)?(?:钱|文化|水平|素质|出息|眼光|"
        r"品味|本事|智商|能耐|身材|长相)|(?:都|还)比(?:你|您)(?:懂|强|聪明|会|有|好看|长得)|"
        r"没(?:见|喝|吃|用|穿|住|摸)过(?:好|世面|什么好|真)|(?:没(?:有)?镜子|照(?:照|下|一下)?镜子(?:去|吧|看看自己))|撒泡尿|(?:问|看|"
        r"试)来(?:问|看|试)去§{0,4}不买|(?:光|只|净|尽)(?:问|看)不买|有意思(?:吗|么)(?:$|[,!。?])|"
        r"丑(?:就|还|别|也)|(?:你|您)(?:妈|爸|爹|家里人?|父母|老师)没(?:有)?教|一辈子(?:穷|都穷|没出息)|穷命|没出息|叽叽歪歪|羊毛党|"
        r"眼睛长(?:哪|头顶|后)|算(?:老几|哪根葱|什么东西)|(?:老子|老娘)(?:$|[^家])",
        *RUDE,
        unless="试戴|照镜子看效果",
        negatable=False,
    ),
    conduct(
        *_BLAME,
        r"(?:怪|赖|怨)(?:孩子|你|您|自己|天气|快递|物流|厂家|平台)(?:$|[,!。~])|(?:是|就是)(?:你|您)(?:的|家)?§{0,6}(?:嘴刁|挑食|笨|"
        r"不行|矫情|手欠|手残|手笨|体质差)|(?:你|您)(?:去|自己去?)?找(?:快递|物流|厂家|平台|邮局|保险|银行)"
        r"(?:去|吧|$|[,!。~])|(?:闹|吵|说|喊|骂|哭|叫|催|告)(?:了)?也没(?:有)?用|(?:不|概不|一概不)认(?:账|$|[,!。~])|(?:将就|"
        r"凑合)(?:着)?(?:用|吧|穿)|还想(?:怎样|怎么样|咋样|要啥)|别人(?:怎么)?都没事|管不着",
        *_COLD,
        negatable=False,
        unless="抱歉|对不起|帮您|为您|可以",
    ),
    conduct(
        "insult",
        "insult.en",
        "消费者权益保护法 27",
        r"\b(?:nobody|no one|we don't) wants? you\b|\byour (?:mother|mom|parents) (?:not |never )?(?:teach|taught|raise)|\b(?:no|your|"
        r"some) manners\b|\btake it up with\b|\bnot us,? bye\b|\bdone with you\b|\bsee if (?:i|we) care\b|"
        r"\b(?:idiotic|moronic|brainless|worthless|cheap ?skate|peasants?|trash)\b",
        *RUDE,
        negatable=False,
    ),
    conduct(
        *_INSULT,
        r"(?:笨|蠢|傻|穷|丑|贱)(?:死了|到家|透了|爆了|得可以)|全家(?:都是|都|是|才是)?(?:骗子|假货|傻|穷|死|垃圾)|嘴(?:巴)?(?:这么|"
        r"那么|真|太|好)?臭|没刷牙|嘴巴?放干净",
        *RUDE,
        negatable=False,
    ),
    conduct(
        *_INSULT,
        r"(?:是|怪|因为|嫌)(?:你|您)(?:自己)?(?:太|长得|又|那么|这么|实在)?(?:胖|丑|矮|黑|老|穷|笨|壮)|\b(?:your|you) §{0,12}\b(?:is|"
        r"are) the problem\b",
        *RUDE,
        negatable=False,
    ),
    conduct(
        *_INSULT,
        r"智商§{0,2}(?:堪忧|感人|低|不够|税你)|死(?:胖|肥|穷|丑|老太)|肥猪|(?:笨|蠢|傻|丑)得(?:$|[^到])|不会用(?:就)?别买|"
        r"\bbrainless\b|\bshut (?:your|ur) (?:mouth|face)\b|\bgo cry\b",
        *RUDE,
        negatable=False,
    ),
    conduct(
        *_BLAME,
        r"是(?:狗|猫|孩子|你家|您家|你们|用户|顾客|买家)§{0,3}(?:的|自己的)(?:问题|毛病|事)|是(?:你|您)(?:自己)?(?:不会|没看|乱|手)|"
        r"\byou used it wrong\b|\bask the courier\b",
        *_COLD,
        negatable=False,
        unless="吗|抱歉",
    ),
    conduct(*_BLAME, r"是(?:你|您)§{0,4}有(?:问题|毛病|病)", *_COLD, negatable=False, unless="吗|抱歉"),
    conduct(*_INSULT, r"(?:脚臭|嘴臭|丑|穷)(?:人|的|鬼)?(?:就)?别(?:买|穿|来|进|看|拍)", *RUDE, negatable=False),
    conduct(*_INSULT, r"(?:真|够|太|好|多)+(?:蠢|笨|傻|贱)(?:的|了|$|[,!。])|穷光蛋", *RUDE, negatable=False, unless="我|主播"),
)
