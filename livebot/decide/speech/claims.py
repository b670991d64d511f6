"""Rules about claims that may be true: firsts, figures, crowds, prices, proofs; whoever says them must be able to show it."""

from typing import Final

from livebot.decide.speech.absolutes import ban

RULES: Final = (
    ban(
        "claim.only",
        r"(?:独家|唯一|首家|首创|首款|首发|首选|独创|原创首|仅有的?一家)(?:$|[^的]?)",
        verdict="needs_evidence",
        unless="唯一(?:没|缺|不|剩)|首选(?:[a-z0-9]|尺码|颜色|大码|小码)|唯一的?(?:一点)?(?:要|需要|得|就是)?§{0,2}(?:尺码|颜色|区别|"
        "不同|缺点|问题|要求|"
        "办法|注意)|全网独家|全网唯一|行业首选",
    ),
    ban(
        "claim.sales",
        r"(?:已经?|累计|总共|总|月|日|年)?(?:卖|售|销|热销|热卖)(?:了|出|出了|超|超过|破|近|掉|掉了)*(?:[0-9]+|"
        r"[一二两三五六七八九十百千上几])(?:[0-9]|十|百|千|万|w|\+)*(?:多)?(?:件|单|份|双|瓶|盒|套|台|人|条|箱|支)|"
        r"销量§{0,3}(?:领先|遥遥|破|超|过)|(?:№|[几上])(?:十|百|千|万|w)*(?:万|千|w)(?:多)?(?:人|家庭|用户|顾客|粉丝|宝妈|"
        r"姐妹)§{0,4}(?:选择|使用|购买|回购|下单|都在用|信赖|好评)|(?:好评率|回购率|满意度)§{0,3}[0-9]+|遥遥领先",
        verdict="needs_evidence",
    ),
    ban(
        "claim.stock",
        r"(?:只剩|仅剩|还剩|仅余|只有最后|就剩)(?:下|最后|不到)?№(?:件|单|双|份|套|个|瓶|盒|条|台)|手慢(?:就)?无|"
        r"错过§{0,4}(?:等一年|后悔|不再有|没有了)|绝版|再也没有了|仅此一(?:批|次)",
        verdict="needs_evidence",
        article="电子商务法 17",
    ),
    ban(
        "claim.words",
        r"极致|完美|王牌|天花板|封神|神器|断货王|爆款王|冠军同款|明星同款|网红同款|老字号|百年品牌|百年老店|奢侈级|"
        r"媲美(?:大牌|专柜)|平替|专柜同款|国际品质|高端品质|一流|国潮之光|遥遥",
        verdict="needs_evidence",
        unless="完美(?:日记|芦荟)|不完美|没有完美",
    ),
    ban(
        "claim.proof",
        r"专利|(?:拿|得|荣获)(?:过|了)§{0,6}奖|获得?(?:了)?§{0,6}(?:奖|认证|金奖|证书)|"
        r"(?:iso|ce|fda|gmp|haccp|sgs)[ -]?(?:[0-9]+|认证|检测|标准)|"
        r"有机认证|绿色食品|权威(?:认证|检测|机构)|实验(?:证明|表明|室认证)|数据(?:显示|证明|表明)|临床(?:验证|证明|试验|"
        r"测试)|科学(?:证明|研究表明)|研究(?:表明|发现|证明)",
        verdict="needs_evidence",
        article="广告法 11 · 12",
        unless="看(?:商品页|详情|版权页|页面)|见详情|信息",
    ),
    ban(
        "authentic",
        r"(?:保证|保障|绝对|百分百|100%|都是|全是|是|假一|纯|包|确保|肯定是?)§{0,2}正品|正品(?:保证|保障|放心|无疑|行货|"
        r"包|的)|假不了|专柜(?:正品|货)|(?:官方|品牌|品牌方|厂家|正规)(?:直接)?授权|授权(?:经销|店|代理|专卖)|"
        r"有§{0,4}(?:授权书?|质检报告|检测报告|质检|报关单|合格证)|\b(?:100% )?(?:authentic|genuine)\b",
        verdict="needs_evidence",
        article="消费者权益保护法 20",
        unless="是不是|是否|有没有|看商品页|找店铺客服要|假一赔|可以?(?:看|问|找)|吗|为准|详情页|who|see",
    ),
    ban(
        "claim.first",
        r"(?:国内|全国|全网|业内|行业|全球|世界|亚洲|国产|市面上|同类|品类|抖音|平台)§{0,4}(?:首个|首家|首款|首次|首批|"
        r"首位|头一|鼻祖|开山|"
        r"始祖|创始)|首个§{0,12}(?:品牌|产品|工厂|厂家|商家|专利|配方)|鼻祖|开山之作|首屈一指|数一数二|名列前茅|"
        r"领军|领跑|引领",
        verdict="needs_evidence",
    ),
    ban(
        "claim.rate",
        r"(?:复购|回购|好评|满意|返修|退货|退换|差评|过敏|成功|中奖|转化|有效|吸收|去除|祛除|清洁|杀菌|除菌|抑菌|"
        r"除螨)(?:率|度)?"
        r"§{0,4}(?:[0-9]+(?:\.[0-9]+)?%|百分之|高达|超过?|达到?|近|[五六七八九]成|几乎为|接近|只有|不到|为零|9)",
        verdict="needs_evidence",
        unless="为准|多少|吗|怎么",
    ),
    ban(
        "claim.crowd",
        r"(?:[0-9]{3,}|(?:[0-9]+|[一二两三四五六七八九几上好数])(?:十|百|千|万|亿|w|k)+)(?:多|来|余|\+|号)*(?:个|名|位|号|"
        r"家|户)?"
        r"(?:人|家人|姐妹|宝妈|宝宝|顾客|用户|家庭|粉丝|客户|老客|买家|朋友|家长)§{0,6}(?:下单|拍|买|抢|付款|加购|入手|"
        r"在用|选择|好评|回购|复购|"
        r"种草|冲|见证|信赖|认可|推荐|用过|用了|喝|吃|穿)|(?:大家|好多人|很多人|所有人|姐妹们|家人们|别人|人家|都)(?:都|"
        r"已经|全)?(?:在抢|抢疯|"
        r"抢空|疯抢|抢着|回购了|拍疯|拍了好几)",
        verdict="needs_evidence",
        article="电子商务法 17",
    ),
    ban(
        "claim.price",
        r"亏本|赔本|赔钱|亏钱|不赚钱|一分钱?不赚|没利润|成本价|工厂价|出厂价|进货价|批发价|骨折价|破价|白菜价|清仓价|"
        r"(?:专柜|商场|实体店|门店|"
        r"市场价|别人家?|别家|外面)§{0,6}(?:卖|要|售|都是|得|起码|至少)?№(?:多|块|元|起|$|[,!。~ ])|比§{0,8}便宜|(?:便宜|"
        r"省)(?:了|一|大)半",
        verdict="needs_evidence",
        article="价格法 14 · 广告法 28",
        unless="便宜多少|不比|装比|单买|单支|单件|算下来",
    ),
    ban(
        "claim.hurry",
        r"再不(?:抢|拍|买|下手)§{0,4}(?:就|没|晚)|(?:不会|没有|没)(?:有|再|比)?§{0,4}(?:再|更)(?:便宜|低)|错过(?:就|再|"
        r"今天|这次|等|没)|仅此一次|最后一波|随时(?:涨价|结束|恢复)|"
        r"(?:再也|以后|今后|过了今天|过了今晚)§{0,6}(?:没有|没|不会|买不到|遇不到)|万人(?:疯抢|在抢)|全民(?:疯抢|免单)|"
        r"(?:第|每)(?:二|2|三|3|№)(?:件|盒|瓶|双|份)"
        r"(?:半价|№折|免费|0元|零元|立减|一元|1元)|半价|(?:药店|医院|美容院|免税店|机场|大牌|进口的?|代购)§{0,4}(?:卖|要|"
        r"得|都是|至少|起码)№",
        verdict="needs_evidence",
        article="价格法 14 · 广告法 28",
        unless="^§{0,4}没有更(?:便宜|低)|为准|规则|结算页|吗|不会再播|请看|看(?:商品|页)",
    ),
    ban(
        "claim.above",
        r"比§{0,4}(?:大牌|专柜|别家|别的|别人|其他|其它|同行|市面|外面|超市|实体店|商场|网上|一线|名牌|贵妇|国际|进口|某|同价|同款|"
        r"门店|线下|牌子|品牌)"
        r"§{0,10}(?:还要?|更|都|要|得多|好|强|舒服|轻|软|快|便宜|划算|厚实|耐用|正宗|新鲜|高)",
        verdict="needs_evidence",
        article="广告法 11 · 13",
        unless="本品牌|自家|没法比|不能比|不比|不好比|不作比较",
    ),
    ban(
        "claim.crowd",
        r"(?:明星|网红|博主|达人|艺人|女神|贵妇|名媛|空姐|超模|化妆师|网友|客户|顾客|老客|回头客|用过的|穿过的|吃过的|"
        r"买过的)们?§{0,6}(?:都|也|全|人手|纷纷|一致|自己)§{0,3}"
        r"(?:用|穿|吃|喝|戴|背|说|夸|爱|买|推荐|力荐|种草|囤|回购|喜欢|认可|好评|在)|(?:明星|网红|博主|达人|艺人)们?§{0,4}(?:力荐|"
        r"推荐|同款|自用|爱用|最爱|种草)",
        verdict="needs_evidence",
        article="广告法 11 · 38",
        unless="吗|为准|都可以|也可以|都能|都会|也会|也能|联系|请",
    ),
    ban(
        "claim.hurry",
        r"(?:永不|绝不|再也不|再不|不会再)(?:会)?(?:补货|返场|上架|再有|再卖|生产|做活动)|(?:抢完|卖完|拍完|售完|售罄)(?:就|"
        r"即)?§{0,2}(?:下架|下链接|绝版|停产|没了|没有了|恢复)",
        verdict="needs_evidence",
        article="价格法 14 · 广告法 28",
    ),
    ban(
        "words",
        r"佼佼者|无出其右|无人能敌|翘楚|无可挑剔|无懈可击|望尘莫及|独占鳌头|无可匹敌|所向披靡|帝王(?:般|级|享受)|神级|逆天|"
        r"独步(?:天下|武林|业界)|后无来者|叹为观止|举世闻名|傲视|"
        r"(?:业界|行业|同行|同类)§{0,4}(?:标准|典范|楷模|扛把子|老大|王者)|不二之选|必选(?:$|[,!。~之项])|唯一选择|(?:永远|"
        r"从来)(?:都)?不会(?:错|出错|让您失望)",
        verdict="block",
        unless="选项|尺码",
    ),
    ban(
        "certain",
        r"(?:保证|确保|保准|包|肯定|一定|绝对|必定|百分百)(?:让)?§{0,10}(?:好看|显瘦|满意|合身|喜欢|有效|好吃|好用|变美|回购|后悔|"
        r"爱上|惊艳|成功|见效|变白|瘦|不踩雷|正宗)(?:$|[,!。~ 的您你到哦])",
        unless="为准|吗|尽量|看(?:您|你)|个人|不一定|没法|不能|无法",
        inside="不|不能|一定要|满意(?:再|为)",
    ),
    ban(
        "claim.above",
        r"同一?(?:条|家|个)?(?:生产线|工厂|厂家|流水线|代工厂|供应商|厂子)|代工厂?|同厂|尾单|原单|外贸单|价格?(?:只要|只有|才|"
        r"不到)§{0,3}(?:分之一|一半|零头)|"
        r"(?:明星|演员|歌手|艺人|奥运|冠军|名人|影后|影帝|偶像|运动员|天后|天王|大咖|名媛|某知名)§{0,6}(?:代言|同款|推荐|力荐|认可|"
        r"背书|自用)|代言人|(?:kol|koc|up主|大v|测评|主编|编辑|专柜ba)"
        r"§{0,6}(?:推荐|力荐|种草|都在|都说|好评|认可)|(?:销量|排名|排行|销售|口碑|人气|好评|热度|榜单?)§{0,6}(?:前列|前三|前十|第二|"
        r"榜单|上榜|top|领先|榜首|第一梯队)",
        verdict="needs_evidence",
        article="广告法 11 · 38",
        unless="吗|不是|没有",
    ),
    ban(
        "claim.crowd",
        r"(?:[0-9]{4,}|[0-9一二两三四五六七八九几上数]+(?:十|百)?(?:千|万|亿|w|k)+)(?:多|来|余|\+|号)*(?:个|名|位|户)?(?:家庭|用户|"
        r"顾客|客户|妈妈|宝妈|消费者|买家|回头客|老客|粉丝|女性|人)(?:的)?(?:选择|信赖|"
        r"口碑|见证|带来|好评|喜爱|青睐|共同|都|已|正在|推荐|使用|放心)",
        verdict="needs_evidence",
        unless="在看|在线|直播间|关注|人数",
    ),
    ban(
        "claim.en",
        r"\b[0-9][0-9,.]{2,}(?:k|m)?\+? ?(?:[a-z-]+ )?(?:reviews|orders|customers|fans|buyers|users|families|people|shoppers|women|"
        r"men|moms)\b|\b(?:celebrit(?:y|ies)|influencers?|editors?|"
        r"movie stars?|athletes?|supermodels?|tiktokers?)\b§{0,30}\b(?:love[sd]?|swear|uses?|wears?|enough|rave|recommends?|approved?|"
        r"favou?rites?|endorse[sd]?)\b|\b(?:rated|voted|ranked|named)\b"
        r"§{0,10}\b(?:best|number|no|top|first|one)\b|\bgoing viral\b|\bviral\b|\beveryone(?:'s| is) (?:buying|obsessed|talking)",
        verdict="needs_evidence",
        unless=r"\b(?:not|don't|doesn't|isn't)\b",
    ),
    ban(
        "superlative.en",
        r"\bno (?:better|finer|cheaper|safer|stronger|softer)\b|\b(?:better|cheaper|stronger|safer|finer) than (?:any|all|every|"
        r"anything|everyone|anyone|the rest)\b|\b(?:perfection|flawless|"
        r"unrivall?ed|unparalleled|unequall?ed|incomparable|peerless|matchless|ultimate|legendary|life[- ]changing|revolutionary|"
        r"one and only)\b|\b(?:forever|for life)\b§{0,12}\bguarantee|"
        r"\b(?:waterproof|scratch[- ]proof|unbreakable|stain[- ]proof)\b§{0,12}\b(?:forever|guarantee[sd]?|always|completely)\b|"
        r"\bcompletely (?:waterproof|unbreakable)",
        unless=r"n't|\bnot\b|\bno promise",
    ),
    ban(
        "words",
        r"(?:里|中|界|圈)的?(?:王者|扛把子|老大|霸主|天王|爱马仕|天花板|战斗机|劳斯莱斯|一哥|头牌)|王中王|天下(?:一绝|无双|独绝)|"
        r"堪称(?:一绝|完美|经典)|包教包会|"
        r"(?:包|稳|必|准)(?:赚|过|考上|上岸|拿证|中奖|发财|提分|学会)|只涨不跌|升值(?:空间|潜力|无限)|(?:肯定|一定|以后|必然|"
        r"将来)§{0,4}(?:升值|翻倍|增值)",
        verdict="block",
        article="广告法 9(3) · 24 · 25",
        unless="吗|不能|没有|不敢",
    ),
    ban(
        "claim.above",
        r"比§{1,8}还要?(?:好|香|甜|软|强|值|划算|便宜|高级|舒服|正宗|鲜|纯|耐|结实|灵|管用)|挤掉(?:了)?§{0,6}(?:大牌|进口|同行|第)|"
        r"一个(?:车间|厂|工厂|生产线|流水线)(?:出|做|生产|里)",
        verdict="needs_evidence",
        article="广告法 11 · 13",
        unless="上一|去年|之前|昨天|旧款|老款|上次|我们自家|吗",
    ),
    ban(
        "claim.crowd",
        r"(?:央视|新闻|电视台?|媒体|纪录片|热搜|节目)§{0,4}(?:报道|推荐|上过|采访|播过|点名|都在)|(?:学霸|大厨|名校|清华|北大|米其林|"
        r"设计师|老师傅|行家|懂行的|内行|教练|运动员|空少|律师|高管)§{0,6}"
        r"(?:都|也|在用|点头|认可|推荐|首选|必备|同款)|口碑§{0,2}(?:炸|爆|极|超|好到)|回头客§{0,3}(?:占|无数|不断|特别多|都|九|八)|"
        r"卖(?:爆|空|断|疯|脱)",
        verdict="needs_evidence",
        article="广告法 11",
        unless="吗|卖断(?:码|货)了|卖空了|没|不",
    ),
    ban(
        "claim.price",
        r"(?:超市|市场上?|网上|外头|别处|药房|4s店|专卖店|店里|机场)§{0,4}(?:卖|要|售|得|起码)(?:卖)?№|(?:成本|进价|本钱|拿货价|料钱|"
        r"工钱)§{0,6}(?:不止|不够|收不回|倒贴|亏)|"
        r"(?:赔|亏|贴)(?:着)?(?:本|钱|血本)(?:卖|给|送|冲|赚)",
        verdict="needs_evidence",
        article="价格法 14 · 广告法 28",
    ),
    ban(
        "claim.stock",
        r"(?:只剩|仅剩|还剩|就剩|剩)(?:下|最后|不到)?№(?:箱|斤|袋|罐|包|桶|提|个名额|位|张)(?:了)?(?:[,!。~]|$)|(?:卖|抢|"
        r"拍)完§{0,3}(?:要等|得等|就等|等)",
        verdict="needs_evidence",
        article="电子商务法 17",
        unless="怎么|吗",
    ),
    ban(
        "claim.en",
        r"\bsold out (?:[0-9]+|two|three|four|many|several|again|in)\b|\bhappy (?:owners|customers|buyers|clients)\b|"
        r"\bsame (?:factory|plant|supplier|production line)\b|\bhalf the price\b|"
        r"\b(?:vets?|doctors?|dentists?|experts?|chefs?|trainers?|teachers?|moms) (?:all )?(?:recommend|love|use|swear|trust|"
        r"choose)s?\b|\b(?:definitely|certainly|surely|always)\b§{0,10}\b(?:pass|works?|fits?|"
        r"love|helps?|succeed|win|lasts?)\b",
        verdict="needs_evidence",
        unless=r"\b(?:not|don't|doesn't|won't|if)\b",
    ),
    ban(
        "claim.sales",
        r"(?:卖|售|销)(?:了|出|出了|超|超过|破|近|掉)*[0-9一二两三四五六七八九十百几]+(?:多|余|几|来)?(?:万|千|百万|w|k)(?:多|"
        r"余)?(?:件|单|份|双|瓶|盒|套|台|箱|支)|\bas seen (?:on|in)\b|\b(?:even |ever )?comes? close\b|"
        r"\bno other (?:brand|shop|store|product|seller|company)\b",
        verdict="needs_evidence",
    ),
    ban(
        "claim.words",
        r"(?:国际|一线|欧美)大牌|大牌(?:品质|质感|级|面料|工艺|水准)|顶配(?:面料|工艺|用料|品质)|零失误|谁(?:穿|用|吃|喝|买|戴|涂|抹|"
        r"背)谁(?:好看|"
        r"知道|说好|瘦|白|美|漂亮|爱|夸|显)|\b(?:everyone|everybody)\b§{0,20}\b(?:is|are) "
        r"(?:buying|using|wearing|obsessed|raving|talking)\b",
        verdict="needs_evidence",
    ),
    ban(
        "certain",
        r"(?:绝对|永远|百分百|保证|保准)不(?:会)?[^要是能可用让给得行做说退加收骗会乱随泄卖勉强再]|永不[一-鿿]",
        unless="吗|不能|没法|不敢",
        inside="永不(?:加微|私)",
    ),
    ban(
        "claim.rate",
        r"(?:[五六七八九]成|百分之[五六七八九]|[5-9][0-9]%)(?:以上|多|左右)?的?§{0,8}(?:都|会|选择|回购|满意|喜欢|爱|说好|推荐)|"
        r"好评§{0,3}№(?:万|千|条|多|\+)|秒没|\blast chance\b|\bnever again at\b",
        verdict="needs_evidence",
        unless="棉|毛|纤|含量|吗|羊|绒",
    ),
    ban(
        "claim.en",
        r"\b(?:[0-9]+(?:[,.][0-9]+)* ?(?:k|m|million|thousand)?|millions?|thousands) (?:of )?(?:[a-z]+ )?sold\b|\b(?:teachers?|vets?|"
        r"doctors?|"
        r"dentists?|experts?|chefs?|trainers?|moms|parents|nurses) (?:everywhere|worldwide|all over)\b|"
        r"\b(?:best|[a-z]{3,}est)\b§{0,24}\b(?:you can (?:buy|get|find|have)|money can buy|hands down)\b",
        verdict="needs_evidence",
        unless=r"n't|\bnot\b|latest|request|interest|honest|test",
    ),
    ban(
        "claim.en",
        r"\b(?:millions|thousands|hundreds) of (?:happy )?(?:families|people|customers|users|moms|women|homes|buyers|fans)\b",
        verdict="needs_evidence",
    ),
)
