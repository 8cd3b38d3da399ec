"""Checks of references: each cause once, and nothing where nothing is wrong."""

from __future__ import annotations

import pytest

from essay_marker.annotate.bibliography import parse_bibliography
from essay_marker.annotate.citations import citation_brackets, find_citations
from essay_marker.annotate.quotations import find_quotations
from essay_marker.annotate.referencing import check_references, page_ranges, style_of
from essay_marker.records import Citation, CitationProblem, Span

LISTED = "Orr, J. (1980) 'Wheat' in *Bread*. Leeds: Acorn, p.50-70\nLisle, K. (1999) Rye. York: Elm"


def _problems(body: str, listed: str | None = None, **options: tuple[str, ...]) -> list[tuple[str, str]]:
    text = f"{body}\n\n{listed}" if listed else body
    span = Span(start=len(body) + 2, end=len(text)) if listed else None
    sentences, start = [], 0
    for sentence in body.split(" | "):
        sentences.append(Span(start=start, end=start + len(sentence)))
        start += len(sentence) + 3
    _, found = check_references(
        find_citations(body),
        parse_bibliography(text, span),
        find_quotations(body, citation_brackets(body)),
        text,
        sentences,
        **options,
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
    assert _problems(body, LISTED, named=("Lisle",)) == []


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

    def test_a_reference_in_the_next_sentence_will_do(self) -> None:
        assert _problems(f"{self.QUOTED} | So it went (Orr 1980: 51). | Rye (Lisle 1999).", LISTED) == []

    def test_an_essay_that_never_cites_is_left_alone(self) -> None:
        assert _problems(self.QUOTED) == []


def test_mixed_styles() -> None:
    body = f"{CITED} | C.[1] | D.[2]"
    assert [code for code, _ in _problems(body, LISTED)] == ["mixed-styles"]


def test_style() -> None:
    def cited(style: str) -> Citation:
        return Citation(start=0, end=1, authors=("Orr",), year=None, pages=None, style=style)  # type: ignore[arg-type]

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
    assert problem.message == "The essay cites Lislie, the bibliography has Lisle: check the spelling."
