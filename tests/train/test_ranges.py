"""Ranges fitted on marks left out of the fitting."""

from __future__ import annotations

import pytest

from essay_marker.train.ranges import LeftOut, half_width, left_out_ranges


def off_by(*errors: int) -> list[LeftOut]:
    return [LeftOut(wanted=10, given=10 + error) for error in errors]


@pytest.mark.parametrize(("covers", "wanted"), [(0.5, 0), (0.9, 2), (0.95, 2), (0.98, 4)])
def test_the_marks_that_hold_nearest_to_the_share(covers: float, wanted: int) -> None:
    assert half_width(off_by(*[0] * 10, *[-2] * 8, 4), covers) == wanted


def test_an_essay_is_covered_by_what_the_others_say() -> None:
    found = left_out_ranges(off_by(*[1] * 9, 6), 0.8, 20)
    assert found.covered == 0.9  # nobody else is as far off as the last
    assert found.median_width == 2.0


@pytest.mark.parametrize(("wanted", "given", "width"), [(20, 19, 2.0), (19, 20, 1.0), (1, 0, 1.0)])
def test_a_range_ends_with_the_scale(wanted: int, given: int, width: float) -> None:
    assert left_out_ranges([LeftOut(wanted, given)] * 20, 0.9, 20).median_width == width
