"""Best fit: from the strands' levels to one level and a mark within its band."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from essay_marker.mark.levels import TOP, whole_level
from essay_marker.records import StrandMark
from essay_marker.rubric import Rubric


class BestFit(NamedTuple):
    """The mean of the strands, the level nearest to it, the mark, and how it came about."""

    mean: float
    level: int
    mark: int
    how: str


def level_of(rubric: Rubric, mark: float) -> float:
    """The place of ``mark`` (which may lie between marks) on the scale of levels: the inverse of `best_fit`."""
    band = next((band for band in rubric.levels if mark < band.high + 0.5), rubric.levels[-1])
    low, high = band.level - 0.5, min(band.level + 0.5, TOP)
    place = (mark - band.low + 0.5) / (band.high - band.low + 1)
    return low + min(max(place, 0.0), 1.0) * (high - low)


def best_fit(rubric: Rubric, strands: Sequence[StrandMark]) -> BestFit:
    """The level nearest to the weighted mean of the strands, and the mark at that place in its band.

    The band is spread evenly over half a level to either side, so a mean at the level itself gives its middle mark;
    no mean lies above the top level, so there the band is spread over the half below it.
    """
    weights = {strand.id: strand.weight for strand in rubric.strands}
    total = sum(weights[s.id] for s in strands)
    mean = round(sum(weights[s.id] * s.score for s in strands) / total, 3)
    level = max(whole_level(mean), 0)
    sums = " + ".join(
        f"{s.label} {s.score:g}" + (f" × {weights[s.id]:g}" if weights[s.id] != 1 else "") for s in strands
    )
    if level == 0:
        return BestFit(mean, 0, 0, f"({sums}) ÷ {total:g} = {mean:g}: below Level 1, nothing to credit.")
    band = rubric.band(level)
    size = band.high - band.low + 1
    low, high = level - 0.5, min(level + 0.5, TOP)
    place = min(max((mean - low) / (high - low), 0.0), 1.0)
    above = min(int(round(place * size, 6)), size - 1)  # a float just under a whole number is that number by hand
    mark = band.low + above
    how = (
        f"({sums}) ÷ {total:g} = {mean:g}. The nearest level is {level}, with marks {band.low} to {band.high} spread"
        f" evenly from {low:g} to {high:g}: ({mean:g} − {low:g}) ÷ ({high:g} − {low:g}) × {size} ="
        f" {place * size:.3f}, so {above} above {band.low}, which gives {mark}."
    )
    return BestFit(mean, level, mark, how)
