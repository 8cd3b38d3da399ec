"""Finding a topic's terms in a text: by whole words, after folding away spelling that makes no difference.

British and American spelling, accents, possessives, plurals in -s, and hyphen, space or dash inside a compound are
all alike here; capitals count only where a term needs them ("West" is not "west", "MTS" is not "mts").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

_WORD = re.compile(r"[^\W_]+(?:['’‟][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’‟]s?$")
_SPELLING = (
    (re.compile(r"iz(?=e|a|i)"), "is"),
    (re.compile(r"our(?=$|s$|ed$|ing$|al$)"), "or"),
    (re.compile(r"yz"), "ys"),
)


class Word(NamedTuple):
    """A word of the text: as folded, as printed, and where it stands."""

    folded: str
    printed: str
    start: int
    end: int


class Match(NamedTuple, Generic[T]):
    """A term found: what it stands for, and the character span."""

    value: T
    term: str
    start: int
    end: int


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """``word`` without case, accents, possessive, plural -s and -ize/-or spelling: equal for equal words."""
    plain = unicodedata.normalize("NFKD", word)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    plain = _POSSESSIVE.sub("", plain)
    for pattern, replacement in _SPELLING:
        plain = pattern.sub(replacement, plain)
    if len(plain) > 3 and plain.endswith("s") and not plain.endswith(("ss", "us", "is")):
        plain = plain[:-1]
    return plain


@lru_cache(maxsize=4_000)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of ``text`` in order; a hyphen parts words, so a compound is found however it is joined."""
    return tuple(Word(fold(m[0]), m[0], m.start(), m.end()) for m in _WORD.finditer(text))


def _fits(term: str, printed: str) -> bool:
    """Whether the capitals of a word in the text are those that a word of a term needs."""
    if not term[:1].isupper():
        return True
    if len(term) > 1 and term.isupper():
        return printed.startswith(term)
    return printed[:1].isupper()


class TermIndex(Generic[T]):
    """Many terms, each with a value, looked up at every word of a text in one pass; the longest match wins."""

    def __init__(self, terms: Iterable[tuple[str, T]]) -> None:
        """Take ``(term, value)`` pairs; one term may have several values."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], str, T]]] = {}
        for term, value in terms:
            printed = tuple(_WORD.findall(term))
            if printed:
                folded = tuple(fold(w) for w in printed)
                self._by_first.setdefault(folded[0], []).append((folded, printed, term, value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def may_match(self, folded: Collection[str]) -> bool:
        """Whether any term begins with one of these words, folded; where not, `find` finds nothing among them."""
        return not self._by_first.keys().isdisjoint(folded)

    def find(self, words: Sequence[Word]) -> list[Match[T]]:
        """Every longest match among ``words``, in order; all values of a term that match at one place."""
        found: list[Match[T]] = []
        look_up, free = self._by_first.get, 0
        for index, word in enumerate(words):
            entries = look_up(word.folded)
            if entries is None or index < free:
                continue
            taken = 0
            for folded, printed, term, value in entries:
                size = len(folded)
                if size < taken or index + size > len(words):
                    continue
                window = words[index : index + size]
                if any(w.folded != f for w, f in zip(window, folded, strict=True)):
                    continue
                # a term of several words is known without its capitals ("virgin lands"); a single word may not be
                if size == 1 and not _fits(printed[0], window[0].printed):
                    continue
                found.append(Match(value, term, window[0].start, window[-1].end))
                taken = size
            free = index + taken
        return found
