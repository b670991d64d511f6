"""The rules and comments that everything is measured with: made up, the same on every machine."""

import json
import random
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


def write_pack(folder: Path, book: list[BenchRule]) -> Path:
    """The rules as livebot's users write them; returns the file."""
    lines = []
    for rule in book:
        lines.append(f'["{rule.name}"]')
        if rule.words:
            lines += [f"when = [{json.dumps(rule.words, ensure_ascii=False)}]", 'say = "看商品页"']
        else:
            lines += [f"like = ['{rule.pattern}']", 'category = "post.damaged"']
    file = folder / "bench.toml"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file
