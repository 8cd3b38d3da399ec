"""Footnote marks in the running text, and the works that the notes refer to. A citation has the place of its mark."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from msgspec.structs import replace

from essay_marker.annotate.bibliography import parse_work
from essay_marker.annotate.brackets import Bracket, find_brackets
from essay_marker.annotate.citation_parts import (
    DATED,
    cited_in,
    clean_pages,
    ibid,
    ibid_first,
    op_cit,
    prefix,
    split_works,
)
from essay_marker.annotate.names import parse_authors, surname_key
from essay_marker.records import Bibliography, Citation, Note, Span

_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_BRACKET_MARK = re.compile(r"\[\^?(?P<mark>\d{1,3}|[ivxl]{1,5}|\*+)\]")
_RAISED_MARK = re.compile(r"(?P<mark>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})")
_BARE_MARK = re.compile(
    r"(?:(?<=[^\W\d_]{4})|(?<=[^\d\s][.,;:!?])|(?<=\d{4}[.;:!?])|(?<=[”’\"'‟)\]]))(?P<mark>\d{1,3}|\*{1,3}|[†‡])(?![\w%*]|\.\d)"
)
_NUMBERED = re.compile(r"\s*\[?(?P<number>\d{1,3})[.)\]]\s+")


def find_marks(text: str, notes: Sequence[Note], note_citations: Sequence[Citation]) -> Iterator[Bracket]:
    """The footnote marks: bracketed or raised ones always, bare figures and asterisks only where a note has them."""
    by_mark = {mark_key(note.mark): note for note in notes}
    taken: set[int] = set()
    for pattern, needs_note in ((_BRACKET_MARK, False), (_RAISED_MARK, False), (_BARE_MARK, True)):
        for found in pattern.finditer(text):
            note = by_mark.get(mark_key(found["mark"]))
            if found.start() in taken or (note is None and needs_note):
                continue
            taken.update(range(found.start(), found.end()))
            span = Span(start=found.start(), end=found.end())
            works = [c for c in note_citations if c.style == "footnote" and c.within(note)] if note else []
            yield Bracket(span, tuple(_at(span, work) for work in works) or (_unknown(span),))


def find_note_citations(text: str, notes: Sequence[Note], surnames: Collection[str] = ()) -> list[Citation]:
    """The works that the notes refer to, ``Ibid.`` resolved; offsets are those of each note's part.

    A note that only explains may have brackets of its own: those with ``surnames`` of the bibliography, or with pages,
    are references in the Harvard style.
    """
    found: list[Citation] = []
    listed = {surname_key(name) for name in surnames}
    for note in notes:
        for part in _note_parts(text, note):
            citation = _note_citation(text[part.start : part.end], part, found[-1] if found else None)
            if citation is not None:
                found.append(citation)
                continue
            found += [
                replace(inner, start=note.start + inner.start, end=note.start + inner.end)
                for bracket in find_brackets(text[note.start : part.end], surnames)
                for inner in bracket.citations
                if note.start + inner.start >= part.start
                and (inner.pages or listed.issuperset(map(surname_key, inner.authors)))
            ]
    return found


def refers_back(text: str) -> bool:
    """Whether the reference ``text`` begins with ``ibid.`` or the like."""
    return ibid_first().match(text.strip(" ([")) is not None


def mark_key(mark: str) -> str:
    """What a mark and its note share: "[^1]", "¹" and "1." are "1"."""
    return mark.translate(_SUPERSCRIPT).strip("[]^().")


def has_marks(text: str) -> bool:
    """Whether ``text`` has plain marks of notes, in brackets or raised."""
    return _BRACKET_MARK.search(text) is not None or _RAISED_MARK.search(text) is not None


def numbered_works(text: str, bibliography: Bibliography | None) -> tuple[Note, ...]:
    """A numbered list of works is what the marks in the text refer to, where there are no notes."""
    notes: list[Note] = []
    for entry in bibliography.entries if bibliography else ():
        line = text.rfind("\n", 0, entry.start) + 1
        if number := _NUMBERED.match(text, line, entry.start + 1):
            notes.append(Note(start=entry.start, end=entry.end, mark=number["number"]))
    return tuple(notes)


def _at(span: Span, work: Citation) -> Citation:
    return Citation(
        start=span.start, end=span.end, authors=work.authors, year=work.year, pages=work.pages, style="footnote"
    )


def _unknown(span: Span) -> Citation:
    return Citation(start=span.start, end=span.end, authors=(), year=None, pages=None, style="footnote")


def _note_parts(text: str, note: Note) -> Iterator[Span]:
    """The works of a note, between semicolons, from where each one's description begins."""
    for part in split_works(text, note.start, note.end):
        content = text[part.start : part.end]
        offset = 0
        if number := re.match(r"\s*(?:\[\^?\w{1,3}\]:?|\d{1,3}[.)]?(?=\s)|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)\s*", content):
            offset = number.end()  # the mark repeated at the head of the note
        if cited := cited_in().search(content, offset):
            offset = cited.end()
        elif seen := re.compile(r".*?\b[Ss]ee\b(?:\s+also\b)?[\s,:]*").match(content, offset):
            offset = seen.end()
        if lead := prefix().match(content, offset):
            offset = lead.end()
        if offset < len(content):
            yield Span(start=part.start + offset, end=part.end)


def _note_citation(content: str, span: Span, last: Citation | None) -> Citation | None:
    if again := ibid().match(content):
        authors, year = (last.authors, last.year) if last else ((), None)
        pages = clean_pages(again["pages"])
    else:
        described = op_cit().sub("", content)
        work = parse_work(described)
        authors, year, pages = tuple(author.printed for author in work.authors), work.year, work.pages
        if not authors:
            return None
        harvard = DATED.match(described)
        if pages is None and harvard is not None and parse_authors(harvard["head"].strip(" ,:.(")):
            pages = clean_pages(harvard["pages"])
    return Citation(start=span.start, end=span.end, authors=authors, year=year, pages=pages, style="footnote")
