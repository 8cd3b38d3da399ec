"""Fitting on made-up essays: dealing, coefficients beside scikit-learn's own, levels, calibration."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

from essay_marker.annotate.learned import Matrix, decision_values, probabilities
from essay_marker.train.examples import EssayExamples
from essay_marker.train.fitting import (
    Calibration,
    Labels,
    Passes,
    calibrate,
    columns_of,
    deal,
    expected_error,
    fit_levels,
    fit_linear,
    fit_passes,
    labels_of,
    second_values,
    weights_of,
)

from ..learning import LAYERS, YES_NO, essays, settings, unit

# --- dealing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("parts", [2, 3, 5, 40])
@pytest.mark.parametrize("groups", [list("abcdefghij"), list("aabbbcdaeb"), list("aaaaab")])
def test_groups_stay_together_and_everything_is_dealt_once(groups: list[str], parts: int) -> None:
    dealt = deal(groups, parts, seed=3)
    assert sorted(i for part in dealt for i in part) == list(range(len(groups)))
    assert len(dealt) == min(parts, len(set(groups)))
    assert all(dealt)  # none is empty
    homes = [{groups[i] for i in part} for part in dealt]
    assert sum(len(home) for home in homes) == len(set(groups))


def test_the_seed_decides_and_the_order_of_essays_does_not() -> None:
    names = [f"e{i:02}" for i in range(30)]

    def parts(order: Sequence[str], seed: int) -> set[frozenset[str]]:
        return {frozenset(order[i] for i in part) for part in deal(order, 5, seed)}

    assert parts(names, 1) == parts(names[::-1], 1)
    assert parts(names, 1) != parts(names, 2)


# --- labels and columns ---------------------------------------------------------------------------------------------


def test_labels_of_all_sentences_stand_in_one_row() -> None:
    one, two = essays(2, sentences=3)
    one = one._replace(units=(None, unit(themes=("terror",)), unit(optional_themes=("terror",))))
    two = two._replace(units=(unit(role="context"), unit(role="evidence"), unit(role="claim")))
    assert labels_of([one, two], "theme_terror", YES_NO).tolist() == [-1, 1, -1, 0, 0, 0]
    assert labels_of([one, two], "role", LAYERS["role"]).tolist() == [-1, 1, 1, 4, 0, 1]


def test_columns_are_signals_and_vectors_and_weights_are_theirs() -> None:
    made = essays(2, sentences=3)
    found = columns_of(made)
    assert found.shape == (6, made[0].signals.shape[1] + 3)
    assert (found[3:, -3:] == made[1].vectors).all()
    assert weights_of(made, settings(vector_weight=5.0)).tolist() == [1.0] * made[0].signals.shape[1] + [5.0] * 3


# --- beside scikit-learn --------------------------------------------------------------------------------------------


def assert_close(ours: Matrix, theirs: Matrix) -> None:
    """What is learned is rounded to nine decimals."""
    np.testing.assert_allclose(ours, theirs, rtol=0.0, atol=1e-6)


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("weight", [None, 5.0])
def test_numpy_decides_as_scikit_learn_does(layer: str, weight: float | None) -> None:
    train, test = essays(5), essays(3, seed=2)
    chosen = settings(vector_weight=weight or 1.0)
    weights = weights_of(train, chosen)
    labels = labels_of(train, layer, LAYERS[layer])
    ours = fit_linear(
        columns_of(train), labels, len(LAYERS[layer]), 0.3, chosen, weights if weight is not None else None
    )
    theirs = make_pipeline(
        FunctionTransformer(lambda columns: columns * weights),
        LogisticRegression(C=0.3, max_iter=chosen.iterations, tol=chosen.tolerance),
    ).fit(columns_of(train), labels)
    values = decision_values(ours, columns_of(test))
    wanted = theirs.decision_function(columns_of(test)).reshape(len(values), -1)
    assert_close(values, wanted)
    sure = theirs.predict_proba(columns_of(test))
    assert_close(probabilities(values), sure[:, 1:] if sure.shape[1] == 2 else sure)


def test_levels_are_scikit_learns_ridge() -> None:
    train, test = essays(5), essays(2, seed=2)
    chosen = settings(level_penalty=2.0)
    found = fit_levels(train, chosen)
    assert set(found) == {"analysis", "judgement"}
    weights = weights_of(train, chosen)
    for strand, linear in found.items():
        wanted = np.concatenate([np.full(len(e.tags), e.levels[strand]) for e in train])
        theirs = make_pipeline(FunctionTransformer(lambda columns: columns * weights), Ridge(alpha=2.0))
        theirs.fit(columns_of(train), wanted)
        values = decision_values(linear, columns_of(test))[:, 0]
        assert_close(values, theirs.predict(columns_of(test)))
        assert values.std() > 0.01


def test_sentences_without_a_label_teach_nothing() -> None:
    made, chosen = essays(4), settings()
    labels = labels_of(made, "role", LAYERS["role"])
    columns = columns_of(made)
    seen = np.arange(len(labels)) % 3 > 0
    hidden = np.where(seen, labels, -1)
    assert fit_linear(columns, hidden, 5, 0.3, chosen) == fit_linear(columns[seen], labels[seen], 5, 0.3, chosen)


# --- labels that are missing ----------------------------------------------------------------------------------------


def given(labels: Labels, classes: int) -> list[int]:
    """Which labels are given on the essays that the decision was fitted on."""
    columns = columns_of(essays(4))
    values = decision_values(fit_linear(columns, labels, classes, 0.3, settings()), columns)
    assert values.shape == (len(labels), 1 if classes == 2 else classes)
    found = (values[:, 0] > 0).astype(int) if classes == 2 else values.argmax(axis=1)
    return sorted(set(found.tolist()))


def test_a_label_that_no_sentence_has_is_never_given() -> None:
    labels = labels_of(essays(4), "role", LAYERS["role"])
    assert given(labels, 5) == [0, 1, 2, 3, 4]
    assert given(np.where(labels == 2, -1, labels), 5) == [0, 1, 3, 4]
    assert given(np.where(labels < 3, -1, labels), 5) == [3, 4]  # two are left of five


@pytest.mark.parametrize(
    ("only", "classes", "expected"),
    [(0, 2, [0]), (1, 2, [1]), (3, 5, [3]), (0, 5, [0]), (-1, 2, [0]), (-1, 5, [0])],
)
def test_where_there_is_one_label_or_none_that_is_always_given(only: int, classes: int, expected: list[int]) -> None:
    assert given(np.full(4 * 12, only), classes) == expected


def test_a_theme_in_no_essay_or_in_one_stops_nothing() -> None:
    made = essays(4)
    bare = [e._replace(units=tuple(unit(role=u.role) for u in e.units if u)) for e in made]
    rare = [made[0], *bare[1:]]
    for some in (bare, rare):
        passes = fit_passes(some, LAYERS, settings())
        values = second_values(passes, made[1], settings().around)
        assert all(np.isfinite(v).all() for v in values.values())
        assert (values["theme_terror"] < 0).all() or some is rare


# --- both passes ----------------------------------------------------------------------------------------------------


def values_of(passes: Passes, of: EssayExamples) -> dict[str, Matrix]:
    return second_values(passes, of, settings().around)


def test_one_pass_sees_no_neighbour_and_two_do() -> None:
    made = essays(5)
    test = essays(1, seed=5)[0]
    other = np.vstack([test.signals[:1] + 3.0, test.signals[1:]])  # the first sentence, and with it the opening
    changed = test._replace(signals=other)
    for stacked in (False, True):
        passes = fit_passes(made, LAYERS, settings(around=(-1, 1)), stacked=stacked)
        before, after = values_of_all(passes, test), values_of_all(passes, changed)
        assert bool(passes.second) == stacked
        assert (before[0] != after[0]).any()
        assert (before[1:4] == after[1:4]).all() != stacked
        assert (before[4:] == after[4:]).all()  # another paragraph


def values_of_all(passes: Passes, of: EssayExamples) -> Matrix:
    """The values of all layers side by side."""
    found = second_values(passes, of, (-1, 1))
    return np.hstack([found[layer] for layer in LAYERS])


def test_the_second_pass_learns_from_first_passes_that_had_not_seen_the_essay() -> None:
    """Where labels are noise, a first pass is right about what it was fitted on, and honest ones are not."""
    random = np.random.RandomState(4)
    noise = [
        e._replace(
            signals=random.normal(size=(len(e.tags), 60)),
            units=tuple(unit(judgement=bool(random.randint(2))) for _ in e.tags),
        )
        for e in essays(6, sentences=10)
    ]
    strength = settings().strength
    chosen = settings(strength=type(strength)(themes=50.0, judgement=50.0, stance=50.0, role=50.0))
    passes = fit_passes(noise, {"judgement": YES_NO}, chosen)
    columns = columns_of(noise)
    wanted = labels_of(noise, "judgement", YES_NO) == 1
    assert ((decision_values(passes.first["judgement"], columns)[:, 0] > 0) == wanted).all()  # learned by heart
    itself = passes.second["judgement"].coefficients[0][columns.shape[1]]
    assert itself < 1.0  # one that trusted the first pass would put most of its weight on what it says


def test_the_order_of_layers_changes_nothing() -> None:
    made, test = essays(4), essays(1, seed=9)[0]
    turned = dict(reversed(LAYERS.items()))
    one, other = (values_of(fit_passes(made, layers, settings()), test) for layers in (LAYERS, turned))
    assert all((one[layer] == other[layer]).all() for layer in LAYERS)


# --- calibration ----------------------------------------------------------------------------------------------------


def too_sure(classes: int, size: int = 4000) -> tuple[Matrix, Labels]:
    """Values four times as far from 0 as their labels allow."""
    random = np.random.RandomState(11)
    values = random.normal(scale=1.5, size=(size, 1 if classes == 2 else classes))
    sure = probabilities(values)
    if classes == 2:
        return 4.0 * values, (random.uniform(size=size) < sure[:, 0]).astype(np.int64)
    drawn = [random.choice(classes, p=row) for row in sure]
    return 4.0 * values, np.array(drawn, dtype=np.int64)


def error_of(values: Matrix, labels: Labels, by: Calibration) -> float:
    sure = probabilities(by.slope * values + by.shift)
    if sure.shape[1] == 1:
        sure = np.hstack([1 - sure, sure])
    return expected_error(sure.max(axis=1), sure.argmax(axis=1) == labels)


@pytest.mark.parametrize("classes", [2, 4])
def test_too_sure_becomes_as_sure_as_it_should_be(classes: int) -> None:
    values, labels = too_sure(classes)
    found = calibrate(values, labels)
    assert found.slope == pytest.approx(0.25, abs=0.03)
    assert found.shift == pytest.approx(0.0, abs=0.1)
    assert error_of(values, labels, Calibration(1.0, 0.0, 0.5)) > 0.1
    assert error_of(values, labels, found) < 0.03


def test_values_that_lean_to_one_side_are_shifted_back() -> None:
    values, labels = too_sure(2)
    assert calibrate(values + 8.0, labels).shift == pytest.approx(-2.0, abs=0.2)


def rare() -> tuple[Matrix, Labels]:
    """Values of labels of which yes is rare, so that a half is too much to ask."""
    random = np.random.RandomState(2)
    values = random.normal(size=(600, 1)) * 1.5 - 2.0
    return values, (random.uniform(size=600) < probabilities(values)[:, 0]).astype(np.int64)


def test_the_threshold_has_the_best_f1_there_is() -> None:
    values, labels = rare()
    found = calibrate(values, labels)
    sure = probabilities(found.slope * values + found.shift)[:, 0]

    def f1(threshold: float) -> float:
        yes = sure >= threshold
        return 2 * int((yes & (labels == 1)).sum()) / (int(yes.sum()) + int(labels.sum()))

    best = {step: f1(step) for step in (number / 100 for number in range(20, 71))}
    assert f1(found.threshold) == max(best.values())
    assert found.threshold in best
    assert max(best.values()) > max(best[0.2], best[0.5])  # neither the lowest nor the middle would do


def test_a_fixed_threshold_stays_and_the_probabilities_are_the_same() -> None:
    values, labels = rare()
    free, fixed = calibrate(values, labels), calibrate(values, labels, 0.65)
    assert fixed == free._replace(threshold=0.65) != free


def test_more_labels_have_no_threshold() -> None:
    assert calibrate(*too_sure(4)).threshold == 0.0


def test_sentences_without_a_label_do_not_calibrate() -> None:
    values, labels = too_sure(2, 500)
    more = np.vstack([values, np.full((200, 1), 9.0)])
    mixed = np.concatenate([labels, np.full(200, -1)])
    assert calibrate(more, mixed) == calibrate(values, labels)


@pytest.mark.parametrize(("columns", "threshold"), [(1, 0.5), (5, 0.0)])
@pytest.mark.parametrize("labels", [np.zeros(9, np.int64), np.ones(9, np.int64), np.full(9, -1)])
def test_labels_that_are_all_the_same_calibrate_nothing(columns: int, threshold: float, labels: Labels) -> None:
    assert calibrate(np.zeros((9, columns)), labels) == Calibration(1.0, 0.0, threshold)


def test_the_calibration_error_on_a_hand_example() -> None:
    sure = np.array([0.95, 0.95, 0.65, 0.65])
    assert expected_error(sure, np.array([True, False, True, True])) == pytest.approx(0.45 / 2 + 0.35 / 2)
    assert expected_error(np.array([1.0, 1.0]), np.array([True, True])) == 0.0
    assert expected_error(np.array([1.0, 1.0]), np.array([False, False])) == 1.0
