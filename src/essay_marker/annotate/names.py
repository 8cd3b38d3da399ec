"""Names of authors as references print them: surnames with their particles, initials, forenames, several authors.

The words that decide (particles, months, places, bodies) are data: ``models/patterns/citations.yaml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from spacy.lang.en.stop_words import STOP_WORDS

from essay_marker.data import Record, load_yaml
from essay_marker.resources import models_dir

Words = tuple[str, ...]


class NotNames(Record, frozen=True, kw_only=True):
    """Capitalised words that name no author."""

    months: Words
    bodies: Words
    places: Words
    titles: Words

    @property
    def all(self) -> frozenset[str]:
        """All of them."""
        return frozenset({*self.months, *self.bodies, *self.places, *self.titles})


class BibliographyWords(Record, frozen=True, kw_only=True):
    """Words of a bibliography that are no part of an author or a title."""

    headings: Words
    optional: Words
    publishers: Words
    editors: Words
    publication: Words
    access: Words


class CitationPatterns(Record, frozen=True, kw_only=True):
    """``citations.yaml``."""

    particles: Words
    prefixes: Words
    cited_in: Words
    ibid: Words
    op_cit: Words
    et_al: Words
    no_date: Words
    before_figures: Words
    small_words_as_names: Words
    not_names: NotNames
    before_author: Words
    bibliography: BibliographyWords


@cache
def patterns() -> CitationPatterns:
    """The patterns, read once."""
    return load_yaml(models_dir() / "patterns" / "citations.yaml", CitationPatterns)


@cache
def _not_names() -> frozenset[str]:
    return patterns().not_names.all


class Author(NamedTuple):
    """One author: surname with its particles, initials or forenames where they are given."""

    surname: str
    given: str = ""

    @property
    def printed(self) -> str:
        """Given names first."""
        return f"{self.given} {self.surname}".strip()


def alternation(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, the longest first, any white space between their parts."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered)


_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĊČĎĐĒĘĚĞĢĪİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŹŻŽ"
CAPITAL = rf"[{_UPPER}]"
#: A capitalised word without a possessive: Roth-Ey, O'Brien, McCauley.
CAPITALISED = rf"[{_UPPER}]\w*(?:['’‟-](?!s\b)\w+)*"
INITIALS = rf"(?:[{_UPPER}](?:\.[ -]?|[ -]|(?=[{_UPPER}]\.)))*[{_UPPER}](?:\.|\b)"
_PARTICLE = rf"(?:{alternation(p for word in patterns().particles for p in (word, word.capitalize()))})"
SURNAME = rf"(?:{_PARTICLE}\s+)?{CAPITALISED}"

_INITIALS = re.compile(INITIALS)
_FORENAMES = rf"(?:(?:{INITIALS}|{CAPITALISED})\s*(?:(?<=\.)|(?<=\s)))"
_NAME = re.compile(rf"(?P<given>{_FORENAMES}{{0,3}}?)(?P<surname>{SURNAME})")
_ET_AL = re.compile(rf",?\s*\b(?:{alternation(patterns().et_al)})(?:\.|\b)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,;/]\s*(?:and\b|&)|[,;/&]|\band\b)\s*")


#: Apostrophes, and letters whose stroke Unicode does not take for an accent.
_UNDECOMPOSED = str.maketrans({"‟": "'", "’": "'", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D"})


def fold(name: str) -> str:
    """The letters of ``name`` in lower case without accents, to compare spellings."""
    decomposed = unicodedata.normalize("NFKD", name.translate(_UNDECOMPOSED))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold().strip()


@cache
def surname_key(name: str) -> str:
    """What two printings of a surname share: the last word, folded, without particles ("van Goudoever")."""
    words = fold(name).split()
    return words[-1] if words else ""


def parse_name(text: str) -> Author | None:
    """``text`` as one author, given names before the surname; None when it is no name of a person."""
    match = _NAME.fullmatch(text.strip())
    if match is None or len(text.split()) > 5:
        return None
    author = Author(match["surname"], match["given"].strip())
    acronym = any(word.isalpha() and word.isupper() and len(word) > 2 for word in author.given.split())  # BBC Bitesize
    return author if is_surname(author.surname) and not acronym else None


def is_surname(word: str) -> bool:
    """Whether a capitalised ``word`` may be an author's surname: no place, month, body, acronym or bare initial."""
    last = word.split()[-1]
    acronym = last.isupper() and len(last) > 1
    small = fold(last) in STOP_WORDS and last not in patterns().small_words_as_names
    return len(last) > 1 and not acronym and not small and last not in _not_names()


def parse_authors(text: str) -> tuple[Author, ...] | None:
    """``text`` as a list of authors and nothing else: "Laird and Hoffmann", "Smith, K. E.", "Taubman et al."."""
    pieces = _BETWEEN.split(_ET_AL.sub("", text).strip(" ,:;"))
    authors: list[Author] = []
    for piece in pieces:
        if authors and not authors[-1].given and _INITIALS.fullmatch(piece):
            dotted = piece + "." if "." in piece and not piece.endswith(".") else piece
            authors[-1] = authors[-1]._replace(given=dotted)
            continue
        author = parse_name(piece)
        if author is None:
            return None
        authors.append(author)
    return tuple(authors) or None


def edit_distance(first: str, second: str, limit: int = 2) -> int:
    """Insertions, deletions, changes and swaps of neighbours from one to the other; ``limit + 1`` when above it."""
    if abs(len(first) - len(second)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, start=1):
        older, before, row = before, row, [i]
        for j, b in enumerate(second, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)
