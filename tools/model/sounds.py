"""Fuzzy pinyin by ideograph, from pypinyin's table (MIT): zh=z, ch=c, sh=s, n=l, -ng=-n after a, e, i."""

import re
import unicodedata

MERGED = (("^zh", "z"), ("^ch", "c"), ("^sh", "s"), ("^n(?!g|$)", "l"), ("(?<=[aei])ng$", "n"))


def syllables():
    from pypinyin.pinyin_dict import pinyin_dict

    return {chr(code): fuzzy(sounds.split(",")[0]) for code, sounds in pinyin_dict.items() if 0x4E00 <= code <= 0x9FFF}


def fuzzy(sound):
    plain = "".join(char for char in unicodedata.normalize("NFD", sound) if not unicodedata.combining(char))
    for pattern, merged in MERGED:
        plain = re.sub(pattern, merged, plain)
    return plain
