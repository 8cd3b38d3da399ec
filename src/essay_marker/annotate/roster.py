"""Whom a topic knows: its historians by every spelling, and the people of the history, who are no historians."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from essay_marker.annotate.names import CAPITALISED, edit_distance, fold, surname_key
from essay_marker.annotate.reporting import patterns
from essay_marker.topic import Authority, Topic

#: How surely a word is a historian's name by itself. ``sure``: a distinctive surname; ``weak``: an ordinary word, a
#: common surname or a slip of the pen, which needs company (a verb of reporting, a year, a first name).
Strength = Literal["sure", "weak"]

#: A misspelling that is not listed is only allowed for in names this long.
_MIN_NEAR = 6


class Match(NamedTuple):
    """A surname with those who bear it; ``people`` is empty for a name that the topic does not know."""

    key: str
    people: tuple[Authority, ...]
    strength: Strength


class Roster:
    """Looks names up for one topic."""

    def __init__(self, topic: Topic) -> None:
        authorities = topic.authorities
        self._people: dict[str, list[Authority]] = {}
        for person in topic.historians:
            self._people.setdefault(surname_key(person.surname), []).append(person)
        self._spellings = dict(_spellings(topic.historians))
        common = {surname_key(name) for name in authorities.common_surnames}
        self._weak = common | {surname_key(name) for name in authorities.ambiguous_misspellings}
        self._actors = {key for actor in authorities.actors for key in _keys_of((actor.name, *actor.misspellings))}
        leader = topic.question.leader
        self.leaders = frozenset(surname_key(n) for n in (leader.surname, *leader.variants, *leader.misspellings))
        self._actors |= self.leaders
        self._actors |= {surname_key(name) for name in patterns().never_historians}
        self._looked_up: dict[str, Match | None] = {}
        self._topic_words = set(_capitalised_words(topic)) - set(self._people)

    def find(self, word: str) -> Match | None:
        """The historians whose surname ``word`` is, also misspelt; None when it is nobody's or an actor's alone."""
        if word not in self._looked_up:
            self._looked_up[word] = self._find(word)
        return self._looked_up[word]

    def _find(self, word: str) -> Match | None:
        key = surname_key(word)
        if key in self._people:
            # who shares a name with a person of the period needs company as well
            weak = key in self._weak or key in self._actors
            return Match(key, tuple(self._people[key]), "weak" if weak else "sure")
        if key in self._spellings:
            known = self._spellings[key]
            return Match(known, tuple(self._people[known]), "weak" if key in self._weak else "sure")
        if self.is_stranger(word) or len(key) < _MIN_NEAR:
            return None
        near = [
            known
            for known in self._people
            if known[0] == key[0] and len(known) >= _MIN_NEAR and edit_distance(key, known, 1) == 1
        ]
        return Match(near[0], tuple(self._people[near[0]]), "weak") if len(near) == 1 else None

    def is_actor(self, word: str) -> bool:
        """Whether this is the name of somebody who acts in the history."""
        return surname_key(word) in self._actors

    def is_stranger(self, word: str) -> bool:
        """Whether the topic knows the word as something else than a historian: an actor, a place, a body, a work."""
        return self.is_actor(word) or fold(word) in self._topic_words

    @property
    def strangers(self) -> frozenset[str]:
        """Keys of all that the topic knows and that is no historian's name."""
        return frozenset((self._actors | self._topic_words) - (set(self._people) - self.leaders))

    def settle(self, people: Iterable[Authority], given: Iterable[str], year: str | None) -> Authority | None:
        """Which of the bearers of a surname is meant, by first name or initial, else by the year of a listed work."""
        candidates = list(people)
        for name in given:
            candidates = [person for person in candidates if _fits(person, name)]
        if len(candidates) > 1 and year is not None:
            candidates = [p for p in candidates if any(str(work.year) == year for work in p.works)]
        return candidates[0] if len(candidates) == 1 else None


def has_given_name(person: Authority, word: str) -> bool:
    """Whether ``word`` is one of the person's first names or initials."""
    return any(_same_given(word, own) for own in _given(person))


def _fits(person: Authority, given: str) -> bool:
    """Whether the given names contradict nothing: each is a forename or an initial of the person."""
    own = _given(person)
    first = next(iter(re.findall(r"\w+", given)), "")
    if not own or not first:
        return True
    return _same_given(first, own[0]) or any(_same_given(first, name) and len(first) > 1 for name in own[1:])


def _given(person: Authority) -> list[str]:
    surname = person.surname.split()[-1]
    words = re.findall(r"[\w'’-]+", person.name)
    return [word for word in words if word not in (surname, "van")]


def _same_given(one: str, other: str) -> bool:
    a, b = fold(one).strip("."), fold(other).strip(".")
    return a == b or (min(len(a), len(b)) == 1 and a[:1] == b[:1])


def _spellings(people: Iterable[Authority]) -> Iterator[tuple[str, str]]:
    """Other spellings of surnames; a variant that only has another first name says nothing new."""
    for person in people:
        known = surname_key(person.surname)
        for spelling in (*person.variants, *person.misspellings):
            if "&" not in spelling and (key := surname_key(spelling)) != known:
                yield key, known


def _keys_of(names: Iterable[str]) -> Iterator[str]:
    """Every name by which an actor is called: "Kozlov (Frol)" is Kozlov, "Mao Zedong" Mao as well."""
    for name in names:
        words = re.sub(r"\(.*?\)", "", name).split()
        yield surname_key(words[-1])
        if len(words) > 1 and words[0] in patterns().family_name_first:
            yield fold(words[0])


def _capitalised_words(topic: Topic) -> Iterator[str]:
    """The proper names among the topic's terms: places, bodies, works, people that no list of actors has."""
    question = topic.question
    phrases = [*question.question_terms]
    for theme in topic.themes:
        phrases += [*theme.strong_terms, *theme.supporting_terms, *theme.evidence]
    for fact in topic.facts:
        phrases += [*fact.match.any, *fact.match.context_any, fact.statement]
    for phrase in phrases:
        yield from (fold(word) for word in re.findall(rf"\b{CAPITALISED}", phrase))
