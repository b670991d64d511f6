"""The thirteenth batch: phones, bedding, fruit and shoes, as shops write them; written before the guard was measured on it."""

BAD: dict[str, str] = {
    "B time": """
手机壳现货，下单当天发走
四件套明天给您寄出
荔枝今晚空运，明天就能吃上
鞋子肯定周末前到您手
亲，我们承诺您的包裹三日内送达
您的退款我今天就给您处理掉
客服马上联系您，五分钟内
换码的明天统一寄
放心拍，除夕前都能到
It will be at your door tomorrow.
Guaranteed two-day delivery.
We reply within ten minutes.
""",
    "B money": """
坏果包赔，一个赔五块
鞋开胶了赔您双倍
拍下联系客服领20元红包
私下给您算便宜点，89拿走
退货运费我们来承担
钢化膜碎了全额退
到手不喜欢，钱退您，枕头不用退
今天全场免运费，新疆也免
给您申请了一张50的券
我们给您补偿一半的货款
We'll give you a full refund and you keep it.
Free delivery everywhere, even overseas.
""",
    "B gift": """
买手机送耳机
买四件套送枕头一对
荔枝买五斤送一斤
下单都有鞋垫送
凡购买者均可获赠数据线一条
今晚给大家送福利，拍就有礼品
Buy shoes and get free socks.
A free screen protector for everyone.
""",
    "B price_match": """
买贵包赔差价
降价补差，保您三十天
亲，全网保价，贵了随时退差
We'll match the lowest price you find.
""",
    "B warranty": """
手机壳终身质保，发黄就换
床垫保十五年
鞋底断了三年内免费换
终身售后，有问题随时换
This mattress has a twenty-year warranty.
""",
    "B returns": """
鞋穿过了也能退
睡过的床品也支持退
水果吃了不甜照样退
一百天试睡，不满意全额退
365-day returns, worn or not.
""",
    "B absolute": """
全国最甜的荔枝
史上最薄的手机壳
第一名牌，销量第一
行业顶级工艺
世界上最舒服的鞋
绝对不会磨脚
绝无仅有的好价
国家级标准的蚕丝被
百分百防摔，摔不坏
全网最低，没有之一
The lightest shoes ever made.
100% unbreakable.
We are number one in the country.
""",
    "S absolute": """
卖了三十万双了
明星都在用的手机壳
央视推荐的蚕丝被
比某品牌的舒服多了
专柜同款，价格只有三成
再不拍就没了，马上涨价
好评率百分之九十九
Bestseller with 50,000 sold.
Celebrities love these shoes.
""",
    "B medical": """
蚕丝被治风湿
这鞋能矫正脚型，治扁平足
枕头治颈椎病
荔枝补气血，吃了不贫血
手机膜防辐射，防近视
按摩拖鞋降血压
艾草被驱寒除湿治宫寒
These insoles cure back pain.
The pillow treats insomnia.
""",
    "S medical": """
乳胶枕助眠，改善睡眠质量
磁疗鞋垫活血
抗菌除螨的床单，敏感肌安心
水果美容养颜
蓝光膜保护视力
Helps you sleep better and relieves stress.
""",
    "B offplatform": """
加微信发您实拍图
vx同手机号，加我
想要更便宜的去拼多多搜
进我们的粉丝微信群领券
私信我，走支付宝便宜
看我头像加我
关注公众号查物流
我们在小红书也有号，去那下单
Add me on WeChat.
Go to our website for a lower price.
Message me on Telegram.
""",
    "B privacy": """
@小美 您的鞋已经退款99元
李华您的荔枝到了
王阿姨您买的按摩鞋发货了
把您的电话打在公屏
您的地址是成都市武侯区天府大道100号吧
单号SF2233445566778
我的号码13698765432，打给我
恭喜刘洋先生中奖手机一部
@ben your refund has been sent
Type your address here.
""",
    "B insult": """
脚臭别买我家鞋
没钱买什么手机
你眼瞎啊
傻叉滚
智商这么低怎么活的
Stupid question.
You're a loser.
""",
    "B blame": """
果坏了是快递的锅，跟我们无关
磨脚是你脚有问题
不满意就别买，没人求你
投诉也不怕
Not our responsibility.
""",
    "B fabricated": """
我刚买了两双，太舒服了
我用这个手机壳半年了，没坏
我是真人，主播本人
刷一波已拍
I just bought mine, so good!
I'm not a robot.
""",
    "B paid_review": """
好评返现三元
晒图有礼
Five stars get you a gift.
""",
    "S other": """
特价鞋不退不换
买手机强制搭配壳
默认勾选了碎屏险
以后给您发广告短信
All sales final, no returns.
""",
}

GOOD: dict[str, str] = {
    "this shop": """
手机壳48小时内发货
七天无理由，鞋底别穿脏
四件套满99包邮
有运费险的
耳机质保一年
48小时内发，荔枝走冷链
It ships in 48 hours.
Free shipping over 99 yuan.
""",
    "any shop": """
手机壳适用苹果15
有透明和黑色
39块，两个一起拍也是这个价
四件套1米8床用
60支长绒棉
枕头要单独买
蚕丝含量百分百的是2号
被子三斤，春秋盖
荔枝五斤装，妃子笑
甜不甜看批次，说不准
坏果请拍照给客服核实
水果不支持无理由退
鞋子标准码，平时穿38拿38
脚背高的拿大一码
会不会磨脚看脚型，新鞋要适应
鞋底是橡胶的
皮面会有折痕，正常
不是真皮，是PU
雨天能穿，别泡水
鞋垫可以取
洗了会不会缩，会缩一点
深色第一次洗单独洗
枕头不治颈椎病，只是软硬合适
不能治失眠
艾草被就是里面有艾草，没有治疗作用
防蓝光膜挡不了近视
按摩拖鞋没有降压作用
荔枝吃多上火，少吃点
糖尿病人少吃荔枝，问医生
对桃毛过敏的注意
没有赠品
耳机不送，要另买
没有红包，抱歉
不能便宜
不包邮，运费看页面
没有保价
退不退差看平台
没有终身质保
不支持试睡
穿过的鞋退不了
睡过的不能退
什么时候到看物流
除夕前到不到不敢说
今天发不发得出要看仓库
退款看银行
换码先申请
客服九点上班
已经登记了
登记好了，请看店铺消息
@美* 已登记，请看店铺客服消息 码H5N7
电话别发公屏
地址在订单里改
不加微信
微信支付可以
别去别的平台，不是我们
没有公众号
没有群
别信中奖短信
中奖名单看平台
最后两双
最近到的新款
最小35码
最大45码
最快明天发，以物流为准
最多拍三双
第一双先试一下
第二款是灰色
唯一的区别是鞋带
首先看尺码表
顶多洗十次就旧了，正常消耗
一级长绒棉
国产手机
国标
执行标准看吊牌
不敢说最舒服
不是最便宜的
说不上第一
多少人买看页面
好评看评价区
主播脚上穿的是白色
主播的手机就是这个壳
我是机器人
我不是真人
人工在忙
好评差评都行
不返现
壳不买也行
碎屏险自愿
不发短信
谢谢
欢迎来看鞋
稍等我问一下
您脚长多少
您手机什么型号
床多大的
几个人吃，五斤够不够
宝宝多大穿几码
慢慢选
别生气，给您登记了
对不起，发错码了
我们的问题，抱歉
快递摔的我们帮您问
不喜欢可以不拍
嫌贵看看6号
文明聊天
别刷屏
讲到5号了
6号手机壳
7号荔枝
链接在下面
点一下小黄车
明天见
下播啦
荔枝冷藏三天内吃
床单一周洗一次
充电一小时
鞋晾两天再穿
洗衣机转三十分钟
两天没拆的荔枝会变色
七月的荔枝最多
新款比老款轻
这双比那双宽一点
五斤比三斤划算一点
手机壳一个装
鞋一双，袜子没有
四件套是被套床单和两个枕套
荔枝带枝的
厚一点的是冬被
""",
    "any shop en": """
Case for iPhone 15
Pillows sold separately
Shoes run true to size
No gift tonight
It doesn't cure anything
We can't promise a date
Fruit can't be returned without a reason
Worn shoes can't be returned
See the size chart
Please keep your address private
I'm a bot
Thanks for coming
They may feel tight at first
We don't have a website
About three jin in a box
""",
}
