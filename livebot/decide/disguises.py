"""Through disguises: one pass over a text that undoes spellings made to slip past filters, with the way back to the original."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from livebot.decide.folding_tables import SYLLABLES
from livebot.decide.text import INVISIBLE, SCRIPT, fold, simplified

Mark = tuple[str, int, int]  # a character, and the original code points [start, end) that it stands for

# letters of other alphabets that look like Latin ones, after casefolding
_LIKE_LATIN: Final = str.maketrans(
    "аеорсухіјѕԁԛԝһкмтвнпгαβγεικνορτυχωωꮪᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡıøđłħ",
    "aeopcyxijsdqwhkmtbhnraβyeiknoptuxwwsabcdefghijklmnoprstuvwyzagiodlh",
)
_PICTURES: Final = {
    "💰": "钱",
    "💵": "钱",
    "💴": "钱",
    "➕": "加",
    "＋": "加",
    "🉑": "可",
    "🈶": "有",
    "🈚": "无",
    "🈵": "满",
    "🆓": "免费",
    "🈲": "禁",
    "🔗": "链接",
    "🚗": "车",
    "🛒": "购物车",
    "🆗": "ok",
    "💊": "药",
    "📦": "包裹",
    "☎": "电话",
    "📞": "电话",
    "📱": "手机",
    "🛰": "卫星",
    "🐧": "qq",
    "🧧": "红包",
}
_WORDS: Final = dict(zip("零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖幺洞拐勾两弌弍弎参", "0012345678912345678910792" + "1233", strict=True))
_HEARTS: Final = "[❤♥♡❣\U0001f493-\U0001f49f\U0001f9e1]"
# what is meant → the disguises of it, in folded characters
_MEANT: Final = {
    "微信": rf"[威薇徽围维微葳][信心芯新星x]|微亻言|[微薇威维v]{_HEARTS}|v[信芯心❤]|(?<=加)(?:卫星|微|薇|威|v)(?![a-z信])|(?<=加)w信"
    r"|卫星号|绿泡泡|绿色软件|绿色聊天软件|(?<![a-z0-9])(?:[vw][ .·_-]{0,2}x|vxin|wechat|we chat)(?![a-z0-9])",
    "加微信": r"(?:佳|嘉|jia)(?:微信|薇信|薇|微(?![\u4e00-\u9fff])|v(?![a-z]))"
    r"|加(?:一下|个|我)(?:v(?![a-z信])|[微薇威](?![\u4e00-\u9fff]))",
    "qq": r"扣扣|抠抠|蔻蔻|叩叩|企鹅号|[qｑ]扣|秋秋(?=号|\d)|(?<![a-z])q(?=群|号)|(?<![a-z])q[ .·_]q(?![a-z])",
    "退款": r"(?<![a-z])(?:tk|t款|退k)(?![a-z])|腿款|推款|退歀|退宽",
    "退货": r"(?<![a-z])t货|腿货|退火(?=吗|怎|啊|了)",
    "发货": r"发祸",
    "客服": r"(?<![a-z])kf(?![a-z])|客腹|刻服",
    "投诉": r"投拆",
    "假货": r"甲货",
    "骗子": r"片子(?=骗)",
    "多少钱": r"多少米(?![长高宽远厚深布的线])|多少q(?![a-z])|哆少钱|多少前(?![\u4e00-\u9fff])",
    "私信": r"思信|丝信|私❤|私心(?=我)",
    "支付宝": r"(?<![a-z])zfb(?![a-z])|支富宝|吱付宝|蓝色软件",
    "淘宝": r"(?<![a-z])tb(?![a-z])|某宝|桃宝|掏宝",
    "返现": r"反现",
    "优惠券": r"优惠[卷劵]",
    "链接": r"莲接|链街",
    "尺码": r"呎码",
}
# words of which any character may be written as it sounds: tui款, 退kuan, tuikuan
_BY_SOUND: Final = (
    *("微信", "退款", "退货", "换货", "发货", "退钱", "客服", "投诉", "举报", "曝光", "假货", "骗子", "骗人", "发票", "优惠券", "多少钱"),
    *("链接", "尺码", "红包", "私信", "支付宝", "淘宝", "抖音", "电话", "返现", "运费", "包邮", "快递", "物流", "订单", "质量", "售后"),
    *("赔偿", "差评", "垃圾", "过敏"),
)


@lru_cache(1)
def _syllables() -> dict[int, str]:
    return {ord(char): found[1] for found in re.finditer("([a-z]+)([^a-z]+)", SYLLABLES) for char in found[2]}


def _as_it_sounds(word: str) -> str:
    """A pattern for a word with at least one of its characters in pinyin, and maybe spaces between."""
    parts = [(char, char.translate(_syllables())) for char in word]
    middle = "".join(f" ?(?:{char}|{sound})" for char, sound in parts[1:-1])
    (first, sound), (last, end) = parts[0], parts[-1]
    return f"(?!{word})(?:{first}|(?<![a-z]){sound}){middle} ?(?:{last}|{end}(?![a-z]))"


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<m{n}>{pattern})" for n, pattern in enumerate(patterns)))


_DISGUISED: Final = (_any_of(_MEANT.values()), tuple(_MEANT))
_SOUNDED: Final = (_any_of(map(_as_it_sounds, _BY_SOUND)), _BY_SOUND)

_HAN: Final = "[\u3400-\u4dbf\u4e00-\u9fff]"
_FILLER: Final = re.compile(rf"(?<={_HAN})[\s.·•*_\-—–~|^`'\"丨丶\\+=#@&✘✖✗⭕○◯❗‼❌⚠●★☆♦◆■]{{1,3}}(?={_HAN})")
_APART: Final = r"[\s.·•*_\-~|]{1,3}"
# letters beside ideographs ("tui款", "tk不到账"), one ideograph apart from the others ("退 款"), a heart for a word ("威❤")
_SUSPECT: Final = re.compile(rf"{_HAN}[a-z]|[a-z]{_HAN}|{_HAN}{_APART}{_HAN}(?!{_HAN})|(?<!{_HAN}){_HAN}{_APART}{_HAN}|{_HAN}{_HEARTS}")
_SPELT_APART: Final = re.compile(rf"(?<!{_HAN}){_HAN}(?:[,，、/。]{_HAN}){{3,}}(?!{_HAN})")
_DIGITS: Final = re.compile(r"(?:[0-9零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖幺洞拐勾两弌弍弎参oli|][\s.·\-_*,，、—~]{0,2}){4,}")
_LETTER_DIGITS: Final = str.maketrans("oli|", "0111")


@dataclass(frozen=True, slots=True)
class Folded:
    """text: what is meant. starts[i], ends[i]: the code points of `source` that text[i] stands for."""

    source: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end] stands in the source."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.source)
            return at, at
        return self.starts[start], max(self.ends[start:end])

    def folded(self, at: int) -> int:
        """The first position of the text that stands for what comes at or after `at` in the source."""
        return bisect_right(self.starts, at - 1)

    @property
    def pinyin(self) -> str:
        """The text as it is said: "tui款", "退kuan" and "腿款" are all "tuikuan"; what is no Chinese character stays."""
        return pinyin_key(self.text)


def plain(folded: str) -> str:
    """A folded text without disguises, where it looks as if it had any: a quick look decides, so that most texts cost next to nothing."""
    return fold(see_through(folded).text) if _SUSPECT.search(folded) else folded


def unmask_words(text: str) -> str:
    """Only the text of `see_through(text)`."""
    return see_through(text).text


def see_through(text: str) -> Folded:
    """The text without disguises: NFKC, invisible characters gone, look-alikes, words for digits, script, repetitions, known substitutes.

    5000 stays 5000 and hhhh stays hhhh: digits and Latin letters are never squeezed. Any string will do; time grows with its length.
    """
    marks = list(_characters(text))
    for step in (_simplify, _numbers, _join, _meaning, _squeeze):
        marks = step(marks)
    return Folded(text, "".join([mark[0] for mark in marks]), tuple([mark[1] for mark in marks]), tuple([mark[2] for mark in marks]))


def pinyin_key(text: str) -> str:
    """Chinese characters as toneless syllables, the rest as it is, nothing between. A feature, never a rule: 买 and 卖 are one."""
    return text.translate(_syllables())


# ── the steps: each takes and gives characters with what they stand for ────────


def _characters(text: str) -> Iterator[Mark]:
    for at, char in enumerate(text):
        if "a" <= char <= "z" or "0" <= char <= "9" or "\u4e00" <= char <= "\u9fff":
            yield char, at, at + 1
        elif not (INVISIBLE.match(char) or char == "\u20e3"):
            for one in _spelt(char):
                yield one, at, at + 1


@lru_cache(4096)
def _spelt(char: str) -> str:
    """One character as folding leaves it: several for some, none for marks that show nothing."""
    if char in _PICTURES:
        return _PICTURES[char]
    if (digit := unicodedata.digit(char, None)) is not None:
        return str(digit)
    if 0x1F130 <= ord(char) <= 0x1F189:  # 🄰 🅐 🅰: letters in boxes and discs
        return chr(ord("a") + (ord(char) - 0x1F130) % 32) if (ord(char) - 0x1F130) % 32 < 26 else ""
    if unicodedata.category(char) == "Cs":
        return "\ufffd"
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", char).casefold()).translate(_LIKE_LATIN)
    if plain.isspace():
        return " "
    return "".join(one for one in plain if not INVISIBLE.match(one) and (len(plain) == 1 or not unicodedata.combining(one)))


def _simplify(marks: list[Mark]) -> list[Mark]:
    text = "".join([mark[0] for mark in marks])
    if simplified(text) == text:
        return marks
    plain = [(char.translate(SCRIPT), start, end) for char, start, end in marks]
    left = "".join([mark[0] for mark in plain])
    return plain if simplified(text) == left else list(_replaced(plain, _differences(left, simplified(text))))


def _differences(before: str, after: str) -> list[tuple[int, int, str]]:
    """The one stretch in which two texts differ."""
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return [(head, len(before) - tail, after[head : len(after) - tail])]


def _numbers(marks: list[Mark]) -> list[Mark]:
    """Four or more words for digits in a row are a number; o, l and i count among digits."""
    text = "".join([mark[0] for mark in marks])
    changes: list[tuple[int, int, str]] = []
    for found in _DIGITS.finditer(text):
        run = found[0]
        letters = sum(char in "oli|" for char in run)
        digits = sum(char.isdigit() or char in _WORDS for char in run)
        beside = text[max(0, found.start() - 1) : found.start()] + text[found.end() : found.end() + 1]
        if digits < 2 or letters > 2 * digits or text[found.end() : found.end() + 1] in {"十", "百", "千", "万", "亿"} or (
            letters and any("a" <= char <= "z" for char in beside)
        ):  # fmt: skip
            continue
        last = len(run.rstrip(" \t\n.·-_*,，、—~"))
        singles = all(len(part) == 1 for part in re.split(r"[\s.·\-_*,，、—~]+", run[:last]))
        for at, char in enumerate(run[:last]):
            if char in _WORDS or (letters and char in "oli|"):
                changes.append((found.start() + at, found.start() + at + 1, _WORDS.get(char) or char.translate(_LETTER_DIGITS)))
            elif not char.isdigit() and singles:
                changes.append((found.start() + at, found.start() + at + 1, ""))
    return list(_replaced(marks, changes))


def _join(marks: list[Mark]) -> list[Mark]:
    """What was put between the characters of a word goes."""
    text = "".join([mark[0] for mark in marks])
    apart = {at for found in _SPELT_APART.finditer(text) for at in range(found.start() + 1, found.end(), 2)}
    apart.update(at for found in _FILLER.finditer(text) for at in range(*found.span()))
    return [mark for at, mark in enumerate(marks) if at not in apart]


def _meaning(marks: list[Mark]) -> list[Mark]:
    latin = any("a" <= mark[0] <= "z" for mark in marks)
    for pattern, meanings in (_SOUNDED, _DISGUISED) if latin else (_DISGUISED,):
        text = "".join([mark[0] for mark in marks])
        changes = [(*found.span(), meanings[int((found.lastgroup or "m0")[1:])]) for found in pattern.finditer(text)]
        marks = list(_replaced(marks, changes)) if changes else marks
    return marks


def _squeeze(marks: list[Mark]) -> list[Mark]:
    """Three or more of one character become one, white space always; never digits or Latin letters."""
    out: list[Mark] = []
    for char, same in groupby(marks, key=lambda mark: mark[0]):
        run = list(same)
        if char.isspace() or (len(run) > 2 and not char.isdigit() and not "a" <= char <= "z"):
            out.append((" " if char.isspace() else char, run[0][1], run[-1][2]))
        else:
            out += run
    while out and out[0][0] == " ":
        del out[0]
    while out and out[-1][0] == " ":
        del out[-1]
    return out


def _replaced(marks: list[Mark], changes: list[tuple[int, int, str]]) -> Iterator[Mark]:
    at = 0
    for start, end, new in changes:
        yield from marks[at:start]
        if start < end:
            for char in new:
                yield char, marks[start][1], marks[end - 1][2]
        at = end
    yield from marks[at:]
