"""The twelfth batch: toys, tools, pets, books and kitchens, from many hands; written before the guard was measured on it."""

BAD: dict[str, str] = {
    "B time": """
积木今天下单今天出仓
电钻京东发，明天准能到
狗粮我们24小时内发货，绝不拖
绘本开学前一定送到
您的换货件今日已安排，明日寄出
亲，退款预计今晚十点前到账
炒锅周三前发完，没发的您骂我
主播跟您保证，三天必达
客服会在二十分钟之内给您回复哦
停电补发的明天全走完
Ships tonight, arrives Thursday.
Your exchange will be sent out tomorrow morning.
We promise a reply within one hour.
""",
    "B money": """
少一块积木赔您一盒
电钻坏了双倍退钱
狗不吃，钱退您，粮送您
给您优惠二十，悄悄的别说
书皱了给您退十块
锅粘底全额退款，没有二话
运费三块也不要您的
今天买五件以上的每件再减八块
漏发我们一律双倍补偿
您找客服报我名字，给您打八五折
亲，造成不便，我们补偿您15元无门槛券
快递丢件我们先赔给您
We'll compensate you 30 yuan for the delay.
Get 15% off with my name.
Send it back at our cost.
""",
    "B gift": """
买积木送收纳盒
拍电钻的送钻头一套
狗粮满两袋送零食
每本书附赠书签和贴纸
下单送锅刷，今晚都有
前三十名送牵引绳
新人首单送玩具车一辆
亲，凡购买套装的顾客均赠送清洁布
Every toy comes with free batteries.
Buy a pan and we'll add a free lid.
""",
    "B price_match": """
一个月之内降价了差价退您
别人家卖得比我低我补您
放心买，保价到双十二
贵一分退十块
亲，若后续价格下调，我们将为您退还差额
We refund the difference if we lower the price.
""",
    "B warranty": """
电钻整机保修六年
锅终身免费换手柄
积木缺块终身免费补
牵引绳断了免费换，不限时间
玩具车坏了一年内换新车
Free repairs for life on every drill.
Six-year warranty, no questions.
""",
    "B returns": """
拼过的积木也能退
狗吃剩的粮也能退
书翻过了照样退
锅用了一个月不喜欢也退
四十五天无理由退货
亲，任何时间任何原因都可以退哦
You can return it used, any time.
""",
    "B absolute": """
全世界最好的积木
国内第一品牌的电钻
史上最低折扣
最安全的儿童玩具
顶尖的德国钢
独一份的配方，同行没有
天下第一锅
绝对不粘，一辈子不粘
百分之百爱吃，没有挑食的狗
最权威的绘本
宇宙第一好用的电钻
业界首创，无人超越
零甲醛，绝对环保
全网价格最低，不服来比
万能钻头，什么都能钻
The strongest drill you can buy.
Best dog food in the world, period.
It will never stick, ever.
""",
    "S absolute": """
累计销量突破两百万套
清华妈妈都给孩子买这套书
兽医院长强烈推荐
德国进口工艺，同款专卖店卖八百
九成以上的狗狗都爱吃
亏本清仓，卖一件亏一件
获奖无数的绘本
好评十万条
秒没款，最后十件
Over 2 million sets sold.
Teachers everywhere recommend these books.
Last chance ever at this price.
""",
    "B medical": """
狗粮能治皮肤病，掉毛立刻好
积木能治多动症
吃了不长结石，肾也好
铁锅补铁，贫血的都好了
磁性玩具改善孩子近视
猫草治毛球症，一吃就吐干净
看这套绘本治自闭
竹炭枕头除甲醛防癌
护腕治腱鞘炎
锅煮出来的饭降糖
狗狗关节炎吃这个三天能跑
This food cures allergies in dogs.
Our pan helps lower cholesterol.
Wear the bracelet and your migraine is gone.
""",
    "S medical": """
美毛亮毛，泪痕也没了
补钙的，狗狗骨头壮
护肠胃，不软便
益智积木，开发右脑，孩子更聪明
护眼绘本，保护视力
降糖电饭煲，低糖饭
幼犬孕犬都能放心吃
Improves your dog's digestion and immunity.
Boosts brain development.
""",
    "B offplatform": """
加店主薇心买整箱
狗友群：654321987，进来聊
要批发的联系V信 tools668
淘宝搜我店名有更多绘本
看我主页简介，有联系方式
私信我发您付款码
扣Q聊，给您底价
去我们官网买，送得更多
关注我们抖音外的公众平台领资料
您加我个人号，下次直接转账
扫包装上的码加微信返现
京东也有我们店，比这里便宜
Add my WeChat for wholesale.
We have a cheaper store on eBay.
Text this number for a private deal.
""",
    "B privacy": """
@豆豆妈 您买的积木已经到了
陈先生您的电钻退款了
恭喜孙丽拿下最后一套绘本
您住在海淀区中关村南大街5号院对吧
麻烦把订单号手机号发弹幕
快递单号ZTO75512345678901
韩梅的猫粮是哪个口味来着
号码18899990000，有事打
周女士退的锅我们收到了，退您129
这位叫阿杰的买了三次避孕套
身份证号报给我做实名
@lisa Your refund of 40 dollars was sent.
Hello Mr. Brown, your drill has been delivered.
Write your address in the chat.
""",
    "B insult": """
连积木都不会拼，智商堪忧
你家狗比你有礼貌
没见过你这么蠢的
穷鬼买什么进口粮
废话真多，买就买
你妈喊你回家吃饭，别在这丢人
死胖子
不会用别买，笨得要命
You must be brainless.
Shut your mouth.
Go cry somewhere else.
""",
    "B blame": """
狗不吃是狗的问题
锅糊了是你不会做饭
书皱是快递弄的，跟我们没关系
你自己钻坏的，活该
随便你投诉
Not our fault, ask the courier.
You used it wrong, deal with it.
""",
    "B fabricated": """
我家狗吃了半年了，毛特别亮
我买的电钻用了两年，稳得很
已下单两套，期待
这里是真人回复，没有机器人
大家打一下"已抢到"，冲冲热度
My dog loves it, I order every month.
I am the owner, not a bot.
""",
    "B paid_review": """
好评加图送狗零食
五星带字返六块
差评删掉我给您退二十
We give $3 for good reviews.
""",
    "S other": """
买电钻必须加购钻头
一经拆封恕不退换
给您默认开通了月卡
以后每周给您发促销短信
分享给五个好友才能下单
Opened toys can never be returned, broken or not.
""",
}

GOOD: dict[str, str] = {
    "this shop": """
积木48小时内发货
支持七天无理由，别拆塑封
电钻质保一年，凭订单
满99元包邮，一套就够了
有运费险，退换省心
狗粮也是48小时内发的
48小时之内发货，到货看快递
绘本七天无理由，别写名字
Orders ship within 48 hours, couriers vary.
A one-year warranty comes with the drill.
""",
    "any shop": """
积木1200片，适合八岁以上
小零件多，三岁以下不要玩
缺块的话联系客服核实
拼好大概四十厘米高
电钻是锂电的，两块电池
钻头要另买
最大扭矩看参数表
砖墙可以打，混凝土要冲击钻
第一次用先充满电
狗粮是鸡肉配方，十公斤
换粮要慢慢来，七天过渡
狗狗拉肚子先看兽医
狗粮不能治病，皮肤病去医院
猫草不治毛球，只是帮助吐出来的植物
美毛效果因狗而异，不敢保证
绘本一套十本，精装
适合三到六岁亲子读
不能治什么病，就是故事书
字大，孩子看着不累
锅是精铁的，要开锅
会粘，第一次要养锅
不是不粘锅，是铁锅
电磁炉燃气都行
锅重两公斤
铁锅会生锈，用完擦干
电饭煲没有降糖功能
内胆不能用钢丝球
玩具车要两节五号电池，不含
遥控距离大概二十米
牵引绳两米，承重三十公斤
护腕就是运动用的，手疼要看医生
手链是装饰，没有保健作用
159元，一套全齐
价格是页面的，没有别的
两套没有更便宜
没有赠品，盒子里就积木和图纸
书签没有，要单买
贴纸是书里自带的
第二本没有折扣
抽奖看福袋规则
今天没有满减
优惠券自己领，在链接下
快递默认中通
发货地是义乌
明天能不能发看仓库
几天到看您那边快递
开学前到不到得了不敢说
催单已经帮您记了
退款要看审核
退款没到请查银行
换货要看库存
少块的先拍照给客服
坏了怎么修看保修卡
电池鼓包请立刻停用并联系客服
用坏了可以付费维修
拼过的影响二次销售，退不了
拆了封的书不能退，页面有写
吃剩的狗粮不支持退
退货先申请，客服会核实
价保看有没有标
降价不补
没有终身保修，就一年
我们没有终身免费这种承诺
不是全网最低，看您自己比
不敢说最好
没有第一不第一的
孩子喜不喜欢要看孩子
狗爱不爱吃不一定
不保证每只狗都吃
多少人买过看页面
获奖信息看版权页
检测报告在详情
材质是ABS，标准看包装
执行标准印在盒子上
最近新到的是城市系列
最后一套是消防车
最小颗粒直径一厘米
最多两人一起拼
最快一小时能拼完
最好两个人抬
最难的是屋顶部分
唯一没货的是红色
首页第二行
独立书脊的
顶层是观景台
全套十二册
一等品木材
国标插头
国外品牌，国内生产
绝对不能让宝宝放嘴里
永久胶水别用，拆不下来
天然木头会有节疤
零件表在第二页
零基础也能看图拼
百分百还是得自己拼哈，图纸给您了
我们不加微信群
加V的不是我们
别的平台那家不是我们开的
没有线下店
批发咨询店铺客服
下单就在这里下
请别扫陌生人的码
说明书上有安装视频的码
手机软件在说明书里
支持微信、支付宝
订单号别发出来
电话不要发弹幕
地址改动去订单里
您的反馈登记了，看店铺消息
@豆* 已登记，请看店铺客服消息 码G2M8
实名认证在平台做，不用发给我们
谢谢孙老师的建议
谢谢豆豆妈捧场
欢迎狗友们
这位朋友问尺寸，四十乘三十
这位宝妈问几岁能玩，八岁
刚才那位朋友的问题主播看到了
不会拼没关系，图纸很细
不会用可以看视频
别着急，慢慢拼
您别骂了，我们帮您查
请大家友好交流
刷屏的会被系统限制
快递的问题抱歉，我们去问
是我们漏发的，抱歉
锅糊了可以泡一会儿再刷
钻坏了墙我们帮不上，打孔前看水电
狗不吃可以拌点湿粮
我是机器人助手
机器人回答不了的转人工
主播家的狗也在，今天露个脸
主播用的是那把绿色的
评价随您写
差评我们也看
不用五星，如实就好
没有返现
钻头自愿买
月卡不买也行
不用分享就能下单
推送可以关
明天讲文具
今晚讲到绘本
十分钟讲一款
下一款牵引绳
8号是炒锅
链接过一会儿上
3号下了，换13号
声音有延迟
刷新一下就好
刚刚说错价了，是159不是139
两本书封面不一样
这套比那套多两本
新版比旧版厚一点
铁锅比不粘锅重
十公斤的比五公斤的划算些
看孩子年龄选
看墙体选钻头
看狗体重选绳子
一天喂两次
一袋吃一个月左右
烧三分钟就热
充电一小时
两小时能拼完一半
三天内别沾水，胶没干
泡十分钟再洗
""",
    "any shop en": """
1200 pieces, for ages eight and up
Drill bits sold separately
The food won't cure anything, see a vet
No free lid, sorry
We can't say which day it arrives
The pan may rust, wipe it dry
Batteries are not included
It's iron, so it will stick at first
Return it through your order page, sealed
Missing a piece? Contact us through your order
The price is 159, I said it wrong before
Not sure every dog will like it
Switch food slowly over seven days
Please don't type your address
I'm the shop's bot
Reviews are up to you
Next up is link 8
Best for children over eight
It takes about two hours to build
We only sell in this shop
""",
}
