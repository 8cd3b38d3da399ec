"""Marks of HTML and Markdown go, their words and the marks of notes stay."""

from __future__ import annotations

import pytest

from .building import paragraphs, read, repaired


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("On the 4<sup>th</sup> of May <i>they</i> met.", "On the 4th of May they met."),
        ('A <span class="x">poor</span> law.', "A poor law."),
        ("The reform.<sup>12</sup> It failed.", "The reform.¹² It failed."),
        ("The *old* and _older_ and **oldest** __law__.", "The old and older and oldest law."),
        ("A **very *old* poor** ***law***.", "A very old poor law."),
        ("In *The\nLand*, he argued.", "In The Land, he argued."),
        ("As [he says](http://a.org/b_(c)) in it.", "As he says in it."),
        ("Not \\*this\\* here\\_there.", "Not *this* here_there."),
        ("Before<!-- a remark --> after.", "Before after."),
    ],
)
def test_inline_marks_go_and_words_stay(marked: str, plain: str) -> None:
    assert " ".join(paragraphs(marked)) == plain


@pytest.mark.parametrize(
    "text",
    [
        "Policy* and power* and 2*3*4.",
        "A snake_case_name and a __dunder.",
        "A quotation [with words] and [sic] stays.",
        "Notes [1] and [^2] and [link] (2001) stay.",
        "Fewer than <5 and a <b.",
    ],
)
def test_what_only_looks_like_markup_stays(text: str) -> None:
    assert read(text).text == text


def test_tags_that_end_a_block_end_a_paragraph() -> None:
    assert paragraphs("<p>First point.</p><p>Second point.<br>Third point.</p>") == [
        "First point.",
        "Second point.",
        "Third point.",
    ]


def test_headings_and_bullets_lose_their_marks_and_stay_apart() -> None:
    text = "# Land\n\nIt was scarce.\n\n## Aims\n- grain for towns\n* order\n• roads\n+ taxes\n\nEnd\n-----\n\nIt fell."
    essay = read(text)
    assert essay.text.split("\n\n") == [
        "Land", "It was scarce.", "Aims", "grain for towns", "order", "roads", "taxes", "End", "It fell.",
    ]  # fmt: skip
    assert repaired(essay) == {"headings": 2, "bullets": 4, "rules": 1}


def test_a_dash_of_the_writers_own_at_a_lines_start_is_no_bullet() -> None:
    text = (
        "The council had promised the land to those who worked it\n"
        "- or so the peasants thought when they came to the town that\n"
        "winter - and then it gave the best of the fields to its own\n"
        "clerks, who sold them."
    )
    assert paragraphs(text) == [text.replace("\n", " ")]


def test_a_block_quotation_loses_its_signs() -> None:
    assert paragraphs("He wrote:\n\n> Land is all.\n\nSo he did.") == ["He wrote:", "Land is all.", "So he did."]


def test_a_crossed_out_start_is_left_out_and_longer_crossed_out_work_counts() -> None:
    longer = "The reform of the courts was slow and it left many of the old judges where they had been for years."
    essay = read(f"~~In this ess~~ The land reform failed ~~becau~~ since nobody paid for it.\n\n~~{longer}~~")
    assert essay.text == f"The land reform failed since nobody paid for it.\n\n{longer}"
    assert {repair.code for repair in essay.repairs} >= {"crossed-out", "crossed-out-kept"}
