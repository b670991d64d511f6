"""Rules about health: what cosmetics, food and household goods must not be said to do."""

from typing import Final

from livebot.decide.speech.rules import GuardRule, Level

_ADS: Final = "广告法 17"
_BAN: Final = ("普通商品不能说医疗作用", "a medical claim for what is no medicine")
_PROVE: Final = ("功效要有备案或检测依据才能说", "an effect needs its registration or a test report")

_ILL: Final = (
    r"(?:痘|痤疮|粉刺|湿疹|皮炎|荨麻疹|脚气|灰指甲|鼻炎|咽炎|胃炎|肠炎|关节炎|颈椎病?|腰椎|肩周|风湿|痛风|糖尿病|"
    r"高血压|高血糖|高血脂|三高|血压|血糖|血脂|尿酸|心脏病|脑梗|癌|肿瘤|结节|囊肿|失眠|抑郁|便秘|腹泻|痔疮|感冒|发烧|"
    r"咳嗽|哮喘"
    r"|过敏|炎症|发炎|感染|真菌|螨虫感染|妇科|宫寒|痛经|月经不调|阳痿|早泄|前列腺|肾虚|脱发|秃|近视|白内障|飞蚊|"
    r"脂肪肝|肝病|肾病|贫血|骨质疏松|骨质增生|疤|斑|皱纹|妊娠纹|静脉曲张|疼痛|头痛|牙痛|牙周炎|口腔溃疡|狐臭|疾病|病)"
)


def health(id: str, like: str, *, verdict: Level = "block", inside: str = "", unless: str = "", near: str = "") -> GuardRule:
    zh, en = _BAN if verdict == "block" else _PROVE
    article = _ADS if verdict == "block" else "化妆品监督管理条例 22 · 广告法 11"
    return GuardRule(
        id=f"medical.{id}",
        kind="medical",
        verdict=verdict,
        article=article,
        like=like,
        inside=inside,
        unless=unless,
        near=near,
        zh=zh,
        en=en,
    )


_AILMENT: Final = (
    r"失眠|头疼|头痛|偏头痛|老寒腿|风湿|痛风|鼻炎|咽炎|哮喘|胃病|胃炎|胃疼|胃痛|胃寒|便秘|腹泻|痔疮|湿疹|皮炎|牛皮癣|"
    r"银屑病|脚气|灰指甲|荨麻疹|痤疮|激素脸|妊娠纹|静脉曲张|糖尿病|高血压|高血糖|高血脂|血糖|血脂|血压|三高|尿酸|"
    r"心脑血管|脑梗|脑血栓|心脏病|冠心病"
    r"|癌|肿瘤|结节|囊肿|息肉|脂肪肝|肝炎|前列腺|阳痿|早泄|痛经|月经不调|妇科病|妇科炎|宫寒|更年期|甲状腺|甲亢|白内障|"
    r"老花眼|干眼症|耳鸣|口腔溃疡|牙周炎|牙龈出血|狐臭|手脚冰凉|贫血|骨质疏松|骨质增生|抑郁症|焦虑症|多动症|自闭症|"
    r"帕金森|老年痴呆"
    r"|(?:膝盖|关节|颈椎|腰椎?|肩周?|腿|背|脖子)§{0,3}(?:疼|痛|酸痛|突出|炎|僵硬|劳损)|\b(?:eczema|psoriasis|diabetes|"
    r"arthritis|insomnia|cancer|rosacea|migraines?|hypertension|alzheimer)\b"
)
_DENIED: Final = (
    r"(?:不|没|无法|勿|别)§{0,8}(?:治|疗|缓解|改善|预防|替代|代替|药|减肥|降|功效|助眠)|听信|轻信|\bnot (?:intended|meant|for)\b|"
    r"\b(?:not|never) (?:treat|cure|heal)|"
    r"\b(?:doesn't|does not|can't|cannot|won't|isn't)\b|diagnose|treat,? or cure|cure,? or prevent"
)
ASK_A_DOCTOR: Final = _DENIED + r"|问医生|咨询医生|遵医嘱|就医|医生建议(?:停|先)|停用|看医生|去医院|医师"

RULES: Final = (
    health(
        "cure",
        r"根治|治愈|治好|治疗|医治|疗效|药效|药用价值|药到病除|包治|包好|痊愈|断根|除根|去根|消炎|抗炎|镇痛|止痛|止痒|"
        r"止咳|化痰|退烧|解毒|排毒|杀菌消毒|消炎杀菌|抗病毒|抗癌|防癌|抗肿瘤|特效药?|灵丹|妙药|祖传秘方|秘方|偏方|老中医",
        unless=ASK_A_DOCTOR + "|治疗仪|排毒水母|物流|售后",
    ),
    health(
        "ailment",
        _AILMENT,
        inside="",
        unless=ASK_A_DOCTOR + "|慎用|慎食|慎|不适合|不建议|不适宜|登记|客服|医生|就诊|患者请|如有|注意保暖|小心|问题请|少(?:吃|喝|用)|"
        "不宜|忌|别(?:吃|喝|用|买)|注意|挡不|玻尿酸|"
        "血压(?:计|仪)|血糖(?:仪|试纸)",
    ),
    health(
        "cure",
        r"(?:祛|去|排|除|逼|赶|吸|清|拔|散)(?:掉|出|走)?(?:体内|身体|肠道)?(?:的)?(?:湿气|湿毒|寒气|毒素|宿便|火气|油脂|"
        r"垃圾|浊气)|(?:湿气|寒气|毒素|宿便|油脂)§{0,3}(?:排|祛|去|逼|清|赶)|降(?:脂|糖|压|酸|火)(?:$|[^频率])|下奶|催乳|"
        r"回奶|坐月子§{0,4}(?:喝|吃|补)|补(?:血|气|肾|脑|钙铁锌)|(?:白发|白头发)§{0,4}(?:变黑|转黑|黑)|(?:逆转|延缓|"
        r"对抗)§{0,2}(?:年龄|衰老)|返老|(?:痘|斑|疤|皱纹|红血丝|黑头|痘印|痘坑|眼袋)§{0,10}(?:瘪|没了|消|平|下去|褪|好了|"
        r"全无|不见|退|光)|(?:对|针对)§{1,10}(?:特别|非常|很|有|超)?(?:有效|管用|好使|有用|有帮助)|(?:贴|抹|涂|敷|擦|喷|"
        r"戴|喝|吃|泡|揉)(?:上|了|完)?§{0,4}就(?:不|好|瘦|瘪|白|退|消|缓|止|管)|比(?:吃|打|上)(?:药|针|医)|包(?:治|好)",
        inside="污渍|油污",
        unless=ASK_A_DOCTOR + "|去油污|洗碗|厨房|衣服|管道|地漏|油烟",
    ),
    health("cure", r"(?:^|[^政法自整防统惩管长顺同明资文])治(?:$|[^愈安理具国家学装丧水沙污])", unless=ASK_A_DOCTOR + "|治疗仪|政治|物流"),
    health(
        "cure",
        r"(?:不好|不舒服|疼|痛|酸|睡不着|睡不好|失眠|积食|上火|便秘|脱发|掉发|掉头发|秃顶?|胀|虚|寒|发炎|打鼾|有炎症|"
        r"有结节|血压高|血糖高|血脂高|尿酸高|三高|亚健康)的?(?:的|朋友|人|宝宝|家人|姐妹|老人|爸妈|宝妈)+[,:]?(?:多|就|"
        r"可以|一定|试|喝|吃|用|戴|贴|都|来|拿|闭眼|放心|必|赶紧|要|买|拍|抹|泡)|打鼾|打呼噜|胰岛素|秃顶|长头发|重新长|"
        r"老年斑|积食|孩子咳|妇科|私处|阴道|宫颈|卵巢|子宫|乳腺",
        inside="虚线",
        unless=ASK_A_DOCTOR + "|慎|不建议|就诊|客服",
    ),
    health(
        "cure",
        r"(?:喝|吃|贴|抹|涂|敷|戴|泡|喷|用)(?:了|上|完|它|这个|一|两|三|№|几)",
        near=r"肚子没|肚腩|赘肉|嗓子(?:就)?(?:清|好|不)|一觉到天亮|睡得(?:香|着|踏实)|不疼|不痛|不痒|不酸|通了|一?喝就通|全消|"
        r"消肿|退烧|见好|血脂|好得快|长高|掉秤|变瘦|瘦了|腰细|小腹平",
        unless=ASK_A_DOCTOR,
    ),
    health(
        "drug",
        r"(?:医学|药学|生物学)?(?:博士|院士|名医|中医|教授|专家)§{0,4}(?:研发|配方|团队|坐诊|亲研|推荐)|比(?:医院|药店|"
        r"诊所)§{0,8}(?:灵|好|强|管用|有效|便宜)|(?:不用|再也不用|停掉|告别|省得|免)(?:再)?(?:打针|吃药|去医院|开刀|手术|"
        r"看医生|打胰岛素)|连根(?:拔|去)|就灵|特灵",
        unless="不能",
    ),
    health(
        "slim",
        r"(?:^|[^显偏较消清骨])瘦(?:腿|肚|腰|脸|臀|身|下来|了|得快|$|[,!。])|躺着§{0,3}瘦|(?:促进|加快|帮助)§{0,6}(?:愈合|"
        r"长高|发育|排毒|代谢|消肿)|伤口愈合|(?:杀|灭|消)(?:死|灭|除|掉)?§{0,6}病毒",
        unless=ASK_A_DOCTOR + "|版型|裤型|显瘦|瘦款",
    ),
    health(
        "cure",
        rf"治§{{0,6}}?{_ILL}|{_ILL}§{{0,8}}(?:克星|就好了|全好了|都好了|好了|没了|消失|不见了|不复发|一扫光|退了|一抹就|"
        rf"说再见|告别|都管用|管用|全没|掉了就|有救)|(?:告别|摆脱|远离|赶走|消灭|解决|攻克|逆转)§{{0,4}}{_ILL}|(?:预防|"
        rf"防治|缓解|改善|减轻|抑制|控制|对抗|调节|降低?|稳定|调理|专治|针对|有助于)§{{0,5}}{_ILL}",
        unless=ASK_A_DOCTOR + r"|斑马|斑点款|改善睡眠|改善皱纹|可能|以防|病毒库|毛病|油烟|视疲劳款",
        inside=r"改善(?:细纹|皱纹)|预防过敏测试|针对过敏的?(?:问题|情况)|毛病",
    ),
    health(
        "body",
        r"降(?:血压|血糖|血脂|三高|尿酸|火气?病)|(?:补|壮|固|强)(?:肾|阳|精)|壮阳|滋阴|补气血?|补血|益气|养(?:肝|肾|胃|心|"
        r"卵巢|血)|护(?:肝|肾|肠胃|心脏)|清肠|润肠|通便|清宿便|活血|化瘀|通经|通络|舒筋|祛风|祛湿|除湿气|去湿气|排湿|驱寒|"
        r"宫寒|调理(?:身体|内分泌|月经|肠胃|气血|体质|脾胃|睡眠)|内分泌|(?:增强|提高|提升|增加|改善)§{0,4}(?:免疫力|"
        r"抵抗力|记忆力|视力|性能力|智力|代谢)|延年益寿|延缓衰老|返老还童|软化血管|清热解毒|安神|健脾|开胃健脾|生津|明目|"
        r"补脑|健脑|丰胸|丰臀|增高|长高|生发|长出(?:来|头发)|乌发|再生(?:肌|细胞|毛|$)|干细胞|细胞再生|"
        r"修复(?:受损)?(?:细胞|dna|基因)|激活细胞",
        inside="调理发质",
        unless="增高(?:鞋|垫|款)|内增高|显高|乌发套|护肝片",
    ),
    health(
        "slim",
        r"减肥|瘦身(?:效果|茶|神器)|(?:瘦|减|掉)(?:了)?§{0,4}№§{0,3}(?:斤|公斤|kg)|№天§{0,4}瘦|躺瘦|暴瘦|燃脂|溶脂|甩脂|"
        r"掉秤|排油|刮油|抑制(?:食欲|脂肪)|阻断(?:碳水|脂肪|糖)|不反弹|越吃越瘦|喝了就瘦|吃了就瘦|月瘦|狂瘦",
        unless="显瘦|减肥期间?(?:可以|也|能|问)",
    ),
    health(
        "fast",
        r"(?:№|当|立|一|几)(?:天|周|次|夜|晚|个?疗程|个月|分钟|秒|盒|瓶|贴|抹|喷|喝|用|擦|片|支)§{0,5}(?:见效|有效|就好|"
        r"美白|变白|白一?个?度|除|消|没了|没有了|祛|去黄|淡斑|痊愈|好转|止|瘦|告别|恢复|根|断|不再|改善)|立竿见影|药到|"
        r"即刻见效|一次见效|一(?:用|抹|喷|涂|擦|吃|喝)就(?:好|灵|白|消|没|瘦|不)|涂上就|抹上就|见效快|速效|疗程|当天见效|"
        r"立马见效|马上见效",
        inside="不好看|发货|到货|没货|没发|没到|没收|没抢|用就知道|没了$",
        unless="污渍|油污|水垢|衣服|清洁|去渍|除味|消息|问题|登记|断码|除霜",
    ),
    health(
        "harmless",
        r"(?:没有?|无|零|0|不含|毫无)(?:任何|一点)?§{0,2}副作用|(?:孕妇|哺乳期|宝宝|婴儿|孩子|老人|敏感肌)§{0,6}(?:绝对|"
        r"百分百|100%|完全|放心(?:用|吃|喝)|都安全|零刺激)|绝不过敏|不会过敏|从不过敏|绝对不过敏|零过敏|纯天然无害|"
        r"无毒无害|是药三分毒",
        inside="",
        unless=ASK_A_DOCTOR + "|建议",
    ),
    health(
        "drug",
        r"(?:代替|替代|取代|胜过|比|好过|强过|当|顶|等于)§{0,2}(?:药物?|药膏|吃药|打针|医美|手术|热玛吉|玻尿酸针|水光针|"
        r"处方)|药妆|医学(?:护肤|级)|医用级|医美级|械字号|药字号|处方级|(?:医生|专家|教授|医院|药师|皮肤科|院士|营养师|"
        r"三甲)§{0,5}(?:推荐|力荐|都说|都用|在用|认可|指定|联合研发|开的|建议用|背书)|临床(?:效果|治愈|有效)|有效率|治愈率",
        unless=ASK_A_DOCTOR + "|比药店",
    ),
    health(
        "cure.en",
        r"\b(?:cure|cures|cured|curing|heals?|healing|treats?|treating|remedy for|prevents?|fights?|relieves?|reduces?|"
        r"reverses?|eliminates?|gets rid of|get rid of)\b§{0,20}\b(?:acne|eczema|psoriasis|scars?|cancer|diabetes|"
        r"insomnia|arthritis|pain|inflammation|infections?|flu|colds?|disease|depression|anxiety|blood pressure|"
        r"cholesterol|wrinkles|hair loss|baldness|allerg(?:y|ies)|migraines?|rosacea|fungus|covid)\b|\b(?:clears?|melts?|"
        r"shrinks?|erases?|banish(?:es)?|stops?|eases?|soothes?|cures?|fixes|kills?|blasts?|removes?|"
        r"fades?)\b§{0,16}\b(?:acne|pimples|fat|belly|cellulite|wrinkles|scars?|pain|itch|eczema|germs|viruses|dark spots|"
        r"back)\b|\bcures?\b§{0,3}\bfor\b|\bcures?\b (?:everything|all|it)\b",
        unless=ASK_A_DOCTOR + r"|drying|gel lamp|\bdoctor if\b|see a doctor",
    ),
    health(
        "body.en",
        r"\b(?:lose|drop|shed|burn)s? (?:up to )?[0-9]+ ?(?:lb|lbs|pounds|kg|kilos)|\bweight[- ]loss\b|\bfat[- ]burn|"
        r"\bburns? fat|\bboosts? (?:your )?(?:immun|metabolism|testosterone)|\bimmune (?:booster|system)|\bdetox|"
        r"\banti[- ]?(?:cancer|inflammatory|viral|bacterial)|\bno side effects?|\bwithout side effects|\b(?:doctor|"
        r"dermatologist|pharmacist|physician|expert)s?[- ]+(?:recommend|approved|swear|prefer|endorse)|\bdrop (?:a|one|"
        r"two|three|[0-9]+) (?:dress )?sizes?|\bmedical[- ]grade|\bbetter than (?:medicine|drugs|botox)|\bregrows? hair|"
        r"\bslimming tea",
    ),
    # ── with evidence ──
    health(
        "effect",
        r"(?:祛|去|淡|抗|除|防)(?:痘|斑|印|皱|黑头|黑眼圈|细纹|衰老|衰|老|糖化|氧化|脱发|脱|蓝光|过敏|屑)|美白|亮白|"
        r"提亮肤色|舒缓修护|淡化§{0,4}(?:细纹|皱纹|斑|痘印|黑眼圈|疤)|紧致(?:提拉|肌肤|$|[,!。])|抗衰|抗老|抗糖|祛黄|"
        r"修护屏障|舒敏|助眠|改善睡眠|助消化|促消化|补钙|益生菌调|缓解(?:疲劳|压力|视疲劳|眼疲劳)|护眼|控油|抑菌|杀菌|"
        r"除菌|灭菌|除螨|防晒指数|增肌|代餐|饱腹",
        verdict="needs_evidence",
        unless=ASK_A_DOCTOR + "|成分(?:看|请看)|看商品页|以.{0,10}为准|美白灯|防蓝光(?:膜|眼?镜)|挡不",
    ),
    health(
        "effect",
        r"(?:杀|灭|抑|抗|除|防|清)(?:死|灭|掉|除|制)?§{0,4}(?:螺杆菌|细菌|真菌|霉菌|幽门|病菌|螨虫|虫卵|病毒)|抗敏|脱敏|"
        r"防敏|换肤|去疤|祛疤|去皱|无斑|冻疮|舒眠|安眠|"
        r"细胞§{0,3}(?:活|再生|修复|能量)|激活§{0,4}(?:肌|皮|细胞|毛囊)|排浊|刮痧|拔罐|理疗|(?:消除|缓解|减轻|赶走|"
        r"告别)§{0,4}(?:疲劳|水肿|浮肿|酸痛|压力|焦虑|黑眼圈|"
        r"眼袋)",
        verdict="needs_evidence",
        unless="病毒库|为准|不能|没有|吗",
    ),
    health(
        "suitable",
        r"(?:孕妇|孕期|哺乳期|孕妈|宝妈喂奶|婴儿|新生儿|过敏体质|敏感肌|敏皮|痘肌|糖尿病人|糖友|高血压|三高|老人小孩|病人|"
        r"术后|化疗)§{0,6}(?:可用|可以(?:用|吃|喝|穿|放心)?|能(?:用|吃|喝)|都能|都可以|适用|适合|也能|专用|也可以|友好|"
        r"无压力|安心|放心)",
        verdict="needs_evidence",
        inside="可以先|可以问|可以咨询|不可以|不能|吗",
    ),
    health(
        "free.of",
        r"(?:无|零|0|不含|没有)(?:任何)?(?:添加|防腐剂|酒精|香精|激素|荧光剂|甲醛|刺激|色素|农药|重金属|铅汞)|纯天然|"
        r"全天然|纯植物|有机(?:种植|食品|棉)|无公害|食品级|母婴级|可食用级",
        verdict="needs_evidence",
        unless="国家标准|gb ?[0-9]|看商品页|吗",
    ),
    health(
        "effect.en",
        r"\b(?:safe|ok|fine|suitable) (?:for|during|in) (?:pregnan|breastfeed|babies|sensitive|kids)|\bhypoallergenic|"
        r"\bwhitening|\banti[- ]?(?:aging|ageing|wrinkle|acne)|\bchemical[- ]free|\ball[- ]natural|\bhelps (?:you )?sleep",
        verdict="needs_evidence",
    ),
    health(
        "body",
        r"(?:度数|近视|视力|血压|血糖|血脂|尿酸|转氨酶|胆固醇|指标|骨密度|白细胞|血小板|甲状腺)(?:就|自己|也|都|能|会|"
        r"可以|自然|慢慢|明显|立马)*"
        r"(?:降|下来|下去|恢复|正常|回到|提高|提升|稳住|稳了|掉|好转|涨|回升)|(?:会|能|就|可以|再|又|重新|开始)长(?:出|新|"
        r"回)?§{0,2}(?:头发|发根|毛囊|绒毛|"
        r"发量|个子)|(?:停|断|不用再?吃|省|扔|减)(?:了)?(?:降压|降糖|安眠|止痛|胃)?药(?:$|[^店膏妆用])|(?:孩子|娃|宝宝|"
        r"老人|人)?(?:就)?(?:再也|从此|再)"
        r"不(?:会)?(?:感冒|生病|咳嗽|发烧|失眠|便秘|疼|痛|痒|过敏|长痘|掉发|脱发)|(?:百病|疾病|病痛|毛病|病根)(?:不侵|"
        r"全无|都没|都好|全消|远离)|(?:抗|防|"
        r"阻断|杀)(?:衰|癌|瘤|病毒|幽门|过敏)|(?:气血|肾气|元气|湿气|寒气)(?:足|旺|充|满|重的|出|走)|(?:体质|体内|"
        r"身体里)§{0,6}(?:排|酸|毒|垃圾|寒|湿)",
        unless=ASK_A_DOCTOR,
    ),
    health(
        "effect",
        r"(?:对|为|给|养|护|补)(?:我们?|您|你|大家|人|女人|女性|男人|男性|孩子|老人)?(?:的)?(?:身体|肠胃|肠道|胃|肝|肾|心脏|皮肤|肌肤|"
        r"眼睛|头发|头皮|骨骼|骨头|关节|"
        r"大脑|血管|睡眠|记忆|子宫|气色|健康|发育|脾胃|嗓子|喉咙|牙齿)(?:都|也|很|特别|非常|超|挺|蛮|是|真的?)*(?:好|有好处|有益|"
        r"有帮助|有用|滋补|滋养|友好|见效)",
        verdict="needs_evidence",
        unless=ASK_A_DOCTOR + "|吗|不好",
    ),
    health(
        "body.en",
        r"\b(?:lowers?|regulates?|controls?|balances?|improves?|boosts?|strengthens?|detoxif(?:y|ies)|cleanses?)\b§{0,12}\b(?:blood|"
        r"pressure|sugar|cholesterol|"
        r"hormones?|immun[a-z]*|liver|kidneys?|gut|digestion|metabolism|circulation|joints?|sleep|memory|eyesight)\b|"
        r"\bburns?\b§{0,10}\b(?:fat|calories|belly)\b",
        unless=r"n't|\bnot\b|\bno\b|doctor",
    ),
)
