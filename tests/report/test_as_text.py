"""The text report."""

from __future__ import annotations

import re

import msgspec
import pytest
from syrupy.assertion import SnapshotAssertion

from essay_marker.records import Result
from essay_marker.report import Format, render
from essay_marker.report.layout import visible


def test_snapshot(realistic: Result, snapshot: SnapshotAssertion) -> None:
    assert render(realistic, "text") == snapshot


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("color", [False, True])
def test_no_line_is_wider_than_the_terminal(width: int, color: bool, realistic: Result, hostile: Result) -> None:
    for result in (realistic, hostile):
        lines = render(result, "text", width=width, color=color).splitlines()
        assert max(visible(line) for line in lines) <= width


def test_a_terminal_narrower_than_forty_columns_gets_forty(realistic: Result) -> None:
    assert render(realistic, "text", width=10) == render(realistic, "text", width=40)


def test_no_line_ends_in_a_space(realistic: Result) -> None:
    assert not re.search(r" $", render(realistic, "text"), re.MULTILINE)


def test_colour_changes_nothing_but_the_colour(realistic: Result) -> None:
    plain, painted = render(realistic, "text"), render(realistic, "text", color=True)
    assert "\x1b" not in plain
    assert "\x1b[1m" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == plain


def test_long_names_are_wrapped_and_not_cut(realistic: Result) -> None:
    name = "Konstantin-Aleksandrovich-Preobrazhensky-Vasilchikov & " * 3 + "others"
    historian = msgspec.structs.replace(realistic.historians[0], full_name=name, name=name)
    essay = msgspec.structs.replace(realistic.essay, source="x" * 200 + ".docx", question="Why? " * 60)
    report = render(msgspec.structs.replace(realistic, historians=(historian,), essay=essay), "text")
    assert max(map(visible, report.splitlines())) <= 80
    first_column = "".join(line[2:28].strip() for line in report.splitlines())
    assert first_column.count("Preobrazhensky") == 3


def test_reasons_say_what_they_do_in_words(realistic: Result) -> None:
    report = render(realistic, "text")
    for words in ("▲ adds", "▼ lowers", "● noted", "Counts as 4 × 2.", "is only noted"):
        assert words in report


def test_many_places_are_counted_and_not_listed(realistic: Result) -> None:
    assert "and 3 more" in render(realistic, "text")


@pytest.mark.parametrize("fmt", ["text", "markdown", "html"])
def test_of_many_ideas_for_a_theme_three_are_shown_and_the_rest_counted(fmt: Format, realistic: Result) -> None:
    ideas = tuple(f"Use the year 19{number}." for number in range(53, 58))
    themes = (msgspec.structs.replace(realistic.themes[0], suggestions=ideas),)
    said = render(msgspec.structs.replace(realistic, themes=themes), fmt)
    assert [idea in said for idea in ideas] == [True, True, True, False, False]
    assert "and 2 more" in said
