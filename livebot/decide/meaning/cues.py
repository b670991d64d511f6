"""The outward signs of a comment: does it ask, tell, deny, name numbers, how long is it."""

import re
from typing import Final, NamedTuple

from livebot.decide.meaning.concepts import aspects, padded, topics

# Chinese and English apart: an alternative of plain characters is tried only where its first one stands.
_QUESTION: Final = re.compile(
    r"[?]|吗|么\Z|嘛|呢\Z|不\Z|没\Z|什么|怎么|怎样|如何|多少|多久|多大|多长|几[天个号点块时分种]|哪|谁|为什么|为啥|啥|咋|能不能|可不可以|有没有|是不是|会不会|能否|可否|是否"
)
_QUESTION_ENGLISH: Final = re.compile(
    r"\A(?:can|could|do|does|did|is|are|will|would|how|what|when|where|which|who|why|may|should|any)\b"
    r"|\b(?:(?:can|could|do|does|is|are|will) (?:i|you|we|it|they|the|my|this)\b|how (?:do|can|much|many|long)\b)",
    re.ASCII,
)
_STATEMENT: Final = re.compile(
    r"已经|上次|收到了|到了|拍了|买了|很[好喜满快漂]|真[好的快]|谢谢|不错|挺好|辛苦|哈哈|666|主播|晚安|加油|好看|厉害|喜欢|了\Z|吧\Z|啊\Z"
)
_STATEMENT_ENGLISH: Final = re.compile(r"\b(?:thanks|thank you|lol|lmao|haha|love|already|nice|great|gg)\b", re.ASCII)
_NEGATED: Final = re.compile(r"不是|不要|不用|不能|不会|不想|不了|没有|没|别|未|无法")
_NEGATED_ENGLISH: Final = re.compile(r"\b(?:not|no|never|without|cannot|can't|don't|doesn't|didn't|isn't|won't)\b", re.ASCII)
_NEUTRAL: Final = re.compile(r"能不能|可不可以|有没有|是不是|会不会|要不要|行不行|好不好|没有吗")
_NUMBERS: Final = re.compile(r"[0-9]+")
_CHINESE: Final = re.compile("[\u3400-\u9fff]")
_LATIN: Final = re.compile("[a-z]")


class Signs(NamedTuple):
    """length: letters, ideographs and digits."""

    chinese: bool
    question: bool
    statement: bool
    negated: bool
    numbers: frozenset[str]
    length: int
    topics: frozenset[str]
    aspects: frozenset[str]


def signs(folded: str) -> Signs:
    """The signs of a folded comment."""
    spoken, latin = padded(folded), _LATIN.search(folded) is not None
    denied = _NEUTRAL.sub("", folded)
    return Signs(
        chinese=_CHINESE.search(folded) is not None,
        question=_QUESTION.search(folded) is not None or (latin and _QUESTION_ENGLISH.search(folded) is not None),
        statement=_STATEMENT.search(folded) is not None or (latin and _STATEMENT_ENGLISH.search(folded) is not None),
        negated=_NEGATED.search(denied) is not None or (latin and _NEGATED_ENGLISH.search(denied) is not None),
        numbers=frozenset(_NUMBERS.findall(folded)),
        length=len(folded) if folded.isalnum() else sum(map(str.isalnum, folded)),
        topics=topics(spoken),
        aspects=aspects(spoken),
    )
