"""The program's marks against those in the headers, beside marks that know only how many words an essay has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

import msgspec

from essay_marker import agreement
from essay_marker.agreement import Numbers
from essay_marker.evaluate.labelled import Header, LabelledEssay
from essay_marker.evaluate.resampling import FEWEST_ESSAYS, RESAMPLES, essay_draws, figure
from essay_marker.evaluation import (
    EssayMark,
    Figure,
    LevelAgreement,
    MarkAgreement,
    MarksAgreement,
    StrandAgreement,
)
from essay_marker.records import Result
from essay_marker.rubric import Rubric

HIGHEST_LEVEL = 5


class Given(NamedTuple):
    """The marks and levels that one marker gave, essay by essay."""

    marks: list[int]
    levels: list[int]


class _Both(NamedTuple):
    header: Header
    result: Result
    row: EssayMark


def marks_agreement(
    marked: Sequence[tuple[LabelledEssay, Result]], rubric: Rubric, *, resamples: int = RESAMPLES
) -> MarksAgreement | None:
    """How near the program's marks come to those in the headers; None where no essay has both.

    Args:
        marked: Essays with the program's results.
        rubric: The mark scheme of both.
        resamples: How many resamples an interval rests on.
    """
    both = [_Both(essay.header, result, row) for essay, result in marked if (row := _row(essay, result, rubric))]
    if not both:
        return None
    rows = [each.row for each in both]
    figures = _Figures(essay_draws(len(rows), resamples))
    labelled = Given([row.labelled for row in rows], [row.labelled_level for row in rows])
    program = Given([row.mark for row in rows], [row.level for row in rows])
    words = _by_words(rows, rubric)
    if words is not None:
        rows = [msgspec.structs.replace(row, by_words=mark) for row, mark in zip(rows, words.marks, strict=True)]
    return MarksAgreement(
        out_of=rubric.out_of,
        program=figures.of_marks(labelled, program, rubric.out_of),
        words=figures.of_marks(labelled, words, rubric.out_of) if words is not None else None,
        readers=_readers([each.header for each in both], rubric, resamples),
        gain=figures.gain(labelled.marks, program.marks, words.marks, rubric.out_of)
        if words is not None
        else Figure(value=None),
        covered=figures.share([row.covered for row in rows]),
        range_width=float(median(row.high - row.low for row in rows)),
        strands=tuple(_strands(both, rubric, resamples)),
        rows=tuple(sorted(rows, key=lambda row: (-abs(row.difference), row.covered, row.essay))),
    )


def level_of(mark: int, rubric: Rubric) -> int:
    """The level in whose band ``mark`` lies; 0 below them all."""
    return max((band.level for band in rubric.levels if band.low <= mark), default=0)


def _row(essay: LabelledEssay, result: Result, rubric: Rubric) -> EssayMark | None:
    header, marks = essay.header, result.marks
    if header.mark is None or marks.mark is None or marks.level is None or marks.low is None or marks.high is None:
        return None
    return EssayMark(
        essay=essay.id,
        words=result.essay.words,
        labelled=header.mark,
        labelled_level=level_of(header.mark, rubric) if header.level is None else header.level,
        mark=marks.mark,
        level=marks.level,
        low=marks.low,
        high=marks.high,
        difference=marks.mark - header.mark,
        covered=marks.low <= header.mark <= marks.high,
        by_words=None,
    )


def _by_words(rows: Sequence[EssayMark], rubric: Rubric) -> Given | None:
    """What a line through the *other* essays' words and marks gives each; None where they are too few for a line."""
    line = agreement.held_out_line([row.words for row in rows], [row.labelled for row in rows])
    if line is None:
        return None
    marks = [_whole(value, rubric.out_of) for value in line]
    return Given(marks, [level_of(mark, rubric) for mark in marks])


def _whole(value: float, highest: int) -> int:
    """The nearest whole number (halves up) on a scale from 0."""
    return min(max(int(value + 0.5), 0), highest)


def _readers(headers: Sequence[Header], rubric: Rubric, resamples: int) -> MarkAgreement | None:
    """The second reader against the first, where headers have both."""
    readings = [{reading.reader: reading for reading in header.readings} for header in headers]
    both = [by for by in readings if "first" in by and "second" in by]
    if not both:
        return None
    first, second = (
        Given([by[name].mark for by in both], [by[name].level for by in both]) for name in ("first", "second")
    )
    return _Figures(essay_draws(len(both), resamples)).of_marks(first, second, rubric.out_of)


def _strands(both: Sequence[_Both], rubric: Rubric, resamples: int) -> Iterator[StrandAgreement]:
    for strand in rubric.strands:
        given = [each for each in both if strand.id in each.header.strands]
        if not given:
            continue
        labelled = [each.header.strands[strand.id].level for each in given]
        program = [marked.level for each in given for marked in each.result.marks.strands if marked.id == strand.id]
        line = agreement.held_out_line([each.row.words for each in given], labelled)
        figures = _Figures(essay_draws(len(given), resamples))
        yield StrandAgreement(
            id=strand.id,
            label=strand.label,
            essays=len(given),
            program=figures.of_levels(labelled, program),
            words=figures.of_levels(labelled, [_whole(value, HIGHEST_LEVEL) for value in line]) if line else None,
        )


class _Figures:
    """Figures on the same essays, with intervals from the same draws of them."""

    def __init__(self, drawn: Numbers) -> None:
        self.drawn = drawn

    def of_marks(self, labelled: Given, given: Given, out_of: int) -> MarkAgreement:
        errors = _differences(labelled.marks, given.marks)
        levels = _differences(labelled.levels, given.levels)
        return MarkAgreement(
            essays=len(errors),
            kappa=self.kappa(labelled.marks, given.marks, out_of),
            mean_absolute_error=self.mean(
                agreement.mean_absolute_error(labelled.marks, given.marks), [abs(error) for error in errors]
            ),
            mean_signed_error=self.mean(agreement.mean_signed_error(labelled.marks, given.marks), errors),
            level_exact=self.share([difference == 0 for difference in levels]),
            level_within_one=self.share([abs(difference) <= 1 for difference in levels]),
        )

    def of_levels(self, labelled: list[int], given: list[int]) -> LevelAgreement:
        levels = _differences(labelled, given)
        return LevelAgreement(
            kappa=self.kappa(labelled, given, HIGHEST_LEVEL),
            exact=self.share([difference == 0 for difference in levels]),
            within_one=self.share([abs(difference) <= 1 for difference in levels]),
        )

    def kappa(self, labelled: list[int], given: list[int], highest: int) -> Figure:
        if len(labelled) < FEWEST_ESSAYS:  # there is no chance to be better than
            return Figure(value=None)
        value = agreement.quadratic_weighted_kappa(labelled, given, lowest=0, highest=highest)
        return figure(value, _tables(labelled, given, highest), agreement.quadratic_kappa_of, self.drawn)

    def gain(self, labelled: list[int], given: list[int], others: list[int], highest: int) -> Figure:
        """The kappa of ``given`` less that of ``others``."""
        one, other = (self.kappa(labelled, marks, highest).value for marks in (given, others))
        if one is None or other is None:
            return Figure(value=None)
        parts = agreement.side_by_side(_tables(labelled, given, highest), _tables(labelled, others, highest))
        return figure(one - other, parts, agreement.quadratic_kappa_difference_of, self.drawn)

    def share(self, hits: list[bool]) -> Figure:
        return self.mean(agreement.share(hits), hits)

    def mean(self, value: float | None, numbers: Sequence[float]) -> Figure:
        return figure(value, agreement.sums(numbers), agreement.mean_of, self.drawn)


def _differences(labelled: Sequence[int], given: Sequence[int]) -> list[int]:
    return [b - a for a, b in zip(labelled, given, strict=True)]


def _tables(labelled: list[int], given: list[int], highest: int) -> Numbers:
    return agreement.counts(labelled, given, range(highest + 1), range(len(labelled)), len(labelled))
