"""What holds of every result, whatever the text: spans, bands, order, and that nothing changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import jsonschema
import msgspec
from hypothesis import Phase, given, settings

from essay_marker.records import Result, Span, json_schema

from .texts import texts

if TYPE_CHECKING:
    from essay_marker.pipeline import Marker

#: A text takes a good part of a second, so nothing is shrunk: what fails is printed as it is.
few = settings(max_examples=12, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def mark(marker: Marker, text: str) -> Result:
    return marker.mark_bytes(text.encode(), "essay.txt")


def spans(item: Any) -> Iterator[Span]:
    """Every span in a record, however deep."""
    if isinstance(item, Span):
        yield item
    if isinstance(item, msgspec.Struct):
        for field in item.__struct_fields__:
            yield from spans(getattr(item, field))
    elif isinstance(item, tuple):
        for part in item:
            yield from spans(part)


@few
@given(text=texts())
def test_what_a_result_points_at_is_in_the_text(marker: Marker, text: str) -> None:
    result = mark(marker, text)
    found = list(spans(result))
    assert found
    for span in found:
        assert 0 <= span.start <= span.end <= len(result.essay.text)
    for span in spans(result.marks):
        assert result.essay.text[span.start : span.end].strip()


@few
@given(text=texts())
def test_sentences_follow_each_other_inside_their_paragraphs(marker: Marker, text: str) -> None:
    essay = mark(marker, text).essay
    for before, after in pairwise(essay.sentences):
        assert before.end <= after.start
        assert before.paragraph <= after.paragraph
    for earlier, later in pairwise(essay.paragraphs):
        assert earlier.end < later.start
    for sentence in essay.sentences:
        assert sentence.within(essay.paragraphs[sentence.paragraph])
        words = essay.text[sentence.start : sentence.end]
        assert words == words.strip() != ""
    # nothing but white space is left out
    left = essay.text
    for sentence in reversed(essay.sentences):
        left = left[: sentence.start] + left[sentence.end :]
    for paragraph in essay.paragraphs[:1]:
        assert left[: paragraph.start].strip() == ""


@few
@given(text=texts())
def test_a_mark_lies_in_the_band_of_its_level_and_in_its_range(marker: Marker, text: str) -> None:
    marks = mark(marker, text).marks
    for strand in marks.strands:
        assert 0.0 <= strand.score <= 5.0
        assert abs(strand.level - strand.score) <= 0.5
    if marks.withheld is not None:
        assert (marks.level, marks.mark, marks.low, marks.high) == (None, None, None, None)
        assert marks.withheld_message
        return
    assert marks.level is not None
    assert marks.mark is not None
    assert marks.low is not None
    assert marks.high is not None
    if marks.level:
        band = marker.rubric.band(marks.level)
        assert band.low <= marks.mark <= band.high
    else:
        assert marks.mark == 0
    assert 0 <= marks.low <= marks.mark <= marks.high <= marks.out_of


@few
@given(text=texts())
def test_white_space_that_says_nothing_changes_nothing(marker: Marker, text: str) -> None:
    plain = mark(marker, text)
    for same in (f"{text}\n\n", f"{text}   \n", text.replace("\n", "\r\n"), f"\n\n{text}", text.replace("\n", "  \n")):
        assert without_repairs(mark(marker, same)) == without_repairs(plain)


def without_repairs(result: Result) -> Result:
    """The result but for the note of what was tidied while reading, and the hash over it."""
    return msgspec.structs.replace(result, sha256="", essay=msgspec.structs.replace(result.essay, repairs=()))


@few
@given(text=texts())
def test_the_same_essay_gives_the_same_bytes_and_they_fit_the_schema(marker: Marker, text: str) -> None:
    first, second = (msgspec.json.encode(mark(marker, text)) for _ in range(2))
    assert first == second
    VALIDATOR.validate(json.loads(first))
