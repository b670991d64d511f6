"""What is done the quick way gives what the plain way would: on thousands of made-up texts, ordinary and hostile."""

import random
from collections.abc import Iterator
from math import log1p, sqrt
from pathlib import Path

import pytest

from livebot.decide.matching import Matcher
from livebot.decide.meaning.embedding import MOST, terms
from livebot.decide.meaning.overlap import COMMON, Overlap, cosines
from livebot.decide.rulebook import FaqRule, FlagRule, Rulebook
from livebot.decide.shop import sizes
from livebot.decide.shop.measures import measures
from livebot.decide.text import fold
from livebot.keep.model import load_meaning
from livebot.keep.rulefiles import load_rules

MEANING = load_meaning()
assert MEANING is not None
PLACES = {term: place for place, term in enumerate(MEANING.vocabulary)}
PIECES = """
    什么时候发货 退款 怎么还没到 这个多少钱 主播晚上好 哈哈哈 尺码 身高体重 身高 体重 一米六 一百一 一百零几 两 百 十
    半岁 五岁 三个月 宝宝 穿 多大 㐀 䶿 鿿 龘 〇 々 の 한 é ａｂ １６５ ² ፩ ١٦٥ 斤 公斤 左右 第2个 3号 \u200b \U0001f600 \x00 \ud800
    hello where's my order 2xl s ok i'm 5'3 110lb 165cm 50kg 1.65m 165 110 160/50 165-110 48 12345 123456 8 0 6.6
    _ ^ $ . · ; ? ! - ~
""".split()  # noqa: SIM905 - a paragraph reads better than a hundred quotes


def texts(seed: int, number: int, most: int = 7) -> Iterator[str]:
    dice = random.Random(seed)
    for _ in range(number):
        yield fold("".join(dice.choice(PIECES) + dice.choice(("", "", " ")) for _ in range(dice.randint(0, most))))


@pytest.mark.parametrize("most", [7, 60, 200])
def test_places_are_those_of_the_terms(most: int) -> None:
    for text in texts(most, 4000 // most, most):
        assert sorted(MEANING.places(text)) == sorted(PLACES[term] for term in terms(text, MEANING.syllables)[:MOST] if term in PLACES), (
            text
        )


def test_what_is_remembered_is_what_was_found() -> None:
    book = Rulebook(
        flags=(FlagRule(id="f", category="post.return", when=(("退款",),)),),
        faqs=(FaqRule(id="q", ask=("什么时候发货",), say=("明天",)),),
        meaning=MEANING,
    )
    matcher = Matcher(book)
    said = [*texts(5, 300, 4), "退款 " * 200]
    found = [matcher.match(text) for text in (*said, *reversed(said))]
    assert found == [matcher.fresh(text) for text in (*said, *reversed(said))]
    assert any(one.flags for one in found)
    assert any(one.answers for one in found)


def plainly_asks_by_measures(folded: str) -> bool:
    given = measures(folded)
    if len(folded) > 40 or len(given.found) < 2 or any(char.isalnum() or char == ";" for char in sizes._FILLERS.sub("", given.rest)):
        return False
    strict = not all(one.sure for one in given.found)
    bodies = sizes._readings(given, {"height", "weight", "age"}, child=True, strict=strict)
    return any({"height", "weight"} <= body.keys() or {"height", "age"} <= body.keys() for body in bodies)


def test_no_measures_are_overlooked() -> None:
    found = [(text, sizes.asks_by_measures(text), plainly_asks_by_measures(text)) for text in texts(1, 6000, 5)]
    assert sum(plain for _, _, plain in found) > 50
    assert [one for one in found if one[1] != one[2]] == []


def test_cosines_are_those_of_the_definition() -> None:
    dice = random.Random(2)
    words = [f"w{n}" for n in range(60)]
    bags = [[frozenset(dice.choices(words[: 5 + n], k=6)) for n in range(40)] for _ in range(2)]
    owners = [n // 3 for n in range(40)]
    overlaps = [Overlap(kind, owners, row) for row, kind in enumerate(bags)]
    queries = [[frozenset(dice.choices([*words, "unheard of"], k=dice.randint(0, 9))) for _ in range(2)] for _ in range(20)]
    for query, rows in zip(queries, cosines(queries, overlaps), strict=True):
        for found, kind, bag in zip(rows, bags, query, strict=True):
            assert found.tolist() == pytest.approx([cosine(bag, one, kind, owners) for one in kind])


def cosine(query: frozenset[str], example: frozenset[str], bags: list[frozenset[str]], owners: list[int]) -> float:
    entries = max(owners) + 1

    def weight(feature: str) -> float:
        return log1p(entries / (len({owner for bag, owner in zip(bags, owners, strict=True) if feature in bag}) or 0.5))

    telling = [one for one in query & example if sum(one in bag for bag in bags) <= max(12, COMMON * len(bags))]
    length = sqrt(sum(weight(one) ** 2 for one in query)) or 1.0
    return sum(weight(one) ** 2 for one in telling) / (length * sqrt(sum(weight(one) ** 2 for one in example)))


def test_a_comment_is_matched_the_same_whoever_stands_beside_it() -> None:
    rulebook = load_rules(["base", "starter"], {"shop": "小店"}, Path.cwd())
    matcher = Matcher(rulebook)
    said = [text for rule in rulebook.faqs for text in rule.ask[:2]] + [text for rule in rulebook.flags for text in rule.examples[:2]]
    comments = [*texts(7, 300), *(f"{before}{text}" for before in ("请问", "我买的") for text in said)]
    alone = [matcher.fresh(text) for text in comments]
    assert matcher.fresh_all(comments) == alone
    assert matcher.match_all([*comments, *comments]) == [*alone, *alone]
    assert [matcher.match(text) for text in comments] == alone
    assert sum(bool(one.answers) for one in alone) > 10
    assert sum(bool(one.flags) for one in alone) > 10
