"""Lines for a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_marker.report.layout import bar, columns, fill, painted, visible


@pytest.mark.parametrize(
    ("text", "width"),
    [("plain", 5), (painted("plain", "bold", "red"), 5), ("e\u0301", 1), ("漢字", 4), ("", 0), ("“quoted”", 8)],
)
def test_width_is_what_a_reader_sees(text: str, width: int) -> None:
    assert visible(text) == width


@given(st.text(alphabet="abc é漢\n", max_size=120), st.integers(10, 40), st.sampled_from(["", "  ", " 1. "]))
def test_no_line_is_too_wide_and_no_word_is_lost(text: str, width: int, first: str) -> None:
    filled = fill(text, width, first)
    assert all(visible(line) <= width for line in filled.split("\n"))
    assert "".join(filled[len(first) :].split()) == "".join(text.split())


def test_following_lines_stand_under_the_first() -> None:
    assert fill("one two three", 9, "- ") == "- one two\n  three"
    assert fill("one\ntwo", 9, "- ") == "- one\n  two"


def test_a_row_of_cells() -> None:
    assert columns(["one two", "x"], [3, 2], indent=1, gap=2) == " one  x\n two"


def test_bars_are_drawn_to_an_eighth() -> None:
    assert bar(0.5, 4) == "██░░"
    assert bar(0.0, 3) == "░░░"
    assert bar(1.0, 3) == "███"
    assert bar(2.0, 3) == "███"
    assert len(bar(0.33, 10)) == 10
