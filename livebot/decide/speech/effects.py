"""Rules about effects: what a product is said to do for body, skin or hair; whoever says it must have it registered or tested."""

from typing import Final

from livebot.decide.speech.medical import ASK_A_DOCTOR, health

_DOES: Final = (
    r"(?:促进|刺激|激活|改善|增强|恢复|修复|修护|调节|调理|平衡|滋养|养护|加速|加快|有助于?|有利于|利于|帮助|增加|提高|提升|强化|净化|"
    r"清除|疏通|矫正|"
    r"纠正|舒缓|缓解|抑制|阻断|延缓|对抗|唤醒|收缩|淡化|减少|减轻|减缓|补充|抚平|排出|分解|燃烧|软化|呵护|焕活|焕亮|重塑|告别|摆脱|远离)"
)
_BODY: Final = (
    r"(?:毛囊|发根|脱发|细胞|肌底|胶原|新陈代谢|代谢|循环|肠道|肠胃|脾胃|消化|睡眠|入睡|气血|气色|免疫|抵抗力|体质|骨骼|骨密|关节|"
    r"神经|内分泌|荷尔蒙|激素|血液|"
    r"血管|血脂|视力|近视|记忆|专注力|屏障|角质|皮肤|肌肤|肤色|肤质|头皮|头发|发质|体态|驼背|含胸|[ox]型腿|腿型|骨盆|脊椎|脊柱|颈椎|"
    r"腰椎|疲劳|焦虑|疼痛|酸痛|炎症|"
    r"皱纹|细纹|法令纹|色斑|斑点|色素|暗沉|黑头|毛孔|红血丝|湿疹|痘|脂肪|赘肉|水肿|食欲|排便|便秘|乳汁|奶水|发育|长高|智力|大脑|心脏|"
    r"肝|肾|肺|卵巢|子宫|自由基|毒素|"
    r"湿气|寒气|衰老|老化|松弛|黑眼圈|眼袋|口臭|体味|汗臭|脚臭|鼾|眼疲劳|甲醛)"
)
_SHOWS: Final = (
    r"(?:透亮|白皙|变白|变嫩|变细|变浅|变淡|淡化|淡了|浅了|白了|嫩了|细腻|紧致|紧实|饱满|有?弹性|减少|收缩|缩小|细了|消失|提亮|年轻|"
    r"浓密|变多|变黑|光滑|透白|"
    r"红润|发光|平整|平滑|好转|不再|没那么|明显好|变好|好了)"
)

RULES: Final = (
    health(
        "effect",
        rf"{_DOES}(?:了|您|你|人体|身体|体内|宝宝|孩子|女性|老人|自身|局部|受损|全身|眼部|面部|脸部|腿部|腰部|腹部|肩颈|多余|有效|的|"
        rf"和|与|、){{0,3}}§{{0,4}}{_BODY}",
        verdict="needs_evidence",
        unless=ASK_A_DOCTOR + "|客服|服务|仓库|物流|吗|没有|不能",
    ),
    health(
        "effect",
        rf"(?:皮肤|肌肤|肤色|肤质|脸上?|脸蛋|细纹|皱纹|法令纹|斑点|斑|毛孔|气色|黑眼圈|暗沉|痘印|痘痘|头发|发量|发际线|发缝|牙齿|小腿|"
        rf"腰围?|肚子|唇纹|颈纹|奶水|奶量)"
        rf"(?:会|能|就|都|也|明显|变得?|更加|更|愈发|倍加|持续|越来越|越用越|逐渐|慢慢|马上|立刻|整个|肉眼可见|看起来|摸起来|瞬间|"
        rf"真的|地|的)*{_SHOWS}",
        verdict="needs_evidence",
        unless=ASK_A_DOCTOR + "|吗|不会",
    ),
    health(
        "suitable",
        r"(?:孕妇|孕妈|孕期|备孕|哺乳期|宝妈|月子|婴儿|婴幼儿|新生儿|宝宝|幼儿|儿童|小孩|孩子|老人|过敏体质|敏感肌|敏感皮|敏皮|痘肌|"
        r"玻璃肌|糖尿病人|糖友|三高人群|病人|术后|男女老少|"
        r"全家|任何肤质|所有肤质|各种肤质)(?:都|也|均|皆|全|们)*(?:可|能|可以|适用|适合)?(?:放心|安心|大胆|闭眼|无忧|直接|随便|安全|"
        r"无负担|长期)(?:地)?(?:使用|用|吃|食用|饮用|喝|服用|涂|敷|入|冲)",
        verdict="needs_evidence",
        unless=ASK_A_DOCTOR + "|吗|不建议|慎|先",
    ),
    health(
        "body",
        r"(?:奶水|乳汁|奶量)§{0,4}(?:多|足|增|涨|旺)|(?:重现|恢复|还你|拥有|再现)§{0,4}(?:秀发|发量|少女|青春|年轻|光明|视力|活力|"
        r"雄风)|逆生长|冻龄|童颜|(?:年轻|减龄|小)(?:了)?№(?:岁|年)",
        unless=ASK_A_DOCTOR + "|穿搭|看着|显",
    ),
    health(
        "effect.en",
        r"\b(?:gentle|safe|great|good|perfect|ideal|suitable|fine|okay?|works)\b§{0,12}\b(?:for|on|during)\b§{0,16}\b(?:newborns?|"
        r"bab(?:y|ies)|infants?|toddlers|pregnan[a-z]+|sensitive skin|"
        r"diabetics?|nursing|breastfeeding|all skin types|elderly)\b|\b(?:brightens?|whitens?|firms?|plumps?|tightens?|smooths?|"
        r"lifts?|repairs?|renews?|rejuvenates?|hydrates deeply|detoxes|"
        r"strengthens?|restores?|nourishes)\b§{0,12}\b(?:skin|face|complexion|wrinkles?|pores?|hair|nails?|body|follicles?|lashes)\b|"
        r"\b(?:younger|clearer|brighter|fairer|smoother) skin\b|"
        r"\bskin (?:glows?|looks younger)|\byears younger\b",
        verdict="needs_evidence",
        unless=r"n't|\bnot\b|test|doctor|ask",
    ),
    health(
        "effect",
        r"(?:护|养|调|补)(?:好)?(?:颈椎|脊椎|腰椎|关节|心脏|血管|眼睛|视力|嗓子|肠胃|脾胃|气血|睡眠|内分泌|月经|体质|叶酸|胶原|蛋白|"
        r"铁|锌|钙|维生素)|(?:纹路|纹|皱)§{0,6}(?:变浅|变淡|浅了|淡了|没了|平了|抚平)|"
        r"(?:孩子|娃|宝宝|小孩)§{0,12}(?:长个|蹿|窜个|长高|长肉|变聪明|聪明|开胃|不挑食|不积食)|睡得(?:香|沉|好|踏实)|(?:祛|驱|散|排|"
        r"避)(?:寒|湿|风|瘀|毒)(?:$|[,!。~祛除散的效])",
        verdict="needs_evidence",
        unless=ASK_A_DOCTOR + "|吗|不一定|条纹|花纹|看情况|和很多因素|不好说",
    ),
    health(
        "body.en",
        r"\b(?:shrinks?|kills?|fights?|reverses?|dissolves?)\b§{0,8}\b(?:tumou?rs?|cancers?|cysts?|fungus|parasites|ticks|fleas)\b|"
        r"\bgrows?\b§{0,12}\btaller\b|\b(?:cures?|heals?|fixes)\b§{0,16}\b(?:disease|"
        r"infections?|illness|condition)\b",
        unless=ASK_A_DOCTOR,
    ),
    health(
        "effect.en",
        r"\b(?:great|good|perfect|helps?|works?|relief|ideal)\b§{0,8}\b(?:for|with)\b§{0,8}\b(?:(?:sore|bad|aching|stiff|weak|dry|"
        r"tired) )?(?:backs?|knees?|necks?|joints?|migraines?|cramps|anxiety|stress|insomnia|"
        r"digestion|bloating|hangovers?|wrinkles)\b|\bcalms?\b§{0,8}\b(?:anxious|nerves|anxiety|dogs?|cats?|bab(?:y|ies)|skin|stress)\b",
        verdict="needs_evidence",
        unless=r"n't|\bnot\b|doctor|vet",
    ),
    health(
        "effect.en",
        r"\b(?:acne|eczema|allergy|rosacea)[- ]prone\b|\b(?:problem|troubled|aging|ageing|mature) skin\b",
        verdict="needs_evidence",
        unless=r"n't|\bnot\b|doctor",
    ),
    health(
        "body.en",
        r"\byour (?:blood )?(?:sugar|pressure|cholesterol|weight|pain|acne|appetite)\b§{0,8}\b(?:drops?|falls?|goes|vanish(?:es)?|"
        r"disappears?|improves?)\b|\b(?:makes?|gets?|gives?)\b§{0,4}\byour (?:legs|waist|belly|face|arms|"
        r"skin|thighs|hair|hips|tummy)\b§{0,6}\b(?:thinner|slimmer|smaller|younger|whiter|thicker|longer|firmer)\b",
        unless=ASK_A_DOCTOR,
    ),
    health(
        "effect.en",
        r"\b(?:diabetics?|pregnant (?:women|ladies|moms)|babies|toddlers|newborns|nursing mothers|"
        r"heart patients)\b§{0,8}\bcan (?:safely |freely |also )?(?:eat|use|drink|take|have|enjoy)\b",
        verdict="needs_evidence",
        unless=r"n't|\bnot\b|doctor|ask",
    ),
    health(
        "effect",
        r"(?:吃|喝|用|涂|戴|贴)(?:了)?(?:就|都)?不(?:长|得|生|犯)(?:$|[^出大小高胖久])|(?:肾|肝|胃|心脏|眼睛|关节|肠胃|血管|"
        r"骨头)(?:也|都|就|更)+(?:好|没事|舒服|壮|强)(?:$|[,!。了的])|"
        r"\b(?:boosts?|improves?|supports?|promotes?)\b§{0,10}\b(?:brain|development|growth|focus|energy|iq|memory|digestion|immunity)\b",
        verdict="needs_evidence",
        unless=ASK_A_DOCTOR + "|吗|不一定",
    ),
    health(
        "effect",
        r"防(?:辐射|近视|癌|脱发)|养颜|美容(?:功效|效果)|滋补(?:养|身|品)|嫩肤|焕肤|育发|固发",
        verdict="needs_evidence",
        unless=ASK_A_DOCTOR + "|吗|没有|不能",
    ),
    health(
        "body.en",
        r"\b(?:the|your|my|any) (?:pain|itch|ache|redness|acne|swelling)\b§{0,6}\b(?:gone|goes|vanish(?:es)?|disappears?)\b",
        unless=ASK_A_DOCTOR,
    ),
)
