"""Which facts a clause is about: their phrases, or the names of which it says that something happened.

A `Hit` is a phrase that by itself stands for the fact ("Secret Speech"). A `Happening` is a name with what happened to
it ("Beria ... arrested"), and other words in between. All positions are in folded text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from essay_marker.annotate.clauses import Clause
from essay_marker.annotate.respelling import Respeller
from essay_marker.annotate.statements import statements
from essay_marker.annotate.values import holds, phrase
from essay_marker.topic import Fact, TextValue

Stretch = tuple[int, int]


class Hit(NamedTuple):
    """A phrase of a fact at a place. ``about``: the sentence also holds the company that the fact asks for."""

    start: int
    end: int
    fact: Fact
    about: bool
    is_proper: bool = True

    def gap(self, start: int, end: int) -> int:
        """How many characters lie between the phrase and another stretch."""
        return max(0, start - self.end, self.start - end)


class Happening(NamedTuple):
    """A name and what happened to it, in the order in which they stand."""

    fact: Fact
    name: Stretch
    event: Stretch

    @property
    def first(self) -> Stretch:
        """What stands first, name or event."""
        return min(self.name, self.event)

    @property
    def last(self) -> Stretch:
        """What stands last."""
        return max(self.name, self.event)

    def gap(self, start: int, end: int) -> int:
        """How many characters lie between the happening and another stretch."""
        return min(max(0, start - b, a - end) for a, b in (self.name, self.event))


class Found(NamedTuple):
    """What is found in a sentence: phrases that stand for a fact, and names to which something may have happened."""

    hits: list[Hit]
    names: list[Hit]
    events: dict[tuple[str, ...], list[tuple[Stretch, bool]]]

    def happened(self, words: tuple[str, ...], sentence: str) -> list[tuple[Stretch, bool]]:
        """Where something of ``words`` happens in the sentence, and whether in the passive; looked for once."""
        if words not in self.events:
            self.events[words] = [
                (
                    (start, _word_end(sentence, end)),
                    statements().happenings.passive.match(sentence, start, end) is not None,
                )
                for start, end in _Events.of(words).find(sentence)
            ]
        return self.events[words]


_WORD = re.compile(r"[^\W_]+")


class _Entry(NamedTuple):
    """A phrase of a fact, folded. ``alone``: it does not run on; ``is_proper``: it is a name with a capital."""

    folded: str
    alone: bool
    fact: Fact
    is_name: bool
    is_proper: bool


class FactIndex:
    """All phrases by how they begin: three look-ups at each word, and no list of phrases is walked.

    A phrase of one word may run on and is found by its first letters, a longer one by its first word and a bit more.
    """

    _LETTERS = 4
    _MORE = 3

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._short: dict[str, list[_Entry]] = {}
        self._words: dict[str, list[_Entry]] = {}
        self._longer: dict[str, dict[str, list[_Entry]]] = {}
        for fact in facts:
            for printed, is_name in [*((p, False) for p in fact.match.any), *((p, True) for p in fact.match.names)]:
                folded, alone = phrase(printed)
                self._put(_Entry(folded, alone, fact, is_name, is_name and printed.split()[-1][0].isupper()))
        self.respell = Respeller(word for fact in facts for word in _words_of(fact))

    def _put(self, entry: _Entry) -> None:
        first = _WORD.match(entry.folded)
        size = first.end() if first else 0
        if size < len(entry.folded):
            more = self._longer.setdefault(entry.folded[:size], {})
            more.setdefault(entry.folded[size : size + self._MORE], []).append(entry)
        elif size < self._LETTERS:
            self._short.setdefault(entry.folded, []).append(entry)
        else:
            self._words.setdefault(entry.folded[: self._LETTERS], []).append(entry)

    def find(self, sentence: str) -> Found:
        """Every phrase and name in a folded sentence."""
        found = Found([], [], {})
        about: dict[str, bool] = {}
        for m in _WORD.finditer(sentence):
            at, word = m.start(), m[0]
            entries = [*self._words.get(word[: self._LETTERS], ()), *self._short.get(word, ())]
            more = self._longer.get(word)
            if more:
                for size in range(1, self._MORE + 1):
                    entries += more.get(sentence[m.end() : m.end() + size], ())
            for entry in entries:
                end = at + len(entry.folded)
                if not sentence.startswith(entry.folded, at) or (entry.alone and sentence[end : end + 1].isalnum()):
                    continue
                if entry.is_proper and not statements().happenings.name_ends.match(sentence, end):
                    continue
                fact = entry.fact
                if fact.id not in about:
                    about[fact.id] = not fact.match.context_any or holds(sentence, fact.match.context_any)
                hit = Hit(at, _word_end(sentence, end), fact, about[fact.id], entry.is_proper or not entry.is_name)
                (found.names if entry.is_name else found.hits).append(hit)
        return found


@functools.lru_cache(maxsize=8)
def index_of(facts: tuple[Fact, ...]) -> FactIndex:
    """The index of some facts, made once."""
    return FactIndex(facts)


def _words_of(fact: Fact) -> list[str]:
    words = [*fact.match.any, *fact.match.names]
    for value in fact.accepted:
        if isinstance(value, TextValue) and value.instead:
            words += [*value.any_of, *value.instead]
    return words


def _word_end(sentence: str, at: int) -> int:
    """The end of the word that runs on at ``at``, its possessive included: "virgin land" -> "virgin lands"."""
    while at < len(sentence) and sentence[at].isalnum():
        at += 1
    return at + 2 if sentence.startswith("'s", at) else at


def happenings(clause: Clause, found: Found) -> list[Happening]:
    """Every name in the clause with everything in it that may have happened to it."""
    dated = bool(clause.dates)
    inside = [
        (hit, hit.fact.match.happens)
        for hit in found.names
        if hit.about and clause.holds(*hit[:2]) and (dated or _speaks_undated(hit.fact))
    ]
    inside += [
        (hit, (*hit.fact.match.event_any, *hit.fact.match.happens))
        for hit in found.hits
        if hit.about and hit.fact.match.event_any and not hit.fact.match.broad and clause.holds(*hit[:2])
        if dated or _speaks_undated(hit.fact)
    ]
    for pronoun in statements().happenings.pronoun.finditer(clause.text, clause.low, clause.high):
        for name in _meant_by(pronoun.start(), found.names):
            if name.about and not any(hit.fact is name.fact for hit, _ in inside):
                meant = Hit(pronoun.start(), pronoun.end(), name.fact, True)
                inside.append((meant, name.fact.match.happens))
    together = []
    for hit, events in inside:
        for event, is_passive in found.happened(events, clause.sentence):
            if not clause.holds(*event):
                continue
            if is_passive and event[0] < hit.start:
                continue  # "was removed by Khrushchev": it happened to somebody else
            if event[1] <= hit.start or hit.end <= event[0]:
                together.append(Happening(hit.fact, (hit.start, hit.end), event))
    together += [
        Happening(hit.fact, (hit.start, hit.end), (hit.start, hit.end))
        for hit in found.hits
        if hit.about and _is_event(hit.fact) and clause.holds(*hit[:2]) and not _hangs_on(hit, clause)
    ]
    return together


def _hangs_on(hit: Hit, clause: Clause) -> bool:
    """Whether a phrase only belongs to something else, and has no date of its own: "since Stalin's death"."""
    text = clause.text
    return statements().happenings.hangs_on.search(
        text, clause.low, hit.start
    ) is not None and not statements().happenings.own_date.match(text, hit.end)


def _speaks_undated(fact: Fact) -> bool:
    """Whether more than a date can be wrong of a fact."""
    return any(e.patterns for e in fact.errors) or any(isinstance(v, TextValue) and v.instead for v in fact.accepted)


def _is_event(fact: Fact) -> bool:
    """Whether the fact's phrases by themselves say what happened: "Malenkov's resignation"."""
    return fact.type == "event" and not (fact.match.broad or fact.match.event_any)


_BEGINNING = re.compile(r"(?<![^\W_])\S")


class _Events:
    """What may have happened: each phrase begins a word of the text, and may run on; of several the longest is meant.

    The phrases are kept by their first letters, since a pattern of a thousand of them takes long to compile.
    """

    _LETTERS = 1

    def __init__(self, words: tuple[str, ...]) -> None:
        self._by_letters: dict[str, list[tuple[str, bool]]] = {}
        for folded, alone in sorted({phrase(word) for word in words}, key=lambda f: -len(f[0])):
            self._by_letters.setdefault(folded[: self._LETTERS], []).append((folded, alone))

    @classmethod
    @functools.lru_cache(maxsize=1024)
    def of(cls, words: tuple[str, ...]) -> _Events:
        """The phrases, made once."""
        return cls(words)

    def find(self, sentence: str) -> Iterator[Stretch]:
        """Where they stand in a folded sentence, from left to right, none over another."""
        free = 0
        for m in _BEGINNING.finditer(sentence):
            at = m.start()
            if at < free:
                continue
            for folded, alone in self._by_letters.get(sentence[at : at + self._LETTERS], ()):
                free = at + len(folded)
                if sentence.startswith(folded, at) and not (alone and sentence[free : free + 1].isalnum()):
                    yield at, free
                    break
            else:
                free = at


def _meant_by(at: int, names: list[Hit]) -> list[Hit]:
    """Those who may be meant by a pronoun: who is named first or last before it, or else first after it."""
    before = [hit for hit in names if hit.end <= at]
    if before:
        last, first = max(hit.end for hit in before), min(hit.start for hit in before)
        return [hit for hit in before if hit.end == last or hit.start == first]
    first = min((hit.start for hit in names), default=0)
    return [hit for hit in names if hit.start == first]
