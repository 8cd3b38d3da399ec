"""Slips of typing read as the word that was meant, so that a swapped letter costs nothing.

A word that nobody knows is taken for a known one where a slip of the fingers parts the two: two letters swapped, one
left out, one doubled. The essay's own words, the topic's and the vocabulary of the sentence vectors are known. The text
stays as the writer typed it; only what the layers look at is read so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from essay_marker.annotate import layers  # noqa: F401  (registers the extension attributes)
from essay_marker.annotate.vectors import load_card, vocabulary_file
from essay_marker.resources import DEFAULT_TOPIC
from essay_marker.terms import words_of
from essay_marker.topic import Topic, load_topic

_WORD = re.compile(r"[^\W\d_]{3,}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_AMERICAN = re.compile(r"(?<=[a-z]{3})iz(?=(?:e[ds]?|ing|ations?|ers?)\b)")
_SHORTEST = 3
_SHORTEST_STEM = 4
# endings that a vocabulary leaves out of what it knows: "harvest" knows "harvests"
_ENDINGS = ("s", "es", "ed", "ing", "ly", "er", "ers", "ness", "ally", "ful", "less", "able", "ism", "ist", "ists")


class Speller:
    """Knows words, and reads slips of typing."""

    def __init__(self, topic: Topic) -> None:
        """Take the words of the vocabulary of the sentence vectors, in their order, and those of the topic."""
        pieces = vocabulary_file(load_card()).read_text(encoding="utf-8").split("\n")
        self._rank = {piece: rank for rank, piece in enumerate(pieces) if piece.isalpha() and len(piece) > 2}
        themes = [term for theme in topic.themes for term in (*theme.strong_terms, *theme.supporting_terms)]
        historians = [authority.name for authority in topic.historians]
        printed = [
            word.printed.lower() for t in (*themes, *topic.question.question_terms, *historians) for word in words_of(t)
        ]
        self._topic = frozenset(printed)
        self.knows = lru_cache(maxsize=20_000)(self._knows)

    def _knows(self, word: str) -> bool:
        """Whether ``word`` (in small letters) is known, as it stands or but for an ending."""
        if word in self._rank or word in self._topic:
            return True
        british = re.sub(r"is(?=e|i|a)", "iz", word)
        return british in self._rank or any(
            self._is_stem(word[: -len(ending)], ending) for ending in _ENDINGS if word.endswith(ending)
        )

    def _is_stem(self, stem: str, ending: str) -> bool:
        """Whether ``stem`` is a word that can take ``ending``, but for an e left out or a last letter doubled."""
        if len(stem) < _SHORTEST_STEM:
            return False
        if stem in self._rank or stem in self._topic:
            return True
        return ending[0] in "aei" and (f"{stem}e" in self._rank or (stem[-1] == stem[-2] and stem[:-1] in self._rank))

    def slips(self, words: Iterable[str]) -> dict[str, str]:
        """For each unknown word (in small letters) of an essay that is one slip from a known one, that one."""
        numbers = Counter(words)
        found = {}
        for word, number in numbers.items():
            if len(word) < _SHORTEST or number > 2 or self.knows(word):
                continue
            meant = [near for near in _one_slip(word) if near != word and (near in numbers or self.knows(near))]
            if meant:
                found[word] = min(
                    meant, key=lambda w: (w not in self._topic, w not in numbers, self._rank.get(w, len(self._rank)), w)
                )
        return found

    def unknown_share(self, text: str) -> float:
        """The share of the words of ``text`` that are unknown and no slips; names are left out."""
        words = [m[0] for m in _WORD.finditer(text) if m[0].islower()]
        strange = [word for word in words if not self.knows(word)]
        slips = self.slips(strange)
        return round(sum(word not in slips for word in strange) / len(words), 3) if words else 0.0


def _one_slip(word: str) -> Iterator[str]:
    """The words that ``word`` may be a slip of: the first letter is nearly always right."""
    for i in range(1, len(word)):
        if i + 1 < len(word):
            yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        if word[i] == word[i - 1]:
            yield word[:i] + word[i + 1 :]
        for letter in _LETTERS:
            yield word[:i] + letter + word[i:]
    for letter in _LETTERS:
        yield word + letter


@lru_cache(maxsize=4)
def speller(topic: str) -> Speller:
    """The speller for a topic, named by its id or folder."""
    return Speller(load_topic(topic))


def british(text: str) -> str:
    """``text`` with -ise for -ize; of the same length."""
    return _AMERICAN.sub("is", text)


def as_meant(text: str, slips: dict[str, str]) -> str:
    """``text`` with slips of typing read as what was meant, in one spelling of -ise; it may be of another length."""
    text = british(text)
    return _WORD.sub(lambda match: _like(match[0], slips.get(match[0].lower())), text) if slips else text


def _like(printed: str, meant: str | None) -> str:
    if meant is None:
        return printed
    return meant.capitalize() if printed[0].isupper() else meant


@Language.factory(
    "essay_marker/spelling",
    assigns=["token.norm", "doc._.slips"],
    default_config={"topic": DEFAULT_TOPIC},
)
def make_spelling(nlp: Language, name: str, topic: str) -> SpellingReader:
    """The component that tells the tagger which word was meant."""
    return SpellingReader(speller(topic))


class SpellingReader:
    """Sets ``doc._.slips``, and the norm of a slip to the word that was meant."""

    def __init__(self, speller_: Speller) -> None:
        """Read by what ``speller_`` knows."""
        self._speller = speller_

    def __call__(self, doc: Doc) -> Doc:
        """Find the slips of ``doc``."""
        words = [token.lower_ for token in doc if token.is_alpha]
        doc._.slips = self._speller.slips(words)
        for token in doc:
            if token.lower_ in doc._.slips:
                token.norm_ = doc._.slips[token.lower_]
        return doc
