"""Checks of references: each cause once, and nothing where nothing is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

import pytest

from essay_marker.annotate.bibliography import parse_bibliography
from essay_marker.annotate.brackets import citation_brackets
from essay_marker.annotate.citations import find_citations
from essay_marker.annotate.entries import letters_of
from essay_marker.annotate.footnotes import find_note_citations, numbered_works
from essay_marker.annotate.pages import page_ranges
from essay_marker.annotate.quotations import find_quotations
from essay_marker.annotate.referencing import check_references, style_of
from essay_marker.records import Citation, CitationProblem, Historian, Mention, Note, Span

LISTED = "Orr, J. (1980) 'Wheat' in *Bread*. Leeds: Acorn, p.50-70\nLisle, K. (1999) Rye. York: Elm"


def _named(body: str, name: str) -> Historian:
    place = body.index(name)
    mention = Mention(start=place, end=place + len(name), use="attribute", year=None, pages=None)
    return Historian(name=name, full_name=None, known=False, use="attribute", mentions=(mention,))


def _problems(body: str, listed: str | None = None, *, named: Sequence[str] = ()) -> list[tuple[str, str]]:
    text = f"{body}\n\n{listed}" if listed else body
    span = Span(start=len(body) + 2, end=len(text)) if listed else None
    bibliography = parse_bibliography(text, span)
    surnames = [name for entry in bibliography.entries for name in entry.authors] if bibliography else []
    sentences, start = [], 0
    for sentence in body.split(" | "):
        sentences.append(Span(start=start, end=start + len(sentence)))
        start += len(sentence) + 3
    _, found = check_references(
        find_citations(body, surnames=surnames),
        bibliography,
        find_quotations(body, citation_brackets(body)),
        text,
        sentences,
        historians=[_named(body, name) for name in named],
    )
    return [(problem.code, text[problem.start : problem.end]) for problem in found]


CITED = "Wheat (Orr 1980: 51-2). | Rye (Lisle 1999)."


def test_nothing_is_said_where_all_fits() -> None:
    assert _problems(CITED, LISTED) == []


def test_an_essay_without_references_has_no_problem() -> None:
    assert _problems("Wheat failed.") == []


def test_no_bibliography_is_one_remark() -> None:
    assert _problems("A (Orr 1980). | B (Lisle 1999). | C (Poe 2001).") == [("no-bibliography", "(Orr 1980)")]


@pytest.mark.parametrize(
    ("added", "problem"),
    [
        ("C (Poe 2001). | D (Poe 2001: 4).", ("missing-entry", "(Poe 2001)")),
        ("C (Lisle 1989: 3). | D (Lisle 1989: 4).", ("wrong-year", "(Lisle 1989: 3)")),
        ("C (Lislie 1999). | D (Lislie 1999: 4).", ("author-spelling", "(Lislie 1999)")),
        ("C (Orr 1980: p.14). | D (Orr 1980: p.14).", ("pages-outside", "(Orr 1980: p.14)")),
        ("C (Orr 1980: p.69-71).", ("pages-outside", "(Orr 1980: p.69-71)")),
    ],
)
def test_one_remark_a_cause(added: str, problem: tuple[str, str]) -> None:
    assert _problems(f"{CITED} | {added}", LISTED) == [problem]


def test_each_slip_in_pages_is_told() -> None:
    body = f"{CITED} | C (Orr 1980: p.14). | D (Orr 1980: p.15)."
    assert [code for code, _ in _problems(body, LISTED)] == ["pages-outside", "pages-outside"]


def test_an_entry_never_cited() -> None:
    body = "Wheat (Orr 1980: 51)."
    assert _problems(body, LISTED) == [("never-cited", "Lisle, K. (1999) Rye. York: Elm")]
    assert _problems(f"{body} | Lisle doubts it.", LISTED, named=["Lisle"]) == []


def test_a_list_of_works_that_the_essay_never_uses_is_one_remark() -> None:
    assert [code for code, _ in _problems("Wheat failed.", LISTED)] == ["never-cited"]


def test_an_exact_name_is_preferred_to_a_similar_one() -> None:
    listed = "MacAulay, A. (1987) Bread. York: Elm, p.1-9\nMcAulay, B. (1987) Rye. York: Elm, p.20-30"
    assert _problems("A (McAulay 1987: 25). | B (MacAulay 1987: 3).", listed) == []


class TestQuotationsWithoutSource:
    QUOTED = "She said “the wheat failed and nobody was told of it at all”."

    def test_a_long_one_is_remarked_on(self) -> None:
        body = f"{CITED} | {self.QUOTED} | So it went. | On and on."
        assert [code for code, _ in _problems(body, LISTED)] == ["quotation-without-source"]

    @pytest.mark.parametrize(
        "body",
        [
            f"{QUOTED} | This was so (Orr 1980: 51). | Rye (Lisle 1999).",
            f"Orr (1980: 51) looks back. | {QUOTED} | Rye (Lisle 1999).",
            "“The wheat failed,” Orr says, | “and nobody was told of it at all that year” (Orr 1980: 51). "
            "| Rye (Lisle 1999).",
            "As Orr argues (1980: 51), “the wheat failed and nobody was told of it at all”. | Rye (Lisle 1999).",
            "“The wheat failed and nobody at all was told” (Orr 1980). "
            "| So “the wheat failed and nobody at all was told”. | Rye (Lisle 1999).",
        ],
        ids=["next sentence", "sentence before", "broken off", "author apart", "repeated"],
    )
    def test_a_reference_beside_it_will_do(self, body: str) -> None:
        assert _problems(body, LISTED) == []

    @pytest.mark.parametrize(
        "body",
        [
            f"{QUOTED} | Rye fared better (Lisle 1999). | Wheat (Orr 1980: 51).",
            "Lisle saw “a year that was better than any before” (Lisle 1999), "
            "but Orr saw “a year that was worse than any other before it”. | Wheat (Orr 1980: 51).",
        ],
        ids=["next sentence on something else", "another author's reference"],
    )
    def test_a_reference_that_is_about_something_else_will_not(self, body: str) -> None:
        assert [code for code, _ in _problems(body, LISTED)] == ["quotation-without-source"]

    def test_the_question_needs_no_source(self) -> None:
        text = "“The wheat failed and nobody was told of it.” Discuss. Wheat (Orr 1980). Rye (Lisle 1999)."
        quotations = find_quotations(text, citation_brackets(text))
        title = Span(start=0, end=text.index("Wheat"))
        _, with_title = check_references(find_citations(text), None, quotations, text, [], title=title)
        _, without = check_references(find_citations(text), None, quotations, text, [])
        assert [problem.code for problem in with_title] == ["no-bibliography"]
        assert [problem.code for problem in without] == ["quotation-without-source", "no-bibliography"]

    def test_an_essay_that_never_cites_is_left_alone(self) -> None:
        assert _problems(self.QUOTED) == []


class TestEntriesMeant:
    """Which entry a reference means, where several or none are exactly it."""

    @pytest.mark.parametrize(
        ("cited", "listed"),
        [
            ("(Orr 1974)", "Orr, J. (1980 [1974]) Bread. Leeds: Acorn"),
            ("(Łoś 1980)", "Los, J. (1980) Bread. Leeds: Acorn"),
            ("(Müller 1980)", "Mueller, J. (1980) Bread. Leeds: Acorn"),
            ("(Roth-Lisle 1980)", "Roth Lisle, J. (1980) Bread. Leeds: Acorn"),
            ("(Orr 1980)", "Orr, J. and Lisle, K. (1980) Bread. Leeds: Acorn"),
            ("(Orr, 1980, quoted in Lisle 1999: 4)", f"{LISTED}"),
            (
                "(Wheat Museum, 1980)",
                "Wheat Museum (1980) Bread. Available at: https://a.example (accessed 3 May 2020)",
            ),
            ("(orr 1980: 51)", "Orr, J. (1980) Bread. Leeds: Acorn"),
        ],
    )
    def test_spellings_and_years_that_fit(self, cited: str, listed: str) -> None:
        assert _problems(f"A {cited}. | B {cited}.", listed) == []

    def test_letters_tell_works_of_a_year_apart(self) -> None:
        listed = "Orr, J. (1980a) Bread. York: Elm\nOrr, J. (1980b) Wheat. York: Elm"
        assert _problems("A (Orr 1980a). | B (Orr 1980b).", listed) == []
        assert [code for code, _ in _problems("A (Orr 1980a). | B (Orr 1980a).", listed)] == ["never-cited"]
        assert _problems("A (Orr 1980a). | B (Orr 1980c).", listed) == [("wrong-year", "(Orr 1980c)")]

    def test_a_sign_for_pages_is_no_letter(self) -> None:
        citation = Citation(start=0, end=20, authors=("Orr",), year="1980", pages="4", style="harvard")
        assert letters_of(citation, "(Orr, 1980c, p. 4)  ") == {"c"}
        assert letters_of(citation, "(Orr, 1980a, b: 4)  ") == {"a", "b"}

    def test_initials_tell_people_of_a_name_apart(self) -> None:
        listed = "Orr, J. (1980) Bread. York: Elm\nOrr, Z. (1985) Wheat. York: Elm"
        body = "A (J. Orr 1980). | B (Z. Orr 1980)."
        assert _problems(body, listed) == [("wrong-year", "(Z. Orr 1980)")]

    def test_further_reading_need_not_be_cited(self) -> None:
        listed = "Orr, J. (1980) Bread. York: Elm\nFurther reading\nLisle, K. (1999) Rye. York: Elm"
        assert _problems("A (Orr 1980).", listed) == []

    def test_a_body_may_be_misdated_or_missing(self) -> None:
        listed = "Orr, J. (1980) Bread. York: Elm\nBBC (2015) Wheat. https://a.example"
        assert _problems("A (Orr 1980). | B (BBC, 2016).", listed) == [("wrong-year", "(BBC, 2016)")]
        problems = _problems("A (Orr 1980). | B (BBC, 2015). | C (Britannica, 2019).", listed)
        assert problems == [("missing-entry", "(Britannica, 2019)")]

    def test_a_name_misspelt_in_the_text_alone(self) -> None:
        body = "A (Orr 1980). | Lislie doubts it."
        assert _problems(body, LISTED, named=["Lislie"]) == [("author-spelling", "Lislie")]

    def test_two_spellings_without_a_list(self) -> None:
        codes = {code: words for code, words in _problems("A (Lisle 1999). | B (Lisle 1999). | C (Lislie 1999).")}
        assert codes == {"no-bibliography": "(Lisle 1999)", "author-spelling": "(Lislie 1999)"}


class TestNotes:
    """Notes in an essay, each as ``mark: words``, against a list."""

    LISTED = "Lisle, K., All Bread (York: Elm, 1999)\nLisle, K., Rye (York: Elm, 1999)"

    def _problems(self, body: str, notes: Sequence[str], listed: str = "") -> list[tuple[str, str]]:
        text = body
        read: list[Note] = []
        for number, words in enumerate(notes, start=1):
            text += "\n\n"
            read.append(Note(start=len(text), end=len(text) + len(words), mark=str(number)))
            text += words
        span = Span(start=len(text) + 2, end=len(text) + 2 + len(listed)) if listed else None
        text += f"\n\n{listed}" if listed else ""
        bibliography = parse_bibliography(text, span)
        in_notes = find_note_citations(text, read, ["Orr", "Lisle"])
        _, problems = check_references(
            find_citations(body, notes=read, note_citations=in_notes),
            bibliography,
            find_quotations(body),
            text,
            [Span(start=0, end=len(body))],
            in_notes=in_notes,
            notes=read,
        )
        return [(problem.code, text[problem.start : problem.end]) for problem in problems]

    def test_a_short_title_says_which_work_is_meant(self) -> None:
        notes = ["K. Lisle, Rye (York: Elm, 1999), p. 4", "Ibid., p. 5", "Lisle, Rye, p. 6"]
        problems = self._problems("A.[1] B.[2] C.[3]", notes, self.LISTED)
        assert problems == [("never-cited", "Lisle, K., All Bread (York: Elm, 1999)")]

    def test_the_slip_is_shown_in_the_note(self) -> None:
        notes = ["K. Lisle, Rye (York: Elm, 1989), p. 4", "Lisle, All Bread, p. 5"]
        assert self._problems("A.[1] B.[2]", notes, self.LISTED) == [("wrong-year", notes[0])]

    def test_another_title_of_a_listed_author_is_missing(self) -> None:
        notes = ["K. Lisle, Rye (York: Elm, 1999), p. 4", "Lisle, All Bread, p. 5", "K. Lisle, Oats (York: Elm, 1989)"]
        assert self._problems("A.[1] B.[2] C.[3]", notes, self.LISTED) == [("missing-entry", notes[2])]

    def test_notes_that_explain_mix_no_styles(self) -> None:
        notes = ["The word is used here for grain.", "The figure is in doubt (Lisle, 1999: 7)."]
        listed = "Orr, J. (1980) Bread. York: Elm\nLisle, K. (1999) Rye. York: Elm"
        assert self._problems("A (Orr 1980).[1] B (Orr 1980: 3).[2]", notes, listed) == []

    def test_one_full_note_among_brackets_does(self) -> None:
        listed = "Orr, J. (1980) Bread. York: Elm\nLisle, K. (1999) Rye. York: Elm"
        problems = self._problems(
            "A (Orr 1980). B (Orr 1980: 3).[1]", ["K. Lisle, Rye (York: Elm, 1999), p. 4"], listed
        )
        assert problems == [("mixed-styles", "[1]")]

    def test_two_spellings_without_a_list(self) -> None:
        notes = ["K. Lisle, Rye (York: Elm, 1999), p. 4", "Lislie, Rye, p. 5"]
        assert self._problems("A.[1] B.[2]", notes) == [("author-spelling", notes[1])]


def test_numbers_that_refer_to_the_list_itself() -> None:
    body = "A [1]. B [4]."
    listed = "1. Orr, J. (1980) Bread. York: Elm\n2. Lisle, K. (1999) Rye. York: Elm"
    text = f"{body}\n\n{listed}"
    bibliography = parse_bibliography(text, Span(start=len(body) + 2, end=len(text)))
    works = numbered_works(text, bibliography)
    in_notes = find_note_citations(text, works)
    citations = find_citations(body, notes=works, note_citations=in_notes)
    _, problems = check_references(citations, bibliography, [], text, [], in_notes=in_notes)
    assert [(p.code, text[p.start : p.end]) for p in problems] == [
        ("missing-entry", "[4]"),
        ("never-cited", "Lisle, K. (1999) Rye. York: Elm"),
    ]


def test_one_work_dated_from_memory_is_no_referencing() -> None:
    assert _problems("Orr (2003) argues that “the wheat failed and nobody was told of it at all”. | On and on.") == []


def test_mixed_styles() -> None:
    body = f"{CITED} | C.[1] | D.[2]"
    assert [code for code, _ in _problems(body, LISTED)] == ["mixed-styles"]


def test_style() -> None:
    places = count()

    def cited(style: str) -> Citation:
        at = next(places)
        return Citation(
            start=at,
            end=at + 1,
            authors=("Orr",),
            year=None,
            pages=None,
            style=style,  # type: ignore[arg-type]
        )

    assert style_of([]) == "none"
    assert style_of([cited("harvard")]) == "harvard"
    assert style_of([cited("harvard"), cited("footnote"), cited("footnote")]) == "footnote"


@pytest.mark.parametrize(
    ("pages", "ranges"),
    [
        ("41-2", [(41, 42)]),
        ("310-14", [(310, 314)]),
        ("402-3", [(402, 403)]),
        ("5", [(5, 5)]),
        ("1-9, 12", [(1, 9), (12, 12)]),
    ],
)
def test_page_ranges(pages: str, ranges: list[tuple[int, int]]) -> None:
    assert page_ranges(pages) == ranges


def test_messages_say_what_to_look_at() -> None:
    body = f"{CITED} | C (Lislie 1999)."
    text = f"{body}\n\n{LISTED}"
    bibliography = parse_bibliography(text, Span(start=len(body) + 2, end=len(text)))
    _, (problem,) = check_references(find_citations(body), bibliography, [], text, [])
    assert isinstance(problem, CitationProblem)
    assert problem.message == (
        "The essay has “Lislie”, but the bibliography “Lisle”: check the spelling and use one form."
    )
