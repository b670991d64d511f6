"""The rules and comments that everything is measured with: made up, the same on every machine."""

import json
import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

GOODS: Final = """
    外套 卫衣 毛衣 衬衫 短裙 长裙 牛仔裤 阔腿裤 羽绒服 风衣 马甲 睡衣 袜子 围巾 帽子 手套 皮带 背包 手提包 钱包 凉鞋
    靴子 跑鞋 拖鞋 口红 粉底 面膜 精华 眼霜 洗面奶 香水 卸妆油 护手霜 洗发水 牙膏 毛巾 床单 被子 枕头 窗帘 地毯 台灯
    水杯 饭盒 炒锅 菜刀 砧板 电饭煲 吹风机 扫地机 耳机 充电器 手机壳 键盘 鼠标 雨伞 行李箱 帐篷 鱼竿 球拍 瑜伽垫 哑铃
    积木 拼图
""".split()  # noqa: SIM905 - a paragraph reads better than a hundred quotes
ASKED: Final = """
    尺码 颜色 材质 厚度 重量 产地 保质期 成分 容量 价格 优惠 赠品 库存 补货 链接 包邮 发货 快递 退换 保修 发票
    说明书 包装 礼盒 定制 刻字 搭配 清洗 熨烫 保养 安装 电压 功率 续航 防水 防晒 起球 掉色 弹力 透气 显瘦 加绒 加厚
    童款 男款 女款 情侣款 大码 小码 均码 新款 旧款 同款 限量 预售 现货 样品 试用 检测 授权 正品 批发 团购 积分
""".split()  # noqa: SIM905 - a paragraph reads better than a hundred quotes
FAULTS: Final = """
    破了 裂了 坏了 漏水 开线 断了 生锈 发霉 变形 不亮 没电 少了 发错 有异味 有划痕 打不开
""".split()  # noqa: SIM905 - a paragraph reads better than a hundred quotes
CHATTER = (
    "主播晚上好",
    "哈哈哈哈笑死我了",
    "来了来了",
    "今天好热闹",
    "666",
    "主播唱首歌吧",
    "这灯光真好看",
    "我刚下班",
    "前排占座",
    "刚才那个好可爱",
    "昨天也看了",
    "声音有点小",
    "主播吃饭了吗",
    "支持支持",
    "喜欢这个背景音乐",
    "上海下雨了",
    "家人们晚上好",
    "点点关注不迷路",
    "真的假的",
    "我妈也在看",
)
VARIABLES: Final = {"shop": "小店"}
WHO: Final = """
    主播 家人们 姐妹 楼上 我妈 我朋友 老板 小助理 运营 摄像 前排 刚进来的 老粉 新来的 我同事 隔壁 后台 管理 房管 大家 对象 室友 邻居 表姐
""".split()  # noqa: SIM905 - a paragraph reads better than a hundred quotes
SAYS: Final = """
    笑死了 太好看了 唱得真好 别走 今天状态不错 声音好听 说得对 快看 睡不着 在吃夜宵 刚下班 也在看 破防了 上头了 有点困 等了好久 心动了
    不敢信 真有意思 气氛好热闹 话好多 又来了 换背景了 灯光好暗 画面卡了 网不好 听不清 冲呀 加油 稳住 打个卡 明天见 晚安 早点休息 注意嗓子
""".split()  # noqa: SIM905
WHEN: Final = ("", "", "今天", "昨天", "刚才", "每天", "周末", "这会儿", "上次", "平时", "半夜", "一早")
QUESTIONS: Final = (
    "什么时候发货",
    "多少钱",
    "有运费险吗",
    "发什么快递",
    "会掉色吗",
    "还有货吗",
    "怎么洗",
    "能便宜点吗",
    "可以退吗",
    "偏大还是偏小",
)
TROUBLES: Final = ("付了钱没看到订单", "少发了一件", "收到就是坏的", "退款三天了还没到", "快递一直不动", "发错颜色了", "客服不理人")
REPEATED: Final = 0.3
TAILS = ("", "!", "哈哈", "~", "呀", "，开心", " lol", "😂", "，好久不见", "，第一次来")


@dataclass(frozen=True, slots=True)
class BenchRule:
    """One rule: `words` must all appear, or `pattern` (RE2) must match. A pattern raises an issue, words get an answer."""

    name: str
    words: tuple[str, ...] = ()
    pattern: str = ""

    def comment(self, dice: random.Random) -> str:
        """A comment that hits this rule and no other."""
        if self.words:
            return f"{dice.choice(('请问', '主播', '想问下', ''))}{self.words[0]}的{self.words[1]}怎么样"
        good, fault = self.pattern.partition("(")[0], self.pattern.rpartition("}")[2]
        return f"我上周买的{good}{dice.choice(('到手', '用两天', '一洗', '已经'))}{fault}，怎么办"


def rules(count: int) -> list[BenchRule]:
    """`count` rules (5 to 5,000): four fifths by two literal words, one fifth by a pattern."""
    patterns = count // 5
    asked = [BenchRule(f"asked.{n}", words=pair) for n, pair in enumerate(_spread(GOODS, ASKED, count - patterns))]
    faults = [
        BenchRule(f"fault.{n}", pattern=f"{good}(到手|用|一洗|已经|才).{{0,6}}{fault}")
        for n, (good, fault) in enumerate(_spread(GOODS, FAULTS, patterns))
    ]
    return asked + faults


def _spread(left: list[str], right: list[str], count: int) -> list[tuple[str, str]]:
    return random.Random(1).sample(list(product(left, right)), count)


def comments(book: list[BenchRule], count: int, seed: int = 7) -> Iterator[tuple[str, BenchRule | None]]:
    """(text, the rule it hits): one in ten gets an answer, one in a hundred raises an issue, the rest is chatter."""
    dice = random.Random(seed)
    asked = [rule for rule in book if rule.words]
    faults = [rule for rule in book if rule.pattern]
    for n in range(count):
        if n % 100 == 50:
            rule = dice.choice(faults)
            yield rule.comment(dice), rule
        elif n % 10 == 5:
            rule = dice.choice(asked)
            yield rule.comment(dice), rule
        elif n % 10 == 8:  # speaks of something for sale, and asks nothing
            yield f"{dice.choice(GOODS)}看着不错{dice.choice(TAILS)}", None
        else:
            yield dice.choice(CHATTER) + dice.choice(TAILS), None


def talk(count: int, seed: int = 11) -> Iterator[str]:
    """What a shop's room says, hardly a line twice: of a hundred, 80 chat, 10 ask, 5 give measures or a link, 3 complain, 2 are English."""
    dice = random.Random(seed)
    for n in range(count):
        who, good, tail = dice.choice(WHO), dice.choice(GOODS), dice.choice(TAILS)
        match n % 20:
            case 3 | 13:
                yield f"{dice.choice(('', '请问', who, '想问下'))}{good}{dice.choice(QUESTIONS)}{tail}"
            case 8:
                yield dice.choice((f"{dice.randint(150, 180)} {dice.randint(90, 140)}斤穿多大", f"{dice.randint(1, 40)}号链接{good}多少钱"))
            case 15 if n % 100 < 60:
                yield f"{dice.choice(WHEN)}买的{good}{dice.choice(TROUBLES)}，怎么办"
            case 15:
                yield f"{dice.choice(('love this', 'how much is', 'when do you ship'))} {dice.choice(('the bag', 'Leeds'))} {n}"
            case 18:
                yield f"{good}看着{dice.choice(('不错', '一般', '挺厚', '很薄'))}{tail}"
            case _:
                yield f"{who}{dice.choice(WHEN)}{dice.choice(SAYS)}{tail}"


def room(count: int, seed: int = 13) -> Iterator[str]:
    """`talk` as rooms say it: three lines in ten were among the last 500. Recorded rooms repeat 25 to 38 lines in a hundred."""
    dice, lately = random.Random(seed), deque[str](maxlen=500)
    fresh = talk(count)
    for _ in range(count):
        text = dice.choice(lately) if lately and dice.random() < REPEATED else next(fresh)
        lately.append(text)
        yield text


def phrasings(entries: int, examples: int = 4) -> dict[str, list[str]]:
    """The questions of a large shop: `entries` of them, in so many wordings each."""
    ways = ("{good}的{asked}怎么样", "请问{good}{asked}", "这个{good}有{asked}吗", "{asked}呢我说的是{good}")
    return {
        f"q{n}": [way.format(good=good, asked=asked) for way in ways[:examples]]
        for n, (good, asked) in enumerate(_spread(GOODS, ASKED, entries))
    }


def write_questions(folder: Path, asked: dict[str, list[str]]) -> Path:
    """A pack that answers each; returns the file."""
    file = folder / "questions.toml"
    lines = [f'[{name}]\nask = {json.dumps(asks, ensure_ascii=False)}\nsay = "看商品页"\n' for name, asks in asked.items()]
    file.write_text("\n".join(lines), "utf-8")
    return file


def write_shop(folder: Path) -> Path:
    """A table of forty products with prices, sizes, stock and shipping; returns the folder, which is a pack."""
    shop = folder / "shop"
    shop.mkdir()
    lines = ["valid_until = 2099-12-31"]
    for n, good in enumerate(GOODS[:40], 1):
        lines += [
            f"[{n}]",
            f'name = "{good}"',
            f'price = "{19 + 10 * n}元"',
            'variants = { "红" = 3, "蓝" = 0 }',
            'ship = { "默认" = "48小时内发货" }',
        ]
        lines += [f"[{n}.sizes]", 'M = "身高155-166 体重96-115斤"', 'L = "身高165-175 体重110-140斤"']
    (shop / "products.toml").write_text("\n".join(lines) + "\n", "utf-8")
    return shop


def write_pack(folder: Path, book: list[BenchRule]) -> Path:
    """The rules as livebot's users write them; returns the file."""
    lines = []
    for rule in book:
        lines.append(f'["{rule.name}"]')
        if rule.words:
            lines += [f"when = [{json.dumps(rule.words, ensure_ascii=False)}]", f'say = "{rule.words[0]}的{rule.words[1]}看商品页"']
        else:
            lines += [f"like = ['{rule.pattern}']", 'category = "post.damaged"']
    file = folder / "bench.toml"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file
