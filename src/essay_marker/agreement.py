"""How far two markers agree: pure functions from labels, marks and counts to figures.

The figures of two lists are scikit-learn's. Their intervals come from counts, with numpy: the counts of a hundred
essays are added up a thousand times in a moment, and a test holds every figure from counts equal to scikit-learn's.
scikit-learn is imported where a function needs it: that takes a second.

Sources: J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960);
J. Cohen, Weighted kappa, Psychological Bulletin 70 (1968); B. Efron, R. Tibshirani, An Introduction to the Bootstrap
(1993), chapters 13 (percentile interval) and 8.5 (resampling whole groups).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
#: From an array whose last axes hold the counts of one resample to a figure for each; NaN where there is none.
Statistic = Callable[[Numbers], Numbers]

CONFIDENCE = 0.95
SEED = 1956
#: An interval is read off the resamples that have the figure; where fewer than this share of them do, there is none.
ENOUGH = 0.5
#: A line through fewer essays than this leaves nothing to hold out.
FEWEST_FOR_A_LINE = 3


class Retrieval(NamedTuple):
    """How well cases were found: three shares from 0 to 1."""

    precision: float
    recall: float
    f1: float


class Interval(NamedTuple):
    """A confidence interval, in the unit of its figure."""

    low: float
    high: float


# --- of two lists ---------------------------------------------------------------------------------------------------


def retrieval(labelled: Sequence[bool], found: Sequence[bool]) -> Retrieval | None:
    """Precision, recall and their harmonic mean, F1.

    Args:
        labelled: For each decision, whether the case is there.
        found: For the same decisions, whether it was said to be there.

    Returns:
        Shares from 0 to 1, 0 where a share has nothing to be a share of; None where no case is there and none found.

    Raises:
        ValueError: The lists differ in length.
    """
    _same_length(labelled, found)
    if not any(labelled) and not any(found):
        return None
    from sklearn.metrics import precision_recall_fscore_support

    precision, recall, f1, _ = precision_recall_fscore_support(
        [bool(item) for item in labelled], [bool(item) for item in found], average="binary", zero_division=0.0
    )
    return Retrieval(float(precision), float(recall), float(f1))


def cohen_kappa(first: Sequence[str], second: Sequence[str]) -> float | None:
    """Agreement on labels beyond what chance alone would give (Cohen 1960).

    Args:
        first: One marker's labels.
        second: The other's, of the same cases.

    Returns:
        At most 1; 0 is what chance gives. 1 where both gave every case the same one label; None without cases.

    Raises:
        ValueError: The lists differ in length.
    """
    return _kappa(first, second, sorted({*first, *second}), weights=None)


def quadratic_weighted_kappa(first: Sequence[int], second: Sequence[int], *, lowest: int, highest: int) -> float | None:
    """Agreement on marks beyond chance, a difference weighing as its square (Cohen 1968).

    Args:
        first: One marker's marks.
        second: The other's, of the same essays.
        lowest: The lowest mark of the scale.
        highest: The highest. The whole scale is needed: a mark that nobody gave still keeps its neighbours apart.

    Returns:
        At most 1; 0 is what chance gives. 1 where both gave every essay the same one mark; None without essays.

    Raises:
        ValueError: The lists differ in length, or a mark lies outside the scale.
    """
    if any(not lowest <= mark <= highest for mark in (*first, *second)):
        raise ValueError(f"a mark lies outside the scale from {lowest} to {highest}")
    return _kappa(first, second, range(lowest, highest + 1), weights="quadratic")


def mean_absolute_error(wanted: Sequence[float], given: Sequence[float]) -> float | None:
    """How far off the marks are on average, in marks; None without essays.

    Raises:
        ValueError: The lists differ in length.
    """
    if _same_length(wanted, given) == 0:
        return None
    from sklearn.metrics import mean_absolute_error as of

    return float(of(wanted, given))


def mean_signed_error(wanted: Sequence[float], given: Sequence[float]) -> float | None:
    """How far the marks given lie above (below: negative) those wanted on average; None without essays.

    Raises:
        ValueError: The lists differ in length.
    """
    if _same_length(wanted, given) == 0:
        return None
    return float(np.mean(np.asarray(given, dtype=float) - np.asarray(wanted, dtype=float)))


def share(hits: Sequence[bool]) -> float | None:
    """The share of hits, 0 to 1; None of nothing."""
    return sum(hits) / len(hits) if hits else None


def held_out_line(x: Sequence[float], y: Sequence[float]) -> list[float] | None:
    """Each ``y`` as the straight line (least squares) through all the *other* points has it at its ``x``.

    Returns:
        One value a point; None where there are fewer than three points, or where the others leave no line.

    Raises:
        ValueError: The lists differ in length.
    """
    count = _same_length(x, y)
    if count < FEWEST_FOR_A_LINE:
        return None
    across, up = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    values = []
    for index in range(count):
        others = np.arange(count) != index
        if np.ptp(across[others]) == 0:
            return None
        slope, height = np.polyfit(across[others], up[others], deg=1)
        values.append(float(slope * across[index] + height))
    return values


def _kappa(first: Sequence[Any], second: Sequence[Any], scale: Sequence[Any], *, weights: str | None) -> float | None:
    if _same_length(first, second) == 0:
        return None
    if len({*first, *second}) == 1:  # 0 of 0 beyond chance
        return 1.0
    from sklearn.metrics import cohen_kappa_score

    return float(cohen_kappa_score(list(first), list(second), labels=list(scale), weights=weights))


def _same_length(first: Sequence[Any], second: Sequence[Any]) -> int:
    if len(first) != len(second):
        raise ValueError(f"{len(first)} against {len(second)}: both lists must be about the same cases")
    return len(first)


# --- of counts ------------------------------------------------------------------------------------------------------


def counts(
    labelled: Sequence[Any], found: Sequence[Any], values: Sequence[Any], items: Sequence[int], size: int
) -> Numbers:
    """How often each of ``values`` (rows) was called each of them (columns), a table an item.

    Args:
        labelled: What each case is.
        found: What it was called.
        values: Everything that either can be.
        items: For each case the item it belongs to (an essay, a sentence), from 0.
        size: How many items there are; one without cases has a table of noughts.

    Raises:
        ValueError: The lists differ in length.
        KeyError: A label is none of ``values``.
    """
    _same_length(labelled, found)
    place = {value: index for index, value in enumerate(values)}
    tables = np.zeros((size, len(place), len(place)))
    for item, row, column in zip(items, labelled, found, strict=True):
        tables[item, place[row], place[column]] += 1
    return tables


def f1_of(tables: Numbers) -> Numbers:
    """F1 of 2 × 2 tables whose first row and column stand for yes: the same as `retrieval` of their cases."""
    hits = tables[..., 0, 0]
    return _ratio(2 * hits, 2 * hits + tables[..., 0, 1] + tables[..., 1, 0])


def share_of(tables: Numbers) -> Numbers:
    """The share of cases on the diagonal of tables: the same as `share` of their cases."""
    return _ratio(np.trace(tables, axis1=-2, axis2=-1), tables.sum(axis=(-2, -1)))


def kappa_of(tables: Numbers) -> Numbers:
    """Cohen's kappa of tables: the same as `cohen_kappa` of their cases."""
    return _kappa_of(tables, 1 - np.eye(tables.shape[-1]))


def quadratic_kappa_of(tables: Numbers) -> Numbers:
    """Quadratic weighted kappa of tables over a whole scale: the same as `quadratic_weighted_kappa` of their marks."""
    steps = np.arange(tables.shape[-1])
    weights: Numbers = np.subtract.outer(steps, steps).astype(float) ** 2
    return _kappa_of(tables, weights)


def mean_of(sums: Numbers) -> Numbers:
    """Means, of a sum and a number each (last axis)."""
    return _ratio(sums[..., 0], sums[..., 1])


def _kappa_of(tables: Numbers, weights: Numbers) -> Numbers:
    total = tables.sum(axis=(-2, -1))
    chance = tables.sum(axis=-1)[..., :, None] * tables.sum(axis=-2)[..., None, :]
    observed = (weights * tables).sum(axis=(-2, -1)) * total
    expected = (weights * chance).sum(axis=(-2, -1))
    # Nothing can differ where only one label is given, and nothing does: full agreement, as `cohen_kappa` has it.
    kappas = 1 - np.divide(observed, expected, out=np.zeros_like(observed), where=expected > 0)
    found: Numbers = np.where(total > 0, kappas, np.nan)
    return found


def _ratio(above: Numbers, below: Numbers) -> Numbers:
    shares: Numbers = np.divide(above, below, out=np.full(np.shape(above), np.nan), where=below > 0)
    return shares


def quadratic_kappa_difference_of(pairs: Numbers) -> Numbers:
    """How much higher the first's quadratic weighted kappa is than the second's, of tables `side_by_side`."""
    return quadratic_kappa_of(pairs[..., 0, :, :]) - quadratic_kappa_of(pairs[..., 1, :, :])


def side_by_side(first: Numbers, second: Numbers) -> Numbers:
    """Two tables an item, as one array: both are drawn together."""
    return np.stack([first, second], axis=1)


def sums(numbers: Sequence[float]) -> Numbers:
    """Each number with a one beside it, so that sums over items give `mean_of` what it needs."""
    return np.stack([np.asarray(numbers, dtype=float), np.ones(len(numbers))], axis=-1)


# --- intervals ------------------------------------------------------------------------------------------------------


def draws(groups: Sequence[int], resamples: int, seed: int = SEED) -> Numbers:
    """How often each item is drawn in each resample: as many as there are, with replacement.

    Args:
        groups: How many items each group has, in their order; items are drawn within their group. One group of all
            essays draws essays; a group an essay draws sentences within essays.
        resamples: How many resamples.
        seed: The same seed gives the same draws.

    Returns:
        An array of ``resamples`` rows with a number for each item.
    """
    generator = np.random.default_rng(seed)
    parts = [generator.multinomial(size, [1 / size] * size, size=resamples) for size in groups if size > 0]
    return np.concatenate([np.zeros((resamples, 0)), *parts], axis=1)


def interval(parts: Numbers, statistic: Statistic, drawn: Numbers, confidence: float = CONFIDENCE) -> Interval | None:
    """The percentile bootstrap interval of a figure (Efron and Tibshirani 1993).

    Args:
        parts: What each item (first axis) adds to the counts.
        statistic: From counts to the figure.
        drawn: From `draws`.
        confidence: The share of resamples between the two ends.

    Returns:
        The ends; None where there is nothing to resample, or where most resamples have no such figure.
    """
    if drawn.size == 0:
        return None
    values = statistic(np.tensordot(drawn, parts, axes=1))
    values = values[~np.isnan(values)]
    if len(values) < ENOUGH * len(drawn):
        return None
    tail = (1 - confidence) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    return Interval(float(low), float(high))
