"""References in the running text: Harvard brackets in all their shapes, and footnote marks with what their notes say.

A bracket is a citation when it names authors with a year or a page; "(1894-1971)", "(Political Bureau)" and
"(such as Malenkov)" are not. A bracket that only holds a year or a page belongs to the author named directly before
it: "Taubman (2003: p.271-2)". Where one bracket names several works there is a `records.Citation` for each, with the
offsets of its own part; a bracket with one work has those of the whole bracket, a footnote mark those of the mark.

In the `Doc` every bracket and every mark becomes one token, so that the parser reads past it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from msgspec.structs import replace
from spacy.language import Language
from spacy.tokens import Doc

from essay_marker.annotate import layers
from essay_marker.annotate.alignment import keeping_spans, span_at, split_at
from essay_marker.annotate.bibliography import YEAR, parse_bibliography, parse_work
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
from essay_marker.annotate.roster import Roster
from essay_marker.annotate.text import text_of
from essay_marker.records import Bibliography, Citation, Essay, Note, Span
from essay_marker.topic import load_topic

GROUP = "citations"

_MAX_BRACKET = 300
_MAX_DEPTH = 2
_MAX_SENTENCE = 300
_RANGE = r"\d{1,4}(?:\s*[-–—]\s*\d{1,4})?"
_PAGE_SIGN = r"(?:\b(?:pp?|pages?|pg|pgs)(?![^\W\d_])\.?|\bp\.p\.)\s*"
_MORE_PAGES = rf"(?:\s*(?:,|and|&)\s*(?:{_PAGE_SIGN})?(?!{YEAR}\b){_RANGE})*(?:\s*ff?\b\.?)?"
_SIGNED_PAGES = rf"(?:{_PAGE_SIGN}|:\s*){_RANGE}{_MORE_PAGES}"
_PAGES = rf"[\s,:.;]*(?P<pages>(?:{_PAGE_SIGN}{_RANGE}|(?!{YEAR}\b){_RANGE}){_MORE_PAGES})"
_DATED = re.compile(rf"(?P<head>[^\d]*?)[\s,:.(\[]*(?P<year>{YEAR})[a-z]?[)\]]?(?!\s*[-–—/]\s*\d)(?:{_PAGES})?")
_PAGED = re.compile(rf"(?P<head>[^\d]*?)[\s,]*(?P<pages>{_SIGNED_PAGES})")
_BARE_PAGED = re.compile(rf"(?P<head>[^\d]*?)[\s,]+(?P<pages>(?!{YEAR}\b){_RANGE}{_MORE_PAGES})\s*\Z")
_YEAR_OR_PAGE = re.compile(
    rf"(?:(?P<year>{YEAR})[a-z]?(?:{_PAGES})?|(?P<only>(?:{_PAGE_SIGN}){_RANGE}{_MORE_PAGES}))\s*\Z"
)
_NAME_BEFORE = re.compile(rf"(?:(?<=[^\w.])|\A)(?P<name>{SURNAME})(?:['’‟]s?)?\Z")
_ANY_NAME = re.compile(CAPITALISED)
_SENTENCE_STOP = re.compile(r"(?:[^\W\d_]{2}|[\d)\]\"'”’])[.!?][\"'”’]*\s|\n\n")
_JOINED = re.compile(r"\s*(?:,?\s(?:and|&)|,)\s\Z")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class Bracket(NamedTuple):
    """A stretch of text that refers to works: a bracket or a footnote mark."""

    span: Span
    citations: tuple[Citation, ...]


def find_citations(
    text: str,
    *,
    notes: Sequence[Note] = (),
    note_citations: Sequence[Citation] = (),
    surnames: Collection[str] = (),
    strangers: Collection[str] = (),
    period_end: int | None = None,
) -> list[Citation]:
    """Every citation in ``text``, in order.

    ``notes`` are the essay's notes and ``note_citations`` what `find_note_citations` found in them. ``surnames`` are
    those of the bibliography: they let a bare "(Taubman)" count. ``strangers`` are names of the history, which beside
    a year mean an event; ``period_end`` is the last year in which there may be one.
    """
    brackets = list(_brackets(text, surnames, strangers, period_end))
    marks = _marks(text, notes, note_citations)
    brackets += [mark for mark in marks if not any(mark.span.within(bracket.span) for bracket in brackets)]
    return [citation for bracket in sorted(brackets, key=lambda b: b.span) for citation in bracket.citations]


def citation_brackets(text: str) -> list[Span]:
    """Where the brackets stand that hold citations, as far as the text alone shows."""
    return [bracket.span for bracket in _brackets(text)]


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
                for inner in find_citations(text[note.start : part.end], surnames=surnames)
                if inner.style == "harvard"
                and note.start + inner.start >= part.start
                and (inner.pages or listed.issuperset(map(surname_key, inner.authors)))
            ]
    return found


def refers_back(text: str) -> bool:
    """Whether the reference ``text`` begins with ``ibid.`` or the like."""
    return _ibid_first().match(text.strip(" ([")) is not None


def mark_key(mark: str) -> str:
    """What a mark and its note share: "[^1]", "¹" and "1." are "1"."""
    return mark.translate(_SUPERSCRIPT).strip("[]^().")


# --- brackets -------------------------------------------------------------------------------------------------------


def _brackets(
    text: str, surnames: Collection[str] = (), strangers: Collection[str] = (), period_end: int | None = None
) -> Iterator[Bracket]:
    reader = _BracketReader(text, surnames, strangers, period_end)
    position = 0
    while opening := re.compile(r"[(\[]").search(text, position):
        position = opening.end()
        end = _closing(text, opening.start())
        if end is None:
            continue
        citations = reader.read(opening.start(), end)
        if citations:
            yield Bracket(Span(start=opening.start(), end=end), citations)
            position = end


def _closing(text: str, start: int) -> int | None:
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
def _prefix() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:(?:{alternation(patterns().prefixes)})\b[.,:]?\s*)+", re.IGNORECASE)


@cache
def _cited_in() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternation(patterns().cited_in)})\b:?\s*", re.IGNORECASE)


@cache
def _ibid() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{alternation(patterns().ibid)})\b\.?,?(?:\s*(?P<year>{YEAR}))?(?:{_PAGES})?\s*\.?\s*\Z", re.IGNORECASE
    )


@cache
def _ibid_first() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(patterns().ibid)})\b", re.IGNORECASE)


@cache
def _op_cit() -> re.Pattern[str]:
    return re.compile(rf",?\s*\b(?:{alternation(patterns().op_cit)})\b\.?", re.IGNORECASE)


@cache
def _undated() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<head>[^\d]*?)[\s,:(]*(?:{alternation(patterns().no_date)})(?![^\W\d_])[.,:)]*(?:{_PAGES})?",
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
        for part in _split(self.text, start + 1, end - 1):
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
        if ibid := _ibid().match(text.strip()):
            authors, year = (self.last.authors, self.last.year) if self.last else ((), None)
            return [_Reference(authors, ibid["year"] or year, _clean(ibid["pages"]), part.start, part.end)]
        if alone := _YEAR_OR_PAGE.match(text.strip()):
            return self._year_or_page(alone, part, earlier)
        offset = 0
        if cited := _cited_in().search(text):
            offset = cited.end()
        if prefix := _prefix().match(text, offset):
            offset = prefix.end()
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
            yield _Reference(authors, year, _clean(match.groupdict().get("pages")), start, end)
            offset = match.end()
            while more := re.compile(rf"\s*,\s*(?P<year>{YEAR})[a-z]?(?:{_PAGES})?(?![\d-])").match(text, offset):
                end = part.start + more.end()
                yield _Reference(authors, more["year"], _clean(more["pages"]), part.start + offset, end)
                offset = more.end()
            joined = re.compile(r"\s*(?:,|and\b|&)\s*").match(text, offset)
            if joined is None:
                return
            offset = joined.end()

    def _work(self, text: str, offset: int) -> tuple[tuple[Author, ...], re.Match[str]] | None:
        for pattern in (_DATED, _PAGED, _undated()):
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
        head = _op_cit().sub("", head).strip(" ,:.(")
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
        pages = _clean(alone["pages"] or alone["only"])
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


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    """The parts between semicolons, without the white space around them."""
    for piece in re.finditer(r"[^;]+", text[start:end]):
        stripped = piece.group().strip()
        if stripped:
            first = start + piece.start() + piece.group().index(stripped)
            yield Span(start=first, end=first + len(stripped))


def _clean(pages: str | None) -> str | None:
    """Pages without their sign: "p.271-2" is "271-2"."""
    if pages is None:
        return None
    bare = re.sub(r"[^\d,\-–—]+", lambda m: ", " if re.search(r"and|&", m.group()) else "", pages)
    return re.sub(r"\s*,\s*", ", ", re.sub("[–—]", "-", bare)).strip(" ,") or None


# --- footnotes ------------------------------------------------------------------------------------------------------

_BRACKET_MARK = re.compile(r"\[\^?(?P<mark>\d{1,3}|[ivxl]{1,5}|\*+)\]")
_RAISED_MARK = re.compile(r"(?P<mark>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})")
_BARE_MARK = re.compile(
    r"(?:(?<=[^\W\d_]{4})|(?<=[^\d\s][.,;:!?])|(?<=\d{4}[.;:!?])|(?<=[”’\"'‟)\]]))(?P<mark>\d{1,3}|\*{1,3}|[†‡])(?![\w%*]|\.\d)"
)


def _marks(text: str, notes: Sequence[Note], note_citations: Sequence[Citation]) -> Iterator[Bracket]:
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


def _at(span: Span, work: Citation) -> Citation:
    return Citation(
        start=span.start, end=span.end, authors=work.authors, year=work.year, pages=work.pages, style="footnote"
    )


def _unknown(span: Span) -> Citation:
    return Citation(start=span.start, end=span.end, authors=(), year=None, pages=None, style="footnote")


def _note_parts(text: str, note: Note) -> Iterator[Span]:
    """The works of a note, between semicolons, from where each one's description begins."""
    for part in _split(text, note.start, note.end):
        content = text[part.start : part.end]
        offset = 0
        if number := re.match(r"\s*(?:\[\^?\w{1,3}\]:?|\d{1,3}[.)]?(?=\s)|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)\s*", content):
            offset = number.end()  # the mark repeated at the head of the note
        if cited := _cited_in().search(content, offset):
            offset = cited.end()
        elif seen := re.compile(r".*?\b[Ss]ee\b(?:\s+also\b)?[\s,:]*").match(content, offset):
            offset = seen.end()
        if prefix := _prefix().match(content, offset):
            offset = prefix.end()
        if offset < len(content):
            yield Span(start=part.start + offset, end=part.end)


def _note_citation(content: str, span: Span, last: Citation | None) -> Citation | None:
    if ibid := _ibid().match(content):
        authors, year = (last.authors, last.year) if last else ((), None)
        pages = _clean(ibid["pages"])
    else:
        described = _op_cit().sub("", content)
        work = parse_work(described)
        authors, year, pages = tuple(author.printed for author in work.authors), work.year, work.pages
        if not authors:
            return None
        harvard = _DATED.match(described)
        if pages is None and harvard is not None and parse_authors(harvard["head"].strip(" ,:.(")):
            pages = _clean(harvard["pages"])
    return Citation(start=span.start, end=span.end, authors=authors, year=year, pages=pages, style="footnote")


# --- the component --------------------------------------------------------------------------------------------------


@Language.factory(
    "essay_marker/citations",
    default_config={"topic": None},
    assigns=[
        "doc.spans",
        "span._.citation",
        "doc._.citations",
        "doc._.bibliography",
        "doc._.note_citations",
        "token.is_sent_start",
    ],
)
class CitationMarker:
    """Sets ``doc.spans["citations"]``, one span a bracket or mark, and merges each into one token.

    ``doc._.citations`` holds every citation of the body; ``Span._.citation`` the first one of its bracket. With a
    ``topic`` (id or folder) the people of the history are known not to be authors.
    """

    def __init__(self, nlp: Language, name: str, topic: str | None) -> None:
        layers.register()
        self.strangers: frozenset[str] = frozenset()
        self.period_end: int | None = None
        if topic is not None:
            loaded = load_topic(topic)
            self.strangers = Roster(loaded).strangers
            self.period_end = loaded.question.period.end

    def __call__(self, doc: Doc) -> Doc:
        """Find the citations of title and body, and read notes and bibliography of ``doc._.essay``."""
        essay: Essay | None = doc._.essay
        text = text_of(doc)
        bibliography = parse_bibliography(essay.text, essay.bibliography) if essay else None
        listed = {author for entry in bibliography.entries for author in entry.authors} if bibliography else set()
        notes: Sequence[Note] = essay.notes if essay else ()
        if essay and not notes and has_marks(text):
            notes = numbered_works(essay.text, bibliography)
        in_notes = find_note_citations(essay.text, notes, listed) if essay else []
        citations = find_citations(
            text,
            notes=notes,
            note_citations=in_notes,
            surnames=listed,
            strangers=self.strangers,
            period_end=self.period_end,
        )
        doc._.bibliography = bibliography
        doc._.note_citations = tuple(in_notes)
        doc._.citations = tuple(citations)
        _merge(doc, text, _extents(text, citations))
        _keep_whole(doc, text)
        return doc


_NUMBERED = re.compile(r"\s*\[?(?P<number>\d{1,3})[.)\]]\s+")


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


def _extents(text: str, citations: Iterable[Citation]) -> dict[Span, Citation]:
    """Each bracket or mark as a whole, with its first citation."""
    extents: dict[Span, Citation] = {}
    for citation in citations:
        start, end = citation.start, citation.end
        if citation.style == "harvard" and text[start] not in "([":
            start = max(text.rfind("(", 0, start), text.rfind("[", 0, start))
            end = _closing(text, start) or end
        extents.setdefault(Span(start=start, end=end), citation)
    return extents


#: The form that the tagger and the parser see instead of "(Taubman 2003: p.271-2)", an unknown word that they would
#: take for a noun. Of a dozen forms tried on "Name (…) argues that", this one lets the name be the subject most often.
_ASIDE: dict[str | int, Any] = {"NORM": ")", "PREFIX": ")", "SUFFIX": ")", "SHAPE": ")"}


def _merge(doc: Doc, text: str, extents: dict[Span, Citation]) -> None:
    split_at(doc, (at for extent in extents for at in (*_glued(text, extent.start), extent.start, extent.end)))
    with keeping_spans(doc), doc.retokenize() as retokenizer:
        for extent in extents:
            retokenizer.merge(span_at(doc, extent.start, extent.end), attrs=dict(_ASIDE))
    spans = [span_at(doc, extent.start, extent.end) for extent in extents]
    for span, citation in zip(spans, extents.values(), strict=True):
        span._.citation = citation
        if span.start > 0:
            span[0].is_sent_start = False
    doc.spans[GROUP] = spans


def _glued(text: str, start: int) -> Iterator[int]:
    """Where the punctuation begins that a mark is glued to: ``cold".[1]`` holds up the tokenizer."""
    while start > 0 and not text[start - 1].isalnum() and not text[start - 1].isspace():
        start -= 1
        yield start


@cache
def _abbreviated() -> re.Pattern[str]:
    """Matches initials before a capital, and an abbreviation before a figure."""
    words = alternation(patterns().before_figures)
    return re.compile(rf"(?<![\w.]){INITIALS}(?<=\.)(?=\s+[^\W\d_a-z])|\b(?:{words})\.(?=\s*\d)")


def _keep_whole(doc: Doc, text: str) -> None:
    """No sentence starts behind initials or the sign for a page, unless with a word that is no name ("The")."""
    for found in _abbreviated().finditer(text):
        behind = _NOT_SPACE.search(text, found.end())
        if behind is None:
            return
        token = span_at(doc, behind.start(), behind.start() + 1)[0]
        if token.idx == behind.start() and not token.is_stop and token.i > 0:
            token.is_sent_start = False


_NOT_SPACE = re.compile(r"\S")
