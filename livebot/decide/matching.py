"""Which rules a comment hits, and by which words: one pass over the text, however many rules there are."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from daachorse import CharwiseDoubleArrayAhoCorasick as Automaton

from livebot.decide.likeness import Likeness
from livebot.decide.patterns import Patterns
from livebot.decide.rulebook import FaqRule, FlagRule, Rulebook
from livebot.decide.text import fold, is_letter

AUTO: Final = 0.6  # from here on an answer may be given
HOLD: Final = 0.3  # from here on an answer may be suggested to a moderator; below, nothing
BY_WORDS: Final = 0.95  # the confidence of a hit by the rule's own words or patterns
LONGEST: Final = 2_000  # code points of a comment that are looked at


R = TypeVar("R", FaqRule, FlagRule)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit(Generic[R]):
    """A rule that a comment hits, with its confidence (0 to 1) and the words of the folded comment that did it."""

    rule: R
    confidence: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The folded comment, its flags (most urgent first; tags too) and its possible answers (best first; those below HOLD too)."""

    folded: str
    flags: tuple[Hit[FlagRule], ...] = ()
    answers: tuple[Hit[FaqRule], ...] = ()


class Matcher:
    """A rulebook made ready for matching: building it takes milliseconds, a match microseconds, whatever the rules and the comment."""

    def __init__(self, rulebook: Rulebook) -> None:
        """Raises patterns.BadPattern where RE2 refuses a pattern; whoever loads rules has checked them before."""
        self.rulebook = rulebook
        self.cooldowns = {rule.id: rule.cooldown for rule in rulebook.faqs}
        self._rules: tuple[FlagRule | FaqRule, ...] = (*rulebook.flags, *rulebook.faqs)
        self._patterns = Patterns((owner, pattern) for owner, rule in enumerate(self._rules) for pattern in rule.like)
        faqs = [(owner, rule) for owner, rule in enumerate(self._rules) if isinstance(rule, FaqRule)]
        groups = {owner: rule.category for owner, rule in faqs if rule.category is not None}
        self._likeness = Likeness([(owner, ask) for owner, rule in faqs for ask in rule.ask], groups)
        self._words: list[_Word] = []
        self._entries: list[_Entry] = []
        self._collect()
        self._automaton = Automaton([word.text for word in self._words]) if self._words else None

    def _collect(self) -> None:
        by_text: dict[str, _Word] = {}
        for owner, rule in enumerate(self._rules):
            for entries, vetoes in ((rule.when, False), (rule.unless, True)):
                for entry in entries:
                    self._add(by_text, owner, vetoes, {folded for word in entry if (folded := fold(word))})
        for literal, regexes in self._patterns.triggers.items():
            by_text.setdefault(literal, _Word(literal)).regexes.extend(regexes)
        self._words = list(by_text.values())
        shared = Counter(word.text for entry in self._entries for word in entry.words)
        for needs in self._entries:  # they hang on the word that the fewest others need: "how" is in every second question
            min(needs.words, key=lambda word: shared[word.text]).entries.append(needs)

    def _add(self, by_text: dict[str, "_Word"], owner: int, vetoes: bool, words: set[str]) -> None:
        found = [by_text.setdefault(text, _Word(text)) for text in sorted(words)]
        if len(found) == 1:
            (found[0].vetoes if vetoes else found[0].hits).append(owner)
        elif found:
            self._entries.append(_Entry(owner, vetoes, found))

    def match(self, text: str) -> Match:
        """All rules that the comment hits. Any string will do: lone surrogates, NULs and megabytes do no harm."""
        folded = fold(text[:LONGEST])[:LONGEST]
        found, vetoed = self._by_words(folded)
        scored = self._likeness.best(folded)
        if not found and not scored:
            return Match(folded=folded)
        flags = [Hit(rule=rule, confidence=BY_WORDS, words=tuple(words)) for rule, words in self._named(found, vetoed, FlagRule)]
        answers = {rule.id: Hit(rule=rule, confidence=BY_WORDS, words=tuple(words)) for rule, words in self._named(found, vetoed, FaqRule)}
        for owner, confidence in scored:
            rule = self._rules[owner]
            if isinstance(rule, FaqRule) and owner not in vetoed and (rule.id not in answers or confidence > answers[rule.id].confidence):
                answers[rule.id] = Hit(rule=rule, confidence=confidence, words=answers[rule.id].words if rule.id in answers else ())
        return Match(folded=folded, flags=tuple(sorted(flags, key=_urgency)), answers=_ranked(answers.values()))

    def _named(self, found: dict[int, list[str]], vetoed: set[int], kind: type[R]) -> Iterator[tuple[R, list[str]]]:
        for owner, words in sorted(found.items()):
            rule = self._rules[owner]
            if owner not in vetoed and isinstance(rule, kind):
                yield rule, words

    def _by_words(self, folded: str) -> tuple[dict[int, list[str]], set[int]]:
        """The rules hit by words or patterns, with those words; and the rules vetoed by an `unless`."""
        found: dict[int, list[str]] = {}
        vetoed: set[int] = set()
        entries: list[_Entry] = []
        triggered: dict[tuple[int, int], tuple[int, Any]] = {}
        seen: set[int] = set()
        said: dict[str, None] = {}
        for start, end, index in self._automaton.find_overlapping(folded) if self._automaton else ():
            if index in seen:
                continue
            word = self._words[index]
            for regex in word.regexes:
                triggered[regex[0], id(regex[1])] = regex  # two rules may have the same pattern
            if word.edges and not _stands_alone(folded, start, end):
                continue
            seen.add(index)
            said[word.text] = None
            for owner in word.hits:
                found.setdefault(owner, []).append(word.text)
            vetoed.update(word.vetoes)
            entries += word.entries
        for entry in entries:
            if said.keys() >= entry.texts:
                if entry.vetoes:
                    vetoed.add(entry.owner)
                else:
                    found.setdefault(entry.owner, []).extend(text for text in said if text in entry.texts)
        for owner, words_found in self._patterns.search(folded, list(triggered.values())):
            found.setdefault(owner, []).append(words_found)
        return found, vetoed


class _Word:
    """A literal and what hangs on it: rules it hits or vetoes alone, all-of entries that hang on it, patterns that contain it."""

    __slots__ = ("edges", "entries", "hits", "regexes", "text", "vetoes")

    def __init__(self, text: str) -> None:
        self.text = text
        self.edges = any(is_letter(char) or char.isdigit() for char in (text[0], text[-1]))
        self.hits: list[int] = []
        self.vetoes: list[int] = []
        self.entries: list[_Entry] = []
        self.regexes: list[tuple[int, Any]] = []


class _Entry:
    """Words that must all be said, for a rule to be hit or vetoed."""

    __slots__ = ("owner", "texts", "vetoes", "words")

    def __init__(self, owner: int, vetoes: bool, words: list[_Word]) -> None:
        self.owner, self.vetoes, self.words = owner, vetoes, words
        self.texts = frozenset(word.text for word in words)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is not part of a longer word or number; ideographs have no such edges."""
    return not (start and _joined(text[start - 1], text[start])) and not (end < len(text) and _joined(text[end - 1], text[end]))


def _joined(left: str, right: str) -> bool:
    return (left.isdigit() and right.isdigit()) or (is_letter(left) and is_letter(right))


def _ranked(answers: Iterable[Hit[FaqRule]]) -> tuple[Hit[FaqRule], ...]:
    """Best first; but of the sure ones that answer in the best one's category, the latest pack's is the best."""
    ranked = sorted(answers, key=_goodness)
    if len(ranked) > 1 and (category := ranked[0].rule.category) is not None:
        peers = [hit for hit in ranked if hit.confidence >= AUTO and hit.rule.category == category]
        if peers and (own := max(peers, key=lambda hit: hit.rule.pack)) is not ranked[0]:
            ranked.remove(own)
            ranked.insert(0, own)
    return tuple(ranked)


def _urgency(hit: Hit[FlagRule]) -> tuple[str, int]:
    return hit.rule.priority, -sum(map(len, hit.words))


def _goodness(hit: Hit[FaqRule]) -> tuple[float, int]:
    return -hit.confidence, -sum(map(len, hit.words))
