"""What spoke for and against an answer, in plain words."""

from collections.abc import Iterable
from typing import Final

from livebot.language import say

_WORDS: Final = {
    "near mixed": ("整体相近", "near in all"),
    "near by meaning": ("意思相近", "near in meaning"),
    "near by words": ("用词相近", "near in words"),
    "near by sound": ("读音相近", "near in sound"),
    "near by contrast": ("像这条而不像别条", "like this question and no other"),
    "margin mixed": ("整体比下一条近", "nearer in all than the next"),
    "margin by meaning": ("意思比下一条近", "nearer in meaning than the next"),
    "margin by words": ("用词比下一条近", "nearer in words than the next"),
    "margin by sound": ("读音比下一条近", "nearer in sound than the next"),
    "margin by contrast": ("比下一条更像这条", "more like this question than like the next"),
    "margin up to .15": ("领先下一条", "ahead of the next"),
    "nearness x margin": ("又近又领先", "near and ahead"),
    "near by both": ("意思和用词都近", "near in meaning and words"),
    "mean of the entry": ("和每个问法都近", "near to all its phrasings"),
    "comment known": ("评论里的话这条都有", "the comment's words are in this question"),
    "phrasing said": ("问法里的话都说到了", "the phrasing's words are in the comment"),
    "known x said": ("互相都说到了", "each says the other's words"),
    "strangeness": ("有规则里没有的话", "words that are in no rule"),
    "length": ("评论的长短", "how long the comment is"),
    "longer": ("比问法长", "longer than the phrasing"),
    "shorter": ("比问法短", "shorter than the phrasing"),
    "question mismatch": ("一个在问，一个不在问", "one asks and the other does not"),
    "question": ("是在问", "it asks"),
    "statement": ("像是在说事，不是在问", "it tells rather than asks"),
    "negation mismatch": ("一个否定，一个肯定", "one denies what the other does not"),
    "other numbers": ("数字不同", "other numbers"),
    "short and no question": ("就两三个字，又不是在问", "two or three characters that ask nothing"),
    "topics not of the entry": ("说到了这条没有的事", "it speaks of what this question does not"),
    "topics not of the comment": ("没说到这条要的事", "it does not speak of what this question does"),
    "topics shared": ("说的是同样的事", "both speak of the same things"),
    "topics in common": ("说的事有多少相同", "how many things both speak of"),
    "same topics": ("说的事完全相同", "both speak of exactly the same things"),
    "wants something else": ("想知道的不是这个", "it wants to know something else"),
    "aspects in common": ("想知道的相同", "both want to know the same"),
    "no topic": ("没说到是什么事", "it names no thing"),
    "not the first": ("不是最近的一条", "another question is nearer"),
    "entries": ("规则的多少", "how many questions there are"),
    "words matched": ("词都对得上", "its words have partners"),
    "words matched better than by the next": ("词比下一条对得上", "its words have better partners than in the next"),
    "worst matched word": ("有一个词对不上", "a word without a partner"),
    "words not matched": ("对不上的词多", "many words without a partner"),
    "phrasing's words matched": ("问法里的词对得上", "the phrasing's words have partners"),
    "phrasing's worst matched word": ("问法里有一个词没说到", "a word of the phrasing without a partner"),
    "words matched by the phrasing": ("词和那一句问法对得上", "its words have partners in that one phrasing"),
    "word worst matched by the phrasing": ("那一句问法里没有的词", "a word without a partner in that one phrasing"),
    "word matched better by another": ("有一个词更像别条", "a word that another question matches better"),
}


def for_and_against(facts: Iterable[tuple[str, float]]) -> dict[str, dict[str, float]]:
    """{"for": {fact: logits}, "against": {fact: logits}}: nearness.FACTS as they are said to people, without those that moved nothing."""
    told = {say(*_WORDS[name]): moved for name, moved in facts if moved}
    return {
        "for": {name: moved for name, moved in told.items() if moved > 0},
        "against": {name: moved for name, moved in told.items() if moved < 0},
    }
