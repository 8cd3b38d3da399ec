"""Marks against headers, beside the number of words."""

from __future__ import annotations

import pytest

from essay_marker.evaluate.marks import level_of, marks_agreement

from ..evaluations import RUBRIC, marked, result


def test_no_essay_with_both_marks_has_no_figures() -> None:
    assert marks_agreement([], RUBRIC) is None
    assert marks_agreement([marked("a", 12, result(mark=None, withheld="too-short"))], RUBRIC) is None


def test_figures_of_a_known_case() -> None:
    found = marks_agreement(
        [
            marked("a", 10, result(mark=12, level=3, reach=2), level=3),
            marked("b", 15, result(mark=11, level=3, reach=1), level=4),
            marked("c", 4, result(mark=4, level=2, reach=0), level=2),
            marked("d", 18, result(mark=None, withheld="too-short")),
        ],
        RUBRIC,
        resamples=20,
    )
    assert found is not None
    program = found.program
    assert (program.essays, program.mean_absolute_error.value, program.mean_signed_error.value) == (3, 2.0, -0.667)
    assert (program.level_exact.value, program.level_within_one.value) == (0.667, 1.0)
    assert (found.covered.value, found.range_width) == (0.667, 2.0)
    assert [(row.essay, row.difference, row.covered) for row in found.rows] == [
        ("b", -4, False),
        ("a", 2, True),
        ("c", 0, True),
    ]


def test_the_words_of_the_others_are_the_baseline() -> None:
    pairs = [
        marked(name, mark, result(mark=mark, words=100 * mark))
        for name, mark in zip("abcd", (4, 8, 12, 16), strict=True)
    ]
    found = marks_agreement(pairs, RUBRIC, resamples=20)
    assert found is not None
    assert found.words is not None
    assert {row.essay: row.by_words for row in found.rows} == {"a": 4, "b": 8, "c": 12, "d": 16}
    assert (found.words.kappa.value, found.program.kappa.value, found.gain.value) == (1.0, 1.0, 0.0)


def test_words_that_tell_nothing_are_beaten() -> None:
    lengths = (500, 510, 490, 505, 495, 500)
    pairs = [
        marked(f"e{n}", mark, result(mark=mark, words=words))
        for n, (mark, words) in enumerate(zip((2, 18, 10, 5, 14, 8), lengths, strict=True))
    ]
    found = marks_agreement(pairs, RUBRIC, resamples=20)
    assert found is not None
    assert found.gain.value is not None
    assert found.gain.value > 0.5


def test_two_essays_have_errors_and_no_kappa_or_interval_or_baseline() -> None:
    found = marks_agreement([marked("a", 10, result(mark=12)), marked("b", 14, result(mark=12))], RUBRIC)
    assert found is not None
    assert (found.words, found.readers, found.gain.value, found.program.kappa.value) == (None, None, None, None)
    assert (found.program.mean_absolute_error.value, found.program.mean_absolute_error.low) == (2.0, None)


def test_strands_that_headers_name_are_compared() -> None:
    pairs = [
        marked(name, 10, result(words=words, strand_levels=(3, 2, 3, 3)), strands=strands)
        for name, words, strands in (("a", 100, (3, 3)), ("b", 300, (3, 2)), ("c", 500, (3,)))
    ]
    found = marks_agreement(pairs, RUBRIC, resamples=20)
    assert found is not None
    analysis, knowledge = found.strands
    assert (analysis.label, analysis.essays, analysis.program.exact.value) == (RUBRIC.strands[0].label, 3, 1.0)
    assert analysis.words is not None
    assert (knowledge.essays, knowledge.program.exact.value, knowledge.program.within_one.value) == (2, 0.5, 1.0)
    assert knowledge.words is None


def test_the_second_reader_is_held_against_the_first() -> None:
    def read(first: int, second: int) -> list[dict[str, object]]:
        pairs = (("first", first), ("second", second))
        return [{"reader": name, "mark": mark, "level": level_of(mark, RUBRIC)} for name, mark in pairs]

    pairs = [
        marked(name, 10, result(), readings=read(*marks))
        for name, marks in (("a", (10, 12)), ("b", (4, 4)), ("c", (16, 15)))
    ]
    found = marks_agreement([*pairs, marked("d", 10, result())], RUBRIC, resamples=20)
    assert found is not None
    assert found.readers is not None
    assert (found.readers.essays, found.readers.mean_absolute_error.value) == (3, 1.0)


@pytest.mark.parametrize("band", RUBRIC.levels, ids=lambda band: f"level {band.level}")
def test_the_level_of_a_mark_is_that_of_its_band(band: object) -> None:
    level, low, high = (getattr(band, name) for name in ("level", "low", "high"))
    assert {level_of(mark, RUBRIC) for mark in range(low, high + 1)} == {level}
    assert level_of(0, RUBRIC) == 0
