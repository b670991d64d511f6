"""The corpus as it is written, filled and varied: the texts that the model learns from."""

import random
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
SLOT = re.compile(r"\{(\w)\}")
ENGLISH = {"c": ["black", "white", "red", "blue", "green"], "s": ["S", "M", "L", "XL"], "t": ["a week", "two weeks", "ten days", "a month"]}
BEFORE = ["", "", "", "请问", "你好", "主播", "亲", "老板", "那", "我想问下", "客服", "麻烦", "姐妹"]
BEHIND = ["", "", "", "啊", "呢", "呀", "哦", "谢谢", "？", "!!", "亲", "哈", "嘛", "。"]
BEFORE_EN = ["", "", "hi ", "hello, ", "please ", "can you tell me ", "hey ", "I want to know ", "um "]
BEHIND_EN = ["", "", "?", " please", " thanks", "!", " pls", " asap"]
ASIDE_BEFORE = [
    "sorry to bother you but ",
    "good morning, quick question: ",
    "I'm new here, ",
    "I looked everywhere, ",
    "my friend asks ",
    "so ",
]
ASIDE_BEHIND = [
    ", I can't find it anywhere",
    ", I need to know soon",
    ", thank you so much",
    ", I'm a bit confused",
    " because I really need it",
    ", any idea",
]


@dataclass(frozen=True)
class Group:
    """One paragraph of the corpus. name: unique; what long lines add to a meaning has the name of that meaning. trade: who is asked."""

    name: str
    code: str
    trade: str
    chinese: bool
    lines: tuple[str, ...]


def groups() -> list[Group]:
    """All paragraphs, those of one meaning as one group."""
    slots = tomllib.loads((CORPUS / "slots.toml").read_text(encoding="utf-8"))
    merged: dict[tuple[str, str], list[str]] = {}
    first: dict[str, str] = {}
    for file in sorted(CORPUS.glob("*.txt")):
        head = ("", "")
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                code, name = line[1:].split("]", 1)
                language = file.name[:2]
                if "_more" not in file.name:
                    first.setdefault(language + code, name.strip())
                head = (language + code, first.get(language + code, name.strip()) if "_more" in file.name else name.strip())
            elif line.strip() and not line.startswith("#"):
                merged.setdefault(head, []).extend(part.strip() for part in line.split(" / ") if part.strip())

    return [
        Group(
            name=f"{code[:2]}/{code[2:]}/{name}",
            code=code[2:].partition(" ")[0],
            trade=code[2:].partition(" ")[2],
            chinese=code.startswith("zh"),
            lines=tuple(
                dict.fromkeys(
                    filled(line, slots, random.Random(f"{line}{turn}")) for line in lines for turn in range(4 if "{" in line else 1)
                )
            ),
        )
        for (code, name), lines in merged.items()
    ]


def filled(line: str, slots: dict[str, list[str]], rng: random.Random) -> str:
    english = SLOT.sub("", line).isascii()
    return SLOT.sub(lambda slot: rng.choice(ENGLISH.get(slot[1], slots[slot[1]]) if english else slots[slot[1]]), line)


def varied(line: str, rng: random.Random) -> str:
    """The line with something around it, and now and then with a slip of the keyboard."""
    before, behind = (BEFORE_EN, BEHIND_EN) if line.isascii() else (BEFORE, BEHIND)
    text = rng.choice(before) + line + rng.choice(behind)
    if rng.random() < 0.08 and len(text) > 5:
        at = rng.randrange(1, len(text) - 1)
        text = text[:at] + text[at + 1 :]
    return text


def chatty(line: str, rng: random.Random) -> str:
    """The varied line; an English one now and then among words that ask nothing."""
    text = varied(line, rng)
    if line.isascii() and rng.random() < 0.25:
        text = rng.choice(ASIDE_BEFORE) + text if rng.random() < 0.5 else text.rstrip("?!") + rng.choice(ASIDE_BEHIND)
    return text
