"""Rules about promises in English."""

from typing import Final

from livebot.decide.speech.promises import ADS, GIFT, LAW, MONEY, PRICE, RETURNS, TIME, WARRANTY, promise

_WHEN_EN: Final = (
    r"(?:today|tonight|tomorrow|overnight|next[- ]day|same[- ]day|two[- ]day|1-day|2-day|this week|next week|"
    r"in [0-9]+ (?:hours?|days?|weeks?|minutes?)|within (?:[0-9]+|one|two|three|a|an) (?:hours?|days?|weeks?|"
    r"business days?|working days?|minutes?)"
    r"|by (?:mon|tues|wednes|thurs|fri|satur|sun)day|by (?:tomorrow|tonight|christmas|the weekend|the end)|in (?:one|"
    r"two|three|a) (?:days?|weeks?|hours?)|immediately|right away|right now|on time)"
)
_DO_EN: Final = (
    r"(?:ships?|shipped|shipping|dispatch(?:es|ed)?|deliver(?:s|y|ed|ing)?|arrives?|arrived?|arriving|refund(?:s|ed)?|"
    r"reply|replies|restock(?:s|ed)?|send it|get it|receive it|be there|with you|at your door)"
)
_COUNT_EN: Final = r"(?:[0-9]+|one|two|three|four|five|six|seven|ten|a|an|a few|a couple of|few)"

RULES: Final = (
    promise(
        "time.any",
        rf"\b{_DO_EN}\b§{{0,24}}\b{_WHEN_EN}",
        *TIME,
        inside=r"\b(?:not|n't|can't|never|when|if|please|was|were|earliest|already)\b",
        unless=r"\b(?:can't|cannot|not|n't|never|earliest|if|when does|depends|please)\b|n't",
    ),
    promise(
        "time.any",
        rf"\b{_WHEN_EN}§{{0,14}}\b{_DO_EN}",
        *TIME,
        inside=r"\b(?:not|n't|can't|never|when|if|please|was|were|earliest)\b",
        unless=r"\b(?:can't|cannot|not|never|earliest|if|when does|depends)\b|n't|is tomorrow$",
    ),
    promise(
        "time.any",
        r"\b(?:you'?ll|you will|you can|it'?ll|it will|they'?ll|we'?ll) (?:have|get|receive|see|wear|be|arrive|ship|send|"
        r"reach|land)\b§{0,24}\b(?:by|tomorrow|today|tonight|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|this week|"
        r"next week|before|within|in [0-9]|in (?:a|one|two|three))",
        *TIME,
        unless=r"n't|not|if|depends|live|back|stream",
    ),
    promise(
        "time.any",
        r"\b(?:deliver(?:y|ed|s)?|ship(?:s|ping)?|arriv(?:es|al|e)|refunds?|dispatch)\b§{0,14}\b(?:takes?|in|within|by|"
        r"before)\b§{0,6}\b(?:[0-9]+|one|two|three|four|five|a|mon|tues|wednes|thurs|fri|satur|sun)[a-z]*\b(?: (?:business |working )?"
        r"(?:hours?|days?|weeks?|minutes?))?",
        *TIME,
        unless=r"n't|not|if|when|earliest|depends|page|checkout|link",
    ),
    promise("time.sure", r"\bguarantee(?:d|s)?\b§{0,20}\b(?:deliver(?:y|ed)|arrival|shipping|dispatch|tomorrow|today)", *TIME),
    promise(
        "money.free_shipping",
        r"\bfree (?:world ?wide |express |standard |fast |international )?(?:shipping|delivery|postage)\b|\bship(?:s|"
        r"ping)?(?: is| it)? (?:for )?free\b|\bno shipping (?:fee|cost)s?\b",
        *MONEY,
        unless=r"checkout|see the",
    ),
    promise(
        "money.refund",
        r"\bmoney[- ]back\b|\bmoney back\b|\byour money\b|\b(?:full|100%|instant) refund\b|\b(?:i|we)(?:'ll| will|"
        r" can)(?: \w+)? (?:refund|compensate|reimburse|pay) (?:you|your|the|for)\b|\bdouble your money\b|"
        r"\bno questions asked\b",
        *MONEY,
        article="消费者权益保护法 16",
        unless=r"\b(?:won't|don't|can't|cannot|do not|will not|can not)\b",
    ),
    promise(
        "money.return_freight",
        r"\bfree returns?\b|\bpay(?:s)? (?:the|your|for) return|\breturn (?:shipping|freight|postage) is (?:on us|free)",
        *MONEY,
        article="消费者权益保护法 25",
    ),
    promise(
        "money.compensation",
        r"\b(?:\$|£|€|usd ?)[0-9]+§{0,12}\b(?:back|compensation|credit)\b|\b(?:get|give|take|send) you (?:a )?(?:discount|"
        r"coupon|[0-9]+%|\$[0-9]+)|\bextra [0-9]+% off (?:for|just) you",
        *MONEY,
    ),
    promise(
        "money.return_freight",
        r"\b(?:cover|pay|covers|pays|absorb)s?\b§{0,20}\b(?:return|shipping|postage|freight)",
        *MONEY,
        unless=r"you pay|you cover|buyer|n't|not",
    ),
    promise(
        "price_match",
        r"\b(?:beat|match|undercut)s? (?:it|that|them|any|their)\b|\b(?:cheaper|lower price)\b§{0,20}\b(?:beat|match|"
        r"refund)",
        *PRICE,
    ),
    promise(
        "time.any",
        r"\b(?:leaves?|goes out|sent out|on the truck|out the door|handed to)\b",
        *TIME,
        near=r"\b(?:same|next|today|tomorrow|tonight|within|hours?|by)\b",
        unless=r"n't|not|if|stream|live",
    ),
    promise(
        "time.any",
        r"\b(?:today|tomorrow|tonight|same day|next day|before (?:christmas|the weekend|friday|monday|the holiday))\b",
        *TIME,
        near=r"\b(?:arrives?|get (?:your|it)|money back|ships?|delivered|receive|have it|warehouse)\b",
        unless=r"n't|not|if|earliest|depends|stream|checkout|page|when|live",
    ),
    promise(
        "money.offer",
        r"\b[0-9]+% off\b|\bhalf price\b|\b(?:knock|take|shave|slash|chop)s?\b§{0,20}\boff\b|\b(?:discount|deal|lower price) (?:just |"
        r"only )?"
        r"for you\b",
        *MONEY,
        verdict="needs_evidence",
        unless=r"take (?:it|them|that) off|n't|can(?:'t|not)|\bno\b",
    ),
    promise(
        "price_match",
        r"\bprice[- ]match|\bmatch any (?:price|offer)|\brefund the difference|\bbeat any price|\blowest price guarantee",
        *PRICE,
    ),
    promise(
        "gift",
        r"(?:^|[^-a-z])(?:free|complimentary|on the house|at no (?:extra )?cost|for nothing)(?:$|[^-a-z])",
        *GIFT,
        article=ADS,
        inside="",
        unless=r"\bship(?:s|ping|ped)? (?:is |it |them |for )?free\b|free ship|free (?:size|to|time|from|of|fall|hand|range|style|"
        r"standing)\b|feel free|[a-z]+-free\b|(?:sugar|fat|gluten|"
        r"fragrance|alcohol|lead|toxin|cruelty|duty|wrinkle|acid|oil|bpa) free|toll|\bno free|not free|n't|hands|if|"
        r"checkout",
    ),
    promise(
        "gift",
        r"\bfree (?:gift|sample|bonus|item|bag|mask|case)s?\b|\bbuy (?:one|two|1|2)[ ,]*(?:and )?get (?:one|1|two|2)|"
        r"\bgift with (?:every|each|any|purchase|your)|\bgiveaway\b|\bbogo\b",
        *GIFT,
        article=ADS,
        unless=r"\bno free\b|gift wrap",
    ),
    promise(
        "warranty",
        r"\b(?:lifetime|life-time|forever|life long|lifelong) (?:warranty|guarantee|replacement|repair)|"
        r"\b(?:[0-9]+|two|three|four|five|six|seven|eight|ten|fifteen|twenty)[- ](?:year|month|yr)s?\b§{0,12}\b(?:warranty|guarantee)|"
        r"\b(?:warranty|"
        r"guarantee) (?:of|for|is|"
        r"lasts) [0-9]+|\bfree (?:replacement|repair)s?\b",
        *WARRANTY,
        article="消费者权益保护法 16 · 24",
    ),
    promise(
        "returns.any",
        r"\breturn (?:it|them|this|anything|any item)\b§{0,16}\b(?:even|after|used|opened|worn|regardless|always|free)",
        *RETURNS,
        article=LAW,
        unless=r"n't|not",
    ),
    promise(
        "returns.any",
        r"\breturns? (?:are|is) (?:free|easy)|\breplace(?:d)? (?:it|"
        r"them)\b|\b(?:we|i)(?:'ll| will| can|) (?:replace|fix|repair) (?:it|them|yours)",
        *RETURNS,
        article=LAW,
        unless=r"\bn't|not\b|if you ask|policy",
    ),
    promise(
        "returns.any",
        r"\breturn(?:s|ed)? (?:it |them )?(?:anytime|any time|whenever|for any reason)|"
        r"\b[0-9]+[- ]day free returns?\b|\bhassle[- ]free returns?",
        *RETURNS,
        article=LAW,
    ),
    promise(
        "returns.longer",
        r"\b[0-9]+[- ]days? (?:to )?returns?\b|\breturn(?:s|ed|able)?\b§{0,12}\b(?:within|for|in|up to) [0-9]+ days?\b|"
        r"\b[0-9]+ days to (?:return|send)",
        *RETURNS,
        article=LAW,
        unless=r"\bn't|not\b|policy",
    ),
    promise(
        "time.any",
        rf"\b(?:within|in|in under|under|inside)\b (?:just |only |about |around |the next )?{_COUNT_EN}(?: ?(?:to|-|"
        rf"or) ?{_COUNT_EN})? ?(?:business |working |short )?"
        r"(?:minutes?|hours?|days?|weeks?|mins?|hrs?)\b",
        *TIME,
        near=r"\b(?:ship|dispatch|deliver|arriv|reach|get|refund|repl|respon|contact|call|resol|solv|process|receiv|sen[dt]|leave|"
        r"restock|back|land|yours|credit)[a-z]*\b",
        unless=r"\b(?:please|contact us|let us|you (?:have|can|may|must|need)|if|ask|not|never|cannot|when|charg|batter|wash|dry|cook|"
        r"brew|asked)\b|n't|charg",
    ),
    promise(
        "time.any",
        r"\b(?:reach(?:es)?|with|get to|be at|show(?:s)? up|land(?:s)?|hits?|credited|processed|resolved|fixed)\b§{0,24}\b(?:by|"
        r"before|on|today|tomorrow|tonight|this|next)\b ?"
        r"(?:the )?(?:mon|tues|wednes|thurs|fri|satur|sun|week|weekend|tomorrow|tonight|noon|christmas|today|morning|month|the end|$)",
        *TIME,
        unless=r"n't|\bnot\b|\bif\b|depends|stream|\bgo live\b|page",
    ),
    promise(
        "money.refund",
        r"\bmoney\b§{0,6}\bback\b|\b(?:cover|pay|absorb|reimburse|waive)s?\b§{0,16}\b(?:fees?|dut(?:y|ies)|customs|costs?|tax(?:es)?|"
        r"bill)\b",
        *MONEY,
        article="消费者权益保护法 16",
        unless=r"\b(?:won't|don't|can't|cannot|do not|will not|can not)\b|you pay|buyer|your own",
    ),
    promise(
        "money.offer",
        r"\b(?:use|apply|enter|with) (?:the |my |our )?(?:promo |discount |coupon )?code\b|\b(?:extra|additional|special|secret|"
        r"private) (?:[0-9]+% )?(?:discount|price|deal|off)\b",
        *MONEY,
        verdict="needs_evidence",
        unless=r"n't|\bno\b|\bnot\b|page|qr",
    ),
    promise(
        "gift",
        r"\b(?:get|receive|earn|enjoy|includes?|comes? with|add(?:ing|ed)?|slip(?:ping)?|pop(?:ping)?|throw(?:ing)? in|"
        r"toss(?:ing)? in|bonus)\b§{0,20}\b(?:gifts?|samples?|bonus|freebies?|"
        r"presents?|surprises?|goodies|extras?)\b",
        *GIFT,
        article=ADS,
        unless=r"n't|\bno\b|\bnot\b|gift[- ](?:wrap|box|bag|card|receipt)",
    ),
    promise(
        "returns.longer",
        r"\b(?:try|test|keep|wear|use|sleep on) (?:it|them|one)\b§{0,14}\b[0-9]+ (?:days?|nights?|weeks?|months?)\b|\bsend (?:it|"
        r"them) back\b§{0,24}\b(?:if|any|even|whenever|free|full)",
        *RETURNS,
        article=LAW,
        unless=r"n't accept|\bnot\b|cannot|policy|order page",
    ),
    promise(
        "money.refund",
        r"\brefund(?:s|ed)? (?:you )?(?:double|twice|in full|everything|half)\b|\b(?:on me|on us|my treat)\b|\b(?:do|let|give|"
        r"sell) (?:it|you|them|this)(?: go)? for (?:only |just )?(?:\$|£|€)?[0-9]+",
        *MONEY,
        article="消费者权益保护法 16",
        unless=r"\b(?:won't|don't|can't|cannot|do not|follow|focus)\b",
    ),
    promise(
        "returns.any",
        r"\b(?:return|send|bring) (?:it|them)\b§{0,12}\b(?:any ?time|whenever|later|even)\b",
        *RETURNS,
        article=LAW,
        unless=r"n't|\bnot\b|cannot|policy",
    ),
    promise(
        "returns.longer",
        r"\breturns?\b§{0,14}\b(?:for|within|up to) (?:a |one |the )?(?:whole |full |entire )?(?:[0-9]+|week|month|year|two|three|"
        r"six)(?: (?:days?|weeks?|months?|years?))?",
        *RETURNS,
        article=LAW,
        unless=r"n't|\bnot\b|policy",
    ),
    promise("time.refund", r"\brefunds?\b§{0,8}\b(?:instant|immediate|automatic)(?:ly)?\b", *TIME, unless=r"n't|\bnot\b"),
    promise(
        "returns.any",
        r"\breturns?\b",
        *RETURNS,
        article=LAW,
        near=r"\bany ?time\b|\bwhenever\b|\bat our (?:cost|expense)\b",
        unless=r"n't|\bnot\b|cannot|policy",
    ),
    promise("money.return_freight", r"\bat our (?:own )?(?:cost|expense)\b", *MONEY, article=LAW, unless=r"n't|\bnot\b"),
)
