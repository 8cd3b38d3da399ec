"""Doubt: the range around a mark, and the reasons for a person to look."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essay_marker.mark.bestfit import best_fit
from essay_marker.mark.doubt import OTHER_QUESTION, mark_range, reviews
from essay_marker.records import Reading, Reason, Review

from .building import RUBRIC, good, sentence, strands

SURE, _ = good()
EVEN = strands(3.0)

MARKS = st.integers(0, RUBRIC.out_of)
UNLIKE = Review(code=RUBRIC.range.unlike_reviews[0], message="")
ANOTHER = Review(code="level-boundary", message="")
QUOTED = msgspec.structs.replace(SURE, words=1000, quoted_words=round(1000 * RUBRIC.review.quotation_share) + 1)
BLANK = msgspec.structs.replace(SURE, sentences=tuple(sentence(i, i + 1, themes=()) for i in range(5)))


def width(*found: Review) -> int:
    likely = mark_range(RUBRIC, 10, found)
    assert 10 - likely.low == likely.high - 10
    return likely.high - likely.low


def test_the_range_is_wider_where_the_essay_is_like_none_before() -> None:
    assert width() == width(ANOTHER) == 2 * RUBRIC.range.half_width
    assert width(ANOTHER, UNLIKE) == width() + 2 * RUBRIC.range.unlike


def test_the_range_can_be_redone_from_its_words() -> None:
    likely = mark_range(RUBRIC, 14, [UNLIKE])
    assert f"14 ± {RUBRIC.range.half_width + RUBRIC.range.unlike}" in likely.how
    assert f"gives {likely.low} to {likely.high}." in likely.how
    assert UNLIKE.code in likely.how


@settings(max_examples=60, deadline=None, derandomize=True)
@given(MARKS, st.lists(st.sampled_from([UNLIKE, ANOTHER])))
def test_the_range_holds_the_mark_and_stays_in_the_scheme(mark: int, found: list[Review]) -> None:
    likely = mark_range(RUBRIC, mark, found)
    assert 0 <= likely.low <= mark <= likely.high <= RUBRIC.out_of


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


def test_unknown_words_are_said_with_their_share() -> None:
    limit = RUBRIC.review.unknown_share
    assert "unknown-words" not in codes(msgspec.structs.replace(SURE, unknown_share=limit))
    assert "unknown-words" in codes(msgspec.structs.replace(SURE, unknown_share=limit + 0.01))


def test_planted_text_is_shown_with_its_places() -> None:
    away = tuple(msgspec.structs.replace(s, on_topic=i > 0) for i, s in enumerate(SURE.sentences))
    made = strands(3.0)
    found = reviews(RUBRIC, msgspec.structs.replace(SURE, sentences=away), made, best_fit(RUBRIC, made))
    (planted,) = [review for review in found if review.code == "planted-text"]
    assert [(s.start, s.end) for s in planted.spans] == [(SURE.sentences[0].start, SURE.sentences[0].end)]


def test_an_answer_to_another_question_is_doubtful() -> None:
    said = Reason(
        code=OTHER_QUESTION, text="9 of 10 sentences", effect="neutral", spans=(), value=0.0, level=None, weight=0.0
    )
    made = tuple(msgspec.structs.replace(s, reasons=(said,)) for s in EVEN)
    (doubtful,) = [r for r in reviews(RUBRIC, SURE, made, best_fit(RUBRIC, made)) if r.code == "question-doubtful"]
    assert said.text in doubtful.message
