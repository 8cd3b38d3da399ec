"""The Markdown report."""

from __future__ import annotations

import re

import msgspec
import pytest
from syrupy.assertion import SnapshotAssertion

from essay_marker.records import Result
from essay_marker.report import Audience, render
from essay_marker.report.environment import TEMPLATES, as_markdown, number

AUDIENCES: tuple[Audience, ...] = ("teacher", "student")


def test_snapshot(realistic: Result, snapshot: SnapshotAssertion) -> None:
    assert render(realistic, "markdown") == snapshot


def test_no_two_words_run_together(realistic: Result) -> None:
    uses = tuple(msgspec.structs.replace(y, used=y.used * n) for n in range(4) for y in realistic.balance.criteria)
    balance = msgspec.structs.replace(realistic.balance, criteria=uses)
    for audience in AUDIENCES:
        report = render(msgspec.structs.replace(realistic, balance=balance), "markdown", audience=audience)
        assert not re.search(r"used(?:once|twice|\d)|[a-z]\d+ times|paragraphs?\d", report)
        assert "used once" in report and "used twice" in report and "used 3 times" in report and "not used" in report


def test_no_template_prints_a_text_whose_spaces_at_its_ends_would_be_lost() -> None:
    templates = [TEMPLATES / "words.j2", *sorted((TEMPLATES / "markdown").glob("*.j2"))]
    for template in templates:
        for printed in re.findall(r"{{(.*?)}}", template.read_text("utf-8"), re.DOTALL):
            itself = re.sub(r"\([^()]*\)", "", re.sub(r"\([^()]*\)", "", printed))  # without what it is made from
            texts = re.findall(r'"([^"]*)"', itself) if "~" not in itself else []
            assert not [text for text in texts if text.strip() not in ("", text)], (template.name, printed)


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
