"""Fitting how wide the range around a mark has to be.

The errors of marks left out of the fitting are what an essay never seen can expect (split conformal prediction: Vovk,
Gammerman and Shafer 2005; Lei and others 2018).
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, median
from typing import NamedTuple

import msgspec

from essay_marker.rubric import Rubric


class LeftOut(NamedTuple):
    """An exemplar marked by thresholds fitted on all the others: its readers' mark, and the mark given."""

    wanted: int
    given: int


class RangeFit(NamedTuple):
    """How good ranges are on essays left out of fitting them: the share they cover, and the median width in marks."""

    covered: float
    median_width: float


def half_width(essays: Sequence[LeftOut], covers: float) -> int:
    """The whole marks to either side that hold nearest to the share ``covers`` of the readers' marks.

    Of two that are equally near the narrower.
    """
    errors = [abs(essay.given - essay.wanted) for essay in essays]

    def off(half: int) -> float:
        return abs(fmean(error <= half for error in errors) - covers)

    return min(range(max(errors) + 1), key=lambda half: (round(off(half), 9), half))


def with_range(rubric: Rubric, essays: Sequence[LeftOut]) -> Rubric:
    """``rubric`` with a half-width fitted on ``essays``."""
    fitted = half_width(essays, rubric.range.covers)
    return msgspec.structs.replace(rubric, range=msgspec.structs.replace(rubric.range, half_width=fitted))


def left_out_ranges(essays: Sequence[LeftOut], covers: float, out_of: int) -> RangeFit:
    """The ranges of ``essays``, each by a half-width fitted on all the others."""
    ranges = []
    for place, essay in enumerate(essays):
        half = half_width([*essays[:place], *essays[place + 1 :]], covers)
        ranges.append((max(0, essay.given - half), min(out_of, essay.given + half)))
    return RangeFit(
        covered=fmean(low <= essay.wanted <= high for (low, high), essay in zip(ranges, essays, strict=True)),
        median_width=float(median(high - low for low, high in ranges)),
    )
