"""Which entry of the bibliography a reference means: by authors, year, letter, initials and title.

Names are compared without accents, hyphens and the e of "Loewenhardt"; one author of several may stand for all, and
any year that the entry gives will do, so that only what is really different is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal, NamedTuple

from spacy.lang.en.stop_words import STOP_WORDS

from essay_marker.annotate.bibliography import body_of, given_names, optional_entries, years_of
from essay_marker.annotate.names import edit_distance, fold, parse_name, surname_key
from essay_marker.annotate.pages import is_outside
from essay_marker.records import Bibliography, BibliographyEntry, Citation

Slip = Literal["missing-entry", "wrong-year", "author-spelling"]

_LONG_NAME = 8
_SHORT_NAME = 4
_TITLE_WORD = re.compile(r"[^\W\d_]{3,}")


class Listed(NamedTuple):
    """An entry with what its text says beyond its record. ``heading`` is the body that heads it in an author's place.

    ``letter`` tells works of one year apart ("2009a"); ``optional`` works need not be cited.
    """

    entry: BibliographyEntry
    keys: tuple[str, ...]
    initial: str
    years: frozenset[str]
    letter: str
    words: frozenset[str]
    heading: str | None
    optional: bool


class Judged(NamedTuple):
    """A reference with the entries it may mean, and what is wrong with it.

    Where it fits there is no ``slip``; else ``meant`` are the entries that it comes near to.
    """

    citation: Citation
    meant: tuple[Listed, ...]
    slip: Slip | None


def listed_works(bibliography: Bibliography, text: str) -> list[Listed]:
    """The entries of ``bibliography`` in ``text``, read for comparison."""
    optional = optional_entries(text, bibliography)
    return [_listed(entry, text, entry in optional) for entry in bibliography.entries]


def _listed(entry: BibliographyEntry, text: str, optional: bool) -> Listed:
    described = text[entry.start : entry.end]
    given = given_names(described)
    letter = re.search(rf"\b{entry.year}([a-z])\b", described) if entry.year else None
    keys = tuple(map(author_key, entry.authors))
    return Listed(
        entry=entry,
        keys=keys,
        initial=fold(given[0].given)[:1] if given else "",
        years=years_of(described) | ({entry.year} if entry.year else set()),
        letter=letter[1] if letter else "",
        words=_title_words(entry.title or "", keys),
        heading=None if keys else body_of(described),
        optional=optional,
    )


@cache
def author_key(name: str) -> str:
    """What spellings of one surname share, however accents, umlauts and hyphens are written."""
    return _bare(surname_key(name))


def _bare(folded: str) -> str:
    return re.sub(r"\W", "", re.sub(r"(?<=[aou])e", "", folded))


def title_words(citation: Citation, text: str) -> frozenset[str]:
    """The words of a reference that may be its title's; a bracket of author and year has none."""
    if refers_by_mark(citation, text):
        return frozenset()
    return _title_words(text[citation.start : citation.end], [author_key(name) for name in citation.authors])


def refers_by_mark(citation: Citation, text: str) -> bool:
    """Whether a reference is but a figure or sign in the text."""
    return re.search(r"[^\W\d_]{2}", text[citation.start : citation.end]) is None


def _title_words(text: str, authors: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, _TITLE_WORD.findall(text))) - frozenset(authors) - STOP_WORDS


# --- the judgement --------------------------------------------------------------------------------------------------


def judge(citation: Citation, works: Sequence[Listed], text: str) -> Judged:
    """Hold one reference against the list: its authors first, then its year, then allow for a slip of the pen."""
    same = _by_initial(citation, [work for work in works if _same_authors(citation, work)])
    dated = [work for work in same if _dated(citation, work, text)]
    if dated:
        return Judged(citation, tuple(_closest(citation, dated, text)), None)
    if same:
        return _other_year(citation, same, text)
    near = [work for work in works if _nearly_same_authors(citation, work) and _dated(citation, work, text)]
    if near:
        return Judged(citation, tuple(near), "author-spelling")
    return Judged(citation, (), "missing-entry")


def _other_year(citation: Citation, same: Sequence[Listed], text: str) -> Judged:
    """An author's work of another year: the year is wrong, unless a title is given that is nothing like it."""
    titled = title_words(citation, text)
    alike = [work for work in same if titled & work.words]
    if citation.style == "footnote" and titled and not alike and all(work.words for work in same):
        return Judged(citation, (), "missing-entry")
    near = sorted(alike or same, key=lambda work: _years_apart(citation.year, work.entry.year))
    return Judged(citation, tuple(near), "wrong-year")


def _years_apart(one: str | None, other: str | None) -> tuple[int, int]:
    """How near two years are: by figures that differ, then by their distance."""
    if one is None or other is None:
        return (4, 0)
    return sum(a != b for a, b in zip(one, other, strict=True)), abs(int(one) - int(other))


def _same_authors(citation: Citation, work: Listed) -> bool:
    """Whether both name the same people; a reference may leave out the later ones."""
    cited = _cited_keys(citation)
    if work.heading is not None:
        return _joined(citation.authors) == _joined((work.heading,))
    if not cited or not work.keys:
        return False
    if sorted(cited) == sorted(work.keys) or cited == list(work.keys[: len(cited)]):
        return True
    # a double name with its hyphen in one place and without it in the other
    return not {(*cited,), _joined(citation.authors)}.isdisjoint({work.keys, _joined(work.entry.authors)})


@cache
def _joined(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_bare(fold(name)) for name in names)


def _cited_keys(citation: Citation) -> list[str]:
    return [author_key(author) for author in citation.authors]


def _by_initial(citation: Citation, works: list[Listed]) -> list[Listed]:
    """Those of ``works`` whose first author has the initial that is cited, where any has: "R. Medvedev"."""
    author = parse_name(citation.authors[0]) if citation.authors else None
    initial = fold(author.given)[:1] if author else ""
    return [work for work in works if initial and work.initial == initial] or works


def _dated(citation: Citation, work: Listed, text: str) -> bool:
    if citation.year is None or not work.years:
        return True
    if citation.year not in work.years:
        return False
    letters = letters_of(citation, text)
    return not letters or not work.letter or work.letter in letters


def letters_of(citation: Citation, text: str) -> set[str]:
    """The letters of a reference behind the year: "2009a", "2009a, b"."""
    found = re.search(
        rf"{citation.year}([a-z](?:\s*(?:,|and|&)\s*[a-z]\b(?!\.|\s*\d))*)(?!\w)", text[citation.start : citation.end]
    )
    return set(re.findall(r"\b[a-z]\b", found[1])) if found else set()


def _closest(citation: Citation, works: Sequence[Listed], text: str) -> Sequence[Listed]:
    """Of several works that fit, those with all the authors cited, the title given, the pages cited."""
    cited = sorted(_cited_keys(citation))
    works = [work for work in works if sorted(work.keys) == cited] or works
    titled = title_words(citation, text)
    shared = [len(titled & work.words) for work in works]
    works = [work for work, common in zip(works, shared, strict=True) if common == max(shared)]
    if citation.pages is not None and len(works) > 1:
        ranged = [work for work in works if work.entry.pages is not None]
        works = [work for work in ranged if not is_outside(citation.pages, work.entry.pages)] or works
    return works


def _nearly_same_authors(citation: Citation, work: Listed) -> bool:
    cited = _cited_keys(citation)
    if work.heading is not None and len(cited) == 1:
        return is_slip(*_joined(citation.authors), *_joined((work.heading,)))
    if not cited or len(cited) > len(work.keys):
        return False
    return all(is_slip(one, other) for one, other in zip(cited, work.keys, strict=False))


def printed_authors(work: Listed) -> tuple[str, ...]:
    """The authors as the list prints them, or the body in their place."""
    return work.entry.authors or ((work.heading,) if work.heading else ())


def is_slip(one: str, other: str) -> bool:
    """Whether one name is the other misspelt: one letter, two in a long name; the same name passes.

    Names of three letters are too much alike: there only a doubled letter counts ("Gil" for "Gill").
    """
    if min(len(one), len(other)) < _SHORT_NAME:
        return re.sub(r"(.)\1", r"\1", one) == re.sub(r"(.)\1", r"\1", other)
    limit = 2 if len(other) >= _LONG_NAME else 1
    if len(set(one) ^ set(other)) > 2 * limit:
        return False  # a quick look: one change of a letter takes one away and brings one in
    return edit_distance(one, other, limit) <= limit
