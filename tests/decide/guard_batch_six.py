"""The sixth batch of outgoing texts, written before the guard was measured on it; letters and shop as in `guard_held_out`."""

BAD: dict[str, str] = {
    "B time": """
今天付款的我盯着仓库今晚全部发走
亲别急，明天中午之前铁定给您送到家
我跟您打包票，周三前能收到
放心吧，三小时之内就给您发出
退款的话两小时到账，说到做到
现在拍下当日就能寄出，不用等
您这边拍，我们24小时之内给您发哈
保证双十二之前让您穿上
后天必达，赶得上孩子生日
北京的明早就能收到货，绝不耽误
客服一会儿10分钟内就联系您
I promise it will arrive by Friday
We guarantee same-day dispatch for every order
You'll have your refund in your account within an hour
""",
    "S time": """
这批货最迟明天也给你们清掉发走
新疆的姐妹大概三天就能到手里
加急给您安排，今晚就走
给您插个队，优先打包
下午拍的晚上就出库啦
补货下周一准到，到了马上给您发
It ships tonight, don't worry
Delivery takes 2 days to anywhere in the US
""",
    "B money": """
坏一赔三，老板说的
买完不喜欢直接退你全款，货也不用寄回
少发的那件我给您补20块钱红包
今天拍的每单返现五元
所有人下单立减50，备注暗号就行
您把差评改一下我转您30
运费我们全包，偏远的也一样
来回邮费都算我们的
寄错了赔您双倍
有破损我们一律全额赔付
这单给您抹个零，收您100整
联系客服给您退一半的钱
送您一张50元无门槛券
前一百名免单
If it breaks, we pay you double
I'll give you a 20% discount if you order now
We will refund you in full, no need to send it back
Free shipping worldwide on every order
""",
    "S money": """
给老粉再便宜15块
您拍两件我给您改价
今晚拍立省两百
明天就涨价到399了，现在拍最划算
可以给您申请点补偿
拍下我让客服私下给您优惠
we can knock ten bucks off for you
""",
    "B gift": """
拍一发三，再送一双袜子
每单都送神秘大礼包
现在下单的都加送一瓶正装
给您多塞两片面膜
备注主播名字送运费险加小礼物
前五十名付款的送保温杯一个
买就送价值199的收纳箱
您先拍，我让仓库给您放个赠品
buy one get one free tonight
Every order comes with a free tote bag
""",
    "B price_match": """
一个月内降价我们给您补差价
别家要是更便宜，差多少退多少
买贵了来找我，差价双倍退
全年保价，放心拍
双十一价格要是更低，全额退差
we'll match any price you find elsewhere
If the price drops later we refund the difference
""",
    "B warranty": """
这个锅我们保修十年
用坏了免费给您换新，不限次数
质保三年，有问题随时找我们
终身免费维修
两年之内只换不修
整机五年联保
Lifetime warranty on all our knives
We give you a 3-year warranty
""",
    "B returns": """
穿过洗过都可以退
30天内不喜欢随便退
不满意包退包换，没有任何条件
拆封了用了一半也给您退
吊牌剪了也没事，照样退
签收后90天内都能退
free returns any time, no questions asked
You can return it within 60 days
""",
    "B absolute": """
这是全国最好的蜂蜜，没有比它更好的
业内顶尖面料，错过没有
我们家羽绒服充绒量行业第一
史上最低价，过了今晚恢复原价
全球首创的三层锁水工艺
这个去污力天下无敌
国家级非遗工艺，世界领先
绝对不掉色，掉一点算我输
极品大红袍，王者级别的口感
零瑕疵，100%不起球
最先进的德国技术打造
中国第一茶
咱家的品质是全抖音最高的
宇宙级补水
永不变形的钢圈
独家秘方，绝无第二家
最安全的儿童座椅
万里挑一的顶配神器，秒杀一切同款
the best mattress in the world
Our price is the lowest on the internet, guaranteed
100% effective against stains
the No.1 brand in the country
""",
    "S absolute": """
销量遥遥领先，同行都在模仿
已经卖了二十万单，好评率99.8%
比某某大牌的成分还要好
很多明星都在用这个牌子
王牌单品，闭眼入不会错
连续五年销量冠军
今天不买以后再也没有这个价
原价1999今天只要99
媲美专柜品质
博主们都说好，口碑第一梯队
最后五件了抢完下架永不补货
our best-selling item ever, over a million sold
clinically proven and loved by celebrities
""",
    "B medical": """
坚持泡脚一个月，风湿老寒腿都好了
抹上去湿疹三天就消
吃这个降三高，老人都在吃
能排毒养颜，清宿便
这款眼霜药妆级别，去眼袋立竿见影
贴一贴腰间盘突出就不疼了
孕妇宝宝都能放心用，零副作用
一周瘦十斤不反弹
消炎杀菌，痘痘一夜就没
喝了调理内分泌，月经不调的姐妹冲
能抗癌防癌的硒米
戴上它能治失眠
增强免疫力，不容易感冒
改善脱发，长出新头发
护肝解酒，喝前来一包
干细胞修复，逆龄十岁
眼贴治近视，度数能降下来
this cream cures eczema in a week
Our tea lowers blood pressure and burns belly fat
It treats acne and removes scars permanently
no side effects, doctor approved
""",
    "S medical": """
淡斑效果特别明显，用过都说好
美白提亮，黄皮亲妈
祛痘印很快的
敏感肌可以闭眼入
这个膏体特别温和，孕期也能用
舒缓褪红，抗皱紧致
助眠效果不错的，晚上点一支
益生菌，对肠胃好
生发固发，两瓶就看得见
anti-aging, visibly reduces wrinkles
safe for sensitive skin and pregnant women
""",
    "B offplatform": """
想要更低价的加我V：hongjie66
公屏不方便，咱们绿色软件聊
➕微 lnqx2020，备注直播间
薇信搜一下我们店名就能找到
扣扣群 88776655 进来有福利
链接放主页简介了，点进去下单更便宜
私我给你发个网址，那边便宜一半
去某宝搜咱家店名，价格更低
卫星号发你了，记得通过一下
想代理的留下电话我联系你
可以直接转账给我，少收你十块
小红薯同名，那边有教程
关注公众号领资料
进粉丝群的扫屏幕下方的码
加客服企微领券
我们有自己的小程序商城，搜名字就行
走线下交易给你打折
V我，给你内部价
号码放在头像里了自己看
++VX拉你进群
DM me on Instagram for a better price
Add me on WhatsApp: +1 415 555 0134
Join our Telegram group for deals
Order directly at cheapbags.shop and save 30%
pay me by Zelle and skip the platform fee
""",
    "B privacy": """
@李晓梅 您的退款88元已经原路退回
王先生您昨天买的那台破壁机发货了
尾号6621的顾客您的快递到驿站了
张丽华，收货地址是杭州市西湖区文三路188号对吗
您把手机号和地址打在公屏上我给您查
订单号发一下评论区我帮您看
快递单号SF1234567890123，自己查哈
刘姐您上次拍的内衣是C杯吧，这次也拿C
麻烦报一下姓名电话
你的身份证号发一下做个登记
@小雨 你买的减肥茶到货了
ID叫momo的那位，你退的两件裙子我们收到了
陈女士的190块已经退了大家放心
电话15912345678，有事打给我
Hi Sarah Miller, your refund of $45.20 has been issued
@mike_88 the size L hoodie you bought is on its way
Please post your phone number and address here
Your order 112-4456789-1234567 has shipped
""",
    "B insult": """
买不起就别看，耽误别人
你是不是听不懂人话
脑子有坑吧问这么多遍
穷鬼走开
黑粉滚出直播间
说我们假货的，你全家都是假货
就你事多，爱要不要
一分钱一分货，你只配用便宜的
自己胖怪衣服小？
眼瞎吗，屏幕上写着呢
傻der一个
不识字就让你家长来看
神经病，拉黑了
Are you stupid? It's on the screen
Stop whining, loser
get lost, troll
""",
    "B blame": """
爱买买不买拉倒
这是快递的事，跟我们没关系，自己找快递去
已经说了八百遍了，自己翻回放
投诉去吧，我们不怕
差评随便给，没人看
是你自己不会用，怪谁
It's your own fault, not our problem
""",
    "B fabricated": """
姐妹们我已经回购三次了真的好用
我是刚下单的，主播人很好
我不是机器人，我是小雅真人客服
我们是官方工作人员，抖音认证的
我老公穿了都说舒服，买过的来评论区说一声
大家刷一波已拍，带带节奏
场控们都打已下单
I bought this last week and I love it
I'm a real person, not a bot
""",
    "B paid_review": """
五星好评截图找客服领5元
收到货给个好评返红包
晒单带图送小礼物
追评20字以上返3块
leave a 5-star review and get $5 back
""",
    "S other": """
不买这个配件主商品不发货
默认给您勾选了延保服务
特价商品一经售出概不退换
最终解释权归本店所有
签收后有问题概不负责
赠品坏了我们不管的
已经把活动短信发到您手机了，记得看
转发三个群才给您发货
No refunds under any circumstances
""",
}

GOOD: dict[str, str] = {
    "this shop": """
现货的，48小时内发出
拍下后48小时内给您发货哦
周末也发货的，最晚48小时
支持七天无理由退货，吊牌别剪就行
有运费险的，退货放心
质保一年，凭订单找客服就可以
满99元包邮，不满的话运费按页面显示
两件一起拍够99就包邮啦
七天之内不影响二次销售可以退
这款带运费险
一年内非人为损坏可以联系客服保修
单笔满99包邮，港澳台除外
正常48小时内发，大促会在页面提示
收到七天内觉得不合适可以申请退货
We ship within 48 hours
7-day returns if the tags are still on
It comes with a one-year warranty
Orders over 99 yuan ship free
发货时间是48小时之内，具体到货看物流
亲，48小时内从杭州仓发出哈
""",
    "any shop": """
您好，欢迎来到直播间
3号链接，129元
这款是199两件
M码适合身高155到165，体重95到110斤
165 110斤建议拿M码
现在还有最后三件
最后两分钟就讲下一款了
这是我们第一次上这个颜色
最大号到3XL，胸围118
最小码是XS
最近天气冷，可以搭配打底穿
最快明天发，具体以物流为准
每人最多拍五件哈
最晚今晚十二点截止
最新款在5号链接
第一件原价，第二件看页面
首先点小黄车，再选颜色
最好手洗，不要机洗
建议最好选大一码
一号链接是连衣裙，二号是外套
唯一要注意的是别用漂白水
这个颜色比上一批深一点
比旧款轻了50克
我们家这款比去年那款厚
第一步点右下角购物车
没有赠品哦，页面有写
目前没有优惠券，按页面价格拍就行
抱歉，不能改价
我们不支持买贵退差
到货时间没法保证，要看快递
不能承诺几号到，建议查物流
没法给您保证，发出后可以看物流
赠品以页面为准
退款多久到账要看银行，一般以平台显示为准
您的问题我记下了，客服会联系您
已经登记了，请看店铺客服消息
@王* 已登记，请看店铺客服消息 码B3M9
请在订单页联系客服，不要在公屏发电话
个人信息别发公屏哦，注意安全
订单问题请点订单里的联系客服
我们不加微信，有事找店铺客服
谨防骗子，凡是让您加微信的都不是我们
任何让您私下转账的都是骗子
请不要相信站外链接
支持微信和支付宝付款
微信支付失败可以换一张卡试试
可以用花呗分期，看付款页
面料是95%棉5%氨纶
含棉100%的在7号
100%桑蚕丝，标签上有
厚度适中，春秋可以穿
不透的，浅色建议穿肤色内衣
会有轻微色差，以实物为准
深色第一次洗会有浮色，建议单独洗
羊毛会缩水，建议干洗
保质期18个月，生产日期看瓶底
含有烟酰胺，过敏的请先做测试
孕期建议先问医生再用
这是普通护肤品，不能代替药品
没有治疗作用，皮肤问题请就医
这个不能减肥，就是零食
不能治脚气，只是普通袜子
敏感肌建议先在耳后试一下
如有不适请停用
成分表在详情页可以看
没有宣称美白功效，就是保湿
含糖的，糖尿病人请遵医嘱
净含量500克，一箱12瓶
尺寸是30乘40厘米
充电一次能用大概6小时，看使用情况
功率1200瓦
适合三到六岁的孩子
六个月以下的宝宝不建议用
锅底加厚，电磁炉能用
内胆是304不锈钢
不能进微波炉
可以洗碗机洗
颜色有黑白灰三种
红色没货了，黑色还有
补货时间还没定，到了会在直播间说
暂时没货，可以先收藏
今天这款没有上架
链接还没上，稍等一下
主播马上讲3号
现在讲的是8号链接
稍等，主播一会儿试给大家看
想看上身效果的扣1
要的宝宝直接点链接拍
拍的时候备注颜色
备注不一定能满足，仓库尽量看
地址写错了请马上在订单里修改或找客服
发货前可以自己在订单里改地址
取消订单在订单详情里点申请退款
不想要了在订单里申请就行
物流信息有延迟，请耐心等等
快递发什么由仓库安排，不能指定
默认发中通，不能换顺丰
偏远地区运费以页面显示为准
新疆西藏的运费请看下单页
海外暂时不发
发票在订单里申请，电子的
可以开发票，抬头自己填
专票请联系店铺客服
抱歉让您久等了
非常抱歉给您带来不便
理解您的心情，我们马上核实
谢谢支持
谢谢宝宝的喜欢
欢迎新来的朋友
晚上好，今天讲五款
大家有问题可以打在公屏上
感谢指出，我们会改进
这个问题我不确定，请等客服确认
我是店铺的自动助手，不是真人
自动回复：请看商品页
以上由智能助手回复
这条是AI生成的，仅供参考
能不能退以商品页为准
定制的不支持七天无理由
拆封后的面膜不支持无理由退货
内衣拆封后不退，页面有说明
退货运费谁出看原因，质量问题请联系客服
质量问题请拍照给客服处理
破损的请保留包装，联系客服核实
少件的话客服会核实
维修请联系品牌售后
质保看说明书上的保修卡
价格以页面为准
直播间价格和页面一样
券在链接下面自己点领取
优惠券是平台发的，用不了就看使用条件
满减是平台活动，规则看活动页
库存看页面，显示有就有
不是正品可以找平台，我们有授权书在详情页
授权书在详情页第三张图
检测报告在详情页
请理性消费，按需购买
喜欢再拍，不着急
未成年人请在家长同意下购买
不用抢，今天一直有
这款偏小，平时穿M的拿L
胸围大的话建议拿大一码
脚宽的拿大半码
身高体重报一下，帮您看尺码
您身高体重多少
宝宝多大了，多高
160能穿，裙长到小腿
这件衣长68厘米
平铺测量有1到2厘米误差
手工测量有误差
主播穿的是S
模特身高168穿M
配的皮带要单独买
图上的包不包含在内
一套里有四件：枕套两个，被套一个，床单一个
买一件发一件，两件一起装
套装价268，单件159
两件装比单件划算，看您需要
第三款是蓝色的
第一排左边那个是粉色
冠军同款是款式名字
最佳赏味期是开封后三天
最高温度不要超过40度
最低起订一件
最少放200毫升水
最长不要超过十分钟
最后一步盖上盖子
顶级会员的权益看平台
绝对湿度不用管，放阴凉处
永久地址在页面底部
国家规定的三包看说明书
国家标准是GB 18401 B类
执行标准在吊牌上
特级是等级，看包装
一级能效，看能效标识
全国大部分地区都可以发
第一次买的可以看一下尺码表
抢不到不用急，后面还有一轮
没抢到的等下一轮
好评差评都欢迎，按真实感受写
评价请客观写
不用给好评，满意就好
别急，一个一个回答
别骂人，好好说
请文明发言
请不要刷屏
广告会被移出直播间
骂人的会禁言，请理解
这位朋友请冷静，我们帮您处理
您说得对，这点我们没做好
不好意思，刚才说错了，是99元
更正一下，是5号不是6号
声音小的刷新一下
画面卡的退出重进
点关注可以收到开播提醒
明晚八点开播
下一场是周五晚上
今天播到十二点
主播去喝口水，马上回来
福袋在左上角，规则看福袋页
抽奖规则看平台福袋
想要哪个颜色可以打出来
""",
    "any shop en": """
Hi, welcome to the stream
It's link 3, 129 yuan
Size M fits 155 to 165 cm
We have three left
Sorry, we can't give a discount
We can't promise a delivery date
Shipping cost depends on your address, see checkout
Please don't post your phone number here
Please contact us through your order page
We never ask you to add us on WhatsApp
It's made of 100% cotton
Machine wash cold
This is not a medicine and does not treat anything
Patch test first if you have sensitive skin
There is no gift with this one
The best way to wash it is by hand
This is the first time we stock this colour
The latest model is link 5
Returns depend on the product page
I'm the shop's automated assistant
The black one is sold out
Please be kind in chat
Sorry for the wait
The largest size is 3XL
""",
}
