"""Doubt: the range around a mark, and the reasons for a person to look."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essay_marker.mark.bestfit import best_fit
from essay_marker.mark.doubt import mark_range, reviews
from essay_marker.records import Reading

from .building import RUBRIC, good, sentence, strands

SURE, _ = good()
EVEN = strands(3.0)

THIN = msgspec.structs.replace(SURE, words=RUBRIC.range.thin_words - 1)
QUOTED = msgspec.structs.replace(SURE, words=1000, quoted_words=round(1000 * RUBRIC.range.quotation_share) + 1)
BLANK = msgspec.structs.replace(SURE, sentences=tuple(sentence(i, i + 1, themes=()) for i in range(5)))


def width(reading: Reading, *scores: float) -> int:
    low, high = mark_range(RUBRIC, reading, strands(*(scores or (3.0,))), 10)
    assert 10 - low == high - 10
    return high - low


@pytest.mark.parametrize("reading", [THIN, QUOTED, BLANK], ids=["thin", "quoted", "unclear"])
def test_the_range_is_wider_where_the_evidence_is(reading: Reading) -> None:
    assert width(reading) > width(SURE)


def test_the_range_is_wider_where_the_strands_lie_apart() -> None:
    apart = RUBRIC.range.strand_spread + 0.1
    assert width(SURE, 2.0, 2.0, 2.0, 2.0 + apart) > width(SURE)


def test_reasons_for_doubt_add_up() -> None:
    both = msgspec.structs.replace(THIN, quoted_words=THIN.words // 2)
    assert width(both) > width(THIN)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 20), st.sampled_from([SURE, THIN, QUOTED, BLANK]), st.floats(0, 5))
def test_the_range_holds_the_mark_and_stays_in_the_scheme(mark: int, reading: Reading, other: float) -> None:
    low, high = mark_range(RUBRIC, reading, strands(3.0, 3.0, 3.0, round(other, 3)), mark)
    assert 0 <= low <= mark <= high <= RUBRIC.out_of


def codes(reading: Reading, *scores: float) -> list[str]:
    made = strands(*(scores or (3.0,)))
    return [review.code for review in reviews(RUBRIC, reading, made, best_fit(RUBRIC, made))]


def test_an_essay_that_gives_no_cause_needs_no_one() -> None:
    assert codes(SURE) == []


@pytest.mark.parametrize(
    ("reading", "scores", "code"),
    [
        (SURE, (3.5,), "level-boundary"),
        (SURE, (2.45,), "level-boundary"),
        (SURE, (1.0, 3.0, 3.0, 4.0), "uneven-strands"),
        (QUOTED, (3.0,), "much-quotation"),
        (msgspec.structs.replace(SURE, words=RUBRIC.review.short_words - 1), (3.0,), "very-short"),
        (msgspec.structs.replace(SURE, topic_fit=RUBRIC.review.fit - 0.01), (3.0,), "question-doubtful"),
        (BLANK, (3.0,), "little-understood"),
    ],
)
def test_each_cause_is_named(reading: Reading, scores: tuple[float, ...], code: str) -> None:
    assert codes(reading, *scores) == [code]


@pytest.mark.parametrize("mean", [1.0, 2.0, 3.0, 4.0, 5.0, 3.3, 3.7])
def test_the_middle_of_a_level_is_no_boundary(mean: float) -> None:
    assert "level-boundary" not in codes(SURE, mean)


def test_a_message_is_a_sentence_of_its_own() -> None:
    made = strands(1.0, 3.5, 4.5, 5.0)
    for review in reviews(RUBRIC, BLANK, made, best_fit(RUBRIC, made)):
        assert review.message[0].isupper()
        assert review.message.endswith(".")
