"""The essay's words as they are quoted."""

from __future__ import annotations

from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_marker.records import Result, Span
from essay_marker.report.quotes import place, quotes, shorten, tidy

words_of_text = st.text(alphabet="ab \n,.é", max_size=200)


@pytest.mark.parametrize(
    ("words", "limit", "shown"),
    [
        ("short enough", 20, "short enough"),
        ("two\n lines", 20, "two lines"),
        ("one two three four five six seven", 20, "one two … seven"),
        ("unbreakablewordthatislong", 12, "unbre … long"),
        ("", 10, ""),
    ],
)
def test_long_words_lose_their_middle(words: str, limit: int, shown: str) -> None:
    assert shorten(words, limit) == shown


@given(words_of_text, st.integers(min_value=5, max_value=80))
def test_a_quotation_keeps_its_limit_and_its_ends(words: str, limit: int) -> None:
    line, shown = " ".join(words.split()), shorten(words, limit)
    assert len(shown) <= max(limit, 5)
    head, _, tail = shown.partition(" … ") if len(line) > limit else (shown, "", "")
    assert line.startswith(head)
    assert line.endswith(tail)


@given(words_of_text, st.integers(0, 250), st.integers(0, 250))
def test_a_tidy_span_lies_in_the_text_and_begins_and_ends_with_a_word(text: str, start: int, end: int) -> None:
    found = tidy(text, Span(start=start, end=end))
    if found is not None:
        words = text[found.start : found.end]
        assert words
        assert words == words.strip()


def test_places_are_named_as_a_teacher_counts_them(realistic: Result, building: ModuleType) -> None:
    essay = realistic.essay
    assert place(essay, building.at(building.TITLE).start) == ("title", None)
    assert place(essay, building.at("The clearest success").start) == ("paragraph", 2)
    assert place(essay, building.at("Filtzer").start) == ("note", None)
    assert place(essay, building.at("Jones, P.").start) == ("bibliography", None)
    assert place(essay, building.at("\n\nNotes").start) == ("elsewhere", None)


def test_the_same_words_are_quoted_once(realistic: Result) -> None:
    spans = [Span(start=0, end=8), Span(start=0, end=8), Span(start=9, end=20)]
    found = quotes(realistic.essay, spans, count=1, limit=100)
    assert [quote.text for quote in found.shown] == ["How far"]
    assert found.more == 1
