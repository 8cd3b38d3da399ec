"""Sentence boundaries that are preset before the parser: where one must start, and where none may."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from essay_marker.annotate.sentences import mark_boundaries
from essay_marker.records import Essay, Span

NLP = spacy.blank("en")


def starts(text: str, *, cited: str | None = None) -> tuple[list[str], list[str]]:
    """The tokens at which a sentence must start, and those where none may; ``cited`` stands for one citation."""
    spans = [Span(start=text.index(p), end=text.index(p) + len(p)) for p in text.split("\n\n")]
    doc = NLP.make_doc(text)
    if cited is not None:
        span = doc.char_span(text.index(cited), text.index(cited) + len(cited))
        assert span is not None
        with doc.retokenize() as retokenizer:
            retokenizer.merge(span)
        at = next(t.i for t in doc if t.text == cited)
        doc.spans["citations"] = [doc[at : at + 1]]
    doc._.essay = Essay(source="x", original=text, text=text, origin=tuple(range(len(text))), paragraphs=tuple(spans))
    return tokens(mark_boundaries(doc), True), tokens(doc, False)


def tokens(doc: Doc, value: bool) -> list[str]:
    return [t.text for t in doc if t.is_sent_start is value]


def test_a_full_stop_before_a_capital_ends_a_sentence() -> None:
    assert starts("He spoke. They wept.")[0] == ["He", "They"]


def test_a_paragraph_starts_a_sentence_even_without_a_full_stop() -> None:
    assert starts("A heading\n\nThe text begins.")[0] == ["A", "The"]


@pytest.mark.parametrize("cited", ["(Orr, 2003: 12)", "(Orr 2003, p.271-2)"])
def test_a_citation_never_starts_a_sentence(cited: str) -> None:
    must, may_not = starts(f"Wheat failed {cited}. It rained.", cited=cited)
    assert cited in may_not
    assert must == ["Wheat", "It"]


def test_a_citation_behind_the_full_stop_belongs_to_the_sentence_before() -> None:
    cited = "(Orr, 2003: 12)"
    _, may_not = starts(f"Wheat failed. {cited} It rained.", cited=cited)
    assert cited in may_not
    assert "It" not in may_not


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("As L.G. Churchward says, it failed.", "Churchward"),
        ("He met Dr. Orr there.", "Orr"),
        ("It was … almost over.", "almost"),
        ("The plan failed: it rained.", "it"),
        ("Was it so? he asked.", "he"),
    ],
)
def test_no_sentence_starts_after_an_abbreviation_or_in_lower_case(text: str, token: str) -> None:
    must, _ = starts(text)
    assert token not in must


def test_a_closing_mark_never_starts_a_sentence() -> None:
    _, may_not = starts("He said “it failed.” They wept.")
    assert "”" in may_not


def test_an_empty_text_has_no_sentence() -> None:
    assert tokens(mark_boundaries(NLP.make_doc("")), True) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It damaged him in Moscow. collective leadership had returned.", 2),
        ("Gagarin flew in 1961. nobody had expected it.", 2),
        ("He knew what they don't do. then he fell.", 2),
        ("He spoke, cf. the report of that year, for hours.", 1),
        ("About no. one on the list, i.e. the speech, we know more.", 1),
    ],
)
def test_a_forgotten_capital_after_a_full_stop(text: str, expected: int) -> None:
    assert len(starts(text)[0]) == expected
