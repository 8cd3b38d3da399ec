"""References in the running text: Harvard `brackets`, and the marks of `footnotes` with what their notes say.

In the `Doc` every bracket and every mark becomes one token, so that the parser reads past it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from essay_marker.annotate import layers
from essay_marker.annotate.alignment import keeping_spans, span_at, split_at
from essay_marker.annotate.bibliography import parse_bibliography
from essay_marker.annotate.brackets import closing, find_brackets
from essay_marker.annotate.footnotes import find_marks, find_note_citations, has_marks, numbered_works
from essay_marker.annotate.names import INITIALS, alternation, patterns
from essay_marker.annotate.roster import Roster
from essay_marker.annotate.text import text_of
from essay_marker.records import Citation, Essay, Note, Span
from essay_marker.topic import load_topic

GROUP = "citations"

#: The form that the tagger and the parser see instead of "(Taubman 2003: p.271-2)", an unknown word that they would
#: take for a noun. Of a dozen forms tried on "Name (…) argues that", this one lets the name be the subject most often.
_ASIDE: dict[str | int, Any] = {"NORM": ")", "PREFIX": ")", "SUFFIX": ")", "SHAPE": ")"}
_NOT_SPACE = re.compile(r"\S")


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
    brackets = list(find_brackets(text, surnames, strangers, period_end))
    marks = find_marks(text, notes, note_citations)
    brackets += [mark for mark in marks if not any(mark.span.within(bracket.span) for bracket in brackets)]
    return [citation for bracket in sorted(brackets, key=lambda b: b.span) for citation in bracket.citations]


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


def _extents(text: str, citations: Iterable[Citation]) -> dict[Span, Citation]:
    """Each bracket or mark as a whole, with its first citation."""
    extents: dict[Span, Citation] = {}
    for citation in citations:
        start, end = citation.start, citation.end
        if citation.style == "harvard" and text[start] not in "([":
            start = max(text.rfind("(", 0, start), text.rfind("[", 0, start))
            end = closing(text, start) or end
        extents.setdefault(Span(start=start, end=end), citation)
    return extents


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
