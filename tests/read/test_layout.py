"""Paragraphs come back as the writer meant them, however the lines were broken."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .building import BODY, FIRST, LAST, QUESTION, SECOND, paragraphs, prose, read, repaired, wrapped

ESSAY = [QUESTION, *BODY]


@pytest.mark.parametrize("width", [60, 66, 72, 80, 90])
@pytest.mark.parametrize(
    ("line", "paragraph"),
    [("\n", "\n\n"), ("\n\n", "\n\n\n"), ("\n\n", "\n\n"), ("\n", "\n"), (" \n \n", "\n\n"), ("\r\n", "\r\n\r\n")],
    ids=["blank line", "two blank lines", "all blank", "none blank", "spaces", "windows"],
)
def test_hard_wrapping_is_undone(width: int, line: str, paragraph: str) -> None:
    assert paragraphs(wrapped(ESSAY, width, line=line, paragraph=paragraph)) == ESSAY


@settings(max_examples=30, deadline=None)
@given(prose(), st.integers(60, 90))
def test_wrapped_paragraphs_with_blank_lines_between_come_back_whole(essay: list[str], width: int) -> None:
    assert paragraphs(wrapped(essay, width)) == essay


@settings(max_examples=30, deadline=None)
@given(prose(), st.integers(60, 90), st.sampled_from(["\n", "\n\n"]))
def test_without_any_sign_of_paragraphs_all_words_stay_in_order(essay: list[str], width: int, line: str) -> None:
    found = paragraphs(wrapped(essay, width, line=line, paragraph=line))
    assert " ".join(found) == " ".join(essay)
    assert all(text.startswith("Then ") for text in found)  # a paragraph begins where a sentence does


@settings(max_examples=30, deadline=None)
@given(prose(), st.integers(60, 90), st.sampled_from(["\n", "\n\n"]))
def test_short_last_lines_alone_show_the_paragraphs(essay: list[str], width: int, line: str) -> None:
    short = [text + " " + "x" * (width - len(text) % width) + " so." for text in essay]
    lasts = [wrapped([text], width).rsplit("\n", 1)[-1] for text in short]
    if any(len(last) > width / 2 for last in lasts):
        short = [text + " " + "y" * (width - 2) + " so." for text in essay]
    assert paragraphs(wrapped(short, width, line=line, paragraph=line)) == short


def test_first_lines_set_in_show_paragraphs_even_after_a_full_line() -> None:
    lines = wrapped(BODY, 70, paragraph="\n\n").split("\n\n")
    assert paragraphs("\n".join("    " + text for text in lines)) == list(BODY)


def test_the_repairs_are_counted() -> None:
    essay = read(wrapped(BODY, 66, line="\n\n", paragraph="\n\n"))
    lines = wrapped(BODY, 66, paragraph="\n").count("\n") + 1
    assert repaired(essay) == {"line-breaks": lines - 3, "paragraph-ends": 2}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The council met in the old town by the river, and it then decided", "to sell the land of the poor at once."),
        ("The council met in the old town by the river, in the house of", "Marlow, who had lent it to them for a day."),
        ("The council met in the old town by the river, and so (Marlow, 1988:", "41) it ended in the spring."),
    ],
)
def test_a_paragraph_of_one_line_cut_in_mid_sentence_is_joined(first: str, second: str) -> None:
    essay = read(f"{FIRST}\n\n{first}\n\n{second}\n\n{LAST}")
    assert essay.text.split("\n\n") == [FIRST, f"{first} {second}", LAST]
    assert repaired(essay) == {"split-paragraphs": 1}


def test_a_cut_paragraph_among_wrapped_ones_is_joined() -> None:
    text = wrapped(BODY, 70)
    assert paragraphs(text.replace("\nthan rumour", "\n\n\nthan rumour")) == list(BODY)


@pytest.mark.parametrize(
    "lines",
    [
        [
            "Land",
            "Peasants had waited for it",
            "However, the law also caused:",
            "debt",
            "hunger",
            "flight to the towns",
        ],
        ["He wrote:", "the snow is falling on the fields", "the wolves are at the door", "So he did."],
        [
            FIRST,
            "The reform had several aims of which only a few were ever met:",
            "to feed the towns and the army;",
            LAST,
        ],
        ["Historians ask how great a break with older laws the new law really was", "Serfs left behind a poor land"],
    ],
    ids=["notes", "verse", "list", "notes without full stops"],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_short_lines_of_notes_verse_and_lists_stay_apart(lines: list[str], gap: str) -> None:
    assert paragraphs(gap.join(lines)) == lines


def test_headings_and_wrapped_bullets_stay_apart_in_wrapped_text() -> None:
    bullet = "grain for the towns, which had gone without bread since the summer of the war"
    text = (
        f"{wrapped([FIRST], 60)}\n\nThe Council's Aims\n\n- {wrapped([bullet], 56)}\n- roads\n\n{wrapped([SECOND], 60)}"
    )
    assert paragraphs(text) == [FIRST, "The Council's Aims", bullet, "roads", SECOND]


def test_long_lines_among_wrapped_ones_are_paragraphs_by_themselves() -> None:
    assert paragraphs(f"{wrapped([FIRST], 60)}\n\n{SECOND}\n{LAST}\n\n{wrapped([FIRST], 60)}") == [
        FIRST, SECOND, LAST, FIRST,
    ]  # fmt: skip


def test_a_paragraph_that_hides_two_is_divided_where_line_and_sentence_end() -> None:
    usual = " ".join([*BODY, *BODY])
    full = textwrap.wrap(" ".join([usual, SECOND]), 68)[:-1]  # all lines are full, the last one as well
    hiding = " ".join(full)[:-1] + "."
    essay = read(wrapped([usual, usual, hiding, usual, usual, usual], 68, line="\n\n", paragraph="\n\n"))
    assert essay.text.split("\n\n") == [usual, usual, hiding, usual, usual, usual]
    assert repaired(essay)["long-paragraphs"] == 1


def test_notes_at_the_end_do_not_hide_how_the_essay_is_wrapped() -> None:
    notes = ["which suggests that", "limits of the reform", "link to the speech (hope)", "concl: safe yes, free no"]
    found = paragraphs(wrapped([*ESSAY, *notes], 72))
    assert found[: len(ESSAY) - 1] == ESSAY[:-1]
