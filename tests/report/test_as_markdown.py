"""The Markdown report."""

from __future__ import annotations

import re

import pytest
from syrupy.assertion import SnapshotAssertion

from essay_marker.records import Result
from essay_marker.report import render
from essay_marker.report.environment import as_markdown, number


def test_snapshot(realistic: Result, snapshot: SnapshotAssertion) -> None:
    assert render(realistic, "markdown") == snapshot


def test_nothing_in_the_essay_is_markup(hostile: Result) -> None:
    report = render(hostile, "markdown")
    assert "<script" not in report
    assert not re.search(r"(?<!\\)\[b\]", report)
    assert not re.search(r"(?<!\\)`d", report)
    assert not re.search(r"(?<!\\)\*a", report)
    rows = [line for line in report.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {4, 5}


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("plain words, 3.9 of 5", "plain words, 3.9 of 5"),
        ("# no heading", "\\# no heading"),
        ("- no list", "\\- no list"),
        ("1. no list", "1\\. no list"),
        ("1917. A year", "1917\\. A year"),
        ("3.9", "3.9"),
        ("two\n\nparagraphs", "two paragraphs"),
        ("a <b> & &lt; c", "a &lt;b&gt; & &amp;lt; c"),
        ("essay_07|*x*", "essay\\_07\\|\\*x\\*"),
        ("---", "\\---"),
    ],
)
def test_words_are_shown_as_they_are(words: str, shown: str) -> None:
    assert as_markdown(words) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(3.0, "3"), (3.9, "3.9"), (0.12345, "0.123"), (0.0, "0"), (-0.0001, "0"), (1200.0, "1200"), (10, "10")],
)
def test_numbers_are_short(value: float, shown: str) -> None:
    assert number(value) == shown
