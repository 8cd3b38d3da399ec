"""Best fit: a mark within the band of the nearest level, by arithmetic that a reader can redo."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essay_marker.mark.bestfit import best_fit
from essay_marker.mark.levels import whole_level
from essay_marker.records import StrandMark

from .building import RUBRIC, strands

examples = settings(max_examples=200, deadline=None, derandomize=True)
scores = st.floats(min_value=0, max_value=5, allow_nan=False).map(lambda score: round(score, 3))
WEIGHTS = {strand.id: strand.weight for strand in RUBRIC.strands}


def test_every_mean_gives_a_mark_in_the_band_of_its_level() -> None:
    for mean in (step / 200 for step in range(1001)):
        fit = best_fit(RUBRIC, strands(mean))
        assert fit.level == whole_level(mean), mean
        band = RUBRIC.band(fit.level) if fit.level else None
        assert (band.low <= fit.mark <= band.high) if band else fit.mark == 0, mean


def test_every_mark_can_be_reached_and_a_higher_mean_never_gives_a_lower_one() -> None:
    marks = [best_fit(RUBRIC, strands(step / 200)).mark for step in range(1001)]
    assert marks == sorted(marks)
    assert set(marks) == set(range(RUBRIC.out_of + 1))


@pytest.mark.parametrize("level", range(1, 6))
def test_the_ends_of_a_band(level: int) -> None:
    band = RUBRIC.band(level)
    assert best_fit(RUBRIC, strands(level - 0.5)).mark == band.low
    assert best_fit(RUBRIC, strands(min(level + 0.499, 5.0))).mark == band.high


@examples
@given(st.tuples(scores, scores, scores, scores), st.integers(0, 3), scores)
def test_a_better_strand_never_lowers_the_mark(of: tuple[float, ...], which: int, other: float) -> None:
    better = list(of)
    better[which] = max(of[which], other)
    assert best_fit(RUBRIC, strands(*better)).mark >= best_fit(RUBRIC, strands(*of)).mark


def redone(how: str, of: tuple[StrandMark, ...]) -> int:
    """The mark by the arithmetic that is printed, with what is printed and nothing else."""
    sums = re.match(r"\((?P<terms>.+?)\) ÷ (?P<total>[\d.]+) = (?P<mean>[\d.]+)[.:]", how)
    assert sums, how
    printed = re.findall(r"([\d.]+)(?: × ([\d.]+))?(?: \+ |$)", sums["terms"])
    assert len(printed) == len(of)
    total = sum(float(score) * float(weight or 1) for score, weight in printed)
    assert total / float(sums["total"]) == pytest.approx(float(sums["mean"]), abs=0.0006)
    if "below Level 1" in how:
        return 0
    rest = re.search(
        r"level is (?P<level>\d), with marks (?P<low>\d+) to (?P<high>\d+) spread evenly from (?P<from>[\d.]+) to"
        r" (?P<to>[\d.]+): \((?P<mean>[\d.]+) − (?P<begin>[\d.]+)\) ÷ \((?P<end>[\d.]+) − [\d.]+\) × (?P<size>\d+) ="
        r" (?P<place>[\d.]+), so (?P<above>\d+) above \d+, which gives (?P<mark>\d+)\.$",
        how,
    )
    assert rest, how
    assert (rest["mean"], rest["begin"], rest["end"]) == (sums["mean"], rest["from"], rest["to"])
    low, high, size = float(rest["from"]), float(rest["to"]), int(rest["size"])
    place = (float(rest["mean"]) - low) / (high - low) * size
    assert place == pytest.approx(float(rest["place"]), abs=0.0006)
    assert size == int(rest["high"]) - int(rest["low"]) + 1
    assert int(rest["above"]) == min(int(float(rest["place"])), size - 1)
    assert int(rest["mark"]) == int(rest["low"]) + int(rest["above"])
    return int(rest["mark"])


@examples
@given(st.tuples(scores, scores, scores, scores))
def test_the_mark_can_be_redone_from_what_is_said(of: tuple[float, ...]) -> None:
    made = strands(*of)
    fit = best_fit(RUBRIC, made)
    assert redone(fit.how, made) == fit.mark
    assert fit.mean == pytest.approx(sum(WEIGHTS[s.id] * s.score for s in made) / sum(WEIGHTS.values()), abs=0.0006)
