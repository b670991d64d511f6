"""Rules about absolute words in advertising: term and object, with what the enforcement guide of 2023 exempts."""

from typing import Final

from livebot.decide.speech.rules import GuardRule, Level

_ADS: Final = "广告法 9(3)"
_TRUE: Final = "广告法 11"
_ZH, _EN = "绝对化用语", "an absolute claim"
_PROVE = ("要有证据才能说", "needs evidence before it is said")

_USE: Final = (
    r"最佳(?:赏味|食用|饮用|使用|品尝|品饮|保存|储存|存放|观看|观赏|尝鲜|洗涤|适用|冲泡|口感|状态|搭配|穿着|穿法|用法|"
    r"效果|温度|时间|时机|日期|身高|距离|位置)|(?:口感|风味|味道|效果)(?:最好|最佳|更)§{0,2}$|早晚|饭前|饭后|餐前|餐后"
    r"|冷藏|冰镇|温水|冷水|手洗|干洗|趁热|单独|睡前|搭配使用|配合使用|佐|加热|赏味"
)
_SERVE: Final = (
    r"争取|尽力|尽最大|努力|力求|力争|做到最|尽可能|希望|祝|愿|为您提供|给您提供|给大家提供|追求|致力|服务|体验|办法|"
    r"方式|方案"
)
_OWN: Final = (
    r"店里|本店|我们家|自家|我家|咱家|同系列|系列里|系列中|这几款|这几个|这些|其中|本品牌|几款里|几个里|款式里|颜色里|"
    r"本场|今天直播间|直播间里|对比"
)
_FAR: Final = (
    r"(?:全网|全国|全球|全世界|世界|全中国|中国|史上|有史以来|历史|行业|业内|业界|市面|市场|国内|亚洲|宇宙|地表|同行|"
    r"同类|全场所有|平台|全平台|抖音|淘宝|直播间史)"
)


def ban(
    id: str, like: str, *, verdict: Level = "block", article: str = _ADS, inside: str = "", unless: str = "", zh: str = _ZH, en: str = _EN
) -> GuardRule:
    if verdict == "needs_evidence" and zh == _ZH:
        zh, en, article = *_PROVE, _TRUE if article == _ADS else article
    return GuardRule(
        id=f"absolute.{id}", kind="absolute", verdict=verdict, article=article, like=like, inside=inside, unless=unless, zh=zh, en=en
    )


RULES: Final = (
    ban(
        "superlative.everywhere",
        rf"{_FAR}§{{0,8}}最(?:$|[^近后终初])",
        inside=r"以.{0,6}最",
        unless="不说|别人说|最新通知|(?:本店|我们家|店铺|本品)历史",
    ),
    ban(
        "lowest.everywhere",
        rf"{_FAR}§{{0,3}}(?:底价|低价|独家|唯一|无敌|首创|爆款第)|地板价|跳楼价|史低",
        unless="(?:本店|我们家|店铺|本品)历史",
    ),
    ban("lowest.own", r"(?:本店|我们家|店铺|本品)历史最低|历史新低", verdict="needs_evidence"),
    ban(
        "superlative",
        r"最最?(?:佳|优|棒|牛|强|顶|顶级|高级|高端|高档|高品质|先进|权威|专业|正宗|地道|奢华|豪华|厉害|安全|健康|有效|"
        r"见效|管用|靠谱|可靠|放心|低价|底价|低的?价|便宜|优惠|划算|实惠|值|超值|畅销|火爆|热销|热卖|火的|红的|受欢迎|"
        r"流行|时尚|潮|耐用|耐穿|耐磨|结实|优秀|优质|完美|极致|天然|纯|环保|新鲜"
        r"|大(?:力度|优惠|折扣|福利|品牌)|好(?:的|喝|吃|看|穿|闻|听|$|[,!?。~ 了])|好用(?:的|了|$|[,!?。~ ])|舒服|舒适|"
        r"柔软|漂亮|美的|显瘦|显白|香的|甜的)",
        inside=r"最值得?注意|最优先|最新鲜$",
        unless=f"{_USE}|{_SERVE}|{_OWN}|{_FAR}|最好(?:先|提前|不要|别|是|在|还是|能|问|选|看|拍|按|手|单独|避)|您觉得|你觉得|自己",
    ),
    ban(
        "superlative",
        r"(?:价格|价|价位|到手价)§{0,3}最低(?:$|[,!?。~ 的了哦])|(?:质量|品质|面料|做工|工艺|用料|产品|东西|版型|配方|"
        r"成分|颜值|性价比|口碑)§{0,6}最(?:高|好|低|大)(?:$|[,!?。~ 的了哦])|是最(?:好|大|高|低价|低)的|选择最(?:好|佳)|"
        r"最佳(?:选择|礼物|拍档|产品|品牌|品质|男|女|单品|神器)",
        unless=f"{_SERVE}|{_OWN}|{_FAR}",
    ),
    ban(
        "superlative",
        r"最(?:[^难累麻费脏乱吵挤开原后近终初多少早晚迟快慢大小长短宽窄高低轻重细粗厚薄上下左右里外前中底接合适喜"
        r"爱想需担关常新好佳重主简方省准稳清明怕容忌深浅亮暗热冷贵基普经受欢问坏差糟末底远,!?。]|大的?(?:优惠|力度|折扣|"
        r"让利|福利|诚意)|高的?(?:性价比|品质|规格|标准)|低(?:价|折))",
        inside="最(?:顶(?:端|上|层|部)|值得注意|优先|可能|能看出|开始|原始|易|有可能|让人|该|先|旁边|边|两边|里面|一般|忙|缺|火的时段)",
        unless=f"{_USE}|{_SERVE}|{_OWN}|{_FAR}|自己|个人|您觉得|你觉得",
    ),
    ban(
        "first",
        r"第(?:一|1)(?:$|[^次步个款排页时批件双条天场位行层遍张图种眼口级代季节名号组栏格项点句杯支瓶盒袋箱套"
        r"部印手位首回条章段本集期轮座块根片只颗粒道层瞬感二三泡遍锅杯口笔])",
        unless="第一(?:时间|印象|手)|规则",
    ),
    ban(
        "certain",
        r"(?:百分之(?:百|一百|一千|一万|二百|两百)|百分百|(?:100|200|1000|10000)%)(?:$|"
        r"[^棉羊真桑蚕纯丝亚麻聚涤锦腈莱天粘竹绒牛皮果椰阿正可乳橡黄铜银金硅麦牧人尼氨])",
        unless="百分百还|(?:棉|麻|丝|毛|绒|纤|纶|皮|果汁|面)§{0,3}(?:100%|百分)|电量|充电|进度|亮度|音量|面料|成分|含量|材质|材料|浓度|"
        "fiber|cotton|wool|silk|linen|polyester|leather|authentic|genuine",
    ),
    ban(
        "above.others",
        r"(?:放眼|全国|全网|全抖音|全球|业内|同行|市面上?|哪里|哪儿|外面)§{0,6}(?:找不|没有|都没|买不|拿不|冠绝|独一)|"
        r"冠绝|史诗级|(?:绝对|真正|当之无愧)的?(?:王|第一|霸主|老大|扛把子)|引领者|开创者|标杆|比§{0,8}(?:强|好|便宜|高级|"
        r"管用|牛|香|厚实)(?:一|十|百|多|太|得多|几|好)(?:倍|了|$|[十百千])",
        article="广告法 9(3) · 13",
        unless="找不到(?:链接|客服|入口|订单|商品|评论)|没有(?:链接|货)",
    ),
    ban(
        "superlative.own",
        rf"(?:{_OWN})§{{0,8}}最(?:$|[^近后终初少多早晚快])",
        verdict="needs_evidence",
        unless=rf"{_FAR}|喜欢|最想|历史最低|最适合|{_USE}|{_SERVE}|问得最",
    ),
    ban("superlative.advice", r"最(?:受欢迎|热卖|畅销)的?", verdict="needs_evidence"),
    ban(
        "first",
        r"(?:销量|销售|销售额|排名|全网|全国|行业|业内|全球|世界|品类|类目|口碑|质量|品质|人气|热卖|热销|回购|回购率|中国|"
        r"亚洲|国内|榜单|好评|市场|市占率|天下|全平台|直播间)§{0,6}第(?:一|1|-)|第(?:一|1|-)(?:品牌|名牌|大牌|大品牌|"
        r"的?品质)|(?:稳居|位居|占据|蝉联|荣登|排)(?:第一|榜首)|(?:销量|销售|单品|类目|行业|年度|全国|好物)§{0,4}(?:冠军|"
        r"榜首|之王|之冠)|天下第一|宇宙第一|第-好|第一好",
        inside="直播间第(?:一|1)(?:个|次|款|名|排|页|号|件|步|位)|第(?:一|1)(?:次|步|个|件事|时间|页|天|批)",
    ),
    ban(
        "first",
        r"\b(?:no|top)\.? ?1(?:$|[^0-9号链])|#1\b|\bnumber one\b|\bn0\.?1\b",
        inside="(?:号|链)$",
        unless=r"(?:link|号链接|item|step) ?(?:no|number)",
    ),
    ban(
        "grade",
        r"(?:国家|世界|宇宙|国际|殿堂|航天|航空|皇家|总统|明星|大师|收藏|教科书)级|顶级|顶尖|顶流品质|极品|绝品|尖端|至尊|"
        r"巅峰之|顶峰|登峰造极",
        unless="国家级(?:非物质|非遗|重点|高新|实验室|标准|证书|检测)|国际级赛|大师级作品|教科书级别的|会员",
    ),
    ban("grade.title", r"国家级(?:非物质|非遗|重点|高新|实验室|标准|证书|检测)", verdict="needs_evidence"),
    ban(
        "leader",
        r"(?:国际|全球|世界|全国|行业|业内|国内|同行业)§{0,2}(?:领先|领导者|领导品牌|领军|领袖|龙头|首选|霸主|王者|标杆)|"
        r"领导品牌|领袖品牌|王牌产品|王者品质|顶梁柱品牌|品类之王|之王(?:$|[,!。~ ])",
    ),
    ban(
        "unique",
        r"前无古人|天花板级|(?:没有?人|没谁|谁也|哪家也|没有一家)§{0,3}(?:打得过|比得过|比得上|拼得过|能打)|没有对手|"
        r"独一无二|绝无仅有|史无前例|前所未有|空前绝后|无与伦比|无可比拟|举世无双|天下无双|无人能及|无可替代|全网(?:唯一|"
        r"独家|独有|仅此)|仅此一家|独此一家|世所罕见|无敌(?:$|[,!。~ 的了好])|万能(?:$|[^转插充遥胶扳支钥表夹粘适])",
    ),
    ban(
        "certain",
        r"(?:100%|百分之?百|百分之一百|百分百|1000%|200%)§{0,4}?(?:有效|见效|安全|不|满意|成功|好评|防|放心|没|无|管用|包|"
        r"真皮效果|适合|过关|零|吸收|有用|会)",
    ),
    ban(
        "certain",
        r"(?:绝对|永远|永不|永久|终生|终身|一辈子|绝不|绝无|从不|从来不|完全不会?|一点都?不会?|一点儿?也?不会?|保证不会?|"
        r"保证|肯定不会?|一定不会?|不可能|再也不会?|根本不会?)§{0,4}?(?:掉色|褪色|起球|变形|缩水|过敏|坏|漏水|漏|断|生锈|"
        r"开裂|脱毛|掉毛|起静电|刺激|伤害|反弹|复发|脱皮|皱|老化|卡|脱胶|变质|发霉|氧化|有效|安全|值得(?:入|买|拍|拥有|"
        r"信赖|信任|收藏|$|[,!。~ 的])|正确|没问题|健康|"
        r"适合|保值|升值|满意|好用)",
        inside="吃坏|弄坏|保证金|不满意",
        unless="不是绝对",
    ),
    ban(
        "certain",
        r"永不(?:褪|变|磨|断|坏|掉|过时|生锈)|零(?:风险|副作用|伤害|刺激|过敏|差评)|(?:0|零)(?:甲醛|风险|副作用|刺激|伤害|"
        r"投诉)|绝对(?:安全|有效|好用|真|正|第一|权威|领先|划算|便宜|不(?:会|掉|起|缩|变|褪|过敏|刺激|伤|贵|亏|踩|后悔|漏|"
        r"坏|断|输|"
        r"假|差|糊|粘))|用不(?:坏|完)的|闭眼入绝不",
    ),
    ban("certain", r"永久(?:$|[^胶牌磁地保居会关封性删地牙标免使有])|领先(?:全|世|国|行|业|同)§{0,3}"),
    ban(
        "certain",
        r"(?:穿|用|摔|洗|砸|踩|扯|撕|刷|晒|拉|磨|咬)不(?:坏|烂|破|断|变形|褪色|裂)|(?:永远|永久|一辈子|这辈子|终身|一生|"
        r"万年|十年|几十年|再也|从此)§{0,4}?不(?:会|用|坏|变|褪|掉|怕|担|过时|起|生锈|换|愁)",
        inside="不用(?:担心|等|客气|谢)",
    ),
    ban(
        "unique",
        r"(?:全球|世界|全网|全国|宇宙|天下|史上)§{0,3}(?:独一|仅此|仅有|唯一|就这|只有这|独有|头一|第一|顶|没有第二)|"
        r"独一份|没有第二(?:家|个|款)|找不(?:到|出)第二|空前",
    ),
    ban(
        "state",
        r"(?:军工|军用|国防|航天|航空|神舟|太空|军区|部队)§{0,2}(?:级|品质|技术|科技|材料|标准|同款)|奥运§{0,3}(?:指定|"
        r"专用|同款)",
    ),
    ban(
        "above.others",
        r"没有(?:任何|哪|哪家|别家|人|谁)?§{0,8}(?:比|能比)§{0,10}更|没有比§{0,10}(?:更|再)|(?:找不到|没有)§{0,4}第二家|"
        r"谁都比不(?:了|上)|(?:秒杀|吊打|碾压|完胜|甩开?|打败|干翻|暴打|完爆)(?:了)?(?:所有|一切|同行|同款|大牌|全网|市面|"
        r"别家|其他|同类|专柜|各种|国际)|甩§{0,8}(?:几|十|八)条街|(?:全网|别家|其他家|同行|大牌|专柜|他家|隔壁|"
        r"某宝)§{0,6}(?:都比不|都没我|不如我|都是假|都是垃圾|都不如)|比(?:大牌|专柜|别家|别人家|同行|某某|隔壁|"
        r"其他家)§{0,4}(?:都|还|更)?(?:好|强|便宜|高级)",
        article="广告法 13",
        zh="贬低别家或与所有人相比",
        en="compares with everybody or runs others down",
    ),
    ban(
        "state",
        r"(?:国家|机关|军队|部队|军方|大会堂|领导|国宾|中南海|央企|外交部|解放军)§{0,5}(?:特供|专供|专用|指定|推荐|"
        r"认证品牌)|国宴|人民大会堂|中南海|国家领导人|国家免检|免检产品|特供酒|军工品质|(?:央视|cctv|"
        r"人民日报)§{0,3}(?:推荐|认证|上榜)|国旗|国徽",
        article="广告法 9(2)",
        zh="借用国家机关或领导人的名义",
        en="uses the name of the state or its leaders",
    ),
    ban(
        "famous.mark",
        r"驰名商标|著名商标|驰名品牌",
        article="商标法 14",
        zh="“驰名商标”不能用于宣传",
        en="“well-known trade mark” must not be advertised",
    ),
    ban(
        "superlative.en",
        r"\b(?:the )?(?:world'?s|america'?s|the country'?s|nation'?s) (?:best|cheapest|finest|number|no|first|leading|"
        r"safest|softest|greatest)|\b(?:best|cheapest|finest|greatest|safest|lowest|softest|strongest|"
        r"highest quality)\b§{0,24}\b(?:in the (?:world|us|usa|uk|market|country|universe)|on (?:the )?(?:internet|market|"
        r"earth|planet|amazon|tiktok)|anywhere|ever|you'?ll ever|online|out there|of all time|in town|around)",
    ),
    ban(
        "superlative.en",
        r"\b(?:the|our|simply the|absolute) (?:very )?best (?:quality|price|prices|deal|product|cream|serum|fabric|brand|"
        r"in)\b|\b(?:lowest|best|cheapest|unbeatable) prices?\b|\b(?:is|are|it's|they're|we're) the (?:best|cheapest|"
        r"safest|finest|greatest)\b|\bbeats? (?:our|any|all|every|the)\b§{0,12}\b(?:price|brand|competitor|other|deal)|"
        r"\bnobody (?:beats|sells|does)|\bsecond to none|\bunmatched\b|\bunrivall?ed\b|\bunbeatable\b|\bone of a kind\b|"
        r"\bonly one in the world\b",
        unless=r"our best to|do our best|best (?:before|by|for|to|with|worn|washed|used|if|when)",
    ),
    ban(
        "superlative.en",
        r"\b(?:most [a-z]+|[a-z]{2,}est|number (?:1|one)|no\.? ?1|the only [a-z]+)\b§{0,24}\b(?:on the planet|"
        r"in the world|in the (?:us|usa|uk|country|market|industry)|on earth|ever|out there|around|anywhere|on the market|"
        r"in america|of all)\b|\bnumber (?:1|one) (?:in|for|brand|choice|seller)|\bnever (?:wears?|goes?|gets?|loses?|"
        r"needs?)\b|\bsatisfaction\b",
        inside=r"\b(?:latest|interest|request|forest|honest|rest|tests?|guest|suggest|west)\b",
    ),
    ban(
        "certain.en",
        r"\b100 ?% (?:effective|safe|guaranteed|satisfaction|results|success|works?|natural cure|pure results)|"
        r"\b(?:absolutely|totally|completely) (?:perfect|safe|risk[- ]free|guaranteed|harmless)|\bnever (?:fades?|breaks?|"
        r"fails?|shrinks?|wears?|pills?|rusts?)|\b(?:guaranteed|proven) results?|\bworks? for everyone|\bzero risk|"
        r"\brisk[- ]free|\blasts? forever|\bmiracle\b|\bindestructible\b|\bflawless\b",
    ),
    ban(
        "claim.en",
        r"\bbest[- ]?sell(?:er|ing)s?\b|\bclinically (?:proven|tested)|\bpatented\b|\bfda (?:approved|cleared)|"
        r"\baward[- ]winning|\b(?:most popular|top[- ]rated|world[- ]class|premium grade)\b|\bonly (?:[0-9]+|one|two|three|four|five|"
        r"six|a few|a handful) (?:left|"
        r"remaining)|\b(?:[0-9,k]+|million|thousands?|hundreds) (?:sold|happy customers)|\bexclusive\b|\bleading brand|\bperfect\b|"
        r"\bcertified\b",
        verdict="needs_evidence",
    ),
    ban(
        "words",
        r"终极(?:$|[^一目])|填补§{0,4}空白|至臻|臻品|至尊|掌门人|(?:品质|质量|工艺|手艺)(?:之巅|之王|无双|至上)|"
        r"(?:一(?:瓶|支|款|件|个|盒|台))§{0,4}(?:全|都|统统|"
        r"通通)?搞定§{0,4}(?:所有|一切|全)?|(?:全部|所有|一切|什么)(?:问题|毛病|烦恼|污渍)?(?:都能|全都?)?(?:搞定|解决|"
        r"去掉|治)|全能(?:王|神器|冠军)|神效|奇效|特效(?:$|"
        r"[^药片镜])|超神|无所不能|立马见效|包您?(?:有效|管用|满意)|无效退款|保(?:过|瘦|白|真)(?:$|[,!。~])",
        unless="镜头|相机|吗|怎么",
    ),
    ban(
        "superstition",
        r"旺夫|招财|辟邪|避邪|开光|转运|改运|旺(?:财|运|桃花|宅|事业)|挡煞|化煞|镇宅|带来(?:好运|财运|桃花)|(?:财运|"
        r"桃花运|事业运|官运)§{0,4}(?:来|旺|好|提升|亨通)|"
        r"防小人|化解小人|逢凶化吉",
        article="广告法 9(8)",
        zh="封建迷信",
        en="superstition",
        unless="招财猫|寓意|图个",
    ),
    ban(
        "certain.en",
        r"\b(?:never|won't ever) (?:stick|leak|smudge|peel|tear|crack|stain|lose|disappoint|fail|slip|fade)s?\b",
        unless=r"we never|\bif\b",
    ),
)
