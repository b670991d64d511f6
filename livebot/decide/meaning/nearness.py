"""Which question a comment asks, with a calibrated probability: by its meaning, its words and its sound, and by what speaks against it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from math import exp, inf, log, log1p
from operator import add, mul
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from livebot.decide.meaning import cues
from livebot.decide.meaning.alignment import Alignment, Partners
from livebot.decide.meaning.contrast import Contrast
from livebot.decide.meaning.embedding import RUNS, Meaning, Vector
from livebot.decide.meaning.likeness import exact_forms, features
from livebot.decide.meaning.overlap import Overlap, cosines
from livebot.decide.meaning.reading import Reading
from livebot.decide.text import fold, letters_only

MOST: Final = 60  # letters of a comment that is compared; longer ones are stories, not questions
MOST_LATIN: Final = 240  # the same where words are spelt with an alphabet
STEM: Final = 5  # letters of a Latin word that are taken for its stem
HALF: Final = np.float32(0.5)  # what shared words count beside a shared meaning where phrasings are contrasted
NO_PARTNERS: Final = Partners()
NOTHING: Final = (0.0,) * 5  # how near a rival is that is not there
FAR: Final = 0.3  # a comment whose meaning is not even so near to any phrasing asks none of the questions
# What saves the work for most chatter, where nobody wants to know how little it is meant: what is not so near by meaning, or neither so
# near all in all nor so much set apart; where the nearest entry is hardly meant, no other is. What may be said or suggested stays.
HASTY_FAR: Final = 0.35
FAR_IN_ALL: Final = 0.55
ALIKE: Final = 0.35
HARDLY: Final = 0.02
FOREMOST: Final = 8  # entries that are set beside each other
TOGETHER: Final = 64  # comments that are compared at once
KINDS: Final = np.arange(4)[:, None]  # mixed, by meaning, by words, by sound

Floats = npt.NDArray[np.floating[Any]]


class Query(NamedTuple):
    """What is compared of a text: its vector, its words (characters and pairs, Latin words), its sounds, its outward signs."""

    vector: Vector
    words: frozenset[str]
    sounds: frozenset[str]
    signs: cues.Signs


class _Near(NamedTuple):
    """mixed: how near every phrasing is. places: the entries nearest, best first; questions: which each answers; best: how near each is:
    mixed, by meaning, by words, by sound, by contrast; others: the same of what is nearest among those that ask something else, -inf
    where none does."""

    mixed: Floats
    places: list[int]
    questions: list[int]
    best: list[list[float]]
    others: list[list[float]]

    def worth(self, limit: int) -> int:
        """How many of the foremost need a closer look: behind them none is near, nor set apart."""
        near = (rank for rank, one in enumerate(self.best[:limit], 1) if one[0] >= FAR_IN_ALL or one[4] >= ALIKE)
        return max(near, default=0)


class Nearness:
    """An index of phrasings: `Nearness([(key, phrasing), …], groups, meaning)`; `best(folded)` ranks the keys by probability.

    groups: key → the question it answers, where several keys answer one: such neighbours are no doubt about the question.
    """

    def __init__(self, phrasings: Iterable[tuple[int, str]], groups: Mapping[int, str] | None, meaning: Meaning) -> None:
        pairs = sorted((key, fold(text)) for key, text in phrasings)
        self._groups: Mapping[int, str] = groups or {}
        self._meaning = meaning
        self._exact = exact_forms(pairs)
        self._keys = list(dict.fromkeys(key for key, _ in pairs))
        self._ids = [self._groups.get(key, key) for key in self._keys]
        self._examples = [self.read(text) for _, text in pairs]
        owners = [self._keys.index(key) for key, _ in pairs] if len(pairs) < 50 else _places(self._keys, pairs)
        self._owners = np.array(owners, np.int64)
        self._starts = np.array([owners.index(place) for place in range(len(self._keys))], np.int64)
        self._spans = np.split(np.arange(len(pairs)), self._starts[1:])
        most = max(map(len, self._spans))  # whoever has fewer phrasings has the last one several times
        members = np.array([np.pad(span, (0, most - len(span)), "edge") for span in self._spans])
        self._own = members[:, None] + KINDS * len(pairs)
        self._vectors: Floats = np.stack([one.vector for one in self._examples]) if pairs else np.zeros((0, meaning.width), np.float32)
        self._by_words = Overlap([one.words for one in self._examples], owners, 0)
        self._by_sounds = Overlap([one.sounds for one in self._examples], owners, 1)
        signs = [
            [one.signs for one, owner in zip(self._examples, owners, strict=True) if owner == place] for place in range(len(self._keys))
        ]
        self._about = [frozenset(topic for one in entry for topic in one.topics) for entry in signs]
        self._wanted = [frozenset(aspect for one in entry for aspect in one.aspects) for entry in signs]
        numbers = {id_: number for number, id_ in enumerate(dict.fromkeys(self._ids))}
        self._questions = np.array([numbers[id_] for id_ in self._ids], np.intp)
        self._contrast = Contrast(self._likeness(), self._questions[self._owners].tolist())
        self._alignment = Alignment([one.words for one in self._examples], owners, meaning)
        self._blend = np.array(meaning.weights["blend"])
        self._weights = {chinese: tuple(meaning.weights.get(f"near.{name}", ())) for chinese, name in ((True, "zh"), (False, "en"))}

    def _likeness(self) -> Floats:
        """Of every phrasing to every other, as `facts` blends it for a comment."""
        rows = [cosines([(one.words, one.sounds)], (self._by_words, self._by_sounds))[0, 0] for one in self._examples]
        return self._vectors @ self._vectors.T + HALF * np.array(rows, np.float32).reshape(len(rows), len(rows))

    def read(self, folded: str) -> Query:
        """What is compared of a text, without the greeting before and the particles behind."""
        return self._query(Reading(folded, self._meaning))

    def _query(self, reading: Reading) -> Query:
        sounds: set[str] = set()
        before = ""
        for run in RUNS(reading.text):
            if run[0] >= "\u3400":
                heard = self._meaning.sounded(run)
                sounds.update(map(add, heard, heard[1:]) if len(heard) > 1 else heard)
                before = ""
            else:
                sounds.update((run[:STEM], f"{before} {run[:STEM]}"))
                before = run[:STEM]
        return Query(reading.vector, frozenset(features(reading.text)), frozenset(sounds), reading.signs)

    def best(self, folded: str, limit: int = 3) -> Sequence[tuple[int, float]]:
        """The keys most likely meant with a probability of 0 to 1, best first; 1.0 is the very phrasing."""
        return self.ranked(Reading(folded, self._meaning), limit, hasty=False)

    def ranked(self, reading: Reading, limit: int = 3, *, hasty: bool) -> Sequence[tuple[int, float]]:
        """`best` of a comment that others read too; hasty: without those that are far from being meant."""
        return self.ranked_all([reading], limit, hasty=hasty)[0]

    def ranked_all(self, readings: Sequence[Reading], limit: int = 3, *, hasty: bool) -> list[Sequence[tuple[int, float]]]:
        """`ranked` of each, the same whatever comments stand beside it."""
        found: list[Sequence[tuple[int, float]]] = [()] * len(readings)
        if not self._keys:
            return found
        compared = []
        for n, reading in enumerate(readings):
            letters = letters_only(reading.text)
            if exact := self._exact.get(letters):
                found[n] = [(key, 1.0) for key in exact[:limit]]
            elif 0 < len(letters) <= (MOST_LATIN if reading.text.isascii() else MOST):
                compared.append(n)
        for start in range(0, len(compared), TOGETHER):
            some = compared[start : start + TOGETHER]
            for n, answers in zip(some, self._ranked([readings[n] for n in some], limit, hasty), strict=True):
                found[n] = answers
        return found

    def _ranked(self, readings: Sequence[Reading], limit: int, hasty: bool) -> list[Sequence[tuple[int, float]]]:
        found: list[Sequence[tuple[int, float]]] = [()] * len(readings)
        meant = self._meant([reading.vector for reading in readings])
        far = HASTY_FAR if hasty else FAR
        promising = [n for n, nearest in enumerate(meant.max(axis=1).tolist()) if nearest >= far]
        if not promising:
            return found
        queries = [self._query(readings[n]) for n in promising]
        for n, query, near in zip(promising, queries, self._near(queries, meant[promising]), strict=True):
            if closely := near.worth(limit) if hasty else limit:
                found[n] = self._judged(query, near, closely, hasty)
        return found

    def _judged(self, query: Query, near: "_Near", limit: int, hasty: bool) -> Sequence[tuple[int, float]]:
        found: list[tuple[int, float]] = []
        for place, facts in self.facts(query, limit, near):
            found.append((self._keys[place], self.probability(facts, query.signs.chinese)))
            if hasty and found[0][1] < HARDLY:
                break
        return sorted(found, key=lambda one: -one[1])

    def _meant(self, vectors: Sequence[Vector]) -> Floats:
        """How near each vector is to every phrasing by meaning: one by one, so that a comment's neighbours never change its last digits."""
        near = np.empty((len(vectors), len(self._examples)), np.float32)
        for vector, row in zip(vectors, near, strict=True):
            np.dot(self._vectors, vector, row)
        return near

    def reasons(self, folded: str, number: int = 5) -> dict[int, list[tuple[str, float]]]:
        """By key of the likeliest entries: the facts that moved its probability most, in logits against the usual comment's."""
        if not self._keys:
            return {}
        query = self.read(folded)
        weights = self._weights[query.signs.chinese][1:]
        usual = self._meaning.weights["usual.zh" if query.signs.chinese else "usual.en"]
        found = {}
        for place, facts in self.facts(query, 3):
            moved = [
                (name, round(weight * (fact - mean), 2)) for name, weight, fact, mean in zip(FACTS, weights, facts, usual, strict=True)
            ]
            found[self._keys[place]] = sorted(moved, key=lambda one: -abs(one[1]))[:number]
        return found

    def twins(self, floor: float) -> list[tuple[int, int, float]]:
        """Pairs of phrasings (by their place in the order of keys) of different questions whose meanings are as near as `floor`."""
        if not self._keys:
            return []
        near = np.triu(self._vectors @ self._vectors.T, 1)
        ids = np.unique([str(self._ids[owner]) for owner in self._owners], return_inverse=True)[1]
        pairs = np.argwhere((near >= floor) & (ids[:, None] != ids[None, :]))
        return [(int(one), int(other), float(near[one, other])) for one, other in pairs]

    def _near(self, queries: Sequence[Query], meant: Floats) -> "Iterator[_Near]":
        """meant: a row of `_meant` for each query."""
        near = np.empty((len(queries), 4, len(self._examples)))
        near[:, 1] = meant
        near[:, 2:] = cosines([(query.words, query.sounds) for query in queries], (self._by_words, self._by_sounds))
        near[:, 0] = np.matmul(self._blend, near[:, 1:])
        places = (-np.maximum.reduceat(near[:, 0], self._starts, axis=1)).argsort(axis=1, kind="stable")[:, :FOREMOST]
        own = self._own.take(places, axis=0)
        if len(queries) > 1:
            own += (np.arange(len(queries)) * near[0].size)[:, None, None, None]
        questions = self._questions.take(places)
        best = np.empty((*places.shape, 5))
        best[:, :, :4] = near.take(own).max(axis=3)
        best[:, :, 4] = self._contrast.scores(near[:, 1] + HALF * near[:, 2], questions)
        other = questions[:, :, None] != questions[:, None]
        others = np.where(other[..., None], best[:, None], -np.inf).max(axis=2)
        return map(_Near, near[:, 0], places.tolist(), questions.tolist(), best.tolist(), others.tolist())

    def facts(self, query: Query, limit: int, near: "_Near | None" = None) -> Iterator[tuple[int, list[float]]]:
        """The most likely entries (by place) and what speaks for and against each, best first: see FACTS."""
        near = near or next(self._near([query], self._meant([query.vector])))
        weight = self._by_words.weight(query.words)
        strange = self._by_words.strangeness(query.words, weight)
        mixed = [near.mixed.take(self._spans[place]).tolist() for place in near.places[:limit]]
        nearest = [int(self._starts[place]) + one.index(max(one)) for place, one in zip(near.places, mixed, strict=False)]
        partners = self._partners(query, near.places, near.questions, nearest)
        for rank, place in enumerate(near.places[:limit]):
            mean = sum(mixed[rank]) / len(mixed[rank])
            example = self._examples[nearest[rank]]
            covered = self._by_words.coverage(query.words, weight, example.words, nearest[rank], place)
            others = near.others[rank] if near.others[rank][0] != -inf else NOTHING
            facts = self._weigh(query, example, place, near.best[rank], others, mean, rank, (*covered, strange))
            yield place, [*facts, *next(partners)]

    def _partners(self, query: Query, places: list[int], questions: list[int], nearest: list[int]) -> Iterator[Partners]:
        if query.signs.chinese:  # there what a word is would have to be guessed
            return repeat(NO_PARTNERS, len(nearest))
        rivals = [[number for number, one in enumerate(questions) if one != mine] for mine in questions[: len(nearest)]]
        return self._alignment.partners(query.words, places, nearest, rivals)

    def _weigh(
        self,
        query: Query,
        example: Query,
        place: int,
        near: Sequence[float],
        others: Sequence[float],
        mean: float,
        rank: int,
        overlap: tuple[float, float, float],
    ) -> list[float]:
        known, told, strange = overlap
        mine, theirs = query.signs, example.signs
        margin = near[0] - others[0]
        about, wanted = self._about[place], self._wanted[place]
        shared = mine.topics & about
        ratio = log((mine.length + 1) / (theirs.length + 1))
        return [
            *near,
            *(one - other for one, other in zip(near, others, strict=True)),
            min(margin, 0.15),
            near[0] * max(margin, 0.0),
            min(near[1], near[2]),
            mean,
            known,
            told,
            known * told,
            strange,
            log1p(mine.length),
            max(ratio, 0.0),
            max(-ratio, 0.0),
            float(mine.question) - float(theirs.question),
            float(mine.question),
            float(mine.statement) * (1.0 - float(theirs.statement)),
            float(mine.negated != theirs.negated),
            float(bool(mine.numbers - theirs.numbers)),
            float(mine.length <= 3 and not mine.question),
            float(min(len(mine.topics - about), 3)),
            float(min(len(theirs.topics - mine.topics), 3)),
            float(min(len(shared), 3)),
            len(shared) / (len(mine.topics | theirs.topics) or 1.0),
            float(mine.topics == theirs.topics),
            float(bool(mine.aspects) and bool(wanted) and not mine.aspects & wanted),
            len(mine.aspects & theirs.aspects) / (len(mine.aspects | theirs.aspects) or 1.0),
            float(not mine.topics),
            float(rank > 0),
            log1p(len(self._keys)),
        ]

    def probability(self, facts: Sequence[float], chinese: bool) -> float:
        """The calibrated probability that an entry with these facts is what the comment asks; at most .94, so that words go first."""
        weights = self._weights[chinese]
        scale = weights[0] + sum(map(mul, weights[1:], facts))
        sure = 1 / (1 + exp(-max(-30.0, min(30.0, scale))))
        return sure if sure < 0.9 else 0.9 + 0.4 * (sure - 0.9)


FACTS: Final = (
    "near mixed",
    "near by meaning",
    "near by words",
    "near by sound",
    "near by contrast",
    "margin mixed",
    "margin by meaning",
    "margin by words",
    "margin by sound",
    "margin by contrast",
    "margin up to .15",
    "nearness x margin",
    "near by both",
    "mean of the entry",
    "comment known",
    "phrasing said",
    "known x said",
    "strangeness",
    "length",
    "longer",
    "shorter",
    "question mismatch",
    "question",
    "statement",
    "negation mismatch",
    "other numbers",
    "short and no question",
    "topics not of the entry",
    "topics not of the comment",
    "topics shared",
    "topics in common",
    "same topics",
    "wants something else",
    "aspects in common",
    "no topic",
    "not the first",
    "entries",
    "words matched",
    "words matched better than by the next",
    "worst matched word",
    "words not matched",
    "phrasing's words matched",
    "phrasing's worst matched word",
    "words matched by the phrasing",
    "word worst matched by the phrasing",
    "word matched better by another",
)


def _places(keys: Sequence[int], pairs: Sequence[tuple[int, str]]) -> list[int]:
    place = {key: number for number, key in enumerate(keys)}
    return [place[key] for key, _ in pairs]
