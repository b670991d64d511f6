"""What a live room might say, by the verdict that it deserves: one text a line.

The first set was written before the guard. Each later one was written after the guard had learnt from those before, and was judged once
before anything was mended; docs/guard.md has the figures of those first tries.
"""

# kind → texts that must not leave
BLOCK = {
    "commitment": """
明天一定到货，放心拍
今天下单明天就能到
保证48小时内发货
所有订单24小时内发出
拍下当天就发
现货秒发，不用等
下周一准时给大家补货
三天之内肯定送到您手上
年前保证能收到
江浙沪次日达
十五号之前全部发完
马上给您退款
三个工作日内退款到账
一小时内客服回电给您
预售款20天内发出
付款后24h发货
最晚明天发走
今晚12点前拍的今晚就发
两天就到家了
我跟仓库说了，今天必发
全场包邮
新疆西藏也包邮哦
99元就免运费
退货运费我们出
来回邮费店铺全包
不满意免费上门取退
给您补偿20块钱
坏一赔三
假一赔十
少一罚十，说到做到
再给您便宜10块
私信我单独给您优惠50
差评了也没事，给您返现5元
给你发个红包补偿一下
这单给您免单
我直接给您退20
收到不喜欢也全额退款
买贵了双倍退差价
保价30天，降价就补
全网比价，贵了包退
双十一降价给大家退差价
别家更低我们补差
下单送同款小样三件
前100名再送一个收纳盒
买一送一
拍两件额外赠一双袜子
今天拍的每人都有神秘礼物赠送
加送您一盒面膜
满199送保温杯
终身质保
质保三年，放心用
两年内坏了免费换新
坏了包换
电机十年保修
只换不修
有任何问题终身包退换
三十天无理由退货
拆了用了也能退
随时可以退，无条件
洗过了不喜欢照样退
包退包换
起球您直接找我，免费补发
保证到货时间不会晚
一定给您发顺丰
订单今天肯定给您处理好
guaranteed tomorrow delivery
your order will arrive by Friday
ships within 24 hours
same-day shipping on all orders
we deliver in 2 days, promise
free shipping worldwide
free gift with every order
buy one get one free
lifetime warranty
5-year warranty included
100% money-back guarantee
we'll match any price
lowest price guaranteed or we refund the difference
I'll refund you $20 right now
we'll pay the return shipping
return it anytime, no questions asked
""",
    "absolute": """
全网最低价
这个价格全网最低，不信去比
史上最低价，错过没有了
销量第一的洁面
全国销量冠军
行业第一品牌
顶级面料
国家级配方
最高级的享受
我们的质量是最好的
市面上最好用的粉底液
全中国最便宜的拖鞋
最先进的技术
世界级品质
独一无二的设计，绝无仅有
100%有效
百分百不掉色
绝对不会起球
永不变形
永久不褪色
万能清洁剂，什么都能洗
没有比我们更便宜的了
秒杀所有大牌
NO.1单品
全球领先的科技
史无前例的优惠
极品大红袍
中国驰名商标
国宴专用酒
人民大会堂特供
这是最安全的儿童座椅
全网独家最低
零甲醛，绝对安全
最佳选择就是它
质量吊打全网同款
全网第—好用
全 网 最 低
頂級真絲
best in the world
the cheapest price on the internet
number one brand in the US
#1 best selling serum in the world
100% effective
the best quality you'll ever find
absolutely perfect, never fades
world's best mattress
nobody beats our prices
""",
    "medical": """
根治痘痘
这款面膜可以消炎杀菌
用三天湿疹就好了
喝了能降血糖
这款茶能减肥，一个月瘦十斤
祛疤效果特别好，疤全没了
可以治疗脚气
改善失眠，治便秘
增强免疫力，预防感冒
抗癌食品
有助于降血压降血脂
医生都推荐的面霜
无任何副作用
孕妇放心用，绝对安全
药妆，比药膏还管用
补肾壮阳
活血化瘀通经络
七天美白见效
立竿见影，一次见效
涂上就不痒了，皮炎湿疹都管用
排毒养颜，清肠胃
能代替药物
修复受损细胞，再生肌肤
丰胸效果明显
生发，秃头都长出来了
养肝护肝
缓解关节疼痛
cures acne in three days
treats eczema and psoriasis
lose 10 pounds in a week
no side effects at all
prevents cancer
heals scars fast
doctor recommended cure for insomnia
boosts your immune system and fights the flu
""",
    "off_platform": """
加微信领优惠
加我v：abc12345
加V聊
加薇❤发您图片
威信同号
加卫星，拉你进群
绿泡泡联系我
➕V 详聊
vx发你
扣扣群里有链接
加扣扣 123456
主页有联系方式
看我主页简介，有惊喜号码
扫码进群领券
扫一下屏幕上的二维码加我
私下转账给您便宜
不走平台，直接转我支付宝
去某宝搜我们店名
淘宝搜“小鹿家”更便宜
加群领福利
我拉你进微信群
薇信：shop_88
微 信 聊
V芯 xiaolu2020
w x 同号
微.信.号在简介
留个微信，我加你
平台上不方便说，加我威❤
加我小红书私聊发你价格
点这个链接 http://abc.example/x
www.cheap-shop.example 下单便宜
企鹅号发我一下
下播后加我好友，微❤同号
进裙领红包
全部走线下交易，更优惠
公众号里下单有返利
add me on WhatsApp
DM me on Telegram for a discount
text me at my private number
pay me directly by PayPal, it's cheaper
link in my bio, order there
join our Discord group for secret deals
WeChat: shop_2020
scan the QR code to add me
""",
    "privacy": """
@张三 您的退款已到账
@小美 您买的那件红色M码已发货
张女士您的快递已经签收了
恭喜@王小明 抢到限量款，下单成功
@李雷 您的订单号是6912345678901234567
退款50元已原路退回
给您退了128元，请查收
联系电话13800138000
快递单号 SF1234567890123 您查一下
收货地址是浙江省杭州市西湖区文三路12号3栋502
把手机号打在公屏上
订单号发在评论区，我给您查
@可可 拍的3号链接今天发出
收件人李四，电话一三八零零一三八零零零
您的身份证发我登记一下
@小鱼儿 你的退货已经收到了，退款188元
邮箱是 zhangsan@example.com
王先生您拍的两盒面膜已经寄出
@john your refund has been issued
@anna your order of the red dress has shipped
your refund of $35.50 is on its way
please post your phone number in the chat
Sarah, the shoes you bought were delivered yesterday
""",
    "insult": """
你是傻逼吧
买不起就别看
没素质，滚
你瞎吗，标题写着呢
有病吧你
穷鬼也来问
爱买不买，不买拉倒
脑子有问题就去看医生
关你屁事
闭嘴吧
你个智障
白痴都会选
黑粉滚出直播间
就你事多，烦死了
you are an idiot
shut up and buy
stop whining, loser
""",
    "fabricated": """
已拍，姐妹们快冲
我也买了，真的好用
我回购三次了，闭眼入
刚拍了两件，太划算了
我是真人，不是机器人
我就是主播本人
家人们我用了一个月，皮肤变好了
上次买的收到了，质量绝了，又来拍
我不是客服，我就是普通顾客
帮忙刷几单，本金返还
I bought this last week and love it
I'm a real person, not a bot
just ordered two, so good
""",
    "tie_in": """
默认勾选了延保服务
已帮您默认搭配一个收纳盒
必须搭配袜子一起买才发货
不买配件不给发货
下单会自动加购运费险
an extended warranty is automatically added to your order
""",
    "paid_review": """
好评返现5元
五星好评截图找客服领红包
晒图好评送小礼物
给个好评，返您3块
写好评抽免单
把差评删了给您退20
leave a 5-star review and get $5
free gift for a positive review
""",
    "marketing": """
以后每天给您发短信推送优惠
留下手机号，有活动给您发短信
已为您默认订阅营销短信
我们会打电话通知您新品活动
we'll text you our deals every week
""",
    "unfair_terms": """
特价商品概不退换
一经售出概不退换
活动最终解释权归本店所有
拆封一律不退
all sales final, no refunds even if defective
""",
}

# texts that need proof, or a fact, before anybody says them
EVIDENCE = {
    "commitment": """
支持7天无理由退货
预计明天发货
一般48小时内发货
预计三天左右到
有运费险
usually ships within 2 days
""",
    "absolute": """
我们店里最便宜的一款
本店历史最低价
同系列里最厚的一款
全国首家门店
唯一授权经销商
独家配方
已经卖了十万件
销量遥遥领先
极致性价比
完美贴合
库存只剩3件
下播就恢复原价
专利技术
获得国家专利
our best seller
clinically proven
""",
    "medical": """
敏感肌可用
孕妇可以用
有祛痘功效
美白淡斑
抑菌率99%
改善睡眠
抗皱紧致
助消化
无添加
safe for pregnant women
""",
    "authenticity": """
保证正品
都是正品，假不了
官方授权
有质检报告
100% authentic
""",
}

# texts that may leave
OK = """
最后三天
活动最后三天，别错过
最快明天发
最多三件
每人最多拍三件
最佳赏味期是开袋后七天
最佳食用温度4度
最新款在3号链接
最大码是3XL
最小码是S
最近有点忙，回复慢了抱歉
最好用冷水手洗
最好提前看一下尺码表
最晚几点下单看页面
选码看商品页尺码表最准
今天问得最多的是尺码
最适合身高160到165
我们会尽最大努力
争取给大家最好的服务
第一次来的朋友可以先看详情
第一步点购物车，第二步选规格
第一个链接就是
您可以选最喜欢的颜色
最低0度，最高40度水温
一级能效
特级初榨橄榄油
国家标准GB18401 A类
纯棉，100%棉
100%桑蚕丝面料
5A级景区同款图案
不是全网最低，价格以页面为准
我们不说全网最低
不保证明天到
不能保证48小时内发货
不承诺具体哪天到
无法确定几天到，看物流信息
请不要加微信
请勿相信加微信的人
谨防私下加微信交易
加微信的都是骗子，别信
我们不会让您加微信
有人让您加微信请举报
是正品吗？请看检测报告
是不是全网最低？价格看商品页
包不包邮看商品页，以下单页为准
有没有运费险，看商品页和下单页的标注
什么时候发货？以商品页承诺为准
您是问明天能到吗？以物流为准
有人问“能治痘吗”，不能，只是普通护肤品
“根治”这种话我们不能说
这款不包邮
新疆西藏不包邮
没有赠品
这款不送小样
暂时没有买一送一
本品不能代替药物
不具有治疗作用
没有减肥功效
普通食品，没有保健功能
特殊情况建议先问医生再决定
使用后过敏请停用并咨询医生
已通知人工客服，请先停用
不做好评返现
好评返现是违规的，我们没有
没有默认勾选任何服务
欢迎分享真实感受
支持微信支付和支付宝
可以用微信零钱付款
微信支付失败可以换个方式
请在平台内下单
点屏幕下方购物车，链接都在里面
私信店铺客服就好
加入粉丝团可以收到开播提醒
点个关注不迷路
关注一下就能收到开播提醒
会员和积分的规则看店铺首页的会员页
扫包装上的防伪码可以验真伪
扫码枪支持蓝牙
凭取件码去驿站取
V领的在5号链接
领口是小V，显脸小
VIP会员规则看会员页
LV1粉丝也可以领
5V2A的充电头
卫星电视接收器在2号
企鹅公仔在6号链接
扣扣子的那款在3号
裙子在4号链接
黑色连衣裙还有货
小红书同款色号在7号
已登记，请看店铺客服消息
@张* 已登记，请看店铺客服消息 码A7K2
@小* 请看店铺客服消息
退款申请已登记，请看店铺客服消息
退款进度已登记，请看店铺客服消息
催发货已登记
物流问题已登记，请看店铺客服消息
少发已登记，请看店铺客服消息
为了您的隐私，电话地址请私信店铺客服
公屏请不要发电话和地址
订单号请私信店铺客服，不要发公屏
店铺客服电话400-123-4567
价格以商品页和下单页显示的为准
这款现在99元
3号链接39.9，点购物车
券后129，以结算页为准
优惠券在商品页领取
满减规则看结算页
有没有价保，以商品页和订单页的说明为准
质保期以商品页的说明为准
保修范围和时间看商品页说明
退换服务以商品页标明的为准
能不能退换看商品页的服务说明
赠品以商品页标注为准
送货上门以快递公司规定为准
送人自用都合适
送妈妈送婆婆都可以看看
160 100斤建议M码
165/110建议L码
今晚8点开播
明晚8点见
每晚八点都在
直播到今晚12点
活动到12月31日结束
9点到18点人工客服在线
周一到周五上班
上午10点到下午6点可以联系客服
超过48小时没发货请联系店铺客服
三天没收到货请联系客服查物流
签收后24小时内联系客服
请在24小时内完成付款
下单后可以在订单详情改地址
发货后可以看物流单号
发货时间以商品页的承诺为准
到货通知可以在商品页点一下
今天下单的亲，发货时间看订单页
快递和发货地以商品页和物流信息为准
马上为您登记
马上上3号链接
马上开始讲5号
客服看到会第一时间处理
已转人工客服
我是智能客服，人工稍后回复
本条由智能助手自动回复
是机器人在回复，需要人工请扣“人工”
感谢您的耐心等待
给您添麻烦了，很抱歉
感谢@小明 的支持
欢迎@可可 来直播间
@小雨 3号链接有货，看购物车
@阿杰 尺码对照商品页尺码表
垃圾袋在8号链接
滚筒洗衣机可以洗
傻瓜式操作，说明书有写
智能马桶盖在1号
材质是头层牛皮
这款是加绒的，冬天穿
怎么退款看订单页的售后入口
退款金额以订单页为准
运费以下单页显示的为准
运费险理赔找保险公司
差价问题已登记
补差价请拍12号链接
补货了会在直播间通知
断码了，等补货
发票在订单详情里申请
先换个支付方式再试
主播在试穿，稍等一下
这个颜色显白
质地轻薄，不厚重
口感偏甜，喜欢甜的可以试试
冷藏后口感更好
早晚各一次，避开眼周
拍之前看清规格
已经拍了的朋友请看订单页
拍了没付款的记得付款哦
拍下后请核对地址
要买两件的拍2件
买的人多，回复慢请见谅
好评多看评论区的真实评价
我们是实体工厂，地址看店铺资质
搭配套餐看3号，想要再拍，不强制
单件也可以拍
不强制购买
您的问题已登记
有问题找店铺客服
今天登记了5个问题，都在处理
今天问得最多的：尺码、发货。共登记 3 个售后问题，请看店铺客服消息
快下播啦，还没答到的：发票、尺码。可以看商品页，或者问店铺客服
今天直播中有 3 分钟没能看到评论，那段时间的问题请直接问店铺客服
感谢今晚来小店的每一位，明晚 8 点见
需要礼品包装的，下单时在备注里写上就可以
支持七天无理由的商品页面会有标注
定制商品不支持七天无理由
这款不支持七天无理由退货
The dispatch time is on the product page
Checkout shows the shipping fee for your address
See the product page for returns and warranty
Noted, please watch for a message from the shop
A person has been told; please stop using it
We can't guarantee tomorrow delivery
we don't offer free shipping
please don't add anyone on WhatsApp
is it authentic? see the report on the product page
best before is on the package
best washed in cold water
works best on dry hair
we do our best to help
last three days of the sale
at most three per person
the earliest dispatch is tomorrow
the v-neck is in link 5
dog treats are in link 2
it does not cure acne
not a medicine
no free gift with this one
the current price is on the product page
pay with WeChat Pay or card
tap the cart below the video
this one runs small, size up
I'm an automated assistant; a person will read this later
treat yourself, link 3
"""

# ── the second set: written after the guard, and judged once before anything was mended ────────────────────────────────────────────────
SECOND_BLOCK = {
    "commitment": """
亲，您放心，周五前必到
仓库今天连夜打包，明早全部寄走
下完单第二天您就能穿上
七十二小时之内全部出库
我们家隔日就能送到您家门口
今晚拍的，后天保准收到
两个小时内售后专员给您回电话
最迟下周三补发给您
退款当天秒到账
您申请我这边立马给您退钱
偏远地区我们也一律免邮
满两件店里给您出运费
退回来的邮费算我们的
不合身来回运费都是商家承担
收到有破损，双倍赔您
少一片赔一盒
假货我赔你一万
主播说了，迟发一天赔五块
我单独给你改价，少30
这单给您返20块红包
咱偷偷给您再打个八折
这次给您补偿一张50元无门槛券
买贵随时找我退差
三十天内降价差额全补
618要是更便宜，差多少退多少
别人家更低您截图给我，我赔差价
现在下单我再加赠一支旅行装
每单都配一个化妆包，不要钱
拍三发五
点关注的都送一份小样
再额外给大家送一对耳环
前五十单加送定制帆布袋
电池保五年
一年内只要坏就给换新的
用坏了拿来，终身给修
售后管一辈子
三年质保，全国都能修
吃不惯也能退，拆了也没关系
30天随便退，不问原因
不满意随时退，一分钱不扣
穿了洗了不喜欢都给您退
质量有任何毛病我们全责到底
我拿人格担保周末前能到
放心，绝对按时发走
you'll have it by Monday
we ship every order the same day
delivery takes two days, guaranteed
your package will be there tomorrow
all orders ship free today
we'll give you a $10 coupon for the trouble
if you find it cheaper we'll refund the difference
every order comes with a free tote bag
buy 2 get 1 free
covered by a 3 year warranty
full refund if you don't like it, no questions asked
returns are free for 60 days
broken within a year? we replace it for free
""",
    "absolute": """
整个抖音找不到第二家这个价
同款里没有比这更低的价了
这是目前市场上最薄的羽绒服
史上最强福利
口碑全国第一
连续五年销量冠军
全球顶尖工艺
行业领军品牌
绝对不可能掉毛
这辈子都穿不坏
百分之百防水
最高端的面料
最牛的性价比
史上力度最大
比大牌还好用
碾压市面上所有防晒
完胜专柜几千块的精华
国家级检测中心推荐
航天级材料
宇宙第一好吃
您能买到的最好的锅
中国最好的茶
全网销量TOP1
No.1 品牌
零差评，没有一个人说不好
永远不会变黄
保证穿十年不变形
全球独一份
绝版，世界仅此一件
100%治愈系口感，100%安全
軍工品質
最 顶 级 的 料 子
全.网.最.低
the finest leather in the world
nothing else even comes close, unbeatable
cheapest anywhere, period
the #1 vacuum in America
it never breaks
guaranteed results for everyone
the world's softest blanket
""",
    "medical": """
连用一周痘印全消
涂三次灰指甲就好
老寒腿贴上就不疼
调理肠胃，便秘的喝一个月就通
喝它血糖能稳住
能把湿气排出来
长期吃可以预防心脑血管疾病
这霜能治激素脸
颈椎疼的戴上就缓解
孩子咳嗽喝这个比吃药强
有抗炎镇静修复作用
抹上痘痘第二天就瘪
一个疗程瘦八斤
不用节食也能月减15斤
延缓衰老，逆转年龄
皮肤科大夫都推荐
没有任何副作用，婴儿都能吃
宝妈坐月子喝，下奶补血
对鼻炎特别有效
戴这个能改善近视
用它洗头，白发变黑发
补气养血，气色好
激活干细胞，断根不复发
甲状腺结节可以吃它来消
降脂茶，血脂高的来一盒
it heals eczema overnight
drop two dress sizes in a week, burns fat fast
relieves joint pain instantly
dermatologists recommend it over medication
reverses diabetes naturally
no side effects, even for babies
""",
    "off_platform": """
加v了解
想要更低价的加我薇
这里不方便，+V细说
私我薇号
滴滴我绿色软件
我们有vx群，想进的扣1
卫星搜 xiaolu8899
微x同号 13xxx
看我头像上的号
名字就是v
签名里有方式
加一下店主好友
有需要的打我私人电话
去隔壁橙色软件搜我们店
pdd 上搜同名店铺
拼多多更便宜，去那边拍
某音以外的渠道拿货更低
转我银行卡，给您发货
直接扫我支付宝付款
收款码发你，私下成交
抠抠裙 886655
企鹅裙里发福利
扣群号领券
飞机上聊
电报群有内部价
加我ins聊
复制这个口令打开淘口令
tb 搜 小鹿的店
tao宝同名
扫屏幕左下角的码进群
长按识别二维码
加微，手慢无
咨询加V：lucky_88
➕薇：abc_1990
V❤同步
威❤：hello88
徽信搜我
薇 · 信 · 号 · 私 · 你
下播去小红书私信我
朋友圈有更多款式
message me on whatsapp for price
my telegram is @cheapshop
join the whatsapp group, link in bio
venmo me and I'll ship it
order on my own website instead
hit me up on insta
add my wechat: deals88
""",
    "privacy": """
@晓晓 您昨天拍的连衣裙已经打包寄出了
@老王 退款已经原路返回，请查收
@大白 亲您的包裹被签收了
刘先生的两箱牛奶今天派送
@阿芳 您的尾款还没付哦，订单快关了
感谢陈女士下单五套四件套
@星星 您买的减肥茶到驿站了，取件码 5-2-3021
已经给您退了59.9元
退款金额是238元，注意查收
这位亲的电话是13912345678
把您的姓名电话地址打在评论里
公屏扣一下您的手机号
报一下您的身份证号我核实
发一下验证码给我
请在弹幕里发订单号
订单 5012345678901234567 已经处理
顺丰 SF1029384756123 到杭州了
住在幸福小区8栋1203的那位亲，您的快递到了
@mike your package was delivered this morning
@lily you bought two lipsticks last night, they shipped
we refunded you $49
drop your email and phone number in the comments
Hi Tom, your refund has been processed
""",
    "insult": """
你脑子进水了吧
买不起装什么装
看不懂字就别来
又来一个杠精
这种智商还来买东西
穷成这样还买什么
别在这儿丢人了
你妈没教你看详情吗
你这人怎么这么烦
不想买就滚远点
what are you, stupid?
nobody asked you, get lost
""",
    "fabricated": """
我刚下单了三盒，你们快
上回买的吃完了，这次囤十袋
我家用了半年了，真的离不开
拍好了，坐等收货
我是老顾客了，这家真的靠谱
跟你说话的是真人，放心
我可不是机器人哦
我是主播，大家好
大家一起刷已拍，冲一波人气
来几个人补单，钱会退给你
I've been using it for months, it's amazing
you're talking to a real human here
""",
    "tie_in": """
系统默认给您加了一份延保
单拍不发，得带一双袜子
必须同时购买滤芯
下单自动给您勾上退货险
we added the protection plan by default
""",
    "paid_review": """
收货后五星带图，找客服领3元
评论区好评截图抽奖
好评送袜子一双
帮我们写五星，返您运费
把那条差评改一下，给您补20
rate us five stars and we'll send you a gift card
""",
    "marketing": """
留个电话，以后上新短信通知您
我们每周会给您群发优惠短信
默认开通活动推送，不能退订
we signed you up for our promo texts
""",
    "unfair_terms": """
福利款一律不退不换
本活动解释权归商家所有
签收之后概不负责
no returns, no refunds whatsoever
""",
}
SECOND_EVIDENCE = {
    "any": """
大概三天左右能收到
正常情况48小时发货
这款支持七天无理由
店里卖得最好的一款
累计卖出二十万双
抑菌率达到99.9%
敏感肌也可以用
舒缓修护，淡化细纹
品牌方授权的，正品
拿过设计金奖
孕妈可以喝
独家花型
orders normally arrive in about a week
dermatologically tested and patented
""",
}
SECOND_OK = """
这款还有最后几个颜色可以选
最晚今晚12点结束活动
最长能伸缩到两米
最近三天的直播回放在主页
最底下那个链接
最外层是防水布
最常问的几个问题我再说一遍
每个账号最多买两件
最小起订一件
身高最好在155以上
最好搭配打底裤穿
第一排是新款
第一次洗会有轻微浮色
第一时间为您反馈
国标A类
顶部有挂钩
顶级会员规则见会员页
绝对值不好说，看个人喜好
我们不敢说绝对不掉色
不能说百分百适合所有人
效果因人而异
不是药品，不能治病
普通食品，不能替代正餐和药品
不含药物成分，没有治疗效果
有皮肤问题请先咨询医生
过敏了请立即停用并就医
建议先在耳后做测试
这是普通护肤品，谈不上祛斑
几天能瘦？这是普通食品，没有减肥功效
别信能根治的说法
我们没有微信群
不加微信，有问题找店铺客服
凡是让您加V的都是骗子
请不要在直播间留微信
不要扫陌生人的二维码
平台外交易没有保障，请在小黄车下单
谨防线下转账诈骗
可以微信支付吗？可以的
微信和支付宝都能付
V字领显脸小
加绒加厚的在6号
加个关注不迷路
加购物车再付款
加油
+1的朋友看6号链接
群众演员
裙长80厘米
绿色的泡泡袖在3号
卫星图案的T恤在9号
QQ糖在零食专区
看详情页最下面
进店铺首页找客服
@李* 已收到您的反馈，请看店铺客服消息
@用户1* 已登记，码B3F9
@琪琪 3号还有M码
@兔子 请看店铺客服消息
亲，订单问题请私信店铺客服
请不要在公屏发订单号
地址改好了吗？请在订单详情里核对
改地址请在订单页操作
退款进度在订单详情可以看
退款一般原路返回，时间以支付平台为准
什么时候退款到账以支付渠道为准
没有承诺到货时间，以物流为准
不能保证今天发货
今天发不了货的会在订单页提示
活动期间发货会慢一些
快递时效以快递公司为准
具体几号发货看商品页
12号链接已经上了
12号直播间见
周三晚上八点开播
今天讲到12点
下周再来
马上开播
马上回来，喝口水
稍等马上看
一会儿讲5号链接
两分钟后上新
还有10分钟下播
5分钟后开抢
3天后下一场直播
两件更合适
买两件的请分开拍
一件装和两件装都有
送礼自用都可以
送长辈可以选礼盒装
送货方式看商品页
礼盒需要另拍
没有赠品，拍什么发什么
赠品以页面展示为准
不包邮的地区看下单页
新疆运费看下单页
运费多少填地址就能看到
券在左上角，自己点一下
优惠以结算页为准
价格看小黄车
原价199现在159
159一件，点3号链接
没有价保
不做比价，价格以页面为准
质保多久看说明书
说明书里有保修卡
维修找品牌售后
坏了怎么办？请联系店铺客服登记
收到破损请拍照联系客服
少发请联系店铺客服登记
支持哪些退换看商品页
七天无理由适用范围看商品页
生鲜类不适用七天无理由
能不能退看商品页标注
已经登记，售后会联系您
人工客服在看了，请稍等
已为您转人工
我是店铺的智能助手
我是机器人，复杂的问题人工来答
这条是自动回复
不拍已拍，理性消费
拍之前看好尺码，理性下单
好评差评都欢迎，真实就好
我们不返现，也不买好评
评价请按真实感受写
不强制搭配，单买也可以
延保自愿购买，默认不勾选
想收开播提醒可以点预约
不会给您发营销短信
同意后才会收到短信，可以退订
病从口入，洗手后再吃
滚边设计
滚珠精华在2号
垃圾桶是脚踏的
傻瓜相机操作简单
二货柜打折是什么？没有这个活动
死角也能刷到
小心滑倒
不好意思久等了
抱歉刚才没看到
谢谢支持
谢谢大家的耐心
祝大家身体健康
面料是聚酯纤维
里料100%聚酯纤维
含棉量95%
150ml一瓶
保质期18个月
生产日期看瓶底
适合干皮，油皮看2号
颜色有黑白灰
显示器色差难免
净重500克
电压220V
充电2小时
容量20000毫安
续航看商品页参数
防水等级IPX4
产地云南
手洗，不可漂白
机洗请套洗衣袋
is it the cheapest? we can't say, compare as you like
we never ask you to add us on WhatsApp
not suitable as a medicine
this cream does not treat any disease
ship date depends on the product page
no guarantee on arrival dates
delivery time is shown at checkout
the first link is the dress
at least try it on first
best to hand wash
up to 3 per customer
sorry for the wait
a person will look at it
noted, please check your shop messages
the red one is sold out
free size, fits most
gift wrap is an extra item in link 9
please don't post your phone number here
reviews of any kind are welcome
I'm the shop's assistant bot
"""

# ── the third set: written after the second had been learnt from ──────────────────────────────────────────────────────────────────────
THIRD_BLOCK = {
    "commitment": """
家人们今天的单子今晚全走顺丰
上午拍下午就寄
节后第一天统一补寄给大家
48h不发货我赔你
礼拜四之前肯定能收着
五个工作日必退
这个月底前给您换好
换货的三天给您寄新的
隔壁省的后天能到
京东快递，上午下单下午送上门
咱家寄快递不收钱
港澳台也给免邮
换尺码邮费我掏
您只管退，快递费不用您操心，我们付
两边运费都我们担
给您转三十当补偿
这单亏的我给您补上，20块
错一单赔一千
再便宜您二十，别跟别人说
单独给您开个后门价
您拍下我给您改个价
涨价了不算，降价我退您差的钱
七天内掉价补给您
哪里便宜哪里退差
每位下单的都有面膜拿
拍就带走一个帆布包，不花钱
今天满减之外还额外给一份赠品
拍大瓶送小瓶
终身免费保养
鞋底开胶一年包修
主机保两年，电池保一年
十年内出故障免费上门修
不喜欢就退，没关系的，随时
下水了也能退给我
买回去不满意我全额退你
三个月内无条件换
I promise it'll arrive before Christmas
orders leave our warehouse the same day
you will get your money back today
we cover the cost of returns
get a complimentary pouch with your order
we'll replace it for free for two years
satisfaction guaranteed or your money back
lower price elsewhere? we'll beat it
""",
    "absolute": """
放眼全国找不到更实惠的
同价位里吊打一切
论做工我们敢说第一
这面料是业内天花板，最顶的那种
全抖音独一家
史诗级最强补贴
卖爆全球，销量冠绝同行
最最便宜的一次
质量杠杠的，全网无敌
保证一点不掉毛
十年都不会变形
比某大牌强一百倍
行业标杆，引领者
绝对的王者
能抗住任何高温，绝不开裂
最具性价比的手机
百分百不踩雷
百分之一千好吃
国家领导人同款
the most effective serum on the planet
our jackets never wear out
number 1 in the world
100% satisfaction guaranteed
""",
    "medical": """
三天淡斑七天祛痘
调节血压，老人喝了都说好
关节不好的多吃这个
泡一泡寒气全排出来
睡不着的喝这个，一觉到天亮
咽炎的试试这款，喝两天嗓子就清了
养胃护胃，老胃病也能喝好
妇科问题用这个洗液就行
戴上就能治打鼾
小孩积食喝一包就通
喝三盒小肚子没了
瘦腿袜一晚瘦两厘米
让秃顶重新长头发
祛除老年斑，连根拔
脚臭脚气一喷就灵
比医院开的药膏还灵
吃了这个不用再打胰岛素
防流感，提高抵抗力
用了再也不过敏
医学博士研发，治敏感肌
clears up acne overnight
melts belly fat while you sleep
cures back pain for good
""",
    "off_platform": """
要链接的加薇
➕我绿泡泡，给你内部价
我的威芯是小鹿
看评论区置顶，有我的v
加老板v拿底价
私聊加好友发你
🛰️号：lucky
🐧群 123321
进我粉丝裙，q裙搜小鹿
vx：lu-lu-99
w.x.私
wei信
微❤️同号
薇♥联系
暗号“666”去主页拿联系方式
主页那个号加上
屏幕上的码截图扫一下
给您一个网址 shop.abc.cn
去我们官网买便宜一半
闲鱼也有卖，那边少20
别在这拍，私下转我便宜30
直接微信转账给你发货
线下找我拿货
去小红书搜我同名
我有个q群专门发福利
加我扣扣：二三三六六
电话联系我，号码私发你
换到隔壁app聊
ig搜 xiaolu.shop
add us on wechat for wholesale
my insta has a cheaper link
text me on signal
go to our site for 30% off
""",
    "privacy": """
@糖糖 您那单退款批了，89元
@阿May 你家地址写错了，快递退回来了
恭喜“小西瓜”拍到最后一件
@大宝 您定的奶粉到货了
李姐您的那件大衣发出来啦
给这位姐妹退回了66.6元
手机尾号8821的亲您的货签收了，电话13712348821
把收货信息打公屏我帮你改
报下您的手机号
@sam your return was received, $18 refunded
@kate the lipstick you ordered has shipped
type your address below
""",
    "insult": """
你配吗
没钱就别进来
一群穷鬼
你是猪吗
能不能长点脑子
滚一边去
神经
loser, go away
""",
    "fabricated": """
我也下单啦，姐妹们抓紧
用完两瓶了又来回购
已经第三次买了，孩子特别爱吃
这里没有机器人，都是主播亲自回
我是店主小鹿本人
来点人刷一下评论
I've ordered this three times already
trust me, I'm human
""",
    "tie_in": """
已经默认帮大家勾好了会员
不加购滤芯不给发
只拍主机不发货哈
""",
    "paid_review": """
收到货拍照五星，私信领2块
评价晒图的都返红包
差评撤了给你补10块
nice review = $3 gift card
""",
    "marketing": """
填下手机，我们以后短信通知活动
我们客服会给您打电话推荐新款
""",
    "unfair_terms": """
售出后概不退货
所有商品一律不支持退换，拍前想好
解释权归本直播间
""",
}
THIRD_OK = """
今天就到这里，明天见
明天同一时间见
今晚的直播快结束了
周五上新，记得来看
这款周末补拍视频讲解
先付定金，尾款时间看页面
下单后多久发货以页面为准
显示预售的请看预售时间
几天能到要看您的地区
快递一般由仓库安排，不能指定
到付件不接收
收到后先检查再签收
三天了还没动可以找店铺客服查
退换要在订单里申请
申请退货后按页面提示寄回
退回来的商品要保持完好
不影响二次销售的可以看页面规则
换码请在订单里申请换货
运费由谁承担看页面规则
偏远地区运费另算
不支持货到付款
没有运费险的商品页面会写明
券用不了看一下使用门槛
满减和券能不能一起用看结算页
今天没有赠品活动
礼盒里有两瓶和一张卡片
套装包含上衣和裤子
一套三件，拍一份就够
带一个收纳袋
配两根充电线
包装里有说明书和充电头
保修卡在包装盒里
保修看说明书上的条款
先别急着扔包装
最外面的包装可能会压扁
最后一排座位能放得下
最细的那根是0.5毫米
最宽处45厘米
最轻的款是薄款，看参数表
最早的那批是旧包装
颜色最接近的是米白
最合适的尺码看尺码表
第一款是蓝色，第二款是绿色
一号链接在最上面
第二件也要单独拍
全国都能寄，运费看下单页
全网都在卖的普通款
国家规定的强制认证标志在铭牌上
绝对禁止用火烤
永久保存在购物车里不可能哦，会清空
百分之九十五棉
100毫升
纯色款没有图案
完全靠手工缝的边
顶配版多一个镜头
高级灰在2号
药店不卖这个
这款含酒精，酒精过敏别买
不能给婴儿吃
糖尿病人慎食，请先问医生
孕妇请咨询医生后再用
不建议敏感肌使用
伤口上不要用
保健品不能代替药物，页面有提示
本品为普通化妆品，不宣传功效
要治病请去医院
有没有效果每个人不一样
看主播身上这件
点主播头像旁边的购物袋
主页的橱窗里也有
在店铺里搜“风衣”
点左下角第三个图标
关注店铺可以看上新
粉丝群入口在店铺首页
微波炉可以加热
微辣和中辣两种口味
威化饼干在7号
维生素含量看成分表
V形剪裁
加大码有
加厚款在4号
扫拖一体
扫地机器人在6号
这是机器人玩具
二维码在瓶底，可查真伪
群青色偏蓝
裙摆有松紧
飞机可以带上去
飞机盒包装
企鹅图案的卖完了
支付宝也可以付
@王* 请看店铺客服消息
@小花 尺码看商品页
@momo 这款有蓝色
张老师设计的图案
李子在3号，桃子在4号
谢谢大家捧场
感谢各位下单的朋友，地址请核对
下单的朋友记得核对地址
拍错了请在订单里取消
拍了的亲请看订单页的进度
买过的朋友可以说说尺码
穿过的朋友说说感受
评论区有买家的真实评价
有不满意的地方请告诉我们
投诉可以走平台入口
客服会按规则处理
我是AI助手，说得不对请找人工客服
小助手自动回复：尺码看商品页
不方便打字的可以发语音
请勿刷屏
不要刷单，理性消费
禁止发广告
文明发言，谢谢
滚刷可以拆洗
贱卖不会，价格看页面
猪肉脯在9号
脑子里记不住就加购物车
瘦小的女生看S码
显瘦的版型
胖一点选大一码
check the dispatch date on the page
we can't promise a delivery date
returns follow the policy on the product page
warranty terms are in the manual
sugar-free version is in link 3
feel free to ask
see you tomorrow at 8
the stream ends in 10 minutes
please keep your order number private
the cream is fragrance-free
wash before first use
not for children under three
ask your doctor before use
thanks for your patience
"""

# ── the fourth set: written after the third had been learnt from ──────────────────────────────────────────────────────────────────────
FOURTH_BLOCK = {
    "commitment": """
放心吧亲，明天准时给您发出去
咱们承诺三天必达
下单就发，绝不拖到明天
25号以前统统到您手里
三小时极速退款
退款申请通过后两小时到账
我们保证今天晚上给您答复
后天一早补发新的给您
所有人都包邮到家
今天下单一律免运费
邮费不用您承担，店里付
不合适寄回来，来回快递费我出
给您补偿十元红包，消消气
收到货有问题我们按原价三倍赔
缺货赔双倍定金
我私人再给您减15块
拍下找我返10元
买贵了我给您补
一个月内降价包赔差价
保证比别家便宜，贵了退您差额
今天买外套送围巾
凡是下单的都加赠一包湿巾
第二件免费
买二赠一，只限今晚
进店送礼，见者有份
五年内免费维修
终身享受免费清洗
只要是我们家的，坏了就换
质保延长到四年
无理由退货时间给您放宽到60天
穿脏了也给您退
不管什么原因都能退
guaranteed delivery within 48 hours
we'll refund you within one day
free shipping for everyone tonight
buy today and get a free mug
2-year warranty on every unit
price drops? we'll refund the difference
you can return it even after using it
""",
    "absolute": """
全网最低，没有之一
今天这个价格是历史最低
销量排名第一的防晒
国内最好的冲锋衣品牌
全世界最软的抱枕
顶级工匠打造
最高级别的防护
100%不起球，放心穿
绝不褪色
永久防水
万能搭配神器，无敌好看
唯一一个不伤手的洗衣液，全网唯一
同行都做不到的品质，行业第一
世界领先水平
最权威的认证
国家级非凡品质
领先全球的黑科技
质量绝对最好
最划算的一次，错过就没了
比专柜的强太多
best price ever
the world's number one skincare
100% safe for everyone
the only cream that really works, best in the market
""",
    "medical": """
能祛除狐臭，一次见效
喝一个疗程就能断根
这个枕头能治颈椎病
有消炎止痛的作用
可以降三高
对糖尿病人有治疗效果
增强抵抗力，少生病
七天祛斑，无效退款
这个油能促进伤口愈合
吃了能长高
有助于缓解焦虑和失眠
杀死99%的病毒，预防流感
治脱发，三个月长新发
纯中药调理，无副作用
用了这款，湿疹再没犯过
能瘦腿瘦肚子，躺着就瘦
it treats diabetes
cures insomnia in one night
helps you lose 5kg in 7 days
kills all viruses and prevents infection
""",
    "off_platform": """
加我微信13800138000
加下微信，给您发优惠券
有兴趣的加VX
V信号在主页
薇❤号：abc
微x联系我
卫星号同抖音号
绿泡泡搜 lulu
扣扣裙号 1234567
私聊我加好友领红包
来我们微信小程序下单便宜10元
扫屏幕二维码进福利群
我的联系方式在主页置顶
直接支付宝转我，不用走平台
去淘宝搜同款更便宜
某宝店铺同名，那边有优惠
线下微信交易，少收10%
加店长，拉您进VIP群
➕🐧
抖音关了去快手找我
add my WhatsApp for discount
contact me on Telegram
find us on wechat
order directly from our website for less
""",
    "privacy": """
@李四 您的订单已发货，单号SF1234567890
@小红 您退款的99元已到账
张先生，您买的鞋子已经签收
陈小姐的退款我们已经处理好了
用户王五昨天买的两件羽绒服退了
请留下您的手机号和地址
您的电话是13912345678对吧
收货地址：上海市浦东新区张江路88号
公屏打一下订单号我帮您查
已给@阿美 退款30元
@tom your package has arrived
your refund $20 is done
please share your phone number in the chat
""",
    "insult": """
你是不是脑残
没钱就不要看直播
滚，别来我直播间
穷人别来凑热闹
你眼睛瞎了吗
真是个蠢货
you're so dumb
get out, idiot
""",
    "fabricated": """
我已经下单了，大家快抢
本人亲测有效，强烈推荐
刚收到货，质量特别好，又拍了一单
我不是机器人，我是人工客服小王
我是真人主播
我买了五件了，真心不错
I already bought two of these
I am a human, not a robot
""",
    "tie_in": """
默认为您加购了运费险
必须买套餐才能买单品
下单默认勾选会员服务
""",
    "paid_review": """
给五星好评返10元红包
好评截图送优惠券
晒单评价可领5元现金
delete your bad review and we'll refund you
""",
    "marketing": """
我们会定期给您发送促销短信
以后有活动直接打您电话
""",
    "unfair_terms": """
打折商品不退不换
本店拥有最终解释权
""",
}
FOURTH_OK = """
发货时间看商品页，以页面承诺为准
最快今天发，具体看订单页
最晚什么时候发货看订单页承诺
预售商品的发货时间写在标题里
这款是现货
这款是预售款，发货时间看页面
物流信息可以在订单里查
快递到了请先验货
具体到货时间以物流为准
不能指定快递
发货地是广东
偏远地区能不能发看下单页提示
今晚还有三款新品
明天下午两点还有一场
直播到十点
倒计时三分钟
三、二、一，上链接
限时优惠到今晚12点
这款原价299，现在199
价格199元，点1号链接
1号链接199，2号链接259
3件8折，以结算页为准
优惠券叠加规则看结算页
最多叠加两张券
每人限购一件
一次最多拍五件
库存不多，以下单页为准
白色断码了
红色已经没有了
M码还有
160/84A选M码
身高170体重130斤建议XL
脚背高建议拍大一码
标准码，按平时穿的拍
偏大半码
尺码表在详情页
材质看详情页成分表
面料是棉和聚酯纤维
含5%氨纶
产地浙江
保质期12个月
最佳饮用温度60度
开封后尽快食用
最好放冰箱冷藏
建议反面晾晒
不能机洗
轻微色差属于正常
有色差，以实物为准
成分表在瓶身背面
过敏体质请先看成分
如有不适请停止使用并就医
请以医生意见为准
这个不是药
不能治病，别当药用
没有美白功效
没有办法保证效果
是不是顶级面料？看检测报告
真的是第一吗？我们没有这么说
不是最便宜的，但性价比可以
不敢说最好
我们不做绝对承诺
不支持买贵退差
买贵了能退差价吗？看页面有没有价保标识
没有买赠活动
不送赠品，谢谢理解
赠品有没有以页面为准
运费自理
退货运费看运费险
不一定有运费险，看下单页
七天无理由要保持吊牌完整
不支持七天无理由的会标明
退款请在订单里申请
换货请联系店铺客服
补发问题请联系店铺客服
售后进度看订单页
质保信息在说明书里
维修请联系品牌售后
发票在订单里申请
电子发票发到您填的邮箱
怎么加入会员看店铺首页
积分规则看会员页
已登记，客服会联系您
@陈* 已登记，请留意店铺客服消息
@赵** 请看店铺客服消息 码C2D8
@小鱼 这款有M码
@一只猫 材质看详情页
您好，有什么可以帮您
请问您想问哪一款
不好意思，没看清，再说一遍
请稍等，正在查
这个问题我请人工客服来回答
我是自动回复助手
请勿在公屏留电话
请保护个人隐私，不要发订单号
不要相信私信里的链接
谨防诈骗，客服不会让您转账
我们不会私下联系您加微信
不要线下交易
请走平台下单
不会让您扫码付款
请文明交流
不要骂人
欢迎新来的朋友
感谢关注
感谢@小红 的小心心
谢谢@大牛 的建议，已记下
喜欢的可以加购物车
犹豫的可以先收藏
不着急，慢慢看
想好再拍
理性消费，按需下单
拍错可以取消
取消订单在订单页操作
地址填错请在订单页修改
付款失败可以换张卡试试
可以用花呗吗？看结算页
支持分期，以结算页为准
支付问题请联系平台客服
链接在小黄车第一个
往下滑就能看到
点进去选颜色
没有刷单，没有托
我们不删差评
the size chart is on the product page
it is 100% cotton
restock time is not known yet
we don't do price matching
no warranty on this item, see the page
it's not free, the price is 20 dollars
we cannot refund here, please use the order page
add it to your cart
the last one in black
two left in size M
first come first served
see you next week
thanks for joining
"""
