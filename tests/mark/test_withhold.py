"""When no mark is given, and when one is."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from essay_marker.mark import give_marks
from essay_marker.mark.withhold import withheld
from essay_marker.records import Citation, Reading, Span

from .building import RUBRIC, good, reading, strands

RULES = RUBRIC.withhold


def code(found: tuple[Reading, str]) -> str | None:
    reason = withheld(RUBRIC, *found)
    return reason[0] if reason else None


def unprosed(share: float) -> tuple[Reading, str]:
    """A reading of which a share of the words stands in no sentence."""
    found, text = good()
    number = round(len(found.sentences) * share)
    listed = tuple(msgspec.structs.replace(s, is_prose=i >= number) for i, s in enumerate(found.sentences))
    return msgspec.structs.replace(found, sentences=listed), text


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, None),
        ({"words": RULES.min_words}, None),
        ({"words": RULES.min_words - 1}, "too-short"),
        ({"english_share": RULES.english}, None),
        ({"english_share": RULES.english - 0.01}, "wrong-language"),
        ({"topic_fit": RULES.fit}, None),
        ({"topic_fit": RULES.fit - 0.01}, "off-topic"),
        ({"words": 3, "english_share": 0.0, "topic_fit": 0.0}, "too-short"),
    ],
)
def test_the_limits_of_the_rubric_decide(fields: dict[str, Any], expected: str | None) -> None:
    assert code(good(**fields)) == expected


def test_a_text_without_sentences_is_no_essay() -> None:
    assert code(unprosed(0.0)) is None
    assert code(unprosed(1.0)) == "not-an-essay"


def test_many_short_lines_are_notes_however_much_they_say() -> None:
    assert code(reading(*["Hungary, and what it showed."] * RULES.notes_paragraphs)) == "not-an-essay"
    assert code(reading(*["Hungary, and what it showed."] * (RULES.notes_paragraphs - 1))) is None


def test_many_lines_without_a_full_stop_are_notes() -> None:
    long = "a line of notes that runs on for a good many words without ever coming to a full stop " * 2
    assert code(reading(*[long] * RULES.notes_paragraphs)) == "not-an-essay"
    assert code(reading(*[f"{long}.”" for _ in range(RULES.notes_paragraphs)])) is None


@pytest.mark.parametrize("mark", ["[1]", "¹", " (Taubman, 2003: 41)"])
def test_a_reference_behind_the_full_stop_makes_no_notes(mark: str) -> None:
    long = "a paragraph that runs on for a good many words before it comes to its full stop and its note " * 2
    found, text = reading(*[f"{long.strip()}.{mark}" for _ in range(RULES.notes_paragraphs)])
    references = [Span(start=p.end - len(mark), end=p.end) for p in found.paragraphs]
    assert all(text[r.start : r.end] == mark for r in references)
    cited = tuple(
        Citation(start=r.start, end=r.end, authors=(), year=None, pages=None, style="footnote") for r in references
    )
    assert code((msgspec.structs.replace(found, citations=cited), text)) is None
    assert code((found, text)) == "not-an-essay"  # what is told by the references alone


def test_lines_drawn_out_by_talk_of_marking_are_notes() -> None:
    line, scheme = (
        "Hungary 1956, and what it showed.",
        "The answer is organised, and the argument is logical and precise.",
    )
    drawn_out = reading(*[f"{line} {scheme} {scheme}"] * RULES.notes_paragraphs)
    assert code(drawn_out) == "not-an-essay"
    full = "a sentence of an essay that runs on for a good many words before it comes to its full stop " * 2
    essay = reading(*[f"{line} {scheme}"] * RULES.notes_paragraphs, *[f"{full}."] * RULES.notes_paragraphs)
    assert code(essay) is None


@pytest.mark.parametrize(("fit", "said"), [(0.0, "Nothing in the "), (0.004, "Nothing in the "), (0.02, "Only 2% of ")])
def test_next_to_nothing_is_called_nothing(fit: float, said: str) -> None:
    reason = withheld(RUBRIC, *good(topic_fit=fit))
    assert reason is not None
    assert reason[1].startswith(said)
    assert "speaks of this question" in reason[1]


def test_a_withheld_mark_has_no_numbers_but_its_strands_and_its_reason() -> None:
    marks = give_marks(RUBRIC, *good(words=3), strands(3.0))
    assert (marks.level, marks.mark, marks.low, marks.high) == (None, None, None, None)
    assert marks.withheld == "too-short"
    assert marks.withheld_message
    assert len(marks.strands) == len(RUBRIC.strands)
    assert marks.provisional


def test_a_mark_is_provisional_and_lies_in_its_range() -> None:
    marks = give_marks(RUBRIC, *good(), strands(3.0))
    assert marks.provisional
    assert marks.withheld is None
    assert marks.mark is not None
    assert marks.low is not None
    assert marks.high is not None
    assert marks.low <= marks.mark <= marks.high
    assert marks.out_of == RUBRIC.out_of


def test_a_glossary_beside_an_essay_makes_it_no_notes() -> None:
    written = " ".join(["Terror ended and the fear of it lifted from the towns."] * 8)
    glossary = ["Virgin Lands"] * RULES.notes_paragraphs
    assert code(reading(*[written] * 5, *glossary)) is None
    assert code(reading(written, *glossary * 20)) == "not-an-essay"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"likelihood": RULES.likelihood}, None),
        ({"likelihood": RULES.likelihood - 0.01}, "not-an-essay"),
        ({"term_share": RULES.term_share}, None),
        ({"term_share": RULES.term_share + 0.01}, "not-an-essay"),
        ({"likelihood": -1.0, "topic_fit": 0.0}, "off-topic"),
    ],
)
def test_words_that_make_no_sense_get_no_mark(fields: dict[str, Any], expected: str | None) -> None:
    assert code(good(**fields)) == expected
