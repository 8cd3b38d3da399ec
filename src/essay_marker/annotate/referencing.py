"""Checks of references against one another: what is cited, what is listed, what is quoted.

One remark a cause, not one a citation: a wrong year that stands in ten brackets is one slip. Only pages are told one by
one, since each is a separate slip. The remarks are advice; what they cost, if anything, a rubric says.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from essay_marker.annotate.names import edit_distance, surname_key
from essay_marker.records import (
    Bibliography,
    BibliographyEntry,
    Citation,
    CitationProblem,
    CitationStyle,
    Quotation,
    Span,
)

#: A shorter quotation without a source is too small a thing to remark on.
MIN_QUOTED_WORDS = 8
#: Both ways of referring must occur this often before they count as mixed: one slip is no style.
MIN_OF_EACH_STYLE = 2


class _Judged(NamedTuple):
    """A citation with the entry it means, where one fits, and what is wrong with it."""

    citation: Citation
    entry: BibliographyEntry | None
    problem: str | None
    suggestion: BibliographyEntry | None = None


def check_references(
    citations: Sequence[Citation],
    bibliography: Bibliography | None,
    quotations: Sequence[Quotation],
    text: str,
    sentences: Sequence[Span],
    *,
    named: Collection[str] = (),
) -> tuple[CitationStyle, tuple[CitationProblem, ...]]:
    """The style of referencing and what does not fit, in the order of the text.

    ``citations`` are those of the body and of the notes; ``sentences`` cover the body. ``named`` are surnames that the
    running text mentions without a reference: their entries are used, if not cited.
    """
    style = style_of(citations)
    problems: list[CitationProblem] = []
    works = _works(citations)
    if style == "harvard" and (bibliography is None or not bibliography.entries):
        problems.append(_no_bibliography(works))
    elif bibliography is not None and works and not _is_numbered(bibliography, citations):
        judged = [_judge(citation, bibliography.entries) for citation in works]
        problems += _unlisted(judged)
        problems += _pages_outside(judged)
        problems += _never_cited(judged, bibliography, named)
    elif bibliography is not None and bibliography.entries and not citations and not named:
        problems.append(_nothing_cited(bibliography))
    if style != "none":
        problems += _without_source(quotations, citations, sentences)
        problems += _mixed(citations)
    return style, tuple(sorted(problems, key=lambda problem: (problem.start, problem.end, problem.code)))


def _is_numbered(bibliography: Bibliography, citations: Iterable[Citation]) -> bool:
    """Whether the marks of the text refer to the list itself, by number: then there is nothing to hold against it."""
    return any(citation.within(bibliography) for citation in citations)


def style_of(citations: Iterable[Citation]) -> CitationStyle:
    """The style that most references have."""
    styles = [citation.style for citation in citations]
    if not styles:
        return "none"
    return "harvard" if styles.count("harvard") >= styles.count("footnote") else "footnote"


def _works(citations: Sequence[Citation]) -> list[Citation]:
    """The citations that name somebody, a footnote's work once: in its note, not also at its mark."""
    named = [citation for citation in citations if citation.authors]
    notes = [citation for citation in named if citation.style == "footnote"]
    seen: set[tuple[object, ...]] = set()
    kept = [citation for citation in named if citation.style == "harvard"]
    for citation in sorted(notes):
        key = (citation.authors, citation.year, citation.pages)
        if key not in seen:
            kept.append(citation)
        seen.add(key)
    return sorted(kept)


# --- against the bibliography ---------------------------------------------------------------------------------------


def _judge(citation: Citation, entries: Sequence[BibliographyEntry]) -> _Judged:
    """Find the entry a citation means: by its authors, then by its year, then allowing for a slip of the pen."""
    same = [entry for entry in entries if _same_authors(citation, entry)]
    dated = [entry for entry in same if citation.year in (None, entry.year) or entry.year is None]
    if dated:
        return _Judged(citation, _best_by_pages(citation, dated), None)
    if same:
        return _Judged(citation, same[0], "wrong-year", same[0])
    for entry in entries:
        if citation.year in (None, entry.year) and _nearly_same_authors(citation, entry):
            return _Judged(citation, entry, "author-spelling", entry)
    return _Judged(citation, None, "missing-entry")


def _keys(authors: Iterable[str]) -> list[str]:
    return [surname_key(author) for author in authors]


def _same_authors(citation: Citation, entry: BibliographyEntry) -> bool:
    """Whether both name the same people; a citation may leave out all but the first of three or more ("et al.")."""
    cited, listed = _keys(citation.authors), _keys(entry.authors)
    if not listed:
        return False
    return sorted(cited) == sorted(listed) or (len(listed) > 2 and cited == listed[:1])


def _nearly_same_authors(citation: Citation, entry: BibliographyEntry) -> bool:
    cited, listed = _keys(citation.authors), _keys(entry.authors)
    if len(cited) != len(listed):
        return False
    return all(_is_slip(one, other) for one, other in zip(cited, listed, strict=True))


def _is_slip(one: str, other: str) -> bool:
    """Whether one name is the other misspelt: one letter, two in a long name; the same name passes."""
    if min(len(one), len(other)) < 4:
        return one == other
    return edit_distance(one, other) <= (2 if len(other) >= 8 else 1)


def _best_by_pages(citation: Citation, entries: Sequence[BibliographyEntry]) -> BibliographyEntry:
    """Of several entries that fit, one whose chapter holds the pages cited."""
    return next((entry for entry in entries if not _is_outside(citation.pages, entry.pages)), entries[0])


def _unlisted(judged: Iterable[_Judged]) -> Iterator[CitationProblem]:
    """Years, spellings and authors that the bibliography does not have, each once."""
    seen: set[tuple[object, ...]] = set()
    for found in judged:
        citation = found.citation
        names = tuple(_keys(citation.authors))
        cause = (found.problem, names, citation.year if found.problem == "wrong-year" else None)
        if found.problem is None or cause in seen:
            continue
        if found.problem == "missing-entry" and citation.year is None and citation.pages is None:
            continue  # a bare name in brackets claims no work
        seen.add(cause)
        yield _problem(citation, found.problem, _unlisted_message(found))


def _unlisted_message(found: _Judged) -> str:
    cited = _as_cited(found.citation)
    if found.problem == "wrong-year" and found.suggestion:
        return f"{cited} is not in the bibliography, which dates this author's work {found.suggestion.year}."
    if found.problem == "author-spelling" and found.suggestion:
        listed = _listed(found.suggestion.authors)
        return f"The essay cites {_listed(found.citation.authors)}, the bibliography has {listed}: check the spelling."
    return f"{cited} is not in the bibliography."


def _pages_outside(judged: Iterable[_Judged]) -> Iterator[CitationProblem]:
    """Pages that the chapter or article cited does not have."""
    seen: set[tuple[BibliographyEntry, str]] = set()
    for found in judged:
        entry, pages = found.entry, found.citation.pages
        if entry is None or pages is None or found.problem == "wrong-year" or (entry, pages) in seen:
            continue
        if _is_outside(pages, entry.pages):
            seen.add((entry, pages))
            yield _problem(
                found.citation,
                "pages-outside",
                f"{_as_cited(found.citation)} gives p. {pages}, but the bibliography lists pages {entry.pages}.",
            )


def _never_cited(
    judged: Sequence[_Judged], bibliography: Bibliography, named: Collection[str]
) -> Iterator[CitationProblem]:
    used = [found.entry for found in judged if found.entry is not None]
    mentioned = {surname_key(name) for name in named}
    for entry in bibliography.entries:
        if not entry.authors or entry in used or mentioned.intersection(_keys(entry.authors)):
            continue
        if any(_same_authors(found.citation, entry) and found.citation.year is None for found in judged):
            continue
        yield _problem(
            entry, "never-cited", f"{_listed(entry.authors)} ({entry.year or 'no date'}) is listed but never cited."
        )


def _no_bibliography(works: Sequence[Citation]) -> CitationProblem:
    first = works[0] if works else Citation(start=0, end=0, authors=(), year=None, pages=None, style="harvard")
    return _problem(first, "no-bibliography", "The essay cites works but has no bibliography.")


def _nothing_cited(bibliography: Bibliography) -> CitationProblem:
    message = "The essay has a bibliography, but refers to none of the works in it."
    return _problem(bibliography.entries[0], "never-cited", message)


# --- pages ----------------------------------------------------------------------------------------------------------


def page_ranges(pages: str) -> list[tuple[int, int]]:
    """The pages meant: "41-2" is 41 to 42, "310-14" is 310 to 314."""
    ranges: list[tuple[int, int]] = []
    for found in re.finditer(r"(\d+)(?:\s*[-–]\s*(\d+))?", pages):
        first, last = found[1], found[2] or found[1]
        if len(last) < len(first):
            last = first[: len(first) - len(last)] + last
        ranges.append((int(first), int(last)))
    return ranges


def _is_outside(cited: str | None, listed: str | None) -> bool:
    """Whether any page cited lies outside the range listed; a single page listed is a reference, not a range."""
    if cited is None or listed is None:
        return False
    limits = [limit for limit in page_ranges(listed) if limit[0] < limit[1]]
    if len(limits) != 1:
        return False
    low, high = limits[0]
    return any(first < low or last > high for first, last in page_ranges(cited))


# --- quotations and styles ------------------------------------------------------------------------------------------


def _without_source(
    quotations: Sequence[Quotation], citations: Sequence[Citation], sentences: Sequence[Span]
) -> Iterator[CitationProblem]:
    """Longer quotations with no reference in their own sentence or the next one."""
    places = sorted(citation.start for citation in citations)
    for quotation in quotations:
        if quotation.words < MIN_QUOTED_WORDS:
            continue
        low, high = _reach(quotation, sentences)
        if not any(low <= place < high for place in places):
            yield _problem(quotation, "quotation-without-source", "This quotation has no reference.")


def _reach(quotation: Quotation, sentences: Sequence[Span]) -> tuple[int, int]:
    """From the start of the sentence in which a quotation begins to the end of the one after it."""
    low, high = quotation.start, quotation.end
    for index, sentence in enumerate(sentences):
        if sentence.start <= quotation.start < sentence.end:
            low = sentence.start
        if sentence.start < quotation.end <= sentence.end or sentence.start < quotation.end < sentence.end + 3:
            high = sentences[index + 1].end if index + 1 < len(sentences) else sentence.end
    return low, max(high, quotation.end)


def _mixed(citations: Sequence[Citation]) -> Iterator[CitationProblem]:
    """Brackets and footnotes side by side."""
    harvard = [citation for citation in citations if citation.style == "harvard"]
    marks = [citation for citation in citations if citation.style == "footnote"]
    fewer = min(harvard, marks, key=len)
    if len(fewer) >= MIN_OF_EACH_STYLE:
        message = "References stand partly in brackets, partly in notes: keep to one style."
        yield _problem(fewer[0], "mixed-styles", message)


# --- words ----------------------------------------------------------------------------------------------------------


def _problem(place: Span, code: str, message: str) -> CitationProblem:
    return CitationProblem(start=place.start, end=place.end, code=code, message=message)


def _listed(authors: Sequence[str]) -> str:
    return " and ".join([", ".join(authors[:-1]), authors[-1]] if len(authors) > 1 else authors)


def _as_cited(citation: Citation) -> str:
    return f"{_listed(citation.authors)} {citation.year}" if citation.year else _listed(citation.authors)
