"""Citations: tables of shapes for brackets, footnotes and names, and what the component does to a ``Doc``."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from essay_marker.annotate.citations import find_citations
from essay_marker.annotate.footnotes import find_note_citations
from essay_marker.annotate.names import Author, edit_distance, parse_authors, parse_name, surname_key
from essay_marker.records import Essay, Note, Span

Expected = list[tuple[tuple[str, ...], str | None, str | None]]

SHAPES: list[tuple[str, Expected]] = [
    ("Wheat failed (Orr and Lisle, 1986: 97).", [(("Orr", "Lisle"), "1986", "97")]),
    ("Wheat failed (Orr, 1996, 25).", [(("Orr",), "1996", "25")]),
    ("Wheat failed (Orr 1997: p.142).", [(("Orr",), "1997", "142")]),
    ("Wheat failed (Orr 2003: p.271-2).", [(("Orr",), "2003", "271-2")]),
    ("Wheat failed (Orr 2003 p12).", [(("Orr",), "2003", "12")]),
    ("Wheat failed (Orr, 2003, pp. 12, 15–16).", [(("Orr",), "2003", "12, 15-16")]),
    ("Wheat failed (Orr 1997: p. 142 and 145).", [(("Orr",), "1997", "142, 145")]),
    ("Wheat failed (Orr 2011).", [(("Orr",), "2011", None)]),
    ("Wheat failed (Orr,2011).", [(("Orr",), "2011", None)]),
    ("Wheat failed (Orr & Orr 1977: p.10-12).", [(("Orr", "Orr"), "1977", "10-12")]),
    ("Wheat failed (Van Houten 1986: p.14).", [(("Van Houten",), "1986", "14")]),
    ("Wheat failed (Roth-Lisle and O’Hara, 2001).", [(("Roth-Lisle", "O’Hara"), "2001", None)]),
    ("Wheat failed (Orr et al., 2003: 4).", [(("Orr",), "2003", "4")]),
    ("Wheat failed (Orr, J. B., 2003: 4).", [(("J. B. Orr",), "2003", "4")]),
    ("Wheat failed (see Orr 2003: 4).", [(("Orr",), "2003", "4")]),
    ("Wheat failed (Pavlov, cited in Orr 2003: 4).", [(("Orr",), "2003", "4")]),
    ("Wheat failed (Orr, p. 12).", [(("Orr",), None, "12")]),
    ("Wheat failed (Orr n.d.).", [(("Orr",), None, None)]),
    ("Wheat failed (J. Orr, The Long Winter, 2003, p. 12).", [(("J. Orr",), "2003", "12")]),
    ("Wheat failed (Orr, The Long Winter (London, 2003), p. 5).", [(("Orr",), "2003", "5")]),
    ("Wheat failed [Orr 2003: 12].", [(("Orr",), "2003", "12")]),
    ("Wheat failed (Orr 2003: 12; Lisle 1997: 5).", [(("Orr",), "2003", "12"), (("Lisle",), "1997", "5")]),
    ("Wheat failed (Orr 2003, Lisle 1997).", [(("Orr",), "2003", None), (("Lisle",), "1997", None)]),
    ("Wheat failed (Orr, 2003; 2005).", [(("Orr",), "2003", None), (("Orr",), "2005", None)]),
    ("Wheat failed (Orr 2011) (Lisle 2002: p.4).", [(("Orr",), "2011", None), (("Lisle",), "2002", "4")]),
    ("So (Orr 2003: 5). Then (ibid: 45).", [(("Orr",), "2003", "5"), (("Orr",), "2003", "45")]),
    ("Orr (2003: p.271-2) describes it.", [(("Orr",), "2003", "271-2")]),
    ("Orr’s (2003, p. 4) view is clear.", [(("Orr",), "2003", "4")]),
    ("Orr and Lisle (1986: 12) say so.", [(("Orr", "Lisle"), "1986", "12")]),
    ("Orr (2003) argues that wheat failed.", [(("Orr",), "2003", None)]),
    ("According to Orr (2003) wheat failed.", [(("Orr",), "2003", None)]),
]


@pytest.mark.parametrize(("text", "expected"), SHAPES)
def test_harvard_shapes(text: str, expected: Expected) -> None:
    assert [(c.authors, c.year, c.pages) for c in find_citations(text)] == expected


@pytest.mark.parametrize(
    "bracket",
    [
        "(1894-1971)",
        "(1956)",
        "(Political Bureau)",
        "(see below)",
        "(such as Pavlov and Ilyin)",
        "(February 1956)",
        "(25 February 1956)",
        "(Budapest, 1956)",
        "(KGB, 1954)",
        "(Twentieth Congress, 1956)",
        "(Article 58)",
        "(e.g. the use of fear)",
        "(the same year as the speech)",
        "[...]",
        "[sic]",
    ],
)
def test_brackets_that_are_no_citation(bracket: str) -> None:
    assert find_citations(f"The plan failed {bracket} and was dropped.") == []


def test_an_event_may_have_its_year_in_brackets() -> None:
    assert find_citations("The Great Plenum (1956) showed it.") == []
    assert find_citations("Then the others lost (Pavlov and Ilyin, 1957).", strangers={"pavlov", "ilyin"}) == []
    assert len(find_citations("Orr (1998) found little.", period_end=1964)) == 1


def test_a_bare_name_counts_when_the_bibliography_has_it() -> None:
    assert find_citations("Wheat failed (Orr). So (Orr 27).") == []
    found = find_citations("Wheat failed (Orr). So (Orr 27).", surnames=["Orr"])
    assert [(c.year, c.pages) for c in found] == [(None, None), (None, "27")]


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("As Orr argues (2003: 271), wheat failed.", ("Orr",)),
        ("Orr and Lisle place it early (2003: 271).", ("Orr", "Lisle")),
        ("Wheat failed (orr, 2003: 271).", ("Orr",)),
        ("Lisle doubts it (Lisle 1999). Wheat failed (2003: 271).", None),
    ],
)
def test_authors_of_the_bibliography_are_known_apart_from_the_bracket(
    text: str, authors: tuple[str, ...] | None
) -> None:
    found = [c.authors for c in find_citations(text, surnames=["Orr", "Lisle"]) if c.pages == "271"]
    assert found == ([authors] if authors else [])


def test_works_of_one_bracket_have_their_own_offsets() -> None:
    text = "So (Orr 2003; Lisle 1997) and (Orr 2003)."
    assert [text[c.start : c.end] for c in find_citations(text)] == ["Orr 2003", "Lisle 1997", "(Orr 2003)"]


# --- notes ----------------------------------------------------------------------------------------------------------


def _with_notes(body: str, *notes: str) -> tuple[Essay, str]:
    text = body + "\n\n"
    placed = []
    for number, note in enumerate(notes, start=1):
        placed.append(Note(start=len(text), end=len(text) + len(note), mark=str(number)))
        text += note + "\n"
    essay = Essay(
        source="essay.txt",
        original=text,
        text=text,
        origin=tuple(range(len(text))),
        paragraphs=(Span(start=0, end=len(body)),),
        notes=tuple(placed),
    )
    return essay, body


NOTES: list[tuple[str, Expected]] = [
    ("Jane Orr, The Long Winter (London, 2003), p. 343", [(("Jane Orr",), "2003", "343")]),
    ("Jane Orr, A History of Wheat (London: Acorn, 2003), pp. 3-4.", [(("Jane Orr",), "2003", "3-4")]),
    ("J. B. Orr, 'Wheat', Journal of Bread, 33 (1998), pp. 18-20.", [(("J. B. Orr",), "1998", "18-20")]),
    ("Orr, Winter, p. 12", [(("Orr",), None, "12")]),
    ("Orr 2003: 12", [(("Orr",), "2003", "12")]),
    ("Orr, J., The Long Winter (Leeds, 2009), p.50", [(("J. Orr",), "2009", "50")]),
    ("Orr and Lisle, Winter (1986), p. 3.", [(("Orr", "Lisle"), "1986", "3")]),
    ("See Jane Orr, Winter (Leeds, 2009), p. 5.", [(("Jane Orr",), "2009", "5")]),
    (
        "J. Orr, Winter (Leeds, 2009); K. Lisle, Bread (York, 2001).",
        [(("J. Orr",), "2009", None), (("K. Lisle",), "2001", None)],
    ),
    ("This was not the only case.", []),
]


@pytest.mark.parametrize(("note", "expected"), NOTES)
def test_notes(note: str, expected: Expected) -> None:
    essay, _ = _with_notes("Wheat failed.1", note)
    assert [(c.authors, c.year, c.pages) for c in find_note_citations(essay.text, essay.notes)] == expected


def test_ibid_refers_to_the_note_before() -> None:
    essay, _ = _with_notes("A.1 B.2", "Jane Orr, Winter (Leeds, 2009), p. 5.", "Ibid., p. 7")
    assert [(c.authors, c.year, c.pages) for c in find_note_citations(essay.text, essay.notes)][1] == (
        ("Jane Orr",),
        "2009",
        "7",
    )


@pytest.mark.parametrize("mark", ["[1]", "[^1]", "¹", "1"])
def test_footnote_marks(mark: str) -> None:
    essay, body = _with_notes(
        f"Wheat failed in 1963.{mark} Then 20 more years.", "Jane Orr, Winter (Leeds, 2009), p. 5."
    )
    works = find_note_citations(essay.text, essay.notes)
    (citation,) = find_citations(body, notes=essay.notes, note_citations=works)
    assert (body[citation.start : citation.end], citation.authors, citation.style) == (mark, ("Jane Orr",), "footnote")


def test_a_page_in_a_bracket_is_no_mark() -> None:
    essay, body = _with_notes("Wheat failed (Orr, 2003, p.1). Then came rye.1", "Kit Lisle, Rye (York, 1999), p. 5.")
    works = find_note_citations(essay.text, essay.notes)
    found = find_citations(body, notes=essay.notes, note_citations=works)
    assert [(c.style, body[c.start : c.end]) for c in found] == [("harvard", "(Orr, 2003, p.1)"), ("footnote", "1")]


def test_a_note_that_explains_may_have_a_bracket() -> None:
    essay, body = _with_notes("Wheat failed.1", "The figure is in doubt (Orr, 2003: 5) and (Penguin, 1999) no work.")
    works = find_note_citations(essay.text, essay.notes, ["Orr"])
    assert [(essay.text[c.start : c.end], c.style) for c in works] == [("(Orr, 2003: 5)", "harvard")]
    (mark,) = find_citations(body, notes=essay.notes, note_citations=works)
    assert (mark.authors, mark.style) == ((), "footnote")


def test_figures_are_no_marks_without_notes() -> None:
    assert find_citations("Wheat failed.1 It was 1963. Then 20 more.") == []


# --- the component --------------------------------------------------------------------------------------------------


def _annotated(body: str, *notes: str) -> Doc:
    essay, body = _with_notes(body, *notes)
    nlp = spacy.blank("en")
    nlp.add_pipe("essay_marker/citations")
    doc = nlp.make_doc(body)
    doc._.essay = essay
    return nlp(doc)


def test_a_bracket_becomes_one_token_that_starts_no_sentence() -> None:
    doc = _annotated("Wheat failed. (Orr, 2003: 4) Then came rye(Lisle, 1997).")
    spans = doc.spans["citations"]
    assert [span.text for span in spans] == ["(Orr, 2003: 4)", "(Lisle, 1997)"]
    assert [len(span) for span in spans] == [1, 1]
    assert not any(span[0].is_sent_start for span in spans)
    assert spans[0]._.citation.authors == ("Orr",)


def test_a_mark_glued_to_a_word_is_a_token_of_its_own() -> None:
    doc = _annotated('It was "cold".[1] Then spring.', "Jane Orr, Winter (Leeds, 2009), p. 5.")
    assert [t.text for t in doc] == ["It", "was", '"', "cold", '"', ".", "[1]", "Then", "spring", "."]


def test_span_groups_outlive_the_merging() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("essay_marker/quotations")
    nlp.add_pipe("essay_marker/citations")
    doc = nlp("So (Orr, 2003: 4). She said “the wheat had failed again” then.")
    assert [span.text for span in doc.spans["quotations"]] == ["“the wheat had failed again”"]


def test_several_works_of_a_bracket_are_all_kept() -> None:
    doc = _annotated("Wheat failed (Orr 2003; Lisle 1997).")
    assert [c.authors for c in doc._.citations] == [("Orr",), ("Lisle",)]
    assert len(doc.spans["citations"]) == 1


@pytest.mark.parametrize("text", ["As L. G. Orr says.", "As N. Orr says.", "On p. 27 it says so."])
def test_initials_and_page_signs_end_no_sentence(text: str) -> None:
    doc = _annotated(text)
    name = next(t for t in doc if t.text in {"Orr", "27"})
    assert name.is_sent_start is False


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("Orr", Author("Orr")),
        ("J. B. Orr", Author("Orr", "J. B.")),
        ("Jane Orr", Author("Orr", "Jane")),
        ("van der Houten", Author("van der Houten")),
        ("Albert van Houten", Author("van Houten", "Albert")),
        ("February", None),
        ("Moscow", None),
        ("NKVD", None),
        ("the", None),
        ("Speech by Orr", None),
    ],
)
def test_parse_name(text: str, author: Author | None) -> None:
    assert parse_name(text) == author


def test_parse_authors_keeps_initials_with_their_surname() -> None:
    assert parse_authors("Orr, J. B. and Lisle, K.") == (Author("Orr", "J. B."), Author("Lisle", "K."))


def test_surnames_are_compared_without_particles_and_accents() -> None:
    assert surname_key("van Hoùten") == surname_key("Houten")


@pytest.mark.parametrize(
    ("one", "other", "distance"), [("orr", "orr", 0), ("orr", "or", 1), ("orr", "ror", 1), ("ab", "xyzab", 3)]
)
def test_edit_distance(one: str, other: str, distance: int) -> None:
    assert edit_distance(one, other) == distance
