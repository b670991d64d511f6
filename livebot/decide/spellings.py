"""How the words of the trade are written so that a filter does not see them: the words, and what is put in place of their characters."""

from typing import Final

# A word, and for each of its characters those that sound the same and stand for it; "-" for none. No such spelling is a word of its own, or
# arises where two usual words meet (主推款, 包油条, 标签手写): those of them that can are among STAYS.
HOMOPHONES: Final = """
退款 腿蜕颓褪裉 宽髋歀欵  退货 腿蜕颓褪 惑祸豁霍  退钱 腿蜕颓 歉仟铅潜谦  换货 唤幻患涣 惑祸豁  发货 伐罚 祸惑豁  补发 捕哺 伐罚
漏发 陋 伐罚  签收 谦迁牵铅 兽寿  到账 捣盗 帐  扣款 抠寇 -  付款 咐负附 -  客服 柯壳咳刻 伏腹浮  售后 - 侯候猴喉
投诉 偷透 俗塑粟素肃苏速酥拆  举报 菊巨惧狙 堡胞苞豹雹饱鲍爆  曝光 爆暴瀑 广逛  黑猫 嘿 茅  维权 围惟唯伟 拳劝券
骗子 偏谝翩 孑孒孓字孜兹籽仔纸  骗人 - 仁壬  骗钱 偏 歉仟铅潜  假货 贾甲叚 祸惑豁  正品 症郑怔挣 聘  高仿 搞糕膏 妨彷  仿品 妨 聘贫
垃圾 啦喇腊拉辣 级鸡极吉基机即积急  差评 叉岔茬诧 萍坪  返现 反贩泛犯 献县陷宪  微信 唯伟巍蔚尾危 -  私信 思丝撕嘶 芯欣辛薪
支付宝 只吱之知直芝 富付傅服复 保堡包饱报  淘宝 桃掏陶 堡饱报豹保  抖音 逗陡 因姻吟阴印  拼多多 - 夕哆夺 夕哆  电话 垫佃 哗桦
手机号 - 鸡基 -  地址 帝抵弟 旨芷吱帜趾阯  发票 伐罚珐 瓢  优惠券 忧幽邮油悠尤由友 会汇慧卉 劵卷圈劝  领券 另令灵岭 劝卷
红包 洪鸿 胞苞褒  多少钱 哆夺朵 稍捎 欠  链接 莲涟恋 街杰届揭  购物车 够构勾狗 务误雾 -  下单 侠吓瞎 旦耽  订单 钉叮 旦丹耽弹
取消 娶曲屈 肖霄销削  尺码 迟齿呎 玛蚂马  材质 财 志  成分 呈 芬  色差 涩瑟 岔茬  掉色 钓吊凋 瑟涩  褪色 蜕 瑟涩  起球 启企 囚
缩水 唆琐 税  破洞 坡泼 冻栋  破损 坡迫 笋  漏液 露陋搂娄 野  质量 志智侄治挚 亮凉谅晾  瑕疵 霞暇狭夏 次此刺慈  变质 辨辩 挚志
过敏 果裹锅 皿悯闽  红肿 洪鸿 仲  包邮 饱胞 尤悠幽  运费 孕匀蕴晕 废肺匪沸  快递 块筷 堤缔嫡狄笛  物流 勿悟雾 馏  顺丰 舜瞬 锋峰枫蜂
预售 御 兽瘦  现货 献县宪陷 祸惑  库存 酷枯 -  补货 捕哺 祸惑  无理由 勿吾吴 里礼离 游油  保修 饱堡 锈朽  质保 志智治 堡  保价 饱堡 佳
赔偿 陪培佩裴 尝常  会员 绘汇 -  积分 缉 芬  主播 猪珠竹煮 拨玻  直播间 只之知 剥拨波博 件建健见  孕妇 晕匀 负附  敏感肌 - 赶 机鸡基
"""

# What is written for a word otherwise: by its look, in slang, in characters of Mars, as pictures.
INSTEAD: Final = """
微信: 微心 微新 微星 威信 威心 威芯 威新 薇信 薇心 薇芯 薇新 徽信 徽心 围信 围心 维信 葳信 薇星 微芯 卫星号 绿泡泡 绿色软件 绿色聊天软件
加微信: 加卫星 ➕卫星 加微 加薇 加威 加葳 佳微 佳薇 嘉微 嘉薇 ➕微 ➕薇 ➕威 ➕葳 +微 +薇 +威 +葳
加微信: 加微亻言 加薇亻言 加薇信 加威信 加葳信 加薇心 加威心 加葳心 加微芯 加薇芯 加威芯 佳微信 佳薇信 嘉微信 嘉薇信 ➕微信 ➕薇信 ➕威信
加微信: +微信 +薇信 +威信
加微信: +我薇 ➕我薇 +我微 ➕我微 +我威 ➕我威
加微信: 加一下微 加个微 加我微 加一下薇 加个薇 加我薇 加一下威 加个威 加我威
qq: 扣扣 抠抠 蔻蔻 叩叩 扌口扌口 企鹅号
qq群: 扣扣裙 企鹅裙 口口群 扣扣群 企鹅群
退款: 腿款 推款 退歀 退欵
退货怎: 推货怎
退货吗: 推货吗
退货: 退火吗 退火怎 退火啊 退火了
不发货: 不花货
没发货: 没花货
催发货: 催花货
快发货: 快花货
时候发货: 时候花货
发货吗: 花货吗
发货了: 花货了
投诉: 投拆 头诉
黑猫投诉: 黑毛投诉
黑猫见: 黑毛见
假货: 甲货 假或吗
客服: 客腹
多少钱: 多少米 多少💰 多少💵 几多钱 多少银子 多少大洋 多少软妹币
淘宝: 某宝 桃宝 tb店
拼多多: 并夕夕 拼夕夕 某多多
京东: 某东 狗东
私信: 私❤
支付宝: 蓝色软件 支富宝
顺丰快递: 顺风快递
包邮吗: 包油吗 包油嘛 包油么
什么: 神马 什莫 甚么
12315: 一二三一五 幺二三幺五 幺二三一五
黑心: 黑新 嘿心 黑芯
奸商: 奸伤 尖商 歼商
过敏了: 过民了
现货吗: 线货吗
加微信: 家威信 家薇信
链接: 链借
链接呢: 链结呢
链接吗: 链结吗
链接在: 链结在
地址填: 地止填
地址写: 地止写
地址错: 地止错
为什么: 为神马 为毛
你: 伱 沵
我: 莪 硪
的: の 哋
不: 卟 罘 芣
是: 湜 媞 昰
天: 兲
了: 孒
没: 莈
有: 洧
好: 恏
人: 亾
大: 夶
要: 婹
买: 荬
他: 彵
她: 怹
回: 囬 囙
信: 亻言 訫
微: 嶶
骗: 马扁 騗
诉: 讠斥 言斥
投: 扌殳
退: 辶艮 艮辶 蹆
货: 化贝
款: 士示欠
假: 亻叚 仮
报: 扌艮
评: 讠平
订: 讠丁
扣: 扌口
换: 扌奂
拍: 扌白
钱: 钅戋 金戋
链: 钅连
红: 纟工
垃圾: 土立土及
到: 至刂
给: 纟合
付: 亻寸
物: 牜勿
法: 氵去
坏: 土不
破: 石皮
码: 石马
加: 力口
券: 劵
钱: 銭 💰 💵 💴 💸 🤑
加: ➕
可: 🉑
有: 🈶
无: 🈚
满: 🈵
免费: 🆓
禁: 🈲
链接: 🔗
车: 🚗
购物车: 🛒
ok: 🆗
药: 💊
包裹: 📦
电话: ☎ 📞
手机: 📱
卫星: 🛰
qq: 🐧
红包: 🧧
"""

# Words, and what arises where two meet, that look like one of the above.
STAYS: Final = """
多少米长 多少米高 多少米宽 多少米远 多少米厚 多少米深 多少米布 多少米的 多少米线 绿泡泡糖 扣扣子 扣扣紧 微心形 微星主板 微星显卡
微星电脑 微星笔记本 微新款 威信度 加微量 加微波 加微辣 加微糖 加微孔 加微绒 加微店 加威士忌 加薇娅 加微商 加微博 加我微信 加个微信
加一下微信 材质亮 材质凉 品质亮 皮质亮 体质凉 甘露液 花露液 精华露液 香露液 主推款 力推款 推款式 阔腿款 长腿款 美腿款 小腿款 大腿款
护腿款 瘦腿款 领卷边 项链揭 项链借 手链借 锁链借 反现在 反现代 美甲货 指甲货 一旦下单
"""

# Words of which any part may be written as it sounds: 退kuan, tui款, tuikuan, 退k.
SOUNDED: Final = """
退款 退货 退钱 退差价 退一半 换货 换码 换大 换小 换一 想换 能换 要换 发货 补发 漏发 少发 错发 发错 发漏 催发 催一下 收货 签收 没收到
没发 没到 拒收 到账 扣款 次款 扣钱 付款 付钱 支付 付不了 客服 人工 售后 无良 黑心店 黑店 冒牌货 消费者 协会 质量太差 碎成渣 漏油 身上痒
私聊 坑爹 黑心 奸商 商家 质量差 脸过敏 投诉 举报 曝光 黑猫 消协 工商 维权 骗子 骗人 骗钱 被骗 假货 真货 正品 真假 高仿 仿品 山寨 垃圾
差评 好评 返现 坑人 套路 忽悠 微信 私信 支付宝 淘宝 抖音 京东 拼多多 电话 手机 地址 号码 发票 开票 优惠券 优惠 领券 有券 没券 用券 的券
张券 券吗 红包 福袋 多少钱 几块钱 块钱 什么价 价格 便宜 太贵 贵了 怎么买 怎么卖 怎么拍 链接 小黄车 购物车 下单 订单 订金 定金 取消 尺码
什么码 几码 码数 偏大 偏小 穿什么 材质 成分 面料 纯棉 色差 掉色 脱色 长痘 褪色 起球 缩水 破洞 破了 坏了 破损 漏液 漏了 碎了 裂了 断了
开线 脱线 质量 瑕疵 污渍 异味 变质 发霉 过期 过敏 疹子 红肿 发痒 烂脸 拉肚子 受伤 包邮 运费 运费险 邮费 快递 物流 顺丰 预售 现货 库存
有货 没货 断货 补货 无理由 七天 保修 质保 延保 保价 价保 差价 赔偿 赔钱 赔付 会员 积分 主播 直播 直播间 修改 改地 拍错 拍重 拍了 已拍
孕妇 敏感肌 还没 怎么 什么 为什么 几号 号链 上架 讲解 试穿 身高 体重 赠品 少了 漏了 缺货 尺寸 型号 颜色 发黄 骗局 态度 不回 不理 重复
自动回复 下架 退回 收到 丢件 丢了 派送 取件
"""
# Those of them that are not told from an English word or another Chinese one when all of it is in letters.
NOT_IN_LETTERS: Final = """
换码 换大 换小 换一 想换 能换 要换 没到 坏了 破了 有券 没券 用券 的券 张券 券吗 几码 拍了 已拍 有货 没货 改地 还没 号链 少了 漏了 断了
丢了 不回 不理 贵了 裂了 碎了
"""
# Single ones, where they stand beside a Chinese character.
PARTICLES: Final = "的 了 不 我 你 没 要 是 给 钱 到 发 退 换 买 券 款 骗 坏 贵 块 吗 呢 货 催 拍 赔 扣"
# Usual ones, where a whole sentence is in letters.
USUAL: Final = (
    "我 你 我们 你们 要 不 没 没有 吗 了 的 是 在 还 就 给 为 人 钱 天 怎么 什么 时候 去 货 买 都 件 动 心 太 差 好 多 少 来 到 看 想"
)
# Short ways to write a word in letters, alone or beside Chinese characters; and those that need the characters beside them.
SHORT: Final = """
退款: tk
客服: kf
支付宝: zfb
淘宝: tb
拼多多: pdd
微信: vx wx vxin wechat
qq: qq
优惠券: yhq
"""
BESIDE: Final = """
微信: v信 v芯 v心 w信 w心 微x 薇x 威x v❤
加微信: 加v 加w +v 加v信 加w信 +v信 加v心 加v芯 加一下v 加个v 加我v 佳v 嘉v jiav jia微 jia薇 jia微信 jia薇信
加qq: 加q
qq: 扣q q扣
qq群: q群 q裙
qq号: q号
退款: t款 退k 腿k
退货: t货 退h
发货: f货
假货: 假h
骗子: p子 骗z
多少钱: 多少q 多少r
客服: 客f
私微信: 私v
投诉: 投s
拍重: 拍chong
重复: chong复
垃圾客服: lj客服
垃圾店: lj店
垃圾货: lj货
垃圾商家: lj商家
垃圾东西: lj东西
垃圾质量: lj质量
垃圾快递: lj快递
太垃圾: 太lj
真垃圾: 真lj
小黄车: xhc
垃圾: l圾 垃j
tk版: tk版
tk店: tk店
tk直播: tk直播
tk平台: tk平台
tk同款: tk同款
tb级: tb级
"""


def meanings(table: str) -> dict[str, str]:
    """What each spelling of a table "meaning: spelling spelling…" stands for."""
    return {
        written: meaning for line in table.strip().splitlines() for meaning, _, all_ in [line.partition(": ")] for written in all_.split()
    }
