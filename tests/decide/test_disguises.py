"""Disguises: what people write so that a filter does not see it is read as what they mean, and plain words are left alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livebot.decide.disguises import pinyin_key, see_through
from livebot.decide.text import fold

# meaning: its disguises, apart by two spaces
DISGUISES = """
微信: 威信  薇信  徽信  微芯  威心  V信  v芯  V❤  薇❤  薇❤️
微信: 微💗  威❤  绿泡泡  绿色软件  vx  VX  ⓥⓧ  ｖｘ  wx  WeChat
微信: weixin  微 信  微.信  微·信  微\u200b信  微丶信  微_信  🅥🅧  ᴠx  ＶＸ
加微信: 加V  ➕V  加v  加薇  加微  加卫星  ➕卫星  加 威 信  加ｖｘ  ＋V信
qq: 扣扣  抠抠  ＱＱ  🅀🅀  🐧
退款: tui款  TUI款  退kuan  tk  TK  腿款
退款: 退 款  退.款  退-款  退|款  退\u200b\u200d款  退款款款款
退款: 退退退款  t款  ＴＫ  tuikuan  𝐭𝐤  т款
退货: tui货  退huo  退 货  退貨  退*货  tuihuo
发货: fa货  發貨  发huo  出貨  发～货
客服: kf  客fu  ke服  客 服  kefu
投诉: tou诉  投su  投訴  投 诉  投拆
骗子: pian子  骗zi  騙子  骗.子
链接: 連結  鏈接  链 接  🔗
多少钱: 多少💰  多少錢  多少米  多 少 钱  duoshaoqian
13812345678: 一三八一二三四五六七八  壹叁捌壹贰叁肆伍陆柒捌  壹參捌壹貳參肆伍陸柒捌  幺三八幺二三四五六七八
13812345678: ①③⑧①②③④⑤⑥⑦⑧  ❶❸❽❶❷❸❹❺❻❼❽  １３８１２３４５６７８  1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣
13812345678: 1 3 8 1 2 3 4 5 6 7 8  一 三 八 1 2 3 4 5 6 7 8  𝟏𝟑𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖  l38I2345678
13812345678: 1.3.8.1.2.3.4.5.6.7.8  ٣ is no start
13800138000: l38OOl38OOO  13８oo138ooo  一三八零零一三八〇〇〇  幺三八洞洞幺三八洞洞洞
质保几年: 保固幾年  质 保 几 年
微信: 微✘信  葳信  微亻言  wei信  维信  vx  v.x  w.x  微⭕信
加微信: 加w信  加一下V  加个v  jia微信  嘉薇  ➕薇
qq: Q Q  Ｑ Q  蔻蔻  叩叩
退款: 推款  tui 款  tui kuan
退货: t货  退⭕货
投诉: 投❗诉  tou su
骗子: pian zi  pian子
发票: fa票  发piao  發票  fapiao
优惠券: 優惠券  优惠卷  优惠quan  you惠券
多少钱: 多shao钱  duo少钱  哆少钱
链接: lian接  链jie  莲接  lianjie
尺码: 呎码  尺ma  chima
红包: 红bao  紅包  🧧
物流: wu流  物liu
运费: yun费  运fei
免费吗: 🆓吗  免費嗎
包邮吗: 免運嗎  包郵嗎
"""
PLAIN = """
来一单
一百二十斤
三件
一二三四
160 100斤
5000
hhhh
aaa
666666
红/蓝
谢谢
天天
我要M
100% cotton
hello world
vip会员
qq糖
talk
task
卫星电视
加油
买2送1
A01+1
两件装
O型腿
Oppo
ok
wumart
jiao
dianxin
xin
mama
bao
v领
lianjieqi
多少米长
优惠多
"""


def rows() -> list[tuple[str, str]]:
    return [
        (meaning, disguise)
        for line in DISGUISES.strip().splitlines()
        for meaning, _, all_ in [line.partition(": ")]
        for disguise in all_.split("  ")
        if "is no start" not in disguise
    ]


@pytest.mark.parametrize(("meaning", "disguise"), rows(), ids=ascii)
def test_a_disguise_is_seen_through(meaning: str, disguise: str) -> None:
    assert see_through(disguise).text == meaning
    before, after = "好的，", "谢谢"
    seen = see_through(before + disguise + after)
    assert meaning in seen.text
    start = seen.text.index(meaning)
    begin, end = seen.original(start, start + len(meaning))
    assert begin == len(before)
    assert len(before) < end <= len(before + disguise)


def test_there_are_enough() -> None:
    assert len(rows()) >= 100


@pytest.mark.parametrize("text", [line for line in PLAIN.strip().splitlines() if line != "一二三四"])
def test_plain_words_stay(text: str) -> None:
    assert see_through(text).text == text.casefold()


def test_the_way_back() -> None:
    seen = see_through("我要 T U I 款😀")
    assert seen.text.startswith("我要")
    assert seen.source == "我要 T U I 款😀"
    seen = see_through("退\u200b款 吗")
    assert seen.text == "退款吗"
    assert [seen.original(at, at + 1) for at in range(3)] == [(0, 1), (2, 3), (4, 5)]
    assert seen.original(0, 2) == (0, 3)
    assert seen.original(1, 1) == (2, 2)
    assert seen.folded(2) == 1


def test_pinyin() -> None:
    assert pinyin_key("退款") == see_through("腿款").pinyin == see_through("tui款").pinyin == "tuikuan"
    assert pinyin_key("ABC 12") == "ABC 12"
    assert pinyin_key("买") == pinyin_key("卖")


# ── what holds for every text ──────────────────────────────────────────────────

ANY = st.one_of(
    st.text(st.characters(), max_size=60),
    st.lists(st.sampled_from([*(one for _, one in rows()), *PLAIN.strip().splitlines(), " ", "，", "\u200b"]), max_size=5).map("".join),
)


@settings(deadline=None, max_examples=300)
@given(ANY)
def test_every_folded_character_stands_for_something_and_in_order(text: str) -> None:
    seen = see_through(text)
    assert len(seen.text) == len(seen.starts) == len(seen.ends)
    assert list(seen.starts) == sorted(seen.starts)
    assert all(0 <= start < end <= len(text) for start, end in zip(seen.starts, seen.ends, strict=True))
    seen.text.encode("utf-8")


@settings(deadline=None, max_examples=200)
@given(st.text("0123456789abcxyz", max_size=30))
def test_digits_and_latin_letters_are_never_squeezed(text: str) -> None:
    seen = see_through(text).text
    assert [char for char in seen if char.isdigit()] == [char for char in text if char.isdigit()]


@settings(deadline=None)
@given(st.text("退款貨發連結出保固a１ !", max_size=20))
def test_traditional_script_folds_to_simplified_for_the_matcher_too(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert not set(fold(text)) & set("貨發連結")


@pytest.mark.parametrize(
    ("written", "folded"), [("連結在哪裡", "链接在哪里"), ("什麼時候出貨", "什么时候发货"), ("保固幾年", "质保几年"), ("㍿", "株式会社")]
)
def test_words_of_taiwan(written: str, folded: str) -> None:
    assert fold(written) == folded
