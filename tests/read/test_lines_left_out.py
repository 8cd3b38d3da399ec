"""Page numbers, running headers and details such as a name are left out; look-alikes are not."""

from __future__ import annotations

import textwrap

import pytest

from .building import BODY, FIRST, LAST, QUESTION, SECOND, paragraphs, read, repaired, wrapped


def paged(*between: str) -> str:
    """Two wrapped paragraphs, each cut in mid-sentence by one of ``between``."""
    cut = []
    for text, page_end in zip((FIRST, SECOND), between, strict=True):
        lines = textwrap.wrap(text, 64)
        cut.append("\n".join(lines[:3]) + page_end + "\n".join(lines[3:]))
    return "\n\n".join(cut)


@pytest.mark.parametrize(
    "page_ends",
    [
        ("\n\n1\n\n", "\n\n2\n\n"),
        ("\n- 4 -\n", "\n- 5 -\n"),
        ("\n\nPage 3 of 7\n\n", "\n\nPage 4 of 7\n\n"),
        ("\n\f", "\n\f"),
        ("\n3\n\f", "\n4\n\f"),
        ("\n\nA. Pupil   The Reform   3\n\n", "\n\nA. Pupil   The Reform   4\n\n"),
        ("\n\n\n\n", "\n\n"),
    ],
    ids=["bare", "dashes", "page of", "form feed", "both", "running header", "gap"],
)
def test_a_page_end_in_mid_sentence_leaves_no_trace(page_ends: tuple[str, str]) -> None:
    assert paragraphs(paged(*page_ends)) == [FIRST, SECOND]


def test_headings_that_come_back_in_notes_are_no_running_headers() -> None:
    text = "Land\nKey points\nThe law of 1861\nGrain\nKey points\nA bad harvest"
    assert paragraphs(text) == text.split("\n")


def test_an_essay_pasted_twice_loses_nothing() -> None:
    once = wrapped(BODY, 66)
    assert paragraphs(f"{once}\n\n{once}") == [*BODY, *BODY]


def test_a_year_and_a_lone_number_inside_a_list_are_no_page_numbers() -> None:
    assert paragraphs("The years\n\n1861\n\nThe law came.\n\n3\n\nThe end came.")[1:] == [
        "1861", "The law came.", "3", "The end came.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "detail",
    [
        "Name: A. Pupil",
        "Candidate number: 1234",
        "Candidate Number 1234",
        "12 March 2024",
        "Tuesday 5th May 2024",
        "12/03/2024",
        "Word count: 1,990",
        "(1,990 words)",
        "Class 13B",
        "By Ann Other",
        "Teacher - Ms Hill",
        "Essay by Ann Other",
        "Ann Other",
        "Ann O'Ther-Jones",
        "OTHER, Ann",
        "Ann van der Other",
        "Siân Ní Other",
        "Ann Other 12B",
        "Ann Other, 12B",
        "Ann Other (13 Hi2)",
        "12B - Ann Other",
        "12B",
        "Ann 12B",
        "Ann Other, Year 12",
        "Ann Other | Y13 | 12 March",
        "Ann Other, 12 March",
        "Ann Other - 12th March 2024",
        "12 March",
        "Tuesday, March 12",
    ],
)
def test_details_at_the_top_are_left_out_and_said_to_be(detail: str) -> None:
    essay = read(f"{detail}\n\n{QUESTION}\n\n{FIRST}\n\n{LAST}")
    assert essay.text == f"{QUESTION}\n\n{FIRST}\n\n{LAST}"
    assert repaired(essay) == {"details": 1}
    assert "left out" in essay.repairs[0].message


@pytest.mark.parametrize(
    "heading",
    ["Tsar Alexander", "The Emancipation", "Serfs and Freedom", "Why It Failed: 1861", "Alexander, 3 March", "Reform"],
)
def test_a_heading_about_the_essays_subject_is_no_name(heading: str) -> None:
    prose = "The Emancipation that Alexander signed on that day in March brought the Reform of a century to the serfs."
    assert paragraphs(f"{heading}\n\n{prose}\n\n{LAST}") == [heading, prose, LAST]


def test_a_name_is_looked_for_at_the_very_top_alone() -> None:
    assert paragraphs(f"{QUESTION}\n\nEconomic Failures\n\n{FIRST}\n\n{LAST}")[1] == "Economic Failures"
    assert paragraphs(f"12 March\n\nAnn Other\n\n{QUESTION}\n\n{FIRST}\n\n{LAST}")[0] == QUESTION


@pytest.mark.parametrize(
    "name", ["Ann Other", "# Ann Other", "# Ann Other 12B", "Ann Other 12B", "Name: Ann Other", "Ann Other, 12 March"]
)
def test_a_name_over_the_prose_is_no_title(name: str) -> None:
    assert read(f"{name}\n\n{FIRST}\n\n{LAST}").title is None


@pytest.mark.parametrize(
    "line", ["School-leavers had no land.", "By then the council had met.", "Dates matter here.", "In 12 March days"]
)
def test_prose_that_begins_like_a_detail_stays(line: str) -> None:
    assert paragraphs(f"{line}\n\n{FIRST}\n\n{LAST}")[0] == line


def test_a_word_count_at_the_end_is_left_out() -> None:
    assert paragraphs(f"{FIRST}\n\n{LAST}\n\nWord count: 1990") == [FIRST, LAST]


def test_details_alone_are_kept() -> None:
    assert read("Name: A. Pupil").text == "Name: A. Pupil"
