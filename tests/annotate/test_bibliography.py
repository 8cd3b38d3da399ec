"""Works as bibliographies describe them, in several styles."""

from __future__ import annotations

import pytest

from essay_marker.annotate.bibliography import (
    body_of,
    given_names,
    optional_entries,
    parse_bibliography,
    parse_work,
    years_of,
)
from essay_marker.records import Span

Row = tuple[str, list[str], str | None, str | None, str | None]

WORKS: list[Row] = [
    (
        "Orr, J. B. (1980) 'Wheat and Rye' in *Bread*. ed. by Lisle, S.F. and Poe, A. Leeds: Acorn, p.50-70",
        ["Orr"],
        "1980",
        "Wheat and Rye",
        "50-70",
    ),
    ("Orr, J. B. (2001) *The Long Winter*. Leeds: Acorn", ["Orr"], "2001", "The Long Winter", None),
    ("Orr, J., 2014. Winter 1891-1991. Leeds: Acorn.", ["Orr"], "2014", "Winter 1891-1991", None),
    ("Orr, Jane, A History of Wheat (London: Acorn, 2003)", ["Orr"], "2003", "A History of Wheat", None),
    ("Orr, Jane. The Long Winter. Leeds: Acorn, 2003.", ["Orr"], "2003", "The Long Winter", None),
    (
        "Orr, Jane, Kit Lisle, and Ann Poe, eds. Bread. Leeds: Acorn, 2000.",
        ["Orr", "Lisle", "Poe"],
        "2000",
        "Bread",
        None,
    ),
    ("Jane Orr, The Long Winter: A Life (2003)", ["Orr"], "2003", "The Long Winter: A Life", None),
    ("Orr, J. & Lisle, K. (1977) Winter: The Years", ["Orr", "Lisle"], "1977", "Winter: The Years", None),
    (
        "Orr, J. F. & Lisle, E. P. (eds) 1986. Winter. Leeds: Acorn, pp. 530-540",
        ["Orr", "Lisle"],
        "1986",
        "Winter",
        "530-540",
    ),
    ("Orr, M. (ed.) (1987) Bread and Rye. Leeds: Acorn.", ["Orr"], "1987", "Bread and Rye", None),
    (
        "Orr, M. (1998) 'Wheat in 1956', Journal of Bread, 33(2), pp. 163-214.",
        ["Orr"],
        "1998",
        "Wheat in 1956",
        "163-214",
    ),
    ("Van Houten, A. P. (1986) The Limits of Wheat", ["Van Houten"], "1986", "The Limits of Wheat", None),
    ("Orr J. (2003) Winter", ["Orr"], "2003", "Winter", None),
    (
        "Wheat Online (2019) Rye. Available at: https://x.org/2017/y (Accessed: 12 May 2023).",
        [],
        "2019",
        "Wheat Online",
        None,
    ),
    ("https://www.x.org/2017", [], None, None, None),
    ("Mark B. Orr, Wheat (Leeds: Acorn, 2010), p. 3", ["Orr"], "2010", "Wheat", "3"),
    ("Orr, Mark B. Wheat: A Life. Leeds: Acorn, 2010.", ["Orr"], "2010", "Wheat: A Life", None),
    ("Orr, Wheat and Rye, p. 9", ["Orr"], None, "Wheat and Rye", "9"),
]


@pytest.mark.parametrize(("text", "authors", "year", "title", "pages"), WORKS)
def test_parse_work(text: str, authors: list[str], year: str | None, title: str | None, pages: str | None) -> None:
    work = parse_work(text)
    if authors:
        assert [author.surname for author in work.authors] == authors
        assert (work.title, work.pages) == (title, pages)
    assert work.year == year


def test_entries_lie_in_the_text_without_heading_and_bullets() -> None:
    listed = (
        "Bibliography\n\nOrr, J. (2001) Winter. Leeds: Acorn\n\n- Lisle, K. (1999) Bread. York: Elm\n\n---. (2003) Rye."
    )
    text = f"The essay.\n\n{listed}"
    found = parse_bibliography(text, Span(start=12, end=len(text)))
    assert found is not None
    assert [(entry.authors, entry.year) for entry in found.entries] == [
        (("Orr",), "2001"),
        (("Lisle",), "1999"),
        (("Lisle",), "2003"),
    ]
    assert text[found.entries[1].start : found.entries[1].end] == "Lisle, K. (1999) Bread. York: Elm"


def test_a_line_that_goes_on_belongs_to_the_entry_above() -> None:
    text = "Orr, J. (2001) The Long\nwinter of wheat. Leeds: Acorn, pp. 5-9"
    found = parse_bibliography(text, Span(start=0, end=len(text)))
    assert found is not None
    (entry,) = found.entries
    assert (entry.end, entry.pages) == (len(text), "5-9")


def test_without_a_bibliography_there_is_none() -> None:
    assert parse_bibliography("The essay.", None) is None


def test_given_names_are_kept_for_settling_who_is_meant() -> None:
    assert [author.given for author in given_names("- Orr, J. B. & Orr, Zoe (1977) Winter")] == ["J. B.", "Zoe"]


@pytest.mark.parametrize(
    ("described", "years"),
    [
        ("Orr, J. (1980 [1974]) Bread. Leeds: Acorn", {"1980", "1974"}),
        ("Orr, Jane, Bread (Leeds: Acorn, 1980; first published 1974)", {"1980", "1974"}),
        ("Orr, J. (1980) Bread in 1956. Leeds: Acorn", {"1980"}),
        ("Orr, J. (1980) Bread. https://a.example/2019 (accessed 3 May 2020)", {"1980"}),
    ],
)
def test_every_year_of_a_work_but_those_of_title_and_access(described: str, years: set[str]) -> None:
    assert years_of(described) == years


def test_a_body_that_heads_an_entry() -> None:
    assert body_of("Museum of the Wheat (2018) Bread. Leeds: Acorn") == "Museum of the Wheat"
    assert body_of("BBC (n.d.) Bread") == "BBC"
    assert body_of("Bread and its price, a survey, 2018") is None


def test_entries_under_further_reading_are_optional() -> None:
    text = (
        "Bibliography\n1. Orr, J. (1980) Bread.\nFurther reading\n2. Lisle, K. (1999) Rye.\nBooks\nPoe, A. (2001) Oats."
    )
    bibliography = parse_bibliography(text, Span(start=0, end=len(text)))
    assert bibliography is not None
    assert [entry.authors for entry in optional_entries(text, bibliography)] == [("Lisle",)]
