"""Fitting: two passes of logistic regression a layer, then what makes their values probabilities and decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression, Ridge
from threadpoolctl import threadpool_limits

from essay_marker.annotate.learned import Linear, Matrix, decision_values, first_pass, neighbourhood, probabilities
from essay_marker.train.examples import EssayExamples, label
from essay_marker.train.settings import Settings

Labels = npt.NDArray[np.int64]  # the index of the label; below 0 where there is none
Rows = npt.NDArray[np.bool_]
Fold = tuple[int, ...]  # essays by their number

_NEVER = -50.0  # the constant of a label that no sentence has


class Passes(NamedTuple):
    """The two passes of every layer."""

    first: dict[str, Linear]
    second: dict[str, Linear]


class Calibration(NamedTuple):
    """Makes decision values probabilities (``slope * value + shift``), and the probability from which yes is said."""

    slope: float
    shift: float
    threshold: float


@contextmanager
def one_thread() -> Iterator[None]:
    """Sums in one order, so that a second fit gives the same bytes."""
    with threadpool_limits(limits=1):
        yield


def deal(groups: Sequence[str], parts: int, seed: int) -> list[Fold]:
    """Deal essays into ``parts`` so that those of one group (an essay, a voice) stay together."""
    names = sorted(set(groups))
    order = np.random.RandomState(seed).permutation(len(names))
    dealt = [{names[i] for i in part} for part in np.array_split(order, min(parts, len(names)))]
    return [tuple(i for i, group in enumerate(groups) if group in part) for part in dealt]


def labels_of(essays: Sequence[EssayExamples], layer: str, labels: Sequence[str]) -> Labels:
    """The labels of all sentences, one essay after the other."""
    index = {name: i for i, name in enumerate(labels)}
    found = [label(unit, layer) for essay in essays for unit in essay.units]
    return np.array([-1 if name is None else index[name] for name in found], dtype=np.int64)


def columns_of(essays: Sequence[EssayExamples]) -> Matrix:
    """What the first pass sees of all sentences: signals and vectors."""
    return np.vstack([np.hstack([essay.signals, essay.vectors]) for essay in essays])


def weights_of(essays: Sequence[EssayExamples], settings: Settings) -> Matrix:
    """What each column weighs before the penalty."""
    signals, vectors = essays[0].signals.shape[1], essays[0].vectors.shape[1]
    return np.concatenate([np.ones(signals), np.full(vectors, settings.vector_weight)])


def fit_linear(
    columns: Matrix, labels: Labels, classes: int, strength: float, settings: Settings, weights: Matrix | None = None
) -> Linear:
    """The logistic regression of ``labels`` on ``columns`` times ``weights``, for columns without them.

    Unlabelled rows are left out. A label that no row has gets a constant so low that it is never given.
    """
    rows = labels >= 0
    present = np.unique(labels[rows])
    if len(present) < 2:
        return _the_only(present, classes, columns.shape[1])
    model = LogisticRegression(C=strength, max_iter=settings.iterations, tol=settings.tolerance)
    model.fit(columns[rows] if weights is None else columns[rows] * weights, labels[rows])
    coefficients, constants = model.coef_, model.intercept_
    if classes > 2:
        if len(model.classes_) == 2:  # one row stands for two labels
            coefficients = np.vstack([np.zeros_like(coefficients), coefficients])
            constants = np.concatenate([[0.0], constants])
        whole, level = np.zeros((classes, columns.shape[1])), np.full(classes, _NEVER)
        whole[model.classes_], level[model.classes_] = coefficients, constants
        coefficients, constants = whole, level
    if weights is not None:
        coefficients = coefficients * weights
    return Linear(
        coefficients=tuple(tuple(row) for row in coefficients.round(settings.decimals).tolist()),
        constants=tuple(constants.round(settings.decimals).tolist()),
    )


def _the_only(present: Labels, classes: int, columns: int) -> Linear:
    """The decision where every labelled row has one label: always that; the first where no row is labelled."""
    given = int(present[0]) if len(present) else 0
    if classes == 2:
        constants: tuple[float, ...] = (-_NEVER if given else _NEVER,)
    else:
        constants = tuple(0.0 if i == given else _NEVER for i in range(classes))
    return Linear(coefficients=((0.0,) * columns,) * len(constants), constants=constants)


def fit_passes(
    essays: Sequence[EssayExamples], layers: Mapping[str, Sequence[str]], settings: Settings, *, stacked: bool = True
) -> Passes:
    """Both passes on ``essays``; the second learns from first passes that had not seen the essay.

    Not ``stacked``, the second pass is left out (an empty dictionary).
    """
    columns = columns_of(essays)
    weights = weights_of(essays, settings)
    known = {layer: labels_of(essays, layer, labels) for layer, labels in layers.items()}

    def fit(seen: Matrix, rows: Rows, weights: Matrix) -> dict[str, Linear]:
        return {
            layer: fit_linear(
                seen[rows], known[layer][rows], len(labels), settings.strength_of(layer), settings, weights
            )
            for layer, labels in layers.items()
        }

    with one_thread():
        everything = np.ones(len(columns), dtype=bool)
        first = fit(columns, everything, weights)
        if not stacked:
            return Passes(first, {})
        number = np.concatenate([np.full(len(essay.tags), i) for i, essay in enumerate(essays)])
        honest: dict[int, Matrix] = {}
        for fold in deal([essay.id for essay in essays], settings.inner_folds, settings.seed + 1):
            part = fit(columns, ~np.isin(number, fold), weights)
            honest |= {i: first_pass(part, columns_of([essays[i]])) for i in fold}
        beside = np.vstack(
            [neighbourhood(honest[i], essay.paragraphs, settings.around) for i, essay in enumerate(essays)]
        )
        more = np.concatenate([weights, np.ones(beside.shape[1])])
        return Passes(first, fit(np.hstack([columns, beside]), everything, more))


def fit_levels(essays: Sequence[EssayExamples], settings: Settings) -> dict[str, Linear]:
    """For each strand a ridge regression (Hoerl and Kennard 1970) from a sentence to its essay's level.

    The padded copies of an essay have its level; the penalty grows with the number of rows.
    """
    weights = weights_of(essays, settings) * _gives_level(essays[0], settings)
    rows = [(essay, columns) for essay in essays for columns in (columns_of([essay]), *essay.padded)]
    columns, penalty = np.vstack([columns for _, columns in rows]), settings.level_penalty * len(rows) / len(essays)
    found = {}
    with one_thread():
        for strand in essays[0].levels:
            levels = np.concatenate([np.full(len(columns), essay.levels[strand]) for essay, columns in rows])
            model = Ridge(alpha=penalty).fit(columns * weights, levels)
            row = (model.coef_ * weights).round(settings.decimals)
            found[strand] = Linear(
                coefficients=(tuple(row.tolist()),), constants=(round(float(model.intercept_), settings.decimals),)
            )
    return found


def _gives_level(essay: EssayExamples, settings: Settings) -> Matrix:
    """1 for each column that may give a sentence its level, 0 for the others."""
    signals = [float(settings.gives_level(name)) for name in essay.names]
    return np.concatenate([np.array(signals), np.ones(essay.vectors.shape[1])])


def second_values(passes: Passes, essay: EssayExamples, around: Sequence[int]) -> dict[str, Matrix]:
    """The last pass's decision values for every layer."""
    columns = columns_of([essay])
    if not passes.second:
        return {layer: decision_values(linear, columns) for layer, linear in passes.first.items()}
    beside = neighbourhood(first_pass(passes.first, columns), essay.paragraphs, around)
    seen = np.hstack([columns, beside])
    return {layer: decision_values(linear, seen) for layer, linear in passes.second.items()}


# --- from values to decisions ---------------------------------------------------------------------------------------


def calibrate(values: Matrix, labels: Labels, fixed: float | None = None) -> Calibration:
    """How values of sentences held out from training become probabilities, and where yes begins.

    Where the threshold is ``fixed`` it is that, else the one with the best F1.

    Two labels: a line on the log odds (Platt 1999), and the threshold with the best F1, to hundredths. More: one slope
    for all (temperature scaling, Guo and others 2017), and no threshold (0). Values stay as they are where the labels
    are all the same, since nothing can be learned from that.
    """
    rows = labels >= 0
    values, labels = values[rows], labels[rows]
    yes_or_no = values.shape[1] == 1
    if len(np.unique(labels)) < 2:
        return Calibration(1.0, 0.0, 0.5 if yes_or_no else 0.0)
    if yes_or_no:
        line = LogisticRegression(C=1e6).fit(values, labels)
        slope, shift = round(float(line.coef_[0, 0]), 3), round(float(line.intercept_[0]), 3)
        sure = probabilities(slope * values + shift)[:, 0]
        if fixed is not None:
            return Calibration(slope, shift, fixed)
        steps = [step / 100 for step in range(20, 71)]
        f1 = [_f1(labels == 1, sure >= step) for step in steps]
        best = max(f1)
        # the middle of the best: a threshold at the edge of its luck would not last
        at = [step for step, found in zip(steps, f1, strict=True) if found >= best - 1e-12]
        return Calibration(slope, shift, at[len(at) // 2])

    def loss(slope: float) -> float:
        sure = probabilities(slope * values)[np.arange(len(labels)), labels]
        return -float(np.log(np.maximum(sure, 1e-12)).mean())

    slope = float(minimize_scalar(loss, bounds=(0.1, 10.0), method="bounded").x)
    return Calibration(round(slope, 3), 0.0, 0.0)


def expected_error(sure: Matrix, right: Rows, bins: int = 10) -> float:
    """The expected calibration error: how far, on average, a probability lies from the share that was right."""
    bucket = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [
        abs(float(sure[bucket == b].mean()) - float(right[bucket == b].mean())) * float((bucket == b).mean())
        for b in range(bins)
        if (bucket == b).any()
    ]
    return float(sum(gaps))


def _f1(wanted: Rows, given: Rows) -> float:
    both = int((wanted & given).sum())
    return 2 * both / max(int(wanted.sum()) + int(given.sum()), 1)
