"""Which rules a comment hits, and by which words: one pass over the text, however many rules there are."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, Generic, NamedTuple, TypeVar

from daachorse import CharwiseDoubleArrayAhoCorasick as Automaton
from msgspec import Struct

from livebot.decide.categories import PERSONAL
from livebot.decide.disguises import plain
from livebot.decide.meaning.leaning import Leanings
from livebot.decide.meaning.likeness import Likeness
from livebot.decide.meaning.nearness import Nearness
from livebot.decide.meaning.reading import Reading, read_all
from livebot.decide.patterns import Patterns
from livebot.decide.privacy import Span, find
from livebot.decide.rulebook import FaqRule, FlagRule, Rulebook
from livebot.decide.shop.sizes import asks_by_measures
from livebot.decide.text import SHORT, fold, is_letter

AUTO: Final = 0.6  # from here on an answer may be given
HOLD: Final = 0.3  # from here on an answer may be suggested to a moderator; below, nothing
BY_WORDS: Final = 0.95  # the confidence of a hit by the rule's own words or patterns
WHOLE: Final = 0.6  # the share of a comment's characters from which on it is what the words of a rule say and nothing else
LONGEST: Final = 2_000  # code points of a comment that are looked at
REMEMBERED: Final = 1_024  # comments whose matches are kept


_ENGLISH = re.compile("^[^\u4e00-\u9fff]*(?:height|weigh|tall|feet|foot|lbs?|pounds?|i'?m |size)[^\u4e00-\u9fff]*$")

R = TypeVar("R", FaqRule, FlagRule)


class Hit(Struct, Generic[R], frozen=True, kw_only=True):
    """A rule that a comment hits, with its confidence (0 to 1) and the words of the folded comment that did it; none where it was the
    meaning: see Matcher.told and Matcher.reasons."""

    rule: R
    confidence: float
    words: tuple[str, ...] = ()


class Match(Struct, frozen=True, kw_only=True):
    """The folded comment, its flags (most urgent first; tags too) and its possible answers (best first; those below HOLD too)."""

    folded: str
    flags: tuple[Hit[FlagRule], ...] = ()
    answers: tuple[Hit[FaqRule], ...] = ()


class Matcher:
    """A rulebook made ready for matching: built once, it looks at each comment in one pass, whatever the rules."""

    def __init__(self, rulebook: Rulebook) -> None:
        """Raises patterns.BadPattern where RE2 refuses a pattern; whoever loads rules has checked them before."""
        self.rulebook = rulebook
        self.cooldowns = {rule.id: rule.cooldown for rule in rulebook.faqs}
        self._rules: tuple[FlagRule | FaqRule, ...] = (*rulebook.flags, *rulebook.faqs)
        self._patterns = Patterns((owner, pattern) for owner, rule in enumerate(self._rules) for pattern in rule.like)
        faqs = [(owner, rule) for owner, rule in enumerate(self._rules) if isinstance(rule, FaqRule)]
        groups = {owner: rule.category for owner, rule in faqs if rule.category is not None}
        phrasings = [(owner, ask) for owner, rule in faqs for ask in rule.ask]
        self._meaning = meaning = rulebook.meaning if phrasings or any(rule.sure is not None for rule in rulebook.flags) else None
        self._likeness = Nearness(phrasings, groups, meaning) if meaning else Likeness(phrasings, groups)
        self._leanings = Leanings(rulebook.flags, meaning) if meaning else None
        self._words: list[_Word] = []
        self._entries: list[_Entry] = []
        self._sizing = _sizing(self._rules, rulebook)
        self._personal = next((n for n, rule in enumerate(self._rules) if rule.category == PERSONAL and isinstance(rule, FlagRule)), None)
        self._collect()
        self._automaton = Automaton([word.text for word in self._words]) if self._words else None
        self._remembered: dict[str, Match] = {}  # a room repeats itself, and the same words mean the same to the same rules

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
        return self._remembered.get(text) or self.match_all((text,))[0]

    def match_all(self, texts: Iterable[str]) -> list[Match]:
        """`match` of each. Comments side by side cost much less than one after the other."""
        texts = list(texts)
        new = [text for text in dict.fromkeys(texts) if text not in self._remembered]
        found = dict(zip(new, self.fresh_all(new), strict=True))
        matches = [found.get(text) or self._remembered[text] for text in texts]
        if len(self._remembered) + len(new) > REMEMBERED:
            for old in list(self._remembered)[: REMEMBERED // 2]:
                del self._remembered[old]
        self._remembered.update((text, match) for text, match in found.items() if len(text) <= SHORT)
        return matches

    def fresh(self, text: str, *, hasty: bool = True) -> Match:
        """`match` of a comment as if it had never been seen before; not hasty: with answers that are far from being meant, to explain."""
        return self.fresh_all((text,), hasty=hasty)[0]

    def fresh_all(self, texts: Sequence[str], *, hasty: bool = True) -> list[Match]:
        """`fresh` of each, step by step for all of them together: the same work over and over is what a processor does best."""
        cut = [text[:LONGEST] for text in texts]
        personal = [find(text) if self._personal is not None else () for text in cut]
        folded = [fold(_without_numbers(text, spans) if spans else text) for text, spans in zip(cut, personal, strict=True)]
        plainly = [plain(text)[:LONGEST] for text in folded]
        heard = [_Heard(text, *self._by_words(text)) for text in plainly]
        for one, spans in zip(heard, personal, strict=True):
            self._look_for_numbers(one, spans)
        meant = self._by_meaning(heard, hasty)
        return [self._judged(one, *judged) for one, judged in zip(heard, meant, strict=True)]

    def _look_for_numbers(self, heard: "_Heard", personal: tuple[Span, ...]) -> None:
        """Adds the rules that measures and personal data hit."""
        if self._sizing is not None and asks_by_measures(heard.folded):
            heard.found.setdefault(self._sizing[bool(_ENGLISH.search(heard.folded))], []).append(heard.folded)
        if self._personal is not None and (kinds := self._personal_data(personal, heard.found.keys() - heard.vetoed)):
            heard.found.setdefault(self._personal, []).extend(kinds)

    def _judged(self, heard: "_Heard", scored: Sequence[tuple[int, float]], leaning: tuple[int, float] | None, denied: bool) -> Match:
        folded, found, vetoed = heard
        if not found and not scored and not leaning:
            return Match(folded=folded)
        named = self._named(found, vetoed, FlagRule)
        flags = [
            Hit(rule=rule, confidence=BY_WORDS, words=tuple(words))
            for rule, words in named
            if rule.sure is None or not denied or _is_all(words, folded)
        ]
        answers = {rule.id: Hit(rule=rule, confidence=BY_WORDS, words=tuple(words)) for rule, words in self._named(found, vetoed, FaqRule)}
        for owner, confidence in scored:
            rule = self._rules[owner]
            if isinstance(rule, FaqRule):
                confidence = rescaled(confidence, rule.sure)
            if isinstance(rule, FaqRule) and owner not in vetoed and (rule.id not in answers or confidence > answers[rule.id].confidence):
                answers[rule.id] = Hit(rule=rule, confidence=confidence, words=answers[rule.id].words if rule.id in answers else ())
        answered = any(_is_all(hit.words, folded) for hit in answers.values())
        if leaning and leaning[0] not in vetoed and not answered and not any(hit.rule.raises_issue or hit.rule.silences for hit in flags):
            owner, sure = leaning
            flags.append(Hit(rule=self.rulebook.flags[owner], confidence=sure))
        return Match(folded=folded, flags=tuple(sorted(flags, key=_urgency)), answers=_ranked(answers.values()))

    def _by_meaning(self, heard: Sequence["_Heard"], hasty: bool) -> list["_Meant"]:
        """Of each comment the answers that it may want with their probabilities, the flag that it leans to, and whether the whole of it
        denies what its words say; that is asked only where a rule that can be doubted was hit."""
        if self._meaning is None or self._leanings is None or not isinstance(self._likeness, Nearness):
            return [(self._likeness.best(one.folded), None, False) for one in heard]
        readings = read_all([one.folded for one in heard], self._meaning)
        scored = self._likeness.ranked_all(readings, hasty=hasty)
        leans = [self._leanings.lean(reading, hasty=not self._doubtful(one.found)) for one, reading in zip(heard, readings, strict=True)]
        hits = [(self._leanings.hit(lean), lean.denies) if lean else (None, False) for lean in leans]
        return [(answers, *hit) for answers, hit in zip(scored, hits, strict=True)]

    def _doubtful(self, found: Iterable[int]) -> bool:
        return any(isinstance(rule := self._rules[owner], FlagRule) and rule.sure is not None for owner in found)

    def told(self, folded: str) -> tuple[str, ...]:
        """Of a flag that a comment leans to: what spoke most for it, see Leaning.told."""
        return self._leanings.told(Reading(folded, self._meaning)) if self._meaning and self._leanings else ()

    def reasons(self, text: str) -> dict[str, list[tuple[str, float]]]:
        """By rule of the likeliest answers: what spoke most for and against it (nearness.FACTS), in logits. Empty without a model."""
        if not isinstance(self._likeness, Nearness):
            return {}
        found = self._likeness.reasons(fold(text[:LONGEST])[:LONGEST])
        return {self._rules[owner].id: facts for owner, facts in found.items()}

    def _personal_data(self, spans: Iterable[Span], hit: set[int]) -> list[str]:
        """The kinds of personal data in a comment, as "<phone>"; accounts, and whatever stands in an advert, are moderated instead."""
        kinds = sorted({f"<{span.kind}>" for span in spans} - {"<account>"})
        advert = kinds and any(isinstance(rule := self._rules[owner], FlagRule) and rule.silences for owner in hit)
        return [] if advert else kinds

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


def _is_all(words: Sequence[str], folded: str) -> bool:
    """Whether the words that hit are most of what the comment says."""
    return max(map(len, words), default=0) >= WHOLE * len(folded)


def _sizing(rules: tuple[FlagRule | FaqRule, ...], rulebook: Rulebook) -> tuple[int, int] | None:
    """The rules that a bare line of measures is a question for, in Chinese and in Latin words: the last pack's that answer with {size}."""
    sizing = {
        n: rule for n, rule in enumerate(rules) if isinstance(rule, FaqRule) and any("{size}" in line for line in (*rule.fact, *rule.say))
    }
    if not sizing or not rulebook.facts:
        return None
    last = max(rule.pack for rule in sizing.values())
    owners = [n for n, rule in sizing.items() if rule.pack == last]
    chinese = next((n for n in owners if any("\u4e00" <= char <= "\u9fff" for char in sizing[n].say[0])), owners[0])
    return chinese, next((n for n in owners if n != chinese), chinese)


def _without_numbers(text: str, spans: Iterable[Span]) -> str:
    """The text with somebody's numbers and mail addresses as zeros: 13812345678 is no call for 12345, zs@qq.com no advert."""
    for one in spans:
        if one.kind not in {"account", "address", "name"}:
            text = text[: one.start] + "0" * (one.end - one.start) + text[one.end :]
    return text


def rescaled(confidence: float, sure: float) -> float:
    """The confidence as it counts for a rule that wants `sure` (not AUTO) to be given: the one becomes the other, 0 and 1 stay."""
    if confidence >= sure:
        return AUTO + (confidence - sure) * (1 - AUTO) / ((1 - sure) or 1.0)
    return confidence * AUTO / sure


_Meant = tuple[Sequence[tuple[int, float]], tuple[int, float] | None, bool]


class _Heard(NamedTuple):
    """A folded comment, the rules hit by its words with those words, and the rules vetoed by an `unless`."""

    folded: str
    found: dict[int, list[str]]
    vetoed: set[int]


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
