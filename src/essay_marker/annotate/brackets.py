"""References in brackets, in all the shapes of the Harvard style.

A bracket is a reference when it names authors with a year or a page; "(1894-1971)", "(Political Bureau)" and
"(such as Malenkov)" are not. A bracket that only holds a year or a page belongs to the author named directly before
it: "Taubman (2003: p.271-2)". Where one bracket names several works there is a `records.Citation` for each, with the
offsets of its own part; a bracket with one work has those of the whole bracket.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from essay_marker.annotate.bibliography import YEAR
from essay_marker.annotate.citation_parts import (
    DATED,
    MORE_PAGES,
    PAGE_SIGN,
    PAGES,
    RANGE,
    SIGNED_PAGES,
    cited_in,
    clean_pages,
    ibid,
    op_cit,
    prefix,
    split_works,
)
from essay_marker.annotate.names import (
    CAPITALISED,
    INITIALS,
    SURNAME,
    Author,
    alternation,
    is_surname,
    parse_authors,
    parse_name,
    patterns,
    surname_key,
)
from essay_marker.annotate.reporting import firm_verb_follows
from essay_marker.records import Citation, Span

_MAX_BRACKET = 300
_MAX_DEPTH = 2
_MAX_SENTENCE = 300
_PAGED = re.compile(rf"(?P<head>[^\d]*?)[\s,]*(?P<pages>{SIGNED_PAGES})")
_BARE_PAGED = re.compile(rf"(?P<head>[^\d]*?)[\s,]+(?P<pages>(?!{YEAR}\b){RANGE}{MORE_PAGES})\s*\Z")
_YEAR_OR_PAGE = re.compile(rf"(?:(?P<year>{YEAR})[a-z]?(?:{PAGES})?|(?P<only>(?:{PAGE_SIGN}){RANGE}{MORE_PAGES}))\s*\Z")
_NAME_BEFORE = re.compile(rf"(?:(?<=[^\w.])|\A)(?P<name>{SURNAME})(?:['’‟]s?)?\Z")
_ANY_NAME = re.compile(CAPITALISED)
_SENTENCE_STOP = re.compile(r"(?:[^\W\d_]{2}|[\d)\]\"'”’])[.!?][\"'”’]*\s|\n\n")
_JOINED = re.compile(r"\s*(?:,?\s(?:and|&)|,)\s\Z")


class Bracket(NamedTuple):
    """A stretch of text that refers to works: a bracket or a footnote mark."""

    span: Span
    citations: tuple[Citation, ...]


def citation_brackets(text: str) -> list[Span]:
    """Where the brackets stand that hold citations, as far as the text alone shows."""
    return [bracket.span for bracket in find_brackets(text)]


def find_brackets(
    text: str, surnames: Collection[str] = (), strangers: Collection[str] = (), period_end: int | None = None
) -> Iterator[Bracket]:
    """The brackets with references in them, in order; what the names are is told by `find_citations`."""
    reader = _BracketReader(text, surnames, strangers, period_end)
    position = 0
    while opening := re.compile(r"[(\[]").search(text, position):
        position = opening.end()
        end = closing(text, opening.start())
        if end is None:
            continue
        citations = reader.read(opening.start(), end)
        if citations:
            yield Bracket(Span(start=opening.start(), end=end), citations)
            position = end


def closing(text: str, start: int) -> int | None:
    """Behind the bracket that closes the one at ``start``; one bracket inside it is allowed."""
    depth = 0
    for index in range(start, min(len(text), start + _MAX_BRACKET)):
        if text[index] in "([":
            depth += 1
            if depth > _MAX_DEPTH:
                return None
        elif text[index] in ")]":
            depth -= 1
            if depth == 0:
                return index + 1
        elif text.startswith("\n\n", index):
            return None
    return None


@cache
def _undated() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<head>[^\d]*?)[\s,:(]*(?:{alternation(patterns().no_date)})(?![^\W\d_])[.,:)]*(?:{PAGES})?",
        re.IGNORECASE,
    )


@cache
def _cue_before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternation(patterns().before_author)})\s+(?:{INITIALS}\s+|\w+\s+)?\Z", re.IGNORECASE)


class _Reference(NamedTuple):
    """One work as a bracket names it, with its place in the text."""

    authors: tuple[Author, ...]
    year: str | None
    pages: str | None
    start: int
    end: int


class _BracketReader:
    """Reads one bracket after the other; it remembers the last work for ``ibid.``."""

    def __init__(
        self, text: str, surnames: Collection[str], strangers: Collection[str], period_end: int | None
    ) -> None:
        self.text = text
        self.period_end = period_end
        self.surnames = {surname_key(name) for name in surnames}
        self.strangers = {surname_key(name) for name in strangers}
        self.last: _Reference | None = None

    def read(self, start: int, end: int) -> tuple[Citation, ...]:
        """The citations in the bracket from ``start`` to ``end``; none when it is no reference."""
        references: list[_Reference] = []
        for part in split_works(self.text, start + 1, end - 1):
            references += self._part(part, references)
        if references:
            self.last = references[-1]
        whole = len(references) == 1
        return tuple(
            Citation(
                start=start if whole else reference.start,
                end=end if whole else reference.end,
                authors=tuple(author.printed for author in reference.authors),
                year=reference.year,
                pages=reference.pages,
                style="harvard",
            )
            for reference in references
        )

    def _part(self, part: Span, earlier: Sequence[_Reference]) -> list[_Reference]:
        """The works named between two semicolons."""
        text = self.text[part.start : part.end]
        if again := ibid().match(text.strip()):
            authors, year = (self.last.authors, self.last.year) if self.last else ((), None)
            return [_Reference(authors, again["year"] or year, clean_pages(again["pages"]), part.start, part.end)]
        if alone := _YEAR_OR_PAGE.match(text.strip()):
            return self._year_or_page(alone, part, earlier)
        offset = 0
        if cited := cited_in().search(text):
            offset = cited.end()
        if lead := prefix().match(text, offset):
            offset = lead.end()
        return list(self._works(part, offset))

    def _works(self, part: Span, offset: int) -> Iterator[_Reference]:
        """Works one after the other, with commas between: "Taubman 2003, Tompson 1997"."""
        text = self.text[part.start : part.end]
        while offset < len(text):
            found = self._work(text, offset)
            if found is None:
                return
            authors, match = found
            year = match.groupdict().get("year")
            start, end = part.start + offset, part.start + match.end()
            yield _Reference(authors, year, clean_pages(match.groupdict().get("pages")), start, end)
            offset = match.end()
            while more := re.compile(rf"\s*,\s*(?P<year>{YEAR})[a-z]?(?:{PAGES})?(?![\d-])").match(text, offset):
                end = part.start + more.end()
                yield _Reference(authors, more["year"], clean_pages(more["pages"]), part.start + offset, end)
                offset = more.end()
            joined = re.compile(r"\s*(?:,|and\b|&)\s*").match(text, offset)
            if joined is None:
                return
            offset = joined.end()

    def _work(self, text: str, offset: int) -> tuple[tuple[Author, ...], re.Match[str]] | None:
        for pattern in (DATED, _PAGED, _undated()):
            match = pattern.match(text, offset)
            if match is None:
                continue
            authors = self._authors(match["head"], titled=match.groupdict().get("pages") is not None)
            if authors and not self._is_event(authors, match):
                return authors, match
        match = _BARE_PAGED.match(text, offset)  # MLA: (Taubman 271)
        if match and (authors := self._authors(match["head"], titled=False)) and self._all_listed(authors):
            return authors, match
        bare = re.compile(r"(?P<head>[^\d]+)\Z").match(text, offset)  # (Taubman)
        if bare and (authors := self._authors(bare["head"], titled=False)) and self._all_listed(authors):
            return authors, bare
        return None

    def _authors(self, head: str, *, titled: bool) -> tuple[Author, ...] | None:
        """Authors before a year or a page; with ``titled`` a title may stand between: "Taubman, Khrushchev, p. 12"."""
        head = op_cit().sub("", head).strip(" ,:.(")
        authors = parse_authors(head)
        if authors is None and surname_key(head) in self.surnames and head.islower() and len(head.split()) == 1:
            return (Author(head.capitalize()),)
        if authors is None and "," in head and len(head.split()) <= 25:
            first = parse_name(head.split(",")[0])
            if first and (titled or self._all_listed((first,))):
                authors = (first,)
        return authors

    def _is_event(self, authors: tuple[Author, ...], match: re.Match[str]) -> bool:
        """Whether names beside a year mean what happened then: "(Molotov and Malenkov, 1957)"."""
        if match.groupdict().get("pages") or self._all_listed(authors):
            return False
        return all(surname_key(author.surname) in self.strangers for author in authors)

    def _all_listed(self, authors: tuple[Author, ...]) -> bool:
        return all(surname_key(author.surname) in self.surnames for author in authors)

    def _year_or_page(self, alone: re.Match[str], part: Span, earlier: Sequence[_Reference]) -> list[_Reference]:
        """A year or a page by itself: the author stands before the bracket, or before the semicolon."""
        pages = clean_pages(alone["pages"] or alone["only"])
        if earlier:
            authors = earlier[-1].authors
        else:
            authors = _authors_before(self.text, part.start - 1)
            if not authors and pages:
                authors = self._listed_in_sentence(part.start - 1)
            if not authors or not (pages or self._is_surely_author(authors, alone["year"], part)):
                return []
        year = alone["year"] or (earlier[-1].year if earlier else None)
        return [_Reference(authors, year, pages, part.start, part.end)]

    def _listed_in_sentence(self, end: int) -> tuple[Author, ...]:
        """The last authors of the bibliography whom the sentence names before ``end``: "As Orr argues (1980: 5)"."""
        before = self.text[max(0, end - _MAX_SENTENCE) : end]
        before = before[max((stop.end() for stop in _SENTENCE_STOP.finditer(before)), default=0) :]
        ends = [name.end() for name in _ANY_NAME.finditer(before) if surname_key(name.group()) in self.surnames]
        return _authors_before(before, ends[-1]) if ends else ()

    def _is_surely_author(self, authors: tuple[Author, ...], year: str | None, part: Span) -> bool:
        """Whether the name before "(2003)" is an author's: an event may have its year in brackets, too."""
        if any(surname_key(author.surname) in self.strangers for author in authors):
            return False
        if year is not None and self.period_end is not None and int(year) > self.period_end:
            return True
        if self._all_listed(authors) or firm_verb_follows().match(self.text, part.end + 1):
            return True
        first = authors[0].surname
        start = self.text.rfind(first, 0, part.start)
        return _cue_before().search(self.text, max(0, start - 40), start) is not None


def _authors_before(text: str, end: int) -> tuple[Author, ...]:
    """The surnames that stand directly before ``end``: "Laird and Hoffmann ", "Taubman's "."""
    names: list[Author] = []
    before = text[max(0, end - 90) : end].rstrip()
    before = re.sub(rf",?\s+(?:{alternation(patterns().et_al)})\.?\Z", "", before)
    while (name := _NAME_BEFORE.search(before)) and is_surname(name["name"]):
        names.insert(0, Author(name["name"]))
        before = before[: name.start()]
        joined = _JOINED.search(before)
        if joined is None or (len(names) == 1 and "," in joined.group() and "and" not in joined.group()):
            break
        before = before[: joined.start()]
    return tuple(names)
